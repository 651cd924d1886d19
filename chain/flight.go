package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/protocol"
)

const (
	takenAfter  = 10 * time.Second // a nonce is used, and no transaction of ours is found for so long: another one took it
	stoodStill  = time.Minute      // without a block, while a transaction waits
	maxIncluded = 256              // transactions looked after until they are final
)

// errNonceTaken says that another transaction of the account used the nonce, so that ours can never be included.
var errNonceTaken = errors.New("another transaction of the account took the nonce")

// nonceUsed reports whether the node says that the chain has another transaction with the nonce.
func nonceUsed(err error) bool {
	return isAnswer(err) && strings.Contains(err.Error(), "nonce too low")
}

// underpriced reports whether the node would take the transaction for more.
func underpriced(err error) bool {
	return isAnswer(err) && (strings.Contains(err.Error(), "underpriced") || strings.Contains(err.Error(), "ReplacementNotAllowed"))
}

// tooLarge reports whether the node takes no transaction of that size, or that much gas.
func tooLarge(err error) bool {
	text := err.Error()
	return isAnswer(err) && (strings.Contains(text, "oversized data") || strings.Contains(text, "exceeds block gas limit") ||
		strings.Contains(text, "gas limit too high") || strings.Contains(text, "exceeds maximum"))
}

// TooLargeError says that a transaction does not fit: the chain's limits, or those of the node.
type TooLargeError struct {
	What  string
	Takes uint64 // Unit
	Limit uint64 // 0: the node's, which it does not tell
	Unit  string
	Node  string // what the node said
}

func (e *TooLargeError) Error() string {
	if e.Limit == 0 {
		return fmt.Sprintf("%s: the node refuses a transaction of %d %s (%s): send less at a time", e.What, e.Takes, e.Unit, e.Node)
	}
	return fmt.Sprintf("%s: takes %d %s, and a transaction may take %d: send less at a time", e.What, e.Takes, e.Unit, e.Limit)
}

// StuckError says that a transaction was not included when the caller's time was up, and what it waits for.
type StuckError struct {
	What  string
	Tx    protocol.Hash // the newest of those sent; zero: none yet
	Nonce uint64
	Sent  int // the transaction, and replacements of it that offer more
	Since time.Time
	Why   string // what is known, and what to do
	Err   error  // of the context
}

func (e *StuckError) Error() string {
	if e.Tx.IsZero() {
		return fmt.Sprintf("%s: nothing was sent: since %s nonce %d waits: %s: %v", e.What, e.Since.UTC().Format(time.RFC3339), e.Nonce, e.Why, e.Err)
	}
	return fmt.Sprintf("%s: transaction %s (nonce %d, offered %d times since %s) is not included yet: %s: %v",
		e.What, e.Tx, e.Nonce, e.Sent, e.Since.UTC().Format(time.RFC3339), e.Why, e.Err)
}

func (e *StuckError) Unwrap() error { return e.Err }

// A flight is a transaction on its way, with those that replaced it: one nonce, of which one will be included.
type flight struct {
	request
	nonce uint64
	gas   uint64
	offer offer // of the newest

	begun    time.Time
	sent     time.Time            // the newest
	attempts []*types.Transaction // oldest first
	missing  time.Time            // since then the nonce is used and no attempt is found; zero: not so
	why      string               // it is not included, as far as is known

	head      uint64 // the node's
	headSince time.Time
	block     uint64 // in which it is included; 0: not, or not any more
}

// fly notes that tx is about to be handed to the node.
func (f *flight) fly(tx *types.Transaction) {
	f.sent = time.Now()
	if n := len(f.attempts); n == 0 || f.attempts[n-1].Hash() != tx.Hash() {
		f.attempts = append(f.attempts, tx)
	}
}

func (f *flight) newest() *types.Transaction { return f.attempts[len(f.attempts)-1] }

// raise signs a replacement: at the market's price, and an eighth more than the last at least.
func (t *Transactor) raise(ctx context.Context, f *flight) (*types.Transaction, error) {
	asked, _, err := t.market(ctx)
	if err != nil {
		return nil, err
	}
	least := f.offer.raised()
	o, worth := asked.atLeast(least).within(t.fees.MaxPerGas, least)
	if !worth || len(f.attempts) > maxBumps {
		return nil, fmt.Errorf("it offers %v wei for one gas, a replacement would have to offer %v, and the limit is %v: raise the limit on fees, or wait", f.offer.most, least.most, t.fees.MaxPerGas)
	}
	f.offer = o
	return t.sign(f)
}

