package protocol

import (
	"errors"
	"fmt"
)

// SignedWithdraw is an order to pay unlocked balance out, signed by its owner.
type SignedWithdraw struct {
	Withdraw
	Signature Signature `json:"signature"`
}

// A relay is an order that stands alone and that anyone may send to the escrow. A pod takes one inside the envelope, at
// PathRelay, and has its operator's agent send it: so leaves who has nothing to pay gas with, and the operator does not
// learn who asks.

// PathRelay is where a pod takes a Relay by POST, inside the envelope, and answers with a Relayed.
const PathRelay = "/phallama/relay"

// MaxRelay bounds a Relay's JSON, in bytes.
const MaxRelay = 2048

// Relay is one order: exactly one field is set.
type Relay struct {
	Close    *SignedRequestClose `json:"close,omitempty"`
	Withdraw *SignedWithdraw     `json:"withdraw,omitempty"`
	Release  *SessionKey         `json:"release,omitempty"` // needs no signature: it only ever pays the owner
}

// Relayed is what became of a relay: the transaction that executed it, or why there is none.
type Relayed struct {
	ID      Hash   `json:"id"` // the relay's
	Tx      Hash   `json:"tx"`
	Refused string `json:"refused,omitempty"`
}

// ParseRelay reads a Relay and nothing else.
func ParseRelay(raw []byte) (Relay, error) {
	var r Relay
	if err := decodeStrictly(raw, MaxRelay, &r); err != nil {
		return Relay{}, fmt.Errorf("relay: want its JSON: %w", err)
	}
	if r.orders() != 1 {
		return Relay{}, fmt.Errorf("relay: want one of close, withdraw and release, got %d", r.orders())
	}
	return r, nil
}

// orders is how many it holds.
func (r Relay) orders() (n int) {
	for _, set := range []bool{r.Close != nil, r.Withdraw != nil, r.Release != nil} {
		if set {
			n++
		}
	}
	return n
}

// Valid reports whether it is one order: only then the other methods may be called.
func (r Relay) Valid() bool { return r.orders() == 1 }

// ID names the order, whoever signed it.
func (r Relay) ID() Hash {
	switch {
	case r.Close != nil:
		return r.Close.TypedData().HashStruct()
	case r.Withdraw != nil:
		return r.Withdraw.HashStruct()
	}
	return r.Release.ID()
}

// Verify says why the escrow would not take the order, as far as the order itself tells.
func (r Relay) Verify(d Domain, now uint64) error {
	deadline := uint64(0)
	switch {
	case r.Release != nil:
		if r.Release.Owner.IsZero() || r.Release.Pod.IsZero() {
			return errors.New("relay: want a session with an owner and a pod")
		}
		return nil
	case r.Close != nil:
		c := r.Close
		deadline = c.Deadline
		digest := d.Digest(c.TypedData())
		if c.Signature.Verify(digest, c.Session.Owner) != nil && c.Signature.Verify(digest, c.Session.Signer) != nil {
			return fmt.Errorf("relay: %w: want that of the session's owner or signer", ErrSignature)
		}
	default:
		w := r.Withdraw
		deadline = w.Deadline
		if err := w.Signature.Verify(d.Digest(w.Withdraw), w.Owner); err != nil {
			return fmt.Errorf("relay: %w: want that of the account's owner", err)
		}
		if w.Amount.IsZero() || w.To.IsZero() {
			return errors.New("relay: want an amount and a recipient")
		}
	}
	if deadline < now || deadline >= 1<<40 {
		return fmt.Errorf("relay: its deadline is %d, and it is %d: sign it anew", deadline, now)
	}
	return nil
}
