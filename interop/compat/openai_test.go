package compat

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"
	"github.com/openai/openai-go/v3/responses"
	"github.com/openai/openai-go/v3/shared"
)

// openAICase is a case of openai-go; its errors are results.
func openAICase(name string, ask func(context.Context, openai.Client) (any, error)) testCase {
	return testCase{name: name, run: func(ctx context.Context, base string) (any, error) {
		said, err := ask(ctx, openai.NewClient(option.WithBaseURL(base+"/v1"), option.WithAPIKey("any"), option.WithMaxRetries(0)))
		var refusal *openai.Error
		switch {
		case errors.As(err, &refusal):
			return map[string]any{"before": said, "status": refusal.StatusCode, "type": refusal.Type, "code": refusal.Code, "param": refusal.Param, "message": refusal.Message}, nil
		case errors.Is(err, context.DeadlineExceeded):
			return nil, err
		case err != nil:
			return map[string]any{"before": said, "message": err.Error()}, nil
		}
		return said, nil
	}}
}

// received is what a client keeps of the JSON it received.
type received interface{ RawJSON() string }

func whole(r received, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return json.RawMessage(r.RawJSON()), nil
}

// chunks are a stream's: their shape and what comes last, and what text says that each of them adds.
func chunks[T received](s *ssestream.Stream[T], kind func(T) string, text func(T) string) (any, error) {
	var all said
	for s.Next() {
		chunk := s.Current()
		all.Shape.add(kind(chunk))
		all.Content += text(chunk)
		all.Last = json.RawMessage(chunk.RawJSON())
	}
	return all, s.Err()
}

func completion(prompt string, edit func(*openai.ChatCompletionNewParams)) openai.ChatCompletionNewParams {
	p := openai.ChatCompletionNewParams{Model: model, Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage(prompt)}, Temperature: openai.Float(0)}
	if edit != nil {
		edit(&p)
	}
	return p
}

func completes(name, prompt string, edit func(*openai.ChatCompletionNewParams)) testCase {
	return openAICase(name, func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Chat.Completions.New(ctx, completion(prompt, edit)))
	})
}

func streams(name, prompt string, edit func(*openai.ChatCompletionNewParams)) testCase {
	return openAICase(name, func(ctx context.Context, c openai.Client) (any, error) {
		return chunks(c.Chat.Completions.NewStreaming(ctx, completion(prompt, edit)),
			func(c openai.ChatCompletionChunk) string {
				if len(c.Choices) == 0 {
					return members([]byte(c.RawJSON())) + ", no choices"
				}
				if reason := c.Choices[0].FinishReason; reason != "" {
					return members([]byte(c.RawJSON())) + ", " + reason
				}
				return members([]byte(c.RawJSON()))
			},
			func(c openai.ChatCompletionChunk) string {
				if len(c.Choices) == 0 {
					return ""
				}
				return c.Choices[0].Delta.Content
			})
	})
}

func responds(name, prompt string, edit func(*responses.ResponseNewParams)) testCase {
	return openAICase(name, func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Responses.New(ctx, response(prompt, edit)))
	})
}

func response(prompt string, edit func(*responses.ResponseNewParams)) responses.ResponseNewParams {
	p := responses.ResponseNewParams{Model: model, Input: responses.ResponseNewParamsInputUnion{OfString: openai.String(prompt)}, Temperature: openai.Float(0)}
	if edit != nil {
		edit(&p)
	}
	return p
}

func weatherTool() (t openai.ChatCompletionToolUnionParam) {
	parameters := shared.FunctionParameters{"type": "object", "properties": map[string]any{"city": map[string]any{"type": "string"}}, "required": []string{"city"}}
	return openai.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{Name: "get_weather", Parameters: parameters})
}

func schemaFormat() (p openai.ChatCompletionNewParamsResponseFormatUnion) {
	p.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: "answer", Schema: json.RawMessage(schema)}}
	return p
}

