package ledger

import (
	"slices"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func wantClose(t testing.TB, l *Ledger, p payer, want Effect, final uint64) Session {
	t.Helper()
	s, effect, err := l.CloseSession(p.session.ID())
	if err != nil || effect != want {
		t.Fatalf("close: %s, %v, want %s", effect, err, want)
	}
	if s.Closed != (want == Applied || want == Replayed) || s.Final != protocol.Units(final) {
		t.Fatalf("closed %v at %s, want %d", s.Closed, s.Final, final)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCloseSession(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	wantClose(t, l, p, Foreign, 0)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 30, 0)
	running := p.request(2, 50, 80, 30)
	wantAdmit(t, l, running, Admitted)
	wantClose(t, l, p, Busy, 0)
	wantCommit(t, l, running, 20)

	s := wantClose(t, l, p, Applied, 50)
	if s.LastVoucher == nil || s.LastVoucher.Ceiling != protocol.Units(80) {
		t.Errorf("the voucher that covers it: %+v", s.LastVoucher)
	}
	wantAdmit(t, l, p.request(3, 1, 500, 50), Closed)
	wantAdmit(t, l, running, Answered) // its bill stays
	// Neither a top-up, nor a restart, nor what the chain says brings the session back; the total stays the same.
	f := p.fact(5000, 0)
	learn(t, l, 0, f)
	wantAdmit(t, l, p.request(3, 1, 500, 50), Closed)
	l.Close()
	l = openTest(t, dir, &now)
	wantClose(t, l, p, Replayed, 50)
	learn(t, l, 0, p.fact(5000, 400)) // a lie
	wantClose(t, l, p, Replayed, 50)
	wantAdmit(t, l, p.request(3, 1, 500, 400), Closed)

	// It is closed on chain, and later forgotten like any other.
	f = p.fact(0, 50)
	learn(t, l, 0, f)
	wantClose(t, l, p, Replayed, 50)
	now = time.Unix(int64(f.Expiry), 0).Add(Retention + time.Second)
	l.Close()
	l = openTest(t, dir, &now)
	if n := l.Totals().Sessions; n != 0 {
		t.Errorf("%d sessions", n)
	}
}

// A client keeps the signed closing until its deadline, while the pod settles: together they take Final, and not twice.
func TestHeldCloseBillsOnce(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	chain := newEscrow(t)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 30, 0)
	if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil { // fixed at 30 before the last request
		t.Fatal(err)
	}
	p.serve(t, l, 2, 20, 30)
	held := wantClose(t, l, p, Applied, 50)
	chain.settle(l)
	if _, err := l.Settled(protocol.Settled{Seq: 1, Sessions: []protocol.SessionFact{p.fact(1000, 30)}}); err != nil {
		t.Fatal(err)
	}
	chain.settle(l)
	if _, err := l.Settled(protocol.Settled{Seq: 2, Sessions: []protocol.SessionFact{p.fact(1000, 50)}}); err != nil {
		t.Fatal(err)
	}
	if chain.moved != held.Final {
		t.Errorf("settled %s, want %s", chain.moved, held.Final)
	}
	if _, ok, err := l.Batch(protocol.Hash{}, 0); ok || err != nil {
		t.Error("more is claimed of a closed session", err)
	}
	// The held closing comes now: it names what was claimed, so nothing moves.
	if again := wantClose(t, l, p, Replayed, 50); again.Final != held.Final || again.Claimed != held.Final {
		t.Errorf("%+v", again)
	}
}

// What was charged and no voucher covers is the pod's loss: a lost log, or a top-up that a reorganisation took back.
func TestCloseChargesWhatIsCovered(t *testing.T) {
	now, p, q := testStart, newPayer(1), newPayer(2)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 70), q.fact(1000, 0)) // p's log was lost: 70 were claimed, nothing is known of it
	s := wantClose(t, l, p, Applied, 0)
	if s.LastVoucher != nil || s.Charged != protocol.Units(70) {
		t.Errorf("%+v", s)
	}
	q.serve(t, l, 1, 40, 0)
	q.serve(t, l, 2, 40, 40)
	learn(t, l, 0, q.fact(60, 0))
	wantClose(t, l, q, Applied, 60)
	learn(t, l, 0, q.fact(1000, 0)) // and here it is again: what was signed stays
	wantClose(t, l, q, Replayed, 60)
	batch, _, err := l.Batch(protocol.Hash{}, 0)
	if err != nil || len(batch.Rows) != 1 || batch.Rows[0].Charged != protocol.Units(60) {
		t.Errorf("%+v %v", batch.Rows, err)
	}
}

