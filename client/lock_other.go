//go:build !unix

package client

import (
	"errors"
	"os"
)

func lock(*os.File) (bool, error) {
	return false, errors.New("this system has no flock: use one on which a state directory can be locked")
}
