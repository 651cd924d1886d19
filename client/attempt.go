package client

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

const (
	maxCorrections = 4               // of one attempt, of all kinds
	reconcileWait  = 3 * time.Second // a request waits for the bills of others at most so long
	maxWaits       = 2               // for pods that all have too much to do
	maxLost        = 2               // pods that may bill a request that another one is asked
)

// waitFor is when a pod that has too much to do, of this account's or of all, or the relays to it, say to ask again; 0:
// they say nothing.
func waitFor(err error) time.Duration {
	if relayed := (*relayError)(nil); errors.As(err, &relayed) {
		return relayed.wait
	}
	var refused *PodError
	if !errors.As(err, &refused) || refused.Problem.Type != protocol.ProblemBusy && refused.Problem.Type != protocol.ProblemRateLimit {
		return 0
	}
	return RetryAfter(refused)
}

// attempt is one request to one pod. Its errors are unserved where another pod may be asked.
type attempt struct {
	c     *Client
	in    *innerRequest
	pod   *verifiedPod
	offer protocol.Offer
	id    protocol.RequestID
	spare func() bool // another pod is ready to be asked

	prepared    meter.Prepared
	maxCost     protocol.Amount // zero: the offer's
	resign      bool            // the opening order was refused
	held        *reservation
	corrections int
	rekeys      int  // of the corrections: sealed anew because the key was refused
	resent      bool // sent again after it may have arrived
	looked      bool // at the registry, for another identity of a pod that could not open the request
	sent        time.Time
	sending     context.Context // ends with the exchange, and says why
	begun       func()          // the answer has; it is awaited no longer
	reroutes    int             // by another relay, after one refused it
	waited      time.Duration   // for relays
}

func (c *Client) attempt(ctx context.Context, in *innerRequest, e *entry, spare func() bool) (*http.Response, error) {
	e.kept.Store(true)
	pod, err := c.verifyWithin(ctx, e, spare)
	if err != nil {
		return nil, unserved{err}
	}
	if err := c.cfg.Choice.tier(pod.claims); err != nil {
		return nil, unserved{err}
	}
	offer, ok := pod.offerFor(&c.cfg.Choice, in, c.now())
	if !ok {
		return nil, unserved{errors.New("its offer has run out")}
	}
	trace := traceOf(ctx)
	trace.podSelected(pod.record, offer)
	trace.verified(pod.claims)
	c.recoverBefore(ctx, pod)
	c.reconcileBefore(ctx, pod)
	c.confirmBefore(ctx, pod)
	a := &attempt{c: c, in: in, pod: pod, offer: offer, id: protocol.NewRequestID(), spare: spare}
	defer func() {
		if a.freed() {
			limitOf(ctx).paid(a.id, protocol.Amount{})
		}
	}()
	for {
		res, err := a.once(ctx)
		if err == nil {
			return a.begin(ctx, res)
		}
		if ctx.Err() != nil {
			a.abandon()
			return nil, ctx.Err()
		}
		if a.corrections++; a.corrections > maxCorrections {
			a.abandon()
			return nil, unserved{err}
		}
		if err := a.correct(ctx, err); err != nil {
			a.abandon()
			return nil, err
		}
	}
}

// abandon leaves the request to be reconciled, if it is still open.
func (a *attempt) abandon() {
	if a.held != nil {
		a.c.leave(a.held)
	}
}

// once pays, seals, sends, and waits for the answer's head.
func (a *attempt) once(ctx context.Context) (*http.Response, error) {
	c := a.c
	var err error
	if a.prepared, err = meter.Prepare(a.in.path, a.in.body, a.offer); err != nil {
		return nil, &RequestError{http.StatusBadRequest, err.Error()}
	}
	most := a.prepared.MaxUsage
	a.prepared.Body = nil // it is only counted by
	if a.maxCost.IsZero() {
		if a.maxCost, err = a.offer.CostUp(most); err != nil {
			return nil, unserved{fmt.Errorf("its offer cannot be priced: %w", err)}
		}
	}
	if err := limitOf(ctx).pay(a.id, a.maxCost); err != nil {
		return nil, err
	}
	hash := protocol.RequestHash(a.id, http.MethodPost, a.in.path, a.in.contentType, a.in.body, a.maxCost, a.offer.HashStruct())
	held, err := c.reserve(ctx, purchase{
		id: a.id, pod: a.pod.record.ID, identity: a.pod.record.Identity, keyConfig: a.pod.record.KeyConfig.HashStruct(), offer: a.offer,
		requestHash: hash, maxCost: a.maxCost, maxUsage: most,
	}, a.resign)
	if err != nil {
		return nil, err
	}
	a.held, a.resign = held, false
	header := http.Header{}
	header.Set("Content-Type", a.in.contentType)
	header.Set(protocol.HeaderRequestID, a.id.String())
	header.Set(protocol.HeaderPay, held.payment.String())
	outer, connection := watchConnection(ctx, a.spare)
	a.sent, a.sending, a.begun = c.cfg.Now(), outer, connection.awaitHead(c.cfg.AnswerWait)
	res, err := c.exchange(outer, a.pod, http.MethodPost, a.in.path, header, a.in.body)
	if failed := held.durable(); failed != nil { // it may be billed all the same
		a.begun()
		connection.end()
		if err == nil {
			_ = res.Body.Close()
		}
		return nil, failed
	}
	if err != nil {
		a.begun()
		err = connection.explain(outer, err)
		connection.end()
		return nil, err
	}
	traceOf(ctx).answer(res.StatusCode)
	if res.StatusCode == http.StatusOK {
		return c.answer(ctx, a, res, connection.end), nil
	}
	defer connection.end()
	defer a.begun()
	return a.refusal(res)
}

