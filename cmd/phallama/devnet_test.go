package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

// builtDir has the programs that `make build engine` builds.
var builtDir = filepath.Join("..", "..", "bin")

// startDevnet starts a devnet of one pod, or what adjust makes of it, until the test ends.
func startDevnet(ctx context.Context, t *testing.T, adjust func(*devnet.Config)) *devnet.Network {
	t.Helper()
	config := devnet.Config{
		Dir: t.TempDir(), Bin: builtDir, Models: filepath.Join(builtDir, "models"), Model: defaultModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0",
		Funds: protocol.Tokens(1),
	}
	if adjust != nil {
		adjust(&config)
	}
	n, err := devnet.Start(ctx, config)
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

// said is how a command ended, and what it printed.
type said struct {
	status   int
	out, err string
}

// inProcess runs a command of this source, not that of bin, on a data directory whose wallets are quick to open.
func inProcess(t *testing.T, data string, args ...string) said {
	t.Helper()
	dir := t.TempDir()
	open := func(name string) *os.File {
		file, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = file.Close() })
		return file
	}
	stdout, stderr := open("out"), open("err")
	s := said{status: run(t.Context(), stdout, stderr, append(args, "--data", data))}
	out, err := os.ReadFile(stdout.Name())
	if err != nil {
		t.Fatal(err)
	}
	s.out = string(out)
	if out, err = os.ReadFile(stderr.Name()); err != nil {
		t.Fatal(err)
	}
	s.err = string(out)
	return s
}

// succeeds runs a command, with --json where it is to be read into something.
func succeeds(t *testing.T, into any, data string, args ...string) said {
	t.Helper()
	if into != nil {
		args = append(args, "--json")
	}
	s := inProcess(t, data, args...)
	if s.status != 0 {
		t.Fatalf("%v: status %d\n%s%s", args, s.status, s.out, s.err)
	}
	if into != nil {
		if err := json.Unmarshal([]byte(s.out), into); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, s.out)
		}
	}
	return s
}

// fails runs a command that is to fail, say so on standard error, and print nothing.
func fails(t *testing.T, why string, data string, args ...string) {
	t.Helper()
	if s := inProcess(t, data, args...); s.status != exitFailed || !strings.Contains(s.err, why) || s.out != "" {
		t.Errorf("%v: status %d, want %d with %q\n%s%s", args, s.status, exitFailed, why, s.out, s.err)
	}
}
