package pod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// engine stands in for Ollama at its HTTP boundary, and answers with its recorded answers.
type engine struct {
	answers map[string][]byte

	mu        sync.Mutex
	asked     []engineCall
	accounts  []string         // named by those, in turn
	instead   http.HandlerFunc // answers instead
	cancelled atomic.Int64     // requests that were given up by the pod
}

type engineCall struct{ path, body string }

// recorded are real answers of Ollama 0.17.4; see meter/testdata.
func recorded(t *testing.T) map[string][]byte {
	t.Helper()
	answers := map[string][]byte{}
	for key, file := range map[string]string{
		"/api/chat false": "chat-whole-stop", "/api/chat true": "chat-stream-stop",
		"/api/generate false": "generate-whole-stop", "/api/generate true": "generate-stream-length",
		"/v1/chat/completions false": "openai-whole-stop", "/v1/chat/completions true": "openai-stream-stop",
	} {
		raw, err := os.ReadFile(filepath.Join("..", "meter", "testdata", file+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		_, body, ok := bytes.Cut(raw, []byte("\n\n"))
		if !ok || len(body) == 0 {
			t.Fatalf("%s: no answer in it", file)
		}
		answers[key] = body
	}
	return answers
}

// timings are how long the engine took, which no client is told.
var timings = regexp.MustCompile(`,"(total|load|prompt_eval|eval)_duration":\d+`)

func (e *engine) answerWith(f http.HandlerFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.instead = f
}

func (e *engine) calls() []engineCall {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]engineCall(nil), e.asked...)
}

// listen serves the engine on a UNIX socket.
func (e *engine) listen(t *testing.T) http.RoundTripper {
	t.Helper()
	dir, err := os.MkdirTemp("", "engine") // a socket's path must be short
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "s")
	listener, err := net.Listen("unix", path)
	if err != nil {
		t.Fatal(err)
	}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: e}}
	server.Start()
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", path)
		},
		DisableKeepAlives: true,
	}
	t.Cleanup(func() {
		server.Close()
		_ = os.RemoveAll(dir)
	})
	return transport
}

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	e.asked = append(e.asked, engineCall{r.URL.Path, string(body)})
	e.accounts = append(e.accounts, r.Header.Get(pod.HeaderEngineAccount))
	instead := e.instead
	e.mu.Unlock()
	defer func() {
		if r.Context().Err() != nil {
			e.cancelled.Add(1)
		}
	}()
	if instead != nil {
		instead(w, r)
		return
	}
	e.play(w, r.URL.Path, streamed(r.URL.Path, body), nil)
}

func streamed(path string, body []byte) bool {
	asked := struct{ Stream bool }{!strings.HasPrefix(path, "/v1/")}
	_ = json.Unmarshal(body, &asked)
	return asked.Stream
}

// play writes a recorded answer, line by line where it is streamed; before each line but the first it calls between.
func (e *engine) play(w http.ResponseWriter, path string, stream bool, between func(line int)) {
	answer := e.answers[fmt.Sprintf("%s %t", path, stream)]
	switch {
	case !stream:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.Header().Set("Content-Length", fmt.Sprint(len(answer)))
		_, _ = w.Write(answer)
		return
	case strings.HasPrefix(path, "/v1/"):
		w.Header().Set("Content-Type", "text/event-stream")
	default:
		w.Header().Set("Content-Type", "application/x-ndjson")
	}
	prompt := regexp.MustCompile(`"prompt_(?:eval_count|tokens)":(\d+)`).FindSubmatch(answer)
	w.Header().Set(pod.HeaderEnginePrompt, string(prompt[1])) // as the engine of this project; Ollama says it at the end alone
	for i, line := range bytes.SplitAfter(answer, []byte("\n")) {
		if i > 0 && between != nil {
			between(i)
		}
		_, _ = w.Write(line)
		_ = http.NewResponseController(w).Flush()
	}
}

// direct is a transport to a handler in the same goroutine.
type direct struct{ http.Handler }

func (d direct) RoundTrip(req *http.Request) (res *http.Response, err error) {
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			res, err = nil, io.ErrUnexpectedEOF
		} else if p != nil {
			panic(p)
		}
	}()
	if req.Body == nil {
		req.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, req)
	return w.Result(), nil
}

type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func newKey(t *testing.T) protocol.Key {
	t.Helper()
	k, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// pipes is a network in memory with one listener.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	once   sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), closed: make(chan struct{})} }

func (p *pipes) dial(context.Context, string, string) (net.Conn, error) {
	near, far := net.Pipe()
	select {
	case p.conns <- far:
		return near, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) transport() http.RoundTripper {
	return &http.Transport{DialContext: p.dial, DisableKeepAlives: true}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.closed) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }
