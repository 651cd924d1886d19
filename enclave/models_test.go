package enclave

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/phallama/phallama/protocol"
)

// tree lists the files below dir.
func tree(t *testing.T, dir string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			path, err = filepath.Rel(dir, path)
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

func TestMeasure(t *testing.T) {
	for name, copied := range map[string]bool{"where they are": false, "copied": true} {
		t.Run(name, func(t *testing.T) {
			dir, to := t.TempDir(), ""
			digest := makeStore(t, dir)
			if copied {
				to = filepath.Join(t.TempDir(), "copy")
			}
			config := Config{Models: dir, ModelsCopy: to, Offers: []Offer{{Model: "wisp", InPerM: protocol.Units(1), Context: 10, DefaultOut: 2, MaxOut: 5}}}
			measure := func() ([]protocol.Offer, error) { return newModels(config, quiet).measure(t.Context()) }
			got, err := measure()
			if err != nil {
				t.Fatal(err)
			}
			want := protocol.Offer{Model: "wisp", ModelDigest: digest, InPerM: protocol.Units(1), Context: 10, DefaultOut: 2, MaxOut: 5}
			if len(got) != 1 || got[0] != want {
				t.Errorf("got %+v, want %+v", got, want)
			}

			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			if _, err := newModels(config, quiet).measure(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("told to stop: %v", err)
			}
			config.Offers[0].Model = "nosuch"
			if _, err := measure(); err == nil || !strings.Contains(err.Error(), "nosuch") || !strings.Contains(err.Error(), dir) {
				t.Errorf("no such model: %v", err)
			}
			config.Offers[0].Model = "wisp"
			blobs, err := filepath.Glob(filepath.Join(dir, "blobs", "*"))
			if err != nil || len(blobs) != 2 {
				t.Fatal(blobs, err)
			}
			for _, path := range blobs {
				content, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				content[0] ^= 1
				write(t, path, string(content))
				expected := strings.Replace(filepath.Base(path), "-", ":", 1)
				if _, err := measure(); err == nil || !strings.Contains(err.Error(), "damaged") || !strings.Contains(err.Error(), expected) {
					t.Errorf("a damaged blob: %v, want both digests", err)
				}
				content[0] ^= 1
				write(t, path, string(content))
			}
		})
	}
}

// The copy holds what is offered, byte for byte, and nothing else; what changes in the store later does not reach it.
func TestCopy(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	makeStore(t, from)
	offered := tree(t, from)
	write(t, filepath.Join(from, "blobs", "sha256-"+strings.Repeat("0", 64)), "of no model")
	write(t, filepath.Join(from, "manifests/registry.ollama.ai/library/other/latest"), "{}")
	config := Config{Models: from, ModelsCopy: to, Offers: []Offer{{Model: "wisp"}}}
	for range 2 { // the second time over the first's
		write(t, filepath.Join(to, "manifests/registry.ollama.ai/library/left/latest"), "{}")
		write(t, filepath.Join(to, copyMark), "")
		if _, err := newModels(config, quiet).measure(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got, want := tree(t, to), append(slices.Clone(offered), copyMark); !slices.Equal(got, want) {
			t.Errorf("the copy holds %q, want %q", got, want)
		}
		for _, path := range offered {
			want, err := os.ReadFile(filepath.Join(from, path))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := os.ReadFile(filepath.Join(to, path)); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s: %q, %v, want %q", path, got, err, want)
			}
		}
	}
	write(t, filepath.Join(from, offered[0]), "changed")
	if got, err := os.ReadFile(filepath.Join(to, offered[0])); err != nil || string(got) == "changed" {
		t.Errorf("the store reaches the copy: %q, %v", got, err)
	}
}

// Models that do not fit are told before they are copied, and once more by the bytes that were hashed.
func TestMeasureMemory(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	makeStore(t, from)
	config := Config{Models: from, ModelsCopy: to, Memory: 1 << 20, Offers: []Offer{{Model: "wisp", Context: 2048}}}
	_, err := newModels(config, quiet).measure(t.Context())
	if err == nil || !strings.Contains(err.Error(), "do not fit into memory") || !strings.Contains(err.Error(), "wisp") {
		t.Errorf("a megabyte: %v", err)
	}
	if got := tree(t, to); !slices.Equal(got, []string{copyMark}) {
		t.Errorf("copied in vain: %q", got)
	}
	m := newModels(config, quiet)
	m.gramine = true // so that the cost stays, on whatever the test's folder is
	asked := 0
	m.cost = func(int64) uint64 { // dearer the second time
		if asked++; asked > 4 {
			return 1 << 40
		}
		return 0
	}
	m.memory = func() (uint64, string, error) { return 1 << 30, "", nil }
	if _, err := m.measure(t.Context()); err == nil || !strings.Contains(err.Error(), "do not fit") || len(tree(t, to)) != 4 {
		t.Errorf("the copy does not fit: %v", err)
	}
}

// Two models that share a blob have it once.
func TestCopyShared(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	makeStore(t, from)
	const manifests = "manifests/registry.ollama.ai/library/"
	manifest, err := os.ReadFile(filepath.Join(from, manifests, "wisp/latest"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(from, manifests, "twin/latest"), string(manifest))
	config := Config{Models: from, ModelsCopy: to, Offers: []Offer{{Model: "wisp"}, {Model: "twin"}}}
	offers, err := newModels(config, quiet).measure(t.Context())
	if err != nil || len(offers) != 2 || offers[0].ModelDigest != offers[1].ModelDigest {
		t.Fatalf("%+v, %v", offers, err)
	}
	if got := tree(t, to); len(got) != 5 { // two blobs, the mark, two manifests
		t.Errorf("the copy holds %q", got)
	}
	size := len(tinyGGUF().bytes()) + len("weights")
	// The twin says another size of what was copied already.
	write(t, filepath.Join(from, manifests, "twin/latest"), strings.Replace(string(manifest), fmt.Sprintf(`"size":%d}`, size), fmt.Sprintf(`"size":%d}`, size-1), 1))
	if _, err := newModels(config, quiet).measure(t.Context()); err == nil || !strings.Contains(err.Error(), fmt.Sprint("the manifest says ", size-1)) {
		t.Errorf("another size: %v", err)
	}
}

// A folder that holds something else is not emptied.
func TestCopyKeepsWhatIsThere(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	makeStore(t, from)
	mine := filepath.Join(to, "blobs", "mine")
	write(t, mine, "mine")
	config := Config{Models: from, ModelsCopy: to, Offers: []Offer{{Model: "wisp"}}}
	if _, err := newModels(config, quiet).measure(t.Context()); err == nil || !strings.Contains(err.Error(), "holds no copy that podd made") {
		t.Errorf("somebody's folder: %v", err)
	}
	if got, err := os.ReadFile(mine); err != nil || string(got) != "mine" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"/models", "/models", true},
		{"/models", "/models/copy", true},
		{"/run/copy/models", "/run/copy", true},
		{"/models", "/models-copy", false},
		{"/models", "/run/copy", false},
		{"models", "copy", false},
		{"/models/../models/x", "/models", true},
	} {
		if got := overlap(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %t, want %t", c.a, c.b, got, c.want)
		}
	}
}
