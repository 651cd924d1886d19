package gateway_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/phallama/phallama/gateway"
)

// What the user names beside this machine is let in, and nothing that looks like it.
func TestNamedPagesAndHosts(t *testing.T) {
	n := newNetwork(t)
	handler := gateway.Handler(gateway.Config{Client: n.client, Origins: []string{"https://chat.example.org"}, Hosts: []string{"host.docker.internal"}})
	for _, tt := range []struct {
		host, origin string
		status       int
	}{
		{"localhost:11435", "", 200},
		{"host.docker.internal:11435", "", 200},
		{"HOST.docker.internal", "https://chat.example.org", 200},
		{"x.host.docker.internal", "", 403},
		{"localhost", "https://CHAT.example.org", 200},
		{"localhost", "http://localhost:3000", 200},
		{"localhost", "http://chat.example.org", 403},
		{"localhost", "https://chat.example.org:8443", 403},
		{"localhost", "https://chat.example.org.evil.example", 403},
		{"evil.example", "https://chat.example.org", 403},
	} {
		req := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		req.Host = tt.host
		if tt.origin != "" {
			req.Header.Set("Origin", tt.origin)
		}
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, req)
		got := rec.Header().Get("Access-Control-Allow-Origin")
		if rec.Code != tt.status || tt.status == 200 && got != tt.origin || tt.status != 200 && got != "" {
			t.Errorf("%+v: %d, allowed for %q", tt, rec.Code, got)
		}
	}
}

func TestParseOriginAndHost(t *testing.T) {
	for text, want := range map[string]string{
		"https://Chat.example.org": "https://chat.example.org", "http://192.168.1.2:3000": "http://192.168.1.2:3000", "chrome-extension://abc": "chrome-extension://abc",
		"*": "", "https://*.example.org": "", "https://example.org/": "", "example.org": "", "null": "", "": "", "https://u@example.org": "",
	} {
		if got, err := gateway.ParseOrigin(text); got != want || (err == nil) != (want != "") {
			t.Errorf("origin %q: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"host.docker.internal": "host.docker.internal", "Box": "box", "box:11435": "", "*": "", "": "", "http://box": "",
	} {
		if got, err := gateway.ParseHost(text); got != want || (err == nil) != (want != "") {
			t.Errorf("host %q: %q, %v", text, got, err)
		}
	}
}
