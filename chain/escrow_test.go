package chain

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// order is a signed order of an owner to open a session with salt = nonce.
func order(d protocol.Domain, owner protocol.Key, signer, pod protocol.Address, nonce uint64, limit protocol.Amount) protocol.SignedOpen {
	now := uint64(time.Now().Unix())
	return signOrder(d, owner, protocol.OpenSession{
		SessionKey: protocol.SessionKey{Owner: owner.Address(), Signer: signer, Pod: pod, Salt: nonce},
		Cap:        limit, Expiry: now + 7200, Nonce: nonce, Deadline: now + 600,
	})
}

func signOrder(d protocol.Domain, owner protocol.Key, o protocol.OpenSession) protocol.SignedOpen {
	return protocol.SignedOpen{OpenSession: o, Signature: owner.Sign(d.Digest(o))}
}

// row is a row with the signer's voucher.
func row(d protocol.Domain, signer protocol.Key, session protocol.SessionKey, charged, ceiling uint64) protocol.Row {
	v := protocol.Voucher{SessionID: session.ID(), Ceiling: protocol.Units(ceiling), RequestHash: protocol.Keccak256([]byte("request"))}
	return protocol.Row{Session: session, Charged: protocol.Units(charged), Voucher: v, Signature: signer.Sign(d.Digest(v))}
}

func (e enclave) batch(seq uint64, rows ...protocol.Row) protocol.SignedBatch {
	b := protocol.Batch{Pod: e.pod, Seq: seq, Rows: rows, ReceiptsRoot: protocol.Keccak256([]byte{byte(seq)}), KeyConfigHash: e.keyConfig(1).HashStruct()}
	return protocol.SignedBatch{Batch: b, Signature: e.Sign(e.domain.Digest(b.TypedData()))}
}

