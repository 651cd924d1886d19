package evm

import (
	"context"
	"errors"
	"fmt"
)

// A reorg is asked for by Reorg, and done by the sealer: nothing is sealed meanwhile.
type reorg struct {
	blocks int
	done   chan error
}

// Reorg takes the last blocks out of the chain and puts as many empty ones in their place, as a chain does whose other
// fork overtakes. The transactions in them are forgotten, as those that were pending: whoever sent them has to send them
// again. It is for tests: a devnet never does so by itself.
func (c *Chain) Reorg(ctx context.Context, blocks int) error {
	r := reorg{blocks, make(chan error, 1)}
	select {
	case c.reorgs <- r:
		return <-r.done
	case <-ctx.Done():
		return ctx.Err()
	case <-c.closed:
		return errors.New("evm: the chain has stopped")
	}
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
