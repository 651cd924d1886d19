package operator

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// SettleAcked moves what the rows acknowledge, as the escrow does; internal/devnet has the real one.
func (c *memChain) SettleAcked(ctx context.Context, pod protocol.Address, rows []protocol.AckedRow) (chain.Settlement, error) {
	s := chain.Settlement{Pod: pod, Rows: len(rows)}
	if c.maxRows > 0 && len(rows) > c.maxRows {
		return s, &chain.TooLargeError{What: "settle what was acknowledged"}
	}
	var err error
	s.Included, err = c.verb(ctx, "acked", func() {
		for i, row := range rows {
			fact := c.sessions[row.Session]
			moved, err := row.Voucher.Acked.Sub(fact.Claimed)
			if err != nil || moved.IsZero() || row.Session.Salt == c.skip {
				s.Skipped = append(s.Skipped, chain.SkippedRow{Row: i, Session: row.Session.ID(), Reason: "skipped"})
				continue
			}
			fact.Claimed = row.Voucher.Acked
			c.sessions[row.Session] = fact
			s.Charged, _ = s.Charged.Add(moved)
		}
	})
	return s, err
}

// lost writes a recovery file of sessions 0 to n-1, which acknowledged 10 more than their salt, and opens them on a chain.
func lost(t *testing.T, n int) (*memChain, string, owner) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "pod.recovery.json")
	r, o := sample(t, path, realDisk{}, n)
	if err := r.save(); err != nil {
		t.Fatal(err)
	}
	c := newMemChain()
	c.domain, c.skip = keptDomain, ^uint64(0)
	for _, v := range r.kept {
		c.sessions[v.Session] = protocol.SessionFact{SessionKey: v.Session, Cap: protocol.Units(1000), Expiry: uint64(time.Now().Add(time.Hour).Unix())}
	}
	return c, path, o
}

func TestRecover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, path, o := lost(t, 8)
		edit := func(salt uint64, change func(*protocol.SessionFact)) {
			key := o.open(keptDomain, keptPod, salt, 1).SessionKey
			fact := c.sessions[key]
			change(&fact)
			c.sessions[key] = fact
		}
		edit(1, func(f *protocol.SessionFact) { f.Claimed = protocol.Units(4) })  // partly paid
		edit(2, func(f *protocol.SessionFact) { f.Claimed = protocol.Units(12) }) // paid
		edit(3, func(f *protocol.SessionFact) { f.Cap = protocol.Amount{} })      // released
		edit(4, func(f *protocol.SessionFact) { f.Expiry = uint64(time.Now().Add(-time.Second).Unix()) })
		edit(5, func(f *protocol.SessionFact) { f.Cap = protocol.Units(14) })
		c.skip = 6
		sent := 0
		got, err := Recover(t.Context(), c, path, RecoverOptions{Pod: keptPod, Sent: func(chain.Settlement) { sent++ }})
		if err != nil || got.Charged != protocol.Units(10+7+17) || sent != 1 || got.Lost() != 4 || got.Pod != keptPod {
			t.Errorf("%+v, %v", got, err)
		}
		want := map[uint64]struct {
			claimed uint64
			tx      bool
			why     string
		}{
			0: {10, true, ""}, 1: {11, true, ""}, 2: {12, false, ""}, 3: {0, false, "no such session any more"},
			4: {0, false, "expired"}, 5: {0, false, "cap of 14"}, 6: {0, true, "skipped"}, 7: {17, true, ""},
		}
		for _, s := range got.Sessions {
			w := want[s.Salt]
			if s.Claimed != protocol.Units(w.claimed) || s.Tx.IsZero() == w.tx || (s.Refused == "") != (w.why == "") || !strings.Contains(s.Refused, w.why) {
				t.Errorf("session %d: %+v, want %+v", s.Salt, s, w)
			}
		}
		c.skip = ^uint64(0)
		if got, err = Recover(t.Context(), c, path, RecoverOptions{}); err != nil || got.Charged != protocol.Units(16) || got.Lost() != 3 {
			t.Errorf("again: %+v, %v", got, err)
		}
		if got, err = Recover(t.Context(), c, path, RecoverOptions{}); err != nil || !got.Charged.IsZero() || len(got.Transactions) != 0 {
			t.Errorf("a third time: %+v, %v", got, err)
		}
	})
}

// Batches are split as the chain wants them; one that fails leaves the others paid, and the next run goes on.
func TestRecoverInParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 10
		c, path, _ := lost(t, n)
		c.maxRows = 3
		sent := 0
		got, err := Recover(t.Context(), c, path, RecoverOptions{Sent: func(chain.Settlement) {
			if sent++; sent == 2 {
				c.do(func() { c.fail = errLost })
			}
		}})
		if !errors.Is(err, errLost) || sent != 2 || got.Lost() != n-4 || len(got.Sessions) != n {
			t.Errorf("%d sent: %+v, %v", sent, got, err)
		}
		first := got.Charged
		c.do(func() { c.fail = nil })
		got, err = Recover(t.Context(), c, path, RecoverOptions{})
		sum, addErr := first.Add(got.Charged)
		if err != nil || addErr != nil || got.Lost() != 0 || sum != protocol.Units(10*n+n*(n-1)/2) {
			t.Errorf("%s in all, %+v, %v", sum, got, err)
		}
	})
}

func TestRecoverRefuses(t *testing.T) {
	c, path, _ := lost(t, 1)
	if _, err := Recover(t.Context(), c, path, RecoverOptions{Pod: protocol.Address{9}}); err == nil || !strings.Contains(err.Error(), "is of pod") {
		t.Errorf("another pod: %v", err)
	}
	if _, err := Recover(t.Context(), newForeignChain(), path, RecoverOptions{}); err == nil || !strings.Contains(err.Error(), "is for escrow") {
		t.Errorf("another chain: %v", err)
	}
	if _, err := Recover(t.Context(), c, path+".no", RecoverOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Recover(t.Context(), c, path, RecoverOptions{}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("a damaged file: %v", err)
	}
	if sent := c.sent(); sent != "" {
		t.Errorf("sent: %s", sent)
	}
}

func newForeignChain() *memChain {
	c := newMemChain()
	c.domain.ChainID++
	return c
}
