package chain

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// Which head is final.
const (
	FinalSafe      = "safe"      // what the chain calls safe: on an OP-stack chain, derived from L1
	FinalFinalized = "finalized" // what the chain calls finalized: on an OP-stack chain, derived from finalized L1
	FinalDepth     = "depth"     // what has Finality.Depth blocks on top

	// DefaultDepth stands in for the safe and the finalized head where a chain has none.
	DefaultDepth = 64
)

// Finality says when a block counts as final. The zero value is the safe head; on development chains, which do not
// reorganise, the latest one.
type Finality struct {
	// Head is FinalSafe, FinalFinalized or FinalDepth. Where a node knows no safe or finalized head, Depth counts.
	Head string
	// Depth is how many blocks a final one has on top. 0: none with FinalDepth, else DefaultDepth.
	Depth uint64
}

func (f Finality) complete(chainID uint64) (Finality, error) {
	switch f.Head {
	case "":
		if network.IsDev(chainID) && f.Depth == 0 {
			return Finality{Head: FinalDepth}, nil
		}
		f.Head = FinalSafe
	case FinalSafe, FinalFinalized:
	case FinalDepth:
		return f, nil
	default:
		return f, fmt.Errorf("finality: want the head %q, %q or %q, got %q", FinalSafe, FinalFinalized, FinalDepth, f.Head)
	}
	if f.Depth == 0 {
		f.Depth = DefaultDepth
	}
	return f, nil
}

// latest: every block is final at once.
func (f Finality) latest() bool { return f.Head == FinalDepth && f.Depth == 0 }

// finals is what a client remembers of the final head.
type finals struct {
	mu   sync.Mutex
	last header
	said bool // that the chain has no such head
}

// Final is the newest block that counts as final. It does not go back when the node does, or another node answers that is
// behind: what was final stays so, unless the chain has another block in its place.
func (c *Client) Final(ctx context.Context) (protocol.Block, error) {
	h, err := c.finalHeader(ctx)
	if err != nil {
		return protocol.Block{}, err
	}
	c.finals.mu.Lock()
	last := c.finals.last
	c.finals.mu.Unlock()
	if h.Number < last.Number {
		now, err := c.blockAt(ctx, hexutil.EncodeUint64(uint64(last.Number)))
		switch {
		case err == nil && now.Hash != last.Hash:
			c.log.Error("the chain has reorganised past what counted as final: ask for more depth", "block", uint64(last.Number), "was", last.Hash, "is", now.Hash)
		case err == nil, errors.Is(err, ErrNotFound):
			return last.block(), nil
		default:
			return protocol.Block{}, err
		}
	}
	c.finals.mu.Lock()
	c.finals.last = *h
	c.finals.mu.Unlock()
	return h.block(), nil
}

func (c *Client) finalHeader(ctx context.Context) (*header, error) {
	if c.finality.Head != FinalDepth {
		h, err := c.blockAt(ctx, c.finality.Head)
		if err == nil || !isAnswer(err) && !errors.Is(err, ErrNotFound) {
			return h, err
		}
		c.finals.mu.Lock()
		said := c.finals.said
		c.finals.said = true
		c.finals.mu.Unlock()
		if !said {
			c.log.Warn("the node knows no such head; counting blocks instead", "head", c.finality.Head, "depth", c.finality.Depth, "answer", err)
		}
	}
	head, err := c.head(ctx)
	if err != nil || c.finality.Depth == 0 {
		return head, err
	}
	return c.blockAt(ctx, hexutil.EncodeUint64(uint64(head.Number)-min(uint64(head.Number), c.finality.Depth)))
}

// blockAt is the block of a number or tag, or wraps ErrNotFound.
func (c *Client) blockAt(ctx context.Context, at string) (*header, error) {
	var h *header
	if err := c.rpc.CallContext(ctx, &h, "eth_getBlockByNumber", at, false); err != nil {
		return nil, c.failed("ask for block "+at, err)
	}
	if h == nil {
		return nil, fmt.Errorf("block %s: %w", at, ErrNotFound)
	}
	return h, nil
}

// FinalSeq is the sequence number of a pod's last batch whose settlement is final, and that of its last settled batch. It
// reads events, not old state: most nodes keep state for a few minutes only, and a safe head can be older.
func (c *Client) FinalSeq(ctx context.Context, pod protocol.Address) (final, last uint64, err error) {
	if last, err = c.LastSeq(ctx, pod); err != nil || last == 0 || c.finality.latest() {
		return last, last, err
	}
	end, err := c.Final(ctx)
	if err != nil {
		return 0, 0, err
	}
	head, err := c.head(ctx)
	if err != nil {
		return 0, 0, err
	}
	final = last
	topics := [][]common.Hash{{c.escrowABI.GetABI().Events["Settled"].ID}, {addressTopic(pod)}}
	err = c.scan(ctx, topics, end.Number+1, uint64(head.Number), func(entry *types.Log) error {
		event, err := c.escrowABI.UnpackSettledEvent(entry)
		if err != nil {
			return fmt.Errorf("event Settled: %w", err)
		}
		final = min(final, event.Seq-min(event.Seq, 1))
		return nil
	})
	return final, last, err
}
