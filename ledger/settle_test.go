package ledger

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func (p payer) serve(t testing.TB, l *Ledger, n byte, cost, acked uint64) protocol.Receipt {
	t.Helper()
	r := p.request(n, cost, acked+cost, acked)
	wantAdmit(t, l, r, Admitted)
	return wantCommit(t, l, r, cost)
}

func TestBatchRowsAndReceipts(t *testing.T) {
	now := testStart
	l := openTest(t, t.TempDir(), &now)
	a, b, c, idle := newPayer(1), newPayer(2), newPayer(3), newPayer(4)
	soon := b.fact(100, 0)
	soon.Expiry -= 1000
	learn(t, l, 4, a.fact(100, 0), soon, c.fact(100, 0), idle.fact(100, 0))
	a1, b1 := a.serve(t, l, 1, 10, 0), b.serve(t, l, 1, 20, 0)
	a2, c1 := a.serve(t, l, 2, 5, 10), c.serve(t, l, 1, 30, 0)
	if got := l.Totals().Unsettled; got != protocol.Units(65) {
		t.Errorf("unsettled %s", got)
	}
	s, ok, err := l.Batch(protocol.Hash{1}, 2)
	if err != nil || !ok || s.Seq != 5 || s.Pod != testPod || s.KeyConfigHash != (protocol.Hash{1}) || len(s.Rows) != 2 {
		t.Fatalf("%+v, %v, %v", s, ok, err)
	}
	if s.Rows[0].Session != b.session {
		t.Error("the session nearest its end is not first")
	}
	second := s.Rows[1].Session
	var want []protocol.Receipt
	if second == a.session {
		want = []protocol.Receipt{b1, a1, a2}
	} else {
		want = []protocol.Receipt{b1, c1}
	}
	var structs []protocol.Hash
	for i, r := range s.Receipts {
		if i >= len(want) || r != want[i] {
			t.Fatalf("receipts %+v", s.Receipts)
		}
		structs = append(structs, r.HashStruct())
	}
	if len(want) != len(s.Receipts) || s.ReceiptsRoot != protocol.ReceiptsRoot(structs) {
		t.Error("root")
	}
	for _, row := range s.Rows {
		if row.Voucher.SessionID != row.Session.ID() || row.Charged.Cmp(row.Voucher.Ceiling) > 0 || row.Signature.Verify(testDomain.Digest(row.Voucher), row.Session.Signer) != nil {
			t.Errorf("row %+v", row)
		}
	}
	// The batch stays the same whatever is charged meanwhile and however many rows are asked for.
	b.serve(t, l, 2, 1, 20)
	if again, _, err := l.Batch(protocol.Hash{1}, 0); err != nil || again.TypedData() != s.TypedData() {
		t.Errorf("%+v, %v", again, err)
	}
	// The row of b was skipped on chain: it comes again, with the receipt since.
	claim := protocol.SessionFact{SessionKey: second, Cap: protocol.Units(100), Claimed: s.Rows[1].Charged, Expiry: a.fact(0, 0).Expiry}
	if effect, err := l.Settled(protocol.Settled{Seq: 5, Sessions: []protocol.SessionFact{claim, soon}}); err != nil || effect != Applied {
		t.Fatal(effect, err)
	}
	s, ok, err = l.Batch(protocol.Hash{1}, 0)
	if err != nil || !ok || s.Seq != 6 || len(s.Rows) != 2 || s.Rows[0].Session != b.session || s.Rows[0].Charged != protocol.Units(21) {
		t.Fatalf("%+v, %v, %v", s, ok, err)
	}
	if s.Receipts[0].RSeq != 2 {
		t.Error("a receipt under two roots")
	}
}

func TestSettledEffects(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(100, 0))
	p.serve(t, l, 1, 10, 0)
	if s, _, err := l.Batch(protocol.Hash{}, 0); err != nil || s.Seq != 1 {
		t.Fatal(s.Seq, err)
	}
	report := func(seq uint64, claimed uint64, want Effect) {
		t.Helper()
		if effect, err := l.Settled(protocol.Settled{Seq: seq, Sessions: []protocol.SessionFact{p.fact(100, claimed)}}); err != nil || effect != want {
			t.Fatal(effect, err)
		}
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
	}
	report(1, 10, Applied)
	report(1, 10, Replayed)
	report(1, 3, Replayed) // claims never fall
	if s, _ := l.Session(p.session.ID()); s.Claimed != protocol.Units(10) {
		t.Errorf("claimed %s", s.Claimed)
	}
	report(9, 10, Foreign)
	p.serve(t, l, 2, 10, 10)
	if s, _, err := l.Batch(protocol.Hash{}, 0); err != nil || s.Seq != 10 {
		t.Fatal(s.Seq, err)
	}
	// A reorganised chain is back at 8: the same batch under the only number that it will take.
	learn(t, l, 8)
	if s, _, err := l.Batch(protocol.Hash{}, 0); err != nil || s.Seq != 9 || len(s.Rows) != 1 {
		t.Fatal(s.Seq, err)
	}
	// Facts alone can say that it landed.
	learn(t, l, 9, p.fact(100, 20))
	if _, ok, err := l.Batch(protocol.Hash{}, 0); ok || err != nil {
		t.Fatal(ok, err)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
}

