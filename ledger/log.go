package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"sync"

	"github.com/phallama/phallama/protocol"
)

// The log is one file: a header (see seal.go), then frames of
//
//	length uint32 | crc32c uint32 | sealed payload
//
// in little-endian order; the checksum covers length and sealed payload, and the payload is JSON records, one a line, each
// filled up with spaces to a multiple of recordUnit, but for those that forget: every admission and every bill has the same length, whatever it is of. A
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

	recordUnit = 768 // bytes; a bill has at most 728
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
	Unland int                     `json:"unland,omitempty"` // forget so many settled batches, the oldest

	// Only in a rewritten log: a session as it was, a receipt and a settled batch that were still kept.
	Session *session `json:"session,omitempty"`
	Kept    *billed  `json:"kept,omitempty"`
	Landed  *landed  `json:"landed,omitempty"`
}

type chainFacts struct {
	Sessions []protocol.SessionFact `json:"sessions,omitempty"`
	LastSeq  uint64                 `json:"lastSeq,omitempty"`
	At       uint64                 `json:"at,omitempty"` // Unix seconds; with LastSeq
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

// line is a record as it stands in a payload.
func (r record) line() ([]byte, error) {
	line, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	if r.Drop == nil && r.Unland == 0 { // those are of requests long past, and many at once
		line = append(line, bytes.Repeat([]byte{' '}, recordUnit-1-len(line)%recordUnit)...)
	}
	return append(line, '\n'), nil
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

// group is the commit of several callers' records by one write and one fsync.
type group struct {
	mu      *sync.Mutex // the ledger's
	done    sync.Cond
	lines   [][]byte // records not yet on disk, each a line
	written uint64   // lines ever queued
	durable uint64   // lines ever on disk
	busy    bool     // a caller is writing, without the mutex
	failed  error    // sticks: what is on disk is unknown, so nothing goes on until the log is read again
}

func (g *group) init(mu *sync.Mutex) {
	g.mu = mu
	g.done.L = mu
}

// idle waits until nobody writes.
func (g *group) idle() {
	for g.busy {
		g.done.Wait()
	}
}

// write applies a record to the book and queues it for the disk; flush makes it durable.
func (l *Ledger) write(r record) error {
	line, err := r.line()
	if err == nil && len(line) > maxPayload {
		err = fmt.Errorf("a record of %d bytes, at most %d", len(line), maxPayload)
	}
	if err != nil {
		return l.fail(fmt.Errorf("write a record: %w", err))
	}
	if err := l.book.apply(r); err != nil {
		return l.fail(fmt.Errorf("a verb made a record that does not follow: %w", err))
	}
	l.group.lines = append(l.group.lines, line)
	l.group.written++
	return nil
}

func (l *Ledger) fail(err error) error {
	if l.group.failed == nil {
		l.group.failed = fmt.Errorf("ledger has failed and must be opened again: %w", err)
		l.cfg.Logger.Error("ledger: failed; nothing more is admitted until the pod starts again", "err", err)
	}
	return l.group.failed
}

// flush returns once everything queued before it is on disk. The first caller to come writes for all who wait.
func (l *Ledger) flush() error {
	g := &l.group
	for upto := g.written; g.durable < upto && g.failed == nil; {
		if g.busy {
			g.done.Wait()
			continue
		}
		n, payload := 0, []byte(nil)
		for n < len(g.lines) && len(payload)+len(g.lines[n]) <= maxPayload {
			payload = append(payload, g.lines[n]...)
			n++
		}
		g.lines = g.lines[n:]
		g.busy = true
		g.mu.Unlock()
		err := l.log.write(l.log.seal.frame(payload))
		g.mu.Lock()
		if err == nil {
			g.durable += uint64(n)
			if l.log.size >= l.log.compactAt {
				err = l.rewrite()
			}
		}
		if err != nil {
			_ = l.fail(err)
		}
		g.busy = false
		g.done.Broadcast()
	}
	return g.failed
}

// rewrite replaces the log by one that holds the book as it is. The caller holds the mutex, and nobody writes.
func (l *Ledger) rewrite() error {
	if err := l.prune(); err != nil {
		return err
	}
	w, err := l.disk.create(logName + newSuffix)
	if err == nil {
		if err = l.snapshot(w); err != nil {
			w.close()
		}
	}
	if err != nil {
		if l.log == nil {
			return err
		}
		l.log.compactAt *= 2
		l.cfg.Logger.Warn("ledger: the log could not be rewritten and goes on growing", "err", err)
		return nil
	}
	// From here on a failure leaves it open which file bears the name.
	if err := l.disk.rename(logName+newSuffix, logName); err != nil {
		w.close()
		return err
	}
	if err := l.disk.sync(); err != nil {
		w.close()
		return err
	}
	if l.log != nil {
		l.log.close()
	}
	w.compactAt = max(minCompact, 2*w.size)
	l.log = w
	l.group.lines, l.group.durable = nil, l.group.written
	return nil
}

// snapshot writes the book as it is to a new file.
func (l *Ledger) snapshot(w *logWriter) error {
	h, err := l.newHeader()
	if err != nil {
		return err
	}
	if w.seal, err = l.cfg.Key.sealer(h); err != nil {
		return err
	}
	if err := w.writeOnly(h.bytes()); err != nil {
		return err
	}
	var payload []byte
	put := func(r record) error {
		line, err := r.line()
		if err != nil {
			return err
		}
		if len(payload)+len(line) > maxPayload {
			if err := w.writeOnly(w.seal.frame(payload)); err != nil {
				return err
			}
			payload = payload[:0]
		}
		payload = append(payload, line...)
		return nil
	}
	for _, s := range l.book.sessions {
		if err := put(record{Session: s}); err != nil {
			return err
		}
		for _, c := range s.receipts {
			if err := put(record{Kept: c}); err != nil {
				return err
			}
		}
	}
	for _, b := range l.book.landed {
		if err := put(record{Landed: b}); err != nil {
			return err
		}
	}
	if l.book.lastSeq != 0 {
		if err := put(record{Facts: &chainFacts{LastSeq: l.book.lastSeq}}); err != nil {
			return err
		}
	}
	if l.book.pending != nil {
		if err := put(record{Batch: l.book.pending}); err != nil {
			return err
		}
	}
	return w.write(w.seal.frame(payload)) // of no records, if the book is empty
}
