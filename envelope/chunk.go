package envelope

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
)

// chunkSealer writes plaintext as sealed, length-prefixed chunks. Whatever is
// written goes out at once: a stream is as live as its writer.
type chunkSealer struct {
	dst  io.Writer
	seal func(dst, aad, plaintext []byte) ([]byte, error)
	head []byte // sent ahead of the first chunk
	buf  []byte
	err  error // sticky
}

var errFinished = errors.New("envelope: write after the final chunk")

func (s *chunkSealer) write(p []byte) (int, error) {
	n := 0
	for len(p) > 0 {
		c := p[:min(len(p), MaxChunkBytes)]
		if err := s.emit(c, false); err != nil {
			return n, err
		}
		n += len(c)
		p = p[len(c):]
	}
	return n, s.err
}

// finish writes p and ends the stream: the last of p is the final chunk.
func (s *chunkSealer) finish(p []byte) error {
	for len(p) > MaxChunkBytes {
		if err := s.emit(p[:MaxChunkBytes], false); err != nil {
			return err
		}
		p = p[MaxChunkBytes:]
	}
	if err := s.emit(p, true); err != nil {
		return err
	}
	s.err = errFinished
	return nil
}

func (s *chunkSealer) emit(p []byte, final bool) error {
	if s.err != nil {
		return s.err
	}
	b := append(slices.Grow(s.buf[:0], len(s.head)+len(p)+chunkOverhead), s.head...)
	s.head = nil
	var aad []byte
	if final {
		b, aad = appendVarint(b, 0), []byte(aadFinal)
	} else {
		b = appendVarint(b, uint64(len(p)+tagBytes))
	}
	b, err := s.seal(b, aad, p)
	if err == nil {
		s.buf = b
		_, err = s.dst.Write(b)
	}
	if err != nil {
		s.err = fmt.Errorf("envelope: writing a chunk: %w", err)
	}
	return s.err
}

// chunkOpener reads what a chunkSealer wrote.
type chunkOpener struct {
	src     *bufio.Reader
	open    func(dst, aad, ciphertext []byte) ([]byte, error)
	onFinal func() error // decides whether an authenticated end is accepted
	cells   *cellReader  // takes the plaintext of chunks apart; nil where it is the stream itself
	limit   int          // plaintext bytes still allowed, negative for any
	sealed  []byte
	buf     []byte
	plain   []byte // opened and not yet read, within buf
	ended   bool   // plain is the rest
	err     error  // sticky
}

func (o *chunkOpener) read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(o.plain) == 0 {
		if o.err == nil && o.ended {
			o.err = io.EOF
		}
		if o.err == nil {
			o.err = o.next()
		}
		if o.err != nil {
			return 0, o.err
		}
	}
	n := copy(p, o.plain)
	clear(o.plain[:n])
	o.plain = o.plain[n:]
	return n, nil
}

func (o *chunkOpener) next() error {
	n, err := readVarint(o.src)
	if err != nil {
		return streamError(err)
	}
	if n == 0 {
		return o.last()
	}
	// An empty chunk that is not the last says nothing and costs an AEAD
	// operation: none of our peers has a reason to send it.
	if n <= tagBytes || n > MaxChunkBytes+tagBytes {
		return ErrOpen
	}
	o.sealed = slices.Grow(o.sealed[:0], int(n))
	if _, err := io.ReadFull(o.src, o.sealed[:n]); err != nil {
		return streamError(err)
	}
	return o.accept(o.sealed[:n], false)
}

// last opens the final chunk, which reaches to the end of the message.
func (o *chunkOpener) last() error {
	sealed := o.sealed[:0]
	for len(sealed) <= MaxChunkBytes+tagBytes { // one byte more is too much
		if len(sealed) == cap(sealed) {
			sealed = slices.Grow(sealed, firstRead+tagBytes+1) // a request padded to 4 KiB, and its end
		}
		n, err := o.src.Read(sealed[len(sealed):cap(sealed)])
		sealed = sealed[:len(sealed)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return streamError(err)
		}
	}
	if len(sealed) < tagBytes {
		return ErrTruncated
	}
	if len(sealed) > MaxChunkBytes+tagBytes {
		return ErrOpen
	}
	if err := o.accept(sealed, true); err != nil {
		return err
	}
	o.ended = true
	if o.onFinal == nil {
		return nil
	}
	if err := o.onFinal(); err != nil {
		clear(o.plain)
		o.plain = nil
		return err
	}
	return nil
}

func (o *chunkOpener) accept(sealed []byte, final bool) error {
	var aad []byte
	if final {
		aad = []byte(aadFinal)
	}
	if size := len(sealed) - tagBytes; o.limit >= 0 {
		if size > o.limit {
			return ErrTooLarge
		}
		o.limit -= size
	}
	plain, err := o.open(o.buf[:0], aad, sealed)
	if err != nil {
		return ErrOpen
	}
	o.buf, o.plain = plain, plain
	if o.cells == nil {
		return nil
	}
	if o.plain, err = o.cells.data(plain, final); err != nil {
		clear(plain)
	}
	return err
}

// streamError gives the sticky error for a failure to read the sealed stream.
func streamError(err error) error {
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return ErrTruncated
	case err == errVarint:
		return ErrOpen
	}
	return fmt.Errorf("envelope: reading a chunk: %w", err)
}
