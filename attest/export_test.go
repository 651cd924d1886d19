package attest

// ParseQuoteAnswer is what tests outside the package fuzz: inside it, the
// simulated platform cannot be imported.
var ParseQuoteAnswer = parseQuoteAnswer

// TSMFS and NewConfigFSOn let tests stand in for configfs.
type TSMFS = tsmFS

// NewConfigFSOn is NewConfigFS on another file system.
func NewConfigFSOn(fs TSMFS) *ConfigFS { return &ConfigFS{"/tsm", fs} }
