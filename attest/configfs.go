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
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ConfigFSRoot is where Linux has its TSM reports.
const ConfigFSRoot = "/sys/kernel/config/tsm/report"

// A quote is tried several times when somebody else uses the same entry meanwhile,
// and when the host is still busy with an earlier request, for which Linux gives it
// 30 seconds.
const (
	configFSTries = 8
	configFSPause = 3 * time.Second
)

// ConfigFS is a [Source] of a TDX guest in Linux's configfs (Linux documentation,
// ABI/testing/configfs-tsm-report): a folder is made, what is written to its inblob
// is what the outblob is over. The generation tells whether somebody else wrote in
// between.
//
// It is tested against a stand-in for the folder, not on TDX hardware.
type ConfigFS struct {
	root string
	fs   tsmFS
	wait func(context.Context) error // while the host is busy
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
	return &ConfigFS{root, realFS{}, pause}, nil
}

func pause(ctx context.Context) error {
	select {
	case <-time.After(configFSPause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Quote implements [Source].
func (c *ConfigFS) Quote(ctx context.Context, reportData [64]byte) (Evidence, error) {
	ev, err := c.quote(ctx, reportData)
	if err != nil {
		return Evidence{}, fmt.Errorf("configfs: %w", err)
	}
	return ev, nil
}

func (c *ConfigFS) quote(ctx context.Context, reportData [64]byte) (Evidence, error) {
	for try := 1; ; try++ {
		if err := ctx.Err(); err != nil {
			return Evidence{}, err
		}
		quote, err := c.once(reportData)
		switch {
		case err == nil:
			return asked(quote, reportData)
		case try == configFSTries:
			return Evidence{}, err
		case errors.Is(err, syscall.EBUSY):
			if err := c.wait(ctx); err != nil {
				return Evidence{}, err
			}
		case !errors.Is(err, errMoved):
			return Evidence{}, err
		}
	}
}

// errMoved is that of an entry which somebody else wrote to.
var errMoved = errors.New("somebody else wrote to the entry meanwhile: look who else uses the folder")

// once makes one entry, asks it, and removes it.
func (c *ConfigFS) once(reportData [64]byte) (quote []byte, err error) {
	dir := filepath.Join(c.root, "phallama-"+rand.Text())
	if err := c.fs.Mkdir(dir); err != nil {
		return nil, c.failed(err)
	}
	defer func() {
		if gone := c.fs.Remove(dir); gone != nil {
			err = errors.Join(err, fmt.Errorf("removing %s: %w", dir, gone))
		}
	}()
	provider, err := c.read(dir, "provider")
	if err != nil {
		return nil, err
	}
	if name := strings.TrimSpace(string(provider)); name != "tdx_guest" {
		return nil, fmt.Errorf("expected the provider tdx_guest, got %.40q: this is no TDX guest", name)
	}
	before, err := c.generation(dir)
	if err != nil {
		return nil, err
	}
	if err := c.fs.Write(filepath.Join(dir, "inblob"), reportData[:]); err != nil {
		return nil, c.failed(err)
	}
	if quote, err = c.read(dir, "outblob"); err != nil {
		return nil, err
	}
	after, err := c.generation(dir)
	switch {
	case err != nil:
		return nil, err
	case after == before:
		return nil, errors.New("expected the generation to count the write of inblob, got none: look at the kernel's log")
	case after != before+1:
		return nil, errMoved
	}
	return quote, nil
}

// generation counts the writes to an entry.
func (c *ConfigFS) generation(dir string) (uint64, error) {
	text, err := c.read(dir, "generation")
	if err != nil {
		return 0, err
	}
	n, err := strconv.ParseUint(strings.TrimSpace(string(text)), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("generation: expected a number, got %.40q: this is no configfs", text)
	}
	return n, nil
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
		hint = "the host has not answered an earlier request: look at its quote generation service"
	case errors.Is(err, syscall.ENXIO):
		hint = "no provider of reports is loaded (tdx_guest)"
	case errors.Is(err, syscall.ETIMEDOUT), errors.Is(err, syscall.EIO):
		hint = "the host makes no quotes: look at its quote generation service"
	}
	return fmt.Errorf("%w: %s", err, hint)
}
