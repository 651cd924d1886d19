package chain

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
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
