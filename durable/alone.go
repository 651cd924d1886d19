package durable

import "os"

// Alone does something to a file while no other process, and nobody else in this one, does so too: a change that is read,
// made and written by two at once would lose one. It takes the lock of a file beside it, path and ".lock", which stays.
// Where a system has no such locks, it is done without.
func Alone(path string, do func() error) error {
	file, err := os.OpenFile(path+".lock", os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer file.Close() // which lets go of it
	if err := lock(file); err != nil {
		return err
	}
	return do()
}
