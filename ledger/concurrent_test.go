package ledger

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/phallama/phallama/protocol"
)

func TestConcurrent(t *testing.T) {
	const sessions, each = 4, 25
	now := testStart
	dir := t.TempDir()
	l := openTest(t, dir, &now)
	var payers []payer
	for n := range byte(sessions) {
		p := newPayer(n + 1)
		payers = append(payers, p)
		learn(t, l, 0, p.fact(1000, 0))
	}
	var wg sync.WaitGroup
	fail := make(chan error, sessions*each)
	for _, p := range payers {
		for n := range byte(each) {
			wg.Go(func() {
				r := p.request(n, 10, 1000, 0)
				out, err := l.Admit(r)
				if err != nil || out.Status != Admitted {
					fail <- fmt.Errorf("admit: %v, %v", out.Status, err)
					return
				}
				if n%5 == 0 {
					l.Release(r.ID)
					return
				}
				first, err := l.Commit(r.ID, bill(uint64(n%10)))
				second, err2 := l.Commit(r.ID, bill(9))
				if err != nil || err2 != nil || first != second {
					fail <- fmt.Errorf("commit: %v, %v, %+v, %+v", err, err2, first, second)
				}
			})
		}
		wg.Go(func() {
			for range 10 {
				if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
					fail <- err
				}
				if err := l.Check(); err != nil {
					fail <- err
				}
			}
		})
	}
	wg.Wait()
	close(fail)
	for err := range fail {
		t.Error(err)
	}
	var want uint64
	for n := range uint64(each) {
		if n%5 != 0 {
			want += n % 10
		}
	}
	l.Close()
	l = openTest(t, dir, &now)
	for _, p := range payers {
		if s, _ := l.Session(p.session.ID()); s.Charged != protocol.Units(want) || s.LastReceipt.RSeq != 20 {
			t.Errorf("charged %s, want %d; %d receipts", s.Charged, want, s.LastReceipt.RSeq)
		}
	}
}

// While one fsync runs, others queue up, and the next one is for all of them.
func TestGroupCommit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, d := testStart, newMemDisk()
		l, err := openMem(d, &now)
		if err != nil {
			t.Fatal(err)
		}
		p := newPayer(1)
		learn(t, l, 0, p.fact(1000, 0))
		release := make(chan struct{})
		d.gate = func() { <-release }
		before := d.syncs
		var admitted atomic.Int32
		for n := range byte(10) {
			go func() {
				if out, err := l.Admit(p.request(n, 1, 1000, 0)); err == nil && out.Status == Admitted {
					admitted.Add(1)
				}
			}()
			synctest.Wait()
		}
		if got := admitted.Load(); got != 0 {
			t.Fatalf("%d admitted before anything was durable", got)
		}
		release <- struct{}{}
		synctest.Wait()
		if got := admitted.Load(); got != 1 {
			t.Fatalf("%d admitted after the first fsync", got)
		}
		release <- struct{}{}
		synctest.Wait()
		if got := admitted.Load(); got != 10 || d.syncs-before != 2 {
			t.Fatalf("%d admitted after %d fsyncs", got, d.syncs-before)
		}
	})
}

// A receipt is shown to nobody before it is on disk, however they ask.
func TestNothingShownBeforeDurable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now, d := testStart, newMemDisk()
		l, err := openMem(d, &now)
		if err != nil {
			t.Fatal(err)
		}
		p := newPayer(1)
		learn(t, l, 0, p.fact(1000, 0))
		r := p.request(1, 10, 1000, 0)
		wantAdmit(t, l, r, Admitted)
		release := make(chan struct{})
		d.gate = func() { <-release }
		var answers atomic.Int32
		for _, ask := range []func() error{
			func() error { _, err := l.Commit(r.ID, bill(5)); return err },
			func() error { _, err := l.Commit(r.ID, bill(5)); return err },
			func() error { _, _, err := l.ReceiptOf(r.ID); return err },
			func() error { _, err := l.Admit(r); return err },
			func() error { _, err := l.Admit(p.request(2, 1, 1, 0)); return err }, // its refusal tells the last receipt
			func() error { _, _, err := l.Batch(protocol.Hash{}, 0); return err },
		} {
			go func() {
				if err := ask(); err == nil {
					answers.Add(1)
				}
			}()
			synctest.Wait()
			if got := answers.Load(); got != 0 {
				t.Fatalf("%d answers before the receipt is durable", got)
			}
		}
		d.fault = fault{d.steps + 1, lost}
		close(release)
		synctest.Wait()
		if got := answers.Load(); got != 0 {
			t.Fatalf("%d answers though the receipt is lost", got)
		}
	})
}
