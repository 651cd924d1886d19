package chain

import (
	"errors"
	"testing"

	"github.com/phallama/phallama/protocol"
)

func TestHeader(t *testing.T) {
	t.Parallel()
	c := transactor(t).Client
	head, err := c.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := c.Header(t.Context(), head.Hash)
	if err != nil || protocol.Keccak256(raw) != head.Hash {
		t.Errorf("header of %s: %x, %v", head.Hash, raw, err)
	}
	if _, err := c.Header(t.Context(), protocol.Hash{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("of a block that is not there: %v", err)
	}
}
