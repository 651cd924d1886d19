package envelope

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// minPaddedBytes is the smallest size of a padded request.
const minPaddedBytes = 2048

// PaddedSize is the size to which an inner request of n bytes is padded: the
// next of 2, 4, 8, … KiB. It is all that an observer learns of its length.
func PaddedSize(n int) int {
	size := minPaddedBytes
	for size < n {
		size *= 2
	}
	return size
}

// encodeRequest encodes a request as a known-length Binary HTTP message with
// zero padding up to its PaddedSize.
func encodeRequest(req *http.Request, body []byte) ([]byte, error) {
	authority := req.Host
	if authority == "" {
		authority = req.URL.Host
	}
	method := req.Method
	if method == "" {
		method = http.MethodGet
	}
	path := req.URL.RequestURI()
	if err := checkControl(method, req.URL.Scheme, authority, path); err != nil {
		return nil, err
	}
	if len(req.Trailer) > 0 {
		return nil, messageError("a request has trailers")
	}
	b := appendVarint(nil, framingRequest)
	for _, s := range []string{method, req.URL.Scheme, authority, path} {
		b = appendString(b, s)
	}
	lines, err := appendFields(nil, req.Header)
	if err != nil {
		return nil, err
	}
	b = appendVarint(b, uint64(len(lines)))
	b = append(b, lines...)
	b = appendVarint(b, uint64(len(body)))
	b = append(b, body...)
	b = appendVarint(b, 0) // trailers
	return append(b, make([]byte, PaddedSize(len(b))-len(b))...), nil
}

// checkControl holds request control data to what a pod serves: a URL in
// origin form below https.
func checkControl(method, scheme, authority, path string) error {
	if method == "" || len(method) > maxMethodBytes || strings.IndexFunc(method, func(r rune) bool { return r > 0x7f || !tokenByte(byte(r)) }) >= 0 {
		return messageError(fmt.Sprintf("the method is not a token of at most %d bytes", maxMethodBytes))
	}
	if method == http.MethodConnect {
		return messageError("the method is CONNECT")
	}
	if scheme != "https" {
		return messageError("the scheme is not https")
	}
	if authority == "" || len(authority) > maxAuthority || strings.ContainsFunc(authority, notAuthority) {
		return messageError(fmt.Sprintf("the authority is not a host and port of at most %d bytes", maxAuthority))
	}
	if len(path) > maxPathBytes || !strings.HasPrefix(path, "/") || strings.ContainsFunc(path, notPath) {
		return messageError(fmt.Sprintf("the path is not an absolute path of at most %d bytes", maxPathBytes))
	}
	return nil
}

func notAuthority(r rune) bool {
	return r > 0x7f || !(tokenByte(byte(r)) || r == ':' || r == '[' || r == ']')
}

func notPath(r rune) bool { return r <= ' ' || r >= 0x7f || r == '#' }

// decodeRequest decodes a whole known-length Binary HTTP request. The request
// it returns shares content with b.
func decodeRequest(b []byte) (*http.Request, error) {
	c := cursor(b)
	framing, err := readVarint(&c)
	if err != nil || framing != framingRequest {
		return nil, messageError("it is not a known-length request")
	}
	var control [4]string
	for i := range control {
		s, err := c.next()
		if err != nil {
			return nil, err
		}
		control[i] = string(s)
	}
	lines, err := c.next()
	if err != nil {
		return nil, err
	}
	header, err := parseFields(lines)
	if err != nil {
		return nil, err
	}
	method, scheme, authority, path := control[0], control[1], control[2], control[3]
	// A sender may name the authority in a host field, RFC 9292 section 3.4.
	if host, ok := header["Host"]; ok {
		if authority != "" && authority != host[0] {
			return nil, messageError("host is not the authority")
		}
		authority = host[0]
		delete(header, "Host")
	}
	if err := checkControl(method, scheme, authority, path); err != nil {
		return nil, err
	}
	// Empty content and trailers may be left out, RFC 9292 section 3.8.
	content, err := c.nextOrEnd()
	if err != nil {
		return nil, err
	}
	trailers, err := c.nextOrEnd()
	if err != nil {
		return nil, err
	}
	if len(trailers) > 0 {
		return nil, messageError("a request has trailers")
	}
	if !zero(c) {
		return nil, messageError("the padding is not zero")
	}
	if v, ok := header["Content-Length"]; ok {
		if v[0] != strconv.Itoa(len(content)) {
			return nil, messageError("content-length is not the length of the content")
		}
		delete(header, "Content-Length") // the request says it in its own field
	}
	u, err := url.ParseRequestURI(path)
	if err != nil || u.Host != "" || u.Scheme != "" {
		return nil, messageError("the path does not parse")
	}
	req := &http.Request{
		Method: method, URL: u, RequestURI: path, Host: authority,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: http.NoBody, ContentLength: int64(len(content)),
	}
	if len(content) > 0 {
		req.Body = io.NopCloser(bytes.NewReader(content))
	}
	return req, nil
}

// parseFields decodes the field lines of a known-length section.
func parseFields(b []byte) (http.Header, error) {
	f := fields{header: make(http.Header)}
	c := cursor(b)
	for len(c) > 0 {
		name, err := c.next()
		if err != nil {
			return nil, err
		}
		value, err := c.next()
		if err != nil {
			return nil, err
		}
		if err := f.add(name, value); err != nil {
			return nil, err
		}
	}
	return f.header, nil
}

// cursor reads length-prefixed strings without copying them.
type cursor []byte

// ReadByte implements io.ByteReader.
func (c *cursor) ReadByte() (byte, error) {
	if len(*c) == 0 {
		return 0, io.EOF
	}
	b := (*c)[0]
	*c = (*c)[1:]
	return b, nil
}

func (c *cursor) next() ([]byte, error) {
	n, err := readVarint(c)
	if err != nil || n > uint64(len(*c)) {
		return nil, messageError("a length is malformed or exceeds the message")
	}
	s := (*c)[:n:n]
	*c = (*c)[n:]
	return s, nil
}

func (c *cursor) nextOrEnd() ([]byte, error) {
	if len(*c) == 0 {
		return nil, nil
	}
	return c.next()
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}
