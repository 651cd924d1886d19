package protocol

import (
	"crypto/rand"
	"errors"
	"fmt"
)

// Limits of the JSON of a FreshRequest and of a FreshQuote, in bytes.
const (
	MaxFreshRequest = 256
	MaxFreshQuote   = 32 << 10 // a quote of 16 KiB in base64, and what stands around it
)

// FreshRequest asks a pod for a quote over a nonce of the caller's: POST under PathFresh, inside the envelope.
type FreshRequest struct {
	Nonce Hash `json:"nonce"`
}

// NewNonce draws 256 random bits.
func NewNonce() Hash {
	var nonce Hash
	_, _ = rand.Read(nonce[:]) // never fails: crypto/rand aborts the program instead
	return nonce
}

// FreshQuote is a pod's answer to a FreshRequest: a quote whose report data is FreshReportData of the nonce and of
// KeyConfigHash, the hash of the key config that the request was sealed to.
type FreshQuote struct {
	Kind          EvidenceKind `json:"kind"`
	Evidence      []byte       `json:"evidence"`
	KeyConfigHash Hash         `json:"keyConfigHash"`
}

// ParseFreshRequest reads the JSON of a request: one object, with no field that it does not know and no nonce that is
// none.
func ParseFreshRequest(raw []byte) (FreshRequest, error) {
	var r FreshRequest
	if err := decodeStrictly(raw, MaxFreshRequest, &r); err != nil {
		return FreshRequest{}, fmt.Errorf(`request for a fresh quote: want {"nonce":"0x…"}: %w`, err)
	}
	if r.Nonce.IsZero() {
		return FreshRequest{}, errors.New("request for a fresh quote: want a nonce of 32 random bytes, got none, or zeros")
	}
	return r, nil
}

// ParseFreshQuote reads the JSON of an answer in the same way. What it says is the caller's to verify.
func ParseFreshQuote(raw []byte) (FreshQuote, error) {
	var q FreshQuote
	if err := decodeStrictly(raw, MaxFreshQuote, &q); err != nil {
		return FreshQuote{}, fmt.Errorf("fresh quote: want kind, evidence and keyConfigHash: %w", err)
	}
	if len(q.Evidence) == 0 || q.KeyConfigHash.IsZero() {
		return FreshQuote{}, errors.New("fresh quote: want evidence and keyConfigHash, got one without them")
	}
	return q, nil
}
