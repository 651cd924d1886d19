//go:build unix

package client

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file's lock for as long as it is open; false: another process has it.
func lock(file *os.File) (bool, error) {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}
