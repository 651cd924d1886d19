package pod_test

import (
	"context"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// Whatever comes in whatever order: no account gets more than its rate and a minute's burst, what is refused takes
// nothing and would be taken after the wait that was said, and no more accounts are remembered than there may be.
func TestRateLimitHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		limit := pod.RateLimit{
			Requests: rapid.IntRange(1, 20).Draw(t, "requests"), Bytes: protocol.MaxRequestBody + rapid.Int64Range(0, 1<<22).Draw(t, "bytes"),
			Accounts: 3,
		}
		l := pod.NewLimiter(limit)
		start := time.Unix(1_800_000_000, 0)
		now := start
		type total struct{ requests, bytes float64 }
		taken := map[byte]*total{}
		accounts := byte(rapid.SampledFrom([]int{3, 5}).Draw(t, "accounts"))
		t.Repeat(map[string]func(*rapid.T){
			"ask": func(t *rapid.T) {
				who, size := byte(rapid.IntRange(0, int(accounts)-1).Draw(t, "who")), rapid.IntRange(0, protocol.MaxRequestBody).Draw(t, "size")
				wait, ok := l.Take(who, false, size, now)
				if !ok {
					if wait <= 0 || wait > time.Minute+time.Second {
						t.Fatalf("refused, and told to wait %s", wait)
					}
					if again, ok := l.Take(who, false, size, now); ok || again != wait {
						t.Fatalf("a refusal changed something: %s, then %s, %t", wait, again, ok)
					}
					now = now.Add(wait)
					if _, ok := l.Take(who, false, size, now); !ok {
						t.Fatalf("refused after the wait of %s", wait)
					}
				}
				if taken[who] == nil {
					taken[who] = &total{}
				}
				taken[who].requests++
				taken[who].bytes += float64(size)
			},
			"wait": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.Int64Range(0, int64(30*time.Second)).Draw(t, "wait")))
			},
			"": func(t *rapid.T) {
				if tracked, listed := l.Accounts(); tracked > limit.Accounts || tracked != listed {
					t.Fatalf("%d accounts are tracked and %d listed, at most %d", tracked, listed, limit.Accounts)
				}
				if int(accounts) > limit.Accounts {
					return // those that are forgotten begin anew
				}
				minutes := now.Sub(start).Minutes() + 1
				for who, sum := range taken {
					if sum.requests > minutes*float64(limit.Requests)+1e-3 || sum.bytes > minutes*float64(limit.Bytes)+1 {
						t.Fatalf("account %d had %+v in %.2f minutes under %+v", who, *sum, minutes, limit)
					}
				}
			},
		})
	})
}

// A clock that the host sets back starves nobody.
func TestRateLimitClock(t *testing.T) {
	l := pod.NewLimiter(pod.RateLimit{Requests: 1, Bytes: protocol.MaxRequestBody, Accounts: 1})
	now := time.Unix(1_800_000_000, 0)
	if _, ok := l.Take(0, false, 0, now); !ok {
		t.Fatal("the first request is refused")
	}
	now = now.Add(-24 * time.Hour)
	wait, ok := l.Take(0, false, 0, now)
	if ok || wait > time.Minute {
		t.Fatalf("wait %s, %t", wait, ok)
	}
	if _, ok := l.Take(0, false, 0, now.Add(time.Minute)); !ok {
		t.Error("refused a minute later")
	}
}

// Slots against a count of them.
func TestSlotsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, queue := rapid.IntRange(1, 3).Draw(t, "slots"), rapid.IntRange(0, 3).Draw(t, "queue")
		s := pod.NewSlots(n, queue)
		gone, cancel := context.WithCancel(context.Background())
		cancel()
		var held []func()
		t.Repeat(map[string]func(*rapid.T){
			"take": func(t *rapid.T) {
				most := time.Minute
				if len(held) == n {
					most = time.Nanosecond
				}
				release, ok := s.Take(context.Background(), most)
				if ok != (len(held) < n) {
					t.Fatalf("%d of %d slots were held, and another one was given: %t", len(held), n, ok)
				}
				if ok {
					held = append(held, release)
				}
			},
			"take for one who has left": func(t *rapid.T) {
				if _, ok := s.Take(gone, time.Minute); ok {
					t.Fatal("a slot was given to somebody who has left")
				}
			},
			"release": func(t *rapid.T) {
				if len(held) == 0 {
					t.Skip()
				}
				held[0]()
				held = held[1:]
			},
			"": func(t *rapid.T) {
				if r := s.RetryAfter(); !slices.Contains([]int{2, 5, 10, 20, 30, 60}, r) {
					t.Fatalf("retry after %d", r)
				}
			},
		})
		for _, release := range held {
			release()
		}
		for range n { // all are there again
			if _, ok := s.Take(context.Background(), time.Minute); !ok {
				t.Fatal("a slot was lost")
			}
		}
	})
}

