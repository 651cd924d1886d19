package evm

import (
	"errors"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
)

// A reorganised chain has as many blocks, without the transactions, which can be sent again.
func TestReorg(t *testing.T) {
	c := start(t, t.TempDir())
	sender := testAccount(1)
	first, second := sender.next(), sender.next()
	mustMine(t, c.Client(), first)
	old := mustMine(t, c.Client(), second)
	if err := c.Reorg(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n := blockNumber(t, c.Client()); n != old.BlockNumber.Uint64() {
		t.Errorf("head is %d, want %v", n, old.BlockNumber)
	}
	if now, err := c.Client().HeaderByNumber(t.Context(), old.BlockNumber); err != nil || now.Hash() == old.BlockHash {
		t.Errorf("block %v is still %s, %v", old.BlockNumber, now.Hash(), err)
	}
	if _, err := c.Client().TransactionReceipt(t.Context(), first.Hash()); err != nil {
		t.Errorf("receipt of a transaction below: %v", err)
	}
	if _, err := c.Client().TransactionReceipt(t.Context(), second.Hash()); !errors.Is(err, ethereum.NotFound) {
		t.Errorf("receipt of a transaction that was taken out: %v", err)
	}
	if pending, err := c.Client().PendingNonceAt(t.Context(), sender.address()); err != nil || pending != 1 {
		t.Errorf("nonce %d, %v: the pool kept it", pending, err)
	}
	again := mustMine(t, c.Client(), second)
	if again.BlockNumber.Cmp(new(big.Int).Add(old.BlockNumber, big.NewInt(1))) != 0 {
		t.Errorf("sent again, it is in block %v", again.BlockNumber)
	}
	if err := c.Reorg(t.Context(), 1000); err == nil {
		t.Error("more blocks than there are")
	}
}

// After a skip the chain's clock is ahead for good, and it goes on.
func TestSkip(t *testing.T) {
	c := start(t, t.TempDir())
	sender := testAccount(1)
	before := mustMine(t, c.Client(), sender.next())
	if err := c.Skip(t.Context(), time.Hour); err != nil {
		t.Fatal(err)
	}
	after := mustMine(t, c.Client(), sender.next())
	times := map[string]uint64{}
	for name, hash := range map[string]common.Hash{"before": before.BlockHash, "after": after.BlockHash} {
		header, err := c.Client().HeaderByHash(t.Context(), hash)
		if err != nil {
			t.Fatal(err)
		}
		times[name] = header.Time
	}
	if passed := times["after"] - times["before"]; passed < 3600 || passed > 3700 {
		t.Errorf("%d seconds passed", passed)
	}
}
