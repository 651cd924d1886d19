package enclave

import (
	"net"
	"sync"
	"time"
)

// readLimit is how long a request may take to arrive: a mebibyte at 140 kbit/s.
const readLimit = time.Minute

// maxConnections bounds how many connections the public listener serves at once: each takes some 16 KiB of the enclave
// before it has asked for anything. More wait in the host's queue.
const maxConnections = 2048

// bounded is a listener that accepts a connection once one of at most n before it is closed.
func bounded(l net.Listener, n int) net.Listener {
	return &boundedListener{Listener: l, free: make(chan struct{}, n), closed: make(chan struct{})}
}

type boundedListener struct {
	net.Listener
	free   chan struct{} // holds a token for each connection
	once   sync.Once
	closed chan struct{}
}

func (l *boundedListener) Accept() (net.Conn, error) {
	select {
	case l.free <- struct{}{}:
	case <-l.closed:
		return nil, net.ErrClosed
	}
	conn, err := l.Listener.Accept()
	if err != nil {
		<-l.free
		return nil, err
	}
	return &boundedConn{Conn: conn, release: sync.OnceFunc(func() { <-l.free })}, nil
}

func (l *boundedListener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return l.Listener.Close()
}

type boundedConn struct {
	net.Conn
	release func()
}

func (c *boundedConn) Close() error {
	err := c.Conn.Close()
	c.release()
	return err
}
