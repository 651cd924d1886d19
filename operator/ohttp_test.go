package operator

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

func (c *memChain) Relay(_ context.Context, operator protocol.Address) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if operator != c.operator {
		return "", errors.New("another operator's relay")
	}
	return c.relay, nil
}

func (c *memChain) PublishRelay(ctx context.Context, url string) (chain.Included, error) {
	return c.verb(ctx, "relay", func() { c.relay = url })
}

func TestPublishesTheOperatorsRelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _, _ := run(t, func(cfg *Config) { cfg.RelayURL = "https://relay.example" })
		after(time.Minute)
		expect(t, c, "register relay")
		if c.relay != "https://relay.example" {
			t.Errorf("published %q", c.relay)
		}
		after(2 * relayEvery) // nothing has changed
		expect(t, c, "register relay")

		c.mu.Lock()
		c.relay, c.fail = "https://elsewhere.example", errors.New("no gas")
		c.mu.Unlock()
		after(relayEvery)
		expect(t, c, "register relay")
		c.mu.Lock()
		c.fail = nil
		c.mu.Unlock()
		after(2 * relayRetry)
		expect(t, c, "register relay relay")
		if c.relay != "https://relay.example" {
			t.Errorf("published %q", c.relay)
		}
	})
}

// An agent that is told of no relay leaves alone what others publish.
func TestPublishesNoRelayUnasked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _, _ := run(t, nil, func(*standIn) {})
		c.mu.Lock()
		c.relay = "https://relay.example"
		c.mu.Unlock()
		after(3 * relayEvery)
		expect(t, c, "register")
	})
}
