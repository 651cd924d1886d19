package strictjson

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func TestObject(t *testing.T) {
	fields, err := Object([]byte(` {"a": 1, "b": {"a": 2}, "A": null} `))
	if err != nil || string(fields["a"]) != "1" || string(fields["b"]) != `{"a": 2}` || string(fields["A"]) != "null" {
		t.Errorf("got %q, %v", fields, err)
	}
	var many strings.Builder
	for i := range MaxKeys + 1 {
		fmt.Fprintf(&many, `"%d":0,`, i)
	}
	for name, text := range map[string]string{
		"nothing": ``, "array": `[]`, "twice": `{"a":1,"a":1}`, "escaped twice": `{"a":1,"\u0061":1}`,
		"after": `{} {}`, "open": `{"a":1`, "no value": `{"a"}`, "garbage": `{"a":x}`, "too many": "{" + many.String() + `"x":0}`,
	} {
		if _, err := Object([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestKnown(t *testing.T) {
	for text, ok := range map[string]bool{
		`{"a":1,"b":2}`: true, `{"a":1}`: true, `{"b":2}`: false, `{"a":null}`: false, `{"a":1,"c":3}`: false, `{"A":1}`: false,
	} {
		if _, err := Known([]byte(text), []string{"a"}, []string{"b"}); (err == nil) != ok {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := Exactly([]byte(`{"a":1}`), "a"); err != nil {
		t.Error(err)
	}
}

func FuzzObject(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1,"b":[{"a":1}]}`, `{"a":1,"a":2}`, `{"a":"\ud800"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fields, err := Object(data)
		if err != nil {
			return
		}
		// What is accepted is what any reader sees: encoding/json has the same members.
		var loose map[string]json.RawMessage
		if err := json.Unmarshal(data, &loose); err != nil || len(loose) != len(fields) {
			t.Errorf("%q: %d members, encoding/json has %d (%v)", data, len(fields), len(loose), err)
		}
	})
}
