package envelope

import (
	"bufio"
	"crypto/hpke"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
)

// chunkOverhead is what sealing adds to a full chunk: its length and its tag.
const chunkOverhead = 4 + tagBytes

// requestReadBytes is how much of a request is read ahead of its chunks, which are read in place.
const requestReadBytes = 512

// Config holds what a pod may choose for its [Recipient]. The zero value means
// the defaults.
type Config struct {
	// MaxRequestBytes is the most plaintext one request may carry, padding
	// included. Zero means DefaultMaxRequestBytes.
	MaxRequestBytes int
	// MaxRequestsPerKey is how many requests each key opens before it refuses
	// further ones with ErrKeyExhausted. The recipient remembers 16 bytes of
	// each, for as long as it holds the key. Zero means
	// DefaultMaxRequestsPerKey.
	MaxRequestsPerKey int
}

// Recipient opens requests on a pod. It holds private keys and, tied to each,
// the memory of every request opened under it: a recording of a request cannot
// be replayed while the key lives, nor after, since the key is in memory only.
// It is safe for concurrent use.
type Recipient struct {
	config Config

	mu    sync.RWMutex // guards order and keys
	order []*PrivateKey
	keys  map[uint8]*PrivateKey
}

// NewRecipient returns a recipient for requests to any of the keys, which must
// differ in their key ids.
func NewRecipient(config Config, keys ...*PrivateKey) (*Recipient, error) {
	if config.MaxRequestBytes < 0 || config.MaxRequestsPerKey < 0 {
		return nil, errors.New("envelope: a limit of Config is negative, expected zero for the default or a positive number")
	}
	if config.MaxRequestBytes == 0 {
		config.MaxRequestBytes = DefaultMaxRequestBytes
	}
	if config.MaxRequestsPerKey == 0 {
		config.MaxRequestsPerKey = DefaultMaxRequestsPerKey
	}
	if len(keys) == 0 {
		return nil, errors.New("envelope: a recipient needs at least one private key")
	}
	r := &Recipient{config: config, keys: make(map[uint8]*PrivateKey)}
	for _, k := range slices.Backward(keys) {
		if err := r.Add(k); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Add has the recipient open requests to another key too, which from now on
// comes first in KeyConfigs.
func (r *Recipient) Add(k *PrivateKey) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, dup := r.keys[k.config.ID]; dup {
		return fmt.Errorf("envelope: two keys have the key id %d", k.config.ID)
	}
	r.keys[k.config.ID] = k
	r.order = slices.Insert(r.order, 0, k)
	return nil
}

// Remove forgets the key of this id: nothing sealed to it can be opened ever
// again. Requests whose opening has begun are finished.
func (r *Recipient) Remove(id uint8) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.keys, id)
	r.order = slices.DeleteFunc(r.order, func(k *PrivateKey) bool { return k.config.ID == id })
}

// KeyConfigs returns the public halves of the keys, the newest first.
func (r *Recipient) KeyConfigs() []KeyConfig {
	r.mu.RLock()
	defer r.mu.RUnlock()
	configs := make([]KeyConfig, len(r.order))
	for i, k := range r.order {
		configs[i] = k.config
	}
	return configs
}

// Opened is how many requests the newest key has opened.
func (r *Recipient) Opened() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(r.order) == 0 {
		return 0
	}
	return r.order[0].opened.count()
}

// maxSealedBytes is the size of the largest request in full chunks.
func (r *Recipient) maxSealedBytes() int64 {
	_, enc, _ := XWing.sizes()
	n := int64(r.config.MaxRequestBytes)
	return headerBytes + int64(enc) + n + (n/MaxChunkBytes+1)*chunkOverhead
}

