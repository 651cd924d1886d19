//go:build unix

package durable

import (
	"errors"
	"os"
	"syscall"
)

// lock waits for the file's lock, which is held for as long as it is open.
func lock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}
