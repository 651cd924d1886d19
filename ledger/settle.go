package ledger

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/phallama/phallama/protocol"
)

// Settlement is a batch for the escrow and the receipts under its root, in the root's order.
type Settlement struct {
	protocol.Batch
	Receipts []protocol.Receipt
}

// Batch is what there is to settle, at most maxRows rows (0, or above MaxRows: MaxRows); false: nothing. The first call
// fixes rows and receipts on disk, and later ones return the same until the chain's word (Settled, or facts with its
// LastSeq) is that the batch has landed: whatever was lost on the way, the operator gets the same thing to send again.
// Only keyConfig is the caller's of the moment. A row that the escrow skipped comes again in a later batch, since its
// session's claim has not grown.
func (l *Ledger) Batch(keyConfig protocol.Hash, maxRows int) (Settlement, bool, error) {
	return l.BatchFor(keyConfig, protocol.BatchRequest{MaxRows: maxRows})
}

// BatchFor is Batch, without the sessions that ask leaves out, and able to replace a batch that cannot be sent. The
// replacement has the same number, so that at most one of the two can land. It holds rows of the first only, unless all of
// those are left out: whichever lands, no receipt counts as settled that is not under its root.
func (l *Ledger) BatchFor(keyConfig protocol.Hash, ask protocol.BatchRequest) (Settlement, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.group.failed != nil {
		return Settlement{}, false, l.group.failed
	}
	if ask.MaxRows <= 0 || ask.MaxRows > MaxRows {
		ask.MaxRows = MaxRows
	}
	var p *batch
	switch pending := l.book.pending; {
	case pending == nil:
		p = l.nextBatch(ask)
	case pending.Seq == ask.Replace:
		if p = pending.fewer(ask); len(p.Rows) == 0 {
			p = l.nextBatch(ask)
		}
		if len(p.Rows) == len(pending.Rows) && p.Rows[0].Session == pending.Rows[0].Session {
			p = nil // as it was
		}
	}
	if p != nil {
		if len(p.Rows) == 0 {
			return Settlement{}, false, nil
		}
		if err := l.write(record{Batch: p}); err != nil {
			return Settlement{}, false, err
		}
		for _, row := range p.Rows {
			l.book.sessions[row.Session].batchedAt = l.now()
		}
	}
	out := l.settlement(l.book.pending, keyConfig)
	if err := l.flush(); err != nil {
		return Settlement{}, false, err
	}
	return out, true, nil
}

// Settled takes in that a batch is final on chain, and what its sessions have paid by now.
func (l *Ledger) Settled(s protocol.Settled) (Effect, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	effect := Replayed
	switch p := l.book.pending; {
	case p != nil && s.Seq == p.Seq:
		effect = Applied
	case s.Seq > l.book.lastSeq:
		effect = Foreign
	}
	if _, err := l.learn(s.Sessions, max(s.Seq, l.book.lastSeq)); err != nil {
		return "", err
	}
	if err := l.prune(); err != nil {
		return "", err
	}
	if err := l.flush(); err != nil {
		return "", err
	}
	return effect, nil
}

// fewer are the rows of a batch that ask wants.
func (p *batch) fewer(ask protocol.BatchRequest) *batch {
	out := &batch{Seq: p.Seq}
	for _, row := range p.Rows {
		if len(out.Rows) < ask.MaxRows && !slices.Contains(ask.Without, row.Session) {
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// Owing is how many sessions owe something that the escrow would pay, and when the first of them expires; 0: none.
func (l *Ledger) Owing() (sessions int, until uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.book.sessions {
		if s.owes(l.now()) {
			if sessions++; sessions == 1 || s.Expiry < until {
				until = s.Expiry
			}
		}
	}
	return sessions, until
}

func (s *session) owes(now uint64) bool { return s.alive(now) && s.payable().Cmp(s.Claimed) > 0 }

// nextBatch takes the sessions that owe something and whose charges may be shown, those nearest their end first.
func (l *Ledger) nextBatch(ask protocol.BatchRequest) *batch {
	var owing []*session
	now := l.now()
	for _, s := range l.book.sessions {
		if s.owes(now) && l.mayShow(s.batchedAt, now) && !slices.Contains(ask.Without, s.id) {
			owing = append(owing, s)
		}
	}
	slices.SortFunc(owing, func(x, y *session) int {
		return cmp.Or(cmp.Compare(x.Expiry, y.Expiry), bytes.Compare(x.id[:], y.id[:]))
	})
	p := &batch{Seq: l.book.lastSeq + 1}
	for _, s := range owing[:min(len(owing), ask.MaxRows)] {
		p.Rows = append(p.Rows, batchRow{Session: s.id, Charged: s.payable(), Voucher: s.Best, FirstRSeq: s.SettledRSeq + 1, LastRSeq: s.RSeq})
	}
	return p
}

// mayShow tells whether what was shown at a time may be shown anew. A clock that was set back holds nothing up.
func (l *Ledger) mayShow(at, now uint64) bool {
	return at == 0 || now < at || now-at >= uint64(l.cfg.PublishEvery.Seconds())
}

func (l *Ledger) settlement(p *batch, keyConfig protocol.Hash) Settlement {
	out := Settlement{Batch: protocol.Batch{Pod: l.cfg.Pod, Seq: p.Seq, KeyConfigHash: keyConfig}}
	var leaves []protocol.Hash
	for _, r := range p.Rows {
		s := l.book.sessions[r.Session]
		out.Rows = append(out.Rows, protocol.Row{Session: s.Key, Charged: r.Charged, Voucher: r.Voucher.Voucher, Signature: r.Voucher.Signature})
		for _, done := range s.between(r.FirstRSeq, r.LastRSeq) {
			out.Receipts = append(out.Receipts, done.Receipt)
			leaves = append(leaves, done.Receipt.HashStruct())
		}
	}
	out.ReceiptsRoot = protocol.ReceiptsRoot(leaves)
	return out
}

// prune forgets settled batches past Retention, receipts past it that are settled or never will be, all but what a
// living session keeps, and sessions that are over and have nothing left.
func (l *Ledger) prune() error {
	now := l.now()
	if n := l.book.outdated(now); n > 0 {
		if err := l.write(record{Unland: n}); err != nil {
			return err
		}
	}
	for _, s := range l.book.sessions {
		through := l.book.droppable(s, now)
		forget := l.book.forgettable(s, now, through)
		if through == 0 && !forget {
			continue
		}
		if err := l.write(record{Drop: &drop{Session: s.id, Through: through, Forget: forget}}); err != nil {
			return err
		}
	}
	return nil
}
