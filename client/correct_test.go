package client_test

import (
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/iotest"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// once refuses the first request, and then no more.
func once(q *protocol.Problem) func(protocol.Payment, protocol.RequestID) *protocol.Problem {
	return func(protocol.Payment, protocol.RequestID) *protocol.Problem {
		first := q
		q = nil
		return first
	}
}

func always(q *protocol.Problem) func(protocol.Payment, protocol.RequestID) *protocol.Problem {
	return func(protocol.Payment, protocol.RequestID) *protocol.Problem { return q }
}

// A pod that did not serve a request loses it to another, and bills nothing.
func TestFailover(t *testing.T) {
	hangUp := func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { w.WriteHeader(http.StatusBadGateway) }
	for _, tt := range []struct {
		name  string
		spoil func(*testPod)
		open  int // requests whose bill stays unknown: nobody signed the refusal
	}{
		{"not listening", func(p *testPod) { p.server.Close() }, 0},
		{"busy", func(p *testPod) { p.refuse = always(problem(protocol.ProblemBusy, 503)) }, 0},
		{"rate limit", func(p *testPod) { p.refuse = always(problem(protocol.ProblemRateLimit, 429)) }, 0},
		{"not ready", func(p *testPod) { p.refuse = always(problem(protocol.ProblemNotReady, 503)) }, 0},
		{"engine failed", func(p *testPod) { p.refuse = always(problem(protocol.ProblemEngine, 502)) }, 0},
		{"pod failed", func(p *testPod) { p.refuse = always(problem(protocol.ProblemInternal, 500)) }, 0},
		{"model gone", func(p *testPod) { p.refuse = always(problem(protocol.ProblemUnknownModel, 404)) }, 0},
		{"payment refused", func(p *testPod) { p.refuse = always(problem(protocol.ProblemBadPayment, 402)) }, 0},
		{"stale offer, no other", func(p *testPod) { p.refuse = always(problem(protocol.ProblemStaleOffer, 409)) }, 1},
		{"session refused", func(p *testPod) { p.refuse = always(problem(protocol.ProblemNoSession, 402)) }, 0},
		{"bad gateway", func(p *testPod) { p.outer = hangUp }, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			bad := n.pod(func(p *testPod) {
				o := price
				o.PerRequest = protocol.Amount{} // cheaper: asked first
				p.offer(o)
				tt.spoil(p)
			})
			good := n.pod()
			c := n.client(t.TempDir())
			var refused []protocol.Address
			ctx := client.WithTrace(t.Context(), &client.Trace{PodRefused: func(id protocol.Address, _ error) { refused = append(refused, id) }})
			_, res, err := ask(ctx, c)
			if err != nil || res.Header.Get(client.HeaderPod) != good.record.ID.String() {
				t.Fatalf("%v, %v", res, err)
			}
			if len(refused) != 1 || refused[0] != bad.record.ID {
				t.Errorf("refused %v", refused)
			}
			open := 0
			for _, s := range c.Sessions() {
				if s.Key.Pod == bad.record.ID {
					open += s.Open
				}
				if s.Suspect != "" {
					t.Errorf("session %+v", s)
				}
			}
			if tt.open != open {
				t.Errorf("%d requests open with the pod that did not serve, want %d", open, tt.open)
			}
		})
	}
}

// What a pod says is wrong with the request itself is not asked of another.
func TestNoFailoverForBadRequests(t *testing.T) {
	n := newNet(t)
	first := n.pod(func(p *testPod) { p.refuse = always(problem(protocol.ProblemBadRequest, 400)) })
	second := n.pod(func(p *testPod) { p.refuse = always(problem(protocol.ProblemBadRequest, 400)) })
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	var refused *client.PodError
	if !errors.As(err, &refused) || refused.Problem.Type != protocol.ProblemBadRequest || refused.Problem.Status != 400 {
		t.Errorf("error %v", err)
	}
	if first.contacted()+second.contacted() != 1 || oneSession(t, c).Open != 0 {
		t.Errorf("%d requests, session %+v", first.contacted()+second.contacted(), oneSession(t, c))
	}
}

