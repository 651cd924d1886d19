package evm

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/ethclient"
)

// TestGate asks for the head while the block is there but not yet on disk.
func TestGate(t *testing.T) {
	c := start(t, t.TempDir())
	type answer struct {
		number uint64
		err    error
	}
	for _, client := range []*ethclient.Client{
		c.Client(),
		dial(t, c.URL()),
		dial(t, strings.Replace(c.URL(), "http", "ws", 1)),
	} {
		answers := make(chan answer, 1)
		head := c.eth.BlockChain().CurrentBlock().Number.Uint64()
		sync := func() error {
			if now := c.eth.BlockChain().CurrentBlock().Number.Uint64(); now != head+1 {
				t.Errorf("head is %d while syncing, want %d", now, head+1)
			}
			go func() {
				n, err := client.BlockNumber(t.Context())
				answers <- answer{n, err}
			}()
			// An answer now is the failure; a slow machine only misses it.
			select {
			case a := <-answers:
				t.Errorf("answered %+v before the block was on disk", a)
				answers <- a
			case <-time.After(200 * time.Millisecond):
			}
			return c.eth.ChainDb().SyncKeyValue()
		}
		if _, err := c.seal(sync); err != nil {
			t.Fatal(err)
		}
		if a := <-answers; a.err != nil || a.number != head+1 {
			t.Errorf("answered %+v, want block %d", a, head+1)
		}
	}
}

// TestDiskFails: no answer leaves any more, and the chain stops and says why.
func TestDiskFails(t *testing.T) {
	c := start(t, t.TempDir())
	clients := []*ethclient.Client{
		c.Client(),
		dial(t, c.URL()),
		dial(t, strings.Replace(c.URL(), "http", "ws", 1)),
	}
	full := errors.New("no space left on device")
	if _, err := c.seal(func() error { return full }); !errors.Is(err, full) {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var calls sync.WaitGroup
	for i, client := range clients {
		calls.Go(func() {
			if n, err := client.BlockNumber(ctx); err == nil {
				t.Errorf("client %d is told of block %d, which is not on disk", i, n)
			}
		})
	}
	// The next sealing finds the failure and ends the chain.
	if err := c.eth.APIBackend.SendTx(t.Context(), testAccount(1).next()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-c.Done():
	case <-ctx.Done():
		t.Fatal("the chain goes on")
	}
	cancel() // a call that go-ethereum's client forgot
	calls.Wait()
	if err := c.Close(); !errors.Is(err, full) {
		t.Errorf("closed with %v, want %v", err, full)
	}
}
