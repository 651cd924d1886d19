package interop

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// gateway is the URL of the network that TestMain starts.
var gateway string

// model is the one that comes along with Phallama.
const model = "wisp:latest"

// TestMain runs `phallama up` as a person would, with everything real but the attestation platform and the money.
func TestMain(m *testing.M) {
	code, err := withNetwork(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "interop:", err)
		code = 1
	}
	os.Exit(code)
}

func withNetwork(m *testing.M) (int, error) {
	program, err := filepath.Abs("../bin/phallama")
	if err != nil {
		return 0, err
	}
	if _, err := os.Stat(program); err != nil {
		return 0, fmt.Errorf("%w: run `make engine build` first", err)
	}
	data, err := os.MkdirTemp("", "phallama-interop-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(data)
	up := exec.Command(program, "up", "--data", data, "--listen", "127.0.0.1:0", "--rpc", "127.0.0.1:0", "--json")
	up.Stderr = os.Stderr
	stdout, err := up.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := up.Start(); err != nil {
		return 0, err
	}
	defer func() {
		_ = up.Process.Signal(os.Interrupt)
		_ = up.Wait()
	}()
	var ready struct{ Gateway string }
	if err := json.NewDecoder(stdout).Decode(&ready); err != nil {
		return 0, fmt.Errorf("phallama up did not get ready: %w", err)
	}
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
	gateway = ready.Gateway
	return m.Run(), nil
}
