package enclave

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/phallama/phallama/ledger"
)

// StateKey says where the key comes from that the ledger is sealed with. There is no default and no plain ledger.
type StateKey struct {
	// Source is one of
	//
	//	gramine  the sealing key of this enclave on this CPU; Path is the folder of Gramine's attestation files
	//	dstack   the key of this application; Path is dstack's UNIX socket, which answers GetKey
	//	file     a key file, made at the first start. It protects the ledger from nobody who can read the file: for
	//	         development, and for platforms that seal nothing
	Source string `json:"source"`
	Path   string `json:"path"`
}

const (
	keyFromGramine = "gramine"
	keyFromDstack  = "dstack"
	keyFromFile    = "file"
)

func (k StateKey) check(gramine string) error {
	switch k.Source {
	case "":
		return errors.New("stateKey is missing: want a source (gramine, dstack or file) and a path (docs/operate/podd.md)")
	case keyFromGramine, keyFromDstack, keyFromFile:
	default:
		return fmt.Errorf("stateKey.source: want gramine, dstack or file, got %q (docs/operate/podd.md)", k.Source)
	}
	if k.Path == "" {
		return errors.New("stateKey.path is missing (docs/operate/podd.md)")
	}
	// The host could read a key file, and answers on sockets outside an SGX enclave.
	if gramine != "" && k.Source != keyFromGramine {
		return fmt.Errorf("stateKey.source: with quotes from gramine the key must come from gramine as well, got %q: the host would know it", k.Source)
	}
	return nil
}

// key gets the key, or makes the key file where there is none and no ledger either.
func (k StateKey) key(ctx context.Context, state string, log *slog.Logger) (ledger.Key, error) {
	var key ledger.Key
	var err error
	switch k.Source {
	case keyFromGramine:
		key, err = gramineKey(k.Path)
	case keyFromDstack:
		key, err = dstackKey(ctx, k.Path)
	case keyFromFile:
		log.Warn("the ledger's key is in a file: whoever can read it can read and forge the ledger; for development only, or where the platform seals nothing",
			"file", k.Path)
		key, err = fileKey(k.Path, state)
	default:
		err = fmt.Errorf("no source %q", k.Source)
	}
	if err != nil {
		return ledger.Key{}, fmt.Errorf("the ledger's key: %w", err)
	}
	return key, nil
}

// gramineKey reads the sealing key of Gramine's that is bound to MRENCLAVE. The one that is bound to MRSIGNER would
// survive a new release, and would be had by every enclave that the same key signed: operators sign their enclaves
// themselves, so one could write himself an enclave that reads the ledger and forges it.
//
// It is tested against a stand-in for the file, not on SGX hardware.
func gramineKey(root string) (ledger.Key, error) {
	path := filepath.Join(root, "keys", "_sgx_mrenclave")
	raw, err := os.ReadFile(path)
	if err != nil {
		return ledger.Key{}, fmt.Errorf("%w: Gramine has it in an SGX enclave only", err)
	}
	if len(raw) != 16 {
		return ledger.Key{}, fmt.Errorf("want 16 bytes in %s, got %d: look at Gramine's version", path, len(raw))
	}
	return ledger.NewKey(raw)
}

// Limits of dstack's socket.
const (
	keySocketTimeout = 30 * time.Second
	maxKeyAnswer     = 64 << 10
	maxSocketPath    = 107 // of a UNIX socket on Linux
)

// dstackKey asks dstack's guest agent for the key of this application under a path of ours: POST /GetKey
// {"path","purpose","algorithm"} answers {"key": hex, …}. The key depends on the application's id, not on its
// measurement: it survives a new release, and whoever may release for that id can read the ledger.
func dstackKey(ctx context.Context, socket string) (ledger.Key, error) {
	fail := func(err error) (ledger.Key, error) {
		return ledger.Key{}, fmt.Errorf("dstack's socket %s: %w", socket, err)
	}
	if len(socket) > maxSocketPath {
		return fail(fmt.Errorf("want a path of at most %d bytes, got %d: choose a shorter one", maxSocketPath, len(socket)))
	}
	ctx, cancel := context.WithTimeout(ctx, keySocketTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://dstack/GetKey",
		strings.NewReader(`{"path":"phallama/ledger","purpose":"seal","algorithm":"secp256k1"}`))
	if err != nil {
		return fail(err)
	}
	req.Header.Set("Content-Type", "application/json")
	dialer := new(net.Dialer)
	transport := &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		},
		DisableKeepAlives: true, MaxResponseHeaderBytes: 16 << 10,
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		return fail(fmt.Errorf("asking for the key: %w", err))
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxKeyAnswer+1))
	switch {
	case err != nil:
		return fail(fmt.Errorf("reading the answer: %w", err))
	case len(answer) > maxKeyAnswer:
		return fail(fmt.Errorf("want an answer of at most %d bytes, got more", maxKeyAnswer))
	case resp.StatusCode != http.StatusOK:
		return fail(fmt.Errorf("want status 200, got %d: look at dstack's log", resp.StatusCode))
	}
	key, err := parseKeyAnswer(answer)
	if err != nil {
		return fail(err)
	}
	return key, nil
}

// parseKeyAnswer reads a GetKey answer. Its errors quote nothing of it.
func parseKeyAnswer(answer []byte) (ledger.Key, error) {
	var parsed struct {
		Key string `json:"key"`
	}
	if json.Unmarshal(answer, &parsed) != nil {
		return ledger.Key{}, errors.New("want a JSON object with a key in the answer")
	}
	raw, err := hex.DecodeString(strings.TrimPrefix(parsed.Key, "0x"))
	if err != nil || len(raw) < 32 {
		return ledger.Key{}, fmt.Errorf("want a key of at least 64 hexadecimal digits in the answer, got %d characters", len(parsed.Key))
	}
	defer clear(raw)
	return ledger.NewKey(raw)
}

const keyFileSize = 32

// fileKey reads a key file, 64 hexadecimal digits and a line's end, or makes it. It makes none beside a ledger, which
// another key must have sealed.
func fileKey(path, state string) (ledger.Key, error) {
	raw, err := readKeyFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		there, existsErr := ledger.Exists(state)
		switch {
		case existsErr != nil:
			return ledger.Key{}, existsErr
		case there:
			return ledger.Key{}, fmt.Errorf("%s is not there, and in %s there is a ledger that it sealed: bring the key file back, "+
				"or move the ledger away to start without it", path, state)
		}
		if err = makeKeyFile(path); err == nil || errors.Is(err, fs.ErrExist) {
			raw, err = readKeyFile(path)
		}
	}
	if err != nil {
		return ledger.Key{}, err
	}
	defer clear(raw)
	return ledger.NewKey(raw)
}

func readKeyFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%s has mode %04o, so that others can read or change it: chmod 600 it", path, info.Mode().Perm())
	}
	text, err := io.ReadAll(io.LimitReader(file, 1024))
	defer clear(text)
	if err != nil {
		return nil, err
	}
	raw, err := hex.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(raw) != keyFileSize {
		return nil, fmt.Errorf("%s: want %d hexadecimal digits, got %d bytes that are no such key: bring the right file back", path, 2*keyFileSize, len(text))
	}
	return raw, nil
}

// makeKeyFile makes a key that is whole and on disk before it has its name; one that is there already stays.
func makeKeyFile(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	secret := make([]byte, keyFileSize)
	_, _ = rand.Read(secret) // never fails
	_, err = fmt.Fprintf(file, "%x\n", secret)
	clear(secret)
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
