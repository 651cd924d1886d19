package client

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// Receipts of one honest pod are accepted in whatever order they arrive, and every single change to a number or a total
// is noticed at the latest when all have arrived.
func TestBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "receipts")
		const maxCost = 1000
		var honest []protocol.Receipt
		var charged uint64
		for i := range n {
			cost := rapid.Uint64Range(0, maxCost).Draw(t, "cost")
			charged += cost
			honest = append(honest, protocol.Receipt{RSeq: uint64(i + 1), Cost: protocol.Units(cost), Charged: protocol.Units(charged)})
		}
		order := rapid.Permutation(honest).Draw(t, "order")
		arrive := func(receipts []protocol.Receipt) (book, error) {
			var b book
			for i, r := range receipts {
				unknown := len(receipts) - i - 1
				if err := b.check(r, unknown, protocol.Units(maxCost*uint64(unknown))); err != nil {
					return b, err
				}
				b.add(r)
			}
			return b, nil
		}
		b, err := arrive(order)
		if err != nil {
			t.Fatalf("honest receipts: %v", err)
		}
		if b.seq != uint64(n) || b.charged != protocol.Units(charged) || b.total() != b.charged || len(b.ahead) != 0 {
			t.Fatalf("book %+v, want %d receipts and %d", b, n, charged)
		}
		at := rapid.IntRange(0, n-1).Draw(t, "changed")
		switch rapid.IntRange(0, 3).Draw(t, "how") {
		case 0:
			order[at].Charged = protocol.Units(uint64(rapid.Int64Range(1, 5000).Draw(t, "by")) + charged)
		case 1:
			order[at].Cost, _ = order[at].Cost.Add(protocol.Units(1))
		case 2:
			order[at].RSeq = rapid.Uint64Range(uint64(n)+1, 1<<63).Draw(t, "number")
		case 3:
			order[at].RSeq = order[(at+1)%n].RSeq - 1 // for one receipt: zero
			if n > 1 {
				order[at].RSeq = order[(at+1)%n].RSeq
			}
		}
		if _, err := arrive(order); err == nil {
			t.Fatalf("receipts %+v were accepted", order)
		}
	})
}

func TestCheckURL(t *testing.T) {
	for _, tt := range []struct {
		url  string
		tier attest.Tier
		ok   bool
	}{
		{"https://pod.example", attest.TierGenuine, true},
		{"https://pod.example:8443/a", attest.TierEndorsed, true},
		{"http://127.0.0.1:4040", attest.TierSimulated, true},
		{"http://127.0.0.1:4040", attest.TierGenuine, false},
		{"http://pod.example", attest.TierEndorsed, false},
		{"https://user@pod.example", attest.TierGenuine, false},
		{"https://pod.example?x=1", attest.TierGenuine, false},
		{"https://pod.example#x", attest.TierGenuine, false},
		{"https://", attest.TierGenuine, false},
		{"//pod.example", attest.TierGenuine, false},
		{"", attest.TierSimulated, false},
		{"https://" + strings.Repeat("a", maxURL), attest.TierGenuine, false},
	} {
		if err := checkURL(tt.url, tt.tier); (err == nil) != tt.ok {
			t.Errorf("%.60q at %s: %v", tt.url, tt.tier, err)
		}
	}
}

