package main

import (
	"context"
	"debug/buildinfo"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// binary is a row of what a release builds.
type binary struct {
	name   string
	module string // the folder of its Go module
	main   string // the folder of its main package, in the module
	// engine is built by engine/cmd/mkengine, with C++; the others are pure Go.
	engine bool
	// enclave runs where prompts are opened: what it links is a reviewed list beside its main package.
	enclave bool
	// page is embedded in it.
	page bool
}

var binaries = []binary{
	{name: "phallama", module: ".", main: "cmd/phallama", page: true},
	{name: "podd", module: ".", main: "cmd/podd", enclave: true},
	{name: "engine", module: "engine", main: "cmd/engine", engine: true, enclave: true},
	{name: sgxBinary, module: "engine", main: "cmd/podd-allinone", engine: true, enclave: true},
}

const goAMD64 = "v1" // every x86-64 CPU; the engine's C++ code has a level of its own

// kept are the variables of the caller's environment that a build sees: where things are, never what to build.
var kept = []string{
	"PATH", "HOME", "TMPDIR", "GOPATH", "GOCACHE", "GOMODCACHE", "GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOPRIVATE", "GOTOOLCHAIN", "GOTMPDIR",
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
}

// environment is that of every command that a release runs.
func environment(more ...string) []string {
	env := []string{
		"LC_ALL=C", "TZ=UTC", "GOOS=linux", "GOARCH=amd64", "GOAMD64=" + goAMD64, "GOEXPERIMENT=", "GODEBUG=", "GOWORK=off", "GOFIPS140=off",
		"GOFLAGS=-trimpath -buildvcs=false", "CC=gcc", "CXX=g++", "CGO_CFLAGS=", "CGO_CPPFLAGS=", "CGO_CXXFLAGS=", "CGO_LDFLAGS=",
	}
	for _, name := range kept {
		if value, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+value)
		}
	}
	return append(env, more...)
}

// isThere says whether the repository has a binary's source.
func (b binary) isThere(root string) bool {
	_, err := os.Stat(filepath.Join(root, b.module, b.main))
	return err == nil
}

// build builds the binaries whose source is there, and says which it left out.
func (r *release) build(ctx context.Context) (built []binary, left []string, err error) {
	r.say("[2/4] binaries; the engine's C++ code takes 3 to 10 minutes")
	engine := false
	for _, b := range binaries {
		switch {
		case !b.isThere(r.root):
			left = append(left, fmt.Sprintf("%s (there is no %s)", b.name, filepath.Join(b.module, b.main)))
			continue
		case !b.engine:
			err = r.buildGo(ctx, b)
		case !engine: // once for all of them
			if err := r.tryMeasure(ctx); err != nil {
				return nil, nil, fmt.Errorf("SGX: %w", err)
			}
			engine, err = true, r.buildEngine(ctx)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", b.name, err)
		}
		if err := r.review(b); err != nil {
			return nil, nil, err
		}
		sum, size, err := hashFile(filepath.Join(r.dist, b.name))
		if err != nil {
			return nil, nil, err
		}
		r.say("      %-14s %s  %.1f MB", b.name, sum, float64(size)/1e6)
		built = append(built, b)
	}
	return built, left, nil
}

func (r *release) buildGo(ctx context.Context, b binary) error {
	modules, err := output(ctx, "", "go", "env", "GOMODCACHE")
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "go", "build", "-toolexec", "'"+self+"'", "-ldflags=-s -w -X main.version="+r.source.Version,
		"-o", filepath.Join(r.dist, b.name), "./"+b.main)
	cmd.Dir, cmd.Env = filepath.Join(r.root, b.module), environment("CGO_ENABLED=0", trimModules+"="+modules)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w\n%s", err, out)
	}
	return nil
}

// buildEngine has mkengine build every binary with C++. Go does not hash all headers and libraries of the system that C++
// code reads, so that an old object could stand in a cache: a release compiles everything.
func (r *release) buildEngine(ctx context.Context) error {
	cache := r.cache
	if cache == "" {
		fresh, err := os.MkdirTemp("", "phallama-release-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(fresh)
		cache = fresh
	}
	models, err := os.MkdirTemp("", "phallama-models-") // no part of a release
	if err != nil {
		return err
	}
	defer os.RemoveAll(models)
	args := []string{"run", "./cmd/mkengine", "-cpu", r.cpu, "-bin", r.dist, "-models", models}
	for _, b := range binaries {
		if b.name == sgxBinary && b.isThere(r.root) { // the one with a version of its own
			args = append(args, "-version", r.source.Version)
		}
	}
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = filepath.Join(r.root, "engine"), environment("GOCACHE="+cache)
	cmd.Stdout = r.out
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%w\n%s", err, stderr.String())
	}
	return nil
}

// review holds the modules that a binary of the enclave says it was built from against its reviewed list.
func (r *release) review(b binary) error {
	if !b.enclave {
		return nil
	}
	info, err := buildinfo.ReadFile(filepath.Join(r.dist, b.name))
	if err != nil {
		return err
	}
	list, err := os.ReadFile(b.listFile(r.root))
	if err != nil {
		return err
	}
	reviewed := map[string]bool{}
	for _, m := range parseList(list) {
		reviewed[m.path+" "+m.version] = true
	}
	for _, dep := range info.Deps {
		if m := moduleOf(dep); !reviewed[m.path+" "+m.version] {
			return fmt.Errorf("%s links %s %s, which %s does not list: %s", b.name, m.path, m.version, b.listFile("."), howToReview)
		}
	}
	return nil
}
