package gateway

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// KeyPrefix is what keys of gateways begin with. Those that the escrow holds to a budget, `phallama keys`, have another.
const KeyPrefix = "phg_"

const (
	keySecret   = 32 // bytes
	keyChecksum = 4
	keyText     = len(KeyPrefix) + (keySecret+keyChecksum)/3*4
)

// KeyID is SHA-256 over a key's secret. The secret is random, so that nobody finds it by its hash.
type KeyID [sha256.Size]byte

// MarshalText implements encoding.TextMarshaler.
func (id KeyID) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, id[:]), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (id *KeyID) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(id)) {
		return fmt.Errorf("key: want %d hex digits, got %d characters", hex.EncodedLen(len(id)), len(text))
	}
	_, err := hex.Decode(id[:], text)
	return err
}

// Key is what a gateway knows of a key that it made: never the key itself.
type Key struct {
	Name    string          `json:"name"`
	ID      KeyID           `json:"sha256"`
	Budget  protocol.Amount `json:"budget,omitzero"`  // base units that it may spend in all; zero: no limit
	Models  []string        `json:"models,omitempty"` // that it may ask for; none: all
	Expires time.Time       `json:"expires,omitzero"`
	Created time.Time       `json:"created"`
}

var keyName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)

// Limits of a key's list of models.
const (
	maxKeyModels = 32
	maxModelName = 256 // bytes
)

func (k Key) check() error {
	if !keyName.MatchString(k.Name) {
		return fmt.Errorf("want a name of 1 to 32 letters, digits, dots, underscores and hyphens, got %.40q", k.Name)
	}
	if len(k.Models) > maxKeyModels {
		return fmt.Errorf("want at most %d models, got %d", maxKeyModels, len(k.Models))
	}
	for _, m := range k.Models {
		if _, err := protocol.ParseModelName(m); err != nil || m == "" || len(m) > maxModelName || strings.ContainsFunc(m, func(r rune) bool { return !unicode.IsGraphic(r) || r == ' ' || r == ',' }) {
			return fmt.Errorf("want names of models, such as llama3.2:1b, got %.100q", m)
		}
	}
	return nil
}

// NewKey draws a key's secret for k, and returns its text, which is kept nowhere.
func NewKey(k Key) (Key, string, error) {
	var secret [keySecret]byte
	_, _ = rand.Read(secret[:]) // never fails
	k.ID = sha256.Sum256(secret[:])
	text := KeyPrefix + base64.RawURLEncoding.EncodeToString(append(secret[:], sum(secret[:])...))
	return k, text, k.check()
}

func sum(secret []byte) []byte {
	h := sha256.Sum256(append([]byte(KeyPrefix), secret...))
	return h[:keyChecksum]
}

// parseKey reads a key's text. Its errors quote nothing of it.
func parseKey(text string) (KeyID, error) {
	digits, ok := strings.CutPrefix(text, KeyPrefix)
	if !ok {
		return KeyID{}, errors.New("want a key of this gateway's, which begins with " + KeyPrefix + ": `phallama gateway keys create` makes them")
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(digits)
	if err != nil || len(text) != keyText || !bytes.Equal(sum(raw[:keySecret]), raw[keySecret:]) {
		return KeyID{}, fmt.Errorf("the key was copied wrong or cut off: want %d characters whose checksum holds", keyText)
	}
	return sha256.Sum256(raw[:keySecret]), nil
}

// may answers whether the key is for a model, named as asked for or as offered, and under which name it is.
func (k *Key) may(asked protocol.ModelName) (name string, ok bool) {
	if k == nil || len(k.Models) == 0 {
		return asked.Name, true
	}
	entry, ok := client.ListedModel(k.Models, asked)
	if m, err := protocol.ParseModelName(entry); ok && err == nil && m.Digest == nil {
		return asked.Name, true
	}
	return entry, ok
}
