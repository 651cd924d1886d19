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

// settleRegularly settles by time and by value. A batch that was settled before and not reported, or signed and not
// settled, comes first: the pod hands out the same one until it is told of its settlement.
func (a *Agent) settleRegularly(ctx context.Context) {
	var (
		next  = time.Now().Add(a.cfg.SettleEvery)
		quiet time.Time // until then, nothing but time has a settlement made
	)
	for {
		timer := time.NewTimer(time.Until(next))
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-a.settleSoon:
			timer.Stop()
			if time.Now().Before(quiet) {
				continue
			}
		}
		settled, err := a.SettleNow(ctx)
		now := time.Now()
		next = now.Add(a.cfg.SettleEvery)
		switch {
		case err == nil && settled.Rows == chain.MaxRows && !settled.Charged.IsZero():
			next = now // there is more than one transaction takes
		case err == nil && settled.Charged.IsZero():
			quiet = next // do not spend gas on moving nothing again and again
		case err == nil || errors.Is(err, ErrNothingToSettle):
		case ctx.Err() == nil:
			a.log.Error("the settlement failed; trying again", "in", min(settleRetry, a.cfg.SettleEvery), "error", err)
			next = now.Add(min(settleRetry, a.cfg.SettleEvery))
			quiet = next
		}
	}
}

// SettleNow has the pod sign a batch of what was charged and is not settled, sends it and tells the pod. It returns
// ErrNothingToSettle if there was none. A settlement that succeeded and could not be reported to the pod comes with an
// error; calling again reports it. A batch of more than chain.MaxRows sessions takes several calls.
func (a *Agent) SettleNow(ctx context.Context) (chain.Settlement, error) {
	if err := take(ctx, a.settling); err != nil {
		return chain.Settlement{}, err
	}
	defer func() { <-a.settling }()

	batch, ok, err := a.control.batch(ctx, chain.MaxRows)
	if err != nil {
		return chain.Settlement{}, err
	}
	if !ok {
		return chain.Settlement{}, ErrNothingToSettle
	}
	if batch.Pod != a.pod {
		return chain.Settlement{}, fmt.Errorf("the pod signed a batch of pod %s and this is pod %s: registry, operator and salt must be the same in the pod's spec and the agent's configuration", batch.Pod, a.pod)
	}
	settled, err := a.settle(ctx, batch)
	if err != nil {
		return chain.Settlement{}, err
	}
	for _, row := range settled.Skipped {
		a.log.Warn("a row moved nothing", "seq", settled.Seq, "session", row.Session.Short(), "why", row.Reason)
	}
	a.log.Info("settled", "seq", settled.Seq, "rows", settled.Rows, "charged", settled.Charged.Tokens(), "tx", settled.Tx, "gas", settled.GasUsed)
	return settled, a.report(ctx, batch, settled)
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
			return chain.Settlement{}, errors.Join(err, a.tell(ctx, last, nil))
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

// report tells the pod that a batch is settled, and what each of its sessions has now paid.
func (a *Agent) report(ctx context.Context, batch protocol.SignedBatch, settled chain.Settlement) error {
	seen := map[protocol.SessionKey]bool{}
	var keys []protocol.SessionKey
	for _, row := range batch.Rows {
		if !seen[row.Session] {
			seen[row.Session] = true
			keys = append(keys, row.Session)
		}
	}
	var retry backoff
	for attempt := 1; ; attempt++ {
		facts, err := a.chain.Sessions(ctx, keys)
		if err == nil {
			err = a.control.settled(ctx, protocol.Settled{Seq: settled.Seq, Tx: settled.Tx, Sessions: facts})
		}
		if err == nil {
			a.sessions.tell(facts)
			return nil
		}
		if attempt == reportRetries || permanent(err) || retry.pause(ctx) != nil {
			return fmt.Errorf("batch %d is settled on chain (transaction %s) and the pod could not be told; it will be with the next settlement: %w", settled.Seq, settled.Tx, err)
		}
	}
}
