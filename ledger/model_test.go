package ledger

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/protocol"
)

// model is a ledger without a disk, without groups and with small numbers, as the specification words it.
type model struct {
	now      time.Time
	sessions map[byte]*modelSession
	requests map[protocol.RequestID]*modelRequest
	lastSeq  uint64
	pending  map[byte]uint64 // what each session's row says; nil: no batch is pending
	seq      uint64          // of the pending batch
}

type modelSession struct {
	cap, claimed, charged uint64
	best, acked           uint64 // of the vouchers kept
	lifted                uint64 // of charged, what only the chain vouches for
	expiry                uint64
	closing, closed       bool
	final                 uint64
	bills                 []modelBill
}

func (s *modelSession) payable() uint64 {
	pay := min(s.charged-s.lifted, s.best, s.cap)
	if s.closed {
		pay = min(pay, s.final)
	}
	return pay
}

func (s *modelSession) claim(claimed uint64) {
	s.claimed = max(s.claimed, claimed)
	s.lifted += max(s.claimed, s.charged) - s.charged
	s.charged = max(s.claimed, s.charged)
}

func (m *model) clone() model {
	c := *m
	c.sessions, c.requests, c.pending = map[byte]*modelSession{}, map[protocol.RequestID]*modelRequest{}, maps.Clone(m.pending)
	for n, s := range m.sessions {
		copied := *s
		copied.bills = slices.Clone(s.bills)
		c.sessions[n] = &copied
	}
	for id, r := range m.requests {
		copied := *r
		c.requests[id] = &copied
	}
	return c
}

// crash forgets what is not durable.
func (m *model) crash() {
	maps.DeleteFunc(m.requests, func(_ protocol.RequestID, r *modelRequest) bool { return r.receipt == nil })
}

// fix is the batch as the ledger is to fix it, if it has none.
func (m *model) fix() {
	if m.pending != nil {
		return
	}
	rows := map[byte]uint64{}
	for n, s := range m.sessions {
		if pay := s.payable(); pay > s.claimed && uint64(m.now.Unix()) <= s.expiry {
			rows[n] = pay
		}
	}
	if len(rows) > 0 {
		m.pending, m.seq = rows, m.lastSeq+1
	}
}

func (m *model) close(n byte) Effect {
	switch s := m.sessions[n]; {
	case s == nil:
		return Foreign
	case s.closed:
		return Replayed
	case m.running(n) > 0:
		return Busy
	default:
		s.closed, s.final = true, s.payable()
		return Applied
	}
}

func (m *model) running(n byte) (count int) {
	for _, r := range m.requests {
		if r.session == n && r.receipt == nil {
			count++
		}
	}
	return count
}

type modelBill struct {
	at   time.Time
	cost uint64
}

type modelRequest struct {
	session byte
	maxCost uint64
	receipt *protocol.Receipt // nil: running
}

func (m *model) reserved(n byte) (sum uint64) {
	for _, r := range m.requests {
		if r.session == n && r.receipt == nil {
			sum += r.maxCost
		}
	}
	return sum
}

func (m *model) admit(n byte, id protocol.RequestID, maxCost, ceiling, acked uint64) Status {
	s := m.sessions[n]
	if r := m.requests[id]; r != nil && r.receipt != nil {
		return Answered
	} else if r != nil {
		return InProgress
	}
	young := uint64(0)
	if s != nil {
		for _, b := range s.bills {
			if m.now.Sub(b.at) < AckGrace {
				young += b.cost
			}
		}
	}
	switch {
	case acked > ceiling:
		return BadVoucher
	case s != nil && s.closed:
		return Closed
	case s == nil || s.cap == 0:
		return NeedSession
	case s.closing || uint64(m.now.Add(DefaultSettleMargin).Unix()) >= s.expiry:
		return Ending
	case acked > s.cap:
		return BadVoucher
	case acked+young < s.charged:
		return NeedAck
	}
	need := max(s.charged, acked) + m.reserved(n) + maxCost
	switch {
	case need > s.cap:
		return NeedCap
	case need > max(s.best, ceiling):
		return NeedCeiling
	}
	s.charged, s.best, s.acked = max(s.charged, acked), max(s.best, ceiling), max(s.acked, acked)
	s.lifted = min(s.lifted, s.charged-acked)
	m.requests[id] = &modelRequest{session: n, maxCost: maxCost}
	return Admitted
}

// machine drives a ledger on a disk that crashes, and the model beside it.
type machine struct {
	model
	disk *memDisk
	l    *Ledger
}

