package envelope

import (
	"bytes"
	"crypto/ecdh"
	"crypto/hpke"
	"encoding/binary"
	"fmt"
	"log/slog"
)

// Limits of key configurations.
const (
	MaxKeyConfigBytes = 4096
	MaxKeyConfigs     = 8
	maxSuites         = 16
)

// KEM is an HPKE key encapsulation mechanism, by its IANA number.
type KEM uint16

// The mechanisms this package supports.
const (
	// XWing is MLKEM768-X25519, the default: prompts are worth recording
	// today for a quantum computer of tomorrow.
	XWing KEM = 0x647a
	// X25519 is DHKEM(X25519, HKDF-SHA256), for peers without X-Wing.
	X25519 KEM = 0x0020
)

func (k KEM) String() string {
	switch k {
	case XWing:
		return "X-Wing"
	case X25519:
		return "X25519"
	}
	return fmt.Sprintf("KEM 0x%04x", uint16(k))
}

// sizes gives the lengths of a public and of an encapsulated key.
func (k KEM) sizes() (public, enc int, ok bool) {
	switch k {
	case XWing:
		return 1216, 1120, true
	case X25519:
		return 32, 32, true
	}
	return 0, 0, false
}

// hpke gives the implementation; k must be supported.
func (k KEM) hpke() hpke.KEM {
	if k == XWing {
		return hpke.MLKEM768X25519()
	}
	return hpke.DHKEM(ecdh.X25519())
}

// Suite is a pair of HPKE KDF and AEAD, by their IANA numbers.
type Suite struct{ KDF, AEAD uint16 }

// defaultSuite is HKDF-SHA256 with AES-256-GCM, the only one supported.
var defaultSuite = Suite{KDF: 0x0001, AEAD: 0x0002}

func (s Suite) String() string {
	if s == defaultSuite {
		return "HKDF-SHA256 with AES-256-GCM"
	}
	return fmt.Sprintf("KDF 0x%04x with AEAD 0x%04x", s.KDF, s.AEAD)
}

// KeyConfig is a key configuration of RFC 9458 section 3: what a client needs
// in order to seal.
type KeyConfig struct {
	ID        uint8
	KEM       KEM
	PublicKey []byte
	Suites    []Suite // in the pod's order of preference

	parsed *parsedKey // of PublicKey, if that has not been changed since; parsing takes a tenth of a sealing
}

// parsedKey is a public key ready for use.
type parsedKey struct {
	kem KEM
	raw string
	key hpke.PublicKey
}

// Equal says whether two configurations have the same encoding.
func (c KeyConfig) Equal(other KeyConfig) bool { return bytes.Equal(c.Bytes(), other.Bytes()) }

// public is the key that PublicKey encodes.
func (c KeyConfig) public() (hpke.PublicKey, error) {
	if c.parsed != nil && c.parsed.kem == c.KEM && c.parsed.raw == string(c.PublicKey) {
		return c.parsed.key, nil
	}
	if _, _, ok := c.KEM.sizes(); !ok {
		return nil, fmt.Errorf("%v is not supported, expected %v or %v", c.KEM, XWing, X25519)
	}
	key, err := c.KEM.hpke().NewPublicKey(c.PublicKey)
	if err != nil {
		return nil, fmt.Errorf("%v public key: %w", c.KEM, err)
	}
	return key, nil
}

// Bytes encodes c as a pod signs and publishes it.
func (c KeyConfig) Bytes() []byte {
	b := make([]byte, 0, 5+len(c.PublicKey)+4*len(c.Suites))
	b = append(b, c.ID)
	b = binary.BigEndian.AppendUint16(b, uint16(c.KEM))
	b = append(b, c.PublicKey...)
	b = binary.BigEndian.AppendUint16(b, uint16(4*len(c.Suites)))
	for _, s := range c.Suites {
		b = binary.BigEndian.AppendUint16(b, s.KDF)
		b = binary.BigEndian.AppendUint16(b, s.AEAD)
	}
	return b
}

// header is what a request sealed to c begins with.
func (c KeyConfig) header() []byte {
	b := binary.BigEndian.AppendUint16([]byte{c.ID}, uint16(c.KEM))
	b = binary.BigEndian.AppendUint16(b, defaultSuite.KDF)
	return binary.BigEndian.AppendUint16(b, defaultSuite.AEAD)
}

