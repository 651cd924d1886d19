package gateway

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// bills are receipts as the client has them, made of requests' costs.
type bills struct {
	mu   sync.Mutex
	list []client.ReceiptEntry
}

func (b *bills) all() ([]client.ReceiptEntry, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.list), nil
}

func (b *bills) add(id protocol.RequestID, cost protocol.Amount) {
	b.mu.Lock()
	defer b.mu.Unlock()
	e := client.ReceiptEntry{RequestID: id}
	e.Receipt.Cost = cost
	b.list = append(b.list, e)
}

func newSpending(t interface{ Fatal(...any) }, path string, b *bills) *spending {
	s, err := openSpending(path, b.all, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// total is what counts against a key's budget.
func (s *spending) total(id KeyID) protocol.Amount {
	s.mu.Lock()
	defer s.mu.Unlock()
	sum := s.spent[id]
	for _, h := range s.held {
		if h.key == id {
			sum = sum.AddCapped(h.most)
		}
	}
	return sum
}

// However many requests run at once, what they cost and may cost stays within the budget, over restarts too; and what is
// free after the last is not held back.
func TestRequestsAtOnceStayWithinTheBudget(t *testing.T) {
	dir := t.TempDir()
	runs := 0
	rapid.Check(t, func(t *rapid.T) {
		runs++
		path := filepath.Join(dir, fmt.Sprint(runs), spentFile)
		budget := rapid.Uint64Range(1, 1000).Draw(t, "budget")
		key := &Key{Name: "app", ID: KeyID{1}, Budget: protocol.Units(budget)}
		b := &bills{}
		s := newSpending(t, path, b)
		var (
			mu    sync.Mutex
			cost  uint64 // billed, whether anybody here was told or not
			allow uint64 // the worst cases of others that were let through
		)
		for round := range rapid.IntRange(1, 3).Draw(t, "rounds") {
			var all sync.WaitGroup
			for i := range rapid.IntRange(1, 12).Draw(t, "requests") {
				most := rapid.Uint64Range(1, 300).Draw(t, "most")
				bill := rapid.Uint64Range(0, most).Draw(t, "bill")
				end := rapid.SampledFrom([]string{"paid", "free", "left", "late"}).Draw(t, "end")
				id := protocol.RequestID{byte(round), byte(i)}
				all.Go(func() {
					err := s.pay(key, id, protocol.Units(most))
					if short := (*BudgetError)(nil); errors.As(err, &short) {
						return
					}
					mu.Lock()
					defer mu.Unlock()
					if err != nil {
						t.Error(err)
						return
					}
					allow += most
					if cost+allow > budget {
						t.Errorf("%d billed and %d allowed, of %d", cost, allow, budget)
					}
					switch end {
					case "paid":
						b.add(id, protocol.Units(bill))
						cost, allow = cost+bill, allow-most
						s.paid(id, protocol.Units(bill))
					case "free":
						allow -= most
						s.paid(id, protocol.Amount{})
					case "late": // nobody here is told
						b.add(id, protocol.Units(bill))
						cost, allow = cost+bill, allow-most
					}
				})
			}
			all.Wait()
			if counted := s.total(key.ID); counted.Cmp(protocol.Units(budget)) > 0 || counted.Cmp(protocol.Units(cost)) < 0 {
				t.Fatalf("%s counted of %d, %d billed", counted, budget, cost)
			}
			if rapid.Bool().Draw(t, "restart") {
				_ = s.close()
				s = newSpending(t, path, b)
			}
		}
		_ = s.close()
	})
}

// Wherever a crash cuts the journal off, each request that was let through before counts, in full or as it was billed.
func TestSpendingAfterACrash(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, spentFile)
	key := &Key{Name: "app", ID: KeyID{7}, Budget: protocol.Units(1 << 40)}
	b := &bills{}
	s := newSpending(t, path, b)
	type let struct {
		size       int64 // of the journal when the request was let through
		cost, most protocol.Amount
	}
	var through []let
	for i := range 6 {
		id := protocol.RequestID{byte(i + 1)}
		l := let{most: protocol.Units(uint64(100 + i)), cost: protocol.Units(uint64(40 + i))}
		if err := s.pay(key, id, l.most); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		l.size = info.Size()
		through = append(through, l)
		if i%3 != 2 {
			s.paid(id, l.cost)
		}
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before := s.total(key.ID)
	_ = s.close()
	for cut := range len(whole) + 1 {
		var least, most protocol.Amount
		for _, l := range through {
			if l.size <= int64(cut) {
				least = least.AddCapped(l.cost)
			}
			most = most.AddCapped(l.most)
		}
		at := filepath.Join(t.TempDir(), spentFile)
		if err := os.WriteFile(at, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second reads what the first wrote anew
			again := newSpending(t, at, b)
			if got := again.total(key.ID); got.Cmp(least) < 0 || got.Cmp(most) > 0 {
				t.Fatalf("cut at %d of %d: %s counted, want %s to %s", cut, len(whole), got, least, most)
			}
			if cut == len(whole) && again.total(key.ID) != before {
				t.Fatalf("%s counted, was %s", again.total(key.ID), before)
			}
			_ = again.close()
		}
	}
}

// A crash while the journal is written anew leaves the old one, or the new one whole.
func TestSpendingWhileItIsWrittenAnew(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, spentFile)
	key := &Key{Name: "app", ID: KeyID{7}, Budget: protocol.Units(1000)}
	b := &bills{}
	s := newSpending(t, path, b)
	for i := range 3 {
		if err := s.pay(key, protocol.RequestID{byte(i)}, protocol.Units(100)); err != nil {
			t.Fatal(err)
		}
	}
	s.paid(protocol.RequestID{0}, protocol.Units(30))
	_ = s.close()
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = newSpending(t, path, b).close()
	renewed, err := os.ReadFile(path)
	if err != nil || bytes.Equal(old, renewed) {
		t.Fatalf("%v: it was not written anew", err)
	}
	for cut := range len(renewed) + 1 { // the new one is not in its place before it is whole
		at := t.TempDir()
		if err := errors.Join(os.WriteFile(filepath.Join(at, spentFile), old, 0o600), os.WriteFile(filepath.Join(at, "."+spentFile+"-1.tmp"), renewed[:cut], 0o600)); err != nil {
			t.Fatal(err)
		}
		again := newSpending(t, filepath.Join(at, spentFile), b)
		if got := again.total(key.ID); got != protocol.Units(230) {
			t.Fatalf("cut at %d: %s", cut, got)
		}
		_ = again.close()
		if left, _ := filepath.Glob(filepath.Join(at, ".*.tmp")); len(left) > 0 {
			t.Fatalf("left over: %v", left)
		}
	}
}

// What cannot be read is not taken for nothing.
func TestSpendingThatIsDamaged(t *testing.T) {
	id, key := strings.Repeat("01", 16), strings.Repeat("02", 32)
	for name, line := range map[string]string{
		"not JSON":          "rubbish",
		"another field":     `{"key":"` + key + `","spend":"5"}`,
		"nothing":           `{}`,
		"a bill of nothing": `{"request":"` + id + `","cost":"5"}`,
		"no amount":         `{"key":"` + key + `","spent":"-5"}`,
		"a short key":       `{"key":"0202","spent":"5"}`,
		"too long":          strings.Repeat(" ", maxSpendLine+1),
	} {
		path := filepath.Join(t.TempDir(), spentFile)
		if err := os.WriteFile(path, []byte(line+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := openSpending(path, (&bills{}).all, time.Now); err == nil || !strings.Contains(err.Error(), "line 1") {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := ReadSpent(filepath.Dir(path)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
}

// A request that is signed again counts once, as the dearest that was signed.
func TestRequestThatIsSignedAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), spentFile)
	key := &Key{Name: "app", ID: KeyID{7}, Budget: protocol.Units(100)}
	s := newSpending(t, path, &bills{})
	id := protocol.RequestID{1}
	for _, most := range []uint64{40, 60, 50} {
		if err := s.pay(key, id, protocol.Units(most)); err != nil || s.total(key.ID).Cmp(protocol.Units(most)) < 0 {
			t.Fatal(err)
		}
	}
	short := (*BudgetError)(nil)
	if err := s.pay(key, id, protocol.Units(101)); !errors.As(err, &short) || short.Left != key.Budget {
		t.Error(err)
	}
	if err := s.pay(key, protocol.RequestID{2}, protocol.Units(41)); !errors.As(err, &short) || short.Left != protocol.Units(40) || short.Held != protocol.Units(60) {
		t.Errorf("%v", err)
	}
	_ = s.close()
	if s = newSpending(t, path, &bills{}); s.total(key.ID) != protocol.Units(60) {
		t.Error(s.total(key.ID))
	}
	_ = s.close()
	if err := s.pay(key, protocol.RequestID{3}, protocol.Units(1)); err == nil {
		t.Error("paid after its end")
	}
}
