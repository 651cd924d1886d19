// Package patch changes a copy of Ollama's source in a few named places.
//
// An edit has no context lines: it names a text that must occur exactly once
// in its file and the text that takes its place, or it adds a whole file.
// Anything else, such as a later Ollama that was rearranged, is an error that
// stops the build.
package patch

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Edit replaces Old, which must occur exactly once in File, by New. Without Old
// it adds File, which must not exist.
type Edit struct {
	File string // slash-separated, relative to the module's root
	Why  string // one line, shown when the edit does not apply
	Old  string
	New  string
}

// MismatchError says that the text an edit replaces does not occur exactly
// once.
type MismatchError struct {
	Edit  Edit
	Found int
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("patch %s (%s): expected this text once, found it %d times: %q; "+
		"the source is not the Ollama version the patches were written for", e.Edit.File, e.Edit.Why, e.Found, e.Edit.Old)
}

// Apply makes all edits below root. It checks every edit before it writes the
// first file, so a failure leaves the tree as it was.
func Apply(root string, edits []Edit) error {
	changed := map[string][]byte{}
	for _, e := range edits {
		name := filepath.Join(root, filepath.FromSlash(e.File))
		src, ok := changed[name]
		if e.Old == "" {
			if _, err := os.Lstat(name); ok || !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("patch %s (%s): expected no such file, to add it: "+
					"the source is not the Ollama version the patches were written for", e.File, e.Why)
			}
			changed[name] = []byte(e.New)
			continue
		}
		if !ok {
			var err error
			if src, err = os.ReadFile(name); err != nil {
				return fmt.Errorf("patch %s (%s): %w", e.File, e.Why, err)
			}
		}
		if n := count(src, []byte(e.Old)); n != 1 {
			return &MismatchError{Edit: e, Found: n}
		}
		changed[name] = bytes.Replace(src, []byte(e.Old), []byte(e.New), 1)
	}
	for name, src := range changed {
		// Files copied from the module cache are read-only.
		if err := os.Chmod(name, 0o644); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("patch: %w", err)
		}
		if err := os.WriteFile(name, src, 0o644); err != nil {
			return fmt.Errorf("patch: %w", err)
		}
	}
	return nil
}

// count is bytes.Count that also counts overlapping occurrences; old is not
// empty.
func count(src, old []byte) int {
	n := 0
	for {
		i := bytes.Index(src, old)
		if i < 0 {
			return n
		}
		n++
		src = src[i+1:]
	}
}
