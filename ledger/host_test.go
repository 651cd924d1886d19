package ledger

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// escrow is the chain, as far as it protects a signer: it pays what a row says within the voucher's ceiling.
type escrow struct {
	t       testing.TB
	claimed map[protocol.Hash]protocol.Amount
	moved   protocol.Amount
}

func newEscrow(t testing.TB) *escrow {
	return &escrow{t: t, claimed: map[protocol.Hash]protocol.Amount{}}
}

// settle applies what a ledger wants settled.
func (e *escrow) settle(l *Ledger) {
	e.t.Helper()
	s, ok, err := l.Batch(protocol.Hash{}, 0)
	if err != nil {
		e.t.Fatal(err)
	}
	if !ok {
		return
	}
	for _, r := range s.Rows {
		id := r.Session.ID()
		if r.Charged.Cmp(r.Voucher.Ceiling) > 0 || r.Signature.Verify(testDomain.Digest(r.Voucher), r.Session.Signer) != nil {
			e.t.Errorf("row %+v is not covered", r)
		}
		if d := r.Charged.SubDown(e.claimed[id]); !d.IsZero() {
			e.claimed[id] = r.Charged
			e.moved, _ = e.moved.Add(d)
		}
	}
}

func copyLog(t testing.TB, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(from, logName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to, logName), raw, 0o600); err != nil {
		t.Fatal(err)
	}
}

// The host brings yesterday's file back. Nobody is billed above a ceiling, what was paid stays paid, and the client's
// next voucher heals the total.
func TestRollbackIsHarmless(t *testing.T) {
	now, dir, kept, p := testStart, t.TempDir(), t.TempDir(), newPayer(1)
	chain := newEscrow(t)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	copyLog(t, dir, kept)
	now = now.Add(24 * time.Hour)
	p.serve(t, l, 2, 20, 10)
	p.serve(t, l, 3, 30, 30)
	chain.settle(l)
	l.Close()
	if chain.moved != protocol.Units(60) {
		t.Fatalf("moved %s", chain.moved)
	}

	copyLog(t, kept, dir)
	l = openTest(t, dir, &now)
	if s, _ := l.Session(p.session.ID()); s.Charged != protocol.Units(10) || s.Ceiling != protocol.Units(10) {
		t.Fatalf("restored: %+v", s)
	}
	// The host says nothing of the claim. It has 10 of a voucher of 10: settling that again moves nothing.
	chain.settle(l)
	// Nor can it have the requests answered again: a host replays what it has, a client that retries says what it owes.
	wantAdmit(t, l, p.request(2, 20, 30, 10), Admitted) // the same bytes; the envelope's replay cache stops them where its key lives
	wantCommit(t, l, p.request(2, 20, 30, 10), 20)
	chain.settle(l)
	if chain.moved != protocol.Units(60) {
		t.Fatalf("a rollback moved %s", chain.moved)
	}
	// The client goes on from what it knows: acked heals the total, which stays within its ceiling.
	fourth := p.request(4, 10, 70, 60)
	if out := wantAdmit(t, l, fourth, Admitted); out.Session.Charged != protocol.Units(60) {
		t.Fatalf("healed to %s", out.Session.Charged)
	}
	if r := wantCommit(t, l, fourth, 10); r.Charged != protocol.Units(70) {
		t.Fatalf("%+v", r)
	}
	if _, err := l.Settled(protocol.Settled{Seq: 1, Sessions: []protocol.SessionFact{p.fact(1000, 60)}}); err != nil {
		t.Fatal(err)
	}
	chain.settle(l)
	if chain.moved != protocol.Units(70) {
		t.Errorf("moved %s in all", chain.moved)
	}
}

// The host runs two enclaves from one file. What both charge is within what was signed, and the chain pays the greater
// total, never the sum.
func TestForkIsHarmless(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	l.Close()
	var forks []*Ledger
	for range 2 {
		fork := t.TempDir()
		copyLog(t, dir, fork)
		forks = append(forks, openTest(t, fork, &now))
	}
	chain := newEscrow(t)
	// The client sees one pod: its requests go to one fork or the other, each under a ceiling that covers all so far.
	a, b := p.request(2, 20, 30, 10), p.request(3, 40, 70, 10)
	wantAdmit(t, forks[0], a, Admitted)
	wantAdmit(t, forks[1], b, Admitted)
	wantAdmit(t, forks[1], a, Admitted) // and the host shows one request to both
	wantCommit(t, forks[0], a, 20)      // 30 there
	wantCommit(t, forks[1], b, 40)
	wantCommit(t, forks[1], a, 20) // 70 here
	for _, l := range forks {
		chain.settle(l)
	}
	for _, l := range forks {
		chain.settle(l)
	}
	if chain.moved != protocol.Units(70) { // request 2 was answered twice and is billed once
		t.Errorf("moved %s, want 70", chain.moved)
	}
	// Each fork learns of the other by what the client acknowledges.
	next := p.request(4, 5, 75, 70)
	if out := wantAdmit(t, forks[0], next, Admitted); out.Session.Charged != protocol.Units(70) {
		t.Errorf("healed to %s", out.Session.Charged)
	}
	wantCommit(t, forks[0], next, 5)
	chain.settle(forks[0])
	if chain.moved.Cmp(protocol.Units(75)) > 0 {
		t.Errorf("moved %s, above the best ceiling", chain.moved)
	}
}