// exchange seals one request to the pod and opens the head of the answer.
func (c *Client) exchange(ctx context.Context, pod *verifiedPod, method, path string, header http.Header, body []byte) (*http.Response, error) {
	inner, err := http.NewRequestWithContext(ctx, method, "https://"+Host+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	inner.Header = header
	inner.Header.Set("Date", c.cfg.Now().UTC().Format(http.TimeFormat))
	inner.Header.Set(envelope.HeaderShape, string(c.cfg.Shape))
	var res *http.Response
	by, err := c.via(ctx, pod, func(h hop) (err error) {
		res, err = c.send(ctx, pod, h, inner.Clone(ctx), body)
		return err
	})
	if err != nil {
		return res, err
	}
	res.Header.Set(HeaderRelay, by.relay)
	if by.relay != noRelay {
		res.Body = &relayedBody{res.Body, ctx, func() { c.pods.routes.failed(by) }}
	}
	return res, nil
}

// send seals a request anew and has it go one way.
func (c *Client) send(ctx context.Context, pod *verifiedPod, h hop, inner *http.Request, body []byte) (*http.Response, error) {
	inner.Body = io.NopCloser(bytes.NewReader(body))
	sealed, err := envelope.Seal(pod.keyConfig, inner)
	if errors.Is(err, envelope.ErrTooLarge) {
		return nil, tooLarge(MaxBody)
	}
	if err != nil {
		return nil, err
	}
	outer, err := sealed.NewRequest(ctx, h.sealed)
	if err != nil {
		return nil, err
	}
	traceOf(ctx).sealed(len(body), int(outer.ContentLength))
	answer, err := c.cfg.Transport.RoundTrip(outer)
	if err != nil {
		return nil, &transportError{error: err}
	}
	res, err := sealed.Open(answer)
	var outside *envelope.RefusedError
	if err != nil && !errors.As(err, &outside) {
		return nil, &brokenError{err}
	}
	return res, err
}

// transportError is a failure before there was any answer.
type transportError struct {
	error
	connection connectState
}

func (e *transportError) Unwrap() error { return e.error }

// unsent tells whether not a byte can have reached the pod.
func (e *transportError) unsent() bool {
	if e.connection != connUnknown {
		return e.connection == connSought
	}
	var op *net.OpError
	return errors.As(e.error, &op) && op.Op == "dial"
}

// brokenError is an answer that broke off, or was spoiled, before all that says what it is had come.
type brokenError struct{ error }

func (e *brokenError) Unwrap() error { return e.error }

// refusal reads an answer other than 200. The engine's own refusals (4xx, not a problem document) are answers: they go
// on to the application as they are, and nothing is billed for them.
func (a *attempt) refusal(res *http.Response) (*http.Response, error) {
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxProblem+1))
	if err != nil {
		return nil, &brokenError{err}
	}
	if len(raw) > maxProblem {
		return nil, &PodError{a.pod.record.ID, unexplained(res.StatusCode)}
	}
	contentType := res.Header.Get("Content-Type")
	if problem, ok := readProblem(res.StatusCode, contentType, raw); ok {
		return nil, &PodError{a.pod.record.ID, problem}
	}
	if res.StatusCode < 400 || res.StatusCode > 499 {
		return nil, &PodError{a.pod.record.ID, unexplained(res.StatusCode)}
	}
	if err := a.c.release(a.held); err != nil {
		return nil, err
	}
	return &http.Response{
		Status: res.Status, StatusCode: res.StatusCode, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:        a.header(res.Header),
		Body:          io.NopCloser(bytes.NewReader(raw)),
		ContentLength: int64(len(raw)),
	}, nil
}

// header is what the application gets to see above an answer.
func (a *attempt) header(inner http.Header) http.Header {
	h := http.Header{}
	if contentType := inner.Get("Content-Type"); contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set(HeaderRelay, inner.Get(HeaderRelay)) // exchange has set it
	h.Set(HeaderPod, a.pod.record.ID.String())
	h.Set(HeaderTier, a.pod.claims.Tier.String())
	h.Set(HeaderRequestID, a.id.String())
	return h
}
