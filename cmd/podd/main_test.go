package main

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/protocol"
)

// The test binary is podd when it is started with this set.
const asPodd = "PODD_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asPodd) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func podd(t *testing.T, args ...string) (cmd *exec.Cmd, stderr *bytes.Buffer) {
	t.Helper()
	cmd, stderr = exec.CommandContext(t.Context(), os.Args[0], args...), &bytes.Buffer{}
	cmd.Env = append(os.Environ(), asPodd+"=1")
	cmd.Stderr = stderr
	return cmd, stderr
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	broken := filepath.Join(dir, "broken.json")
	if err := os.WriteFile(broken, []byte(`{"rpc":"http://x"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args           []string
		exit           int
		stdout, stderr string // parts
	}{
		{[]string{"--version"}, 0, "podd ", ""},
		{nil, 2, "", "usage: podd --config FILE"},
		{[]string{"--config"}, 2, "", "flag needs an argument"},
		{[]string{"--config", broken, "more"}, 2, "", "usage: podd --config FILE"},
		{[]string{"--nosuch"}, 2, "", "usage: podd --config FILE"},
		{[]string{"--config", filepath.Join(dir, "nosuch.json")}, 1, "", "podd: configuration: open " + dir},
		{[]string{"--config", broken}, 1, "", `unknown field "rpc"`},
	} {
		cmd, stderr := podd(t, c.args...)
		stdout, _ := cmd.Output()
		if got := cmd.ProcessState.ExitCode(); got != c.exit || !strings.Contains(stderr.String(), c.stderr) || !strings.HasPrefix(string(stdout), c.stdout) {
			t.Errorf("podd %q: exit %d, %q, %q; want %d, %q, %q", c.args, got, stdout, stderr, c.exit, c.stdout, c.stderr)
		}
		if c.stdout == "" && len(stdout) != 0 {
			t.Errorf("podd %q printed %q on standard output", c.args, stdout)
		}
	}
}

// config writes a configuration with which podd starts, though it gets no engine.
func config(t *testing.T) string {
	t.Helper()
	wisp, err := os.ReadFile("../../engine/model/wisp-q8.gguf")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(path, content string) {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	blob := func(mediaType, content string) string {
		sum := sha256.Sum256([]byte(content))
		write(fmt.Sprintf("models/blobs/sha256-%x", sum), content)
		return fmt.Sprintf(`{"mediaType":"application/vnd.%s","digest":"sha256:%x","size":%d}`, mediaType, sum, len(content))
	}
	write("models/manifests/registry.ollama.ai/library/wisp/latest",
		`{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":`+
			blob("docker.container.image.v1+json", "{}")+`,"layers":[`+blob("ollama.image.model", string(wisp))+`]}`)
	raw, err := json.Marshal(enclave.Config{
		ChainID: 1337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4},
		Listen: "127.0.0.1:0", Control: "127.0.0.1:0", ControlToken: "control-token-of-24-bytes", EngineSocket: filepath.Join(dir, "engine"),
		Models: filepath.Join(dir, "models"), QuoteSocket: "quote", State: filepath.Join(dir, "state"),
		StateKey: enclave.StateKey{Source: "file", Path: filepath.Join(dir, "podd.key")}, Offers: []enclave.Offer{{Model: "wisp", Context: 2048}},
	})
	if err != nil {
		t.Fatal(err)
	}
	write("podd.json", string(raw))
	return filepath.Join(dir, "podd.json")
}

// podd says where it listens, in one line, and stops when it is told to, whichever way.
func TestStops(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		stop func(*exec.Cmd, io.Closer) error
	}{
		"when standard input closes": {[]string{"--until-stdin-closes"}, func(_ *exec.Cmd, stdin io.Closer) error { return stdin.Close() }},
		"on SIGTERM":                 {nil, func(cmd *exec.Cmd, _ io.Closer) error { return cmd.Process.Signal(syscall.SIGTERM) }},
		"on SIGINT":                  {nil, func(cmd *exec.Cmd, _ io.Closer) error { return cmd.Process.Signal(os.Interrupt) }},
	} {
		t.Run(name, func(t *testing.T) {
			cmd, stderr := podd(t, append(c.args, "--config", config(t))...)
			stdin, err := cmd.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			stdout, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewReader(stdout)
			line, err := lines.ReadBytes('\n')
			var ready enclave.Ready
			if err != nil || json.Unmarshal(line, &ready) != nil || ready.Identity.IsZero() {
				t.Fatalf("ready line %q, %v: %s", line, err, stderr)
			}
			res, err := http.Get("http://" + ready.Listen + protocol.PathHealth)
			if err != nil || res.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("health without an engine: %v %v", res, err)
			}
			_ = res.Body.Close()
			if err := c.stop(cmd, stdin); err != nil {
				t.Fatal(err)
			}
			if more, err := io.ReadAll(lines); err != nil || len(more) != 0 {
				t.Errorf("standard output goes on with %q, %v", more, err)
			}
			if err := cmd.Wait(); err != nil {
				t.Errorf("%v: %s", err, stderr)
			}
		})
	}
}

// The podd that is measured, built without cgo, starts twice under what it takes from itself: the ledger and its key are
// made at the first start and read at the second.
func TestHardened(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("on Linux only")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "podd")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", program, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	path := config(t)
	for range 2 {
		var stderr bytes.Buffer
		cmd := exec.CommandContext(t.Context(), program, "--config", path, "--until-stdin-closes")
		cmd.Stderr, cmd.Env = &stderr, []string{}
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(stdout).ReadBytes('\n')
		var ready enclave.Ready
		if err != nil || json.Unmarshal(line, &ready) != nil {
			t.Fatalf("ready line %q, %v: %s", line, err, &stderr)
		}
		res, err := http.Get("http://" + ready.Listen + protocol.PathKeyConfigs)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("keys: %v %v", res, err)
		}
		_ = res.Body.Close()
		proc := func(name, want string) {
			t.Helper()
			text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", cmd.Process.Pid, name))
			if err != nil || !regexp.MustCompile(want).Match(text) {
				t.Errorf("%s does not say %q: %v\n%s", name, want, err, text)
			}
		}
		proc("limits", `Max core file size +0 +0`)
		proc("status", `NoNewPrivs:\s1`)
		if err := stdin.Close(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil || !strings.Contains(stderr.String(), "process hardened") || !strings.Contains(stderr.String(), "confined") {
			t.Errorf("%v: %s", err, &stderr)
		}
	}
}
