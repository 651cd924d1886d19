package plain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func TestVersion(t *testing.T) {
	program := filepath.Join(t.TempDir(), "ollama")
	for says, want := range map[string]string{
		"ollama version is 0.17.1": "", "ollama version is 0.18.0-rc2": "", "ollama version is 1.0.0": "", "ollama version is 0.100.0": "",
		"Warning: could not connect to a running Ollama instance\nWarning: client version is 0.17.4": "",
		"ollama version is 0.17.0":     "too old: want at least 0.17.1, got 0.17.0",
		"ollama version is 0.9.6":      "too old",
		"ollama version is 0.16.9-rc1": "too old",
		"hello":                        `want a version of Ollama, got "hello`,
		"ollama version is 0.17.1.2":   "want a version such as",
	} {
		script := "#!/bin/sh\ncat <<'end'\n" + says + "\nend\n"
		if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		_, err := Version(t.Context(), program)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", says, err, want)
		}
		if strings.HasPrefix(want, "too old") != errors.Is(err, ErrOld) {
			t.Errorf("%q: %v", says, err)
		}
	}
	if _, err := Version(t.Context(), filepath.Join(t.TempDir(), "ollama")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no program: %v", err)
	}
}

func TestParseURL(t *testing.T) {
	for text, want := range map[string]string{
		"http://127.0.0.1:11434": "http://127.0.0.1:11434", "http://localhost": "http://localhost:11434", "http://[::1]:9/": "http://[::1]:9", "http://127.8.0.1:1": "http://127.8.0.1:1",
		"https://127.0.0.1": "", "127.0.0.1:11434": "", "http://": "", "http://192.0.2.1": "", "http://0.0.0.0:11434": "", "http://ollama.example": "", "http://localhost/v1": "",
		"http://a@localhost": "", "http://localhost?x": "", "http://localhost#x": "", "http://localhost.example": "", "unix:///run/ollama": "",
	} {
		u, err := ParseURL(text)
		if got := fmt.Sprint(u); (want == "") != (err != nil) || want != "" && got != want {
			t.Errorf("%q: %s, %v, want %q", text, got, err, want)
		}
	}
}

// One that has another model under the name would have receipts sign a digest of other bytes.
func TestCheck(t *testing.T) {
	manifest := `{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"sha256:` + strings.Repeat("a", 64) + `","size":1},"layers":[{"mediaType":"application/vnd.ollama.image.model","digest":"sha256:` + strings.Repeat("b", 64) + `","size":1}]}`
	store := fstest.MapFS{"manifests/registry.ollama.ai/library/owl/1b": {Data: []byte(manifest)}}
	digest, err := protocol.ModelManifestFS(store, "owl:1b")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ version, name, digest, model, want string }{
		{"0.17.4", "owl:1b", digest.String()[2:], "owl:1b", ""},
		{"0.17.4", "OWL:1b", digest.String()[2:], "library/owl:1b", ""},
		{"0.17.0", "owl:1b", digest.String()[2:], "owl:1b", "too old"},
		{"", "owl:1b", digest.String()[2:], "owl:1b", "want a version such as"},
		{"0.17.4", "owl:1b", strings.Repeat("0", 64), "owl:1b", "has another model owl:1b than the store"},
		{"0.17.4", "owl:2b", digest.String()[2:], "owl:1b", "has no model owl:1b"},
		{"0.17.4", "owl:1b", digest.String()[2:], "cat", `model "cat"`},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch r.URL.Path {
			case "/api/version":
				_ = json.NewEncoder(w).Encode(map[string]string{"version": c.version})
			case "/api/tags":
				_ = json.NewEncoder(w).Encode(map[string]any{"models": []any{map[string]string{"name": c.name, "digest": c.digest}}})
			}
		}))
		base, err := url.Parse(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Check(t.Context(), base, store, c.model)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: %v", c, err)
		}
		server.Close()
	}
}

// Nothing reaches Ollama but what podd may ask, and of that the body alone; what podd no longer reads is read to its end.
func TestBridge(t *testing.T) {
	var asked []string
	ended := make(chan int, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked = append(asked, r.Method+" "+r.URL.Path+" "+string(body))
		if r.Header.Get("X-Engine-Account") != "" || r.Header.Get("Origin") != "" {
			t.Errorf("%s: header %v", r.URL.Path, r.Header)
		}
		if r.URL.Path == "/api/version" {
			_, _ = io.WriteString(w, `{"version":"0.17.4"}`)
			return
		}
		written := 0
		for range 2000 { // more than any buffer between
			n, err := io.WriteString(w, strings.Repeat("x", 1<<10))
			if err != nil {
				break
			}
			written += n
		}
		ended <- written
	}))
	defer server.Close()
	base, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewServer(Bridge(base))
	defer front.Close()
	do := func(ctx context.Context, method, path string) *http.Response {
		t.Helper()
		req, err := http.NewRequestWithContext(ctx, method, front.URL+path, strings.NewReader("body"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Engine-Account", strings.Repeat("0", 64))
		req.Header.Set("Origin", "https://elsewhere.example")
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	for _, refused := range []string{"POST /api/pull", "DELETE /api/delete", "GET /api/chat", "POST /api/chat/", "POST /engine/pulse", "GET /", "POST /api/tags", "POST /api/blobs/sha256:00"} {
		method, path, _ := strings.Cut(refused, " ")
		res := do(t.Context(), method, path)
		_ = res.Body.Close()
		if res.StatusCode != http.StatusNotFound || len(asked) != 0 {
			t.Errorf("%s: %d, and Ollama was asked %v", refused, res.StatusCode, asked)
		}
	}
	for _, path := range client.Paths() {
		ctx, cancel := context.WithCancel(t.Context())
		res := do(ctx, http.MethodPost, path)
		if _, err := io.ReadFull(res.Body, make([]byte, 100)); err != nil {
			t.Fatal(err)
		}
		cancel()
		_ = res.Body.Close()
		select {
		case n := <-ended:
			if n != 2000<<10 || asked[len(asked)-1] != "POST "+path+" body" {
				t.Errorf("%s: %d bytes were read, asked %q", path, n, asked[len(asked)-1])
			}
		case <-time.After(time.Minute):
			t.Fatal("the answer did not come to its end")
		}
	}

	pulse := func() (int, string) {
		res := do(t.Context(), http.MethodGet, "/engine/pulse")
		defer res.Body.Close()
		raw, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(raw)
	}
	if status, said := pulse(); status != http.StatusOK || !strings.Contains(said, `"wedged":false`) {
		t.Errorf("%d %s", status, said)
	}
	server.Close()
	if status, said := pulse(); status != http.StatusBadGateway || !strings.Contains(said, "no Ollama answers") {
		t.Errorf("Ollama is gone: %d %s", status, said)
	}
	if res := do(t.Context(), http.MethodPost, "/api/chat"); res.StatusCode != http.StatusBadGateway {
		t.Errorf("Ollama is gone: %d", res.StatusCode)
	}
}
