package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// A network goes on with another model, of a store in Ollama's layout: it is the one that pods offer, and is billed.
func TestUpWithAnotherModel(t *testing.T) {
	t.Parallel()
	data, store := t.TempDir(), t.TempDir()
	if err := os.CopyFS(store, os.DirFS(filepath.Join(builtDir, "models"))); err != nil {
		t.Fatal(err)
	}
	library := filepath.Join(store, "manifests", "registry.ollama.ai", "library")
	if err := os.Rename(filepath.Join(library, "wisp"), filepath.Join(library, "owl")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(library, "owl", "latest"), filepath.Join(library, "owl", "1b")); err != nil {
		t.Fatal(err)
	}
	ask := func(p *process, model string) error {
		got, err := chat(t.Context(), p.Gateway, question{Model: model, Messages: []message{{"user", "Repeat after me: falcon-4711"}}}, io.Discard)
		if err == nil && (!strings.HasPrefix(got.Answer, "falcon-4711") || got.Cost == (protocol.Amount{})) {
			t.Errorf("%s: %+v", model, got)
		}
		return err
	}
	first := startUp(t, data)
	if err := ask(first, defaultModel); err != nil {
		t.Error(err)
	}
	first.stop(t)
	second := startUp(t, data, "--model", "owl:1b", "--models", store)
	if err := ask(second, "owl:1b"); err != nil {
		t.Error(err)
	}
	if err := ask(second, defaultModel); err == nil || !strings.Contains(err.Error(), "wisp") {
		t.Errorf("the model before: %v", err)
	}
	second.stop(t)
}
