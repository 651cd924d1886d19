package client_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/egress"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/relay"
)

// testRelay is a relay of an operator that has a pod on the registry, which offers nothing.
type testRelay struct {
	operator protocol.Address
	record   *testPod
	asked    atomic.Int32
	// outer stands before the relay.
	outer func(w http.ResponseWriter, r *http.Request, next http.Handler)
}

func (n *testNet) relay(operator byte) *testRelay {
	n.t.Helper()
	r := &testRelay{operator: protocol.Address{operator}}
	inner, err := relay.New(relay.Config{Operator: r.operator, Pods: n, Development: true})
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(inner.Close)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.asked.Add(1)
		if r.outer != nil {
			r.outer(w, req, inner)
			return
		}
		inner.ServeHTTP(w, req)
	}))
	n.t.Cleanup(server.Close)
	r.record = &testPod{net: n, record: protocol.PodRecord{ID: protocol.Address{0xee, operator}, Operator: r.operator, Relay: server.URL}}
	n.locked(func() { n.pods = append(n.pods, r.record) })
	return r
}

// order sorts relays by the client's choice: it asks once.
func order(t *testing.T, c *client.Client, relays ...*testRelay) (first, second *testRelay) {
	t.Helper()
	name := mustAsk(t, c).Header.Get(client.HeaderRelay)
	for i, r := range relays {
		if r.operator.String() == name {
			return r, relays[1-i]
		}
	}
	t.Fatalf("relay %q", name)
	return nil, nil
}

func TestRequestsGoByARelayOfAnotherOperator(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	own := n.relay(0x77)
	own.record.record.Operator = n.operator // the pod's
	other := n.relay(0x33)
	c := n.client(t.TempDir())
	for range 3 {
		if got := mustAsk(t, c).Header.Get(client.HeaderRelay); got != other.operator.String() {
			t.Errorf("%s is %q", client.HeaderRelay, got)
		}
	}
	if own.asked.Load() != 0 || int(other.asked.Load()) != p.hits || p.hits < 3 {
		t.Errorf("the pod's operator's relay was asked %d times, the other %d times, the pod %d times", own.asked.Load(), other.asked.Load(), p.hits)
	}
	off := n.client(t.TempDir(), func(cfg *client.Config) { cfg.Relay = client.RelayOff })
	before := other.asked.Load()
	if got := mustAsk(t, off).Header.Get(client.HeaderRelay); got != "none" || other.asked.Load() != before {
		t.Errorf("%s is %q where relays are off", client.HeaderRelay, got)
	}
}

func TestWithoutARelay(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	if got := mustAsk(t, n.client(t.TempDir())).Header.Get(client.HeaderRelay); got != "none" {
		t.Errorf("%s is %q", client.HeaderRelay, got)
	}
	hits := p.hits
	_, _, err := ask(t.Context(), n.client(t.TempDir(), func(cfg *client.Config) { cfg.Relay = client.RelayRequire }))
	wantErr(t, err, client.ErrNoPod, "one is required", "auto")
	if p.hits != hits {
		t.Error("the pod was asked directly where a relay is required")
	}
}

// What a pod says inside the envelope is not the relay's name, and what it says of it does not reach the application.
func TestTheRelayIsTheClientsWord(t *testing.T) {
	n := newNet(t)
	n.pod(func(p *testPod) {
		say := p.say
		p.say = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set(client.HeaderRelay, "forged")
			say(w, r)
		}
	})
	if got := mustAsk(t, n.client(t.TempDir())).Header.Get(client.HeaderRelay); got != "none" {
		t.Errorf("%s is %q", client.HeaderRelay, got)
	}
}

