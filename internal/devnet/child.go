package devnet

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync/atomic"
	"time"
)

// stopGrace is how long a child may take to stop after its standard input has closed.
const stopGrace = 5 * time.Second

// child is a process that lives no longer than this one: it stops when its standard input closes, which the system
// does for us even when we are killed.
type child struct {
	name  string
	cmd   *exec.Cmd
	stdin io.Closer
	lines chan string // of its standard output
	done  chan struct{}
	err   error // after done
	log   string

	ending atomic.Bool // we end it
}

// startChild starts a program whose log goes to a file of its own.
func startChild(name, logDir, program string, args ...string) (*child, error) {
	logPath := filepath.Join(logDir, name+".log")
	log, err := os.OpenFile(logPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	cmd := exec.Command(program, args...)
	cmd.Stderr = log
	ownGroup(cmd)
	cmd.Env = []string{"HOME=" + logDir, "PATH=/usr/bin:/bin"} // nothing of ours is inherited
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	c := &child{name: name, cmd: cmd, stdin: stdin, lines: make(chan string, 16), done: make(chan struct{}), log: logPath}
	go func() {
		scanner := bufio.NewScanner(stdout)
		for scanner.Scan() {
			select {
			case c.lines <- scanner.Text():
			default: // nobody reads beyond the first lines
			}
		}
		_ = scanner.Err()
		c.err = cmd.Wait()
		close(c.done)
	}()
	return c, nil
}

// line waits for the child's next line of output.
func (c *child) line(ctx context.Context) (string, error) {
	select {
	case line := <-c.lines:
		return line, nil
	case <-c.done:
		return "", c.failure()
	case <-ctx.Done():
		return "", fmt.Errorf("%s did not get ready: %w (its log: %s)", c.name, ctx.Err(), c.log)
	}
}

// failure says how the child ended; it is called after done.
func (c *child) failure() error {
	reason := "it stopped"
	if c.err != nil {
		reason = c.err.Error()
	}
	return fmt.Errorf("%s ended: %s (its log: %s)\n%s", c.name, reason, c.log, lastLines(c.log))
}

// stop closes the child's standard input and waits; a child that does not stop is killed.
func (c *child) stop() error {
	c.ending.Store(true)
	_ = c.stdin.Close()
	select {
	case <-c.done:
		return nil
	case <-time.After(stopGrace):
	}
	err := c.cmd.Process.Kill()
	<-c.done
	return errors.Join(fmt.Errorf("%s did not stop within %s and was killed", c.name, stopGrace), err)
}

// kill ends the child without giving it time for anything, and waits.
func (c *child) kill() error {
	c.ending.Store(true)
	err := c.cmd.Process.Kill()
	<-c.done
	_ = c.stdin.Close()
	return err
}

// running reports whether the child has not ended.
func (c *child) running() bool {
	select {
	case <-c.done:
		return false
	default:
		return true
	}
}

// lastLines is the end of a log, for an error.
func lastLines(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	const keep = 600
	if len(text) > keep {
		text = text[len(text)-keep:]
	}
	return string(text)
}
