package pod_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// sending sends a call in the background, until nothing more happens.
func (r *rig) sending(c call) <-chan answer {
	done := make(chan answer, 1)
	go func() { done <- r.send(c) }()
	synctest.Wait()
	return done
}

// opening is a call that brings the order to open its session.
func (r *rig) opening(cap uint64) call {
	c := r.newCall("/api/chat", chatOne)
	c.payment.Open = r.order(cap)
	return c
}

// A first request brings its session's opening order; the agent gets it by its long poll, and its facts let the request
// go on.
func TestOpening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		polled := make(chan protocol.Orders, 1)
		go func() { polled <- r.orders(protocol.MaxOrdersWait) }()
		synctest.Wait()
		c := r.opening(10_000)
		first, second := r.sending(c), r.sending(r.opening(10_000)) // two requests of one session
		got := <-polled
		if len(got.Opens) != 1 || got.Opens[0] != *c.payment.Open || len(got.Lookup) != 0 {
			t.Fatalf("the agent is handed %+v", got)
		}
		if again := r.orders(0); len(again.Opens)+len(again.Lookup) != 0 {
			t.Errorf("handed out twice: %+v", again)
		}
		fact := r.fact(r.session, 10_000)
		for name, stale := range map[string]protocol.SessionFact{
			"no session yet":    {SessionKey: r.session},
			"too small a lock":  {SessionKey: r.session, Cap: protocol.Units(9_999), Expiry: fact.Expiry},
			"too near its end":  {SessionKey: r.session, Cap: fact.Cap, Expiry: fact.Expiry - 1},
			"another's session": r.fact(protocol.SessionKey{Owner: r.session.Owner, Signer: r.session.Signer, Pod: where.Pod, Salt: 8}, 10_000),
		} {
			r.learn(stale)
			synctest.Wait()
			select {
			case a := <-first:
				t.Fatalf("%s answered an opening order: %d %s", name, a.status, a.body)
			default:
			}
		}
		r.learn(fact, fact)
		for _, done := range []<-chan answer{first, second} {
			if a := <-done; a.status != http.StatusOK || a.receipt == nil {
				t.Errorf("%d %s", a.status, a.body)
			}
		}
	})
}

// A top-up whose order ends no later than the session already does is not answered by what the chain said before it.
func TestTopUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		old := r.fact(r.session, 600)
		r.learn(old)
		r.paid(r.newCall("/api/chat", chatOne))
		c := r.opening(1_000)
		c.payment.MaxCost = protocol.Units(900)
		done := r.sending(c)
		if got := r.orders(0); len(got.Opens) != 1 {
			t.Fatalf("the agent is handed %+v", got)
		}
		r.learn(old)
		synctest.Wait()
		r.learn(r.fact(r.session, 1_600))
		if a := <-done; a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestOpeningRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		c := r.opening(10_000)
		done := r.sending(c)
		r.orders(0)
		r.learn(protocol.SessionFact{SessionKey: r.session, Refused: "the balance is too small\x1b[2J\n" + strings.Repeat("!", 500)})
		a := <-done
		want := "the balance is too small[2J" + strings.Repeat("!", 200-29)
		if a.status != http.StatusPaymentRequired || a.problem.Type != protocol.ProblemNoSession || a.problem.Detail != want {
			t.Errorf("%d %+v, want %q", a.status, a.problem, want)
		}
		r.unbilled(c.id)

		// So is a top-up, whose session is still there.
		r.fund(600)
		r.paid(r.newCall("/api/chat", chatOne))
		top := r.opening(1_000)
		top.payment.MaxCost = protocol.Units(900)
		done = r.sending(top)
		r.orders(0)
		fact := r.fact(r.session, 600)
		fact.Refused = "the balance is too small"
		r.learn(fact)
		if a := <-done; a.problem.Type != protocol.ProblemNoSession || a.problem.Detail != fact.Refused {
			t.Errorf("%d %s", a.status, a.body)
		}
		// Without an order there is none that was refused.
		top.payment.Open = nil
		if p := r.refused(top, protocol.ProblemNeedCeiling, http.StatusPaymentRequired); p.NeedCeiling == nil {
			t.Errorf("got %+v", p)
		}
		r.learn(protocol.SessionFact{SessionKey: r.session})

		// An agent that relayed the order twice says so of the second time: what counts is that the session is there.
		done = r.sending(r.opening(10_000))
		r.orders(0)
		fact = r.fact(r.session, 10_000)
		fact.Refused = "the nonce is used"
		r.learn(fact)
		if a := <-done; a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestChainDoesNotAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		for range 2 { // the second time the agent is asked again
			start := time.Now()
			done := r.sending(r.opening(10_000))
			if got := r.orders(0); len(got.Opens) != 1 {
				t.Fatalf("the agent is handed %+v", got)
			}
			a := <-done
			if a.status != http.StatusServiceUnavailable || a.problem.Type != protocol.ProblemNotReady || a.problem.RetryAfter == 0 {
				t.Errorf("%d %s", a.status, a.body)
			}
			if got := time.Since(start); got != 20*time.Second {
				t.Errorf("given up after %v", got)
			}
			synctest.Wait()
			if got := r.orders(0); len(got.Opens) != 0 {
				t.Errorf("an order that nobody waits for is handed out: %+v", got)
			}
		}
	})
}

