package envelope

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Framing indicators of RFC 9292 section 3.3 that this package speaks.
const (
	framingRequest  = 0 // known-length request
	framingResponse = 3 // indeterminate-length response
)

// Limits of Binary HTTP messages.
const (
	maxFields      = 128   // field lines of one section
	maxFieldBytes  = 32768 // names and values of one section
	maxMethodBytes = 32
	maxAuthority   = 255
	maxPathBytes   = 8192
)

// messageError says in what way an authenticated inner message is malformed.
// Reasons never quote the message.
type messageError string

func (e messageError) Error() string { return "envelope: malformed inner message: " + string(e) }

// fields collects the lines of one section.
type fields struct {
	header http.Header
	bytes  int
}

// add takes one line as it was received.
func (f *fields) add(name, value []byte) error {
	f.bytes += len(name) + len(value)
	if f.bytes > maxFieldBytes || len(f.header) >= maxFields {
		return messageError(fmt.Sprintf("a field section exceeds %d lines or %d bytes", maxFields, maxFieldBytes))
	}
	n, v := string(name), string(value)
	if err := checkField(n, v); err != nil {
		return err
	}
	key := http.CanonicalHeaderKey(n)
	if _, dup := f.header[key]; dup {
		return messageError("a field name occurs twice in a section")
	}
	if f.header == nil {
		f.header = make(http.Header)
	}
	f.header[key] = []string{v}
	return nil
}

// checkField holds a line against RFC 9292 section 3.6: a lower-case name that
// is neither a pseudo-field nor specific to a connection, and a value that no
// HTTP/1.1 peer behind us could take for more than one line.
func checkField(name, value string) error {
	if name == "" {
		return messageError("a field name is empty")
	}
	for _, c := range []byte(name) {
		if !tokenByte(c) || 'A' <= c && c <= 'Z' {
			return messageError("a field name is not a lower-case token")
		}
	}
	if connectionSpecific(name) {
		return messageError("a field is specific to a connection: " + name)
	}
	for _, c := range []byte(value) {
		if c < ' ' && c != '\t' || c == 0x7f {
			return messageError("a field value holds a control character")
		}
	}
	if strings.Trim(value, " \t") != value {
		return messageError("a field value begins or ends with white space")
	}
	return nil
}

func connectionSpecific(name string) bool {
	switch name {
	case "connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade":
		return true
	}
	return false
}

func tokenByte(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// appendFields encodes the lines of a section in the order of their names,
// without what belongs to one connection or to the message's own framing.
// Values of one name are joined as RFC 9110 section 5.3 allows.
func appendFields(b []byte, header http.Header) ([]byte, error) {
	var drop []string
	for _, v := range header.Values("Connection") {
		for option := range strings.SplitSeq(v, ",") {
			drop = append(drop, strings.ToLower(strings.TrimSpace(option)))
		}
	}
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	var seen fields
	for _, key := range names {
		name, values := strings.ToLower(key), header[key]
		if len(values) == 0 || name == "content-length" || name == "host" || name == "trailer" || connectionSpecific(name) || slices.Contains(drop, name) {
			continue
		}
		separator := ", "
		if name == "cookie" {
			separator = "; "
		}
		if name == "set-cookie" && len(values) > 1 {
			return nil, errors.New("envelope: several set-cookie fields cannot be joined into one")
		}
		value := strings.Trim(strings.Join(values, separator), " \t")
		if err := seen.add([]byte(name), []byte(value)); err != nil {
			return nil, err
		}
		b = appendString(b, name)
		b = appendString(b, value)
	}
	return b, nil
}

// appendString appends s with its length.
func appendString(b []byte, s string) []byte {
	return append(appendVarint(b, uint64(len(s))), s...)
}