// number of a request is also its session's: request 10 s + i belongs to session s.
func (m *machine) pick(t *rapid.T) (n byte, p payer, i byte) {
	n = rapid.ByteRange(1, 3).Draw(t, "session")
	return n, newPayer(n), rapid.ByteRange(0, 6).Draw(t, "request")
}

func (m *machine) Learn(t *rapid.T) {
	n, p, _ := m.pick(t)
	s := m.sessions[n]
	if s == nil {
		s = &modelSession{expiry: p.fact(0, 0).Expiry}
		m.sessions[n] = s
	}
	switch rapid.SampledFrom([]string{"top up", "top up", "top up", "close", "same"}).Draw(t, "news") {
	case "top up":
		s.cap += rapid.Uint64Range(1, 100).Draw(t, "more")
	case "close":
		s.closing = true
	}
	if s.cap == 0 {
		delete(m.sessions, n)
		return
	}
	f := p.fact(s.cap, s.claimed)
	f.Closing = s.closing
	if rapid.IntRange(0, 9).Draw(t, "reopen") == 0 {
		s.closing, f.Closing = false, false
	}
	learn(t, m.l, m.lastSeq, f)
}

// Claim is what a lost past looks like: the chain has paid more than the book knows of.
func (m *machine) Claim(t *rapid.T) {
	n, p, _ := m.pick(t)
	s := m.sessions[n]
	if s == nil || s.charged >= s.cap || rapid.IntRange(0, 3).Draw(t, "rarely") > 0 {
		return
	}
	s.claim(rapid.Uint64Range(s.claimed, min(s.cap, s.charged+5)).Draw(t, "claimed"))
	f := p.fact(s.cap, s.claimed)
	f.Closing = s.closing
	learn(t, m.l, m.lastSeq, f)
}

func (m *machine) Admit(t *rapid.T) {
	n, p, i := m.pick(t)
	maxCost := uint64(i) * 3 // a request's cost belongs to its identity
	var charged, best uint64
	if s := m.sessions[n]; s != nil {
		charged, best = s.charged, s.best
	}
	ceiling := rapid.OneOf(rapid.Just(charged+m.reserved(n)+maxCost), rapid.Just(best), rapid.Uint64Range(0, 300)).Draw(t, "ceiling")
	acked := rapid.OneOf(rapid.Just(charged), rapid.Uint64Range(0, charged+2)).Draw(t, "acked")
	r := p.request(i, maxCost, ceiling, acked)
	want := m.admit(n, r.ID, maxCost, ceiling, acked)
	out, err := m.l.Admit(r)
	if acked > ceiling {
		want = BadVoucher // nothing about a request is told to who cannot word a voucher
	}
	if err != nil || out.Status != want {
		t.Fatalf("admit %d of session %d, at most %d, ceiling %d, acked %d: %s (%s), %v, want %s", i, n, maxCost, ceiling, acked, out.Status, out.Reason, err, want)
	}
	if want == Answered && *out.Receipt != *m.requests[r.ID].receipt {
		t.Fatalf("answered with %+v", out.Receipt)
	}
}

func (m *machine) Commit(t *rapid.T) {
	n, p, i := m.pick(t)
	id := p.request(i, 0, 0, 0).ID
	r := m.requests[id]
	if r == nil {
		if _, err := m.l.Commit(id, bill(0)); err == nil {
			t.Fatal("committed what was not running")
		}
		return
	}
	cost := rapid.Uint64Range(0, r.maxCost).Draw(t, "cost")
	got, err := m.l.Commit(id, bill(cost))
	if err != nil {
		t.Fatal(err)
	}
	if r.receipt != nil {
		if got != *r.receipt {
			t.Fatalf("second commit %+v, first %+v", got, r.receipt)
		}
		return
	}
	s := m.sessions[n]
	s.charged += cost
	s.bills = append(s.bills, modelBill{m.now, cost})
	if got.Charged != protocol.Units(s.charged) || got.Cost != protocol.Units(cost) || got.RSeq != uint64(len(s.bills)) {
		t.Fatalf("receipt %+v of session %+v", got, s)
	}
	r.receipt = &got
}

func (m *machine) Release(t *rapid.T) {
	_, p, i := m.pick(t)
	id := p.request(i, 0, 0, 0).ID
	want := Replayed
	if r := m.requests[id]; r != nil && r.receipt == nil {
		want = Applied
		delete(m.requests, id)
	}
	if got := m.l.Release(id); got != want {
		t.Fatalf("release: %s, want %s", got, want)
	}
}

