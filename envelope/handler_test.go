package envelope

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// pod is a Handler behind a real HTTP server.
type pod struct {
	*httptest.Server
	config KeyConfig
	log    *bytes.Buffer
}

func newPod(t *testing.T, inner http.HandlerFunc) *pod {
	t.Helper()
	r, config := newRecipient(t, XWing, Config{})
	p := &pod{config: config, log: new(bytes.Buffer)}
	p.Server = httptest.NewServer(&Handler{Recipient: r, Inner: inner, Log: slog.New(slog.NewTextHandler(p.log, nil))})
	t.Cleanup(p.Close)
	return p
}

// send seals req and returns the outer answer.
func (p *pod) send(t *testing.T, req *http.Request) (*Exchange, *http.Response) {
	t.Helper()
	x, err := Seal(p.config, req)
	if err != nil {
		t.Fatal(err)
	}
	return x, p.post(t, x)
}

func (p *pod) post(t *testing.T, x *Exchange) *http.Response {
	t.Helper()
	outer, err := x.NewRequest(t.Context(), p.URL)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultTransport.RoundTrip(outer)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func (p *pod) do(t *testing.T, req *http.Request) *http.Response {
	t.Helper()
	x, outer := p.send(t, req)
	res, err := x.Open(outer)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestExchange(t *testing.T) {
	const secret = "falcon-4711"
	p := newPod(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if r.RemoteAddr != "" || r.Host != "pod.invalid" || r.URL.Path != "/api/chat" {
			t.Errorf("inner request: %q %q %v", r.RemoteAddr, r.Host, r.URL)
		}
		w.Header().Set("Content-Type", "application/x-ndjson")
		w.Header().Set("Trailer", "Announced")
		w.WriteHeader(http.StatusAccepted)
		for range 3 {
			_, _ = w.Write(body)
		}
		w.Header().Set("Announced", "a")
		w.Header().Set(http.TrailerPrefix+"Phallama-Receipt", "r")
		w.Header().Set("Late", "not a trailer")
	})
	var captured bytes.Buffer
	x, err := Seal(p.config, newInner(t, "POST", "https://pod.invalid/api/chat", secret))
	if err != nil {
		t.Fatal(err)
	}
	captured.Write(x.sealed)
	outer := p.post(t, x)
	want := http.Header{"Content-Type": {MediaTypeResponse}, "Incremental": {"?1"}, "Cache-Control": {"no-store"}, "Date": outer.Header["Date"], "Content-Length": outer.Header["Content-Length"]}
	if diff := cmp.Diff(want, outer.Header); diff != "" {
		t.Errorf("outer header: %s", diff)
	}
	outer.Body = io.NopCloser(io.TeeReader(outer.Body, &captured))
	res, err := x.Open(outer)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Trailer) != 0 {
		t.Errorf("trailers before the end: %v", res.Trailer)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || string(body) != secret+secret+secret || res.StatusCode != http.StatusAccepted {
		t.Errorf("%d %q, %v", res.StatusCode, body, err)
	}
	if diff := cmp.Diff(http.Header{"Content-Type": {"application/x-ndjson"}}, res.Header); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(http.Header{"Announced": {"a"}, "Phallama-Receipt": {"r"}}, res.Trailer); diff != "" {
		t.Error(diff)
	}
	if bytes.Contains(captured.Bytes(), []byte(secret)) {
		t.Error("the plaintext is on the wire")
	}
}

func TestOuterRequestIsAnonymous(t *testing.T) {
	var got http.Header
	srv := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.Header.Clone() }))
	defer srv.Close()
	p := &pod{Server: srv}
	_, p.config = newRecipient(t, XWing, Config{})
	req := newInner(t, "POST", "https://pod/api/chat", "prompt")
	req.Header.Set("Authorization", "Bearer x")
	req.Header.Set("User-Agent", "mine")
	p.send(t, req)
	want := http.Header{"Content-Type": {MediaTypeRequest}, "Incremental": {"?1"}, "Accept-Encoding": {"identity"}, "Content-Length": got["Content-Length"]}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestHandlerStreams(t *testing.T) {
	next := make(chan string)
	p := newPod(t, func(w http.ResponseWriter, _ *http.Request) {
		w.(http.Flusher).Flush() // the header alone
		for s := range next {
			_, _ = io.WriteString(w, s)
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	})
	res := p.do(t, newInner(t, "GET", "https://pod/", ""))
	for _, want := range []string{"to", "ken", "s"} {
		next <- want
		got := make([]byte, 100)
		n, err := res.Body.Read(got)
		if err != nil || string(got[:n]) != want {
			t.Fatalf("%q, %v, expected %q while the answer goes on", got[:n], err, want)
		}
	}
	close(next)
	if b, err := io.ReadAll(res.Body); err != nil || len(b) != 0 {
		t.Errorf("%q, %v", b, err)
	}
}

// TestHandlerBehindReverseProxy runs the composition a pod uses: the inner
// handler is a reverse proxy to an engine that streams and then fails.
func TestHandlerBehindReverseProxy(t *testing.T) {
	fail := false
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		for range 3 {
			fmt.Fprintf(w, "%s %s\n", r.URL.Path, body)
			w.(http.Flusher).Flush()
		}
		if fail {
			panic(http.ErrAbortHandler)
		}
	}))
	defer engine.Close()
	target, err := url.Parse(engine.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{FlushInterval: -1, Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	p := newPod(t, proxy.ServeHTTP)
	for _, fail = range []bool{false, true} {
		res := p.do(t, newInner(t, "POST", "https://pod/api/chat", "hi"))
		body, err := io.ReadAll(res.Body)
		if want := strings.Repeat("/api/chat hi\n", 3); string(body) != want {
			t.Errorf("%q", body)
		}
		if fail != errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("engine failed: %v, error: %v", fail, err)
		}
	}
}

