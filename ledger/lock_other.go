//go:build !unix

package ledger

import "os"

// lockFile does nothing where pods do not run.
func lockFile(*os.File) error { return nil }
