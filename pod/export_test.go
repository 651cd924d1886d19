package pod

import (
	"context"
	"io"
	"time"
)

const MaxWaiting = maxWaiting

// Crowd has n more requests wait for the chain, and returns how many do.
func (p *Pod) Crowd(n int) int {
	p.orders.mu.Lock()
	defer p.orders.mu.Unlock()
	p.orders.waiters += n
	return p.orders.waiters
}

// TakesSlot tells whether a free slot is given to somebody whose ctx this is.
func TakesSlot(ctx context.Context) bool {
	_, ok := newSlots(1, 0).take(ctx, time.Minute)
	return ok
}

// Limiter and Slots for tests of what they promise.
type Limiter struct{ *limiter }

func NewLimiter(limit RateLimit) Limiter { return Limiter{newLimiter(limit)} }

func (l Limiter) Take(who byte, free bool, bytes int, now time.Time) (time.Duration, bool) {
	return l.take(account{free: free, who: [32]byte{who}}, bytes, now)
}

func (l Limiter) Accounts() (tracked, listed int) { return len(l.buckets), l.recent.Len() }

type Slots struct{ *slots }

func NewSlots(n, queue int) Slots { return Slots{newSlots(n, queue)} }

func (s Slots) Take(ctx context.Context, most time.Duration) (func(), bool) { return s.take(ctx, most) }

func (s Slots) RetryAfter() int { return s.retryAfter() }

func NewWipedBody(body []byte) io.ReadCloser { return newWipedBody(body) }

// FreshLimit is the bucket of fresh quotes.
type FreshLimit struct{ freshLimit }

func (l *FreshLimit) Begin(now time.Time) (time.Duration, bool) { return l.begin(now) }
func (l *FreshLimit) End()                                      { l.end() }

const (
	FreshBurst = freshBurst
	FreshEvery = freshEvery
	DateSkew   = dateSkew
)
