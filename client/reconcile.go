package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	// lostAfter is when a request that its pod never billed is held to be lost: longer than any answer takes.
	lostAfter = time.Hour
	// askAgain is the shortest time between two questions about one receipt; it grows with the request's age.
	askAgain = 10 * time.Second
	// maxAsked bounds the receipts asked for ahead of one request.
	maxAsked = 32
)

// Reconciled is what came of asking for the bills of answers that broke off, and for the proofs of settled ones.
type Reconciled struct {
	Receipts int // found, verified and stored
	Lost     int // never billed, and too old to be
	Open     int // still not known
	Proven   int // receipts proven under the root of a settled batch, and stored with the proof
}

// Reconcile asks each pod for the bills of requests whose answers did not arrive whole, in this process or an earlier
// one, for the proofs of receipts that were settled since, and for the close of suspect sessions. Its error joins what kept it from asking. The client does
// the same by itself every Config.Upkeep.
func (c *Client) Reconcile(ctx context.Context) (Reconciled, error) {
	return c.reconcileAll(ctx, true)
}

// reconcileAll asks for all bills, or for those that it is time to ask for.
func (c *Client) reconcileAll(ctx context.Context, all bool) (Reconciled, error) {
	done, err := c.reconcileOpen(ctx, all)
	proven, err2 := c.proveSettled(ctx, all)
	done.Proven = proven
	return done, errors.Join(err, err2, c.closeSuspects(ctx))
}

func (c *Client) reconcileOpen(ctx context.Context, every bool) (Reconciled, error) {
	c.mu.Lock()
	var sessions []*session
	for _, s := range c.state.sessions {
		if s.suspect == "" && len(s.due(c.cfg.Now(), every)) > 0 {
			sessions = append(sessions, s)
		}
	}
	c.mu.Unlock()
	var (
		all  Reconciled
		errs []error
	)
	for _, s := range sessions {
		pod, err := c.pods.find(ctx, s.key.Pod, recordsFresh)
		if err == nil {
			var done Reconciled
			done, err = c.reconcile(ctx, pod, s, every)
			all.Receipts += done.Receipts
			all.Lost += done.Lost
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("asking pod %s for receipts: %w", s.key.Pod.Short(), err))
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.state.sessions {
		all.Open += s.unknown()
	}
	return all, errors.Join(errs...)
}

// reconcileBefore brings the book of the session with a pod up to date ahead of a request, so that what aborted answers
// cost is acknowledged. It waits a little and no longer: what it does not learn stays covered by the ceiling.
func (c *Client) reconcileBefore(ctx context.Context, pod *verifiedPod) {
	c.mu.Lock()
	s := c.state.current(c.owner, pod.record.ID, c.now())
	due := s != nil && len(s.due(c.cfg.Now(), false)) > 0
	c.mu.Unlock()
	if !due {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, reconcileWait)
	defer cancel()
	if _, err := c.reconcile(ctx, pod, s, false); err != nil {
		c.cfg.Log.Info("receipts of answers that broke off are not there yet", "pod", pod.record.ID, "err", err)
	}
}

// due are the open requests whose receipts are to be asked for: all, or those that nobody waits for and that it is time
// to ask again for.
func (s *session) due(now time.Time, all bool) []*openRequest {
	var list []*openRequest
	for _, o := range s.open {
		if o.receipt == nil && (all || !o.live && !now.Before(o.askAfter)) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *openRequest) int { return a.Sent.Compare(b.Sent) })
	return list[:min(len(list), maxAsked)]
}

// unknown is the number of requests whose bill is not known.
func (s *session) unknown() int {
	_, n := s.owed(protocol.RequestID{})
	return n
}

// reconcile asks a pod for the receipts that are due in a session.
func (c *Client) reconcile(ctx context.Context, pod *verifiedPod, s *session, all bool) (done Reconciled, err error) {
	c.mu.Lock()
	due := s.due(c.cfg.Now(), all)
	c.mu.Unlock()
	for _, o := range due {
		bill, err := c.fetchBill(WithTrace(ctx, nil), pod, o.ID)
		switch {
		case errors.Is(err, ErrNoBill):
			lost, err := c.noReceipt(s, o, pod.record.Identity)
			if err != nil {
				return done, err
			}
			if lost {
				done.Lost++
			}
		case err != nil:
			c.putOff(due)
			return done, err
		default:
			if err := c.bookLate(s, o, bill.Receipt, pod.record.Identity); err != nil {
				return done, err
			}
			done.Receipts++
		}
	}
	return done, nil
}

// putOff has receipts asked for later that could not be asked for.
func (c *Client) putOff(due []*openRequest) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range due {
		if !o.live {
			o.askAfter = c.cfg.Now().Add(askAgain)
		}
	}
}

// noReceipt notes that a request is not billed so far. An answer may still be under way inside the pod, or the request
// be held up on the way to it: only an old one is held to be lost, and one that was sealed for an identity before the
// pod's present one, whose key and whose running answers ended with it.
func (c *Client) noReceipt(s *session, o *openRequest, present protocol.Address) (lost bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.cfg.Now()
	age := now.Sub(o.Sent)
	if o.live || age < lostAfter && o.Identity == present || s.open[o.ID] != o {
		o.askAfter = now.Add(max(askAgain, age/2))
		return false, nil
	}
	delete(s.open, o.ID)
	return true, c.state.save(s)
}

// fetchBill asks for a bill by the secret id of its request, which nobody else knows.
func (c *Client) fetchBill(ctx context.Context, pod *verifiedPod, id protocol.RequestID) (protocol.Bill, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	res, _, err := c.ask(ctx, pod, http.MethodGet, protocol.PathReceipts+id.String(), http.Header{}, nil)
	if err != nil {
		return protocol.Bill{}, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxProblem+1))
	switch {
	case err != nil:
		return protocol.Bill{}, err
	case len(raw) > maxProblem:
		return protocol.Bill{}, &PodError{pod.record.ID, unexplained(res.StatusCode)}
	}
	return parseBillAnswer(pod.record.ID, res.StatusCode, res.Header.Get("Content-Type"), raw)
}

func parseBillAnswer(pod protocol.Address, status int, contentType string, raw []byte) (protocol.Bill, error) {
	if status == http.StatusOK {
		return protocol.ParseBill(raw)
	}
	p, ok := readProblem(status, contentType, raw)
	if !ok {
		p = unexplained(status)
	}
	if p.Type == protocol.ProblemNoReceipt {
		return protocol.Bill{}, ErrNoBill
	}
	return protocol.Bill{}, &PodError{pod, p}
}
