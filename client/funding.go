package client

import (
	"context"
	"errors"
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// maxEnded is how many unexpired sessions a pod may have declared over before no more is locked for it.
const maxEnded = 3

// purchase is one request to one pod under one offer.
type purchase struct {
	id          protocol.RequestID
	pod         protocol.Address
	identity    protocol.Address
	keyConfig   protocol.Hash
	offer       protocol.Offer
	requestHash protocol.Hash
	maxCost     protocol.Amount
	maxUsage    protocol.Usage
}

// reservation is a purchase that is covered, with what it says about money. It is on disk once durable has returned nil:
// before that it may be sent, and nothing that comes of it may be given out.
type reservation struct {
	session *session
	open    *openRequest
	payment protocol.Payment
	durable func() error

	released bool // it was not served, and will not be
}

// reserve covers a purchase by a session with its pod, which it opens or adds to where needed. The same purchase again
// replaces the first. With resign, an order outstanding is signed anew.
func (c *Client) reserve(ctx context.Context, q purchase, resign bool) (*reservation, error) {
	if !resign {
		if r, err := c.tryReserve(q, false); r != nil || err != nil {
			c.warnLow(ctx, q, r)
			return r, err
		}
	}
	select {
	case c.funding <- struct{}{}:
		defer func() { <-c.funding }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for range 3 { // a request beside this one may take the room that was made
		if err := c.fund(ctx, q, resign); err != nil {
			return nil, err
		}
		if r, err := c.tryReserve(q, true); r != nil || err != nil {
			c.warnLow(ctx, q, r)
			return r, err
		}
	}
	return nil, errors.New("client: too many requests wait for the same session: try again")
}

// tryReserve reserves in a session that covers the purchase as it stands; nil, nil if there is none. A session whose
// order was not seen executed counts only for who holds funding, and has looked.
func (c *Client) tryReserve(q purchase, looked bool) (*reservation, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, errClosed
	}
	s := c.paying(q)
	if s == nil || s.order != nil && !looked || s.need(q.id, q.maxCost).Cmp(s.promised()) > 0 {
		return nil, nil
	}
	o := &openRequest{
		ID: q.id, RequestHash: q.requestHash, MaxCost: q.maxCost, Offer: q.offer, MaxUsage: q.maxUsage, Identity: q.identity, KeyConfig: q.keyConfig,
		Sent: c.cfg.Now().UTC(), live: true,
	}
	before, ceiling := s.open[q.id], s.ceiling
	s.open[q.id] = o
	s.ceiling = protocol.MaxAmountOf(s.ceiling, s.need(q.id, q.maxCost))
	durable, err := c.state.saveSoon(s)
	if err != nil {
		if s.ceiling = ceiling; before != nil {
			s.open[q.id] = before
		} else {
			delete(s.open, q.id)
		}
		return nil, err
	}
	p := protocol.Payment{
		Session: s.key, Ceiling: s.ceiling, Acked: s.book.charged, MaxCost: q.maxCost, Offer: q.offer.HashStruct(), Open: s.order,
	}
	p.Signature = s.signer.Sign(c.cfg.Domain.Digest(p.Voucher(q.requestHash)))
	return &reservation{session: s, open: o, payment: p, durable: durable}, nil
}

// current is the session from which new requests to a pod are paid; nil if there is none.
func (st *state) current(owner, pod protocol.Address, now uint64) *session {
	var best *session
	for _, s := range st.sessions {
		if s.key.Owner == owner && s.key.Pod == pod && st.pays(s.key) && s.usable(now) && !s.leaving && (best == nil || s.expiry > best.expiry) {
			best = s
		}
	}
	return best
}

// paying is the session that a purchase is paid from: the one that it is open in already, so that it is billed once, else
// the current one.
func (c *Client) paying(q purchase) *session {
	now := c.now()
	for _, s := range c.state.sessions {
		if s.open[q.id] != nil && s.usable(now) {
			return s
		}
	}
	return c.state.current(c.owner, q.pod, now)
}

// fund sees to it that a session covers the purchase, as far as that takes an order of the owner. The caller holds
// funding.
func (c *Client) fund(ctx context.Context, q purchase, resign bool) error {
	c.mu.Lock()
	s := c.paying(q)
	c.mu.Unlock()
	if s != nil {
		if err := c.observe(ctx, s); err != nil {
			return err
		}
	}
	c.mu.Lock()
	s = c.paying(q) // observe may have found it closing
	covered := s != nil && s.need(q.id, q.maxCost).Cmp(s.promised()) <= 0 &&
		(s.order == nil || !resign && s.order.Deadline > c.now()+60)
	c.mu.Unlock()
	if covered {
		return nil
	}
	purse, err := c.purse(ctx)
	if err != nil {
		return err
	}
	head, err := c.cfg.Registry.Head(ctx)
	if err != nil {
		return chainError(ctx, "the latest block", err)
	}
	order, err := c.signOrder(q, s, purse, max(c.now(), head.Time)) // the escrow goes by the chain's clock
	if err != nil {
		return err
	}
	traceOf(ctx).sessionOpening(order)
	return nil
}

// observe looks whether the order outstanding was executed, or never can be: a session that has ended takes no more. It
// does nothing for a session without one.
func (c *Client) observe(ctx context.Context, s *session) error {
	c.mu.Lock()
	key, before, waiting := s.key, s.cap, s.order != nil
	c.mu.Unlock()
	if !waiting {
		return nil
	}
	fact, err := c.cfg.Registry.Session(ctx, key)
	if err != nil {
		return chainError(ctx, "the session with pod "+key.Pod.Short(), err)
	}
	now, over := c.now(), ""
	switch {
	case fact.Cap.IsZero() && before.IsZero():
		return nil // not opened yet
	case fact.Cap.IsZero():
		over, fact.Expiry = "it was released", now
	case fact.Closing:
		over = "it is being closed"
	case fact.Expiry < now:
		over = "it has expired"
	case fact.Cap.Cmp(before) <= 0:
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s.cap, s.expiry, s.order = fact.Cap, fact.Expiry, nil
	if over != "" {
		s.ended = over
	}
	return c.state.save(s)
}

// signOrder signs for a new session, or for more in s, and stores it.
func (c *Client) signOrder(q purchase, s *session, purse purse, now uint64) (protocol.SignedOpen, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return protocol.SignedOpen{}, errClosed
	}
	// Promised to other sessions by orders that may still be executed: of the balance, and of that within the budget.
	var elsewhere, budgeted protocol.Amount
	var nonce uint64 // above all handed out before, used or not
	ended := 0
	for _, other := range c.state.sessions {
		if other.key.Owner != c.owner {
			continue
		}
		ours := c.state.pays(other.key) // of the same row of nonces
		if ours {
			nonce = max(nonce, other.key.Salt&^protocol.DelegateSalt+1)
		}
		if other.key.Pod == q.pod && other.ended != "" && !other.left && other.expiry > now {
			ended++
		}
		if other.order == nil {
			continue
		}
		if ours {
			nonce = max(nonce, other.order.Nonce+1)
		}
		if other != s && other.order.Deadline >= now {
			elsewhere = elsewhere.AddCapped(other.order.Cap)
			if ours {
				budgeted = budgeted.AddCapped(other.order.Cap)
			}
		}
	}
	nonce = purse.freeNonce(nonce)

	old := s
	if s != nil && s.order != nil {
		if used := purse.freeNonce(s.order.Nonce) != s.order.Nonce; !used {
			nonce = s.order.Nonce // at most one of the two orders can be executed
		} else if s.cap.IsZero() {
			s.ended = "its order's nonce was used for another"
			if err := c.state.save(s); err != nil {
				return protocol.SignedOpen{}, err
			}
			s = nil
		}
	}
	if s == nil {
		if ended >= maxEnded {
			return protocol.SignedOpen{}, unserved{fmt.Errorf("it declared %d sessions over that the chain holds open: no more is locked for it before they expire (`phallama receipts`)", ended)}
		}
		var err error
		if s, err = c.newSession(q.pod, nonce); err != nil {
			return protocol.SignedOpen{}, err
		}
	}

	// A pod relays no order that locks less than the request at hand may cost.
	floor := protocol.MaxAmountOf(q.maxCost, s.need(q.id, q.maxCost).SubDown(s.cap))
	want := protocol.MaxAmountOf(floor, times(q.maxCost, c.cfg.SessionRequests))
	if s.order != nil {
		want = protocol.MaxAmountOf(want, s.order.Cap)
	}
	available := purse.available(elsewhere, budgeted)
	if reason := purse.spent(nonce, now); reason != "" || available.Cmp(floor) < 0 {
		return protocol.SignedOpen{}, &FundsError{Owner: c.owner, Pod: q.pod, Need: floor, Available: available, Key: c.state.delegate, Reason: reason}
	}
	order := protocol.SignedOpen{OpenSession: protocol.OpenSession{
		SessionKey: s.key, Cap: protocol.MinAmount(want, available), Expiry: purse.expiry(max(s.expiry, now+uint64(c.cfg.SessionLife.Seconds()))),
		Nonce: nonce, Deadline: now + uint64(c.cfg.OrderLife.Seconds()),
	}}
	order.Signature = c.orderKey().Sign(c.cfg.Domain.Digest(order.OpenSession))

	before, expiry := s.order, s.expiry
	s.order, s.expiry = &order, order.Expiry
	if err := c.state.save(s); err != nil {
		s.order, s.expiry = before, expiry
		return protocol.SignedOpen{}, err
	}
	if s != old {
		c.state.sessions[s.key.ID()] = s
	}
	left := available.SubDown(order.Cap)
	c.unlocked = &left
	return order, nil
}

func times(a protocol.Amount, n int) (sum protocol.Amount) {
	for range n {
		sum = sum.AddCapped(a)
	}
	return sum
}

// release ends an open request that is known not to be billed.
func (c *Client) release(r *reservation) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.session.open[r.open.ID] != r.open {
		return nil
	}
	delete(r.session.open, r.open.ID)
	r.released = true
	return c.state.save(r.session)
}

