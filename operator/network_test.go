package operator

import (
	"context"
	"errors"
	"log/slog"
	"math/big"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// A devnet is a chain with the contracts, an operator and an owner with money in the escrow.
type devnet struct {
	chain    *evm.Chain
	operator *chain.Transactor
	restart  func() *chain.Transactor // as in another process
	owner    owner
	balance  uint64
}

func newDevnet(t *testing.T) devnet {
	t.Helper()
	return newDevnetWith(t, chain.Finality{})
}

func newDevnetWith(t *testing.T, finality chain.Finality) devnet {
	t.Helper()
	ctx := t.Context()
	operatorKey, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	o := newOwner(t)
	alloc := map[common.Address]*big.Int{}
	for _, key := range []protocol.Key{operatorKey, o.key} {
		alloc[common.Address(key.Address())] = big.NewInt(1e18)
	}
	// The operator deploys, to keep the test's genesis short.
	c, err := evm.Start(context.Background(), evm.Config{DataDir: t.TempDir(), Alloc: alloc, Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	profile, err := chain.Deploy(ctx, network.Profile{Name: "test", ChainID: evm.ChainID, RPC: []string{c.URL()}}, operatorKey, chain.Terms{Delay: chain.NoDelay}, chain.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dial := func(key protocol.Key) *chain.Transactor {
		client, err := chain.Dial(ctx, profile, chain.Options{Finality: finality})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		return chain.NewTransactor(client, key)
	}
	d := devnet{chain: c, operator: dial(operatorKey), owner: o, balance: 1_000_000}
	d.restart = func() *chain.Transactor { return dial(operatorKey) }
	if _, err := d.operator.Mint(ctx, o.key.Address(), protocol.Units(d.balance)); err != nil {
		t.Fatal(err)
	}
	if _, err := dial(o.key).Deposit(ctx, protocol.Units(d.balance)); err != nil {
		t.Fatal(err)
	}
	return d
}

// agent runs an agent for the pod until the test ends or stop is called.
func (d devnet) agent(t *testing.T, c Chain, pod *standIn) (a *Agent, stop func()) {
	t.Helper()
	server := httptest.NewServer(pod)
	a, err := New(Config{
		ControlURL: server.URL, Token: testToken, Salt: testSalt, PodURL: "http://127.0.0.1:9", Chain: c,
		Logger: slog.New(slog.NewTextHandler(testWriter{t}, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	stop = func() {
		cancel()
		server.CloseClientConnections()
		server.Close()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
		ended <- nil
	}
	t.Cleanup(stop)
	select {
	case <-a.Registered():
	case err := <-ended:
		t.Fatalf("the agent ended: %v", err)
	}
	return a, stop
}

var testSalt = protocol.Hash{31: 1}

type testWriter struct{ t *testing.T }

func (w testWriter) Write(p []byte) (int, error) {
	if w.t.Context().Err() == nil {
		w.t.Log(strings.TrimSpace(string(p)))
	}
	return len(p), nil
}

func TestEndToEnd(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDevnet(t)
	domain, id := d.operator.Domain(), protocol.PodID(d.operator.Registry(), d.operator.Address(), testSalt)
	pod := newStandIn(t, d.operator, testSalt)
	agent, stop := d.agent(t, d.operator, pod)
	if agent.Pod() != id {
		t.Fatalf("pod id %s, want %s", agent.Pod(), id)
	}
	record, err := d.operator.Pod(ctx, id)
	if err != nil || record.Identity != pod.identity.Address() || record.URL != "http://127.0.0.1:9" {
		t.Fatalf("record: %+v, %v", record, err)
	}
	if _, err := agent.SettleNow(ctx); !errors.Is(err, ErrNothingToSettle) {
		t.Fatalf("nothing was charged: %v", err)
	}

	// Openings are relayed, bad ones refused with a reason, unknown sessions looked up.
	one, two, dear := d.owner.open(domain, id, 0, 1000), d.owner.open(domain, id, 1, 2000), d.owner.open(domain, id, 2, d.balance)
	late := d.owner.open(domain, id, 3, 10)
	late.Deadline -= 3600
	elsewhere := protocol.SessionKey{Owner: one.Owner, Signer: one.Signer, Pod: id, Salt: 99}
	pod.order(protocol.Orders{Opens: []protocol.SignedOpen{one, dear, late, two}, Lookup: []protocol.SessionKey{elsewhere}})
	pod.wait("facts", func() bool { return len(pod.facts) == 5 })
	pod.mu.Lock()
	if f := pod.facts[one.SessionKey]; f.Cap != protocol.Units(1000) || pod.refusals[one.SessionKey] != "" {
		t.Errorf("first session: %+v %q", f, pod.refusals[one.SessionKey])
	}
	if f := pod.facts[elsewhere]; !f.Cap.IsZero() {
		t.Errorf("unknown session: %+v", f)
	}
	if why := pod.refusals[dear.SessionKey]; !strings.Contains(why, "deposit more") {
		t.Errorf("dear session: %q", why)
	}
	if why := pod.refusals[late.SessionKey]; !strings.Contains(why, "deadline") {
		t.Errorf("late session: %q", why)
	}
	pod.mu.Unlock()

	// What was charged is what the operator can claim.
	pod.charge(d.owner.signer, one.SessionKey, 700)
	pod.charge(d.owner.signer, two.SessionKey, 55)
	settled, err := agent.SettleNow(ctx)
	if err != nil || settled.Rows != 2 || settled.Charged != protocol.Units(755) || settled.Tx.IsZero() || len(settled.Skipped) > 0 {
		t.Fatalf("settled: %+v, %v", settled, err)
	}
	if earned, err := d.operator.Claimable(ctx, agent.Pod()); err != nil || earned != protocol.Units(755) {
		t.Errorf("claimable: %v, %v", earned, err)
	}
	pod.mu.Lock()
	if len(pod.reports) != 1 || pod.reports[0].Tx != settled.Tx || pod.claimed[one.SessionKey] != protocol.Units(700) || !pod.unsettled().IsZero() {
		t.Errorf("report: %+v", pod.reports)
	}
	pod.mu.Unlock()

	// The agent starts anew: only the key that the pod has made since is published, and the pod is told the sessions
	// though it orders nothing.
	stop()
	pod.do(func() {
		clear(pod.facts)
		pod.rotate()
	})
	agent, _ = d.agent(t, d.operator, pod)
	pod.wait("the sessions after the agent's restart", func() bool { return len(pod.facts) == 2 && pod.lastSeq == 1 })
	if again, err := d.operator.Pod(ctx, id); err != nil || again.Block != record.Block || again.KeyConfig.Epoch != 2 {
		t.Errorf("record after the agent's restart: %+v, %v", again, err)
	}

	// The pod starts anew, with another identity, and charges before the registry knows: the settlement mends that.
	pod.restart()
	pod.charge(d.owner.signer, one.SessionKey, 900)
	settled, err = agent.SettleNow(ctx)
	if err != nil || settled.Seq != 2 || settled.Charged != protocol.Units(200) {
		t.Fatalf("settled after the pod's restart: %+v, %v", settled, err)
	}
	if record, err = d.operator.Pod(ctx, id); err != nil || record.Identity != pod.identity.Address() {
		t.Errorf("identity on the registry: %v, %v", record.Identity, err)
	}

	if _, amount, err := agent.Payout(ctx); err != nil || amount != protocol.Units(955) {
		t.Errorf("payout: %v, %v", amount, err)
	}
	if _, _, err := agent.Payout(ctx); err == nil || !strings.Contains(err.Error(), "nothing to pay out") {
		t.Errorf("second payout: %v", err)
	}
}

// troubled loses settlements: before they are sent, or the knowledge of them afterwards.
type troubled struct {
	Chain
	before, after atomic.Int32
}

var errLost = errors.New("the connection broke")

func (c *troubled) Settle(ctx context.Context, b protocol.SignedBatch) (chain.Settlement, error) {
	if c.before.Add(-1) >= 0 {
		return chain.Settlement{}, errLost
	}
	s, err := c.Chain.Settle(ctx, b)
	if err == nil && c.after.Add(-1) >= 0 {
		return chain.Settlement{}, errLost
	}
	return s, err
}

func TestLostSettlements(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d := newDevnet(t)
	domain, id := d.operator.Domain(), protocol.PodID(d.operator.Registry(), d.operator.Address(), testSalt)
	pod := newStandIn(t, d.operator, testSalt)
	c := &troubled{Chain: d.operator}
	agent, stop := d.agent(t, c, pod)
	session := d.owner.open(domain, id, 0, 1000)
	pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
	pod.wait("the session", func() bool { return len(pod.facts) == 1 })

	// Lost on the way there: the same batch is sent again.
	pod.charge(d.owner.signer, session.SessionKey, 300)
	c.before.Store(1)
	if _, err := agent.SettleNow(ctx); !errors.Is(err, errLost) {
		t.Fatalf("lost settlement: %v", err)
	}
	settled, err := agent.SettleNow(ctx)
	if err != nil || settled.Seq != 1 || settled.Charged != protocol.Units(300) {
		t.Fatalf("sent again: %+v, %v", settled, err)
	}

	// Lost on the way back, and the agent starts anew: reported from the chain, moved once.
	pod.charge(d.owner.signer, session.SessionKey, 1000)
	c.after.Store(1)
	if _, err := agent.SettleNow(ctx); !errors.Is(err, errLost) {
		t.Fatalf("lost answer: %v", err)
	}
	stop()
	agent, _ = d.agent(t, d.operator, pod)
	settled, err = agent.SettleNow(ctx)
	if err != nil || settled.Seq != 2 || settled.Charged != protocol.Units(700) || settled.Tx.IsZero() {
		t.Fatalf("reported from the chain: %+v, %v", settled, err)
	}
	if earned, err := d.operator.Claimable(ctx, agent.Pod()); err != nil || earned != protocol.Units(1000) {
		t.Errorf("claimable: %v, %v", earned, err)
	}
	pod.mu.Lock()
	if n := len(pod.reports); n != 2 || pod.reports[1].Tx != settled.Tx || !pod.unsettled().IsZero() {
		t.Errorf("reports: %+v", pod.reports)
	}
	pod.mu.Unlock()
	if _, err := agent.SettleNow(ctx); !errors.Is(err, ErrNothingToSettle) {
		t.Errorf("settled twice: %v", err)
	}
}
