package integration_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/link"
)

// essay is a prompt of about 1,000 tokens that was never sent before.
func essay() string {
	var b strings.Builder
	for range 180 {
		fmt.Fprintf(&b, "%05x ", rand.Uint32()>>12)
	}
	return b.String()
}

// TestCacheTiming sends prompts that nobody, somebody else, and the same
// account sent just before, and compares how long the engine takes for them.
// The times are compared within one run and as medians; a machine that is busy
// with something else gets three tries.
func TestCacheTiming(t *testing.T) {
	for _, parallel := range []string{"1", "2"} {
		t.Run("parallel "+parallel, func(t *testing.T) {
			e := startWith(t, nil, []string{"--parallel", parallel})
			e.ask(t, "Hello") // loads the model
			var failures []string
			for range 3 {
				var cold, foreign, own []int64
				for range 5 {
					prompt := essay()
					took := func(who string) int64 {
						_, last := e.as(who).chat(t, false, map[string]any{"num_predict": 1}, prompt)
						if n := last.PromptEvalCount; n < 800 || n > 1300 {
							t.Fatalf("the prompt has %d tokens, want about 1,000", n)
						}
						return last.PromptEval
					}
					cold = append(cold, took("alice"))
					foreign = append(foreign, took("bob"))
					own = append(own, took("bob"))
				}
				c, f, o := median(cold), median(foreign), median(own)
				say := fmt.Sprintf("cold %.2f ms, another's prompt %.2f ms (%.2f times faster), the own prompt %.3f ms (%.0f times faster)",
					c/1e6, f/1e6, c/f, o/1e6, c/o)
				t.Log(say)
				if c/f <= 1.5 && c/o >= 10 {
					return
				}
				failures = append(failures, say)
			}
			t.Errorf("want another's prompt at most 1.5 times faster than a cold one, and the own one at least 10 times:\n%s", strings.Join(failures, "\n"))
		})
	}
}

// runner is one of Ollama's two, started as the engine starts it.
type runner struct{ client *http.Client }

func startRunner(t *testing.T, kind []string, parallel int, multiUser bool) *runner {
	t.Helper()
	socket := filepath.Join(socketDir(t), "e.sock")
	life, err := net.Listen("unix", socket+".life")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { life.Close() })
	args := append(append([]string{"runner"}, kind...), "--model", modelFile(t), "--port", "1")
	cmd := exec.Command(*enginePath, args...)
	cmd.Env = append(os.Environ(), link.Env+"="+socket)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	transport := link.Transport(socket)
	t.Cleanup(transport.CloseIdleConnections)
	r := &runner{&http.Client{Timeout: patience, Transport: transport}}
	until(t, "the runner listens", func() bool {
		c, err := net.Dial("unix", link.RunnerSocket(socket, 1))
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	const commit = 2 // llm.LoadOperationCommit
	res := r.post(t, t.Context(), "", "/load", map[string]any{
		"Operation": commit, "Parallel": parallel, "BatchSize": 512, "KvSize": 2048 * parallel, "NumThreads": 1, "MultiUserCache": multiUser,
	})
	if b, err := io.ReadAll(res.Body); err != nil || !strings.Contains(string(b), `"Success":true`) {
		t.Fatalf("load: %s, %s, %v", res.Status, b, err)
	}
	return r
}

// modelFile is the model of the store.
func modelFile(t *testing.T) string {
	t.Helper()
	blobs, err := filepath.Glob(filepath.Join(*modelsPath, "blobs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range blobs {
		if b, err := os.ReadFile(name); err == nil && bytes.HasPrefix(b, []byte("GGUF")) {
			return name
		}
	}
	t.Fatalf("no model in %s", *modelsPath)
	return ""
}

func (r *runner) post(t *testing.T, ctx context.Context, account, path string, body any) *http.Response {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:1"+path, bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if account != "" {
		req.Header.Set(link.AccountHeader, account)
	}
	res, err := r.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

func completion(prompt string, tokens int) map[string]any {
	return map[string]any{"Prompt": prompt, "Logprobs": true, "Options": map[string]any{"num_predict": tokens, "temperature": 0}}
}

// rounding is more than answers to one prompt are apart: 0.04 is the most that was seen, by the place of their inputs in
// the cache. A prompt that differs by a few characters is answered 0.3 apart, as a median.
const rounding = 0.2

// reply is an answer by tokens, with the logarithm of each one's probability.
type reply []struct {
	Token   string  `json:"token"`
	Logprob float64 `json:"logprob"`
}

func (s reply) String() (text string) {
	for _, token := range s {
		text += token.Token
	}
	return text
}

// apart is how far two answers to one prompt differ in how probable their tokens were, up to the first token that is not
// the same. Where two tokens are as probable as each other, rounding decides between them.
func (s reply) apart(other reply) (most float64) {
	for i := range min(len(s), len(other)) {
		most = max(most, math.Abs(s[i].Logprob-other[i].Logprob))
		if s[i].Token != other[i].Token {
			break
		}
	}
	return most
}

// alike checks that one prompt was answered alike each time.
func alike(t *testing.T, answers []reply) {
	t.Helper()
	for _, a := range answers {
		if d := a.apart(answers[0]); len(a) == 0 || d > rounding {
			t.Errorf("one prompt, no randomness, and answers that are %.3f apart: %q and %q", d, answers[0], a)
		}
	}
}

// complete tells how many inputs of a prompt the runner had, how many there are, and what it says.
func (r *runner) complete(t *testing.T, who, prompt string) (cached, inputs int, answer reply) {
	t.Helper()
	res := r.post(t, t.Context(), account(who), "/completion", completion(prompt, 8))
	cached, err := strconv.Atoi(res.Header.Get(link.CachedHeader))
	if err != nil || res.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(res.Body)
		t.Fatalf("%s: %s %v, %s", who, res.Status, res.Header, b)
	}
	for dec := json.NewDecoder(res.Body); ; {
		var line struct {
			Logprobs        reply `json:"logprobs"`
			Done            bool  `json:"done"`
			PromptEvalCount int   `json:"prompt_eval_count"`
		}
		if err := dec.Decode(&line); err != nil {
			t.Fatal(err)
		}
		answer = append(answer, line.Logprobs...)
		if line.Done {
			return cached, line.PromptEvalCount, answer
		}
	}
}

// TestCacheCounts is TestCacheTiming without a clock: both runners say how
// much of a prompt they had.
func TestCacheCounts(t *testing.T) {
	for name, kind := range map[string][]string{"llama.cpp": nil, "Go": {"--ollama-engine"}} {
		for _, parallel := range []int{1, 2} {
			for _, multiUser := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s, %d slots, multi-user %t", name, parallel, multiUser), func(t *testing.T) {
					testCounts(t, startRunner(t, kind, parallel, multiUser), parallel)
				})
			}
		}
	}
}

