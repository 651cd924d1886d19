package evm

import (
	"net"
	"sync"
)

// A gate lets answers out only between sealings: while a block is sealed and
// written to disk, answers that may already tell of it wait, and after a
// failure they never leave. An answer is computed before it is written, so a
// block it tells of was sealed under a hold that either is over, and the block
// durable, or that pass waits for.
type gate struct {
	mu  sync.RWMutex
	err error
}

// pass waits for a hold under way and reports the failure of any so far.
func (g *gate) pass() error {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.err
}

// hold runs f with the gate shut. An error of f keeps it shut for good.
func (g *gate) hold(f func() error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.err == nil {
		g.err = f()
	}
	return g.err
}

// A gatedConn passes a gate before each write. It does not close itself on a
// failure, the chain does that: go-ethereum's client, whose connection ends
// while it still sends, would wait for an answer forever.
type gatedConn struct {
	net.Conn
	gate *gate
}

func (c *gatedConn) Write(p []byte) (int, error) {
	if err := c.gate.pass(); err != nil {
		return 0, err
	}
	return c.Conn.Write(p)
}

type gatedListener struct {
	net.Listener
	gate *gate
}

func (l *gatedListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &gatedConn{conn, l.gate}, nil
}
