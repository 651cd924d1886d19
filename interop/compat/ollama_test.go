package compat

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/ollama/ollama/api"
)

const (
	schema = `{"type":"object","properties":{"answer":{"type":"string","enum":["yes","no"]},"sure":{"type":"boolean"}},"required":["answer","sure"]}`
	tools  = `[{"type":"function","function":{"name":"get_weather","description":"tells the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]`
	image  = "\x89PNG\r\n\x1a\n"
)

type asker = func(context.Context, *api.Client) (any, error)

// ollamaCase is a case of github.com/ollama/ollama/api; its errors are results.
func ollamaCase(name string, ask asker) testCase {
	return testCase{name: name, run: func(ctx context.Context, base string) (any, error) {
		u, err := url.Parse(base)
		if err != nil {
			return nil, err
		}
		said, err := ask(ctx, api.NewClient(u, http.DefaultClient))
		if err != nil {
			return ollamaError(said, err)
		}
		return said, nil
	}}
}

func ollamaError(before any, err error) (any, error) {
	var status api.StatusError
	var auth api.AuthorizationError
	switch {
	case errors.As(err, &status):
		return map[string]any{"before": before, "status": status.StatusCode, "message": status.ErrorMessage}, nil
	case errors.As(err, &auth):
		return map[string]any{"before": before, "status": auth.StatusCode, "message": auth.Status}, nil
	case errors.Is(err, context.DeadlineExceeded):
		return nil, err
	}
	return map[string]any{"before": before, "message": err.Error()}, nil
}

func alone(c testCase) testCase {
	c.alone = true
	return c
}

// said is an answer of several pieces.
type said struct {
	Shape   shape
	Content string
	Last    any
}

func piece(done bool, r any) string {
	raw, _ := json.Marshal(r) // it was unmarshalled from JSON
	if done {
		return "done: " + members(raw)
	}
	return members(raw)
}

// chat asks wisp, with what edit changes of the request.
func chat(prompt string, edit func(*api.ChatRequest)) asker {
	return func(ctx context.Context, c *api.Client) (any, error) {
		whole := false
		req := &api.ChatRequest{Model: model, Messages: []api.Message{{Role: "user", Content: prompt}}, Stream: &whole}
		if edit != nil {
			edit(req)
		}
		var s said
		err := c.Chat(ctx, req, func(r api.ChatResponse) error {
			s.Shape.add(piece(r.Done, r))
			s.Content += r.Message.Content
			s.Last = r
			return nil
		})
		return s, err
	}
}

func generate(prompt string, edit func(*api.GenerateRequest)) asker {
	return func(ctx context.Context, c *api.Client) (any, error) {
		whole := false
		req := &api.GenerateRequest{Model: model, Prompt: prompt, Stream: &whole}
		if edit != nil {
			edit(req)
		}
		var s said
		err := c.Generate(ctx, req, func(r api.GenerateResponse) error {
			s.Shape.add(piece(r.Done, r))
			s.Content += r.Response
			s.Last = r
			return nil
		})
		return s, err
	}
}

// progress collects what a long operation says.
func progress(op func(api.PullProgressFunc) error) (any, error) {
	steps := []api.ProgressResponse{}
	err := op(func(p api.ProgressResponse) error {
		steps = append(steps, p)
		return nil
	})
	return steps, err
}

func chatOptions(options map[string]any) func(*api.ChatRequest) {
	return func(r *api.ChatRequest) { r.Options = options }
}

func think(v any) func(*api.ChatRequest) {
	return func(r *api.ChatRequest) { r.Think = &api.ThinkValue{Value: v} }
}

func embed(input any, edit func(*api.EmbedRequest)) asker {
	return func(ctx context.Context, c *api.Client) (any, error) {
		req := &api.EmbedRequest{Model: model, Input: input}
		if edit != nil {
			edit(req)
		}
		return c.Embed(ctx, req)
	}
}

func keep(d time.Duration) func(*api.ChatRequest) {
	return func(r *api.ChatRequest) { r.KeepAlive = &api.Duration{Duration: d} }
}

// raw posts a body that the client would not.
func raw(path, body string) testCase {
	return testCase{run: func(ctx context.Context, base string) (any, error) {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, strings.NewReader(body))
		if err != nil {
			return nil, err
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			return nil, err
		}
		defer res.Body.Close()
		var answer any
		err = json.NewDecoder(res.Body).Decode(&answer)
		return map[string]any{"status": res.StatusCode, "body": answer}, err
	}}
}

func named(name string, c testCase) testCase {
	c.name = name
	return c
}

