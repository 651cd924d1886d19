package client

import (
	"errors"
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// slackTokens is how many tokens an answer may have had beyond one a byte: those that mark turns are not shown.
const slackTokens = 256

// seenAnswer is what arrived of a complete answer.
type seenAnswer struct {
	hash  protocol.Hash
	bytes int64
}

// checkReceipt holds a receipt against the request that it is for. seen is nil where the answer did not arrive whole.
func checkReceipt(d protocol.Domain, s *session, o *openRequest, r protocol.SignedReceipt, seen *seenAnswer, identities []protocol.Address) error {
	signer, err := r.Signature.Recover(d.Digest(r.Receipt))
	if err != nil {
		return wrong("signature", "one by the pod's identity", "none that can be read")
	}
	known := false
	for _, identity := range identities {
		known = known || signer == identity && !identity.IsZero()
	}
	formula, costErr := o.Offer.BillUp(r.Usage, r.Finish)
	most := o.MaxUsage
	switch {
	case !known:
		return wrong("signature", fmt.Sprintf("one by the pod's identity %s", identities[0]), "one by "+signer.String())
	case r.SessionID != s.key.ID():
		return wrong("sessionId", s.key.ID(), r.SessionID)
	case r.RequestHash != o.RequestHash:
		return wrong("requestHash", o.RequestHash, r.RequestHash)
	case seen != nil && r.ResponseHash != seen.hash:
		return wrong("responseHash", fmt.Sprintf("%s, of the answer that arrived", seen.hash), r.ResponseHash)
	case r.ModelDigest != o.Offer.ModelDigest:
		return wrong("modelDigest", o.Offer.ModelDigest, r.ModelDigest)
	case r.OfferHash != o.Offer.HashStruct():
		return wrong("offerHash", o.Offer.HashStruct(), r.OfferHash)
	case r.Finish < protocol.FinishStop || r.Finish > protocol.FinishError:
		return wrong("finish", "stop, length, abort or error", r.Finish)
	case r.Usage.In > most.In || r.Usage.Cached > r.Usage.In:
		return wrong("prompt tokens", fmt.Sprintf("at most %d, as many as the request can hold, cached ones among them", most.In), r.Usage.In)
	case r.Usage.Out > most.Out:
		return wrong("output tokens", fmt.Sprintf("at most %d, as asked for", most.Out), r.Usage.Out)
	case seen != nil && int64(r.Usage.Out) > seen.bytes+slackTokens:
		return wrong("output tokens", fmt.Sprintf("no more than an answer of %d bytes can hold", seen.bytes), r.Usage.Out)
	case costErr != nil:
		return wrong("usage", "one that can be priced", costErr)
	}
	if r.Cost != formula || r.Cost.Cmp(o.MaxCost) > 0 {
		return wrong("cost", fmt.Sprintf("%s by the offer and the tokens, and at most %s", formula, o.MaxCost), r.Cost)
	}
	if r.Charged.Cmp(s.ceiling) > 0 {
		return wrong("charged", fmt.Sprintf("at most the ceiling of %s that was signed", s.ceiling), r.Charged)
	}
	return nil
}

// bookReceipt verifies a receipt and returns once it is on disk and in the book. The second time it only compares.
func (c *Client) bookReceipt(s *session, o *openRequest, r protocol.SignedReceipt, seen *seenAnswer, identities ...protocol.Address) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	err := checkReceipt(c.cfg.Domain, s, o, r, seen, identities)
	if err == nil && o.receipt != nil && r.Receipt != o.receipt.Receipt {
		err = wrong("receipt", "the one given before", "another one for the same request")
	}
	booked := o.receipt != nil || s.open[o.ID] != o
	if err == nil && !booked {
		owed, unknown := s.owed(o.ID)
		err = s.book.check(r.Receipt, unknown, owed)
	}
	if f := (*fieldError)(nil); errors.As(err, &f) {
		return &ReceiptError{Pod: s.key.Pod, Field: f.field, Want: f.want, Got: f.got}
	}
	if !booked {
		signer, _ := r.Signature.Recover(c.cfg.Domain.Digest(r.Receipt))
		e := ReceiptEntry{
			Time: c.cfg.Now().UTC(), RequestID: o.ID, Session: s.key, Identity: signer, Offer: o.Offer, MaxCost: o.MaxCost,
			Receipt: r, MaxUsage: &o.MaxUsage, Late: seen == nil,
		}
		if seen != nil {
			e.AnswerBytes = &seen.bytes
		}
		if err := c.state.appendReceipt(e); err != nil {
			return err
		}
		s.book.add(r.Receipt)
		s.receipts++
		s.prove(o.ID, r.Receipt, e.Time)
	}
	if seen == nil && o.live { // its answer is still on the way, and will be compared
		o.receipt = &r
		return nil
	}
	if s.open[o.ID] == o {
		delete(s.open, o.ID)
	}
	return nil
}

// bookLate is bookReceipt for a receipt that came without its answer. One that does not hold makes the pod suspect.
func (c *Client) bookLate(s *session, o *openRequest, r protocol.SignedReceipt, identity protocol.Address) error {
	err := c.bookReceipt(s, o, r, nil, o.Identity, identity)
	var broken *ReceiptError
	if errors.As(err, &broken) {
		c.suspect(s, err)
	}
	return err
}

// openByHash finds the open request that a receipt is for.
func (c *Client) openByHash(s *session, requestHash protocol.Hash) *openRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range s.open {
		if o.RequestHash == requestHash {
			return o
		}
	}
	return nil
}

// Receipts are all verified receipts, oldest first.
func (c *Client) Receipts() ([]ReceiptEntry, error) {
	st, err := ReadState(c.cfg.StateDir)
	return st.Receipts, err
}

// Sessions are all sessions, in the order of their ids.
func (c *Client) Sessions() []SessionStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state.statuses()
}
