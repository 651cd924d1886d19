package ledger

import (
	"fmt"
	"math"
	"sync"

	"github.com/phallama/phallama/protocol"
)

// landed is a settled batch whose receipts can be proven: it, and every receipt under its root, is kept for Retention
// after the book learnt of it.
type landed struct {
	Seq  uint64      `json:"seq"`
	At   uint64      `json:"at"` // Unix seconds
	Rows []landedRow `json:"rows"`

	tree func() protocol.ReceiptTree // built when it is first asked for
}

// landedRow are a session's receipts under the root.
type landedRow struct {
	Session protocol.Hash `json:"session"`
	First   uint64        `json:"first"` // RSeq
	Last    uint64        `json:"last"`
}

// landedPart is a row, from the session's side.
type landedPart struct {
	of          *landed
	first, last uint64
	offset      int // of first among the batch's receipts
}

// landing is a batch as it lands. Its rows are those receipts that its root was made of: Batch found no others.
func (b *book) landing(p *batch, at uint64) *landed {
	l := &landed{Seq: p.Seq, At: at}
	for _, row := range p.Rows {
		if in := b.sessions[row.Session].between(row.FirstRSeq, row.LastRSeq); len(in) > 0 {
			l.Rows = append(l.Rows, landedRow{row.Session, in[0].Receipt.RSeq, in[len(in)-1].Receipt.RSeq})
		}
	}
	return l
}

// between are the kept receipts from first to last.
func (s *session) between(first, last uint64) []*billed {
	if len(s.receipts) == 0 {
		return nil
	}
	lowest, highest := s.receipts[0].Receipt.RSeq, s.receipts[len(s.receipts)-1].Receipt.RSeq
	first, last = max(first, lowest), min(last, highest)
	if first > last || highest-lowest != uint64(len(s.receipts)-1) { // the latter in a log that check refuses
		return nil
	}
	return s.receipts[first-lowest : last-lowest+1]
}

func (b *book) land(l *landed) error {
	var all []*billed
	for _, row := range l.Rows {
		s := b.sessions[row.Session]
		if s == nil {
			return fmt.Errorf("settled batch %d has receipts of unknown session %s", l.Seq, row.Session.Short())
		}
		in := s.between(row.First, row.Last)
		if row.Last < row.First || uint64(len(in)) != row.Last-row.First+1 {
			return fmt.Errorf("settled batch %d has receipts %d to %d of session %s, which are not there", l.Seq, row.First, row.Last, row.Session.Short())
		}
		s.landed = append(s.landed, landedPart{of: l, first: row.First, last: row.Last, offset: len(all)})
		all = append(all, in...)
	}
	l.tree = sync.OnceValue(func() protocol.ReceiptTree {
		structs := make([]protocol.Hash, len(all))
		for i, c := range all {
			structs[i] = c.Receipt.HashStruct()
		}
		return protocol.NewReceiptTree(structs)
	})
	b.landed = append(b.landed, l)
	return nil
}

// unland forgets the oldest n settled batches.
func (b *book) unland(n int) error {
	if n > len(b.landed) {
		return fmt.Errorf("forgets %d settled batches of %d", n, len(b.landed))
	}
	for _, l := range b.landed[:n] {
		for _, row := range l.Rows {
			if s := b.sessions[row.Session]; s != nil && len(s.landed) > 0 && s.landed[0].of == l {
				s.landed = s.landed[1:]
			}
		}
	}
	b.landed = b.landed[n:]
	return nil
}

// outdated is how many of the oldest settled batches are past Retention.
func (b *book) outdated(now uint64) (n int) {
	for n < len(b.landed) && now >= b.landed[n].At+uint64(Retention.Seconds()) {
		n++
	}
	return n
}

// landedFrom is the lowest RSeq that a kept batch needs.
func (s *session) landedFrom() uint64 {
	if len(s.landed) == 0 {
		return math.MaxUint64
	}
	return s.landed[0].first
}

func (b *book) checkLanded() error {
	rows := 0
	for _, l := range b.landed {
		rows += len(l.Rows)
		for _, row := range l.Rows {
			s := b.sessions[row.Session]
			if s == nil || uint64(len(s.between(row.First, row.Last))) != row.Last-row.First+1 || row.Last > s.SettledRSeq {
				return fmt.Errorf("settled batch %d: receipts %d to %d of session %s are not all there, or not settled", l.Seq, row.First, row.Last, row.Session.Short())
			}
		}
	}
	for id, s := range b.sessions {
		rows -= len(s.landed)
		for i, part := range s.landed {
			if i > 0 && part.first <= s.landed[i-1].last {
				return fmt.Errorf("session %s: receipt %d is under two roots", id.Short(), part.first)
			}
		}
	}
	if rows != 0 {
		return fmt.Errorf("settled batches have %d rows more than their sessions know of", rows)
	}
	return nil
}

// ProofOf proves the bill of a request under the root of the batch it was settled in; false: it is not billed, or not
// settled as far as the book knows, or was settled longer ago than Retention.
func (l *Ledger) ProofOf(id protocol.RequestID) (protocol.Inclusion, bool, error) {
	part, n, err := l.partOf(id)
	if err != nil || part == nil {
		return protocol.Inclusion{}, false, err
	}
	tree := part.of.tree() // without the mutex: the first time takes a while
	path, err := tree.Proof(part.offset + int(n-part.first))
	return protocol.Inclusion{Seq: part.of.Seq, Root: tree.Root(), Path: path}, err == nil, err
}

func (l *Ledger) partOf(id protocol.RequestID) (*landedPart, uint64, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.flush(); err != nil {
		return nil, 0, err
	}
	done := l.book.done[id]
	if done == nil {
		return nil, 0, nil
	}
	n := done.Receipt.RSeq
	for _, part := range l.book.sessions[done.Receipt.SessionID].landed {
		if part.first <= n && n <= part.last {
			return &part, n, nil
		}
	}
	return nil, 0, nil
}
