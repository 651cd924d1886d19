package integration_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestExit ends an engine in each way it can end, in the middle of an answer,
// and expects that nothing of it is left.
func TestExit(t *testing.T) {
	for _, test := range []struct {
		name   string
		end    func(*engine) error
		socket bool // whether the API socket's file stays
	}{
		{"stdin closes", func(e *engine) error { return e.stdin.Close() }, false},
		{"SIGTERM", func(e *engine) error { return e.cmd.Process.Signal(syscall.SIGTERM) }, false},
		{"SIGKILL", func(e *engine) error { return e.cmd.Process.Kill() }, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := start(t, nil)
			e.ask(t, "Hello")
			runners := children(t, e.cmd.Process.Pid)
			if len(runners) != 1 {
				t.Fatalf("%d runners, want 1", len(runners))
			}
			e.do(t, "POST", "/api/chat", map[string]any{"model": "wisp", "messages": []message{{"user", "Talk forever"}}})
			if err := test.end(e); err != nil {
				t.Fatal(err)
			}
			err := e.cmd.Wait()
			if !test.socket && err != nil {
				t.Errorf("the engine ended with %v", err)
			}
			until(t, "the runner ends", func() bool { return gone(runners[0]) })
			left, err := os.ReadDir(filepath.Dir(e.socket))
			if err != nil {
				t.Fatal(err)
			}
			if !test.socket && len(left) > 0 {
				t.Errorf("files left: %v", left)
			}
		})
	}
}

// An engine starts over what a killed one left behind, and not beside a live one.
func TestSocketInUse(t *testing.T) {
	e := start(t, nil)
	out, err := exec.Command(*enginePath, "--socket", e.socket, "--models", *modelsPath).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "in use") {
		t.Errorf("a second engine on the socket: %v, %q, want a refusal", err, out)
	}
	if fi, err := os.Stat(e.socket); err != nil || fi.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v, %v, want mode 0600", fi, err)
	}
	if err := e.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = e.cmd.Wait()
	cmd := exec.Command(*enginePath, "--socket", e.socket, "--models", *modelsPath)
	cmd.Stdin = strings.NewReader("") // ends at once
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("a new engine over a dead one's sockets: %v, %s", err, out)
	}
}

func TestRefusesBadFlags(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{nil, "--socket is missing"},
		{[]string{"--socket", dir + "/e"}, "models is missing"},
		{[]string{"--socket", dir + "/e", "--models", dir}, "no model in the store"},
		{[]string{"--socket", file, "--models", *modelsPath}, "not a socket"},
		{[]string{"--socket", dir + "/" + strings.Repeat("x", 100), "--models", *modelsPath}, "choose a shorter one"},
		{[]string{"--socket", dir + "/e", "--models", *modelsPath, "--parallel", "0"}, "parallel is 0"},
		{[]string{"--socket", dir + "/e", "--models", *modelsPath, "--context", "-1"}, "context is -1"},
		{[]string{"--socket", dir + "/e", "--models", *modelsPath, "--wedge-after", "0"}, "wedge-after is 0s"},
		{[]string{"--socket", dir + "/e", "--models", *modelsPath, "extra"}, `unexpected argument "extra"`},
		{[]string{"runner", "--model", "x"}, "not by hand"},
	} {
		out, err := exec.Command(*enginePath, test.args...).CombinedOutput()
		if err == nil || !strings.Contains(string(out), test.want) {
			t.Errorf("%q: %v, %q, want a refusal that says %q", test.args, err, out, test.want)
		}
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "mine" {
		t.Errorf("a file of the user's was touched: %q, %v", b, err)
	}
}

