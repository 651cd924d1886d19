package devnet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

const testModel = "wisp:latest"

// start runs a network of real parts in a directory of the test's own. It needs bin/, which `make engine build` fills.
func start(t *testing.T, change func(*Config)) *Network {
	t.Helper()
	bin, err := filepath.Abs("../../bin")
	if err != nil {
		t.Fatal(err)
	}
	config := Config{
		Dir: t.TempDir(), Bin: bin, Models: filepath.Join(bin, "models"), Model: testModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0",
		Funds: protocol.Tokens(10),
	}
	if change != nil {
		change(&config)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	n, err := Start(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

// forms runs a test on each form of a pod. Only what passes through a pod differs between them.
func forms(t *testing.T, test func(t *testing.T, form Enclave)) {
	t.Helper()
	t.Parallel() // networks wait more than they compute
	for _, form := range Enclaves {
		t.Run(string(form), func(t *testing.T) {
			t.Parallel()
			test(t, form)
		})
	}
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// post sends a request to the gateway and returns status and body.
func post(t *testing.T, n *Network, path, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, n.Gateway+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

// chat asks over /api/chat and returns the answer's text.
func chat(t *testing.T, n *Network, stream bool, messages ...message) string {
	t.Helper()
	body, err := json.Marshal(map[string]any{"model": "wisp", "stream": stream, "messages": messages})
	if err != nil {
		t.Fatal(err)
	}
	status, text := post(t, n, "/api/chat", string(body))
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, text)
	}
	var answer strings.Builder
	lines := 0
	for decoder := json.NewDecoder(strings.NewReader(text)); ; lines++ {
		var piece struct{ Message message }
		if err := decoder.Decode(&piece); err == io.EOF {
			break
		} else if err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		answer.WriteString(piece.Message.Content)
	}
	if stream != (lines > 1) {
		t.Errorf("stream %v: %d lines", stream, lines)
	}
	return answer.String()
}

func user(text string) message { return message{"user", text} }

func TestNetwork(t *testing.T) { forms(t, testNetwork) }

func testNetwork(t *testing.T, form Enclave) {
	wire := new(wiretap)
	n := start(t, func(c *Config) { c.Enclave, c.Transport = form, wire.transport() })

	t.Run("podd is the binary of its form", func(t *testing.T) {
		running, err := os.Readlink(fmt.Sprintf("/proc/%d/exe", n.Pod().podd.cmd.Process.Pid))
		if err != nil || running != n.Podd {
			t.Errorf("the child runs %s, want %s (%v)", running, n.Podd, err)
		}
		measurement, err := fileDigest(n.Podd)
		if err != nil {
			t.Fatal(err)
		}
		pods, err := n.Client.Pods(t.Context())
		if err != nil || len(pods) != 1 || pods[0].Claims == nil || pods[0].Claims.MRENCLAVE != measurement {
			t.Errorf("pods %+v (%v), want one whose measurement is the file's, %s", pods, err, measurement)
		}
	})
	t.Run("answers depend on the prompt", func(t *testing.T) {
		for _, stream := range []bool{true, false} {
			if got := chat(t, n, stream, user("Repeat after me: falcon-4711")); !strings.Contains(got, "falcon-4711") {
				t.Errorf("stream %v: %q", stream, got)
			}
		}
		if a, b := chat(t, n, false, user("What is an enclave?")), chat(t, n, false, user("What is a receipt?")); a == b || a == "" {
			t.Errorf("two prompts, one answer: %q", a)
		}
	})
	t.Run("answers depend on the history", func(t *testing.T) {
		tell := user("My code word is tango.")
		said := chat(t, n, false, tell)
		if got := chat(t, n, false, tell, message{"assistant", said}, user("What is my code word?")); !strings.Contains(got, "tango") {
			t.Errorf("asked for the code word: %q", got)
		}
	})
	t.Run("the other APIs", func(t *testing.T) {
		if status, text := post(t, n, "/api/generate", `{"model":"wisp","prompt":"Repeat after me: falcon-4712"}`); status != http.StatusOK || !strings.Contains(text, `"done":true`) {
			t.Errorf("generate: %d %s", status, text)
		}
		status, text := post(t, n, "/v1/chat/completions", `{"model":"wisp","stream":true,"messages":[{"role":"user","content":"Repeat after me: falcon-4713"}]}`)
		if status != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(text), "data: [DONE]") || strings.Contains(text, `"usage":{`) {
			t.Errorf("completions, streamed: %d %s", status, text)
		}
	})
	t.Run("an answer that is given up is paid as far as it came", func(t *testing.T) { testAbort(t, n) })
	t.Run("a pod in one process has no child", func(t *testing.T) {
		pid := n.Pod().podd.cmd.Process.Pid
		tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
		if err != nil || len(tasks) == 0 {
			t.Skipf("this kernel does not list children: %v", err)
		}
		for _, task := range tasks {
			if children, err := os.ReadFile(task); err == nil && len(children) > 0 {
				t.Errorf("%s: %s", task, children)
			}
		}
		if (n.engine == nil) != (form == AllInOne) {
			t.Errorf("an engine beside the pod: %v", n.engine != nil)
		}
	})
	t.Run("the wire holds no content", func(t *testing.T) {
		sent, received := wire.captured()
		if len(sent) < 2048 || len(received) < 1024 {
			t.Fatalf("captured %d and %d bytes: the tap is not on the wire", len(sent), len(received))
		}
		for _, word := range []string{"falcon", "Repeat after me", "tango", "code word", "enclave?", "wisp", "/api/chat", "done_reason", "phallama-pay", "eval_count"} {
			if bytes.Contains(sent, []byte(word)) || bytes.Contains(received, []byte(word)) {
				t.Errorf("%q is on the wire", word)
			}
		}
	})
	t.Run("the chain moves the sum of the receipts", func(t *testing.T) {
		before, err := n.Chain.Claimable(t.Context(), n.Pod().ID)
		if err != nil {
			t.Fatal(err)
		}
		settled, err := n.Agent().SettleNow(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		sum := sumOfReceipts(t, n.config.Dir)
		after, err := n.Chain.Claimable(t.Context(), n.Pod().ID)
		if err != nil {
			t.Fatal(err)
		}
		moved, err := after.Sub(before)
		if err != nil || moved != sum || settled.Charged != sum {
			t.Errorf("receipts sum up to %s, the batch says %s, the chain moved %s (%v)", sum, settled.Charged, moved, err)
		}
		if _, err := n.Agent().SettleNow(t.Context()); err == nil {
			t.Error("settling again found something to move")
		}
	})
	t.Run("refusals", func(t *testing.T) { testRefusals(t, n) })
}

// testAbort gives a long answer up after its first lines. What comes after is answered, and the bill turns up.
func testAbort(t *testing.T, n *Network) {
	before, err := n.Client.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	body := `{"model":"wisp","messages":[{"role":"user","content":"Talk forever"}]}`
	resp, err := http.Post(n.Gateway+"/api/chat", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(resp.Body)
	for range 3 {
		if _, err := lines.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	_ = resp.Body.Close()
	for asked := 1; ; asked++ { // the pod may still be at it when it is asked next
		if got := chat(t, n, false, user("Repeat after me: falcon-4714")); !strings.Contains(got, "falcon-4714") {
			t.Errorf("after an abort: %q", got)
		}
		after, err := n.Client.Receipts()
		if err != nil {
			t.Fatal(err)
		}
		if len(after) == len(before)+asked+1 {
			for _, r := range after[len(before):] {
				if r.Receipt.Cost.IsZero() {
					t.Errorf("%s costs nothing", r.Receipt.Finish)
				}
			}
			return
		}
		if asked == 300 {
			t.Fatalf("%d receipts more after %d answers, one of them given up", len(after)-len(before), asked+1)
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func testRefusals(t *testing.T, n *Network) {
	before := sumOfReceipts(t, n.config.Dir)
	for _, c := range []struct {
		name, path, body string
		status           int
		want             string // in the error's message
	}{
		{"unknown model", "/api/chat", `{"model":"no-such","messages":[]}`, 404, "no-such"},
		{"unknown model", "/v1/chat/completions", `{"model":"no-such","messages":[]}`, 404, "no-such"},
		{"malformed JSON", "/api/chat", `{"model":`, 400, "JSON"},
		{"malformed JSON", "/v1/chat/completions", `nonsense`, 400, "JSON"},
		{"no model", "/api/generate", `{"prompt":"x"}`, 400, "model"},
		{"management", "/api/pull", `{"model":"x"}`, 0, ""},
		{"engine's own refusal", "/api/chat", `{"model":"wisp","messages":"x"}`, 400, "messages"},
	} {
		t.Run(c.name+" "+c.path, func(t *testing.T) {
			status, text := post(t, n, c.path, c.body)
			message := ""
			if strings.HasPrefix(c.path, "/v1") {
				var shape struct {
					Error struct{ Message, Type string }
				}
				if err := json.Unmarshal([]byte(text), &shape); err != nil || shape.Error.Type == "" {
					t.Errorf("not OpenAI's shape: %s", text)
				}
				message = shape.Error.Message
			} else {
				var shape struct{ Error string }
				if err := json.Unmarshal([]byte(text), &shape); err != nil {
					t.Errorf("not Ollama's shape: %s", text)
				}
				message = shape.Error
			}
			if c.status != 0 && status != c.status || status < 400 || message == "" || !strings.Contains(message, c.want) {
				t.Errorf("%d %s, want %d and %q", status, text, c.status, c.want)
			}
		})
	}
	if after := sumOfReceipts(t, n.config.Dir); after != before {
		t.Errorf("refusals cost: receipts sum up to %s, before to %s", after, before)
	}
}

func TestNoFunds(t *testing.T) {
	t.Parallel()
	n := start(t, func(c *Config) { c.Funds = protocol.Units(1) })
	for path, shape := range map[string]string{"/api/chat": `{"error":"`, "/v1/chat/completions": `"type":`} {
		status, text := post(t, n, path, `{"model":"wisp","messages":[{"role":"user","content":"x"}]}`)
		if status != http.StatusPaymentRequired || !strings.Contains(text, "phallama wallet") || !strings.Contains(text, shape) {
			t.Errorf("%s: %d %s, want 402 and what to do", path, status, text)
		}
	}
}

func TestPartsThatAreGone(t *testing.T) { forms(t, testPartsThatAreGone) }

func testPartsThatAreGone(t *testing.T, form Enclave) {
	n := start(t, func(c *Config) { c.Enclave = form })
	ask := func(want string) {
		t.Helper()
		status, text := post(t, n, "/api/chat", `{"model":"wisp","messages":[{"role":"user","content":"x"}]}`)
		if status != http.StatusServiceUnavailable && status != http.StatusBadGateway || !strings.Contains(text, want) {
			t.Errorf("%d %s, want 502 or 503 and %q", status, text, want)
		}
	}
	if form == TwoProcess {
		for range maxRestarts + 1 { // the last time it is not started again
			running := n.runningEngine()
			if err := running.cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-running.done
			for n.runningEngine() == running && len(n.Failed()) == 0 {
				time.Sleep(10 * time.Millisecond)
			}
		}
		if reason := <-n.Failed(); !strings.Contains(reason.Error(), "engine") {
			t.Errorf("the network says %v, want that the engine ended", reason)
		}
		ask("engine")
	}
	if err := n.Pod().podd.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-n.Pod().podd.done
	if reason := <-n.Failed(); !strings.Contains(reason.Error(), "podd ended") {
		t.Errorf("the network says %v, want that podd ended", reason)
	}
	ask("pod")
	if sum := sumOfReceipts(t, n.config.Dir); !sum.IsZero() {
		t.Errorf("receipts sum up to %s, want nothing", sum)
	}
}

func TestPortTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for what, change := range map[string]func(*Config){
		"gateway": func(c *Config) { c.Gateway = taken.Addr().String() },
		"RPC":     func(c *Config) { c.RPC = taken.Addr().String() },
	} {
		config := Config{Dir: t.TempDir(), Bin: "../../bin", Model: testModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0"}
		change(&config)
		if _, err := Start(t.Context(), config); err == nil || !strings.Contains(err.Error(), "taken") || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v, want that its port is taken", what, err)
		}
	}
}

func TestListenStaysLocal(t *testing.T) {
	for _, address := range []string{":11435", "0.0.0.0:0", "192.0.2.1:1", "example.com:1", "11435"} {
		if l, err := Listen("the gateway", address); err == nil {
			l.Close()
			t.Errorf("%s: no error", address)
		}
	}
	l, err := Listen("the gateway", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
}

func TestNotBuilt(t *testing.T) {
	forms(t, testNotBuilt)
}

func testNotBuilt(t *testing.T, form Enclave) {
	bin, dir := t.TempDir(), t.TempDir()
	for _, next := range form.programs() {
		_, err := Start(t.Context(), Config{Dir: dir, Bin: bin, Enclave: form, Model: testModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0"})
		if err == nil || !strings.Contains(err.Error(), next+" is not built: run `make build") {
			t.Errorf("got %v, want to be told to build %s", err, next)
		}
		if err := os.WriteFile(filepath.Join(bin, next), nil, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("a start that could not be left %v, %v", left, err)
	}
}

func sumOfReceipts(t *testing.T, dir string) (sum protocol.Amount) {
	t.Helper()
	state, err := client.ReadState(filepath.Join(dir, "client"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Receipts {
		if sum, err = sum.Add(r.Receipt.Cost); err != nil {
			t.Fatal(err)
		}
	}
	return sum
}

// wiretap records every byte between the gateway's client and pods.
type wiretap struct {
	mu             sync.Mutex
	sent, received bytes.Buffer
}

func (w *wiretap) transport() http.RoundTripper {
	return &http.Transport{DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		return &tappedConn{conn, w}, err
	}}
}

func (w *wiretap) captured() (sent, received []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return bytes.Clone(w.sent.Bytes()), bytes.Clone(w.received.Bytes())
}

type tappedConn struct {
	net.Conn
	tap *wiretap
}

func (c *tappedConn) Write(b []byte) (int, error) {
	n, err := c.Conn.Write(b)
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	c.tap.sent.Write(b[:n])
	return n, err
}

func (c *tappedConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	c.tap.mu.Lock()
	defer c.tap.mu.Unlock()
	c.tap.received.Write(b[:n])
	return n, err
}

func TestUnknownForm(t *testing.T) {
	_, err := Start(t.Context(), Config{Dir: t.TempDir(), Bin: "../../bin", Model: testModel, Enclave: "one"})
	if err == nil || !strings.Contains(err.Error(), `two-process or all-in-one, got "one"`) {
		t.Error(err)
	}
}

// Wherever the data directory is, the engine's socket has a path that the engine accepts: 94 bytes at most.
func TestSocketPathsFit(t *testing.T) {
	base := t.TempDir()
	for length := len(base) + 2; length < 120; length++ {
		n := &Network{config: Config{Dir: filepath.Join(base, strings.Repeat("x", length-len(base)-1))}}
		if err := os.MkdirAll(n.path(""), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := n.makeSockets(); err != nil {
			t.Fatal(err)
		}
		if socket := n.socket("engine"); len(socket) > 94 {
			t.Errorf("a data directory of %d bytes gives a socket of %d: %s", length, len(socket), socket)
		}
		for _, closer := range n.closers {
			if err := closer(); err != nil {
				t.Error(err)
			}
		}
	}
}
