//go:build engine

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/engine/pulse"
	"github.com/phallama/phallama/engine/serve"
)

// statusWedged is the exit status after a model got stuck.
const statusWedged = 3

// Config is everything the engine can be told.
type Config struct {
	serve.Config
	Socket     string        // path of the API socket; its folder must exist
	WedgeAfter time.Duration // how long a model with requests may compute nothing
}

func (c *Config) check() error {
	if c.Socket == "" {
		return errors.New("--socket is missing: give the path of the UNIX socket to serve on")
	}
	if c.WedgeAfter < time.Second {
		return fmt.Errorf("--wedge-after is %s, expected at least 1s", c.WedgeAfter)
	}
	if err := c.Config.Check(); err != nil {
		return err
	}
	var err error
	if c.Socket, err = filepath.Abs(c.Socket); err != nil {
		return err
	}
	return link.CheckPath(c.Socket)
}

// run serves until standard input closes or a signal says so.
func run(cfg Config) error {
	if err := cfg.check(); err != nil {
		return err
	}
	stdout, stderr, err := serve.Silence()
	if err != nil {
		return err
	}
	report := func(err error) error {
		fmt.Fprintln(stderr, "engine:", err)
		return err
	}

	beats := pulse.New(cfg.WedgeAfter)
	ln, err := listen(cfg.Socket, beats.Beat)
	if err != nil {
		return report(err)
	}
	go exitWithParent(cfg.Socket)

	// A runner that hangs cannot be told anything, and one that Ollama starts
	// instead would wait for its requests to end: the engine ends, its runners
	// with it, and whoever started it does so again.
	go beats.Watch(context.Background(), func(s pulse.State) {
		_ = report(fmt.Errorf("a model with requests has computed nothing for %.0f seconds: the engine ends, start it again", s.Silent))
		end(cfg.Socket, statusWedged)
	})

	go func() {
		if err := serve.Answering(context.Background(), socketTransport(cfg.Socket)); err != nil {
			_ = report(err)
			end(cfg.Socket, 1)
		}
		fmt.Fprintln(stdout, "ready")
	}()
	// Ollama waits for signals as well, and may be the first to act on one.
	status := 0
	if err := serve.Run(cfg.Config, ln, serve.Children(cfg.Socket), beats); err != nil {
		_ = report(err)
		status = 1
	}
	end(cfg.Socket, status)
	return nil
}

// listen opens the API socket with mode 0600 and the life line beside it.
func listen(socket string, beat func(runner int)) (net.Listener, error) {
	if fi, err := os.Lstat(socket); err == nil {
		if fi.Mode()&os.ModeSocket == 0 {
			return nil, fmt.Errorf("%s exists and is not a socket: choose another --socket", socket)
		}
		if c, err := net.Dial("unix", socket); err == nil {
			_ = c.Close()
			return nil, fmt.Errorf("%s is in use by another engine: stop it or choose another --socket", socket)
		}
		if err := os.Remove(socket); err != nil {
			return nil, fmt.Errorf("remove stale socket: %w", err)
		}
	}
	if err := link.Clean(socket); err != nil {
		return nil, fmt.Errorf("remove stale sockets: %w", err)
	}
	syscall.Umask(0o177) // for runners too, which inherit it
	if err := link.HoldLife(socket, beat); err != nil {
		return nil, err
	}
	return net.Listen("unix", socket)
}

// exitWithParent ends the process when standard input closes, so that the
// engine never outlives the podd that started it, or at a signal. The runners
// follow by the life line.
func exitWithParent(socket string) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	closed := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		close(closed)
	}()
	select {
	case <-signals:
	case <-closed:
	}
	end(socket, 0)
}

// end ends the process and leaves nothing behind: no runner either, which
// might be stopped and deaf to the end of the life line.
func end(socket string, status int) {
	tasks, _ := filepath.Glob("/proc/self/task/*/children")
	for _, f := range tasks {
		list, _ := os.ReadFile(f)
		for _, child := range strings.Fields(string(list)) {
			if pid, err := strconv.Atoi(child); err == nil && pid > 1 {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}
	_ = os.Remove(socket)
	_ = link.Clean(socket)
	os.Exit(status)
}

// socketTransport reaches the API socket. The listener exists already, so a
// request waits in its queue until Ollama serves.
func socketTransport(socket string) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		},
		DisableKeepAlives: true,
	}
}

// runRunner is the child process that holds one model.
func runRunner(args []string) error {
	socket := os.Getenv(link.Env)
	if socket == "" {
		return errors.New("the runner is started by the engine, not by hand")
	}
	if _, _, err := serve.Silence(); err != nil {
		return err
	}
	return serve.Runner(socket, args)
}
