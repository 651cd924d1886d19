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
)

// maxLine bounds a line of a journal.
const maxLine = 64 << 10

// journal is a file of JSON lines that is only ever appended to.
type journal struct {
	name   string // for people
	file   *os.File
	failed error // it may end in half a line: nothing more is written
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
	return &journal{name: name, file: file}, nil
}

// append returns once the entry is on disk.
func (j *journal) append(entry any) error {
	if j.failed != nil {
		return j.failed
	}
	line, err := json.Marshal(entry)
	if err == nil {
		if _, err = j.file.Write(append(line, '\n')); err == nil {
			err = j.file.Sync()
		}
	}
	if err != nil {
		// Whether the line is there is not known until the file is read again.
		j.failed = fmt.Errorf("client: %s: %w: make room on the disk and start again", j.name, err)
	}
	return j.failed
}

func (j *journal) close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
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
