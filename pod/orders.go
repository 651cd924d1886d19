package pod

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Limits of what waits for the operator's agent.
const (
	maxWaiting      = 256 // requests, each with its body in memory
	maxOrdersAnswer = 100 // openings handed out at once: one transaction's worth
)

// orders is the pod's side of the chain: what it wants sent or looked up, until the facts arrive. It lives in memory:
// clients send their opening order again with each request until the chain shows the session.
type orders struct {
	mu      sync.Mutex
	waiting map[protocol.Hash]*wanted // by session id
	waiters int                       // requests, in all
	relays  map[protocol.Hash]*relay  // by their id
	news    chan struct{}             // closed and replaced when something is wanted
}

type wanted struct {
	key     protocol.SessionKey
	open    *protocol.SignedOpen // nil: only look it up
	locked  protocol.Amount      // what the session locked before the order, as far as we knew
	handed  bool                 // the agent has it
	waiters int
	done    chan struct{} // closed when the agent has answered
}

func newOrders() *orders {
	return &orders{waiting: map[protocol.Hash]*wanted{}, relays: map[protocol.Hash]*relay{}, news: make(chan struct{})}
}

var errCrowded = errors.New("too many requests wait for the chain")

// ask wants a session opened (or looked up, without an order) and waits until the agent has answered. It fails with the error of ctx,
// or errCrowded.
func (o *orders) ask(ctx context.Context, key protocol.SessionKey, open *protocol.SignedOpen, locked protocol.Amount) error {
	id := key.ID()
	o.mu.Lock()
	if o.waiters >= maxWaiting {
		o.mu.Unlock()
		return errCrowded
	}
	w := o.waiting[id]
	switch {
	case w == nil:
		w = &wanted{key: key, open: open, locked: locked, done: make(chan struct{})}
		o.waiting[id] = w
		o.announce()
	case open != nil && (w.open == nil || w.open.Nonce != open.Nonce):
		w.open, w.locked, w.handed = open, locked, false
		o.announce()
	}
	w.waiters++
	o.waiters++
	o.mu.Unlock()

	defer func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.waiters--
		if w.waiters--; w.waiters == 0 && o.waiting[id] == w {
			delete(o.waiting, id)
		}
	}()
	select {
	case <-w.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// answeredBy tells whether a fact is an answer. One from before an opening order took effect is none.
func (w *wanted) answeredBy(f protocol.SessionFact) bool {
	if w.open == nil || f.Refused != "" {
		return true
	}
	after, err := w.locked.Add(w.open.Cap)
	return err == nil && f.Cap.Cmp(after) >= 0 && f.Expiry >= w.open.Expiry
}

// announce wakes the agent's long poll; o.mu is held.
func (o *orders) announce() {
	close(o.news)
	o.news = make(chan struct{})
}

// take hands out what is wanted and not handed out yet, waiting for it at most so long. Nothing is handed to an agent
// that has gone, whose request's context is over.
func (o *orders) take(agent context.Context, wait time.Duration) protocol.Orders {
	ctx, cancel := context.WithTimeout(agent, wait)
	defer cancel()
	for {
		var out protocol.Orders
		o.mu.Lock()
		if agent.Err() != nil {
			o.mu.Unlock()
			return out
		}
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
		out.Relays = o.takeRelays()
		news := o.news
		o.mu.Unlock()
		if len(out.Opens)+len(out.Lookup)+len(out.Relays) > 0 {
			return out
		}
		select {
		case <-news:
		case <-ctx.Done():
			return out
		}
	}
}

// learn answers those who wait for these sessions.
func (o *orders) learn(facts []protocol.SessionFact) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, f := range facts {
		id := f.ID()
		if w := o.waiting[id]; w != nil && w.answeredBy(f) {
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
	for _, r := range o.relays {
		r.handed = false
	}
	o.announce()
}
