package interop

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ollama/ollama/api"
)

func ollama(t *testing.T) *api.Client {
	t.Helper()
	base, err := url.Parse(gateway)
	if err != nil {
		t.Fatal(err)
	}
	return api.NewClient(base, http.DefaultClient)
}

func TestOllamaChat(t *testing.T) {
	for _, stream := range []bool{true, false} {
		var answer strings.Builder
		var last api.ChatResponse
		pieces := 0
		err := ollama(t).Chat(t.Context(), &api.ChatRequest{
			Model:    model,
			Messages: []api.Message{{Role: "user", Content: "Repeat after me: falcon-4711"}},
			Stream:   &stream,
		}, func(r api.ChatResponse) error {
			answer.WriteString(r.Message.Content)
			last = r
			pieces++
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(answer.String(), "falcon-4711") || !last.Done || last.EvalCount == 0 || stream != (pieces > 1) {
			t.Errorf("stream %v: answer %q in %d pieces, last %+v", stream, &answer, pieces, last)
		}
	}
}

func TestOllamaRemembersATurn(t *testing.T) {
	stream := false
	ask := func(messages []api.Message) string {
		t.Helper()
		var answer string
		err := ollama(t).Chat(t.Context(), &api.ChatRequest{Model: model, Messages: messages, Stream: &stream}, func(r api.ChatResponse) error {
			answer = r.Message.Content
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return answer
	}
	tell := []api.Message{{Role: "user", Content: "My code word is tango."}}
	first := ask(tell)
	recalled := ask(append(tell, api.Message{Role: "assistant", Content: first}, api.Message{Role: "user", Content: "What is my code word?"}))
	if !strings.Contains(recalled, "tango") {
		t.Errorf("asked for the code word: %q", recalled)
	}
	if other := ask([]api.Message{{Role: "user", Content: "What is an enclave?"}}); other == recalled || other == first {
		t.Errorf("two prompts, one answer: %q", other)
	}
}

func TestOllamaGenerate(t *testing.T) {
	var answer strings.Builder
	err := ollama(t).Generate(t.Context(), &api.GenerateRequest{Model: "wisp", Prompt: "Repeat after me: heron-2020"}, func(r api.GenerateResponse) error {
		answer.WriteString(r.Response)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(answer.String(), "heron-2020") {
		t.Errorf("answer %q, want heron-2020", &answer)
	}
}

func TestOllamaTagsAndVersion(t *testing.T) {
	list, err := ollama(t).List(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Models) != 1 || list.Models[0].Name != model || list.Models[0].Digest == "" {
		t.Errorf("models %+v, want %s alone, with its digest", list.Models, model)
	}
	if _, err := ollama(t).Version(t.Context()); err != nil {
		t.Error(err)
	}
	if err := ollama(t).Heartbeat(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestOllamaRefusals(t *testing.T) {
	err := ollama(t).Chat(t.Context(), &api.ChatRequest{Model: "no-such-model", Messages: []api.Message{{Role: "user", Content: "hello"}}},
		func(api.ChatResponse) error { return nil })
	var refusal api.StatusError
	if !errors.As(err, &refusal) || refusal.StatusCode != http.StatusNotFound || !strings.Contains(refusal.ErrorMessage, "no-such-model") {
		t.Errorf("unknown model: got %v, want a 404 that names it", err)
	}
	if err := ollama(t).Delete(t.Context(), &api.DeleteRequest{Model: model}); err == nil {
		t.Error("delete: no error")
	}
}