func TestMoney(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), transactor(t)
	d := operator.Domain()
	pod := register(t, operator)
	from, err := operator.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}

	mint(t, owner.Address(), protocol.Units(1_000_000))
	if _, err := owner.Deposit(ctx, protocol.Units(900_000)); err != nil {
		t.Fatal(err)
	}
	if left, err := owner.TokenBalance(ctx, owner.Address()); err != nil || left != protocol.Units(100_000) {
		t.Fatalf("tokens left: %v, %v", left, err)
	}

	// Opening: two good orders among bad ones.
	one, two, poor := newKey(t), newKey(t), newKey(t)
	forged := order(d, owner.key, one.Address(), pod.pod, 7, protocol.Units(10))
	forged.Cap = protocol.Units(11)
	late := order(d, owner.key, one.Address(), pod.pod, 8, protocol.Units(10))
	late.Deadline = uint64(time.Now().Unix()) - 3600
	late = signOrder(d, owner.key, late.OpenSession)
	elsewhere := order(d, owner.key, one.Address(), operator.Address(), 9, protocol.Units(10))
	endless := order(d, owner.key, one.Address(), pod.pod, 10, protocol.Units(10))
	endless.Expiry = 1 << 40
	unfunded := order(d, poor, one.Address(), pod.pod, 0, protocol.Units(10))
	orders := []protocol.SignedOpen{
		forged,
		order(d, owner.key, one.Address(), pod.pod, 0, protocol.Units(100_000)),
		late, elsewhere, endless, unfunded,
		order(d, owner.key, two.Address(), pod.pod, 1, protocol.Units(200_000)),
	}
	opened, facts, err := operator.OpenSessions(ctx, pod.pod, orders)
	if err != nil {
		t.Fatal(err)
	}
	if opened.Tx.IsZero() || opened.GasUsed == 0 {
		t.Errorf("transaction: %+v", opened)
	}
	wants := []string{"not signed by the owner", "", "deadline has passed", "is for pod", "40 bits", "deposit more", ""}
	for i, want := range wants {
		f := facts[i]
		if f.SessionKey != orders[i].SessionKey {
			t.Fatalf("order %d: fact about another session", i)
		}
		if want == "" && (f.Refused != "" || f.Cap != orders[i].Cap || f.Expiry != orders[i].Expiry || !f.Claimed.IsZero() || f.Closing) {
			t.Errorf("order %d: %+v", i, f)
		}
		if want != "" && (!strings.Contains(f.Refused, want) || !f.Cap.IsZero()) {
			t.Errorf("order %d: want refusal %q, got %+v", i, want, f)
		}
	}
	account, err := operator.Account(ctx, owner.Address())
	if err != nil || account.Avail != protocol.Units(600_000) || account.FreeNonce(0) != 2 {
		t.Fatalf("account: %+v, %v", account, err)
	}
	// Relaying what was relayed before opens nothing more and is no refusal.
	_, facts, err = operator.OpenSessions(ctx, pod.pod, orders[1:2])
	if err != nil || facts[0].Refused != "" || facts[0].Cap != protocol.Units(100_000) {
		t.Fatalf("relayed twice: %+v, %v", facts, err)
	}
	// What the escrow would skip costs the relaying account nothing; two orders may not count on one balance.
	all := order(d, owner.key, one.Address(), pod.pod, 2, protocol.Units(600_001))
	none, facts, err := operator.OpenSessions(ctx, pod.pod, []protocol.SignedOpen{elsewhere, forged, unfunded, all})
	if err != nil || !none.Tx.IsZero() {
		t.Fatalf("nothing to relay: %+v %+v %v", none, facts, err)
	}
	for i, f := range facts {
		if f.Refused == "" {
			t.Errorf("order %d: not refused", i)
		}
	}

	// Settling: what moves is the sum of the good rows.
	s1, s2 := orders[1].SessionKey, orders[6].SessionKey
	unknown := protocol.SessionKey{Owner: owner.Address(), Signer: one.Address(), Pod: pod.pod, Salt: 77}
	first := pod.batch(1,
		row(d, one, s1, 30_000, 50_000),
		row(d, one, unknown, 5, 5),
		row(d, two, s2, 4_321, 5_000),
		row(d, one, s2, 6_000, 9_000),
		row(d, two, s2, 7_000, 6_999),
	)
	settled, err := operator.Settle(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	want := []SkippedRow{
		{1, unknown.ID(), "there is no such session"},
		{3, s2.ID(), "the voucher is not signed by the session's signer"},
		{4, s2.ID(), "the charge is above the voucher's ceiling"},
	}
	if d := diff(want, settled.Skipped); d != "" {
		t.Errorf("skipped rows: %s", d)
	}
	if settled.Charged != protocol.Units(34_321) || settled.Rows != 5 || settled.Seq != 1 || settled.ReceiptsRoot != first.ReceiptsRoot || settled.KeyConfigHash != first.KeyConfigHash {
		t.Errorf("settlement: %+v", settled)
	}
	if f, err := operator.Session(ctx, s1); err != nil || f.Claimed != protocol.Units(30_000) {
		t.Errorf("session: %+v, %v", f, err)
	}

	// The same batch again, and the same rows in a new batch, move nothing.
	if _, err := operator.Settle(ctx, first); !IsRevert(err, "BadSequence") || !strings.Contains(err.Error(), "seq 1, expected 2") {
		t.Errorf("replayed batch: %v", err)
	}
	again, err := operator.Settle(ctx, pod.batch(2, first.Rows...))
	if err != nil || !again.Charged.IsZero() || len(again.Skipped) != 5 {
		t.Errorf("replayed rows: %+v, %v", again, err)
	}
	// Neither another key than the identity nor another pod's sequence will do.
	stranger := enclave{newKey(t), d, pod.pod}
	if _, err := operator.Settle(ctx, stranger.batch(3, row(d, one, s1, 31_000, 50_000))); !IsRevert(err, "BadBatchSignature") {
		t.Errorf("batch of another identity: %v", err)
	}
	if _, err := operator.Settle(ctx, enclave{pod.Key, d, operator.Address()}.batch(1, first.Rows[0])); !IsRevert(err, "UnknownPod") {
		t.Errorf("batch of an unknown pod: %v", err)
	}

	if seq, err := operator.LastSeq(ctx, pod.pod); err != nil || seq != 2 {
		t.Errorf("last seq: %d, %v", seq, err)
	}
	list, err := operator.Settlements(ctx, pod.pod, from.Number)
	if err != nil || len(list) != 2 || list[0].Charged != settled.Charged || list[0].Tx != settled.Tx || list[1].Seq != 2 || list[0].Block != settled.Block {
		t.Errorf("settlements: %+v, %v", list, err)
	}
	if found, err := operator.Settlement(ctx, pod.pod, 1); err != nil || diff(settled, found) != "" {
		t.Errorf("settlement: %s, %v", diff(settled, found), err)
	}
	if _, err := operator.Settlement(ctx, pod.pod, 3); !errors.Is(err, ErrNotFound) {
		t.Errorf("settlement to come: %v", err)
	}
	if keys, err := operator.SessionsOpened(ctx, pod.pod, 0, list[1].Block); err != nil || diff([]protocol.SessionKey{s1, s2}, keys) != "" {
		t.Errorf("sessions opened: %v, %v", keys, err)
	}
	if keys, err := operator.SessionsOf(ctx, s1.Owner, 0, list[1].Block); err != nil || diff([]protocol.SessionKey{s1, s2}, keys) != "" {
		t.Errorf("sessions of the owner: %v, %v", keys, err)
	}
	if keys, err := operator.SessionsOf(ctx, operator.Address(), 0, list[1].Block); err != nil || len(keys) != 0 {
		t.Errorf("sessions of somebody else: %v, %v", keys, err)
	}
	if root, err := operator.SettledRoot(ctx, pod.pod, 1); err != nil || root != first.ReceiptsRoot {
		t.Errorf("settled root: %v, %v", root, err)
	}

	// Earnings go to the operator, the rest back to the owner.
	if claimable, err := operator.Claimable(ctx, pod.pod); err != nil || claimable != settled.Charged {
		t.Errorf("claimable: %v, %v", claimable, err)
	}
	if _, amount, err := operator.Payout(ctx, []protocol.Address{pod.pod}, operator.Address()); err != nil || amount != settled.Charged {
		t.Errorf("payout: %v, %v", amount, err)
	}
	if balance, err := operator.TokenBalance(ctx, operator.Address()); err != nil || balance != settled.Charged {
		t.Errorf("balance after payout: %v, %v", balance, err)
	}
	if _, _, err := operator.Payout(ctx, []protocol.Address{pod.pod}, operator.Address()); !IsRevert(err, "ZeroAmount") {
		t.Errorf("second payout: %v", err)
	}
	if _, err := owner.Withdraw(ctx, owner.Address(), protocol.Units(600_001)); !IsRevert(err, "InsufficientBalance") {
		t.Errorf("withdraw locked money: %v", err)
	}
	if _, err := owner.Withdraw(ctx, owner.Address(), protocol.Units(600_000)); err != nil {
		t.Error(err)
	}
	if _, err := operator.RequestClose(ctx, s1); !IsRevert(err, "NotParty") {
		t.Errorf("close by a stranger: %v", err)
	}
	if _, err := owner.RequestClose(ctx, s1); err != nil {
		t.Error(err)
	}
	if f, err := operator.Session(ctx, s1); err != nil || !f.Closing || f.Expiry > uint64(time.Now().Unix())+3600 {
		t.Errorf("closing session: %+v, %v", f, err)
	}
	if _, err := owner.Release(ctx, s1); !IsRevert(err, "NotExpired") {
		t.Errorf("release before expiry: %v", err)
	}
	if gas, err := operator.GasBalance(ctx, operator.Address()); err != nil || gas.Sign() <= 0 {
		t.Errorf("gas: %v, %v", gas, err)
	}
}