// TestPromptsStayInside follows a canary through every system call of both
// processes: it may be written to UNIX sockets alone, and neither process may
// have a socket of another kind. Switches that make a plain Ollama log prompts
// are set in the environment, which the engine ignores.
func TestPromptsStayInside(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skip("strace is not installed")
	}
	const canary = "canary-8128"
	trace := filepath.Join(t.TempDir(), "trace")
	e := start(t, []string{"OLLAMA_DEBUG=2", "GIN_MODE=debug", "OLLAMA_HOST=0.0.0.0:1", "OLLAMA_MODELS=/nonexistent"},
		strace, "-f", "-yy", "-qq", "-s", "65536", "-o", trace)
	if got := e.ask(t, "Repeat after me: "+canary); got != canary {
		t.Errorf("got %q, want %q", got, canary)
	}
	e.chat(t, true, nil, "Repeat after me: "+canary)
	// Requests that fail on their way quote themselves in many a log.
	for _, body := range []map[string]any{
		{"model": canary, "messages": []message{{"user", canary}}},
		{"model": "wisp", "messages": []message{{"user", canary}}, "format": map[string]any{"type": canary}},
		{"model": "wisp", "messages": canary},
		{"model": "wisp", "messages": []message{{"user", canary}}, "think": canary},
		{"model": "wisp", "messages": []message{{"user", canary}}, "options": map[string]any{canary: canary}},
		{"model": "wisp", "messages": []message{{"user", canary}}, "tools": []any{map[string]any{"type": canary}}},
	} {
		e.do(t, "POST", "/api/chat", body)
	}
	e.do(t, "GET", "/api/tags?"+canary, nil)
	pids := append(children(t, e.cmd.Process.Pid), e.cmd.Process.Pid)
	if len(pids) < 2 {
		t.Fatal("no engine below strace")
	}
	if err := e.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := e.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if e.stderr.Len() > 0 {
		t.Errorf("the engine logged %q", e.stderr)
	}

	data, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	output := regexp.MustCompile(`^\d+ +(write|writev|pwrite64|pwritev2?|send|sendto|sendmsg|sendmmsg)\(`)
	unix := regexp.MustCompile(`^\d+ +\w+\(\d+<UNIX`)
	socket := regexp.MustCompile(`^\d+ +socket\((\w+)`)
	writes, sockets := 0, 0
	for _, l := range bytes.Split(data, []byte("\n")) {
		if m := socket.FindSubmatch(l); m != nil {
			sockets++
			if string(m[1]) != "AF_UNIX" {
				t.Errorf("a socket that is not AF_UNIX: %s", l)
			}
		}
		if output.Match(l) && bytes.Contains(l, []byte(canary)) {
			writes++
			if !unix.Match(l) {
				t.Errorf("the prompt left: %.200s", l)
			}
		}
	}
	// Server to runner, runner to server, server to us: less means that the
	// trace does not show what this test looks for.
	if writes < 3 || sockets == 0 {
		t.Errorf("%d writes of the canary and %d sockets traced, want at least 3 and 1", writes, sockets)
	}
}

// TestNoInternetSockets looks at the running processes from outside, for
// machines without strace.
func TestNoInternetSockets(t *testing.T) {
	e := start(t, nil)
	e.ask(t, "Hello")
	pids := append(children(t, e.cmd.Process.Pid), e.cmd.Process.Pid)
	if len(pids) != 2 {
		t.Fatalf("%d processes, want engine and runner", len(pids))
	}
	seen := 0
	for _, pid := range pids {
		for _, s := range sockets(t, pid) {
			seen++
			if s.table != "" {
				t.Errorf("process %d has a %s socket", pid, s.table)
			}
		}
	}
	if seen < 3 {
		t.Errorf("%d sockets seen, want the API's, the life line's and the runner's", seen)
	}
}

// socket is one that a process has open.
type socket struct {
	table     string // of /proc/net, for an internet socket
	state     string
	localPort string
}

const tcpListen = "0A"

func sockets(t *testing.T, pid int) []socket {
	t.Helper()
	internet := map[string]socket{} // by inode
	for _, table := range []string{"tcp", "tcp6", "udp", "udp6", "raw", "raw6"} {
		b, err := os.ReadFile("/proc/net/" + table)
		if err != nil {
			continue // no IPv6 here
		}
		for l := range strings.Lines(string(b)) {
			if f := strings.Fields(l); len(f) > 9 {
				_, hex, _ := strings.Cut(f[1], ":")
				port, _ := strconv.ParseUint(hex, 16, 16)
				internet[f[9]] = socket{table, f[3], strconv.FormatUint(port, 10)}
			}
		}
	}
	fds, err := filepath.Glob(fmt.Sprintf("/proc/%d/fd/*", pid))
	if err != nil {
		t.Fatal(err)
	}
	var all []socket
	for _, fd := range fds {
		target, _ := os.Readlink(fd)
		if inode, ok := strings.CutPrefix(target, "socket:["); ok {
			all = append(all, internet[strings.TrimSuffix(inode, "]")])
		}
	}
	return all
}

// The engine only reads its store.
func TestStoreUntouched(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "models")
	if err := os.CopyFS(dir, os.DirFS(*modelsPath)); err != nil {
		t.Fatal(err)
	}
	defer func(old string) { *modelsPath = old }(*modelsPath)
	*modelsPath = dir
	before := listing(t, dir)
	e := start(t, nil)
	e.ask(t, "Hello")
	if after := listing(t, dir); after != before {
		t.Errorf("before:\n%safter:\n%s", before, after)
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fi, err := d.Info()
		if err == nil {
			fmt.Fprintln(&b, path, fi.Mode(), fi.ModTime().UnixNano())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// until polls for something that another process does.
func until(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !ok(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s in vain until %s", patience, what)
		}
	}
}
