package main

import (
	"context"
	"path/filepath"
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
