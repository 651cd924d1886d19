package chain

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math/big"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/internal/devnet/evm/faults"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// quick fees have a transaction replaced after a second.
var quick = Fees{BumpAfter: time.Second}

// faulty is a new account with gas and tokens, behind a proxy that can fail. honest speaks to the chain itself.
func faulty(t *testing.T, fees Fees) (p *faults.Proxy, behind, honest *Transactor) {
	t.Helper()
	honest = transactor(t)
	mint(t, honest.Address(), protocol.Units(100))
	p = faults.New(t, profile(t).RPC[0])
	return p, through(t, p, profile(t), honest.key, Options{Fees: fees}), honest
}

func through(t *testing.T, p *faults.Proxy, at network.Profile, key protocol.Key, opts Options) *Transactor {
	t.Helper()
	at.RPC = []string{p.URL}
	opts.Logger = slog.New(slog.NewTextHandler(t.Output(), nil))
	return transactorWith(t, at, key, opts)
}

func (t *Transactor) transfer(ctx context.Context, to protocol.Address, n uint64) error {
	_, err := t.do(ctx, "transfer", t.token, t.tokenABI.PackTransfer(addressOf(to), protocol.Units(n).Big()))
	return err
}

func wantBalance(t *testing.T, c *Transactor, of protocol.Address, want uint64) {
	t.Helper()
	if got, err := c.TokenBalance(t.Context(), of); err != nil || got != protocol.Units(want) {
		t.Errorf("balance %v, %v, want %d", got, err, want)
	}
}

// raw signs a transfer of one token to an address with a nonce and what it offers for one gas, as another program would.
func (t *Transactor) raw(to protocol.Address, nonce uint64, perGas int64) (*types.Transaction, error) {
	f := &flight{
		request: request{what: "another's", to: &t.token, data: t.tokenABI.PackTransfer(addressOf(to), big.NewInt(1))},
		nonce:   nonce, gas: 100_000, offer: offer{big.NewInt(min(perGas, 1)), big.NewInt(perGas)},
	}
	return t.sign(f)
}

func sendRaw(t *testing.T, c *Transactor, to protocol.Address, nonce uint64, perGas int64) {
	t.Helper()
	tx, err := c.raw(to, nonce, perGas)
	if err == nil {
		err = c.eth.SendTransaction(t.Context(), tx)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func nonceOf(t *testing.T, c *Transactor) uint64 {
	t.Helper()
	n, err := c.eth.NonceAt(t.Context(), common.Address(c.Address()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRPCDropsTransactions(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, Fees{})
	to := newKey(t).Address()
	p.DropTransactions(2)
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 5)
	if _, n := p.Calls("eth_sendRawTransaction"); n != 3 {
		t.Errorf("sent %d times", n)
	}
}

// A node whose head stands still hides that a transaction is included: it is sent again, which does nothing, and found
// once the node goes on.
func TestRPCHeadStandsStill(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, Fees{})
	to := newKey(t).Address()
	head, err := honest.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.ShowHead(head.Number)
	ended := make(chan error, 1)
	go func() { ended <- behind.transfer(t.Context(), to, 5) }()
	for n := 0; n < 2; _, n = p.Calls("eth_sendRawTransaction") {
		time.Sleep(10 * time.Millisecond)
	}
	select {
	case err := <-ended:
		t.Fatalf("it ended before its inclusion could be seen: %v", err)
	default:
	}
	p.ShowHead(0)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 5)

	// Whoever cannot wait is told what it waits for.
	if head, err = honest.Head(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.ShowHead(head.Number)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	err = behind.transfer(ctx, to, 5)
	var stuck *StuckError
	if !errors.As(err, &stuck) || !errors.Is(err, context.DeadlineExceeded) || stuck.Sent == 0 || stuck.Tx.IsZero() || stuck.Since.IsZero() || stuck.Why == "" {
		t.Errorf("want a StuckError, got %v", err)
	}
}

// A node whose head goes back shows an account's nonce that is used.
func TestRPCHeadGoesBack(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, Fees{})
	to := newKey(t).Address()
	before, err := honest.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	p.ShowHead(before.Number)
	ended := make(chan error, 1)
	go func() { ended <- behind.transfer(t.Context(), to, 7) }()
	for n := 0; n < 2; _, n = p.Calls("eth_sendRawTransaction") {
		time.Sleep(10 * time.Millisecond)
	}
	p.ShowHead(0)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 12)
}