func TestHandlerRefusesOutside(t *testing.T) {
	p := newPod(t, func(http.ResponseWriter, *http.Request) { t.Error("the inner handler ran") })
	post := func(method, contentType string, body []byte) (int, http.Header, string) {
		req, err := http.NewRequestWithContext(t.Context(), method, p.URL, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", contentType)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, res.Header, string(b)
	}
	_, good := sealRequest(t, p.config, "not reached")
	flipped := bytes.Clone(good)
	flipped[len(flipped)-1] ^= 1
	_, big := sealRequest(t, p.config, strings.Repeat("a", DefaultMaxRequestBytes+1))
	for name, tc := range map[string]struct {
		method, contentType string
		body                []byte
	}{
		"GET":            {"GET", MediaTypeRequest, nil},
		"plaintext":      {"POST", "application/json", []byte(`{}`)},
		"unchunked type": {"POST", "message/ohttp-req", good},
		"empty":          {"POST", MediaTypeRequest, nil},
		"truncated":      {"POST", MediaTypeRequest, good[:len(good)-20]},
		"flipped":        {"POST", MediaTypeRequest, flipped},
		"too large":      {"POST", MediaTypeRequest, big},
	} {
		status, _, body := post(tc.method, tc.contentType, tc.body)
		if status != 400 || body != ErrOpen.Error()+"\n" {
			t.Errorf("%s: %d %q", name, status, body)
		}
	}
	wrong := p.config
	wrong.ID++
	_, sealed := sealRequest(t, wrong, "x")
	status, header, body := post("POST", MediaTypeRequest, sealed)
	if status != 400 || header.Get("Content-Type") != "application/problem+json" || !strings.Contains(body, `"type":"`+KeyProblemType+`"`) {
		t.Errorf("%d %v %q", status, header, body)
	}
	// The same as the client sees it.
	p.config = wrong
	x, outer := p.send(t, newInner(t, "GET", "https://pod/", ""))
	var refused *RefusedError
	if _, err := x.Open(outer); !errors.As(err, &refused) || !refused.KeyMismatch || refused.Status != 400 {
		t.Errorf("%v, expected a key mismatch", err)
	}
}

func TestReplayedExchange(t *testing.T) {
	runs := 0
	p := newPod(t, func(http.ResponseWriter, *http.Request) { runs++ })
	x, outer := p.send(t, newInner(t, "GET", "https://pod/", ""))
	res, err := x.Open(outer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	var refused *RefusedError
	if _, err := x.Open(p.post(t, x)); !errors.As(err, &refused) || refused.KeyMismatch || refused.Status != 400 {
		t.Errorf("replay: %v", err)
	}
	if runs != 1 {
		t.Errorf("the inner handler ran %d times", runs)
	}
}

func TestOpenRefusesPlaintext(t *testing.T) {
	_, config := newRecipient(t, X25519, Config{})
	x, err := Seal(config, newInner(t, "GET", "https://pod/", ""))
	if err != nil {
		t.Fatal(err)
	}
	for name, res := range map[string]*http.Response{
		"plaintext 200":   {StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}},
		"unchunked":       {StatusCode: 200, Header: http.Header{"Content-Type": {"message/ohttp-res"}}},
		"error in a seal": {StatusCode: 502, Header: http.Header{"Content-Type": {MediaTypeResponse}}},
		"not a problem":   {StatusCode: 400, Header: http.Header{"Content-Type": {"application/problem+json"}}},
	} {
		res.Body = io.NopCloser(strings.NewReader("secret detail"))
		var refused *RefusedError
		_, err := x.Open(res)
		if !errors.As(err, &refused) || refused.KeyMismatch || refused.Status != res.StatusCode {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes the answer: %v", name, err)
		}
	}
}

func TestWhenARefusalSaysToAskAgain(t *testing.T) {
	_, config := newRecipient(t, X25519, Config{})
	x, err := Seal(config, newInner(t, "GET", "https://pod/", ""))
	if err != nil {
		t.Fatal(err)
	}
	for says, want := range map[string]time.Duration{
		"": 0, "0": 0, "-3": 0, "soon": 0, "1.5": 0, "7": 7 * time.Second, "99999999": 24 * time.Hour, "99999999999999999999": 0,
	} {
		_, err := x.Open(&http.Response{StatusCode: 429, Header: http.Header{"Retry-After": {says}}, Body: http.NoBody})
		var refused *RefusedError
		if !errors.As(err, &refused) || refused.RetryAfter != want {
			t.Errorf("%q: %+v, want %s", says, refused, want)
		}
	}
}

func TestMalformedInnerIsAnsweredInside(t *testing.T) {
	p := newPod(t, func(http.ResponseWriter, *http.Request) { t.Error("the inner handler ran") })
	var sealed bytes.Buffer
	s, err := NewRequestSealer(p.config, &sealed)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Finish([]byte("not binary http")); err != nil {
		t.Fatal(err)
	}
	x := &Exchange{sealer: s, sealed: sealed.Bytes()}
	res, err := x.Open(p.post(t, x))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 400 || !strings.Contains(string(body), "malformed inner message") {
		t.Errorf("%d %q, %v", res.StatusCode, body, err)
	}
}

// secret is what a log must not hold.
const secret = "prompt in a panic"

var innerPanics = map[string]struct {
	inner     http.HandlerFunc
	truncated bool
}{
	"at once":          {func(http.ResponseWriter, *http.Request) { panic(secret) }, false},
	"before the body":  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200); panic(errors.New(secret)) }, false},
	"invalid status":   {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(700) }, false},
	"invalid field":    {func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("A", secret+"\n") }, false},
	"after the header": {func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush(); panic(secret) }, true},
	"after a write":    {func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "some"); panic(secret) }, true},
	"aborts": {func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "some")
		panic(http.ErrAbortHandler)
	}, true},
	"invalid trailer": {func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "some")
		w.Header().Set(http.TrailerPrefix+"A", secret+"\x00")
	}, true},
}

