package evm

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"
)

// childDir, in the environment, makes the test binary run a chain there and
// nothing else, until its standard input ends.
const childDir = "EVM_TEST_CHILD_DATADIR"

func TestMain(m *testing.M) {
	dir := os.Getenv(childDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	cfg := testConfig(dir)
	cfg.Logger = slog.New(slog.NewTextHandler(os.Stderr, nil))
	c, err := Start(context.Background(), cfg)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(c.URL())
	_, _ = io.Copy(io.Discard, os.Stdin)
	if err := c.Close(); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// TestKilled kills the chain's process again and again while transactions are
// sent and receipts come in. Whatever the chain had told of must be there
// after each start.
func TestKilled(t *testing.T) {
	rounds := 5
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		rounds = 50
	}
	dir := t.TempDir()
	rng := rand.New(rand.NewPCG(1, 2))
	seen := make(map[common.Hash]*types.Receipt)
	var highest uint64
	for round := range rounds {
		child := startChild(t, dir)
		client := dial(t, child.url)
		for hash, want := range seen {
			got, err := client.TransactionReceipt(t.Context(), hash)
			if err != nil || got.BlockHash != want.BlockHash {
				t.Fatalf("round %d: the receipt of %s from block %v is gone: %+v, %v", round, hash, want.BlockNumber, got, err)
			}
		}
		if n := blockNumber(t, client); n < highest {
			t.Fatalf("round %d: head is %d, was %d", round, n, highest)
		}

		receipts := make(chan *types.Receipt)
		ctx, cancel := context.WithCancel(t.Context())
		var senders sync.WaitGroup
		for seed := byte(1); seed <= 8; seed++ {
			senders.Go(func() { keepSending(ctx, child.url, seed, receipts) })
		}
		// Kill it in the moment of a receipt, or some time after.
		enough := len(seen) + 1 + rng.IntN(20)
		later := time.NewTimer(patience)
		for len(seen) < enough {
			select {
			case receipt := <-receipts:
				seen[receipt.TxHash] = receipt
				highest = max(highest, receipt.BlockNumber.Uint64())
			case <-later.C:
				t.Fatal("no receipts")
			}
		}
		if round%2 == 1 {
			later.Reset(time.Duration(rng.IntN(int(time.Second))))
			for alive := true; alive; {
				select {
				case receipt := <-receipts:
					seen[receipt.TxHash] = receipt
					highest = max(highest, receipt.BlockNumber.Uint64())
				case <-later.C:
					alive = false
				}
			}
		}
		child.kill(t)
		// Answers already on their way count too.
		go func() { senders.Wait(); close(receipts) }()
		for receipt := range receipts {
			seen[receipt.TxHash] = receipt
			highest = max(highest, receipt.BlockNumber.Uint64())
		}
		cancel()
	}
	client := dial(t, startChild(t, dir).url)
	for hash, want := range seen {
		got, err := client.TransactionReceipt(t.Context(), hash)
		if err != nil || got.BlockHash != want.BlockHash {
			t.Fatalf("at the end: the receipt of %s from block %v is gone: %+v, %v", hash, want.BlockNumber, got, err)
		}
	}
	t.Logf("%d receipts up to block %d survived %d kills", len(seen), highest, rounds)
}

// keepSending sends an account's transactions one after the other until the
// chain is gone.
func keepSending(ctx context.Context, url string, seed byte, receipts chan<- *types.Receipt) {
	client, err := ethclient.Dial(url)
	if err != nil {
		return
	}
	defer client.Close()
	a := testAccount(seed)
	if a.nonce, err = client.NonceAt(ctx, a.address(), nil); err != nil {
		return
	}
	for {
		receipt, err := sendSync(ctx, client, a.next())
		if err != nil {
			return
		}
		select {
		case receipts <- receipt:
		case <-ctx.Done():
			return
		}
	}
}

type child struct {
	cmd *exec.Cmd
	url string
}

func startChild(t *testing.T, dir string) *child {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	if _, err := cmd.StdinPipe(); err != nil { // ends with this process
		t.Fatal(err)
	}
	cmd.Stderr = t.Output()
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: cmd}
	t.Cleanup(func() { c.kill(t) })
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.HasPrefix(line, "http://") {
		t.Fatalf("the chain's process says %q, %v", line, err)
	}
	c.url = strings.TrimSpace(line)
	return c
}

// kill is SIGKILL; a second one does nothing.
func (c *child) kill(t *testing.T) {
	if c.cmd.ProcessState != nil {
		return
	}
	if err := c.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = c.cmd.Wait() // says that it was killed
}
