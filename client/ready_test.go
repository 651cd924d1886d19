package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// verifications are those that a client makes on a net, by the pod's address. Each of them gets collateral once, and the
// block that dates the quote last.
type verifications struct {
	*testNet
	mu     sync.Mutex
	begun  map[string]int
	ended  int
	change chan struct{} // closed and replaced when one ends
	hold   func(ctx context.Context, url string) error
}

func watched(n *testNet) *verifications {
	return &verifications{testNet: n, begun: map[string]int{}, change: make(chan struct{})}
}

func (v *verifications) Collateral(ctx context.Context, needs attest.CollateralID, url string) (*attest.Collateral, error) {
	v.mu.Lock()
	v.begun[url]++
	hold := v.hold
	v.mu.Unlock()
	if hold != nil {
		if err := hold(ctx, url); err != nil {
			return nil, err
		}
	}
	return v.testNet.Collateral(ctx, needs, url)
}

func (v *verifications) BlockByHash(ctx context.Context, hash protocol.Hash) (protocol.Block, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.ended++
	close(v.change)
	v.change = make(chan struct{})
	return v.testNet.BlockByHash(ctx, hash)
}

// wait waits until so many have ended, and says how often each pod's has begun.
func (v *verifications) wait(t *testing.T, n int) map[string]int {
	t.Helper()
	for {
		v.mu.Lock()
		ended, change := v.ended, v.change
		v.mu.Unlock()
		if ended >= n {
			return v.count()
		}
		select {
		case <-change:
		case <-time.After(time.Minute):
			t.Errorf("%d verifications ended, want %d", ended, n)
			return nil
		}
	}
}

func (v *verifications) count() map[string]int {
	v.mu.Lock()
	defer v.mu.Unlock()
	counts := map[string]int{}
	for url, n := range v.begun {
		counts[url] = n
	}
	return counts
}

func (v *verifications) client(dir string, adjust ...func(*client.Config)) *client.Client {
	return v.testNet.client(dir, append([]func(*client.Config){func(c *client.Config) { c.Registry, c.Collateral = v, v }}, adjust...)...)
}

// priced is the n-th cheapest pod.
func (n *testNet) priced(rank uint64, adjust ...func(*testPod)) *testPod {
	return n.pod(append([]func(*testPod){func(p *testPod) {
		o := price
		o.OutPerM = protocol.Units(8e15 + rank*1e12)
		p.offer(o)
	}}, adjust...)...)
}

// before has something done before the first request to a pod leaves.
type before struct {
	http.RoundTripper
	url  string
	once sync.Once
	do   func()
}

func (b *before) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme+"://"+r.URL.Host == b.url {
		b.once.Do(b.do)
	}
	return b.RoundTripper.RoundTrip(r)
}

// Whatever keeps the first pod from serving: the next one serves, which was verified before the first failed; nobody else
// learns of the request; no two pods could bill it; and one answer is paid.
func TestFailoverIsReady(t *testing.T) {
	sealed := func(kind protocol.ProblemType, status int) func(*testPod) {
		return func(p *testPod) { p.refuse = always(problem(kind, status)) }
	}
	for _, tt := range []struct {
		name  string
		spoil func(*testPod)
		open  int // requests at the first pod that it may bill yet, for all that is authentic
	}{
		{"it cannot be dialled", func(p *testPod) { p.server.Close() }, 0},
		{"it is not ready", sealed(protocol.ProblemNotReady, 503), 0},
		{"it is busy", sealed(protocol.ProblemBusy, 503), 0},
		{"its engine fails", sealed(protocol.ProblemEngine, 502), 0},
		{"it fails", sealed(protocol.ProblemInternal, 500), 0},
		{"its clock is wrong", sealed(protocol.ProblemStaleDate, 409), 0},
		// Of what is said outside the envelope nobody knows that the pod said it.
		{"it has another key, and does not say which", func(p *testPod) {
			record := p.record
			p.rotate()
			p.record = record
			p.handOn = func() any { return nil }
		}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			first, second, third, fourth := n.priced(1, tt.spoil), n.priced(2), n.priced(3), n.priced(4)
			v := watched(n)
			var ready map[string]int
			transport := &before{RoundTripper: http.DefaultTransport, url: first.server.URL, do: func() { ready = v.wait(t, 3) }}
			c := v.client(t.TempDir(), func(c *client.Config) { c.Transport = transport })
			// As the request reaches the second pod, the first can bill nothing any more.
			second.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
				for _, s := range c.Sessions() {
					if s.Key.Pod == first.record.ID && s.Open != tt.open || s.Key.Pod == second.record.ID && s.Open != 1 {
						t.Errorf("pod %s: %d open requests", s.Key.Pod, s.Open)
					}
				}
				return nil
			}
			res := mustAsk(t, c)
			if res.Header.Get(client.HeaderPod) != second.record.ID.String() {
				t.Errorf("pod %s served, want %s", res.Header.Get(client.HeaderPod), second.record.ID)
			}
			v.mu.Lock()
			defer v.mu.Unlock()
			for _, p := range []*testPod{first, second, third} {
				if ready[p.server.URL] != 1 || v.begun[p.server.URL] != 1 {
					t.Errorf("pod %s was verified %d times before the first failed and %d times in all, want once", p.record.ID, ready[p.server.URL], v.begun[p.server.URL])
				}
			}
			if ready[fourth.server.URL] != 0 {
				t.Error("a fourth pod was verified while the first was asked")
			}
			for _, p := range []*testPod{third, fourth} {
				if p.contacted() != 0 || p.wire.Len() != 0 || len(p.payments) != 0 {
					t.Errorf("pod %s was not asked, and got %d requests of %d bytes", p.record.ID, p.contacted(), p.wire.Len())
				}
			}
			var billed protocol.Amount
			for _, p := range []*testPod{first, second, third, fourth} {
				for _, a := range p.accounts {
					billed = add(t, billed, a.charged)
				}
			}
			stored := receipts(t, c)
			if len(stored) != 1 || stored[0].Receipt.Cost != billed || billed.IsZero() {
				t.Errorf("billed %s, receipts %+v", billed, stored)
			}
			for _, s := range c.Sessions() {
				if s.Key.Pod == second.record.ID && s.Open != 0 {
					t.Errorf("%d requests open at the pod that served", s.Open)
				}
			}
		})
	}
}

