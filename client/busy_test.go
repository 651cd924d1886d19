package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A pod that has too much to do is left for another one; where there is none its word is waited for, if it is short.
func TestWaitsForABusyPod(t *testing.T) {
	for _, kind := range []protocol.ProblemType{protocol.ProblemBusy, protocol.ProblemRateLimit} {
		t.Run(string(kind), func(t *testing.T) {
			n := newNet(t)
			refusal := problem(kind, http.StatusServiceUnavailable)
			refusal.RetryAfter = 1
			p := n.pod(func(p *testPod) { p.refuse = once(refusal) })
			c := n.client(t.TempDir())
			mustAsk(t, c)
			if p.contacted() != 2 {
				t.Errorf("%d requests, want 2", p.contacted())
			}
			// What was refused was paid nothing for, and is owed nothing.
			if s := oneSession(t, c); s.Open != 0 || len(receipts(t, c)) != 1 {
				t.Errorf("%d open requests, %d receipts", s.Open, len(receipts(t, c)))
			}

			other := n.pod()
			n.advance(time.Minute) // the list of pods is read again
			refusal = problem(kind, http.StatusServiceUnavailable)
			refusal.RetryAfter = 1
			p.refuse = always(refusal)
			for range 4 {
				mustAsk(t, c)
			}
			if other.contacted() != 4 || p.contacted() > 4 {
				t.Errorf("the busy pod had %d requests, the other one %d", p.contacted(), other.contacted())
			}
		})
	}
}

// It is not waited for ever, nor for long, nor for somebody who has left.
func TestDoesNotWaitLong(t *testing.T) {
	n := newNet(t)
	refusal := problem(protocol.ProblemRateLimit, http.StatusTooManyRequests)
	refusal.RetryAfter = 6
	p := n.pod(func(p *testPod) { p.refuse = always(refusal) })
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	var refused *client.PodError
	if !errors.As(err, &refused) || refused.Problem.RetryAfter != 6 || p.contacted() != 1 {
		t.Errorf("%v after %d requests", err, p.contacted())
	}
	refusal.RetryAfter = 1
	if _, _, err = ask(t.Context(), c); !errors.As(err, &refused) || p.contacted() != 1+3 {
		t.Errorf("%v after %d requests, want 3 more", err, p.contacted()-1)
	}
	refusal.RetryAfter = 5
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if _, _, err = ask(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}
