package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/phallama/phallama/engine/patch"
	"github.com/phallama/phallama/engine/store"
)

// beat is how often a long compilation says that it is alive.
const beat = 10 * time.Second

// programs are what is built, statically: an image needs no other file, and what is measured holds all of it.
var programs = []string{"engine", "podd-allinone"}

// tags of every build: Go's own resolver and user lookup, since glibc's would load libraries at run time.
const tags = "engine,netgo,osusergo"

func (b *builder) compile(ctx context.Context, flags string) error {
	b.env = append(b.env, "CGO_CFLAGS="+flags, "CGO_CXXFLAGS="+flags)
	for _, p := range programs {
		if err := b.program(ctx, "./cmd/"+p, filepath.Join(b.bin, p), "-modfile=build/engine.mod"); err != nil {
			return err
		}
	}
	if b.ollama == "" {
		return nil
	}
	if err := b.compileOllama(ctx); err != nil {
		return err
	}
	return b.compileReleased(ctx)
}

// program builds one, from the modules that the further arguments say.
func (b *builder) program(ctx context.Context, pkg, out string, modules ...string) error {
	common := append([]string{"-tags=" + tags, "-trimpath", "-buildvcs=false"}, modules...)
	list := b.command(ctx, "go", append(append([]string{"list", "-deps"}, common...), pkg)...)
	deps, err := list.Output()
	if err != nil {
		return fmt.Errorf("go list: %s", stderrOf(err))
	}
	total := bytes.Count(deps, []byte("\n"))

	ldflags := "-s -w -linkmode external -extldflags -static -X main.version=" + b.version + " -X " + patch.Module + "/version.Version=" + strings.TrimPrefix(patch.Version, "v")
	if b.cpu == "v3" && runtime.GOARCH == "amd64" {
		ldflags += " -X github.com/phallama/phallama/engine/serve.cpuLevel=x86-64-v3"
	}
	b.say("      %s", out)
	cmd := b.command(ctx, "go", append(append([]string{"build", "-v"}, common...), "-ldflags="+ldflags, "-o", out, pkg)...)
	return b.build(ctx, cmd, total)
}

// runTests runs the tests that link Ollama. Vet has no part in it: it would have to read the C++.
func (b *builder) runTests(ctx context.Context) error {
	cmd := b.command(ctx, "go", "test", "-modfile=build/engine.mod", "-tags="+tags, "-trimpath", "-buildvcs=false", "-vet=off", "-count=1", "-timeout=1h", "-v",
		"-ldflags=-s -w -linkmode external -extldflags -static", "./serve", "-args", "-models="+b.models)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}

// build runs a go build, and shows that it is alive.
func (b *builder) build(ctx context.Context, cmd *exec.Cmd, total int) error {
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	output := b.watch(stderr, total)
	if err := cmd.Wait(); err != nil {
		if ctx.Err() != nil {
			return errors.New("interrupted; what is compiled so far is kept")
		}
		return fmt.Errorf("go build: %w\n%s", err, output)
	}
	if output != "" {
		b.say("the compilers said:\n%s", output)
	}
	return nil
}

// watch reports progress from `go build -v`, which names each package it
// compiles, and returns everything else the compilers said.
func (b *builder) watch(stderr io.Reader, total int) string {
	lines := make(chan string)
	go func() {
		defer close(lines)
		for s := bufio.NewScanner(stderr); s.Scan(); {
			lines <- s.Text()
		}
		_, _ = io.Copy(io.Discard, stderr) // after a line too long to scan
	}()
	tick := time.NewTicker(beat)
	defer tick.Stop()
	n, output := 0, new(strings.Builder)
	for {
		select {
		case line, ok := <-lines:
			switch {
			case !ok:
				return output.String()
			case isPackage(line):
				n++
			default:
				fmt.Fprintln(output, line)
			}
		case <-tick.C:
			b.say("      %d of at most %d packages started, the large C++ ones take minutes", n, total)
		}
	}
}

func isPackage(line string) bool {
	return line != "" && !strings.ContainsAny(line, " :\t")
}

// store puts the tiny model's store together.
func (b *builder) store() error {
	gguf, err := os.ReadFile(filepath.Join(b.module, "model", "wisp-q8.gguf"))
	if err != nil {
		return err
	}
	wisp, err := store.Wisp(gguf)
	if err != nil {
		return err
	}
	return store.Write(b.models, wisp)
}
