package main

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"os"

	"github.com/rogpeppe/go-internal/testscript"
)

// makeELF is make-elf FILE [BYTE]: a small ELF file that links nothing. It stands in for podd, whose sum is all that
// counts, and for Gramine's libpal.so, of which it has the form.
func makeELF(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 1 {
		ts.Fatalf("usage: make-elf FILE [BYTE]")
	}
	const size = 6000
	var b bytes.Buffer
	header := elf.Header64{Type: uint16(elf.ET_DYN), Machine: uint16(elf.EM_X86_64), Version: 1, Entry: 0x100, Phoff: 64, Ehsize: 64, Phentsize: 56, Phnum: 1}
	copy(header.Ident[:], "\x7fELF\x02\x01\x01")
	prog := elf.Prog64{Type: uint32(elf.PT_LOAD), Flags: uint32(elf.PF_R | elf.PF_X), Filesz: size, Memsz: size, Align: 4096}
	for _, v := range []any{header, prog} {
		ts.Check(binary.Write(&b, binary.LittleEndian, v))
	}
	b.Write(make([]byte, size-b.Len()-1))
	b.WriteString(append(args, "0")[1][:1])
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b.Bytes(), 0o600))
}
