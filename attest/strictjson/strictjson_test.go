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

func TestDecode(t *testing.T) {
	type inner struct {
		N int `json:"n"`
	}
	type outer struct {
		S string  `json:"s"`
		I inner   `json:"i"`
		L []inner `json:"l"`
	}
	var o outer
	if err := Decode([]byte(`{"s":"x","i":{"n":1},"l":[{"n":2},{"n":3}]}`), &o); err != nil || o.S != "x" || o.I.N != 1 || len(o.L) != 2 || o.L[1].N != 3 {
		t.Errorf("got %+v, %v", o, err)
	}
	for text, want := range map[string]string{
		`{"s":"x","i":{"n":1}}`:                             `"l"`,
		`{"s":null,"i":{"n":1},"l":[]}`:                     `"s"`,
		`{"s":"x","i":{"n":1},"l":null}`:                    `"l"`,
		`{"s":"x","i":{},"l":[]}`:                           `i: field "n"`,
		`{"s":"x","i":{"n":1,"n":2},"l":[]}`:                "twice",
		`{"s":"x","i":{"n":1},"l":[{"n":1},{"n":2,"m":3}]}`: "l[1]",
		`{"s":"x","i":{"n":"1"},"l":[]}`:                    "i.n",
		`{"s":"x","i":{"n":1},"l":{}}`:                      "list",
		`{"s":"x","i":{"n":1},"l":[],"S":"y"}`:              `"S"`,
		`{"s":"x","i":{"n":1},"l":[]} `:                     "",
		`{"s":"x","i":{"n":1},"l":[null]}`:                  "l[0]",
	} {
		err := Decode([]byte(text), &o)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: expected an error about %q, got %v", text, want, err)
		}
	}
}
