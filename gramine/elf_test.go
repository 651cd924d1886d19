package gramine

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"strings"
	"testing"
)

// loadSegment is one PT_LOAD of a synthetic ELF file.
type loadSegment struct {
	offset, addr, fileSize, memSize uint64
	flags                           elf.ProgFlag
}

// elfFile builds the ELF files of these tests: a header, program headers, bytes that differ from place to place, and
// behind them, where libraries are named, a dynamic section.
type elfFile struct {
	kind      elf.Type
	machine   elf.Machine
	entry     uint64
	segments  []loadSegment
	size      int // of the file, without the dynamic section
	loader    string
	libraries []string
}

// fakeLibpal has what Gramine's libpal.so has: code and read-only data, then data that begins within a page, and more
// memory than bytes of the file.
func fakeLibpal() elfFile {
	return elfFile{kind: elf.ET_DYN, machine: elf.EM_X86_64, entry: 0x1234, size: 0x5000, segments: []loadSegment{
		{0, 0, 0x2345, 0x2345, elf.PF_R | elf.PF_X},
		{0x3e10, 0x4e10, 0x0f00, 0x3456, elf.PF_R | elf.PF_W},
	}}
}

func (f elfFile) bytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	put := func(v any) {
		if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
			t.Fatal(err)
		}
	}
	const headerSize, progSize, sectionSize = 64, 56, 64
	progs := len(f.segments)
	if f.loader != "" {
		progs++
	}
	sections := 0
	if f.libraries != nil {
		sections = 3
	}
	header := elf.Header64{
		Type: uint16(f.kind), Machine: uint16(f.machine), Version: 1, Entry: f.entry, Phoff: headerSize, Ehsize: headerSize, Phentsize: progSize, Phnum: uint16(progs),
	}
	copy(header.Ident[:], "\x7fELF\x02\x01\x01")
	if sections > 0 {
		header.Shoff, header.Shentsize, header.Shnum = uint64(f.size), sectionSize, uint16(sections)
	}
	put(header)
	for _, s := range f.segments {
		put(elf.Prog64{Type: uint32(elf.PT_LOAD), Flags: uint32(s.flags), Off: s.offset, Vaddr: s.addr, Filesz: s.fileSize, Memsz: s.memSize, Align: pageSize})
	}
	if f.loader != "" {
		at := uint64(b.Len() + progSize)
		put(elf.Prog64{Type: uint32(elf.PT_INTERP), Flags: uint32(elf.PF_R), Off: at, Filesz: uint64(len(f.loader) + 1), Memsz: uint64(len(f.loader) + 1)})
		b.WriteString(f.loader + "\x00")
	}
	for i := b.Len(); i < f.size; i++ {
		b.WriteByte(byte(i) ^ byte(i>>8)*7)
	}
	if sections > 0 {
		names := "\x00" + strings.Join(f.libraries, "\x00") + "\x00"
		at, dynamic := uint64(f.size+sections*sectionSize), uint64(16*(len(f.libraries)+1))
		put(elf.Section64{})
		put(elf.Section64{Type: uint32(elf.SHT_DYNAMIC), Off: at, Size: dynamic, Link: 2, Entsize: 16})
		put(elf.Section64{Type: uint32(elf.SHT_STRTAB), Off: at + dynamic, Size: uint64(len(names))})
		offset := uint64(1)
		for _, name := range f.libraries {
			put(elf.Dyn64{Tag: int64(elf.DT_NEEDED), Val: offset})
			offset += uint64(len(name) + 1)
		}
		put(elf.Dyn64{})
		b.WriteString(names)
	}
	return b.Bytes()
}

func TestParseLibpal(t *testing.T) {
	raw := fakeLibpal().bytes(t)
	l, err := ParseLibpal(raw)
	if err != nil {
		t.Fatal(err)
	}
	if l.entry != 0x1234 || l.size != 0x9000 || len(l.segments) != 2 || l.SHA256 != Sum(raw) {
		t.Errorf("got %#x, %#x, %d segments", l.entry, l.size, len(l.segments))
	}
	// Byte by byte what a loader would have in memory.
	memory := make([]byte, l.size)
	copy(memory, raw[:0x2345])
	copy(memory[0x4e10:], raw[0x3e10:0x3e10+0x0f00])
	for _, s := range l.segments {
		var page [pageSize]byte
		for n := range s.pages() {
			s.page(n, &page)
			at := roundDown(s.addr) + n*pageSize
			if !bytes.Equal(page[:], memory[at:at+pageSize]) {
				t.Errorf("page at %#x differs", at)
			}
		}
	}
}

