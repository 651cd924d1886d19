package ledger

import (
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Five requests made in order, each voucher covering all made before it, arrive as 3, 1, 5, 2, 4.
func TestParallelInAnyOrder(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(250, 0))
	for _, n := range []byte{3, 1, 5, 2, 4} {
		wantAdmit(t, l, p.request(n, 50, uint64(n)*50, 0), map[byte]Status{3: Admitted, 1: Admitted, 5: Admitted, 2: Admitted, 4: Admitted}[n])
	}
	if out := wantAdmit(t, l, p.request(6, 1, 251, 0), NeedCap); out.NeedCeiling != protocol.Units(251) {
		t.Errorf("need %s", out.NeedCeiling)
	}
	for i, n := range []byte{4, 2, 5, 1, 3} {
		r := wantCommit(t, l, p.request(n, 50, uint64(n)*50, 0), 10)
		if r.RSeq != uint64(i)+1 || r.Charged != protocol.Units(10*uint64(i+1)) {
			t.Errorf("receipt %+v", r)
		}
	}
	s, _ := l.Session(p.session.ID())
	if s.Ceiling != protocol.Units(250) || !s.Reserved.IsZero() || s.Running != 0 || s.LastReceipt.RSeq != 5 || s.LastVoucher.Ceiling != s.Ceiling {
		t.Errorf("session %+v", s)
	}
}

// A lower ceiling that comes first has to be enough for what it can know of.
func TestNeedCeiling(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 0))
	wantAdmit(t, l, p.request(1, 50, 50, 0), Admitted)
	out := wantAdmit(t, l, p.request(2, 30, 79, 0), NeedCeiling)
	if out.NeedCeiling != protocol.Units(80) || out.Session.Reserved != protocol.Units(50) || out.Session.LastVoucher.Ceiling != protocol.Units(50) {
		t.Errorf("%+v", out)
	}
	if s, _ := l.Session(p.session.ID()); s.Ceiling != protocol.Units(50) {
		t.Errorf("a refused voucher left ceiling %s", s.Ceiling)
	}
	wantAdmit(t, l, p.request(2, 30, 80, 0), Admitted) // the same request with a better voucher
	wantCommit(t, l, p.request(1, 50, 50, 0), 5)
	wantAdmit(t, l, p.request(3, 45, 80, 0), Admitted) // what the first did not use is free again
	if out := wantAdmit(t, l, p.request(4, 1, 80, 0), NeedCeiling); out.NeedCeiling != protocol.Units(81) || out.Session.LastReceipt == nil {
		t.Errorf("%+v", out)
	}
}

func TestNeedAck(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 0))
	serve := func(n byte, acked uint64, want Status) {
		t.Helper()
		r := p.request(n, 10, 900, acked)
		if wantAdmit(t, l, r, want); want == Admitted {
			wantCommit(t, l, r, 10)
		}
	}
	serve(1, 0, Admitted) // charged 10
	now = now.Add(30 * time.Second)
	serve(2, 0, Admitted) // 20
	now = now.Add(29 * time.Second)
	serve(3, 0, Admitted)          // 30; the first receipt is 59 s old
	now = now.Add(time.Second)     // and now 60
	serve(4, 9, NeedAck)           //
	serve(4, 10, Admitted)         // 40
	now = now.Add(2 * time.Minute) //
	serve(5, 39, NeedAck)
	l.Close()
	l = openTest(t, l.cfg.Dir, &now)
	serve(5, 39, NeedAck)
	if out := wantAdmit(t, l, p.request(5, 10, 900, 0), NeedAck); out.Session.Charged != protocol.Units(40) || out.Session.LastReceipt.Charged != protocol.Units(40) {
		t.Errorf("%+v", out.Session)
	}
	serve(5, 40, Admitted)
}

