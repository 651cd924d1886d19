package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/protocol"
)

// What fits one transaction.
const (
	MaxOpens = 128
	MaxRows  = 600 // of 180 bytes and about 13,400 gas

	// Gas that rows and openings take where they are executed. An estimate can find some of them skipped that are not
	// when the transaction is included.
	gasBase    = 100_000
	gasPerOpen = 70_000
	gasPerRow  = 18_000

	maxTime = 1<<40 - 1 // Unix seconds; times are 40 bits
)

// openRefusals say what IEscrow.OpenSkip means, in its order.
var openRefusals = []string{
	"the order's deadline has passed",
	"the order's nonce is used already or outside the account's window",
	"there is no open session to add to",
	"the order's expiry has passed, lies more than 90 days ahead, or after that of the key that signed it",
	"the order locks nothing, or more than a session can hold",
	"the owner's unlocked balance does not cover the cap: deposit more, or open a smaller session",
	"the order is not signed by the owner, or by the delegate where it is one's",
	"the session is closing",
	"the session has expired",
	"the key's budget does not cover the cap, or the key was revoked or has expired: give it more (phallama keys), or open a smaller session",
}

// Codes of IEscrow.OpenSkip that are known before anything is sent.
const (
	refusedNonce     = 1
	refusedExpiry    = 3
	refusedBalance   = 5
	refusedSignature = 6
	refusedDelegate  = 9
)

// rowRefusals say what IEscrow.RowSkip means, in its order.
var rowRefusals = []string{
	"there is no such session",
	"the session has expired",
	"it was claimed before",
	"the charge is above the voucher's ceiling",
	"the charge is above the session's cap",
	"the voucher is not signed by the session's signer",
}

func reason(texts []string, code uint8) string {
	if int(code) < len(texts) {
		return texts[code]
	}
	return fmt.Sprintf("unknown reason %d", code)
}

// Mint makes tokens out of nothing; the account that deployed a devnet's token can.
func (t *Transactor) Mint(ctx context.Context, to protocol.Address, amount protocol.Amount) (Included, error) {
	return t.do(ctx, "mint", t.token, t.tokenABI.PackMint(common.Address(to), amount.Big()))
}

// Deposit moves tokens of the account into the escrow, and lets the escrow take them first if it may not yet.
func (t *Transactor) Deposit(ctx context.Context, amount protocol.Amount) (Included, error) {
	if err := t.approve(ctx, amount); err != nil {
		return Included{}, err
	}
	return t.do(ctx, "deposit", t.escrow, t.escrowABI.PackDeposit(amount.Big()))
}

// Withdraw moves unlocked balance of the account out of the escrow.
func (t *Transactor) Withdraw(ctx context.Context, to protocol.Address, amount protocol.Amount) (Included, error) {
	return t.do(ctx, "withdraw", t.escrow, t.escrowABI.PackWithdraw(common.Address(to), amount.Big()))
}

// RequestClose starts closing a session of which the account is owner or signer.
func (t *Transactor) RequestClose(ctx context.Context, k protocol.SessionKey) (Included, error) {
	return t.do(ctx, "ask for the session's close", t.escrow,
		t.escrowABI.PackRequestClose(common.Address(k.Owner), common.Address(k.Signer), common.Address(k.Pod), k.Salt))
}

// Release gives what an expired session did not spend back to its owner.
func (t *Transactor) Release(ctx context.Context, k protocol.SessionKey) (Included, error) {
	return t.do(ctx, "release the session", t.escrow,
		t.escrowABI.PackRelease(common.Address(k.Owner), common.Address(k.Signer), common.Address(k.Pod), k.Salt))
}

// Payout pays what pods of the account have earned to an address, and returns how much that was.
func (t *Transactor) Payout(ctx context.Context, pods []protocol.Address, to protocol.Address) (Included, protocol.Amount, error) {
	list := make([]common.Address, len(pods))
	for i, pod := range pods {
		list[i] = common.Address(pod)
	}
	receipt, err := t.send(ctx, request{what: "pay out", to: &t.escrow, data: t.escrowABI.PackPayout(list, common.Address(to))})
	if err != nil {
		return Included{}, protocol.Amount{}, err
	}
	var total protocol.Amount
	found := 0
	for _, entry := range t.logsOf(receipt, t.escrow) {
		event, err := t.escrowABI.UnpackPaidOutEvent(entry)
		if err != nil {
			continue
		}
		amount, err := protocol.AmountFromBig(event.Amount)
		if err == nil {
			total, err = total.Add(amount)
		}
		if err != nil {
			return included(receipt), protocol.Amount{}, err
		}
		found++
	}
	if found != len(pods) {
		return included(receipt), protocol.Amount{}, missingEvent(receipt, "PaidOut")
	}
	return included(receipt), total, nil
}

