package envelope

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// problemOf is the refusal of a key by a handler with that hook, as the client reads it.
func problemOf(t *testing.T, hook func() json.RawMessage) *RefusedError {
	t.Helper()
	r, config := newRecipient(t, X25519, Config{})
	h := &Handler{Recipient: r, KeyProblem: hook, Log: slog.New(slog.DiscardHandler)}
	config.ID++
	x, err := Seal(config, newInner(t, "GET", "https://pod/", ""))
	if err != nil {
		t.Fatal(err)
	}
	outer, err := x.NewRequest(t.Context(), "https://pod/enc")
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, outer)
	var refused *RefusedError
	if _, err := x.Open(w.Result()); !errors.As(err, &refused) || !refused.KeyMismatch {
		t.Fatalf("%v, expected a key mismatch", err)
	}
	return refused
}

// What the pod says goes along with the refusal of a key, unless it would make it longer than a client reads.
func TestKeyProblemCarriesTheConfig(t *testing.T) {
	long := `"` + strings.Repeat("x", maxProblemBytes) + `"`
	for name, c := range map[string]struct {
		hook func() json.RawMessage
		want string
	}{
		"no hook":  {nil, ""},
		"nothing":  {func() json.RawMessage { return nil }, ""},
		"a config": {func() json.RawMessage { return json.RawMessage(`{"epoch":7}`) }, `{"epoch":7}`},
		"too long": {func() json.RawMessage { return json.RawMessage(long) }, ""},
		"not JSON": {func() json.RawMessage { return json.RawMessage(`{`) }, ""},
	} {
		if got := problemOf(t, c.hook); string(got.KeyConfig) != c.want {
			t.Errorf("%s: config %q, want %q", name, got.KeyConfig, c.want)
		}
	}
}

// An answer that is longer than a problem may be is none, whatever its beginning says.
func TestOversizedProblem(t *testing.T) {
	body := `{"type":"` + KeyProblemType + `","keyConfig":"` + strings.Repeat("x", maxProblemBytes) + `"}`
	for _, b := range []string{body, `{"type":"` + KeyProblemType + `"}` + strings.Repeat(" ", maxProblemBytes)} {
		if e := refused(problemAnswer(http.StatusBadRequest, "application/problem+json", b)); e.KeyMismatch || e.KeyConfig != nil {
			t.Errorf("%d bytes: %+v", len(b), e)
		}
	}
}

func problemAnswer(status int, contentType, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {contentType}}, Body: io.NopCloser(strings.NewReader(body))}
}

func FuzzRefused(f *testing.F) {
	f.Add(400, "application/problem+json", `{"type":"`+KeyProblemType+`","title":"t","keyConfig":{"epoch":1,"config":"AAAA"}}`)
	f.Add(400, "application/problem+json; charset=utf-8", `{"type":"`+KeyProblemType+`"}`)
	f.Add(502, "text/html", "<html>")
	f.Fuzz(func(t *testing.T, status int, contentType, body string) {
		e := refused(problemAnswer(status, contentType, body))
		switch {
		case e.Status != status:
			t.Errorf("status %d became %d", status, e.Status)
		case e.KeyConfig != nil && (!e.KeyMismatch || len(e.KeyConfig) > maxProblemBytes || !json.Valid(e.KeyConfig)):
			t.Errorf("config %q, mismatch %v", e.KeyConfig, e.KeyMismatch)
		case e.KeyMismatch && (status < 400 || status > 499):
			t.Errorf("a key mismatch with status %d", status)
		case e.KeyMismatch && !bytes.Contains([]byte(body), []byte("ohttp-key")) && !bytes.Contains([]byte(body), []byte(`\u`)):
			t.Errorf("a key mismatch without its type: %q", body)
		case len(e.KeyConfig) > 20 && strings.Contains(e.Error(), string(e.KeyConfig)):
			t.Errorf("the error quotes the answer: %v", e)
		}
	})
}
