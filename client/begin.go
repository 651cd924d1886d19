package client

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"sync/atomic"
	"time"
)

// maxHeldAnswer bounds what is held of an answer that may be restarted. What is longer goes on as it comes.
const maxHeldAnswer = 32 << 20

type restartKey struct{}

// WithRestart has answers to requests made with the context held until they are proven, and, where one breaks off or does not hold,
// made anew by another pod from the beginning. It is for callers that do not pass answers on as they come. What the first
// pod generated may be billed beside the second's answer: at most two pods may be left like that for one request.
func WithRestart(ctx context.Context) context.Context {
	return context.WithValue(ctx, restartKey{}, true)
}

// begin waits for the first bytes of an answer: until they are there, another pod can give it just as well. With
// WithRestart that goes for all of it.
func (a *attempt) begin(ctx context.Context, res *http.Response) (*http.Response, error) {
	if res.StatusCode != http.StatusOK {
		a.c.pods.health.served(a.pod.record.ID, a.took())
		return res, nil
	}
	first := make([]byte, 4<<10)
	n, err := 0, error(nil)
	for n == 0 && err == nil {
		n, err = res.Body.Read(first)
	}
	a.begun()
	took := a.took()
	switch {
	case n > 0 && !plausible(res.Header.Get("Content-Type"), first[:n]):
		_ = res.Body.Close()
		return nil, a.lost(FailureGarbage, errors.New("what it answered is neither JSON nor a stream of events"))
	case n > 0:
		a.c.pods.health.served(a.pod.record.ID, took)
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, io.EOF): // proven, and billed
		return nil, a.lost(FailureEmpty, errors.New("it answered with status 200 and nothing else"))
	case errors.Is(err, errEngine):
		a.c.failed(a.pod.record.ID, FailureRefused, err)
		return nil, unserved{err}
	case errors.Is(context.Cause(a.sending), errNoHead):
		return nil, a.lost(FailureTimeout, errNoHead)
	default:
		return nil, a.unproven(err)
	}
	held := first[:n]
	if ctx.Value(restartKey{}) != nil {
		rest, err := io.ReadAll(io.LimitReader(res.Body, maxHeldAnswer))
		held = append(held, rest...)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			_ = res.Body.Close()
			return nil, unserved{err}
		}
	}
	res.Body = &begunBody{held: bytes.NewReader(held), ReadCloser: res.Body}
	return res, nil
}

// took is how long the pod has taken until now; 0 where it had to wait for the chain to open a session first, which says
// nothing of the pod.
func (a *attempt) took() time.Duration {
	if a.held.payment.Open != nil {
		return 0
	}
	return a.c.cfg.Now().Sub(a.sent)
}

// unproven lets a request go to another pod of whose answer there is nothing. A receipt that does not hold has made its
// session suspect already.
func (a *attempt) unproven(err error) error {
	if broken := (*ReceiptError)(nil); errors.As(err, &broken) {
		return unserved{err}
	}
	var answer *AnswerError
	if errors.As(err, &answer) {
		err = answer.Err
	}
	return a.lost(FailureBroken, err)
}

// begunBody is an answer of which some was read ahead.
type begunBody struct {
	io.ReadCloser
	closed atomic.Bool
	held   *bytes.Reader
}

func (b *begunBody) Read(p []byte) (int, error) {
	if b.held.Len() > 0 && !b.closed.Load() {
		return b.held.Read(p)
	}
	return b.ReadCloser.Read(p)
}

func (b *begunBody) Close() error {
	b.closed.Store(true)
	return b.ReadCloser.Close()
}

// plausible says whether an answer begins as those of the APIs do.
func plausible(contentType string, first []byte) bool {
	first = bytes.TrimLeft(first, " \t\r\n")
	if len(first) == 0 {
		return true
	}
	switch media, _, _ := mime.ParseMediaType(contentType); media {
	case "text/event-stream":
		return bytes.IndexByte([]byte("deir:"), first[0]) >= 0
	case "application/json", "application/x-ndjson", "":
		return first[0] == '{' || first[0] == '['
	case "text/plain", "text/html":
		return false
	}
	return true // another API's
}
