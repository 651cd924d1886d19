package ledger

import (
	"encoding/json"
	"fmt"
	"sync"
)

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
	line, err := json.Marshal(r)
	if err == nil && len(line) >= maxPayload {
		err = fmt.Errorf("a record of %d bytes, at most %d", len(line), maxPayload)
	}
	if err != nil {
		return l.fail(fmt.Errorf("write a record: %w", err))
	}
	if err := l.book.apply(r); err != nil {
		return l.fail(fmt.Errorf("a verb made a record that does not follow: %w", err))
	}
	l.group.lines = append(l.group.lines, append(line, '\n'))
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
		line, err := json.Marshal(r)
		if err != nil {
			return err
		}
		if len(payload)+len(line)+1 > maxPayload {
			if err := w.writeOnly(w.seal.frame(payload)); err != nil {
				return err
			}
			payload = payload[:0]
		}
		payload = append(append(payload, line...), '\n')
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
