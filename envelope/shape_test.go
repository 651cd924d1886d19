package envelope

import (
	"bytes"
	"encoding/binary"
	"errors"
	"net/http"
	"strings"
	"testing"
)

// cells puts data into the cells of one response in frames of the given size; the last is the final one.
func cells(frame int, data ...string) (all [][]byte) {
	for i, d := range data {
		all = append(all, appendCell(nil, []byte(d), cellSize(frame, i == 0, i == len(data)-1)))
	}
	return all
}

// readCells takes the cells of a whole response apart.
func readCells(cells [][]byte) (data [][]byte, err error) {
	var r cellReader
	for i, cell := range cells {
		d, err := r.data(cell, i == len(cells)-1)
		if err != nil {
			return nil, err
		}
		data = append(data, d)
	}
	return data, nil
}

func TestParseShape(t *testing.T) {
	for _, want := range []Shape{ShapeOff, ShapeCell, ShapeCBR} {
		if got, err := ParseShape(string(want)); got != want || err != nil {
			t.Errorf("%s: %q, %v", want, got, err)
		}
	}
	for _, bad := range []string{"", "Cell", "cell, cbr", "cell "} {
		if got, err := ParseShape(bad); err == nil || !strings.Contains(err.Error(), "want off, cell or cbr") {
			t.Errorf("%q: %q, %v", bad, got, err)
		}
	}
	if shape, err := shapeOf(http.Header{}); shape != ShapeOff || err != nil {
		t.Errorf("without the field: %q, %v", shape, err)
	}
	if shape, err := shapeOf(http.Header{HeaderShape: {"cell", "cell"}}); err == nil {
		t.Errorf("twice: %q", shape)
	}
}

// TestFramesHaveOneSize seals cells as the shaper does and measures what that gives on the wire.
func TestFramesHaveOneSize(t *testing.T) {
	for _, frame := range []int{MinCellBytes, DefaultCellBytes, 4097, MaxCellBytes} {
		for _, data := range [][]string{{"all"}, {"a", "b"}, {"a", "", "b", ""}} {
			r, config := newRecipient(t, X25519, Config{})
			_, sealed := sealRequest(t, config, "ask")
			o, _ := openRequest(t, r, sealed)
			var wire bytes.Buffer
			s, err := o.SealResponse(&wire)
			if err != nil {
				t.Fatal(err)
			}
			sent := 0
			for i, cell := range cells(frame, data...) {
				if i == len(data)-1 {
					err = s.Finish(cell)
				} else {
					_, err = s.Write(cell)
				}
				if err != nil {
					t.Fatal(err)
				}
				if n := wire.Len() - sent; n != frame {
					t.Errorf("frame %d of %d has %d bytes, expected %d", i, len(data), n, frame)
				}
				sent = wire.Len()
			}
		}
	}
}

type cellsVector struct {
	Name   string     `json:"name"`
	Frame  int        `json:"frame_bytes,omitempty"` // of each on the wire
	Cells  []hexBytes `json:"cells"`                 // plaintext of the chunks, the last is that of the final one
	Stream *hexBytes  `json:"stream,omitempty"`      // what they carry
	Error  string     `json:"error,omitempty"`       // "malformed"; the cells before may have been fine
}

