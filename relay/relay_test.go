package relay

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

var (
	self   = protocol.Address{1} // the relay's operator
	podID  = protocol.Address{0xd0}
	ownPod = protocol.Address{0xd1}
)

// registry is one in memory.
type registry struct {
	mu    sync.Mutex
	pods  []protocol.PodRecord
	err   error
	asked int
}

func (r *registry) Pods(context.Context) ([]protocol.PodRecord, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.asked++
	return slices.Clone(r.pods), r.err
}

func (r *registry) set(f func(*registry)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r)
}

// clock is one that a test moves.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

// world is a relay that listens, and the pod that it may forward to.
type world struct {
	*testing.T
	url      string // the relay's
	registry *registry
	clock    *clock
	pod      *httptest.Server
	reached  chan *http.Request // requests that reached the pod
}

func record(id, operator protocol.Address, url string, until time.Time) protocol.PodRecord {
	return protocol.PodRecord{ID: id, Operator: operator, URL: url, ValidUntil: uint64(until.Unix()), Standing: protocol.StandingGood}
}

func newWorld(t *testing.T, serve http.HandlerFunc, adjust ...func(*Config)) *world {
	t.Helper()
	w := &world{T: t, registry: &registry{}, clock: &clock{at: time.Unix(1_800_000_000, 0)}, reached: make(chan *http.Request, 100)}
	w.pod = httptest.NewServer(http.HandlerFunc(func(res http.ResponseWriter, req *http.Request) {
		w.reached <- req
		serve(res, req)
	}))
	t.Cleanup(w.pod.Close)
	until := w.clock.now().Add(time.Hour)
	w.registry.pods = []protocol.PodRecord{record(podID, protocol.Address{2}, w.pod.URL, until), record(ownPod, self, w.pod.URL, until)}
	cfg := Config{Operator: self, Pods: w.registry, Development: true, Now: w.clock.now}
	for _, f := range adjust {
		f(&cfg)
	}
	relay, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(relay.Close)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := relay.Server()
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	w.url = "http://" + listener.Addr().String()
	return w
}

func sealedAnswer(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "message/ohttp-chunked-res")
	_, _ = io.WriteString(w, "sealed answer")
}

func (w *world) request(method, path string, body io.Reader) *http.Request {
	w.Helper()
	req, err := http.NewRequestWithContext(w.Context(), method, w.url+path, body)
	if err != nil {
		w.Fatal(err)
	}
	req.Header.Set("Content-Type", "message/ohttp-chunked-req")
	req.Header.Set("Incremental", "?1")
	return req
}

// do sends a request; redirects are the caller's to follow.
func (w *world) do(req *http.Request) (*http.Response, string) {
	w.Helper()
	transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true}
	res, err := transport.RoundTrip(req)
	if err != nil {
		w.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		w.Fatal(err)
	}
	return res, string(body)
}

func (w *world) post(pod protocol.Address) (*http.Response, string) {
	w.Helper()
	return w.do(w.request(http.MethodPost, protocol.PathOHTTPRelay+pod.String(), strings.NewReader("sealed request")))
}

// wantRefused holds an answer to be a refusal of the relay's own.
func (w *world) wantRefused(res *http.Response, body string, status int, kind protocol.ProblemType) {
	w.Helper()
	var p protocol.Problem
	if err := json.Unmarshal([]byte(body), &p); err != nil || res.StatusCode != status || p.Status != status || p.Type != kind || p.Detail == "" ||
		res.Header.Get("Content-Type") != protocol.ContentTypeProblem {
		w.Errorf("answered %d %v %s (%v), want %d %s", res.StatusCode, res.Header, body, err, status, kind)
	}
}

func (w *world) wantNotReached() {
	w.Helper()
	select {
	case req := <-w.reached:
		w.Errorf("%s %s reached the pod", req.Method, req.URL)
	default:
	}
}

