package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/protocol"
)

// Limits of a transaction: EIP-7825, and what transaction pools take.
const (
	MaxGas       = 1 << 24 // 16,777,216
	maxTxSize    = 128 << 10
	sendAttempts = 4 // with a new nonce each

	pollFirst   = 50 * time.Millisecond
	pollLast    = time.Second
	resendAfter = 3 * time.Second // without a receipt, the node is asked whether it still knows the transaction
)

// Transactor is a client that sends transactions of one key. It sends one at a time, always with the account's next nonce,
// and waits for its inclusion before the next, so that nonces cannot have gaps.
//
// Every verb returns when its transaction is included in the latest head or ctx ends; in the latter case the transaction
// may still be included later, and the error wraps a StuckError that says what it waits for. Meanwhile a transaction that a
// node forgot is sent again, and one that is not included is replaced by one that offers more, as Fees says. What another
// program with the same key, or an earlier process, has left pending is waited for as long, and then replaced.
//
// Nothing is kept on disk: after a restart the account's nonce and its pending transactions tell all that is needed, and
// whoever asked for a transaction asks again. A second transaction of the same kind is then refused by its contract.
//
// A transaction that was included can be taken out again by a reorganisation. Tend looks after those until they are final.
type Transactor struct {
	*Client
	key      protocol.Key
	signer   types.Signer
	turn     chan struct{} // holds a token while a transaction is under way
	included []*flight     // not final yet, by nonce; owned by the holder of turn
}

// NewTransactor sends through c with key.
func NewTransactor(c *Client, key protocol.Key) *Transactor {
	return &Transactor{
		Client: c,
		key:    key,
		signer: types.LatestSignerForChainID(new(big.Int).SetUint64(c.domain.ChainID)),
		turn:   make(chan struct{}, 1),
	}
}

// Address is the account that sends.
func (t *Transactor) Address() protocol.Address { return t.key.Address() }

// Included is a transaction that succeeded.
type Included struct {
	Tx      protocol.Hash `json:"tx"`
	Block   uint64        `json:"block"`
	GasUsed uint64        `json:"gasUsed"`
}

func included(r *types.Receipt) Included {
	return Included{Tx: protocol.Hash(r.TxHash), Block: r.BlockNumber.Uint64(), GasUsed: r.GasUsed}
}

// A request is a transaction to send.
type request struct {
	what   string          // for errors
	to     *common.Address // nil creates a contract
	data   []byte
	value  *big.Int // wei; nil is none
	minGas uint64   // gas limit that is taken even where the estimate is lower, since the state may change before inclusion
}

// send sends a transaction and waits for its inclusion. A transaction that reverts is an error.
func (t *Transactor) send(ctx context.Context, r request) (*types.Receipt, error) {
	select {
	case t.turn <- struct{}{}:
		defer func() { <-t.turn }()
	case <-ctx.Done():
		return nil, fmt.Errorf("%s: %w", r.what, ctx.Err())
	}
	for attempt := 1; ; attempt++ {
		f, err := t.launch(ctx, r)
		var receipt *types.Receipt
		if err == nil {
			receipt, err = t.land(ctx, f)
		}
		switch {
		case err == nil:
		case errors.Is(err, errNonceTaken) && attempt < sendAttempts:
			// Estimated anew, since the other transaction may have done the same.
			t.log.Warn("another transaction of the account took the nonce; sending with the next one", "what", r.what, "account", t.Address())
			if err := pause(ctx, pollLast); err != nil {
				return nil, fmt.Errorf("%s: %w", r.what, err)
			}
			continue
		case errors.Is(err, errNonceTaken):
			return nil, fmt.Errorf("%s: another transaction of %s took the nonce, %d times in a row: let one program at a time use a wallet; or the node lags behind the chain: use another one (the profile's rpc)", r.what, t.Address(), attempt)
		default:
			return nil, err
		}
		if receipt.Status != types.ReceiptStatusSuccessful {
			return nil, t.whyReverted(ctx, r, receipt)
		}
		t.keep(f)
		return receipt, nil
	}
}

