package attest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
)

// gramine stands in for Gramine's files: named pipes with somebody behind them, so
// that what is read is made after what was written, as there.
type gramine struct {
	dir   string
	quote func(reportData [64]byte) []byte
}

func newGramine(t *testing.T, kind string, quote func([64]byte) []byte) *gramine {
	t.Helper()
	g := &gramine{t.TempDir(), quote}
	if err := os.WriteFile(filepath.Join(g.dir, "attestation_type"), []byte(kind), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"user_report_data", "quote"} {
		if err := syscall.Mkfifo(filepath.Join(g.dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	go func() {
		for {
			asked, err := os.ReadFile(filepath.Join(g.dir, "user_report_data")) // waits for a writer
			if err != nil {
				return // the test is over
			}
			var reportData [64]byte
			copy(reportData[:], asked)
			if err := os.WriteFile(filepath.Join(g.dir, "quote"), g.quote(reportData), 0); err != nil {
				return
			}
		}
	}()
	return g
}

func (g *gramine) source(t *testing.T) *attest.Gramine {
	t.Helper()
	s, err := attest.NewGramine(g.dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGramine(t *testing.T) {
	p := newPlatform(t)
	quoted := func(reportData [64]byte) []byte {
		ev, err := p.Source(simulated.Enclave{MRENCLAVE: mrenclave}).Quote(t.Context(), reportData)
		if err != nil {
			t.Error(err)
		}
		return ev.Quote
	}
	source := newGramine(t, "dcap\n", quoted).source(t)
	// Quotes are made one at a time: nobody gets another's.
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			data := [64]byte{0: byte(i), 63: 1}
			ev, err := source.Quote(t.Context(), data)
			if err != nil || [64]byte(verified(t, p, ev).ReportData) != data {
				t.Errorf("quote %d: %v", i, err)
			}
		})
	}
	all.Wait()

	for name, tt := range map[string]struct {
		kind  string
		quote func([64]byte) []byte
		say   string
	}{
		"no attestation":  {"none", quoted, `got "none"`},
		"EPID":            {"epid", quoted, "sgx.remote_attestation"},
		"nothing":         {"dcap", func([64]byte) []byte { return nil }, "AESM"},
		"garbage":         {"dcap", func([64]byte) []byte { return []byte("hello") }, "quote-format"},
		"over other data": {"dcap", func([64]byte) []byte { return quoted([64]byte{9}) }, "another question"},
		"too large":       {"dcap", func([64]byte) []byte { return make([]byte, attest.MaxQuoteSize+1) }, "at most"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := newGramine(t, tt.kind, tt.quote).source(t).Quote(t.Context(), reportData)
			wantMessage(t, err, tt.say)
		})
	}
	t.Run("no Gramine", func(t *testing.T) {
		s, err := attest.NewGramine(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Quote(t.Context(), reportData)
		wantMessage(t, err, "no Gramine enclave")
	})
	if _, err := attest.NewGramine(""); err == nil {
		t.Error("no folder: accepted")
	}
}

// tsm stands in for configfs: a folder comes with its files, and a write makes the
// next outblob.
type tsm struct {
	quote      func([64]byte) []byte
	provider   string
	intrude    int // so many writes of somebody else, one after each of ours
	mkdir      error
	outblob    error
	dirs       map[string][]byte
	generation int
}

func (f *tsm) Mkdir(dir string) error {
	if f.mkdir != nil {
		return f.mkdir
	}
	f.dirs[dir] = nil
	return nil
}

func (f *tsm) Remove(dir string) error {
	if _, ok := f.dirs[dir]; !ok {
		return fs.ErrNotExist
	}
	delete(f.dirs, dir)
	return nil
}

func (f *tsm) Read(path string) ([]byte, error) {
	switch filepath.Base(path) {
	case "provider":
		return []byte(f.provider + "\n"), nil
	case "generation":
		return []byte(fmt.Sprintln(f.generation)), nil
	case "outblob":
		return f.dirs[filepath.Dir(path)], f.outblob
	}
	return nil, fs.ErrNotExist
}

func (f *tsm) Write(path string, data []byte) error {
	if filepath.Base(path) != "inblob" || len(data) != 64 {
		return syscall.EINVAL
	}
	f.generation++
	f.dirs[filepath.Dir(path)] = f.quote([64]byte(data))
	if f.intrude > 0 {
		f.intrude--
		f.generation++
		f.dirs[filepath.Dir(path)] = f.quote([64]byte{0xff})
	}
	return nil
}

func TestConfigFS(t *testing.T) {
	p := newPlatform(t)
	quoted := func(reportData [64]byte) []byte {
		ev, err := p.GuestSource(simulated.Guest{}).Quote(t.Context(), reportData)
		if err != nil {
			t.Error(err)
		}
		return append(ev.Quote, make([]byte, 70)...) // the kernel's buffer is larger
	}
	for name, tt := range map[string]struct {
		change func(*tsm)
		say    string // "": a quote
	}{
		"quote":               {func(*tsm) {}, ""},
		"somebody else, once": {func(f *tsm) { f.intrude = 1 }, ""},
		"somebody else, ever": {func(f *tsm) { f.intrude = 9 }, "somebody else wrote"},
		"SEV guest":           {func(f *tsm) { f.provider = "sev_guest" }, "no TDX guest"},
		"no configfs":         {func(f *tsm) { f.mkdir = fs.ErrNotExist }, "mount configfs"},
		"no root":             {func(f *tsm) { f.mkdir = syscall.EACCES }, "only root"},
		"no provider":         {func(f *tsm) { f.mkdir = syscall.ENXIO }, "tdx_guest"},
		"busy":                {func(f *tsm) { f.outblob = syscall.EBUSY }, "somebody else asks"},
		"nothing":             {func(f *tsm) { f.quote = func([64]byte) []byte { return nil } }, "quote-format"},
		"over other data":     {func(f *tsm) { f.quote = func([64]byte) []byte { return quoted([64]byte{9}) } }, "another question"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &tsm{quote: quoted, provider: "tdx_guest", dirs: map[string][]byte{}}
			tt.change(f)
			ev, err := attest.NewConfigFSOn(f).Quote(t.Context(), reportData)
			if len(f.dirs) != 0 {
				t.Errorf("left behind: %v", f.dirs)
			}
			if tt.say != "" {
				wantMessage(t, err, tt.say)
				return
			}
			if err != nil || ev.Kind != attest.KindTDX || [64]byte(verified(t, p, ev).ReportData) != reportData {
				t.Errorf("kind %s, %v", ev.Kind, err)
			}
		})
	}
	t.Run("real files", func(t *testing.T) {
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
