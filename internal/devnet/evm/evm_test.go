package evm

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/params/forks"
)

// patience is how long a test waits for something that must come.
const patience = time.Minute

var (
	ether  = big.NewInt(params.Ether)
	signer = types.LatestSignerForChainID(big.NewInt(ChainID))
	sink   = common.HexToAddress("0x5111c0000000000000000000000000000000beef")
)

// An account signs transactions with the nonces it counts itself.
type account struct {
	key   *ecdsa.PrivateKey
	nonce uint64
}

// testAccount is the same for the same seed in every process.
func testAccount(seed byte) *account {
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{seed}, 32))
	if err != nil {
		panic(err)
	}
	return &account{key: key}
}

func (a *account) address() common.Address { return crypto.PubkeyToAddress(a.key.PublicKey) }

// tx transfers one wei at up to the given fee per gas.
func (a *account) tx(nonce uint64, feeCap *big.Int) *types.Transaction {
	return types.MustSignNewTx(a.key, signer, &types.DynamicFeeTx{
		ChainID:   signer.ChainID(),
		Nonce:     nonce,
		GasTipCap: big.NewInt(1),
		GasFeeCap: feeCap,
		Gas:       params.TxGas,
		To:        &sink,
		Value:     big.NewInt(1),
	})
}

func (a *account) next() *types.Transaction {
	a.nonce++
	return a.tx(a.nonce-1, big.NewInt(100*params.GWei))
}

func testConfig(dir string) Config {
	alloc := make(map[common.Address]*big.Int)
	for seed := byte(1); seed <= 8; seed++ {
		alloc[testAccount(seed).address()] = ether
	}
	return Config{
		DataDir: dir,
		Alloc:   alloc,
		Addr:    "127.0.0.1:0",
	}
}

func startConfig(tb testing.TB, cfg Config) *Chain {
	tb.Helper()
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.NewTextHandler(tb.Output(), nil))
	}
	c, err := Start(tb.Context(), cfg)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { c.Close() })
	return c
}

func start(tb testing.TB, dir string) *Chain {
	tb.Helper()
	return startConfig(tb, testConfig(dir))
}

func dial(tb testing.TB, url string) *ethclient.Client {
	tb.Helper()
	client, err := ethclient.Dial(url)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(client.Close)
	return client
}

// sendSync has the chain answer with the receipt in the moment there is one.
func sendSync(ctx context.Context, client *ethclient.Client, tx *types.Transaction) (*types.Receipt, error) {
	timeout := 30 * time.Second
	return client.SendTransactionSync(ctx, tx, &timeout)
}

