package chain

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/internal/devnet/evm/faults"
	"github.com/phallama/phallama/protocol"
)

func TestFinalityComplete(t *testing.T) {
	const public = 2035
	for _, test := range []struct {
		chain uint64
		give  Finality
		want  Finality
	}{
		{evm.ChainID, Finality{}, Finality{Head: FinalDepth}},
		{evm.ChainID, Finality{Depth: 3}, Finality{Head: FinalSafe, Depth: 3}},
		{public, Finality{}, Finality{Head: FinalSafe, Depth: DefaultDepth}},
		{public, Finality{Head: FinalFinalized, Depth: 9}, Finality{Head: FinalFinalized, Depth: 9}},
		{public, Finality{Head: FinalDepth}, Finality{Head: FinalDepth}},
	} {
		if got, err := test.give.complete(test.chain); err != nil || got != test.want {
			t.Errorf("%+v on %d: %+v, %v", test.give, test.chain, got, err)
		}
	}
	if _, err := (Finality{Head: "latest"}).complete(public); err == nil || !strings.Contains(err.Error(), `got "latest"`) {
		t.Errorf("an unknown head: %v", err)
	}
}

// The final head is what the chain calls safe, else a depth; it does not go back with a node that lags behind.
func TestFinalHead(t *testing.T) {
	t.Parallel()
	honest := transactor(t)
	for range 4 {
		mint(t, honest.Address(), protocol.Units(1)) // a block each
	}
	head, err := honest.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p := faults.New(t, profile(t).RPC[0])
	p.SetTag("safe", head.Number-1)
	safe := through(t, p, profile(t), honest.key, Options{Finality: Finality{Head: FinalSafe}})
	want := func(c *Transactor, n uint64) {
		t.Helper()
		if b, err := c.Final(t.Context()); err != nil || b.Number != n || b.Hash.IsZero() {
			t.Errorf("final block %d, %v; want %d", b.Number, err, n)
		}
	}
	want(safe, head.Number-1)
	p.SetTag("safe", head.Number-3)
	want(safe, head.Number-1) // it goes back
	p.ShowHead(head.Number - 2)
	want(safe, head.Number-1) // and does not even know the block any more
	p.ShowHead(0)
	p.SetTag("safe", head.Number)
	want(safe, head.Number)

	p.UnknownTag("safe")
	p.ShowHead(head.Number)
	deep := through(t, p, profile(t), honest.key, Options{Finality: Finality{Head: FinalSafe, Depth: 3}})
	want(deep, head.Number-3)
	depth := through(t, p, profile(t), honest.key, Options{Finality: Finality{Head: FinalDepth, Depth: 2}})
	want(depth, head.Number-2)
}

// reorgable is a pod with a session of 1,000 on a chain of the test's own, where a block is final under four others.
func reorgable(t *testing.T) (c *evm.Chain, operator *Transactor, pod enclave, signer protocol.Key, open protocol.SignedOpen) {
	t.Helper()
	c, p, keys := ownChain(t)
	operator = through(t, faults.New(t, p.RPC[0]), p, keys[0], Options{Finality: Finality{Head: FinalDepth, Depth: 4}})
	owner := transactorOf(t, p, keys[1])
	if _, err := operator.Mint(t.Context(), owner.Address(), protocol.Units(1000)); err != nil {
		t.Fatal(err)
	}
	if _, err := owner.Deposit(t.Context(), protocol.Units(1000)); err != nil {
		t.Fatal(err)
	}
	pod, signer = register(t, operator), newKey(t)
	return c, operator, pod, signer, order(operator.Domain(), owner.key, signer.Address(), pod.pod, 0, protocol.Units(1000))
}

