package devnet

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func (n *Network) runningEngine() *child {
	n.engineMu.Lock()
	defer n.engineMu.Unlock()
	return n.engine
}

// runnerOf is the process that computes an engine's model.
func runnerOf(t *testing.T, engine *child) int {
	t.Helper()
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", engine.cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tasks {
		list, _ := os.ReadFile(f)
		if fields := strings.Fields(string(list)); len(fields) > 0 {
			pid, err := strconv.Atoi(fields[0])
			if err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatal("the engine has no runner")
	return 0
}

// stopWhileAnswering has a long answer begin and stops the runner in the middle of it. It returns how the answer ended.
func stopWhileAnswering(t *testing.T, n *Network, runner int) (status int, text string, ended error) {
	t.Helper()
	for range 20 {
		resp, err := http.Post(n.Gateway+"/api/chat", "application/json", strings.NewReader(`{"model":"wisp","messages":[{"role":"user","content":"Talk forever"}]}`))
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 1)
		if _, err := resp.Body.Read(first); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Kill(runner, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || !strings.Contains(string(rest), `"done":true`) {
			return resp.StatusCode, string(rest), err
		}
		if err := syscall.Kill(runner, syscall.SIGCONT); err != nil { // it was faster
			t.Fatal(err)
		}
	}
	t.Fatal("every answer was whole before its runner could be stopped")
	return 0, "", nil
}

// A runner that is stopped in the middle of an answer is a model that got stuck: the engine ends and is started again,
// podd loads the model and goes on with its identity and its ledger, and what was cut off costs nothing.
func TestStuckModel(t *testing.T) {
	n := start(t, func(c *Config) { c.WedgeAfter = 2 * time.Second })
	chat(t, n, false, user("Repeat after me: falcon-1"))
	before, identity := n.runningEngine(), n.Pod().identity
	runner := runnerOf(t, before)
	status, text, ended := stopWhileAnswering(t, n, runner)
	t.Logf("the answer that was cut: %d, %v, %d bytes", status, ended, len(text))
	<-before.done
	if code := before.cmd.ProcessState.ExitCode(); code != 3 {
		t.Errorf("the engine ended with status %d, want 3: %s", code, lastLines(before.log))
	}
	if log := lastLines(before.log); !strings.Contains(log, "computed nothing") {
		t.Errorf("the engine says %q", log)
	}
	answersAgain(t, n)
	if n.Pod().identity != identity {
		t.Error("podd was started again")
	}
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", runner)); err == nil && !strings.Contains(string(stat), ") Z") { // or not reaped yet
		t.Error("the stopped runner is still there")
	}
	checkBillsOfStuck(t, n)
}

// answersAgain waits for an answer of a pod whose model got stuck.
func answersAgain(t *testing.T, n *Network) {
	t.Helper()
	// Until the model is loaded again the pod says that it is not ready.
	for {
		status, text := post(t, n, "/api/chat", `{"model":"wisp","stream":false,"messages":[{"role":"user","content":"Repeat after me: falcon-2"}]}`)
		if status == http.StatusOK {
			if !strings.Contains(text, "falcon-2") {
				t.Errorf("answered %s", text)
			}
			break
		}
		if status != http.StatusServiceUnavailable && status != http.StatusBadGateway || t.Context().Err() != nil {
			t.Fatalf("%d %s", status, text)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

// checkBillsOfStuck checks that a network goes on, and that what was cut off in it cost nothing.
func checkBillsOfStuck(t *testing.T, n *Network) {
	t.Helper()
	select {
	case reason := <-n.Failed():
		t.Errorf("the network failed: %v", reason)
	default:
	}

	entries, err := n.Client.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	paid := 0
	for _, e := range entries {
		switch {
		case e.Receipt.Finish == protocol.FinishError && !e.Receipt.Cost.IsZero():
			t.Errorf("an answer that broke off costs %s", e.Receipt.Cost)
		case !e.Receipt.Cost.IsZero():
			paid++
		}
	}
	all := n.Client.Sessions()
	if len(all) != 1 || all[0].Suspect != "" || all[0].Gaps != 0 {
		t.Fatalf("sessions %+v", all)
	}
	if sum := sumOfReceipts(t, n.config.Dir); sum != all[0].Charged || paid < 2 {
		t.Errorf("receipts sum up to %s over %d paid, the session was charged %s", sum, paid, all[0].Charged)
	}
}
