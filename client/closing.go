package client

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/phallama/phallama/protocol"
)

// closeWait bounds one try to have a session closed: a transaction has to be included.
const closeWait = 2 * time.Minute

// Closer asks the escrow to close a session, so that its rest comes back an hour later.
type Closer interface {
	// RequestClose returns once the request is on chain. Asking again for a session that is closing is no error.
	RequestClose(ctx context.Context, key protocol.SessionKey) error
}

// closeSuspects has suspect sessions closed that are not closing yet. What fails is tried again at the next upkeep.
func (c *Client) closeSuspects(ctx context.Context) error {
	c.mu.Lock()
	var suspects []*session
	for _, s := range c.state.sessions {
		if s.suspect != "" && !s.closing && s.key.Owner == c.owner && s.expiry > c.now() {
			suspects = append(suspects, s)
		}
	}
	c.mu.Unlock()
	var errs []error
	for _, s := range suspects {
		if err := c.closeSuspect(ctx, s); err != nil {
			errs = append(errs, fmt.Errorf("closing suspect session %s: %w", s.key.ID().Short(), err))
		}
	}
	return errors.Join(errs...)
}

func (c *Client) closeSuspect(ctx context.Context, s *session) error {
	fact, err := c.cfg.Registry.Session(ctx, s.key)
	if err != nil {
		return chainError(ctx, "the session with pod "+s.key.Pod.Short(), err)
	}
	c.mu.Lock()
	waiting := fact.Cap.IsZero() && s.order != nil && s.order.Deadline >= c.now()
	c.mu.Unlock()
	closing := fact.Closing || fact.Cap.IsZero() || fact.Expiry < c.now()
	failure := ""
	switch {
	case waiting:
		return nil // its order may still be executed
	case closing:
	case c.cfg.Closer == nil:
		failure = "nobody here can: phallama wallet close"
	default:
		ctx, cancel := context.WithTimeout(ctx, closeWait)
		err = c.cfg.Closer.RequestClose(ctx, s.key)
		cancel()
		if err != nil {
			failure = err.Error()
		} else {
			closing = true
			c.cfg.Log.Warn("a suspect session is being closed; its rest is free in an hour", "pod", s.key.Pod, "session", s.key.ID())
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	if s.closing == closing && s.notClosed == failure {
		return err
	}
	s.closing, s.notClosed = closing, failure
	return errors.Join(err, c.state.save(s))
}
