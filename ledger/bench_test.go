//go:build unix

package ledger

import (
	"encoding/binary"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// cpuTime is what this process has used of all processors.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// BenchmarkReserve is how many requests a second are admitted by 64 callers at once, each with its voucher checked,
// sealed and on disk. "reserves/fsync" is how many share one; BenchmarkFsync is what one costs. "cpu-µs/reserve" holds on a
// machine that others use as well: 1,000,000 over it, for each processor, is what a fast disk would allow.
func BenchmarkReserve(b *testing.B) {
	const callers = 64
	now := testStart
	l := openTest(b, b.TempDir(), &now)
	payers := make([]payer, callers)
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
	var wg sync.WaitGroup
	before, used := l.log.seal.next, cpuTime()
	b.ResetTimer()
	for range callers {
		wg.Go(func() {
			for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
				r := requests[i-1]
				if out, err := l.Admit(r); err != nil || out.Status != Admitted {
					b.Errorf("%s %v", out.Status, err)
				}
				l.Release(r.ID)
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64((cpuTime()-used).Microseconds())/float64(b.N), "cpu-µs/reserve")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "reserves/s")
	if written := l.log.seal.next - before; written > 0 && written < l.log.seal.next {
		b.ReportMetric(float64(b.N)/float64(written), "reserves/fsync")
	}
}

// BenchmarkFsync is what the disk asks for a write of 32 vouchers and its fsync, by itself.
func BenchmarkFsync(b *testing.B) {
	d, err := openDir(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer d.close()
	w, err := d.create("log")
	if err != nil {
		b.Fatal(err)
	}
	defer w.close()
	group := make([]byte, 32*450)
	for b.Loop() {
		if err := w.write(group); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCheckVoucher is what Admit costs a processor at least: the check of one signature.
func BenchmarkCheckVoucher(b *testing.B) {
	l := &Ledger{cfg: Config{Domain: testDomain, Pod: testPod}}
	r := newPayer(1).request(1, 1, 1, 0)
	for b.Loop() {
		if reason := l.badVoucher(r); reason != "" {
			b.Fatal(reason)
		}
	}
}