func TestInnerPanics(t *testing.T) {
	for name, tc := range innerPanics {
		t.Run(name, func(t *testing.T) {
			p := newPod(t, tc.inner)
			x, outer := p.send(t, newInner(t, "GET", "https://pod/", ""))
			res, err := x.Open(outer)
			var body []byte
			if err == nil {
				body, err = io.ReadAll(res.Body)
			}
			if tc.truncated {
				if !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("%q, %v, expected a truncated answer", body, err)
				}
			} else if err != nil || res.StatusCode != 500 || len(body) != 0 {
				t.Errorf("%v %q, %v, expected a bare 500", res, body, err)
			}
			p.Close()
			if strings.Contains(p.log.String(), secret) {
				t.Errorf("logged: %s", p.log)
			}
		})
	}
}

// TestClientGoes closes the client's end in the middle of an answer.
func TestClientGoes(t *testing.T) {
	done := make(chan error, 1)
	p := newPod(t, func(w http.ResponseWriter, r *http.Request) {
		for {
			if _, err := w.Write(make([]byte, 100_000)); err != nil {
				<-r.Context().Done()
				_, again := w.Write([]byte("x"))
				done <- errors.Join(again, context.Cause(r.Context()))
				return
			}
		}
	})
	res := p.do(t, newInner(t, "GET", "https://pod/", ""))
	if _, err := io.ReadFull(res.Body, make([]byte, 1000)); err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := res.Body.Read(make([]byte, 1)); !errors.Is(err, http.ErrBodyReadAfterClose) {
		t.Errorf("read after close: %v", err)
	}
	if err := <-done; err == nil {
		t.Error("the inner handler was not told")
	}
}