// OpenRequest begins to open a request from src. It fails with a
// *[KeyMismatchError], [ErrKeyExhausted], [ErrReplayed], [ErrTruncated] or
// [ErrOpen].
func (r *Recipient) OpenRequest(src io.Reader) (*RequestOpener, error) {
	in := bufio.NewReaderSize(src, requestReadBytes)
	header := make([]byte, headerBytes)
	if _, err := io.ReadFull(in, header); err != nil {
		return nil, streamError(err)
	}
	kem := KEM(binary.BigEndian.Uint16(header[1:]))
	suite := Suite{KDF: binary.BigEndian.Uint16(header[3:]), AEAD: binary.BigEndian.Uint16(header[5:])}
	r.mu.RLock()
	key := r.keys[header[0]]
	r.mu.RUnlock()
	if key == nil || key.config.KEM != kem || suite != defaultSuite {
		return nil, &KeyMismatchError{KeyID: header[0], KEM: kem, Suite: suite}
	}
	_, size, _ := kem.sizes()
	enc := make([]byte, size)
	if _, err := io.ReadFull(in, enc); err != nil {
		return nil, streamError(err)
	}
	if err := key.opened.check(enc, r.config.MaxRequestsPerKey, false); err != nil {
		return nil, err
	}
	context, err := hpke.NewRecipient(enc, key.key, hpke.HKDFSHA256(), hpke.AES256GCM(), requestInfo(header))
	if err != nil {
		return nil, ErrOpen
	}
	o := &RequestOpener{config: key.config, enc: enc, export: context.Export}
	o.chunks = chunkOpener{
		src:   in,
		limit: r.config.MaxRequestBytes,
		open: func(_, aad, ciphertext []byte) ([]byte, error) {
			return context.Open(aad, ciphertext)
		},
		// A request counts once it is whole: bytes that never authenticate
		// must not use up the key, and of two copies of one request that
		// arrive together only the first to be whole is accepted.
		onFinal: func() error { return key.opened.check(enc, r.config.MaxRequestsPerKey, true) },
	}
	return o, nil
}

// memory is what a key remembers of the requests opened with it. It belongs to
// the key: whichever recipient holds it, a request opens once.
type memory struct {
	mu   sync.Mutex
	seen map[[16]byte]struct{}
}

func (m *memory) count() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.seen)
}

// check refuses a request that the key has opened already, or cannot remember.
// With record set it remembers the request in the same step.
func (m *memory) check(enc []byte, limit int, record bool) error {
	sum := sha256.Sum256(enc)
	id := [16]byte(sum[:])
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, seen := m.seen[id]; seen {
		return ErrReplayed
	}
	if len(m.seen) >= limit {
		return ErrKeyExhausted
	}
	if record {
		m.seen[id] = struct{}{}
	}
	return nil
}

// RequestOpener reads the plaintext of one request. It returns io.EOF only
// after the authenticated final chunk of a request not seen before: act on
// nothing before that.
type RequestOpener struct {
	config   KeyConfig // of the key that opens it
	enc      []byte
	export   func(context string, length int) ([]byte, error)
	chunks   chunkOpener
	answered bool
}

// Read implements io.Reader.
func (o *RequestOpener) Read(p []byte) (int, error) { return o.chunks.read(p) }

// SealResponse begins the response, which goes to dst; nothing is written
// before its first chunk. The request must have been read to io.EOF, and has
// one response.
func (o *RequestOpener) SealResponse(dst io.Writer) (*ResponseSealer, error) {
	if o.chunks.err != io.EOF {
		return nil, errors.New("envelope: a response needs a request that was read to its end")
	}
	if o.answered {
		return nil, errors.New("envelope: the request has a response already")
	}
	nonce := make([]byte, responseNonceBytes)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("envelope: drawing the response nonce: %w", err)
	}
	aead, err := newResponseAEAD(o.enc, o.export, nonce)
	if err != nil {
		return nil, err
	}
	o.answered = true
	return &ResponseSealer{chunks: chunkSealer{dst: dst, head: nonce, seal: aead.seal}}, nil
}

// ResponseSealer seals one response. Whatever is written goes out at once as
// one or more chunks.
type ResponseSealer struct{ chunks chunkSealer }

// Write seals p as one or more chunks and writes them at once.
func (s *ResponseSealer) Write(p []byte) (int, error) { return s.chunks.write(p) }

// Finish writes p and ends the response: the last of p is its final chunk.
func (s *ResponseSealer) Finish(p []byte) error { return s.chunks.finish(p) }

// Close ends the response with an empty final chunk.
func (s *ResponseSealer) Close() error { return s.Finish(nil) }
