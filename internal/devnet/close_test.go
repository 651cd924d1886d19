package devnet

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
)

// TestCloseNow: a user leaves a session, and what it did not spend is available at once. A client that did not hear of it
// opens another session when it asks next. While a gateway holds the state, the command falls back to the slow way.
func TestCloseNow(t *testing.T) {
	t.Parallel()
	n := start(t, nil)
	ctx := t.Context()
	owner := chain.NewTransactor(n.Chain, n.keys.user)
	chat(t, n, false, user("Repeat after me: falcon-1"))
	before, err := n.Chain.Account(ctx, n.User)
	if err != nil {
		t.Fatal(err)
	}

	// Another state of the same owner finds the session on chain, and closes it with the pod.
	other, err := Open(t.TempDir(), n.Profile, n.Chain, client.Config{Owner: n.keys.user})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Recover(ctx); err != nil {
		t.Fatal(err)
	}
	first := n.Client.Sessions()[0]
	fact, err := n.Chain.Session(ctx, first.Key)
	if err != nil {
		t.Fatal(err)
	}
	row, err := other.CloseNow(ctx, first.ID)
	if err != nil || row.Row.Charged != first.Charged || first.Charged.IsZero() {
		t.Fatalf("close: %+v, %v, charged %s", row, err, first.Charged)
	}
	done, err := owner.CloseNow(ctx, row)
	if err != nil || done.Charged != first.Charged || done.Returned != fact.Cap.SubDown(first.Charged) {
		t.Fatalf("closed: %+v, %v", done, err)
	}
	after, err := n.Chain.Account(ctx, n.User)
	if err != nil || after.Avail.SubDown(before.Avail) != done.Returned {
		t.Errorf("available %s, before %s, %v, returned %s", after.Avail, before.Avail, err, done.Returned)
	}
	chat(t, n, false, user("Repeat after me: falcon-2"))
	var open []client.SessionStatus
	for _, s := range n.Client.Sessions() {
		if s.Ended == "" {
			open = append(open, s)
		} else if s.ID != first.ID {
			t.Errorf("ended: %+v", s)
		}
	}
	if len(open) != 1 || open[0].ID == first.ID {
		t.Fatalf("open sessions: %+v", open)
	}

	phallama := func(args ...string) (out map[string]any, said string) {
		t.Helper()
		cmd := exec.CommandContext(ctx, filepath.Join(n.config.Bin, "phallama"), append([]string{"--json", "--data", n.config.Dir}, args...)...)
		cmd.Env = append(os.Environ(), "NO_COLOR=1")
		var stdout, stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = &stdout, &stderr
		if err := cmd.Run(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, stderr.String())
		}
		if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
			t.Fatal(errors.Join(err, errors.New(stdout.String())))
		}
		return out, stderr.String()
	}
	out, said := phallama("wallet", "close", open[0].ID.String())
	if out["done"] != "closing" || !strings.Contains(said, "stop it first") {
		t.Errorf("with a gateway running: %v\n%s", out, said)
	}
	// Without it, a session that is closing already is still closed at once.
	if err := n.Client.Close(); err != nil {
		t.Fatal(err)
	}
	out, said = phallama("wallet", "close", open[0].ID.String())
	if out["done"] != "closed" || !strings.Contains(said, "available again") {
		t.Errorf("without a gateway: %v\n%s", out, said)
	}
	if fact, err := n.Chain.Session(ctx, open[0].Key); err != nil || !fact.Cap.IsZero() {
		t.Errorf("session on chain: %+v, %v", fact, err)
	}
}
