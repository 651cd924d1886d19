package ledger

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
	"log/slog"
)

// Bounds of the secret that a key is made from: Gramine's sealing keys have 16 bytes, dstack's keys 32.
const (
	minSecret = 16
	maxSecret = 64
)

// Key is what a ledger's logs are sealed with: a secret that the platform gives to this enclave, and to no other. It
// prints as REDACTED.
type Key struct{ secret *hiddenSecret }

// hiddenSecret puts a second pointer before the secret: package fmt follows one, even out of another struct's unexported
// field, where it does not see Key's methods.
type hiddenSecret struct{ bytes *[]byte }

// NewKey takes a copy of a secret of 16 to 64 bytes.
func NewKey(secret []byte) (Key, error) {
	if n := len(secret); n < minSecret || n > maxSecret {
		return Key{}, fmt.Errorf("ledger key: want a secret of %d to %d bytes, got %d", minSecret, maxSecret, n)
	}
	same := true
	for _, b := range secret {
		same = same && b == secret[0]
	}
	if same { // what a platform leaves that has no key to give
		return Key{}, fmt.Errorf("ledger key: want a secret, got %d equal bytes", len(secret))
	}
	kept := append([]byte(nil), secret...)
	return Key{&hiddenSecret{&kept}}, nil
}

// IsZero tells whether the key was never made.
func (k Key) IsZero() bool { return k.secret == nil }

// derive is n bytes for one purpose.
func (k Key) derive(salt []byte, purpose string, n int) ([]byte, error) {
	return hkdf.Key(sha256.New, *k.secret.bytes, salt, purpose, n)
}

const redacted = "REDACTED"

func (Key) String() string               { return redacted }
func (Key) GoString() string             { return redacted }
func (Key) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }
