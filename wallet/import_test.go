package wallet

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"

	"github.com/phallama/phallama/protocol"
)

func TestParseKey(t *testing.T) {
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	digits := hex.EncodeToString(key.Bytes())
	for _, text := range []string{digits, "0x" + digits, "\n " + strings.ToUpper(digits) + "\r\n"} {
		if got, err := ParseKey([]byte(text), ""); err != nil || got.Address() != key.Address() {
			t.Errorf("a key of %d characters: %v", len(text), err)
		}
	}

	account, err := keystore.StoreKey(t.TempDir(), "theirs", keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(account.URL.Path)
	if err != nil {
		t.Fatal(err)
	}
	address := hex.EncodeToString(account.Address[:])
	nameless := bytes.Replace(file, []byte(`"address":"`+address+`",`), nil, 1)
	for name, data := range map[string][]byte{"with its address": file, "without": nameless} {
		if got, err := ParseKey(data, "theirs"); err != nil || protocol.Address(account.Address) != got.Address() {
			t.Errorf("a keystore %s: %v", name, err)
		}
	}
	if len(nameless) == len(file) {
		t.Error("the keystore has no address to leave out")
	}
	if _, err := ParseKey(file, "wrong"); !errors.Is(err, ErrPassphrase) {
		t.Errorf("wrong passphrase: %v", err)
	}
	tampered := bytes.Replace(file, []byte(address), []byte(strings.Repeat("a", 40)), 1)
	if _, err := ParseKey(tampered, "theirs"); err == nil || !strings.Contains(err.Error(), "tampered") {
		t.Errorf("another address: %v", err)
	}

	for name, text := range map[string]string{
		"empty": "", "short": digits[2:], "long": digits + "00", "not hex": "zz" + digits[2:], "zero": strings.Repeat("0", 64),
		"above the order": strings.Repeat("f", 64), "huge": strings.Repeat("0", maxFileSize+1), "JSON": `{"version":1}`,
	} {
		_, err := ParseKey([]byte(text), "")
		if err == nil {
			t.Errorf("%s: taken", name)
		} else if secret := strings.TrimSpace(text); len(secret) > 20 && strings.Contains(err.Error(), secret[:20]) {
			t.Errorf("%s: the error quotes it: %v", name, err)
		}
	}
}

func FuzzParseKey(f *testing.F) {
	f.Add([]byte(strings.Repeat("1", 64)))
	f.Add([]byte(`{"version":3,"crypto":{"kdfparams":{"N":2}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '{' {
			return // FuzzParse
		}
		key, err := ParseKey(data, "")
		if err == nil && !strings.Contains(strings.ToLower(string(data)), hex.EncodeToString(key.Bytes())) {
			t.Fatalf("another key than was given")
		}
	})
}