// Pods that rest, are refused or are barred are passed over: others are made ready in their place.
func TestReadyPassesOver(t *testing.T) {
	n := newNet(t)
	first := n.priced(1)
	resting := n.priced(2)
	refused := n.priced(3, func(p *testPod) { p.quote(enclave, protocol.Hash{9}) })
	next := []*testPod{n.priced(4), n.priced(5)}
	beyond := n.priced(6)
	resting.refuse = always(problem(protocol.ProblemNotReady, 503))
	first.refuse = once(problem(protocol.ProblemNotReady, 503))
	v := watched(n)
	c := v.client(t.TempDir())
	// Both rest, the third is refused, the fourth serves; fifth and sixth are made ready meanwhile.
	if res := mustAsk(t, c); res.Header.Get(client.HeaderPod) != next[0].record.ID.String() {
		t.Fatalf("pod %s served", res.Header.Get(client.HeaderPod))
	}
	counts := v.wait(t, 6)
	for _, p := range []*testPod{first, resting, refused, next[0], next[1], beyond} {
		if counts[p.server.URL] != 1 {
			t.Errorf("pod %s was verified %d times", p.record.ID, counts[p.server.URL])
		}
	}
	mustAsk(t, c)
	if counts := v.count(); counts[refused.server.URL] != 1 {
		t.Errorf("a refused pod was verified %d times within a minute", counts[refused.server.URL])
	}
}

