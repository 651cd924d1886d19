// Command mkengine builds bin/engine, bin/podd-allinone and the model store that
// goes with them.
//
// Run it in the engine module's folder: `go run ./cmd/mkengine`. It copies the
// pinned Ollama out of the module cache into build/, checks the copy against
// go.sum, patches it, and builds with a replace that stands in a generated
// go.mod only.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/phallama/phallama/engine/patch"
)

// builder holds what the steps share.
type builder struct {
	module  string // absolute path of the engine module
	bin     string // where the binaries go
	models  string // the model store
	cpu     string // v3 or baseline
	version string // of podd-allinone
	ollama  string // where the ollama command goes; empty: it is not built
	test    bool   // run the tests that link Ollama, too

	start time.Time
	cxx   []string // C++ compiler and its arguments
	env   []string // environment of every go command
}

func main() {
	b := builder{start: time.Now()}
	flag.StringVar(&b.bin, "bin", "../bin", "where to write the binaries")
	flag.StringVar(&b.models, "models", "../bin/models", "where to write the model store")
	flag.StringVar(&b.cpu, "cpu", "v3", "CPU to compile for: v3 (AVX2, three times as fast) or baseline")
	flag.StringVar(&b.version, "version", "development", "what podd-allinone calls itself")
	flag.StringVar(&b.ollama, "ollama", "", "also write the ollama command here, for tests of clients, and in released/ beside it as it is released")
	flag.BoolVar(&b.test, "test", false, "also run the tests that link Ollama (build tag engine)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := b.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "engine build failed:", err)
		os.Exit(1)
	}
	b.say("done: %s and %s", b.bin, b.models)
}

func (b *builder) run(ctx context.Context) error {
	gomod, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return fmt.Errorf("go env: %w", err)
	}
	b.module = filepath.Dir(strings.TrimSpace(string(gomod)))
	if filepath.Base(b.module) != "engine" {
		return errors.New("run it in the engine folder: cd engine && go run ./cmd/mkengine")
	}
	for _, p := range []*string{&b.bin, &b.models, &b.ollama} {
		if *p == "" {
			continue
		}
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}

	b.say("[1/4] compiler, headers and CPU")
	flags, err := b.prerequisites(ctx)
	if err != nil {
		return err
	}
	b.say("[2/4] Ollama %s: copied from the module cache, checked against go.sum, patched in %d places", patch.Version, len(patch.Ollama))
	if err := b.source(ctx); err != nil {
		return err
	}
	b.say("[3/4] compiling (the first time takes 3 to 10 minutes, later seconds)")
	if err := b.compile(ctx, flags); err != nil {
		return err
	}
	b.say("[4/4] model store")
	if err := b.store(); err != nil || !b.test {
		return err
	}
	b.say("      the tests that link Ollama")
	return b.runTests(ctx)
}

// say prints a line with the time since the start.
func (b *builder) say(format string, args ...any) {
	fmt.Printf("engine %6s  %s\n", time.Since(b.start).Round(100*time.Millisecond), fmt.Sprintf(format, args...))
}