var openAISuite = suite{name: "openai-go", cases: []testCase{
	completes("chat", "What is a pod?", nil),
	completes("chat, system", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.Messages = append([]openai.ChatCompletionMessageParamUnion{openai.SystemMessage("Be brief.")}, p.Messages...)
	}),
	completes("chat, several turns", "My code word is tango.", func(p *openai.ChatCompletionNewParams) {
		p.Messages = append(p.Messages, openai.AssistantMessage("OK."), openai.UserMessage("What is my code word?"))
	}),
	completes("chat, max_tokens", "Count to 20", func(p *openai.ChatCompletionNewParams) { p.MaxTokens = openai.Int(5) }),
	completes("chat, max_completion_tokens", "Count to 20", func(p *openai.ChatCompletionNewParams) { p.MaxCompletionTokens = openai.Int(5) }),
	completes("chat, stop", "Count to 20", func(p *openai.ChatCompletionNewParams) { p.Stop.OfString = openai.String("7") }),
	completes("chat, seed and temperature", "What is a pod?", func(p *openai.ChatCompletionNewParams) { p.Seed, p.Temperature = openai.Int(7), openai.Float(0.1) }),
	completes("chat, temperature of a wrong type", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.SetExtraFields(map[string]any{"temperature": "hot"})
	}),
	completes("chat, json_object", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.ResponseFormat.OfJSONObject, p.MaxTokens = &shared.ResponseFormatJSONObjectParam{}, openai.Int(2)
	}),
	completes("chat, json_schema", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.ResponseFormat, p.MaxTokens = schemaFormat(), openai.Int(300)
	}),
	completes("chat, tools", "What is the weather in Paris?", func(p *openai.ChatCompletionNewParams) {
		p.Tools = []openai.ChatCompletionToolUnionParam{weatherTool()}
	}),
	completes("chat, logprobs", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.Logprobs, p.TopLogprobs, p.MaxTokens = openai.Bool(true), openai.Int(2), openai.Int(3)
	}),
	completes("chat, image", "What is a pod?", func(p *openai.ChatCompletionNewParams) {
		p.Messages = []openai.ChatCompletionMessageParamUnion{openai.UserMessage([]openai.ChatCompletionContentPartUnionParam{
			openai.TextContentPart("What is a pod?"), openai.ImageContentPart(openai.ChatCompletionContentPartImageImageURLParam{URL: "data:image/png;base64,iVBORw0KGgo="}),
		})}
	}),
	completes("chat, reasoning_effort", "What is a pod?", func(p *openai.ChatCompletionNewParams) { p.ReasoningEffort = shared.ReasoningEffortHigh }),
	completes("chat, n of 2", "What is a pod?", func(p *openai.ChatCompletionNewParams) { p.N = openai.Int(2) }),
	completes("chat, no messages", "", func(p *openai.ChatCompletionNewParams) { p.Messages = []openai.ChatCompletionMessageParamUnion{} }),
	completes("chat, unknown model", "What is a pod?", func(p *openai.ChatCompletionNewParams) { p.Model = "no-such-model" }),
	streams("chat, stream", "Repeat after me: falcon-4711", nil),
	streams("chat, stream with usage", "Repeat after me: falcon-4711", func(p *openai.ChatCompletionNewParams) { p.StreamOptions.IncludeUsage = openai.Bool(true) }),
	streams("chat, stream, max_tokens", "Count to 20", func(p *openai.ChatCompletionNewParams) { p.MaxTokens = openai.Int(5) }),
	streams("chat, stream, tools", "What is the weather in Paris?", func(p *openai.ChatCompletionNewParams) {
		p.Tools = []openai.ChatCompletionToolUnionParam{weatherTool()}
	}),
	streams("chat, stream, unknown model", "What is a pod?", func(p *openai.ChatCompletionNewParams) { p.Model = "no-such-model" }),

	openAICase("completions", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Completions.New(ctx, textCompletion("What is a pod?")))
	}),
	openAICase("completions, suffix", func(ctx context.Context, c openai.Client) (any, error) {
		p := textCompletion("What is")
		p.Suffix = openai.String("pod?")
		return whole(c.Completions.New(ctx, p))
	}),
	openAICase("completions, stream", func(ctx context.Context, c openai.Client) (any, error) {
		p := textCompletion("What is a pod?")
		p.StreamOptions.IncludeUsage = openai.Bool(true)
		return chunks(c.Completions.NewStreaming(ctx, p), func(c openai.Completion) string { return members([]byte(c.RawJSON())) },
			func(c openai.Completion) string {
				if len(c.Choices) == 0 {
					return ""
				}
				return c.Choices[0].Text
			})
	}),
	openAICase("embeddings", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Embeddings.New(ctx, openai.EmbeddingNewParams{Model: model, Input: openai.EmbeddingNewParamsInputUnion{OfString: openai.String("What is a pod?")}}))
	}),
	openAICase("embeddings, many", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Embeddings.New(ctx, openai.EmbeddingNewParams{Model: model, Input: openai.EmbeddingNewParamsInputUnion{OfArrayOfStrings: []string{"What is a pod?", "Hello"}}}))
	}),
	openAICase("embeddings, unknown model", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Embeddings.New(ctx, openai.EmbeddingNewParams{Model: "no-such-model", Input: openai.EmbeddingNewParamsInputUnion{OfString: openai.String("Hello")}}))
	}),
	openAICase("models", func(ctx context.Context, c openai.Client) (any, error) {
		page, err := c.Models.List(ctx)
		return whole(page, err)
	}),
	openAICase("model", func(ctx context.Context, c openai.Client) (any, error) { return whole(c.Models.Get(ctx, model)) }),
	openAICase("model, unknown", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Models.Get(ctx, "no-such-model"))
	}),
	openAICase("model, delete", func(ctx context.Context, c openai.Client) (any, error) { return whole(c.Models.Delete(ctx, model)) }),
	openAICase("images", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Images.Generate(ctx, openai.ImageGenerateParams{Model: model, Prompt: "a pod"}))
	}),

	responds("responses", "What is a pod?", nil),
	responds("responses, instructions", "What is a pod?", func(p *responses.ResponseNewParams) { p.Instructions = openai.String("Be brief.") }),
	responds("responses, max_output_tokens", "Count to 20", func(p *responses.ResponseNewParams) { p.MaxOutputTokens = openai.Int(5) }),
	responds("responses, unknown model", "What is a pod?", func(p *responses.ResponseNewParams) { p.Model = "no-such-model" }),
	openAICase("responses, stream", func(ctx context.Context, c openai.Client) (any, error) {
		return chunks(c.Responses.NewStreaming(ctx, response("Repeat after me: falcon-4711", nil)),
			func(e responses.ResponseStreamEventUnion) string { return e.Type },
			func(e responses.ResponseStreamEventUnion) string {
				if e.Type == "response.output_text.delta" {
					return e.Delta
				}
				return ""
			})
	}),
	openAICase("responses, get", func(ctx context.Context, c openai.Client) (any, error) {
		return whole(c.Responses.Get(ctx, "resp_1", responses.ResponseGetParams{}))
	}),
}}

func textCompletion(prompt string) openai.CompletionNewParams {
	return openai.CompletionNewParams{Model: openai.CompletionNewParamsModel(model), Prompt: openai.CompletionNewParamsPromptUnion{OfString: openai.String(prompt)}, Temperature: openai.Float(0)}
}
