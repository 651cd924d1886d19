// Package durable replaces files as a whole, so that a crash leaves the old content or the new one, and nothing between.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// Replace puts content in the place of a file, or makes it, for its user alone (mode 0600), and returns once both content
// and name are on disk. Its errors are those of package os; after one the old content is there, or, if only the last step
// failed, the new one.
func Replace(path string, content []byte) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), leftover(path)) // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // it is not there any more where only the directory's sync failed
		}
	}()
	_, err = temp.Write(content)
	if err == nil {
		err = temp.Sync()
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}

// SyncDir returns once the names in a directory are on disk.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// leftover is the pattern of the names of what a crash may leave beside a file.
func leftover(path string) string { return "." + filepath.Base(path) + "-*.tmp" }

// Clean removes what a crash left of a file that was being replaced. Its name may be a pattern of package filepath, for
// several. Nobody may replace them meanwhile.
func Clean(path string) error {
	dir := filepath.Dir(path)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if left, _ := filepath.Match(leftover(path), e.Name()); left {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}
