package operator

import (
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// until waits for something that the chain does.
func until(t *testing.T, cond func() (bool, error)) {
	t.Helper()
	for {
		ok, err := cond()
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// On a chain that reorganises, a session and its settlements come back, and are paid once: where the process goes on, and
// where another one takes its place.
func TestAgentOnAReorganisingChain(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDevnetWith(t, chain.Finality{Head: chain.FinalDepth, Depth: 3})
	domain, id := d.operator.Domain(), protocol.PodID(d.operator.Registry(), d.operator.Address(), testSalt)
	pod := newStandIn(t, d.operator, testSalt)
	agent, stop := d.agent(t, d.operator, pod)
	reorg := func() {
		t.Helper()
		if err := d.chain.Reorg(ctx, 1); err != nil {
			t.Fatal(err)
		}
	}
	bury := func(c *chain.Transactor) {
		t.Helper()
		for range 3 {
			if _, err := c.Mint(ctx, protocol.Address{9}, protocol.Units(1)); err != nil {
				t.Fatal(err)
			}
		}
	}
	reports := func(want int) {
		t.Helper()
		pod.mu.Lock()
		defer pod.mu.Unlock()
		if len(pod.reports) != want {
			t.Fatalf("%d reports, want %d", len(pod.reports), want)
		}
	}
	earned := func(c *chain.Transactor, want uint64) {
		t.Helper()
		if got, err := c.Claimable(ctx, id); err != nil || got != protocol.Units(want) {
			t.Fatalf("earned %v, %v; want %d", got, err, want)
		}
	}

	// An opening.
	session := d.owner.open(domain, id, 0, 1000)
	pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
	pod.wait("the session", func() bool { return len(pod.facts) == 1 })
	reorg()
	d.operator.Tend(ctx)
	until(t, func() (bool, error) {
		fact, err := d.operator.Sessions(ctx, []protocol.SessionKey{session.SessionKey})
		return err == nil && fact[0].Cap == protocol.Units(1000), err
	})

	// A settlement, and the process goes on.
	pod.charge(d.owner.signer, session.SessionKey, 300)
	if s, err := agent.SettleNow(ctx); err != nil || s.Charged != protocol.Units(300) {
		t.Fatalf("settled: %+v, %v", s, err)
	}
	earned(d.operator, 300)
	reports(0)
	reorg()
	earned(d.operator, 0)
	d.operator.Tend(ctx)
	until(t, func() (bool, error) {
		last, err := d.operator.LastSeq(ctx, id)
		return last == 1, err
	})
	bury(d.operator)
	if _, err := agent.SettleNow(ctx); !errors.Is(err, ErrNothingToSettle) {
		t.Fatalf("after it is final: %v", err)
	}
	reports(1)
	earned(d.operator, 300)

	// A settlement, and another process takes over: it knows nothing, and the pod hands out the same batch.
	pod.charge(d.owner.signer, session.SessionKey, 500)
	if s, err := agent.SettleNow(ctx); err != nil || s.Seq != 2 {
		t.Fatalf("settled: %+v, %v", s, err)
	}
	stop()
	reorg()
	earned(d.operator, 300)
	other := d.restart()
	agent, _ = d.agent(t, other, pod)
	if s, err := agent.SettleNow(ctx); err != nil || s.Seq != 2 || s.Charged != protocol.Units(200) {
		t.Fatalf("settled again: %+v, %v", s, err)
	}
	reports(1)
	bury(other)
	if _, err := agent.SettleNow(ctx); !errors.Is(err, ErrNothingToSettle) {
		t.Fatalf("after it is final: %v", err)
	}
	reports(2)
	earned(other, 500)
	if pod.claimed[session.SessionKey] != protocol.Units(500) {
		t.Errorf("the pod was told that %v are paid", pod.claimed[session.SessionKey])
	}
}
