package client

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/phallama/phallama/protocol"
)

// session is one lock of the owner's money for one pod, and what was signed against it.
type session struct {
	key    protocol.SessionKey
	signer protocol.Key

	cap    protocol.Amount      // locked, as the chain last showed it; zero before it did
	expiry uint64               // of the lock, or of the order that is to make it
	order  *protocol.SignedOpen // signed, and not seen executed yet

	// ceiling is the highest that was signed: the pod may have that much whatever happens.
	ceiling protocol.Amount
	open    map[protocol.RequestID]*openRequest
	book    book

	receipts int                              // on disk
	unproven map[protocol.RequestID]*unproven // those of them without a proof that they are settled

	version uint64 // counts how often it was put into the form of its file
	unsure  bool   // an earlier process may have sent what is not on disk; its pod is asked where it stands

	base       *base     // its book begins there; nil: at its first receipt
	lost       bool      // found on chain again: it is not used before its pod says where it stands
	learnAfter time.Time // no use in asking the pod before

	suspect   string // why nothing more is paid in it
	closing   bool   // and the chain was asked to close it, or has
	notClosed string // why it was not
	ended     string // why it is no longer of use
	left      bool   // it ended at our own wish
	leaving   bool   // it is about to: no new request begins in it
}

// openRequest is a request that a voucher was signed for and whose bill is not known. It is on disk before any of its
// answer is given out, and until its receipt is.
type openRequest struct {
	ID          protocol.RequestID `json:"id"`
	RequestHash protocol.Hash      `json:"requestHash"`
	MaxCost     protocol.Amount    `json:"maxCost"`
	Offer       protocol.Offer     `json:"offer"`
	MaxUsage    protocol.Usage     `json:"maxUsage"`
	Identity    protocol.Address   `json:"identity"`           // that the request was sealed for
	KeyConfig   protocol.Hash      `json:"keyConfig,omitzero"` // and to which key of it, by hashStruct
	Sent        time.Time          `json:"sent"`

	live     bool                    // its answer is awaited in this process
	askAfter time.Time               // no use in asking for its receipt before
	receipt  *protocol.SignedReceipt // came while the answer was still on its way
}

// book is what a session was charged, receipt by receipt. Receipts come in any order; those beyond a gap wait in ahead.
type book struct {
	seq     uint64          // receipts 1 to seq are all known
	charged protocol.Amount // by those
	ahead   map[uint64]protocol.Receipt

	signers  []protocol.Address          // of receipts up to seq, and of all before a restart
	aheadBy  map[uint64]protocol.Address // who signed those ahead
	restarts int                         // how often the numbers began again

	// Receipts up to baseSeq came to baseCharged in all; not each of them is known.
	baseSeq     uint64
	baseCharged protocol.Amount
}

// total is the sum of all known receipts.
func (b *book) total() protocol.Amount {
	sum := b.charged
	for _, r := range b.ahead {
		sum = sum.AddCapped(r.Cost)
	}
	return sum
}

// gaps is how many receipts are missing among the known ones.
func (b *book) gaps() (n uint64) {
	if len(b.ahead) == 0 {
		return 0
	}
	return slices.Max(slices.Collect(maps.Keys(b.ahead))) - b.seq - uint64(len(b.ahead))
}

// fieldError says what in a receipt is not as it must be.
type fieldError struct{ field, want, got string }

func (e *fieldError) Error() string {
	return fmt.Sprintf("%s: expected %s, got %s", e.field, e.want, e.got)
}

func wrong(field string, want, got any) error {
	return &fieldError{field, fmt.Sprint(want), fmt.Sprint(got)}
}

// check holds a receipt's number and running total against the others: charged(n) = charged(n-1) + cost(n). What is
// missing in between has to be explained by requests whose bill is not known, each at most its maxCost.
func (b *book) check(r protocol.Receipt, unknown int, unknownMax protocol.Amount) error {
	if b.restarts == 0 && r.RSeq > 0 && r.RSeq <= b.baseSeq && r.Charged.Cmp(b.baseCharged) <= 0 {
		return nil // it is in there
	}
	if _, used := b.ahead[r.RSeq]; used || r.RSeq <= b.seq {
		return wrong("receipt number", "one not used before", r.RSeq)
	}
	below, next := protocol.Receipt{RSeq: b.seq, Charged: b.charged}, (*protocol.Receipt)(nil)
	top := r
	for _, n := range slices.Sorted(maps.Keys(b.ahead)) {
		other := b.ahead[n]
		switch {
		case n < r.RSeq:
			below = other
		case next == nil:
			next = &other
		}
		if n > top.RSeq {
			top = other
		}
	}
	if err := follows(below, r); err != nil {
		return err
	}
	if next != nil {
		if err := follows(r, *next); err != nil {
			return err
		}
	}
	if missing := top.RSeq - b.seq - uint64(len(b.ahead)) - 1; missing > uint64(unknown) {
		return wrong("receipt number", fmt.Sprintf("at most %d, as so many requests were made", top.RSeq-missing+uint64(unknown)), top.RSeq)
	}
	if most := b.total().AddCapped(r.Cost).AddCapped(unknownMax); top.Charged.Cmp(most) > 0 {
		return wrong("charged", "at most "+most.String()+", which the requests made can explain", top.Charged)
	}
	return nil
}

