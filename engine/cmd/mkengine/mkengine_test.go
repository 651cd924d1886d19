package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/modfile"

	"github.com/phallama/phallama/engine/patch"
)

// The go.mod names the version that the patches are for, and replaces the main
// module of this very checkout alone: a replace by a generated folder would
// break a clean clone.
func TestGoMod(t *testing.T) {
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	const main = "github.com/phallama/phallama"
	if r := mod.Replace; len(r) != 1 || r[0].Old.Path != main || r[0].Old.Version != "" || r[0].New.Path != "../" || r[0].New.Version != "" {
		t.Errorf("go.mod has the replace lines %v, want %s => ../ and no other", r, main)
	}
	for _, r := range mod.Require {
		if r.Mod.Path == patch.Module && r.Mod.Version != patch.Version {
			t.Errorf("go.mod requires %s, the patches are for %s", r.Mod, patch.Version)
		}
	}
	if sum, err := goSum("../../go.sum", patch.Module, patch.Version); err != nil || !strings.HasPrefix(sum, "h1:") {
		t.Errorf("go.sum: got %q, %v", sum, err)
	}
}

func TestModfileAddsReplace(t *testing.T) {
	b := builder{module: t.TempDir()}
	for name, text := range map[string]string{"go.mod": "module m\n", "go.sum": "sums\n"} {
		if err := os.WriteFile(filepath.Join(b.module, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	build := filepath.Join(b.module, "build")
	if err := b.modfile(build); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(build, "engine.mod"))
	if err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("engine.mod", data, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(mod.Replace) != 1 || mod.Replace[0].Old.Path != patch.Module || mod.Replace[0].New.Path != "./build/ollama" {
		t.Errorf("got replaces %v, want %s => ./build/ollama", mod.Replace, patch.Module)
	}
}

func TestGoSumMissing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.sum")
	if err := os.WriteFile(file, []byte("a v1 h1:x\na v1/go.mod h1:y\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if sum, err := goSum(file, "a", "v1"); err != nil || sum != "h1:x" {
		t.Errorf("got %q, %v", sum, err)
	}
	if _, err := goSum(file, "a", "v2"); err == nil {
		t.Error("a version without a line was found")
	}
}

func TestWatchKeepsCompilerMessages(t *testing.T) {
	b := builder{start: time.Now()}
	got := b.watch(strings.NewReader("internal/x\ngithub.com/ollama/ollama/llama\n# a/b\nx.cpp:1: error: no\n"), 10)
	if want := "# a/b\nx.cpp:1: error: no\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Missing prerequisites end in one message that names what to install.
func TestPrerequisitesMissing(t *testing.T) {
	ctx := context.Background()
	t.Run("compiler", func(t *testing.T) {
		t.Setenv("CXX", "no-such-c++")
		b := builder{module: "../..", cpu: "baseline"}
		_, err := b.prerequisites(ctx)
		checkMessage(t, err, "missing: no-such-c++", "apt-get install -y g++ nlohmann-json3-dev libstb-dev")
	})
	t.Run("headers", func(t *testing.T) {
		if _, err := (&builder{module: "../..", cpu: "baseline"}).prerequisites(ctx); err != nil {
			t.Skipf("this machine cannot build the engine: %v", err)
		}
		t.Setenv("CXX", "g++ -nostdinc++ -nostdinc")
		b := builder{module: t.TempDir(), cpu: "baseline"}
		_, err := b.prerequisites(ctx)
		checkMessage(t, err, "nlohmann/json.hpp", "stb/stb_image.h", "apt-get install -y nlohmann-json3-dev libstb-dev")
	})
	t.Run("cpu", func(t *testing.T) {
		b := builder{module: "../..", cpu: "v9"}
		_, err := b.prerequisites(ctx)
		checkMessage(t, err, `"v9"`, "v3 or baseline")
	})
}

func checkMessage(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range want {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("message %q does not say %q", err, w)
		}
	}
}

// A changed header behind CPLUS_INCLUDE_PATH changes the flags, since Go would
// otherwise reuse objects built from the old one.
func TestHeadersAreHashed(t *testing.T) {
	ctx := context.Background()
	module := t.TempDir()
	if err := os.CopyFS(filepath.Join(module, "include"), os.DirFS("../../include")); err != nil {
		t.Fatal(err)
	}
	b := builder{module: module, cpu: "baseline"}
	before, err := b.prerequisites(ctx)
	if err != nil {
		t.Skipf("this machine cannot build the engine: %v", err)
	}
	header := filepath.Join(module, "include", "miniaudio", "miniaudio.h")
	f, err := os.OpenFile(header, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("// changed\n"); err != nil {
		t.Fatal(err)
	}
	f.Close()
	after, err := b.prerequisites(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if before == after {
		t.Errorf("flags stayed %q", after)
	}
}
