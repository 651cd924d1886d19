package enclave

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// onceEach refuses a member that stands twice in an object, in whatever case: encoding/json takes the last. Parts of a
// measured configuration come from the operator (the control token, addresses); a value that brings members along must not
// replace what was measured.
func onceEach(raw []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	type object struct {
		members []string
		isArray bool
		value   bool // the next token is a member's value
	}
	var open []object
	for {
		token, err := decoder.Token()
		if err != nil {
			return nil // the end, or what the decoder that follows reports better
		}
		if delimiter, ok := token.(json.Delim); ok && (delimiter == '}' || delimiter == ']') {
			open = open[:len(open)-1]
			continue
		}
		if n := len(open); n > 0 && !open[n-1].isArray {
			in := &open[n-1]
			if !in.value {
				name := token.(string)
				for _, other := range in.members {
					if strings.EqualFold(name, other) {
						return fmt.Errorf("%q stands there twice, want it once", other)
					}
				}
				in.members, in.value = append(in.members, name), true
				continue
			}
			in.value = false
		}
		if delimiter, ok := token.(json.Delim); ok {
			open = append(open, object{isArray: delimiter == '['})
		}
	}
}