func TestNoFieldPassesThatIsNotListed(t *testing.T) {
	w := newWorld(t, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for _, name := range []string{"Set-Cookie", "Server", "Via", "Location", "Link", "Alt-Svc", "Etag", "Access-Control-Allow-Origin", "X-Pod", "Trailer"} {
			h.Set(name, "X-Late")
		}
		h.Set("Content-Type", "message/ohttp-chunked-res")
		h.Set("Incremental", "?1")
		h.Set("Cache-Control", "no-store")
		h.Set("Retry-After", "7")
		w.WriteHeader(http.StatusOK)
		_, _ = io.WriteString(w, "sealed answer")
		h.Set("X-Late", "late")
	})
	req := w.request(http.MethodPost, protocol.PathOHTTPRelay+podID.String()+"?query=1", strings.NewReader("sealed request"))
	for _, name := range []string{
		"User-Agent", "Cookie", "Authorization", "Accept", "Accept-Language", "Accept-Encoding", "Origin", "Referer", "Forwarded", "Via",
		"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Traceparent", "Phallama-Pay", "Date", "X-Client",
	} {
		req.Header.Set(name, "client-mark")
	}
	req.Header.Set("Content-Type", "Message/OHTTP-chunked-req; mark=client-mark")
	res, body := w.do(req)
	if res.StatusCode != http.StatusOK || body != "sealed answer" {
		t.Fatalf("%d %q", res.StatusCode, body)
	}
	got := <-w.reached
	if names := slices.Sorted(maps.Keys(got.Header)); !slices.Equal(names, []string{"Content-Length", "Content-Type", "Incremental"}) {
		t.Errorf("the pod saw the fields %q", names)
	}
	if got.URL.String() != protocol.PathEnclave || got.Host != strings.TrimPrefix(w.pod.URL, "http://") || strings.Contains(fmt.Sprint(got.Header, got.Trailer), "client-mark") {
		t.Errorf("the pod saw %s of %s, %v", got.URL, got.Host, got.Header)
	}
	delete(res.Header, "Date") // net/http's own, like the length
	delete(res.Header, "Content-Length")
	if names := slices.Sorted(maps.Keys(res.Header)); !slices.Equal(names, []string{"Cache-Control", "Content-Type", "Incremental", "Retry-After"}) || len(res.Trailer) != 0 {
		t.Errorf("the client saw the fields %q, trailers %v", names, res.Trailer)
	}
}

