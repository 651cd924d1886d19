package devnet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// wire stands before a pod or a relay, and keeps all that passes.
type wire struct {
	url string

	mu    sync.Mutex
	conns []*wireConn
	// held, if not nil, holds up what comes back beyond pass bytes, until it is closed; then stuck is told.
	held  chan struct{}
	stuck chan<- struct{}
	pass  int
}

type wireConn struct {
	from     string // the address that it came from
	passed   int    // bytes that came back while answers were to be held up
	up, down lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) all() []byte {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.Bytes())
}

func newWire(t *testing.T, target string) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	w := &wire{url: "http://" + listener.Addr().String()}
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", strings.TrimPrefix(target, "http://"))
			if err != nil {
				in.Close()
				continue
			}
			c := &wireConn{from: in.RemoteAddr().String()}
			w.mu.Lock()
			w.conns = append(w.conns, c)
			w.mu.Unlock()
			go func() {
				_, _ = io.Copy(out, io.TeeReader(in, &c.up))
				out.Close()
			}()
			go func() {
				_, _ = io.Copy(in, &holdable{io.TeeReader(out, &c.down), w, c})
				in.Close()
			}()
		}
	}()
	return w
}

// holdable reads what comes back.
type holdable struct {
	io.Reader
	w *wire
	c *wireConn
}

func (h *holdable) Read(p []byte) (int, error) {
	h.w.mu.Lock()
	held, stuck, pass := h.w.held, h.w.stuck, h.w.pass
	h.w.mu.Unlock()
	if held != nil && h.c.passed >= pass {
		select {
		case stuck <- struct{}{}:
		default:
		}
		<-held
	}
	n, err := h.Reader.Read(p)
	if held != nil {
		h.c.passed += n
	}
	return n, err
}

func (w *wire) connections() []*wireConn {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.conns)
}

// hold has answers stop after so many bytes of each connection, until release is called.
func (w *wire) hold(pass int, stuck chan<- struct{}) (release func()) {
	held := make(chan struct{})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held, w.stuck, w.pass = held, stuck, pass
	return sync.OnceFunc(func() {
		w.mu.Lock()
		w.held = nil
		w.mu.Unlock()
		close(held)
	})
}

// requests parses what went up a connection.
func (c *wireConn) requests(t *testing.T) (all []*http.Request) {
	t.Helper()
	in := bufio.NewReader(bytes.NewReader(c.up.all()))
	for {
		req, err := http.ReadRequest(in)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(req.Body)
		if err != nil {
			t.Fatal(err)
		}
		req.Body = io.NopCloser(bytes.NewReader(body))
		all = append(all, req)
	}
}

