package gramine

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Canonical is the one text of the manifest that is measured: that which Gramine's signer gives back unchanged when it
// gets it as its input. The signer reads TOML into tables and writes it again; comments and white space are lost, names
// stay in the order in which they came. Here they are in alphabetical order, trusted and allowed files too.
func (m *Manifest) Canonical() []byte {
	var w writer
	w.table("", m.tree, false)
	return []byte(w.String())
}

// writer writes TOML as the signer's library does (tomli_w): values before tables, one value a line, no multi-line
// strings, arrays with one value a line.
type writer struct{ strings.Builder }

const (
	indent    = "    "
	maxInline = 100 // characters of a line with a table in it
)

func (w *writer) table(name string, table map[string]any, inArray bool) {
	var values, tables []string
	for _, key := range sortedKeys(table) {
		if isTable(table[key]) || isTables(table[key]) {
			tables = append(tables, key)
		} else {
			values = append(values, key)
		}
	}
	begun := false
	if inArray {
		fmt.Fprintf(w, "[[%s]]\n", name)
		begun = true
	} else if name != "" && (len(values) > 0 || len(tables) == 0) {
		fmt.Fprintf(w, "[%s]\n", name)
		begun = true
	}
	// The signer writes a trusted file's members anew.
	if name == "sgx.trusted_files" {
		values = []string{"uri", "sha256"}
	}
	for _, key := range values {
		fmt.Fprintf(w, "%s = %s\n", keyText(key), valueText(table[key], 0))
		begun = true
	}
	for _, key := range tables {
		full := keyText(key)
		if name != "" {
			full = name + "." + full
		}
		list, inArray := table[key].([]any)
		if !inArray {
			list = []any{table[key]}
		}
		for _, inner := range list {
			if begun {
				w.WriteByte('\n')
			}
			begun = true
			w.table(full, inner.(map[string]any), inArray)
		}
	}
}

func isTable(value any) bool {
	_, ok := value.(map[string]any)
	return ok
}

// isTables tells whether a value is written as an array of tables: all of it are tables, and one does not fit a line.
func isTables(value any) bool {
	list, ok := value.([]any)
	if !ok {
		return false
	}
	short := true
	for _, entry := range list {
		if !isTable(entry) {
			return false
		}
		text := indent + valueText(entry, 0) + ","
		if utf8.RuneCountInString(text) > maxInline || strings.Contains(text, "\n") {
			short = false
		}
	}
	return !short
}

func valueText(value any, depth int) string {
	switch v := value.(type) {
	case string:
		return stringText(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		if len(v) == 0 {
			return "[]"
		}
		var b strings.Builder
		b.WriteString("[\n")
		for _, entry := range v {
			b.WriteString(strings.Repeat(indent, depth+1) + valueText(entry, depth+1) + ",\n")
		}
		return b.String() + strings.Repeat(indent, depth) + "]"
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		var members []string
		for _, key := range sortedKeys(v) {
			members = append(members, keyText(key)+" = "+valueText(v[key], 0))
		}
		return "{ " + strings.Join(members, ", ") + " }"
	}
	panic(fmt.Sprintf("a %T in a manifest", value)) // plain lets none through
}

func keyText(key string) string {
	for i := range len(key) {
		c := key[i]
		if c != '-' && c != '_' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') {
			return stringText(key)
		}
	}
	if key == "" {
		return `""`
	}
	return key
}

var escapes = map[rune]string{'\b': `\b`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '"': `\"`, '\\': `\\`}

func stringText(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch escape, ok := escapes[c]; {
		case ok:
			b.WriteString(escape)
		case c != '\t' && c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	return b.String() + `"`
}
