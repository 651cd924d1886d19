package enclave

import (
	"bufio"
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// eventually waits for what goes on beside the test.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !is(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("never: " + what)
		}
	}
}

func (a *ahead) waits() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.ready != nil
}

// After a request the connection for the next one is there, and each is used once.
func TestDialledAhead(t *testing.T) {
	path := socketPath(t, "engine")
	e := serveEngine(t, path)
	transport := newEngineTransport(path)
	var dialled atomic.Int32
	dial := transport.ahead.dial
	transport.ahead.dial = func(ctx context.Context) (net.Conn, error) {
		dialled.Add(1)
		return dial(ctx)
	}
	for n := range int32(5) {
		if _, err := probe(t.Context(), transport); err != nil {
			t.Fatal(err)
		}
		eventually(t, "a connection waits", transport.ahead.waits)
		if got := dialled.Load(); got != n+2 {
			t.Fatalf("%d connections after %d requests, want one more", got, n+1)
		}
	}
	if got := len(e.calls()); got != 5 {
		t.Errorf("%d calls", got)
	}
	transport.ahead.close()
	if _, err := probe(t.Context(), transport); err != nil || transport.ahead.waits() {
		t.Error("after the end", err)
	}
}

// A connection that the engine ended, or on which it spoke before it was asked, is not used, and nothing it said is shown.
func TestSpoiledConnection(t *testing.T) {
	for name, spoil := range map[string]func(net.Conn){
		"ended": func(c net.Conn) { _ = c.Close() },
		"spoke": func(c net.Conn) { _, _ = io.WriteString(c, "canary-answer") },
	} {
		t.Run(name, func(t *testing.T) {
			path := socketPath(t, "engine")
			listener := listenUnix(t, path)
			spoiled := make(chan bool, 1)
			go func() {
				for n := 0; ; n++ {
					conn, err := listener.Accept()
					if err != nil {
						return
					}
					if n == 1 { // the one that waits after the first request
						spoil(conn)
						spoiled <- true
						continue
					}
					go func() {
						defer conn.Close()
						if _, err := http.ReadRequest(bufio.NewReader(conn)); err == nil {
							_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
						}
					}()
				}
			}()
			var logged strings.Builder
			log.SetOutput(&logged)
			defer log.SetOutput(os.Stderr)
			transport := newEngineTransport(path)
			defer transport.ahead.close()
			if _, err := probe(t.Context(), transport); err != nil {
				t.Fatal(err)
			}
			<-spoiled
			eventually(t, "a connection waits", transport.ahead.waits)
			<-transport.ahead.ready.over
			if _, err := probe(t.Context(), transport); err != nil {
				t.Error(err)
			}
			if logged.Len() > 0 {
				t.Error(logged.String())
			}
		})
	}
}
