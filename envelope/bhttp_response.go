package envelope

import (
	"bufio"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
)

// appendResponseHead encodes an indeterminate-length response up to its content.
func appendResponseHead(b []byte, status int, header http.Header) ([]byte, error) {
	b = appendVarint(b, framingResponse)
	b = appendVarint(b, uint64(status))
	b, err := appendFields(b, header)
	return appendVarint(b, 0), err
}

// appendContent encodes a part of the content, which must not be empty.
func appendContent(b, p []byte) []byte {
	return append(appendVarint(b, uint64(len(p))), p...)
}

// appendResponseEnd ends the content and encodes the trailers.
func appendResponseEnd(b []byte, trailer http.Header) ([]byte, error) {
	b, err := appendFields(appendVarint(b, 0), trailer)
	return appendVarint(b, 0), err
}

// readResponse decodes an indeterminate-length response from r, whose io.EOF
// must mean an authenticated end. It returns once the header section is
// complete; the body streams, and its io.EOF means that all of the message,
// trailers and padding included, was read to r's own io.EOF. Closing the body
// closes c.
func readResponse(r io.Reader, c io.Closer) (*http.Response, error) {
	in := bufio.NewReader(r)
	framing, err := readVarint(in)
	if err != nil {
		return nil, innerError(err)
	}
	if framing != framingResponse {
		return nil, messageError("it is not an indeterminate-length response")
	}
	status, err := readVarint(in)
	if err != nil {
		return nil, innerError(err)
	}
	if status < 200 || status > 599 {
		return nil, messageError("the status is not a final one, 200 to 599")
	}
	header := make(http.Header)
	if err := readFields(in, header); err != nil {
		return nil, innerError(err)
	}
	length := int64(-1)
	if v, ok := header["Content-Length"]; ok {
		n, err := strconv.ParseUint(v[0], 10, 63)
		if err != nil {
			return nil, messageError("content-length is not a length")
		}
		length = int64(n)
	}
	res := &http.Response{
		Status: strconv.FormatUint(status, 10) + " " + http.StatusText(int(status)), StatusCode: int(status),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, ContentLength: length, Trailer: make(http.Header),
	}
	res.Body = &responseBody{in: in, closer: c, length: length, trailer: res.Trailer}
	return res, nil
}

// readFields decodes the field lines of an indeterminate-length section.
func readFields(in *bufio.Reader, into http.Header) error {
	f := fields{header: into}
	for {
		name, err := readBounded(in)
		if err != nil {
			return err
		}
		if len(name) == 0 {
			return nil
		}
		value, err := readBounded(in)
		if err != nil {
			return err
		}
		if err := f.add(name, value); err != nil {
			return err
		}
	}
}

// readBounded reads one length-prefixed string of a field line.
func readBounded(in *bufio.Reader) ([]byte, error) {
	n, err := readVarint(in)
	if err != nil {
		return nil, err
	}
	if n > maxFieldBytes {
		return nil, messageError("a field line is too long")
	}
	s := make([]byte, n)
	_, err = io.ReadFull(in, s)
	return s, err
}

// innerError is the error for a failure to read on where the message must. An
// authenticated end in the wrong place is a malformed message; all else is the
// envelope's own error, or malformed already.
func innerError(err error) error {
	switch {
	case err == io.EOF, err == io.ErrUnexpectedEOF:
		return messageError("it ends too early")
	case err == errVarint:
		return messageError("a length is malformed")
	}
	return err
}

// responseBody is the content of a response as it arrives.
type responseBody struct {
	in      *bufio.Reader
	closer  io.Closer
	closed  atomic.Bool
	left    uint64 // of the current part of the content
	some    bool   // content was received
	length  int64  // content still expected, negative if not announced
	trailer http.Header
	err     error // sticky
}

func (b *responseBody) Read(p []byte) (int, error) {
	if b.closed.Load() {
		return 0, http.ErrBodyReadAfterClose
	}
	if b.err != nil || len(p) == 0 {
		return 0, b.err
	}
	n, err := b.read(p)
	b.err = err
	return n, err
}

func (b *responseBody) read(p []byte) (int, error) {
	if b.left == 0 {
		n, err := readVarint(b.in)
		if err == io.EOF && !b.some {
			return 0, b.checkLength() // empty content and trailers left out
		}
		if err != nil {
			return 0, innerError(err)
		}
		if n == 0 {
			return 0, b.end()
		}
		b.left, b.some = n, true
	}
	if uint64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.in.Read(p)
	b.left -= uint64(n)
	if b.length >= 0 {
		if b.length -= int64(n); b.length < 0 {
			return 0, messageError("the content is longer than content-length")
		}
	}
	if err != nil {
		err = innerError(err)
	}
	return n, err
}

// end reads what follows the content and returns io.EOF if all of it is valid.
func (b *responseBody) end() error {
	trailer := make(http.Header)
	if _, err := b.in.Peek(1); err != io.EOF { // empty trailers may be left out
		if err := readFields(b.in, trailer); err != nil {
			return innerError(err)
		}
	}
	for {
		c, err := b.in.ReadByte()
		if err == io.EOF {
			break
		}
		if err != nil {
			return innerError(err)
		}
		if c != 0 {
			return messageError("the padding is not zero")
		}
	}
	for name, values := range trailer {
		b.trailer[name] = values
	}
	return b.checkLength()
}

func (b *responseBody) checkLength() error {
	if b.length > 0 {
		return messageError("the content is shorter than content-length")
	}
	return io.EOF
}

// Close closes the outer response. A body closed before its io.EOF was not
// seen to be complete.
func (b *responseBody) Close() error {
	b.closed.Store(true)
	return b.closer.Close()
}
