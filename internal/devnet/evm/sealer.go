package evm

import (
	"context"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/consensus/misc/eip1559"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/txpool"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/params"
	"github.com/holiman/uint256"
)

// A sealer decides when the next block is due.
type sealer struct {
	wake       <-chan struct{}      // something entered the pool; holds one signal
	maxHeadAge time.Duration        // 0: no empty blocks
	head       func() (unix uint64) // the head's time
	ready      func() bool          // whether a pending transaction fits the next block
	seal       func() (transactions int, err error)

	disturbances <-chan disturbance
}

// run seals until ctx ends, returning nil, or sealing fails.
func (s *sealer) run(ctx context.Context) error {
	for {
		var idle <-chan time.Time
		if s.maxHeadAge > 0 {
			// Not below a second, so that sealing that makes no block cannot spin.
			age := time.Since(time.Unix(int64(s.head()), 0))
			idle = time.After(max(s.maxHeadAge-age, time.Second))
		}
		select {
		case <-ctx.Done():
			return nil
		case d := <-s.disturbances:
			d.done <- d.do()
		case <-idle:
			if !sleep(ctx, untilDue(s.head(), time.Now())) {
				return nil
			}
			if _, err := s.seal(); err != nil {
				return err
			}
		case <-s.wake:
		}
		for s.ready() {
			if !sleep(ctx, untilDue(s.head(), time.Now())) {
				return nil
			}
			transactions, err := s.seal()
			if err != nil {
				return err
			}
			if transactions == 0 {
				break // what looked ready did not fit: wait for something new
			}
		}
	}
}

// untilDue is how long to wait before a block may follow a head of the given
// time: not at all if a second has begun since, else until the next begins. A
// head in the future, left by a wall clock that was set back, is followed at
// the same pace, one second ahead each.
func untilDue(head uint64, now time.Time) time.Duration {
	if int64(head) < now.Unix() {
		return 0
	}
	return now.Truncate(time.Second).Add(time.Second).Sub(now)
}

// sleep reports whether d passed before ctx ended.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// newSealer is the sealer of c. It drains the pool's events for as long as the
// pool lives, whether or not blocks are sealed: the pool blocks otherwise.
func (c *Chain) newSealer(maxHeadAge time.Duration) *sealer {
	wake := make(chan struct{}, 1)
	events := make(chan core.NewTxsEvent, 16)
	sub := c.eth.TxPool().SubscribeTransactions(events, true)
	go func() {
		for {
			select {
			case <-events:
				select {
				case wake <- struct{}{}:
				default:
				}
			case <-sub.Err():
				return
			}
		}
	}()
	return &sealer{
		wake:         wake,
		maxHeadAge:   maxHeadAge,
		head:         func() uint64 { return c.eth.BlockChain().CurrentBlock().Time },
		ready:        c.ready,
		seal:         func() (int, error) { return c.seal(c.eth.ChainDb().SyncKeyValue) },
		disturbances: c.tests,
	}
}

// ready has the pool catch up with the head before asking it. Only the sealer
// may: of two at a time, the pool's Sync forgets one.
func (c *Chain) ready() bool {
	if err := c.eth.TxPool().Sync(); err != nil {
		return false // the pool is closed
	}
	return c.fitting()
}

// fitting asks the pool what the block builder will ask it.
func (c *Chain) fitting() bool {
	pool, chain := c.eth.TxPool(), c.eth.BlockChain()
	filter := txpool.PendingFilter{
		MinTip:      uint256.NewInt(minGasPrice),
		BaseFee:     uint256.MustFromBig(eip1559.CalcBaseFee(chain.Config(), chain.CurrentBlock())),
		GasLimitCap: params.MaxTxGas,
	}
	if _, plain := pool.Pending(filter); plain > 0 {
		return true
	}
	filter.BlobTxs, filter.BlobVersion = true, types.BlobSidecarVersion1
	_, blobs := pool.Pending(filter)
	return blobs > 0
}

// seal adds a block of what is pending and syncs it to disk before any answer
// can tell of it.
func (c *Chain) seal(sync func() error) (transactions int, err error) {
	err = c.durable.hold(func() error {
		chain := c.eth.BlockChain()
		before := chain.CurrentBlock().Hash()
		// Commit logs its error and leaves the head where it was.
		after := c.beacon.Commit()
		if err := sync(); err != nil {
			return fmt.Errorf("write a block to disk: %w", err)
		}
		if after != before {
			transactions = chain.GetBlockByHash(after).Transactions().Len()
		}
		return nil
	})
	return transactions, err
}
