package devnet

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// again is a test's network that can be closed and started anew in the same directory.
type again struct {
	*testing.T
	dir string
	*Network
}

func (a *again) start(pods, operators int) {
	a.Helper()
	a.Network = start(a.T, func(c *Config) { c.Dir, c.Pods, c.Operators = a.dir, pods, operators })
}

func (a *again) close() {
	a.Helper()
	if err := a.Network.Close(); err != nil {
		a.Error(err)
	}
}

// listed are the pods on the registry, by id.
func (a *again) listed() map[protocol.Address]protocol.PodRecord {
	a.Helper()
	records, err := a.Chain.Pods(a.Context())
	if err != nil {
		a.Fatal(err)
	}
	all := map[protocol.Address]protocol.PodRecord{}
	for _, r := range records {
		all[r.ID] = r
	}
	return all
}

// The set of pods grows, shrinks and grows: each that runs is listed and no other is, with the id, machine and ledger that
// it had.
func TestPodsComeAndGo(t *testing.T) {
	t.Parallel()
	a := &again{T: t, dir: t.TempDir()}
	var first *Pod
	ids := map[string]protocol.Address{}
	for _, step := range []struct{ pods, operators int }{{1, 1}, {3, 2}, {1, 1}, {3, 1}} {
		a.start(step.pods, step.operators)
		listed := a.listed()
		operators, machines := map[protocol.Address]bool{}, map[string]protocol.Address{}
		for _, p := range a.Pods {
			if r, ok := listed[p.ID]; !ok || r.URL != p.URL() || r.Operator != p.Operator {
				t.Errorf("%v: pod %s at %s is listed as %+v", step, p.Name(), p.URL(), r)
			}
			if before, known := ids[p.Name()]; known && before != p.ID {
				t.Errorf("%v: %s was pod %s and is %s", step, p.Name(), before, p.ID)
			}
			ids[p.Name()] = p.ID
			if owner, known := machines[p.Machine]; known && owner != p.Operator {
				t.Errorf("%v: two operators share machine %s", step, p.Machine)
			}
			machines[p.Machine] = p.Operator
			operators[p.Operator] = true
		}
		if len(listed) != step.pods || len(a.Pods) != step.pods || len(operators) != step.operators || len(a.Operators()) != step.operators {
			t.Errorf("%v: %d listed, %d run, by %d operators", step, len(listed), len(a.Pods), len(operators))
		}
		if first == nil {
			first = a.Pod()
		}
		if a.Pod().ID != first.ID || a.Pod().Name() != "podd" || a.Pod().Machine != "platform" {
			t.Errorf("%v: the first pod is %s %s on %s", step, a.Pod().Name(), a.Pod().ID, a.Pod().Machine)
		}
		pods, err := a.Client.Pods(t.Context())
		if err != nil || len(pods) != step.pods {
			t.Errorf("%v: the client finds %d pods, %v", step, len(pods), err)
		}
		seen := map[string]bool{}
		for _, p := range pods {
			if p.Claims == nil {
				t.Errorf("%v: pod %s is refused: %s", step, p.Record.ID, p.Refused)
				continue
			}
			seen[p.Claims.Platform.Machine.String()] = true
		}
		if len(seen) != len(machines) {
			t.Errorf("%v: quotes are of %d machines, want %d", step, len(seen), len(machines))
		}
		chat(t, a.Network, false, user("Repeat after me: falcon-1"))
		a.close()
	}
	if len(ids) != 4 { // podd, podd-2-1, podd-1-2 and podd-1-3
		t.Errorf("pods %v", ids)
	}
}

func TestTooManyPods(t *testing.T) {
	for _, c := range []struct{ pods, operators int }{{17, 1}, {-1, 1}, {2, 3}, {0, 2}, {2, -1}} {
		_, err := Start(t.Context(), Config{Dir: t.TempDir(), Bin: "../../bin", Model: testModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0", Pods: c.pods, Operators: c.operators})
		if err == nil || !strings.Contains(err.Error(), "want 1 to 16 pods") {
			t.Errorf("%v: %v", c, err)
		}
	}
}

// The machines of an operator take eight pods each, which is what the registry allows.
func TestMachines(t *testing.T) {
	for _, c := range []struct{ operator, number, machine int }{{1, 1, 1}, {1, 8, 1}, {1, 9, 2}, {1, 16, 2}, {2, 1, 1}, {2, 8, 1}} {
		p := &Pod{operator: c.operator, number: c.number}
		if got := p.machine(); got != c.machine {
			t.Errorf("pod %d of operator %d is on machine %d, want %d", c.number, c.operator, got, c.machine)
		}
	}
}

// One pod of two dies, comes back, loses its agent and at last its ledger; the other serves all the while.
func TestPodAlone(t *testing.T) {
	t.Parallel()
	n := start(t, func(c *Config) { c.Pods, c.Operators = 2, 2 })
	t.Run("users are funded", func(t *testing.T) { testFundUsers(t, n) })
	one, other := n.Pods[0], n.Pods[1]
	ask := func() string { return chat(t, n, false, user("Repeat after me: falcon-7")) }
	listed := func(p *Pod) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := p.Listed(ctx); err != nil {
			t.Fatal(err)
		}
	}
	url := one.URL()
	if err := one.Start(t.Context()); err == nil {
		t.Error("a pod that runs was started")
	}
	if err := one.Wipe(); err == nil {
		t.Error("a pod that runs was wiped")
	}
	if err := one.StartAgent(); err == nil {
		t.Error("an agent that runs was started")
	}
	if err := one.Kill(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(url + protocol.PathHealth); err == nil {
		t.Error("an ended pod answers")
	}
	ask()
	if err := one.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if one.URL() != url {
		t.Errorf("the pod moved from %s to %s", url, one.URL())
	}
	listed(one)

	one.StopAgent()
	one.StopAgent()
	if err := one.Listed(t.Context()); err != nil {
		t.Errorf("listed before its agent stopped: %v", err)
	}
	if err := one.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := one.Wipe(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(one.Dir()); !os.IsNotExist(err) {
		t.Errorf("the wiped directory: %v", err)
	}
	if err := one.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := one.Listed(t.Context()); err == nil || !strings.Contains(err.Error(), "was stopped") {
		t.Errorf("without an agent: %v", err)
	}
	if err := one.StartAgent(); err != nil {
		t.Fatal(err)
	}
	listed(one)
	ask()
	if err := other.Kill(); err != nil {
		t.Fatal(err)
	}
	ask() // one, with its empty ledger, serves
	select {
	case err := <-n.Failed():
		t.Errorf("what was asked for counts as a failure: %v", err)
	default:
	}
}

func testFundUsers(t *testing.T, n *Network) {
	var users []protocol.Key
	for range 3 {
		key, err := protocol.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		users = append(users, key)
	}
	for round := range 2 { // again: nonces go on
		if err := n.FundUsers(t.Context(), users, protocol.Tokens(2)); err != nil {
			t.Fatal(err)
		}
		for i, u := range users {
			account, err := n.Chain.Account(t.Context(), u.Address())
			if want := protocol.Tokens(uint32(2 * (round + 1))); err != nil || account.Avail != want {
				t.Errorf("user %d has %s, %v; want %s", i, account.Avail, err, want)
			}
		}
	}
}
