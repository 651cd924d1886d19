package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/phallama/phallama/protocol"
)

// The log is one file: a header (see seal.go), then frames of
//
//	length uint32 | crc32c uint32 | sealed payload
//
// in little-endian order; the checksum covers length and sealed payload, and the payload is JSON records, one a line. A
// frame is what one write and one fsync made durable, and no frame is written before the one before it is on disk. So a
// crash can damage the last frame only, which nobody had been told of: it is dropped. Damage anywhere else is refused.
//
// The log is rewritten, as a few records for each session, when it is opened and when it has doubled: into a new file
// that replaces the old one by rename.
const (
	logName   = "ledger.log"
	newSuffix = ".new"

	frameHead      = 8
	maxFrame       = 4 << 20 // bytes of a sealed payload
	maxPayload     = maxFrame - sealOverhead
	maxLog         = 1 << 30 // bytes of a log that Open reads
	minCompact     = 16 << 20
	factsPerRecord = 1024
)

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// record holds exactly one of its fields.
type record struct {
	Facts  *chainFacts             `json:"facts,omitempty"`
	Admit  *protocol.SignedVoucher `json:"admit,omitempty"`
	Commit *billed                 `json:"commit,omitempty"`
	Batch  *batch                  `json:"batch,omitempty"`
	Close  *closure                `json:"close,omitempty"`
	Drop   *drop                   `json:"drop,omitempty"`

	// Only in a rewritten log: a session as it was, and a receipt that was still kept.
	Session *session `json:"session,omitempty"`
	Kept    *billed  `json:"kept,omitempty"`
}

type chainFacts struct {
	Sessions []protocol.SessionFact `json:"sessions,omitempty"`
	LastSeq  uint64                 `json:"lastSeq,omitempty"`
}

// closure ends a session: no voucher and no receipt of it follows, and no more than Final is claimed for it.
type closure struct {
	Session protocol.Hash   `json:"session"`
	Final   protocol.Amount `json:"final"`
}

// drop forgets a session's receipts through an RSeq and, with Forget, the session.
type drop struct {
	Session protocol.Hash `json:"session"`
	Through uint64        `json:"through"`
	Forget  bool          `json:"forget,omitempty"`
}

// DamagedError says that a log is damaged in a place that no crash explains.
type DamagedError struct {
	Offset int64 // of the first byte that makes no sense
	Reason string
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the log is damaged at byte %d: %s; restore it from a copy, or move it away to start without the charges in it "+
		"(sessions then go on from what the chain says was claimed)", e.Offset, e.Reason)
}

// frame is the next frame of a file.
func (s *sealer) frame(payload []byte) []byte {
	f := s.seal(make([]byte, frameHead, frameHead+len(payload)+sealOverhead), payload)
	binary.LittleEndian.PutUint32(f, uint32(len(f)-frameHead))
	binary.LittleEndian.PutUint32(f[4:], checksum(f[:4], f[frameHead:]))
	return f
}

func checksum(length, sealed []byte) uint32 {
	return crc32.Update(crc32.Checksum(length, crcTable), crcTable, sealed)
}

// nextFrame is the sealed payload of the frame at the start of data; false: there is no whole one.
func nextFrame(data []byte) ([]byte, bool) {
	if len(data) < frameHead {
		return nil, false
	}
	n := binary.LittleEndian.Uint32(data)
	if n == 0 || n > maxFrame || int(n) > len(data)-frameHead {
		return nil, false
	}
	sealed := data[frameHead:][:n]
	return sealed, binary.LittleEndian.Uint32(data[4:]) == checksum(data[:4], sealed)
}

// frames calls each for every frame after the header and returns the length of the log without a torn tail.
func frames(data []byte, each func(sealed []byte) error) (end int, err error) {
	for end = headerSize; end < len(data); {
		sealed, ok := nextFrame(data[end:])
		if !ok {
			return end, torn(data, end)
		}
		if err := each(sealed); err != nil {
			return end, &DamagedError{int64(end), err.Error()}
		}
		end += frameHead + len(sealed)
	}
	if end == headerSize {
		return end, torn(data, end)
	}
	return end, nil
}

// torn is nil if what is left at end can be the unfinished write of a crash: no more than one frame, and no whole frame
// in or after it.
func torn(data []byte, end int) error {
	if end == headerSize {
		return &DamagedError{int64(end), "its first frame, which was whole before the log got its name, is not"}
	}
	if len(data)-end > frameHead+maxFrame {
		return &DamagedError{int64(end), fmt.Sprintf("no whole frame there, and %d bytes follow", len(data)-end)}
	}
	for at := end + 1; at < len(data); at++ {
		if _, ok := nextFrame(data[at:]); ok {
			return &DamagedError{int64(end), fmt.Sprintf("no whole frame there, and one follows at byte %d", at)}
		}
	}
	return nil
}

// replay brings a log into the book and returns its length without a torn tail.
func (l *Ledger) replay(data []byte) (end int, err error) {
	h, err := parseHeader(data)
	if err != nil {
		return 0, err
	}
	if err := l.opens(h); err != nil {
		return 0, err
	}
	s, err := l.cfg.Key.sealer(h)
	if err != nil {
		return 0, err
	}
	return frames(data, func(sealed []byte) error {
		payload, err := s.open(sealed)
		if err != nil {
			return err
		}
		return l.book.replay(payload)
	})
}

// replay applies the records of one frame.
func (b *book) replay(payload []byte) error {
	dec := json.NewDecoder(bytes.NewReader(payload))
	dec.DisallowUnknownFields()
	for {
		var r record
		if err := dec.Decode(&r); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("a record does not read: %w", err)
		}
		if err := b.apply(r); err != nil {
			return err
		}
	}
}
