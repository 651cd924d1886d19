package gateway

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/phallama/phallama/client"
)

// source gives text and then an error.
func source(text string, err error) io.ReadCloser {
	return io.NopCloser(io.MultiReader(strings.NewReader(text), iotest.ErrReader(err)))
}

var errCut = &client.AnswerError{Err: errors.New("connection reset")}

// What each API says of an answer that broke off: whole pieces, no word that it is complete, an error in its own form.
func TestBrokenOffForms(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		sse        bool
		sent, want string // want: what comes before the error
		failure    string // with %
	}{
		{"Ollama", "/api/chat", false, `{"done":false}` + "\n" + `{"done":true}` + "\n", `{"done":false}` + "\n", `{"error":"%"}` + "\n"},
		{"Ollama, in a line", "/api/chat", false, `{"done":false}` + "\n" + `{"do`, `{"done":false}` + "\n", `{"error":"%"}` + "\n"},
		{
			"OpenAI", "/v1/chat/completions", true,
			"data: {\"choices\":[{\"finish_reason\":null}]}\n\ndata: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n",
			"data: {\"choices\":[{\"finish_reason\":null}]}\n\n",
			`data: {"error":{"message":"%","type":"api_error","param":null,"code":null}}` + "\n\n",
		},
		{
			"OpenAI, in an event", "/v1/completions", true, "data: {\"choices\":[]}\n\ndata: {\"ch", "data: {\"choices\":[]}\n\n",
			`data: {"error":{"message":"%","type":"api_error","param":null,"code":null}}` + "\n\n",
		},
		{
			"responses", "/v1/responses", true,
			"event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0}\n\nevent: response.in_progress\ndata: {\"type\":\"response.in_progress\",\"sequence_number\":1}\n\nevent: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2}\n\n",
			"event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0}\n\nevent: response.in_progress\ndata: {\"type\":\"response.in_progress\",\"sequence_number\":1}\n\n",
			"event: error\ndata: " + `{"type":"error","code":"server_error","message":"%","param":null,"sequence_number":2}` + "\n\n",
		},
		{
			"messages", "/v1/messages", true,
			"event: message_delta\ndata: {\"type\":\"message_delta\"}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
			"event: message_delta\ndata: {\"type\":\"message_delta\"}\n\n",
			"event: error\ndata: " + `{"type":"error","error":{"type":"api_error","message":"%"}}` + "\n\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := apiOf(tt.path)
			n := &note{}
			s := &stream{src: &pieces{src: source(tt.sent, errCut), api: a, sse: tt.sse, since: time.Now()}, api: a, sse: tt.sse, note: n}
			got, err := io.ReadAll(s)
			if !errors.Is(err, errCut) || n.err == nil {
				t.Errorf("error %v, noted %v", err, n.err)
			}
			head, tail, _ := strings.Cut(tt.failure, "%")
			rest, ok := strings.CutPrefix(string(got), tt.want+head)
			if !ok || !strings.HasSuffix(rest, tail) || strings.Contains(strings.TrimSuffix(rest, tail), `"`) {
				t.Errorf("read %q, want %q and %q", got, tt.want, tt.failure)
			}
		})
	}
}

// However the bytes come, a complete stream is what it was.
func TestPieces(t *testing.T) {
	long := strings.Repeat("x", maxPiece+2)
	for _, tt := range []struct {
		name, path string
		sse        bool
		text       string
	}{
		{"Ollama", "/api/chat", false, `{"done":false}` + "\n\n" + `{"done":false}` + "\n"},
		{"no newline at the end", "/api/chat", false, `{"done":false}` + "\n" + `{"done":false}`},
		{"OpenAI with usage", "/v1/chat/completions", true, "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[],\"usage\":{\"total_tokens\":1}}\n\ndata: [DONE]\n\n"},
		{"two that end", "/v1/chat/completions", true, "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: {\"choices\":[{\"index\":1}]}\n\n: comment\n\ndata: [DONE]\n\n"},
		{"not JSON", "/v1/messages", true, "event: ping\ndata: nothing\n\n\n\ndata: a\ndata: b\n\n"},
		{"messages", "/v1/messages", true, "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"},
		{"too long", "/api/chat", false, `{"a":1}` + "\n" + long + "\n" + `{"done":false}`},
	} {
		for name, reader := range map[string]io.Reader{"whole": strings.NewReader(tt.text), "bytes": iotest.OneByteReader(strings.NewReader(tt.text)), "with the end": iotest.DataErrReader(strings.NewReader(tt.text))} {
			if name == "bytes" && len(tt.text) > 1<<10 {
				continue
			}
			s := &pieces{src: io.NopCloser(reader), api: apiOf(tt.path), sse: tt.sse, since: time.Now()}
			if got, err := io.ReadAll(s); err != nil || string(got) != tt.text {
				t.Errorf("%s, %s: %v, %.300q", tt.name, name, err, got)
			}
		}
	}
}

func TestErrorTypes(t *testing.T) {
	for _, tt := range []struct {
		path string
		err  error
		want string
	}{
		{"/api/chat", &client.RequestError{Status: 400, Reason: "why"}, `{"error":"why"}`},
		{"/v1/models", &client.RequestError{Status: 400, Reason: "why"}, `{"error":{"message":"why","type":"invalid_request_error","param":null,"code":null}}`},
		{"/v1/responses", &routeError{404, "why"}, `{"error":{"message":"why","type":"not_found_error","param":null,"code":null}}`},
		{"/v1/messages", &client.RequestError{Status: 400, Reason: "why"}, `{"type":"error","error":{"type":"invalid_request_error","message":"why"}}`},
		{"/v1/messages", &routeError{403, "why"}, `{"type":"error","error":{"type":"permission_error","message":"why"}}`},
		{"/v1/messages/count_tokens", &routeError{404, "why"}, `{"type":"error","error":{"type":"not_found_error","message":"why"}}`},
		{"/v1/messages", &routeError{402, "why"}, `{"type":"error","error":{"type":"billing_error","message":"why"}}`},
		{"/v1/messages", &routeError{413, "why"}, `{"type":"error","error":{"type":"request_too_large","message":"why"}}`},
		{"/v1/messages", &routeError{429, "why"}, `{"type":"error","error":{"type":"rate_limit_error","message":"why"}}`},
		{"/v1/messages", &routeError{503, "why"}, `{"type":"error","error":{"type":"overloaded_error","message":"why"}}`},
		{"/v1/messages", &routeError{502, "why"}, `{"type":"error","error":{"type":"api_error","message":"why"}}`},
	} {
		if got := string(apiOf(tt.path).errorBody(statusOf(tt.err), tt.err)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.path, got, tt.want)
		}
	}
}