func TestAFailingRelayIsFollowedByTheNext(t *testing.T) {
	status := func(code int) func(http.ResponseWriter, *http.Request, http.Handler) {
		return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { w.WriteHeader(code) }
	}
	for what, outer := range map[string]func(w http.ResponseWriter, r *http.Request, next http.Handler){
		"unknown pod": status(http.StatusNotFound),
		"own pod":     status(http.StatusForbidden),
		"limit":       status(http.StatusTooManyRequests),
		"crowded": func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			w.Header().Set("Retry-After", "40")
			w.WriteHeader(http.StatusTooManyRequests)
		},
		"not ready":   status(http.StatusServiceUnavailable),
		"unreachable": status(http.StatusBadGateway),
		"some page":   func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { _, _ = w.Write([]byte("hello")) },
		"broke off":   func(http.ResponseWriter, *http.Request, http.Handler) { panic(http.ErrAbortHandler) },
		"redirect": func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		},
		"cannot reach":  nil,
		"its key stale": status(http.StatusConflict),
	} {
		t.Run(what, func(t *testing.T) {
			n := newNet(t)
			n.pod()
			c := n.client(t.TempDir())
			first, second := order(t, c, n.relay(0x33), n.relay(0x34))
			if outer == nil {
				dead, err := net.Listen("tcp", "127.0.0.1:0")
				if err != nil {
					t.Fatal(err)
				}
				n.locked(func() { first.record.record.Relay = "http://" + dead.Addr().String() })
				dead.Close()
				n.advance(time.Minute) // the list is read anew
			}
			first.outer = outer
			for range 2 {
				if got := mustAsk(t, c).Header.Get(client.HeaderRelay); got != second.operator.String() {
					t.Errorf("%s is %q, want the second relay's operator", client.HeaderRelay, got)
				}
			}
			if got := len(receipts(t, c)); got != 3 {
				t.Errorf("%d receipts for 3 requests", got)
			}
		})
	}
}

// A relay that forwards a request and says that it did not costs the user an answer, and no second bill.
func TestALyingRelayHasNothingBilledTwice(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	first, _ := order(t, c, n.relay(0x33), n.relay(0x34))
	first.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		next.ServeHTTP(httptest.NewRecorder(), r)
		w.WriteHeader(http.StatusBadGateway)
	}
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer, "answered and billed before")
	if got := len(receipts(t, c)); got != 2 || len(p.billed) != 2 {
		t.Errorf("%d receipts and %d bills for 2 requests", got, len(p.billed))
	}
	mustAsk(t, c)
	if s := oneSession(t, c); s.Suspect != "" {
		t.Errorf("the session is suspect: %s", s.Suspect)
	}
}

// A relay carries only so much of one address. That is no fault of the pod's: the request waits, under its id, and while
// the relay said to wait nothing is sent to it.
func TestACrowdedRelayIsWaitedFor(t *testing.T) {
	refuse := func(w http.ResponseWriter, seconds string) {
		w.Header().Set("Retry-After", seconds)
		w.WriteHeader(http.StatusTooManyRequests)
	}
	health := func(c *client.Client, p *testPod) client.Health {
		pods, err := c.Pods(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range pods {
			if s.Record.ID == p.record.ID {
				return s.Health
			}
		}
		t.Fatal("no such pod")
		return client.Health{}
	}
	setup := func() (*testNet, *testPod, *testRelay, *client.Client) {
		n := newNet(t)
		p, r := n.pod(), n.relay(0x33)
		c := n.client(t.TempDir())
		mustAsk(t, c)
		return n, p, r, c
	}

	t.Run("once", func(t *testing.T) {
		_, p, r, c := setup()
		sent := 0
		r.outer = func(w http.ResponseWriter, req *http.Request, next http.Handler) {
			if sent++; sent == 1 {
				refuse(w, "1")
				return
			}
			next.ServeHTTP(w, req)
		}
		mustAsk(t, c)
		if h := health(c, p); sent != 2 || h.Failures != 0 || len(receipts(t, c)) != 2 || oneSession(t, c).Open != 0 {
			t.Errorf("sent %d times, %+v, %d receipts, %+v", sent, h, len(receipts(t, c)), oneSession(t, c))
		}
	})
	t.Run("it lies", func(t *testing.T) { // and has carried it: that is billed once
		_, p, r, c := setup()
		lied := false
		r.outer = func(w http.ResponseWriter, req *http.Request, next http.Handler) {
			if !lied {
				lied = true
				next.ServeHTTP(httptest.NewRecorder(), req)
				refuse(w, "1")
				return
			}
			next.ServeHTTP(w, req)
		}
		_, _, err := ask(t.Context(), c)
		wantErr(t, err, client.ErrAnswer, "answered and billed before")
		if len(receipts(t, c)) != 2 || len(p.billed) != 2 || oneSession(t, c).Suspect != "" {
			t.Errorf("%d receipts, %d bills, %+v", len(receipts(t, c)), len(p.billed), oneSession(t, c))
		}
	})
	t.Run("for long", func(t *testing.T) {
		_, p, r, c := setup()
		sent := 0
		r.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
			sent++
			refuse(w, "40")
		}
		for range 5 { // the first asks the relay, which may have carried it; the others need not
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrNoPod, "this machine's address")
			if wait := client.RetryAfter(err); wait < 30*time.Second || wait > 40*time.Second {
				t.Errorf("to be asked again in %s", wait)
			}
		}
		if h, s := health(c, p), oneSession(t, c); sent != 1 || h.Failures != 0 || s.Open != 1 {
			t.Errorf("sent %d times, %+v, %+v", sent, h, s)
		}
	})
}

