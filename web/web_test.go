package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

func testConfig() Config {
	return Config{
		Network: Network{Name: "devnet", Simulated: true, Token: "dPHA", Version: "1"},
		Models:  func(context.Context) (any, error) { return map[string]any{"models": []string{"wisp"}}, nil },
		Pods:    func(context.Context) (any, error) { return map[string]any{"pods": []string{}}, nil },
	}
}

func TestFiles(t *testing.T) {
	h := Handler(testConfig())
	get := func(method, path string) *http.Response {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(method, path, http.NoBody))
		res := w.Result()
		if got := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'") || strings.Contains(got, "unsafe") {
			t.Errorf("%s: policy %q", path, got)
		}
		if res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%s: %v", path, res.Header)
		}
		return res
	}
	index := get(http.MethodGet, Root)
	page, err := io.ReadAll(index.Body)
	if err != nil || index.StatusCode != http.StatusOK || !strings.HasPrefix(index.Header.Get("Content-Type"), "text/html") || index.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("%d %v, %v", index.StatusCode, index.Header, err)
	}
	if strings.Contains(string(page), "<style") || strings.Contains(string(page), "<script>") {
		t.Errorf("the policy allows nothing inline:\n%s", page)
	}
	assets, err := fs.Glob(built, "dist/assets/*")
	if err != nil || len(assets) < 2 {
		t.Fatal(assets, err)
	}
	whole := string(page) // what names the rest: the pages, and what is loaded later
	for _, name := range append(assets, "dist/operator.html") {
		content, err := fs.ReadFile(built, name)
		if err != nil {
			t.Fatal(err)
		}
		whole += string(content)
	}
	for _, name := range assets {
		path := Root + strings.TrimPrefix(name, "dist/")
		if !strings.Contains(whole, filepath.Base(path)) {
			t.Errorf("nothing names %s", path)
		}
		res := get(http.MethodGet, path)
		if res.StatusCode != http.StatusOK || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", path, res.StatusCode, res.Header)
		}
	}
	for path, want := range map[string]int{
		Root + "no-such": 404, Root + "assets": 404, Root + "api/no-such": 404, Root + "api/": 404, Root + "../web.go": 307, Root + "%2e%2e/web.go": 404,
	} {
		if res := get(http.MethodGet, path); res.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, res.StatusCode, want)
		}
	}
	for _, path := range []string{Root, Root + "api/pods", Root + "api/network", Root + "api/events"} {
		if res := get(http.MethodPost, path); res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("POST %s: %d", path, res.StatusCode)
		}
	}
}

func TestObjects(t *testing.T) {
	cfg := testConfig()
	cfg.Models = func(context.Context) (any, error) { return nil, errors.New("the chain is away") }
	cfg.Pods = func(context.Context) (any, error) { return func() {}, nil }
	h := Handler(cfg)
	for name, want := range map[string]struct {
		status int
		body   string
	}{
		"network": {200, `{"name":"devnet","simulated":true,"token":"dPHA","version":"1","wallet":false}`},
		"models":  {503, `{"error":"the chain is away"}`},
		"pods":    {500, `{"error":"what the page asked for cannot be written"}`},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, Root+"api/"+name, http.NoBody))
		if w.Code != want.status || strings.TrimSpace(w.Body.String()) != want.body || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// Whoever follows is told what is, of what changes, and of trouble; nobody is let in beyond the bound.
func TestEvents(t *testing.T) {
	var n atomic.Int32
	cfg := testConfig()
	cfg.Pods = func(context.Context) (any, error) {
		if n.Add(1) == 2 {
			return nil, errors.New("the chain is away")
		}
		return map[string]int32{"n": n.Load()}, nil
	}
	server := httptest.NewServer(Handler(cfg))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	follow := func() *http.Response {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+Root+"api/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := follow()
	lines := bufio.NewScanner(res.Body)
	event := func() string {
		var all []string
		for lines.Scan() && lines.Text() != "" {
			all = append(all, lines.Text())
		}
		return strings.Join(all, "|")
	}
	if got := event(); got != `event: pods|data: {"n":1}` {
		t.Errorf("at first: %s", got)
	}
	if got := event(); got != `event: trouble|data: {"error":"the chain is away"}` {
		t.Errorf("then: %s", got)
	}
	for range maxFollows - 1 {
		if more := follow(); more.StatusCode != http.StatusOK {
			t.Fatalf("status %d", more.StatusCode)
		}
	}
	full := follow()
	var said problem
	if err := json.NewDecoder(full.Body).Decode(&said); err != nil || full.StatusCode != http.StatusServiceUnavailable || !strings.Contains(said.Error, "close one") {
		t.Errorf("one too many: %d %+v, %v", full.StatusCode, said, err)
	}
}
