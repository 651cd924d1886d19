// Command release fills dist/ with a release: binaries, OCI images, licences, SBOMs, release.json and SHA256SUMS. What it makes
// depends on the commit, the Go version and the C++ toolchain, and on nothing else of the machine: anybody can make it
// again and compare (docs/operate/release.md). Run it through `make release`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	if modules, ok := os.LookupEnv(trimModules); ok {
		os.Exit(tool(os.Args[1:], modules, os.Stdout, os.Stderr))
	}
	r := release{out: os.Stdout, start: time.Now()}
	flag.StringVar(&r.dist, "dist", "dist", "`folder` to fill, seen from the repository's root; what it held before is gone")
	flag.StringVar(&r.version, "version", "", "`version` of the release; without it, what git describe says")
	flag.StringVar(&r.cpu, "cpu", "v3", "`level` of x86-64 that the engine's C++ code needs: v3 or baseline")
	flag.BoolVar(&r.dirty, "dirty", false, "build changes that are not committed, to try something out")
	flag.StringVar(&r.cache, "cache", "", "`folder` of a build cache to use for the engine, to try something out; a release takes a fresh one")
	r.sgx.flags(flag.CommandLine)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if flag.NArg() > 0 {
		fmt.Fprintf(os.Stderr, "release: unexpected argument %q\n", flag.Arg(0))
		flag.Usage()
		os.Exit(2)
	}
	if err := r.run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "release failed:", err)
		os.Exit(1)
	}
}

// release is one run.
type release struct {
	root    string // of the repository, absolute
	dist    string // absolute
	version string
	cpu     string
	cache   string // of the engine's build; empty for a fresh one
	dirty   bool
	sgx     sgxInputs

	source   source
	licences []licence // of what is linked
	out      io.Writer
	start    time.Time
}

func (r *release) run(ctx context.Context) error {
	here, err := output(ctx, "", "go", "env", "GOMOD")
	if err != nil {
		return err
	}
	r.root = filepath.Dir(filepath.Dir(filepath.Dir(here)))
	if filepath.Base(filepath.Dir(here)) != "release" {
		return errors.New("run it in its own folder, as `make release` does")
	}
	if !filepath.IsAbs(r.dist) {
		r.dist = filepath.Join(r.root, r.dist)
	}
	if err := r.sgx.complete(r.root); err != nil {
		return err
	}
	if err := r.sgx.check(r.dist); err != nil {
		return err
	}
	if r.source, err = readSource(ctx, r.root, r.version, r.dirty); err != nil {
		return err
	}
	if err := emptyFolder(r.dist); err != nil {
		return err
	}
	r.say("[1/4] %s, commit %.12s of %s", r.source.Version, r.source.Revision, r.source.Created.Format(time.DateTime))
	built, left, err := r.build(ctx)
	if err != nil {
		return err
	}
	return r.assemble(ctx, built, left)
}

// assemble makes of the binaries in dist everything else.
func (r *release) assemble(ctx context.Context, built []binary, left []string) error {
	r.say("[3/4] licences, images")
	if err := r.collectLicences(ctx, built); err != nil {
		return err
	}
	made, leftImages, err := r.images(built)
	if err != nil {
		return err
	}
	for _, image := range made {
		r.say("      %-14s %s", image.name, image.Digest)
	}
	r.say("[4/4] SBOMs, enclave, release.json, SHA256SUMS")
	if err := r.describe(ctx, built, made); err != nil {
		return err
	}
	for _, what := range append(left, leftImages...) {
		r.say("left out: %s", what)
	}
	r.say("done: %s", r.dist)
	return nil
}

// emptyFolder makes dir an empty folder. It deletes only what an earlier run made: a folder with a release.json.
func emptyFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		if _, err := os.Stat(filepath.Join(dir, releaseFile)); err != nil {
			if _, err := os.Stat(filepath.Join(dir, unfinishedFile)); err != nil {
				return fmt.Errorf("%s is no release of ours (no %s), and not empty: choose another -dist, or delete it", dir, releaseFile)
			}
		}
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, unfinishedFile), nil, 0o644)
}

// say prints a line with the time since the start.
func (r *release) say(format string, args ...any) {
	fmt.Fprintf(r.out, "release %6s  %s\n", time.Since(r.start).Round(100*time.Millisecond), fmt.Sprintf(format, args...))
}

// output runs a command in dir, in the build's environment, and returns what it printed.
func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir, cmd.Env = dir, environment()
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}
		return "", fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
