package envelope

import "io"

// readWhole is io.ReadAll that leaves no copy of what it read behind: buffers that were too small, and what came before
// an error, are wiped. The caller wipes the result.
func readWhole(r io.Reader) ([]byte, error) {
	buf := make([]byte, 0, firstRead)
	for {
		if len(buf) == cap(buf) {
			larger := make([]byte, len(buf), 2*cap(buf))
			copy(larger, buf)
			clear(buf)
			buf = larger
		}
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if err == io.EOF {
			return buf, nil
		}
		if err != nil {
			clear(buf)
			return nil, err
		}
	}
}

const firstRead = 4 << 10
