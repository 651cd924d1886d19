package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"mime"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	maxProblem    = 64 << 10         // bytes of a refusal
	maxRetryAfter = 5 * time.Second  // waited at a pod's word
	relayPatience = 15 * time.Second // waited in all for relays to carry a request that one of them may have carried
)

// readProblem reads a problem document. Its status is that of the answer.
func readProblem(status int, contentType string, raw []byte) (p protocol.Problem, ok bool) {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil || media != protocol.ContentTypeProblem || json.Unmarshal(raw, &p) != nil || p.Type == "" {
		return protocol.Problem{}, false
	}
	p.Status, p.Title, p.Detail = status, printable(p.Title, maxShown), printable(p.Detail, maxShown)
	return p, true
}

func unexplained(status int) protocol.Problem {
	return protocol.Problem{
		Type: "about:blank", Status: status, Title: fmt.Sprintf("the pod answered with status %d and did not say why", status),
		Detail: "try again, or another pod",
	}
}

// correct sees to what made an attempt fail. A nil error has it tried again, under the same request id, so that it is
// billed once at most.
func (a *attempt) correct(ctx context.Context, failure error) error {
	var (
		transport *transportError
		outside   *envelope.RefusedError
		broken    *brokenError
		refused   *PodError
		relayed   *relayError
	)
	switch {
	case errors.As(failure, &relayed) && relayed.wait > 0:
		return a.crowded(ctx, relayed)
	case errors.As(failure, &refused):
		return a.correctProblem(ctx, refused)
	case errors.As(failure, &transport):
		err := fmt.Errorf("cannot be reached: %w", transport.error)
		switch {
		case errors.Is(transport.error, errNoHead):
			return a.lost(FailureTimeout, transport.error)
		case transport.unsent() && !a.resent:
			a.c.failed(a.pod.record.ID, FailureTransport, err)
			return a.unserved(err)
		case !a.resent:
			// It may have arrived. The pod answers the same request id once: it is safe to ask again.
			a.resent = true
			return nil
		}
		return a.lost(FailureTransport, err)
	case errors.As(failure, &outside):
		if outside.KeyMismatch {
			return a.rekey(ctx, outside)
		}
		if errors.As(failure, &relayed) && a.reroutes < maxReroutes && a.c.pods.elsewhere(a.pod.record) {
			// It may have arrived, whatever the relay says. The pod answers the same request id once.
			a.reroutes++
			a.resent = true
			return nil
		}
		// A pod that was started again has an identity that the list of pods did not show yet, and cannot open what is sealed to
		// the one before.
		if !a.looked {
			a.looked = true
			if pod, err := a.c.pods.find(ctx, a.pod.record.ID, 0); err == nil && pod.record.Identity != a.pod.record.Identity {
				return a.refresh(ctx, failure)
			}
		}
		// Nobody signed this answer, so that the request stays open until its receipt, or the lack of one, is known.
		a.c.failed(a.pod.record.ID, FailureGarbage, failure)
		a.abandon()
		return unserved{failure}
	case errors.As(failure, &broken):
		kind := FailureGarbage
		if errors.Is(context.Cause(a.sending), errNoHead) {
			kind, failure = FailureTimeout, errNoHead
		}
		return a.lost(kind, failure)
	case errors.Is(failure, ErrInsufficientFunds) && !a.resent:
		return a.unserved(failure)
	}
	return failure
}

