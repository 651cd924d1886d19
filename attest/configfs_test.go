package attest_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// tsm stands in for the kernel behind configfs. The files are real, and go through
// the system's calls: what this adds is that a folder comes with its files and goes
// with them, and that a write counts and makes the next outblob.
type tsm struct {
	attest.TSMFS
	quote      func([64]byte) []byte
	provider   string
	generation string // before anything is written
	count      int    // what a write adds to it
	mkdir      error
	rmdir      error
	busy       int   // so many reads of outblob are refused
	outblob    error // and all of them, after that
	made       int
}

func (f *tsm) Mkdir(dir string) error {
	if f.mkdir != nil {
		return f.mkdir
	}
	f.made++
	err := f.TSMFS.Mkdir(dir)
	for name, text := range map[string]string{"provider": f.provider, "generation": f.generation, "inblob": "", "outblob": ""} {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, name), []byte(text+"\n"), 0o600))
	}
	return err
}

func (f *tsm) Remove(dir string) error {
	for _, name := range []string{"provider", "generation", "inblob", "outblob"} {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return errors.Join(f.TSMFS.Remove(dir), f.rmdir)
}

func (f *tsm) Read(path string) ([]byte, error) {
	if filepath.Base(path) == "outblob" {
		if f.busy > 0 {
			f.busy--
			return nil, &fs.PathError{Op: "read", Path: path, Err: syscall.EBUSY}
		}
		if f.outblob != nil {
			return nil, &fs.PathError{Op: "read", Path: path, Err: f.outblob}
		}
	}
	return f.TSMFS.Read(path)
}

func (f *tsm) Write(path string, data []byte) error {
	if filepath.Base(path) != "inblob" || len(data) != 64 {
		return syscall.EINVAL
	}
	if err := f.TSMFS.Write(path, data); err != nil {
		return err
	}
	if written, err := os.ReadFile(path); err != nil || [64]byte(written) != [64]byte(data) {
		return fmt.Errorf("written %x, %w", written, err)
	}
	dir := filepath.Dir(path)
	var n int
	if _, err := fmt.Sscan(f.generation, &n); err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, "generation"), []byte(fmt.Sprintln(n+f.count)), 0o600),
		os.WriteFile(filepath.Join(dir, "outblob"), f.quote([64]byte(data)), 0o600),
	)
}

