package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Delegation is a key that an owner lets open sessions from its balance, up to a budget and until a time that the
// escrow holds it to. The key signs the orders and, as the sessions' signer, the vouchers.
//
// One client at a time uses a key: sessions of a key are told apart by its nonces alone, and a second client would sign
// for the same ones.
type Delegation struct {
	Owner protocol.Address
	Key   protocol.Key
	// Models are those that may be asked for, pinned to a digest or not; none: all. This client holds to it and nobody
	// else does.
	Models []string
}

func (d *Delegation) check() error {
	if d.Owner.IsZero() || d.Key == (protocol.Key{}) {
		return errors.New("client: config: a delegation needs its owner's address and its key")
	}
	return nil
}

// allows answers whether a model may be asked for. One that the key has only pinned to a digest has to be asked for so.
func (d *Delegation) allows(model string) error {
	asked, err := protocol.ParseModelName(model)
	if err != nil {
		return &RequestError{http.StatusBadRequest, "model: " + err.Error()}
	}
	if d == nil || len(d.Models) == 0 {
		return nil
	}
	if _, ok := ListedModel(d.Models, asked); ok {
		return nil
	}
	return &RequestError{http.StatusForbidden, fmt.Sprintf("model %.100q is not one of this key's: it is for %s", printable(model, 100), printable(fmt.Sprint(d.Models), 500))}
}

// pays tells whether this client opens and adds to a session: an owner's leaves those of delegates alone, a delegate's
// all others.
func (st *state) pays(key protocol.SessionKey) bool {
	if st.delegate.IsZero() {
		return !key.Delegated()
	}
	return key.Delegated() && key.Signer == st.delegate
}

// purse is what the client's orders lock from: an account, and a delegate's budget.
type purse struct {
	account protocol.Account
	budget  *protocol.DelegateAccount // nil: the owner itself pays
}

// purse reads it from the chain.
func (c *Client) purse(ctx context.Context) (p purse, err error) {
	if p.account, err = c.cfg.Registry.Account(ctx, c.owner); err != nil {
		return p, chainError(ctx, "the owner's account", err)
	}
	if d := c.cfg.Delegate; d != nil {
		budget, err := c.cfg.Registry.Delegate(ctx, d.Owner, d.Key.Address())
		if err != nil {
			return p, chainError(ctx, "the key's budget", err)
		}
		p.budget = &budget
	}
	return p, nil
}

// freeNonce is the lowest unused nonce at or above from.
func (p purse) freeNonce(from uint64) uint64 {
	if p.budget != nil {
		return p.budget.FreeNonce(from)
	}
	return p.account.FreeNonce(from)
}

// used tells whether a nonce was ever used.
func (p purse) used() bool {
	if b := p.budget; b != nil {
		return b.NonceBase > 0 || b.NonceWindow != 0
	}
	return p.account.NonceBase > 0 || p.account.NonceWindow != [12]byte{}
}

// available is what may be locked, but for what is promised to sessions already: of the balance, and within the budget.
func (p purse) available(promised, budgeted protocol.Amount) protocol.Amount {
	left := p.account.Avail.SubDown(promised)
	if p.budget != nil {
		left = protocol.MinAmount(left, p.budget.Left().SubDown(budgeted))
	}
	return left
}

// expiry is the last second of a session that is to end at want.
func (p purse) expiry(want uint64) uint64 {
	if p.budget != nil {
		return min(want, p.budget.Expiry)
	}
	return want
}

// spent is why nothing more can be locked with this nonce, whatever the amount; empty if something can.
func (p purse) spent(nonce, now uint64) string {
	switch b := p.budget; {
	case b == nil:
		return ""
	case b.Cap.IsZero():
		return "the key was revoked, or its owner never gave it a budget: ask the owner for another key"
	case b.Expiry <= now+uint64(renewBefore.Seconds()):
		return fmt.Sprintf("the key expires at %s, and its last %s are for settling: ask the owner for more time or another key",
			time.Unix(int64(b.Expiry), 0).UTC().Format(time.DateTime), renewBefore)
	case !b.CanUse(nonce):
		return "the key has signed more orders than the escrow keeps apart, or has used all its nonces: ask the owner for another key"
	}
	return ""
}

// newSession is a session that is to be opened with a nonce.
func (c *Client) newSession(pod protocol.Address, nonce uint64) (*session, error) {
	s := &session{key: protocol.SessionKey{Owner: c.owner, Pod: pod, Salt: nonce}, open: map[protocol.RequestID]*openRequest{}}
	if c.cfg.Delegate != nil {
		s.key.Salt |= protocol.DelegateSalt
	}
	var err error
	if s.signer, err = c.signerOf(s.key); err != nil {
		return nil, err
	}
	s.key.Signer = s.signer.Address()
	return s, nil
}

// signerOf is the key that signs vouchers in a session of this client's.
func (c *Client) signerOf(key protocol.SessionKey) (protocol.Key, error) {
	if d := c.cfg.Delegate; d != nil {
		return d.Key, nil
	}
	return sessionSigner(c.cfg.Owner, c.cfg.Domain, key.Pod, key.Salt)
}

// orderKey signs orders.
func (c *Client) orderKey() protocol.Key {
	if c.cfg.Delegate != nil {
		return c.cfg.Delegate.Key
	}
	return c.cfg.Owner
}
