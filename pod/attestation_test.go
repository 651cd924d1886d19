package pod_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// attestation gets what the pod serves about itself.
func (r *rig) attestation() (status int, header http.Header, body string) {
	r.Helper()
	req, err := http.NewRequestWithContext(r.Context(), http.MethodGet, r.url+protocol.PathAttestation, nil)
	if err != nil {
		r.Fatal(err)
	}
	res, err := r.outer.RoundTrip(req)
	if err != nil {
		r.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		r.Fatal(err)
	}
	return res.StatusCode, res.Header, string(text)
}

// What the agent brings is served as it came, byte for byte: what is in it is signed.
func TestAttestation(t *testing.T) {
	r := newRig(t)
	status, header, body := r.attestation()
	if status != http.StatusNotFound || !strings.Contains(body, "ask Intel's service or a PCCS") || header.Get("Cache-Control") != "" {
		t.Fatalf("before anything was brought: %d %v %q", status, header, body)
	}
	first := "{ \"collateral\" : {\"tcb_info\":\"\\u003c 1.0e0\"},\n\t\"endorsements\":[ ] }\n"
	for _, served := range []string{first, `{"collateral":{},"endorsements":[{}]}`} {
		if status, answer := r.controlCall(http.MethodPost, protocol.PathServe, served); status != http.StatusNoContent || answer != "" {
			t.Fatalf("the agent got %d %q", status, answer)
		}
		status, header, body := r.attestation()
		if status != http.StatusOK || body != served {
			t.Errorf("served %d %q, want %q", status, body, served)
		}
		if header.Get("Content-Type") != "application/json" || header.Get("Cache-Control") != "max-age=3600" {
			t.Errorf("header %v", header)
		}
	}
}

// What cannot be served takes the place of nothing.
func TestAttestationRefuses(t *testing.T) {
	r := newRig(t)
	const good = `{"collateral":{},"endorsements":[]}`
	full := `{"collateral":"` + strings.Repeat("a", protocol.MaxAttestation-len(`{"collateral":""}`)) + `"}`
	tests := []struct {
		name, body string
		status     int
		answer     string
	}{
		{"nothing", "", http.StatusBadRequest, "expected a JSON object"},
		{"null", "null", http.StatusBadRequest, "expected a JSON object"},
		{"list", `[{"collateral":{}}]`, http.StatusBadRequest, "expected a JSON object"},
		{"string", `"{}"`, http.StatusBadRequest, "expected a JSON object"},
		{"cut", good[:len(good)-1], http.StatusBadRequest, "expected a JSON object"},
		{"something after it", good + "{}", http.StatusBadRequest, "expected a JSON object"},
		{"HTML", "<html>", http.StatusBadRequest, "expected a JSON object"},
		{"one byte too large", full + " ", http.StatusRequestEntityTooLarge, "expected at most 524288 bytes"},
	}
	refused := func(after string) {
		for _, tt := range tests {
			if status, answer := r.controlCall(http.MethodPost, protocol.PathServe, tt.body); status != tt.status || !strings.Contains(answer, tt.answer) {
				t.Errorf("%s, after %s: got %d %q", tt.name, after, status, answer)
			}
		}
	}
	refused("nothing")
	if status, _, body := r.attestation(); status != http.StatusNotFound {
		t.Errorf("served %d %q", status, body)
	}
	r.controlCall(http.MethodPost, protocol.PathServe, good)
	refused("something good")
	if status, _, body := r.attestation(); status != http.StatusOK || body != good {
		t.Errorf("served %d %q", status, body)
	}
	if status, answer := r.controlCall(http.MethodPost, protocol.PathServe, full); status != http.StatusNoContent {
		t.Errorf("of the greatest size: %d %q", status, answer)
	}
	if _, _, body := r.attestation(); body != full {
		t.Errorf("served %d bytes, want %d", len(body), len(full))
	}
}

// Only the agent says what is served, and only on the listener that is its own.
func TestAttestationIsTheAgents(t *testing.T) {
	r := newRig(t)
	for name, token := range map[string]string{"none": "", "another": "Bearer another"} {
		status, _ := r.controlCall(http.MethodPost, protocol.PathServe, "{}", func(req *http.Request) { req.Header.Set("Authorization", token) })
		if status != http.StatusUnauthorized {
			t.Errorf("with %s token: %d", name, status)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPut, http.MethodDelete} {
		if status, _ := r.controlCall(method, protocol.PathServe, "{}"); status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, status)
		}
	}
	for _, path := range []string{protocol.PathServe, protocol.PathAttestation} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bearer "+token)
		res, err := r.outer.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode/100 != 4 {
			t.Errorf("POST %s on the public listener: %d", path, res.StatusCode)
		}
	}
	if status, _, body := r.attestation(); status != http.StatusNotFound {
		t.Errorf("served %d %q", status, body)
	}
}
