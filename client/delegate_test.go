package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func (n *testNet) Delegate(_ context.Context, owner, key protocol.Address) (protocol.DelegateAccount, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if owner != n.owner.Address() {
		return protocol.DelegateAccount{}, n.down
	}
	return n.budgets[key], n.down
}

// openDelegated executes a delegate's order as the escrow does; n.mu is held.
func (n *testNet) openDelegated(o protocol.SignedOpen) error {
	d, fact, now := n.budgets[o.Signer], n.sessions[o.ID()], uint64(time.Now().Add(n.ahead).Unix())
	left, err := n.account.Avail.Sub(o.Cap)
	switch {
	case o.Signature.Verify(n.domain.Digest(o.OpenSession), o.Signer) != nil || o.Owner != n.owner.Address():
		return errors.New("signature")
	case o.Deadline < now:
		return errors.New("deadline")
	case !d.CanUse(o.Nonce):
		return errors.New("nonce")
	case d.Expiry < now || o.Cap.Cmp(d.Left()) > 0:
		return errors.New("delegate")
	case o.Expiry > d.Expiry:
		return errors.New("expiry")
	case err != nil:
		return errors.New("balance")
	case fact.Cap.IsZero() != o.Opens():
		return errors.New("salt")
	}
	for o.Nonce-d.NonceBase >= protocol.DelegateWindowSize {
		d.NonceBase, d.NonceWindow = d.NonceBase+1, d.NonceWindow>>1
	}
	d.NonceWindow |= 1 << (o.Nonce - d.NonceBase)
	d.Used = add(n.t, d.Used, o.Cap)
	n.account.Avail, n.budgets[o.Signer] = left, d
	fact.SessionKey, fact.Expiry, fact.Cap = o.SessionKey, max(fact.Expiry, o.Expiry), add(n.t, fact.Cap, o.Cap)
	n.sessions[o.ID()] = fact
	return nil
}

// delegate gives a new key a budget, and makes configs of clients that use it.
func (n *testNet) delegate(budget protocol.Amount, life time.Duration, models ...string) (protocol.Address, func(*client.Config)) {
	key := newKey(n.t)
	expiry := uint64(n.now().Add(life).Unix())
	n.locked(func() {
		if n.budgets == nil {
			n.budgets = map[protocol.Address]protocol.DelegateAccount{}
		}
		n.budgets[key.Address()] = protocol.DelegateAccount{Cap: budget, Expiry: expiry}
	})
	return key.Address(), func(cfg *client.Config) {
		cfg.Owner = protocol.Key{}
		cfg.Delegate = &client.Delegation{Owner: n.owner.Address(), Key: key, Models: models}
	}
}

func TestDelegate(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	n.pod()
	key, use := n.delegate(protocol.Units(120e12), 5*24*time.Hour) // about twenty requests

	// The owner's own session in the same directory is none of the delegate's business.
	own := n.client(dir)
	mustAsk(t, own)
	if err := own.Close(); err != nil {
		t.Fatal(err)
	}
	c := n.client(dir, use, func(cfg *client.Config) { cfg.SessionRequests = 1 })
	var orders int
	ctx := client.WithTrace(t.Context(), &client.Trace{SessionOpening: func(o protocol.SignedOpen) {
		orders++
		budget, _ := n.Delegate(t.Context(), n.owner.Address(), key)
		if !o.Delegated() || o.Signer != key || o.Owner != n.owner.Address() || o.Expiry > budget.Expiry {
			t.Errorf("order %+v", o)
		}
	}})
	var err error
	for i := 0; err == nil; i++ {
		if i > 100 {
			t.Fatal("the budget never ends")
		}
		_, _, err = ask(ctx, c)
	}
	wantErr(t, err, client.ErrInsufficientFunds, key.Short(), "ask the owner for more, or")
	if orders < 10 {
		t.Errorf("%d orders: the window of nonces did not move", orders)
	}
	n.locked(func() {
		if d := n.budgets[key]; d.Used.Cmp(d.Cap) > 0 || d.Used.IsZero() {
			t.Errorf("used %v of %v", d.Used, d.Cap)
		}
	})
	// The owner goes on, and not from the delegate's session.
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	own = n.client(dir)
	mustAsk(t, own)
	delegated := 0
	for _, s := range own.Sessions() {
		if s.Key.Delegated() {
			delegated++
		}
	}
	if all := own.Sessions(); delegated != 1 || len(all) != 2 {
		t.Errorf("%d sessions, %d of the delegate", len(all), delegated)
	}
}

func TestDelegateRefused(t *testing.T) {
	for name, test := range map[string]struct {
		life   time.Duration
		budget protocol.Amount
		adjust func(*protocol.DelegateAccount)
		want   string
	}{
		"expires soon":  {time.Hour, protocol.Tokens(1), nil, "expires at"},
		"revoked":       {24 * time.Hour, protocol.Amount{}, nil, "revoked"},
		"used up":       {24 * time.Hour, protocol.Tokens(1), func(d *protocol.DelegateAccount) { d.Used = d.Cap }, "has 0 left"},
		"out of nonces": {24 * time.Hour, protocol.Tokens(1), func(d *protocol.DelegateAccount) { d.NonceBase = protocol.DelegateNonceLimit }, "another key"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			key, use := n.delegate(test.budget, test.life)
			if test.adjust != nil {
				d := n.budgets[key]
				test.adjust(&d)
				n.budgets[key] = d
			}
			c := n.client(t.TempDir(), use)
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrInsufficientFunds, test.want, key.Short())
			if p.contacted() != 0 || len(c.Sessions()) != 0 {
				t.Error("something was signed")
			}
		})
	}
}

func TestDelegateModels(t *testing.T) {
	n := newNet(t)
	n.pod()
	_, use := n.delegate(protocol.Tokens(1), 24*time.Hour, "llama3.2:1b", "wisp")
	c := n.client(t.TempDir(), use)
	mustAsk(t, c)
	_, use = n.delegate(protocol.Tokens(1), 24*time.Hour, "llama3.2:1b")
	c = n.client(t.TempDir(), use)
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrRequest, "not one of this key's", "llama3.2:1b")
	var refused *client.RequestError
	if !errors.As(err, &refused) || refused.Status != http.StatusForbidden {
		t.Errorf("error %v", err)
	}
	if models, err := c.Models(t.Context()); err != nil || len(models) != 0 {
		t.Errorf("models %v, %v", models, err)
	}
}

func TestDelegateConfig(t *testing.T) {
	n := newNet(t)
	_, use := n.delegate(protocol.Tokens(1), time.Hour)
	for name, adjust := range map[string]func(*client.Config){
		"both":     func(c *client.Config) { owner := c.Owner; use(c); c.Owner = owner },
		"neither":  func(c *client.Config) { c.Owner = protocol.Key{} },
		"no owner": func(c *client.Config) { use(c); c.Delegate.Owner = protocol.Address{} },
		"no key":   func(c *client.Config) { use(c); c.Delegate.Key = protocol.Key{} },
	} {
		cfg := n.config(t.TempDir())
		adjust(&cfg)
		if _, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), "config") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
