package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	// closeNowWait bounds CloseNow, with its wait for requests that are being answered.
	closeNowWait = 30 * time.Second
	closePoll    = 50 * time.Millisecond
	// closeOrderLife is how long a pod may take the order; closeSlack is what a transaction needs of the pod's answer.
	closeOrderLife = 10 * time.Minute
	closeSlack     = time.Minute
)

// CloseNow asks a session's pod to close it at once, and returns what the escrow's closeNow takes; with that on chain the
// rest of the lock is free. It waits a little for requests of the session that are being answered; new ones are paid from
// another session.
//
// The pod's answer counts if its identity signed it, our own voucher covers what it charges at last, and receipts and open
// requests explain that. Then it is on disk that the session has ended, before this returns. Asking again is no error.
// Where this fails, the escrow's requestClose takes an hour and needs no pod.
func (c *Client) CloseNow(ctx context.Context, id protocol.Hash) (protocol.CloseRow, error) {
	ctx, cancel := context.WithTimeout(WithTrace(ctx, nil), closeNowWait)
	defer cancel()
	c.mu.Lock()
	s := c.state.sessions[id]
	if s == nil || s.key.Owner != c.owner {
		c.mu.Unlock()
		return protocol.CloseRow{}, fmt.Errorf("close session %s: this directory does not know it", id.Short())
	}
	s.leaving = true
	c.mu.Unlock()
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		s.leaving = false
	}()
	row, err := c.closeNow(ctx, s)
	if err != nil {
		return protocol.CloseRow{}, fmt.Errorf("close session %s at once: %w", id.Short(), err)
	}
	return row, nil
}

func (c *Client) closeNow(ctx context.Context, s *session) (protocol.CloseRow, error) {
	none := protocol.CloseRow{}
	pod, err := c.pods.find(ctx, s.key.Pod, recordsFresh)
	if err != nil {
		return none, err
	}
	if err := c.awaitAnswers(ctx, s); err != nil {
		return none, err
	}
	fact, err := c.cfg.Registry.Session(ctx, s.key)
	if err != nil {
		return none, chainError(ctx, "the session with pod "+s.key.Pod.Short(), err)
	}
	head, err := c.cfg.Registry.Head(ctx)
	if err != nil {
		return none, chainError(ctx, "the latest block", err)
	}
	now := max(c.now(), head.Time) // the escrow goes by the chain's clock
	switch {
	case fact.Cap.IsZero():
		return none, errors.New("it is not open on chain")
	case fact.Expiry < now:
		return none, errors.New("it has expired: release it")
	}
	closed, pod, err := c.askClose(ctx, pod, s)
	if err != nil {
		return none, err
	}
	// The pod answers nothing more in this session: what it has not billed by now it never will.
	if _, err := c.reconcile(ctx, pod, s, true); err != nil {
		if broken := (*ReceiptError)(nil); errors.As(err, &broken) || ctx.Err() != nil {
			return none, err
		}
		c.cfg.Log.Info("receipts of a session that is being closed are not there", "pod", s.key.Pod, "session", s.key.ID(), "err", err)
	}
	row, err := c.bookClose(s, closed, pod.record.Identity, fact, now)
	if broken := (*ReceiptError)(nil); errors.As(err, &broken) {
		c.suspect(s, err)
	}
	return row, err
}

// awaitAnswers returns once no answer in the session is awaited here.
func (c *Client) awaitAnswers(ctx context.Context, s *session) error {
	for {
		live := 0
		c.mu.Lock()
		for _, o := range s.open {
			if o.live {
				live++
			}
		}
		c.mu.Unlock()
		if live == 0 {
			return nil
		}
		select {
		case <-time.After(closePoll):
		case <-ctx.Done():
			return fmt.Errorf("%d of its requests are being answered: %w", live, ctx.Err())
		}
	}
}

// askClose has the pod close the session in its ledger. It is asked again while it answers requests of the session, and
// once where its key is not the one that we know; the pod that answered is returned.
func (c *Client) askClose(ctx context.Context, pod *verifiedPod, s *session) (protocol.SignedClose, *verifiedPod, error) {
	var busy error
	for refreshed := false; ; {
		closed, err := c.sendClose(ctx, pod, s)
		var outside *envelope.RefusedError
		var refused *PodError
		switch {
		case ctx.Err() != nil && busy != nil:
			return protocol.SignedClose{}, nil, busy
		case errors.As(err, &outside) && outside.KeyMismatch && !refreshed:
			refreshed = true
			if pod, err = c.pods.find(ctx, s.key.Pod, 0); err != nil {
				return protocol.SignedClose{}, nil, err
			}
		case errors.As(err, &refused) && (refused.Problem.Type == protocol.ProblemOpenRequests || refused.Problem.Type == protocol.ProblemRateLimit):
			busy = err
			wait := min(max(time.Duration(refused.Problem.RetryAfter)*time.Second, closePoll), maxRetryAfter)
			select {
			case <-time.After(wait):
			case <-ctx.Done():
			}
		default:
			return closed, pod, err
		}
	}
}

