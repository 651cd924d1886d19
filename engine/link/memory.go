package link

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// Memory is a listener that only this process can reach, through [Memory.Dial]. No system call carries what passes, so
// no host sees it.
//
// A connection is a net.Pipe: a write waits for its reader. HTTP writes and reads in goroutines of their own on either
// side, so nothing waits for itself, and a token passes faster than through a socket (BenchmarkStream).
type Memory struct {
	waiting chan net.Conn
	closed  chan struct{}
	once    sync.Once
}

// NewMemory returns an open listener.
func NewMemory() *Memory {
	return &Memory{waiting: make(chan net.Conn), closed: make(chan struct{})}
}

// Accept waits for a connection.
func (m *Memory) Accept() (net.Conn, error) {
	select {
	case c := <-m.waiting:
		return c, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

// Dial waits until the connection is accepted.
func (m *Memory) Dial(ctx context.Context) (net.Conn, error) {
	ours, theirs := net.Pipe()
	var err error
	select {
	case m.waiting <- theirs:
		return ours, nil
	case <-m.closed:
		err = net.ErrClosed
	case <-ctx.Done():
		err = ctx.Err()
	}
	_ = ours.Close()
	_ = theirs.Close()
	return nil, fmt.Errorf("dial in memory: %w", err)
}

// Close refuses further connections; those that there are go on.
func (m *Memory) Close() error {
	m.once.Do(func() { close(m.closed) })
	return nil
}

// Addr names the listener and leads nowhere.
func (m *Memory) Addr() net.Addr { return memoryAddr{} }

// Transport carries every request to the listener, whatever its host. Each has a connection of its own: on an idle one,
// net/http logs what comes without being asked for, and that can be an answer.
func (m *Memory) Transport() *http.Transport {
	return &http.Transport{
		DialContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return m.Dial(ctx) },
		DisableCompression: true,
		DisableKeepAlives:  true,
	}
}

type memoryAddr struct{}

func (memoryAddr) Network() string { return "memory" }
func (memoryAddr) String() string  { return "memory" }

// Runners are the runners of this process, each at a listener of its own.
type Runners struct {
	mu       sync.Mutex
	listener map[int]*Memory
}

// Listen opens runner number's listener, or returns the open one: a server that starts a runner opens it first, so that
// what it dials waits for the runner instead of failing.
func (r *Runners) Listen(number int) (net.Listener, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.listener == nil {
		r.listener = map[int]*Memory{}
	}
	if r.listener[number] == nil {
		r.listener[number] = NewMemory()
	}
	return r.listener[number], nil
}

// Transport returns an HTTP transport that reaches these runners and refuses every other address, so that nothing in
// the process that takes http.DefaultTransport can dial out.
func (r *Runners) Transport() *http.Transport {
	return transport(func(ctx context.Context, number int) (net.Conn, error) {
		r.mu.Lock()
		m := r.listener[number]
		r.mu.Unlock()
		if m == nil {
			return nil, fmt.Errorf("no runner has number %d", number)
		}
		return m.Dial(ctx)
	})
}
