package collateral_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

// small is collateral of the right form with nothing in it: a fuzzer gets nowhere
// with the 25,000 bytes of a real set.
func small(f *testing.F) []byte {
	return mustJSON(f, dcap.Collateral{TCBInfo: []byte("{}"), TCBInfoSignature: make([]byte, 64), QEIdentitySignature: make([]byte, 64), PCKCRL: []byte{0x30}})
}

// Whatever parses as a bundle is written as a bundle of the same contents.
func FuzzParseBundle(f *testing.F) {
	f.Add(fmt.Appendf(nil, `{"version":1,"created":"2026-11-25T12:00:00Z","collateral":[{"id":"tdx-000000000000-platform","collateral":%s}]}`, small(f)))
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
	f.Add(fmt.Appendf(nil, `{"collateral":%s,"endorsements":[{"a":1},[],"",null]}`, small(f)))
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
	for _, signature := range []string{strings.Repeat("a0", 64), "", "zz", `\u0061`} {
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

// A summary names collateral by a name that there is, and its times in their order
// or not at all.
func FuzzSummarize(f *testing.F) {
	p := newPlatform(f, dcap.PCKCAPlatform, fixed)
	_, c := collateralOf(f, p, dcap.TEESGX)
	f.Add(c.TCBInfo, c.QEIdentity, c.PCKCRL)
	f.Add([]byte(`{"id":"SGX","version":3}`), []byte(`{"id":"QE"}`), []byte{0x30, 0})
	f.Fuzz(func(t *testing.T, info, identity, crl []byte) {
		changed := *c
		changed.TCBInfo, changed.QEIdentity, changed.PCKCRL = info, identity, crl
		s, err := collateral.Summarize(&changed)
		if err != nil {
			return
		}
		if id, err := collateral.ParseID(s.ID.String()); err != nil || id != s.ID {
			t.Errorf("named %s: %v", s.ID, err)
		}
		for _, part := range s.Parts {
			if part.Issued.After(s.From) || part.Until.Before(s.Until) {
				t.Errorf("from %v until %v, but %+v", s.From, s.Until, part)
			}
		}
	})
}
