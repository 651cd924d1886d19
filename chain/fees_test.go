package chain

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"pgregory.net/rapid"

	"github.com/phallama/phallama/internal/devnet/evm/faults"
	"github.com/phallama/phallama/protocol"
)

func TestFeesComplete(t *testing.T) {
	if f, err := (Fees{}).complete(); err != nil || f.MaxPerGas.Cmp(defaultMaxPerGas) != 0 || f.BumpAfter != defaultBumpAfter {
		t.Errorf("%+v, %v", f, err)
	}
	for want, bad := range map[string]Fees{"want more than 0": {MaxPerGas: new(big.Int)}, "replaced after": {BumpAfter: -time.Second}} {
		if _, err := bad.complete(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}

// A replacement offers 12.5 % more at least, in both parts, and never more than the limit; else it is not made.
func TestRaisedOffers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wei := rapid.Uint64Range(0, 1<<50)
		tip := wei.Draw(t, "tip")
		old := offer{new(big.Int).SetUint64(tip), new(big.Int).SetUint64(tip + wei.Draw(t, "more"))}
		asked := offer{new(big.Int).SetUint64(wei.Draw(t, "market tip")), new(big.Int).SetUint64(wei.Draw(t, "market"))}
		limit := new(big.Int).SetUint64(rapid.Uint64Range(1, 1<<52).Draw(t, "limit"))
		least := old.raised()
		got, worth := asked.atLeast(least).within(limit, least)
		if got.most.Cmp(limit) > 0 || got.tip.Cmp(got.most) > 0 {
			t.Fatalf("offers %v, tip %v, above %v", got.most, got.tip, limit)
		}
		if !worth {
			if least.most.Cmp(limit) <= 0 && least.tip.Cmp(limit) <= 0 {
				t.Fatalf("%v under %v is given up, and a replacement takes %v", old, limit, least)
			}
			return
		}
		for _, part := range [][2]*big.Int{{old.tip, got.tip}, {old.most, got.most}} {
			if new(big.Int).Mul(part[1], big.NewInt(8)).Cmp(new(big.Int).Mul(part[0], big.NewInt(9))) < 0 || part[1].Cmp(part[0]) <= 0 {
				t.Fatalf("%v is replaced by %v", part[0], part[1])
			}
		}
	})
}

// opStack has a proxy answer as an OP-stack chain's node does: with a GasPriceOracle at its predeploy's address, which is a
// handler here and no contract, and, with l1InReceipts, with the L1 fee in receipts. A byte costs 3 wei on L1, the operator
// fee is 7 wei a gas.
func opStack(p *faults.Proxy, l1InReceipts, operatorFee *atomic.Bool) {
	word := func(n int64) *faults.Answer {
		raw, _ := json.Marshal(fmt.Sprintf("0x%064x", n))
		return &faults.Answer{Result: raw}
	}
	p.Meddle(func(c faults.Call, forward func() faults.Answer) *faults.Answer {
		switch c.Method {
		case "eth_getCode":
			if strings.EqualFold(string(c.Params[0]), `"`+gasPriceOracle.Hex()+`"`) {
				return &faults.Answer{Result: json.RawMessage(`"0x01"`)}
			}
		case "eth_call":
			var call struct {
				To    string        `json:"to"`
				Input hexutil.Bytes `json:"input"`
			}
			if json.Unmarshal(c.Params[0], &call) != nil || !strings.EqualFold(call.To, gasPriceOracle.Hex()) {
				return nil
			}
			switch question := hexutil.Encode(call.Input[:4]); {
			case question == "0x49948e0e" && new(big.Int).SetBytes(call.Input[4:36]).Int64() == 32:
				return word(3 * new(big.Int).SetBytes(call.Input[36:68]).Int64())
			case question == "0x275aedd2" && operatorFee.Load():
				return word(7 * new(big.Int).SetBytes(call.Input[4:36]).Int64())
			}
			return &faults.Answer{Error: json.RawMessage(`{"code":3,"message":"execution reverted","data":"0x"}`)}
		case "eth_getTransactionReceipt":
			a := forward()
			var receipt map[string]any
			if !l1InReceipts.Load() || json.Unmarshal(a.Result, &receipt) != nil || receipt == nil {
				return &a
			}
			receipt["l1Fee"], receipt["operatorFeeScalar"] = "0x64", "0x1"
			a.Result, _ = json.Marshal(receipt)
			return &a
		}
		return nil
	})
}

