package client

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
)

const (
	readyAhead  = 2               // pods beside the one that is asked are made ready to be asked next
	readyAtOnce = 2               // of them are verified at the same time
	readyLimit  = time.Minute     // and so long at most
	renewAhead  = 5 * time.Minute // before its claims end a pod that was made ready is verified anew
	connectWait = 3 * time.Second // a connection to a pod may take while another one is ready
	verifyWait  = 5 * time.Second // and its verification
	headAgain   = time.Second     // a pod that is late is looked at again, if no other was ready
)

// makeReady has the pods that would be asked next verified in the background, so that failing over to them takes no longer
// than to seal the request once more. They learn nothing of it: what is sealed and signed for a pod is so when it is asked.
func (c *Client) makeReady(next []candidate) {
	ahead := 0
	for _, n := range next {
		if ahead == readyAhead {
			return
		}
		if n.resting() || !c.pods.askable(n.entry) {
			continue
		}
		ahead++
		c.verifyAhead(n.entry)
	}
}

// verifyAhead verifies a pod that is not ready, once however many wish for it, until Close and not for any request.
func (c *Client) verifyAhead(e *entry) {
	e.kept.Store(true)
	if c.pods.ready(e) || !e.preparing.CompareAndSwap(false, true) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.background.Go(func() {
		defer e.preparing.Store(false)
		select {
		case c.verifying <- struct{}{}:
			defer func() { <-c.verifying }()
		case <-c.life.Done():
			return
		}
		ctx, cancel := context.WithTimeout(c.life, readyLimit)
		defer cancel()
		_, _ = c.pods.verify(ctx, e) // a refusal is kept, and logged
	})
}

// askable says whether a pod may be worth asking, as far as is known: one that is being verified is.
func (d *directory) askable(e *entry) bool {
	d.mu.Lock()
	barred := d.barred[e.record.ID] != nil
	d.mu.Unlock()
	if barred {
		return false
	}
	if !e.mu.TryLock() {
		return true
	}
	defer e.mu.Unlock()
	now := d.cfg.Now()
	if e.pod != nil && now.Before(e.pod.claims.NotAfter) {
		return e.pod.current(now) == nil
	}
	return e.refused == nil || !now.Before(e.until)
}

// ready says whether a request could be sealed to the pod at once.
func (d *directory) ready(e *entry) bool {
	if !e.mu.TryLock() {
		return false
	}
	defer e.mu.Unlock()
	return e.pod != nil && e.pod.current(d.cfg.Now()) == nil
}

// readyAmong says whether one of these pods could be asked at once instead of the one that is.
func (d *directory) readyAmong(next []candidate) bool {
	for _, n := range next {
		if !n.resting() && d.askable(n.entry) && d.ready(n.entry) {
			return true
		}
	}
	return false
}

// renew verifies those pods anew that were made ready and whose claims end soon, so that no request has to wait for it.
// What cannot be found out changes nothing yet; a verdict counts at once.
func (d *directory) renew(ctx context.Context) {
	d.mu.Lock()
	entries := d.entries
	d.mu.Unlock()
	for _, e := range entries {
		if !e.kept.Load() || !e.mu.TryLock() {
			continue
		}
		old := e.pod
		e.mu.Unlock()
		now := d.cfg.Now()
		if old == nil || old.current(now) != nil || now.Add(renewAhead).Before(old.claims.NotAfter) {
			continue
		}
		ctx, cancel := context.WithTimeout(ctx, readyLimit)
		pod, err := d.examine(ctx, d.newest(e.record), renewAhead)
		cancel()
		e.mu.Lock()
		switch {
		case e.pod != old: // somebody else was quicker
		case err == nil:
			e.pod = pod
		case attest.OutcomeOf(err) == attest.NotChecked:
			d.cfg.Log.Info("a pod's evidence cannot be verified anew yet", "pod", e.record.ID, "until", old.claims.NotAfter, "err", err)
		default:
			e.refuse(err, d.cfg.Now().Add(refusalKept))
			d.cfg.Log.Warn("pod refused", "pod", e.record.ID, "reason", err)
		}
		e.mu.Unlock()
	}
}

// connecting watches the connection that a request goes over from when the transport looks for it until it has it, and gives
// it up after connectWait if another pod is ready. A transport that does not tell is waited for.
type connecting struct {
	spare  func() bool // another pod is ready
	cancel context.CancelCauseFunc

	mu    sync.Mutex
	state connectState
	timer *time.Timer
}

type connectState int

const (
	connUnknown connectState = iota // the transport does not tell
	connSought
	connThere // it had one: whatever became of that, bytes may have left
)

var errSlowConnection = fmt.Errorf("no connection within %s, and another pod is ready", connectWait)

// errNoHead says that a pod had its time to begin an answer.
var errNoHead = errors.New("no answer began in time, and another pod is ready")

// watchConnection returns the context under which the request is to be sent.
func watchConnection(ctx context.Context, spare func() bool) (context.Context, *connecting) {
	w := &connecting{spare: spare}
	ctx, w.cancel = context.WithCancelCause(ctx)
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { w.is(connSought) },
		GotConn: func(httptrace.GotConnInfo) { w.is(connThere) },
	}), w
}

func (w *connecting) is(state connectState) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state = max(w.state, state); w.timer != nil {
		w.timer.Stop()
	}
	if w.state == connSought {
		w.timer = time.AfterFunc(connectWait, w.giveUp)
	}
}

func (w *connecting) giveUp() {
	if !w.spare() {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == connSought {
		w.cancel(errSlowConnection)
	}
}

// awaitHead gives a request up if no answer has begun within wait and another pod is ready; stop once it has.
func (w *connecting) awaitHead(wait time.Duration) (stop func()) {
	if wait <= 0 {
		return func() {}
	}
	began := make(chan struct{})
	go func() {
		for timer := time.NewTimer(wait); ; timer.Reset(min(wait, headAgain)) {
			select {
			case <-began:
				timer.Stop()
				return
			case <-timer.C:
				if w.spare() {
					w.cancel(errNoHead)
					return
				}
			}
		}
	}()
	return sync.OnceFunc(func() { close(began) })
}

// verifyWithin verifies a pod, which may have to be asked for that, and gives it up after verifyWait if another one is ready.
func (c *Client) verifyWithin(ctx context.Context, e *entry, spare func() bool) (*verifiedPod, error) {
	verifying, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	defer (&connecting{spare: spare, cancel: cancel}).awaitHead(verifyWait)()
	pod, err := c.pods.verify(verifying, e)
	if err != nil && ctx.Err() == nil && errors.Is(context.Cause(verifying), errNoHead) {
		err = fmt.Errorf("it was not verified within %s, and another pod is ready", verifyWait)
		c.failed(e.record.ID, FailureTimeout, err)
	}
	return pod, err
}

// end ends the request, or what is left of its answer.
func (w *connecting) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.timer != nil {
		w.timer.Stop()
	}
	w.cancel(nil)
}

// explain adds to the error of a request under ctx how far it got, and why it was given up.
func (w *connecting) explain(ctx context.Context, err error) error {
	var transport *transportError
	if !errors.As(err, &transport) {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	transport.connection = w.state
	if cause := context.Cause(ctx); errors.Is(cause, errSlowConnection) || errors.Is(cause, errNoHead) {
		transport.error = cause
	}
	return err
}