func TestBodylessAnswers(t *testing.T) {
	p := newPod(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/204" {
			w.WriteHeader(http.StatusNoContent)
		}
		if _, err := io.WriteString(w, "x"); !errors.Is(err, http.ErrBodyNotAllowed) {
			t.Errorf("%s %s: %v", r.Method, r.URL, err)
		}
	})
	for _, req := range []*http.Request{newInner(t, "HEAD", "https://pod/", ""), newInner(t, "GET", "https://pod/204", "")} {
		res := p.do(t, req)
		if b, err := io.ReadAll(res.Body); err != nil || len(b) != 0 {
			t.Errorf("%q, %v", b, err)
		}
	}
}

func TestSealRefusals(t *testing.T) {
	_, config := newRecipient(t, X25519, Config{})
	broken := newInner(t, "POST", "https://pod/", "")
	broken.Body = io.NopCloser(io.MultiReader(strings.NewReader("a"), errReader{}))
	for name, req := range map[string]*http.Request{
		"plaintext URL":          newInner(t, "POST", "http://pod/", ""),
		"body beyond the limit":  newInner(t, "POST", "https://pod/", strings.Repeat("a", DefaultMaxRequestBytes+1)),
		"no room for the fields": newInner(t, "POST", "https://pod/", strings.Repeat("a", DefaultMaxRequestBytes)),
		"body that fails":        broken,
	} {
		if _, err := Seal(config, req); err == nil {
			t.Errorf("%s: sealed", name)
		}
	}
	config.PublicKey = config.PublicKey[:31]
	if _, err := Seal(config, newInner(t, "POST", "https://pod/", "")); err == nil {
		t.Error("sealed to a malformed key")
	}
	if _, err := Seal(KeyConfig{KEM: 9}, newInner(t, "POST", "https://pod/", "")); err == nil {
		t.Error("sealed to an unsupported KEM")
	}
}

// BenchmarkFirstToken is one exchange up to the first byte of its answer, of a handler that speaks at once.
func BenchmarkFirstToken(b *testing.B) {
	for _, shape := range []Shape{ShapeOff, ShapeCell, ShapeCBR} {
		b.Run(string(shape), func(b *testing.B) {
			r, config := newRecipient(b, XWing, Config{MaxRequestsPerKey: 1 << 30})
			srv := httptest.NewServer(&Handler{Recipient: r, Inner: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.WriteString(w, "token")
				w.(http.Flusher).Flush()
				<-r.Context().Done()
			})})
			defer srv.Close()
			for b.Loop() {
				inner := newInner(b, "POST", "https://pod/api/chat", "prompt")
				inner.Header.Set(HeaderShape, string(shape))
				x, err := Seal(config, inner)
				if err != nil {
					b.Fatal(err)
				}
				outer, err := x.NewRequest(b.Context(), srv.URL)
				if err != nil {
					b.Fatal(err)
				}
				answer, err := http.DefaultTransport.RoundTrip(outer)
				if err != nil {
					b.Fatal(err)
				}
				res, err := x.Open(answer)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := io.ReadFull(res.Body, make([]byte, 1)); err != nil {
					b.Fatal(err)
				}
				_ = res.Body.Close()
			}
		})
	}
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("broken") }
