package ledger

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/phallama/phallama/protocol"
)

// A log begins with a header in plain, integers big-endian:
//
//	"phallama-ledger 2\n" | chain id 8 | escrow 20 | pod 20 | salt 32 | key id 8 | crc32c of all that 4
//
// Its frames are sealed by AES-256-GCM under HKDF-SHA256(platform's key, salt, "phallama/ledger/log/2"). Frame n, counted
// from 0, has nonce n and the additional data header | n. So a frame opens only in the place and in the log that it was
// written for, for this version, pod, chain and escrow: none can be changed, moved, left out or taken from elsewhere.
// What can be done to a log is to cut frames off its end, and to bring an older one back; neither bills anybody more.
//
// No nonce is used twice under one key, whatever becomes of the file: the salt is drawn anew for each file, only the
// process that made a file ever writes to it, and it counts its frames in memory. Open never goes on with a file that it
// finds, it writes a new one. So a tail that was cut off is written again under another key, and of two enclaves that
// open copies of one file each has a key of its own. A write that failed is not tried again: the ledger stops.
//
// The key id, eight bytes derived from the platform's key, tells a log of another key from a damaged one.
const (
	logMagic   = "phallama-ledger 2\n"
	plainMagic = "phallama-ledger\n" // of version 1

	saltSize   = 32
	keyIDSize  = 8
	headerSize = len(logMagic) + 8 + 20 + 20 + saltSize + keyIDSize + 4
)

type header struct {
	domain protocol.Domain
	pod    protocol.Address
	salt   [saltSize]byte
	keyID  [keyIDSize]byte
}

// newHeader begins a new file, and so a new key.
func (l *Ledger) newHeader() (header, error) {
	h := header{domain: l.cfg.Domain, pod: l.cfg.Pod}
	_, _ = rand.Read(h.salt[:]) // never fails
	id, err := l.cfg.Key.id()
	h.keyID = id
	return h, err
}

func (k Key) id() (id [keyIDSize]byte, err error) {
	raw, err := k.derive(nil, "phallama/ledger/key-id/2", keyIDSize)
	copy(id[:], raw)
	return id, err
}

func (h header) bytes() []byte {
	b := make([]byte, 0, headerSize)
	b = append(b, logMagic...)
	b = binary.BigEndian.AppendUint64(b, h.domain.ChainID)
	b = append(b, h.domain.Escrow[:]...)
	b = append(b, h.pod[:]...)
	b = append(b, h.salt[:]...)
	b = append(b, h.keyID[:]...)
	return binary.BigEndian.AppendUint32(b, crc32.Checksum(b, crcTable))
}

// parseHeader reads the header of a log. Its checksum is against accidents only: the frames authenticate it.
func parseHeader(data []byte) (header, error) {
	var h header
	if bytes.HasPrefix(data, []byte(plainMagic)) {
		return h, errors.New("the log has version 1, which was neither encrypted nor authenticated: whoever could write to its directory could " +
			"have put any charge into it, so this program, which reads version 2, does not take it over. Nothing was changed. Settle with the podd " +
			"that wrote it, or move the log away to start without it: sessions then go on from what the chain says and clients acknowledge")
	}
	if len(data) < headerSize || !bytes.HasPrefix(data, []byte(logMagic)) {
		return h, &DamagedError{0, "it does not begin as a ledger's log"}
	}
	sum := data[headerSize-4 : headerSize]
	if binary.BigEndian.Uint32(sum) != crc32.Checksum(data[:headerSize-4], crcTable) {
		return h, &DamagedError{0, "its header is not as it was written"}
	}
	rest := data[len(logMagic):]
	next := func(n int) []byte {
		field := rest[:n]
		rest = rest[n:]
		return field
	}
	h.domain.ChainID = binary.BigEndian.Uint64(next(8))
	copy(h.domain.Escrow[:], next(20))
	copy(h.pod[:], next(20))
	copy(h.salt[:], next(saltSize))
	copy(h.keyID[:], next(keyIDSize))
	return h, nil
}

// SealedError says that a log was sealed with another key than this one.
type SealedError struct {
	LogKey, OwnKey string // key ids, in hex
}

func (e *SealedError) Error() string {
	return fmt.Sprintf("the log is sealed for another enclave or platform: with key %s, and the key here is %s. Nothing was changed. Start the "+
		"podd that wrote it, on the machine and with the key source that it had, and settle; or move the log away to start without it: "+
		"sessions then go on from what the chain says and clients acknowledge, and exported vouchers can be claimed without any enclave",
		e.LogKey, e.OwnKey)
}

// opens is nil if a log with header got is of this ledger.
func (l *Ledger) opens(got header) error {
	if got.domain != l.cfg.Domain || got.pod != l.cfg.Pod {
		return fmt.Errorf("the log belongs to pod %s on chain %d, escrow %s, and this is pod %s on chain %d, escrow %s: give each pod its own directory",
			got.pod, got.domain.ChainID, got.domain.Escrow, l.cfg.Pod, l.cfg.Domain.ChainID, l.cfg.Domain.Escrow)
	}
	own, err := l.cfg.Key.id()
	if err != nil {
		return err
	}
	if got.keyID != own {
		return &SealedError{LogKey: fmt.Sprintf("%x", got.keyID), OwnKey: fmt.Sprintf("%x", own)}
	}
	return nil
}

// sealer seals the frames of one file in their order, or opens them.
type sealer struct {
	aead cipher.AEAD
	data []byte // additional data: header, and room for the frame's number
	next uint64
}

func (k Key) sealer(h header) (*sealer, error) {
	raw, err := k.derive(h.salt[:], "phallama/ledger/log/2", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(raw)
	clear(raw)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	return &sealer{aead: aead, data: append(h.bytes(), make([]byte, 8)...)}, nil
}

const sealOverhead = 16

func (s *sealer) position() (nonce, data []byte) {
	nonce = make([]byte, 12)
	binary.BigEndian.PutUint64(nonce[4:], s.next)
	binary.BigEndian.PutUint64(s.data[len(s.data)-8:], s.next)
	return nonce, s.data
}

// seal appends the next frame's payload to dst, sealed. Its number is used up, whatever becomes of the frame.
func (s *sealer) seal(dst, payload []byte) []byte {
	nonce, data := s.position()
	s.next++
	return s.aead.Seal(dst, nonce, payload, data)
}

// open opens what should be the next frame.
func (s *sealer) open(sealed []byte) ([]byte, error) {
	nonce, data := s.position()
	payload, err := s.aead.Open(nil, nonce, sealed, data)
	if err != nil {
		return nil, errors.New("a whole frame is not what this ledger wrote there: it was changed, moved, or comes from another log")
	}
	s.next++
	return payload, nil
}
