package enclave

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/phallama/phallama/pod"
)

// engine stands in for Ollama at its HTTP boundary. Its answers are recorded ones of Ollama 0.17.4.
type engine struct {
	mu     sync.Mutex
	asked  []string // path and body
	broken string   // path that fails
	loaded []string // models, as /api/ps names them
	wedged bool
	hangs  chan struct{} // holds answers to /api/chat until it is closed; nil for none
}

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	hangs := e.hangs
	e.mu.Unlock()
	if hangs != nil && r.URL.Path == "/api/chat" {
		select {
		case <-hangs:
		case <-r.Context().Done():
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, r.Method+" "+r.URL.Path+" "+string(body))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	switch {
	case r.Method == http.MethodPost && len(r.Header.Get(pod.HeaderEngineAccount)) != 64: // as package gate of the engine
		w.WriteHeader(http.StatusBadRequest)
	case r.URL.Path == e.broken:
		w.WriteHeader(http.StatusNotFound)
		_, _ = io.WriteString(w, `{"error":"model 'wisp' not found"}`)
	case r.URL.Path == "/engine/pulse":
		_, _ = fmt.Fprintf(w, `{"open":0,"silentSeconds":0,"wedged":%t}`, e.wedged)
	case r.URL.Path == "/api/ps":
		_, _ = fmt.Fprintf(w, `{"models":[%s]}`, strings.Join(e.loaded, ","))
	case r.URL.Path == "/api/generate":
		var load struct{ Model string }
		_ = json.Unmarshal(body, &load)
		e.loaded = append(e.loaded, fmt.Sprintf(`{"name":%q,"model":%q,"size":911616}`, load.Model+":latest", load.Model+":latest"))
		_, _ = io.WriteString(w, `{"model":"wisp","created_at":"2026-11-22T21:41:33Z","response":"","done":true,"done_reason":"load"}`)
	case r.URL.Path == "/api/chat":
		_, _ = io.WriteString(w, `{"model":"wisp","created_at":"2026-11-22T21:41:33.83166394Z","message":{"role":"assistant","content":"falcon-4711"},"done":true,"done_reason":"stop","total_duration":8471930,"load_duration":2129319,"prompt_eval_count":20,"prompt_eval_duration":2355416,"eval_count":9,"eval_duration":2205892}`)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (e *engine) breaks(path string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.broken = path
}

// restarts is what an engine does that was started again: it holds no model.
func (e *engine) restarts(wedged bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.wedged, e.loaded = wedged, nil
}

func (e *engine) calls() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.asked)
}

// socketPath is a path short enough for a UNIX socket.
func socketPath(t *testing.T, name string) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "enclave")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return filepath.Join(dir, name)
}

func listenUnix(t *testing.T, path string) net.Listener {
	t.Helper()
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

func serveEngine(t *testing.T, path string) *engine {
	t.Helper()
	e := &engine{}
	server := &httptest.Server{Listener: listenUnix(t, path), Config: &http.Server{Handler: e}}
	server.Start()
	t.Cleanup(server.Close)
	return e
}

func TestProbeAndLoad(t *testing.T) {
	path := socketPath(t, "engine")
	transport := newEngineTransport(path)
	if _, err := probe(t.Context(), transport); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("no engine: %v, want the socket's path", err)
	}
	e := serveEngine(t, path)
	if p, err := probe(t.Context(), transport); err != nil || p.Wedged {
		t.Error(p, err)
	}
	if err := load(t.Context(), transport, "wisp"); err != nil {
		t.Error(err)
	}
	want := []string{"GET /engine/pulse ", `POST /api/generate {"keep_alive":-1,"model":"wisp","stream":false}`}
	if got := e.calls(); !slices.Equal(got, want) {
		t.Errorf("the engine was asked %q, want %q", got, want)
	}
	e.breaks("/api/generate")
	if err := load(t.Context(), transport, "wisp"); err == nil || !strings.Contains(err.Error(), "404") || !strings.Contains(err.Error(), "model 'wisp' not found") {
		t.Errorf("no model: %v, want the engine's words", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := probe(ctx, transport); !errors.Is(err, context.Canceled) {
		t.Errorf("told to stop: %v", err)
	}
}

// net/http logs what comes on an idle connection without being asked for: an engine that says more than it announced
// must not get an answer into the host's log that way.
func TestEngineLogsNothing(t *testing.T) {
	path := socketPath(t, "engine")
	listener := listenUnix(t, path)
	ended := make(chan error, 1)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			ended <- err
			return
		}
		defer conn.Close()
		in := bufio.NewReader(conn)
		if _, err := http.ReadRequest(in); err != nil {
			ended <- err
			return
		}
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}canary-answer")
		_, err = in.ReadByte() // until the pod closes the connection
		ended <- err
	}()
	var logged bytes.Buffer
	log.SetOutput(&logged)
	defer log.SetOutput(os.Stderr)
	if _, err := probe(t.Context(), newEngineTransport(path)); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if text := logged.String(); text != "" {
		t.Errorf("logged %s", text)
	}
}

// flaky is an engine that is there or not.
type flaky struct {
	mu     sync.Mutex
	absent bool
	engine *engine
}

func (f *flaky) RoundTrip(r *http.Request) (*http.Response, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.absent {
		return nil, errors.New("connection refused")
	}
	w := httptest.NewRecorder()
	f.engine.ServeHTTP(w, r)
	return w.Result(), nil
}

func (f *flaky) leaves(absent bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.absent = absent
}
