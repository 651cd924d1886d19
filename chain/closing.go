package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/protocol"
)

// RequestCloseFor starts closing a session by the signed order of its owner or its signer.
func (t *Transactor) RequestCloseFor(ctx context.Context, r protocol.SignedRequestClose) (Included, error) {
	what := "ask for the close of session " + r.Session.ID().String()
	if r.Deadline > maxTime {
		return Included{}, errors.New(what + ": its deadline does not fit 40 bits")
	}
	k := r.Session
	return t.do(ctx, what, t.escrow, t.escrowABI.PackRequestCloseFor(common.Address(k.Owner), common.Address(k.Signer), common.Address(k.Pod),
		k.Salt, new(big.Int).SetUint64(r.Deadline), r.Signature[:]))
}

// SettleAcked pays a pod what its users acknowledged, without its enclave. The Settlement's Seq is 0.
func (t *Transactor) SettleAcked(ctx context.Context, pod protocol.Address, rows []protocol.AckedRow) (Settlement, error) {
	if n := len(rows); n < 1 || n > MaxRows {
		return Settlement{}, fmt.Errorf("settle what was acknowledged: want 1 to %d rows, got %d", MaxRows, n)
	}
	for i, r := range rows {
		if r.Session.Pod != pod {
			return Settlement{}, fmt.Errorf("settle what was acknowledged: row %d is of a session with pod %s, not %s", i, r.Session.Pod, pod)
		}
	}
	receipt, err := t.send(ctx, request{
		what:   "settle what was acknowledged to pod " + pod.String(),
		to:     &t.escrow,
		data:   t.escrowABI.PackSettleAcked(common.Address(pod), protocol.AckedRowBytes(rows)),
		minGas: gasBase + gasPerRow*uint64(len(rows)),
	})
	if err != nil {
		return Settlement{}, err
	}
	s := Settlement{Included: included(receipt), Pod: pod}
	found := false
	for _, entry := range t.logsOf(receipt, t.escrow) {
		if event, err := t.escrowABI.UnpackSettledAckedEvent(entry); err == nil {
			if s.Charged, err = protocol.AmountFromBig(event.Charged); err != nil {
				return s, fmt.Errorf("event SettledAcked: charged: %w", err)
			}
			s.Rows, found = len(rows), true
		} else if event, err := t.escrowABI.UnpackRowSkippedEvent(entry); err == nil && event.Row.IsInt64() {
			s.Skipped = append(s.Skipped, SkippedRow{int(event.Row.Int64()), event.SessionId, reason(rowRefusals, event.Reason)})
		}
	}
	if !found {
		return s, missingEvent(receipt, "SettledAcked")
	}
	return s, nil
}

// Closed is a session that was settled for the last time and closed.
type Closed struct {
	Included
	Charged  protocol.Amount `json:"charged"`  // what it has paid in all
	Returned protocol.Amount `json:"returned"` // to its owner's balance
}

// CloseNow settles a session for the last time and closes it at once, by the word of the pod's enclave.
func (t *Transactor) CloseNow(ctx context.Context, c protocol.CloseRow) (Closed, error) {
	what := "close session " + c.Row.Session.ID().String()
	if c.Deadline > maxTime {
		return Closed{}, errors.New(what + ": its deadline does not fit 40 bits")
	}
	receipt, err := t.send(ctx, request{
		what: what, to: &t.escrow,
		data: t.escrowABI.PackCloseNow(common.Address(c.Row.Session.Pod), c.Row.Bytes(), new(big.Int).SetUint64(c.Deadline), c.Signature.R(), c.Signature.VS()),
	})
	if err != nil {
		return Closed{}, err
	}
	for _, entry := range t.logsOf(receipt, t.escrow) {
		event, err := t.escrowABI.UnpackClosedEvent(entry)
		if err != nil {
			continue
		}
		done := Closed{Included: included(receipt)}
		if done.Charged, err = protocol.AmountFromBig(event.Charged); err == nil {
			done.Returned, err = protocol.AmountFromBig(event.Amount)
		}
		if err != nil {
			return done, fmt.Errorf("event Closed: %w", err)
		}
		return done, nil
	}
	return Closed{}, missingEvent(receipt, "Closed")
}
