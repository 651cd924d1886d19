package operator

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

func (c *memChain) RequestCloseFor(ctx context.Context, r protocol.SignedRequestClose) (chain.Included, error) {
	return c.verb(ctx, "close", func() {
		fact := c.sessions[r.Session]
		fact.Closing = true
		c.sessions[r.Session] = fact
	})
}

func (c *memChain) WithdrawFor(ctx context.Context, _ protocol.SignedWithdraw) (chain.Included, error) {
	return c.verb(ctx, "withdraw", func() {})
}

func (c *memChain) Release(ctx context.Context, key protocol.SessionKey) (chain.Included, error) {
	return c.verb(ctx, "release", func() { delete(c.sessions, key) })
}

// relayed is what the pod was told about an order.
func (p *standIn) relayedOf(t *testing.T, o protocol.Relay) protocol.Relayed {
	t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []protocol.Relayed
	for _, r := range p.relayed {
		if r.ID == o.ID() {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		t.Fatalf("the pod was told %d times: %+v", len(found), found)
	}
	p.relayed = nil
	return found[0]
}

func withdrawal(fee, nonce uint64) protocol.Relay {
	return protocol.Relay{Withdraw: &protocol.SignedWithdraw{Withdraw: protocol.Withdraw{Fee: protocol.Units(fee), Nonce: nonce}}}
}

func TestRelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.Relaying = Relaying{Hourly: 3, MinFee: protocol.Units(10)} })
		after(time.Minute)
		o := newOwner(t)
		session := o.open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(5 * time.Second)
		send := func(r protocol.Relay) protocol.Relayed {
			t.Helper()
			pod.order(protocol.Orders{Relays: []protocol.Relay{r, r}}) // the same twice is one
			after(5 * time.Second)
			return pod.relayedOf(t, r)
		}
		refused := func(r protocol.Relay, why string) {
			t.Helper()
			if got := send(r); !got.Tx.IsZero() || !strings.Contains(got.Refused, why) {
				t.Errorf("want a refusal %q, got %+v", why, got)
			}
		}

		closing := protocol.Relay{Close: &protocol.SignedRequestClose{Session: session.SessionKey}}
		if got := send(closing); got.Tx.IsZero() || got.Refused != "" {
			t.Errorf("close: %+v", got)
		}
		refused(closing, "closing already")
		refused(protocol.Relay{Close: &protocol.SignedRequestClose{}}, "no such session")
		refused(withdrawal(9, 0), "10 base units or more")
		release := protocol.Relay{Release: &session.SessionKey}
		refused(release, "it is released after that")
		refused(protocol.Relay{Release: &protocol.SessionKey{Salt: 1}}, "no such session")
		if got := send(withdrawal(10, 1)); got.Tx.IsZero() {
			t.Errorf("withdrawal: %+v", got)
		}
		expect(t, c, "register open1 close withdraw")

		// What the contract refuses is told, and counts: it took a question to the chain.
		c.mu.Lock()
		c.fail = &chain.RevertError{What: "withdraw", Name: "BadNonce"}
		c.mu.Unlock()
		refused(withdrawal(10, 2), "BadNonce")
		c.mu.Lock()
		c.fail = nil
		c.mu.Unlock()
		refused(withdrawal(10, 3), "in an hour")
		after(time.Hour)
		if got := send(withdrawal(10, 4)); got.Tx.IsZero() {
			t.Errorf("an hour later: %+v", got)
		}
	})
}

// An expired session is released for whoever asks, of whichever pod it is, once.
func TestRelaysRelease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.Relaying.KeepExpired = true }) // the chain here tells it of all sessions
		after(time.Minute)
		other := newOwner(t).open(c.domain, protocol.Address{0xde, 0xad}, 0, 1000).SessionKey
		c.mu.Lock()
		c.sessions[other] = protocol.SessionFact{SessionKey: other, Cap: protocol.Units(1000), Expiry: uint64(time.Now().Unix()) - 1}
		c.mu.Unlock()
		release := protocol.Relay{Release: &other}
		pod.order(protocol.Orders{Relays: []protocol.Relay{release}})
		after(5 * time.Second)
		if got := pod.relayedOf(t, release); got.Tx.IsZero() || got.Refused != "" {
			t.Errorf("release: %+v", got)
		}
		pod.order(protocol.Orders{Relays: []protocol.Relay{release}})
		after(5 * time.Second)
		if got := pod.relayedOf(t, release); !strings.Contains(got.Refused, "no such session") {
			t.Errorf("release again: %+v", got)
		}
		expect(t, c, "register release")
	})
}

func TestRelaysNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.Relaying.Hourly = -1 })
		after(time.Minute)
		pod.order(protocol.Orders{Relays: []protocol.Relay{withdrawal(10, 0), {}}})
		after(5 * time.Second)
		if got := pod.relayedOf(t, withdrawal(10, 0)); !strings.Contains(got.Refused, "relays nothing") {
			t.Errorf("%+v", got)
		}
		expect(t, c, "register")
	})
}

func TestReleasesExpired(t *testing.T) {
	for name, keep := range map[string]bool{"releases": false, "keeps": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, pod, _ := run(t, func(cfg *Config) { cfg.Relaying.KeepExpired = keep })
				after(time.Minute)
				o := newOwner(t)
				var orders []protocol.SignedOpen
				for i := range uint64(maxReleases + 1) {
					order := o.open(c.domain, pod.id, i, 1000)
					order.Expiry = uint64(time.Now().Add(10 * time.Minute).Unix())
					orders = append(orders, order)
				}
				pod.order(protocol.Orders{Opens: orders})
				after(5 * time.Second)
				after(20 * time.Minute)
				if n := strings.Count(c.sent(), "release"); keep && n != 0 || !keep && n != maxReleases+1 {
					t.Errorf("%d were released", n)
				}
			})
		})
	}
}