// sendClose is one sealed order and its answer, of which nothing is checked yet.
func (c *Client) sendClose(ctx context.Context, pod *verifiedPod, s *session) (protocol.SignedClose, error) {
	order := protocol.SignedRequestClose{Session: s.key, Deadline: c.now() + uint64(closeOrderLife.Seconds())}
	order.Signature = s.signer.Sign(c.cfg.Domain.Digest(order.TypedData()))
	body, err := json.Marshal(order)
	if err != nil {
		return protocol.SignedClose{}, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	res, _, err := c.ask(ctx, pod, http.MethodPost, protocol.PathClose, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return protocol.SignedClose{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxProblem+1))
	switch {
	case err != nil:
		return protocol.SignedClose{}, &brokenError{err}
	case len(raw) > maxProblem:
		return protocol.SignedClose{}, &PodError{pod.record.ID, unexplained(res.StatusCode)}
	}
	return parseCloseAnswer(pod.record.ID, res.StatusCode, res.Header.Get("Content-Type"), raw)
}

func parseCloseAnswer(pod protocol.Address, status int, contentType string, raw []byte) (protocol.SignedClose, error) {
	if status != http.StatusOK {
		p, ok := readProblem(status, contentType, raw)
		if !ok {
			p = unexplained(status)
		}
		return protocol.SignedClose{}, &PodError{pod, p}
	}
	var closed protocol.SignedClose
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if err := decoder.Decode(&closed); err != nil {
		return protocol.SignedClose{}, fmt.Errorf("pod %s: want the JSON of a signed close: %w", pod.Short(), err)
	}
	return closed, nil
}

// checkClose holds a pod's signed close against what we signed and what we know. most is what receipts and open requests
// explain. A session whose past we lost, in whole or in part, is believed to cost what our own voucher covers: the pod
// could have had that settled in any case.
func checkClose(d protocol.Domain, s *session, closed protocol.SignedClose, identity protocol.Address, fact protocol.SessionFact, most protocol.Amount) error {
	final, v := closed.FinalCharged, closed.Voucher
	signer, err := closed.Signature.Recover(d.Digest(closed.CloseSession))
	switch {
	case closed.SessionID != s.key.ID():
		return wrong("close: sessionId", s.key.ID(), closed.SessionID)
	case err != nil || signer != identity || identity.IsZero():
		return wrong("close: signature", fmt.Sprintf("one by the pod's identity %s", identity), "another")
	case v == nil && !final.IsZero():
		return wrong("close: finalCharged", "0 where no voucher covers more", final)
	}
	if v != nil {
		if v.SessionID != s.key.ID() || v.Signature.Verify(d.Digest(v.Voucher), s.key.Signer) != nil {
			return wrong("close: voucher", "one of this session's signer", "another")
		}
		if final.Cmp(v.Ceiling) > 0 {
			return wrong("close: finalCharged", "at most the voucher's ceiling of "+v.Ceiling.String(), final)
		}
		if s.lost || v.Ceiling.Cmp(s.ceiling) > 0 {
			most = v.Ceiling
		}
	}
	switch {
	case final.Cmp(most) > 0:
		return wrong("close: finalCharged", "at most "+most.String()+", which the requests made can explain", final)
	case final.Cmp(fact.Cap) > 0:
		return wrong("close: finalCharged", "at most the lock of "+fact.Cap.String(), final)
	}
	return nil
}

// bookClose checks a signed close, and returns it in the escrow's form once it is on disk that the session has ended.
func (c *Client) bookClose(s *session, closed protocol.SignedClose, identity protocol.Address, fact protocol.SessionFact, now uint64) (protocol.CloseRow, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return protocol.CloseRow{}, errClosed
	}
	owed, _ := s.owed(protocol.RequestID{})
	if err := checkClose(c.cfg.Domain, s, closed, identity, fact, s.book.total().AddCapped(owed)); err != nil {
		if f := (*fieldError)(nil); errors.As(err, &f) {
			err = &ReceiptError{Pod: s.key.Pod, Field: f.field, Want: f.want, Got: f.got}
		}
		return protocol.CloseRow{}, err
	}
	before := *s
	s.ended, s.left = "it was closed at our wish", true
	row := protocol.CloseRow{
		Row:      protocol.Row{Session: s.key, Charged: closed.FinalCharged},
		Deadline: closed.Deadline, Signature: closed.Signature,
	}
	if v := closed.Voucher; v != nil {
		s.ceiling = protocol.MaxAmountOf(s.ceiling, v.Ceiling)
		row.Row.Voucher, row.Row.Signature = v.Voucher, v.Signature
	}
	if err := c.state.save(s); err != nil {
		s.ended, s.left, s.ceiling = before.ended, before.left, before.ceiling
		return protocol.CloseRow{}, err
	}
	// The pod has closed it, and these two keep the escrow from doing so at once.
	switch {
	case closed.FinalCharged.Cmp(fact.Claimed) < 0:
		return protocol.CloseRow{}, fmt.Errorf("the pod charges %s base units and has been paid %s: ask the chain for the close", closed.FinalCharged, fact.Claimed)
	case closed.Deadline < now+uint64(closeSlack.Seconds()) || closed.Deadline >= 1<<40:
		return protocol.CloseRow{}, fmt.Errorf("the pod's word is good until %d, and it is %d (Unix): the clocks of pod and chain differ", closed.Deadline, now)
	}
	return row, nil
}
