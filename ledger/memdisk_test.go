package ledger

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"slices"
)

// memDisk is a directory that tells what a program sees from what a crash leaves: bytes are durable after a file's
// Sync, names after the directory's.
type memDisk struct {
	names, durableNames map[string]*memFile

	steps  int             // durable steps taken: create, write, sync, rename, directory sync
	fault  fault           // what happens at one of them
	keep   func(n int) int // how many of n bytes a write that fails in the middle leaves; nil: half
	writes map[int]bool    // which of the steps were writes
	syncs  int
	gate   func() // called in each file's Sync
}

type memFile struct {
	disk          *memDisk
	data, durable []byte
}

// fault says how step number at ends with an error.
type fault struct {
	at   int // 0: never; steps count from 1
	mode faultMode
}

type faultMode string

const (
	lost faultMode = "failed and lost"
	done faultMode = "failed but persisted"
	half faultMode = "failed in the middle" // of a write; else lost
)

var errFault = errors.New("injected fault")

func newMemDisk() *memDisk {
	return &memDisk{names: map[string]*memFile{}, durableNames: map[string]*memFile{}, writes: map[int]bool{}}
}

// step does what a step does, or fails as the fault says; part is what one that fails half-way does.
func (d *memDisk) step(whole, part func()) error {
	d.steps++
	if d.steps != d.fault.at {
		whole()
		return nil
	}
	switch d.fault.mode {
	case done:
		whole()
		d.persist()
	case half:
		part()
		d.persist()
	}
	return errFault
}

func (d *memDisk) persist() {
	d.durableNames = maps.Clone(d.names)
	for _, f := range d.names {
		f.durable = slices.Clone(f.data)
	}
}

// crash is the disk after the power went: with what was not durable lost, or there by luck.
func (d *memDisk) crash(lucky bool) *memDisk {
	if lucky {
		d.persist()
	}
	after := newMemDisk()
	for name, f := range d.durableNames {
		after.names[name] = &memFile{disk: after, data: slices.Clone(f.durable), durable: slices.Clone(f.durable)}
	}
	after.durableNames = maps.Clone(after.names)
	return after
}

func (d *memDisk) read(name string) ([]byte, error) {
	f := d.names[name]
	if f == nil {
		return nil, os.ErrNotExist
	}
	return slices.Clone(f.data), nil
}

func (d *memDisk) create(name string) (*logWriter, error) {
	f := &memFile{disk: d}
	err := d.step(func() { d.names[name] = f }, func() {})
	if err != nil {
		return nil, err
	}
	return &logWriter{file: f}, nil
}

func (d *memDisk) rename(from, to string) error {
	return d.step(func() {
		d.names[to] = d.names[from]
		delete(d.names, from)
	}, func() {})
}

func (d *memDisk) remove(name string) error {
	delete(d.names, name)
	return nil
}

func (d *memDisk) sync() error {
	return d.step(func() { d.durableNames = maps.Clone(d.names) }, func() {})
}

func (d *memDisk) close() error { return nil }

func (f *memFile) Write(b []byte) (int, error) {
	b = bytes.Clone(b)
	f.disk.writes[f.disk.steps+1] = true
	kept := len(b) / 2
	if f.disk.keep != nil {
		kept = f.disk.keep(len(b))
	}
	err := f.disk.step(func() { f.data = append(f.data, b...) }, func() { f.data = append(f.data, b[:kept]...) })
	if err != nil {
		return 0, err
	}
	return len(b), nil
}

func (f *memFile) Sync() error {
	if f.disk.gate != nil {
		f.disk.gate()
	}
	f.disk.syncs++
	return f.disk.step(func() { f.durable = slices.Clone(f.data) }, func() {})
}

func (f *memFile) Close() error { return nil }
