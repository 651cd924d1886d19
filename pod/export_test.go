package pod

import "context"

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
	_, ok := newSlots(1, 0).take(ctx)
	return ok
}