// What is said of waiting grows with the queue and with how long answers take, in few steps.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pod.NewSlots(2, 10)
		if got := s.RetryAfter(); got != 2 {
			t.Errorf("nothing is known: %d", got)
		}
		for _, c := range []struct {
			answer  time.Duration
			waiting int
			want    int
		}{{time.Second, 0, 2}, {8 * time.Second, 0, 5}, {8 * time.Second, 4, 20}, {50 * time.Second, 0, 30}, {10 * time.Minute, 10, 60}} {
			for range 40 { // until the mean is there
				release, ok := s.Take(t.Context(), time.Minute)
				if !ok {
					t.Fatal("no slot")
				}
				time.Sleep(c.answer)
				release()
			}
			var held []func()
			for range 2 {
				release, _ := s.Take(t.Context(), time.Minute)
				held = append(held, release)
			}
			ctx, cancel := context.WithCancel(t.Context())
			for range c.waiting {
				go s.Take(ctx, time.Hour)
			}
			synctest.Wait()
			if got := s.RetryAfter(); got != c.want {
				t.Errorf("answers of %s, %d wait: %d, want %d", c.answer, c.waiting, got, c.want)
			}
			cancel()
			synctest.Wait()
			held[0]()
			held[1]()
		}
	})
}

// Who waits too long for a slot is told so, and nothing of the request is left.
func TestQueueDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue, c.QueueWait = 1, 4, 30*time.Second })
		r.fund(100_000)
		proceed := make(chan struct{})
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			<-proceed
			r.engine.play(w, "/api/chat", false, nil)
		})
		first := make(chan answer)
		go func() { first <- r.send(r.newCall("/api/chat", chatOne)) }()
		synctest.Wait()
		start := time.Now()
		c := r.newCall("/api/chat", chatOne)
		if p := r.refused(c, protocol.ProblemBusy, 503); p.RetryAfter == 0 {
			t.Errorf("got %+v", p)
		}
		if waited := time.Since(start); waited != 30*time.Second {
			t.Errorf("waited %s", waited)
		}
		r.unbilled(c.id)
		if s, _ := r.book.Session(r.session.ID()); s.Running != 1 {
			t.Errorf("%d requests reserved, want 1", s.Running)
		}
		close(proceed)
		a := <-first
		if a.receipt == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = a.receipt.Charged
		r.paid(c) // the same request, in its time
	})
}

// An account that asks too much is told when to go on; others are served meanwhile, and what was refused left nothing.
func TestRateLimit(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.RateLimit.Requests = 3 })
	r.fund(100_000)
	for range 3 {
		r.paid(r.newCall("/api/chat", chatOne))
	}
	c := r.newCall("/api/chat", chatOne)
	asked := len(r.engine.calls())
	if p := r.refused(c, protocol.ProblemRateLimit, 429); p.RetryAfter != 20 {
		t.Errorf("got %+v", p)
	}
	if s, _ := r.book.Session(r.session.ID()); s.Running != 0 || !s.Reserved.IsZero() || len(r.engine.calls()) != asked {
		t.Errorf("left behind: %+v", s)
	}
	// Another session of the same owner is the same account; one who forges a voucher takes nothing of it.
	forged := r.newCall("/api/chat", chatOne)
	forged.signer = r.owner
	r.refused(forged, protocol.ProblemBadPayment, 402)
	mine := r.session
	r.session.Salt++
	r.fund(100_000)
	charged := r.charged
	r.charged = protocol.Amount{}
	r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemRateLimit, 429)
	// An unknown session of a made-up owner neither counts for it nor is served.
	r.session = protocol.SessionKey{Owner: newKey(t).Address(), Signer: r.signer.Address(), Pod: where.Pod, Salt: 1}
	r.fund(100_000)
	r.paid(r.newCall("/api/chat", chatOne))
	r.session, r.charged = mine, charged
	r.clock.advance(20 * time.Second)
	r.paid(c)
	// Bills are free, and have a bucket of their own.
	for range 3 {
		if _, a := r.receiptOf(c.id); a.status != 200 {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if _, a := r.receiptOf(c.id); a.status != 429 || a.problem.Type != protocol.ProblemRateLimit || a.header.Get("Retry-After") != "20" {
		t.Errorf("%d %s", a.status, a.body)
	}
	r.clock.advance(20 * time.Second)
	if _, a := r.receiptOf(c.id); a.status != 200 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Orders that anybody can make are limited together, and push nobody's account out.
func TestStrangersShareALimit(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.RateLimit.Requests, c.SessionWait = 2, 50*time.Millisecond })
	closing := func() call {
		key := newKey(t)
		order := protocol.SignedRequestClose{
			Session:  protocol.SessionKey{Owner: key.Address(), Signer: key.Address(), Pod: where.Pod, Salt: 1},
			Deadline: uint64(r.now().Add(time.Minute).Unix()),
		}
		order.Signature = key.Sign(domain.Digest(order.TypedData()))
		return r.closeCall(order)
	}
	for range 2 {
		r.refused(closing(), protocol.ProblemNotReady, 503)
	}
	r.refused(closing(), protocol.ProblemRateLimit, 429)
	r.refused(r.relayCall(protocol.Relay{Release: &r.session}), protocol.ProblemRateLimit, 429)
	r.fund(10_000)
	r.paid(r.newCall("/api/chat", chatOne))
}
