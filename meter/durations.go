package meter

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// durations are the members of an answer of /api/chat and /api/generate that tell how long the engine took, to the
// nanosecond. They do not leave the pod.
var durations = []string{"total_duration", "load_duration", "prompt_eval_duration", "eval_duration"}

func isDuration(name string) bool {
	for _, d := range durations {
		if strings.EqualFold(name, d) { // as who reads it would
			return true
		}
	}
	return false
}

// withoutDurations leaves the durations out of a JSON object, and each other byte as it is.
func withoutDurations(text []byte) []byte { return without(text, isDuration) }

// withoutUsage is an event whose data has no usage: what a stream says of it before its end is nothing.
func withoutUsage(event []byte) []byte {
	from, to := bytes.IndexByte(event, '{'), bytes.LastIndexByte(event, '}')+1
	if from < 0 || to < from {
		return event
	}
	data := without(event[from:to], func(name string) bool { return strings.EqualFold(name, "usage") })
	return slices.Concat(event[:from], data, event[to:])
}

func without(text []byte, leftOut func(name string) bool) []byte {
	dec := json.NewDecoder(bytes.NewReader(text))
	if first, err := dec.Token(); err != nil || first != json.Delim('{') {
		return text
	}
	start := dec.InputOffset() // of the first member
	var kept []byte
	end := start // of the last member, or of the brace
	some, cut := false, false
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return text
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return text
		}
		from := end
		end = dec.InputOffset()
		if s, _ := name.(string); leftOut(s) {
			cut = true
			continue
		}
		member := text[from:end]
		if !some && from > start { // those before it were left out: the comma goes with them
			_, member, _ = bytes.Cut(member, []byte{','})
		}
		some = true
		kept = append(kept, member...)
	}
	if !cut {
		return text
	}
	return append(append(append([]byte(nil), text[:start]...), kept...), text[end:]...)
}