func mustMine(t *testing.T, client *ethclient.Client, tx *types.Transaction) *types.Receipt {
	t.Helper()
	receipt, err := sendSync(t.Context(), client, tx)
	if err != nil {
		t.Fatal(err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful {
		t.Fatalf("transaction %s failed", tx.Hash())
	}
	return receipt
}

func blockNumber(t *testing.T, client *ethclient.Client) uint64 {
	t.Helper()
	n, err := client.BlockNumber(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestTransfer(t *testing.T) {
	c := start(t, t.TempDir())
	ws := strings.Replace(c.URL(), "http", "ws", 1)
	if _, err := c.Client().TransactionReceipt(t.Context(), common.Hash{1}); !errors.Is(err, ethereum.NotFound) {
		t.Errorf("an unknown transaction's receipt on a new chain: %v, want %v", err, ethereum.NotFound)
	}
	for i, client := range []*ethclient.Client{c.Client(), dial(t, c.URL()), dial(t, ws)} {
		if id, err := client.ChainID(t.Context()); err != nil || id.Uint64() != ChainID {
			t.Fatalf("client %d: chain id %v, %v; want %d", i, id, err, uint64(ChainID))
		}
		receipt := mustMine(t, client, testAccount(byte(i+1)).next())
		if got := receipt.BlockNumber.Uint64(); got != uint64(i+1) {
			t.Errorf("client %d: in block %d, want %d", i, got, i+1)
		}
		balance, err := client.BalanceAt(t.Context(), sink, nil)
		if err != nil || balance.Int64() != int64(i+1) {
			t.Errorf("client %d: the receiver has %v wei, %v; want %d", i, balance, err, i+1)
		}
	}
}

func TestSubscribe(t *testing.T) {
	c := start(t, t.TempDir())
	heads := make(chan *types.Header, 1)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, client := range []*ethclient.Client{c.Client(), dial(t, strings.Replace(c.URL(), "http", "ws", 1))} {
		sub, err := client.SubscribeNewHead(ctx, heads)
		if err != nil {
			t.Fatal(err)
		}
		before := blockNumber(t, client)
		a := testAccount(1)
		a.nonce = before
		if err := client.SendTransaction(ctx, a.next()); err != nil {
			t.Fatal(err)
		}
		select {
		case head := <-heads:
			if head.Number.Uint64() != before+1 {
				t.Errorf("told of block %d, want %d", head.Number, before+1)
			}
		case <-ctx.Done():
			t.Fatal("no new head")
		}
		sub.Unsubscribe()
	}
}

// TestClock holds the chain's clock against the wall's over blocks made as
// fast as they come.
func TestClock(t *testing.T) {
	c := start(t, t.TempDir())
	a := testAccount(1)
	blocks := 4
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		blocks = 100
	}
	for range blocks {
		receipt := mustMine(t, c.Client(), a.next())
		head, err := c.Client().HeaderByHash(t.Context(), receipt.BlockHash)
		if err != nil {
			t.Fatal(err)
		}
		if now := time.Now().Unix(); int64(head.Time) > now {
			t.Errorf("block %d is of %d, the wall's clock shows %d", head.Number, head.Time, now)
		}
	}
	genesis, err := c.Client().HeaderByNumber(t.Context(), new(big.Int))
	if err != nil {
		t.Fatal(err)
	}
	if age := time.Since(time.Unix(int64(genesis.Time), 0)); age > time.Hour {
		t.Errorf("the genesis block is %v old", age)
	}
}

func TestMaxHeadAge(t *testing.T) {
	cfg := testConfig(t.TempDir())
	cfg.MaxHeadAge = time.Second
	c := startConfig(t, cfg)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	heads := make(chan *types.Header)
	sub, err := c.Client().SubscribeNewHead(ctx, heads)
	if err != nil {
		t.Fatal(err)
	}
	defer sub.Unsubscribe()
	select {
	case head := <-heads:
		if head.TxHash != types.EmptyTxsHash {
			t.Error("the idle chain's block is not empty")
		}
	case <-ctx.Done():
		t.Fatal("no block on an idle chain")
	}
}

// TestUnincludable leaves transactions in the pool that no block can take, and
// counts the blocks around others that are mined.
func TestUnincludable(t *testing.T) {
	c := start(t, t.TempDir())
	client := c.Client()
	gap, cheap, poor := testAccount(1), testAccount(2), testAccount(99)
	if err := client.SendTransaction(t.Context(), gap.tx(7, big.NewInt(100*params.GWei))); err != nil {
		t.Fatal(err)
	}
	if err := client.SendTransaction(t.Context(), cheap.tx(0, big.NewInt(2))); err != nil {
		t.Fatal(err)
	}
	err := client.SendTransaction(t.Context(), poor.next())
	if err == nil || !strings.Contains(err.Error(), "insufficient funds") {
		t.Errorf("a transaction without funds: %v", err)
	}
	if pending, queued := c.eth.TxPool().Stats(); pending != 1 || queued != 1 {
		t.Errorf("%d pending and %d queued transactions, want one each", pending, queued)
	}
	if c.fitting() {
		t.Error("a block is due for transactions that do not fit it")
	}
	good := testAccount(3)
	for want := uint64(1); want <= 3; want++ {
		if got := mustMine(t, client, good.next()).BlockNumber.Uint64(); got != want {
			t.Fatalf("mined in block %d, want %d", got, want)
		}
	}
	// The gap closes: all of the account's transactions are mined.
	var last common.Hash
	for range 7 {
		tx := gap.next()
		last = tx.Hash()
		if err := client.SendTransaction(t.Context(), tx); err != nil {
			t.Fatal(err)
		}
	}
	mustMine(t, client, gap.tx(8, big.NewInt(100*params.GWei)))
	if _, err := client.TransactionReceipt(t.Context(), last); err != nil {
		t.Errorf("a transaction before the gap: %v", err)
	}
}

func TestRestart(t *testing.T) {
	dir := t.TempDir()
	c := start(t, dir)
	a := testAccount(1)
	var receipts []*types.Receipt
	for range 2 {
		receipts = append(receipts, mustMine(t, c.Client(), a.next()))
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Errorf("closed again: %v", err)
	}
	if _, err := c.Client().BlockNumber(t.Context()); err == nil {
		t.Error("a closed chain answers")
	}

	cfg := testConfig(dir)
	other := testAccount(50).address()
	cfg.Alloc = map[common.Address]*big.Int{other: ether}
	c = startConfig(t, cfg)
	if n := blockNumber(t, c.Client()); n != 2 {
		t.Errorf("block %d after a restart, want 2", n)
	}
	for _, want := range receipts {
		got, err := c.Client().TransactionReceipt(t.Context(), want.TxHash)
		if err != nil || got.BlockHash != want.BlockHash {
			t.Errorf("receipt after a restart: %+v, %v; want %+v", got, err, want)
		}
	}
	if balance, err := c.Client().BalanceAt(t.Context(), other, nil); err != nil || balance.Sign() != 0 {
		t.Errorf("an alloc given to an existing chain: balance %v, %v; want 0", balance, err)
	}
	// State of old blocks is kept as well.
	old, err := c.Client().BalanceAt(t.Context(), sink, big.NewInt(1))
	if err != nil || old.Int64() != 1 {
		t.Errorf("balance at block 1: %v, %v; want 1", old, err)
	}
	if got := mustMine(t, c.Client(), a.next()).BlockNumber.Uint64(); got != 3 {
		t.Errorf("next block is %d, want 3", got)
	}
}

func TestContextEnds(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	c, err := Start(ctx, testConfig(dir))
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	<-c.Done()
	if err := c.Close(); err != nil {
		t.Errorf("closed by its context: %v", err)
	}
	if _, err := Start(ctx, testConfig(dir)); !errors.Is(err, context.Canceled) {
		t.Errorf("started under an ended context: %v", err)
	}
	start(t, dir) // free again
}

func TestStartErrors(t *testing.T) {
	running := t.TempDir()
	c := start(t, running)
	taken := strings.TrimPrefix(c.URL(), "http://")
	stopped := t.TempDir()
	if err := start(t, stopped).Close(); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		edit func(*Config)
		want []string
	}{
		{"no directory", func(c *Config) { c.DataDir = "" }, []string{"data directory"}},
		{"no address", func(c *Config) { c.Addr = "" }, []string{"loopback", "127.0.0.1:8545"}},
		{"a public address", func(c *Config) { c.Addr = "0.0.0.0:0" }, []string{"0.0.0.0:0", "loopback"}},
		{"a name", func(c *Config) { c.Addr = "localhost:0" }, []string{"localhost:0", "loopback IP"}},
		{"taken address", func(c *Config) { c.Addr = taken }, []string{taken, "address already in use"}},
		{"mainnet's id", func(c *Config) { c.ChainID = 1 }, []string{"chain id 1 ", "1337008"}},
		{"Phala's id", func(c *Config) { c.ChainID = 2035 }, []string{"chain id 2035"}},
		{"debt", func(c *Config) { c.Alloc = map[common.Address]*big.Int{sink: big.NewInt(-1)} }, []string{sink.Hex(), "-1"}},
		{"nil balance", func(c *Config) { c.Alloc = map[common.Address]*big.Int{sink: nil} }, []string{sink.Hex(), "nil"}},
		{"head age", func(c *Config) { c.MaxHeadAge = time.Millisecond }, []string{"1ms", "1s"}},
		{"locked", func(c *Config) { c.DataDir = running }, []string{running, "in use by another process", "stop"}},
		{"another chain", func(c *Config) { c.DataDir, c.ChainID = stopped, 31337 }, []string{stopped, "chain id is 1337008, not 31337", "remove"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cfg := testConfig(t.TempDir())
			test.edit(&cfg)
			c, err := Start(t.Context(), cfg)
			if err == nil {
				c.Close()
				t.Fatal("started")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
	start(t, stopped) // the failures left the directory free and intact
	mustMine(t, c.Client(), testAccount(1).next())
}

func TestCheckRules(t *testing.T) {
	later := ChainConfig(ChainID)
	later.BPO1Time = new(uint64)
	err := checkRules(later, ChainConfig(ChainID))
	if err == nil || !strings.Contains(err.Error(), "other rules") {
		t.Errorf("a chain with another fork: %v", err)
	}
	if err := checkRules(ChainConfig(ChainID), ChainConfig(ChainID)); err != nil {
		t.Error(err)
	}
}

func TestChainConfig(t *testing.T) {
	config := ChainConfig(1337)
	if err := config.CheckConfigForkOrder(); err != nil {
		t.Error(err)
	}
	for _, now := range []uint64{0, uint64(time.Now().Unix()), math.MaxUint64} {
		if fork := config.LatestFork(now); fork != forks.Osaka {
			t.Errorf("fork at time %d is %v, want Osaka", now, fork)
		}
	}
}

// osakaCode returns the count of leading zeros of 1, by the opcode that Osaka
// brought.
var osakaCode = common.FromHex("60011e5f5260205ff3")

// testOsaka holds for any chain under ChainConfig.
func testOsaka(t *testing.T, caller ethereum.ContractCaller) {
	t.Helper()
	out, err := caller.CallContract(t.Context(), ethereum.CallMsg{Data: osakaCode}, nil)
	if err != nil || new(big.Int).SetBytes(out).Int64() != 255 {
		t.Errorf("CLZ of 1: %x, %v; want 255", out, err)
	}

	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	digest := sha256.Sum256([]byte("a quote"))
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	public, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	input := slices.Concat(digest[:], r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32)), public[1:])
	verify := common.BigToAddress(big.NewInt(0x100))
	out, err = caller.CallContract(t.Context(), ethereum.CallMsg{To: &verify, Data: input}, nil)
	if err != nil || new(big.Int).SetBytes(out).Int64() != 1 {
		t.Errorf("P256VERIFY of a good signature: %x, %v; want 1", out, err)
	}
	input[0] ^= 1
	out, err = caller.CallContract(t.Context(), ethereum.CallMsg{To: &verify, Data: input}, nil)
	if err != nil || len(out) != 0 {
		t.Errorf("P256VERIFY of a bad signature: %x, %v; want nothing", out, err)
	}
}

func TestOsaka(t *testing.T) {
	testOsaka(t, start(t, t.TempDir()).Client())
}

func TestSimulatedBackend(t *testing.T) {
	a := testAccount(1)
	backend := simulated.NewBackend(types.GenesisAlloc{a.address(): {Balance: ether}},
		func(_ *node.Config, conf *ethconfig.Config) { conf.Genesis.Config = ChainConfig(ChainID) })
	defer backend.Close()
	testOsaka(t, backend.Client())
	tx := types.MustSignNewTx(a.key, signer, &types.LegacyTx{GasPrice: big.NewInt(2 * params.GWei), Gas: params.TxGas, To: &sink})
	if err := backend.Client().SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	backend.Commit()
	if _, err := backend.Client().TransactionReceipt(t.Context(), tx.Hash()); err != nil {
		t.Error(err)
	}
}

func BenchmarkStart(b *testing.B) {
	for _, existing := range []bool{false, true} {
		b.Run(fmt.Sprintf("existing=%t", existing), func(b *testing.B) {
			root := b.TempDir()
			for i := 0; b.Loop(); i++ {
				if existing {
					i = 0
				}
				c, err := Start(b.Context(), testConfig(filepath.Join(root, fmt.Sprint(i))))
				if err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				if err := c.Close(); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
		})
	}
}