// Refusals that a client can do something about, and the same request id all along.
func TestCorrected(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*testing.T, *testPod)
	}{
		{"session not known", func(_ *testing.T, p *testPod) { p.refuse = once(problem(protocol.ProblemNoSession, 402)) }},
		{"maximum cost", func(t *testing.T, p *testPod) {
			q := problem(protocol.ProblemMaxCost, 402)
			o := p.record.Offers[0].Offer
			need, err := o.MaxCostUp(len(chat), o.DefaultOut+1)
			if err != nil {
				t.Fatal(err)
			}
			q.NeedMaxCost = &need
			p.refuse = once(q)
		}},
		{"new offer", func(_ *testing.T, p *testPod) {
			p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
				o := p.record.Offers[0].Offer
				o.ValidUntil--
				p.net.locked(func() { p.offer(o) })
				p.refuse = nil
				return problem(protocol.ProblemStaleOffer, 409)
			}
		}},
		{"new key", func(_ *testing.T, p *testPod) {
			p.outer = func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
				p.rotate()
				p.mu.Lock()
				p.outer = nil
				handler := p.handler
				p.mu.Unlock()
				handler.ServeHTTP(w, r)
			}
		}},
		{"connection lost before the pod got it", func(_ *testing.T, p *testPod) {
			p.outer = func(_ http.ResponseWriter, _ *http.Request, _ http.Handler) {
				p.mu.Lock()
				p.outer = nil
				p.mu.Unlock()
				panic(http.ErrAbortHandler)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod(func(p *testPod) { tt.spoil(t, p) })
			c := n.client(t.TempDir())
			ids := map[protocol.RequestID]bool{}
			refuse := p.refuse
			p.refuse = func(pay protocol.Payment, id protocol.RequestID) *protocol.Problem {
				ids[id] = true
				if refuse != nil {
					return refuse(pay, id)
				}
				return nil
			}
			mustAsk(t, c)
			if p.contacted() != 2 || len(ids) != 1 {
				t.Errorf("%d requests under %d ids, want 2 under 1", p.contacted(), len(ids))
			}
			if s := oneSession(t, c); s.Open != 0 || len(receipts(t, c)) != 1 {
				t.Errorf("session %+v", s)
			}
		})
	}
}

// The answer is lost and the pod has billed it: the bill is taken, and nothing is billed twice.
func TestAnswerLost(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	p.outer = func(_ http.ResponseWriter, r *http.Request, next http.Handler) {
		p.mu.Lock()
		p.outer = nil
		p.mu.Unlock()
		next.ServeHTTP(&discard{header: http.Header{}}, r)
		panic(http.ErrAbortHandler)
	}
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer, "billed before")
	if all := receipts(t, c); len(all) != 1 || !all[0].Late || oneSession(t, c).Open != 0 {
		t.Errorf("receipts %+v", all)
	}
	mustAsk(t, c)
}

type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}
func (d *discard) Flush()                      {}

// A connection that breaks within the answer's head, or within a refusal, is an answer that broke off, like one that breaks
// later; the request stays open until its bill is known.
func TestBreaksBeforeTheAnswer(t *testing.T) {
	for _, refuses := range []bool{false, true} {
		for cut := range 60 {
			n := newNet(t)
			p := n.pod()
			if refuses {
				p.refuse = always(problem(protocol.ProblemBusy, http.StatusServiceUnavailable))
			}
			c := n.client(t.TempDir(), func(c *client.Config) { c.Transport = cutting{http.DefaultTransport, cut} })
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrAnswer, p.record.ID.Short(), errCut.Error())
			if s := oneSession(t, c); s.Open != 1 || s.Suspect != "" {
				t.Errorf("cut after %d bytes: session %+v", cut, s)
			}
		}
	}
}

// cutting breaks off what it carries after some bytes.
type cutting struct {
	http.RoundTripper
	after int
}

var errCut = errors.New("connection reset by a test")

func (c cutting) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := c.RoundTripper.RoundTrip(r)
	if err == nil {
		res.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(io.LimitReader(res.Body, int64(c.after)), iotest.ErrReader(errCut)), res.Body}
	}
	return res, err
}

// A pod may ask for what our own requests explain, and for no more.
func TestNeedAck(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	// An answer breaks off; the pod has billed it and wants it acknowledged, though it has no receipt to give at first.
	p.outer = spoil(func(b []byte) []byte { return b[:len(b)/2] })
	if _, _, err := ask(t.Context(), c); !errors.Is(err, client.ErrAnswer) {
		t.Fatal(err)
	}
	p.outer = nil
	var withheld protocol.SignedReceipt
	var id protocol.RequestID
	for i, r := range p.billed {
		if r.RSeq == 2 {
			withheld, id = r, i
		}
	}
	delete(p.billed, id)
	p.refuse = func(pay protocol.Payment, _ protocol.RequestID) *protocol.Problem {
		if pay.Acked.Cmp(withheld.Charged) >= 0 {
			return nil
		}
		q := problem(protocol.ProblemNeedAck, 402)
		q.Charged, q.Receipt = &withheld.Charged, &withheld
		return q
	}
	mustAsk(t, c)
	if s := oneSession(t, c); s.Open != 0 || len(receipts(t, c)) != 3 {
		t.Errorf("session %+v, %d receipts", s, len(receipts(t, c)))
	}
}

