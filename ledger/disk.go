package ledger

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// disk is the directory of a log: the seam at which tests fail each durable step, lost or done.
type disk interface {
	read(name string) ([]byte, error)       // os.ErrNotExist if there is none
	create(name string) (*logWriter, error) // empty
	rename(from, to string) error           // durable after sync
	remove(name string) error               //
	sync() error                            // the directory itself
	close() error                           // lets go of the directory
}

// file is an open log; writes go to its end.
type file interface {
	io.WriteCloser
	Sync() error
}

// logWriter is a file, what seals its frames, its length, and the length at which to rewrite it.
type logWriter struct {
	file
	seal      *sealer
	size      int64
	compactAt int64
}

func (w *logWriter) writeOnly(b []byte) error {
	n, err := w.Write(b)
	w.size += int64(n)
	return err
}

func (w *logWriter) write(b []byte) error {
	if err := w.writeOnly(b); err != nil {
		return err
	}
	return w.Sync()
}

func (w *logWriter) close() error { return w.Close() }

type directory struct {
	path string
	lock *os.File
}

func openDir(path string) (*directory, error) {
	if path == "" {
		return nil, errors.New("config: Dir is needed")
	}
	if err := MakeDir(path); err != nil {
		return nil, err
	}
	lock, err := os.OpenFile(filepath.Join(path, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lockFile(lock); err != nil {
		lock.Close()
		return nil, fmt.Errorf("%s is in use by another process: stop it, or give this pod a directory of its own: %w", path, err)
	}
	return &directory{path, lock}, nil
}

// MakeDir makes the directory of a log, if it is not there, so that a crash does not lose it.
func MakeDir(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

func (d *directory) read(name string) ([]byte, error) {
	path := filepath.Join(d.path, name)
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxLog {
		return nil, fmt.Errorf("%s has %d bytes, at most %d are read", path, info.Size(), maxLog)
	}
	return os.ReadFile(path)
}

func (d *directory) create(name string) (*logWriter, error) {
	f, err := os.OpenFile(filepath.Join(d.path, name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &logWriter{file: f}, nil
}

func (d *directory) rename(from, to string) error {
	return os.Rename(filepath.Join(d.path, from), filepath.Join(d.path, to))
}

func (d *directory) remove(name string) error { return os.Remove(filepath.Join(d.path, name)) }
func (d *directory) sync() error              { return syncDir(d.path) }
func (d *directory) close() error             { return d.lock.Close() }

func syncDir(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
