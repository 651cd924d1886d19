package operator

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

const (
	asideFor       = time.Hour // a session whose row is refused
	maxAsideAtOnce = 4         // in one settlement; where so many rows are refused, it is not the rows
	reportEarly    = 20 * time.Minute
	finalityLate   = time.Hour
)

// batches is what an agent knows of the pod's batches. It can be lost: the pod hands out a batch until it is told that it
// has landed, and the chain tells whether it has.
type batches struct {
	// Owned by the holder of Agent.settling.
	last chain.Settlement
	more bool // the last batch did not hold all that is owed

	mu       sync.Mutex
	rows     int                     // a batch may have; 0: chain.MaxRows
	aside    map[protocol.Hash]int64 // sessions that are left out, until a Unix time
	unfinal  *protocol.SignedBatch   // has landed and is not reported yet
	since    time.Time               // it waits to be final
	said     time.Time               // when something was last said about that
	reported uint64                  // of a batch that was reported before it was final
}

func (b *batches) size() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rows == 0 {
		return chain.MaxRows
	}
	return b.rows
}

func (b *batches) shrink(rows int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.rows = rows
}

// grow has batches become larger again after one that landed.
func (b *batches) grow() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.rows *= 2; b.rows >= chain.MaxRows {
		b.rows = 0
	}
}

func (b *batches) putAside(session protocol.Hash, now time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.aside == nil {
		b.aside = map[protocol.Hash]int64{}
	}
	b.aside[session] = now.Add(asideFor).Unix()
}

// ask is for the next batch, or for one in the place of batch replace.
func (b *batches) ask(now time.Time, replace uint64) protocol.BatchRequest {
	ask := protocol.BatchRequest{MaxRows: b.size(), Replace: replace}
	b.mu.Lock()
	defer b.mu.Unlock()
	for session, until := range b.aside {
		switch {
		case until <= now.Unix():
			delete(b.aside, session)
		case len(ask.Without) < protocol.MaxWithout:
			ask.Without = append(ask.Without, session)
		}
	}
	return ask
}

func (b *batches) landed(batch protocol.SignedBatch, s chain.Settlement) {
	b.last = s
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unfinal, b.since, b.said = &batch, time.Now(), time.Time{}
}

// waiting reports whether a batch has landed and is not reported yet.
func (b *batches) waiting() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.unfinal != nil
}

func (b *batches) reportedTo(seq uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.unfinal, b.reported = nil, seq
}

// standing is what the pod is to believe of its batches: seq is the last that counts as settled, and whole, that none
// has landed above it, so that what the chain says sessions have paid is final.
func (a *Agent) standing(ctx context.Context) (seq, last uint64, whole bool, err error) {
	final, last, err := a.chain.FinalSeq(ctx, a.pod)
	if err != nil {
		return 0, 0, false, err
	}
	a.batches.mu.Lock()
	defer a.batches.mu.Unlock()
	seq = max(final, min(a.batches.reported, last))
	return seq, last, seq == last, nil
}

// goOn sees to a batch that has landed: it reports it to the pod once it is final. waiting: it is not yet, and the pod makes
// no other until then. A batch that a reorganisation took out is forgotten, and comes from the pod again.
func (a *Agent) goOn(ctx context.Context) (waiting bool, err error) {
	a.batches.mu.Lock()
	batch, since, said := a.batches.unfinal, a.batches.since, a.batches.said
	a.batches.mu.Unlock()
	if batch == nil {
		return false, nil
	}
	seq, last, _, err := a.standing(ctx)
	switch {
	case err != nil:
		return false, err
	case last < batch.Seq:
		a.log.Warn("a settlement was undone by a reorganisation of the chain; settling again", "seq", batch.Seq, "tx", a.batches.last.Tx)
		a.batches.mu.Lock()
		a.batches.unfinal = nil
		a.batches.mu.Unlock()
		return false, nil
	case seq >= batch.Seq:
		return false, a.report(ctx, *batch, a.batches.last)
	}
	if soon, err := a.endsSoon(ctx, *batch); err != nil {
		return false, err
	} else if soon {
		a.log.Warn("a settlement is not final yet and is reported all the same, so that what ends soon can be settled after it", "seq", batch.Seq)
		return false, a.report(ctx, *batch, a.batches.last)
	}
	switch now := time.Now(); {
	case said.IsZero():
		a.log.Info("the settlement is included and waits to be final; the pod is told then", "seq", batch.Seq, "block", a.batches.last.Block)
	case now.Sub(said) >= finalityLate:
		a.log.Warn("a settlement is still not final, and the pod signs no other until it is: the chain's final head stands still, or the node does not follow it",
			"seq", batch.Seq, "block", a.batches.last.Block, "since", since)
	default:
		return true, nil
	}
	a.batches.mu.Lock()
	a.batches.said = time.Now()
	a.batches.mu.Unlock()
	return true, nil
}

// endsSoon reports whether more is owed than the batch brings, and a session that owes ends before the batch may be final.
// The pod counts the batch's sessions as owing until it is told.
func (a *Agent) endsSoon(ctx context.Context, batch protocol.SignedBatch) (bool, error) {
	status, err := a.control.status(ctx)
	if err != nil {
		return false, err
	}
	soon := status.OwingUntil > 0 && status.OwingUntil <= uint64(time.Now().Add(reportEarly).Unix())
	return soon && status.Unsettled.Cmp(a.sessions.brings(batch)) > 0, nil
}

// report tells the pod that a batch is settled, and what each of its sessions has now paid.
func (a *Agent) report(ctx context.Context, batch protocol.SignedBatch, settled chain.Settlement) error {
	keys := sessionsOf(batch)
	var retry backoff
	for attempt := 1; ; attempt++ {
		facts, err := a.chain.Sessions(ctx, keys)
		if err == nil {
			err = a.control.settled(ctx, protocol.Settled{Seq: settled.Seq, Tx: settled.Tx, Sessions: facts})
		}
		if err == nil {
			a.sessions.tell(facts)
			a.batches.reportedTo(batch.Seq)
			return nil
		}
		if attempt == reportRetries || permanent(err) || retry.pause(ctx) != nil {
			return fmt.Errorf("batch %d is settled on chain (transaction %s) and the pod could not be told; it will be with the next settlement: %w", settled.Seq, settled.Tx, err)
		}
	}
}

// sessionsOf are the sessions of a batch's rows, each once.
func sessionsOf(batch protocol.SignedBatch) []protocol.SessionKey {
	seen := map[protocol.SessionKey]bool{}
	var keys []protocol.SessionKey
	for _, row := range batch.Rows {
		if !seen[row.Session] {
			seen[row.Session] = true
			keys = append(keys, row.Session)
		}
	}
	return keys
}