// ParseKeyConfig decodes exactly one key configuration. It refuses what this
// package could not seal to: another KEM, no suite of ours, a malformed key.
func ParseKeyConfig(b []byte) (KeyConfig, error) {
	bad := func(format string, args ...any) (KeyConfig, error) {
		return KeyConfig{}, fmt.Errorf("envelope: key config: "+format, args...)
	}
	if len(b) > MaxKeyConfigBytes {
		return bad("%d bytes, at most %d are allowed", len(b), MaxKeyConfigBytes)
	}
	if len(b) < 3 {
		return bad("%d bytes are too few for a key id and a KEM id", len(b))
	}
	c := KeyConfig{ID: b[0], KEM: KEM(binary.BigEndian.Uint16(b[1:]))}
	size, _, ok := c.KEM.sizes()
	if !ok {
		return bad("%v is not supported, expected %v or %v", c.KEM, XWing, X25519)
	}
	b = b[3:]
	if len(b) < size+2 {
		return bad("%d bytes follow the KEM id, a %v public key takes %d and the suites more", len(b), c.KEM, size)
	}
	c.PublicKey = append([]byte(nil), b[:size]...)
	public, err := c.public()
	if err != nil {
		return bad("%w", err)
	}
	c.parsed = &parsedKey{kem: c.KEM, raw: string(c.PublicKey), key: public}
	n := int(binary.BigEndian.Uint16(b[size:]))
	b = b[size+2:]
	if n == 0 || n%4 != 0 || n > 4*maxSuites || n != len(b) {
		return bad("suites of %d bytes in %d bytes, expected 1 to %d suites of 4 bytes and nothing after", n, len(b), maxSuites)
	}
	supported := false
	for ; len(b) > 0; b = b[4:] {
		s := Suite{KDF: binary.BigEndian.Uint16(b), AEAD: binary.BigEndian.Uint16(b[2:])}
		supported = supported || s == defaultSuite
		c.Suites = append(c.Suites, s)
	}
	if !supported {
		return bad("no supported suite, expected %v", defaultSuite)
	}
	return c, nil
}

// MarshalKeyConfigs encodes configs as [MediaTypeKeys].
func MarshalKeyConfigs(configs []KeyConfig) []byte {
	var b []byte
	for _, c := range configs {
		e := c.Bytes()
		b = binary.BigEndian.AppendUint16(b, uint16(len(e)))
		b = append(b, e...)
	}
	return b
}

// ParseKeyConfigs decodes [MediaTypeKeys]. Configurations for a KEM that this
// package does not support are skipped, as the length prefix is there for; a
// malformed one fails the list, and so does a list with none left.
func ParseKeyConfigs(b []byte) ([]KeyConfig, error) {
	var configs []KeyConfig
	for entries := 0; len(b) > 0; entries++ {
		if entries == MaxKeyConfigs {
			return nil, fmt.Errorf("envelope: key configs: more than %d entries", MaxKeyConfigs)
		}
		if len(b) < 2 || int(binary.BigEndian.Uint16(b)) > len(b)-2 {
			return nil, fmt.Errorf("envelope: key configs: entry %d is longer than the %d bytes left", entries, len(b))
		}
		n := int(binary.BigEndian.Uint16(b))
		entry := b[2 : 2+n]
		b = b[2+n:]
		if len(entry) >= 3 && len(entry) <= MaxKeyConfigBytes {
			if _, _, ok := KEM(binary.BigEndian.Uint16(entry[1:])).sizes(); !ok {
				continue
			}
		}
		c, err := ParseKeyConfig(entry)
		if err != nil {
			return nil, fmt.Errorf("envelope: key configs: entry %d: %w", entries, err)
		}
		configs = append(configs, c)
	}
	if len(configs) == 0 {
		return nil, fmt.Errorf("envelope: key configs: none for a supported KEM, expected %v or %v", XWing, X25519)
	}
	return configs, nil
}

// PrivateKey is the private half of a key configuration. It exists in memory
// only: it has no encoding, and every way to print it prints REDACTED.
type PrivateKey struct {
	config KeyConfig
	key    hpke.PrivateKey
	opened memory
}

// GenerateKey makes a new key under the key id that requests will name.
func GenerateKey(id uint8, kem KEM) (*PrivateKey, error) {
	if _, _, ok := kem.sizes(); !ok {
		return nil, fmt.Errorf("envelope: %v is not supported, expected %v or %v", kem, XWing, X25519)
	}
	key, err := kem.hpke().GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("envelope: generating a %v key: %w", kem, err)
	}
	return newPrivateKey(id, kem, key), nil
}

func newPrivateKey(id uint8, kem KEM, key hpke.PrivateKey) *PrivateKey {
	public := key.PublicKey()
	raw := public.Bytes()
	return &PrivateKey{
		config: KeyConfig{
			ID: id, KEM: kem, PublicKey: raw, Suites: []Suite{defaultSuite},
			parsed: &parsedKey{kem: kem, raw: string(raw), key: public},
		},
		key:    key,
		opened: memory{seen: make(map[[16]byte]struct{})},
	}
}

// Config returns the public half.
func (k *PrivateKey) Config() KeyConfig { return k.config }

const redacted = "REDACTED"

// Format prints REDACTED for every verb.
func (k *PrivateKey) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(redacted)) }

// LogValue logs REDACTED.
func (k *PrivateKey) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText encodes as REDACTED, in JSON too.
func (k *PrivateKey) MarshalText() ([]byte, error) { return []byte(redacted), nil }
