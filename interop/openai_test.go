package interop

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

func openAI() openai.Client {
	return openai.NewClient(option.WithBaseURL(gateway+"/v1"), option.WithAPIKey("any"), option.WithMaxRetries(0))
}

func TestOpenAIChat(t *testing.T) {
	client := openAI()
	params := openai.ChatCompletionNewParams{
		Model:    model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Repeat after me: falcon-4711")},
	}
	answer, err := client.Chat.Completions.New(t.Context(), params)
	if err != nil {
		t.Fatal(err)
	}
	if got := answer.Choices[0].Message.Content; !strings.Contains(got, "falcon-4711") {
		t.Errorf("answer %q, want falcon-4711", got)
	}
	if answer.Usage.PromptTokens == 0 || answer.Usage.CompletionTokens == 0 {
		t.Errorf("usage %+v, want tokens", answer.Usage)
	}
}

func TestOpenAIStream(t *testing.T) {
	client := openAI()
	stream := client.Chat.Completions.NewStreaming(t.Context(), openai.ChatCompletionNewParams{
		Model:         model,
		Messages:      []openai.ChatCompletionMessageParamUnion{openai.UserMessage("Repeat after me: falcon-4711")},
		StreamOptions: openai.ChatCompletionStreamOptionsParam{IncludeUsage: openai.Bool(true)},
	})
	collected := openai.ChatCompletionAccumulator{}
	chunks := 0
	for stream.Next() {
		collected.AddChunk(stream.Current())
		chunks++
	}
	if err := stream.Err(); err != nil {
		t.Fatal(err)
	}
	if got := collected.Choices[0].Message.Content; !strings.Contains(got, "falcon-4711") {
		t.Errorf("answer %q, want falcon-4711", got)
	}
	if chunks < 3 || collected.Usage.CompletionTokens == 0 {
		t.Errorf("%d chunks, usage %+v; want a stream that ends in usage", chunks, collected.Usage)
	}
}

func TestOpenAIModels(t *testing.T) {
	client := openAI()
	page, err := client.Models.List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Data) != 1 || page.Data[0].ID != model {
		t.Errorf("models %+v, want %s alone", page.Data, model)
	}
}

func TestOpenAIUnknownModel(t *testing.T) {
	client := openAI()
	_, err := client.Chat.Completions.New(t.Context(), openai.ChatCompletionNewParams{
		Model:    "no-such-model",
		Messages: []openai.ChatCompletionMessageParamUnion{openai.UserMessage("hello")},
	})
	var refusal *openai.Error
	if !errors.As(err, &refusal) || refusal.StatusCode != http.StatusNotFound || !strings.Contains(refusal.Message, "no-such-model") {
		t.Errorf("got %v, want a 404 that names the model", err)
	}
}
