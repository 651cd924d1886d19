package chain

import (
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// A pod without an enclave gets what was acknowledged; rows that move nothing come with their reason.
func TestSettleAcked(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), transactor(t)
	mint(t, owner.Address(), protocol.Units(10_000))
	if _, err := owner.Deposit(ctx, protocol.Units(10_000)); err != nil {
		t.Fatal(err)
	}
	d := operator.Domain()
	pod := register(t, operator)
	signer := newKey(t)
	var orders []protocol.SignedOpen
	for i := range uint64(3) {
		orders = append(orders, order(d, owner.key, signer.Address(), pod.pod, i, protocol.Units(1000)))
	}
	if _, facts, err := operator.OpenSessions(ctx, pod.pod, orders); err != nil || facts[2].Refused != "" {
		t.Fatalf("%+v, %v", facts, err)
	}
	acked := func(k protocol.SessionKey, ceiling, acked uint64) protocol.AckedRow {
		v := protocol.Voucher{SessionID: k.ID(), Ceiling: protocol.Units(ceiling), Acked: protocol.Units(acked), RequestHash: protocol.Hash{9}}
		return protocol.AckedRow{Session: k, Voucher: v, Signature: signer.Sign(d.Digest(v))}
	}
	forged := acked(orders[1].SessionKey, 100, 40)
	forged.Voucher.Acked = protocol.Units(90)
	rows := []protocol.AckedRow{acked(orders[0].SessionKey, 300, 120), forged, acked(orders[2].SessionKey, 2000, 1001)}
	s, err := operator.SettleAcked(ctx, pod.pod, rows)
	if err != nil || s.Charged != protocol.Units(120) || s.Rows != 3 || s.Seq != 0 || s.Tx.IsZero() {
		t.Errorf("settled: %+v, %v", s, err)
	}
	if d := diff([]SkippedRow{
		{1, orders[1].ID(), "the voucher is not signed by the session's signer"},
		{2, orders[2].ID(), "the charge is above the session's cap"},
	}, s.Skipped); d != "" {
		t.Errorf("skipped rows: %s", d)
	}
	if f, err := operator.Session(ctx, orders[0].SessionKey); err != nil || f.Claimed != protocol.Units(120) {
		t.Errorf("session: %+v, %v", f, err)
	}
	again, err := operator.SettleAcked(ctx, pod.pod, rows[:1])
	if err != nil || !again.Charged.IsZero() || len(again.Skipped) != 1 || again.Skipped[0].Reason != "it was claimed before" {
		t.Errorf("settled again: %+v, %v", again, err)
	}
	if earned, err := operator.Claimable(ctx, pod.pod); err != nil || earned != protocol.Units(120) {
		t.Errorf("earned: %v, %v", earned, err)
	}
	for want, rows := range map[string][]protocol.AckedRow{"1 to 600": nil, "not " + operator.Address().String(): rows, "got 601": make([]protocol.AckedRow, MaxRows+1)} {
		if _, err := operator.SettleAcked(ctx, operator.Address(), rows); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%d rows: %v, want %q", len(rows), err, want)
		}
	}
}