func TestRetention(t *testing.T) {
	now, p := testStart, newPayer(1)
	dir := t.TempDir()
	l := openTest(t, dir, &now)
	learn(t, l, 0, p.fact(100, 0))
	p.serve(t, l, 1, 10, 0)
	p.serve(t, l, 2, 10, 10)
	now = now.Add(Retention)
	p.serve(t, l, 3, 10, 20)
	first, third := p.request(1, 10, 10, 0).ID, p.request(3, 10, 30, 20).ID
	has := func(id protocol.RequestID, want bool) {
		t.Helper()
		if _, ok, err := l.ReceiptOf(id); err != nil || ok != want {
			t.Fatalf("receipt is there: %v, %v", ok, err)
		}
		if err := l.Check(); err != nil {
			t.Fatal(err)
		}
	}
	settle := func(seq, claimed uint64) {
		t.Helper()
		if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Settled(protocol.Settled{Seq: seq, Sessions: []protocol.SessionFact{p.fact(100, claimed)}}); err != nil {
			t.Fatal(err)
		}
	}
	has(first, true) // old, and not settled
	settle(1, 30)
	has(first, true) // settled just now: it can be proven for a day
	has(third, true)
	now = now.Add(Retention)
	settle(2, 30)
	has(first, false)
	has(third, true) // a living session's last
	l.Close()
	l = openTest(t, dir, &now)
	has(first, false)
	has(third, true)
	// Long after its end a session is forgotten, receipts and all; an expired row is not sent.
	p.serve(t, l, 4, 10, 30)
	now = time.Unix(int64(p.fact(0, 0).Expiry), 0).Add(time.Second)
	if _, ok, err := l.Batch(protocol.Hash{}, 0); ok || err != nil || !l.Totals().Unsettled.IsZero() {
		t.Fatal("a row for an expired session", err)
	}
	now = now.Add(Retention)
	l.Close()
	l = openTest(t, dir, &now)
	has(third, false)
	if got := l.Totals().Sessions; got != 0 {
		t.Errorf("%d sessions", got)
	}
	l.Close()
	l = openTest(t, dir, &now)
	if got := l.Totals().Sessions; got != 0 {
		t.Errorf("%d sessions after reopening", got)
	}
}

