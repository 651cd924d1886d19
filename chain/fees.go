package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/phallama/phallama/protocol"
)

// Fees bound what transactions pay for gas, and say when one that waits is replaced. The zero value will do.
type Fees struct {
	// MaxPerGas is the most that a transaction offers for one gas, tip included, in wei. nil stands for 500 gwei. A
	// transaction that would have to offer more waits until the chain is cheaper.
	MaxPerGas *big.Int
	// BumpAfter is how long a transaction waits for inclusion before it is replaced by one that offers an eighth more; and how
	// long one of an earlier process, or of another program with the same key, is waited for before it is replaced. 0 stands
	// for 30 seconds.
	BumpAfter time.Duration
}

const (
	defaultBumpAfter = 30 * time.Second

	// Pools take a replacement that offers 10 % more, for the tip and in all; some want 12.5 %.
	bumpDivisor = 8
	maxBumps    = 64 // of one transaction, which is 1,800 times the first offer
)

var defaultMaxPerGas = big.NewInt(500e9)

func (f Fees) complete() (Fees, error) {
	if f.MaxPerGas == nil {
		f.MaxPerGas = defaultMaxPerGas
	}
	if f.BumpAfter == 0 {
		f.BumpAfter = defaultBumpAfter
	}
	if f.MaxPerGas.Sign() <= 0 {
		return f, fmt.Errorf("fees: at most %v wei are offered for one gas: want more than 0", f.MaxPerGas)
	}
	if f.BumpAfter < 0 {
		return f, fmt.Errorf("fees: transactions are replaced after %v: want more than 0", f.BumpAfter)
	}
	return f, nil
}

// offer is what a transaction offers for one gas, in wei.
type offer struct{ tip, most *big.Int }

// raised is the least offer that replaces this one.
func (o offer) raised() offer { return offer{raisedUp(o.tip), raisedUp(o.most)} }

func raisedUp(fee *big.Int) *big.Int {
	more := new(big.Int).Add(fee, big.NewInt(bumpDivisor-1))
	more.Div(more, big.NewInt(bumpDivisor))
	if more.Sign() == 0 {
		more.SetInt64(1)
	}
	return more.Add(more, fee)
}

// atLeast is the higher of two offers, part by part.
func (o offer) atLeast(other offer) offer {
	higher := func(a, b *big.Int) *big.Int {
		if a.Cmp(b) >= 0 {
			return a
		}
		return b
	}
	return offer{higher(o.tip, other.tip), higher(o.most, other.most)}
}

// within is the offer under a limit, and whether it is still worth making: whether it is not below least.
func (o offer) within(limit *big.Int, least offer) (offer, bool) {
	if o.most.Cmp(limit) > 0 {
		o.most = limit
	}
	if o.tip.Cmp(o.most) > 0 {
		o.tip = o.most
	}
	return o, o.most.Cmp(least.most) >= 0 && o.tip.Cmp(least.tip) >= 0
}

// market is what the chain asks for now: enough for the base fee to rise through five full blocks.
func (t *Transactor) market(ctx context.Context) (o offer, baseFee *big.Int, err error) {
	head, err := t.head(ctx)
	if err != nil {
		return offer{}, nil, err
	}
	if head.BaseFee == nil {
		return offer{}, nil, fmt.Errorf("chain %d has no base fee (EIP-1559)", t.domain.ChainID)
	}
	tip, err := t.eth.SuggestGasTipCap(ctx)
	if err != nil {
		return offer{}, nil, t.failed("ask for fees", err)
	}
	baseFee = head.BaseFee.ToInt()
	most := new(big.Int).Lsh(baseFee, 1)
	return offer{tip, most.Add(most, tip)}, baseFee, nil
}