func (m *machine) Batch(t *rapid.T) {
	m.fix()
	got, ok, err := m.l.Batch(protocol.Hash{}, 0)
	if err != nil || ok != (m.pending != nil) {
		t.Fatal(ok, err)
	}
	if !ok {
		return
	}
	rows := map[byte]uint64{}
	for _, r := range got.Rows {
		rows[r.Session.Owner[0]] = r.Charged.Big().Uint64()
		if r.Charged.Cmp(r.Voucher.Ceiling) > 0 || r.Signature.Verify(testDomain.Digest(r.Voucher), r.Session.Signer) != nil {
			t.Fatalf("row %+v", r)
		}
	}
	if got.Seq != m.seq || !maps.Equal(rows, m.pending) {
		t.Fatalf("batch %d of %v, want %d of %v", got.Seq, rows, m.seq, m.pending)
	}
}

func (m *machine) Settle(t *rapid.T) {
	if m.pending == nil {
		return
	}
	report := protocol.Settled{Seq: m.seq}
	for _, n := range slices.Sorted(maps.Keys(m.pending)) {
		s := m.sessions[n]
		if rapid.IntRange(0, 4).Draw(t, "skipped") > 0 {
			s.claim(m.pending[n])
		}
		f := newPayer(n).fact(s.cap, s.claimed)
		f.Closing = s.closing
		report.Sessions = append(report.Sessions, f)
	}
	m.lastSeq, m.pending = m.seq, nil
	if effect, err := m.l.Settled(report); err != nil || effect != Applied {
		t.Fatal(effect, err)
	}
}

func (m *machine) Wait(t *rapid.T) {
	m.now = m.now.Add(rapid.SampledFrom([]time.Duration{time.Second, 30 * time.Second, AckGrace, time.Hour}).Draw(t, "time"))
}

func (m *machine) Rewrite(*rapid.T) {
	m.l.mu.Lock()
	m.l.log.compactAt = 0
	m.l.mu.Unlock()
}

func (m *machine) Crash(t *rapid.T) {
	m.disk = m.disk.crash(rapid.Bool().Draw(t, "lucky"))
	l, err := openMem(m.disk, &m.now)
	if err != nil {
		t.Fatal(err)
	}
	m.l = l
	m.crash()
}

func (m *machine) Close(t *rapid.T) {
	n, p, _ := m.pick(t)
	if rapid.IntRange(0, 5).Draw(t, "rarely") > 0 {
		return
	}
	want := m.close(n)
	s, effect, err := m.l.CloseSession(p.session.ID())
	if err != nil || effect != want || s.Closed != (want == Applied || want == Replayed) {
		t.Fatalf("close %d: %s, %v, want %s", n, effect, err, want)
	}
	if s.Closed && s.Final != protocol.Units(m.sessions[n].final) {
		t.Fatalf("closed %d at %s, want %d", n, s.Final, m.sessions[n].final)
	}
}

// Kill is a verb in the middle of which the process ends: it has taken place, or it has not.
func (m *machine) Kill(t *rapid.T) {
	n, p, i := m.pick(t)
	id, s := p.request(i, 0, 0, 0).ID, m.sessions[n]
	after := m.clone()
	var verb func() error
	switch kind := rapid.SampledFrom([]string{"admit", "commit", "batch", "close", "learn"}).Draw(t, "verb"); {
	case kind == "admit" && s != nil:
		maxCost := uint64(i) * 3
		ceiling, acked := s.charged+m.reserved(n)+maxCost, s.charged
		after.admit(n, id, maxCost, ceiling, acked)
		verb = func() error { _, err := m.l.Admit(p.request(i, maxCost, ceiling, acked)); return err }
	case kind == "commit" && m.requests[id] != nil && m.requests[id].receipt == nil:
		cost := rapid.Uint64Range(0, m.requests[id].maxCost).Draw(t, "cost")
		a := after.sessions[n]
		a.charged += cost
		a.bills = append(a.bills, modelBill{m.now, cost})
		after.requests[id].receipt = &protocol.Receipt{}
		verb = func() error { _, err := m.l.Commit(id, bill(cost)); return err }
	case kind == "batch":
		after.fix()
		verb = func() error { _, _, err := m.l.Batch(protocol.Hash{}, 0); return err }
	case kind == "close":
		after.close(n)
		verb = func() error { _, _, err := m.l.CloseSession(p.session.ID()); return err }
	case kind == "learn" && s != nil:
		after.sessions[n].cap += 7
		f := p.fact(s.cap+7, s.claimed)
		f.Closing = s.closing
		verb = func() error { _, err := m.l.Learn(protocol.Facts{Sessions: []protocol.SessionFact{f}}); return err }
	default:
		return
	}
	m.disk.fault = fault{m.disk.steps + rapid.IntRange(1, 7).Draw(t, "step"), rapid.SampledFrom([]faultMode{lost, done, half}).Draw(t, "mode")}
	m.disk.keep = func(n int) int { return rapid.IntRange(0, n).Draw(t, "bytes") }
	if err := verb(); err != nil && !errors.Is(err, errFault) {
		t.Fatal(err)
	}
	m.disk = m.disk.crash(rapid.Bool().Draw(t, "lucky"))
	l, err := openMem(m.disk, &m.now)
	if err != nil {
		t.Fatal(err)
	}
	m.l = l
	before := m.model
	after.crash()
	before.crash()
	if m.model = after; m.differs() != nil {
		m.model = before
	}
	if r := m.requests[id]; r != nil && *r.receipt == (protocol.Receipt{}) {
		receipt, _, _ := m.l.ReceiptOf(id)
		r.receipt = &receipt
	}
}

