package client

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"sync"
)

// maxLine bounds a line of a journal.
const maxLine = 64 << 10

// journal is a file of JSON lines that is only ever appended to. Entries that come together share a write.
type journal struct {
	name string // for people
	file *os.File

	mu      sync.Mutex
	lines   []byte // that nobody writes yet
	queued  uint64 // entries ever
	written uint64 // of those, on disk
	busy    bool   // somebody writes, without the mutex
	turn    sync.Cond
	failed  error // it may end in half a line: nothing more is written
}

func newJournal(name string, file *os.File) *journal {
	j := &journal{name: name, file: file}
	j.turn.L = &j.mu
	return j
}

// openJournal opens a journal, or makes one, of which whole bytes are whole lines. A process that died while it appended
// leaves half a line, which nobody counts on.
func openJournal(name, path string, whole int64, log *slog.Logger) (*journal, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("client: %s: %w", name, err)
	}
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil && size > whole {
		log.Warn(name+": the last line was cut off; dropped", "bytes", size-whole)
		err = errors.Join(file.Truncate(whole), file.Sync())
	}
	if err == nil {
		_, err = file.Seek(whole, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("client: %s: %w", name, err), file.Close())
	}
	return newJournal(name, file), nil
}

// append returns once the entry is on disk.
func (j *journal) append(entry any) error {
	n, err := j.queue(entry)
	if err != nil {
		return err
	}
	return j.flush(n)
}

// queue puts an entry behind those that are to be written, and says how many there were ever: flush of that number
// returns once it is on disk.
func (j *journal) queue(entry any) (uint64, error) {
	line, err := json.Marshal(entry)
	j.mu.Lock()
	defer j.mu.Unlock()
	if err != nil {
		return 0, j.fail(err)
	}
	if j.failed != nil {
		return 0, j.failed
	}
	j.lines = append(append(j.lines, line...), '\n')
	j.queued++
	return j.queued, nil
}

// flush returns once the first n entries are on disk. The first to come writes for all who wait.
func (j *journal) flush(n uint64) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for j.written < n && j.failed == nil {
		if j.busy {
			j.turn.Wait()
			continue
		}
		lines, upto := j.lines, j.queued
		j.lines, j.busy = nil, true
		j.mu.Unlock()
		_, err := j.file.Write(lines)
		if err == nil {
			err = j.file.Sync()
		}
		j.mu.Lock()
		if j.busy = false; err == nil {
			j.written = upto
		} else {
			_ = j.fail(err)
		}
		j.turn.Broadcast()
	}
	if j.written >= n {
		return nil
	}
	return j.failed
}

// flushAll returns once all that was queued is on disk.
func (j *journal) flushAll() error {
	j.mu.Lock()
	n := j.queued
	j.mu.Unlock()
	if err := j.flush(n); err != nil {
		return err
	}
	return j.broken()
}

// broken is why nothing more is written.
func (j *journal) broken() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failed
}

// fail notes that whether a line is there is not known until the file is read again.
func (j *journal) fail(err error) error {
	if j.failed == nil {
		j.failed = fmt.Errorf("client: %s: %w: make room on the disk and start again", j.name, err)
	}
	return j.failed
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	return errors.Join(j.flushAll(), j.file.Close())
}

// readJournal returns the entries of a journal and the length of the whole lines they stand on. One that is not there
// is empty.
func readJournal[T any](name, path string) (entries []T, whole int64, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, fmt.Errorf("client: %s: %w", name, err)
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, maxLine)
	for number := 1; ; number++ {
		line, err := in.ReadSlice('\n')
		switch {
		case errors.Is(err, io.EOF):
			return entries, whole, nil // what is left is half a line
		case errors.Is(err, bufio.ErrBufferFull):
			return nil, 0, fmt.Errorf("client: %s: %s line %d is longer than %d bytes: restore the file, or move it away", name, path, number, maxLine)
		case err != nil:
			return nil, 0, fmt.Errorf("client: %s: %w", name, err)
		}
		var e T
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, 0, fmt.Errorf("client: %s: %s line %d: %w: restore the file, or move it away", name, path, number, err)
		}
		entries, whole = append(entries, e), whole+int64(len(line))
	}
}
