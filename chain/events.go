package chain

import (
	"context"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/protocol"
)

const (
	// scanWindow is how many blocks one query for logs covers; public nodes refuse more than 10,000.
	scanWindow = 5_000
	// Lookback is how many blocks back Settlement looks: about a week of an L2 with blocks of two seconds.
	Lookback = 300_000
)

// Settlements are the settled batches of a pod from a block on, oldest first, without gas and skipped rows.
func (c *Client) Settlements(ctx context.Context, pod protocol.Address, from uint64) ([]Settlement, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	var found []Settlement
	topics := [][]common.Hash{{c.escrowABI.GetABI().Events["Settled"].ID}, {addressTopic(pod)}}
	err = c.scan(ctx, topics, from, head.Number, func(entry *types.Log) error {
		event, err := c.escrowABI.UnpackSettledEvent(entry)
		if err != nil {
			return fmt.Errorf("event Settled: %w", err)
		}
		s, err := settlement(event)
		found = append(found, s)
		return err
	})
	return found, err
}

// Settlement is one settled batch of a pod with all its details, or wraps ErrNotFound if there is none within Lookback
// blocks.
func (c *Client) Settlement(ctx context.Context, pod protocol.Address, seq uint64) (Settlement, error) {
	head, err := c.Head(ctx)
	if err != nil {
		return Settlement{}, err
	}
	topics := [][]common.Hash{{c.escrowABI.GetABI().Events["Settled"].ID}, {addressTopic(pod)}, {common.BigToHash(new(big.Int).SetUint64(seq))}}
	var tx *common.Hash
	last := head.Number - min(head.Number, Lookback)
	for to := head.Number; tx == nil; to -= scanWindow {
		from := max(to-min(to, scanWindow-1), last)
		if err := c.scan(ctx, topics, from, to, func(entry *types.Log) error {
			tx = &entry.TxHash
			return nil
		}); err != nil {
			return Settlement{}, err
		}
		if from == last {
			break
		}
	}
	if tx == nil {
		return Settlement{}, fmt.Errorf("batch %d of pod %s: %w", seq, pod, ErrNotFound)
	}
	receipt, err := c.eth.TransactionReceipt(ctx, *tx)
	if err != nil {
		return Settlement{}, c.failed("read a settlement's receipt", err)
	}
	return c.settlementIn(receipt, pod, seq)
}

// SettledRoot is the receipts root of one settled batch of a pod, or wraps ErrNotFound as Settlement does.
func (c *Client) SettledRoot(ctx context.Context, pod protocol.Address, seq uint64) (protocol.Hash, error) {
	s, err := c.Settlement(ctx, pod, seq)
	return s.ReceiptsRoot, err
}

// PublishedKeyConfig is the block in which the registry published a key config of a pod, by its hashStruct. It wraps
// ErrNotFound if that is none of the last Lookback.
func (c *Client) PublishedKeyConfig(ctx context.Context, pod protocol.Address, hash protocol.Hash) (block uint64, err error) {
	head, err := c.Head(ctx)
	if err != nil {
		return 0, err
	}
	topics := [][]common.Hash{{c.registryABI.GetABI().Events["KeyConfigPublished"].ID}, {addressTopic(pod)}, {common.Hash(hash)}}
	last := head.Number - min(head.Number, Lookback)
	for to := head.Number; ; to -= scanWindow {
		from := max(to-min(to, scanWindow-1), last)
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to), Addresses: []common.Address{c.registry}, Topics: topics,
		})
		if err != nil {
			return 0, c.failed("read the registry's events", err)
		}
		for i := range logs {
			entry := &logs[i]
			if !entry.Removed && entry.Address == c.registry && len(entry.Data) > 0 && slices.EqualFunc(entry.Topics, topics, func(got common.Hash, want []common.Hash) bool { return got == want[0] }) {
				return entry.BlockNumber, nil
			}
		}
		if from == last {
			return 0, fmt.Errorf("key config %s of pod %s: %w", hash, pod, ErrNotFound)
		}
	}
}

// SessionsOpened are the sessions that were opened or added to for a pod in the blocks from … to, each once.
func (c *Client) SessionsOpened(ctx context.Context, pod protocol.Address, from, to uint64) ([]protocol.SessionKey, error) {
	return c.sessionsOpened(ctx, nil, []common.Hash{addressTopic(pod)}, from, to)
}

// SessionsOf are the sessions of an owner that were opened or added to in the blocks from … to, each once.
func (c *Client) SessionsOf(ctx context.Context, owner protocol.Address, from, to uint64) ([]protocol.SessionKey, error) {
	return c.sessionsOpened(ctx, []common.Hash{addressTopic(owner)}, nil, from, to)
}

func (c *Client) sessionsOpened(ctx context.Context, owner, pod []common.Hash, from, to uint64) ([]protocol.SessionKey, error) {
	var o openings
	err := c.scan(ctx, c.openingTopics(owner, pod), from, to, c.collect(&o))
	return o.keys, err
}

// openings are the sessions of SessionOpened events, each once, in the order of the events.
type openings struct {
	keys []protocol.SessionKey
	seen map[protocol.SessionKey]bool
}

func (c *Client) openingTopics(owner, pod []common.Hash) [][]common.Hash {
	return [][]common.Hash{{c.escrowABI.GetABI().Events["SessionOpened"].ID}, nil, owner, pod}
}

func (c *Client) collect(o *openings) func(*types.Log) error {
	o.seen = map[protocol.SessionKey]bool{}
	return func(entry *types.Log) error {
		event, err := c.escrowABI.UnpackSessionOpenedEvent(entry)
		if err != nil {
			return fmt.Errorf("event SessionOpened: %w", err)
		}
		key := protocol.SessionKey{
			Owner: protocol.Address(event.Owner), Signer: protocol.Address(event.Signer), Pod: protocol.Address(event.Pod), Salt: event.Salt,
		}
		if !o.seen[key] {
			o.seen[key] = true
			o.keys = append(o.keys, key)
		}
		return nil
	}
}

// scan reads the escrow's logs in the blocks from … to, oldest first.
func (c *Client) scan(ctx context.Context, topics [][]common.Hash, from, to uint64, each func(*types.Log) error) error {
	for ; from <= to; from += scanWindow {
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from),
			ToBlock:   new(big.Int).SetUint64(min(to, from+scanWindow-1)),
			Addresses: []common.Address{c.escrow},
			Topics:    topics,
		})
		if err != nil {
			return c.failed("read the escrow's events", err)
		}
		for i := range logs {
			if logs[i].Removed || logs[i].Address != c.escrow || len(logs[i].Data) == 0 {
				continue
			}
			if err := each(&logs[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

func addressTopic(a protocol.Address) common.Hash { return common.BytesToHash(a[:]) }
