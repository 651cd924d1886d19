package operator

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

const (
	maxBook   = 200 // settlements that are kept
	bookRetry = time.Minute
)

// Entry is a settlement of an agent's history.
type Entry struct {
	Seq     uint64           `json:"seq"`
	Time    time.Time        `json:"time"` // of its block
	Block   uint64           `json:"block"`
	Tx      protocol.Hash    `json:"tx"`
	Rows    int              `json:"rows"`
	Charged protocol.Amount  `json:"charged"` // moved to the operator, in base units
	Gas     uint64           `json:"gas"`
	Fee     *protocol.Amount `json:"fee"` // in wei; nil: the node did not tell
}

// book is a pod's settlements: those that the chain tells of, read once somebody looks, and those that were made since.
type book struct {
	wanted chan struct{} // closed once somebody looks
	once   sync.Once

	mu      sync.Mutex
	entries []Entry // newest first
	whole   bool    // what was before this agent is read
}

func newBook() *book { return &book{wanted: make(chan struct{})} }

func (b *book) want() { b.once.Do(func() { close(b.wanted) }) }

// add takes a settlement in, once.
func (b *book) add(e Entry) {
	b.mu.Lock()
	defer b.mu.Unlock()
	i, known := slices.BinarySearchFunc(b.entries, e.Seq, func(old Entry, seq uint64) int {
		switch {
		case old.Seq > seq:
			return -1
		case old.Seq < seq:
			return 1
		}
		return 0
	})
	if known {
		b.entries[i] = e // a reorganisation may have put it into another block
		return
	}
	b.entries = slices.Insert(b.entries, i, e)
	b.entries = b.entries[:min(len(b.entries), maxBook)]
}

func (b *book) has(seq uint64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.entries, func(e Entry) bool { return e.Seq == seq })
}

func (b *book) all() (entries []Entry, whole bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]Entry{}, b.entries...), b.whole
}

func entryOf(s chain.Settlement, cost *chain.Cost, at time.Time) Entry {
	e := Entry{Seq: s.Seq, Time: at, Block: s.Block, Tx: s.Tx, Rows: s.Rows, Charged: s.Charged, Gas: s.GasUsed}
	if cost != nil {
		fee := cost.Wei()
		e.Gas, e.Fee = cost.Gas, &fee
	}
	return e
}

// readBook reads what the chain still tells of the settlements before, once somebody looks.
func (a *Agent) readBook(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-a.book.wanted:
	}
	for {
		err := a.readBookOnce(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		a.log.Warn("the settlements before could not all be read; trying again", "error", err, "in", bookRetry)
		select {
		case <-ctx.Done():
			return
		case <-time.After(bookRetry):
		}
	}
}

func (a *Agent) readBookOnce(ctx context.Context) error {
	head, err := a.chain.Head(ctx)
	if err != nil {
		return err
	}
	past, err := a.chain.Settlements(ctx, a.pod, head.Number-min(head.Number, chain.Lookback))
	if err != nil {
		return err
	}
	past = past[max(len(past)-maxBook, 0):]
	for _, s := range slices.Backward(past) {
		if a.book.has(s.Seq) {
			continue
		}
		block, err := a.chain.BlockAt(ctx, s.Block)
		if err != nil {
			return err
		}
		var cost *chain.Cost
		if known, err := a.chain.Cost(ctx, s.Tx); err == nil { // what a node has forgotten of long ago is no trouble
			cost = &known
		}
		a.book.add(entryOf(s, cost, time.Unix(int64(block.Time), 0)))
	}
	a.book.mu.Lock()
	defer a.book.mu.Unlock()
	a.book.whole = true
	return nil
}
