package protocol

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func testReceipt() SignedReceipt {
	return SignedReceipt{
		Receipt: Receipt{
			SessionID: Hash{1}, RequestHash: Hash{2}, ResponseHash: Hash{3}, ModelDigest: Hash{4}, OfferHash: Hash{5},
			Usage: Usage{In: 20, Cached: 4, Out: 9}, Finish: FinishLength, Cost: Units(7), Charged: MaxAmount, RSeq: 1<<64 - 1, Blind: Blind{6},
		},
		Signature: Signature{8},
	}
}

func TestMerkleProofs(t *testing.T) {
	for n := range 18 {
		var structs []Hash
		for i := range n {
			structs = append(structs, Keccak256([]byte{byte(i)}))
		}
		root := ReceiptsRoot(structs)
		if n == 0 && !root.IsZero() {
			t.Error("a root over nothing")
		}
		for i := range n {
			path, err := ReceiptProof(structs, i)
			if err != nil {
				t.Fatal(err)
			}
			if !VerifyReceiptProof(root, structs[i], path) {
				t.Fatalf("receipt %d of %d does not verify", i, n)
			}
			for j := range n {
				if j != i && VerifyReceiptProof(root, structs[j], path) {
					t.Errorf("receipt %d of %d verifies with the path of %d", j, n, i)
				}
			}
			for k := range path {
				for _, wrong := range []ProofNode{{path[k].Hash, !path[k].Left}, {Keccak256(path[k].Hash[:]), path[k].Left}} {
					bad := append([]ProofNode{}, path...)
					bad[k] = wrong
					if VerifyReceiptProof(root, structs[i], bad) {
						t.Errorf("receipt %d of %d verifies with node %d changed", i, n, k)
					}
				}
				if VerifyReceiptProof(root, structs[i], path[:k]) {
					t.Errorf("receipt %d of %d verifies with a path cut at %d", i, n, k)
				}
			}
			// An inner node is no receipt.
			if n > 1 && VerifyReceiptProof(root, leaves(structs)[i], path) {
				t.Errorf("a leaf's hash passes for a receipt")
			}
		}
		for _, i := range []int{-1, n} {
			if _, err := ReceiptProof(structs, i); err == nil {
				t.Errorf("a proof for receipt %d of %d", i, n)
			}
		}
	}
}

// The roots were computed by another program from the tree's description.
func TestMerkleRootVectors(t *testing.T) {
	for n, want := range map[int]string{
		1: "0x343096bd2584d8dd159b7fc39f6b0d6fed8314f70c301f040611ded4dc7a2565",
		2: "0x031f9a4372fba9eb47edeb1d9c2895364f80300cedc7d80b70ed1e26adebd280",
		3: "0x2103d78c84b2bd3626b8706bda8d1b5679c0ec273e8bf809a86758b0f792a8b3",
		5: "0xbd0ae5020232f374b56074221435d2c61ebed6f0e0a8063b25ce5f716b2efb78",
	} {
		var structs []Hash
		for i := range n {
			structs = append(structs, Keccak256([]byte{byte(i)}))
		}
		if got := ReceiptsRoot(structs).String(); got != want {
			t.Errorf("root over %d: %s, want %s", n, got, want)
		}
	}
}

func TestFinishText(t *testing.T) {
	for f, name := range map[Finish]string{FinishStop: `"stop"`, FinishLength: `"length"`, FinishAbort: `"abort"`, FinishError: `"error"`} {
		raw, err := json.Marshal(f)
		var back Finish
		if err != nil || string(raw) != name || json.Unmarshal(raw, &back) != nil || back != f {
			t.Errorf("%d: %s, %v, back %d", f, raw, err, back)
		}
	}
	for _, bad := range []string{`""`, `"Stop"`, `"finish(0)"`, `1`} {
		var f Finish
		if err := json.Unmarshal([]byte(bad), &f); err == nil {
			t.Errorf("%s read as %v", bad, f)
		}
	}
	if got := Finish(9).String(); got != "finish(9)" {
		t.Error(got)
	}
}

func TestReceiptTrailer(t *testing.T) {
	want := testReceipt()
	field := EncodeReceipt(want)
	if strings.ContainsAny(field, "=+/ \r\n") || len(field) > MaxReceiptField {
		t.Errorf("%d bytes: %s", len(field), field)
	}
	got, err := DecodeReceipt(field)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Amount{})); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for name, bad := range map[string]string{
		"empty": "", "not base64": "a!b", "padded": field + "=", "not JSON": "aGk", "cut": field[:len(field)-8],
		"too long": strings.Repeat("A", MaxReceiptField+1),
	} {
		if _, err := DecodeReceipt(bad); err == nil || !strings.HasPrefix(err.Error(), "receipt: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestBill(t *testing.T) {
	receipt := testReceipt()
	structs := []Hash{{1}, receipt.HashStruct(), {2}}
	path, err := ReceiptProof(structs, 1)
	if err != nil {
		t.Fatal(err)
	}
	want := Bill{Receipt: receipt, Settled: &Inclusion{Seq: 7, Root: ReceiptsRoot(structs), Path: path}}
	raw, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := ParseBill(raw)
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Amount{})); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
	if !got.Settled.Proves(receipt.HashStruct()) || got.Settled.Proves(Hash{1}) {
		t.Error("the proof does not tell its receipt from another")
	}
	for i := range got.Settled.Path {
		bent := Inclusion{Root: got.Settled.Root, Path: append([]ProofNode{}, path...)}
		bent.Path[i].Left = !bent.Path[i].Left
		if bent.Proves(receipt.HashStruct()) {
			t.Errorf("node %d on the other side still proves it", i)
		}
	}
	for name, bad := range map[string]string{
		"no receipt": `{}`, "not JSON": `{`, "a bare receipt": `{"rseq":1}`,
		"long": `{"receipt":{"rseq":1},"settled":{"path":[` + strings.Repeat(`{},`, MaxProof) + `{}]}}`,
	} {
		if _, err := ParseBill([]byte(bad)); err == nil || !strings.HasPrefix(err.Error(), "receipt: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseBill(f *testing.F) {
	f.Add([]byte(`{"receipt":{"rseq":1,"finish":"stop"},"settled":{"seq":1,"path":[{"left":true}]}}`))
	f.Add([]byte(`{"receipt":null}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := ParseBill(raw)
		if err == nil && b.Settled != nil && (len(b.Settled.Path) > MaxProof || b.Settled.Proves(Hash{9})) {
			t.Fatalf("%+v", b.Settled)
		}
	})
}

func FuzzDecodeReceipt(f *testing.F) {
	f.Add(EncodeReceipt(testReceipt()))
	f.Add("e30")
	f.Add("bnVsbA")
	f.Fuzz(func(t *testing.T, field string) {
		r, err := DecodeReceipt(field)
		if err != nil || r.Finish.String() != "stop" {
			return // only named reasons have a text that reads back
		}
		again, err := DecodeReceipt(EncodeReceipt(r))
		if err != nil || again != r {
			t.Fatalf("%+v became %+v, %v", r, again, err)
		}
	})
}