// offers are what the transactions that pass a proxy offer; the first one is made under a base fee that is far too low.
func offers(p *faults.Proxy) func() []*types.Transaction {
	var (
		mu  sync.Mutex
		txs []*types.Transaction
	)
	p.Meddle(func(c faults.Call, forward func() faults.Answer) *faults.Answer {
		mu.Lock()
		defer mu.Unlock()
		switch {
		case c.Method == "eth_sendRawTransaction":
			var raw hexutil.Bytes
			tx := new(types.Transaction)
			if json.Unmarshal(c.Params[0], &raw) == nil && tx.UnmarshalBinary(raw) == nil {
				txs = append(txs, tx)
			}
		case c.Method == "eth_getBlockByNumber" && len(txs) == 0:
			a := forward()
			var block map[string]any
			if json.Unmarshal(a.Result, &block) != nil || block == nil {
				return &a
			}
			block["baseFeePerGas"] = "0x10"
			a.Result, _ = json.Marshal(block)
			return &a
		}
		return nil
	})
	return func() []*types.Transaction {
		mu.Lock()
		defer mu.Unlock()
		return txs
	}
}

func TestReplacesWhatWaits(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, quick)
	to := newKey(t).Address()
	sent := offers(p)
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 5)
	txs := sent()
	if len(txs) < 2 {
		t.Fatalf("%d transactions: it was never too cheap", len(txs))
	}
	for i, tx := range txs[1:] {
		old := offer{txs[i].GasTipCap(), txs[i].GasFeeCap()}.raised()
		if tx.Nonce() != txs[0].Nonce() || tx.GasTipCap().Cmp(old.tip) < 0 || tx.GasFeeCap().Cmp(old.most) < 0 {
			t.Errorf("replacement %d: nonce %d, tip %v, in all %v; want at least %v and %v", i+1, tx.Nonce(), tx.GasTipCap(), tx.GasFeeCap(), old.tip, old.most)
		}
	}
}

// whenLogged calls then when something is logged.
type whenLogged struct {
	slog.Handler
	what string
	then func()
}

func (whenLogged) Enabled(context.Context, slog.Level) bool { return true }

func (h whenLogged) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, h.what) {
		h.then()
	}
	return nil
}

func TestFeesStayWithinTheLimit(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, Fees{BumpAfter: time.Second, MaxPerGas: big.NewInt(40)})
	to := newKey(t).Address()
	if err := behind.transfer(t.Context(), to, 5); err == nil || !strings.Contains(err.Error(), "at most 40 are offered") {
		t.Errorf("above the limit: %v", err)
	}
	nonce := nonceOf(t, honest)
	sent := offers(p)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	behind.log = slog.New(whenLogged{slog.DiscardHandler, "cannot be replaced", cancel})
	err := behind.transfer(ctx, to, 5)
	var stuck *StuckError
	if !errors.As(err, &stuck) || stuck.Nonce != nonce || !strings.Contains(err.Error(), "raise the limit on fees") || !strings.Contains(err.Error(), "not included yet") {
		t.Errorf("stuck at the limit: %v", err)
	}
	for _, tx := range sent() {
		if tx.GasFeeCap().Cmp(big.NewInt(40)) > 0 {
			t.Errorf("%v were offered for one gas", tx.GasFeeCap())
		}
	}
	// A process that is started again, with a higher limit, finds it pending and replaces it.
	again := through(t, faults.New(t, profile(t).RPC[0]), profile(t), honest.key, Options{Fees: quick})
	if err := again.transfer(t.Context(), to, 7); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 7)
	if n := nonceOf(t, honest); n != nonce+1 {
		t.Errorf("nonce %d after %d", n, nonce)
	}
}

// An account that cannot pay for a replacement is told so, and keeps the transaction that it could pay for.
func TestReplacementRefused(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, quick)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	behind.log = slog.New(whenLogged{slog.DiscardHandler, "its replacement is refused", cancel})
	_ = offers(p)
	cheap := p.Meddler()
	var sent atomic.Int32
	p.Meddle(func(c faults.Call, forward func() faults.Answer) *faults.Answer {
		if c.Method == "eth_sendRawTransaction" && sent.Add(1) > 1 {
			return faults.Refusal("insufficient funds for gas * price + value")
		}
		return cheap(c, forward)
	})
	err := behind.transfer(ctx, newKey(t).Address(), 5)
	if err == nil || !strings.Contains(err.Error(), "insufficient funds") || !strings.Contains(err.Error(), "not included yet") {
		t.Errorf("refused: %v", err)
	}
	if pending, err := honest.eth.PendingNonceAt(t.Context(), common.Address(honest.Address())); err != nil || pending != nonceOf(t, honest)+1 {
		t.Errorf("pending nonce %d, %v: the first transaction is gone", pending, err)
	}
}

