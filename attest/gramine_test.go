package attest_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
)

// newGramine stands in for Gramine's files: named pipes with somebody behind them,
// so that what is read is made after what was written, as there. As there they are
// one state: whoever writes in between changes what the other reads.
func newGramine(t *testing.T, kind string, quote func([64]byte) []byte) *attest.Gramine {
	t.Helper()
	dir := t.TempDir()
	asked, answer := filepath.Join(dir, "user_report_data"), filepath.Join(dir, "quote")
	if err := os.WriteFile(filepath.Join(dir, "attestation_type"), []byte(kind), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{asked, answer} {
		if err := syscall.Mkfifo(name, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var over atomic.Bool
	var behind sync.WaitGroup
	behind.Go(func() {
		for {
			data, err := os.ReadFile(asked) // waits for a writer
			if over.Load() {
				return
			}
			if err != nil || len(data) != 64 {
				t.Errorf("asked for a quote over %d bytes, %v", len(data), err)
			}
			var reportData [64]byte
			copy(reportData[:], data)
			// A reader who has had enough closes the pipe before its end.
			if err := os.WriteFile(answer, quote(reportData), 0); err != nil && !errors.Is(err, syscall.EPIPE) {
				t.Error(err)
			}
		}
	})
	t.Cleanup(func() {
		over.Store(true)
		if f, err := os.OpenFile(asked, os.O_WRONLY, 0); err == nil {
			_ = f.Close()
		}
		behind.Wait()
	})
	return gramineAt(t, dir)
}

func gramineAt(t *testing.T, dir string) *attest.Gramine {
	t.Helper()
	s, err := attest.NewGramine(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestGramine(t *testing.T) {
	p := newPlatform(t)
	enclave := p.Source(simulated.Enclave{MRENCLAVE: mrenclave})
	quoted := func(reportData [64]byte) []byte {
		ev, err := enclave.Quote(t.Context(), reportData)
		if err != nil {
			t.Error(err)
		}
		return ev.Quote
	}
	source := newGramine(t, "dcap\n", quoted)
	// Quotes are made one at a time: nobody gets another's.
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			data := [64]byte{0: byte(i), 63: 1}
			ev, err := source.Quote(t.Context(), data)
			if err != nil {
				t.Errorf("quote %d: %v", i, err)
				return
			}
			claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), ev, collateralOf(t, p, ev))
			if err != nil || claims.ReportData != data || claims.MRENCLAVE != mrenclave {
				t.Errorf("quote %d is of %s over %s, %v", i, claims.MRENCLAVE, claims.ReportData, err)
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
		"no type":         {"", quoted, `got ""`},
		"type too long":   {string(make([]byte, 65)), quoted, "attestation_type: expected at most 64 bytes"},
		"nothing":         {"dcap", func([64]byte) []byte { return nil }, "AESM"},
		"garbage":         {"dcap", func([64]byte) []byte { return []byte("hello") }, "quote-format"},
		"cut":             {"dcap", func(d [64]byte) []byte { return quoted(d)[:1000] }, "quote-format"},
		"padded":          {"dcap", func(d [64]byte) []byte { return append(quoted(d), 0) }, "1 bytes after it"},
		"over other data": {"dcap", func([64]byte) []byte { return quoted([64]byte{9}) }, "another question"},
		"too large":       {"dcap", func([64]byte) []byte { return make([]byte, 2*attest.MaxQuoteSize) }, "quote: expected at most"},
	} {
		t.Run(name, func(t *testing.T) {
			ev, err := newGramine(t, tt.kind, tt.quote).Quote(t.Context(), reportData)
			wantMessage(t, err, tt.say)
			wantMessage(t, err, "Gramine: ")
			if len(ev.Quote) != 0 {
				t.Error("there is evidence beside the error")
			}
		})
	}
	if _, err := attest.NewGramine(""); err == nil {
		t.Error("no folder: accepted")
	}
}

// TestGramineFiles: what goes wrong with the files themselves.
func TestGramineFiles(t *testing.T) {
	with := func(t *testing.T, prepare func(dir string) error) *attest.Gramine {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "attestation_type"), []byte("dcap"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := prepare(dir); err != nil {
			t.Fatal(err)
		}
		return gramineAt(t, dir)
	}
	for name, tt := range map[string]struct {
		prepare func(dir string) error
		cause   error
		say     string
	}{
		"no Gramine": {func(dir string) error { return os.Remove(filepath.Join(dir, "attestation_type")) }, fs.ErrNotExist, "this is no Gramine enclave"},
		"no quotes":  {func(string) error { return nil }, fs.ErrNotExist, "user_report_data"},
		"a write that does not arrive": {func(dir string) error {
			return os.Symlink("/dev/full", filepath.Join(dir, "user_report_data"))
		}, syscall.ENOSPC, "Gramine's log"},
		"a quote that cannot be read": {func(dir string) error {
			return errors.Join(os.Mkdir(filepath.Join(dir, "quote"), 0o700), os.WriteFile(filepath.Join(dir, "user_report_data"), nil, 0o600))
		}, syscall.EISDIR, "Gramine's log"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := with(t, tt.prepare).Quote(t.Context(), reportData)
			wantMessage(t, err, tt.say)
			if !errors.Is(err, tt.cause) {
				t.Errorf("expected %v inside, got %v", tt.cause, err)
			}
		})
	}
	// A superuser's tests cannot be refused a file: these are held by themselves.
	for _, cause := range []error{syscall.EACCES, syscall.EPERM} {
		err := gramineAt(t, "/dev/attestation").Failed(&fs.PathError{Op: "read", Path: "/dev/attestation/quote", Err: cause})
		wantMessage(t, err, "restarted")
		wantMessage(t, err, "/dev/attestation/quote")
	}
}
