package gramine

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
)

const (
	pageSize  = 4096
	chunkSize = 256 // what one EEXTEND measures
)

// pageFlags are the flags of SECINFO that a page is added with.
type pageFlags uint64

const (
	pageRead    pageFlags = 1 << 0
	pageWrite   pageFlags = 1 << 1
	pageExecute pageFlags = 1 << 2
	pageTCS     pageFlags = 1 << 8 // PAGE_TYPE, bits 8 to 15: PT_TCS is 1
	pageRegular pageFlags = 2 << 8 // PT_REG
)

func (f pageFlags) String() string {
	text := []byte("--- REG")
	for i, bit := range []pageFlags{pageRead, pageWrite, pageExecute} {
		if f&bit != 0 {
			text[i] = "RWX"[i]
		}
	}
	if f&pageRegular == 0 {
		copy(text[4:], "TCS")
	}
	return string(text)
}

// measurement is MRENCLAVE in the making: SHA-256 over a record of 64 bytes for every instruction that builds the
// enclave, and over the content that EEXTEND measures.
type measurement struct{ hash hash.Hash }

// ecreate begins the measurement of an enclave. An SSA frame is counted in pages.
func ecreate(ssaFrame uint32, size uint64) *measurement {
	m := &measurement{sha256.New()}
	var record [64]byte
	copy(record[:], "ECREATE\x00")
	binary.LittleEndian.PutUint32(record[8:], ssaFrame)
	binary.LittleEndian.PutUint64(record[12:], size)
	m.hash.Write(record[:])
	return m
}

// eadd measures that a page is there, and how it may be used, but not what is in it.
func (m *measurement) eadd(offset uint64, flags pageFlags) {
	var record [64]byte
	copy(record[:], "EADD\x00\x00\x00\x00")
	binary.LittleEndian.PutUint64(record[8:], offset)
	binary.LittleEndian.PutUint64(record[16:], uint64(flags)) // the other 40 bytes of SECINFO that count are 0
	m.hash.Write(record[:])
}

// eextend measures 256 bytes of a page.
func (m *measurement) eextend(offset uint64, chunk []byte) {
	var record [64]byte
	copy(record[:], "EEXTEND\x00")
	binary.LittleEndian.PutUint64(record[8:], offset)
	m.hash.Write(record[:])
	m.hash.Write(chunk[:chunkSize])
}

// page adds a page, and measures all of it.
func (m *measurement) page(offset uint64, flags pageFlags, content *[pageSize]byte) {
	m.eadd(offset, flags)
	for at := 0; at < pageSize; at += chunkSize {
		m.eextend(offset+uint64(at), content[at:at+chunkSize])
	}
}

func (m *measurement) sum() Digest { return Digest(m.hash.Sum(nil)) }