// What an earlier process, or another program, left pending is waited for, and then replaced.
func TestPendingOfAnEarlierProcess(t *testing.T) {
	t.Parallel()
	_, behind, honest := faulty(t, quick)
	to, gone := newKey(t).Address(), newKey(t).Address()
	nonce := nonceOf(t, honest)
	sendRaw(t, honest, gone, nonce, 1000) // below any base fee
	sendRaw(t, honest, gone, nonce+1, 1000)
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 5)
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 10)
	wantBalance(t, honest, gone, 0)
	if n := nonceOf(t, honest); n != nonce+2 {
		t.Errorf("nonce %d after %d", n, nonce)
	}
}

// A transaction of another program with a gap before it neither holds ours up nor is it lost.
func TestNonceGap(t *testing.T) {
	t.Parallel()
	_, behind, honest := faulty(t, quick)
	to := newKey(t).Address()
	nonce := nonceOf(t, honest)
	sendRaw(t, honest, to, nonce+1, 100e9)
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	if err := behind.transfer(t.Context(), to, 5); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 11)
	if n := nonceOf(t, honest); n != nonce+3 {
		t.Errorf("nonce %d after %d", n, nonce)
	}
}

// A transaction of ours behind a gap: the nonce before it was another program's and will never be used.
func TestFillsAGap(t *testing.T) {
	t.Parallel()
	_, behind, honest := faulty(t, quick)
	to := newKey(t).Address()
	nonce := nonceOf(t, honest)
	tx, err := honest.raw(to, nonce+1, 100e9)
	if err != nil {
		t.Fatal(err)
	}
	f := &flight{request: request{what: "behind a gap", to: &behind.token, data: tx.Data()}, nonce: nonce + 1, gas: tx.Gas(), offer: offer{tx.GasTipCap(), tx.GasFeeCap()}, begun: time.Now()}
	f.fly(tx)
	if err := behind.deliver(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	if _, err := behind.land(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 1)
}

// A node forgets a transaction, and another program takes its nonce: it is sent once more with the next one.
func TestNonceTakenByAnotherProgram(t *testing.T) {
	t.Parallel()
	p, behind, honest := faulty(t, Fees{})
	to := newKey(t).Address()
	nonce := nonceOf(t, honest)
	p.DropTransactions(1)
	ended := make(chan error, 1)
	go func() { ended <- behind.transfer(t.Context(), to, 5) }()
	for n := 0; n < 1; _, n = p.Calls("eth_sendRawTransaction") {
		time.Sleep(10 * time.Millisecond)
	}
	sendRaw(t, honest, to, nonce, 100e9)
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	wantBalance(t, honest, to, 6)
	if n := nonceOf(t, honest); n != nonce+2 {
		t.Errorf("nonce %d after %d", n, nonce)
	}
}

// A transaction that takes more than the node allows is told apart from one that the contract refuses.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	p, behind, _ := faulty(t, Fees{})
	for _, test := range []struct{ method, says string }{
		{"eth_estimateGas", "gas required exceeds allowance (1000)"},
		{"eth_sendRawTransaction", "oversized data: transaction size 200000, limit 131072"},
		{"eth_sendRawTransaction", "exceeds block gas limit"},
	} {
		p.Meddle(func(c faults.Call, _ func() faults.Answer) *faults.Answer {
			if c.Method == test.method {
				return faults.Refusal(test.says)
			}
			return nil
		})
		var large *TooLargeError
		if err := behind.transfer(t.Context(), newKey(t).Address(), 5); !errors.As(err, &large) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "send less at a time") {
			t.Errorf("%s: %v", test.says, err)
		}
	}
}

// ownChain is a chain of a test's own, which it may reorganise, with its contracts and two accounts that have gas; the
// first deployed.
func ownChain(t *testing.T) (*evm.Chain, network.Profile, [2]protocol.Key) {
	t.Helper()
	keys := [2]protocol.Key{newKey(t), newKey(t)}
	alloc := map[common.Address]*big.Int{}
	for _, key := range keys {
		alloc[common.Address(key.Address())] = big.NewInt(1e18)
	}
	c, err := evm.Start(context.Background(), evm.Config{DataDir: t.TempDir(), Alloc: alloc, Addr: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	bare := network.Profile{Name: "test", ChainID: evm.ChainID, RPC: []string{c.URL()}}
	p, err := Deploy(t.Context(), bare, keys[0], Terms{Delay: NoDelay}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c, p, keys
}
