package integration_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/ollama/ollama/fs/ggml"

	"github.com/phallama/phallama/engine/pulse"
)

// cutModel copies the store, points the tests at the copy, and returns what
// cuts the weights off the model's file, as podd does once they are loaded.
func cutModel(t *testing.T) (cut func(), whole []byte, path string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "models")
	if err := os.CopyFS(dir, os.DirFS(*modelsPath)); err != nil {
		t.Fatal(err)
	}
	old := *modelsPath
	*modelsPath = dir
	t.Cleanup(func() { *modelsPath = old })
	blobs, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range blobs {
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		model, err := ggml.Decode(file, 0)
		file.Close()
		if err != nil {
			continue
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := os.Truncate(path, int64(model.Tensors().Offset)); err != nil {
				t.Fatal(err)
			}
		}, whole, path
	}
	t.Fatal("no GGUF file in the store")
	return nil, nil, ""
}

// A loaded model needs no more of its file than the metadata: podd cuts its
// copy short. What is left is refused when it is to be loaded.
func TestServesWithoutWeights(t *testing.T) {
	cut, whole, path := cutModel(t)
	e := start(t, nil)
	load := func() (int, string) {
		resp := e.do(t, "POST", "/api/generate", map[string]any{"model": "wisp", "keep_alive": -1, "stream": false})
		text, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(text)
	}
	if status, text := load(); status != http.StatusOK {
		t.Fatalf("%d %s", status, text)
	}
	cut()
	for range 2 {
		if got := e.ask(t, "Repeat after me: falcon-4711"); got != "falcon-4711" {
			t.Errorf("chat: %q", got)
		}
	}
	if text, _ := e.chat(t, true, nil, "Repeat after me: falcon-12"); text != "falcon-12" {
		t.Errorf("streamed: %q", text)
	}
	for path, body := range map[string]map[string]any{
		"/api/generate":        {"model": "wisp", "prompt": "Hello", "stream": false},
		"/api/embed":           {"model": "wisp", "input": "Hello"},
		"/api/embeddings":      {"model": "wisp", "prompt": "Hello"},
		"/v1/chat/completions": {"model": "wisp", "messages": []message{{"user", "Hello"}}},
		"/v1/completions":      {"model": "wisp", "prompt": "Hello", "max_tokens": 4},
		"/v1/embeddings":       {"model": "wisp", "input": "Hello"},
		"/v1/responses":        {"model": "wisp", "input": "Hello"},
		"/v1/messages":         {"model": "wisp", "max_tokens": 4, "messages": []message{{"user", "Hello"}}},
		"/api/show":            {"model": "wisp"},
		"/api/tags":            nil,
		"/api/ps":              nil,
		"/v1/models":           nil,
	} {
		method := "POST"
		if body == nil {
			method = "GET"
		}
		var b any
		if body != nil {
			b = body
		}
		resp := e.do(t, method, path, b)
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK || len(text) < 20 {
			t.Errorf("%s: %d %.200s %v", path, resp.StatusCode, text, err)
		}
	}
	e = start(t, nil)
	if status, text := load(); status != http.StatusInternalServerError || !strings.Contains(text, "exceeds file size") {
		t.Errorf("loading what was cut: %d %s", status, text)
	}
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, text := load(); status != http.StatusOK {
		t.Errorf("loading it again whole: %d %s", status, text)
	}
	if got := e.ask(t, "Repeat after me: falcon-4711"); got != "falcon-4711" {
		t.Errorf("chat: %q", got)
	}
}

// No file of a model is mapped, whatever its parameters say: one that is cut
// short would end the process.
func TestNothingIsMapped(t *testing.T) {
	e := start(t, nil)
	e.chat(t, false, map[string]any{"use_mmap": true}, "Hello")
	for _, pid := range append(children(t, e.cmd.Process.Pid), e.cmd.Process.Pid) {
		maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(maps), "/blobs/") {
			t.Errorf("process %d maps a model file", pid)
		}
	}
}

func (e *engine) pulse(t *testing.T) (s pulse.State) {
	t.Helper()
	if err := json.NewDecoder(e.do(t, "GET", pulse.Path, nil).Body).Decode(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

// An engine whose model is stopped in the middle of its work ends, with its
// own status, and takes the stopped runner with it.
func TestWedge(t *testing.T) {
	extra = []string{"--wedge-after", "2s"}
	defer func() { extra = nil }()
	e := start(t, nil)
	e.ask(t, "Hello")
	time.Sleep(3 * time.Second) // longer than the limit, and idle
	if s := e.pulse(t); s != (pulse.State{}) {
		t.Errorf("idle: %+v", s)
	}
	runner := children(t, e.cmd.Process.Pid)[0]
	for stopped := false; !stopped; {
		resp := e.do(t, "POST", "/api/chat", map[string]any{"model": "wisp", "messages": []message{{"user", "Talk forever"}}})
		if err := syscall.Kill(runner, syscall.SIGSTOP); err != nil {
			t.Fatal(err)
		}
		rest, err := io.ReadAll(resp.Body)
		if stopped = err != nil || !strings.Contains(string(rest), `"done":true`); !stopped { // it was faster
			_ = syscall.Kill(runner, syscall.SIGCONT)
		}
	}
	_ = e.cmd.Wait()
	if code := e.cmd.ProcessState.ExitCode(); code != 3 || !strings.Contains(e.stderr.String(), "computed nothing") {
		t.Errorf("the engine ended with status %d and said %q", code, e.stderr)
	}
	until(t, "the runner ends", func() bool { return gone(runner) })
	left, err := os.ReadDir(filepath.Dir(e.socket))
	if err != nil || len(left) > 0 {
		t.Errorf("files left: %v, %v", left, err)
	}
}
