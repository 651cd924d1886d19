package attest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// GramineRoot is where Gramine has its attestation files.
const GramineRoot = "/dev/attestation"

// Gramine is a [Source] in Gramine's pseudo-files (Gramine documentation,
// "Attestation and Secret Provisioning"): what is written to user_report_data is
// what the next read of quote is over. The files are one state of the process, so
// that quotes are made one at a time.
//
// It is tested against stand-ins for the files, not on SGX hardware.
type Gramine struct {
	root string
	mu   sync.Mutex
}

// NewGramine returns a source at the files' folder, GramineRoot but in tests.
// Nothing is opened before the first quote.
func NewGramine(root string) (*Gramine, error) {
	if root == "" {
		return nil, errors.New("Gramine: expected the folder of its attestation files, such as " + GramineRoot)
	}
	return &Gramine{root: root}, nil
}

// Quote implements [Source].
func (g *Gramine) Quote(ctx context.Context, reportData [64]byte) (Evidence, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return Evidence{}, err
	}
	kind, err := g.read("attestation_type", 64)
	if err != nil {
		return Evidence{}, err
	}
	if kind := string(bytes.TrimRight(kind, "\x00\n ")); kind != "dcap" {
		return Evidence{}, fmt.Errorf("Gramine: expected attestation of type \"dcap\", got %.40q: set sgx.remote_attestation = \"dcap\" in the manifest", kind)
	}
	if err := g.write("user_report_data", reportData[:]); err != nil {
		return Evidence{}, err
	}
	quote, err := g.read("quote", MaxQuoteSize)
	if err != nil {
		return Evidence{}, err
	}
	if len(quote) == 0 {
		return Evidence{}, errors.New("Gramine: expected a quote, got nothing: look at the host's AESM service and its PCCS")
	}
	ev, err := asked(quote, reportData)
	if err != nil {
		return Evidence{}, fmt.Errorf("Gramine: %w", err)
	}
	return ev, nil
}

func (g *Gramine) read(name string, limit int64) ([]byte, error) {
	f, err := os.Open(filepath.Join(g.root, name))
	if err != nil {
		return nil, g.failed(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, g.failed(err)
	}
	if int64(len(data)) > limit {
		return nil, fmt.Errorf("Gramine: %s: expected at most %d bytes", name, limit)
	}
	return data, nil
}

func (g *Gramine) write(name string, data []byte) error {
	f, err := os.OpenFile(filepath.Join(g.root, name), os.O_WRONLY, 0)
	if err != nil {
		return g.failed(err)
	}
	_, err = f.Write(data) // a short write is an error of Write
	if err := errors.Join(err, f.Close()); err != nil {
		return g.failed(err)
	}
	return nil
}

func (g *Gramine) failed(err error) error {
	hint := "look at Gramine's log"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		hint = "this is no Gramine enclave, or remote attestation is off: set sgx.remote_attestation = \"dcap\" in the manifest"
	case errors.Is(err, fs.ErrPermission):
		// Gramine keeps its connection to the service: it does not outlive a restart there.
		hint = "the host's attestation service refuses: if quotes were made before, it was restarted, and the pod must be too; if not, look at AESM and at the permissions of the SGX devices"
	}
	return fmt.Errorf("Gramine: %w: %s", err, hint)
}
