package envelope

import (
	"errors"
	"io"
	"sync/atomic"
)

// DefaultMaxHeldBytes is how much memory all requests of a Handler may take together, from the first byte of one that is
// read to the end of its answer: whoever sends many, or many slowly, gets refusals and not the enclave's memory.
const DefaultMaxHeldBytes = 64 << 20

// requestBytes is what a request takes whatever its length: one sealed chunk and the plaintext of one, and buffers.
const requestBytes = 2*(MaxChunkBytes+tagBytes) + 2*firstRead

// errBusy says that the requests under way take all the memory there is for them.
var errBusy = errors.New("envelope: too many requests at once")

// allowance is an amount of memory that many share.
type allowance struct{ used atomic.Int64 }

// claim is what one of them has of it.
type claim struct {
	of    *allowance
	limit int64
	bytes int64
}

// grow takes more, or tells that there is no more. What is taken is never above the limit, not for a moment.
func (c *claim) grow(bytes int) error {
	for {
		used := c.of.used.Load()
		if used+int64(bytes) > c.limit {
			return errBusy
		}
		if c.of.used.CompareAndSwap(used, used+int64(bytes)) {
			c.bytes += int64(bytes)
			return nil
		}
	}
}

func (c *claim) release() {
	c.of.used.Add(-c.bytes)
	c.bytes = 0
}

// readWhole is io.ReadAll within a claim, and leaves no copy of what it read behind: buffers that were too small, and
// what came before an error, are wiped. The caller wipes the result.
func readWhole(r io.Reader, c *claim) ([]byte, error) {
	buf := make([]byte, 0, firstRead)
	for {
		if len(buf) == cap(buf) {
			if err := c.grow(cap(buf)); err != nil {
				clear(buf)
				return nil, err
			}
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
