package chain

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// delegateOrder is an order of a delegate's to open a session, with itself as the signer.
func delegateOrder(d protocol.Domain, owner protocol.Address, key protocol.Key, pod protocol.Address, nonce uint64, limit protocol.Amount, expiry uint64) protocol.SignedOpen {
	return signOrder(d, key, protocol.OpenSession{
		SessionKey: protocol.SessionKey{Owner: owner, Signer: key.Address(), Pod: pod, Salt: nonce | protocol.DelegateSalt},
		Cap:        limit, Expiry: expiry, Nonce: nonce, Deadline: in(10 * time.Minute),
	})
}

func TestDelegates(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), funded(t, protocol.Units(10_000))
	d := operator.Domain()
	pod := register(t, operator)
	key, other := newKey(t), newKey(t)
	ends := in(24 * time.Hour)

	open := func(orders ...protocol.SignedOpen) (Included, []protocol.SessionFact) {
		t.Helper()
		done, facts, err := operator.OpenSessions(ctx, pod.pod, orders)
		if err != nil {
			t.Fatal(err)
		}
		return done, facts
	}
	refused := func(why string, o protocol.SignedOpen) {
		t.Helper()
		if done, facts := open(o); !done.Tx.IsZero() || !strings.Contains(facts[0].Refused, why) {
			t.Errorf("want a refusal %q without a transaction, got %+v %+v", why, done, facts)
		}
	}
	refused("budget", delegateOrder(d, owner.Address(), key, pod.pod, 0, protocol.Units(1), ends))

	if _, err := owner.SetDelegate(ctx, key.Address(), protocol.Units(1000), math.MaxUint32+1); err == nil {
		t.Error("an expiry of 33 bits was taken")
	}
	if _, err := owner.SetDelegate(ctx, key.Address(), protocol.Units(1000), ends); err != nil {
		t.Fatal(err)
	}
	grant := protocol.Delegate{Owner: owner.Address(), Delegate: other.Address(), Cap: protocol.Units(50), Expiry: ends, Nonce: 0, Deadline: in(time.Hour)}
	if _, err := operator.SetDelegateFor(ctx, grant, key.Sign(d.Digest(grant))); !IsRevert(err, "BadSignature") {
		t.Errorf("a grant of somebody else's: %v", err)
	}
	if _, err := operator.SetDelegateFor(ctx, grant, owner.key.Sign(d.Digest(grant))); err != nil {
		t.Fatal(err)
	}

	// Within the budget, in any order of nonces of the window; the owner's nonces stay as they are.
	first := delegateOrder(d, owner.Address(), key, pod.pod, 2, protocol.Units(600), ends)
	stranger := delegateOrder(d, owner.Address(), key, pod.pod, 0, protocol.Units(1), ends)
	stranger.Signature = owner.key.Sign(d.Digest(stranger.OpenSession))
	done, facts := open(first, stranger, delegateOrder(d, owner.Address(), key, pod.pod, 0, protocol.Units(401), ends))
	if done.Tx.IsZero() || facts[0].Refused != "" || facts[0].Cap != protocol.Units(600) {
		t.Errorf("opening of a delegate: %+v", facts[0])
	}
	if done.GasUsed > gasBase+gasPerOpen {
		t.Errorf("an opening of a delegate takes %d gas, more than is reserved", done.GasUsed)
	}
	if !strings.Contains(facts[1].Refused, "by the delegate") || !strings.Contains(facts[2].Refused, "budget") {
		t.Errorf("an owner's signature for the delegate's, and too much: %q, %q", facts[1].Refused, facts[2].Refused)
	}
	account, err := operator.Delegate(ctx, owner.Address(), key.Address())
	want := protocol.DelegateAccount{Cap: protocol.Units(1000), Used: protocol.Units(600), Expiry: ends, NonceWindow: 0b100}
	if err != nil || account != want {
		t.Errorf("delegate: want %+v, got %+v, %v", want, account, err)
	}
	if again, facts := open(first); !again.Tx.IsZero() || facts[0].Refused != "" {
		t.Errorf("relayed twice: %+v, %+v", again, facts)
	}
	topUp := delegateOrder(d, owner.Address(), key, pod.pod, 3, protocol.Units(100), ends)
	topUp.Salt = first.Salt
	if _, facts := open(signOrder(d, key, topUp.OpenSession)); facts[0].Refused != "" || facts[0].Cap != protocol.Units(700) {
		t.Errorf("top-up: %+v", facts[0])
	}
	refused("nonce", delegateOrder(d, owner.Address(), key, pod.pod, 8+255, protocol.Units(1), ends))
	refused("nonce", delegateOrder(d, owner.Address(), key, pod.pod, protocol.DelegateNonceLimit, protocol.Units(1), ends))
	refused("key that signed it", delegateOrder(d, owner.Address(), key, pod.pod, 5, protocol.Units(1), ends+1))
	if _, facts := open(delegateOrder(d, owner.Address(), key, pod.pod, 8+254, protocol.Units(1), ends)); facts[0].Refused != "" {
		t.Errorf("the farthest nonce: %+v", facts[0])
	}
	account, err = operator.Delegate(ctx, owner.Address(), key.Address())
	if err != nil || account.NonceBase != 255 || account.CanUse(254) || !account.CanUse(255) {
		t.Errorf("after a jump: %+v, %v", account, err)
	}
	// Two orders of one batch share the budget.
	_, facts = open(delegateOrder(d, owner.Address(), key, pod.pod, 255, protocol.Units(200), ends), delegateOrder(d, owner.Address(), key, pod.pod, 256, protocol.Units(200), ends))
	if facts[0].Refused != "" || !strings.Contains(facts[1].Refused, "budget") {
		t.Errorf("two orders for one rest: %+v", facts)
	}

	// Found again by whoever lost everything but the key.
	keys, err := operator.DelegatesOf(ctx, owner.Address(), 0, nil)
	if err != nil || diff([]protocol.Address{key.Address(), other.Address()}, keys) != "" {
		t.Errorf("delegates: %v, %v", keys, err)
	}
	var seen []uint64
	sessions, err := operator.AllSessionsOf(ctx, owner.Address(), 0, func(done, of uint64) { seen = append(seen, done, of) })
	if err != nil || len(sessions) != 3 || sessions[0] != first.SessionKey {
		t.Errorf("sessions: %v, %v", sessions, err)
	}
	if got, err := operator.SessionOf(ctx, first.ID(), nil); err != nil || got != first.SessionKey {
		t.Errorf("session by its id: %+v, %v", got, err)
	}
	if _, err := operator.SessionOf(ctx, protocol.Hash{1}, nil); !errors.Is(err, ErrNotFound) {
		t.Errorf("a session that nobody opened: %v", err)
	}
	if n := len(seen); n < 2 || seen[n-1] != seen[n-2] {
		t.Errorf("progress: %v", seen)
	}

	// Revoked: it opens nothing more, and anyone asks for the close of its sessions.
	if _, err := operator.RequestClose(ctx, first.SessionKey); !IsRevert(err, "NotParty") {
		t.Errorf("close of a good delegate's session by a stranger: %v", err)
	}
	if _, err := owner.SetDelegate(ctx, key.Address(), protocol.Amount{}, 0); err != nil {
		t.Fatal(err)
	}
	refused("budget", delegateOrder(d, owner.Address(), key, pod.pod, 257, protocol.Units(1), ends))
	if _, err := operator.RequestClose(ctx, first.SessionKey); err != nil {
		t.Errorf("close of a revoked delegate's session: %v", err)
	}
}

