package evm

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// A disturbance is what a test has the chain do, by the sealer: nothing is sealed meanwhile.
type disturbance struct {
	do   func() error
	done chan error
}

func (c *Chain) disturb(ctx context.Context, do func() error) error {
	d := disturbance{do, make(chan error, 1)}
	select {
	case c.tests <- d:
		return <-d.done
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closed:
		return errors.New("evm: the chain has stopped")
	}
}

// Skip has the chain's clock run ahead of the wall's, by so many whole seconds from the head on: the blocks after it follow
// a second apart. It is for tests: a devnet never does so by itself.
func (c *Chain) Skip(ctx context.Context, d time.Duration) error {
	return c.disturb(ctx, func() error {
		return c.durable.hold(func() error {
			// AdjustTime wants an empty pool: what waits there is forgotten, and whoever sent it sends it again.
			pool := c.eth.TxPool()
			if err := pool.Sync(); err != nil {
				return err
			}
			pool.Clear()
			if err := c.beacon.AdjustTime(d); err != nil {
				return fmt.Errorf("evm: skip %s: %w", d, err)
			}
			return c.eth.ChainDb().SyncKeyValue()
		})
	})
}

// Reorg takes the last blocks out of the chain and puts as many empty ones in their place, as a chain does whose other
// fork overtakes. The transactions in them are forgotten, as those that were pending: whoever sent them has to send them
// again. It is for tests: a devnet never does so by itself.
func (c *Chain) Reorg(ctx context.Context, blocks int) error {
	return c.disturb(ctx, func() error { return c.reorganise(blocks) })
}

// reorganise is done by the sealer.
func (c *Chain) reorganise(blocks int) error {
	chain, pool := c.eth.BlockChain(), c.eth.TxPool()
	head := chain.CurrentBlock().Number.Uint64()
	if blocks < 1 || uint64(blocks) > head {
		return fmt.Errorf("evm: reorganise %d blocks of %d", blocks, head)
	}
	return c.durable.hold(func() error {
		if _, err := chain.SetCanonical(chain.GetBlockByNumber(head - uint64(blocks))); err != nil {
			return fmt.Errorf("evm: reorganise: %w", err)
		}
		// The pool takes back what was in the blocks.
		if err := pool.Sync(); err != nil {
			return err
		}
		pool.Clear()
		for range blocks {
			c.beacon.Commit()
		}
		return c.eth.ChainDb().SyncKeyValue()
	})
}
