package wallet

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/phallama/phallama/protocol"
)

const testPassphrase Passphrase = "correct horse"

var light = Options{Light: true}

func TestCreateOpen(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a [b]*", "wallet")
	if _, err := Open(dir, testPassphrase); !errors.Is(err, ErrNoWallet) {
		t.Fatalf("open without a wallet: %v", err)
	}
	if _, err := Address(dir); !errors.Is(err, ErrNoWallet) {
		t.Fatalf("address without a wallet: %v", err)
	}
	key, err := Create(dir, testPassphrase, light)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Open(dir, testPassphrase)
	if err != nil {
		t.Fatal(err)
	}
	digest := protocol.Keccak256([]byte("x"))
	if opened.Address() != key.Address() || opened.Sign(digest) != key.Sign(digest) {
		t.Fatal("another key came out than went in")
	}
	if address, err := Address(dir); err != nil || address != key.Address() {
		t.Fatalf("address: %v, %v", address, err)
	}
	if _, err := Open(dir, "wrong"); !errors.Is(err, ErrPassphrase) {
		t.Fatalf("wrong passphrase: %v", err)
	}
	if _, err := Create(dir, testPassphrase, light); !errors.Is(err, ErrExists) {
		t.Fatalf("second wallet in one directory: %v", err)
	}

	files, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "wallet", "*"))
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Fatalf("files in the wallet: %v %v %v", files, entries, err)
	}
	info, err := entries[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode of the key file: %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Fatalf("mode of the directory: %v, %v", info.Mode(), err)
	}
}

// Other programs read our files, and we read theirs.
func TestGoEthereumReadsAndWrites(t *testing.T) {
	ours := t.TempDir()
	key, err := Create(ours, testPassphrase, light)
	if err != nil {
		t.Fatal(err)
	}
	path, err := find(ours)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := keystore.DecryptKey(data, string(testPassphrase))
	if err != nil || protocol.Address(theirs.Address) != key.Address() {
		t.Fatalf("go-ethereum opens our key file: %v", err)
	}

	dir := t.TempDir()
	account, err := keystore.StoreKey(dir, "other", keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := Open(dir, "other")
	if err != nil || opened.Address() != protocol.Address(account.Address) {
		t.Fatalf("we open go-ethereum's key file: %v", err)
	}
}

func TestStandardStrength(t *testing.T) {
	if n, p := (Options{}).cost(); n != 1<<18 || p != 1 {
		t.Fatalf("scrypt n=%d p=%d by default", n, p)
	}
	if _, err := Create(t.TempDir(), "", Options{}); err == nil {
		t.Fatal("an empty passphrase was taken")
	}
}

func TestBadFiles(t *testing.T) {
	good := t.TempDir()
	if _, err := Create(good, testPassphrase, light); err != nil {
		t.Fatal(err)
	}
	path, err := find(good)
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	edit := func(old, replacement string) string {
		if !strings.Contains(string(data), old) {
			t.Fatalf("the key file has no %q", old)
		}
		return strings.Replace(string(data), old, replacement, 1)
	}
	var file keyFile
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ name, file, want string }{
		{"empty", "", "version 3"},
		{"not JSON", "hello", "version 3"},
		{"version 1", edit(`"version":3`, `"version":1`), "version 1"},
		{"expensive", edit(`"n":4096`, `"n":1073741824`), "scrypt parameters"},
		{"text for a number", edit(`"n":4096`, `"n":"4096"`), "version 3 key file"},
		{"other kdf", edit(`"kdf":"scrypt"`, `"kdf":"pbkdf2"`), "scrypt"},
		{"short iv", edit(file.Crypto.CipherParams.IV, "00"), "iv"},
		{"other address", edit(file.Address.String()[2:], strings.Repeat("0", 40)), "tampered"},
		{"too long", strings.Repeat(" ", maxFileSize+1), "at most"},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "UTC--x--y"), []byte(test.file), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir, testPassphrase); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("want an error about %q, got %v", test.want, err)
			}
		})
	}
	if err := os.WriteFile(filepath.Join(good, "UTC--second--key"), data, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(good, testPassphrase); err == nil || !strings.Contains(err.Error(), "2 keys") {
		t.Fatalf("two keys in one directory: %v", err)
	}
}

func TestPassphrasePrintsRedacted(t *testing.T) {
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "passphrase", testPassphrase)
	printed := b.String() + fmt.Sprintf("%v %s %q %#v %+v", testPassphrase, testPassphrase, testPassphrase, testPassphrase, struct{ P Passphrase }{testPassphrase})
	if strings.Contains(printed, "horse") {
		t.Fatalf("printed: %s", printed)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"address":"00000000000000000000000000000000000000aa","crypto":{"cipher":"aes-128-ctr","ciphertext":"00","cipherparams":{"iv":"00112233445566778899aabbccddeeff"},"kdf":"scrypt","kdfparams":{"dklen":32,"n":2,"p":1,"r":1,"salt":"00"},"mac":"00"},"version":3}`))
	f.Add([]byte(`{"version":3,"crypto":{"kdfparams":{"N":2}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := parse(data)
		if err != nil {
			return
		}
		if file.Crypto.Params.N > 4 || file.Crypto.Params.P > 2 {
			return // only the time differs
		}
		_, _ = keystore.DecryptDataV3(file.cryptoJSON(), "x") // must not panic
	})
}
