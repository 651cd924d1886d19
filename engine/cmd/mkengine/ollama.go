package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/phallama/phallama/engine/patch"
)

// compileOllama builds the ollama command of the same patched source, for ../interop/compat: a client, no part of a pod.
// It needs modules that the engine does not, in the versions and with the sums of Ollama's own go.mod and go.sum.
func (b *builder) compileOllama(ctx context.Context) error {
	build := filepath.Join(b.module, "build")
	mod, err := os.ReadFile(filepath.Join(build, "engine.mod"))
	if err != nil {
		return err
	}
	var sums []byte
	for _, file := range []string{"engine.sum", "ollama/go.sum"} {
		sum, err := os.ReadFile(filepath.Join(build, file))
		if err != nil {
			return err
		}
		sums = append(sums, sum...)
	}
	for name, content := range map[string][]byte{"command.mod": mod, "command.sum": sums} {
		if err := os.WriteFile(filepath.Join(build, name), content, 0o644); err != nil {
			return err
		}
	}
	return b.program(ctx, patch.Module, b.ollama, "-modfile=build/command.mod", "-mod=mod")
}

// compileReleased builds the ollama command as it is released, for tests of what takes one in the engine's place. For that its
// source stands where the patched one does: the paths are in what the compiler is told, and so what the patches leave alone
// is compiled once for both.
func (b *builder) compileReleased(ctx context.Context) (err error) {
	build := filepath.Join(b.module, "build")
	place, aside := filepath.Join(build, "ollama"), filepath.Join(build, "ollama.patched")
	released, err := b.download(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(aside), os.Rename(place, aside)); err != nil {
		return err
	}
	defer func() { // what is interrupted in between is seen by its hash, and made again
		err = errors.Join(err, os.RemoveAll(place), os.Rename(aside, place))
	}()
	if err := os.CopyFS(place, os.DirFS(released)); err != nil {
		return err
	}
	return b.program(ctx, patch.Module, filepath.Join(filepath.Dir(b.ollama), "released", "ollama"), "-modfile=build/command.mod", "-mod=mod")
}
