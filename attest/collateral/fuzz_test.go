package collateral_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

// Whatever parses as a bundle is written as a bundle of the same contents.
func FuzzParseBundle(f *testing.F) {
	b, _, _ := newBundle(f, false)
	f.Add(mustJSON(f, b))
	f.Add(mustJSON(f, collateral.NewBundle(at)))
	f.Add([]byte(`{"version":1,"created":"0000-01-01T00:00:00+23:59","collateral":[]}`))
	f.Add([]byte(`{"version":1,"created":"2026-11-25T12:00:00.5Z","collateral":[{"id":"sgx-000000000000-root","collateral":{}}]}`))
	f.Add([]byte(`{"version":1,"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := collateral.ParseBundle(data)
		if err != nil {
			if b != nil {
				t.Error("an error and a bundle")
			}
			return
		}
		written, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		again, err := collateral.ParseBundle(written)
		if err != nil {
			t.Fatal(err)
		}
		if rewritten := mustJSON(t, again); !bytes.Equal(rewritten, written) {
			t.Errorf("written as\n%s\nthen as\n%s", written, rewritten)
		}
		for _, id := range b.IDs() {
			if c, err := b.Collateral(t.Context(), id); err != nil || len(c.TCBInfoSignature) != 64 {
				t.Errorf("%s: %+v, %v", id, c, err)
			}
		}
	})
}

func FuzzParseServed(f *testing.F) {
	p := newPlatform(f, dcap.PCKCAPlatform, fixed)
	for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
		_, c := collateralOf(f, p, tee)
		f.Add(fmt.Appendf(nil, `{"collateral":%s,"endorsements":[{"a":1},[],"",null]}`, mustJSON(f, c)))
	}
	f.Add([]byte(`{"collateral":{},"endorsements":[]}`))
	f.Add([]byte(`{"collateral":null,"endorsements":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := collateral.ParseServed(data)
		if err != nil {
			if s != nil {
				t.Error("an error and an answer")
			}
			return
		}
		// Whoever serves it on serves the same.
		again, err := dcap.ParseCollateral(mustJSON(t, s.Collateral))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(mustJSON(t, again), mustJSON(t, s.Collateral)) {
			t.Error("the collateral changed on its way")
		}
		for _, e := range s.Endorsements {
			if !json.Valid(e) {
				t.Errorf("endorsement %q is no JSON", e)
			}
		}
	})
}

// What is taken out is what came: bytes of the answer, and the only such member.
func FuzzAnswerSigned(f *testing.F) {
	p := newPlatform(f, dcap.PCKCAPlatform, fixed)
	_, c := collateralOf(f, p, dcap.TEESGX)
	for _, signature := range []string{fmt.Sprintf("%x", c.TCBInfoSignature), "", "zz", `\u0061`} {
		f.Add(fmt.Appendf(nil, `{"tcbInfo":%s,"signature":"%s"}`, c.TCBInfo, signature))
		f.Add(fmt.Appendf(nil, ` {"signature" : "%s", "tcbInfo" : [ 1.0 , "\u00e9" ] } `, signature))
	}
	f.Add([]byte(`{"tcbInfo":{},"tcbInfo":{},"signature":""}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		document, signature, err := collateral.AnswerSigned(body, "tcbInfo")
		if err != nil {
			if document != nil || signature != nil {
				t.Error("an error and a document")
			}
			return
		}
		if len(signature) != 64 || !json.Valid(document) || !bytes.Contains(body, document) {
			t.Errorf("document %q, signature %x", document, signature)
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(body, &members); err != nil || len(members) != 2 || !bytes.Equal(members["tcbInfo"], document) {
			t.Errorf("another reader sees %q, %v", members["tcbInfo"], err)
		}
	})
}