// A client that was away for longer than Retention still finds the bills that it has not acknowledged: without one of
// them the others cannot hold for it.
func TestUnacknowledgedReceiptsAreKept(t *testing.T) {
	now, p := testStart, newPayer(1)
	l := openTest(t, t.TempDir(), &now)
	learn(t, l, 0, p.fact(100, 0))
	p.serve(t, l, 1, 10, 0)
	p.serve(t, l, 2, 10, 10) // its answer broke off, and the next one's
	third := p.request(3, 10, 30, 10)
	wantAdmit(t, l, third, Admitted)
	wantCommit(t, l, third, 10)
	has := func(n byte, want bool) {
		t.Helper()
		if _, ok, err := l.ReceiptOf(p.request(n, 10, 10, 0).ID); err != nil || ok != want {
			t.Errorf("receipt %d is there: %v, %v", n, ok, err)
		}
	}
	settle := func(seq uint64) {
		t.Helper()
		if _, _, err := l.Batch(protocol.Hash{}, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := l.Settled(protocol.Settled{Seq: seq, Sessions: []protocol.SessionFact{p.fact(100, 30)}}); err != nil {
			t.Fatal(err)
		}
	}
	now = now.Add(Retention)
	settle(1)
	has(1, true) // settled just now
	now = now.Add(Retention)
	settle(2)
	has(1, false)
	has(2, true)
	has(3, true)
	p.serve(t, l, 4, 10, 30)
	settle(3)
	has(2, false)
	has(3, false)
}

func TestRewriteKeepsAll(t *testing.T) {
	now, d := testStart, newMemDisk()
	l, err := openMem(d, &now)
	if err != nil {
		t.Fatal(err)
	}
	p := newPayer(1)
	learn(t, l, 3, p.fact(1000, 0))
	p.serve(t, l, 1, 10, 0)
	p.serve(t, l, 2, 10, 10)
	for range 5 {
		open := p.request(5, 10, 30, 20)
		wantAdmit(t, l, open, Admitted)
		l.Release(open.ID)
	}
	running := p.request(3, 100, 120, 20)
	wantAdmit(t, l, running, Admitted)
	s1, _, err := l.Batch(protocol.Hash{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	before := len(d.names[logName].data)
	l.log.compactAt = 0
	fourth := p.request(4, 10, 130, 20)
	wantAdmit(t, l, fourth, Admitted)
	wantCommit(t, l, fourth, 10)
	if after := len(d.names[logName].data); after >= before {
		t.Errorf("rewritten from %d to %d bytes", before, after)
	}
	wantCommit(t, l, running, 50)
	view, _ := l.Session(p.session.ID())
	l, err = openMem(d.crash(false), &now)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	again, _ := l.Session(p.session.ID())
	if again.Charged != view.Charged || again.Ceiling != view.Ceiling || again.Running != 0 || *again.LastReceipt != *view.LastReceipt {
		t.Errorf("%+v, before %+v", again, view)
	}
	if s2, _, err := l.Batch(protocol.Hash{}, 0); err != nil || s2.TypedData() != s1.TypedData() {
		t.Error("another batch", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	now, dir := testStart, filepath.Join(t.TempDir(), "a", "b")
	l := openTest(t, dir, &now)
	cfg := l.cfg
	if _, err := Open(cfg); err == nil || !strings.Contains(err.Error(), "in use by another process") {
		t.Error(err)
	}
	l.Close()
	if _, err := l.Admit(newPayer(1).request(1, 1, 1, 0)); !errors.Is(err, ErrClosed) {
		t.Error(err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		change func(*Config)
		want   string
	}{
		"no directory":   {func(c *Config) { c.Dir = "" }, "Dir is needed"},
		"no pod":         {func(c *Config) { c.Pod = protocol.Address{} }, "Domain and Pod are needed"},
		"no key":         {func(c *Config) { c.Key = Key{} }, "never written in plain"},
		"another key":    {func(c *Config) { c.Key = newTestKey("another platform's") }, "sealed for another enclave or platform"},
		"no domain":      {func(c *Config) { c.Domain = protocol.Domain{} }, "Domain and Pod are needed"},
		"another pod":    {func(c *Config) { c.Pod[0]++ }, "belongs to pod"},
		"another chain":  {func(c *Config) { c.Domain.ChainID++ }, "belongs to pod"},
		"another escrow": {func(c *Config) { c.Domain.Escrow[0]++ }, "belongs to pod"},
	} {
		bad := cfg
		c.change(&bad)
		if _, err := Open(bad); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	path := filepath.Join(dir, logName)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	os.WriteFile(path, append(data, 1, 2, 3), 0o600)
	var lines strings.Builder
	cfg.Logger = slog.New(slog.NewTextHandler(&lines, nil))
	if l, err = Open(cfg); err != nil {
		t.Fatal(err)
	}
	l.Close()
	if !strings.Contains(lines.String(), "bytes=3") {
		t.Errorf("a torn tail was dropped without a word: %s", lines.String())
	}
	os.WriteFile(path, []byte("something else"), 0o600)
	var bad *DamagedError
	if _, err := Open(cfg); !errors.As(err, &bad) || !strings.Contains(err.Error(), dir) {
		t.Error(err)
	}
}

// A batch that cannot be sent is replaced by a smaller one of the same number, which outlives a crash. Whichever of the two
// lands, what is left is settled later, and no receipt is lost.
func TestReplacedBatch(t *testing.T) {
	for _, landed := range []string{"the replacement", "the first"} {
		t.Run(landed, func(t *testing.T) {
			now, d := testStart, newMemDisk()
			l, err := openMem(d, &now)
			if err != nil {
				t.Fatal(err)
			}
			payers := []payer{newPayer(1), newPayer(2), newPayer(3)}
			for _, p := range payers {
				learn(t, l, 4, p.fact(100, 0))
				p.serve(t, l, 1, 10, 0)
			}
			if n, until := l.Owing(); n != 3 || until != payers[0].fact(0, 0).Expiry {
				t.Errorf("%d sessions owe until %d", n, until)
			}
			get := func(ask protocol.BatchRequest, rows int) Settlement {
				t.Helper()
				s, ok, err := l.BatchFor(protocol.Hash{}, ask)
				if err != nil || ok != (rows > 0) || len(s.Rows) != rows {
					t.Fatalf("%d rows, %v, %v; want %d", len(s.Rows), ok, err, rows)
				}
				if err := l.Check(); err != nil {
					t.Fatal(err)
				}
				return s
			}
			first := get(protocol.BatchRequest{}, 3)
			get(protocol.BatchRequest{MaxRows: 2}, 3)             // fixed
			get(protocol.BatchRequest{MaxRows: 2, Replace: 4}, 3) // of another number
			bad := first.Rows[0].Session
			second := get(protocol.BatchRequest{MaxRows: 1, Replace: 5, Without: []protocol.Hash{bad.ID()}}, 1)
			if second.Seq != 5 || second.Rows[0] != first.Rows[1] || len(second.Receipts) != 1 || second.ReceiptsRoot == first.ReceiptsRoot {
				t.Fatalf("%+v", second)
			}
			if l, err = openMem(d.crash(false), &now); err != nil {
				t.Fatal(err)
			}
			if again := get(protocol.BatchRequest{}, 1); again.TypedData() != second.TypedData() {
				t.Error("another batch after a crash")
			}
			if same := get(protocol.BatchRequest{MaxRows: 5, Replace: 5}, 1); same.TypedData() != second.TypedData() {
				t.Error("replaced without a need")
			}
			rows := second.Rows
			if landed == "the first" {
				rows = first.Rows
			}
			var paid []protocol.SessionFact
			for _, r := range rows {
				paid = append(paid, protocol.SessionFact{SessionKey: r.Session, Cap: protocol.Units(100), Claimed: r.Charged, Expiry: payers[0].fact(0, 0).Expiry})
			}
			if effect, err := l.Settled(protocol.Settled{Seq: 5, Sessions: paid}); err != nil || effect != Applied {
				t.Fatal(effect, err)
			}
			left := 3 - len(rows)
			rest := get(protocol.BatchRequest{}, left)
			if left > 0 && (rest.Seq != 6 || len(rest.Receipts) != left) {
				t.Errorf("%+v", rest)
			}
		})
	}
	// Where all rows are left out, others take their place.
	now := testStart
	l := openTest(t, t.TempDir(), &now)
	a, b := newPayer(1), newPayer(2)
	learn(t, l, 0, a.fact(100, 0))
	a.serve(t, l, 1, 10, 0)
	if _, ok, err := l.Batch(protocol.Hash{}, 0); !ok || err != nil {
		t.Fatal(ok, err)
	}
	without := protocol.BatchRequest{Replace: 1, Without: []protocol.Hash{a.session.ID()}}
	if _, ok, err := l.BatchFor(protocol.Hash{}, without); ok || err != nil {
		t.Fatal(ok, err)
	}
	learn(t, l, 0, b.fact(100, 0))
	b.serve(t, l, 1, 10, 0)
	if s, ok, err := l.BatchFor(protocol.Hash{}, without); !ok || err != nil || s.Seq != 1 || s.Rows[0].Session != b.session {
		t.Fatal(s, ok, err)
	}
}

// A crash at any durable step of a replacement leaves the first batch or the other, whole, and the one that was handed out
// last if it was handed out.
func TestReplacedBatchCrashes(t *testing.T) {
	now, payers := testStart, []payer{newPayer(1), newPayer(2), newPayer(3)}
	prepare := func(d *memDisk) (*Ledger, Settlement) {
		l, err := openMem(d, &now)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range payers {
			learn(t, l, 0, p.fact(100, 0))
			p.serve(t, l, 1, 10, 0)
		}
		first, _, err := l.Batch(protocol.Hash{}, 0)
		if err != nil || len(first.Rows) != 3 {
			t.Fatal(err)
		}
		return l, first
	}
	replace := protocol.BatchRequest{MaxRows: 1, Replace: 1}
	calm := newMemDisk()
	l, first := prepare(calm)
	before := calm.steps
	second, _, err := l.BatchFor(protocol.Hash{}, replace)
	if err != nil || len(second.Rows) != 1 || calm.steps == before {
		t.Fatal(err)
	}
	for at := before + 1; at <= calm.steps+1; at++ {
		for _, mode := range []faultMode{lost, done, half} {
			for _, lucky := range []bool{false, true} {
				d := newMemDisk()
				l, _ := prepare(d)
				d.fault = fault{at, mode}
				_, _, failure := l.BatchFor(protocol.Hash{}, replace)
				if failed := at <= calm.steps; failed != errors.Is(failure, errFault) {
					t.Fatalf("step %d %s: %v", at, mode, failure)
				}
				l, err := openMem(d.crash(lucky), &now)
				if err != nil {
					t.Fatalf("step %d %s: does not open again: %v", at, mode, err)
				}
				got, ok, err := l.Batch(protocol.Hash{}, 0)
				if err != nil || !ok || l.Check() != nil {
					t.Fatal(ok, err, l.Check())
				}
				isFirst, isSecond := got.TypedData() == first.TypedData(), got.TypedData() == second.TypedData()
				if !isSecond && (failure == nil || !isFirst) {
					t.Errorf("step %d %s, lucky %v: batch %+v after %v", at, mode, lucky, got.Batch, failure)
				}
				if again, _, err := l.BatchFor(protocol.Hash{}, replace); err != nil || again.TypedData() != second.TypedData() {
					t.Errorf("step %d %s: asked again: %+v, %v", at, mode, again.Batch, err)
				}
			}
		}
	}
}