// bury adds blocks.
func bury(t *testing.T, operator *Transactor, blocks int) {
	t.Helper()
	for range blocks {
		if _, err := operator.Mint(t.Context(), protocol.Address{9}, protocol.Units(1)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestReorgOfAnOpen(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c, operator, pod, _, open := reorgable(t)
	if _, facts, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{open}); err != nil || facts[0].Cap != protocol.Units(1000) {
		t.Fatalf("open: %+v, %v", facts, err)
	}
	if err := c.Reorg(ctx, 1); err != nil {
		t.Fatal(err)
	}
	if fact, err := operator.Session(ctx, open.SessionKey); err != nil || !fact.Cap.IsZero() {
		t.Fatalf("the reorganised chain still has the session: %+v, %v", fact, err)
	}
	operator.Tend(ctx)
	for fact := (protocol.SessionFact{}); fact.Cap != protocol.Units(1000); time.Sleep(50 * time.Millisecond) {
		var err error
		if fact, err = operator.Session(ctx, open.SessionKey); err != nil {
			t.Fatal(err)
		}
	}
	// Whoever relays it again opens nothing more.
	if done, facts, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{open}); err != nil || facts[0].Refused != "" || !done.Tx.IsZero() {
		t.Errorf("relayed again: %+v, %v", facts, err)
	}
}

func TestReorgOfASettlement(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	c, operator, pod, signer, open := reorgable(t)
	if _, _, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{open}); err != nil {
		t.Fatal(err)
	}
	bury(t, operator, 2)
	wantSeqs := func(final, last uint64) {
		t.Helper()
		if f, l, err := operator.FinalSeq(ctx, pod.pod); err != nil || f != final || l != last {
			t.Errorf("final %d, last %d, %v; want %d and %d", f, l, err, final, last)
		}
	}
	wantSeqs(0, 0)
	batch := pod.batch(1, row(operator.Domain(), signer, open.SessionKey, 400, 500))
	settled, err := operator.Settle(ctx, batch)
	if err != nil || settled.Charged != protocol.Units(400) {
		t.Fatalf("settle: %+v, %v", settled, err)
	}
	wantSeqs(0, 1)
	bury(t, operator, 2)
	wantSeqs(0, 1)
	if err := c.Reorg(ctx, 3); err != nil { // three transactions, which have to come back in order
		t.Fatal(err)
	}
	wantSeqs(0, 0)
	operator.Tend(ctx)
	for last := uint64(0); last == 0; time.Sleep(50 * time.Millisecond) {
		if _, last, err = operator.FinalSeq(ctx, pod.pod); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := operator.Settlement(ctx, pod.pod, 1); err != nil || again.Tx != settled.Tx || again.Charged != settled.Charged {
		t.Errorf("settled again: %+v, %v", again, err)
	}
	// Sending the batch itself again moves nothing.
	if _, err := operator.Settle(ctx, batch); !IsRevert(err, "BadSequence") {
		t.Errorf("settled twice: %v", err)
	}
	bury(t, operator, 4)
	wantSeqs(1, 1)
	bury(t, operator, 2) // two came back in the block after
	operator.Tend(ctx)
	if n := len(operator.included); n > 4 {
		t.Errorf("%d transactions are looked after, and 4 are not final", n)
	}
	// None of those that were taken out was lost: two mints before, six after.
	if got, err := operator.TokenBalance(ctx, protocol.Address{9}); err != nil || got != protocol.Units(2+2+6) {
		t.Errorf("minted %v, %v", got, err)
	}
	if earned, err := operator.Claimable(ctx, pod.pod); err != nil || earned != protocol.Units(400) {
		t.Errorf("claimable: %v, %v", earned, err)
	}
}

// A process that is killed at any call to the node while it settles, whether or not the call still gets there, and started
// again, has settled once in the end: the escrow's sequence number and the account's nonce tell where it stands.
func TestKilledWhileSettling(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), transactor(t)
	pod, signer := register(t, operator), newKey(t)
	mint(t, owner.Address(), protocol.Units(1_000_000))
	if _, err := owner.Deposit(ctx, protocol.Units(1_000_000)); err != nil {
		t.Fatal(err)
	}
	open := order(operator.Domain(), owner.key, signer.Address(), pod.pod, 0, protocol.Units(1_000_000))
	if _, _, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{open}); err != nil {
		t.Fatal(err)
	}
	p := faults.New(t, profile(t).RPC[0])
	seq, charged, whole := uint64(0), uint64(0), false
	for n := 0; !whole; n++ {
		for _, reached := range []bool{false, true} {
			seq, charged = seq+1, charged+10
			batch := pod.batch(seq, row(operator.Domain(), signer, open.SessionKey, charged, charged))
			doomed := through(t, p, profile(t), operator.key, Options{})
			p.CutAfter(n, reached)
			// Long enough for a block, and for what it does about a node that does not answer.
			killed, cancel := context.WithTimeout(ctx, 1500*time.Millisecond)
			_, err := doomed.Settle(killed, batch)
			cancel()
			whole = err == nil
			p.CutAfter(1<<30, false)

			// Started again: what an agent does with the batch that its pod hands out again.
			again := transactorWith(t, profile(t), operator.key, Options{Fees: quick})
			last, err := again.LastSeq(ctx, pod.pod)
			if err == nil && last < seq {
				if _, err = again.Settle(ctx, batch); IsRevert(err, "BadSequence") {
					err = nil // what was pending is included by now
				}
			}
			if err != nil {
				t.Fatalf("killed at call %d: %v", n, err)
			}
			what := fmt.Sprintf("killed at call %d, which reached the node: %v", n, reached)
			if last, err = again.LastSeq(ctx, pod.pod); err != nil || last != seq {
				t.Fatalf("%s: last batch %d, %v; want %d", what, last, err, seq)
			}
			if earned, err := again.Claimable(ctx, pod.pod); err != nil || earned != protocol.Units(charged) {
				t.Fatalf("%s: earned %v, %v; want %d", what, earned, err, charged)
			}
		}
		if n > 30 {
			t.Fatal("a settlement takes more than 30 calls")
		}
	}
	if all, err := operator.Settlements(ctx, pod.pod, 0); err != nil || uint64(len(all)) != seq {
		t.Errorf("%d settlements, %v; want %d", len(all), err, seq)
	}
}
