package enclave

import (
	"strings"
	"testing"
)

func TestOnceEach(t *testing.T) {
	for name, c := range map[string]struct{ raw, twice string }{
		"nothing":            {``, ""},
		"broken":             {`{"a":1,`, ""},
		"once":               {`{"a":{"b":1},"c":[{"b":1},{"b":2}],"b":"a","d":[]}`, ""},
		"twice":              {`{"a":1,"b":2,"a":3}`, "a"},
		"in another case":    {`{"stateKey":1,"STATEKEY":3}`, "stateKey"},
		"with a Kelvin sign": {"{\"stateKey\":1,\"state\u212aey\":3}", "stateKey"},
		"escaped":            {`{"a":1,"\u0061":3}`, "a"},
		"after objects":      {`{"a":{"x":{}},"b":[[{}]],"a":3}`, "a"},
		"deep":               {`{"a":[1,{"b":{"c":1,"d":0,"c":2}}]}`, "c"},
	} {
		err := onceEach([]byte(c.raw))
		if (err != nil) != (c.twice != "") || err != nil && !strings.Contains(err.Error(), `"`+c.twice+`" stands there twice`) {
			t.Errorf("%s: %v, want %q twice", name, err, c.twice)
		}
	}
}

// A control token that closes its string and brings a member along replaces nothing.
func TestInjectedMember(t *testing.T) {
	const token = `sixteen-characters","stateKey":{"source":"file","path":"/tmp/key"},"queue":"`
	_, err := parseConfig([]byte(`{"stateKey":{"source":"dstack","path":"/var/run/dstack.sock"},"controlToken":"` + token + `"}`))
	if err == nil || !strings.Contains(err.Error(), `"stateKey" stands there twice`) {
		t.Errorf("got %v", err)
	}
}
