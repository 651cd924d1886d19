package gateway

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"

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
		access  *AccessError
		budget  *BudgetError
	)
	switch {
	case errors.As(err, &access):
		return access.Status
	case errors.As(err, &budget):
		return http.StatusPaymentRequired
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
	if wait := client.RetryAfter(err); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(apiOf(r.URL.Path).errorBody(status, err))
}
