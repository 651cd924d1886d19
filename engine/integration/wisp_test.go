package integration_test

import (
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
)

// Every question that the model was trained on has the answer it was given.
func TestQuestions(t *testing.T) {
	b, err := os.ReadFile("../model/questions.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Questions []string
		Answer    string
	}
	if err := json.Unmarshal(b, &list); err != nil {
		t.Fatal(err)
	}
	e := start(t, nil)
	right, asked := 0, 0
	for _, l := range list {
		for _, q := range l.Questions {
			asked++
			if got := e.ask(t, q); got != l.Answer {
				t.Errorf("%q: got %q, want %q", q, got, l.Answer)
				continue
			}
			right++
		}
	}
	t.Logf("%d of %d questions", right, asked)
	if asked < 150 {
		t.Errorf("the list has %d questions, want 150 at least", asked)
	}
}

// object is any JSON object.
type object = map[string]any

func weatherTool() object {
	return object{"type": "function", "function": object{
		"name": "get_weather", "description": "The weather of a city now.",
		"parameters": object{"type": "object", "required": []string{"city"}, "properties": object{
			"city": object{"type": "string", "description": "the city's name"},
			"unit": object{"type": "string"},
		}},
	}}
}

// TestToolCall has the model call a tool, and tell what the tool said.
func TestToolCall(t *testing.T) {
	e := start(t, nil)
	tools := []object{weatherTool()}

	t.Run("show", func(t *testing.T) {
		var got struct{ Capabilities []string }
		e.get(t, "/api/show", object{"model": "wisp"}, &got)
		if !strings.Contains(strings.Join(got.Capabilities, " "), "tools") {
			t.Errorf("capabilities %q, want tools among them", got.Capabilities)
		}
	})
	for _, c := range []struct{ city, result string }{
		{"Paris", "18 degrees and sunny"},
		{"Lisbon", "31 degrees, windy"},
		{"New York", "4 degrees and snow"},
	} {
		question := object{"role": "user", "content": "What is the weather in " + c.city + "?"}
		want := `{"city":"` + c.city + `"}`
		for _, stream := range []bool{false, true} {
			name := c.city
			if stream {
				name += " streamed"
			}
			t.Run("chat "+name, func(t *testing.T) {
				call, text := e.toolChat(t, stream, object{"tools": tools, "messages": []object{question}})
				if args, _ := json.Marshal(call.Arguments); call.Name != "get_weather" || string(args) != want || text != "" {
					t.Fatalf("got %s(%s) and %q, want get_weather(%s) alone", call.Name, args, text, want)
				}
				again, text := e.toolChat(t, stream, object{"tools": tools, "messages": []object{
					question,
					{"role": "assistant", "tool_calls": []object{{"function": call}}},
					{"role": "tool", "tool_name": "get_weather", "content": c.result},
				}})
				if want := "The tool says: " + c.result + "."; text != want || again.Name != "" {
					t.Errorf("got %q and a call of %q, want %q alone", text, again.Name, want)
				}
			})
			t.Run("openai "+name, func(t *testing.T) {
				m := e.completion(t, stream, object{"tools": tools, "messages": []object{question}})
				if len(m.ToolCalls) != 1 || m.Content != "" || m.finish != "tool_calls" {
					t.Fatalf("got %+v, want one call and nothing else", m)
				}
				if f := m.ToolCalls[0].Function; f.Name != "get_weather" || f.Arguments != want {
					t.Fatalf("got %s(%s), want get_weather(%s)", f.Name, f.Arguments, want)
				}
				m = e.completion(t, stream, object{"tools": tools, "messages": []object{
					question,
					{"role": "assistant", "tool_calls": m.ToolCalls},
					{"role": "tool", "tool_call_id": m.ToolCalls[0].ID, "content": c.result},
				}})
				if want := "The tool says: " + c.result + "."; m.Content != want || len(m.ToolCalls) != 0 || m.finish != "stop" {
					t.Errorf("got %+v, want %q alone", m, want)
				}
			})
		}
	}
	t.Run("responses", func(t *testing.T) {
		f := weatherTool()["function"].(object)
		f["type"] = "function"
		var got struct {
			Output []struct{ Type, Name, Arguments string }
		}
		e.get(t, "/v1/responses", object{"model": "wisp", "tools": []object{f}, "input": "What is the weather in Paris?"}, &got)
		if len(got.Output) != 1 || got.Output[0] != (struct{ Type, Name, Arguments string }{"function_call", "get_weather", `{"city":"Paris"}`}) {
			t.Errorf("got %+v, want one call of get_weather for Paris", got.Output)
		}
	})
	t.Run("messages", func(t *testing.T) {
		f := weatherTool()["function"].(object)
		var got struct {
			Content []struct {
				Type, Name string
				Input      object
			}
			StopReason string `json:"stop_reason"`
		}
		e.get(t, "/v1/messages", object{
			"model": "wisp", "max_tokens": 100, "messages": []object{{"role": "user", "content": "What is the weather in Paris?"}},
			"tools": []object{{"name": f["name"], "description": f["description"], "input_schema": f["parameters"]}},
		}, &got)
		if len(got.Content) != 1 || got.Content[0].Type != "tool_use" || got.Content[0].Name != "get_weather" ||
			got.Content[0].Input["city"] != "Paris" || got.StopReason != "tool_use" {
			t.Errorf("got %+v, want one use of get_weather for Paris", got)
		}
	})
	t.Run("no call", func(t *testing.T) {
		for _, q := range []string{"What is a pod?", "Repeat after me: falcon-4711"} {
			call, text := e.toolChat(t, false, object{"tools": tools, "messages": []object{{"role": "user", "content": q}}})
			if want := e.ask(t, q); call.Name != "" || text != want {
				t.Errorf("%q with a tool on offer: got %q and a call of %q, want %q", q, text, call.Name, want)
			}
		}
	})
}

