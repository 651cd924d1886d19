package gateway

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// hold is the worst case of a request of a key's whose bill is not known.
type hold struct {
	key  KeyID
	most protocol.Amount
}

// spending is what keys with a budget have spent, and may yet. Before a request is signed its worst case is on disk, and
// stands until its receipt does: a crash, or a pod that never tells, has too much counted and never too little.
type spending struct {
	path string
	// receipts are all that the client has verified, those too that came without their answers.
	receipts func() ([]client.ReceiptEntry, error)
	now      func() time.Time

	mu     sync.Mutex
	file   *os.File // nil before the first entry
	failed error    // the file may end in half a line, or in what is not on disk: nothing more is written
	spent  map[KeyID]protocol.Amount
	held   map[protocol.RequestID]hold
	looked time.Time // for receipts
	last   uint64    // entry that was written

	syncing sync.Mutex
	synced  uint64 // entry that is on disk
}

// spendEntry is a line of the journal: a request's worst case, its bill, or what a key had spent when the journal was
// written anew.
type spendEntry struct {
	Key     *KeyID              `json:"key,omitempty"`
	Request *protocol.RequestID `json:"request,omitempty"`
	Most    *protocol.Amount    `json:"most,omitempty"`
	Cost    *protocol.Amount    `json:"cost,omitempty"`
	Spent   *protocol.Amount    `json:"spent,omitempty"`
}

// BudgetError says that a request could take a key past its budget.
type BudgetError struct {
	Name string
	Need protocol.Amount // the request's worst case
	Left protocol.Amount // neither spent nor held for requests on their way
	Held protocol.Amount // for requests whose bill is not known
}

func (e *BudgetError) Error() string {
	waiting := ""
	if !e.Held.IsZero() {
		waiting = fmt.Sprintf(", and %s are held for requests whose bill is not known yet", e.Held.Tokens())
	}
	return fmt.Sprintf("key %s: the request may cost %s tokens, and %s are left of the key's budget%s: ask for fewer tokens, or whoever runs the gateway for a key with more",
		e.Name, e.Need.Tokens(), e.Left.Tokens(), waiting)
}

// openSpending reads what was spent and writes the journal anew, without what it says twice.
func openSpending(path string, receipts func() ([]client.ReceiptEntry, error), now func() time.Time) (*spending, error) {
	s := &spending{path: path, receipts: receipts, now: now}
	var whole bool
	var err error
	if s.spent, s.held, whole, err = readSpending(path); err != nil {
		return nil, err
	}
	if !whole && len(s.spent)+len(s.held) == 0 {
		return s, nil
	}
	if err := s.rewrite(); err != nil {
		return nil, fmt.Errorf("what keys have spent: %w", err)
	}
	if len(s.held) > 0 {
		if err := s.look(); err != nil {
			return nil, errors.Join(err, s.close())
		}
	}
	return s, nil
}

// pay holds the worst case of a request, and returns once that is on disk.
func (s *spending) pay(k *Key, id protocol.RequestID, most protocol.Amount) error {
	entry, err := s.reserve(k, id, most)
	if short := (*BudgetError)(nil); errors.As(err, &short) && !short.Held.IsZero() && s.lookAgain() {
		entry, err = s.reserve(k, id, most)
	}
	if err != nil {
		return err
	}
	return s.sync(entry)
}

func (s *spending) reserve(k *Key, id protocol.RequestID, most protocol.Amount) (entry uint64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return 0, s.failed
	}
	most = protocol.MaxAmountOf(most, s.held[id].most) // what was signed before stands
	held := s.heldFor(k.ID, id)
	if left := k.Budget.SubDown(s.spent[k.ID].AddCapped(held)); most.Cmp(left) > 0 {
		return 0, &BudgetError{Name: k.Name, Need: most, Left: left, Held: held}
	}
	if err := s.write(spendEntry{Key: &k.ID, Request: &id, Most: &most}); err != nil {
		return 0, err
	}
	s.held[id] = hold{k.ID, most}
	return s.last, nil
}

// heldFor is what is held for a key's requests but one. Callers hold mu.
func (s *spending) heldFor(key KeyID, but protocol.RequestID) (held protocol.Amount) {
	for id, h := range s.held {
		if h.key == key && id != but {
			held = held.AddCapped(h.most)
		}
	}
	return held
}

// left is what a key may still ask for: neither spent nor held.
func (s *spending) left(k *Key) protocol.Amount {
	s.mu.Lock()
	defer s.mu.Unlock()
	return k.Budget.SubDown(s.spent[k.ID].AddCapped(s.heldFor(k.ID, protocol.RequestID{})))
}

// paid ends the hold of a request whose bill is known. It may get lost in a crash, after which the receipt is found again.
func (s *spending) paid(id protocol.RequestID, cost protocol.Amount) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settle(id, cost)
}

func (s *spending) settle(id protocol.RequestID, cost protocol.Amount) {
	h, ok := s.held[id]
	if !ok || s.failed != nil || s.write(spendEntry{Request: &id, Cost: &cost}) != nil {
		return // it counts in full
	}
	delete(s.held, id)
	s.spent[h.key] = s.spent[h.key].AddCapped(cost)
}

// lookEvery is the shortest time between two looks through all receipts.
const lookEvery = 30 * time.Second

// lookAgain looks for receipts that came later, unless that was done just now.
func (s *spending) lookAgain() bool {
	s.mu.Lock()
	recent := s.now().Sub(s.looked) < lookEvery
	s.mu.Unlock()
	return !recent && s.look() == nil
}

// look has requests whose receipts are there count what they cost. A request without stays held in full: that its pod has
// not billed it so far does not say that it never will.
func (s *spending) look() error {
	s.mu.Lock()
	s.looked = s.now()
	s.mu.Unlock()
	receipts, err := s.receipts()
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range receipts {
		s.settle(r.RequestID, r.Receipt.Cost)
	}
	return nil
}

// close ends it: nothing more can be held.
func (s *spending) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = fmt.Errorf("what keys have spent: %s is closed", filepath.Base(s.path))
	}
	if s.file == nil {
		return nil
	}
	return s.file.Close()
}
