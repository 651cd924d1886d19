package dcap

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest/strictjson"
)

// document reads a signed JSON document of Intel's. Members that this package
// does not use are let pass, since Intel adds some; members that come twice, at
// any depth that is read, are errors. The first error sticks: reads after it
// return zeros.
type document struct {
	at     string // where in the document: "tcbInfo.tcbLevels[2]"
	fields map[string]json.RawMessage
	err    *error
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

func (d document) has(key string) bool {
	raw, ok := d.fields[key]
	return ok && string(raw) != "null"
}

func (d document) read(key string, dst any) bool {
	if *d.err != nil {
		return false
	}
	if !d.has(key) {
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
