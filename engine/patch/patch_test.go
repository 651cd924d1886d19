package patch_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/patch"
)

func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		// Files copied from the module cache are read-only.
		if err := os.WriteFile(path, []byte(text), 0o444); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func read(t *testing.T, root, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestApply(t *testing.T) {
	root := tree(t, map[string]string{"a/x.go": "one two three\n", "y.go": "four\n"})
	err := patch.Apply(root, []patch.Edit{
		{File: "a/x.go", Old: "two", New: "2 two"},
		{File: "a/x.go", Old: "three", New: "3"},
		{File: "y.go", Old: "four", New: "4"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, root, "a/x.go"), "one 2 two 3\n"; got != want {
		t.Errorf("a/x.go: got %q, want %q", got, want)
	}
	if got, want := read(t, root, "y.go"), "4\n"; got != want {
		t.Errorf("y.go: got %q, want %q", got, want)
	}
}

func TestApplyRefuses(t *testing.T) {
	for _, test := range []struct {
		name, text, old string
		found           int
	}{
		{"absent", "one two", "three", 0},
		{"twice", "two one two", "two", 2},
		{"overlapping", "aaa", "aa", 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			root := tree(t, map[string]string{"first.go": "begin", "x.go": test.text})
			err := patch.Apply(root, []patch.Edit{
				{File: "first.go", Old: "begin", New: "changed"},
				{File: "x.go", Why: "the reason", Old: test.old, New: "new"},
			})
			var mismatch *patch.MismatchError
			if !errors.As(err, &mismatch) {
				t.Fatalf("got %v, want a MismatchError", err)
			}
			if mismatch.Found != test.found {
				t.Errorf("found %d times, want %d", mismatch.Found, test.found)
			}
			for _, want := range []string{"x.go", "the reason", "expected this text once"} {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("message %q does not say %q", err, want)
				}
			}
			if got := read(t, root, "first.go"); got != "begin" {
				t.Errorf("a failed patch changed another file to %q", got)
			}
		})
	}
}

func TestApplyMissingFile(t *testing.T) {
	err := patch.Apply(t.TempDir(), []patch.Edit{{File: "gone.go", Old: "a", New: "b"}})
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "gone.go") {
		t.Errorf("got %v, want a not-exist error that names gone.go", err)
	}
}

func TestApplyAddsFile(t *testing.T) {
	edits := []patch.Edit{
		{File: "a/x.go", Old: "two", New: "2"},
		{File: "a/new.go", Why: "the reason", New: "added\n"},
		{File: "a/new.go", Old: "added", New: "added and changed"},
	}
	root := tree(t, map[string]string{"a/x.go": "one two\n"})
	if err := patch.Apply(root, edits); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, root, "a/new.go"), "added and changed\n"; got != want {
		t.Errorf("a/new.go: got %q, want %q", got, want)
	}
	for name, edits := range map[string][]patch.Edit{
		"it exists": edits, "twice": {edits[1], edits[1]},
	} {
		root := tree(t, map[string]string{"a/x.go": "two"})
		if name == "it exists" {
			root = tree(t, map[string]string{"a/x.go": "two", "a/new.go": "upstream's own"})
		}
		err := patch.Apply(root, edits)
		if err == nil || !strings.Contains(err.Error(), "a/new.go") || !strings.Contains(err.Error(), "the reason") {
			t.Errorf("%s: got %v, want a refusal that names a/new.go and the reason", name, err)
		}
		if got := read(t, root, "a/x.go"); got != "two" {
			t.Errorf("%s: a failed patch changed another file to %q", name, got)
		}
	}
}

// A second run over a patched tree must not patch twice.
func TestApplyTwice(t *testing.T) {
	root := tree(t, map[string]string{"x.go": "listen(tcp)"})
	edits := []patch.Edit{{File: "x.go", Old: "listen(tcp)", New: "listen(unix)"}}
	if err := patch.Apply(root, edits); err != nil {
		t.Fatal(err)
	}
	if err := patch.Apply(root, edits); err == nil {
		t.Error("the second run succeeded")
	}
}
