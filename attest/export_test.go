package attest

import "context"

// ParseQuoteAnswer is what tests outside the package fuzz: inside it, the
// simulated platform cannot be imported.
var ParseQuoteAnswer = parseQuoteAnswer

// Failed is the error that a source makes of one of the system's.
func (g *Gramine) Failed(err error) error { return g.failed(err) }

// TSMFS, RealFS and NewConfigFSOn let tests stand in for configfs.
type TSMFS = tsmFS

// RealFS are the system's calls.
var RealFS TSMFS = realFS{}

// NewConfigFSOn is NewConfigFS on another file system, and with another way to wait.
func NewConfigFSOn(root string, fs TSMFS, wait func(context.Context) error) *ConfigFS {
	return &ConfigFS{root, fs, wait}
}