// leave gives up waiting for an open request's answer here; its receipt is asked for later.
func (c *Client) leave(r *reservation) {
	c.mu.Lock()
	defer c.mu.Unlock()
	r.open.live = false
	if s := r.session; r.open.receipt != nil && s.open[r.open.ID] == r.open {
		delete(s.open, r.open.ID) // it is booked
	}
}

// end stops paying from a session that its pod says is over, while it may still be settled.
func (c *Client) end(s *session, reason string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	s.ended = reason
	return c.state.save(s)
}

// suspect stops paying a pod whose word does not hold, and has the session closed.
func (c *Client) suspect(s *session, reason error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cfg.Log.Error("nothing more is paid to this pod", "pod", s.key.Pod, "session", s.key.ID(), "reason", reason)
	s.suspect = reason.Error()
	c.pods.bar(s.key.Pod, suspectError(s))
	if err := c.state.save(s); err != nil && !c.closed {
		c.cfg.Log.Error("the suspicion is not on disk", "err", err)
	}
	if !c.closed {
		c.background.Go(func() {
			if err := c.closeSuspect(c.life, s); err != nil && c.life.Err() == nil {
				c.cfg.Log.Warn("the close of a suspect session could not be asked for; tried again later", "session", s.key.ID(), "err", err)
			}
		})
	}
}

func suspectError(s *session) error {
	return fmt.Errorf("nothing more is paid to it since session %s: %s", s.key.ID().Short(), s.suspect)
}
