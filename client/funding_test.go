package client_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func TestTopUp(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir, func(cfg *client.Config) { cfg.SessionRequests = 1 })
	orders := map[uint64]bool{}
	ctx := client.WithTrace(t.Context(), &client.Trace{SessionOpening: func(o protocol.SignedOpen) {
		if orders[o.Nonce] {
			t.Errorf("nonce %d signed twice", o.Nonce)
		}
		orders[o.Nonce] = true
	}})
	for i := range 60 {
		if _, _, err := ask(ctx, c); err != nil {
			t.Fatalf("request %d: %v", i, err)
		}
	}
	s := oneSession(t, c)
	if len(orders) < 2 || s.Charged.Cmp(s.Cap) > 0 {
		t.Errorf("%d orders, session %+v", len(orders), s)
	}
	for i, pay := range p.payments {
		if i > 0 && pay.Ceiling.Cmp(p.payments[i-1].Ceiling) < 0 {
			t.Errorf("ceiling %d falls from %v to %v", i, p.payments[i-1].Ceiling, pay.Ceiling)
		}
	}
	// When the balance is used up, the answer is a clear error and not a smaller promise.
	n.locked(func() { n.account.Avail = protocol.Amount{} })
	var err error
	for range 60 {
		if _, _, err = ask(ctx, c); err != nil {
			break
		}
	}
	wantErr(t, err, client.ErrInsufficientFunds)
	if s := oneSession(t, c); s.Ceiling.Cmp(s.Cap) > 0 {
		t.Errorf("signed %v of %v locked", s.Ceiling, s.Cap)
	}
}

func TestSessionRunsOut(t *testing.T) {
	n := newNet(t)
	n.pod(func(p *testPod) {
		p.record.ValidUntil = uint64(time.Now().Add(30 * 24 * time.Hour).Unix())
		p.offer(price)
	})
	c := n.client(t.TempDir(), func(cfg *client.Config) { cfg.SessionLife = 24 * time.Hour })
	mustAsk(t, c)
	n.advance(21 * time.Hour)
	mustAsk(t, c)
	oneSession(t, c)
	n.advance(2 * time.Hour) // less than is needed to settle
	mustAsk(t, c)
	if all := c.Sessions(); len(all) != 2 || all[0].Key.Signer == all[1].Key.Signer || all[0].Key.Salt == all[1].Key.Salt {
		t.Errorf("sessions %+v", all)
	}
}

// A session to which more was promised, and which ended on the chain before the order was executed, takes no order any
// more: another one is opened.
func TestTopUpTooLate(t *testing.T) {
	for name, end := range map[string]func(n *testNet, id protocol.Hash, fact protocol.SessionFact){
		"expired": func(n *testNet, id protocol.Hash, fact protocol.SessionFact) {
			fact.Expiry = uint64(time.Now().Add(n.ahead).Unix()) - 1
			n.sessions[id] = fact
		},
		"released": func(n *testNet, id protocol.Hash, _ protocol.SessionFact) { delete(n.sessions, id) },
		"closing": func(n *testNet, id protocol.Hash, fact protocol.SessionFact) {
			fact.Closing = true
			n.sessions[id] = fact
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			c := n.client(t.TempDir(), func(cfg *client.Config) { cfg.SessionRequests = 1 })
			mustAsk(t, c)
			first := oneSession(t, c).ID
			p.mu.Lock()
			p.refuse = func(pay protocol.Payment, _ protocol.RequestID) *protocol.Problem {
				if pay.Open == nil || pay.Open.Salt == pay.Open.Nonce {
					t.Error("the request did not come with an order for more")
				}
				return problem(protocol.ProblemNoSession, http.StatusPaymentRequired) // it relayed nothing
			}
			p.mu.Unlock()
			if _, _, err := ask(t.Context(), c); err == nil {
				t.Fatal("a request was answered whose session does not cover it")
			}
			p.mu.Lock()
			p.refuse = nil
			p.accounts = map[protocol.Hash]*podAccount{}
			p.mu.Unlock()
			n.locked(func() { end(n, first, n.sessions[first]) })

			mustAsk(t, c)
			for _, s := range c.Sessions() {
				if s.ID == first && s.Ended == "" {
					t.Errorf("the session that is over counts as open: %+v", s)
				}
			}
			if got := len(c.Sessions()); got != 2 {
				t.Errorf("%d sessions, want the one that is over and another", got)
			}
		})
	}
}