func TestConfigFS(t *testing.T) {
	p := newPlatform(t)
	guest := p.GuestSource(simulated.Guest{MRTD: [48]byte{1}})
	quoted := func(reportData [64]byte) []byte {
		ev, err := guest.Quote(t.Context(), reportData)
		if err != nil {
			t.Error(err)
		}
		return append(ev.Quote, make([]byte, 70)...) // the kernel's buffer is larger
	}
	const tries = 8
	for name, tt := range map[string]struct {
		change      func(*tsm)
		say         string // "": a quote
		made, waits int
	}{
		"quote":          {func(*tsm) {}, "", 1, 0},
		"not the first":  {func(f *tsm) { f.generation = "41" }, "", 1, 0},
		"busy for long":  {func(f *tsm) { f.busy = tries - 1 }, "", tries, tries - 1},
		"busy for ever":  {func(f *tsm) { f.outblob = syscall.EBUSY }, "has not answered an earlier request", tries, tries - 1},
		"somebody else":  {func(f *tsm) { f.count = 2 }, "somebody else wrote", tries, 0},
		"write not seen": {func(f *tsm) { f.count = 0 }, "count the write of inblob", 1, 0},
		"no count":       {func(f *tsm) { f.generation = "0x" }, "generation: expected a number", 1, 0},
		"SEV guest":      {func(f *tsm) { f.provider = "sev_guest" }, "no TDX guest", 1, 0},
		"no configfs":    {func(f *tsm) { f.mkdir = fs.ErrNotExist }, "mount configfs", 0, 0},
		"no root":        {func(f *tsm) { f.mkdir = syscall.EACCES }, "only root", 0, 0},
		"no provider":    {func(f *tsm) { f.mkdir = syscall.ENXIO }, "no provider of reports", 0, 0},
		"host fails":     {func(f *tsm) { f.outblob = syscall.EIO }, "the host makes no quotes", 1, 0},
		"host is silent": {func(f *tsm) { f.outblob = syscall.ETIMEDOUT }, "the host makes no quotes", 1, 0},
		"unknown error":  {func(f *tsm) { f.outblob = syscall.EINVAL }, "the kernel's log", 1, 0},
		"cannot be gone": {func(f *tsm) { f.rmdir = syscall.EPERM }, "removing", 1, 0},
		"nothing":        {func(f *tsm) { f.quote = func([64]byte) []byte { return nil } }, "quote-format", 1, 0},
		"too large":      {func(f *tsm) { f.quote = func([64]byte) []byte { return make([]byte, 2*attest.MaxQuoteSize) } }, "outblob: expected at most", 1, 0},
		"over other data": {
			func(f *tsm) { f.quote = func([64]byte) []byte { return quoted([64]byte{9}) } }, "another question", 1, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			f := &tsm{TSMFS: attest.RealFS, quote: quoted, provider: "tdx_guest", generation: "0", count: 1}
			tt.change(f)
			waits := 0
			ev, err := attest.NewConfigFSOn(root, f, func(context.Context) error { waits++; return nil }).Quote(t.Context(), reportData)
			if left, err := os.ReadDir(root); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			if f.made != tt.made || waits != tt.waits {
				t.Errorf("made %d entries and waited %d times, expected %d and %d", f.made, waits, tt.made, tt.waits)
			}
			if tt.say != "" {
				wantMessage(t, err, tt.say)
				wantMessage(t, err, "configfs: ")
				if len(ev.Quote) != 0 {
					t.Error("there is evidence beside the error")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			claims := verified(t, p, ev)
			if ev.Kind != attest.KindTDX || claims.ReportData != reportData || claims.TDX.MRTD != (attest.Digest48{1}) {
				t.Errorf("a quote of %s over %s", claims.Measurement(), claims.ReportData)
			}
			if q, err := dcap.ParseQuote(ev.Quote); err != nil || q.Size != len(ev.Quote) {
				t.Errorf("the quote is still padded: %v", err)
			}
		})
	}
	t.Run("somebody else, once", func(t *testing.T) {
		f := &tsm{TSMFS: attest.RealFS, provider: "tdx_guest", generation: "0", count: 2}
		f.quote = func(data [64]byte) []byte {
			if f.made == 1 {
				f.count = 1 // from the next entry on there is nobody else
				return quoted([64]byte{0xff})
			}
			return quoted(data)
		}
		ev, err := attest.NewConfigFSOn(t.TempDir(), f, nil).Quote(t.Context(), reportData)
		if err != nil || f.made != 2 || verified(t, p, ev).ReportData != reportData {
			t.Errorf("made %d entries, %v", f.made, err)
		}
	})
	t.Run("told to stop while it waits", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		f := &tsm{TSMFS: attest.RealFS, quote: quoted, provider: "tdx_guest", generation: "0", count: 1, busy: 1}
		_, err := attest.NewConfigFSOn(t.TempDir(), f, func(ctx context.Context) error { cancel(); return ctx.Err() }).Quote(ctx, reportData)
		if !errors.Is(err, context.Canceled) || f.made != 1 {
			t.Errorf("made %d entries, %v", f.made, err)
		}
	})
	t.Run("no such folder", func(t *testing.T) {
		s, err := attest.NewConfigFS(filepath.Join(t.TempDir(), "none"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.Quote(t.Context(), reportData); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "mount configfs") {
			t.Errorf("got %v", err)
		}
	})
	if _, err := attest.NewConfigFS(""); err == nil {
		t.Error("no folder: accepted")
	}
}