// A session is the same after its file was written and read, and its file says nothing of what was asked.
func TestSessionFile(t *testing.T) {
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{
		key: protocol.SessionKey{Signer: key.Address(), Salt: 7}, signer: key, cap: protocol.Tokens(3), expiry: 99,
		order: &protocol.SignedOpen{OpenSession: protocol.OpenSession{Nonce: 8}}, ceiling: protocol.Tokens(2), ended: "over",
		open: map[protocol.RequestID]*openRequest{{1}: {ID: protocol.RequestID{1}, MaxCost: protocol.Units(5)}},
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, sessionsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	st := &state{dir: dir}
	st.saver.init(filepath.Join(dir, sessionsDir), &sync.Mutex{})
	st.saver.first = func() error { return nil }
	if err := st.save(s); err != nil {
		t.Fatal(err)
	}
	read, err := readSessions(filepath.Join(dir, sessionsDir))
	if err != nil {
		t.Fatal(err)
	}
	got := read[s.key.ID()]
	if got == nil || got.key != s.key || got.signer.Address() != key.Address() || got.cap != s.cap || got.ceiling != s.ceiling ||
		got.order.Nonce != 8 || got.ended != s.ended || got.open[protocol.RequestID{1}].MaxCost != protocol.Units(5) {
		t.Errorf("read %+v", got)
	}
	path := filepath.Join(dir, sessionsDir, s.key.ID().String()+".json")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte(`"secret":"`)
	for name, damage := range map[string][]byte{
		"version":      bytes.Replace(raw, []byte(`"version":1`), []byte(`"version":2`), 1),
		"cut":          raw[:len(raw)/2],
		"other key":    bytes.Replace(raw, []byte(`"salt":7`), []byte(`"salt":6`), 1),
		"no secret":    bytes.Replace(raw, secret, append(secret, '"', ',', '"', 'x', '"', ':', '"'), 1),
		"other signer": bytes.Replace(raw, []byte(key.Address().String()), []byte(protocol.Address{1}.String()), 1),
	} {
		if err := os.WriteFile(path, damage, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readSessions(filepath.Join(dir, sessionsDir)); err == nil || !strings.Contains(err.Error(), "restore") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzSession(f *testing.F) {
	f.Add([]byte(`{"version":1,"key":{"salt":1},"secret":"01"}`))
	f.Add([]byte(`{"version":1,"secret":"0000000000000000000000000000000000000000000000000000000000000001","open":[null]}`))
	f.Add([]byte(`{"version":1,"key":{"signer":"0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"},"secret":"0000000000000000000000000000000000000000000000000000000000000001","lost":true,"base":{"rseq":3,"charged":"7","receipt":{"rseq":3},"voucher":null}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := parseSession(raw)
		if (s == nil) != (err != nil) {
			t.Fatal("neither a session nor an error")
		}
	})
}

func FuzzBillAnswer(f *testing.F) {
	receipt, err := json.Marshal(protocol.Bill{Receipt: protocol.SignedReceipt{Receipt: protocol.Receipt{RSeq: 1, Finish: protocol.FinishStop}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(200, "application/json", receipt)
	f.Add(404, protocol.ContentTypeProblem, []byte(`{"type":"urn:phallama:problem:no-receipt","status":404}`))
	f.Add(402, protocol.ContentTypeProblem, []byte(`{"type":"urn:phallama:problem:need-ack","charged":"7","receipt":null}`))
	f.Add(500, protocol.ContentTypeProblem, []byte(`{"type":"x","title":"\u001b[31m","detail":"a\nb"}`))
	f.Add(200, "application/json", []byte(`{"sessionId":"0x00","finalCharged":"5","deadline":1,"signature":"0x00","voucher":null}`))
	f.Add(500, "text/plain", []byte("no"))
	f.Fuzz(func(t *testing.T, status int, contentType string, raw []byte) {
		if _, err := parseBillAnswer(protocol.Address{1}, status, contentType, raw); err == nil && status != http.StatusOK {
			t.Errorf("status %d is no receipt", status)
		}
		if _, err := parseCloseAnswer(protocol.Address{1}, status, contentType, raw); err == nil && status != http.StatusOK {
			t.Errorf("status %d is no close", status)
		}
		if p, ok := readProblem(status, contentType, raw); ok {
			if p.Type == "" || p.Status != status || strings.ContainsFunc(p.Title+p.Detail, unicode.IsControl) {
				t.Errorf("problem %+v", p)
			}
		}
		_, _ = decodeReceipt(string(raw))
	})
}

func FuzzRequest(f *testing.F) {
	f.Add("/api/chat", "application/json", []byte(`{"model":"wisp","messages":[],"options":{"num_predict":7}}`))
	f.Add("/v1/chat/completions", "", []byte(`{"model":"wisp","max_tokens":7}`))
	f.Add("/api/generate", "text/plain", []byte(`{"model":`))
	offer := protocol.Offer{Model: "wisp", InPerM: protocol.Units(5), OutPerM: protocol.Units(7), Context: 64, DefaultOut: 8, MaxOut: 16, ValidUntil: 9}
	f.Fuzz(func(t *testing.T, path, contentType string, body []byte) {
		req := httptest.NewRequest(http.MethodPost, "http://"+Host+"/", bytes.NewReader(body))
		req.URL.Path = path
		req.Header.Set("Content-Type", contentType)
		in, err := readRequest(req)
		if err != nil {
			return
		}
		if in.model == "" || !bytes.Equal(in.body, body) {
			t.Errorf("read %q", in.model)
		}
		if cost, err := in.price(offer, 1); err == nil {
			if most, err := offer.MaxCostUp(len(body), offer.MaxOut); err != nil || cost.Cmp(most) > 0 {
				t.Errorf("priced at %v, most is %v", cost, most)
			}
		}
	})
}

// The secret was computed by another program from the derivation's description.
func TestSessionSigner(t *testing.T) {
	secret := make([]byte, 32)
	for i := range secret {
		secret[i] = byte(i + 1)
	}
	owner, err := protocol.KeyFromBytes(secret)
	if err != nil {
		t.Fatal(err)
	}
	d, pod := protocol.Domain{ChainID: 2035}, protocol.Address{}
	for i := range pod {
		d.Escrow[i], pod[i] = 0xe5, 0x90
	}
	got, err := sessionSigner(owner, d, pod, 7)
	if want := "922b22e8b4be211f2d8cb5544dc3346836fea72bb5660ebf0eefd8d18636bc8a"; err != nil || hex.EncodeToString(got.Bytes()) != want {
		t.Errorf("%x, %v, want %s", got.Bytes(), err, want)
	}
	if other, err := sessionSigner(owner, d, pod, 8); err != nil || other.Address() == got.Address() {
		t.Error("two sessions have one signer")
	}
}

func FuzzReceiptEntry(f *testing.F) {
	f.Add([]byte(`{"requestId":"00000000000000000000000000000001","receipt":{"rseq":1,"finish":"stop"},"settled":{"seq":1,"path":[]}}`))
	f.Add([]byte(`{"receipt":{"rseq":1,"cost":"5","usage":{"in":4294967295,"out":1}},"maxUsage":{"in":1},"answerBytes":-1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		e, err := ParseReceiptEntry(raw)
		if err != nil {
			return
		}
		if _, err := e.Verify(protocol.Domain{ChainID: 1}); err == nil && e.Identity.IsZero() {
			t.Fatalf("%+v holds without an identity", e)
		}
	})
}
