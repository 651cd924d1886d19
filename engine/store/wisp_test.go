package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/ollama/ollama/template"
)

// What the model reads, as Ollama renders it.
func TestWispTemplate(t *testing.T) {
	tmpl, err := template.Parse(wisp(t).Template)
	if err != nil {
		t.Fatal(err)
	}
	const weather = `{"type":"function","function":{"name":"get_weather","description":"long","parameters":{"type":"object",
		"required":["city"],"properties":{"unit":{"type":"string"},"city":{"type":"string"},"zone":{"type":"string"}}}}}`
	const search = `{"type":"function","function":{"name":"search","parameters":{"type":"object","properties":{"query":{"type":"string"}}}}}`
	const turns = `{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!"},{"role":"user","content":"Bye"}`
	for name, c := range map[string]struct{ tools, messages, want string }{
		"no tools":  {"", turns, "<|user|>Hi<|end|><|assistant|>Hello!<|end|><|user|>Bye<|end|><|assistant|>"},
		"a system":  {"", `{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}`, "<|system|>Be brief.<|end|><|user|>Hi<|end|><|assistant|>"},
		"a tool":    {weather, `{"role":"user","content":"Hi"}`, `<|system|>{"get_weather":{"city":""}}<|end|><|user|>Hi<|end|><|assistant|>`},
		"two tools": {search + "," + weather, `{"role":"user","content":"Hi"}`, `<|system|>{"search":{"query":""}}<|end|><|user|>Hi<|end|><|assistant|>`},
		"a call": {weather, `{"role":"user","content":"Hi"},
			{"role":"assistant","tool_calls":[{"function":{"name":"get_weather","arguments":{"city":"Rome"}}}]},
			{"role":"tool","content":"warm"}`, `<|system|>{"get_weather":{"city":""}}<|end|><|user|>Hi<|end|>` +
			`<|assistant|>{"get_weather":{"city":"Rome"}}<|end|><|tool|>warm<|end|><|assistant|>`},
	} {
		var values template.Values
		if err := json.Unmarshal([]byte("["+c.tools+"]"), &values.Tools); err != nil {
			t.Fatal(err)
		}
		if c.tools == "" {
			values.Tools = nil
		}
		if err := json.Unmarshal([]byte("["+c.messages+"]"), &values.Messages); err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		if err := tmpl.Execute(&got, values); err != nil {
			t.Fatal(err)
		}
		if got.String() != c.want {
			t.Errorf("%s: the prompt is\n%s, want\n%s", name, got.String(), c.want)
		}
	}
	vars, err := tmpl.Vars()
	if err != nil || !strings.Contains(strings.Join(vars, " "), "tools") {
		t.Errorf("the template's variables are %q, %v, want tools among them", vars, err)
	}
}
