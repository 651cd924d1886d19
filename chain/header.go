package chain

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rlp"

	"github.com/phallama/phallama/protocol"
)

// MaxHeader bounds a block header in bytes. Those in use have about 600.
const MaxHeader = 1 << 10

// Header is the RLP of the header of a block, of which the block's hash is the keccak256. With it a contract can tell a
// block's time from its hash. The error wraps ErrNotFound for a block that the chain does not have.
func (c *Client) Header(ctx context.Context, hash protocol.Hash) ([]byte, error) {
	h, err := c.eth.HeaderByHash(ctx, common.Hash(hash))
	if errors.Is(err, ethereum.NotFound) {
		return nil, fmt.Errorf("block %s: %w", hash, ErrNotFound)
	}
	if err != nil {
		return nil, c.failed("ask for a block's header", err)
	}
	raw, err := rlp.EncodeToBytes(h)
	if err != nil {
		return nil, fmt.Errorf("header of block %s: %w", hash, err)
	}
	// A chain whose headers have fields that this version does not know hashes to something else.
	if got := protocol.Keccak256(raw); got != hash || len(raw) > MaxHeader {
		return nil, fmt.Errorf("header of block %s: its %d bytes hash to %s: this chain's headers are of a form that this version does not know", hash, len(raw), got)
	}
	return raw, nil
}

// quoteDepth is how far behind the head the block is that dates a quote. A node estimates a transaction's gas as if it
// were part of its latest block, of which a contract does not know the hash; and a block that is a little older is less
// likely to be replaced by another.
const quoteDepth = 2

// QuoteBlock is a recent block to date a quote with.
func (c *Client) QuoteBlock(ctx context.Context) (protocol.Block, error) {
	head, err := c.head(ctx)
	if err != nil {
		return protocol.Block{}, err
	}
	number := uint64(head.Number)
	var h *header
	if err := c.rpc.CallContext(ctx, &h, "eth_getBlockByNumber", hexutil.Uint64(number-min(number, quoteDepth)), false); err != nil {
		return protocol.Block{}, c.failed("ask for a recent block", err)
	}
	if h == nil {
		return protocol.Block{}, fmt.Errorf("block %d: %w", number-min(number, quoteDepth), ErrNotFound)
	}
	return h.block(), nil
}
