package enclave

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Limits of a GGUF file's metadata, which nobody vouches for. Real ones have some 50 keys, 1,000 tensors and 10 MB, which
// are their vocabulary.
const (
	maxGGUFBytes   = 256 << 20 // before the tensors' data
	maxGGUFKeys    = 1 << 16
	maxGGUFTensors = 1 << 20
	maxGGUFKey     = 1 << 10 // bytes of a key or of a tensor's name
	maxGGUFText    = 64      // bytes of a text that is kept
	maxGGUFList    = 1 << 10 // numbers of a list that is kept: one for each block
	maxGGUFDims    = 8
)

// gguf is what podd wants to know of a model file: numbers, by their keys without the architecture before them.
type gguf struct {
	arch   string
	number map[string]uint64
	list   map[string][]uint64 // short lists of numbers
	vocab  uint64              // tokens
	end    int64               // where the metadata ends, tensors' descriptions included
}

// GGUF's value types.
const (
	ggufUint8 uint32 = iota
	ggufInt8
	ggufUint16
	ggufInt16
	ggufUint32
	ggufInt32
	ggufFloat32
	ggufBool
	ggufString
	ggufArray
	ggufUint64
	ggufInt64
	ggufFloat64
)

// ggufSize is the bytes of a value of a fixed size; 0 for others.
func ggufSize(kind uint32) int {
	switch kind {
	case ggufUint8, ggufInt8, ggufBool:
		return 1
	case ggufUint16, ggufInt16:
		return 2
	case ggufUint32, ggufInt32, ggufFloat32:
		return 4
	case ggufUint64, ggufInt64, ggufFloat64:
		return 8
	}
	return 0
}

var errGGUFLong = fmt.Errorf("the metadata is longer than %d bytes", maxGGUFBytes)

// ggufReader counts what it reads and stops at the limit.
type ggufReader struct {
	in  *bufio.Reader
	at  int64
	err error // the first; everything after it is zero
}

func (r *ggufReader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *ggufReader) take(b []byte) {
	if r.err != nil {
		return
	}
	if r.at+int64(len(b)) > maxGGUFBytes {
		r.fail(errGGUFLong)
		return
	}
	n, err := io.ReadFull(r.in, b)
	r.at += int64(n)
	if err != nil {
		r.fail(fmt.Errorf("after %d bytes: %w", r.at, noEOF(err)))
	}
}

func (r *ggufReader) skip(n uint64) {
	if r.err != nil {
		return
	}
	if n > uint64(maxGGUFBytes-r.at) {
		r.fail(errGGUFLong)
		return
	}
	done, err := r.in.Discard(int(n))
	r.at += int64(done)
	if err != nil {
		r.fail(fmt.Errorf("after %d bytes: %w", r.at, noEOF(err)))
	}
}

func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (r *ggufReader) uint32() uint32 {
	var b [4]byte
	r.take(b[:])
	return binary.LittleEndian.Uint32(b[:])
}

func (r *ggufReader) uint64() uint64 {
	var b [8]byte
	r.take(b[:])
	return binary.LittleEndian.Uint64(b[:])
}

// text reads a string of at most most bytes.
func (r *ggufReader) text(most uint64, what string) string {
	n := r.uint64()
	if r.err == nil && n > most {
		r.fail(fmt.Errorf("%s of %d bytes, at most %d are read", what, n, most))
	}
	if r.err != nil {
		return ""
	}
	b := make([]byte, n)
	r.take(b)
	return string(b)
}

// value reads a number, a truth value too; ok is false where it is none that podd uses: a fraction, or below zero.
func (r *ggufReader) value(kind uint32) (n uint64, ok bool) {
	var b [8]byte
	size := ggufSize(kind)
	r.take(b[:size])
	n = binary.LittleEndian.Uint64(b[:])
	switch kind {
	case ggufFloat32, ggufFloat64:
		return 0, false
	case ggufInt8, ggufInt16, ggufInt32, ggufInt64:
		return n, n>>(8*size-1) == 0
	}
	return n, true
}