func TestChargedMoreThanExplained(t *testing.T) {
	for _, kind := range []protocol.ProblemType{protocol.ProblemNeedAck, protocol.ProblemNeedCeiling} {
		n := newNet(t)
		p := n.pod()
		c := n.client(t.TempDir())
		mustAsk(t, c)
		ceiling := oneSession(t, c).Ceiling
		q := problem(kind, 402)
		charged := protocol.Tokens(3)
		q.Charged, q.NeedCeiling = &charged, &charged
		p.refuse = always(q)
		_, _, err := ask(t.Context(), c)
		wantErr(t, err, client.ErrNoPod, "requests made can explain")
		s := oneSession(t, c)
		if s.Suspect == "" || s.Ceiling.Cmp(charged) >= 0 || len(p.payments) != 2 {
			t.Errorf("%s: session %+v after %d payments, ceiling was %v", kind, s, len(p.payments), ceiling)
		}
	}
}

// A pod that calls good sessions over cannot have the whole balance locked.
func TestSessionsDeclaredOver(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	over := func(pay protocol.Payment, _ protocol.RequestID) *protocol.Problem {
		if pay.Open != nil {
			_ = n.open(*pay.Open)
		}
		return problem(protocol.ProblemNoSession, 402)
	}
	p.refuse = over
	var err error
	for range 20 {
		if _, _, err = ask(t.Context(), c); err == nil {
			t.Fatal("answered")
		}
	}
	wantErr(t, err, nil, "declared")
	if got := len(c.Sessions()); got > 4 {
		t.Errorf("%d sessions", got)
	}
}

func TestOrderRefusedThenSignedAnew(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	p.refuse = once(problem(protocol.ProblemBusy, 503)) // the order leaves, and is not executed
	_, _, err := ask(t.Context(), c)
	var refused *client.PodError
	if !errors.As(err, &refused) || refused.Problem.Type != protocol.ProblemBusy {
		t.Fatal(err)
	}
	n.advance(time.Hour) // past its deadline
	mustAsk(t, c)
	first, second := p.payments[0].Open, p.payments[1].Open
	if first == nil || second == nil || first.Nonce != second.Nonce || second.Deadline <= first.Deadline || first.Salt != second.Salt {
		t.Errorf("orders %+v and %+v", first, second)
	}
	oneSession(t, c)
}

// A nonce that another device used in the meantime is not waited for.
func TestNonceTaken(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	p.refuse = once(problem(protocol.ProblemBusy, 503))
	if _, _, err := ask(t.Context(), c); err == nil {
		t.Fatal("answered")
	}
	n.locked(func() { n.account.NonceWindow[11] |= 1 << p.payments[0].Open.Nonce })
	n.advance(time.Hour)
	mustAsk(t, c)
	if all := c.Sessions(); len(all) != 2 || p.payments[1].Open.Nonce == p.payments[0].Open.Nonce {
		t.Errorf("sessions %+v", all)
	}
}

func TestRequestsGivenUpAsLost(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) { w.WriteHeader(http.StatusBadGateway) }
	if _, _, err := ask(t.Context(), c); err == nil {
		t.Fatal("answered")
	}
	p.outer = nil
	// The host may still bring it to the pod.
	if done, err := c.Reconcile(t.Context()); err != nil || done != (client.Reconciled{Open: 1}) {
		t.Errorf("%+v, %v", done, err)
	}
	n.advance(2 * time.Hour)
	if done, err := c.Reconcile(t.Context()); err != nil || done != (client.Reconciled{Lost: 1}) {
		t.Errorf("%+v, %v", done, err)
	}
	mustAsk(t, c)
}

func TestReconcileWithoutThePod(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	p.outer = spoil(dropFinal)
	if _, _, err := ask(t.Context(), c); err == nil {
		t.Fatal("answered")
	}
	p.server.Close()
	done, err := c.Reconcile(t.Context())
	if done.Open != 1 {
		t.Errorf("%+v", done)
	}
	wantErr(t, err, nil, p.record.ID.Short())
}

// The pod starts again with another identity in the middle of things, as it does after a crash.
func TestPodRestarts(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.say = func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"done":false}`+"\n")
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	if _, _, err := ask(t.Context(), c); !errors.Is(err, client.ErrAnswer) {
		t.Fatal(err)
	}
	p.say = n.pod().say
	n.pods = n.pods[:1]
	p.identity = newKey(t)
	p.record.Identity = p.identity.Address()
	p.rotate()
	p.offer(price)
	p.quote(enclave, n.block(0))
	for id, a := range p.accounts { // the reservation died with the process
		a.reserved = protocol.Amount{}
		p.accounts[id] = a
	}
	mustAsk(t, c)
	if s := oneSession(t, c); len(receipts(t, c)) != 2 || s.Suspect != "" {
		t.Errorf("session %+v", s)
	}
}