// A log that lost its past, as a host can bring about, heals by what clients acknowledge and the chain has paid, and
// never charges above what was signed.
func TestLostPastHeals(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 70))
	if s, _ := l.Session(p.session.ID()); s.Charged != protocol.Units(70) {
		t.Fatalf("%+v", s)
	}
	wantAdmit(t, l, p.request(1, 10, 79, 70), NeedCeiling)
	r := p.request(1, 10, 95, 85) // 15 more had been charged
	if out := wantAdmit(t, l, r, Admitted); out.Session.Charged != protocol.Units(85) {
		t.Fatalf("%+v", out.Session)
	}
	if got := wantCommit(t, l, r, 10); got.Charged != protocol.Units(95) {
		t.Fatalf("%+v", got)
	}
	// An acknowledgement that would not leave room for what is reserved is not taken.
	a := p.request(2, 50, 145, 95)
	wantAdmit(t, l, a, Admitted)
	if out := wantAdmit(t, l, p.request(3, 1, 145, 145), NeedCeiling); out.NeedCeiling != protocol.Units(196) {
		t.Fatalf("need %s", out.NeedCeiling)
	}
	// A host that lies about claims while requests run makes no row that the voucher does not cover.
	learn(t, l, 0, p.fact(1000, 140))
	wantCommit(t, l, a, 50)
	if s, ok, err := l.Batch(protocol.Hash{}, 0); err != nil || !ok || s.Rows[0].Charged != protocol.Units(145) {
		t.Fatalf("%+v %v %v", s.Rows, ok, err)
	}
}

func TestAdmitRefuses(t *testing.T) {
	now, p, q := testStart, newPayer(1), newPayer(2)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 0), q.fact(1000, 0))
	good := p.request(1, 10, 100, 0)
	for name, c := range map[string]struct {
		change func(*Request)
		reason string
	}{
		"other session's voucher": {func(r *Request) { r.Session = q.session }, "another session"},
		"other pod":               {func(r *Request) { r.Session.Pod = protocol.Address{1} }, "this is pod"},
		"flipped signature":       {func(r *Request) { r.Voucher.Signature[5] ^= 1 }, "not signed by"},
		"raised ceiling":          {func(r *Request) { r.Voucher.Ceiling = protocol.Units(101) }, "not signed by"},
		"changed request":         {func(r *Request) { r.Voucher.RequestHash[0] ^= 1 }, "not signed by"},
		"another chain": {func(r *Request) {
			r.Voucher.Signature = p.key.Sign(protocol.Domain{ChainID: 1, Escrow: testDomain.Escrow}.Digest(r.Voucher.Voucher))
		}, "chain 31337"},
		"acked above ceiling": {func(r *Request) { *r = p.request(1, 10, 100, 101) }, "above the ceiling"},
		"acked above cap":     {func(r *Request) { *r = p.request(1, 10, 2000, 1001) }, "above the session's cap"},
		"signed by another": {func(r *Request) {
			r.Voucher.Signature = q.key.Sign(testDomain.Digest(r.Voucher.Voucher))
		}, "not signed by"},
	} {
		r := good
		c.change(&r)
		if out := wantAdmit(t, l, r, BadVoucher); !strings.Contains(out.Reason, c.reason) {
			t.Errorf("%s: %s", name, out.Reason)
		}
	}
	wantAdmit(t, l, p.request(1, 10, 1100, 1000), NeedCap)
	huge := good
	huge.MaxCost = protocol.MaxAmount
	huge.Voucher.Ceiling = protocol.MaxAmount
	huge.Voucher.Signature = p.key.Sign(testDomain.Digest(huge.Voucher.Voucher))
	wantAdmit(t, l, huge, NeedCap)

	wantAdmit(t, l, good, Admitted)
	conflict := good
	conflict.Voucher = p.request(2, 10, 100, 0).Voucher
	wantAdmit(t, l, conflict, Conflict)
	wantCommit(t, l, good, 1)
	wantAdmit(t, l, conflict, Conflict)
	wantAdmit(t, l, good, Answered)
	// A second session cannot be made to pay for the same request, nor learn of it without its hash.
	other := q.request(1, 10, 100, 0)
	other.ID = good.ID
	wantAdmit(t, l, other, Conflict)
}

