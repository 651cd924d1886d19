package client

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// InUse reports whether a client uses a state directory, and changes nothing there. The lock is held for the moment that it
// takes to ask.
func InUse(dir string) (bool, error) {
	file, err := os.Open(filepath.Join(dir, lockFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("client: state directory: %w", err)
	}
	defer file.Close()
	free, err := lock(file)
	if err != nil {
		return false, fmt.Errorf("client: locking the state directory %s: %w", dir, err)
	}
	return !free, nil
}