// crowded has a request wait for a relay that carries no more for now, which says nothing of the pod. Nobody signed that:
// what was sent may have arrived, so that it is sent again under its id, or left open.
func (a *attempt) crowded(ctx context.Context, relayed *relayError) error {
	if !relayed.held {
		a.resent = true
		if a.reroutes < maxReroutes && a.c.pods.elsewhere(a.pod.record) {
			a.reroutes++
			return nil
		}
	}
	switch {
	case !a.resent: // another pod may be had by another relay
		return a.unserved(relayed)
	case a.waited+relayed.wait > relayPatience:
		a.abandon()
		return unserved{relayed}
	}
	a.waited += relayed.wait
	a.corrections--
	select {
	case <-time.After(relayed.wait + rand.N(relayed.wait/4+1)): // not all at the same moment
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// lost leaves a request open that may have been served, and billed, and lets it go to another pod all the same.
func (a *attempt) lost(kind Failure, reason error) error {
	a.c.failed(a.pod.record.ID, kind, reason)
	a.abandon()
	return unserved{&AnswerError{Pod: a.pod.record.ID, Err: reason}}
}

// failed opens the breaker of a pod, and says so.
func (c *Client) failed(pod protocol.Address, kind Failure, reason error) {
	h := c.pods.health.failed(pod, kind, reason)
	c.cfg.Log.Warn("pod failed: others are asked before it", "pod", pod, "kind", kind, "reason", reason, "failures", h.Failures, "until", h.Until)
}

// unserved closes the reservation of a request that was not served, and lets it go to another pod.
func (a *attempt) unserved(reason error) error {
	if a.held != nil {
		if err := a.c.release(a.held); err != nil {
			return err
		}
	}
	return unserved{reason}
}

// refresh reads the registry again and goes on with what it says of the pod now, if that is something new.
func (a *attempt) refresh(ctx context.Context, failure error) error {
	pod, err := a.c.pods.find(ctx, a.pod.record.ID, 0)
	if err != nil {
		return unserved{err}
	}
	offer, ok := pod.offerFor(&a.c.cfg.Choice, a.in, a.c.now())
	if !ok {
		return unserved{errors.New("it no longer offers the model")}
	}
	if fingerprint(pod.record) == fingerprint(a.pod.record) {
		a.c.failed(a.pod.record.ID, FailureKey, failure)
		return unserved{fmt.Errorf("%w; the registry says nothing new of it", failure)}
	}
	traceOf(ctx).podSelected(pod.record, offer)
	traceOf(ctx).verified(pod.claims)
	a.pod, a.offer, a.maxCost = pod, offer, protocol.Amount{}
	return nil
}

// correctProblem goes by what a pod, inside the envelope, says is wrong.
func (a *attempt) correctProblem(ctx context.Context, refused *PodError) error {
	p := refused.Problem
	s := a.held.session
	switch p.Type {
	case protocol.ProblemNeedCeiling, protocol.ProblemNeedAck:
		return a.correctBook(ctx, refused)

	case protocol.ProblemNoSession:
		if err := a.c.observe(ctx, s); err != nil {
			return err
		}
		a.c.mu.Lock()
		executed := s.order == nil
		a.c.mu.Unlock()
		if a.corrections > 2 {
			return a.unserved(refused)
		}
		if !executed {
			a.resign = true
			return nil
		}
		// The pod has looked at the chain before it said so: the session is too near its end, or closing.
		if err := a.c.release(a.held); err != nil {
			return err
		}
		return a.c.end(s, "the pod says: "+refused.Problem.Error())

	case protocol.ProblemClosed:
		if err := a.c.release(a.held); err != nil {
			return err
		}
		return a.c.end(s, "the pod says: "+refused.Problem.Error())

	case protocol.ProblemStaleOffer:
		return a.refresh(ctx, refused)

	case protocol.ProblemMaxCost:
		usage := a.prepared.MaxUsage
		if usage.Out > 0 { // embeddings have none
			usage.Out = a.offer.MaxOut
		}
		most, err := a.offer.CostUp(usage)
		if p.NeedMaxCost == nil || err != nil || p.NeedMaxCost.Cmp(a.maxCost) <= 0 || p.NeedMaxCost.Cmp(most) > 0 {
			return a.unserved(refused)
		}
		a.maxCost = *p.NeedMaxCost
		return nil

	case protocol.ProblemAnswered:
		// The answer to an earlier sending is lost; its bill is not.
		a.c.leave(a.held)
		if p.Receipt != nil {
			if err := a.c.bookLate(s, a.held.open, *p.Receipt, a.pod.record.Identity); err != nil {
				return err
			}
		}
		return &AnswerError{Pod: a.pod.record.ID, Err: errors.New("it was answered and billed before, and the answer was lost on the way")}

	case protocol.ProblemInProgress:
		return &AnswerError{Pod: a.pod.record.ID, Err: errors.New("it is being answered to a connection that broke")}

	case protocol.ProblemNotReady, protocol.ProblemBusy:
		a.c.pods.health.tired(a.pod.record.ID, waitFor(refused))
		return a.unserved(refused)

	case protocol.ProblemRateLimit, protocol.ProblemStaleDate:
		a.c.pods.health.tired(a.pod.record.ID, waitFor(refused))
		refused.tellClocks(a.c.cfg.Now())
		if a.resent { // said before the pod looked for an earlier sending: that one may be billed
			return unserved{refused}
		}
		return a.unserved(refused)

	case protocol.ProblemEngine, protocol.ProblemInternal:
		a.c.failed(a.pod.record.ID, FailureRefused, refused)
		return a.unserved(refused)

	case protocol.ProblemUnknownModel, protocol.ProblemNoRoute, protocol.ProblemBadPayment:
		return a.unserved(refused)

	case protocol.ProblemBadRequest, protocol.ProblemEngineRefused:
		if err := a.c.release(a.held); err != nil {
			return err
		}
		return refused
	}
	// What is not known to be free stays open until its receipt, or the lack of one, is known.
	return refused
}

// correctBook makes up for receipts that the pod has and we have not. No more is signed than our own requests explain.
func (a *attempt) correctBook(ctx context.Context, refused *PodError) error {
	c, s, p := a.c, a.held.session, refused.Problem
	if c.ahead(s, p) {
		if err := c.rebase(ctx, s, p, a.pod.record.Identity); err != nil {
			return a.unserved(err)
		}
		return nil
	}
	c.mu.Lock()
	acked, need := s.book.charged, s.need(a.id, a.maxCost)
	c.mu.Unlock()
	if p.Receipt != nil {
		if o := c.openByHash(s, p.Receipt.RequestHash); o != nil {
			if err := c.bookLate(s, o, *p.Receipt, a.pod.record.Identity); err != nil {
				return err
			}
		}
	}
	if _, err := c.reconcile(ctx, a.pod, s, true); err != nil {
		return a.unserved(fmt.Errorf("%w; and its receipts cannot be fetched: %v", refused, err))
	}
	if err := c.observe(ctx, s); err != nil {
		return err
	}
	c.mu.Lock()
	ackedNow, needNow := s.book.charged, s.need(a.id, a.maxCost)
	outstanding := s.order != nil
	owed, _ := s.owed(a.id)
	explained := s.book.total().AddCapped(owed)
	unsure := s.unsure
	for id, o := range s.open {
		unsure = unsure && (id == a.id || !o.live) // the bill of one that is on its way would look like one that we know nothing of
	}
	c.mu.Unlock()
	switch {
	case p.Charged != nil && p.Charged.Cmp(explained) > 0 && unsure:
		// An earlier process of ours may have sent what is not on disk: our own voucher has to cover it.
		if err := c.rebase(ctx, s, p, a.pod.record.Identity); err != nil {
			return a.unserved(err)
		}
		return nil
	case p.Charged != nil && p.Charged.Cmp(explained) > 0:
		err := &ReceiptError{Pod: a.pod.record.ID, Field: "charged", Want: "at most " + explained.String() + ", which the requests made can explain", Got: p.Charged.String()}
		c.suspect(s, err)
		return a.unserved(err)
	case a.corrections > 2:
		return a.unserved(refused)
	case p.Type == protocol.ProblemNeedAck && ackedNow.Cmp(acked) <= 0:
		return a.unserved(refused)
	case p.Type == protocol.ProblemNeedCeiling && p.NeedCeiling != nil && p.NeedCeiling.Cmp(protocol.MaxAmountOf(need, needNow)) > 0:
		return a.unserved(refused)
	}
	// A lock smaller than what was ordered is added to by reserve; an order not executed is signed anew.
	a.resign = outstanding
	return nil
}
