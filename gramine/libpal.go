package gramine

import (
	"bytes"
	"crypto/sha256"
	"debug/elf"
	"errors"
	"fmt"
)

// Limits of libpal.so; that of Gramine 1.9 has less than a megabyte and four segments.
const (
	MaxLibpal    = 64 << 20 // bytes of the file
	maxImage     = 64 << 20 // bytes in memory
	maxSegments  = 16
	libpalExpect = "expected Gramine's sgx/libpal.so: an ELF shared object of 64 bits for x86-64"
)

// Libpal is Gramine's libpal.so, the code that an enclave begins with.
type Libpal struct {
	// SHA256 is that of the file.
	SHA256 Digest

	entry    uint64
	size     uint64 // in memory, in whole pages
	segments []segment
}

// segment is one PT_LOAD: what is at addr from the beginning of the image. The rest of its pages is zero.
type segment struct {
	addr, memory uint64
	flags        pageFlags
	data         []byte
}

// ParseLibpal reads what an enclave is made of from the bytes of libpal.so.
func ParseLibpal(raw []byte) (*Libpal, error) {
	l, err := parseLibpal(raw)
	if err != nil {
		return nil, fmt.Errorf("libpal: %w", err)
	}
	return l, nil
}

func parseLibpal(raw []byte) (*Libpal, error) {
	if len(raw) > MaxLibpal {
		return nil, fmt.Errorf("expected at most %d bytes, got %d", MaxLibpal, len(raw))
	}
	file, err := elf.NewFile(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("%s; %w", libpalExpect, err)
	}
	if file.Class != elf.ELFCLASS64 || file.Data != elf.ELFDATA2LSB || file.Machine != elf.EM_X86_64 || file.Type != elf.ET_DYN {
		return nil, fmt.Errorf("%s, got %v, %v, %v, %v", libpalExpect, file.Class, file.Data, file.Machine, file.Type)
	}
	l := &Libpal{SHA256: sha256.Sum256(raw), entry: file.Entry}
	for _, p := range file.Progs {
		if p.Type != elf.PT_LOAD {
			continue
		}
		if len(l.segments) == maxSegments {
			return nil, fmt.Errorf("expected at most %d segments to load", maxSegments)
		}
		s, err := segmentOf(raw, p.ProgHeader)
		if err != nil {
			return nil, fmt.Errorf("segment at %#x: %w", p.Vaddr, err)
		}
		if first := roundDown(s.addr); first < l.size {
			return nil, fmt.Errorf("segment at %#x: expected segments in ascending order with no page in two of them, got one that begins at %#x after one that ends at %#x", p.Vaddr, first, l.size)
		} else if len(l.segments) == 0 && first != 0 {
			return nil, fmt.Errorf("expected an image that begins at address 0, which the enclave's layout places, got %#x", first)
		}
		l.size = roundUp(s.addr + s.memory)
		l.segments = append(l.segments, s)
	}
	if len(l.segments) == 0 {
		return nil, errors.New("expected segments to load, got none")
	}
	if l.entry >= l.size {
		return nil, fmt.Errorf("expected an entry point in the image of %d bytes, got %#x", l.size, l.entry)
	}
	return l, nil
}

func segmentOf(raw []byte, p elf.ProgHeader) (segment, error) {
	switch {
	case p.Vaddr > maxImage || p.Memsz > maxImage-p.Vaddr:
		return segment{}, fmt.Errorf("expected an image of at most %d bytes, got %#x more at that address", maxImage, p.Memsz)
	case p.Memsz == 0 || p.Filesz > p.Memsz:
		return segment{}, fmt.Errorf("expected at least as many bytes in memory as in the file, got %#x and %#x", p.Memsz, p.Filesz)
	case p.Off > uint64(len(raw)) || p.Filesz > uint64(len(raw))-p.Off:
		return segment{}, fmt.Errorf("expected its %#x bytes at %#x of the file, which has only %#x", p.Filesz, p.Off, len(raw))
	case p.Off%pageSize != p.Vaddr%pageSize:
		return segment{}, fmt.Errorf("expected the same place in a page in the file and in memory, got %#x and %#x", p.Off%pageSize, p.Vaddr%pageSize)
	}
	s := segment{addr: p.Vaddr, memory: p.Memsz, flags: pageRegular, data: raw[p.Off : p.Off+p.Filesz]}
	for elfFlag, flag := range map[elf.ProgFlag]pageFlags{elf.PF_R: pageRead, elf.PF_W: pageWrite, elf.PF_X: pageExecute} {
		if p.Flags&elfFlag != 0 {
			s.flags |= flag
		}
	}
	return s, nil
}

// pages is how many pages the segment fills.
func (s *segment) pages() uint64 {
	return (roundUp(s.addr+s.memory) - roundDown(s.addr)) / pageSize
}

// page fills in what is on the segment's n-th page: its bytes of the file, and zeros around them.
func (s *segment) page(n uint64, content *[pageSize]byte) {
	clear(content[:])
	// Counted from the beginning of the first page, as the data does not begin there.
	begin := s.addr % pageSize
	if n == 0 {
		copy(content[begin:], s.data)
	} else if at := n*pageSize - begin; at < uint64(len(s.data)) {
		copy(content[:], s.data[at:])
	}
}

func roundDown(n uint64) uint64 { return n &^ (pageSize - 1) }
func roundUp(n uint64) uint64   { return roundDown(n + pageSize - 1) }