func TestManySessions(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), transactor(t)
	d := operator.Domain()
	pod := register(t, operator)
	mint(t, owner.Address(), protocol.Units(1_000_000))
	if _, err := owner.Deposit(ctx, protocol.Units(1_000_000)); err != nil {
		t.Fatal(err)
	}
	const n = 90 // nonces fit the window
	signer := newKey(t)
	var (
		orders []protocol.SignedOpen
		rows   []protocol.Row
	)
	for i := range uint64(n) {
		orders = append(orders, order(d, owner.key, signer.Address(), pod.pod, i, protocol.Units(1000)))
		rows = append(rows, row(d, signer, orders[i].SessionKey, 100+i, 1000))
	}
	opened, facts, err := operator.OpenSessions(ctx, pod.pod, orders)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range facts {
		if f.Refused != "" || f.Cap != protocol.Units(1000) {
			t.Fatalf("session %d: %+v", i, f)
		}
	}
	settled, err := operator.Settle(ctx, pod.batch(1, rows...))
	if err != nil || len(settled.Skipped) > 0 || settled.Charged != protocol.Units(100*n+n*(n-1)/2) {
		t.Fatalf("settlement: %+v, %v", settled, err)
	}
	t.Logf("gas: %d for %d openings, %d for %d rows", opened.GasUsed, n, settled.GasUsed, n)
	if opened.GasUsed/n > gasPerOpen || settled.GasUsed/n > gasPerRow {
		t.Error("openings or rows take more gas than is reserved for them")
	}
	if MaxOpens*gasPerOpen+gasBase > MaxGas || MaxRows*gasPerRow+gasBase > MaxGas || MaxRows*protocol.RowSize > maxTxSize-8<<10 {
		t.Error("the largest batches do not fit a transaction")
	}

	for _, rows := range [][]protocol.Row{nil, make([]protocol.Row, MaxRows+1)} {
		if _, err := operator.Settle(ctx, pod.batch(2, rows...)); err == nil || !strings.Contains(err.Error(), "want 1 to") {
			t.Errorf("%d rows: %v", len(rows), err)
		}
	}
	if _, _, err := operator.OpenSessions(ctx, pod.pod, make([]protocol.SignedOpen, MaxOpens+1)); err == nil {
		t.Error("too many orders were sent")
	}
}

