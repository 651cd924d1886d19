package integration_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

var (
	podPath  = flag.String("pod", "../../bin/podd-allinone", "the pod to test, in one process")
	poddPath = flag.String("podd", "../../bin/podd", "the pod to test, beside an engine")
)

// pod is a running podd-allinone, or a podd beside an engine. The test is its operator's agent, its quote socket and its client.
type pod struct {
	config       enclave.Config
	cmd          *exec.Cmd
	stdin        io.Closer
	stderr       *os.File // its log
	ready        enclave.Ready
	registration protocol.Registration
	keys         envelope.KeyConfig
	session      protocol.SessionKey
	signer       protocol.Key
	ceiling      protocol.Amount
	offer        int             // which of those of the registration requests are for
	acked        protocol.Amount // of what the pod has charged
	tooMuch      protocol.Amount // for a request that no ceiling covers
}

// startPod runs the pod, below the given wrapper command if there is one, and waits until it is ready for paid requests.
func startPod(t testing.TB, env []string, wrapper ...string) *pod {
	t.Helper()
	return startPodWith(t, *podPath, nil, env, wrapper...)
}

// startPodWith is startPod for a program, with a configuration that is changed.
func startPodWith(t testing.TB, program string, change func(*enclave.Config), env []string, wrapper ...string) *pod {
	t.Helper()
	path, config := configurePod(t, change)
	p := &pod{config: config}
	var err error
	if p.stderr, err = os.Create(path + ".log"); err != nil {
		t.Fatal(err)
	}
	args := append(wrapper[:len(wrapper):len(wrapper)], program, "--config", path, "--until-stdin-closes")
	p.cmd = exec.Command(args[0], args[1:]...)
	p.cmd.Env = append(os.Environ(), env...)
	p.cmd.Stderr = p.stderr
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
		_ = p.stderr.Close()
	})
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err != nil || json.Unmarshal(line, &p.ready) != nil {
		t.Fatalf("ready line %q, %v: %s", line, err, p.log(t))
	}
	p.open(t)
	return p
}

// configurePod writes a pod's configuration to a folder of its own, where its quotes are served.
func configurePod(t testing.TB, change func(*enclave.Config)) (path string, _ enclave.Config) {
	t.Helper()
	for _, program := range []string{*podPath, *poddPath} {
		if _, err := os.Stat(program); err != nil {
			t.Fatalf("%v: run `make engine build` first", err)
		}
	}
	models, err := filepath.Abs(*modelsPath)
	if err != nil {
		t.Fatal(err)
	}
	dir := socketDir(t)
	config := enclave.Config{
		ChainID: 1337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4},
		Listen: "127.0.0.1:0", Control: "127.0.0.1:0", ControlToken: "control-token-of-24-bytes",
		Models: models, QuoteSocket: filepath.Join(dir, "quote"), State: filepath.Join(dir, "state"),
		StateKey: enclave.StateKey{Source: "file", Path: filepath.Join(dir, "key")},
		Offers:   []enclave.Offer{{Model: "wisp", InPerM: protocol.Units(100), OutPerM: protocol.Units(200), PerRequest: protocol.Units(3), Context: 2048, MaxOut: 2048}},
	}
	if change != nil {
		change(&config)
	}
	serveQuotes(t, config.QuoteSocket)
	raw, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "podd.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, config
}

// runPod runs a pod that is to end by itself.
func runPod(t testing.TB, path string) (status int, stderr string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, *podPath, "--config", path)
	out, _ := cmd.CombinedOutput()
	return cmd.ProcessState.ExitCode(), string(out)
}

