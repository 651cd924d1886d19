package pod

const MaxWaiting = maxWaiting

// Crowd has n more requests wait for the chain, and returns how many do.
func (p *Pod) Crowd(n int) int {
	p.orders.mu.Lock()
	defer p.orders.mu.Unlock()
	p.orders.waiters += n
	return p.orders.waiters
}
