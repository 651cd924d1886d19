package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// process is a `phallama up` that a test started.
type process struct {
	*exec.Cmd
	Gateway, RPC string
	Pod          protocol.Address
	Enclave      devnet.Enclave
}

// startUp runs bin/phallama up in a data directory, with more flags if there are any, and waits until it is ready.
func startUp(t *testing.T, data string, flags ...string) *process {
	t.Helper()
	program, err := filepath.Abs("../../bin/phallama")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, append([]string{"up", "--json", "--data", data, "--listen", "127.0.0.1:0", "--rpc", "127.0.0.1:0"}, flags...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v: run `make engine build` first", err)
	}
	p := &process{Cmd: cmd}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if err := json.NewDecoder(stdout).Decode(p); err != nil {
		t.Fatalf("up did not get ready: %v\n%s", err, &stderr)
	}
	return p
}

// stop interrupts it and all that is in its process group, as a terminal's Ctrl-C does, and waits.
func (p *process) stop(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(-p.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	if err := p.Wait(); err != nil {
		t.Errorf("up, interrupted: %v", err)
	}
}

// SIGKILL of everything in the middle of a streamed answer: what was promised is kept, nothing is billed twice, and the
// next start goes on. It begins with one form of a pod and goes on with the other.
func TestKilledMidStream(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	p := startUp(t, data)
	if p.Enclave != devnet.TwoProcess {
		t.Errorf("the form is %q", p.Enclave)
	}
	ask := func(p *process, prompt string) answered {
		t.Helper()
		got, err := chat(t.Context(), p.Gateway, question{Model: defaultModel, Messages: []message{{"user", prompt}}}, io.Discard)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	ask(p, "Repeat after me: falcon-4711")

	for round := range 2 {
		// Read before the question: reading it in the middle of an answer would give the answer time to end.
		before := readState(t, data)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		body := `{"model":"wisp","messages":[{"role":"user","content":"Talk forever"}]}`
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, p.Gateway+"/api/chat", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		stream := bufio.NewReader(resp.Body)
		for range 5 {
			if line, err := stream.ReadString('\n'); err != nil || strings.Contains(line, `"done":true`) {
				t.Fatalf("the answer ended before the kill: %q %v", line, err)
			}
		}
		if err := p.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = p.Wait()
		rest, err := io.ReadAll(stream)
		if err == nil || bytes.Contains(rest, []byte(`"done":true`)) {
			t.Errorf("a killed gateway's answer looks complete: %d more bytes, %v", len(rest), err)
		}
		resp.Body.Close()
		cancel()
		waitChildren(t, data)

		p = startUp(t, data, "--enclave", "all-in-one")
		if p.Enclave != devnet.AllInOne {
			t.Errorf("the form is %q", p.Enclave)
		}
		got := ask(p, fmt.Sprintf("Repeat after me: falcon-471%d", round))
		if !strings.Contains(got.Answer, "falcon") {
			t.Errorf("after the kill: %q", got.Answer)
		}
		after := readState(t, data)
		if len(after.Receipts) < len(before.Receipts)+1 {
			t.Errorf("%d receipts, before the kill %d: some are lost", len(after.Receipts), len(before.Receipts))
		}
		for i, r := range before.Receipts {
			if after.Receipts[i].RequestID != r.RequestID {
				t.Errorf("receipt %d changed", i)
			}
		}
		for _, s := range after.Sessions {
			if s.Open != 0 || s.Suspect != "" || s.Charged.Cmp(s.Ceiling) > 0 || s.Ceiling.Cmp(s.Cap) > 0 {
				t.Errorf("session %+v, want no open request and charged <= ceiling <= cap", s)
			}
		}
	}

	// Stopping settles: the chain has moved what the receipts say, session by session.
	p.stop(t)
	p = startUp(t, data)
	defer p.stop(t)
	out, err := exec.Command("../../bin/phallama", "wallet", "--json", "--data", data).Output()
	if err != nil {
		t.Fatalf("wallet: %v", err)
	}
	var money struct {
		Available, Locked protocol.Amount
		Sessions          []sessionMoney
	}
	if err := json.Unmarshal(out, &money); err != nil {
		t.Fatal(err)
	}
	var charged protocol.Amount
	for _, s := range money.Sessions {
		if s.OnChain.Claimed != s.Charged {
			t.Errorf("session %s: the receipts say %s, the chain moved %s", s.ID, s.Charged, s.OnChain.Claimed)
		}
		if charged, err = charged.Add(s.Charged); err != nil {
			t.Fatal(err)
		}
	}
	if sum, err := sumOf(readState(t, data).Receipts); err != nil || sum != charged || sum.IsZero() {
		t.Errorf("receipts sum up to %s, sessions to %s (%v)", sum, charged, err)
	}
	total, err := money.Available.Add(money.Locked)
	if err == nil {
		total, err = total.Add(charged)
	}
	if err != nil || total != protocol.Tokens(100) {
		t.Errorf("available, locked and charged are %s tokens in all, want 100 (%v)", total.Tokens(), err)
	}
}

func readState(t *testing.T, data string) client.State {
	t.Helper()
	state, err := client.ReadState(filepath.Join(data, "client"))
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// waitChildren waits until the killed network's podd is gone: its ledger is locked while it lives.
func waitChildren(t *testing.T, data string) {
	t.Helper()
	config := filepath.Join(data, "devnet", "podd.json")
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		found := false
		processes, err := filepath.Glob("/proc/[0-9]*/cmdline")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range processes {
			text, err := os.ReadFile(p)
			found = found || err == nil && bytes.Contains(text, []byte(config))
		}
		if !found {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("podd outlives its network")
		}
	}
}
