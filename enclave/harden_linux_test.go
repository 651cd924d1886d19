package enclave

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func landlockABI() int {
	abi, _, errno := syscall.Syscall(sysLandlockCreateRuleset, 0, 0, landlockVersion)
	if errno != 0 {
		return 0
	}
	return int(abi)
}

// A process that confined itself reaches what its configuration names and nothing else, on no thread.
func TestConfined(t *testing.T) {
	abi := landlockABI()
	if abi == 0 {
		t.Skip("this kernel has no Landlock")
	}
	dir := t.TempDir()
	probe := filepath.Join(dir, "confined")
	// As podd is built: where cgo is linked, Go cannot reach all threads.
	build := exec.CommandContext(t.Context(), "go", "build", "-o", probe, "./testdata/confined")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	write := func(path string) string {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("models/manifest")
	write("state/kept")
	outside := write("outside/secret")
	web, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer web.Close()
	engine, err := net.Listen("unix", socketPath(t, "engine"))
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	c := goodConfig()
	c["models"], c["state"] = filepath.Join(dir, "models"), filepath.Join(dir, "state")
	c["stateKey"] = map[string]any{"source": "file", "path": filepath.Join(dir, "key", "podd.key")}
	c["engineSocket"] = engine.Addr().String()
	cmd := exec.CommandContext(t.Context(), probe, writeConfig(t, c), outside, web.Addr().String())
	var stderr bytes.Buffer
	cmd.Stderr, cmd.Env = &stderr, []string{}
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, &stderr)
	}
	var got map[string]string
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	want := map[string]string{
		"list models": "ok", "read a model": "ok", "write a model": "denied",
		"write state": "ok", "rename state": "ok", "read state": "ok", "remove state": "ok", "move state out": "denied",
		"read outside": "denied", "write outside": "denied", "list outside": "denied", "read configuration": "denied",
		"run a program": "denied", "run itself": "denied", "listen": "ok", "dial": "denied", "dial the engine": "ok",
		"read the limit": "ok", "core limit": "0 0", "dumpable": "0", "threads that read outside": "0",
	}
	if abi < 4 {
		want["dial"] = "ok"
	}
	if got["move state out"] != "denied" && strings.Contains(got["move state out"], "cross-device") { // as the kernel puts it
		got["move state out"] = "denied"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, part := range []string{"process hardened", "no core dumps; not dumpable; no new privileges; no stacks in a crash", "process confined", "programs: none", c["state"].(string)} {
		if !strings.Contains(stderr.String(), part) {
			t.Errorf("the log does not say %q: %s", part, &stderr)
		}
	}
}

// What a platform lacks is said, and is no error.
func TestHardeningReports(t *testing.T) {
	var text bytes.Buffer
	log := slog.New(slog.NewTextHandler(&text, nil))
	report(log, "process hardened", []string{"a", "b"}, nil)
	report(log, "process confined", nil, []string{"no Landlock here"})
	for _, line := range []string{`msg="process hardened" holds="a; b"`, `msg="process not confined" not="no Landlock here"`} {
		if !strings.Contains(text.String(), line) {
			t.Errorf("want %s in %s", line, &text)
		}
	}
}

func TestConfineRefuses(t *testing.T) {
	var fd uintptr
	if abi := landlockABI(); abi < 4 {
		t.Skipf("Landlock has version %d here, and ports take 4", abi)
	}
	for _, address := range []string{"127.0.0.1", "127.0.0.1:nosuch", ":99999"} {
		if err := allowPort(fd, address); err == nil {
			t.Errorf("%s is taken for an address", address)
		}
	}
	if ok, err := allowPath(fd, fsAll, grant{path: filepath.Join(t.TempDir(), "none")}); ok || err != nil {
		t.Errorf("a path that is not there: %t, %v", ok, err)
	}
}