func TestSessionsEnd(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	f := p.fact(1000, 0)
	learn(t, l, 0, f)
	r := p.request(1, 10, 100, 0)
	start := now
	now = time.Unix(int64(f.Expiry), 0).Add(-DefaultSettleMargin)
	if out := wantAdmit(t, l, r, Ending); !strings.Contains(out.Reason, "1h0m0s") {
		t.Error(out.Reason)
	}
	now = now.Add(-time.Second)
	wantAdmit(t, l, r, Admitted)
	l.Release(r.ID)
	now = start
	f.Closing = true
	learn(t, l, 0, f)
	wantAdmit(t, l, r, Ending)
	f.Closing, f.Cap = false, protocol.Amount{}
	f.Refused = "Balance\x1b[31m: too small"
	learn(t, l, 0, f)
	if out := wantAdmit(t, l, r, NeedSession); out.Reason != "Balance[31m: too small" || out.Session.Refused != out.Reason {
		t.Errorf("%q", out.Reason)
	}
	f = p.fact(2000, 0)
	learn(t, l, 0, f) // reorganised back
	if out := wantAdmit(t, l, r, Admitted); out.Session.Refused != "" {
		t.Error(out.Session.Refused)
	}
}

// A refusal of an opening reaches the request that waits for it, though there is no session.
func TestRefusedOpening(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	f := p.fact(0, 0)
	f.Refused = "Signature"
	if effect, err := l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{f}}); err != nil || effect != Replayed {
		t.Fatal(effect, err)
	}
	if out := wantAdmit(t, l, p.request(1, 1, 1, 0), NeedSession); out.Reason != "Signature" {
		t.Errorf("%+v", out)
	}
	if v, known := l.Session(p.session.ID()); known || v.Refused != "Signature" {
		t.Errorf("%+v, %v", v, known)
	}
	f.Refused = strings.Repeat("x", 1000)
	for n := range maxRefusals + 10 {
		f.Salt = uint64(n)
		learn(t, l, 0, f)
	}
	if n := len(l.refused); n > maxRefusals || len(l.refused[f.ID()]) != maxRefusalLen {
		t.Errorf("%d refusals of up to %d bytes", n, len(l.refused[f.ID()]))
	}
}

func TestTooMany(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 0))
	for n := range byte(MaxRunning) {
		wantAdmit(t, l, p.request(n, 1, 1000, 0), Admitted)
	}
	wantAdmit(t, l, p.request(MaxRunning, 1, 1000, 0), TooMany)
	if l.Release(p.request(0, 1, 1000, 0).ID) != Applied || l.Release(p.request(0, 1, 1000, 0).ID) != Replayed {
		t.Error("release")
	}
	wantAdmit(t, l, p.request(MaxRunning, 1, 1000, 0), Admitted)
	if got := l.Totals(); got.Running != MaxRunning || got.Sessions != 1 || !got.Unsettled.IsZero() {
		t.Errorf("%+v", got)
	}
}

