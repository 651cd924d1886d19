package main

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/plain"
)

// released is an Ollama as it is released, of the version whose source the engine is made of.
func released(t *testing.T) string {
	t.Helper()
	program, err := filepath.Abs(filepath.Join(builtDir, "released", "ollama"))
	if err == nil {
		_, err = os.Stat(program)
	}
	if err != nil {
		t.Fatalf("%v: run `make engine` first", err)
	}
	return program
}

func TestChooseEngine(t *testing.T) {
	ollama := released(t)
	old := filepath.Join(t.TempDir(), "ollama")
	if err := os.WriteFile(old, []byte("#!/bin/sh\necho ollama version is 0.16.9\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	bare := t.TempDir() // nothing is built there
	models, err := filepath.Abs(filepath.Join(builtDir, "models"))
	if err != nil {
		t.Fatal(err)
	}
	const none = "/usr/share/empty"
	for _, c := range []struct {
		what, path, engine, bin string
		form                    devnet.Enclave
		ollama, want            string // or the error
	}{
		{"built", filepath.Dir(ollama), "auto", builtDir, devnet.TwoProcess, "", ""},
		{"not built", filepath.Dir(ollama), "auto", bare, devnet.TwoProcess, ollama, ""},
		{"neither", none, "auto", bare, devnet.TwoProcess, "", "`make engine` builds the one that pods run, and an Ollama of at least 0.17.1 on the PATH"},
		{"an old one", filepath.Dir(old), "auto", bare, devnet.TwoProcess, "", "this Ollama is too old: want at least 0.17.1, got 0.16.9"},
		{"wished for", filepath.Dir(ollama), "ollama", builtDir, devnet.TwoProcess, ollama, ""},
		{"wished for, and not there", none, "ollama", builtDir, devnet.TwoProcess, "", "--engine: there is no ollama on the PATH"},
		{"in one process", filepath.Dir(ollama), "auto", bare, devnet.AllInOne, "", ""},
		{"wished for in one process", filepath.Dir(ollama), "ollama", bare, devnet.AllInOne, "", "--enclave two-process"},
		{"by URL in one process", none, "http://127.0.0.1:1", bare, devnet.AllInOne, "", "--enclave two-process"},
		{"elsewhere", none, "http://192.0.2.1:11434", bare, devnet.TwoProcess, "", "--engine: want the URL of an Ollama on this machine, as prompts go there unsealed"},
		{"no URL", none, "https://localhost", bare, devnet.TwoProcess, "", "such as http://127.0.0.1:11434"},
		{"a word", none, "cuda", bare, devnet.TwoProcess, "", `--engine: want auto, built, ollama or the URL of an Ollama that runs, got "cuda"`},
	} {
		t.Run(c.what, func(t *testing.T) {
			t.Setenv("PATH", c.path)
			t.Setenv("OLLAMA_MODELS", models)
			config := devnet.Config{Bin: c.bin, Enclave: c.form, Models: models}
			err := (&app{}).chooseEngine(t.Context(), c.engine, defaultModel, "", &config)
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) {
					t.Errorf("%v, want %q", err, c.want)
				}
				return
			}
			if err != nil || config.Ollama != c.ollama || config.Models != models || config.Model != defaultModel {
				t.Errorf("%q, %s of %s, %v, want %q", config.Ollama, config.Model, config.Models, err, c.ollama)
			}
		})
	}
}

// An Ollama as it is released stands in for the engine: started, and one that runs already. Questions are answered and
// billed; one that is broken off is computed to its end, and the next is answered. One that is gone is an error.
func TestUpWithReleasedOllama(t *testing.T) {
	t.Parallel()
	program := released(t)
	ask := func(ctx context.Context, n *devnet.Network, prompt string) (answered, error) {
		return chat(ctx, n.Gateway, question{Model: defaultModel, Messages: []message{{"user", prompt}}}, io.Discard)
	}
	falcon := func(t *testing.T, n *devnet.Network) {
		t.Helper()
		got, err := ask(t.Context(), n, "Repeat after me: falcon-4711")
		if err != nil || !strings.HasPrefix(got.Answer, "falcon-4711") || got.In == 0 || got.Out == 0 || got.Cost.IsZero() {
			t.Errorf("%+v, %v", got, err)
		}
	}
	var said []string
	with := func(ollama string) func(*devnet.Config) {
		return func(c *devnet.Config) {
			c.Ollama = ollama
			c.Progress = func(what, detail string) {
				if what == "engine" {
					said = append(said, detail)
				}
			}
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()

	n := startDevnet(ctx, t, with(program))
	falcon(t, n)
	broken, stop := context.WithCancel(ctx)
	if _, err := chat(broken, n.Gateway, question{Model: defaultModel, Messages: []message{{"user", "Talk forever"}}}, calls(stop)); !errors.Is(err, context.Canceled) {
		t.Errorf("broken off with its first piece: %v", err)
	}
	falcon(t, n)
	done, err := n.Client.Reconcile(ctx)
	if err != nil || done.Open != 0 {
		t.Errorf("the one broken off: %+v, %v", done, err)
	}

	// One that runs already: the tests' own. It has the same store.
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := port.Addr().String()
	if err := port.Close(); err != nil {
		t.Fatal(err)
	}
	models, err := filepath.Abs(filepath.Join(builtDir, "models"))
	if err != nil {
		t.Fatal(err)
	}
	name, args := plain.Command(program, t.TempDir(), models, address, 4096)
	running := exec.Command(name, args...)
	stdin, err := running.StdinPipe()
	if err == nil {
		err = running.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = stdin.Close(); _ = running.Wait() })
	base, err := plain.ParseURL("http://" + address)
	if err == nil {
		err = plain.Await(ctx, base)
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := devnet.Start(ctx, devnet.Config{
		Dir: t.TempDir(), Bin: builtDir, Models: t.TempDir(), Model: defaultModel, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0", Ollama: base.String(),
	}); err == nil || !strings.Contains(err.Error(), `model "wisp:latest"`) {
		t.Errorf("with a store that does not have the model: %v", err)
	}
	second := startDevnet(ctx, t, with(base.String()))
	falcon(t, second)
	if len(said) != 2 || !strings.HasPrefix(said[0], "Ollama 0.17.4, "+program) || !strings.HasPrefix(said[1], "Ollama 0.17.4 that runs at "+base.String()) {
		t.Errorf("told: %q", said)
	}
	for _, line := range said {
		if !strings.Contains(line, "not a pod's engine") {
			t.Errorf("told without what it means: %s", line)
		}
	}

	// It goes, and with it what is asked: nothing is answered with nothing.
	if err := stdin.Close(); err != nil {
		t.Error(err)
	}
	_ = running.Wait()
	if _, err := http.Get(base.String()); err == nil {
		t.Error("Ollama outlives its standard input")
	}
	if got, err := ask(ctx, second, "Hello"); err == nil {
		t.Errorf("without an engine: %+v", got)
	}
	falcon(t, n) // which has its own
}

// calls is a writer that does something instead.
type calls func()

func (c calls) Write(b []byte) (int, error) {
	c()
	return len(b), nil
}
