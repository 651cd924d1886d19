package attest_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

// FuzzParsePolicy: whatever parses survives a round trip and is bounded.
func FuzzParsePolicy(f *testing.F) {
	data, err := json.Marshal(full())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":1,"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := attest.ParsePolicy(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatalf("parsed but does not marshal: %v", err)
		}
		q, err := attest.ParsePolicy(again)
		if err != nil || p.Hash() != q.Hash() || len(q.Measurements.SGX) > attest.MaxMeasurements {
			t.Errorf("%s: %v", again, err)
		}
		if changes := attest.Diff(p, q); len(changes) != 0 {
			t.Errorf("it differs from itself: %+v", changes)
		}
	})
}

// FuzzParseEndorsement: whatever parses is somebody's word, and written as read.
func FuzzParseEndorsement(f *testing.F) {
	key, err := protocol.GenerateKey()
	if err != nil {
		f.Fatal(err)
	}
	good, err := protocol.Endorsement{Machine: protocol.Hash{1}, Facility: "a", Method: "b", NotAfter: 5}.Sign(key)
	if err != nil {
		f.Fatal(err)
	}
	data, err := json.Marshal(good)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := attest.ParseEndorsement(data)
		if err != nil {
			return
		}
		if by, err := e.Endorser(); err != nil || by.IsZero() {
			t.Errorf("nobody's word: %v", err)
		}
		again, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		if back, err := attest.ParseEndorsement(again); err == nil && !reflect.DeepEqual(back, e) {
			t.Error("it changes as it is written")
		}
	})
}

// FuzzEvidenceJSON: whatever parses has the kind that its quote has.
func FuzzEvidenceJSON(f *testing.F) {
	data, err := json.Marshal(quoteOf(f, newPlatform(f), simulated.Enclave{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"kind":"tdx","quote":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var ev attest.Evidence
		if err := json.Unmarshal(data, &ev); err != nil {
			return
		}
		if again, err := attest.NewEvidence(ev.Quote); err != nil || again.Kind != ev.Kind {
			t.Errorf("kind %s, %v", ev.Kind, err)
		}
	})
}