func serveQuotes(t testing.TB, socket string) {
	t.Helper()
	platform, err := simulated.New(simulated.Config{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := simulated.Listen(socket)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = simulated.Serve(ctx, l, platform.Source(simulated.Enclave{}))
	}()
	t.Cleanup(func() {
		cancel()
		<-served
	})
}

// open waits until the pod is ready, registers it and tells it of a session.
func (p *pod) open(t testing.TB) {
	t.Helper()
	var status protocol.Status
	for deadline := time.Now().Add(patience); !status.Ready; time.Sleep(20 * time.Millisecond) {
		p.control(t, http.MethodGet, protocol.PathStatus, nil, &status)
		if time.Now().After(deadline) {
			t.Fatalf("not ready after %s: %s; its log: %s", patience, status.Reason, p.log(t))
		}
	}
	p.control(t, http.MethodPost, protocol.PathRegistration, protocol.RegistrationRequest{Block: protocol.Hash{0xb1}}, &p.registration)
	var err error
	if p.keys, err = envelope.ParseKeyConfig(p.registration.KeyConfig.Config); err != nil {
		t.Fatal(err)
	}
	p.newSession(t)
}

// another is the pod as another account asks it.
func (p *pod) another(t testing.TB) *pod {
	t.Helper()
	other := *p
	other.newSession(t)
	return &other
}

// newSession tells the pod of a session of a new account.
func (p *pod) newSession(t testing.TB) {
	t.Helper()
	owner, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	if p.signer, err = protocol.GenerateKey(); err != nil {
		t.Fatal(err)
	}
	p.ceiling = protocol.Amount{}
	p.session = protocol.SessionKey{Owner: owner.Address(), Signer: p.signer.Address(), Pod: p.config.Pod, Salt: 1}
	p.control(t, http.MethodPost, protocol.PathFacts, protocol.Facts{Sessions: []protocol.SessionFact{{
		SessionKey: p.session, Cap: protocol.Tokens(1), Expiry: p.registration.ValidUntil,
	}}}, nil)
}

func (p *pod) log(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile(p.stderr.Name())
	if err != nil {
		t.Fatal(err)
	}
	if gone(p.cmd.Process.Pid) {
		b = append(b, "and it has ended\n"...) // a crash says nothing: it could quote a prompt
	}
	return string(b)
}

// control calls the control API, and wants a success.
func (p *pod) control(t testing.TB, method, path string, body, into any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequest(method, "http://"+p.ready.Control+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+p.config.ControlToken)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatalf("%v; its log: %s", err, p.log(t))
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode/100 != 2 {
		t.Fatalf("%s: %d %s %v", path, resp.StatusCode, answer, err)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			t.Fatal(err)
		}
	}
}

// ask sends a request through the envelope, with a payment. Each ceiling covers all that was asked before.
func (p *pod) ask(t testing.TB, ctx context.Context, method, path string, body any) (*http.Response, error) {
	t.Helper()
	_, send := p.order(t, method, path, body)
	return send(ctx)
}

