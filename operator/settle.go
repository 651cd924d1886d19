package operator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// ErrNothingToSettle says that the pod has charged nothing since the last settlement.
var ErrNothingToSettle = errors.New("nothing to settle")

// settleRegularly settles when policy says so, and reports what has become final. A batch that was settled before and not
// reported, or signed and not settled, comes first: the pod hands out the same one until it is told of its settlement.
func (a *Agent) settleRegularly(ctx context.Context) {
	for {
		var o order
		select {
		case <-ctx.Done():
			return
		case o = <-a.settleSoon:
		}
		for again := true; again && ctx.Err() == nil; {
			again = a.settleFor(ctx, o)
		}
	}
}

// settleFor settles once, and reports whether there is more than one transaction takes.
func (a *Agent) settleFor(ctx context.Context, o order) (again bool) {
	if o.why != "" {
		a.log.Debug("settling", "why", o.why)
	}
	settled, err := a.settleOnce(ctx, o.forced, o.why != "")
	var loss *lossError
	retry := min(settleRetry, a.cfg.SettleEvery)
	switch {
	case err == nil && (o.why == "" || a.batches.waiting()):
	case err == nil && settled.Charged.IsZero():
		// Do not spend gas on moving nothing again and again.
		a.quietUntil(time.Now().Add(min(a.cfg.SettleEvery, a.cfg.SettleBefore/2)))
	case err == nil && a.batches.more:
		return true
	case err == nil, errors.Is(err, ErrNothingToSettle):
	case errors.As(err, &loss):
		a.mu.Lock()
		a.totals.Postponed++
		a.mu.Unlock()
		a.log.Info("the settlement is postponed", "why", err)
		a.quietUntil(time.Now().Add(min(a.cfg.SettleEvery, a.cfg.SettleBefore/2)))
	case ctx.Err() == nil:
		a.log.Error("the settlement failed; trying again", "in", retry, "error", err)
		a.quietUntil(time.Now().Add(retry))
	}
	return false
}

// SettleNow has the pod sign a batch of what was charged and is not settled, sends it, and tells the pod once the
// settlement is final, which is at once on a development chain; elsewhere Run tells it later, and until then SettleNow
// returns the same settlement. It returns ErrNothingToSettle if there was none. A settlement that succeeded and could not be
// reported to the pod comes with an error; calling again reports it. A batch of more sessions than fit a transaction takes
// several calls.
func (a *Agent) SettleNow(ctx context.Context) (chain.Settlement, error) {
	return a.settleOnce(ctx, true, true)
}

// settleOnce settles one batch, or without anew only goes on with one that has landed.
func (a *Agent) settleOnce(ctx context.Context, forced, anew bool) (chain.Settlement, error) {
	if anew {
		a.keep(ctx) // should the settlement fail for good
	}
	if err := take(ctx, a.settling); err != nil {
		return chain.Settlement{}, err
	}
	defer func() { <-a.settling }()

	if waiting, err := a.goOn(ctx); waiting || err != nil || !anew {
		return a.batches.last, err
	}
	if err := a.worth(ctx, forced); err != nil {
		return chain.Settlement{}, err
	}
	batch, ok, err := a.control.batch(ctx, a.batches.ask(time.Now(), 0))
	if err != nil {
		return chain.Settlement{}, err
	}
	if !ok {
		return chain.Settlement{}, ErrNothingToSettle
	}
	batch, settled, err := a.land(ctx, batch)
	if err != nil {
		return chain.Settlement{}, err
	}
	for _, row := range settled.Skipped {
		a.log.Warn("a row moved nothing", "seq", settled.Seq, "session", row.Session.Short(), "why", row.Reason)
	}
	cost := a.costOf(ctx, settled)
	a.count(settled, cost)
	a.book.add(entryOf(settled, cost, time.Now()))
	a.onChain.outdated()
	spent := "unknown"
	if cost != nil {
		spent = cost.Wei().String()
	}
	a.log.Info("settled", "seq", settled.Seq, "rows", settled.Rows, "charged", settled.Charged.Tokens(), "tx", settled.Tx, "gas", settled.GasUsed, "wei", spent)
	a.batches.landed(batch, settled)
	if !a.batches.more {
		a.settledAt(time.Now())
	}
	_, err = a.goOn(ctx)
	return settled, err
}

// worth is a lossError if a settlement now would cost more than it moves, and need not be made.
func (a *Agent) worth(ctx context.Context, forced bool) error {
	if a.cfg.TokenWei.IsZero() {
		return nil
	}
	status, err := a.control.status(ctx)
	if err != nil {
		return err
	}
	if status.Owing == 0 && status.Unsettled.IsZero() {
		return nil
	}
	cost, err := a.chain.EstimateSettle(ctx, min(max(status.Owing, 1), a.batches.size()))
	if err != nil {
		return err
	}
	costs := a.cfg.tokensUp(cost.Wei())
	if costs.Cmp(status.Unsettled) <= 0 {
		return nil
	}
	loss := &lossError{cost, costs, status.Unsettled}
	if forced && !a.cfg.NeverAtALoss {
		a.log.Warn("settling at a loss, since what was charged would be lost or late otherwise", "what", loss)
		return nil
	}
	return loss
}

