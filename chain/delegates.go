package chain

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/protocol"
)

// SetDelegate lets a key open sessions from the account's balance: up to limit in all, until expiry (Unix seconds). A
// limit of nothing revokes it.
func (t *Transactor) SetDelegate(ctx context.Context, key protocol.Address, limit protocol.Amount, expiry uint64) (Included, error) {
	what := "set the budget of key " + key.String()
	if expiry > math.MaxUint32 {
		return Included{}, errors.New(what + ": its expiry does not fit 32 bits")
	}
	return t.do(ctx, what, t.escrow, t.escrowABI.PackSetDelegate(common.Address(key), limit.Big(), uint32(expiry)))
}

// SetDelegateFor is SetDelegate by an owner's signed order.
func (t *Transactor) SetDelegateFor(ctx context.Context, d protocol.Delegate, s protocol.Signature) (Included, error) {
	what := "set the budget of key " + d.Delegate.String() + " for " + d.Owner.String()
	if d.Expiry > math.MaxUint32 || d.Deadline > maxTime {
		return Included{}, errors.New(what + ": its times do not fit 32 and 40 bits")
	}
	return t.do(ctx, what, t.escrow, t.escrowABI.PackSetDelegateFor(common.Address(d.Owner), common.Address(d.Delegate), d.Cap.Big(),
		uint32(d.Expiry), d.Nonce, new(big.Int).SetUint64(d.Deadline), s[:]))
}

// Delegate is what an owner lets a key lock; nothing where it never did.
func (c *Client) Delegate(ctx context.Context, owner, key protocol.Address) (protocol.DelegateAccount, error) {
	out, err := call(ctx, c, "read a key's budget", c.escrow, c.escrowABI.PackDelegate(common.Address(owner), common.Address(key)), c.escrowABI.UnpackDelegate)
	if err != nil {
		return protocol.DelegateAccount{}, err
	}
	d := protocol.DelegateAccount{Expiry: uint64(out.Expiry), NonceWindow: out.NonceWindow}
	if d.Cap, err = protocol.AmountFromBig(out.Cap); err == nil {
		d.Used, err = protocol.AmountFromBig(out.Used)
	}
	if err == nil && (out.NonceBase == nil || !out.NonceBase.IsUint64()) {
		err = errors.New("its nonces are out of range")
	}
	if err != nil {
		return protocol.DelegateAccount{}, fmt.Errorf("budget of key %s: %w", key, err)
	}
	d.NonceBase = out.NonceBase.Uint64()
	return d, nil
}

// Progress hears how many of how many blocks were looked through. Its calls come in order, from one goroutine.
type Progress func(done, of uint64)

// DelegatesOf are the keys that an owner has let lock its balance from a block on, revoked ones too, in the order of the first
// time.
func (c *Client) DelegatesOf(ctx context.Context, owner protocol.Address, from uint64, progress Progress) ([]protocol.Address, error) {
	var (
		keys []protocol.Address
		seen = map[protocol.Address]bool{}
	)
	topics := [][]common.Hash{{c.escrowABI.GetABI().Events["DelegateSet"].ID}, {addressTopic(owner)}}
	err := c.scanAll(ctx, topics, from, progress, func(entry *types.Log) error {
		event, err := c.escrowABI.UnpackDelegateSetEvent(entry)
		if err != nil {
			return fmt.Errorf("event DelegateSet: %w", err)
		}
		if key := protocol.Address(event.Delegate); !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
		return nil
	})
	return keys, err
}

// AllSessionsOf are the sessions opened from an owner's balance from a block on, by itself or by delegates, those that are over
// too, in the order of their openings.
func (c *Client) AllSessionsOf(ctx context.Context, owner protocol.Address, from uint64, progress Progress) ([]protocol.SessionKey, error) {
	var o openings
	err := c.scanAll(ctx, c.openingTopics([]common.Hash{addressTopic(owner)}, nil), from, progress, c.collect(&o))
	return o.keys, err
}

// SessionOf is the session of an id, one that is over too. The error wraps ErrNotFound where none was ever opened.
func (c *Client) SessionOf(ctx context.Context, id protocol.Hash, progress Progress) (protocol.SessionKey, error) {
	var o openings
	topics := [][]common.Hash{{c.escrowABI.GetABI().Events["SessionOpened"].ID}, {common.Hash(id)}}
	if err := c.scanAll(ctx, topics, 0, progress, c.collect(&o)); err != nil {
		return protocol.SessionKey{}, err
	}
	for _, key := range o.keys {
		if key.ID() == id {
			return key, nil
		}
	}
	return protocol.SessionKey{}, fmt.Errorf("session %s: %w", id, ErrNotFound)
}

// scanAll reads the escrow's logs in all blocks from one on, oldest first: in as few questions as the node answers. Many
// answer one about all blocks; some about no more than 10,000 at a time.
func (c *Client) scanAll(ctx context.Context, topics [][]common.Hash, from uint64, progress Progress, each func(*types.Log) error) error {
	head, err := c.Head(ctx)
	if err != nil {
		return err
	}
	if progress == nil {
		progress = func(uint64, uint64) {}
	}
	blocks := head.Number + 1
	window := blocks
	for from < blocks {
		n := min(window, blocks-from)
		logs, err := c.eth.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from),
			ToBlock:   new(big.Int).SetUint64(from + n - 1),
			Addresses: []common.Address{c.escrow},
			Topics:    topics,
		})
		if err != nil {
			if ctx.Err() == nil && window > scanWindow {
				window = max(window/8, scanWindow)
				continue
			}
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
		from += n
		progress(from, blocks)
	}
	return nil
}

// PodsOf are the pods that an operator registered, retired ones too.
func (c *Client) PodsOf(ctx context.Context, operator protocol.Address) ([]protocol.Address, error) {
	var pods []protocol.Address
	for offset := 0; offset < MaxPods; offset += podsPerPage {
		page, err := call(ctx, c, "list the pods", c.registry, c.registryABI.PackPods(big.NewInt(int64(offset)), big.NewInt(podsPerPage)), c.registryABI.UnpackPods)
		if err != nil {
			return nil, err
		}
		if len(page.Ids) != len(page.Page) {
			return nil, fmt.Errorf("list the pods: the registry answers with %d ids and %d pods", len(page.Ids), len(page.Page))
		}
		for i, pod := range page.Page {
			if protocol.Address(pod.Operator) == operator {
				pods = append(pods, protocol.Address(page.Ids[i]))
			}
		}
		if len(page.Ids) < podsPerPage {
			break
		}
	}
	return pods, nil
}