// The sealing key is gone, with a new microcode or a new release: the log is moved away, and the session goes on from
// what the chain says and what the client acknowledges. What is not settled is the pod's loss, less what it exported.
func TestLostLedgerIsSurvived(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	chain := newEscrow(t)
	chain.settle(l) // 10
	p.serve(t, l, 2, 20, 10)
	p.serve(t, l, 3, 5, 30) // 35 charged, 30 acknowledged
	exported, _, err := l.Acknowledged(protocol.Hash{}, 10)
	if err != nil || len(exported) != 1 {
		t.Fatal(exported, err)
	}
	cfg := l.cfg
	l.Close()
	cfg.Key = newTestKey("after the microcode update")
	if _, err := Open(cfg); err == nil {
		t.Fatal("opened with another key")
	}
	path := filepath.Join(dir, logName)
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	if l, err = Open(cfg); err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	first := p.request(4, 10, 45, 35)
	wantAdmit(t, l, first, NeedSession)
	learn(t, l, 1, p.fact(1000, 10))
	if out := wantAdmit(t, l, first, Admitted); out.Session.Charged != protocol.Units(35) {
		t.Fatalf("goes on at %s", out.Session.Charged)
	}
	if r := wantCommit(t, l, first, 10); r.Charged != protocol.Units(45) {
		t.Fatalf("%+v", r)
	}
	chain.settle(l)
	if chain.moved != protocol.Units(45) {
		t.Errorf("moved %s", chain.moved)
	}
	// Had the client not come back, the exported voucher would have brought what it acknowledged.
	if v := exported[0]; v.Voucher.Acked != protocol.Units(30) || v.Signature.Verify(testDomain.Digest(v.Voucher), v.Session.Signer) != nil {
		t.Errorf("%+v", v)
	}
}

// The host says that more was claimed than was, while requests run: what it says is not billed.
func TestLyingClaimBillsNothing(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	chain := newEscrow(t)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	chain.settle(l)
	if _, err := l.Settled(protocol.Settled{Seq: 1, Sessions: []protocol.SessionFact{p.fact(1000, 10)}}); err != nil {
		t.Fatal(err)
	}
	running := p.request(2, 500, 510, 10)
	wantAdmit(t, l, running, Admitted)
	learn(t, l, 0, p.fact(1000, 505))
	wantCommit(t, l, running, 3)
	chain.settle(l)
	if s, _, _ := l.CloseSession(p.session.ID()); s.Final != protocol.Units(13) {
		t.Errorf("final %s", s.Final)
	}
	if chain.moved.Cmp(protocol.Units(13)) > 0 {
		t.Errorf("moved %s, metered 13", chain.moved)
	}
}

// A clock that is a day ahead forgets receipts early. Their requests are not billed again: a request's voucher
// acknowledges less than what was charged once it was billed, and that is refused when the receipt is not young.
func TestClockJumpsADayForward(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	p.serve(t, l, 2, 10, 10)
	p.serve(t, l, 3, 10, 20)
	if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
		t.Fatal(err)
	}
	jump := func(by time.Duration) {
		t.Helper()
		now = now.Add(by)
		l.Close()
		l = openTest(t, dir, &now)
		for n := range byte(3) { // the very requests, with all the room under the cap
			r := p.request(n+1, 10, 1000, 10*uint64(n))
			if out, err := l.Admit(r); err != nil || out.Status != NeedAck && out.Status != Answered {
				t.Errorf("request %d after %s: %s %v", n+1, by, out.Status, err)
			}
		}
		if s, _ := l.Session(p.session.ID()); s.Charged != protocol.Units(30) {
			t.Errorf("charged %s", s.Charged)
		}
		if err := l.Check(); err != nil {
			t.Error(err)
		}
	}
	if _, err := l.Settled(protocol.Settled{Seq: 1, Sessions: []protocol.SessionFact{p.fact(1000, 30)}}); err != nil {
		t.Fatal(err)
	}
	jump(Retention + time.Second)
	if _, ok, _ := l.ReceiptOf(p.request(1, 10, 10, 0).ID); ok {
		t.Fatal("the first receipt is still there: nothing is tested")
	}
	jump(-Retention - time.Second) // and back
	jump(-time.Hour)
	// Who acknowledges goes on.
	p.serve(t, l, 4, 10, 30)
}

// A clock that is a day behind keeps receipts young: acknowledgements are asked for late, and nothing else changes.
func TestClockJumpsADayBack(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	now = now.Add(-24 * time.Hour)
	wantAdmit(t, l, p.request(1, 10, 10, 0), Answered)
	second := p.request(2, 10, 20, 0)
	wantAdmit(t, l, second, Admitted) // though nothing is acknowledged
	wantCommit(t, l, second, 10)
	l.Close()
	l = openTest(t, dir, &now)
	if out := wantAdmit(t, l, p.request(3, 10, 20, 0), NeedCeiling); out.NeedCeiling != protocol.Units(30) {
		t.Errorf("needs %s", out.NeedCeiling)
	}
	chain := newEscrow(t)
	chain.settle(l)
	if chain.moved != protocol.Units(20) {
		t.Errorf("moved %s", chain.moved)
	}
	now = testStart.Add(2 * time.Minute)
	wantAdmit(t, l, p.request(3, 10, 30, 0), NeedAck)
	p.serve(t, l, 3, 10, 20)
}

func TestExists(t *testing.T) {
	now, dir := testStart, t.TempDir()
	if there, err := Exists(dir); there || err != nil {
		t.Error(there, err)
	}
	openTest(t, dir, &now)
	if there, err := Exists(dir); !there || err != nil {
		t.Error(there, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "file"), bytes.Repeat([]byte("x"), 3), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Exists(filepath.Join(dir, "file")); err == nil {
		t.Error("a file as directory")
	}
}
