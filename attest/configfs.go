package attest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// ConfigFSRoot is where Linux has its TSM reports.
const ConfigFSRoot = "/sys/kernel/config/tsm/report"

// configFSTries is how often a quote is tried when somebody else uses the same
// entry meanwhile.
const configFSTries = 3

// ConfigFS is a [Source] of a TDX guest in Linux's configfs (Linux documentation,
// ABI/testing/configfs-tsm-report): a folder is made, what is written to its inblob
// is what the outblob is over. The generation tells whether somebody else wrote in
// between.
//
// It is tested against a stand-in for the folder, not on TDX hardware.
type ConfigFS struct {
	root string
	fs   tsmFS
}

// tsmFS are the calls to configfs, whose folders come with their files and go with
// them: no ordinary file system does so.
type tsmFS interface {
	Mkdir(dir string) error
	Read(path string) ([]byte, error) // at most MaxQuoteSize bytes and one
	Write(path string, data []byte) error
	Remove(dir string) error
}

type realFS struct{}

func (realFS) Mkdir(dir string) error  { return os.Mkdir(dir, 0o700) }
func (realFS) Remove(dir string) error { return syscall.Rmdir(dir) }

func (realFS) Read(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxQuoteSize+1))
}

func (realFS) Write(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Close())
}

// NewConfigFS returns a source at the folder, ConfigFSRoot but in tests. Nothing is
// opened before the first quote.
func NewConfigFS(root string) (*ConfigFS, error) {
	if root == "" {
		return nil, errors.New("configfs: expected the folder of TSM reports, such as " + ConfigFSRoot)
	}
	return &ConfigFS{root, realFS{}}, nil
}

// Quote implements [Source].
func (c *ConfigFS) Quote(ctx context.Context, reportData [64]byte) (ev Evidence, err error) {
	for try := 1; ; try++ {
		if err := ctx.Err(); err != nil {
			return Evidence{}, err
		}
		quote, moved, err := c.once(reportData)
		if err == nil && !moved {
			if ev, err = asked(quote, reportData); err != nil {
				return Evidence{}, fmt.Errorf("configfs: %w", err)
			}
			return ev, nil
		}
		busy := moved || errors.Is(err, syscall.EBUSY)
		if !busy || try == configFSTries {
			if err == nil {
				err = errors.New("somebody else wrote to the entry each time: who uses " + c.root + "?")
			}
			return Evidence{}, fmt.Errorf("configfs: %w", err)
		}
	}
}

// once makes one entry, asks it, and removes it.
func (c *ConfigFS) once(reportData [64]byte) (quote []byte, moved bool, err error) {
	dir := filepath.Join(c.root, "phallama-"+rand.Text())
	if err := c.fs.Mkdir(dir); err != nil {
		return nil, false, c.failed(err)
	}
	defer func() { err = errors.Join(err, c.fs.Remove(dir)) }()
	provider, err := c.read(dir, "provider")
	if err != nil {
		return nil, false, err
	}
	if name := strings.TrimSpace(string(provider)); name != "tdx_guest" {
		return nil, false, fmt.Errorf("expected the provider tdx_guest, got %.40q: this is no TDX guest", name)
	}
	before, err := c.read(dir, "generation")
	if err != nil {
		return nil, false, err
	}
	if err := c.fs.Write(filepath.Join(dir, "inblob"), reportData[:]); err != nil {
		return nil, false, c.failed(err)
	}
	if quote, err = c.read(dir, "outblob"); err != nil {
		return nil, false, err
	}
	after, err := c.read(dir, "generation")
	if err != nil {
		return nil, false, err
	}
	var a, b uint64
	if _, err := fmt.Sscan(string(before), &a); err != nil {
		return nil, false, fmt.Errorf("generation: expected a number, got %.40q", before)
	}
	if _, err := fmt.Sscan(string(after), &b); err != nil {
		return nil, false, fmt.Errorf("generation: expected a number, got %.40q", after)
	}
	return quote, b != a+1, nil // our write counts as one
}

func (c *ConfigFS) read(dir, name string) ([]byte, error) {
	data, err := c.fs.Read(filepath.Join(dir, name))
	if err != nil {
		return nil, c.failed(err)
	}
	if len(data) > MaxQuoteSize {
		return nil, fmt.Errorf("%s: expected at most %d bytes", name, MaxQuoteSize)
	}
	return data, nil
}

func (c *ConfigFS) failed(err error) error {
	hint := "look at the kernel's log"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "mount configfs at /sys/kernel/config, and load the tdx_guest module; both are there in a TDX guest only"
	case errors.Is(err, fs.ErrPermission):
		hint = "only root may ask for reports"
	case errors.Is(err, syscall.EBUSY):
		hint = "somebody else asks for one"
	case errors.Is(err, syscall.ENXIO):
		hint = "no provider of reports is loaded (tdx_guest)"
	}
	return fmt.Errorf("%w: %s", err, hint)
}
