package devnet

import (
	"net/http"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// TestRevocation: a pod that the chain itself verified settles; once governance revokes its measurement, clients refuse it
// and the escrow settles nothing of it, while the user takes its money and leaves.
func TestRevocation(t *testing.T) {
	t.Parallel()
	n := start(t, nil)
	ctx := t.Context()
	record, err := n.Chain.Pod(ctx, n.Pod().ID)
	if err != nil || record.Kind != protocol.EvidenceSGX || record.Standing != protocol.StandingGood || len(record.PCKCertificate) == 0 {
		t.Fatalf("record: %+v, %v", record, err)
	}
	chat(t, n, false, user("Repeat after me: falcon-1"))
	settled, err := n.Agent().SettleNow(ctx)
	if err != nil || settled.Rows != 1 || settled.Charged.IsZero() {
		t.Fatalf("settled: %+v, %v", settled, err)
	}
	chat(t, n, false, user("Repeat after me: falcon-2")) // charged, and not settled when the word is taken back

	measurement, err := fileDigest(n.Podd)
	if err != nil {
		t.Fatal(err)
	}
	guardian := chain.NewTransactor(n.Chain, n.keys.deployer)
	if _, err := guardian.Act(ctx, n.Chain.RevokeMeasurement(protocol.Hash(measurement))); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Agent().SettleNow(ctx); !chain.IsRevert(err, "IdentityRevoked") {
		t.Errorf("settled after the revocation: %v", err)
	}

	// A client that looks at the chain now sees it.
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := Open(t.TempDir(), n.Profile, n.Chain, client.Config{Owner: key})
	if err != nil {
		t.Fatal(err)
	}
	defer fresh.Close()
	pods, err := fresh.Pods(ctx)
	if err != nil || len(pods) != 1 || pods[0].Claims != nil || attest.OutcomeOf(pods[0].Err) != attest.NotAccepted {
		t.Fatalf("pods: %+v, %v", pods, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://pod.invalid/api/chat", nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := fresh.RoundTrip(req); err == nil {
		resp.Body.Close()
		t.Error("a request went to a revoked pod")
	}

	// The user leaves with what is not locked, at once, and starts to close what is.
	owner := chain.NewTransactor(n.Chain, n.keys.user)
	account, err := n.Chain.Account(ctx, n.User)
	if err != nil || account.Avail.IsZero() {
		t.Fatalf("account: %+v, %v", account, err)
	}
	if _, err := owner.Withdraw(ctx, n.User, account.Avail); err != nil {
		t.Errorf("withdraw: %v", err)
	}
	state, err := client.ReadState(n.config.Dir + "/client")
	if err != nil || len(state.Sessions) != 1 {
		t.Fatalf("state: %+v, %v", state, err)
	}
	if _, err := owner.RequestClose(ctx, state.Sessions[0].Key); err != nil {
		t.Errorf("close: %v", err)
	}
	if _, _, err := chain.NewTransactor(n.Chain, n.keys.operators[0]).Payout(ctx, []protocol.Address{n.Pod().ID}, n.Pod().Operator); err != nil {
		t.Errorf("payout of what was settled before: %v", err)
	}
}
