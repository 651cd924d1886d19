package dcap

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/phallama/phallama/attest/strictjson"
)

// maxDepth bounds how deep a signed document is nested. Intel's have 5 levels.
const maxDepth = 32

// document reads a signed JSON document of Intel's. Members that this package
// does not use are let pass, since Intel adds some; members that come twice, at
// any depth, are errors, and so is null for a member that is read. The first error
// sticks: reads after it return zeros.
type document struct {
	at     string // where in the document: "tcbInfo.tcbLevels[2]"
	fields map[string]json.RawMessage
	err    *error
}

// parseSigned starts to read a signed document.
func parseSigned(at string, raw []byte, err *error) document {
	if *err = checkUnique(raw); *err != nil {
		*err = fmt.Errorf("%s: %w", at, *err)
	}
	return parseDocument(at, raw, err)
}

// checkUnique goes through JSON and finds members that come twice in one object.
// Reading does so where it goes; this is for the members that it passes over, of
// which another reader might see the other.
func checkUnique(raw []byte) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()            // numbers are not converted here, whatever their size
	var open []map[string]bool // the keys of each open object so far, nil for an array
	var key bool               // the next token is a key, or ends the object
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil // whether it is whole, and one, is for strictjson to say
		}
		if err != nil {
			return fmt.Errorf("byte %d: %s", dec.InputOffset(), shown(err.Error()))
		}
		switch name, text := tok.(string); {
		case tok == json.Delim('{') || tok == json.Delim('['):
			if len(open) == maxDepth {
				return fmt.Errorf("byte %d: nested more than %d deep", dec.InputOffset(), maxDepth)
			}
			var keys map[string]bool
			if tok == json.Delim('{') {
				keys = make(map[string]bool)
			}
			open = append(open, keys)
		case tok == json.Delim('}') || tok == json.Delim(']'):
			open = open[:len(open)-1]
		case key && text:
			keys := open[len(open)-1]
			if keys[name] {
				return fmt.Errorf("byte %d: member %s twice", dec.InputOffset(), shown(name))
			}
			keys[name] = true
			key = false
			continue
		}
		key = len(open) > 0 && open[len(open)-1] != nil
	}
}

func parseDocument(at string, raw []byte, err *error) document {
	d := document{at: at, err: err}
	if *err != nil {
		return d
	}
	fields, parseErr := strictjson.Object(raw)
	if parseErr != nil {
		*err = fmt.Errorf("%s: %w", at, parseErr)
	}
	d.fields = fields
	return d
}

func (d document) fail(key, format string, args ...any) {
	if *d.err == nil {
		*d.err = fmt.Errorf("%s.%s: %w", d.at, key, fmt.Errorf(format, args...))
	}
}

// has tells whether there is such a member, be it null: then reading it fails.
func (d document) has(key string) bool {
	_, ok := d.fields[key]
	return ok
}

func (d document) read(key string, dst any) bool {
	if *d.err != nil {
		return false
	}
	if raw, ok := d.fields[key]; !ok || string(raw) == "null" {
		d.fail(key, "missing")
		return false
	}
	if err := json.Unmarshal(d.fields[key], dst); err != nil {
		d.fail(key, "%s", shown(err.Error()))
		return false
	}
	return true
}

func (d document) text(key string) (s string) {
	d.read(key, &s)
	return s
}

func (d document) number(key string, most uint32) uint32 {
	var n uint64
	if d.read(key, &n) && n > uint64(most) {
		d.fail(key, "expected at most %d, got %d", most, n)
		return 0
	}
	return uint32(n)
}

// bytes reads hexadecimal digits of either case into dst, which they must fill.
func (d document) bytes(key string, dst []byte) {
	s := d.text(key)
	if *d.err != nil {
		return
	}
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(dst) {
		d.fail(key, "expected %d hexadecimal digits, got %s", hex.EncodedLen(len(dst)), shown(s))
		return
	}
	copy(dst, b)
}

func (d document) instant(key string) time.Time {
	s := d.text(key)
	if *d.err != nil {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		d.fail(key, "expected a time as in RFC 3339, got %s", shown(s))
	}
	return t
}

func (d document) list(key string, most int) []json.RawMessage {
	var list []json.RawMessage
	if d.read(key, &list) && len(list) > most {
		d.fail(key, "expected at most %d entries, got %d", most, len(list))
		return nil
	}
	return list
}

func (d document) object(key string) document {
	at := d.at + "." + key
	if *d.err == nil && !d.has(key) {
		d.fail(key, "missing")
	}
	return parseDocument(at, d.fields[key], d.err)
}

func (d document) entries(key string, most int) []document {
	var docs []document
	for i, raw := range d.list(key, most) {
		docs = append(docs, parseDocument(fmt.Sprintf("%s.%s[%d]", d.at, key, i), raw, d.err))
	}
	return docs
}

// level reads what every TCB level has: date, status and advisories.
func (d document) level() level {
	l := level{Date: d.instant("tcbDate"), Status: TCBStatus(d.text("tcbStatus"))}
	if *d.err == nil && l.Status.severity() < 0 {
		d.fail("tcbStatus", "unknown status %s", shown(string(l.Status)))
	}
	if d.has("advisoryIDs") {
		for _, raw := range d.list("advisoryIDs", maxAdvisories) {
			var id string
			if err := json.Unmarshal(raw, &id); err != nil || id == "" || len(id) > maxAdvisoryID {
				d.fail("advisoryIDs", "expected names of 1 to %d characters", maxAdvisoryID)
				break
			}
			l.Advisories = append(l.Advisories, id)
		}
	}
	return l
}
