package devnet

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
)

// countingScript is a program that says which start of its own it is, and ends with a status: 0 waits for its end.
func countingScript(t *testing.T, status string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "part")
	text := "#!/bin/sh\necho x >>\"$0.starts\"\n[ " + status + " = 0 ] && cat >/dev/null\nexit " + status + "\n"
	if err := os.WriteFile(path, []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestKeep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, status string
		worth        func(int) bool
		starts       int
	}{
		{"stuck each time", "3", wedged, 1 + maxRestarts},
		{"failed", "1", wedged, 1},
		{"whatever", "1", always, 1 + maxRestarts},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := &Network{config: Config{Log: slog.New(slog.DiscardHandler)}, run: t.Context(), failed: make(chan error, 1)}
			program, logs := countingScript(t, c.status), t.TempDir()
			begin := func(*child) (*child, error) { return startChild("part", logs, program) }
			first, err := begin(nil)
			if err != nil {
				t.Fatal(err)
			}
			n.keep(first, c.worth, begin)
			if err := <-n.Failed(); err == nil {
				t.Error("no reason")
			}
			starts, err := os.ReadFile(program + ".starts")
			if err != nil || len(starts) != 2*c.starts {
				t.Errorf("%d starts, %v, want %d", len(starts)/2, err, c.starts)
			}
		})
	}
	t.Run("told to end", func(t *testing.T) {
		run, cancel := context.WithCancel(t.Context())
		defer cancel()
		n := &Network{config: Config{Log: slog.New(slog.DiscardHandler)}, run: run, failed: make(chan error, 1)}
		part, err := startChild("part", t.TempDir(), countingScript(t, "0"))
		if err != nil {
			t.Fatal(err)
		}
		n.keep(part, always, func(*child) (*child, error) {
			t.Error("started again")
			return nil, nil
		})
		if err := part.stop(); err != nil {
			t.Error(err)
		}
		select {
		case err := <-n.Failed():
			t.Error(err)
		default:
		}
	})
}
