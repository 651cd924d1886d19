package wallet

import (
	"bytes"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"unicode"

	"github.com/phallama/phallama/protocol"
)

// APIKey is a delegate's key with all that its holder needs to spend the owner's budget. It prints as REDACTED.
//
// As text it is "phk_" and base32 (RFC 4648, lower case, without padding) of: version 1 (1 byte), chain id (8), escrow
// (20), owner (20), secret (32), names of models separated by commas, and the first 4 bytes of SHA-256 over "phk_" and
// all of these.
type APIKey struct {
	Domain protocol.Domain
	Owner  protocol.Address
	Key    protocol.Key
	// Models are those that the gateway which uses the key holds to; none: all. Nothing else does: the escrow knows of
	// no models, and whoever has the secret can leave the list out.
	Models []string
}

// Limits of a key's list of models.
const (
	MaxKeyModels    = 32
	maxModelName    = 128 // bytes
	maxKeyModelsLen = 1024
)

const (
	keyPrefix   = "phk_"
	keyVersion  = 1
	keyFixed    = 1 + 8 + 20 + 20 + 32
	keyChecksum = 4
)

// MaxAPIKey bounds a key's text, in bytes.
const MaxAPIKey = len(keyPrefix) + (keyFixed+maxKeyModelsLen+keyChecksum+4)/5*8

var keyEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// CheckModels says what is wrong with a list of models, if anything.
func CheckModels(models []string) error {
	if len(models) > MaxKeyModels || len(strings.Join(models, ",")) > maxKeyModelsLen {
		return fmt.Errorf("want at most %d models, of %d characters in all", MaxKeyModels, maxKeyModelsLen)
	}
	for _, m := range models {
		if m == "" || len(m) > maxModelName || strings.ContainsFunc(m, func(r rune) bool {
			return r == ',' || r == unicode.ReplacementChar || r > unicode.MaxASCII || !unicode.IsGraphic(r) || r == ' '
		}) {
			return fmt.Errorf("want names of models of 1 to %d printable characters, got %.140q", maxModelName, m)
		}
	}
	return nil
}

// Reveal is the key's text, the secret in it: for its holder's eyes and files, never for a log.
func (k APIKey) Reveal() string {
	b := make([]byte, 0, keyFixed+keyChecksum)
	b = append(b, keyVersion)
	b = binary.BigEndian.AppendUint64(b, k.Domain.ChainID)
	b = append(b, k.Domain.Escrow[:]...)
	b = append(b, k.Owner[:]...)
	b = append(b, k.Key.Bytes()...)
	b = append(b, strings.Join(k.Models, ",")...)
	return keyPrefix + keyEncoding.EncodeToString(append(b, checksum(b)...))
}

func checksum(b []byte) []byte {
	sum := sha256.Sum256(append([]byte(keyPrefix), b...))
	return sum[:keyChecksum]
}

// ParseAPIKey reads a key's text, white space around it left out. Its errors quote nothing of it.
func ParseAPIKey(text []byte) (APIKey, error) {
	var k APIKey
	text = bytes.TrimSpace(text)
	if len(text) > MaxAPIKey {
		return k, fmt.Errorf("API key: want at most %d characters, got %d", MaxAPIKey, len(text))
	}
	digits, ok := bytes.CutPrefix(text, []byte(keyPrefix))
	if !ok {
		return k, fmt.Errorf("API key: want one that begins with %s: `phallama keys create` makes them", keyPrefix)
	}
	b := make([]byte, keyEncoding.DecodedLen(len(digits)))
	n, err := keyEncoding.Decode(b, digits)
	// Of several texts that decode to the same bytes one is good.
	if err != nil || keyEncoding.EncodeToString(b[:n]) != string(digits) {
		return k, errors.New("API key: it was copied wrong: want lower-case letters and the digits 2 to 7 after " + keyPrefix)
	}
	if n < keyFixed+keyChecksum {
		return k, fmt.Errorf("API key: it was cut off: want %d characters or more, got %d", len(keyPrefix)+keyEncoding.EncodedLen(keyFixed+keyChecksum), len(text))
	}
	b, sum := b[:n-keyChecksum], b[n-keyChecksum:n]
	if !bytes.Equal(checksum(b), sum) {
		return k, errors.New("API key: its checksum is wrong: it was copied wrong or cut off")
	}
	if b[0] != keyVersion {
		return k, fmt.Errorf("API key: want version %d, got %d: use a newer phallama", keyVersion, b[0])
	}
	k.Domain.ChainID = binary.BigEndian.Uint64(b[1:])
	copy(k.Domain.Escrow[:], b[9:])
	copy(k.Owner[:], b[29:])
	if k.Key, err = protocol.KeyFromBytes(b[49:keyFixed]); err != nil {
		return APIKey{}, fmt.Errorf("API key: %w", err)
	}
	if list := string(b[keyFixed:]); list != "" {
		k.Models = strings.Split(list, ",")
	}
	if err := CheckModels(k.Models); err != nil {
		return APIKey{}, fmt.Errorf("API key: %w", err)
	}
	return k, nil
}

func (APIKey) String() string               { return "REDACTED" }
func (APIKey) GoString() string             { return "REDACTED" }
func (APIKey) LogValue() slog.Value         { return slog.StringValue("REDACTED") }
func (APIKey) MarshalText() ([]byte, error) { return []byte("REDACTED"), nil }
