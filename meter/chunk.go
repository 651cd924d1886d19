package meter

import (
	"encoding/json"
	"strings"
)

// chunk is what the meter reads of a chunk of a stream, or of a whole answer, of any family.
type chunk struct {
	text                       // /api/generate
	Message    text            `json:"message"` // /api/chat
	Done       bool            `json:"done"`
	DoneReason string          `json:"done_reason"`
	Error      json.RawMessage `json:"error"`

	PromptEvalCount int64 `json:"prompt_eval_count"`
	EvalCount       int64 `json:"eval_count"`

	EvalDuration       *int64          `json:"eval_duration"` // nanoseconds, like the others
	PromptEvalDuration json.RawMessage `json:"prompt_eval_duration"`
	LoadDuration       json.RawMessage `json:"load_duration"`
	TotalDuration      json.RawMessage `json:"total_duration"`

	Choices []struct { // OpenAI's completions
		Delta        text            `json:"delta"`
		Text         json.RawMessage `json:"text"`
		Logprobs     json.RawMessage `json:"logprobs"`
		FinishReason string          `json:"finish_reason"`
	} `json:"choices"`
	Usage *usage `json:"usage"`

	Type       string          `json:"type"`        // of an event of /v1/responses and /v1/messages
	Delta      json.RawMessage `json:"delta"`       // text in the first, an object in the second
	StopReason string          `json:"stop_reason"` // a whole answer of /v1/messages
}

// usage are an answer's counters, by the names that one family or another has for them.
type usage struct {
	PromptTokens     int64 `json:"prompt_tokens"`
	CompletionTokens int64 `json:"completion_tokens"`
	InputTokens      int64 `json:"input_tokens"`
	OutputTokens     int64 `json:"output_tokens"`
}

// text is where generated text stands; the engine says some of it under a different name in each family.
type text struct {
	Content   json.RawMessage `json:"content"`
	Response  json.RawMessage `json:"response"`
	Thinking  json.RawMessage `json:"thinking"`
	Reasoning json.RawMessage `json:"reasoning"`
	ToolCalls json.RawMessage `json:"tool_calls"`
	Logprobs  json.RawMessage `json:"logprobs"`
}

func (t text) any() bool {
	return anyPresent(t.Content, t.Response, t.Thinking, t.Reasoning, t.ToolCalls, t.Logprobs)
}

// messageDelta is the delta of an event of /v1/messages.
type messageDelta struct {
	Text        json.RawMessage `json:"text"`
	Thinking    json.RawMessage `json:"thinking"`
	PartialJSON json.RawMessage `json:"partial_json"`
	StopReason  string          `json:"stop_reason"`
}

func (c chunk) messageDelta() (d messageDelta) {
	if len(c.Delta) > 0 {
		_ = json.Unmarshal(c.Delta, &d) // what is not as it should be says nothing
	}
	return d
}

// timed tells whether the chunk has durations.
func (c chunk) timed() bool {
	return c.EvalDuration != nil || len(c.PromptEvalDuration)+len(c.LoadDuration)+len(c.TotalDuration) > 0
}

// generated tells whether the chunk of a stream carries anything that the model generated.
func (c chunk) generated(f family) bool {
	switch f {
	case familyOpenAI, familyCompletions:
		for _, choice := range c.Choices {
			if choice.Delta.any() || anyPresent(choice.Text, choice.Logprobs) {
				return true
			}
		}
		return false
	case familyResponses:
		return strings.HasSuffix(c.Type, ".delta") && present(c.Delta)
	case familyMessages:
		d := c.messageDelta()
		return anyPresent(d.Text, d.Thinking, d.PartialJSON)
	}
	return c.any() || c.Message.any()
}

// ends tells whether the chunk is the last of a stream.
func (c chunk) ends(f family) bool {
	switch f {
	case familyResponses:
		return c.Type == "response.completed"
	case familyMessages:
		return c.Type == "message_stop"
	}
	return c.Done
}

// reason is why the answer ended, in Ollama's words; empty where the chunk does not say.
func (c chunk) reason(f family) string {
	switch f {
	case familyOpenAI, familyCompletions:
		reason := ""
		for _, choice := range c.Choices {
			reason = choice.FinishReason
		}
		return reason
	case familyMessages:
		if c.StopReason == "max_tokens" || c.messageDelta().StopReason == "max_tokens" {
			return "length"
		}
		return ""
	case familyChat, familyGenerate:
		return c.DoneReason
	}
	return ""
}

// counters are the engine's own, if they are in this chunk of a stream, or in the whole answer that it is.
func (c chunk) counters(f family, stream bool) (in, out int64, ok bool) {
	switch f {
	case familyOpenAI, familyCompletions:
		if c.Usage != nil && (len(c.Choices) == 0 || !stream) {
			return c.Usage.PromptTokens, c.Usage.CompletionTokens, true
		}
	case familyResponses:
		u := c.Usage
		if stream {
			var response struct {
				Usage *usage `json:"usage"`
			}
			if !c.ends(f) || json.Unmarshal(c.Response, &response) != nil {
				return 0, 0, false
			}
			u = response.Usage
		}
		if u != nil {
			return u.InputTokens, u.OutputTokens, true
		}
	case familyMessages:
		if c.Usage != nil {
			return c.Usage.InputTokens, c.Usage.OutputTokens, true
		}
	case familyEmbed:
		return c.PromptEvalCount, 0, true
	case familyOpenAIEmbeddings:
		if c.Usage != nil {
			return c.Usage.PromptTokens, 0, true
		}
	case familyChat, familyGenerate:
		if c.Done {
			return c.PromptEvalCount, c.EvalCount, true
		}
	}
	return 0, 0, false
}

func anyPresent(members ...json.RawMessage) bool {
	for _, raw := range members {
		if present(raw) {
			return true
		}
	}
	return false
}

// present tells whether a member says anything.
func present(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", `""`, "[]", "{}":
		return false
	}
	return true
}
