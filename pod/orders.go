package pod

import (
	"context"
	"sync"

	"github.com/phallama/phallama/protocol"
)

// Limits of what waits for the operator's agent.
const (
	maxWaiting      = 4096 // sessions
	maxOrdersAnswer = 100  // openings handed out at once: one transaction's worth
)

// orders is the pod's side of the chain: what it wants sent or looked up, until the facts arrive. It lives in memory:
// clients send their opening order again with each request until the chain shows the session.
type orders struct {
	mu      sync.Mutex
	waiting map[protocol.Hash]*wanted // by session id
	news    chan struct{}             // closed and replaced when something is wanted
}

type wanted struct {
	key     protocol.SessionKey
	open    *protocol.SignedOpen // nil: only look it up
	handed  bool                 // the agent has it
	waiters int
	fact    *protocol.SessionFact // what the agent answered
	done    chan struct{}         // closed with fact
}

func newOrders() *orders {
	return &orders{waiting: map[protocol.Hash]*wanted{}, news: make(chan struct{})}
}

// ask wants a session opened (or looked up, without an order) and waits for the facts. ok is false when ctx ends first
// or too many wait.
func (o *orders) ask(ctx context.Context, key protocol.SessionKey, open *protocol.SignedOpen) (fact protocol.SessionFact, ok bool) {
	id := key.ID()
	o.mu.Lock()
	w := o.waiting[id]
	switch {
	case w == nil && len(o.waiting) >= maxWaiting:
		o.mu.Unlock()
		return protocol.SessionFact{}, false
	case w == nil:
		w = &wanted{key: key, open: open, done: make(chan struct{})}
		o.waiting[id] = w
		o.announce()
	case open != nil && (w.open == nil || w.open.Nonce != open.Nonce):
		w.open, w.handed = open, false
		o.announce()
	}
	w.waiters++
	o.mu.Unlock()

	defer func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if w.waiters--; w.waiters == 0 && o.waiting[id] == w {
			delete(o.waiting, id)
		}
	}()
	select {
	case <-w.done:
		return *w.fact, true
	case <-ctx.Done():
		return protocol.SessionFact{}, false
	}
}

// announce wakes the agent's long poll; o.mu is held.
func (o *orders) announce() {
	close(o.news)
	o.news = make(chan struct{})
}

// take hands out what is wanted and not handed out yet, waiting until there is something or ctx ends.
func (o *orders) take(ctx context.Context) protocol.Orders {
	for {
		o.mu.Lock()
		var out protocol.Orders
		for _, w := range o.waiting {
			if w.handed || len(out.Opens)+len(out.Lookup) >= maxOrdersAnswer {
				continue
			}
			w.handed = true
			if w.open != nil {
				out.Opens = append(out.Opens, *w.open)
			} else {
				out.Lookup = append(out.Lookup, w.key)
			}
		}
		news := o.news
		o.mu.Unlock()
		if len(out.Opens)+len(out.Lookup) > 0 {
			return out
		}
		select {
		case <-news:
		case <-ctx.Done():
			return out
		}
	}
}

// learn answers those who wait for these sessions. Facts from before an opening order took effect are no answer to it:
// the order took effect when the session lives at least as long as it says.
func (o *orders) learn(facts []protocol.SessionFact) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range facts {
		id := f.ID()
		if w := o.waiting[id]; w != nil && (w.open == nil || f.Refused != "" || f.Expiry >= w.open.Expiry) {
			fact := f
			w.fact = &fact
			close(w.done)
			delete(o.waiting, id)
		}
	}
}

// retake lets orders be handed out again: the agent that had them is gone.
func (o *orders) retake() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, w := range o.waiting {
		w.handed = false
	}
	o.announce()
}