func TestAPodThatNoRelayReachesIsFollowedByAnother(t *testing.T) {
	n := newNet(t)
	dear := price
	dear.OutPerM = protocol.Units(9e15)
	gone, there := n.pod(), n.pod(func(p *testPod) { p.offer(dear) })
	n.relay(0x33)
	n.relay(0x34)
	gone.server.Close()
	c := n.client(t.TempDir())
	if got := mustAsk(t, c).Header.Get(client.HeaderPod); got != there.record.ID.String() {
		t.Errorf("pod %s answered", got)
	}
}

// The evidence's collateral is fetched the same way, so that the pod's host sees nothing of who looks at it.
func TestCollateralComesByTheSameWay(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	asked := &urlCollateral{testNet: n, url: p.server.URL}
	// Where a relay is required and there is none, the pod is not asked for that either.
	_, _, err := ask(t.Context(), n.client(t.TempDir(), func(cfg *client.Config) { cfg.Collateral, cfg.Relay = asked, client.RelayRequire }))
	if wantErr(t, err, client.ErrNoPod); asked.url != "" {
		t.Errorf("collateral was asked for at %q", asked.url)
	}
	r := n.relay(0x33)
	for _, test := range []struct{ relay, want string }{
		{client.RelayOff, p.server.URL},
		{client.RelayAuto, r.record.record.Relay + protocol.PathOHTTPRelay + p.record.ID.String()},
		{r.record.record.Relay + protocol.PathOHTTPRelay + p.record.ID.String(), ""},
		{r.record.record.Relay + protocol.PathOHTTPRelay + "{pod}", r.record.record.Relay + protocol.PathOHTTPRelay + p.record.ID.String()},
	} {
		mustAsk(t, n.client(t.TempDir(), func(cfg *client.Config) { cfg.Collateral, cfg.Relay = asked, test.relay }))
		if asked.url != test.want {
			t.Errorf("%s: collateral was asked for at %q, want %q", test.relay, asked.url, test.want)
		}
	}
}

// Outside development networks, what the registry says of a relay or a pod leads to no address of one's own network.
func TestRegisteredAddressesAreCheckedWhenTheyAreDialled(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("reached") }))
	t.Cleanup(server.Close)
	server.Config.ConnState = func(net.Conn, http.ConnState) { t.Error("dialled") }
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for what, set := range map[string]func(pod *testPod, relay *testRelay){
		"relay, by name":    func(_ *testPod, r *testRelay) { r.record.record.Relay = "https://localhost:" + port },
		"relay, by address": func(_ *testPod, r *testRelay) { r.record.record.Relay = "https://127.0.0.1:" + port },
		"pod, by name":      func(p *testPod, r *testRelay) { p.record.URL, r.record.record.Relay = "https://localhost:"+port, "" },
		"pod, mapped": func(p *testPod, r *testRelay) {
			p.record.URL, r.record.record.Relay = "https://[::ffff:127.0.0.1]:"+port, ""
		},
	} {
		n := newNet(t)
		set(n.pod(), n.relay(0x33))
		_, _, err := ask(t.Context(), n.client(t.TempDir(), func(cfg *client.Config) { cfg.Development = false }))
		if !errors.Is(err, client.ErrNoPod) || !strings.Contains(err.Error(), egress.ErrAddress.Error()) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRelaysAreConfiguredByAWordOrAURL(t *testing.T) {
	n := newNet(t)
	for _, bad := range []string{"on", "relay.example", "https://u@relay.example", "ftp://relay.example/{pod}"} {
		cfg := n.config(t.TempDir())
		cfg.Relay = bad
		if c, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), "relay: ") {
			t.Errorf("%q: %v", bad, err)
			if c != nil {
				c.Close()
			}
		}
	}
}

// urlCollateral keeps where collateral was asked for.
type urlCollateral struct {
	*testNet
	url string
}

func (u *urlCollateral) Collateral(ctx context.Context, needs attest.CollateralID, podURL string) (*attest.Collateral, error) {
	u.url = podURL
	return u.testNet.Collateral(ctx, needs, podURL)
}
