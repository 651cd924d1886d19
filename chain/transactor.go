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
	sendAttempts = 3 // with a new nonce each

	pollFirst   = 50 * time.Millisecond
	pollLast    = time.Second
	resendAfter = 3 * time.Second // without a receipt, the node is asked whether it still knows the transaction
)

// Transactor is a client that sends transactions of one key. It sends one at a time and waits for its inclusion before
// the next, so that nonces cannot have gaps: a second Transactor or another program with the same key would race it.
//
// Every verb returns when its transaction is included in the latest head or ctx ends; in the latter case the transaction
// may still be included later. A transaction that a node forgot (pending ones end with a devnet's process) is sent again.
type Transactor struct {
	*Client
	key    protocol.Key
	signer types.Signer
	turn   chan struct{} // holds a token while a transaction is under way
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
		tx, err := t.sign(ctx, r)
		if err != nil {
			return nil, err
		}
		err = t.deliver(ctx, tx)
		switch {
		case err == nil:
		case !isAnswer(err):
			// It may have arrived all the same. Waiting finds out, and sends it again if not.
			t.log.Warn("sending a transaction failed; trying again", "what", r.what, "tx", tx.Hash(), "error", t.failed("send", err))
		case nonceTaken(err) && attempt < sendAttempts:
			if err := pause(ctx, pollLast); err != nil {
				return nil, fmt.Errorf("%s: %w", r.what, err)
			}
			continue
		case strings.Contains(err.Error(), "insufficient funds"):
			return nil, fmt.Errorf("%s: account %s cannot pay for gas on chain %d: send it some of the chain's own currency (%w)", r.what, t.Address(), t.domain.ChainID, err)
		default:
			return nil, t.failed(r.what, err)
		}
		receipt, err := t.wait(ctx, r.what, tx)
		if err != nil {
			return nil, err
		}
		if receipt.Status != types.ReceiptStatusSuccessful {
			return nil, t.whyReverted(ctx, r, receipt)
		}
		return receipt, nil
	}
}

// sign estimates gas and fees and signs.
func (t *Transactor) sign(ctx context.Context, r request) (*types.Transaction, error) {
	from := common.Address(t.Address())
	gas, err := t.eth.EstimateGas(ctx, ethereum.CallMsg{From: from, To: r.to, Data: r.data, Value: r.value})
	if err != nil {
		return nil, t.failed(r.what, err)
	}
	if gas > MaxGas {
		return nil, fmt.Errorf("%s: takes %d gas, and a transaction may take %d: send less at a time", r.what, gas, MaxGas)
	}
	gas = min(max(gas+gas/4, r.minGas), MaxGas)
	head, err := t.head(ctx)
	if err != nil {
		return nil, err
	}
	if head.BaseFee == nil {
		return nil, fmt.Errorf("%s: chain %d has no base fee (EIP-1559)", r.what, t.domain.ChainID)
	}
	tip, err := t.eth.SuggestGasTipCap(ctx)
	if err != nil {
		return nil, t.failed("ask for fees", err)
	}
	nonce, err := t.eth.PendingNonceAt(ctx, from)
	if err != nil {
		return nil, t.failed("ask for the account's nonce", err)
	}
	feeCap := new(big.Int).Lsh(head.BaseFee.ToInt(), 1) // stays above the base fee for five full blocks
	tx := types.NewTx(&types.DynamicFeeTx{
		ChainID:   new(big.Int).SetUint64(t.domain.ChainID),
		Nonce:     nonce,
		GasTipCap: tip,
		GasFeeCap: feeCap.Add(feeCap, tip),
		Gas:       gas,
		To:        r.to,
		Value:     r.value,
		Data:      r.data,
	})
	s := t.key.Sign(protocol.Hash(t.signer.Hash(tx))) // r, then yParity in the top bit of s
	rsv := append(s[:], s[32]>>7)
	rsv[32] &= 0x7f
	if tx, err = tx.WithSignature(t.signer, rsv); err != nil {
		return nil, fmt.Errorf("%s: sign: %w", r.what, err)
	}
	if size := tx.Size(); size > maxTxSize {
		return nil, fmt.Errorf("%s: takes %d bytes, and a transaction may take %d: send less at a time", r.what, size, maxTxSize)
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

// nonceTaken reports whether another transaction of the account has the nonce.
func nonceTaken(err error) bool {
	return strings.Contains(err.Error(), "nonce too low") || strings.Contains(err.Error(), "replacement transaction underpriced")
}

// wait polls for the receipt, and sends the transaction again if the node has forgotten it.
func (t *Transactor) wait(ctx context.Context, what string, tx *types.Transaction) (*types.Receipt, error) {
	var (
		poll  = pollFirst
		check = time.Now().Add(resendAfter)
	)
	for {
		receipt, err := t.eth.TransactionReceipt(ctx, tx.Hash())
		if err == nil {
			return receipt, nil
		}
		if time.Now().After(check) {
			if err := t.resend(ctx, what, tx); err != nil {
				return nil, err
			}
			check = time.Now().Add(resendAfter)
		}
		if err := pause(ctx, poll); err != nil {
			return nil, fmt.Errorf("%s: transaction %s was sent and is not included yet: %w", what, tx.Hash(), err)
		}
		poll = min(poll*3/2, pollLast)
	}
}

// resend hands the node a transaction that it does not know any more. Errors of the way to the node are left to the next
// time.
func (t *Transactor) resend(ctx context.Context, what string, tx *types.Transaction) error {
	_, _, err := t.eth.TransactionByHash(ctx, tx.Hash())
	if !errors.Is(err, ethereum.NotFound) {
		return nil
	}
	nonce, err := t.eth.NonceAt(ctx, common.Address(t.Address()), nil)
	if err != nil {
		return nil
	}
	if nonce > tx.Nonce() {
		// Included after the receipt was asked for, or pushed out by another one.
		_, err := t.eth.TransactionReceipt(ctx, tx.Hash())
		if errors.Is(err, ethereum.NotFound) {
			return fmt.Errorf("%s: another transaction of %s took the place of %s: let one program at a time use a wallet", what, t.Address(), tx.Hash())
		}
		return nil
	}
	t.log.Warn("the node has forgotten a transaction; sending it again", "what", what, "tx", tx.Hash())
	if err := t.deliver(ctx, tx); isAnswer(err) && !nonceTaken(err) {
		return t.failed(what, err)
	}
	return nil
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
