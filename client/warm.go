package client

import (
	"context"
	"math/big"
	"time"
)

const (
	warmFor   = 2 * time.Minute  // after a request, what the next one reads of the chain is kept fresh
	warmEvery = recordsFresh / 3 // looked at
)

// keepWarm reads the list of pods ahead of the requests that would have to, while the client is in use. It is as fresh
// then as it is where a request reads it itself: what is revoked is seen as early.
func (c *Client) keepWarm(ctx context.Context) {
	ticker := time.NewTicker(warmEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		if time.Since(time.Unix(0, c.used.Load())) < warmFor {
			_, _ = c.pods.list(ctx, recordsFresh/2) // a request that needs it says what is wrong
		}
	}
}

// observeAhead looks whether a session's order was executed, so that the next request does not have to.
func (c *Client) observeAhead(s *session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s.order == nil || c.closed {
		return
	}
	c.background.Go(func() {
		ctx, cancel := context.WithTimeout(c.life, readyLimit)
		defer cancel()
		select {
		case c.funding <- struct{}{}:
			defer func() { <-c.funding }()
		case <-ctx.Done():
			return
		}
		_ = c.observe(ctx, s) // the next request looks again
	})
}

// warnLow says that the money does not last for many more requests like this one. It goes by what was there when the last
// order was signed, so that nobody has to ask the chain.
func (c *Client) warnLow(ctx context.Context, q purchase, r *reservation) {
	if r == nil || c.cfg.LowFunds < 0 || q.maxCost.IsZero() {
		return
	}
	c.mu.Lock()
	if c.unlocked == nil {
		c.mu.Unlock()
		return
	}
	s := r.session
	left := c.unlocked.AddCapped(s.promised().SubDown(s.need(q.id, q.maxCost)))
	lasts := new(big.Int).Div(left.Big(), q.maxCost.Big())
	low, before := lasts.Cmp(big.NewInt(int64(c.cfg.LowFunds))) < 0, c.low
	c.low = low
	c.mu.Unlock()
	if !low {
		return
	}
	if !before {
		c.cfg.Log.Warn("the money will not last long: deposit more", "left", left.Tokens(), "requests", lasts.Int64(), "owner", c.owner)
	}
	traceOf(ctx).lowFunds(left, int(lasts.Int64()))
}