var ollamaSuite = suite{name: "ollama-go", cases: []testCase{
	ollamaCase("chat", chat("What is a pod?", nil)),
	ollamaCase("chat, stream", chat("Repeat after me: falcon-4711", func(r *api.ChatRequest) { r.Stream = new(true) })),
	ollamaCase("chat, long stream", chat("Count to 20", func(r *api.ChatRequest) { r.Stream = new(true) })),
	ollamaCase("chat, several turns", chat("My code word is tango.", func(r *api.ChatRequest) {
		r.Messages = append(r.Messages, api.Message{Role: "assistant", Content: "OK."}, api.Message{Role: "user", Content: "What is my code word?"})
	})),
	ollamaCase("chat, system", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Messages = append([]api.Message{{Role: "system", Content: "Be brief."}}, r.Messages...)
	})),
	ollamaCase("chat, short name", chat("What is a pod?", func(r *api.ChatRequest) { r.Model = "wisp" })),
	ollamaCase("chat, num_predict", chat("Count to 20", chatOptions(map[string]any{"num_predict": 5}))),
	ollamaCase("chat, temperature and seed", chat("What is a pod?", chatOptions(map[string]any{"temperature": 0.0, "seed": 7, "top_k": 1}))),
	ollamaCase("chat, stop", chat("Count to 20", chatOptions(map[string]any{"stop": []string{"7"}}))),
	ollamaCase("chat, stop, stream", chat("Count to 20", func(r *api.ChatRequest) { r.Stream, r.Options = new(true), map[string]any{"stop": []string{"7"}} })),
	ollamaCase("chat, option of a wrong type", chat("Count to 20", chatOptions(map[string]any{"num_predict": "many"}))),
	ollamaCase("chat, unknown option", chat("What is a pod?", chatOptions(map[string]any{"no_such_option": 1}))),
	ollamaCase("chat, format json", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Format, r.Options = json.RawMessage(`"json"`), map[string]any{"num_predict": 2}
	})),
	ollamaCase("chat, format of a schema", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Format, r.Options = json.RawMessage(schema), map[string]any{"num_predict": 300}
	})),
	ollamaCase("chat, format that is none", chat("What is a pod?", func(r *api.ChatRequest) { r.Format = json.RawMessage(`"yaml"`) })),
	ollamaCase("chat, schema that is none", chat("What is a pod?", func(r *api.ChatRequest) { r.Format = json.RawMessage(`{"type":"nonsense"}`) })),
	ollamaCase("chat, schema that is none, stream", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Stream, r.Format = new(true), json.RawMessage(`{"$ref":"nowhere"}`)
	})),
	ollamaCase("chat, tools", chat("What is the weather in Paris?", func(r *api.ChatRequest) { r.Tools = weather() })),
	ollamaCase("chat, a tool's result", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Messages = append(r.Messages, api.Message{Role: "tool", ToolName: "weather", Content: "rain"})
	})),
	ollamaCase("chat, thinking", chat("What is a pod?", think(true))),
	ollamaCase("chat, thinking off", chat("What is a pod?", think(false))),
	ollamaCase("chat, logprobs", chat("What is a pod?", func(r *api.ChatRequest) {
		r.Logprobs, r.TopLogprobs, r.Options = true, 2, map[string]any{"num_predict": 3}
	})),
	ollamaCase("chat, image", chat("What is a pod?", func(r *api.ChatRequest) { r.Messages[0].Images = []api.ImageData{api.ImageData(image)} })),
	ollamaCase("chat, no messages", chat("", func(r *api.ChatRequest) { r.Messages = []api.Message{} })),
	ollamaCase("chat, unknown model", chat("What is a pod?", func(r *api.ChatRequest) { r.Model = "no-such-model" })),
	ollamaCase("chat, unknown model, stream", chat("What is a pod?", func(r *api.ChatRequest) { r.Model, r.Stream = "no-such-model", new(true) })),
	ollamaCase("chat, keep_alive of an hour", chat("What is a pod?", keep(time.Hour))),
	named("chat, body that is no JSON", raw("/api/chat", "{")),
	named("chat, body without a model", raw("/api/chat", `{"messages":[{"role":"user","content":"What is a pod?"}]}`)),
	named("chat, member of a wrong type", raw("/api/chat", `{"model":"wisp","messages":"What is a pod?"}`)),
	named("chat, unknown member", raw("/api/chat", `{"model":"wisp","stream":false,"no_such":1,"messages":[{"role":"user","content":"What is a pod?"}]}`)),

	ollamaCase("generate", generate("What is a pod?", nil)),
	ollamaCase("generate, stream", generate("Repeat after me: heron-2020", func(r *api.GenerateRequest) { r.Stream = new(true) })),
	ollamaCase("generate, system", generate("What is a pod?", func(r *api.GenerateRequest) { r.System = "Be brief." })),
	ollamaCase("generate, raw", generate("What is a pod?", func(r *api.GenerateRequest) { r.Raw, r.Options = true, map[string]any{"num_predict": 4} })),
	ollamaCase("generate, template", generate("What is a pod?", func(r *api.GenerateRequest) {
		r.Template, r.Options = "{{ .Prompt }}", map[string]any{"num_predict": 4}
	})),
	ollamaCase("generate, suffix", generate("What is", func(r *api.GenerateRequest) { r.Suffix = "pod?" })),
	ollamaCase("generate, format of a schema", generate("What is a pod?", func(r *api.GenerateRequest) {
		r.Format, r.Options = json.RawMessage(schema), map[string]any{"num_predict": 300}
	})),
	ollamaCase("generate, context", generate("What is a pod?", func(r *api.GenerateRequest) { r.Context = []int{1, 2, 3} })),
	ollamaCase("generate, no prompt", generate("", nil)),
	ollamaCase("generate, thinking", generate("What is a pod?", func(r *api.GenerateRequest) { r.Think = &api.ThinkValue{Value: true} })),
	ollamaCase("generate, unknown model", generate("What is a pod?", func(r *api.GenerateRequest) { r.Model = "no-such-model" })),

	ollamaCase("embed, one", embed("What is a pod?", nil)),
	ollamaCase("embed, many", embed([]string{"What is a pod?", "What is an enclave?", "Hello"}, nil)),
	ollamaCase("embed, none", embed([]string{}, nil)),
	ollamaCase("embed, dimensions", embed("What is a pod?", func(r *api.EmbedRequest) { r.Dimensions = 16 })),
	ollamaCase("embed, too long", embed(strings.Repeat("pod ", 5000), func(r *api.EmbedRequest) { r.Truncate = new(false) })),
	ollamaCase("embed, unknown model", embed("Hello", func(r *api.EmbedRequest) { r.Model = "no-such-model" })),
	ollamaCase("embeddings", func(ctx context.Context, c *api.Client) (any, error) {
		return c.Embeddings(ctx, &api.EmbeddingRequest{Model: model, Prompt: "What is a pod?"})
	}),

	ollamaCase("list", func(ctx context.Context, c *api.Client) (any, error) { return c.List(ctx) }),
	ollamaCase("ps", func(ctx context.Context, c *api.Client) (any, error) { return c.ListRunning(ctx) }),
	ollamaCase("show", func(ctx context.Context, c *api.Client) (any, error) {
		return c.Show(ctx, &api.ShowRequest{Model: model})
	}),
	ollamaCase("show, unknown model", func(ctx context.Context, c *api.Client) (any, error) {
		return c.Show(ctx, &api.ShowRequest{Model: "no-such-model"})
	}),
	ollamaCase("version", func(ctx context.Context, c *api.Client) (any, error) { return c.Version(ctx) }),
	ollamaCase("heartbeat", func(ctx context.Context, c *api.Client) (any, error) { return "alive", c.Heartbeat(ctx) }),

	ollamaCase("pull", func(ctx context.Context, c *api.Client) (any, error) {
		return progress(func(say api.PullProgressFunc) error { return c.Pull(ctx, &api.PullRequest{Model: model}, say) })
	}),
	ollamaCase("pull, unknown model", func(ctx context.Context, c *api.Client) (any, error) {
		return progress(func(say api.PullProgressFunc) error {
			return c.Pull(ctx, &api.PullRequest{Model: "no-such-model"}, say)
		})
	}),
	ollamaCase("push", func(ctx context.Context, c *api.Client) (any, error) {
		return progress(func(say api.PullProgressFunc) error {
			return c.Push(ctx, &api.PushRequest{Model: model}, api.PushProgressFunc(say))
		})
	}),
	ollamaCase("create", func(ctx context.Context, c *api.Client) (any, error) {
		return progress(func(say api.PullProgressFunc) error {
			return c.Create(ctx, &api.CreateRequest{Model: "other", From: model}, api.CreateProgressFunc(say))
		})
	}),
	ollamaCase("copy", func(ctx context.Context, c *api.Client) (any, error) {
		return "done", c.Copy(ctx, &api.CopyRequest{Source: model, Destination: "other"})
	}),
	ollamaCase("delete", func(ctx context.Context, c *api.Client) (any, error) {
		return "done", c.Delete(ctx, &api.DeleteRequest{Model: model})
	}),
	ollamaCase("blob", func(ctx context.Context, c *api.Client) (any, error) {
		return "done", c.CreateBlob(ctx, "sha256:"+strings.Repeat("00", 32), strings.NewReader("x"))
	}),

	alone(ollamaCase("chat, keep_alive of 0, then ps", func(ctx context.Context, c *api.Client) (any, error) {
		answer, err := chat("What is a pod?", keep(0))(ctx, c)
		if err != nil {
			return nil, err
		}
		return unloaded(ctx, c, answer)
	})),
	alone(ollamaCase("generate, no prompt and keep_alive of 0, then ps", func(ctx context.Context, c *api.Client) (any, error) {
		answer, err := generate("", func(r *api.GenerateRequest) { r.KeepAlive = &api.Duration{} })(ctx, c)
		if err != nil {
			return nil, err
		}
		return unloaded(ctx, c, answer)
	})),
}}

// unloaded asks whether a model is loaded still. It may take the engine a moment to let go of it.
func unloaded(ctx context.Context, c *api.Client, answer any) (any, error) {
	loaded := 0
	for range 20 {
		list, err := c.ListRunning(ctx)
		if err != nil {
			return nil, err
		}
		if loaded = len(list.Models); loaded == 0 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	return map[string]any{"answer": answer, "loaded": loaded}, nil
}

func weather() (t api.Tools) {
	if err := json.Unmarshal([]byte(tools), &t); err != nil {
		panic(err) // a constant
	}
	return t
}