// OpenSessions relays orders for one pod, at most MaxOpens, in one transaction. It returns the session of each order as
// the chain has it afterwards, in the same order, with Refused set where the order was skipped. Orders that the escrow
// would skip as things stand, for their signature, nonce, balance or a delegate's budget, are refused without a
// transaction: anybody can make such orders, and the relaying account would pay for them. If none is left, none is sent
// and Included is zero.
func (t *Transactor) OpenSessions(ctx context.Context, pod protocol.Address, orders []protocol.SignedOpen) (Included, []protocol.SessionFact, error) {
	if len(orders) > MaxOpens {
		return Included{}, nil, fmt.Errorf("open sessions: %d orders, at most %d fit one transaction", len(orders), MaxOpens)
	}
	var (
		keys     = make([]protocol.SessionKey, len(orders))
		refused  = make([]string, len(orders))
		byNonce  = make([]bool, len(orders)) // refused for its nonce
		opens    []escrow.IEscrowOpen
		position []int // of opens in orders
	)
	funds := t.newFunds()
	for i, o := range orders {
		keys[i] = o.SessionKey
		why, err := funds.refuses(ctx, o)
		if err != nil {
			return Included{}, nil, err
		}
		switch {
		case o.Pod != pod:
			refused[i] = fmt.Sprintf("the order is for pod %s", o.Pod)
		case o.Expiry > maxTime || o.Deadline > maxTime:
			refused[i] = "the order's times do not fit 40 bits"
		case why != nil:
			refused[i], byNonce[i] = openRefusals[*why], *why == refusedNonce
		default:
			funds.take(o)
			opens = append(opens, escrow.IEscrowOpen{
				Owner:     common.Address(o.Owner),
				Signer:    common.Address(o.Signer),
				Salt:      o.Salt,
				Cap:       o.Cap.Big(),
				Expiry:    new(big.Int).SetUint64(o.Expiry),
				Nonce:     o.Nonce,
				Deadline:  new(big.Int).SetUint64(o.Deadline),
				Signature: o.Signature[:],
			})
			position = append(position, i)
		}
	}
	var done Included
	if len(opens) > 0 {
		receipt, err := t.send(ctx, request{
			what:   "open sessions",
			to:     &t.escrow,
			data:   t.escrowABI.PackOpenSessions(common.Address(pod), opens),
			minGas: gasBase + gasPerOpen*uint64(len(opens)),
		})
		if err != nil {
			return Included{}, nil, err
		}
		done = included(receipt)
		outcomes, err := t.openOutcomes(receipt, len(opens))
		if err != nil {
			return done, nil, err
		}
		for j, skipped := range outcomes {
			if skipped != nil {
				refused[position[j]] = reason(openRefusals, skipped.Reason)
				byNonce[position[j]] = skipped.Reason == refusedNonce
			}
		}
	}
	facts, err := t.Sessions(ctx, keys)
	if err != nil {
		return done, nil, err
	}
	for i := range facts {
		// A new session is named by the nonce that opened it: if it is there, this very order was executed before,
		// by somebody else or by a transaction whose inclusion was not waited for.
		if executed := byNonce[i] && orders[i].Opens() && !facts[i].Cap.IsZero(); !executed {
			facts[i].Refused = refused[i]
		}
	}
	return done, facts, nil
}

// openOutcomes reads one event for each opening, in order: nil where it was executed.
func (t *Transactor) openOutcomes(receipt *types.Receipt, n int) ([]*escrow.EscrowOpenSkipped, error) {
	var outcomes []*escrow.EscrowOpenSkipped
	for _, entry := range t.logsOf(receipt, t.escrow) {
		if _, err := t.escrowABI.UnpackSessionOpenedEvent(entry); err == nil {
			outcomes = append(outcomes, nil)
		} else if skipped, err := t.escrowABI.UnpackOpenSkippedEvent(entry); err == nil {
			outcomes = append(outcomes, skipped)
		}
	}
	if len(outcomes) != n {
		return nil, fmt.Errorf("open sessions: transaction %s has %d outcomes for %d orders", receipt.TxHash, len(outcomes), n)
	}
	return outcomes, nil
}

