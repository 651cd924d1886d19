package client

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/protocol"
)

// proofEntry is a line of the file of proofs.
type proofEntry struct {
	RequestID protocol.RequestID  `json:"requestId"`
	Settled   *protocol.Inclusion `json:"settled,omitempty"` // nil: none is to be had any more
}

// unproven is a receipt of which it is not known yet that it stands under a settled root.
type unproven struct {
	id       protocol.RequestID
	receipt  protocol.Receipt
	since    time.Time
	askAfter time.Time // no use in asking for its proof before
}

// prove notes that a receipt's proof is to be asked for.
func (s *session) prove(id protocol.RequestID, r protocol.Receipt, since time.Time) {
	if s.unproven == nil {
		s.unproven = map[protocol.RequestID]*unproven{}
	}
	s.unproven[id] = &unproven{id: id, receipt: r, since: since}
}

// provable are the receipts that are settled as far as the chain's claim tells, and due to be asked for.
func (s *session) provable(fact protocol.SessionFact, now time.Time, all bool) []*unproven {
	var list []*unproven
	for _, u := range s.unproven {
		// Of a session that is released the chain tells no claim.
		if (fact.Cap.IsZero() || u.receipt.Charged.Cmp(fact.Claimed) <= 0) && (all || !now.Before(u.askAfter)) {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b *unproven) int { return a.since.Compare(b.since) })
	return list[:min(len(list), maxAsked)]
}

// proveSettled asks pods for the proofs of receipts that were settled. A proof counts once the chain shows its root.
func (c *Client) proveSettled(ctx context.Context, all bool) (proven int, err error) {
	c.mu.Lock()
	var sessions []*session
	for _, s := range c.state.sessions {
		if s.suspect == "" && len(s.unproven) > 0 {
			sessions = append(sessions, s)
		}
	}
	c.mu.Unlock()
	var errs []error
	for _, s := range sessions {
		n, err := c.proveSession(WithTrace(ctx, nil), s, all)
		proven += n
		if err != nil {
			errs = append(errs, fmt.Errorf("proofs of session %s: %w", s.key.ID().Short(), err))
		}
	}
	return proven, errors.Join(errs...)
}

func (c *Client) proveSession(ctx context.Context, s *session, all bool) (proven int, err error) {
	fact, err := c.cfg.Registry.Session(ctx, s.key)
	if err != nil {
		return 0, chainError(ctx, "the session with pod "+s.key.Pod.Short(), err)
	}
	now := c.cfg.Now()
	c.mu.Lock()
	if fact.Cap.IsZero() && s.cap.IsZero() && s.order != nil {
		c.mu.Unlock()
		return 0, nil // not opened yet, as far as this node knows
	}
	due := s.provable(fact, now, all)
	over := now.After(time.Unix(int64(s.expiry), 0).Add(ledger.Retention)) // what was not settled by then never will be
	c.mu.Unlock()
	if len(due) == 0 {
		return 0, nil
	}
	pod, err := c.pods.find(ctx, s.key.Pod, recordsFresh)
	if err != nil {
		return 0, err
	}
	roots := map[uint64]protocol.Hash{}
	for _, u := range due {
		inclusion, err := c.proofOf(ctx, pod, u, roots)
		switch {
		case errors.Is(err, ErrNoBill) || err == nil && inclusion == nil && over:
			err = c.booked(s, u, nil)
		case err == nil && inclusion == nil:
			c.mu.Lock()
			u.askAfter = now.Add(max(askAgain, now.Sub(u.since)/2))
			c.mu.Unlock()
		case err == nil:
			if err = c.booked(s, u, inclusion); err == nil {
				proven++
			}
		}
		if broken := (*ReceiptError)(nil); errors.As(err, &broken) {
			c.suspect(s, err)
		}
		if err != nil {
			return proven, err
		}
	}
	return proven, nil
}

// proofOf asks a pod for the proof of a receipt; nil if there is none yet that the chain bears out.
func (c *Client) proofOf(ctx context.Context, pod *verifiedPod, u *unproven, roots map[uint64]protocol.Hash) (*protocol.Inclusion, error) {
	bill, err := c.fetchBill(ctx, pod, u.id)
	switch {
	case err != nil:
		return nil, err
	case bill.Receipt.Receipt != u.receipt:
		return nil, &ReceiptError{pod.record.ID, "receipt", "the one given before", "another one for the same request"}
	case bill.Settled == nil:
		return nil, nil
	case !bill.Settled.Proves(u.receipt.HashStruct()):
		c.cfg.Log.Warn("a pod's proof of a receipt does not lead to its root", "pod", pod.record.ID, "batch", bill.Settled.Seq)
		return nil, nil
	}
	seq := bill.Settled.Seq
	root, known := roots[seq]
	if !known {
		if root, err = c.cfg.Registry.SettledRoot(ctx, pod.record.ID, seq); err != nil {
			return nil, chainError(ctx, fmt.Sprintf("batch %d of pod %s", seq, pod.record.ID.Short()), err)
		}
		roots[seq] = root
	}
	if root != bill.Settled.Root {
		c.cfg.Log.Warn("a pod's proof of a receipt is under a root that the chain does not show", "pod", pod.record.ID, "batch", seq, "proof", bill.Settled.Root, "chain", root)
		return nil, nil
	}
	return bill.Settled, nil
}

// booked returns once a proof is on disk, or that none is to be had.
func (c *Client) booked(s *session, u *unproven, inclusion *protocol.Inclusion) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	if s.unproven[u.id] != u {
		return nil
	}
	if err := c.state.proofs.append(proofEntry{RequestID: u.id, Settled: inclusion}); err != nil {
		return err
	}
	delete(s.unproven, u.id)
	return nil
}

// Bill asks a pod for the bill of a request, and for its proof if it is settled. Nothing of it is verified or stored.
func (c *Client) Bill(ctx context.Context, pod protocol.Address, id protocol.RequestID) (protocol.Bill, error) {
	verified, err := c.pods.find(ctx, pod, recordsFresh)
	if err != nil {
		return protocol.Bill{}, err
	}
	return c.fetchBill(ctx, verified, id)
}
