package ledger

import (
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// book is the state in RAM. All of it but running reservations follows from the log: apply is the only way to change
// it, for a verb as for a replay.
type book struct {
	sessions map[protocol.Hash]*session
	done     map[protocol.RequestID]*billed
	running  map[protocol.RequestID]*reservation
	pending  *batch // fixed and not yet landed
	lastSeq  uint64 // of the chain
	landed   []*landed
}

// session's exported fields are its form in a rewritten log.
type session struct {
	Key     protocol.SessionKey    `json:"key"`
	Cap     protocol.Amount        `json:"cap"`
	TopCap  protocol.Amount        `json:"topCap"` // highest Cap learnt: a reorganised chain can take a top-up back
	Claimed protocol.Amount        `json:"claimed"`
	Charged protocol.Amount        `json:"charged"`
	Lifted  protocol.Amount        `json:"lifted"` // the part of Charged that only claims vouch for: nothing metered, nothing acknowledged
	Expiry  uint64                 `json:"expiry"`
	Closing bool                   `json:"closing,omitempty"`
	Best    protocol.SignedVoucher `json:"best"`  // of the highest ceiling, then the highest acked; zero: none
	Acked   protocol.SignedVoucher `json:"acked"` // of the highest acked, then the highest ceiling; zero: none
	RSeq    uint64                 `json:"rseq"`  // of the last receipt
	Closed  bool                   `json:"closed,omitempty"`
	Final   protocol.Amount        `json:"final"` // with Closed: the most that is claimed in all

	SettledRSeq uint64 `json:"settledRSeq"` // of the last receipt under a root that has landed

	id       protocol.Hash
	receipts []*billed    // the latest ones, by RSeq without gaps
	landed   []landedPart // its part of settled batches that are kept, by RSeq
	reserved protocol.Amount
	running  int

	// What the host was shown, and when (Config.PublishEvery); not durable.
	batchedAt, exportedAt uint64
	exported              protocol.SignedVoucher
}

// billed is a request's receipt, under the id by which its client asks for it.
type billed struct {
	ID      protocol.RequestID `json:"id"`
	At      uint64             `json:"at"` // Unix seconds
	Receipt protocol.Receipt   `json:"receipt"`
}

type reservation struct {
	session *session
	hash    protocol.Hash
	maxCost protocol.Amount
}

type batch struct {
	Seq  uint64     `json:"seq"`
	Rows []batchRow `json:"rows"`

	of map[protocol.Hash]*batchRow // by session
}

type batchRow struct {
	Session   protocol.Hash          `json:"session"`
	Charged   protocol.Amount        `json:"charged"`
	Voucher   protocol.SignedVoucher `json:"voucher"`
	FirstRSeq uint64                 `json:"first"` // the row's receipts
	LastRSeq  uint64                 `json:"last"`
}

func newBook() *book {
	return &book{
		sessions: map[protocol.Hash]*session{},
		done:     map[protocol.RequestID]*billed{},
		running:  map[protocol.RequestID]*reservation{},
	}
}

// apply brings one record into the book; its error means that the record cannot follow those before it.
func (b *book) apply(r record) error {
	switch {
	case r.Facts != nil:
		return b.applyFacts(*r.Facts)
	case r.Admit != nil:
		s := b.sessions[r.Admit.SessionID]
		if s == nil {
			return fmt.Errorf("voucher of unknown session %s", r.Admit.SessionID.Short())
		}
		if s.Closed {
			return fmt.Errorf("voucher of closed session %s", s.id.Short())
		}
		s.take(*r.Admit)
	case r.Commit != nil:
		return b.applyCommit(r.Commit)
	case r.Close != nil:
		s := b.sessions[r.Close.Session]
		if s == nil || s.Closed || s.running > 0 {
			return fmt.Errorf("closing of session %s, which is unknown, closed or in use", r.Close.Session.Short())
		}
		s.Closed, s.Final = true, r.Close.Final
	case r.Batch != nil:
		if b.pending != nil && b.pending.Seq != r.Batch.Seq { // one of the same number replaces it
			return fmt.Errorf("batch %d while batch %d is pending", r.Batch.Seq, b.pending.Seq)
		}
		r.Batch.of = make(map[protocol.Hash]*batchRow, len(r.Batch.Rows))
		for i, row := range r.Batch.Rows {
			if b.sessions[row.Session] == nil {
				return fmt.Errorf("batch row of unknown session %s", row.Session.Short())
			}
			r.Batch.of[row.Session] = &r.Batch.Rows[i]
		}
		b.pending = r.Batch
	case r.Drop != nil:
		s := b.sessions[r.Drop.Session]
		if s == nil {
			return fmt.Errorf("drop from unknown session %s", r.Drop.Session.Short())
		}
		for len(s.receipts) > 0 && s.receipts[0].Receipt.RSeq <= r.Drop.Through {
			delete(b.done, s.receipts[0].ID)
			s.receipts = s.receipts[1:]
		}
		if s.landedFrom() <= r.Drop.Through {
			return fmt.Errorf("drops receipts of session %s that a settled batch is proven with", s.id.Short())
		}
		if r.Drop.Forget {
			if len(s.receipts) > 0 || b.pendingRow(s) != nil {
				return fmt.Errorf("forgets session %s, which is still in use", s.id.Short())
			}
			delete(b.sessions, s.id)
		}
	case r.Session != nil:
		s := *r.Session
		s.id = s.Key.ID()
		if b.sessions[s.id] != nil {
			return fmt.Errorf("session %s twice", s.id.Short())
		}
		b.sessions[s.id] = &s
	case r.Kept != nil:
		return b.keep(r.Kept)
	case r.Landed != nil:
		return b.land(r.Landed)
	case r.Unland > 0:
		return b.unland(r.Unland)
	default:
		return fmt.Errorf("empty record")
	}
	return nil
}

// take brings a voucher in. Vouchers of parallel requests come in any order, and the one that covers most need not be
// the one that acknowledges most: the first is for the escrow's settle, the second for its settleAcked.
func (s *session) take(v protocol.SignedVoucher) {
	s.Charged = protocol.MaxAmountOf(s.Charged, v.Acked)
	s.Lifted = protocol.MinAmount(s.Lifted, s.Charged.SubDown(v.Acked))
	if c := v.Ceiling.Cmp(s.Best.Ceiling); c > 0 || c == 0 && v.Acked.Cmp(s.Best.Acked) >= 0 {
		s.Best = v
	}
	if c := v.Acked.Cmp(s.Acked.Acked); c > 0 || c == 0 && v.Ceiling.Cmp(s.Acked.Ceiling) >= 0 {
		s.Acked = v
	}
}

func (b *book) applyFacts(c chainFacts) error {
	for _, f := range c.Sessions {
		s := b.sessions[f.ID()]
		if s == nil {
			s = &session{Key: f.SessionKey, id: f.ID()}
			b.sessions[s.id] = s
		}
		s.Cap, s.Expiry, s.Closing = f.Cap, f.Expiry, f.Closing
		s.TopCap = protocol.MaxAmountOf(s.TopCap, f.Cap)
		s.Claimed = protocol.MaxAmountOf(s.Claimed, f.Claimed)
		if lift := s.Claimed.SubDown(s.Charged); !lift.IsZero() {
			s.Charged = s.Claimed
			lifted, err := s.Lifted.Add(lift)
			if err != nil {
				return fmt.Errorf("session %s: %w", s.id.Short(), err)
			}
			s.Lifted = lifted
		}
	}
	if c.LastSeq == 0 {
		return nil
	}
	b.lastSeq = c.LastSeq
	switch p := b.pending; {
	case p == nil:
	case p.Seq <= c.LastSeq:
		if err := b.land(b.landing(p, c.At)); err != nil {
			return err
		}
		for _, row := range p.Rows {
			s := b.sessions[row.Session]
			s.SettledRSeq = max(s.SettledRSeq, row.LastRSeq)
		}
		b.pending = nil
	default:
		p.Seq = c.LastSeq + 1 // as after a reorganisation: the escrow takes no other number
	}
	return nil
}

func (b *book) applyCommit(c *billed) error {
	s := b.sessions[c.Receipt.SessionID]
	if s == nil {
		return fmt.Errorf("receipt of unknown session %s", c.Receipt.SessionID.Short())
	}
	if s.Closed {
		return fmt.Errorf("receipt of closed session %s", s.id.Short())
	}
	charged, err := s.Charged.Add(c.Receipt.Cost)
	if err != nil || charged != c.Receipt.Charged || c.Receipt.RSeq != s.RSeq+1 {
		return fmt.Errorf("receipt %d of session %s does not follow receipt %d", c.Receipt.RSeq, s.id.Short(), s.RSeq)
	}
	s.Charged, s.RSeq = charged, c.Receipt.RSeq
	return b.keep(c)
}

func (b *book) keep(c *billed) error {
	s := b.sessions[c.Receipt.SessionID]
	switch {
	case s == nil:
		return fmt.Errorf("receipt of unknown session %s", c.Receipt.SessionID.Short())
	case b.done[c.ID] != nil:
		return fmt.Errorf("invariant 10: receipt %d of session %s bills a request a second time", c.Receipt.RSeq, s.id.Short())
	}
	b.done[c.ID] = c
	s.receipts = append(s.receipts, c)
	return nil
}

func (b *book) reserve(id protocol.RequestID, s *session, hash protocol.Hash, maxCost protocol.Amount) {
	s.reserved, _ = s.reserved.Add(maxCost) // admit has added these before
	s.running++
	b.running[id] = &reservation{session: s, hash: hash, maxCost: maxCost}
}

func (b *book) release(id protocol.RequestID) bool {
	r := b.running[id]
	if r == nil {
		return false
	}
	r.session.reserved = r.session.reserved.SubDown(r.maxCost)
	r.session.running--
	delete(b.running, id)
	return true
}

// droppable is the RSeq through which a session's receipts may be forgotten: older than Retention, not in the pending
// batch nor in a settled one that is kept, and either under a root, or paid, or never to be paid. A living session keeps
// its last receipt, and those that its client has not acknowledged: it may be away, and its totals need every one of
// them. AckGrace keeps these few.
func (b *book) droppable(s *session, now uint64) (through uint64) {
	keep := 1
	if !s.alive(now) {
		keep = 0
	}
	for _, c := range s.receipts[:max(0, len(s.receipts)-keep)] {
		n := c.Receipt.RSeq
		if now < c.At+uint64(Retention.Seconds()) ||
			keep == 1 && (n > s.SettledRSeq && c.Receipt.Charged.Cmp(s.Claimed) > 0 || c.Receipt.Charged.Cmp(s.Best.Acked) > 0) {
			break
		}
		if row := b.pendingRow(s); row != nil && n >= row.FirstRSeq || n >= s.landedFrom() {
			break
		}
		through = n
	}
	return through
}

// forgettable tells whether a session will have no receipts left after through, is over, and can be forgotten: its id
// never recurs.
func (b *book) forgettable(s *session, now, through uint64) bool {
	return !s.alive(now) && now >= s.Expiry+uint64(Retention.Seconds()) && s.running == 0 && b.pendingRow(s) == nil &&
		(len(s.receipts) == 0 || s.RSeq <= through)
}

func (b *book) pendingRow(s *session) *batchRow {
	if b.pending == nil {
		return nil
	}
	return b.pending.of[s.id]
}

// check is the list of invariants; the numbers are those of docs/spec/billing.md.
func (b *book) check() error {
	receipts, reservations := 0, 0
	for id, s := range b.sessions {
		fail := func(format string, args ...any) error {
			return fmt.Errorf("session %s: %s", id.Short(), fmt.Sprintf(format, args...))
		}
		if s.Claimed.Cmp(s.Charged) > 0 {
			return fail("invariant 9: claimed %s is above charged %s", s.Claimed, s.Charged)
		}
		// What only claims vouch for was signed for in a past that this book has lost, and nothing is claimed for it; the
		// rest stands under a voucher it has.
		ours, err := s.Charged.Sub(s.Lifted)
		if err != nil {
			return fail("lifted %s is above charged %s", s.Lifted, s.Charged)
		}
		if ours, err = ours.Add(s.reserved); err != nil || ours.Cmp(protocol.MinAmount(s.Best.Ceiling, s.TopCap)) > 0 {
			return fail("invariant 9: charged %s (lifted %s) and reserved %s are above ceiling %s or cap %s", s.Charged, s.Lifted, s.reserved, s.Best.Ceiling, s.TopCap)
		}
		for _, v := range []protocol.SignedVoucher{s.Best, s.Acked} {
			if !v.SessionID.IsZero() && v.SessionID != id {
				return fail("has a voucher of session %s", v.SessionID.Short())
			}
		}
		if s.Best.SessionID.IsZero() != s.Acked.SessionID.IsZero() || s.Best.Acked.Cmp(s.Acked.Acked) > 0 || s.Acked.Ceiling.Cmp(s.Best.Ceiling) > 0 {
			return fail("has vouchers of ceiling %s, acked %s and of ceiling %s, acked %s: not the best", s.Best.Ceiling, s.Best.Acked, s.Acked.Ceiling, s.Acked.Acked)
		}
		if s.Acked.Acked.Cmp(s.Charged.SubDown(s.Lifted)) > 0 {
			return fail("acked %s is above charged %s (lifted %s)", s.Acked.Acked, s.Charged, s.Lifted)
		}
		if s.Closed && (s.running > 0 || s.Final.Cmp(protocol.MinAmount(s.Best.Ceiling, s.Charged)) > 0) {
			return fail("closed at %s with %d requests running, charged %s, ceiling %s", s.Final, s.running, s.Charged, s.Best.Ceiling)
		}
		if s.SettledRSeq > s.RSeq {
			return fail("settled receipt %d is not written yet (%d)", s.SettledRSeq, s.RSeq)
		}
		for i, c := range s.receipts {
			r := c.Receipt
			if want := s.RSeq - uint64(len(s.receipts)-1-i); r.RSeq != want || r.SessionID != id {
				return fail("receipt %d stands where %d should", r.RSeq, want)
			}
			if b.done[c.ID] != c || b.running[c.ID] != nil {
				return fail("invariant 10: receipt %d: its request is billed twice or still running", r.RSeq)
			}
			before, err := r.Charged.Sub(r.Cost)
			if err != nil || i > 0 && before.Cmp(s.receipts[i-1].Receipt.Charged) < 0 || r.Charged.Cmp(s.Charged) > 0 {
				return fail("receipt %d: total %s does not follow", r.RSeq, r.Charged)
			}
		}
		var reserved protocol.Amount
		running := 0
		for _, r := range b.running {
			if r.session == s {
				running++
				if reserved, err = reserved.Add(r.maxCost); err != nil {
					return fail("reserved: %v", err)
				}
			}
		}
		if running != s.running || reserved != s.reserved {
			return fail("%d requests with %s are running, booked are %d with %s", running, reserved, s.running, s.reserved)
		}
		receipts += len(s.receipts)
		reservations += running
	}
	if receipts != len(b.done) || reservations != len(b.running) {
		return fmt.Errorf("invariant 10: %d receipts for %d billed requests, %d reservations for %d running ones", receipts, len(b.done), reservations, len(b.running))
	}
	if err := b.checkLanded(); err != nil {
		return err
	}
	if p := b.pending; p != nil && p.Seq != b.lastSeq+1 {
		return fmt.Errorf("batch %d is pending after batch %d", p.Seq, b.lastSeq)
	}
	return nil
}

// alive: the escrow still settles rows of the session.
func (s *session) alive(now uint64) bool { return !s.Cap.IsZero() && now <= s.Expiry }

// payable is the total that this pod claims: what was metered or acknowledged, as far as the escrow would accept a row for
// it. What only a claim vouches for is left out, because the host says what was claimed: a lie would bill the user for the
// difference.
func (s *session) payable() protocol.Amount {
	most := protocol.MinAmount(s.Best.Ceiling, s.Cap)
	if s.Closed {
		most = protocol.MinAmount(most, s.Final)
	}
	return protocol.MinAmount(s.Charged.SubDown(s.Lifted), most)
}

// acknowledged is the total that the escrow would pay by the signer's word alone.
func (s *session) acknowledged() protocol.Amount { return protocol.MinAmount(s.Acked.Acked, s.Cap) }

// chargedBefore is what was charged without the receipts younger than AckGrace.
func (s *session) chargedBefore(now uint64) protocol.Amount {
	old := s.Charged
	for i := len(s.receipts) - 1; i >= 0 && now < s.receipts[i].At+uint64(AckGrace.Seconds()); i-- {
		old = old.SubDown(s.receipts[i].Receipt.Cost)
	}
	return old
}

// differs tells whether a fact says anything new.
func (s *session) differs(f protocol.SessionFact) bool {
	return f.Cap != s.Cap || f.Expiry != s.Expiry || f.Closing != s.Closing || f.Claimed.Cmp(s.Claimed) > 0
}

func sum(parts ...protocol.Amount) (total protocol.Amount, err error) {
	for _, p := range parts {
		if total, err = total.Add(p); err != nil {
			return total, err
		}
	}
	return total, nil
}
