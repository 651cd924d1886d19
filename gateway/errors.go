package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// statusOf is the HTTP status that an error deserves.
func statusOf(err error) int {
	var (
		request *client.RequestError
		pod     *client.PodError
		own     *routeError
		long    *http.MaxBytesError
	)
	switch {
	case errors.As(err, &own):
		return own.status
	case errors.As(err, &request):
		return request.Status
	case errors.As(err, &long):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, client.ErrUnknownModel):
		return http.StatusNotFound
	case errors.Is(err, client.ErrInsufficientFunds):
		return http.StatusPaymentRequired
	case errors.Is(err, client.ErrNoPod), errors.Is(err, client.ErrChain):
		return http.StatusServiceUnavailable
	case errors.Is(err, client.ErrAnswer), errors.Is(err, errEmpty):
		return http.StatusBadGateway
	case errors.As(err, &pod):
		return statusOfProblem(pod.Problem)
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	case errors.Is(err, context.Canceled):
		return statusClientGone
	}
	return http.StatusInternalServerError
}

// statusClientGone is nginx's; nobody is left to read it but the log.
const statusClientGone = 499

// statusOfProblem keeps the statuses that mean to the application what they mean to the client.
func statusOfProblem(p protocol.Problem) int {
	switch p.Type {
	case protocol.ProblemBadRequest, protocol.ProblemEngineRefused:
		return http.StatusBadRequest
	case protocol.ProblemUnknownModel, protocol.ProblemNoRoute:
		return http.StatusNotFound
	case protocol.ProblemBadPayment, protocol.ProblemMaxCost, protocol.ProblemNeedCeiling, protocol.ProblemNeedAck, protocol.ProblemNoSession:
		return http.StatusPaymentRequired
	case protocol.ProblemNotReady, protocol.ProblemBusy, protocol.ProblemStaleDate:
		return http.StatusServiceUnavailable
	case protocol.ProblemRateLimit:
		return http.StatusTooManyRequests
	}
	return http.StatusBadGateway
}

// fail answers with an error in the shape of the API that the path belongs to.
func fail(w http.ResponseWriter, r *http.Request, err error) {
	status := statusOf(err)
	n := noteOf(r.Context())
	n.status, n.err = status, err
	if wait := retryAfter(err); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(wait))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(errorBody(apiOf(r.URL.Path), status, err))
}

// retryAfter is the number of seconds after which the first pod may serve; 0: none said so.
func retryAfter(err error) (soonest int) {
	var (
		pod  *client.PodError
		none *client.NoPodError
	)
	switch {
	case errors.As(err, &pod):
		return pod.Problem.RetryAfter
	case errors.As(err, &none):
		for _, r := range none.Refused {
			if errors.As(r.Reason, &pod) && pod.Problem.RetryAfter > 0 && (soonest == 0 || pod.Problem.RetryAfter < soonest) {
				soonest = pod.Problem.RetryAfter
			}
		}
	}
	return soonest
}

// api is whose words an answer is in.
type api int

const (
	ollamaAPI api = iota
	openAI
	responsesAPI // OpenAI's too, with streams of its own
	anthropicAPI
)

func apiOf(path string) api {
	switch {
	case path == "/v1/messages":
		return anthropicAPI
	case path == "/v1/responses":
		return responsesAPI
	case strings.HasPrefix(path, "/v1/"):
		return openAI
	}
	return ollamaAPI
}

// failure is an error as OpenAI says it.
type failure struct {
	Message string  `json:"message"`
	Type    string  `json:"type"`
	Param   *string `json:"param"`
	Code    *string `json:"code"`
}

func openAIFailure(status int, err error) failure {
	f := failure{Message: err.Error(), Type: "api_error"}
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		f.Type = "invalid_request_error"
	case http.StatusNotFound:
		f.Type = "not_found_error"
	case http.StatusTooManyRequests:
		f.Type, f.Code = "rate_limit_error", new("rate_limit_exceeded")
	}
	switch {
	case errors.Is(err, client.ErrUnknownModel):
		f.Param, f.Code = new("model"), new("model_not_found")
	case errors.Is(err, client.ErrInsufficientFunds):
		f.Code = new("insufficient_funds")
	case errors.Is(err, client.ErrNoPod):
		f.Code = new("no_pod")
	case errors.Is(err, client.ErrChain):
		f.Code = new("chain_unreachable")
	}
	return f
}

// anthropicFailure is an error as Anthropic says it, whole and in a stream.
type anthropicFailure struct {
	Type  string `json:"type"` // error
	Error struct {
		Type    string `json:"type"`
		Message string `json:"message"`
	} `json:"error"`
}

func newAnthropicFailure(status int, err error) (f anthropicFailure) {
	f.Type, f.Error.Type, f.Error.Message = "error", "api_error", err.Error()
	switch status {
	case http.StatusBadRequest:
		f.Error.Type = "invalid_request_error"
	case http.StatusUnauthorized:
		f.Error.Type = "authentication_error"
	case http.StatusPaymentRequired:
		f.Error.Type = "billing_error"
	case http.StatusForbidden:
		f.Error.Type = "permission_error"
	case http.StatusNotFound:
		f.Error.Type = "not_found_error"
	case http.StatusRequestEntityTooLarge:
		f.Error.Type = "request_too_large"
	case http.StatusTooManyRequests:
		f.Error.Type = "rate_limit_error"
	case http.StatusServiceUnavailable:
		f.Error.Type = "overloaded_error"
	}
	return f
}

// errorBody is an error in the words of an API.
func errorBody(in api, status int, err error) []byte {
	switch in {
	case anthropicAPI:
		return marshal(newAnthropicFailure(status, err))
	case openAI, responsesAPI:
		return marshal(map[string]failure{"error": openAIFailure(status, err)})
	}
	return marshal(map[string]string{"error": err.Error()})
}

// errorEvent is how a stream of an API says that it failed.
func errorEvent(in api, status int, err error) []byte {
	switch in {
	case anthropicAPI:
		return fmt.Appendf(nil, "event: error\ndata: %s\n\n", errorBody(in, status, err))
	case responsesAPI:
		f := openAIFailure(status, err)
		event := struct {
			Type    string  `json:"type"` // error
			Code    *string `json:"code"`
			Message string  `json:"message"`
			Param   *string `json:"param"`
		}{"error", f.Code, f.Message, f.Param}
		return fmt.Appendf(nil, "event: error\ndata: %s\n\n", marshal(event))
	case openAI:
		return fmt.Appendf(nil, "data: %s\n\n", errorBody(in, status, err))
	}
	return append(errorBody(in, status, err), '\n')
}

func marshal(v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err) // strings marshal
	}
	return raw
}
