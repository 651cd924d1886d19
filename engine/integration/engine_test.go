// Package integration runs what was built: the engine, and the pod in one
// process. `make engine` comes first; other paths can be given with -engine,
// -pod and -models.
package integration_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/engine/link"
)

var (
	enginePath = flag.String("engine", "../../bin/engine", "the engine to test")
	modelsPath = flag.String("models", "../../bin/models", "its model store")
)

// extra are further arguments for the engine.
var extra []string

// patience bounds every wait; nothing is measured against it.
const patience = 2 * time.Minute

// engine is a running engine.
type engine struct {
	account string // whom requests are for
	socket  string
	cmd     *exec.Cmd
	stdin   io.Closer
	stdout  *bufio.Reader
	stderr  *bytes.Buffer
	client  *http.Client
}

// start runs the engine, below the given wrapper command if there is one, and
// waits until it says that it is ready.
func start(t testing.TB, env []string, wrapper ...string) *engine {
	t.Helper()
	return startWith(t, env, nil, wrapper...)
}

// startWith is start with further flags.
func startWith(t testing.TB, env, flags []string, wrapper ...string) *engine {
	t.Helper()
	if _, err := os.Stat(*enginePath); err != nil {
		t.Fatalf("%v: run `make engine` first", err)
	}
	e := &engine{account: account("somebody"), socket: filepath.Join(socketDir(t), "e.sock"), stderr: new(bytes.Buffer)}
	args := append(wrapper[:len(wrapper):len(wrapper)], *enginePath, "--socket", e.socket, "--models", *modelsPath)
	args = append(args, flags...)
	e.cmd = exec.Command(args[0], args[1:]...)
	e.cmd.Env = append(os.Environ(), env...)
	e.cmd.Stderr = e.stderr
	stdin, err := e.cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := e.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	e.stdin, e.stdout = stdin, bufio.NewReader(stdout)
	if err := e.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		e.stdin.Close()
		_ = e.cmd.Process.Kill()
		_ = e.cmd.Wait()
	})
	if line, err := e.stdout.ReadString('\n'); line != "ready\n" {
		t.Fatalf("the engine said %q (%v), want ready; stderr: %s", line, err, e.stderr)
	}
	e.client = &http.Client{
		Timeout: patience,
		Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", e.socket)
		}},
	}
	return e
}

// socketDir is a folder with a path short enough for sockets.
func socketDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "engine-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// account is the tag of an account.
func account(name string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(name))) }

// as is the engine as an account asks it.
func (e *engine) as(name string) *engine {
	other := *e
	other.account = account(name)
	return &other
}

// do sends a request with a JSON body, or none if body is nil.
func (e *engine) do(t testing.TB, method, path string, body any) *http.Response {
	t.Helper()
	var r io.Reader = http.NoBody
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r = bytes.NewReader(b)
	}
	req, err := http.NewRequest(method, "http://engine.invalid"+path, r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(link.AccountHeader, e.account)
	resp, err := e.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// line is one line of an /api/chat answer, or the whole of it.
type line struct {
	Message         message
	Done            bool
	DoneReason      string `json:"done_reason"`
	PromptEvalCount int    `json:"prompt_eval_count"`
	EvalCount       int    `json:"eval_count"`
	PromptEval      int64  `json:"prompt_eval_duration"` // nanoseconds
	Error           string
}

// chat sends turns that alternate between user and assistant, and returns the
// whole answer and its last line.
func (e *engine) chat(t *testing.T, stream bool, options map[string]any, turns ...string) (string, line) {
	t.Helper()
	var messages []message
	for i, c := range turns {
		messages = append(messages, message{[]string{"user", "assistant"}[i%2], c})
	}
	resp := e.do(t, "POST", "/api/chat", map[string]any{
		"model": "wisp", "stream": stream, "messages": messages, "options": options,
	})
	if resp.StatusCode != http.StatusOK {
		b, _ := io.ReadAll(resp.Body)
		t.Fatalf("status %s: %s", resp.Status, b)
	}
	var text strings.Builder
	var last line
	lines := 0
	for dec := json.NewDecoder(resp.Body); ; lines++ {
		var l line
		if err := dec.Decode(&l); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		text.WriteString(l.Message.Content)
		last = l
	}
	if !last.Done || (lines > 1) != stream {
		t.Fatalf("stream %t: got %d lines, the last %+v", stream, lines, last)
	}
	return text.String(), last
}

// ask is chat not streamed, for the answer alone.
func (e *engine) ask(t *testing.T, turns ...string) string {
	t.Helper()
	text, _ := e.chat(t, false, nil, turns...)
	return text
}

// children lists the processes whose parent is pid.
func children(t *testing.T, pid int) []int {
	t.Helper()
	var pids []int
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tasks {
		b, _ := os.ReadFile(f)
		for _, w := range strings.Fields(string(b)) {
			n, err := strconv.Atoi(w)
			if err != nil {
				t.Fatal(err)
			}
			pids = append(pids, n)
		}
	}
	return pids
}

// gone reports whether a process has ended, be it reaped or not.
func gone(pid int) bool {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	_, after, _ := strings.Cut(string(b), ") ")
	return strings.HasPrefix(after, "Z")
}