// Who admits ahead learns at durable whether the voucher is on disk, and a crash before that forgets the request.
func TestAdmitAhead(t *testing.T) {
	now, p := testStart, newPayer(1)
	d := newMemDisk()
	l, err := openMem(d, &now)
	if err != nil {
		t.Fatal(err)
	}
	learn(t, l, 0, p.fact(1000, 0))
	out, durable, err := l.AdmitAhead(p.request(1, 50, 50, 0))
	if err != nil || out.Status != Admitted || out.Session.Reserved != protocol.Units(50) || durable() != nil || durable() != nil {
		t.Fatalf("%+v, %v", out, err)
	}
	if out, durable, err := l.AdmitAhead(p.request(2, 50, 50, 0)); err != nil || out.Status != NeedCeiling || durable != nil {
		t.Errorf("%+v, %v", out, err)
	}
	wantCommit(t, l, p.request(1, 50, 50, 0), 10)

	d.fault = fault{d.steps + 1, lost}
	out, durable, err = l.AdmitAhead(p.request(3, 50, 200, 0))
	if err != nil || out.Status != Admitted {
		t.Fatalf("%+v, %v", out, err)
	}
	if err := durable(); !errors.Is(err, errFault) {
		t.Errorf("a write that failed is durable: %v", err)
	}
	if _, err := l.Commit(p.request(3, 50, 200, 0).ID, bill(10)); !errors.Is(err, errFault) {
		t.Errorf("billed after it: %v", err)
	}
	again, err := openMem(d.crash(false), &now)
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := again.Session(p.session.ID()); s.Ceiling != protocol.Units(50) || s.Charged != protocol.Units(10) || s.Running != 0 {
		t.Errorf("after the crash %+v", s)
	}
}

func TestCommitRefuses(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(1000, 0))
	r := p.request(1, 10, 100, 0)
	if _, err := l.Commit(r.ID, bill(1)); err == nil || !strings.Contains(err.Error(), "not running") {
		t.Error(err)
	}
	wantAdmit(t, l, r, Admitted)
	if _, err := l.Commit(r.ID, bill(11)); err == nil || !strings.Contains(err.Error(), "commit of more than was reserved") {
		t.Error(err)
	}
	if out := wantAdmit(t, l, r, InProgress); out.Session.Reserved != protocol.Units(10) {
		t.Error("a refused commit let go of the reservation")
	}
	if l.Release(r.ID) != Applied {
		t.Error("release")
	}
	if _, err := l.Commit(r.ID, bill(1)); err == nil {
		t.Error("a released request was committed")
	}
	if _, ok, err := l.ReceiptOf(r.ID); ok || err != nil {
		t.Error("a receipt for what was released", err)
	}
}

func TestLearnRefuses(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	for name, c := range map[string]struct {
		f    protocol.Facts
		want string
	}{
		"other pod":       {protocol.Facts{Sessions: []protocol.SessionFact{{Cap: protocol.Units(1)}}}, "this is pod"},
		"claim above cap": {protocol.Facts{Sessions: []protocol.SessionFact{p.fact(1, 2)}}, "above cap"},
		"expiry":          {protocol.Facts{Sessions: []protocol.SessionFact{{SessionKey: p.session, Cap: protocol.Units(1), Expiry: 1 << 40}}}, "uint40"},
		"number":          {protocol.Facts{LastSeq: 1<<64 - 1}, "number of a batch"},
	} {
		c.f.Sessions = append([]protocol.SessionFact{newPayer(9).fact(1, 0)}, c.f.Sessions...)
		if _, err := l.Learn(c.f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := l.Totals().Sessions; n != 0 {
		t.Errorf("%d sessions learnt from refused facts", n)
	}
}

func TestMaxSessions(t *testing.T) {
	now, p := testStart, newPayer(1)
	l, err := openMem(newMemDisk(), &now)
	if err != nil {
		t.Fatal(err)
	}
	old := p.fact(1, 0)
	for n := range uint64(MaxSessions) {
		s := &session{Cap: old.Cap, Expiry: old.Expiry}
		binary.BigEndian.PutUint64(s.id[:], n)
		l.book.sessions[s.id] = s
	}
	if _, err := l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{old}}); err == nil || !strings.Contains(err.Error(), "at most 65536") {
		t.Fatal(err)
	}
	now = now.Add(9 * 24 * time.Hour) // all have expired
	if effect, err := l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{old}}); err != nil || effect != Applied || l.Totals().Sessions != 1 {
		t.Fatal(l.Totals(), effect, err)
	}
}
