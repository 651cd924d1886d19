package store_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/store"
)

func wisp(t *testing.T) store.Model {
	t.Helper()
	gguf, err := os.ReadFile("../model/wisp-q8.gguf")
	if err != nil {
		t.Fatal(err)
	}
	m, err := store.Wisp(gguf)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// files reads a whole store, path to content.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(filepath.Join(dir, path))
		got[path] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestWriteSameBytesEachTime(t *testing.T) {
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "elsewhere", "b")
	if err := os.MkdirAll(filepath.Join(b, "old"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{a, b, b} { // b: over an older folder, and twice
		if err := store.Write(dir, wisp(t)); err != nil {
			t.Fatal(err)
		}
	}
	first, second := files(t, a), files(t, b)
	if len(first) != 5 || len(second) != 5 {
		t.Fatalf("stores hold %d and %d files, want 5 (manifest, config, weights, template, parameters)", len(first), len(second))
	}
	for path, data := range first {
		if second[path] != data {
			t.Errorf("%s differs between two writes", path)
		}
	}
	if _, err := os.Stat(filepath.Join(b, "old")); err == nil {
		t.Error("what the folder held before is still there")
	}
}

func TestWriteManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	m := wisp(t)
	if err := store.Write(dir, m); err != nil {
		t.Fatal(err)
	}
	got := files(t, dir)
	var manifest struct {
		Config struct{ Digest string }
		Layers []struct {
			MediaType, Digest string
			Size              int
		}
	}
	if err := json.Unmarshal([]byte(got["manifests/registry.ollama.ai/library/wisp/latest"]), &manifest); err != nil {
		t.Fatal(err)
	}
	want := []string{string(m.GGUF), m.Template, `{"num_thread":1,"repeat_penalty":1,"temperature":0}`}
	if len(manifest.Layers) != len(want) {
		t.Fatalf("%d layers, want %d", len(manifest.Layers), len(want))
	}
	for i, l := range manifest.Layers {
		data := got["blobs/"+strings.Replace(l.Digest, ":", "-", 1)]
		if data != want[i] || l.Size != len(want[i]) {
			t.Errorf("layer %s does not hold what was given", l.MediaType)
		}
	}
	for path, data := range got {
		if name, ok := strings.CutPrefix(path, "blobs/sha256-"); ok {
			if sum := sha256.Sum256([]byte(data)); hex.EncodeToString(sum[:]) != name {
				t.Errorf("%s does not hash to its name", path)
			}
		}
	}
	if strings.Contains(got["manifests/registry.ollama.ai/library/wisp/latest"], "from") {
		t.Error("the manifest records a path")
	}
}

func TestWriteRefusesNames(t *testing.T) {
	for _, name := range []string{"", "..", "a/b", "UPPER", "a:b", strings.Repeat("x", 65)} {
		m := wisp(t)
		m.Name = name
		dir := filepath.Join(t.TempDir(), "s")
		if err := store.Write(dir, m); err == nil {
			t.Errorf("name %q was accepted", name)
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("name %q left a store", name)
		}
	}
}

func TestWispRefusesOtherFiles(t *testing.T) {
	for _, gguf := range []string{"", "not a model", "GGUF without metadata"} {
		if _, err := store.Wisp([]byte(gguf)); err == nil {
			t.Errorf("%q was taken for a model", gguf)
		}
	}
}