// What a transaction cost is L2 gas, and on OP-stack chains the fee for L1, which the receipt tells or else the oracle.
func TestCost(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	p, behind, honest := faulty(t, Fees{})
	done, err := behind.do(ctx, "transfer", behind.token, behind.tokenABI.PackTransfer(addressOf(newKey(t).Address()), big.NewInt(5)))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := honest.Cost(ctx, done.Tx)
	if err != nil || plain.Gas != done.GasUsed || plain.L2Fee.IsZero() || !plain.L1Fee.IsZero() || !plain.OpsFee.IsZero() || plain.Wei() != plain.L2Fee {
		t.Fatalf("without an oracle: %+v, %v", plain, err)
	}
	before, err := honest.EstimateSettle(ctx, 10)
	if err != nil || before.Gas < 150_000 || before.Gas > 250_000 || before.L2Fee.IsZero() || !before.L1Fee.IsZero() {
		t.Errorf("estimate without an oracle: %+v, %v", before, err)
	}

	var inReceipts, operatorFee atomic.Bool
	opStack(p, &inReceipts, &operatorFee)
	op := through(t, p, profile(t), honest.key, Options{})
	raw, _, err := honest.eth.TransactionByHash(ctx, common.Hash(done.Tx))
	if err != nil {
		t.Fatal(err)
	}
	want := plain
	want.L1Fee = protocol.Units(3 * raw.Size())
	for _, test := range []struct{ in, fee bool }{{false, false}, {false, true}, {true, true}} {
		inReceipts.Store(test.in)
		operatorFee.Store(test.fee)
		if test.in {
			want.L1Fee = protocol.Units(100)
		}
		if test.fee {
			want.OpsFee = protocol.Units(7 * plain.Gas)
		}
		if got, err := op.Cost(ctx, done.Tx); err != nil || got != want {
			t.Errorf("L1 fee in receipts %v, operator fee %v: %+v, %v; want %+v", test.in, test.fee, got, err, want)
		}
	}
	estimate, err := op.EstimateSettle(ctx, 10)
	if err != nil || estimate.L1Fee != protocol.Units(3*(settleBytes+10*rowBytes)) || estimate.OpsFee != protocol.Units(7*estimate.Gas) {
		t.Errorf("estimate: %+v, %v", estimate, err)
	}
	if _, err := op.Cost(ctx, protocol.Hash{1}); !errors.Is(err, ErrNotFound) {
		t.Errorf("cost of an unknown transaction: %v", err)
	}
}

// The estimate that decides whether a settlement is worth its cost is near what settlements take.
func TestSettlementEstimate(t *testing.T) {
	// docs/spec/billing.md section 10, which chain/bindings/escrow/gas_test.go holds.
	for rows, gas := range map[int]int64{1: 59_184, 10: 173_966, 100: 1_321_678} {
		if estimate := int64(settleGas + rowGas*rows); estimate < gas || estimate > gas*110/100 {
			t.Errorf("%d rows: %d gas, and %d are estimated", rows, gas, estimate)
		}
	}
}

// Whatever a node answers for a receipt is a cost or an error.
func FuzzReceiptCost(f *testing.F) {
	for _, seed := range []string{
		`null`, `{}`, `[]`, `{"gasUsed":"0x5208","effectiveGasPrice":"0x3b9aca00"}`,
		`{"gasUsed":"0x5208","effectiveGasPrice":"0x3b9aca00","l1Fee":"0x64","operatorFeeScalar":"0x1"}`,
		`{"gasUsed":"0xffffffffffffffff","effectiveGasPrice":"0xffffffffffffffffffffffffffffffff"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		cost, told, err := receiptCost(raw)
		if err != nil && (cost != Cost{} || told.l1 || told.operator) {
			t.Errorf("an error and %+v", cost)
		}
		if err == nil && cost.Gas == 0 && !cost.L2Fee.IsZero() {
			t.Errorf("no gas, and it costs %+v", cost)
		}
		if cost.Wei().Cmp(cost.L2Fee) < 0 {
			t.Errorf("the sum is below a part: %+v", cost)
		}
	})
}
