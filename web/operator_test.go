package web

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestOperatorHandler(t *testing.T) {
	h := OperatorHandler(OperatorConfig{
		Network: Network{Name: "devnet", Token: "dPHA"},
		Report:  func(context.Context) (any, error) { return map[string]string{"pod": "0x12"}, nil },
	})
	for _, c := range []struct {
		method, path, host, origin, site string
		status                           int
		says                             string
	}{
		{"GET", "/ui/", "127.0.0.1:4000", "", "", 200, "<title>Operator"},
		{"GET", "/", "localhost:4000", "", "", 303, ""},
		{"GET", "/ui/api/report", "[::1]:4000", "", "", 200, `"0x12"`},
		{"GET", "/ui/api/network", "LOCALHOST", "http://localhost", "same-origin", 200, "dPHA"},
		{"GET", "/ui/api/report", "evil.example", "", "", 403, "host not allowed"},
		{"GET", "/ui/api/report", "192.0.2.1:80", "", "", 403, "host not allowed"},
		{"GET", "/ui/api/report", "127.0.0.1:4000", "http://127.0.0.1:5000", "same-site", 403, "own page"},
		{"POST", "/ui/api/report", "127.0.0.1:4000", "", "", 405, ""},
		{"GET", "/ui/index.html", "127.0.0.1:4000", "", "", 404, "no /ui/index.html"},
		{"GET", "/ui/api/money", "127.0.0.1:4000", "", "", 404, ""},
	} {
		r := httptest.NewRequest(c.method, "http://x"+c.path, http.NoBody)
		r.Host = c.host
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %s at %s from %q: %d %.80s, want %d %q", c.method, c.path, c.host, c.origin, w.Code, w.Body, c.status, c.says)
		}
		if got := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") && c.status != http.StatusForbidden {
			t.Errorf("%s: policy %q", c.path, got)
		}
	}
}

func TestOperatorEvents(t *testing.T) {
	server := httptest.NewServer(OperatorHandler(OperatorConfig{Report: func(context.Context) (any, error) { return map[string]int{"n": 1}, nil }}))
	defer server.Close()
	resp, err := http.Get(server.URL + Root + "api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	in := bufio.NewScanner(resp.Body)
	for _, want := range []string{"event: report", `data: {"n":1}`} {
		if !in.Scan() || in.Text() != want {
			t.Fatalf("%q, want %q: %v", in.Text(), want, in.Err())
		}
	}
}