func generateCells() (vectors []cellsVector) {
	good := func(name string, frame int, data ...string) {
		v := cellsVector{Name: name, Frame: frame, Stream: new(hexBytes)}
		*v.Stream = hexBytes(strings.Join(data, ""))
		for _, c := range cells(frame, data...) {
			v.Cells = append(v.Cells, c)
		}
		vectors = append(vectors, v)
	}
	good("one cell", MinCellBytes, "answer")
	good("one empty cell", MinCellBytes, "")
	good("one full cell", MinCellBytes, strings.Repeat("a", MinCellBytes-49-2))
	good("two cells", MinCellBytes, "ans", "wer")
	good("full cells", MinCellBytes, strings.Repeat("a", MinCellBytes-50-2), strings.Repeat("b", MinCellBytes-18-2), strings.Repeat("c", MinCellBytes-17-2))
	good("constant rate", MinCellBytes, "", "an", "", "swer", "", "", "", "")
	good("larger frames", 300, "an", "swer", "")
	bad := func(name string, change func(c [][]byte) [][]byte) {
		v := cellsVector{Name: name, Error: "malformed"}
		for _, c := range change(cells(MinCellBytes, "an", "sw", "er")) {
			v.Cells = append(v.Cells, c)
		}
		vectors = append(vectors, v)
	}
	for i, name := range []string{"first", "second", "final"} {
		bad(name+" cell: last byte of the padding not zero", func(c [][]byte) [][]byte { c[i][len(c[i])-1] = 1; return c })
		bad(name+" cell: first byte of the padding not zero", func(c [][]byte) [][]byte { c[i][cellHeadBytes+2] = 1; return c })
		bad(name+" cell: holds one byte more than its size", func(c [][]byte) [][]byte {
			binary.BigEndian.PutUint16(c[i], uint16(len(c[i])-1))
			return c
		})
		bad(name+" cell: one byte longer", func(c [][]byte) [][]byte { c[i] = append(c[i], 0); return c })
		bad(name+" cell: one byte shorter", func(c [][]byte) [][]byte { c[i] = c[i][:len(c[i])-1]; return c })
		bad(name+" cell: one byte", func(c [][]byte) [][]byte { c[i] = c[i][:1]; return c })
	}
	bad("cells swapped", func(c [][]byte) [][]byte { return [][]byte{c[1], c[0], c[2]} })
	bad("final cell missing", func(c [][]byte) [][]byte { return c[:2] })
	bad("final cell in the middle", func(c [][]byte) [][]byte { return [][]byte{c[0], c[2], c[1]} })
	bad("frames too small", func([][]byte) [][]byte { return cells(MinCellBytes-1, "an", "swer") })
	bad("one frame, too large", func([][]byte) [][]byte { return cells(MaxCellBytes+1, "answer") })
	bad("one frame, too small", func([][]byte) [][]byte { return cells(MinCellBytes-1, "answer") })
	bad("no cells but a response", func([][]byte) [][]byte { return [][]byte{responseMessage("\x00\x06answer\x00\x00")} })
	return vectors
}

func TestCellsVectors(t *testing.T) {
	var vectors []cellsVector
	vector(t, "shapes.json", generateCells(), &vectors)
	for _, v := range vectors {
		all := make([][]byte, len(v.Cells))
		for i, c := range v.Cells {
			all[i] = c
		}
		data, err := readCells(all)
		var malformed messageError
		switch {
		case v.Error != "":
			if !errors.As(err, &malformed) {
				t.Errorf("%s: %q, %v, expected a malformed message", v.Name, data, err)
			}
		case err != nil || !bytes.Equal(bytes.Join(data, nil), *v.Stream):
			t.Errorf("%s: %q, %v", v.Name, data, err)
		}
	}
}

// FuzzCells reads cells, the first of the given length and the later ones as long as that demands.
func FuzzCells(f *testing.F) {
	for _, v := range generateCells() {
		var all []byte
		for _, c := range v.Cells {
			all = append(all, c...)
		}
		f.Add(all, uint16(len(v.Cells[0])))
	}
	f.Fuzz(func(t *testing.T, b []byte, first uint16) {
		var all [][]byte
		for size := int(first); len(b) > size && size > 0; size = int(first) + responseNonceBytes {
			all, b = append(all, b[:size]), b[size:]
		}
		all = append(all, b)
		data, err := readCells(all)
		if err != nil {
			var malformed messageError
			if !errors.As(err, &malformed) {
				t.Errorf("untyped error %v", err)
			}
			return
		}
		for i, d := range data {
			if again := appendCell(nil, d, len(all[i])); !bytes.Equal(again, all[i]) {
				t.Errorf("cell %d: %x became %x", i, all[i], again)
			}
		}
	})
}
