package client_test

import (
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// agree holds what the client says of its session against the pod's account.
func agree(t *testing.T, c *client.Client, p *testPod) client.SessionStatus {
	t.Helper()
	s := oneSession(t, c)
	p.mu.Lock()
	defer p.mu.Unlock()
	if a := p.accounts[s.ID]; s.Charged != a.charged || s.Lost || s.Suspect != "" || s.Ended != "" || s.Ceiling.Cmp(s.Charged) < 0 {
		t.Fatalf("session %+v, the pod has charged %s", s, a.charged)
	}
	return s
}

// snapshot copies a state directory that is in use. A temporary file may become the one it is for while we look, and is
// then copied under that name or not yet there: both are what a crash may leave.
func snapshot(into, dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(into, name), 0o700)
		}
		content, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) && filepath.Ext(path) == ".tmp" {
			return nil
		}
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(into, name), content, 0o600)
	})
}

// A state directory that is gone takes nothing along but receipts: the session goes on where the pod says it stands.
func TestLostState(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	mustAsk(t, c)
	first, avail := agree(t, c, p), n.account.Avail
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for range 2 { // what was recovered is on disk
		c = n.client(dir)
		mustAsk(t, c)
		s := agree(t, c, p)
		if s.ID != first.ID || s.Before != first.Charged || s.BeforeSeq != 2 || s.Open != 0 || n.account.Avail != avail {
			t.Errorf("session %+v, was %+v", s, first)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	c = n.client(dir)
	if all := receipts(t, c); len(all) != 2 || all[0].Receipt.RSeq != 3 || all[1].Receipt.RSeq != 4 {
		t.Errorf("receipts %+v", all)
	}
}

// A state directory restored from a copy is behind: our own voucher, which the pod shows, says so.
func TestOldState(t *testing.T) {
	n, dir, copied := newNet(t), t.TempDir(), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	if err := snapshot(copied, dir); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, c)
	mustAsk(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = n.client(copied)
	mustAsk(t, c)
	if s := agree(t, c, p); s.BeforeSeq != 3 || s.Receipts != 2 {
		t.Errorf("session %+v", s)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = n.client(copied)
	agree(t, c, p)
	mustAsk(t, c)
	agree(t, c, p)
}

// While the pod still answers a request from before the loss, another session pays; later the first is of use again.
func TestLostInTheMiddle(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	lost := oneSession(t, c).ID
	p.accounts[lost].reserved = protocol.Units(5)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	c = n.client(dir)
	mustAsk(t, c)
	if all := c.Sessions(); len(all) != 2 {
		t.Fatalf("%d sessions, want the lost one and another", len(all))
	}
	if _, err := c.Recover(t.Context()); err == nil {
		t.Error("a session was recovered whose charge is not final")
	}
	p.accounts[lost].reserved = protocol.Amount{}
	got, err := c.Recover(t.Context())
	if err != nil || len(got.Found) != 1 || got.Found[0].ID != lost || got.Found[0].Lost || got.Found[0].Charged != p.accounts[lost].charged {
		t.Errorf("%+v, %v", got, err)
	}
	if again, err := c.Recover(t.Context()); err != nil || len(again.Found) != 0 {
		t.Errorf("recovered again: %+v, %v", again, err)
	}
}

// A pod's word on a lost session counts as far as our voucher, its signature and the chain bear it out.
func TestLostAndLiedTo(t *testing.T) {
	stranger := newKey(t)
	for name, lie := range map[string]func(p *testPod, q *protocol.Problem){
		"more than the voucher covers": func(_ *testPod, q *protocol.Problem) { *q.Charged, _ = q.LastVoucher.Ceiling.Add(protocol.Units(1)) },
		"more than was claimed, and no voucher": func(_ *testPod, q *protocol.Problem) {
			*q.Charged, _ = q.Charged.Add(protocol.Units(1))
			q.LastVoucher = nil
		},
		"a voucher of another key": func(p *testPod, q *protocol.Problem) {
			v := *q.LastVoucher
			v.Signature = stranger.Sign(p.net.domain.Digest(v.Voucher))
			q.LastVoucher = &v
		},
		"a voucher of another session": func(_ *testPod, q *protocol.Problem) {
			v := *q.LastVoucher
			v.SessionID = protocol.Hash{1}
			q.LastVoucher = &v
		},
		"less than was claimed": func(_ *testPod, q *protocol.Problem) { q.Charged = &protocol.Amount{}; q.Receipt = nil },
		"no charge":             func(_ *testPod, q *protocol.Problem) { q.Charged = nil },
		"a receipt of another key": func(p *testPod, q *protocol.Problem) {
			r := *q.Receipt
			r.Signature = stranger.Sign(p.net.domain.Digest(r.Receipt))
			q.Receipt = &r
		},
		"a receipt of another session": func(p *testPod, q *protocol.Problem) {
			r := *q.Receipt
			r.SessionID = protocol.Hash{1}
			r.Signature = p.identity.Sign(p.net.domain.Digest(r.Receipt))
			q.Receipt = &r
		},
		"another refusal": func(_ *testPod, q *protocol.Problem) { q.Type = protocol.ProblemInternal },
	} {
		t.Run(name, func(t *testing.T) {
			n, dir := newNet(t), t.TempDir()
			p := n.pod()
			c := n.client(dir)
			mustAsk(t, c)
			p.settle()
			lost := oneSession(t, c).ID
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			p.word = func(q *protocol.Problem) { lie(p, q) }
			c = n.client(dir)
			mustAsk(t, c) // from another session
			for _, s := range c.Sessions() {
				if (s.ID == lost) != s.Lost || s.Lost && !s.Ceiling.IsZero() {
					t.Errorf("session %+v", s)
				}
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			for _, pay := range p.payments[1:] {
				if pay.Session.ID() == lost && !pay.Ceiling.IsZero() {
					t.Errorf("a ceiling of %s was signed for a session that is not known", pay.Ceiling)
				}
			}
		})
	}
}

// A pod that answers what nobody paid for has proven nothing.
func TestLostAndAnswered(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	p.refuse = func(pay protocol.Payment, _ protocol.RequestID) *protocol.Problem {
		if pay.Ceiling.IsZero() {
			return problem(protocol.ProblemEngineRefused, http.StatusOK)
		}
		return nil
	}
	c = n.client(dir)
	mustAsk(t, c)
	if all := c.Sessions(); len(all) != 2 {
		t.Errorf("sessions %+v", all)
	}
}

// Sessions whose signers do not follow from the owner's key are named; those that are over are not used.
func TestRecoverForeign(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	key := protocol.SessionKey{Owner: n.owner.Address(), Signer: newKey(t).Address(), Pod: p.record.ID, Salt: 0}
	o := protocol.OpenSession{SessionKey: key, Cap: protocol.Tokens(1), Expiry: uint64(n.now().Unix()) + 1e6, Deadline: uint64(n.now().Unix()) + 1e3}
	if err := n.open(protocol.SignedOpen{OpenSession: o, Signature: n.owner.Sign(n.domain.Digest(o))}); err != nil {
		t.Fatal(err)
	}
	c := n.client(t.TempDir())
	mustAsk(t, c)
	oneSession(t, c)
	got, err := c.Recover(t.Context())
	if err != nil || len(got.Found) != 0 || len(got.Foreign) != 1 || got.Foreign[0].SessionKey != key {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRecoverClosing(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	lost := oneSession(t, c).ID
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	n.locked(func() {
		fact := n.sessions[lost]
		fact.Closing = true
		n.sessions[lost] = fact
	})
	before := p.contacted()
	c = n.client(dir)
	got, err := c.Recover(t.Context())
	if err != nil || len(got.Found) != 1 || got.Found[0].Ended == "" || p.contacted() != before {
		t.Errorf("%+v, %v", got, err)
	}
	mustAsk(t, c)
	if all := c.Sessions(); len(all) != 2 {
		t.Errorf("sessions %+v", all)
	}
}
