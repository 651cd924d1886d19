package attest_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
)

// schemaAccepts holds a value against a JSON schema, as far as ours goes: a keyword
// that it does not know fails the test.
func schemaAccepts(t *testing.T, schema map[string]any, value any) bool {
	t.Helper()
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	list, isList := value.([]any)
	object, isObject := value.(map[string]any)
	_, isBool := value.(bool)
	ok := true
	for keyword, want := range schema {
		switch keyword {
		case "$schema", "title", "description", "items", "properties":
		case "type":
			whole := isNumber && !strings.ContainsAny(number.String(), ".eE")
			ok = ok && map[string]bool{"string": isText, "integer": whole, "array": isList, "object": isObject, "boolean": isBool}[want.(string)]
		case "const":
			ok = ok && fmt.Sprint(value) == fmt.Sprint(want)
		case "enum":
			ok = ok && slices.Contains(want.([]any), value)
		case "pattern":
			ok = ok && (!isText || regexp.MustCompile(want.(string)).MatchString(text))
		case "format":
			_, err := time.Parse(time.RFC3339, text)
			ok = ok && want == "date-time" && (!isText || err == nil)
		case "minimum", "maximum":
			bound, good := new(big.Int).SetString(want.(json.Number).String(), 10)
			n, whole := new(big.Int).SetString(number.String(), 10)
			if !good {
				t.Fatalf("%s: %v", keyword, want)
			}
			if whole {
				cmp := n.Cmp(bound)
				ok = ok && (cmp >= 0 || keyword == "maximum") && (cmp <= 0 || keyword == "minimum")
			}
		case "maxItems":
			ok = ok && (!isList || int64(len(list)) <= int64FromNumber(t, want))
		case "required":
			for _, name := range want.([]any) {
				_, there := object[name.(string)]
				ok = ok && (!isObject || there)
			}
		case "additionalProperties":
			for name := range object {
				_, known := schema["properties"].(map[string]any)[name]
				ok = ok && known
			}
		default:
			t.Fatalf("the schema has the keyword %q, which this test does not know", keyword)
		}
	}
	if items, there := schema["items"].(map[string]any); there {
		for _, entry := range list {
			ok = ok && schemaAccepts(t, items, entry)
		}
	}
	if properties, there := schema["properties"].(map[string]any); there {
		for name, entry := range object {
			if property, known := properties[name].(map[string]any); known {
				ok = ok && schemaAccepts(t, property, entry)
			}
		}
	}
	return ok
}

func int64FromNumber(t *testing.T, n any) int64 {
	t.Helper()
	v, err := n.(json.Number).Int64()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// decodeNumbers reads JSON, with numbers as they are written.
func decodeNumbers(t *testing.T, data []byte) (v map[string]any) {
	t.Helper()
	dec := json.NewDecoder(strings.NewReader(string(data)))
	dec.UseNumber()
	if err := dec.Decode(&v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestPolicySchemaAgrees tries values of all kinds in the place of each member:
// what is parsed, the schema accepts. The schema says less of texts and lists than
// the parser knows, of all else as much.
func TestPolicySchemaAgrees(t *testing.T) {
	data, err := os.ReadFile("../docs/spec/policy.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := decodeNumbers(t, data)
	good, err := json.Marshal(full())
	if err != nil {
		t.Fatal(err)
	}
	tree := decodeNumbers(t, good)
	if !schemaAccepts(t, schema, tree) {
		t.Fatal("the schema refuses a good policy")
	}
	number := func(s string) any { return json.Number(s) }
	values := []any{
		nil, true, false, "", "x", "any", attest.Any + " ",
		[]any{},
		[]any{nil},
		[]any{"x"},
		[]any{"any"},
		map[string]any{},
		map[string]any{"x": "y"},
		number("0"), number("1"), number("2"), number("-1"), number("1.5"), number("65535"), number("65536"), number("4294967295"), number("4294967296"),
		number("18446744073709551615"), number("18446744073709551616"),
		"2026-11-22T12:00:00Z", "2026-11-22", "168h", "0s", "-1h", "0x" + strings.Repeat("ab", 20), strings.Repeat("ab", 6), strings.Repeat("ab", 32), strings.Repeat("ab", 48),
		"active", "revoked", "T1-genuine", "T9",
		[]any{"UpToDate"},
		[]any{"Revoked"},
		[]any{"processor"},
		[]any{"standard"},
		[]any{strings.Repeat("ab", 32)},
		slices.Repeat([]any{strings.Repeat("ab", 32)}, 1024), slices.Repeat([]any{strings.Repeat("ab", 32)}, 1025),
	}
	tried, accepted := 0, 0
	eachMember(tree, func(object map[string]any, name string) {
		before := object[name]
		for _, value := range values {
			object[name] = value
			text, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			_, err = attest.ParsePolicy(text)
			bySchema := schemaAccepts(t, schema, tree)
			_, isText := value.(string)
			_, isList := value.([]any)
			tried++
			if err == nil {
				accepted++
			}
			if err == nil && !bySchema || err != nil && bySchema && !isText && !isList {
				t.Errorf("%s: %.60v: the schema accepts it: %t; the parser says %v", name, value, bySchema, err)
			}
		}
		object[name] = before
	})
	if tried < 2000 || accepted < 100 {
		t.Errorf("tried %d values, of which %d were accepted", tried, accepted)
	}
}
