package main

import (
	"context"
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
