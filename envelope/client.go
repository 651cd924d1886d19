package envelope

import (
	"bufio"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
)

// requestInfo is the HPKE info of a request with the given header.
func requestInfo(header []byte) []byte {
	return append(append([]byte(labelRequest), 0), header...)
}

// RequestSealer is the client's half of one exchange: it seals one request,
// and opens the response to it.
type RequestSealer struct {
	enc    []byte
	export func(context string, length int) ([]byte, error)
	chunks chunkSealer
}

// NewRequestSealer begins a request to the holder of config's key. The request
// goes to dst; nothing is written before the first chunk.
func NewRequestSealer(config KeyConfig, dst io.Writer) (*RequestSealer, error) {
	public, err := config.public()
	if err != nil {
		return nil, fmt.Errorf("envelope: %w", err)
	}
	header := config.header()
	enc, sender, err := hpke.NewSender(public, hpke.HKDFSHA256(), hpke.AES256GCM(), requestInfo(header))
	if err != nil {
		return nil, fmt.Errorf("envelope: encapsulating: %w", err)
	}
	s := &RequestSealer{enc: enc, export: sender.Export}
	s.chunks = chunkSealer{
		dst:  dst,
		head: slices.Concat(header, enc),
		seal: func(dst, aad, plaintext []byte) ([]byte, error) {
			ct, err := sender.Seal(aad, plaintext)
			return append(dst, ct...), err
		},
	}
	return s, nil
}

// Write seals p as one or more chunks and writes them at once.
func (s *RequestSealer) Write(p []byte) (int, error) { return s.chunks.write(p) }

// Finish writes p and ends the request: the last of p is its final chunk.
func (s *RequestSealer) Finish(p []byte) error { return s.chunks.finish(p) }

// Close ends the request with an empty final chunk.
func (s *RequestSealer) Close() error { return s.Finish(nil) }

// OpenResponse opens the response to this request from src.
func (s *RequestSealer) OpenResponse(src io.Reader) *ResponseOpener {
	return &ResponseOpener{enc: s.enc, export: s.export, chunks: chunkOpener{src: bufio.NewReader(src), limit: -1}}
}

// ResponseOpener reads the plaintext of one response. It returns io.EOF only
// after the authenticated final chunk.
type ResponseOpener struct {
	enc    []byte
	export func(context string, length int) ([]byte, error)
	chunks chunkOpener
}

// Read implements io.Reader.
func (o *ResponseOpener) Read(p []byte) (int, error) {
	if o.chunks.open == nil && o.chunks.err == nil {
		o.chunks.err = o.begin()
	}
	return o.chunks.read(p)
}

// begin reads the response nonce and derives the keys.
func (o *ResponseOpener) begin() error {
	nonce := make([]byte, responseNonceBytes)
	if _, err := io.ReadFull(o.chunks.src, nonce); err != nil {
		return streamError(err)
	}
	aead, err := newResponseAEAD(o.enc, o.export, nonce)
	if err != nil {
		return err
	}
	o.chunks.open = aead.open
	return nil
}

// responseAEAD is the AEAD of one response with its counter of chunks.
type responseAEAD struct {
	aead    cipher.AEAD
	nonce   [nonceBytes]byte
	counter uint64
}

// newResponseAEAD derives the keys of a response from what the request
// exported, its encapsulated key and the response's own nonce: RFC 9458 section
// 4.4 with the label of the chunked draft.
func newResponseAEAD(enc []byte, export func(string, int) ([]byte, error), responseNonce []byte) (*responseAEAD, error) {
	secret, err := export(labelResponse, responseNonceBytes)
	if err != nil {
		return nil, fmt.Errorf("envelope: exporting the response secret: %w", err)
	}
	salt := append(append(make([]byte, 0, len(enc)+len(responseNonce)), enc...), responseNonce...)
	prk, err := hkdf.Extract(sha256.New, secret, salt)
	if err != nil {
		return nil, fmt.Errorf("envelope: deriving the response keys: %w", err)
	}
	key, err := hkdf.Expand(sha256.New, prk, "key", keyBytes)
	if err != nil {
		return nil, fmt.Errorf("envelope: deriving the response keys: %w", err)
	}
	nonce, err := hkdf.Expand(sha256.New, prk, "nonce", nonceBytes)
	if err != nil {
		return nil, fmt.Errorf("envelope: deriving the response keys: %w", err)
	}
	block, err := aes.NewCipher(key)
	for _, used := range [][]byte{secret, prk, key} {
		clear(used)
	}
	if err != nil {
		return nil, fmt.Errorf("envelope: deriving the response keys: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("envelope: deriving the response keys: %w", err)
	}
	return &responseAEAD{aead: aead, nonce: [nonceBytes]byte(nonce)}, nil
}

// nextNonce is the nonce of the next chunk. 64 bits of counter cannot wrap.
func (a *responseAEAD) nextNonce() []byte {
	n := a.nonce
	tail := n[nonceBytes-8:]
	binary.BigEndian.PutUint64(tail, binary.BigEndian.Uint64(tail)^a.counter)
	a.counter++
	return n[:]
}

func (a *responseAEAD) seal(dst, aad, plaintext []byte) ([]byte, error) {
	return a.aead.Seal(dst, a.nextNonce(), plaintext, aad), nil
}

func (a *responseAEAD) open(dst, aad, ciphertext []byte) ([]byte, error) {
	return a.aead.Open(dst, a.nextNonce(), ciphertext, aad)
}
