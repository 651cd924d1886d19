// Package wallet keeps one key in a directory: an owner's or an operator's, encrypted under a passphrase in the
// keystore format of go-ethereum (Web3 Secret Storage, version 3), so that other wallets can read it. Keys come out as
// protocol.Key, which signs typed data and transactions and prints as REDACTED.
package wallet

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/phallama/phallama/protocol"
)

// Limits of a key file. The scrypt cost bounds what opening a file from elsewhere can take: 128·n·r bytes.
const (
	maxFileSize = 64 << 10 // bytes
	maxScryptN  = 1 << 20
	maxScryptR  = 8
	maxScryptP  = 16
)

var (
	// ErrNoWallet says that a directory holds no key.
	ErrNoWallet = errors.New("no wallet here; make one with: phallama wallet new")
	// ErrExists says that a directory holds a key already. Keys are never overwritten.
	ErrExists = errors.New("a wallet exists here already")
	// ErrPassphrase says that a passphrase does not open the key.
	ErrPassphrase = errors.New("wrong passphrase for the wallet")
)

// Passphrase opens a wallet. It prints as REDACTED.
type Passphrase string

func (Passphrase) String() string       { return "REDACTED" }
func (Passphrase) GoString() string     { return "REDACTED" }
func (Passphrase) LogValue() slog.Value { return slog.StringValue("REDACTED") }

// Options of a new wallet.
type Options struct {
	// Light makes guessing the passphrase 64 times cheaper and opening the wallet as much quicker (scrypt with N=4096
	// instead of 262,144). For devnets and tests.
	Light bool
}

// cost is the parameters n and p of scrypt.
func (o Options) cost() (n, p int) {
	if o.Light {
		return keystore.LightScryptN, keystore.LightScryptP
	}
	return keystore.StandardScryptN, keystore.StandardScryptP
}

// Create makes a new key and keeps it in dir, which is created (0700) if it is missing.
func Create(dir string, passphrase Passphrase, opts Options) (protocol.Key, error) {
	key, err := protocol.GenerateKey()
	if err != nil {
		return protocol.Key{}, fmt.Errorf("wallet: %w", err)
	}
	return key, Import(dir, key, passphrase, opts)
}

// Import keeps an existing key in dir. It does not return before the file is on disk and has been read back.
func Import(dir string, key protocol.Key, passphrase Passphrase, opts Options) error {
	n, p := opts.cost()
	if passphrase == "" && !opts.Light {
		return errors.New("wallet: want a passphrase, got an empty one")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("wallet: %w", err)
	}
	switch _, err := find(dir); {
	case err == nil:
		return fmt.Errorf("%s: %w", dir, ErrExists)
	case !errors.Is(err, ErrNoWallet):
		return err
	}
	secret, err := crypto.ToECDSA(key.Bytes())
	if err != nil {
		return fmt.Errorf("wallet: %w", err)
	}
	var id [16]byte // a random UUID, RFC 9562 section 5.4
	_, _ = rand.Read(id[:])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80
	data, err := keystore.EncryptKey(&keystore.Key{Id: id, Address: common.Address(key.Address()), PrivateKey: secret}, string(passphrase), n, p)
	if err != nil {
		return fmt.Errorf("wallet: encrypt: %w", err)
	}
	return store(dir, key.Address(), data, passphrase)
}

