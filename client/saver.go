package client

import (
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/phallama/phallama/durable"
	"github.com/phallama/phallama/protocol"
)

// saver writes sessions to their files. Requests that begin together share a write, and what they go on with does not
// wait for it.
type saver struct {
	dir   string
	guard sync.Locker  // over the sessions and what follows
	first func() error // has receipts on disk: a session's file does not name requests that are billed

	next    *together // what is to be written next; nil: nothing
	busy    bool      // somebody writes, or is about to
	idle    sync.Cond
	failing bool // the last write beside others failed: the next is waited for before anything goes on

	disk    sync.Mutex               // over the files; taken after guard, if both are
	version map[protocol.Hash]uint64 // of the session that is on disk
}

// together are sessions that are written at once.
type together struct {
	sessions map[*session]bool
	done     chan struct{}
	err      error // once done
}

func (v *saver) init(dir string, guard sync.Locker) {
	v.dir, v.guard, v.version = dir, guard, map[protocol.Hash]uint64{}
	v.idle.L = guard
}

// save returns once the session is on disk. The caller holds the guard.
func (v *saver) save(s *session) error {
	file, err := s.snapshot()
	if err == nil {
		err = v.put(file)
	}
	if err != nil {
		return saveError(err)
	}
	v.failing = false
	return nil
}

// saveSoon has the session written as it is when it comes to it, with the guard let go of; durable, for which the guard
// must not be held, returns once that is on disk. The caller holds the guard.
func (v *saver) saveSoon(s *session) (durable func() error, err error) {
	if v.failing {
		return func() error { return nil }, v.save(s)
	}
	if v.next == nil {
		v.next = &together{sessions: map[*session]bool{}, done: make(chan struct{})}
	}
	mine := v.next
	mine.sessions[s] = true
	if !v.busy {
		v.busy = true
		go v.write()
	}
	return func() error { <-mine.done; return mine.err }, nil
}

// write writes until nothing is left to be written.
func (v *saver) write() {
	v.guard.Lock()
	defer v.guard.Unlock()
	for v.next != nil {
		now := v.next
		v.next = nil
		var files []sessionBytes
		for s := range now.sessions {
			file, err := s.snapshot()
			files, now.err = append(files, file), errors.Join(now.err, err)
		}
		v.guard.Unlock()
		for _, file := range files {
			if now.err == nil {
				now.err = v.put(file)
			}
		}
		v.guard.Lock()
		if now.err != nil {
			v.failing, now.err = true, saveError(now.err)
		}
		close(now.done)
	}
	v.busy = false
	v.idle.Broadcast()
}

// rest waits until nothing is being written. The caller holds the guard.
func (v *saver) rest() {
	for v.busy {
		v.idle.Wait()
	}
}

func saveError(err error) error { return fmt.Errorf("client: session: %w", err) }

// sessionBytes is a session's file as it is to be.
type sessionBytes struct {
	id      protocol.Hash
	version uint64
	content []byte
}

func (s *session) snapshot() (sessionBytes, error) {
	content, err := s.encode()
	s.version++
	return sessionBytes{s.key.ID(), s.version, content}, err
}

// put writes a file, unless a later one is there.
func (v *saver) put(f sessionBytes) error {
	v.disk.Lock()
	defer v.disk.Unlock()
	if v.version[f.id] >= f.version {
		return nil
	}
	if err := v.first(); err != nil {
		return err
	}
	if err := durable.Replace(filepath.Join(v.dir, f.id.String()+".json"), f.content); err != nil {
		return err
	}
	v.version[f.id] = f.version
	return nil
}
