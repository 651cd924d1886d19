package envelope

import (
	"encoding/binary"
	"errors"
	"io"
)

// maxVarint is the largest variable-length integer of RFC 9000 section 16.
const maxVarint = 1<<62 - 1

// errVarint says that an integer is not in its shortest encoding.
var errVarint = errors.New("envelope: integer is not in its shortest encoding")

// appendVarint appends the shortest encoding of v, which must not exceed
// maxVarint.
func appendVarint(b []byte, v uint64) []byte {
	switch {
	case v < 1<<6:
		return append(b, byte(v))
	case v < 1<<14:
		return binary.BigEndian.AppendUint16(b, uint16(v)|1<<14)
	case v < 1<<30:
		return binary.BigEndian.AppendUint32(b, uint32(v)|2<<30)
	case v <= maxVarint:
		return binary.BigEndian.AppendUint64(b, v|3<<62)
	}
	panic("envelope: integer exceeds 62 bits")
}

// readVarint reads one integer. It returns io.EOF only if there was no byte at
// all, io.ErrUnexpectedEOF if there were too few, and errVarint if the
// encoding is not the shortest one: chunk lengths are outside the authenticated
// data, and one message must not have several forms.
func readVarint(r io.ByteReader) (uint64, error) {
	first, err := r.ReadByte()
	if err != nil {
		return 0, err
	}
	v, n := uint64(first&0x3f), 1<<(first>>6)
	for range n - 1 {
		b, err := r.ReadByte()
		if err == io.EOF {
			return 0, io.ErrUnexpectedEOF
		}
		if err != nil {
			return 0, err
		}
		v = v<<8 | uint64(b)
	}
	if n > 1 && v < 1<<(4*n-2) {
		return 0, errVarint
	}
	return v, nil
}
