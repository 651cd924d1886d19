package gate_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/phallama/phallama/engine/gate"
	"github.com/phallama/phallama/engine/link"
)

var account = strings.Repeat("0a", 32)

func request(method, target string, body io.Reader) *http.Request {
	r := httptest.NewRequest(method, target, body)
	r.Header.Set(link.AccountHeader, account)
	return r
}

func TestGate(t *testing.T) {
	type want struct {
		status int
		passed bool
	}
	for _, test := range []struct {
		method, target string
		want           want
	}{
		{"GET", "/api/version", want{200, true}},
		{"GET", "/api/tags", want{200, true}},
		{"GET", "/api/ps", want{200, true}},
		{"POST", "/api/show", want{200, true}},
		{"POST", "/api/chat", want{200, true}},
		{"POST", "/api/generate", want{200, true}},
		{"POST", "/api/embed", want{200, true}},
		{"POST", "/api/embeddings", want{200, true}},
		{"POST", "/v1/chat/completions", want{200, true}},
		{"POST", "/v1/completions", want{200, true}},
		{"POST", "/v1/embeddings", want{200, true}},
		{"POST", "/v1/responses", want{200, true}},
		{"POST", "/v1/messages", want{200, true}},
		{"GET", "/v1/models", want{200, true}},

		{"GET", "/api/chat", want{405, false}},
		{"HEAD", "/api/tags", want{405, false}},
		{"OPTIONS", "/api/chat", want{405, false}},
		{"POST", "/api/pull", want{404, false}},
		{"POST", "/api/push", want{404, false}},
		{"POST", "/api/create", want{404, false}},
		{"POST", "/api/copy", want{404, false}},
		{"DELETE", "/api/delete", want{404, false}},
		{"POST", "/api/me", want{404, false}},
		{"POST", "/api/signout", want{404, false}},
		{"GET", "/api/status", want{404, false}},
		{"HEAD", "/api/blobs/sha256:00", want{404, false}},
		{"POST", "/api/blobs/sha256:00", want{404, false}},
		{"GET", "/api/experimental/aliases", want{404, false}},
		{"POST", "/v1/images/generations", want{404, false}},
		{"GET", "/v1/models/wisp", want{404, false}},
		{"GET", "/debug/pprof/", want{404, false}},
		{"GET", "/", want{404, false}},
		{"POST", "/api/chat/", want{404, false}},
		{"POST", "//api/chat", want{404, false}},
		{"POST", "/api/../api/pull", want{404, false}},
		{"POST", "/api/chat/../pull", want{404, false}},
		{"POST", "/api%2fchat", want{404, false}},
		{"POST", "/API/CHAT", want{404, false}},
	} {
		t.Run(test.method+" "+test.target, func(t *testing.T) {
			passed := false
			h := gate.New(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { passed = true }))
			w := httptest.NewRecorder()
			h.ServeHTTP(w, request(test.method, test.target, http.NoBody))
			if got := (want{w.Code, passed}); got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			if !passed {
				var body struct{ Error string }
				if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body.Error == "" {
					t.Errorf("refused with %q, want a JSON error", w.Body)
				}
			}
		})
	}
}

func TestGateCleansRequests(t *testing.T) {
	var got *http.Request
	h := gate.New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r }))
	r := request("POST", "http://elsewhere.example/api/chat?x=1", strings.NewReader("{}"))
	for k, v := range map[string]string{
		"Content-Type": "application/json", "Origin": "https://elsewhere.example",
		"Authorization": "Bearer secret", "Cookie": "a=b", "X-Forwarded-For": "192.0.2.1",
	} {
		r.Header.Set(k, v)
	}
	h.ServeHTTP(httptest.NewRecorder(), r)
	if got.Host != "localhost" || got.URL.RawQuery != "" {
		t.Errorf("host %q and query %q passed on, want localhost and none", got.Host, got.URL.RawQuery)
	}
	if len(got.Header) != 1 || got.Header.Get("Content-Type") != "application/json" {
		t.Errorf("headers passed on: %v, want Content-Type alone", got.Header)
	}
}

// Whatever a model evaluates is for an account; what the gate puts into the
// context is what the link sends on.
func TestGateWantsAccount(t *testing.T) {
	free := []string{"/api/version", "/api/tags", "/api/ps", "/api/show", "/v1/models"}
	for path, method := range gate.Routes {
		for tag, ok := range map[string]bool{"": false, "alice": false, strings.Repeat("0", 63): false, account: true} {
			var passed *http.Request
			h := gate.New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { passed = r }))
			r := httptest.NewRequest(method, path, http.NoBody)
			r.Header.Set(link.AccountHeader, tag)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if slices.Contains(free, path) {
				if passed == nil {
					t.Errorf("%s with account %q: status %d, want it passed", path, tag, w.Code)
				}
				continue
			}
			if ok != (passed != nil) || !ok && w.Code != http.StatusBadRequest {
				t.Errorf("%s with account %q: passed %t, status %d", path, tag, passed != nil, w.Code)
			}
			if passed == nil {
				continue
			}
			var sent string
			out := passed.Clone(passed.Context())
			_, _ = link.Accounts(tripper(func(r *http.Request) (*http.Response, error) {
				sent = r.Header.Get(link.AccountHeader)
				return nil, http.ErrServerClosed
			})).RoundTrip(out)
			if sent != tag {
				t.Errorf("%s: account %q reaches the runner as %q", path, tag, sent)
			}
		}
	}
}

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestGateBoundsBody(t *testing.T) {
	var err error
	h := gate.New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, err = io.Copy(io.Discard, r.Body)
	}))
	for size, ok := range map[int64]bool{gate.MaxBody: true, gate.MaxBody + 1: false} {
		body := io.LimitReader(zeros{}, size)
		h.ServeHTTP(httptest.NewRecorder(), request("POST", "/api/chat", body))
		if (err == nil) != ok {
			t.Errorf("body of %d bytes: error %v, want success %v", size, err, ok)
		}
	}
}