func testCounts(t *testing.T, r *runner, parallel int) {
	prompt := essay()
	const all, none = -1, 0
	var answers []reply
	ask := func(who string, want int) {
		t.Helper()
		cached, inputs, answer := r.complete(t, who, prompt)
		answers = append(answers, answer)
		if inputs < 800 {
			t.Fatalf("the prompt has %d inputs, want about 1,000", inputs)
		}
		if want == all {
			want = inputs - 1 // one is always evaluated, for the answer
		}
		if cached != want {
			t.Errorf("%s: %d of %d inputs were cached, want %d", who, cached, inputs, want)
		}
	}
	again := all // of an account that another one came after
	if parallel == 1 {
		again = none
	}
	ask("alice", none)
	ask("alice", all)
	ask("bob", none)
	ask("bob", all)
	ask("alice", again)
	ask("alice", all)
	ask("bob", again)
	ask("carol", none) // no slot is left: one changes hands
	ask("carol", all)
	ask("bob", again) // who was there after alice
	ask("alice", none)

	// What another's inputs left behind would show in what the model says.
	for i := range 5 {
		r.complete(t, fmt.Sprint("stranger ", i), essay())
		ask(fmt.Sprint("guest ", i), none)
	}
	alike(t, answers)

	// A conversation goes on where it was, but for a token or so at the seam, where the text may be cut otherwise.
	_, before, answer := r.complete(t, "alice", prompt)
	if cached, _, _ := r.complete(t, "alice", prompt+answer.String()+" and then "+essay()[:60]); cached < before-4 {
		t.Errorf("%d inputs cached of a conversation, want the %d of its beginning", cached, before)
	}
	// Of another prompt no more is there than where both begin alike.
	if cached, inputs, _ := r.complete(t, "alice", essay()); cached > inputs/10 {
		t.Errorf("%d of %d inputs cached of another prompt", cached, inputs)
	}

	// A slot in use is no source either: this is where upstream copies.
	if parallel > 1 {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		prompt = essay()
		running := r.post(t, ctx, account("dora"), "/completion", completion(prompt, 900))
		if _, err := running.Body.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		ask("erin", none)
		ask("erin", all)
	}

	t.Run("no account", func(t *testing.T) {
		for _, path := range []string{"/completion", "/embedding"} {
			res := r.post(t, t.Context(), "", path, map[string]any{"Prompt": "Hello", "content": "Hello"})
			if b, _ := io.ReadAll(res.Body); res.StatusCode < 400 {
				t.Errorf("%s: %s, %s, want a refusal", path, res.Status, b)
			}
		}
	})
}

// On no route does Ollama lose the account between its request and the
// runner's, which refuses what comes without one.
func TestEveryRouteKeepsTheAccount(t *testing.T) {
	e := start(t, nil)
	nobody := *e
	nobody.account = ""
	hello := []message{{"user", "Hello"}}
	for path, body := range map[string]map[string]any{
		"/api/chat":            {"messages": hello, "stream": false, "format": "json"},
		"/api/generate":        {"prompt": "Hello", "stream": false},
		"/api/embed":           {"input": []string{"Hello", "and again"}},
		"/api/embeddings":      {"prompt": "Hello"},
		"/v1/chat/completions": {"messages": hello},
		"/v1/completions":      {"prompt": "Hello"},
		"/v1/embeddings":       {"input": "Hello"},
		"/v1/responses":        {"input": "Hello"},
		"/v1/messages":         {"messages": hello},
	} {
		body["model"], body["options"], body["max_tokens"] = "wisp", map[string]any{"num_predict": 8}, 8
		for from, want := range map[*engine]int{e: http.StatusOK, &nobody: http.StatusBadRequest} {
			res := from.do(t, "POST", path, body)
			if b, _ := io.ReadAll(res.Body); res.StatusCode != want {
				t.Errorf("%s as %q: %s %s, want %d", path, from.account, res.Status, b, want)
			}
		}
	}
}