// Without an order the pod has its session looked up.
func TestLookup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		done := r.sending(r.newCall("/api/chat", chatOne))
		if got := r.orders(0); len(got.Opens) != 0 || len(got.Lookup) != 1 || got.Lookup[0] != r.session {
			t.Fatalf("the agent is handed %+v", got)
		}
		r.learn(protocol.SessionFact{SessionKey: r.session}) // the chain has none
		if a := <-done; a.status != http.StatusPaymentRequired || a.problem.Type != protocol.ProblemNoSession {
			t.Errorf("%d %s", a.status, a.body)
		}
		done = r.sending(r.newCall("/api/chat", chatOne))
		r.orders(0)
		r.fund(10_000)
		if a := <-done; a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestEndingSession(t *testing.T) {
	r := newRig(t)
	for name, change := range map[string]func(*protocol.SessionFact){
		"closing":       func(f *protocol.SessionFact) { f.Closing = true },
		"near its end":  func(f *protocol.SessionFact) { f.Expiry = uint64(r.now().Add(time.Minute).Unix()) },
		"past its end":  func(f *protocol.SessionFact) { f.Expiry = uint64(r.now().Add(-time.Minute).Unix()) },
		"near, closing": func(f *protocol.SessionFact) { f.Closing, f.Expiry = true, uint64(r.now().Add(time.Minute).Unix()) },
	} {
		t.Run(name, func(t *testing.T) {
			r.T = t
			fact := r.fact(r.session, 10_000)
			change(&fact)
			r.learn(fact)
			r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemNoSession, http.StatusPaymentRequired)
		})
	}
	r.T = t
}

// Orders that the escrow would refuse are not relayed.
func TestBadOrders(t *testing.T) {
	r := newRig(t)
	for name, change := range map[string]func(*call){
		"signed by another": func(c *call) {
			c.payment.Open.Signature = r.signer.Sign(domain.Digest(c.payment.Open.OpenSession))
		},
		"another cap than signed": func(c *call) { c.payment.Open.Cap = protocol.Units(20_000) },
		"deadline passed": func(c *call) {
			o := r.order(10_000).OpenSession
			o.Deadline = uint64(r.now().Unix()) - 1
			c.payment.Open = &protocol.SignedOpen{OpenSession: o, Signature: r.owner.Sign(domain.Digest(o))}
		},
		"less than the request may cost": func(c *call) {
			most, _ := c.payment.MaxCost.Sub(protocol.Units(1))
			o := r.order(0).OpenSession
			o.Cap = most
			c.payment.Open = &protocol.SignedOpen{OpenSession: o, Signature: r.owner.Sign(domain.Digest(o))}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r.T = t
			c := r.opening(10_000)
			change(&c)
			r.refused(c, protocol.ProblemBadPayment, http.StatusPaymentRequired)
			if got := r.orders(0); len(got.Opens)+len(got.Lookup) != 0 {
				t.Errorf("the agent is handed %+v", got)
			}
		})
	}
	r.T = t
}

// Who waits for the chain holds no slot: those whose session is open are served.
func TestWaitingForTheChainHoldsNoSlot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue = 1, 0 })
		stranger := r.opening(10_000)
		stranger.payment.Session.Salt, stranger.payment.Open = 9, nil
		waiting := r.sending(stranger)
		r.fund(10_000)
		r.paid(r.newCall("/api/chat", chatOne))
		if a := <-waiting; a.problem.Type != protocol.ProblemNotReady {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

// Only so many requests wait for the chain, whatever their sessions; none is forgotten in the count.
func TestCrowd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		first, second := r.sending(r.newCall("/api/chat", chatOne)), r.sending(r.newCall("/api/chat", chatOne))
		r.leave(r.newCall("/api/chat", chatOne))
		if n := r.pod.Crowd(pod.MaxWaiting - 2); n != pod.MaxWaiting {
			t.Fatalf("%d requests wait, want the most", n)
		}
		if p := r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemBusy, 503); p.RetryAfter == 0 {
			t.Errorf("got %+v", p)
		}
		if got := r.orders(0); len(got.Lookup) != 1 {
			t.Errorf("the agent is handed %+v", got)
		}
		r.fund(10_000)
		for _, done := range []<-chan answer{first, second} {
			if a := <-done; a.status != http.StatusOK {
				t.Errorf("%d %s", a.status, a.body)
			}
		}
		if n := r.pod.Crowd(2 - pod.MaxWaiting); n != 0 {
			t.Errorf("%d requests wait", n)
		}
	})
}

// A client that goes away takes its order with it, and an agent that goes away leaves what it was not handed.
func TestGoneWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.leave(r.opening(10_000))
		if got := r.orders(0); len(got.Opens) != 0 {
			t.Errorf("the order of a client that has gone is handed out: %+v", got)
		}

		ctx, cancel := context.WithCancel(t.Context())
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			r.controlCall(http.MethodGet, protocol.PathOrders+"?wait=30", "", func(req *http.Request) { *req = *req.WithContext(ctx) })
		}()
		synctest.Wait()
		cancel()
		<-gone
		done := r.sending(r.opening(10_000))
		if got := r.orders(0); len(got.Opens) != 1 {
			t.Fatalf("the next agent is handed %+v", got)
		}
		r.register() // an agent that lost its place
		if got := r.orders(0); len(got.Opens) != 1 {
			t.Fatalf("after a new registration the agent is handed %+v", got)
		}
		r.fund(10_000)
		if a := <-done; a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	})
}

func TestOrdersWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		for wait, want := range map[string]int{"-1": 400, "31": 400, "1.5": 400, "x": 400, "0": 200, "": 200} {
			if status, body := r.controlCall(http.MethodGet, protocol.PathOrders+"?wait="+wait, ""); status != want {
				t.Errorf("wait=%s: %d %s, want %d", wait, status, body, want)
			}
		}
		start := time.Now()
		r.orders(30)
		if got := time.Since(start); got != 30*time.Second {
			t.Errorf("waited %v", got)
		}
	})
}