// Settlement is a settled batch.
type Settlement struct {
	Included
	Pod           protocol.Address `json:"pod"`
	Seq           uint64           `json:"seq"`
	Rows          int              `json:"rows"`    // skipped ones included
	Charged       protocol.Amount  `json:"charged"` // what the batch moved
	ReceiptsRoot  protocol.Hash    `json:"receiptsRoot"`
	KeyConfigHash protocol.Hash    `json:"keyConfigHash"`
	Skipped       []SkippedRow     `json:"skipped,omitempty"`
}

// SkippedRow is a row of a batch that moved nothing.
type SkippedRow struct {
	Row     int           `json:"row"`
	Session protocol.Hash `json:"session"`
	Reason  string        `json:"reason"`
}

// Settle sends a signed batch.
func (t *Transactor) Settle(ctx context.Context, b protocol.SignedBatch) (Settlement, error) {
	if n := len(b.Rows); n < 1 || n > MaxRows {
		return Settlement{}, fmt.Errorf("settle: want 1 to %d rows, got %d", MaxRows, n)
	}
	receipt, err := t.send(ctx, request{
		what: fmt.Sprintf("settle batch %d of pod %s", b.Seq, b.Pod),
		to:   &t.escrow,
		data: t.escrowABI.PackSettle(common.Address(b.Pod), b.Seq, b.ReceiptsRoot, b.KeyConfigHash, b.RowBytes(),
			b.Signature.R(), b.Signature.VS()),
		minGas: gasBase + gasPerRow*uint64(len(b.Rows)),
	})
	if err != nil {
		return Settlement{}, err
	}
	return t.settlementIn(receipt, b.Pod, b.Seq)
}

// settlementIn reads the outcome of a settlement from its receipt.
func (c *Client) settlementIn(receipt *types.Receipt, pod protocol.Address, seq uint64) (Settlement, error) {
	var (
		s     Settlement
		found bool
		skips []SkippedRow
	)
	for _, entry := range c.logsOf(receipt, c.escrow) {
		if event, err := c.escrowABI.UnpackSettledEvent(entry); err == nil {
			if protocol.Address(event.Pod) != pod || event.Seq != seq {
				continue
			}
			if s, err = settlement(event); err != nil {
				return Settlement{}, err
			}
			found = true
		} else if event, err := c.escrowABI.UnpackRowSkippedEvent(entry); err == nil {
			if protocol.Address(event.Pod) == pod && event.Seq == seq && event.Row.IsInt64() {
				skips = append(skips, SkippedRow{int(event.Row.Int64()), event.SessionId, reason(rowRefusals, event.Reason)})
			}
		}
	}
	if !found {
		return Settlement{}, missingEvent(receipt, "Settled")
	}
	s.Included, s.Skipped = included(receipt), skips
	return s, nil
}

func settlement(e *escrow.EscrowSettled) (Settlement, error) {
	charged, err := protocol.AmountFromBig(e.Charged)
	if err != nil {
		return Settlement{}, fmt.Errorf("event Settled: charged: %w", err)
	}
	if !e.Rows.IsInt64() {
		return Settlement{}, errors.New("event Settled: the number of rows is out of range")
	}
	return Settlement{
		Included:      Included{Tx: protocol.Hash(e.Raw.TxHash), Block: e.Raw.BlockNumber},
		Pod:           protocol.Address(e.Pod),
		Seq:           e.Seq,
		Rows:          int(e.Rows.Int64()),
		Charged:       charged,
		ReceiptsRoot:  e.ReceiptsRoot,
		KeyConfigHash: e.KeyConfigHash,
	}, nil
}

// do sends a call that has no outcome but success.
func (t *Transactor) do(ctx context.Context, what string, to common.Address, data []byte) (Included, error) {
	receipt, err := t.send(ctx, request{what: what, to: &to, data: data})
	if err != nil {
		return Included{}, err
	}
	return included(receipt), nil
}

// logsOf are the logs that a contract wrote in a transaction. Every event that is read here carries data, and the
// bindings leave the fields of one without as they are.
func (c *Client) logsOf(receipt *types.Receipt, contract common.Address) []*types.Log {
	var logs []*types.Log
	for _, entry := range receipt.Logs {
		if entry.Address == contract && len(entry.Data) > 0 {
			logs = append(logs, entry)
		}
	}
	return logs
}

func missingEvent(receipt *types.Receipt, name string) error {
	return fmt.Errorf("transaction %s succeeded and its receipt lacks the event %s: the node's receipts are not complete", receipt.TxHash, name)
}