// differs says in what the ledger is not as the model.
func (m *machine) differs() error {
	var unsettled uint64
	running := 0
	for n, s := range m.sessions {
		running += m.running(n)
		v, ok := m.l.Session(newPayer(n).session.ID())
		want := fmt.Sprint(s.cap, s.claimed, s.charged, m.reserved(n), s.best, s.closing, s.closed, s.final)
		if got := fmt.Sprint(v.Cap, v.Claimed, v.Charged, v.Reserved, v.Ceiling, v.Closing, v.Closed, v.Final); !ok || got != want {
			return fmt.Errorf("session %d: %s, want %s", n, got, want)
		}
		if pay := s.payable(); pay > s.claimed && uint64(m.now.Unix()) <= s.expiry {
			unsettled += pay - s.claimed
		}
	}
	for id, r := range m.requests {
		if _, ok, err := m.l.ReceiptOf(id); err != nil || ok != (r.receipt != nil) {
			return fmt.Errorf("request %s is billed: %v, %v", id, ok, err)
		}
	}
	if got, want := m.l.Totals(), (Totals{running, len(m.sessions), protocol.Units(unsettled)}); got != want {
		return fmt.Errorf("totals %+v, want %+v", got, want)
	}
	if p := m.l.book.pending; (p != nil) != (m.pending != nil) {
		return fmt.Errorf("batch %v, want %v", p, m.pending)
	}
	acked, _, err := m.l.Acknowledged(protocol.Hash{}, len(m.sessions))
	if err != nil {
		return err
	}
	exported := map[byte]uint64{}
	for _, v := range acked {
		exported[v.Session.Owner[0]] = v.Voucher.Acked.Big().Uint64()
	}
	for n, s := range m.sessions {
		want := uint64(0)
		if min(s.acked, s.cap) > s.claimed && uint64(m.now.Unix()) <= s.expiry {
			want = s.acked
		}
		if exported[n] != want {
			return fmt.Errorf("session %d: a voucher that acknowledges %d, want %d", n, exported[n], want)
		}
	}
	return nil
}

func (m *machine) Check(t *rapid.T) {
	if err := m.l.Check(); err != nil {
		t.Fatal(err)
	}
	if err := m.differs(); err != nil {
		t.Fatal(err)
	}
	for id, r := range m.requests {
		switch proof, ok, err := m.l.ProofOf(id); {
		case err != nil:
			t.Fatal(err)
		case ok && (r.receipt == nil || proof.Seq > m.lastSeq || !proof.Proves(r.receipt.HashStruct())):
			t.Fatalf("receipt %+v has the proof %+v", r.receipt, proof)
		}
	}
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &machine{model: model{now: testStart, sessions: map[byte]*modelSession{}, requests: map[protocol.RequestID]*modelRequest{}}, disk: newMemDisk()}
		l, err := openMem(m.disk, &m.now)
		if err != nil {
			t.Fatal(err)
		}
		m.l = l
		t.Repeat(map[string]func(*rapid.T){
			"learn": m.Learn, "claim": m.Claim, "admit": m.Admit, "admit again": m.Admit, "admit more": m.Admit, "commit": m.Commit,
			"commit more": m.Commit, "release": m.Release, "batch": m.Batch, "settle": m.Settle, "wait": m.Wait,
			"rewrite": m.Rewrite, "crash": m.Crash, "kill": m.Kill, "kill again": m.Kill, "close": m.Close, "": m.Check,
		})
	})
}
