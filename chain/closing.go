package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/protocol"
)

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
