package envelope

import (
	"encoding/binary"
	"fmt"
	"net/http"
	"strings"
)

// HeaderShape is the field of an inner request that names the [Shape] of its response.
const HeaderShape = "Phallama-Shape"

// Shape is what an observer may learn from the sizes and times of a response's frames. The client chooses it.
type Shape string

// The shapes.
const (
	// ShapeOff is what a request without the field gets: frames as long as what the inner handler writes, when it
	// writes it.
	ShapeOff Shape = "off"
	// ShapeCell is frames of one size, at most every 100 ms as many as there is something to say for.
	ShapeCell Shape = "cell"
	// ShapeCBR is frames of one size, one every 100 ms from the beginning to an end that is rounded up to a power of two.
	ShapeCBR Shape = "cbr"
)

// ParseShape reads the name of a shape.
func ParseShape(s string) (Shape, error) {
	switch shape := Shape(s); shape {
	case ShapeOff, ShapeCell, ShapeCBR:
		return shape, nil
	}
	return "", fmt.Errorf("envelope: shape: want %s, %s or %s, got %.20q", ShapeOff, ShapeCell, ShapeCBR, s)
}

// shapeOf is the shape that an inner request asks for.
func shapeOf(header http.Header) (Shape, error) {
	values := header.Values(HeaderShape)
	if len(values) == 0 {
		return ShapeOff, nil
	}
	return ParseShape(strings.Join(values, ", "))
}

// Sizes of the frames of a shaped response, in bytes on the wire. Their lengths take 2 bytes at either limit.
const (
	MinCellBytes     = 256
	MaxCellBytes     = 16384
	DefaultCellBytes = 1024
)

// cellHeadBytes is the count of data bytes at the beginning of a cell.
const cellHeadBytes = 2

// cellSize is how long the plaintext of a cell is whose frame has the given size on the wire.
func cellSize(frame int, first, final bool) int {
	n := frame - tagBytes - 2 // the length of what follows
	if final {
		n++ // the length is 0, in one byte
	}
	if first {
		n -= responseNonceBytes
	}
	return n
}

// appendCell appends a cell of the given size that holds data, which must fit.
func appendCell(b, data []byte, size int) []byte {
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	b = append(b, data...)
	padding := size - cellHeadBytes - len(data)
	if padding < 0 {
		panic("envelope: a cell holds more than its size")
	}
	for range padding {
		b = append(b, 0)
	}
	return b
}

// cellReader takes the cells of one response apart, in their order. The first says how long all frames are.
type cellReader struct{ frame int }

// data returns the data of the next cell, which shares memory with it.
func (r *cellReader) data(cell []byte, final bool) ([]byte, error) {
	first := r.frame == 0
	if first {
		r.frame = len(cell) - cellSize(0, true, final)
		if r.frame < MinCellBytes || r.frame > MaxCellBytes {
			return nil, messageError(fmt.Sprintf("the first cell is of a frame of %d bytes, expected %d to %d: is the answer without the shape that was asked for?",
				r.frame, MinCellBytes, MaxCellBytes))
		}
	}
	if len(cell) != cellSize(r.frame, first, final) {
		return nil, messageError("a cell differs in size from the first")
	}
	n := int(binary.BigEndian.Uint16(cell))
	cell = cell[cellHeadBytes:]
	if n > len(cell) {
		return nil, messageError("a cell says that it holds more than its size")
	}
	if !zero(cell[n:]) {
		return nil, messageError("the padding of a cell is not zero")
	}
	return cell[:n], nil
}