func TestWhatIsPublicOfAPodIsForwarded(t *testing.T) {
	w := newWorld(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "max-age=3600")
		_, _ = io.WriteString(w, r.URL.Path)
	})
	for _, path := range []string{protocol.PathAttestation, protocol.PathKeyConfigs} {
		res, body := w.do(w.request(http.MethodGet, protocol.PathOHTTPRelay+podID.String()+path, nil))
		if res.StatusCode != http.StatusOK || body != path || res.Header.Get("Cache-Control") != "max-age=3600" {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
}

func TestItIsNoOpenProxy(t *testing.T) {
	w := newWorld(t, sealedAnswer)
	now := w.clock.now()
	retired, over, revoked, plain := record(protocol.Address{0xd2}, protocol.Address{2}, w.pod.URL, now.Add(time.Hour)),
		record(protocol.Address{0xd3}, protocol.Address{2}, w.pod.URL, now), record(protocol.Address{0xd4}, protocol.Address{2}, w.pod.URL, now.Add(time.Hour)),
		record(protocol.Address{0xd5}, protocol.Address{2}, "ftp://pod.example", now.Add(time.Hour))
	retired.Retired, revoked.Standing = true, protocol.StandingPlatformRevoked
	w.registry.pods = append(w.registry.pods, retired, over, revoked, plain)

	pod := func(id string) string { return protocol.PathOHTTPRelay + id }
	for _, c := range []struct {
		what, method, path string
		status             int
		kind               protocol.ProblemType
	}{
		{"a pod that is not registered", "POST", pod(protocol.Address{0xff}.String()), 404, problemUnknownPod},
		{"no pod's id", "POST", pod("127.0.0.1:80"), 404, problemUnknownPod},
		{"a URL", "POST", pod("http:%2f%2fpod.example"), 404, problemUnknownPod},
		{"a retired pod", "POST", pod(retired.ID.String()), 404, problemUnknownPod},
		{"a pod whose identity is over", "POST", pod(over.ID.String()), 404, problemUnknownPod},
		{"a pod whose platform is revoked", "POST", pod(revoked.ID.String()), 404, problemUnknownPod},
		{"a pod with no URL of HTTP", "POST", pod(plain.ID.String()), 404, problemUnknownPod},
		{"the operator's own pod", "POST", pod(ownPod.String()), 403, problemOwnPod},
		{"the operator's own pod's evidence", "GET", pod(ownPod.String()) + protocol.PathAttestation, 403, problemOwnPod},
		{"the evidence of a pod that is not registered", "GET", pod(protocol.Address{0xff}.String()) + protocol.PathAttestation, 404, problemUnknownPod},
		{"another path of a pod", "GET", pod(podID.String()) + protocol.PathHealth, 404, problemRequest},
		{"the sealed path by its name", "POST", pod(podID.String()) + protocol.PathEnclave, 404, problemRequest},
		{"another method", "PUT", pod(podID.String()), 404, problemRequest},
		{"the pod's route by GET", "GET", pod(podID.String()), 404, problemRequest},
		{"no route", "POST", "/", 404, problemRequest},
	} {
		res, body := w.do(w.request(c.method, c.path, strings.NewReader("sealed request")))
		t.Log(c.what)
		w.wantRefused(res, body, c.status, c.kind)
	}
	req := w.request("POST", pod(podID.String()), strings.NewReader("{}"))
	req.Header.Set("Content-Type", "application/json")
	res, body := w.do(req)
	w.wantRefused(res, body, http.StatusUnsupportedMediaType, problemRequest)
	w.wantNotReached()
}

func TestAnswersThatAreNoPodsDoNotPass(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a redirect was followed") }))
	t.Cleanup(elsewhere.Close)
	for what, serve := range map[string]http.HandlerFunc{
		"a redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		},
		"a page": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<script>")
		},
		"no type": func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			w.WriteHeader(http.StatusNotFound)
		},
		"a broken head": func(w http.ResponseWriter, _ *http.Request) { panic(http.ErrAbortHandler) },
		"a redirect, sealed": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/ohttp-chunked-res")
			w.WriteHeader(http.StatusFound)
		},
	} {
		w := newWorld(t, serve)
		res, body := w.post(podID)
		t.Log(what)
		w.wantRefused(res, body, http.StatusBadGateway, problemUnreachable)
	}

	w := newWorld(t, sealedAnswer)
	w.pod.Close()
	res, body := w.post(podID)
	w.wantRefused(res, body, http.StatusBadGateway, problemUnreachable)
}

func TestAPodsOwnRefusalsPass(t *testing.T) {
	for _, status := range []int{400, 429, 503} {
		w := newWorld(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", protocol.ContentTypeProblem)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, "the pod's word")
		})
		if res, body := w.post(podID); res.StatusCode != status || body != "the pod's word" {
			t.Errorf("%d %q, want %d", res.StatusCode, body, status)
		}
	}
}

// Outside development networks a registered URL leads to the public Internet or nowhere, whatever its name resolves to.
func TestAddressesAreCheckedWhenTheyAreDialled(t *testing.T) {
	w := newWorld(t, sealedAnswer, func(c *Config) { c.Development = false })
	pod := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	t.Cleanup(pod.Close)
	dialled := make(chan struct{}, 10)
	pod.Config.ConnState = func(net.Conn, http.ConnState) { dialled <- struct{}{} }
	_, port, _ := net.SplitHostPort(pod.Listener.Addr().String())
	for i, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"} {
		id := protocol.Address{0xe0, byte(i)}
		w.registry.set(func(r *registry) {
			r.pods = append(r.pods, record(id, protocol.Address{2}, "https://"+host+":"+port, w.clock.now().Add(time.Hour)))
		})
		w.clock.move(listFresh)
		res, body := w.post(id)
		w.wantRefused(res, body, http.StatusBadGateway, problemUnreachable)
	}
	if len(dialled) != 0 {
		t.Error("the server was dialled")
	}
	// And http is for development.
	res, body := w.post(podID)
	w.wantRefused(res, body, http.StatusNotFound, problemUnknownPod)
	w.wantNotReached()
}