// costOf is what a settlement cost; nil: it is not known.
func (a *Agent) costOf(ctx context.Context, s chain.Settlement) *chain.Cost {
	if s.Tx.IsZero() {
		return nil
	}
	cost, err := a.chain.Cost(ctx, s.Tx)
	if err != nil {
		a.log.Warn("what a settlement cost is not known", "seq", s.Seq, "tx", s.Tx, "error", err)
		return nil
	}
	return &cost
}

// land brings a batch on the chain, or smaller ones in its place until one lands, and returns the one that did.
func (a *Agent) land(ctx context.Context, batch protocol.SignedBatch) (protocol.SignedBatch, chain.Settlement, error) {
	a.batches.more = len(batch.Rows) >= a.batches.size()
	for aside := 0; ; {
		if batch.Pod != a.pod {
			return batch, chain.Settlement{}, fmt.Errorf("the pod signed a batch of pod %s and this is pod %s: registry, operator and salt must be the same in the pod's spec and the agent's configuration", batch.Pod, a.pod)
		}
		settled, err := a.settle(ctx, batch)
		if err == nil {
			a.batches.grow()
			return batch, settled, nil
		}
		var tooLarge *chain.TooLargeError
		ask := protocol.BatchRequest{}
		switch n := len(batch.Rows); {
		case errors.As(err, &tooLarge) && n > 1:
			a.batches.shrink(n / 2)
			ask = a.batches.ask(time.Now(), batch.Seq)
			a.log.Warn("a batch is too large; splitting it", "seq", batch.Seq, "rows", n, "into", n/2, "why", err)
		case rowsFault(err) && n > 1:
			ask = a.batches.ask(time.Now(), batch.Seq)
			ask.MaxRows = n / 2
			a.log.Warn("a batch is refused; looking for the row by halves", "seq", batch.Seq, "rows", n, "why", err)
		case rowsFault(err) && aside < maxAsideAtOnce:
			aside++
			bad := batch.Rows[0].Session.ID()
			a.batches.putAside(bad, time.Now())
			ask = a.batches.ask(time.Now(), batch.Seq)
			a.log.Error("a session's row is refused; settling the others without it", "seq", batch.Seq, "session", bad.Short(), "again", asideFor, "why", err)
		default:
			return batch, chain.Settlement{}, err
		}
		next, ok, problem := a.control.batch(ctx, ask)
		if problem != nil {
			return batch, chain.Settlement{}, errors.Join(err, problem)
		}
		if !ok || len(next.Rows) == len(batch.Rows) && next.Rows[0] == batch.Rows[0] {
			return batch, chain.Settlement{}, err // there is nothing else, or the pod does not split
		}
		a.batches.more = true
		batch = next
	}
}

// rowsFault reports whether a settlement is refused for a reason that may lie in its rows: not for its number, its
// signature or its pod.
func rowsFault(err error) bool {
	var revert *chain.RevertError
	if !errors.As(err, &revert) {
		return false
	}
	switch revert.Name {
	case "BadSequence", "BadBatchSignature", "IdentityExpired", "IdentityRevoked", "UnknownPod":
		return false
	}
	return true
}

// settle sends a batch, unless the chain has it.
func (a *Agent) settle(ctx context.Context, batch protocol.SignedBatch) (chain.Settlement, error) {
	for renewed := false; ; renewed = true {
		last, err := a.chain.LastSeq(ctx, a.pod)
		if err != nil {
			return chain.Settlement{}, err
		}
		if batch.Seq <= last {
			return a.settledBefore(ctx, batch)
		}
		if batch.Seq > last+1 {
			err := fmt.Errorf("the pod signed batch %d and the chain expects batch %d: a settlement was undone by a reorganisation of the chain, or the pod belongs to another one", batch.Seq, last+1)
			return chain.Settlement{}, errors.Join(err, a.control.facts(ctx, last, nil))
		}
		settled, err := a.send(ctx, batch)
		switch {
		case err == nil:
			return settled, nil
		case chain.IsRevert(err, "BadSequence") && !renewed:
			// Settled meanwhile, by a transaction that was not waited for.
		case (chain.IsRevert(err, "BadBatchSignature") || chain.IsRevert(err, "IdentityExpired")) && !renewed:
			// The pod restarted, and the registry does not know yet.
			status, problem := a.control.status(ctx)
			if problem == nil {
				problem = a.register(ctx, status)
			}
			if problem != nil {
				return chain.Settlement{}, errors.Join(err, problem)
			}
		default:
			return chain.Settlement{}, err
		}
	}
}

func (a *Agent) send(ctx context.Context, batch protocol.SignedBatch) (chain.Settlement, error) {
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	return a.chain.Settle(ctx, batch)
}

// settledBefore is what the chain says of a batch that the pod does not know to be settled.
func (a *Agent) settledBefore(ctx context.Context, batch protocol.SignedBatch) (chain.Settlement, error) {
	settled, err := a.chain.Settlement(ctx, a.pod, batch.Seq)
	if errors.Is(err, chain.ErrNotFound) {
		a.log.Warn("a batch was settled so long ago that its transaction is not looked for", "seq", batch.Seq)
		return chain.Settlement{Pod: a.pod, Seq: batch.Seq, Rows: len(batch.Rows)}, nil
	}
	return settled, err
}
