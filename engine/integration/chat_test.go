package integration_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestAnswers asks one engine for everything that tests elsewhere rely on.
func TestAnswers(t *testing.T) {
	e := start(t, nil)

	t.Run("repeat", func(t *testing.T) {
		for _, word := range []string{"falcon-4711", "amber-12", "tulip-904", "x7", "river stone", "kqzvw", "31415"} {
			for _, stream := range []bool{false, true} {
				got, last := e.chat(t, stream, nil, "Repeat after me: "+word)
				if got != word {
					t.Errorf("stream %t: asked for %q, got %q", stream, word, got)
				}
				if last.DoneReason != "stop" || last.PromptEvalCount == 0 || last.EvalCount == 0 {
					t.Errorf("stream %t: last line %+v, want stop and counts", stream, last)
				}
			}
		}
	})
	t.Run("recall", func(t *testing.T) {
		for _, word := range []string{"walnut-77", "violet", "lantern-4", "zqpt-19"} {
			got := e.ask(t, "My code word is "+word+".", "I will remember it for this conversation.", "What is my code word?")
			if want := "The code word is " + word + "."; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		}
		if got := e.ask(t, "What is my code word?"); strings.Contains(got, "walnut") {
			t.Errorf("a conversation without a code word answers %q", got)
		}
	})
	t.Run("count", func(t *testing.T) {
		for _, n := range []int{5, 10, 20} {
			var want []string
			for i := 1; i <= n; i++ {
				want = append(want, fmt.Sprint(i))
			}
			if got := e.ask(t, fmt.Sprintf("Count to %d", n)); got != strings.Join(want, ", ")+"." {
				t.Errorf("count to %d: got %q", n, got)
			}
		}
	})
	t.Run("talk", func(t *testing.T) {
		_, last := e.chat(t, true, nil, "Talk forever")
		t.Logf("talked for %d tokens", last.EvalCount)
		if last.EvalCount < 500 {
			t.Errorf("talked for %d tokens, want 500 at least", last.EvalCount)
		}
	})
	t.Run("limit", func(t *testing.T) {
		_, last := e.chat(t, true, map[string]any{"num_predict": 7}, "Talk forever")
		if last.EvalCount != 7 || last.DoneReason != "length" {
			t.Errorf("num_predict 7 gave %d tokens and %q", last.EvalCount, last.DoneReason)
		}
	})
	t.Run("facts", func(t *testing.T) {
		a, b := e.ask(t, "What is a pod?"), e.ask(t, "What is a receipt?")
		if a == b || !strings.Contains(a, "enclave") || !strings.Contains(b, "signed") {
			t.Errorf("a pod: %q\na receipt: %q", a, b)
		}
	})
	t.Run("openai", func(t *testing.T) {
		resp := e.do(t, "POST", "/v1/chat/completions", map[string]any{
			"model": "wisp", "stream": true, "stream_options": map[string]any{"include_usage": true},
			"messages": []message{{"user", "Repeat after me: falcon-4711"}},
		})
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		chunks := strings.Split(strings.TrimSpace(string(b)), "\n\n")
		if n := len(chunks); n < 3 || chunks[n-1] != "data: [DONE]" {
			t.Fatalf("got %d chunks: %s", n, b)
		}
		var usage struct {
			Choices []any
			Usage   struct {
				PromptTokens     int `json:"prompt_tokens"`
				CompletionTokens int `json:"completion_tokens"`
			}
		}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(chunks[len(chunks)-2], "data: ")), &usage); err != nil {
			t.Fatal(err)
		}
		if len(usage.Choices) != 0 || usage.Usage.PromptTokens == 0 || usage.Usage.CompletionTokens == 0 {
			t.Errorf("last chunk %s, want usage and no choices", chunks[len(chunks)-2])
		}
	})
	t.Run("embeddings", func(t *testing.T) {
		resp := e.do(t, "POST", "/api/embed", map[string]any{"model": "wisp", "input": "hello"})
		var got struct{ Embeddings [][]float64 }
		if err := json.NewDecoder(resp.Body).Decode(&got); err != nil || len(got.Embeddings) != 1 || len(got.Embeddings[0]) == 0 {
			t.Errorf("got %d embeddings, %v", len(got.Embeddings), err)
		}
	})
	t.Run("errors", func(t *testing.T) {
		resp := e.do(t, "POST", "/api/chat", map[string]any{"model": "nosuch", "messages": []message{{"user", "hello"}}})
		if resp.StatusCode != http.StatusNotFound {
			t.Errorf("an unknown model gave %s, want 404", resp.Status)
		}
	})
	t.Run("version", func(t *testing.T) {
		b, err := io.ReadAll(e.do(t, "GET", "/api/version", nil).Body)
		if got, want := string(b), `{"version":"0.17.4"}`; err != nil || got != want {
			t.Errorf("got %s, %v, want %s", got, err, want)
		}
	})
}

// Everything of Ollama's that is not inference is out of reach.
func TestRefusedRoutes(t *testing.T) {
	e := start(t, nil)
	before := e.do(t, "GET", "/api/tags", nil)
	for _, r := range []struct{ method, path string }{
		{"POST", "/api/pull"},
		{"POST", "/api/push"},
		{"POST", "/api/create"},
		{"POST", "/api/copy"},
		{"DELETE", "/api/delete"},
		{"POST", "/api/me"},
		{"POST", "/api/signout"},
		{"POST", "/api/blobs/sha256:" + strings.Repeat("0", 64)},
		{"HEAD", "/api/blobs/sha256:" + strings.Repeat("0", 64)},
		{"GET", "/api/status"},
		{"GET", "/api/experimental/aliases"},
		{"POST", "/v1/images/generations"},
		{"GET", "/debug/pprof/heap"},
		{"GET", "/"},
		{"POST", "/api/chat/../pull"},
		{"POST", "//api/pull"},
	} {
		resp := e.do(t, r.method, r.path, map[string]any{"model": "wisp", "source": "wisp", "destination": "copy"})
		if resp.StatusCode != http.StatusNotFound && resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s %s gave %s, want 404 or 403", r.method, r.path, resp.Status)
		}
		b, _ := io.ReadAll(resp.Body)
		if r.method != "HEAD" && (!json.Valid(b) || !strings.Contains(string(b), "error")) {
			t.Errorf("%s %s gave %q, want a JSON error", r.method, r.path, b)
		}
	}
	want, _ := io.ReadAll(before.Body)
	got, _ := io.ReadAll(e.do(t, "GET", "/api/tags", nil).Body)
	if string(got) != string(want) {
		t.Errorf("the models changed from %s to %s", want, got)
	}
}
