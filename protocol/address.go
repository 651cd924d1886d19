package protocol

import (
	"encoding/hex"
	"fmt"
	"strings"

	"golang.org/x/crypto/sha3"
)

// Address is an EVM address: an account, a contract, an enclave identity, or a pod id.
type Address [20]byte

// Hash is 32 bytes: a Keccak-256 or SHA-256 digest, as the field that holds it says.
type Hash [32]byte

// RequestID names one request of one client for ever: 128 random bits, secret until the pod has the request, since
// vouchers are bound to it.
type RequestID [16]byte

// ParseAddress reads 40 hex digits, with or without 0x.
func ParseAddress(s string) (Address, error) {
	var a Address
	return a, a.UnmarshalText([]byte(s))
}

// ParseHash reads 64 hex digits, with or without 0x.
func ParseHash(s string) (Hash, error) {
	var h Hash
	return h, h.UnmarshalText([]byte(s))
}

// ParseRequestID reads 32 hex digits, with or without 0x.
func ParseRequestID(s string) (RequestID, error) {
	var id RequestID
	return id, id.UnmarshalText([]byte(s))
}

func (a Address) String() string { return "0x" + hex.EncodeToString(a[:]) }
func (h Hash) String() string    { return "0x" + hex.EncodeToString(h[:]) }

// String is 32 hex digits without prefix, the form of the phallama-request-id field.
func (id RequestID) String() string { return hex.EncodeToString(id[:]) }

// Short is for people: the first eight digits.
func (a Address) Short() string { return a.String()[:10] }

// Short is for people: the first eight digits.
func (h Hash) Short() string { return h.String()[:10] }

func (a Address) IsZero() bool { return a == Address{} }
func (h Hash) IsZero() bool    { return h == Hash{} }

func (a Address) MarshalText() ([]byte, error)    { return []byte(a.String()), nil }
func (h Hash) MarshalText() ([]byte, error)       { return []byte(h.String()), nil }
func (id RequestID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

func (a *Address) UnmarshalText(text []byte) error { return unmarshalHex("address", a[:], text) }
func (h *Hash) UnmarshalText(text []byte) error    { return unmarshalHex("hash", h[:], text) }
func (id *RequestID) UnmarshalText(text []byte) error {
	return unmarshalHex("request id", id[:], text)
}

func unmarshalHex(what string, dst, text []byte) error {
	digits := strings.TrimPrefix(string(text), "0x")
	if len(digits) != 2*len(dst) {
		return fmt.Errorf("%s: want %d hex digits, got %d characters", what, 2*len(dst), len(digits))
	}
	raw, err := hex.DecodeString(digits)
	if err != nil {
		return fmt.Errorf("%s: want %d hex digits: %w", what, 2*len(dst), err)
	}
	copy(dst, raw)
	return nil
}

// Keccak256 is the hash of the EVM (the original Keccak padding, not FIPS 202) over the concatenation of parts.
func Keccak256(parts ...[]byte) Hash {
	state := sha3.NewLegacyKeccak256()
	for _, part := range parts {
		state.Write(part)
	}
	var h Hash
	state.Sum(h[:0])
	return h
}
