package ledger

import (
	"encoding/binary"
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
		d.fault = fault{at: d.steps + 1, mode: lost}
		close(release)
		synctest.Wait()
		if got := answers.Load(); got != 0 {
			t.Fatalf("%d answers though the receipt is lost", got)
		}
	})
}

// BenchmarkReserve is how many requests a second are admitted, each with its voucher checked and on disk.
func BenchmarkReserve(b *testing.B) {
	now := testStart
	l := openTest(b, b.TempDir(), &now)
	payers := make([]payer, 64)
	for n := range payers {
		payers[n] = newPayer(byte(n))
		learn(b, l, 0, payers[n].fact(1<<60, 0))
	}
	requests := make([]Request, b.N)
	for i := range requests {
		p := payers[i%len(payers)]
		v := protocol.Voucher{SessionID: p.session.ID(), Ceiling: protocol.Units(1 << 60)}
		binary.BigEndian.PutUint64(v.RequestHash[:], uint64(i))
		r := Request{Session: p.session, MaxCost: protocol.Units(1), Voucher: protocol.SignedVoucher{Voucher: v, Signature: p.key.Sign(testDomain.Digest(v))}}
		binary.BigEndian.PutUint64(r.ID[:], uint64(i))
		requests[i] = r
	}
	var next atomic.Int64
	b.SetParallelism(32)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r := requests[next.Add(1)-1]
			if out, err := l.Admit(r); err != nil || out.Status != Admitted {
				b.Errorf("%s %v", out.Status, err)
			}
			l.Release(r.ID)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reserves/s")
}
