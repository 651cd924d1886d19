package attest

import (
	"encoding/hex"
	"fmt"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// Kind is the kind of enclave that evidence is of. Its number is that of
// [protocol.EvidenceKind], its text what people and policies see.
type Kind uint8

// Kinds of evidence. Zero is no kind.
const (
	KindSGX = Kind(protocol.EvidenceSGX)
	KindTDX = Kind(protocol.EvidenceTDX)
)

var kindNames = map[Kind]string{KindSGX: "sgx", KindTDX: "tdx"}

// String implements fmt.Stringer.
func (k Kind) String() string { return nameOf(kindNames, k, "kind") }

// MarshalText implements encoding.TextMarshaler.
func (k Kind) MarshalText() ([]byte, error) { return marshalName(kindNames, k, "kind") }

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *Kind) UnmarshalText(text []byte) error { return unmarshalName(kindNames, k, text, "kind") }

// Tier is how far a claim can be trusted. Tiers are ordered.
type Tier uint8

// Tiers. Zero is no tier, so that a forgotten minimum is an error and not the
// lowest one.
const (
	// TierSimulated: no hardware stands behind the claim.
	TierSimulated Tier = 1 + iota
	// TierGenuine: a genuine quote, from a machine that nobody vouches for. It
	// protects against remote and software attackers, not against an operator who
	// opens the server.
	TierGenuine
	// TierEndorsed: a genuine quote, from a machine that the policy's endorsers
	// vouch for.
	TierEndorsed
)

var tierNames = map[Tier]string{
	TierSimulated: "T0-simulated",
	TierGenuine:   "T1-genuine",
	TierEndorsed:  "T2-endorsed",
}

// String implements fmt.Stringer.
func (t Tier) String() string { return nameOf(tierNames, t, "tier") }

// MarshalText implements encoding.TextMarshaler.
func (t Tier) MarshalText() ([]byte, error) { return marshalName(tierNames, t, "tier") }

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *Tier) UnmarshalText(text []byte) error { return unmarshalName(tierNames, t, text, "tier") }

func nameOf[T ~uint8](names map[T]string, v T, what string) string {
	if name, ok := names[v]; ok {
		return name
	}
	return fmt.Sprintf("unknown-%s(%d)", what, uint8(v))
}

func marshalName[T ~uint8](names map[T]string, v T, what string) ([]byte, error) {
	name, ok := names[v]
	if !ok {
		return nil, fmt.Errorf("attest: %s %d has no name", what, uint8(v))
	}
	return []byte(name), nil
}

func unmarshalName[T ~uint8](names map[T]string, v *T, text []byte, what string) error {
	for value, name := range names {
		if name == string(text) {
			*v = value
			return nil
		}
	}
	return fmt.Errorf("attest: unknown %s %.40q: expected one of %q", what, text, sortedValues(names))
}

func sortedValues[T ~uint8](names map[T]string) []string {
	var list []string
	for v := T(0); len(list) < len(names); v++ {
		if name, ok := names[v]; ok {
			list = append(list, name)
		}
	}
	return list
}

// Digest is a measurement or another SHA-256, written as 64 hexadecimal digits.
type Digest [32]byte

// String implements fmt.Stringer.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText implements encoding.TextMarshaler.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Digest) UnmarshalText(text []byte) error { return unmarshalHex(d[:], text) }

// ReportData is what an enclave had the platform sign, written as 128
// hexadecimal digits.
type ReportData [64]byte

// String implements fmt.Stringer.
func (r ReportData) String() string { return hex.EncodeToString(r[:]) }

// MarshalText implements encoding.TextMarshaler.
func (r ReportData) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *ReportData) UnmarshalText(text []byte) error { return unmarshalHex(r[:], text) }

// FMSPC names a platform's model, written as 12 hexadecimal digits.
type FMSPC [6]byte

// String implements fmt.Stringer.
func (f FMSPC) String() string { return hex.EncodeToString(f[:]) }

// MarshalText implements encoding.TextMarshaler.
func (f FMSPC) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *FMSPC) UnmarshalText(text []byte) error { return unmarshalHex(f[:], text) }

func unmarshalHex(dst, text []byte) error {
	if len(text) != hex.EncodedLen(len(dst)) {
		return fmt.Errorf("attest: expected %d hexadecimal digits without 0x, got %d characters", hex.EncodedLen(len(dst)), len(text))
	}
	if _, err := hex.Decode(dst, text); err != nil {
		return fmt.Errorf("attest: expected %d hexadecimal digits without 0x: %w", hex.EncodedLen(len(dst)), err)
	}
	return nil
}

// CheckError says which check refused evidence or claims, what was expected,
// what came, and what to do.
type CheckError = dcap.CheckError

// Check is a step of a verification: a stable name and a sentence.
type Check = dcap.Check