// order is ask in two steps; what it returns may be called by another goroutine.
func (p *pod) order(t testing.TB, method, path string, body any) (protocol.RequestID, func(context.Context) (*http.Response, error)) {
	t.Helper()
	var raw []byte
	var err error
	if body != nil {
		if raw, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	maxCost := protocol.Units(1_000_000)
	if p.ceiling, err = p.ceiling.Add(maxCost); err != nil {
		t.Fatal(err)
	}
	if !p.tooMuch.IsZero() {
		maxCost = p.tooMuch
	}
	pay := protocol.Payment{Session: p.session, Ceiling: p.ceiling, Acked: p.acked, MaxCost: maxCost, Offer: p.registration.Offers[p.offer].Offer.HashStruct()}
	id := protocol.NewRequestID()
	domain := protocol.Domain{ChainID: p.config.ChainID, Escrow: p.config.Escrow}
	pay.Signature = p.signer.Sign(domain.Digest(pay.Voucher(protocol.RequestHash(id, method, path, "application/json", raw, pay.MaxCost, pay.Offer))))
	inner, err := http.NewRequest(method, "https://pod.invalid"+path, bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	inner.Header.Set("Content-Type", "application/json")
	inner.Header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	inner.Header.Set(protocol.HeaderRequestID, id.String())
	inner.Header.Set(protocol.HeaderPay, pay.String())
	exchange, err := envelope.Seal(p.keys, inner)
	if err != nil {
		t.Fatal(err)
	}
	return id, func(ctx context.Context) (*http.Response, error) {
		outer, err := exchange.NewRequest(ctx, "http://"+p.ready.Listen+protocol.PathEnclave)
		if err != nil {
			return nil, err
		}
		sealed, err := http.DefaultTransport.RoundTrip(outer)
		if err != nil {
			return nil, err
		}
		return exchange.Open(sealed)
	}
}

// whole is ask for an answer that comes to its end.
func (p *pod) whole(t testing.TB, method, path string, body any) (int, string) {
	t.Helper()
	resp, err := p.ask(t, context.Background(), method, path, body)
	if err != nil {
		t.Fatalf("%s %s: %v; its log: %s", method, path, err, p.log(t))
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatalf("%s %s: %v after %q", method, path, err, text)
	}
	return resp.StatusCode, string(text)
}

func prompt(text string, stream bool) map[string]any {
	return map[string]any{"model": "wisp", "stream": stream, "messages": []message{{"user", text}}}
}

// One process answers, over every API that a pod serves, and has neither a child nor a socket beside its listeners.
func TestOneProcess(t *testing.T) {
	p := startPod(t, []string{"OLLAMA_DEBUG=2", "GIN_MODE=debug", "OLLAMA_HOST=0.0.0.0:1", "OLLAMA_MODELS=/nonexistent", "OLLAMA_NUM_PARALLEL=9"})
	for _, path := range []string{"/api/chat", "/v1/chat/completions"} {
		if status, text := p.whole(t, http.MethodPost, path, prompt("Repeat after me: falcon-4711", false)); status != http.StatusOK || !strings.Contains(text, "falcon-4711") {
			t.Errorf("%s: %d %s", path, status, text)
		}
		if status, text := p.whole(t, http.MethodPost, path, prompt("Repeat after me: falcon-4711", true)); status != http.StatusOK || strings.Count(text, "\n") < 5 {
			t.Errorf("%s, streamed: %d %s", path, status, text)
		}
	}
	if status, text := p.whole(t, http.MethodPost, "/api/generate", map[string]any{"model": "wisp", "prompt": "x", "stream": false}); status != http.StatusOK || !strings.Contains(text, `"done":true`) {
		t.Errorf("generate: %d %s", status, text)
	}
	pid := p.cmd.Process.Pid
	if c := children(t, pid); len(c) > 0 {
		t.Errorf("children %v", c)
	}
	listening := 0
	for _, s := range sockets(t, pid) {
		switch {
		case s.table == "tcp" && s.state == tcpListen:
			listening++
		case strings.HasPrefix(s.table, "tcp") && s.state != tcpListen: // a connection of ours to one of its listeners
			if !strings.HasSuffix(p.ready.Listen, ":"+s.localPort) && !strings.HasSuffix(p.ready.Control, ":"+s.localPort) {
				t.Errorf("a connection of its own: %+v", s)
			}
		default:
			t.Errorf("a socket beside its listeners: %+v", s)
		}
	}
	if listening != 2 {
		t.Errorf("%d listeners, want those for requests and for the agent", listening)
	}
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.log(t))
	}
	if log := p.log(t); !strings.Contains(log, "msg=ready") || strings.Contains(log, "falcon") {
		t.Errorf("want what podd says in the log, and no prompt: %s", log)
	}
}

// What cannot run says so on standard error, however silent Ollama is kept.
func TestOneProcessRefuses(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte(`{"rpc":"http://x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		exit int
		want string
	}{
		{nil, 2, "usage: podd-allinone --config FILE"},
		{[]string{"--config", broken}, 1, `podd-allinone: configuration ` + broken + `: json: unknown field "rpc"`},
		{[]string{"--config", filepath.Join(dir, "nosuch")}, 1, "no such file"},
		{[]string{"runner", "--model", "x", "--port", "1"}, 2, "usage: podd-allinone --config FILE"},
	} {
		cmd := exec.Command(*podPath, c.args...)
		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != c.exit || !strings.Contains(string(out), c.want) {
			t.Errorf("%q: exit %d, %q; want %d and %q", c.args, cmd.ProcessState.ExitCode(), out, c.exit, c.want)
		}
	}
	out, err := exec.Command(*podPath, "--version").Output()
	if err != nil || !strings.HasPrefix(string(out), "podd-allinone ") {
		t.Errorf("--version: %q, %v", out, err)
	}
}
