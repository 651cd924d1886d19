//go:build unix

package devnet

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// cutBody is a pod's answer behind a host that passes on so many bytes, and none of the rest until the pod is gone. Then
// the connection breaks.
type cutBody struct {
	io.ReadCloser
	pass  int
	stuck chan<- struct{}
	gone  <-chan struct{}
}

func (b *cutBody) Read(p []byte) (int, error) {
	if b.pass == 0 {
		select {
		case b.stuck <- struct{}{}:
		default:
		}
		<-b.gone
		return 0, io.ErrUnexpectedEOF
	}
	n, err := b.ReadCloser.Read(p[:min(len(p), b.pass)])
	b.pass -= n
	return n, err
}

func (c chosen) restart(p *Pod) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), time.Minute)
	defer cancel()
	if err := errors.Join(p.Start(ctx), p.Listed(ctx)); err != nil {
		c.Fatal(err)
	}
}

// The cheapest of two pods is killed, with a request that waits and in the middle of an answer.
func TestKilledPods(t *testing.T) {
	t.Parallel()
	f := &fronts{t: t, all: map[string]*front{}}
	n := start(t, func(c *Config) { c.Pods, c.Times, c.Front, c.Relay = 2, []uint64{2, 1}, f.front, client.RelayOff })
	c := chosen{t, n, f}
	dear, cheap := n.Pods[0], n.Pods[1]

	t.Run("before it answers", func(t *testing.T) {
		user := c.client(nil)
		if by := answeredBy(t, t.Context(), user); by != cheap.ID.String() { // and its session is open
			t.Fatalf("answered by %s", by)
		}
		if err := cheap.podd.cmd.Process.Signal(syscall.SIGSTOP); err != nil { // what arrives from now waits in its queue
			t.Fatal(err)
		}
		here := make(chan struct{}, 1)
		c.of(cheap).set(func() {
			c.of(cheap).seen = func(*http.Request) { here <- struct{}{} }
		})
		killed := make(chan error, 1)
		go func() {
			<-here
			c.of(cheap).set(func() { c.of(cheap).seen = nil })
			time.Sleep(100 * time.Millisecond) // for the request to be in the pod's own buffers
			killed <- cheap.Kill()
		}()
		if by := answeredBy(t, t.Context(), user); by != dear.ID.String() {
			t.Errorf("answered by %s, want %s", by, dear.Name())
		}
		if err := <-killed; err != nil {
			t.Fatal(err)
		}
		c.restart(cheap)
		c.settled(t, user, cheap, 1, 1)
	})

	t.Run("in the middle of an answer", func(t *testing.T) {
		for _, restart := range []bool{false, true} {
			user := c.client(func(cfg *client.Config) { cfg.Shape = envelope.ShapeOff })
			stuck, gone := make(chan struct{}, 1), make(chan struct{})
			c.of(cheap).set(func() {
				c.of(cheap).answer = func(b io.ReadCloser) io.ReadCloser { return &cutBody{b, 800, stuck, gone} }
			})
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			if restart {
				ctx = client.WithRestart(ctx)
			}
			killed := make(chan error, 1)
			go func() {
				select {
				case <-stuck:
				case <-ctx.Done():
				}
				killed <- cheap.Kill()
				c.of(cheap).set(func() { c.of(cheap).answer = nil })
				close(gone)
			}()
			res, err := open(ctx, user)
			if err != nil {
				t.Fatal(err)
			}
			body := bufio.NewReader(res.Body)
			first, _ := body.ReadString('\n')
			_, err = io.Copy(io.Discard, body)
			_ = res.Body.Close()
			if err2 := <-killed; err2 != nil {
				t.Fatal(err2)
			}
			by := res.Header.Get(client.HeaderPod)
			var broken *client.AnswerError
			switch {
			case restart && (err != nil || by != dear.ID.String()):
				t.Errorf("%v; answered by %s, want %s", err, by, dear.Name())
			case !restart && (!errors.As(err, &broken) || broken.Bytes == 0 || by != cheap.ID.String() || !strings.Contains(first, `"content"`)):
				t.Errorf("%v after %q from %s", err, first, by)
			}
			c.restart(cheap)
			c.settled(t, user, cheap, 0, 1) // on a busy machine it had said all before it was killed
		}
	})
}

// settled waits until a user knows what a pod billed that was killed: no fewer than least and no more than most answers, as
// the bill is written when an answer ends.
func (c chosen) settled(t *testing.T, user *client.Client, p *Pod, least, most int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		_, err := user.Reconcile(ctx)
		var of *client.SessionStatus
		for _, s := range user.Sessions() {
			if s.Key.Pod == p.ID {
				of = &s
			}
		}
		if of == nil {
			t.Fatalf("no session with %s", p.Name())
		}
		if err == nil && of.Open == 0 {
			if of.Receipts < least || of.Receipts > most || of.Suspect != "" || (of.Charged == protocol.Amount{}) != (of.Receipts == 0) {
				t.Errorf("%+v, want %d to %d receipts", *of, least, most)
			}
			return
		}
		select {
		case <-time.After(time.Second): // the list of pods may be of before
		case <-ctx.Done():
			t.Fatalf("%+v after %v: a request is still open", *of, err)
		}
	}
}
