package protocol

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
)

// Both forms of report data against values that another program computed (contracts/scripts/identity-vectors.mjs).
func TestReportDataVectors(t *testing.T) {
	raw, err := os.ReadFile("../testdata/vectors/report-data.json")
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Cases []struct {
			Identity struct {
				ChainID                                  string
				Registry, Escrow, Pod, Operator, Enclave Address
			}
			Block, Nonce, ConfigHash Hash
			Registration, Fresh      string
		}
	}
	if err := json.Unmarshal(raw, &v); err != nil || len(v.Cases) < 4 {
		t.Fatalf("%d cases, %v", len(v.Cases), err)
	}
	for i, c := range v.Cases {
		chain, err := strconv.ParseUint(c.Identity.ChainID, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		p := PodIdentity{
			ChainID: chain, Registry: c.Identity.Registry, Escrow: c.Identity.Escrow, Pod: c.Identity.Pod,
			Operator: c.Identity.Operator, Enclave: c.Identity.Enclave,
		}
		if got := p.ReportData(c.Block); "0x"+hex.EncodeToString(got[:]) != c.Registration {
			t.Errorf("case %d: registration %x, want %s", i, got, c.Registration)
		}
		if got := p.FreshReportData(c.Nonce, c.ConfigHash); "0x"+hex.EncodeToString(got[:]) != c.Fresh {
			t.Errorf("case %d: fresh %x, want %s", i, got, c.Fresh)
		}
	}
}

// Whatever the nonce, a fresh quote is for one nonce, one key config and one identity, and never one that registers.
func TestFreshReportDataBindsEverything(t *testing.T) {
	p := PodIdentity{
		ChainID: 2035, Registry: addressOfBytes(1), Escrow: addressOfBytes(2), Pod: addressOfBytes(3),
		Operator: addressOfBytes(4), Enclave: addressOfBytes(5),
	}
	nonce, config := Hash(bytes.Repeat([]byte{6}, 32)), Hash(bytes.Repeat([]byte{7}, 32))
	seen := map[[64]byte]string{p.FreshReportData(nonce, config): "the first"}
	for name, change := range map[string]func(*PodIdentity, *Hash, *Hash){
		"chain":      func(p *PodIdentity, _, _ *Hash) { p.ChainID++ },
		"registry":   func(p *PodIdentity, _, _ *Hash) { p.Registry[19]++ },
		"escrow":     func(p *PodIdentity, _, _ *Hash) { p.Escrow[19]++ },
		"pod":        func(p *PodIdentity, _, _ *Hash) { p.Pod[19]++ },
		"operator":   func(p *PodIdentity, _, _ *Hash) { p.Operator[19]++ },
		"enclave":    func(p *PodIdentity, _, _ *Hash) { p.Enclave[19]++ },
		"nonce":      func(_ *PodIdentity, n, _ *Hash) { n[0]++ },
		"key config": func(_ *PodIdentity, _, c *Hash) { c[31]++ },
		"both":       func(_ *PodIdentity, n, c *Hash) { *n, *c = *c, *n },
	} {
		q, n, c := p, nonce, config
		change(&q, &n, &c)
		data := q.FreshReportData(n, c)
		if other, twice := seen[data]; twice {
			t.Errorf("another %s gives the same report data as %s", name, other)
		}
		seen[data] = name
	}
	for data, name := range seen {
		if [32]byte(data[32:]) != [32]byte{} {
			t.Errorf("%s: the second half is not zero", name)
		}
		for _, block := range []Hash{{}, nonce, Hash(data[:32])} {
			if r := p.ReportData(block); r == data || [32]byte(r[:32]) == [32]byte(data[:32]) {
				t.Errorf("%s: a registration has the same report data", name)
			}
		}
	}
}

func TestParseFresh(t *testing.T) {
	nonce := NewNonce()
	if nonce.IsZero() || nonce == NewNonce() {
		t.Fatal("a nonce came twice, or is zero")
	}
	for name, c := range map[string]struct{ raw, want string }{
		"nothing":       {"", "EOF"},
		"no nonce":      {"{}", "a nonce of 32 random bytes"},
		"zeros":         {`{"nonce":"` + Hash{}.String() + `"}`, "a nonce of 32 random bytes"},
		"short":         {`{"nonce":"0x12"}`, "64 hex digits"},
		"long":          {`{"nonce":"` + nonce.String() + `00"}`, "64 hex digits"},
		"unknown field": {`{"nonce":"` + nonce.String() + `","reportData":"00"}`, "unknown field"},
		"more":          {`{"nonce":"` + nonce.String() + `"}{}`, "something follows"},
		"too long":      {`{"nonce":"` + nonce.String() + `"}` + strings.Repeat(" ", MaxFreshRequest), "at most 256 bytes"},
	} {
		if _, err := ParseFreshRequest([]byte(c.raw)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("request, %s: %v, want %q", name, err, c.want)
		}
	}
	if r, err := ParseFreshRequest([]byte(`{"nonce":"` + nonce.String() + `"}`)); err != nil || r.Nonce != nonce {
		t.Errorf("%+v, %v", r, err)
	}
	for name, c := range map[string]struct{ raw, want string }{
		"no evidence":   {`{"kind":1,"keyConfigHash":"` + nonce.String() + `"}`, "without them"},
		"no key config": {`{"kind":1,"evidence":"AA=="}`, "without them"},
		"unknown field": {`{"quote":"AA=="}`, "unknown field"},
		"bad base64":    {`{"kind":1,"evidence":"%"}`, "base64"},
		"bad kind":      {`{"kind":256}`, "number 256"},
		"too long":      {`{"kind":1,"evidence":"` + strings.Repeat("A", MaxFreshQuote) + `"}`, "at most 32768 bytes"},
	} {
		if _, err := ParseFreshQuote([]byte(c.raw)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("quote, %s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzParseFresh(f *testing.F) {
	request, _ := json.Marshal(FreshRequest{Nonce: Hash{1}})
	quote, _ := json.Marshal(FreshQuote{Kind: EvidenceSGX, Evidence: []byte{2}, KeyConfigHash: Hash{3}})
	f.Add(request)
	f.Add(quote)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if r, err := ParseFreshRequest(raw); err == nil {
			out, err := json.Marshal(r)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := ParseFreshRequest(out); err != nil || again != r || r.Nonce.IsZero() {
				t.Fatalf("%s reads as %+v, %v, and %s was %+v", out, again, err, raw, r)
			}
		}
		if q, err := ParseFreshQuote(raw); err == nil {
			out, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			again, err := ParseFreshQuote(out)
			if err != nil || again.Kind != q.Kind || !bytes.Equal(again.Evidence, q.Evidence) || again.KeyConfigHash != q.KeyConfigHash {
				t.Fatalf("%s reads as %+v, %v, and %s was %+v", out, again, err, raw, q)
			}
		}
	})
}
