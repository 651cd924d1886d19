package gramine

import (
	"encoding/hex"
	"fmt"
)

// Digest is a SHA-256 sum, written as 64 hexadecimal digits.
type Digest [32]byte

// String implements fmt.Stringer.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements encoding.TextMarshaler.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. It takes lower case only, so that every digest has one spelling.
func (d *Digest) UnmarshalText(text []byte) error {
	for _, c := range text {
		if c >= 'A' && c <= 'F' {
			return fmt.Errorf("want 64 hexadecimal digits in lower case, got %.80q", text)
		}
	}
	if len(text) != hex.EncodedLen(len(d)) {
		return fmt.Errorf("want 64 hexadecimal digits, got %d characters", len(text))
	}
	if _, err := hex.Decode(d[:], text); err != nil {
		return fmt.Errorf("want 64 hexadecimal digits, got %.80q", text)
	}
	return nil
}
