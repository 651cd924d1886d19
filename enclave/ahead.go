package enclave

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"
)

// ahead dials a socket before somebody needs the connection: half a millisecond of each answer's first token otherwise.
// A connection is used once. What the other side sends on one that waits ends it, and goes nowhere.
type ahead struct {
	dial func(context.Context) (net.Conn, error)

	mu     sync.Mutex
	ready  *waiting
	closed bool
}

// waiting is a connection that nobody uses yet.
type waiting struct {
	net.Conn
	over chan struct{} // closed once nobody reads from it any more
	good bool          // then: it is as it was dialled
}

// take gives the connection that waits, or dials one.
func (a *ahead) take(ctx context.Context) (net.Conn, error) {
	a.mu.Lock()
	w := a.ready
	a.ready = nil
	a.mu.Unlock()
	if w != nil && w.wake() {
		return &once{Conn: w.Conn, next: a.fill}, nil
	}
	conn, err := a.dial(ctx)
	if err != nil {
		return nil, err
	}
	return &once{Conn: conn, next: a.fill}, nil
}

// fill has a connection wait, if none does.
func (a *ahead) fill() {
	a.mu.Lock()
	wanted := a.ready == nil && !a.closed
	a.mu.Unlock()
	if !wanted {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), probeLimit)
	defer cancel()
	conn, err := a.dial(ctx)
	if err != nil {
		return // whoever needs one will learn why
	}
	w := &waiting{Conn: conn, over: make(chan struct{})}
	go w.watch()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.ready != nil || a.closed {
		_ = conn.Close()
		return
	}
	a.ready = w
}

// close ends the connection that waits. None waits any more.
func (a *ahead) close() {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.closed = true
	if a.ready != nil {
		_ = a.ready.Close()
		a.ready = nil
	}
}

// watch reads until the connection is needed. Whatever it reads before, if only its end, spoils it.
func (w *waiting) watch() {
	var one [1]byte
	n, err := w.Read(one[:])
	w.good = n == 0 && errors.Is(err, os.ErrDeadlineExceeded)
	if !w.good {
		_ = w.Close()
	}
	close(w.over)
}

// wake ends the watch, and says whether the connection is of use.
func (w *waiting) wake() bool {
	if w.SetReadDeadline(time.Unix(1, 0)) != nil {
		return false
	}
	<-w.over
	return w.good && w.SetReadDeadline(time.Time{}) == nil
}

// once is a connection after which the next one is made ready.
type once struct {
	net.Conn
	next func()
	done sync.Once
}

func (o *once) Close() error {
	err := o.Conn.Close()
	o.done.Do(func() { go o.next() })
	return err
}