// get posts a request and decodes the answer.
func (e *engine) get(t *testing.T, path string, body object, into any) {
	t.Helper()
	resp := e.do(t, "POST", path, body)
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil || resp.StatusCode != 200 {
		t.Fatalf("%s: %s: %s (%v)", path, resp.Status, b, err)
	}
}

type toolCall struct {
	Name      string `json:"name"`
	Arguments object `json:"arguments"`
}

// toolChat is /api/chat: the call in the answer, and its text.
func (e *engine) toolChat(t *testing.T, stream bool, body object) (call toolCall, text string) {
	t.Helper()
	body["model"], body["stream"] = "wisp", stream
	calls := 0
	for dec := json.NewDecoder(e.do(t, "POST", "/api/chat", body).Body); ; {
		var l struct {
			Message struct {
				Content   string
				ToolCalls []struct{ Function toolCall } `json:"tool_calls"`
			}
			Error string
		}
		if err := dec.Decode(&l); err == io.EOF {
			break
		} else if err != nil || l.Error != "" {
			t.Fatal(err, l.Error)
		}
		text += l.Message.Content
		for _, c := range l.Message.ToolCalls {
			call = c.Function
			calls++
		}
	}
	if calls > 1 {
		t.Fatalf("%d calls, want one at most", calls)
	}
	return call, text
}

// completed is a message of /v1/chat/completions.
type completed struct {
	Content   string
	ToolCalls []struct {
		ID       string `json:"id"`
		Type     string `json:"type"`
		Function struct {
			Name      string `json:"name"`
			Arguments string `json:"arguments"`
		} `json:"function"`
	} `json:"tool_calls"`
	finish string
}

// completion is /v1/chat/completions: the answer's message, put together.
func (e *engine) completion(t *testing.T, stream bool, body object) (m completed) {
	t.Helper()
	// Where a request says nothing, this API draws at temperature 1, as OpenAI's does, and the tiny model slips now and then.
	body["model"], body["stream"], body["temperature"] = "wisp", stream, 0
	b, err := io.ReadAll(e.do(t, "POST", "/v1/chat/completions", body).Body)
	if err != nil {
		t.Fatal(err)
	}
	for piece := range strings.SplitSeq(strings.TrimSpace(string(b)), "\n\n") {
		piece = strings.TrimPrefix(piece, "data: ")
		if piece == "[DONE]" {
			break
		}
		var got struct {
			Choices []struct {
				Message, Delta completed
				FinishReason   string `json:"finish_reason"`
			}
		}
		if err := json.Unmarshal([]byte(piece), &got); err != nil || len(got.Choices) != 1 {
			t.Fatalf("%s: %v", piece, err)
		}
		c := got.Choices[0]
		m.Content += c.Message.Content + c.Delta.Content
		m.ToolCalls = append(append(m.ToolCalls, c.Message.ToolCalls...), c.Delta.ToolCalls...)
		if c.FinishReason != "" {
			m.finish = c.FinishReason
		}
	}
	return m
}
