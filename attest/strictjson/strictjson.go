// Package strictjson reads JSON objects of which every byte counts, because
// somebody signed them or because a person trusts what they say.
//
// Package encoding/json takes a key twice, and in any case: two readers of one
// signed document could then see two documents.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxKeys bounds the members of one object.
const MaxKeys = 1024

// Object reads one JSON object and returns its members, undecoded, by key. A key
// that comes twice, and anything after the object, are errors. Members that are
// objects themselves are read by another call.
func Object(data []byte) (map[string]json.RawMessage, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil {
		return nil, err
	} else if tok != json.Delim('{') {
		return nil, fmt.Errorf("expected a JSON object, got %.40q", fmt.Sprint(tok))
	}
	fields := make(map[string]json.RawMessage)
	for dec.More() {
		tok, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key, _ := tok.(string) // object keys are strings, or Token fails
		if _, twice := fields[key]; twice {
			return nil, fmt.Errorf("field %.40q twice (byte %d)", key, dec.InputOffset())
		}
		if len(fields) == MaxKeys {
			return nil, fmt.Errorf("more than %d fields (byte %d)", MaxKeys, dec.InputOffset())
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return nil, err
		}
		fields[key] = value
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return nil, err
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object")
	}
	return fields, nil
}

// Exactly reads one JSON object that has the given keys, each once and spelled
// exactly so, and no other. Null is no value.
func Exactly(data []byte, keys ...string) (map[string]json.RawMessage, error) {
	return Known(data, keys, nil)
}

// Known reads one JSON object that has all required keys, perhaps optional ones,
// and no other.
func Known(data []byte, required, optional []string) (map[string]json.RawMessage, error) {
	fields, err := Object(data)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(required)+len(optional))
	for _, list := range [][]string{required, optional} {
		for _, k := range list {
			known[k] = true
		}
	}
	for key := range fields {
		if !known[key] {
			return nil, fmt.Errorf("unknown field %.40q: expected %q", key, append(append([]string{}, required...), optional...))
		}
	}
	for _, k := range required {
		if value, ok := fields[k]; !ok || string(value) == "null" {
			return nil, fmt.Errorf("field %q is missing", k)
		}
	}
	return fields, nil
}
