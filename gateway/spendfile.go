package gateway

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/phallama/phallama/durable"
	"github.com/phallama/phallama/protocol"
)

// maxSpendLine bounds a line of the journal.
const maxSpendLine = 1 << 10

// Spent is what a key has spent, and what is held for its requests whose bill is not known.
type Spent struct{ Spent, Held protocol.Amount }

// ReadSpent reads what the keys of a directory have spent, also while a gateway uses it.
func ReadSpent(dir string) (map[KeyID]Spent, error) {
	spent, held, _, err := readSpending(filepath.Join(dir, spentFile))
	if err != nil {
		return nil, err
	}
	all := map[KeyID]Spent{}
	for id, amount := range spent {
		all[id] = Spent{Spent: amount}
	}
	for _, h := range held {
		s := all[h.key]
		s.Held = s.Held.AddCapped(h.most)
		all[h.key] = s
	}
	return all, nil
}

// readSpending reads the journal up to its last whole line: half a line is of an entry that nobody counted on.
func readSpending(path string) (spent map[KeyID]protocol.Amount, held map[protocol.RequestID]hold, there bool, err error) {
	spent, held = map[KeyID]protocol.Amount{}, map[protocol.RequestID]hold{}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return spent, held, false, nil
	}
	if err != nil {
		return nil, nil, false, fmt.Errorf("what keys have spent: %w", err)
	}
	defer file.Close()
	in := bufio.NewReaderSize(file, maxSpendLine)
	for number := 1; ; number++ {
		line, err := in.ReadSlice('\n')
		if errors.Is(err, io.EOF) {
			return spent, held, true, nil
		}
		if err == nil {
			err = readSpendEntry(line, spent, held)
		}
		if err != nil {
			return nil, nil, true, fmt.Errorf("what keys have spent: %s line %d: %w: restore the file; or move it away and revoke all keys with a budget, which would begin anew", path, number, err)
		}
	}
}

func readSpendEntry(line []byte, spent map[KeyID]protocol.Amount, held map[protocol.RequestID]hold) error {
	var e spendEntry
	in := json.NewDecoder(bytes.NewReader(line))
	in.DisallowUnknownFields()
	if err := in.Decode(&e); err != nil {
		return err
	}
	switch {
	case e.Key != nil && e.Spent != nil:
		spent[*e.Key] = spent[*e.Key].AddCapped(*e.Spent)
	case e.Key != nil && e.Request != nil && e.Most != nil:
		held[*e.Request] = hold{*e.Key, *e.Most}
	case e.Request != nil && e.Cost != nil:
		h, ok := held[*e.Request]
		if !ok {
			return errors.New("want the bill of a request that is held")
		}
		delete(held, *e.Request)
		spent[h.key] = spent[h.key].AddCapped(*e.Cost)
	default:
		return errors.New("want a key's spending, a request's worst case, or its bill")
	}
	return nil
}

// write appends an entry. What it returns nil for is on disk once sync has returned nil. s.mu is held.
func (s *spending) write(e spendEntry) error {
	if s.failed != nil {
		return s.failed
	}
	line, err := json.Marshal(e)
	if err == nil && s.file == nil {
		err = s.rewriteLocked()
	}
	if err == nil {
		_, err = s.file.Write(append(line, '\n'))
	}
	if err != nil {
		return s.fail(err)
	}
	s.last++
	return nil
}

func (s *spending) fail(err error) error {
	s.failed = fmt.Errorf("what keys have spent: %w: make room on the disk and start the gateway again", err)
	return s.failed
}

// sync returns once an entry is on disk, with all that others wrote meanwhile.
func (s *spending) sync(entry uint64) error {
	s.syncing.Lock()
	defer s.syncing.Unlock()
	if s.synced >= entry {
		return nil
	}
	s.mu.Lock()
	last, file, failed := s.last, s.file, s.failed
	s.mu.Unlock()
	if failed != nil {
		return failed
	}
	if err := file.Sync(); err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.fail(err)
	}
	s.synced = last
	return nil
}

// rewrite puts the journal's sum in its place.
func (s *spending) rewrite() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rewriteLocked()
}

func (s *spending) rewriteLocked() error {
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	for _, id := range slices.SortedFunc(maps.Keys(s.spent), func(a, b KeyID) int { return bytes.Compare(a[:], b[:]) }) {
		amount := s.spent[id]
		if err := out.Encode(spendEntry{Key: &id, Spent: &amount}); err != nil {
			return err
		}
	}
	for id, h := range s.held {
		if err := out.Encode(spendEntry{Key: &h.key, Request: &id, Most: &h.most}); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	if err := errors.Join(durable.Clean(s.path), durable.Replace(s.path, b.Bytes())); err != nil {
		return err
	}
	file, err := os.OpenFile(s.path, os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	s.file = file
	return nil
}
