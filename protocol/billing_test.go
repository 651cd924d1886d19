package protocol

import (
	"encoding/json"
	"os"
	"testing"
)

// billingVectors reads testdata/vectors/billing, which another implementation worked out.
func billingVectors[T any](t *testing.T, name string) []T {
	t.Helper()
	raw, err := os.ReadFile("../testdata/vectors/billing/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []T `json:"cases"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatal("no vectors")
	}
	return file.Cases
}

func TestCostVectors(t *testing.T) {
	for _, c := range billingVectors[struct {
		Name                                    string
		InPerM, CachedPerM, OutPerM, PerRequest Amount
		Usage                                   Usage
		Finish                                  Finish
		Cost                                    Amount
		Error                                   bool
	}](t, "costs") {
		offer := Offer{InPerM: c.InPerM, CachedPerM: c.CachedPerM, OutPerM: c.OutPerM, PerRequest: c.PerRequest}
		got, err := offer.BillUp(c.Usage, c.Finish)
		if (err != nil) != c.Error || !c.Error && got != c.Cost {
			t.Errorf("%s: %v, %v; want %v, error %v", c.Name, got, err, c.Cost, c.Error)
		}
	}
}

func TestReceiptVectors(t *testing.T) {
	type vector struct {
		SessionID    Hash   `json:"sessionId"`
		RequestHash  Hash   `json:"requestHash"`
		ResponseHash Hash   `json:"responseHash"`
		ModelDigest  Hash   `json:"modelDigest"`
		OfferHash    Hash   `json:"offerHash"`
		InTokens     uint32 `json:"inTokens"`
		CachedTokens uint32 `json:"cachedTokens"`
		OutTokens    uint32 `json:"outTokens"`
		Finish       uint8
		Cost         Amount
		Charged      Amount
		RSeq         uint64 `json:"rseq,string"`
		Blind        string
		HashStruct   Hash
		Path         []ProofNode
	}
	for _, c := range billingVectors[struct {
		Root     Hash
		Receipts []vector
	}](t, "receipts") {
		var hashes []Hash
		for i, v := range c.Receipts {
			r := Receipt{
				SessionID: v.SessionID, RequestHash: v.RequestHash, ResponseHash: v.ResponseHash, ModelDigest: v.ModelDigest,
				OfferHash: v.OfferHash, Usage: Usage{In: v.InTokens, Cached: v.CachedTokens, Out: v.OutTokens},
				Finish: Finish(v.Finish), Cost: v.Cost, Charged: v.Charged, RSeq: v.RSeq,
			}
			if err := r.Blind.UnmarshalText([]byte(v.Blind[2:])); err != nil {
				t.Fatal(err)
			}
			if r.HashStruct() != v.HashStruct {
				t.Errorf("receipt %d of %d: hash %s, want %s", i, len(c.Receipts), r.HashStruct(), v.HashStruct)
			}
			hashes = append(hashes, r.HashStruct())
		}
		if got := ReceiptsRoot(hashes); got != c.Root {
			t.Errorf("root of %d: %s, want %s", len(hashes), got, c.Root)
		}
		for i, v := range c.Receipts {
			path, err := ReceiptProof(hashes, i)
			if err != nil || len(path) != len(v.Path) {
				t.Fatalf("path of %d in %d: %v, %v", i, len(hashes), path, err)
			}
			for k := range path {
				if path[k] != v.Path[k] {
					t.Errorf("path of %d in %d: %v, want %v", i, len(hashes), path, v.Path)
				}
			}
			if !VerifyReceiptProof(c.Root, hashes[i], v.Path) {
				t.Errorf("the path of %d in %d does not lead to the root", i, len(hashes))
			}
			if other := hashes[(i+1)%len(hashes)]; len(hashes) > 1 && VerifyReceiptProof(c.Root, other, v.Path) {
				t.Errorf("the path of %d in %d proves another receipt", i, len(hashes))
			}
		}
	}
}