// land polls for the receipt of whichever attempt is included, and sees to it that one is.
func (t *Transactor) land(ctx context.Context, f *flight) (*types.Receipt, error) {
	var (
		poll  = pollFirst
		check = time.Now().Add(resendAfter)
	)
	for {
		if receipt := t.receiptOf(ctx, f); receipt != nil {
			f.block = receipt.BlockNumber.Uint64()
			return receipt, nil
		}
		if time.Now().After(check) {
			t.tend(ctx) // what ours follows may have been taken out again
			if err := t.nudge(ctx, f); err != nil {
				return nil, err
			}
			check = time.Now().Add(min(resendAfter, t.fees.BumpAfter))
		}
		if err := pause(ctx, poll); err != nil {
			why := f.why
			if why == "" {
				why = "it was sent just now; the next attempt goes on from there"
			}
			return nil, &StuckError{What: f.what, Tx: protocol.Hash(f.newest().Hash()), Nonce: f.nonce, Sent: len(f.attempts), Since: f.begun, Why: why, Err: err}
		}
		poll = min(poll*3/2, pollLast)
	}
}

// receiptOf is the receipt of the attempt that is included, if one is.
func (t *Transactor) receiptOf(ctx context.Context, f *flight) *types.Receipt {
	for _, tx := range slices.Backward(f.attempts) {
		if receipt, err := t.eth.TransactionReceipt(ctx, tx.Hash()); err == nil && receipt.BlockNumber != nil {
			return receipt
		}
	}
	return nil
}

// nudge looks after a flight that is not included: it sends it again if the node has forgotten it, replaces it if it waits
// for too long, and fills the gap if an earlier nonce is not used. Errors of the way to the node are left to the next time;
// errNonceTaken says that there is nothing left to do.
func (t *Transactor) nudge(ctx context.Context, f *flight) error {
	from := common.Address(t.Address())
	head, err := t.head(ctx)
	if err != nil {
		if ctx.Err() == nil {
			f.why = "the node does not answer (" + err.Error() + ")"
		}
		return nil
	}
	if n := uint64(head.Number); n != f.head || f.headSince.IsZero() {
		if n < f.head {
			t.log.Warn("the node's head went back", "from", f.head, "to", n)
		}
		f.head, f.headSince = n, time.Now()
	}
	mined, err := t.eth.NonceAt(ctx, from, nil)
	if err != nil {
		return nil
	}
	known := false
	for _, tx := range f.attempts {
		if _, _, err := t.eth.TransactionByHash(ctx, tx.Hash()); err == nil {
			known = true
		} else if !errors.Is(err, ethereum.NotFound) {
			return nil
		}
	}
	if mined <= f.nonce || known {
		f.missing = time.Time{}
	}
	switch {
	case mined > f.nonce && !known:
		if f.missing.IsZero() {
			f.missing = time.Now()
		}
		f.why = fmt.Sprintf("the account's nonce is %d already, and no receipt is found: the node lags behind, or another program uses this key", mined)
		if time.Since(f.missing) >= takenAfter {
			return errNonceTaken
		}
		return nil
	case mined > f.nonce:
		return nil // the receipt comes
	case !known:
		f.why = "the node keeps forgetting it: use another one (the profile's rpc)"
		t.log.Warn("the node has forgotten a transaction; sending it again", "what", f.what, "tx", f.newest().Hash())
		err := t.deliver(ctx, f.newest())
		if err == nil || !underpriced(err) {
			return nil // with nonce too low, the next look finds out why
		}
	case mined < f.nonce:
		f.why = fmt.Sprintf("nonce %d of the account comes first", mined)
		return t.fillGap(ctx, f, mined)
	case time.Since(f.sent) < t.fees.BumpAfter:
		return nil
	case head.BaseFee != nil && f.offer.most.Cmp(head.BaseFee.ToInt()) >= 0 && time.Since(f.headSince) >= stoodStill:
		// To offer more brings nothing where there are no blocks.
		f.why = fmt.Sprintf("the node's head has stood at block %d since %s: it does not follow the chain, or the chain stands still; use another one (the profile's rpc)",
			f.head, f.headSince.UTC().Format(time.RFC3339))
		return nil
	}
	return t.bump(ctx, f, head)
}

