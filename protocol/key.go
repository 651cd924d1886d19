package protocol

import (
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"

	"github.com/decred/dcrd/dcrec/secp256k1/v4"
	"github.com/decred/dcrd/dcrec/secp256k1/v4/ecdsa"
)

// Signature is a recoverable ECDSA signature over secp256k1 in EIP-2098 form: r, then yParity in the top bit of s.
// s is always in the lower half of the order.
type Signature [64]byte

// ErrSignature says that a signature is malformed or not by the expected key. It carries no detail on purpose.
var ErrSignature = errors.New("signature does not verify")

// Key is a secp256k1 private key: an owner's, a session signer's or an enclave identity. It prints as REDACTED.
type Key struct{ secret *hidden }

// hidden puts a second pointer before the secret: package fmt follows one, even out of another struct's unexported
// field, where it does not see Key's methods.
type hidden struct{ key *secp256k1.PrivateKey }

// GenerateKey makes a key from the system's randomness.
func GenerateKey() (Key, error) {
	secret, err := secp256k1.GeneratePrivateKey()
	if err != nil {
		return Key{}, fmt.Errorf("generate key: %w", err)
	}
	return Key{&hidden{secret}}, nil
}

// KeyFromBytes takes 32 big-endian bytes, 0 < k < order.
func KeyFromBytes(raw []byte) (Key, error) {
	var scalar secp256k1.ModNScalar
	if len(raw) != 32 || scalar.SetByteSlice(raw) || scalar.IsZero() {
		return Key{}, errors.New("private key: want 32 bytes below the order of secp256k1 and not zero")
	}
	return Key{&hidden{secp256k1.NewPrivateKey(&scalar)}}, nil
}

// Bytes are the secret itself: for a keystore, never for a log.
func (k Key) Bytes() []byte { return k.secret.key.Serialize() }

// Address is the EVM address of the public key.
func (k Key) Address() Address { return addressOf(k.secret.key.PubKey()) }

// Sign signs a digest deterministically (RFC 6979).
func (k Key) Sign(digest Hash) Signature {
	compact := ecdsa.SignCompact(k.secret.key, digest[:], false) // 27+parity, r, s
	var s Signature
	copy(s[:], compact[1:])
	s[32] |= (compact[0] - 27) << 7
	return s
}

const redacted = "REDACTED"

func (Key) String() string               { return redacted }
func (Key) GoString() string             { return redacted }
func (Key) LogValue() slog.Value         { return slog.StringValue(redacted) }
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Recover is the address whose key signed digest, or ErrSignature.
func (s Signature) Recover(digest Hash) (Address, error) {
	var compact [65]byte
	compact[0] = 27 + s[32]>>7
	copy(compact[1:], s[:])
	compact[33] &= 0x7f
	var low secp256k1.ModNScalar
	if low.SetByteSlice(compact[33:]) || low.IsOverHalfOrder() {
		return Address{}, ErrSignature
	}
	public, _, err := ecdsa.RecoverCompact(compact[:], digest[:])
	if err != nil {
		return Address{}, ErrSignature
	}
	return addressOf(public), nil
}

// Verify is nil if signer signed digest, and ErrSignature otherwise.
func (s Signature) Verify(digest Hash, signer Address) error {
	if got, err := s.Recover(digest); err != nil || got != signer || signer.IsZero() {
		return ErrSignature
	}
	return nil
}

// R and VS are the two words that the contracts take.
func (s Signature) R() [32]byte  { return [32]byte(s[:32]) }
func (s Signature) VS() [32]byte { return [32]byte(s[32:]) }

func (s Signature) String() string               { return "0x" + hex.EncodeToString(s[:]) }
func (s Signature) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
func (s *Signature) UnmarshalText(text []byte) error {
	return unmarshalHex("signature", s[:], text)
}

func addressOf(public *secp256k1.PublicKey) Address {
	hash := Keccak256(public.SerializeUncompressed()[1:])
	return Address(hash[12:])
}