// Cost is what a transaction costs its sender in the chain's own currency. The amounts are in wei.
type Cost struct {
	Gas    uint64          `json:"gas"`    // of the chain itself
	L2Fee  protocol.Amount `json:"l2Fee"`  // Gas times what one gas costs
	L1Fee  protocol.Amount `json:"l1Fee"`  // OP-stack chains: for the transaction's bytes on L1
	OpsFee protocol.Amount `json:"opsFee"` // OP-stack chains: the operator fee of the chain's sequencer
}

// Wei is the sum.
func (c Cost) Wei() protocol.Amount {
	return c.L2Fee.AddCapped(c.L1Fee).AddCapped(c.OpsFee)
}

// What a settlement takes, from receipts: docs/spec/billing.md section 10.
const (
	settleGas, rowGas     = 48_000, 13_000
	settleBytes, rowBytes = 600, protocol.RowSize
)

// EstimateSettle is about what settling so many rows costs as things stand.
func (t *Transactor) EstimateSettle(ctx context.Context, rows int) (Cost, error) {
	asked, baseFee, err := t.market(ctx)
	if err != nil {
		return Cost{}, err
	}
	cost := Cost{Gas: settleGas + rowGas*uint64(rows)}
	price := new(big.Int).Add(baseFee, asked.tip)
	if cost.L2Fee, err = weiAmount(price.Mul(price, new(big.Int).SetUint64(cost.Gas))); err != nil {
		return Cost{}, err
	}
	// L1 takes compressed bytes, and signatures and hashes do not compress.
	raw := make([]byte, settleBytes+rowBytes*rows)
	for i := 0; i < len(raw); i += 32 {
		word := protocol.Keccak256(new(big.Int).SetInt64(int64(i)).Bytes())
		copy(raw[i:], word[:])
	}
	if cost.L1Fee, err = t.askOracle(ctx, "getL1Fee", raw); err != nil {
		return Cost{}, err
	}
	cost.OpsFee, err = t.askOracle(ctx, "getOperatorFee", cost.Gas)
	return cost, err
}

// Cost is what an included transaction cost, or wraps ErrNotFound.
func (c *Client) Cost(ctx context.Context, tx protocol.Hash) (Cost, error) {
	var raw json.RawMessage
	if err := c.rpc.CallContext(ctx, &raw, "eth_getTransactionReceipt", common.Hash(tx)); err != nil {
		return Cost{}, c.failed("read a receipt", err)
	}
	cost, told, err := receiptCost(raw)
	if err != nil {
		return Cost{}, fmt.Errorf("receipt of transaction %s: %w", tx, err)
	}
	if !told.l1 {
		if cost.L1Fee, err = c.l1FeeOf(ctx, tx); err != nil {
			return Cost{}, err
		}
	}
	// The receipt tells the fee's parameters, and the oracle the rule by which they count, which has changed once.
	if told.operator || !told.l1 {
		if cost.OpsFee, err = c.askOracle(ctx, "getOperatorFee", cost.Gas); err != nil {
			return Cost{}, err
		}
	}
	return cost, nil
}

// told is what else than gas a receipt tells about.
type told struct{ l1, operator bool }

// receiptCost reads the cost out of a receipt in JSON, or wraps ErrNotFound if it is null.
func receiptCost(raw []byte) (cost Cost, t told, err error) {
	var receipt *struct {
		Gas    hexutil.Uint64 `json:"gasUsed"`
		Price  *hexutil.Big   `json:"effectiveGasPrice"`
		L1Fee  *hexutil.Big   `json:"l1Fee"`
		Scalar *hexutil.Big   `json:"operatorFeeScalar"`
	}
	if err := json.Unmarshal(raw, &receipt); err != nil {
		return Cost{}, told{}, err
	}
	if receipt == nil {
		return Cost{}, told{}, ErrNotFound
	}
	if receipt.Price == nil {
		return Cost{}, told{}, errors.New("it has no effectiveGasPrice: the node's receipts are not complete")
	}
	cost.Gas = uint64(receipt.Gas)
	if cost.L2Fee, err = weiAmount(new(big.Int).Mul(receipt.Price.ToInt(), new(big.Int).SetUint64(cost.Gas))); err != nil {
		return Cost{}, told{}, err
	}
	if receipt.L1Fee != nil {
		if cost.L1Fee, err = weiAmount(receipt.L1Fee.ToInt()); err != nil {
			return Cost{}, told{}, err
		}
	}
	return cost, told{receipt.L1Fee != nil, receipt.Scalar != nil}, nil
}

