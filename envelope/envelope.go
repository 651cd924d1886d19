// Package envelope seals HTTP requests to a pod's enclave and HTTP responses
// back to the client that asked: chunked Oblivious HTTP (RFC 9458 and
// draft-ietf-ohai-chunked-ohttp-08) over HPKE (RFC 9180), carrying Binary HTTP
// messages (RFC 9292). It holds both halves and nothing but standard library
// cryptography.
//
// A client seals with [Seal] and opens the answer with [Exchange.Open]. A pod
// serves a [Handler], which opens requests with a [Recipient] and seals what an
// inner [http.Handler] answers as it streams. [RequestSealer], [RequestOpener],
// [ResponseSealer] and [ResponseOpener] are the encrypted streams below them.
//
// A stream is read to io.EOF only if its last chunk was authenticated as the
// last one. Every other end is an error, and errors are sticky: after the
// first, a stream yields nothing more.
//
// The normative text is docs/spec/envelope.md.
package envelope

import (
	"errors"
	"fmt"
	"io"
)

// Media types of the two encapsulated messages and of a list of key
// configurations.
const (
	MediaTypeRequest  = "message/ohttp-chunked-req"
	MediaTypeResponse = "message/ohttp-chunked-res"
	MediaTypeKeys     = "application/ohttp-keys"
)

// KeyProblemType is the problem type (RFC 9457) of the outer answer to a
// request sealed to a key that the pod does not hold, RFC 9458 section 5.3.
const KeyProblemType = "https://iana.org/assignments/http-problem-types#ohttp-key"

// Limits of the format. Those a pod may choose for itself are in [Config].
const (
	// MaxChunkBytes is the most plaintext one chunk carries.
	MaxChunkBytes = 16384
	// DefaultMaxRequestBytes is the most plaintext one request carries,
	// padding included.
	DefaultMaxRequestBytes = 1 << 20
	// DefaultMaxRequestsPerKey is how many requests a key opens before it
	// refuses further ones: the replay cache of a key never forgets.
	DefaultMaxRequestsPerKey = 100_000
)

// Labels of the chunked media types, draft-ietf-ohai-chunked-ohttp-08 section 6.
const (
	labelRequest  = "message/bhttp chunked request"
	labelResponse = "message/bhttp chunked response"
	aadFinal      = "final"
)

const (
	headerBytes = 7  // key id, KEM id, KDF id, AEAD id
	keyBytes    = 32 // Nk of AES-256-GCM
	nonceBytes  = 12 // Nn of AES-256-GCM
	tagBytes    = 16 // Nt of AES-256-GCM
	// responseNonceBytes is max(Nn, Nk); the exported secret is as long.
	responseNonceBytes = keyBytes
)

var (
	// ErrOpen is the one answer to every message that does not authenticate
	// or is not framed as it must be.
	ErrOpen = errors.New("envelope: message cannot be opened")
	// ErrTruncated says that a message ended before its final chunk. It wraps
	// io.ErrUnexpectedEOF.
	ErrTruncated = fmt.Errorf("envelope: message ends before its final chunk: %w", io.ErrUnexpectedEOF)
	// ErrTooLarge says that a request exceeds the limit of its recipient.
	ErrTooLarge = errors.New("envelope: request exceeds the size limit")
	// ErrReplayed says that a request was opened before under the same key.
	ErrReplayed = errors.New("envelope: request was already opened once")
	// ErrKeyExhausted says that a key has opened as many requests as it may:
	// clients need the next key configuration.
	ErrKeyExhausted = errors.New("envelope: key has opened as many requests as it may")
)

// KeyMismatchError says that a request was sealed to a key or suite that the
// recipient does not hold.
type KeyMismatchError struct {
	KeyID uint8
	KEM   KEM
	Suite Suite
}

func (e *KeyMismatchError) Error() string {
	return fmt.Sprintf("envelope: no key for key id %d, %v, %v: fetch the current key config", e.KeyID, e.KEM, e.Suite)
}
