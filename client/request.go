package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

// Paths are those that pods answer, in order.
func Paths() []string { return meter.Paths() }

// MaxBody is the longest request body that fits into a sealed request with its fields.
const MaxBody = protocol.MaxRequestBody - 8<<10

// maxContentType bounds what the request says its body is.
const maxContentType = 128

// innerRequest is what a pod will get to see of a request, and the model it is for.
type innerRequest struct {
	path, contentType string
	body              []byte
	model             string

	limits map[[3]uint32]protocol.Usage // what maxUsage found: to read a long body once for each of many pods takes long
}

// readRequest reads and closes the request's body. Nothing else of the request goes on: fields of an application tell
// one user from another.
func readRequest(req *http.Request) (*innerRequest, error) {
	body := req.Body
	if body == nil {
		body = http.NoBody
	}
	defer body.Close()
	path := req.URL.Path
	switch {
	case req.URL.Host != Host:
		return nil, &RequestError{http.StatusBadRequest, fmt.Sprintf("host %.100q: this transport answers for %s only", req.URL.Host, Host)}
	case !meter.Metered(path):
		return nil, &RequestError{http.StatusNotFound, fmt.Sprintf("no pod serves %.100q", path)}
	case req.URL.RawQuery != "":
		return nil, &RequestError{http.StatusNotFound, path + " takes no query"}
	case req.Method != http.MethodPost:
		return nil, &RequestError{http.StatusMethodNotAllowed, fmt.Sprintf("%s takes POST, not %.20q", path, req.Method)}
	}
	// As it is on the wire: the request hash covers it.
	contentType := strings.Trim(req.Header.Get("Content-Type"), " \t")
	if contentType == "" {
		contentType = "application/json"
	}
	if len(contentType) > maxContentType {
		return nil, &RequestError{http.StatusBadRequest, fmt.Sprintf("content type: %d bytes, at most %d", len(contentType), maxContentType)}
	}
	raw, err := io.ReadAll(io.LimitReader(body, MaxBody+1))
	var limit *http.MaxBytesError
	switch {
	case errors.As(err, &limit) || len(raw) > MaxBody:
		return nil, tooLarge(MaxBody)
	case err != nil:
		return nil, fmt.Errorf("client: reading the request's body: %w", err)
	}
	// Any offer will do to learn the model.
	prepared, err := meter.Prepare(path, raw, protocol.Offer{Context: 1, DefaultOut: 1, MaxOut: 1})
	if err != nil {
		return nil, &RequestError{http.StatusBadRequest, err.Error()}
	}
	return &innerRequest{path: path, contentType: contentType, body: raw, model: prepared.Model, limits: map[[3]uint32]protocol.Usage{}}, nil
}

var errNotOffered = errors.New("the offer is for another model or has run out")

// errCachedDearer: with such prices the worst case would not be that no token is cached.
var errCachedDearer = errors.New("the offer asks more for cached prompt tokens than for others")

// price is the most that the request can cost under the offer.
func (in *innerRequest) price(o protocol.Offer, now uint64) (protocol.Amount, error) {
	if !o.For(in.model) || o.ValidUntil <= now {
		return protocol.Amount{}, errNotOffered
	}
	if o.CachedPerM.Cmp(o.InPerM) > 0 {
		return protocol.Amount{}, errCachedDearer
	}
	most, err := in.maxUsage(o)
	if err != nil {
		return protocol.Amount{}, err
	}
	return o.CostUp(most)
}

// maxUsage is the most that the pod can bill for the request under the offer.
func (in *innerRequest) maxUsage(o protocol.Offer) (protocol.Usage, error) {
	terms := [3]uint32{o.Context, o.DefaultOut, o.MaxOut}
	if most, ok := in.limits[terms]; ok {
		return most, nil
	}
	prepared, err := meter.Prepare(in.path, in.body, o)
	if err == nil {
		in.limits[terms] = prepared.MaxUsage
	}
	return prepared.MaxUsage, err
}
