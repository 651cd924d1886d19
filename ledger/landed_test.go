package ledger

import (
	"testing"

	"github.com/phallama/phallama/protocol"
)

// A bill can be proven from when its batch has landed until a day later, across restarts and rewrites, under the root
// that was settled, and under no other.
func TestProofs(t *testing.T) {
	now, dir := testStart, t.TempDir()
	l := openTest(t, dir, &now)
	a, b := newPayer(1), newPayer(2)
	learn(t, l, 0, a.fact(1000, 0), b.fact(1000, 0))
	var roots []protocol.Hash
	settle := func(aClaimed, bClaimed uint64) {
		t.Helper()
		s, ok, err := l.Batch(protocol.Hash{}, 0)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		roots = append(roots, s.ReceiptsRoot)
		facts := []protocol.SessionFact{a.fact(1000, aClaimed), b.fact(1000, bClaimed)}
		if _, err := l.Settled(protocol.Settled{Seq: s.Seq, Sessions: facts}); err != nil {
			t.Fatal(err)
		}
	}
	proven := func(p payer, n byte, seq uint64) {
		t.Helper()
		id := p.request(n, 0, 0, 0).ID
		receipt, found, err := l.ReceiptOf(id)
		if err != nil {
			t.Fatal(err)
		}
		proof, ok, err := l.ProofOf(id)
		if err != nil || ok != (seq > 0) {
			t.Fatalf("request %d: proven: %v, %v", n, ok, err)
		}
		if ok && (!found || proof.Seq != seq || proof.Root != roots[seq-1] || !proof.Proves(receipt.HashStruct())) {
			t.Fatalf("request %d: proof %+v", n, proof)
		}
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
	}
	a.serve(t, l, 1, 10, 0)
	a.serve(t, l, 2, 10, 10)
	b.serve(t, l, 1, 10, 0)
	proven(a, 1, 0)
	if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
		t.Fatal(err)
	}
	b.serve(t, l, 2, 10, 10) // after the batch was fixed
	proven(a, 1, 0)          // fixed is not settled
	settle(20, 10)
	now = now.Add(Retention / 2)
	settle(20, 20)
	all := func() {
		t.Helper()
		proven(a, 1, 1)
		proven(a, 2, 1)
		proven(b, 1, 1)
		proven(b, 2, 2)
	}
	all()
	l.Close()
	l = openTest(t, dir, &now)
	all()
	l.mu.Lock()
	err := l.rewrite()
	l.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	all()
	l.Close()
	l = openTest(t, dir, &now)
	all()

	now = now.Add(Retention / 2)
	a.serve(t, l, 3, 10, 20)
	settle(30, 20)
	proven(a, 1, 0)
	proven(a, 3, 3)
	proven(b, 2, 2)
	// A session that is over keeps what it takes to prove, and not longer.
	now = now.Add(Retention)
	l.Close()
	l = openTest(t, dir, &now)
	proven(a, 3, 0)
	proven(b, 2, 0)
	if n := len(l.book.landed); n != 0 {
		t.Errorf("%d batches are kept", n)
	}
}

// A row that the escrow skipped moved nothing; its receipts are under the root all the same, and under no second one.
func TestProofOfSkippedRow(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(100, 0))
	p.serve(t, l, 1, 10, 0)
	first, _, err := l.Batch(protocol.Hash{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	for seq := uint64(1); seq <= 2; seq++ {
		if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Settled(protocol.Settled{Seq: seq, Sessions: []protocol.SessionFact{p.fact(100, 10*(seq-1))}}); err != nil {
			t.Fatal(err)
		}
		if got, ok, err := l.ProofOf(p.request(1, 0, 0, 0).ID); err != nil || !ok || got.Seq != 1 || got.Root != first.ReceiptsRoot {
			t.Errorf("after batch %d: %+v, %v, %v", seq, got, ok, err)
		}
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
	}
}