func TestParseLibpalRefuses(t *testing.T) {
	with := func(change func(f *elfFile)) []byte {
		f := fakeLibpal()
		change(&f)
		return f.bytes(t)
	}
	good := fakeLibpal().bytes(t)
	class := bytes.Clone(good)
	class[4] = 1
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"nothing":            {nil, "expected Gramine's sgx/libpal.so"},
		"text":               {[]byte("#!/bin/sh\n"), "expected Gramine's sgx/libpal.so"},
		"cut":                {good[:70], "expected Gramine's sgx/libpal.so"},
		"of 32 bits":         {class, "expected Gramine's sgx/libpal.so"},
		"an executable":      {with(func(f *elfFile) { f.kind = elf.ET_EXEC }), "ET_EXEC"},
		"for another CPU":    {with(func(f *elfFile) { f.machine = elf.EM_AARCH64 }), "EM_AARCH64"},
		"no segments":        {with(func(f *elfFile) { f.segments = nil }), "got none"},
		"entry outside":      {with(func(f *elfFile) { f.entry = 0x9000 }), "entry point"},
		"not at 0":           {with(func(f *elfFile) { f.segments = f.segments[1:] }), "begins at address 0"},
		"in disorder":        {with(func(f *elfFile) { f.segments[0], f.segments[1] = f.segments[1], f.segments[0] }), "begins at address 0"},
		"a page in two":      {with(func(f *elfFile) { f.segments[1].addr = 0x2e10 }), "no page in two"},
		"outside the file":   {with(func(f *elfFile) { f.segments[1].fileSize, f.segments[1].memSize = 0x9000, 0x9000 }), "of the file"},
		"before the file":    {with(func(f *elfFile) { f.segments[1].offset = 1<<64 - 0x1f0 }), "expected"},
		"less in memory":     {with(func(f *elfFile) { f.segments[1].memSize = 0x100 }), "at least as many bytes in memory"},
		"empty":              {with(func(f *elfFile) { f.segments[1].fileSize, f.segments[1].memSize = 0, 0 }), "at least as many bytes in memory"},
		"too large":          {with(func(f *elfFile) { f.segments[1].memSize = maxImage }), "image of at most"},
		"too far":            {with(func(f *elfFile) { f.segments[1].addr = 1<<63 | 0xe10 }), "image of at most"},
		"elsewhere in pages": {with(func(f *elfFile) { f.segments[1].addr = 0x4e11 }), "same place in a page"},
		"many segments": {with(func(f *elfFile) {
			f.segments = nil
			for i := range uint64(maxSegments + 1) {
				f.segments = append(f.segments, loadSegment{0, i * pageSize, 1, 1, elf.PF_R})
			}
		}), "at most 16 segments"},
		"large file": {make([]byte, MaxLibpal+1), "at most"},
	} {
		if _, err := ParseLibpal(c.raw); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
}

// What is accepted can be measured, and every page of it once.
func FuzzParseLibpal(f *testing.F) {
	f.Add(fakeLibpal().bytes(f))
	one := fakeLibpal()
	one.segments, one.libraries, one.loader = one.segments[:1], []string{"libc.so.6"}, "/lib64/ld-linux-x86-64.so.2"
	f.Add(one.bytes(f))
	f.Fuzz(func(t *testing.T, raw []byte) {
		l, err := ParseLibpal(raw)
		if err != nil {
			return
		}
		if l.size > 1<<20 {
			return // it takes long
		}
		size := uint64(1 << 28)
		e, err := Measure(t.Context(), []byte("x"), Attributes{EnclaveSize: size, MaxThreads: 1, EDMM: true}, l, nil)
		if err != nil {
			t.Fatal(err)
		}
		end := size
		for _, area := range e.Areas[:len(e.Areas)-len(l.segments)] {
			if area.Address+area.Size != end {
				t.Fatalf("%s ends at %#x, not at %#x", area.Name, area.Address+area.Size, end)
			}
			end = area.Address
		}
	})
}