// A session ends without transactions of its owner's: by a signed close, or at once by the enclave's word; and a pod
// without an enclave gets what was acknowledged.
func TestClosing(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	operator, owner := transactor(t), funded(t, protocol.Units(10_000))
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

	for i, by := range []protocol.Key{owner.key, signer} {
		r := protocol.SignedRequestClose{Session: orders[i].SessionKey, Deadline: in(time.Hour)}
		stranger := r
		stranger.Signature = pod.Sign(d.Digest(r.TypedData()))
		if _, err := operator.RequestCloseFor(ctx, stranger); !IsRevert(err, "BadSignature") {
			t.Errorf("close by a stranger: %v", err)
		}
		r.Signature = by.Sign(d.Digest(r.TypedData()))
		if _, err := operator.RequestCloseFor(ctx, r); err != nil {
			t.Error(err)
		}
		if fact, err := operator.Session(ctx, r.Session); err != nil || !fact.Closing {
			t.Errorf("session: %+v, %v", fact, err)
		}
	}

	acked := func(k protocol.SessionKey, ceiling, acked uint64) protocol.AckedRow {
		v := protocol.Voucher{SessionID: k.ID(), Ceiling: protocol.Units(ceiling), Acked: protocol.Units(acked), RequestHash: protocol.Hash{9}}
		return protocol.AckedRow{Session: k, Voucher: v, Signature: signer.Sign(d.Digest(v))}
	}
	forged := acked(orders[1].SessionKey, 100, 40)
	forged.Voucher.Acked = protocol.Units(90)
	s, err := operator.SettleAcked(ctx, pod.pod, []protocol.AckedRow{acked(orders[0].SessionKey, 300, 120), forged})
	if err != nil || s.Charged != protocol.Units(120) || s.Rows != 2 ||
		diff([]SkippedRow{{1, orders[1].ID(), "the voucher is not signed by the session's signer"}}, s.Skipped) != "" {
		t.Errorf("settled: %+v, %v", s, err)
	}
	if _, err := operator.SettleAcked(ctx, operator.Address(), []protocol.AckedRow{forged}); err == nil {
		t.Error("rows of another pod were sent")
	}

	c := protocol.CloseRow{Row: row(d, signer, orders[2].SessionKey, 250, 400), Deadline: in(time.Hour)}
	c.Signature = signer.Sign(d.Digest(c.TypedData()))
	if _, err := operator.CloseNow(ctx, c); !IsRevert(err, "BadCloseSignature") {
		t.Errorf("closed by no enclave: %v", err)
	}
	c.Signature = pod.Sign(d.Digest(c.TypedData()))
	closed, err := operator.CloseNow(ctx, c)
	if err != nil || closed.Charged != protocol.Units(250) || closed.Returned != protocol.Units(750) {
		t.Errorf("closed: %+v, %v", closed, err)
	}
	wantAvail(t, operator.Client, owner.Address(), 7750)
	if _, err := operator.CloseNow(ctx, c); err == nil {
		t.Error("closed twice")
	}
	if earned, err := operator.Claimable(ctx, pod.pod); err != nil || earned != protocol.Units(370) {
		t.Errorf("earned: %v, %v", earned, err)
	}
	if pods, err := operator.PodsOf(ctx, operator.Address()); err != nil || diff([]protocol.Address{pod.pod}, pods) != "" {
		t.Errorf("pods of the operator: %v, %v", pods, err)
	}
}
