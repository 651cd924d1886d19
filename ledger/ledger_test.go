package ledger

import (
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

var (
	testPod    = protocol.Address{19: 0x90}
	testDomain = protocol.Domain{ChainID: 31337, Escrow: protocol.Address{19: 0xe5}}
	testStart  = time.Unix(1_800_000_000, 0)
	testKey    = newTestKey("a key of the platform's, 32 bytes")
)

func newTestKey(secret string) Key {
	k, err := NewKey([]byte(secret))
	if err != nil {
		panic(err)
	}
	return k
}

// payer is a session's signer and what it needs to make requests.
type payer struct {
	key     protocol.Key
	session protocol.SessionKey
}

func newPayer(n byte) payer {
	raw := make([]byte, 32)
	raw[31] = n + 1
	key, err := protocol.KeyFromBytes(raw)
	if err != nil {
		panic(err)
	}
	return payer{key, protocol.SessionKey{Owner: protocol.Address{0: n, 19: 1}, Signer: key.Address(), Pod: testPod, Salt: uint64(n)}}
}

func (p payer) fact(cap, claimed uint64) protocol.SessionFact {
	return protocol.SessionFact{
		SessionKey: p.session, Cap: protocol.Units(cap), Claimed: protocol.Units(claimed),
		Expiry: uint64(testStart.Add(7 * 24 * time.Hour).Unix()),
	}
}

// request number n of the payer, with a voucher. Signing is slow under the race detector, so what was signed once is
// kept.
func (p payer) request(n byte, maxCost, ceiling, acked uint64) Request {
	v := protocol.Voucher{
		SessionID: p.session.ID(), Ceiling: protocol.Units(ceiling), Acked: protocol.Units(acked),
		RequestHash: protocol.Keccak256([]byte{n}, p.session.Owner[:]),
	}
	sig, ok := signed.Load(v)
	if !ok {
		sig = p.key.Sign(testDomain.Digest(v))
		signed.Store(v, sig)
	}
	return Request{
		ID: protocol.RequestID{0: n, 1: p.session.Owner[0]}, Session: p.session, MaxCost: protocol.Units(maxCost),
		Voucher: protocol.SignedVoucher{Voucher: v, Signature: sig.(protocol.Signature)},
	}
}

var signed sync.Map // Voucher -> Signature

func bill(cost uint64) Bill {
	return Bill{Cost: protocol.Units(cost), Finish: protocol.FinishStop, ResponseHash: protocol.Hash{1}}
}

func openTest(t testing.TB, dir string, now *time.Time) *Ledger {
	t.Helper()
	l, err := Open(Config{Dir: dir, Domain: testDomain, Pod: testPod, Key: testKey, Clock: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// fataler is a test or a rapid check.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

func learn(t fataler, l *Ledger, lastSeq uint64, facts ...protocol.SessionFact) {
	t.Helper()
	if _, err := l.Learn(protocol.Facts{Sessions: facts, LastSeq: lastSeq}); err != nil {
		t.Fatal(err)
	}
}

func wantAdmit(t testing.TB, l *Ledger, r Request, want Status) Outcome {
	t.Helper()
	out, err := l.Admit(r)
	if err != nil {
		t.Fatal(err)
	}
	if out.Status != want {
		t.Fatalf("admit: got %s (%s), want %s; session %+v", out.Status, out.Reason, want, out.Session)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	return out
}

func wantCommit(t testing.TB, l *Ledger, r Request, cost uint64) protocol.Receipt {
	t.Helper()
	receipt, err := l.Commit(r.ID, bill(cost))
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Check(); err != nil {
		t.Fatal(err)
	}
	return receipt
}

// A session's life: opened, used, settled, reopened in between.
func TestLife(t *testing.T) {
	now, dir, p := testStart, t.TempDir(), newPayer(1)
	l := openTest(t, dir, &now)

	first := p.request(1, 50, 50, 0)
	wantAdmit(t, l, first, NeedSession)
	learn(t, l, 0, p.fact(1000, 0))
	wantAdmit(t, l, first, Admitted)
	wantAdmit(t, l, first, InProgress)
	r1 := wantCommit(t, l, first, 30)
	if r1.Charged != protocol.Units(30) || r1.RSeq != 1 || r1.RequestHash != first.Voucher.RequestHash {
		t.Fatalf("receipt %+v", r1)
	}
	if again := wantCommit(t, l, first, 7); again != r1 {
		t.Fatalf("second commit: %+v, want %+v", again, r1)
	}
	if out := wantAdmit(t, l, first, Answered); *out.Receipt != r1 {
		t.Fatalf("replay gave %+v", out.Receipt)
	}
	second := p.request(2, 50, 80, 30)
	wantAdmit(t, l, second, Admitted)
	wantCommit(t, l, second, 50)

	s1, ok, err := l.Batch(protocol.Hash{5}, 0)
	if err != nil || !ok || len(s1.Rows) != 1 || s1.Seq != 1 || s1.Rows[0].Charged != protocol.Units(80) || len(s1.Receipts) != 2 {
		t.Fatalf("batch %+v, %v, %v", s1, ok, err)
	}
	l.Close()
	l = openTest(t, dir, &now)
	s2, _, err := l.Batch(protocol.Hash{6}, 0)
	if err != nil || s2.KeyConfigHash != (protocol.Hash{6}) || s2.ReceiptsRoot != s1.ReceiptsRoot || s2.Rows[0] != s1.Rows[0] || s2.Seq != 1 {
		t.Fatalf("after reopening: %+v, %v", s2, err)
	}
	if effect, err := l.Settled(protocol.Settled{Seq: 1, Sessions: []protocol.SessionFact{p.fact(1000, 80)}}); err != nil || effect != Applied {
		t.Fatal(effect, err)
	}
	if _, ok, err := l.Batch(protocol.Hash{}, 0); ok || err != nil {
		t.Fatal("a batch with nothing to settle", err)
	}
	if got := l.Totals(); got != (Totals{Sessions: 1}) {
		t.Fatalf("totals %+v", got)
	}
}
