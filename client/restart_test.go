package client_test

import (
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// renew gives the pod another identity, as a restart does; without its ledger if that is lost.
func (p *testPod) renew(lost bool) {
	p.mu.Lock()
	p.identity = newKey(p.net.t)
	if lost {
		p.accounts, p.billed = map[protocol.Hash]*podAccount{}, map[protocol.RequestID]protocol.SignedReceipt{}
	}
	p.mu.Unlock()
	p.rotate()
	p.net.locked(func() { p.record.Identity = p.identity.Address() })
	p.offer(price)
	p.quote(enclave, p.net.block(time.Minute))
}

// A pod that lost its ledger goes on with its session, under a new identity and from what was acknowledged, again and
// again; the state says the same after it is read again.
func TestPodLostItsLedger(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	asked := 0
	ask := func() {
		mustAsk(t, c)
		asked++
	}
	ask()
	ask()
	p.renew(false) // an ordinary restart: numbers go on
	ask()
	for range 3 {
		p.renew(true)
		ask()
		ask()
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		c = n.client(dir)
	}
	s := oneSession(t, c)
	var sum protocol.Amount
	restarts := 0
	for _, e := range receipts(t, c) {
		sum = add(t, sum, e.Receipt.Cost)
		if e.Restart {
			restarts++
		}
	}
	if s.Suspect != "" || s.Receipts != asked || s.Gaps != 0 || s.Charged != sum || restarts != 3 {
		t.Errorf("session %+v, sum %s, %d receipts, %d restarts", s, sum, asked, restarts)
	}
	if row, err := c.CloseNow(t.Context(), s.ID); err != nil || row.Row.Charged != sum {
		t.Errorf("close: %+v, %v", row, err)
	}
}

// A pod that claims to have lost its ledger gains nothing: no charge above what was acknowledged and the request's own
// cost, no number anew under the same identity, and no second restart of one.
func TestPodClaimsALostLedger(t *testing.T) {
	for name, lie := range map[string]func(*testing.T, *testPod, *client.Client){
		"same identity": func(t *testing.T, p *testPod, _ *client.Client) {
			p.forge = func(r *protocol.Receipt) { r.RSeq = 1 }
		},
		"more than acknowledged": func(t *testing.T, p *testPod, _ *client.Client) {
			p.renew(true)
			p.forge = func(r *protocol.Receipt) { r.Charged = add(t, r.Charged, protocol.Units(1)) }
		},
		"less than acknowledged": func(t *testing.T, p *testPod, _ *client.Client) {
			p.renew(true)
			p.forge = func(r *protocol.Receipt) { r.Charged = r.Cost }
		},
		"a gap": func(t *testing.T, p *testPod, _ *client.Client) {
			p.renew(true)
			p.forge = func(r *protocol.Receipt) { r.RSeq = 2 }
		},
		"twice": func(t *testing.T, p *testPod, c *client.Client) {
			p.renew(true)
			mustAsk(t, c)
			p.forge = func(r *protocol.Receipt) { r.RSeq = 1 }
		},
		"the old identity again": func(t *testing.T, p *testPod, c *client.Client) {
			old := p.identity
			p.renew(true)
			mustAsk(t, c)
			p.renew(true)
			mustAsk(t, c)
			p.identity = old
			p.rotate()
			p.net.locked(func() { p.record.Identity = old.Address() })
			p.offer(price)
			p.quote(enclave, p.net.block(time.Minute))
			p.forge = func(r *protocol.Receipt) { r.RSeq = 1 }
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			c := n.client(t.TempDir())
			mustAsk(t, c)
			mustAsk(t, c)
			mustAsk(t, c)
			lie(t, p, c)
			before := len(receipts(t, c))
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrAnswer)
			if s := oneSession(t, c); s.Suspect == "" || len(receipts(t, c)) != before {
				t.Errorf("session %+v", s)
			}
		})
	}
}
