package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

const (
	relayLife  = 10 * time.Minute // of a signed order
	shownAfter = time.Minute      // until the chain shows what an operator says it sent
)

// relayed signs an owner's orders and has pods' operators send them.
type relayed struct {
	a     *app
	chain *chain.Client
	user  *client.Client // finds and verifies pods, and owns nothing
	owner protocol.Key
	fee   protocol.Amount
}

func (a *app) relayWay(profile network.Profile, c *chain.Client, owner protocol.Key, fee protocol.Amount) (_ wayOut, stop func(), err error) {
	dir, err := os.MkdirTemp("", "phallama-relay-")
	if err != nil {
		return nil, nil, err
	}
	nobody, err := protocol.GenerateKey()
	if err == nil {
		var user *client.Client
		if user, err = a.open(dir, profile, c, client.Config{Owner: nobody}); err == nil {
			return relayed{a, c, user, owner, fee}, func() { _, _ = user.Close(), os.RemoveAll(dir) }, nil
		}
	}
	return nil, nil, errors.Join(err, os.RemoveAll(dir))
}

// send has an order sent, and waits until the chain shows what it does: the operator's word is not enough.
func (w relayed) send(ctx context.Context, order protocol.Relay, done func() (bool, error)) (protocol.Hash, error) {
	pod, result, err := w.user.Relay(ctx, order)
	if err != nil {
		if ok, _ := done(); ok { // by somebody else
			return protocol.Hash{}, nil
		}
		return protocol.Hash{}, err
	}
	fmt.Fprintln(w.a.err, w.a.err.dim(fmt.Sprintf("  sent by the operator of pod %s in transaction %s", pod.Short(), result.Tx)))
	for deadline := time.Now().Add(shownAfter); ; {
		if ok, err := done(); ok || err != nil {
			return result.Tx, err
		}
		if time.Now().After(deadline) {
			return result.Tx, fmt.Errorf("the operator of pod %s says that transaction %s did it, and the chain does not show it: try again later, or with gas of your own", pod, result.Tx)
		}
		select {
		case <-ctx.Done():
			return result.Tx, ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

func (w relayed) deadline(ctx context.Context) (uint64, error) {
	head, err := w.chain.Head(ctx)
	return max(head.Time, uint64(time.Now().Unix())) + uint64(relayLife.Seconds()), err
}

func (w relayed) requestClose(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error) {
	deadline, err := w.deadline(ctx)
	if err != nil {
		return protocol.Hash{}, err
	}
	order := protocol.SignedRequestClose{Session: key, Deadline: deadline}
	order.Signature = w.owner.Sign(w.chain.Domain().Digest(order.TypedData()))
	return w.send(ctx, protocol.Relay{Close: &order}, func() (bool, error) {
		fact, err := w.chain.Session(ctx, key)
		return err == nil && (fact.Closing || fact.Cap.IsZero()), err
	})
}

// release needs no signature. The session's pod may do it by itself: then, and where no operator does it now, it is left.
func (w relayed) release(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error) {
	tx, err := w.send(ctx, protocol.Relay{Release: &key}, func() (bool, error) {
		fact, err := w.chain.Session(ctx, key)
		return err == nil && fact.Cap.IsZero(), err
	})
	if errors.Is(err, client.ErrNoPod) {
		err = fmt.Errorf("%w: %w", errLeft, err)
	}
	return tx, err
}

func (w relayed) withdraw(ctx context.Context, to protocol.Address, all protocol.Amount) (protocol.Hash, protocol.Amount, error) {
	none := protocol.Amount{}
	amount, err := all.Sub(w.fee)
	if err != nil || amount.IsZero() {
		return protocol.Hash{}, none, &exitError{exitNoMoney, fmt.Errorf("%s tokens are unlocked, and the fee is %s: nothing would be left", all.Tokens(), w.fee.Tokens())}
	}
	deadline, err := w.deadline(ctx)
	if err != nil {
		return protocol.Hash{}, none, err
	}
	account, err := w.chain.Account(ctx, w.owner.Address())
	if err != nil {
		return protocol.Hash{}, none, err
	}
	// The lowest free nonce may be that of an order that opens a session and was not executed: now it never will be.
	nonce := account.FreeNonce(0)
	order := protocol.SignedWithdraw{Withdraw: protocol.Withdraw{
		Owner: w.owner.Address(), To: to, Amount: amount, Fee: w.fee, Nonce: nonce, Deadline: deadline,
	}}
	order.Signature = w.owner.Sign(w.chain.Domain().Digest(order.Withdraw))
	tx, err := w.send(ctx, protocol.Relay{Withdraw: &order}, func() (bool, error) {
		account, err := w.chain.Account(ctx, w.owner.Address())
		return err == nil && account.FreeNonce(nonce) != nonce, err
	})
	return tx, amount, err
}