// bump replaces the flight's transaction by one that offers more, until the node takes it or the limit is reached.
func (t *Transactor) bump(ctx context.Context, f *flight, head *header) error {
	for {
		before := f.offer
		tx, err := t.raise(ctx, f)
		if err != nil {
			f.why = fmt.Sprintf("the chain's base fee is %v wei: %v", head.BaseFee.ToInt(), err)
			f.sent = time.Now()
			t.log.Error("a transaction waits and cannot be replaced", "what", f.what, "tx", f.newest().Hash(), "since", f.begun, "why", err)
			return nil
		}
		t.log.Warn("a transaction waits; replacing it by one that offers more", "what", f.what, "tx", f.newest().Hash(), "by", tx.Hash(),
			"offered", before.most, "offers", f.offer.most)
		f.why = fmt.Sprintf("the chain's base fee is %v wei and it offers %v: blocks may be full; it is replaced by one that offers more from time to time", head.BaseFee.ToInt(), f.offer.most)
		f.fly(tx)
		err = t.deliver(ctx, tx)
		if isAnswer(err) && !underpriced(err) && !nonceUsed(err) {
			f.offer, f.why = before, fmt.Sprintf("the node refuses what would replace it: %v", err)
			t.log.Error("a transaction waits and its replacement is refused", "what", f.what, "tx", f.attempts[0].Hash(), "since", f.begun, "error", err)
		}
		if !underpriced(err) {
			return nil
		}
	}
}

// fillGap sends nothing to oneself with a nonce that is missing before a flight: another program's transaction that had it
// is gone for good.
func (t *Transactor) fillGap(ctx context.Context, f *flight, nonce uint64) error {
	if t.pendingBefore(ctx, f.nonce, nonce) || time.Since(f.sent) < 2*resendAfter {
		return nil
	}
	asked, _, err := t.market(ctx)
	if err != nil {
		return nil
	}
	self := common.Address(t.Address())
	o, _ := asked.within(t.fees.MaxPerGas, offer{new(big.Int), new(big.Int)})
	filler := &flight{request: request{what: "fill a gap of nonces", to: &self}, nonce: nonce, gas: 21_000, offer: o}
	tx, err := t.sign(filler)
	if err != nil {
		return err
	}
	t.log.Warn("a nonce of the account is missing and holds up what follows; filling it with an empty transaction", "nonce", nonce, "for", f.what, "tx", tx.Hash())
	if err := t.deliver(ctx, tx); isAnswer(err) && !nonceUsed(err) && !underpriced(err) {
		f.why += ", and it cannot be filled: " + err.Error()
	}
	return nil
}

// pendingBefore reports whether the node has a pending transaction for the missing nonce, or one of ours was included there
// and is being brought back.
func (t *Transactor) pendingBefore(ctx context.Context, before, nonce uint64) bool {
	if slices.ContainsFunc(t.included, func(f *flight) bool { return f.nonce >= nonce && f.nonce < before }) {
		return true
	}
	pending, err := t.eth.PendingNonceAt(ctx, common.Address(t.Address()))
	return err != nil || pending > nonce
}

// keep looks after an included transaction until it is final.
func (t *Transactor) keep(f *flight) {
	if t.finality.latest() {
		return
	}
	if len(t.included) >= maxIncluded {
		t.log.Warn("too many transactions wait to be final; the oldest is not looked after any more", "what", t.included[0].what, "tx", t.included[0].newest().Hash())
		t.included = slices.Delete(t.included, 0, 1)
	}
	t.included = append(t.included, f)
}

// Tend looks after the transactions that were included and are not final yet: one that a reorganisation of the chain took
// out again is sent again. Call it now and then. It does nothing while a verb is under way, which does the same.
func (t *Transactor) Tend(ctx context.Context) {
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
		t.tend(ctx)
	default:
	}
}

func (t *Transactor) tend(ctx context.Context) {
	if len(t.included) == 0 {
		return
	}
	final, err := t.Final(ctx)
	if err != nil {
		return
	}
	t.included = slices.DeleteFunc(t.included, func(f *flight) bool {
		receipt := t.receiptOf(ctx, f)
		if receipt != nil {
			f.block, f.missing = receipt.BlockNumber.Uint64(), time.Time{}
			return f.block <= final.Number
		}
		if f.block != 0 {
			t.log.Warn("the chain has reorganised, and a transaction is not included any more", "what", f.what, "tx", f.newest().Hash(), "block", f.block)
			f.block, f.sent = 0, time.Now()
		}
		if err := t.nudge(ctx, f); err != nil {
			t.log.Error("a transaction that the chain's reorganisation took out cannot be sent again; whoever asked for it has to ask again", "what", f.what, "tx", f.newest().Hash(), "error", err)
			return true
		}
		return false
	})
}
