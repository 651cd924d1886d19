package ledger

import (
	"bytes"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// A bill of one token and the largest there can be, a first admission and one of a session that has all but ended, take
// the same room: the log's length tells that something was admitted or billed, and not what.
func TestRecordsAreOfOneSize(t *testing.T) {
	most := protocol.Hash(bytes.Repeat([]byte{0xff}, 32))
	voucher := func(ceiling, acked protocol.Amount) record {
		return record{Admit: &protocol.SignedVoucher{Voucher: protocol.Voucher{SessionID: most, RequestHash: most, Ceiling: ceiling, Acked: acked}}}
	}
	bill := func(u protocol.Usage, f protocol.Finish, cost, charged protocol.Amount, at, rseq uint64) record {
		return record{Commit: &billed{At: at, Receipt: protocol.Receipt{
			SessionID: most, RequestHash: most, ResponseHash: most, ModelDigest: most, OfferHash: most, Usage: u, Finish: f, Cost: cost, Charged: charged, RSeq: rseq,
		}}}
	}
	full := protocol.Usage{In: 1<<32 - 1, Cached: 1<<32 - 1, Out: 1<<32 - 1}
	for i, r := range []record{
		voucher(protocol.Units(1), protocol.Amount{}), voucher(protocol.MaxAmount, protocol.MaxAmount),
		bill(protocol.Usage{}, protocol.FinishStop, protocol.Amount{}, protocol.Amount{}, 0, 1),
		bill(full, protocol.FinishLength, protocol.MaxAmount, protocol.MaxAmount, 1<<40, 1<<63),
		{Close: &closure{most, protocol.MaxAmount}},
		{Close: &closure{}},
	} {
		line, err := r.line()
		if err != nil || len(line) != recordUnit || line[len(line)-1] != '\n' {
			t.Errorf("record %d: %d bytes, %v", i, len(line), err)
		}
	}
	for length := range 7 { // of whatever else
		line, err := record{Session: &session{}, Facts: &chainFacts{At: 1, Sessions: make([]protocol.SessionFact, length)}}.line()
		if err != nil || len(line)%recordUnit != 0 {
			t.Fatalf("%d bytes, %v", len(line), err)
		}
	}
}

// A host that asks for batches and exports after every request, and says that each batch is settled, sees of a session a
// sum a minute and not what each request came to.
func TestHostSeesASumAMinute(t *testing.T) {
	now := testStart
	l, err := Open(Config{Dir: t.TempDir(), Domain: testDomain, Pod: testPod, Key: testKey, Clock: func() time.Time { return now }, PublishEvery: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	a, b := newPayer(1), newPayer(2)
	learn(t, l, 0, a.fact(1000, 0), b.fact(1000, 0))
	batched, exported := map[uint64]bool{}, map[protocol.Amount]bool{}
	look := func(want map[protocol.SessionKey]uint64) {
		t.Helper()
		if list, _, err := l.Acknowledged(protocol.Hash{}, 10); err != nil {
			t.Fatal(err)
		} else {
			for _, row := range list {
				if row.Session == a.session {
					exported[row.Voucher.Acked] = true
				}
			}
		}
		s, ok, err := l.Batch(protocol.Hash{}, 0)
		if err != nil || ok != (len(want) > 0) || len(s.Rows) != len(want) {
			t.Fatalf("batch %+v, %t, %v, want %v", s.Rows, ok, err, want)
		}
		var facts []protocol.SessionFact
		for _, row := range s.Rows {
			if row.Charged != protocol.Units(want[row.Session]) {
				t.Fatalf("row %+v, want %d", row, want[row.Session])
			}
			batched[s.Seq] = true
			facts = append(facts, protocol.SessionFact{SessionKey: row.Session, Cap: protocol.Units(1000), Claimed: row.Charged, Expiry: a.fact(0, 0).Expiry})
		}
		if ok { // whether it is true or not
			if _, err := l.Settled(protocol.Settled{Seq: s.Seq, Sessions: facts}); err != nil {
				t.Fatal(err)
			}
		}
	}
	charged := uint64(0)
	serve := func(n byte) {
		a.serve(t, l, n, uint64(n), charged)
		charged += uint64(n)
	}
	serve(1)
	look(map[protocol.SessionKey]uint64{a.session: 1}) // what was first is seen
	for n := byte(2); n <= 7; n++ {
		now = now.Add(9 * time.Second)
		serve(n)
		if n == 4 { // another session keeps its own time
			b.serve(t, l, 1, 50, 0)
			look(map[protocol.SessionKey]uint64{b.session: 50})
		}
		look(nil)
	}
	now = now.Add(6 * time.Second)
	look(map[protocol.SessionKey]uint64{a.session: charged})
	if len(exported) > 1 {
		t.Errorf("within a minute %d different vouchers of one session were exported", len(exported))
	}
	// A batch that waits is handed out as it is, whenever it is asked for.
	now = now.Add(time.Minute)
	serve(8)
	first, ok, err := l.Batch(protocol.Hash{}, 0)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	serve(9)
	again, _, err := l.BatchFor(protocol.Hash{}, protocol.BatchRequest{Replace: first.Seq})
	if err != nil || again.TypedData() != first.TypedData() {
		t.Errorf("%+v, %v", again.Rows, err)
	}
	// Whom the batch leaves out is not shown anew in its place.
	none, ok, err := l.BatchFor(protocol.Hash{}, protocol.BatchRequest{Replace: first.Seq, Without: []protocol.Hash{a.session.ID(), b.session.ID()}})
	if err != nil || ok {
		t.Errorf("%+v, %t, %v", none.Rows, ok, err)
	}
}
