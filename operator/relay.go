package operator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// Limits of what an agent sends for others.
const (
	defaultRelays = 60 // an hour
	maxRelays     = 64 // that wait
	maxReleases   = 4  // expired sessions released at each look at the chain
)

// relayChain is what an agent needs of the chain to send the orders of users who have no gas.
type relayChain interface {
	RequestCloseFor(ctx context.Context, r protocol.SignedRequestClose) (chain.Included, error)
	WithdrawFor(ctx context.Context, w protocol.SignedWithdraw) (chain.Included, error)
	Release(ctx context.Context, key protocol.SessionKey) (chain.Included, error)
}

// Relaying is how an agent sends orders of users that are not about its pod's business: they cost it gas. What would
// revert is not sent.
type Relaying struct {
	// Hourly is how many are sent in an hour at most, releases of other pods' sessions too. 0 stands for 60; below 0, none
	// is.
	Hourly int
	// MinFee is the least that a withdrawal has to pay for being relayed. Closes and releases pay nothing.
	MinFee protocol.Amount
	// KeepExpired leaves expired sessions of the pod to others to release. Otherwise the agent releases them, so that
	// what they did not spend is their owners' again.
	KeepExpired bool
}

// relays are those of a pod's users, as far as they are worked off.
type relays struct {
	todo []protocol.Relay
	done []protocol.Relayed // answers that the pod has not got yet
	sent []time.Time        // within the last hour
}

func (r *relays) empty() bool { return len(r.todo) == 0 && len(r.done) == 0 }

// take adds relays, each once, and refuses what is too much.
func (r *relays) take(orders []protocol.Relay) {
	for _, o := range orders {
		switch {
		case !o.Valid(): // a pod of another version
		case slices.ContainsFunc(r.todo, func(other protocol.Relay) bool { return other.ID() == o.ID() }):
		case len(r.todo) >= maxRelays:
			r.refuse(o, "the operator's agent has too many orders to relay: ask another pod")
		default:
			r.todo = append(r.todo, o)
		}
	}
}

func (r *relays) refuse(o protocol.Relay, why string) {
	if len(r.done) < 2*maxRelays {
		r.done = append(r.done, protocol.Relayed{ID: o.ID(), Refused: why})
	}
}

// spend takes one of the hour's, if there is one left.
func (r *relays) spend(hourly int, now time.Time) bool {
	if hourly == 0 {
		hourly = defaultRelays
	}
	r.sent = slices.DeleteFunc(r.sent, func(at time.Time) bool { return now.Sub(at) >= time.Hour })
	if len(r.sent) >= hourly {
		return false
	}
	r.sent = append(r.sent, now)
	return true
}

// relayOrders sends what users have asked the pod to pass on, and tells it what became of that.
func (a *Agent) relayOrders(ctx context.Context, r *relays) error {
	for len(r.todo) > 0 {
		o := r.todo[0]
		tx, err := a.relayOne(ctx, r, o)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.todo = r.todo[1:]
		if err != nil {
			a.log.Info("an order is not relayed", "order", o.ID(), "error", err)
			r.refuse(o, err.Error())
		} else {
			a.log.Info("relayed an order", "order", o.ID(), "tx", tx)
			r.done = append(r.done, protocol.Relayed{ID: o.ID(), Tx: tx})
		}
		if err := a.answerRelays(ctx, r); err != nil {
			return err
		}
	}
	return a.answerRelays(ctx, r)
}

func (a *Agent) answerRelays(ctx context.Context, r *relays) error {
	if len(r.done) == 0 {
		return nil
	}
	err := a.control.relayed(ctx, r.done)
	var refused *ControlError
	if err == nil || errors.As(err, &refused) {
		r.done = nil
	}
	return err
}

// relayOne sends one order, or says why not, in words that the user gets to read.
func (a *Agent) relayOne(ctx context.Context, r *relays, o protocol.Relay) (protocol.Hash, error) {
	if a.cfg.Relaying.Hourly < 0 {
		return protocol.Hash{}, errors.New("this operator relays nothing: ask another pod")
	}
	if w, least := o.Withdraw, a.cfg.Relaying.MinFee; w != nil && w.Fee.Cmp(least) < 0 {
		return protocol.Hash{}, fmt.Errorf("this operator relays withdrawals for a fee of %s base units or more, and this one pays %s", least, w.Fee)
	}
	if err := a.relayable(ctx, o); err != nil {
		return protocol.Hash{}, err
	}
	if !r.spend(a.cfg.Relaying.Hourly, time.Now()) {
		return protocol.Hash{}, errors.New("this operator has relayed as many orders as it does in an hour: ask another pod, or later")
	}
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	var (
		done chain.Included
		err  error
	)
	switch {
	case o.Close != nil:
		done, err = a.chain.RequestCloseFor(ctx, *o.Close)
	case o.Withdraw != nil:
		done, err = a.chain.WithdrawFor(ctx, *o.Withdraw)
	default:
		done, err = a.chain.Release(ctx, *o.Release)
	}
	var revert *chain.RevertError
	if err != nil && !errors.As(err, &revert) {
		a.log.Warn("relaying an order failed", "error", err)
		err = errors.New("the chain did not take it from the operator's agent: ask another pod")
	}
	return done.Tx, err
}

// relayable says why the chain would not take an order about a session.
func (a *Agent) relayable(ctx context.Context, o protocol.Relay) error {
	var key protocol.SessionKey
	switch {
	case o.Close != nil:
		key = o.Close.Session
	case o.Release != nil:
		key = *o.Release
	default:
		return nil
	}
	unread := func(err error) error {
		a.log.Warn("relaying an order failed", "error", err)
		return errors.New("the operator's agent cannot read the chain: ask another pod")
	}
	head, err := a.chain.Head(ctx)
	if err != nil {
		return unread(err)
	}
	facts, err := a.chain.Sessions(ctx, []protocol.SessionKey{key})
	if err != nil {
		return unread(err)
	}
	switch f := facts[0]; {
	case f.Cap.IsZero():
		return errors.New("there is no such session, or it was released")
	case o.Close != nil && f.Closing:
		return errors.New("the session is closing already")
	case o.Release != nil && f.Expiry >= head.Time:
		return fmt.Errorf("the session ends at %d, and the chain's time is %d (Unix): it is released after that", f.Expiry, head.Time)
	}
	return nil
}

// releaseExpired gives what expired sessions of the pod did not spend back to their owners, a few at a time.
func (a *Agent) releaseExpired(ctx context.Context, head protocol.Block, facts []protocol.SessionFact) {
	if a.cfg.Relaying.KeepExpired {
		return
	}
	n := 0
	for _, f := range facts {
		if f.Cap.IsZero() || f.Expiry >= head.Time || n >= maxReleases {
			continue
		}
		n++
		tx, cancel := context.WithTimeout(ctx, txTimeout)
		done, err := a.chain.Release(tx, f.SessionKey)
		cancel()
		if err != nil && ctx.Err() == nil && !chain.IsRevert(err, "NoSession") { // somebody else was faster
			a.log.Warn("could not release an expired session; its owner can", "session", f.ID(), "error", err)
			return
		}
		if err == nil {
			a.log.Info("released an expired session", "session", f.ID(), "tx", done.Tx)
		}
	}
}
