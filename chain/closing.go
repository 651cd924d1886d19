package chain

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/protocol"
)

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
