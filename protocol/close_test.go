package protocol

import (
	"encoding/json"
	"strings"
	"testing"
)

func goodRequestClose(t testing.TB) (SignedRequestClose, []byte) {
	t.Helper()
	o := SignedRequestClose{
		Session:  SessionKey{Owner: Address{1}, Signer: Address{2}, Pod: Address{3}, Salt: 1<<64 - 1},
		Deadline: 1<<40 - 1, Signature: Signature{0: 4, 63: 5},
	}
	raw, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	return o, raw
}

func TestParseRequestClose(t *testing.T) {
	want, good := goodRequestClose(t)
	if got, err := ParseRequestClose(good); err != nil || got != want {
		t.Fatalf("%+v, %v", got, err)
	}
	if want.TypedData() != (RequestClose{SessionID: want.Session.ID(), Deadline: want.Deadline}) {
		t.Error("another thing is signed")
	}
	for name, c := range map[string]struct{ raw, want string }{
		"empty":          {"", "EOF"},
		"a list":         {"[]", "cannot unmarshal"},
		"two":            {string(good) + "{}", "something follows"},
		"too long":       {string(good) + strings.Repeat(" ", MaxRequestClose), "at most 2048 bytes"},
		"unknown field":  {`{"sessionId":"0x00"}`, "unknown field"},
		"no deadline":    {`{}`, "want a deadline"},
		"a far deadline": {`{"deadline":1099511627776}`, "below 2^40"},
		"a short owner":  {`{"session":{"owner":"0x12"}}`, "40 hex digits"},
	} {
		if _, err := ParseRequestClose([]byte(c.raw)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "closing order") {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func FuzzParseRequestClose(f *testing.F) {
	_, good := goodRequestClose(f)
	f.Add(good)
	f.Add([]byte(`{"deadline":1}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		o, err := ParseRequestClose(raw)
		if err != nil {
			return
		}
		out, err := json.Marshal(o)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := ParseRequestClose(out); err != nil || again != o {
			t.Fatalf("%s reads as %+v, %v, and %s was %+v", out, again, err, raw, o)
		}
	})
}