// store writes a key file and moves it in place once it has been read back: a key whose only copy cannot be opened is
// money lost.
func store(dir string, address protocol.Address, data []byte, passphrase Passphrase) (err error) {
	file, err := os.CreateTemp(dir, ".new-*") // mode 0600
	if err != nil {
		return fmt.Errorf("wallet: %w", err)
	}
	defer func() {
		if err != nil {
			_ = file.Close()
			_ = os.Remove(file.Name())
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err == nil {
		err = file.Close()
	}
	if err != nil {
		return fmt.Errorf("wallet: write key file: %w", err)
	}
	back, err := open(file.Name(), passphrase)
	if err != nil {
		return fmt.Errorf("wallet: read the new key file back: %w", err)
	}
	if back.Address() != address {
		return errors.New("wallet: the new key file holds another key than was written: check this machine's memory and disk")
	}
	name := "UTC--" + time.Now().UTC().Format("2006-01-02T15-04-05.000000000Z") + "--" + address.String()[2:]
	if err = os.Rename(file.Name(), filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("wallet: %w", err)
	}
	return nil
}

// Open decrypts the key in dir.
func Open(dir string, passphrase Passphrase) (protocol.Key, error) {
	path, err := find(dir)
	if err != nil {
		return protocol.Key{}, err
	}
	return open(path, passphrase)
}

// Address is the address of the key in dir, as its file says; no passphrase is needed.
func Address(dir string) (protocol.Address, error) {
	path, err := find(dir)
	if err != nil {
		return protocol.Address{}, err
	}
	data, err := read(path)
	if err != nil {
		return protocol.Address{}, err
	}
	file, err := parse(data)
	if err != nil {
		return protocol.Address{}, fmt.Errorf("%s: %w", path, err)
	}
	return file.Address, nil
}

// find is the one key file in dir.
func find(dir string) (string, error) {
	files, err := filepath.Glob(filepath.Join(globEscape(dir), "UTC--*"))
	if err != nil {
		return "", fmt.Errorf("wallet: %w", err)
	}
	switch len(files) {
	case 0:
		return "", fmt.Errorf("%s: %w", dir, ErrNoWallet)
	case 1:
		return files[0], nil
	}
	return "", fmt.Errorf("wallet: %s holds %d keys, want one: keep one in each directory", dir, len(files))
}

// globEscape makes a directory's name match itself only.
func globEscape(dir string) string {
	var out []byte
	for i := range len(dir) {
		switch dir[i] {
		case '*', '?', '[', '\\':
			out = append(out, '\\')
		}
		out = append(out, dir[i])
	}
	return string(out)
}

func read(path string) ([]byte, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", path, ErrNoWallet)
	}
	if err != nil {
		return nil, fmt.Errorf("wallet: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("wallet: %w", err)
	}
	return data, nil
}

func open(path string, passphrase Passphrase) (protocol.Key, error) {
	data, err := read(path)
	if err != nil {
		return protocol.Key{}, err
	}
	file, err := parse(data)
	if err != nil {
		return protocol.Key{}, fmt.Errorf("%s: %w", path, err)
	}
	key, err := file.open(passphrase)
	if err == nil {
		err = file.check(key)
	}
	if err != nil {
		return protocol.Key{}, fmt.Errorf("%s: %w", path, err)
	}
	return key, nil
}

// open decrypts the key.
func (f keyFile) open(passphrase Passphrase) (protocol.Key, error) {
	secret, err := keystore.DecryptDataV3(f.cryptoJSON(), string(passphrase))
	if errors.Is(err, keystore.ErrDecrypt) {
		return protocol.Key{}, ErrPassphrase
	}
	if err != nil {
		return protocol.Key{}, fmt.Errorf("wallet: decrypt: %w", err)
	}
	key, err := protocol.KeyFromBytes(secret)
	if err != nil {
		return protocol.Key{}, fmt.Errorf("wallet: %w", err)
	}
	return key, nil
}

// check holds what was decrypted against what the file says.
func (f keyFile) check(key protocol.Key) error {
	if key.Address() != f.Address {
		return fmt.Errorf("wallet: the file says that it holds the key of %s, and it holds that of %s: it was tampered with", f.Address, key.Address())
	}
	return nil
}

// keyFile is a version 3 key file. go-ethereum's reader panics on parameters of other types and takes any cost, so it
// gets only what was checked here.
type keyFile struct {
	Version int              `json:"version"`
	Address protocol.Address `json:"address"`
	Crypto  struct {
		Cipher       string `json:"cipher"`
		CipherText   string `json:"ciphertext"`
		CipherParams struct {
			IV string `json:"iv"`
		} `json:"cipherparams"`
		KDF    string `json:"kdf"`
		Params struct {
			N     int    `json:"n"`
			R     int    `json:"r"`
			P     int    `json:"p"`
			DKLen int    `json:"dklen"`
			Salt  string `json:"salt"`
		} `json:"kdfparams"`
		MAC string `json:"mac"`
	} `json:"crypto"`
}

func (f keyFile) cryptoJSON() keystore.CryptoJSON {
	c := keystore.CryptoJSON{Cipher: f.Crypto.Cipher, CipherText: f.Crypto.CipherText, KDF: f.Crypto.KDF, MAC: f.Crypto.MAC}
	c.CipherParams.IV = f.Crypto.CipherParams.IV
	params := f.Crypto.Params
	c.KDFParams = map[string]any{"n": params.N, "r": params.R, "p": params.P, "dklen": params.DKLen, "salt": params.Salt}
	return c
}

func parse(data []byte) (keyFile, error) {
	var f keyFile
	if len(data) > maxFileSize {
		return f, fmt.Errorf("wallet: want a key file of at most %d bytes", maxFileSize)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fmt.Errorf("wallet: want a version 3 key file: %w", err)
	}
	params := f.Crypto.Params
	switch {
	case f.Version != 3:
		return f, fmt.Errorf("wallet: want a version 3 key file, got version %d", f.Version)
	case f.Crypto.KDF != "scrypt" || f.Crypto.Cipher != "aes-128-ctr":
		return f, fmt.Errorf("wallet: want a key file encrypted with scrypt and aes-128-ctr, got %q and %q", f.Crypto.KDF, f.Crypto.Cipher)
	case params.N < 2 || params.N > maxScryptN || params.R < 1 || params.R > maxScryptR || params.P < 1 || params.P > maxScryptP || params.DKLen != 32:
		return f, fmt.Errorf("wallet: want scrypt parameters n up to %d, r up to %d, p up to %d and dklen 32, got n=%d r=%d p=%d dklen=%d",
			maxScryptN, maxScryptR, maxScryptP, params.N, params.R, params.P, params.DKLen)
	}
	if iv, err := hex.DecodeString(f.Crypto.CipherParams.IV); err != nil || len(iv) != 16 {
		return f, errors.New("wallet: want an iv of 16 bytes in the key file")
	}
	return f, nil
}