// launch estimates gas and fees, signs and hands the transaction to the node.
func (t *Transactor) launch(ctx context.Context, r request) (*flight, error) {
	t.tend(ctx) // what a reorganisation took out comes first
	nonce, err := t.freeNonce(ctx, r.what)
	if err != nil {
		return nil, err
	}
	from := common.Address(t.Address())
	estimated, err := t.eth.EstimateGas(ctx, ethereum.CallMsg{From: from, To: r.to, Data: r.data, Value: r.value})
	if isAnswer(err) && strings.Contains(err.Error(), "gas required exceeds") {
		return nil, &TooLargeError{What: r.what, Takes: uint64(len(r.data)), Unit: "bytes", Node: err.Error()}
	}
	if err != nil {
		return nil, t.failed(r.what, err)
	}
	if estimated > MaxGas {
		return nil, &TooLargeError{What: r.what, Takes: estimated, Limit: MaxGas, Unit: "gas"}
	}
	asked, baseFee, err := t.market(ctx)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", r.what, err)
	}
	o, _ := asked.within(t.fees.MaxPerGas, offer{new(big.Int), new(big.Int)})
	if o.most.Cmp(baseFee) < 0 {
		return nil, fmt.Errorf("%s: the chain's base fee is %v wei, and at most %v are offered for one gas: wait until it is lower, or raise the limit on fees", r.what, baseFee, t.fees.MaxPerGas)
	}
	f := &flight{request: r, nonce: nonce, gas: min(max(estimated+estimated/4, r.minGas), MaxGas), offer: o, begun: time.Now()}
	tx, err := t.sign(f)
	if err != nil {
		return nil, err
	}
	if size := tx.Size(); size > maxTxSize {
		return nil, &TooLargeError{What: r.what, Takes: size, Limit: maxTxSize, Unit: "bytes"}
	}
	for {
		f.fly(tx)
		err := t.deliver(ctx, tx)
		switch {
		case err == nil:
			return f, nil
		case !isAnswer(err):
			// It may have arrived all the same. Waiting finds out, and sends it again if not.
			t.log.Warn("sending a transaction failed; trying again", "what", r.what, "tx", tx.Hash(), "error", t.failed("send", err))
			return f, nil
		case nonceUsed(err):
			return nil, errNonceTaken
		case underpriced(err):
			// What is pending at this nonce offers more than the chain asks for.
			if tx, err = t.raise(ctx, f); err != nil {
				return nil, fmt.Errorf("%s: nonce %d of %s is held by a pending transaction that it takes more to replace: %w", r.what, nonce, t.Address(), err)
			}
		case tooLarge(err):
			return nil, &TooLargeError{What: r.what, Takes: tx.Size(), Unit: "bytes", Node: err.Error()}
		case strings.Contains(err.Error(), "insufficient funds"):
			return nil, fmt.Errorf("%s: account %s cannot pay for gas on chain %d: send it some of the chain's own currency (%w)", r.what, t.Address(), t.domain.ChainID, err)
		default:
			return nil, t.failed(r.what, err)
		}
	}
}

// freeNonce is the account's next nonce, once nothing of the account is pending any more. What does not get included is
// given up on: its nonce is returned.
func (t *Transactor) freeNonce(ctx context.Context, what string) (uint64, error) {
	var (
		from  = common.Address(t.Address())
		since time.Time
		stood uint64
		poll  = pollFirst
	)
	for {
		mined, err := t.eth.NonceAt(ctx, from, nil)
		if err != nil {
			return 0, t.failed("ask for the account's nonce", err)
		}
		pending, err := t.eth.PendingNonceAt(ctx, from)
		if err != nil {
			return 0, t.failed("ask for the account's nonce", err)
		}
		switch {
		case pending <= mined:
			return mined, nil
		case since.IsZero():
			t.log.Warn("transactions of an earlier process, or of another program with this key, are pending: waiting for them",
				"what", what, "account", t.Address(), "nonce", mined, "pending", pending-mined)
			fallthrough
		case mined != stood:
			since, stood = time.Now(), mined
		case time.Since(since) >= t.fees.BumpAfter:
			t.log.Warn("replacing a transaction that an earlier process, or another program with this key, left pending",
				"what", what, "account", t.Address(), "nonce", mined, "waited", t.fees.BumpAfter)
			return mined, nil
		}
		if err := pause(ctx, poll); err != nil {
			return 0, &StuckError{What: what, Nonce: mined, Since: since, Why: "transactions of an earlier process, or of another program with this key, are pending before it", Err: err}
		}
		poll = min(poll*3/2, pollLast)
	}
}

// sign makes the flight's transaction with its present offer.
func (t *Transactor) sign(f *flight) (*types.Transaction, error) {
	tx := types.NewTx(&types.DynamicFeeTx{
		ChainID:   new(big.Int).SetUint64(t.domain.ChainID),
		Nonce:     f.nonce,
		GasTipCap: f.offer.tip,
		GasFeeCap: f.offer.most,
		Gas:       f.gas,
		To:        f.to,
		Value:     f.value,
		Data:      f.data,
	})
	s := t.key.Sign(protocol.Hash(t.signer.Hash(tx))) // r, then yParity in the top bit of s
	rsv := append(s[:], s[32]>>7)
	rsv[32] &= 0x7f
	tx, err := tx.WithSignature(t.signer, rsv)
	if err != nil {
		return nil, fmt.Errorf("%s: sign: %w", f.what, err)
	}
	return tx, nil
}

// deliver hands a transaction to the node; one that the node has already is no error.
func (t *Transactor) deliver(ctx context.Context, tx *types.Transaction) error {
	err := t.eth.SendTransaction(ctx, tx)
	if isAnswer(err) && (strings.Contains(err.Error(), "already known") || strings.Contains(err.Error(), "already imported")) {
		return nil
	}
	return err
}

// whyReverted runs a reverted transaction again for its reason.
func (t *Transactor) whyReverted(ctx context.Context, r request, receipt *types.Receipt) error {
	call := ethereum.CallMsg{From: common.Address(t.Address()), To: r.to, Data: r.data}
	before := new(big.Int).Sub(receipt.BlockNumber, common.Big1)
	for _, block := range []*big.Int{receipt.BlockNumber, before} {
		if _, err := t.eth.CallContract(ctx, call, block); err != nil {
			var revert *RevertError
			if failure := t.failed(r.what, err); errors.As(failure, &revert) {
				return failure
			}
		}
	}
	return &RevertError{What: r.what, Detail: fmt.Sprintf("transaction %s reverted in block %v", receipt.TxHash, receipt.BlockNumber)}
}

// pause waits, or returns why ctx ended.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