func TestPiecesPassAtOnce(t *testing.T) {
	seen := make(chan struct{})
	w := newWorld(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "message/ohttp-chunked-res")
		_, _ = io.WriteString(w, "first\n")
		_ = http.NewResponseController(w).Flush()
		select {
		case <-seen:
			_, _ = io.WriteString(w, "last\n")
		case <-r.Context().Done():
		}
	})
	res, err := http.DefaultTransport.RoundTrip(w.request(http.MethodPost, protocol.PathOHTTPRelay+podID.String(), strings.NewReader("sealed")))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	if line, err := lines.ReadString('\n'); err != nil || line != "first\n" {
		t.Fatalf("%q, %v", line, err)
	}
	close(seen)
	if rest, err := io.ReadAll(lines); err != nil || string(rest) != "last\n" {
		t.Errorf("%q, %v", rest, err)
	}
}

func TestABrokenAnswerEndsBroken(t *testing.T) {
	w := newWorld(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "message/ohttp-chunked-res")
		_, _ = io.WriteString(w, "first")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	})
	res, err := http.DefaultTransport.RoundTrip(w.request(http.MethodPost, protocol.PathOHTTPRelay+podID.String(), strings.NewReader("sealed")))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); err == nil {
		t.Errorf("a broken answer ended well, as %q", body)
	}
}

// Who goes away takes the request to the pod along.
func TestAClientThatLeavesIsNotWaitedFor(t *testing.T) {
	gone := make(chan struct{})
	w := newWorld(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "message/ohttp-chunked-res")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(gone)
	})
	ctx, leave := context.WithCancel(t.Context())
	res, err := http.DefaultTransport.RoundTrip(w.request(http.MethodPost, protocol.PathOHTTPRelay+podID.String(), strings.NewReader("sealed")).WithContext(ctx))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	leave()
	<-gone
}

func TestRequestsThatAreTooLongOrTooSlow(t *testing.T) {
	w := newWorld(t, sealedAnswer)
	long := make([]byte, maxSealed+1)
	for _, body := range []io.Reader{bytes.NewReader(long), io.MultiReader(bytes.NewReader(long))} { // of known and of unknown length
		res, text := w.do(w.request(http.MethodPost, protocol.PathOHTTPRelay+podID.String(), body))
		w.wantRefused(res, text, http.StatusRequestEntityTooLarge, problemRequest)
	}
	w.wantNotReached()

	w = newWorld(t, sealedAnswer, func(c *Config) { c.Limits.BodyTime = 50 * time.Millisecond })
	// What is refused for another reason is not waited for either.
	for id, want := range map[protocol.Address]struct {
		status int
		kind   protocol.ProblemType
	}{podID: {http.StatusRequestTimeout, problemRequest}, {0xff}: {http.StatusNotFound, problemUnknownPod}} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, _ = fmt.Fprintf(conn, "POST %s%s HTTP/1.1\r\nHost: relay\r\nContent-Type: message/ohttp-chunked-req\r\nContent-Length: 100\r\n\r\nslow", protocol.PathOHTTPRelay, id)
		answer := bufio.NewReader(conn)
		res, err := http.ReadResponse(answer, nil)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(res.Body)
		w.wantRefused(res, string(text), want.status, want.kind)
		if _, err := answer.ReadByte(); err == nil {
			t.Error("the connection is not closed")
		}
	}
	w.wantNotReached()
}

