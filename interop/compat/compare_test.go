package compat

import (
	"slices"
	"testing"
)

func TestEqualOutcomes(t *testing.T) {
	npm, err := runNode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	results, err := runAll(t.Context(), []suite{ollamaSuite, openAISuite, commandSuite})
	if err != nil {
		t.Fatal(err)
	}
	results = append(results, npm...)

	used := map[string]bool{}
	for _, r := range results {
		if len(r.direct) == 0 || len(r.gateway) == 0 {
			t.Errorf("%s, %s: an empty outcome", r.suite, r.name)
		}
		for _, field := range r.differing() {
			_, pattern := reasonFor(r, field)
			if pattern == "" {
				t.Errorf("%s | %s | %s: %s directly, %s by the gateway, and no difference in the list says why", r.suite, r.name, field, r.of(r.direct, field), r.of(r.gateway, field))
			}
			used[pattern] = true
		}
	}
	for _, d := range differences {
		for _, pattern := range d.where {
			if !used[pattern] {
				t.Errorf("%s: nothing differs by %q any more, or another line of the list comes first: take it out", d.name, pattern)
			}
		}
	}
	if !t.Failed() {
		holdDocument(t, results)
	}
}

// What is compared is what a person would call the same.
func TestToOutcome(t *testing.T) {
	o, err := toOutcome(map[string]any{
		"id": "chatcmpl-17", "created": 1, "eval_duration": 5, "load_duration": 0, "phallama": map[string]any{"pod": "0x1"}, "text": "hello",
		"list": []string{"a", "b"}, "vector": []float64{3, 4, 0, 0}, "none": []string{}, "nothing": nil, "tensors": []string{"a"}, "parameters": "b\na",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := outcome{
		"id": "chatcmpl-…", "created": "a time", "eval_duration": "some", "load_duration": "none", "phallama": "present", "text": `"hello"`,
		"list.0": `"a"`, "list.1": `"b"`, "vector": "4 numbers, norm 5, sum 11", "none": "[]", "nothing": "<nil>", "tensors": "a list", "parameters": `"a\nb"`,
	}
	if r := (result{direct: o, gateway: want}); len(r.differing()) > 0 {
		t.Errorf("%v\nwant\n%v", o, want)
	}
	var s shape
	for _, piece := range []string{"a", "b", "b", "b", "a"} {
		s.add(piece)
	}
	if !slices.Equal(s, shape{"a", "b × 3", "a"}) {
		t.Errorf("shape %q", s)
	}
}

// A field that differs is found, whichever side lacks it, and only the case that a line names is excused.
func TestDiffering(t *testing.T) {
	r := result{suite: "ollama-go", name: "show", direct: outcome{"a": "1", "b": "2", "modelfile": "x"}, gateway: outcome{"a": "1", "b": "3", "c": "4"}}
	if got := r.differing(); !slices.Equal(got, []string{"b", "c", "modelfile"}) {
		t.Errorf("differing: %v", got)
	}
	if name, _ := reasonFor(r, "modelfile"); name != "show" {
		t.Errorf("modelfile of show: reason %q", name)
	}
	r.name = "chat"
	if name, _ := reasonFor(r, "Content"); name != "" {
		t.Errorf("another content of chat: reason %q, want none", name)
	}
}
