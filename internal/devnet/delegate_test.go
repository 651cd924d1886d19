package devnet

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A key with a budget asks a real pod at its owner's expense; and the owner leaves without a transaction of its own.
func TestDelegate(t *testing.T) {
	t.Parallel()
	n := start(t, nil)
	ctx := t.Context()
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	budget := protocol.Tokens(1)
	expiry := uint64(time.Now().Add(24 * time.Hour).Unix())
	if _, err := chain.NewTransactor(n.Chain, n.keys.user).SetDelegate(ctx, key.Address(), budget, expiry); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.TempDir(), n.Profile, n.Chain, client.Config{Delegate: &client.Delegation{Owner: n.User, Key: key, Models: []string{testModel}}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/generate",
		strings.NewReader(`{"model":"wisp","prompt":"Repeat after me: falcon-4711"}`))
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.ReadAll(res.Body); err != nil {
		t.Fatal(err)
	}
	sessions := c.Sessions()
	if len(sessions) != 1 || !sessions[0].Key.Delegated() || sessions[0].Charged.IsZero() {
		t.Fatalf("sessions %+v", sessions)
	}
	account, err := n.Chain.Delegate(ctx, n.User, key.Address())
	if err != nil || account.Used.IsZero() || account.Used.Cmp(budget) > 0 {
		t.Errorf("delegate %+v, %v", account, err)
	}
	if found, err := n.Chain.AllSessionsOf(ctx, n.User, 0, nil); err != nil || len(found) != 1 || found[0] != sessions[0].Key {
		t.Errorf("sessions on chain: %v, %v", found, err)
	}

	deadline := uint64(time.Now().Add(10 * time.Minute).Unix())
	order := protocol.SignedRequestClose{Session: sessions[0].Key, Deadline: deadline}
	order.Signature = n.keys.user.Sign(n.Domain.Digest(order.TypedData()))
	pod, result, err := c.Relay(ctx, protocol.Relay{Close: &order})
	if err != nil || pod != n.Pod().ID || result.Tx.IsZero() {
		t.Fatalf("relayed by %s: %+v, %v", pod, result, err)
	}
	if fact, err := n.Chain.Session(ctx, order.Session); err != nil || !fact.Closing {
		t.Errorf("session %+v, %v", fact, err)
	}
	if _, _, err := c.Relay(ctx, protocol.Relay{Close: &order}); err == nil || !strings.Contains(err.Error(), "closing already") {
		t.Errorf("the order again: %v", err)
	}

	before, err := n.Chain.Account(ctx, n.User)
	if err != nil {
		t.Fatal(err)
	}
	to, fee := protocol.Address{0xbb}, protocol.Units(7)
	all, err := before.Avail.Sub(fee)
	if err != nil {
		t.Fatal(err)
	}
	w := protocol.SignedWithdraw{Withdraw: protocol.Withdraw{Owner: n.User, To: to, Amount: all, Fee: fee, Nonce: before.FreeNonce(0), Deadline: deadline}}
	w.Signature = n.keys.user.Sign(n.Domain.Digest(w.Withdraw))
	if _, _, err := c.Relay(ctx, protocol.Relay{Withdraw: &w}); err != nil {
		t.Fatal(err)
	}
	for who, want := range map[protocol.Address]protocol.Amount{to: all, n.Pod().Operator: fee} {
		if got, err := n.Chain.TokenBalance(ctx, who); err != nil || got != want {
			t.Errorf("%s has %s, want %s (%v)", who.Short(), got, want, err)
		}
	}
	if _, _, err := c.Relay(ctx, protocol.Relay{Withdraw: &w}); err == nil || !strings.Contains(err.Error(), "BadNonce") {
		t.Errorf("the withdrawal again: %v", err)
	}
}
