//go:build unix

package ledger

import (
	"errors"
	"os"
	"syscall"
)

// lockFile takes the whole file for this process until it is closed. A kernel without flock, as Gramine by default,
// leaves it to the operator to start one pod only.
func lockFile(f *os.File) error {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.ENOSYS) || errors.Is(err, syscall.ENOTSUP) {
		return nil
	}
	return err
}
