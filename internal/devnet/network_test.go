package devnet

import (
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

func TestNetwork(t *testing.T) {
	wire := new(wiretap)
	n := start(t, func(c *Config) { c.Transport = wire.transport() })

	t.Run("podd is bin/podd", func(t *testing.T) {
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
	n := start(t, func(c *Config) { c.Funds = protocol.Units(1) })
	for path, shape := range map[string]string{"/api/chat": `{"error":"`, "/v1/chat/completions": `"type":`} {
		status, text := post(t, n, path, `{"model":"wisp","messages":[{"role":"user","content":"x"}]}`)
		if status != http.StatusPaymentRequired || !strings.Contains(text, "phallama wallet") || !strings.Contains(text, shape) {
			t.Errorf("%s: %d %s, want 402 and what to do", path, status, text)
		}
	}
}

func TestPartsThatAreGone(t *testing.T) {
	n := start(t, nil)
	ask := func(want string) {
		t.Helper()
		status, text := post(t, n, "/api/chat", `{"model":"wisp","messages":[{"role":"user","content":"x"}]}`)
		if status != http.StatusServiceUnavailable && status != http.StatusBadGateway || !strings.Contains(text, want) {
			t.Errorf("%d %s, want 502 or 503 and %q", status, text, want)
		}
	}
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
	if err := n.Pod().podd.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	<-n.Pod().podd.done
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
	bin, dir := t.TempDir(), t.TempDir()
	for _, next := range []string{"podd", "engine"} {
		_, err := Start(t.Context(), Config{Dir: dir, Bin: bin, Model: testModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0"})
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