// place checks a receipt, and says whether its pod's numbers begin again with it: a pod that lost its ledger counts from 1,
// under an identity that has signed nothing here that is not ahead, and goes on from the total that we acknowledged. What
// it charged above that is its loss.
func (b *book) place(r protocol.Receipt, signer protocol.Address, unknown int, unknownMax protocol.Amount) (restart bool, err error) {
	if err = b.check(r, unknown, unknownMax); err == nil || slices.Contains(b.signers, signer) || len(b.signers)+len(b.aheadBy) == 0 {
		return false, err
	}
	again := b.again(signer)
	if again.check(r, unknown, unknownMax) != nil {
		return false, err
	}
	return true, nil
}

// again is the book after the numbers begin again under an identity. What it signed and was taken for receipts beyond a
// gap is of the new numbers.
func (b *book) again(signer protocol.Address) book {
	n := book{
		charged: b.charged, baseSeq: b.baseSeq, baseCharged: b.baseCharged, signers: slices.Clone(b.signers), restarts: b.restarts + 1,
		ahead: map[uint64]protocol.Receipt{}, aheadBy: map[uint64]protocol.Address{},
	}
	for number, r := range b.ahead {
		if by := b.aheadBy[number]; by == signer {
			n.ahead[number], n.aheadBy[number] = r, by
		} else {
			n.signed(by)
		}
	}
	return n
}

func (b *book) signed(by protocol.Address) {
	if !slices.Contains(b.signers, by) {
		b.signers = append(b.signers, by)
	}
}

// put books a receipt that place has accepted.
func (b *book) put(r protocol.Receipt, signer protocol.Address, restart bool) {
	if restart {
		*b = b.again(signer)
	}
	if b.aheadBy == nil {
		b.aheadBy = map[uint64]protocol.Address{}
	}
	b.aheadBy[r.RSeq] = signer
	b.add(r)
	for number, by := range b.aheadBy {
		if _, ahead := b.ahead[number]; !ahead {
			b.signed(by)
			delete(b.aheadBy, number)
		}
	}
}

// follows says whether a later receipt's total can stand after an earlier one's.
func follows(earlier, later protocol.Receipt) error {
	sum := earlier.Charged.AddCapped(later.Cost)
	if later.RSeq == earlier.RSeq+1 && later.Charged != sum {
		return wrong("charged", fmt.Sprintf("%s, after %s and a cost of %s", sum, earlier.Charged, later.Cost), later.Charged)
	}
	if later.Charged.Cmp(sum) < 0 {
		return wrong("charged", fmt.Sprintf("at least %s, after %s and a cost of %s", sum, earlier.Charged, later.Cost), later.Charged)
	}
	return nil
}

// add books a receipt that passed check.
func (b *book) add(r protocol.Receipt) {
	if b.restarts == 0 && r.RSeq <= b.baseSeq {
		return
	}
	if b.ahead == nil {
		b.ahead = map[uint64]protocol.Receipt{}
	}
	b.ahead[r.RSeq] = r
	for {
		next, ok := b.ahead[b.seq+1]
		if !ok {
			return
		}
		delete(b.ahead, next.RSeq)
		b.seq, b.charged = next.RSeq, next.Charged
	}
}

// owed is the most that the open requests may cost, but for one.
func (s *session) owed(but protocol.RequestID) (sum protocol.Amount, n int) {
	for id, o := range s.open {
		if id != but && o.receipt == nil {
			sum, n = sum.AddCapped(o.MaxCost), n+1
		}
	}
	return sum, n
}

// need is the lowest ceiling that covers all that was charged, all open requests, and this one.
func (s *session) need(id protocol.RequestID, maxCost protocol.Amount) protocol.Amount {
	owed, _ := s.owed(id)
	return s.book.total().AddCapped(owed).AddCapped(maxCost)
}

// promised is what will be locked once the order outstanding is executed.
func (s *session) promised() protocol.Amount {
	if s.order == nil {
		return s.cap
	}
	return s.cap.AddCapped(s.order.Cap)
}

// usable says whether new requests may be paid from the session.
func (s *session) usable(now uint64) bool {
	return s.suspect == "" && s.ended == "" && !s.lost && s.expiry > now+uint64(renewBefore.Seconds())
}
