package devnet

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// front stands before a pod, as a slow or broken host would.
type front struct {
	*httptest.Server
	proxy *httputil.ReverseProxy

	mu sync.Mutex
	// bad, if not nil, answers in the pod's place.
	bad http.HandlerFunc
	// seen is told of each sealed request, and answer passes each sealed answer on, if they are not nil.
	seen   func(*http.Request)
	answer func(io.ReadCloser) io.ReadCloser
}

// fronts are those of a network's pods, by where these listen.
type fronts struct {
	t   *testing.T
	mu  sync.Mutex
	all map[string]*front
}

func (f *fronts) front(listens string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	one := f.all[listens]
	if one == nil {
		target, err := url.Parse(listens)
		if err != nil {
			f.t.Error(err)
		}
		one = &front{proxy: httputil.NewSingleHostReverseProxy(target)}
		one.proxy.FlushInterval = -1
		one.proxy.ModifyResponse = func(r *http.Response) error {
			one.mu.Lock()
			defer one.mu.Unlock()
			if one.answer != nil && r.Request.URL.Path == protocol.PathEnclave {
				r.Body = one.answer(r.Body)
			}
			return nil
		}
		one.proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
		one.proxy.ErrorLog = nil
		one.Server = httptest.NewServer(one)
		f.t.Cleanup(one.Server.Close)
		f.all[listens] = one
	}
	return one.URL
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	bad, seen := f.bad, f.seen
	f.mu.Unlock()
	if seen != nil && r.URL.Path == protocol.PathEnclave {
		seen(r)
	}
	if bad == nil {
		f.proxy.ServeHTTP(w, r)
		return
	}
	_, _ = io.Copy(io.Discard, r.Body)
	bad(w, r)
}

func (f *front) set(do func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	do()
}

// chosen is a network of three pods with prices of their own, and a client of its user's.
type chosen struct {
	*testing.T
	*Network
	fronts *fronts
}

func (c chosen) of(p *Pod) *front { return c.fronts.all[p.URL()] }

func (c chosen) client(adjust func(*client.Config)) *client.Client {
	c.Helper()
	user, err := protocol.GenerateKey()
	if err == nil {
		err = c.FundUsers(c.Context(), []protocol.Key{user}, protocol.Tokens(1))
	}
	if err != nil {
		c.Fatal(err)
	}
	cfg := client.Config{Owner: user, Relay: client.RelayOff}
	if adjust != nil {
		adjust(&cfg)
	}
	cl, err := Open(c.TempDir(), c.Profile, c.Chain, cfg)
	if err != nil {
		c.Fatal(err)
	}
	c.Cleanup(func() { _ = cl.Close() })
	return cl
}

const longChat = `{"model":"wisp","options":{"num_predict":400},"messages":[{"role":"user","content":"Repeat after me: falcon-12"}]}`

func open(ctx context.Context, c *client.Client) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/chat", strings.NewReader(longChat))
	if err != nil {
		return nil, err
	}
	return c.RoundTrip(req)
}

// answeredBy has one answer read to its end, which proves it.
func answeredBy(t *testing.T, ctx context.Context, c *client.Client) string {
	t.Helper()
	res, err := open(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || !strings.Contains(string(body), `"done":true`) || res.Trailer.Get(client.TrailerReceipt) == "" {
		t.Fatalf("%v in %q", err, body)
	}
	return res.Header.Get(client.HeaderPod)
}

// Three pods of different prices and speeds: the cheapest that the user's rules allow answers, and whatever it does wrong
// the next one does, until there is an answer.
func TestChoice(t *testing.T) {
	t.Parallel()
	f := &fronts{t: t, all: map[string]*front{}}
	n := start(t, func(c *Config) { c.Pods, c.Times, c.Front, c.Relay = 3, []uint64{2, 1, 4}, f.front, client.RelayOff })
	c := chosen{t, n, f}
	middle, cheap, dear := n.Pods[0], n.Pods[1], n.Pods[2]

	t.Run("the cheapest that meets the policy", func(t *testing.T) {
		for _, tt := range []struct {
			choice client.Choice
			want   *Pod
		}{
			{client.Choice{}, cheap},
			{client.Choice{MaxPerM: protocol.Units(1_700_000_000_000_000_000)}, cheap},
			{client.Choice{Deny: []protocol.Address{cheap.ID}}, middle},
			{client.Choice{Pods: []protocol.Address{dear.ID}}, dear},
		} {
			if got := answeredBy(t, t.Context(), c.client(func(cfg *client.Config) { cfg.Choice = tt.choice })); got != tt.want.ID.String() {
				t.Errorf("%+v: answered by %s, want %s", tt.choice, got, tt.want.Name())
			}
		}
		_, err := open(t.Context(), c.client(func(cfg *client.Config) { cfg.Choice.MaxPerM = protocol.Units(500_000_000_000_000_000) }))
		if !errors.Is(err, client.ErrNoPod) || !strings.Contains(err.Error(), "the nearest to max-price is pod "+cheap.ID.Short()+" with 0.8") {
			t.Errorf("%v", err)
		}
	})

	t.Run("a bad pod is avoided and reported", func(t *testing.T) {
		for name, bad := range map[string]http.HandlerFunc{
			"garbage":   func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, strings.Repeat("garbage", 99)) },
			"empty 200": func(http.ResponseWriter, *http.Request) {},
			"wrong key": func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", protocol.ContentTypeProblem)
				w.WriteHeader(http.StatusUnprocessableEntity)
				_, _ = io.WriteString(w, `{"type":"https://iana.org/assignments/http-problem-types#ohttp-key","title":"no such key"}`)
			},
			"hangs": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		} {
			user := c.client(func(cfg *client.Config) {
				if name == "hangs" {
					cfg.AnswerWait = 5 * time.Second // a session is opened meanwhile
				}
			})
			at := c.of(cheap)
			at.set(func() { at.bad = bad })
			if got := answeredBy(t, t.Context(), user); got != middle.ID.String() {
				t.Errorf("%s: answered by %s, want %s", name, got, middle.Name())
			}
			at.set(func() { at.bad = nil })
			if got := answeredBy(t, t.Context(), user); got != middle.ID.String() { // it rests
				t.Errorf("%s: answered by %s, want %s", name, got, middle.Name())
			}
			pods, err := user.Pods(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range pods {
				if bad := p.Record.ID == cheap.ID; (p.Health.State == client.HealthOpen) != bad || (p.Health.Reason != "") != bad {
					t.Errorf("%s: health of pod %s: %+v", name, p.Record.ID.Short(), p.Health)
				}
			}
		}
	})
}