// Between a client and a pod stands a relay of another operator: the pod's host sees the relay and nothing of the client,
// and the relay sees nothing of what is said. Answers stream all the way.
func TestRelay(t *testing.T) {
	t.Parallel()
	var (
		mu     sync.Mutex
		wires  = map[string]*wire{} // by what they stand before
		dialed []string             // by the client
		ports  = map[string]bool{}  // the client's own
	)
	dialer := &net.Dialer{}
	transport := &http.Transport{DisableCompression: true, DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dialer.DialContext(ctx, network, address)
		mu.Lock()
		defer mu.Unlock()
		dialed = append(dialed, "http://"+address)
		if err == nil {
			ports[conn.LocalAddr().String()] = true
		}
		return conn, err
	}}
	n := start(t, func(c *Config) {
		c.Pods, c.Operators, c.Transport = 2, 2, transport
		c.Front = func(listens string) string {
			mu.Lock()
			defer mu.Unlock()
			if wires[listens] == nil {
				wires[listens] = newWire(t, listens)
			}
			return wires[listens].url
		}
	})
	records, err := n.Chain.Pods(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range records {
		if !slices.Contains(n.Relays(), r.Relay) {
			t.Errorf("pod %d is listed with relay %q of %q", i, r.Relay, n.Relays())
		}
	}
	atPod, atRelay := map[string]*wire{}, map[string]*wire{} // by URL
	for _, p := range n.Pods {
		w := wires[p.URL()]
		atPod[w.url] = w
	}
	for _, w := range wires {
		if atPod[w.url] == nil {
			atRelay[w.url] = w
		}
	}

	const (
		mark, secret = "mark-of-the-application", "falcon-90125"
		pass         = 3000 // bytes of the answer, which is longer
	)
	chat(t, n, false, user("Repeat after me: "+secret))
	// What is asked of all pods for their evidence is asked before answers are held up.
	if _, err := n.Client.Pods(t.Context()); err != nil {
		t.Fatal(err)
	}
	var (
		releases []func()
		stuck    = make(chan struct{}, 1)
	)
	for _, w := range atPod {
		releases = append(releases, w.hold(pass, stuck))
	}
	body, err := json.Marshal(map[string]any{
		"model": testModel, "stream": true, "messages": []message{user("Talk forever")}, "options": map[string]any{"num_predict": 900},
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.Gateway+"/api/chat", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"User-Agent", "Cookie", "X-Forwarded-For", "Traceparent", "Accept-Language"} {
		req.Header.Set(name, mark)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	lines := bufio.NewReader(res.Body)
	// The pods' wires hold the rest of the answer up: what came has passed the relay by itself.
	first, err := lines.ReadString('\n')
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(first, `"done":false`) {
		t.Fatalf("%d %q, %v", res.StatusCode, first, err)
	}
	select {
	case <-stuck:
	case <-ctx.Done():
		t.Fatal("the answer was not held up: it is too short")
	}
	for _, release := range releases {
		release()
	}
	rest, err := io.ReadAll(lines)
	if err != nil || !bytes.Contains(rest, []byte(`"done":true`)) {
		t.Fatalf("%q, %v", rest, err)
	}
	answer := said(t, first+string(rest))

	var served, relayed protocol.Address
	if served, err = protocol.ParseAddress(res.Header.Get(client.HeaderPod)); err != nil {
		t.Fatal(err)
	}
	if relayed, err = protocol.ParseAddress(res.Header.Get(client.HeaderRelay)); err != nil {
		t.Fatal(err)
	}
	for _, p := range n.Pods {
		if p.ID == served && (p.Operator == relayed || !slices.Contains(n.Operators(), relayed)) {
			t.Errorf("the pod of %s was reached by the relay of %s", p.Operator, relayed)
		}
	}
	state, err := client.ReadState(filepath.Join(n.config.Dir, "client"))
	if err != nil {
		t.Fatal(err)
	}
	receipt := state.Receipts[len(state.Receipts)-1]
	secrets := map[string][]byte{
		"the prompt": []byte(secret), "the application's fields": []byte(mark), "the model": []byte("wisp"), "the payment": []byte(protocol.HeaderPay),
		"the answer": []byte(answer[:24]), "the owner": n.User[:], "the owner's text": []byte(n.User.String()[2:]), "the request's id": receipt.RequestID[:],
		"the request id's text": []byte(receipt.RequestID.String()), "the receipt": receipt.Receipt.Signature[:],
	}
	session := receipt.Session.ID()
	secrets["the session"], secrets["the session's text"] = session[:], []byte(session.String()[2:])
	secrets["the signer"], secrets["the signer's text"] = receipt.Session.Signer[:], []byte(receipt.Session.Signer.String()[2:])

	mu.Lock()
	defer mu.Unlock()
	for _, at := range dialed {
		if atRelay[at] == nil {
			t.Errorf("the client dialled %s, which is no relay", at)
		}
	}
	look := func(side string, w *wire, posts *int) {
		for _, c := range w.connections() {
			if side == "pod" && ports[c.from] {
				t.Errorf("the pod saw the client's address %s", c.from)
			}
			for what, secret := range secrets {
				if bytes.Contains(c.up.all(), secret) || bytes.Contains(c.down.all(), secret) {
					t.Errorf("%s passed the %s's wire", what, side)
				}
			}
			for _, req := range c.requests(t) {
				if req.Method == http.MethodPost {
					*posts++
				}
				for name := range req.Header {
					passes := []string{"Content-Type", "Content-Length", "Incremental"}
					if side == "relay" { // which passes none of the client's on
						passes = append(passes, "Accept-Encoding", "User-Agent")
					}
					if !slices.Contains(passes, name) {
						t.Errorf("the %s saw the field %s: %q", side, name, req.Header[name])
					}
				}
			}
		}
	}
	var toPods, toRelays int
	for _, w := range atPod {
		look("pod", w, &toPods)
	}
	for _, w := range atRelay {
		look("relay", w, &toRelays)
	}
	if toPods == 0 || toPods != toRelays {
		t.Errorf("%d sealed requests reached relays, %d pods", toRelays, toPods)
	}
}

// said joins what the lines of a stream say.
func said(t *testing.T, stream string) string {
	t.Helper()
	var text strings.Builder
	for line := range strings.Lines(stream) {
		var m struct{ Message message }
		if err := json.Unmarshal([]byte(line), &m); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		text.WriteString(m.Message.Content)
	}
	if text.Len() < 100 {
		t.Fatalf("the answer is %q", text.String())
	}
	return text.String()
}