// readGGUF reads the metadata at the beginning of a model file, little endian, of version 2 or 3.
func readGGUF(in io.Reader) (gguf, error) {
	r := &ggufReader{in: bufio.NewReaderSize(in, 1<<16)}
	var magic [4]byte
	r.take(magic[:])
	version, tensors, keys := r.uint32(), r.uint64(), r.uint64()
	switch {
	case r.err != nil:
	case string(magic[:]) != "GGUF":
		r.fail(fmt.Errorf("the file begins with %q, want GGUF", magic[:]))
	case version != 2 && version != 3:
		r.fail(fmt.Errorf("GGUF of version %d, want 2 or 3 in little endian", version))
	case keys > maxGGUFKeys || tensors > maxGGUFTensors:
		r.fail(fmt.Errorf("%d keys and %d tensors, at most %d and %d are read", keys, tensors, maxGGUFKeys, maxGGUFTensors))
	}
	all := gguf{number: map[string]uint64{}, list: map[string][]uint64{}}
	for i := uint64(0); i < keys && r.err == nil; i++ {
		r.entry(&all)
	}
	for i := uint64(0); i < tensors && r.err == nil; i++ {
		r.text(maxGGUFKey, "a tensor's name")
		dims := r.uint32()
		if r.err == nil && dims > maxGGUFDims {
			r.fail(fmt.Errorf("a tensor of %d dimensions, at most %d are read", dims, maxGGUFDims))
		}
		r.skip(8*uint64(dims) + 4 + 8) // shape, type, offset
	}
	if r.err != nil {
		return gguf{}, r.err
	}
	if all.arch == "" {
		return gguf{}, errors.New("general.architecture is missing")
	}
	all.end = r.at
	return all, nil
}

// entry reads one key and its value.
func (r *ggufReader) entry(all *gguf) {
	key, kind := r.text(maxGGUFKey, "a key"), r.uint32()
	switch {
	case r.err != nil:
	case key == "general.architecture":
		if kind != ggufString {
			r.fail(fmt.Errorf("general.architecture is of type %d, want a string", kind))
			return
		}
		all.arch = r.text(maxGGUFText, "an architecture")
	case kind == ggufString:
		r.skip(r.uint64())
	case kind == ggufArray:
		r.array(all, key)
	case ggufSize(kind) > 0:
		if n, ok := r.value(kind); ok {
			all.number[key] = n
		}
	default:
		r.fail(fmt.Errorf("%.80q is of the unknown type %d", key, kind))
	}
}

func (r *ggufReader) array(all *gguf, key string) {
	kind, n := r.uint32(), r.uint64()
	if r.err != nil {
		return
	}
	if key == "tokenizer.ggml.tokens" {
		all.vocab = n
	}
	size := uint64(ggufSize(kind))
	switch {
	case n > maxGGUFBytes:
		r.fail(errGGUFLong)
	case kind == ggufString:
		for range n {
			if r.skip(r.uint64()); r.err != nil {
				return
			}
		}
	case size == 0:
		r.fail(fmt.Errorf("%.80q is a list of the type %d, which is not read", key, kind))
	case n > maxGGUFList:
		r.skip(n * size)
	default:
		list := make([]uint64, 0, n)
		for range n {
			value, ok := r.value(kind)
			if !ok {
				value = 0
			}
			list = append(list, value)
		}
		if r.err == nil {
			all.list[key] = list
		}
	}
}

// get is a number of the architecture's own, or otherwise what is given.
func (g gguf) get(key string, otherwise uint64) uint64 {
	if n, ok := g.number[g.arch+"."+key]; ok {
		return n
	}
	return otherwise
}

// each is a number for each of n blocks: a list, or one number for all.
func (g gguf) each(key string, n int, otherwise uint64) []uint64 {
	if list := g.list[g.arch+"."+key]; len(list) == n {
		return list
	}
	list := make([]uint64, n)
	for i := range list {
		list[i] = g.get(key, otherwise)
	}
	return list
}
