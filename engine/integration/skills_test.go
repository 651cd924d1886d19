package integration_test

import (
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

// words draws what the model is to repeat, remember and call tools with.
type words struct{ *rand.Rand }

func (w words) letters(least, most int) string {
	b := make([]byte, least+w.IntN(most-least+1))
	for i := range b {
		b[i] = byte('a' + w.IntN(26))
	}
	return string(b)
}

func (w words) code() string {
	s := w.letters(3, 8)
	if w.IntN(2) == 0 {
		s += "-" + strconv.Itoa(w.IntN(10000))
	}
	return s
}

func (w words) name() string {
	s := w.letters(3, 8)
	return strings.ToUpper(s[:1]) + s[1:]
}

// TestSkills asks for words that nobody has seen before. It logs the figures of
// engine/model/README.md, and wants nearly all to be right: a rare sequence of
// letters may come out differently on another processor.
func TestSkills(t *testing.T) {
	e := start(t, nil)
	w := words{rand.New(rand.NewPCG(1, 2))}
	for _, s := range []struct {
		skill string
		try   func() bool
	}{
		{"repeat one word", func() bool {
			p := w.code()
			return e.says(t, "Repeat after me: "+p) == p
		}},
		{"repeat two or three words", func() bool {
			p := w.code() + " " + w.code()
			if w.IntN(2) == 0 {
				p += " " + w.code()
			}
			return e.says(t, "Repeat after me: "+p) == p
		}},
		{"recall a code word", func() bool {
			p := w.code()
			return e.says(t, "My code word is "+p+".", "I will remember it for this conversation.", "What is my code word?") == "The code word is "+p+"."
		}},
		{"call the weather's tool", func() bool { return e.calls(t, w, "get_weather", "city") }},
		{"call a tool of any name", func() bool { return e.calls(t, w, "get_"+w.letters(3, 8), w.letters(3, 7)) }},
		{"tell a tool's result", func() bool {
			city, result := w.name(), w.code()+" "+strconv.Itoa(w.IntN(100))
			_, text := e.toolChat(t, false, object{"tools": []object{weatherTool()}, "messages": []object{
				{"role": "user", "content": "What is the weather in " + city + "?"},
				{"role": "assistant", "tool_calls": []object{{"function": object{"name": "get_weather", "arguments": object{"city": city}}}}},
				{"role": "tool", "content": result},
			}})
			return text == "The tool says: "+result+"."
		}},
	} {
		const tries = 100
		right := 0
		for range tries {
			if s.try() {
				right++
			}
		}
		t.Logf("%s: %d of %d", s.skill, right, tries)
		if right < tries-15 {
			t.Errorf("%s: %d of %d are right, want %d at least", s.skill, right, tries, tries-15)
		}
	}
}

// says is ask for an answer that may be wrong, even one that Ollama breaks off
// as it does not end.
func (e *engine) says(t *testing.T, turns ...string) string {
	t.Helper()
	var messages []object
	for i, c := range turns {
		messages = append(messages, object{"role": []string{"user", "assistant"}[i%2], "content": c})
	}
	_, text := e.toolChat(t, false, object{"messages": messages})
	return text
}

// calls asks for the weather of a city that does not exist, with one tool on
// offer, and reports whether it was called for that city.
func (e *engine) calls(t *testing.T, w words, name, arg string) bool {
	t.Helper()
	city := w.name()
	call, text := e.toolChat(t, false, object{
		"messages": []object{{"role": "user", "content": "What is the weather in " + city + "?"}},
		"tools": []object{{"type": "function", "function": object{"name": name, "parameters": object{
			"type": "object", "required": []string{arg}, "properties": object{arg: object{"type": "string"}},
		}}}},
	})
	got, _ := json.Marshal(call.Arguments)
	return call.Name == name && string(got) == `{"`+arg+`":"`+city+`"}` && text == ""
}