// l1FeeOf asks for the fee of a transaction whose receipt does not tell it. The answer is of the present head's prices.
func (c *Client) l1FeeOf(ctx context.Context, hash protocol.Hash) (protocol.Amount, error) {
	if has, err := c.hasOracle(ctx); err != nil || !has {
		return protocol.Amount{}, err
	}
	tx, _, err := c.eth.TransactionByHash(ctx, common.Hash(hash))
	if err != nil {
		return protocol.Amount{}, c.failed("read a transaction", err)
	}
	raw, err := tx.MarshalBinary()
	if err != nil {
		return protocol.Amount{}, err
	}
	return c.askOracle(ctx, "getL1Fee", raw)
}

func weiAmount(wei *big.Int) (protocol.Amount, error) {
	amount, err := protocol.AmountFromBig(wei)
	if err != nil {
		return amount, fmt.Errorf("a fee of %v wei: %w", wei, err)
	}
	return amount, nil
}

// gasPriceOracle is where OP-stack chains tell their fees.
var gasPriceOracle = common.HexToAddress("0x420000000000000000000000000000000000000F")

// oracle remembers whether a chain has a GasPriceOracle.
type oracle struct {
	mu         sync.Mutex
	known, has bool
}

func (c *Client) hasOracle(ctx context.Context) (bool, error) {
	c.oracle.mu.Lock()
	defer c.oracle.mu.Unlock()
	if c.oracle.known {
		return c.oracle.has, nil
	}
	code, err := c.eth.CodeAt(ctx, gasPriceOracle, nil)
	if err != nil {
		return false, c.failed("look for the gas price oracle", err)
	}
	c.oracle.known, c.oracle.has = true, len(code) > 0
	return c.oracle.has, nil
}

// Selectors of the oracle.
var oracleCalls = map[string][]byte{
	"getL1Fee":       common.FromHex("0x49948e0e"), // getL1Fee(bytes)
	"getOperatorFee": common.FromHex("0x275aedd2"), // getOperatorFee(uint256)
}

// askOracle asks for a fee: zero on chains without an oracle, and where it does not know the question.
func (c *Client) askOracle(ctx context.Context, question string, about any) (protocol.Amount, error) {
	if has, err := c.hasOracle(ctx); err != nil || !has {
		return protocol.Amount{}, err
	}
	data := append([]byte(nil), oracleCalls[question]...)
	switch about := about.(type) {
	case []byte:
		data = append(data, common.LeftPadBytes([]byte{32}, 32)...)
		data = append(data, common.LeftPadBytes(new(big.Int).SetInt64(int64(len(about))).Bytes(), 32)...)
		data = append(data, common.RightPadBytes(about, (len(about)+31)/32*32)...)
	case uint64:
		data = append(data, common.LeftPadBytes(new(big.Int).SetUint64(about).Bytes(), 32)...)
	}
	answer, err := c.eth.CallContract(ctx, ethereum.CallMsg{To: &gasPriceOracle, Data: data}, nil)
	if err != nil {
		var revert *RevertError
		if failure := c.failed("ask for the "+question, err); !errors.As(failure, &revert) {
			return protocol.Amount{}, failure
		}
		return protocol.Amount{}, nil // of a version before the question
	}
	if len(answer) == 0 {
		return protocol.Amount{}, nil
	}
	if len(answer) != 32 {
		return protocol.Amount{}, fmt.Errorf("the gas price oracle answers %s with %d bytes, want 32", question, len(answer))
	}
	return weiAmount(new(big.Int).SetBytes(answer))
}
