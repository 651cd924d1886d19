package operator

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	callTimeout = 30 * time.Second // of a call to the control API, beyond what it is asked to wait
	maxMessage  = 512              // bytes of a refusal's text
	factsAtOnce = 4096             // in one call, well below protocol.MaxControl
)

// ControlError says that a pod's control API refused a call.
type ControlError struct {
	Path    string
	Status  int    // HTTP's
	Message string // the pod's
}

func (e *ControlError) Error() string {
	text := fmt.Sprintf("the pod's control API answers %s with %d %s", e.Path, e.Status, http.StatusText(e.Status))
	if e.Message != "" {
		text += ": " + e.Message
	}
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden:
		text += ": give the agent the token of the pod's spec"
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		text += ": check that the control URL is the pod's, and that pod and agent are of the same version"
	}
	return text
}

// lasting reports whether trying again cannot help.
func (e *ControlError) lasting() bool {
	switch e.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed:
		return true
	}
	return false
}

// control calls a pod's control API.
type control struct {
	base  *url.URL
	token Token
	http  *http.Client
}

func newControl(base *url.URL, token Token, client *http.Client) *control {
	if client == nil {
		client = &http.Client{
			Transport:     &http.Transport{}, // no proxy: the token is for the pod alone
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}
	}
	return &control{base, token, client}
}

func (c *control) status(ctx context.Context) (protocol.Status, error) {
	var s protocol.Status
	_, err := c.call(ctx, http.MethodGet, protocol.PathStatus, "", callTimeout, nil, &s)
	return s, err
}

func (c *control) registration(ctx context.Context, block protocol.Block) (protocol.Registration, error) {
	var r protocol.Registration
	ask := protocol.RegistrationRequest{Block: block.Hash, BlockTime: block.Time}
	_, err := c.call(ctx, http.MethodPost, protocol.PathRegistration, "", callTimeout, ask, &r)
	return r, err
}

// facts tells the pod of sessions, in as many calls as it takes and in one if there are none.
func (c *control) facts(ctx context.Context, lastSeq uint64, sessions []protocol.SessionFact) error {
	for {
		n := min(len(sessions), factsAtOnce)
		if _, err := c.call(ctx, http.MethodPost, protocol.PathFacts, "", callTimeout, protocol.Facts{Sessions: sessions[:n], LastSeq: lastSeq}, nil); err != nil {
			return err
		}
		if sessions = sessions[n:]; len(sessions) == 0 {
			return nil
		}
	}
}

// relayed tells the pod what became of orders that it was asked to pass on.
func (c *control) relayed(ctx context.Context, results []protocol.Relayed) error {
	_, err := c.call(ctx, http.MethodPost, protocol.PathRelayed, "", callTimeout, results, nil)
	return err
}

func (c *control) orders(ctx context.Context, wait int) (protocol.Orders, error) {
	var o protocol.Orders
	timeout := callTimeout + time.Duration(wait)*time.Second
	_, err := c.call(ctx, http.MethodGet, protocol.PathOrders, "wait="+strconv.Itoa(wait), timeout, nil, &o)
	return o, err
}

// batch is the next batch, if there is something to settle.
func (c *control) batch(ctx context.Context, ask protocol.BatchRequest) (b protocol.SignedBatch, ok bool, err error) {
	status, err := c.call(ctx, http.MethodPost, protocol.PathBatch, "", callTimeout, ask, &b)
	return b, err == nil && status == http.StatusOK, err
}

func (c *control) settled(ctx context.Context, s protocol.Settled) error {
	_, err := c.call(ctx, http.MethodPost, protocol.PathSettled, "", callTimeout, s, nil)
	return err
}

// serve brings what the pod is to serve about itself.
func (c *control) serve(ctx context.Context, what json.RawMessage) error {
	_, err := c.call(ctx, http.MethodPost, protocol.PathServe, "", callTimeout, what, nil)
	return err
}

// call makes one call. A 200 must answer with JSON for out, a 204 answers with nothing, and all else is an error.
func (c *control) call(ctx context.Context, method, path, query string, timeout time.Duration, in, out any) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return 0, fmt.Errorf("control API: %w", err)
		}
		if len(data) > protocol.MaxControl {
			return 0, fmt.Errorf("control API: %s takes at most %d bytes, got %d", path, protocol.MaxControl, len(data))
		}
		body = bytes.NewReader(data)
	}
	target := c.base.JoinPath(path)
	target.RawQuery = query
	request, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return 0, fmt.Errorf("control API: %w", err)
	}
	request.Header.Set("Authorization", "Bearer "+string(c.token))
	if in != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		var failure *url.Error
		if errors.As(err, &failure) {
			err = failure.Err
		}
		return 0, fmt.Errorf("the pod's control API at %s does not answer %s: %w: check that the pod runs and that this is its control address", c.base.Host, path, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, protocol.MaxControl+1))
	if err != nil {
		return 0, fmt.Errorf("the pod's control API broke off its answer to %s: %w", path, err)
	}
	switch {
	case len(data) > protocol.MaxControl:
		return 0, fmt.Errorf("the pod's control API answers %s with more than %d bytes", path, protocol.MaxControl)
	case response.StatusCode == http.StatusNoContent:
		return response.StatusCode, nil
	case response.StatusCode != http.StatusOK:
		return response.StatusCode, &ControlError{Path: path, Status: response.StatusCode, Message: message(data)}
	case out == nil:
		return response.StatusCode, nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return 0, fmt.Errorf("the pod's control API answers %s with something else than expected: %w", path, err)
	}
	return response.StatusCode, nil
}

// message is a refusal's text on one line.
func message(body []byte) string {
	var problem protocol.Problem
	if json.Unmarshal(body, &problem) == nil && problem.Title != "" {
		return problem.Error()
	}
	return strings.ToValidUTF8(strings.Join(strings.Fields(string(body[:min(len(body), maxMessage)])), " "), "")
}
