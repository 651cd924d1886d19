package gateway

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/phallama/phallama/client"
)

// api is the API that a path belongs to. Each has a form of its own for errors, and for the end of a stream.
type api int

const (
	ollama    api = iota
	openAI        // chat completions, completions, embeddings, models
	responses     // OpenAI's other one
	anthropic
)

func apiOf(path string) api {
	switch {
	case path == "/v1/messages", strings.HasPrefix(path, "/v1/messages/"):
		return anthropic
	case path == "/v1/responses", strings.HasPrefix(path, "/v1/responses/"):
		return responses
	case strings.HasPrefix(path, "/v1/"):
		return openAI
	}
	return ollama
}

// errorBody is an error as programs of this API read it.
func (a api) errorBody(status int, err error) []byte {
	switch a {
	case ollama:
		return object(struct {
			Error string `json:"error"`
		}{err.Error()})
	case anthropic:
		return object(struct {
			Type  string         `json:"type"`
			Error anthropicError `json:"error"`
		}{"error", anthropicError{anthropicType(status), err.Error()}})
	}
	return object(struct {
		Error openAIError `json:"error"`
	}{toOpenAIError(status, err)})
}

// streamError is an error as the last piece of a stream that broke off. Of a stream of events, so many came before.
func (a api) streamError(sse bool, events int, err error) []byte {
	status := statusOf(err)
	switch {
	case !sse:
		return append(a.errorBody(status, err), '\n')
	case a == anthropic:
		return event("error", a.errorBody(status, err))
	case a == responses:
		e := toOpenAIError(status, err)
		if e.Code == nil {
			e.Code = new("server_error")
		}
		return event("error", object(struct {
			Type     string  `json:"type"`
			Code     *string `json:"code"`
			Message  string  `json:"message"`
			Param    *string `json:"param"`
			Sequence int     `json:"sequence_number"`
		}{"error", e.Code, e.Message, e.Param, events}))
	}
	return event("", a.errorBody(status, err))
}

func event(name string, data []byte) []byte {
	var b []byte
	if name != "" {
		b = append(append(append(b, "event: "...), name...), '\n')
	}
	return append(append(append(b, "data: "...), data...), "\n\n"...)
}

type anthropicError struct {
	Type    string `json:"type"`
	Message string `json:"message"`
}

func anthropicType(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusMethodNotAllowed:
		return "invalid_request_error"
	case http.StatusUnauthorized:
		return "authentication_error"
	case http.StatusPaymentRequired:
		return "billing_error"
	case http.StatusForbidden:
		return "permission_error"
	case http.StatusNotFound:
		return "not_found_error"
	case http.StatusRequestEntityTooLarge:
		return "request_too_large"
	case http.StatusTooManyRequests:
		return "rate_limit_error"
	case http.StatusServiceUnavailable:
		return "overloaded_error"
	case http.StatusGatewayTimeout:
		return "timeout_error"
	}
	return "api_error"
}

type openAIError struct {
	Message string  `json:"message"`
	Type    string  `json:"type"`
	Param   *string `json:"param"`
	Code    *string `json:"code"`
}

func toOpenAIError(status int, err error) openAIError {
	e := openAIError{Message: err.Error(), Type: "api_error"}
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		e.Type = "invalid_request_error"
	case http.StatusNotFound:
		e.Type = "not_found_error"
	case http.StatusTooManyRequests:
		e.Type, e.Code = "rate_limit_error", new("rate_limit_exceeded")
	}
	access, budget := (*AccessError)(nil), (*BudgetError)(nil)
	switch {
	case errors.As(err, &access) && access.Model != "":
		e.Type, e.Param, e.Code = "invalid_request_error", new("model"), new("model_not_found")
	case errors.As(err, &access):
		e.Type, e.Code = "invalid_request_error", new("invalid_api_key")
	case errors.As(err, &budget):
		e.Type, e.Code = "insufficient_quota", new("insufficient_quota")
	case errors.Is(err, client.ErrUnknownModel):
		e.Param, e.Code = new("model"), new("model_not_found")
	case errors.Is(err, client.ErrInsufficientFunds):
		e.Code = new("insufficient_funds")
	case errors.Is(err, client.ErrNoPod):
		e.Code = new("no_pod")
	case errors.Is(err, client.ErrChain):
		e.Code = new("chain_unreachable")
	}
	return e
}

func object(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings marshal
	}
	return raw
}
