package client_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A pod whose receipt does not hold is paid nothing more, and the close of its session is asked for, again and again
// where that fails, and once where it works.
func TestSuspectIsClosed(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	n.closeErr = errors.New("no gas")
	c := n.client(dir, func(cfg *client.Config) { cfg.Closer = n })
	mustAsk(t, c)
	p.forge = func(r *protocol.Receipt) { r.Cost = protocol.Units(1) }
	if _, _, err := ask(t.Context(), c); !errors.Is(err, client.ErrAnswer) {
		t.Fatal(err)
	}
	for oneSession(t, c).NotClosed == "" { // the test's own time limit bounds it
		time.Sleep(time.Millisecond)
	}
	if s := oneSession(t, c); s.NotClosed != "no gas" || s.Suspect == "" {
		t.Errorf("session %+v", s)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	c = n.client(dir, func(cfg *client.Config) { cfg.Closer = n })
	_, err := c.Reconcile(t.Context())
	wantErr(t, err, nil, "closing suspect session", "no gas")
	n.locked(func() { n.closeErr = nil })
	asked := n.closeAsked
	for range 2 {
		if _, err := c.Reconcile(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s := oneSession(t, c)
	if n.closeAsked != asked+1 || s.NotClosed != "" || !n.sessions[s.ID].Closing {
		t.Errorf("asked %d times more, session %+v", n.closeAsked-asked, s)
	}
	before := p.contacted()
	if _, _, err := ask(t.Context(), c); err == nil || p.contacted() != before {
		t.Errorf("a suspect pod was asked: %v", err)
	}
}

// Without a closer the session says what to do.
func TestSuspectWithoutCloser(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	p.forge = func(r *protocol.Receipt) { r.Cost = protocol.Units(1) }
	if _, _, err := ask(t.Context(), c); !errors.Is(err, client.ErrAnswer) {
		t.Fatal(err)
	}
	if _, err := c.Reconcile(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s := oneSession(t, c); !strings.Contains(s.NotClosed, "phallama wallet close") {
		t.Errorf("session %+v", s)
	}
}
