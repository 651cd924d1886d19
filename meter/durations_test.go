package meter

import (
	"bytes"
	"encoding/json"
	"io"
	"reflect"
	"testing"

	"github.com/phallama/phallama/protocol"
)

func TestWithoutDurations(t *testing.T) {
	for text, want := range map[string]string{
		`{"done":true,"total_duration":8,"load_duration":2,"prompt_eval_count":20,"prompt_eval_duration":2,"eval_count":9,"eval_duration":2}`: `{"done":true,"prompt_eval_count":20,"eval_count":9}`,
		"{\"done\":true,\"eval_duration\":2}\n":             "{\"done\":true}\n",
		`{"eval_duration":2,"done":true}`:                   `{"done":true}`,
		`{"eval_duration":2 , "load_duration":3 , "x":1 }`:  `{ "x":1 }`,
		`{"eval_duration":{"a":[1,2]}}`:                     `{}`,
		"\t{ \"a\" : 1 , \"Eval_Duration\" : 2 , \"b\":3 }": "\t{ \"a\" : 1 , \"b\":3 }",
		`{"eval\u005fduration":2,"a":1}`:                    `{"a":1}`,
		`{"a":{"eval_duration":1},"b":"eval_duration"}`:     `{"a":{"eval_duration":1},"b":"eval_duration"}`, // what a model says is its own
		`{"content":"<b>\u003c","eval_duration":1}`:         `{"content":"<b>\u003c"}`,
		`{}`:                    `{}`,
		`[{"eval_duration":1}]`: `[{"eval_duration":1}]`,
		"\r\n":                  "\r\n",
	} {
		if got := string(withoutDurations([]byte(text))); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

// What the pod hashes is what the meter writes: an unstreamed answer in one piece, and none of it if it is broken.
func TestWholeAnswerInOnePiece(t *testing.T) {
	const answer = `{"message":{"content":"x"},"done":true,"total_duration":5,"prompt_eval_count":2,"eval_count":1}`
	for cut := range len(answer) + 1 {
		var writes []string
		m := New(Prepared{MaxUsage: protocol.Usage{In: 9, Out: 9}}, writer(func(b []byte) (int, error) {
			writes = append(writes, string(b))
			return len(b), nil
		}), nil)
		io.WriteString(m, answer[:cut])
		if len(writes) > 0 {
			t.Fatalf("passed %q before its end", writes)
		}
		if cut%2 == 0 { // the engine breaks off here
			if got := m.Finish(io.ErrUnexpectedEOF); got.Finish != protocol.FinishError || len(writes) > 0 {
				t.Fatalf("cut at %d: %+v, passed %q", cut, got, writes)
			}
			continue
		}
		io.WriteString(m, answer[cut:])
		m.Finish(nil)
		if want := timings.ReplaceAllString(answer, ""); len(writes) != 1 || writes[0] != want {
			t.Fatalf("cut at %d: passed %q, want %q", cut, writes, want)
		}
	}
}

type writer func([]byte) (int, error)

func (w writer) Write(b []byte) (int, error) { return w(b) }

// Whatever object comes, the durations are gone from its top and all else is there.
func FuzzWithoutDurations(f *testing.F) {
	f.Add([]byte(`{"done":true,"total_duration":8,"a":{"eval_duration":2},"eval_duration":2}`))
	f.Add([]byte(`{"eval_duration":2 , "load_duration":3 }`))
	f.Fuzz(func(t *testing.T, text []byte) {
		got := withoutDurations(bytes.Clone(text))
		var before, after map[string]any
		if json.Unmarshal(text, &before) != nil || before == nil {
			return // no object
		}
		if err := json.Unmarshal(got, &after); err != nil {
			t.Fatalf("%q became %q: %v", text, got, err)
		}
		for name := range before {
			if isDuration(name) {
				delete(before, name)
			}
		}
		if !reflect.DeepEqual(before, after) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}
