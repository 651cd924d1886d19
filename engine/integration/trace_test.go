package integration_test

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOneProcessTraced follows a canary through every system call of a pod in one process: no call has it among what it
// writes, none starts a process, and TCP is listened on twice and never dialled.
func TestOneProcessTraced(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	const canary = "canary-8128"
	trace := filepath.Join(t.TempDir(), "trace")
	p := startPod(t, []string{"OLLAMA_DEBUG=2", "GIN_MODE=debug"}, strace, "-f", "-qq", "-s", "65536", "-o", trace)
	for _, stream := range []bool{false, true} {
		if status, text := p.whole(t, http.MethodPost, "/api/chat", prompt("Repeat after me: "+canary, stream)); status != http.StatusOK || !stream && !strings.Contains(text, canary) {
			t.Errorf("stream %t: %d %s", stream, status, text)
		}
	}
	// Requests that fail on their way quote themselves in many a log.
	for _, body := range []map[string]any{
		{"model": "wisp", "messages": canary},
		{"model": "wisp", "messages": []message{{"user", canary}}, "format": map[string]any{"type": canary}},
		{"model": "wisp", "messages": []message{{"user", canary}}, "tools": []any{map[string]any{"type": canary}}},
		{"model": "wisp", "messages": []message{{"user", canary}}, "options": map[string]any{canary: canary}},
	} {
		p.whole(t, http.MethodPost, "/api/chat", body)
	}
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.log(t))
	}
	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	call := regexp.MustCompile(`^\d+ +(\w+)\((.*)`)
	listens, writes, starts := 0, 0, 0
	for _, l := range bytes.Split(data, []byte("\n")) {
		m := call.FindSubmatch(l)
		if m == nil {
			continue // a signal, an exit, or the rest of a call
		}
		args := string(m[2])
		switch name := string(m[1]); name {
		case "execve", "execveat":
			starts++
		case "fork", "vfork":
			t.Errorf("a process was started: %.200s", l)
		case "clone", "clone3":
			if !strings.Contains(args, "CLONE_THREAD") {
				t.Errorf("a process was started: %.200s", l)
			}
		case "listen":
			listens++
		case "connect":
			if !strings.Contains(args, "AF_UNIX") {
				t.Errorf("something was dialled: %.200s", l)
			}
		case "write", "writev", "pwrite64", "pwritev", "pwritev2", "send", "sendto", "sendmsg", "sendmmsg":
			writes++
			if bytes.Contains(l, []byte(canary)) {
				t.Errorf("the prompt left: %.200s", l)
			}
		}
	}
	if starts != 1 || listens != 2 || writes < 10 {
		t.Errorf("%d execve, %d listen and %d writes, want 1, 2 and 10 at least", starts, listens, writes)
	}
}
