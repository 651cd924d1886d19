package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/dirhash"

	"github.com/phallama/phallama/engine/patch"
)

const replacePath = "./build/ollama"

// source makes build/ollama, the patched copy of the pinned module, and the
// go.mod that replaces the module by it. A copy that is as it should be stays.
func (b *builder) source(ctx context.Context) error {
	id := patch.Module + "@" + patch.Version
	want, err := goSum(filepath.Join(b.module, "go.sum"), patch.Module, patch.Version)
	if err != nil {
		return err
	}
	build := filepath.Join(b.module, "build")
	dir := filepath.Join(build, "ollama")
	state := filepath.Join(build, "ollama.sum")
	if err := b.modfile(build); err != nil {
		return err
	}

	// The state names what went in and what came out.
	edits, err := json.Marshal(patch.Ollama)
	if err != nil {
		return err
	}
	in := fmt.Sprintf("%s %s patches %x", id, want, sha256.Sum256(edits))
	if have, err := dirhash.HashDir(dir, id, dirhash.Hash1); err == nil {
		if b, err := os.ReadFile(state); err == nil && string(b) == in+" gives "+have+"\n" {
			return nil
		}
	}

	for _, p := range []string{state, dir} {
		if err := os.RemoveAll(p); err != nil {
			return err
		}
	}
	released, err := b.download(ctx)
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS(released)); err != nil {
		return fmt.Errorf("copy %s: %w", id, err)
	}
	got, err := dirhash.HashDir(dir, id, dirhash.Hash1)
	if err != nil {
		return err
	}
	if got != want {
		return fmt.Errorf("%s in the module cache is not what go.sum names: expected %s, got %s; "+
			"run `go clean -modcache` and build again", id, want, got)
	}
	if err := patch.Apply(dir, patch.Ollama); err != nil {
		return err
	}
	patched, err := dirhash.HashDir(dir, id, dirhash.Hash1)
	if err != nil {
		return err
	}
	return os.WriteFile(state, []byte(in+" gives "+patched+"\n"), 0o644)
}

// download has Ollama's source in the module cache, which checks it, and says where.
func (b *builder) download(ctx context.Context) (dir string, err error) {
	id := patch.Module + "@" + patch.Version
	out, err := b.command(ctx, "go", "mod", "download", "-json", id).Output()
	var download struct{ Dir, Error string }
	if jerr := json.Unmarshal(out, &download); jerr != nil || download.Error != "" {
		return "", fmt.Errorf("download %s: %s", id, firstOf(download.Error, stderrOf(err)))
	}
	return download.Dir, nil
}

// modfile writes build/engine.mod and engine.sum. The replace stands there and
// not in go.mod, where it would break a clean clone.
func (b *builder) modfile(build string) error {
	if err := os.MkdirAll(build, 0o755); err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(b.module, "go.mod"))
	if err != nil {
		return err
	}
	mod = append(mod, "\nreplace "+patch.Module+" => "+replacePath+"\n"...)
	if err := os.WriteFile(filepath.Join(build, "engine.mod"), mod, 0o644); err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(b.module, "go.sum"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(build, "engine.sum"), sum, 0o644)
}

// goSum finds a module's hash in a go.sum file.
func goSum(file, module, version string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	for line := range strings.Lines(string(data)) {
		if f := strings.Fields(line); len(f) == 3 && f[0] == module && f[1] == version {
			return f[2], nil
		}
	}
	return "", fmt.Errorf("%s has no line for %s %s", file, module, version)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func stderrOf(err error) string {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return strings.TrimSpace(string(exit.Stderr))
	}
	return fmt.Sprint(err)
}