func TestTheLongestRequestPasses(t *testing.T) {
	key, err := envelope.GenerateKey(1, envelope.XWing)
	if err != nil {
		t.Fatal(err)
	}
	// Fields and framing of the inner request take some of what a request may hold.
	inner, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://pod.invalid/", bytes.NewReader(make([]byte, envelope.DefaultMaxRequestBytes-1024)))
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := envelope.Seal(key.Config(), inner)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, sealedAnswer)
	req, err := sealed.NewRequest(t.Context(), w.url+protocol.PathOHTTPRelay+podID.String())
	if err != nil {
		t.Fatal(err)
	}
	if req.ContentLength < envelope.DefaultMaxRequestBytes {
		t.Fatalf("only %d bytes", req.ContentLength)
	}
	if res, body := w.do(req); res.StatusCode != http.StatusOK {
		t.Errorf("%d bytes: %d %s", req.ContentLength, res.StatusCode, body)
	}
}

func TestTheRegistryIsReadNowAndThen(t *testing.T) {
	w := newWorld(t, sealedAnswer)
	asked := func(want int) {
		t.Helper()
		w.registry.set(func(r *registry) {
			if r.asked != want {
				t.Errorf("the registry was read %d times, want %d", r.asked, want)
			}
		})
	}
	w.registry.set(func(r *registry) { r.err = errors.New("down") })
	res, body := w.post(podID)
	w.wantRefused(res, body, http.StatusServiceUnavailable, problemNotReady)
	if res.Header.Get("Retry-After") == "" {
		t.Error("it does not say when to try again")
	}
	w.registry.set(func(r *registry) { r.err, r.asked = nil, 0 })
	for range 3 {
		if res, body := w.post(podID); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
	}
	asked(1)
	// A pod that is not there has it read again, at most every few seconds.
	for range 3 {
		res, body := w.post(protocol.Address{0xff})
		w.wantRefused(res, body, http.StatusNotFound, problemUnknownPod)
	}
	asked(1)
	w.clock.move(listMissed)
	for range 3 {
		w.post(protocol.Address{0xff})
	}
	asked(2)
	// The old list serves while the chain does not answer, but not for ever.
	w.registry.set(func(r *registry) { r.err = errors.New("down") })
	w.clock.move(listFresh)
	if res, body := w.post(podID); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	w.clock.move(listStale)
	res, body = w.post(podID)
	w.wantRefused(res, body, http.StatusServiceUnavailable, problemNotReady)
	// A pod that was taken off gets nothing more.
	w.registry.set(func(r *registry) { r.err, r.pods = nil, nil })
	res, body = w.post(podID)
	w.wantRefused(res, body, http.StatusNotFound, problemUnknownPod)
}

// A log of who asked for what is what a relay is there to prevent: there is none, at any level.
func TestNoRequestIsLogged(t *testing.T) {
	var log bytes.Buffer
	w := newWorld(t, sealedAnswer, func(c *Config) {
		c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug - 100}))
		c.Limits.PerMinute = 3
	})
	w.post(podID)
	w.pod.Close()
	for _, pod := range []protocol.Address{podID, ownPod, {0xff}} {
		w.post(pod)
	}
	if log.Len() != 0 {
		t.Errorf("logged: %s", log.String())
	}
	// That the registry cannot be read is said, once.
	w.registry.set(func(r *registry) { r.err = errors.New("down") })
	for range 2 {
		w.clock.move(time.Minute)
		w.post(podID)
	}
	if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "registry") || strings.Contains(log.String(), "127.0.0.1") || strings.Contains(log.String(), podID.String()) {
		t.Errorf("logged: %s", log.String())
	}
}

func TestConfigIsChecked(t *testing.T) {
	for _, cfg := range []Config{
		{Pods: &registry{}},
		{Operator: self},
		{Operator: self, Pods: &registry{}, Limits: Limits{Streams: -1}},
		{Operator: self, Pods: &registry{}, Limits: Limits{Sources: 10}},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%+v: accepted", cfg)
		}
	}
}