// The voucher that acknowledges most need not be the one with the highest ceiling; both are kept, in whatever order the
// requests come, through restarts and rewriting.
func TestBestVouchersInAnyOrder(t *testing.T) {
	p := newPayer(1)
	// Three requests after 20 were charged: an early one with a high ceiling that acknowledges nothing, made for a long
	// answer; one that acknowledges 10; one that acknowledges 20.
	requests := []Request{p.request(3, 100, 500, 0), p.request(4, 1, 300, 10), p.request(5, 1, 200, 20)}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		now, d := testStart, newMemDisk()
		l, err := openMem(d, &now)
		if err != nil {
			t.Fatal(err)
		}
		learn(t, l, 0, p.fact(1000, 0))
		p.serve(t, l, 1, 10, 0)
		second := p.request(2, 10, 20, 0)
		wantAdmit(t, l, second, Admitted)
		wantCommit(t, l, second, 10)
		for _, n := range order {
			wantAdmit(t, l, requests[n], Admitted)
		}
		for range 2 {
			s, _ := l.Session(p.session.ID())
			list, more, err := l.Acknowledged(protocol.Hash{}, 10)
			if err != nil || more || len(list) != 1 || list[0].Voucher != requests[2].Voucher.Voucher || list[0].Signature != requests[2].Voucher.Signature || list[0].Session != p.session {
				t.Fatalf("order %v: exported %+v, %v", order, list, err)
			}
			if s.LastVoucher.Voucher != requests[0].Voucher.Voucher {
				t.Fatalf("order %v: covered by %+v", order, s.LastVoucher)
			}
			if l, err = openMem(d.crash(false), &now); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAcknowledgedPages(t *testing.T) {
	now := testStart
	l := openTest(t, t.TempDir(), &now)
	var want []protocol.Hash
	for n := range byte(7) {
		p := newPayer(n)
		f := p.fact(100, 0)
		if n == 3 {
			f.Expiry = uint64(testStart.Add(2 * time.Hour).Unix())
		}
		learn(t, l, 0, f)
		p.serve(t, l, 1, 10, 0)
		switch n {
		case 0: // has acknowledged nothing
		case 1: // has acknowledged no more than was claimed
			p.serve(t, l, 2, 10, 10)
			learn(t, l, 0, p.fact(100, 10))
		case 2: // is gone from the chain
			p.serve(t, l, 2, 10, 10)
			learn(t, l, 0, p.fact(0, 0))
		case 3: // expires
			p.serve(t, l, 2, 10, 10)
		default:
			p.serve(t, l, 2, 10, 10)
			want = append(want, p.session.ID())
		}
	}
	now = now.Add(3 * time.Hour)
	slices.SortFunc(want, func(a, b protocol.Hash) int { return slices.Compare(a[:], b[:]) })
	for limit := 1; limit <= 4; limit++ {
		var got []protocol.Hash
		after, more := protocol.Hash{}, true
		for more {
			var page []protocol.AckedRow
			var err error
			if page, more, err = l.Acknowledged(after, limit); err != nil || len(page) > limit || more && len(page) != limit {
				t.Fatal(len(page), more, err)
			}
			for _, v := range page {
				after = v.Session.ID()
				got = append(got, after)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("in pages of %d: %v, want %v", limit, got, want)
		}
	}
}
