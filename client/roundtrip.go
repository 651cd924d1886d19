package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// RoundTrip implements http.RoundTripper. The body of its response is to be read to io.EOF, which proves the answer,
// and closed. It fails with the errors of this package, or with the context's.
func (c *Client) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx := req.Context()
	in, err := readRequest(req)
	if err != nil {
		return nil, err
	}
	if err := c.cfg.Delegate.allows(in.model); err != nil {
		return nil, err
	}
	if err := limitOf(ctx).model(in.model); err != nil {
		return nil, err
	}
	select {
	case c.flight <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	landed := sync.OnceFunc(func() { <-c.flight })
	c.used.Store(time.Now().UnixNano())
	res, err := c.serve(ctx, in)
	if err != nil {
		landed()
		return nil, err
	}
	res.Request, res.Body = req, &flyingBody{res.Body, landed}
	return res, nil
}

// flyingBody is an answer that counts as in flight until it ends.
type flyingBody struct {
	io.ReadCloser
	landed func()
}

func (b *flyingBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.landed()
	}
	return n, err
}

func (b *flyingBody) Close() error {
	b.landed()
	return b.ReadCloser.Close()
}

// serve asks one pod after the other until one has begun to answer.
func (c *Client) serve(ctx context.Context, in *innerRequest) (*http.Response, error) {
	candidates, excluded, err := c.pods.candidates(ctx, in)
	if err != nil {
		return nil, err
	}
	var (
		trace  = traceOf(ctx)
		failed = &NoPodError{Model: in.model}
		funds  error
		lost   int
	)
	trace.chosen(explained(candidates, excluded))
	for round := 0; len(candidates) > 0; round++ {
		var again []candidate // that say when to ask again
		soonest := maxRetryAfter
		for passed := map[protocol.Address]bool{}; len(candidates) > 0; {
			candidate, next := candidates[0], candidates[1:]
			pod := candidate.entry.record.ID
			may, done := c.pods.health.begin(pod)
			if !may && !passed[pod] && len(next) > 0 { // another request is out to see whether it is well
				passed[pod] = true
				candidates = append(slices.Clone(next), candidate)
				continue
			}
			c.makeReady(next)
			leave := c.pods.health.enter(pod)
			res, err := c.attempt(ctx, in, candidate.entry, func() bool { return c.pods.readyAmong(next) })
			done()
			if err == nil {
				res.Body = &flyingBody{res.Body, leave}
				return res, nil
			}
			leave()
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			var refused unserved
			if !errors.As(err, &refused) {
				return nil, err
			}
			var unproven *AnswerError
			if errors.As(err, &unproven) && !errors.Is(err, errEngine) {
				if lost++; lost > maxLost {
					return nil, unproven
				}
			}
			if errors.Is(err, ErrInsufficientFunds) && funds == nil {
				funds = refused.error
			}
			trace.podRefused(pod, refused.error)
			failed.Refused = append(failed.Refused, Refusal{Pod: pod, Reason: refused.error})
			if wait := waitFor(refused.error); wait > 0 && wait <= maxRetryAfter {
				again, soonest = append(again, candidate), min(soonest, wait)
			}
			candidates = c.cfg.Choice.after(candidate, next)
		}
		if candidates = again; round == maxWaits || len(again) == 0 || funds != nil {
			break
		}
		select {
		case <-time.After(soonest):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		failed.Refused = slices.DeleteFunc(failed.Refused, func(r Refusal) bool {
			return slices.ContainsFunc(again, func(c candidate) bool { return c.entry.record.ID == r.Pod })
		})
	}
	if funds != nil {
		return nil, funds
	}
	failed.Refused = append(failed.Refused, excluded...)
	return nil, failed.single()
}

// single is what the only pod said, to which there is nothing to add.
func (e *NoPodError) single() error {
	if len(e.Refused) != 1 {
		return e
	}
	refused, unproven := (*PodError)(nil), (*AnswerError)(nil)
	switch reason := e.Refused[0].Reason; {
	case errors.As(reason, &refused):
		return refused
	case errors.As(reason, &unproven):
		return unproven
	}
	return e
}

// after is who is asked next, now that one has failed.
func (c *Choice) after(failed candidate, next []candidate) []candidate {
	if !c.OtherOperator {
		return next
	}
	next = slices.Clone(next)
	slices.SortStableFunc(next, func(a, b candidate) int {
		if a.resting() != b.resting() {
			return rank(a.resting()) - rank(b.resting())
		}
		operator := failed.entry.record.Operator
		return rank(a.entry.record.Operator == operator) - rank(b.entry.record.Operator == operator)
	})
	return next
}

func explained(found []candidate, excluded []Refusal) []Candidate {
	all := make([]Candidate, 0, len(found)+len(excluded))
	for _, f := range found {
		all = append(all, Candidate{Pod: f.entry.record.ID, Operator: f.entry.record.Operator, Price: f.price, Health: f.health})
	}
	for _, x := range excluded {
		all = append(all, Candidate{Pod: x.Pod, Excluded: x.Reason})
	}
	return all
}