// However many requests wish for it, a pod is verified once.
func TestReadyOnce(t *testing.T) {
	n := newNet(t)
	pods := []*testPod{n.priced(1), n.priced(2), n.priced(3)}
	v := watched(n)
	c := v.client(t.TempDir())
	var wg sync.WaitGroup
	for range 12 {
		wg.Go(func() {
			if _, _, err := ask(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	counts := v.wait(t, 3)
	for _, p := range pods {
		if counts[p.server.URL] != 1 {
			t.Errorf("pod %s was verified %d times", p.record.ID, counts[p.server.URL])
		}
	}
}

// Verifying ahead ends with the client, and not with the request that it was begun for.
func TestReadyEndsWithTheClient(t *testing.T) {
	n := newNet(t)
	n.priced(1)
	slow := n.priced(2)
	v := watched(n)
	begun, ended := make(chan struct{}), make(chan error, 1)
	v.hold = func(ctx context.Context, url string) error {
		if url != slow.server.URL {
			return nil
		}
		close(begun)
		<-ctx.Done()
		ended <- ctx.Err()
		return ctx.Err()
	}
	c := v.client(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	if _, _, err := ask(ctx, c); err != nil {
		t.Fatal(err)
	}
	<-begun
	cancel()
	select {
	case err := <-ended:
		t.Fatalf("it ended with its request: %v", err)
	default:
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	default:
		t.Error("Close did not wait for it")
	}
}

// Claims of pods in use are renewed before they end, so that no request waits for it.
func TestReadyIsRenewed(t *testing.T) {
	n := newNet(t)
	n.policy.TCB.MaxCollateralAge = attest.Duration(2 * time.Hour) // what is simulated was issued an hour ago
	pods := []*testPod{n.priced(1), n.priced(2), n.priced(3)}
	unused := n.priced(4)
	v := watched(n)
	c := v.client(t.TempDir(), func(c *client.Config) { c.Upkeep = 5 * time.Millisecond })
	mustAsk(t, c)
	v.wait(t, 3)
	n.advance(57 * time.Minute)
	v.wait(t, 6)
	time.Sleep(200 * time.Millisecond) // the last verdict is there a moment after its collateral
	n.advance(30 * time.Minute)
	mustAsk(t, c)
	counts := v.count()
	for _, p := range pods {
		if counts[p.server.URL] != 2 {
			t.Errorf("pod %s was verified %d times, want twice", p.record.ID, counts[p.server.URL])
		}
	}
	if counts[unused.server.URL] != 0 {
		t.Error("a pod that nobody asked for was verified")
	}
}

// A policy's verdict ends before the claims where the policy says so: the evidence is then held against newer collateral.
func TestVerdictEnds(t *testing.T) {
	n := newNet(t)
	n.policy.TCB.MaxCollateralAge = attest.Duration(2 * time.Hour) // what is simulated was issued an hour ago
	n.pod()
	c := n.client(t.TempDir())
	for range 2 {
		mustAsk(t, c)
	}
	if n.collateralAsked != 1 {
		t.Fatalf("%d verifications of one quote", n.collateralAsked)
	}
	n.advance(61 * time.Minute)
	mustAsk(t, c)
	if n.collateralAsked != 2 {
		t.Errorf("%d verifications, want 2: the collateral was too old for the policy", n.collateralAsked)
	}
}

// inMemory hands requests to pods without a socket, but for one, which is dialled and never answers.
type inMemory struct {
	net    *testNet
	hole   string // host and port
	dialed http.RoundTripper
}

func (m inMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host == m.hole {
		return m.dialed.RoundTrip(r)
	}
	for _, p := range m.net.pods {
		if p.server.Listener.Addr().String() == r.URL.Host {
			w := httptest.NewRecorder()
			p.serveOuter(w, r)
			return w.Result(), nil
		}
	}
	return nil, errors.New("no such pod")
}

// A pod that does not take the connection costs three seconds where another one is ready, and as long as dialling takes
// where none is.
func TestFailoverFromABlackHole(t *testing.T) {
	for _, spare := range []bool{true, false} {
		n := newNet(t)
		hole := n.priced(1)
		if spare {
			n.priced(2)
		}
		real := n.now()
		synctest.Test(t, func(t *testing.T) {
			n.advance(time.Until(real)) // a bubble's clock begins elsewhere
			var refusals []error
			dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
				ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
				defer cancel()
				<-ctx.Done()
				return nil, &net.OpError{Op: "dial", Err: ctx.Err()}
			}
			cfg := n.config(t.TempDir())
			cfg.Transport = inMemory{n, hole.server.Listener.Addr().String(), &http.Transport{DialContext: dial}}
			c, err := client.New(cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := c.Close(); err != nil {
					t.Error(err)
				}
				time.Sleep(10 * time.Second) // the transport dials on for whoever may come
			}()
			start := time.Now()
			ctx := client.WithTrace(t.Context(), &client.Trace{PodRefused: func(_ protocol.Address, err error) { refusals = append(refusals, err) }})
			_, res, err := ask(ctx, c)
			took := time.Since(start).Truncate(time.Second) // an answer's cells are up to 100 ms apart
			switch {
			case spare && (err != nil || took != 3*time.Second || res.Header.Get(client.HeaderPod) != n.pods[1].record.ID.String()):
				t.Errorf("after %s: %v", took, err)
			case !spare && (!errors.Is(err, client.ErrNoPod) || took != 10*time.Second):
				t.Errorf("after %s: %v", took, err)
			}
			if len(refusals) != 1 {
				t.Fatalf("refusals %v", refusals)
			}
			if spare {
				wantErr(t, refusals[0], nil, "cannot be reached: no connection within 3s, and another pod is ready")
			}
			for _, s := range c.Sessions() {
				if s.Open != 0 {
					t.Errorf("session with %s: %d open requests", s.Key.Pod, s.Open)
				}
			}
		})
		if hole.contacted() != 0 {
			t.Error("the pod was reached")
		}
	}
}

// lost had a connection over which a request may have gone, and then finds no other one to send it again.
type lost struct {
	http.RoundTripper
	host  string
	asked atomic.Int32
}

func (l *lost) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Host != l.host {
		return l.RoundTripper.RoundTrip(r)
	}
	l.asked.Add(1)
	trace := httptrace.ContextClientTrace(r.Context())
	trace.GetConn(r.URL.Host)
	trace.GotConn(httptrace.GotConnInfo{})
	trace.GetConn(r.URL.Host)
	return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
}

// What may have reached a pod stays open, however the transport's last attempt ended, and another pod answers.
func TestFailoverAfterAConnection(t *testing.T) {
	n := newNet(t)
	first, second := n.priced(1), n.priced(2)
	transport := &lost{RoundTripper: http.DefaultTransport, host: first.server.Listener.Addr().String()}
	c := n.client(t.TempDir(), func(c *client.Config) { c.Transport = transport })
	if res := mustAsk(t, c); res.Header.Get(client.HeaderPod) != second.record.ID.String() || transport.asked.Load() != 2 {
		t.Errorf("answered by %s after %d sendings to the first", res.Header.Get(client.HeaderPod), transport.asked.Load())
	}
	for _, s := range c.Sessions() {
		if want := map[protocol.Address]int{first.record.ID: 1}[s.Key.Pod]; s.Open != want {
			t.Errorf("%d requests open with %s, want %d", s.Open, s.Key.Pod, want)
		}
	}
}