// A node that forgets a pending transaction, as a devnet does when it restarts, is handed it again.
func TestForgottenTransaction(t *testing.T) {
	t.Parallel()
	to := newKey(t).Address()
	var sent atomic.Int32
	p := meddler(t, func(method string, forward func() json.RawMessage) json.RawMessage {
		if method == "eth_sendRawTransaction" && sent.Add(1) == 1 {
			return json.RawMessage(`"` + protocol.Hash{1}.String() + `"`)
		}
		return forward()
	})
	owner := transactor(t)
	mint(t, owner.Address(), protocol.Units(5))
	forgetful := transactorOf(t, p, owner.key)
	if _, err := forgetful.do(t.Context(), "transfer", forgetful.token, forgetful.tokenABI.PackTransfer(addressOf(to), protocol.Units(5).Big())); err != nil {
		t.Fatal(err)
	}
	if balance, err := owner.TokenBalance(t.Context(), to); err != nil || balance != protocol.Units(5) {
		t.Errorf("balance %v, %v: the transaction was not executed exactly once", balance, err)
	}
	if n := sent.Load(); n != 2 {
		t.Errorf("sent %d times", n)
	}
}

// Verbs of one transactor can be called at once: each gets its own nonce.
func TestConcurrentVerbs(t *testing.T) {
	t.Parallel()
	owner, to := transactor(t), newKey(t).Address()
	mint(t, owner.Address(), protocol.Units(100))
	errs := make(chan error)
	for i := range 4 {
		go func() {
			_, err := owner.do(t.Context(), fmt.Sprint("transfer ", i), owner.token, owner.tokenABI.PackTransfer(addressOf(to), protocol.Units(10).Big()))
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if balance, err := owner.TokenBalance(t.Context(), to); err != nil || balance != protocol.Units(40) {
		t.Errorf("balance: %v, %v", balance, err)
	}
}

func TestSendErrors(t *testing.T) {
	t.Parallel()
	poor := transactorOf(t, profile(t), newKey(t))
	if _, err := poor.Retire(t.Context(), poor.Address()); !IsRevert(err, "UnknownPod") {
		t.Errorf("retire an unknown pod: %v", err)
	}
	if _, err := poor.do(t.Context(), "approve", poor.token, poor.tokenABI.PackApprove(poor.escrow, protocol.Units(1).Big())); err == nil || !strings.Contains(err.Error(), "cannot pay for gas") {
		t.Errorf("send without gas: %v", err)
	}
	if _, err := poor.Mint(t.Context(), poor.Address(), protocol.Units(1)); !IsRevert(err, "NotMinter") {
		t.Errorf("mint by a stranger: %v", err)
	}
	if _, err := poor.do(t.Context(), "deposit", poor.escrow, poor.escrowABI.PackDeposit(protocol.Units(1).Big())); !IsRevert(err, "ERC20InsufficientAllowance") {
		t.Errorf("deposit without allowance: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := poor.Retire(ended, poor.Address()); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
