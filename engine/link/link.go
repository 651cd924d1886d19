// Package link carries the hops inside a pod over something else than loopback
// TCP, which leaves an SGX enclave in clear, because the host kernel carries it.
//
// Ollama reaches the runner that holds a model at http://127.0.0.1:PORT through
// http.DefaultClient. PORT is only a number that tells runners apart here: where
// runners are processes of their own, the patched runner listens on the UNIX
// socket [RunnerSocket] of that number (Gramine encrypts those between processes
// of one enclave), and [Transport] dials that socket and nothing else. Where
// they run in the server's own process, [Runners] joins the two in memory, and
// a [Memory] listener stands between pod and server as well.
package link

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Env is the environment variable by which the engine tells its runner where
// the sockets are: the path of the API socket. The engine sets it itself; a
// value in the environment of the host is overwritten.
const Env = "PHALLAMA_ENGINE_SOCKET"

// What is appended to the API socket's path: for a runner, before its number,
// and for the life line.
const (
	runnerInfix = ".runner-"
	lifeSuffix  = ".life"
)

// maxPath is the longest path of a UNIX socket on Linux (sun_path less its
// final zero byte), see unix(7).
const maxPath = 107

// maxSuffix is room for what is appended to the API socket's path: the
// longest is runnerInfix and a five-digit number.
const maxSuffix = len(runnerInfix) + 5

// CheckPath reports whether sockets beside the given API socket have paths
// that the kernel accepts.
func CheckPath(socket string) error {
	if n := len(socket); n > maxPath-maxSuffix {
		return fmt.Errorf("socket path has %d bytes, at most %d fit: choose a shorter one", n, maxPath-maxSuffix)
	}
	return nil
}

// RunnerSocket is the path of the socket on which runner number port listens.
func RunnerSocket(socket string, port int) string {
	return socket + runnerInfix + strconv.Itoa(port)
}

// Transport returns an HTTP transport that reaches runners by their UNIX
// sockets and refuses every other address, so that nothing in the engine can
// dial out.
func Transport(socket string) *http.Transport {
	return transport(func(ctx context.Context, number int) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", RunnerSocket(socket, number))
	})
}

func transport(dial func(ctx context.Context, number int) (net.Conn, error)) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(addr)
			number, perr := strconv.Atoi(port)
			if err != nil || perr != nil || host != "127.0.0.1" {
				return nil, errors.New("the engine reaches its own runners only")
			}
			return dial(ctx, number)
		},
		MaxIdleConnsPerHost: 16,
		IdleConnTimeout:     time.Minute,
	}
}

// HoldLife opens the life line: a socket which every runner keeps a connection
// to. The kernel closes it when the engine dies of whatever cause, and the
// runners follow (see [FollowLife]). The other way, beat is called with a
// runner's number whenever that runner has said that it computes.
func HoldLife(socket string, beat func(runner int)) error {
	path := socket + lifeSuffix
	l, err := net.Listen("unix", path)
	if err != nil {
		return fmt.Errorf("life line: %w", err)
	}
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go hear(c, beat)
		}
	}()
	return nil
}

// hear reads a runner's number, four bytes, and then a byte for each beat.
func hear(c net.Conn, beat func(runner int)) {
	defer c.Close()
	var number [4]byte
	if _, err := io.ReadFull(c, number[:]); err != nil {
		return
	}
	beats := make([]byte, 64)
	for {
		n, err := c.Read(beats)
		if n > 0 {
			beat(int(binary.BigEndian.Uint32(number[:])))
		}
		if err != nil {
			return
		}
	}
}

// FollowLife connects runner number to the engine's life line and calls exit
// when the engine is gone. The function it returns tells the engine that the
// runner computes.
func FollowLife(socket string, number int, exit func()) (beat func(), err error) {
	c, err := net.Dial("unix", socket+lifeSuffix)
	if err != nil {
		return nil, fmt.Errorf("life line: %w", err)
	}
	if _, err := c.Write(binary.BigEndian.AppendUint32(nil, uint32(number))); err != nil {
		return nil, fmt.Errorf("life line: %w", err)
	}
	go func() {
		_, _ = io.Copy(io.Discard, c)
		exit()
	}()
	return func() { _, _ = c.Write([]byte{1}) }, nil // if the engine is gone, exit is on its way
}

// Clean deletes the life line and the runners' sockets of the given API
// socket, which a killed engine leaves behind.
func Clean(socket string) error {
	dir, base := filepath.Split(socket)
	entries, err := os.ReadDir(filepath.Join(dir, "."))
	if err != nil {
		return err
	}
	for _, e := range entries {
		after, ok := strings.CutPrefix(e.Name(), base)
		if !ok || e.Type()&os.ModeSocket == 0 {
			continue
		}
		if after == lifeSuffix || strings.HasPrefix(after, runnerInfix) {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}