// Whatever becomes of the caller, Ollama is not told: no context that ends, no notice, no failed write.
func TestGateHidesDisconnects(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := &goneWriter{httptest.NewRecorder()}
	whole := false
	h := gate.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		cancel()
		for range 3 {
			if n, err := io.WriteString(w, "token\n"); n != 6 || err != nil {
				t.Errorf("a write to a caller that is gone: %d, %v", n, err)
			}
			w.(http.Flusher).Flush()
		}
		select {
		case <-r.Context().Done():
			t.Error("the context ended with the caller")
		case <-w.(interface{ CloseNotify() <-chan bool }).CloseNotify(): // gin's streams ask for it
			t.Error("the end of the caller was noticed")
		default:
			whole = true
		}
	}))
	h.ServeHTTP(w, request("POST", "/api/chat", http.NoBody).WithContext(ctx))
	if !whole {
		t.Error("the answer did not come to its end")
	}
}

// A context that outlives its answer would leave a goroutine behind for each: Ollama's scheduler waits for its end.
func TestGateLeavesNothingBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := gate.New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			go func() { <-r.Context().Done() }()
		}))
		for path, method := range gate.Routes {
			for _, gone := range []bool{false, true} {
				ctx, cancel := context.WithCancel(t.Context())
				if gone {
					cancel()
				}
				h.ServeHTTP(httptest.NewRecorder(), request(method, path, http.NoBody).WithContext(ctx))
				defer cancel()
			}
		}
		synctest.Wait()
	}) // fails if a goroutine is left
}

// What the link learns of a prompt's length from the runner is in the header of the answer, and in no other.
func TestGateSaysHowLongThePromptIs(t *testing.T) {
	for said, want := range map[string]string{"": "", "0": "", "-1": "", "17": "17", "4294967296": "", "many": ""} {
		h := gate.New(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			hop := link.Accounts(tripper(func(*http.Request) (*http.Response, error) {
				return &http.Response{Header: http.Header{link.PromptHeader: {said}}, Body: http.NoBody}, nil
			}))
			req, err := http.NewRequestWithContext(r.Context(), http.MethodPost, "http://127.0.0.1:1/completion", http.NoBody)
			if err != nil {
				t.Error(err)
				return
			}
			resp, err := hop.RoundTrip(req)
			if err != nil {
				t.Error(err)
				return
			}
			_ = resp.Body.Close()
			_, _ = io.WriteString(w, "an answer")
		}))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("POST", "/api/chat", http.NoBody))
		if got := w.Header().Get(link.PromptHeader); got != want {
			t.Errorf("the runner said %q, the answer's header says %q, want %q", said, got, want)
		}
	}
}

// goneWriter is a response that nobody reads any more.
type goneWriter struct{ *httptest.ResponseRecorder }

func (goneWriter) Write([]byte) (int, error) { return 0, net.ErrClosed }

// Whatever a request is called, nothing but an allowed method on the very path of an allowed route passes, and what
// passes asks for that path and nothing else.
func FuzzGate(f *testing.F) {
	for _, target := range []string{
		"/api/chat", "/api/pull", "/api/chat/", "//api/chat", "/api/../api/pull", "/api/chat/../pull", "/api%2fchat", "/api/%63hat",
		"/api/chat%2f..%2fpull", "/API/CHAT", "/api/chat;x", "/api/chat?x", "/api/chat#x", "/api/chat%00", "/api/./chat", "/v1/models/wisp",
		"http://other/api/pull", "*", "/api/\u017fhow", "/debug/pprof/", "/api/blobs/sha256:00", "/api/chat\\..\\pull",
	} {
		for _, method := range []string{"GET", "POST", "HEAD", "DELETE", "OPTIONS", "CONNECT"} {
			f.Add(method, target)
		}
	}
	f.Fuzz(func(t *testing.T, method, target string) {
		// As it comes off the wire: what does not parse there never reaches the gate.
		raw := method + " " + target + " HTTP/1.1\r\nHost: engine\r\n\r\n"
		r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
		if err != nil {
			return
		}
		path := r.URL.Path
		r.Header.Set(link.AccountHeader, account)
		var passed *http.Request
		w := httptest.NewRecorder()
		gate.New(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { passed = r })).ServeHTTP(w, r)
		want, allowed := gate.Routes[path]
		switch {
		case passed == nil && w.Code != http.StatusNotFound && w.Code != http.StatusMethodNotAllowed:
			t.Errorf("%q %q was refused with %d", method, target, w.Code)
		case passed == nil:
		case !allowed || passed.Method != want || method != want:
			t.Errorf("%q %q passed", method, target)
		case passed.URL.EscapedPath() != path || passed.URL.RawQuery != "" || passed.Host != "localhost":
			t.Errorf("%q %q passed as %q of %q", method, target, passed.URL.String(), passed.Host)
		}
	})
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }
