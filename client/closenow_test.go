package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// serveClose closes a session as a pod does.
func (p *testPod) serveClose(w http.ResponseWriter, body []byte) {
	out, refused := p.closeSession(body)
	if refused != nil {
		sayProblem(w, refused)
		return
	}
	_ = json.NewEncoder(w).Encode(out)
}

func (p *testPod) closeSession(body []byte) (out protocol.SignedClose, _ *protocol.Problem) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.net.now()
	o, err := protocol.ParseRequestClose(body)
	if err != nil || o.Session.Pod != p.record.ID || o.Deadline < uint64(now.Unix()) ||
		o.Signature.Verify(p.net.domain.Digest(o.TypedData()), o.Session.Signer) != nil {
		return out, problem(protocol.ProblemBadPayment, http.StatusPaymentRequired)
	}
	a := p.accounts[o.Session.ID()]
	switch {
	case a == nil:
		return out, problem(protocol.ProblemNoSession, http.StatusPaymentRequired)
	case !a.reserved.IsZero():
		return out, problem(protocol.ProblemOpenRequests, http.StatusConflict)
	}
	a.closed = true
	out = protocol.SignedClose{
		CloseSession: protocol.CloseSession{SessionID: o.Session.ID(), FinalCharged: a.charged, Deadline: uint64(now.Add(time.Hour).Unix())},
		Voucher:      a.voucher,
	}
	if p.forgeClose != nil {
		p.forgeClose(&out)
	}
	out.Signature = p.identity.Sign(p.net.domain.Digest(out.CloseSession))
	if p.answerClose != nil {
		p.answerClose(&out)
	}
	return out, nil
}

// closeNow is the escrow's verb.
func (n *testNet) closeNow(p *testPod, c protocol.CloseRow) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	id := c.Row.Session.ID()
	fact := n.sessions[id]
	now := uint64(time.Now().Add(n.ahead).Unix())
	v := c.Row.Voucher
	switch {
	case c.Signature.Verify(n.domain.Digest(c.TypedData()), p.record.Identity) != nil:
		return errors.New("close signature")
	case c.Deadline < now || fact.Cap.IsZero():
		return errors.New("late, or no session")
	case c.Row.Charged == fact.Claimed:
	case c.Row.Charged.Cmp(fact.Claimed) < 0 || c.Row.Charged.Cmp(v.Ceiling) > 0 || c.Row.Charged.Cmp(fact.Cap) > 0 || fact.Expiry < now ||
		v.SessionID != id || c.Row.Signature.Verify(n.domain.Digest(v), c.Row.Session.Signer) != nil:
		return errors.New("row")
	}
	rest, err := fact.Cap.Sub(c.Row.Charged)
	if err == nil {
		n.account.Avail, err = n.account.Avail.Add(rest)
	}
	delete(n.sessions, id)
	return err
}

// What the pod charged is paid, the rest is free at once, and the next request is paid from another session. It is on
// disk that the session has ended before the pod's word is handed on.
func TestCloseNow(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	mustAsk(t, c)
	mustAsk(t, c)
	s := oneSession(t, c)
	before := n.account.Avail
	row, err := c.CloseNow(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if row.Row.Session != s.Key || row.Row.Charged != s.Charged || row.Row.Voucher.Ceiling.Cmp(s.Charged) < 0 {
		t.Errorf("row %+v, session %+v", row, s)
	}
	state, err := client.ReadState(dir)
	if err != nil || len(state.Sessions) != 1 || state.Sessions[0].Ended == "" {
		t.Fatalf("on disk: %+v, %v", state.Sessions, err)
	}
	again, err := c.CloseNow(t.Context(), s.ID) // the first one was lost on the way
	if err != nil || again.Row != row.Row {
		t.Errorf("asked again: %+v, %v, want %+v", again, err, row)
	}
	if err := n.closeNow(p, again); err != nil {
		t.Fatal(err)
	}
	if want := add(t, before, s.Cap.SubDown(s.Charged)); n.account.Avail != want {
		t.Errorf("%s available, want %s", n.account.Avail, want)
	}
	_, err = c.CloseNow(t.Context(), s.ID)
	wantErr(t, err, nil, "not open on chain")
	_, err = c.CloseNow(t.Context(), protocol.Hash{1})
	wantErr(t, err, nil, "does not know it")
	// Leaving a pod, however often, is no reason to stay away from it.
	for range 5 {
		mustAsk(t, c)
		for _, s := range c.Sessions() {
			if s.Ended == "" {
				if _, err := c.CloseNow(t.Context(), s.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if all := c.Sessions(); len(all) != 6 {
		t.Errorf("%d sessions, want 6", len(all))
	}
}

// A pod that charges what nothing explains, or shows what it was not given, gets nothing signed on to the chain and is
// paid nothing more.
func TestCloseNowLies(t *testing.T) {
	stranger := newKey(t)
	for name, lie := range map[string]func(*testNet, *testPod){
		"finalCharged": func(n *testNet, p *testPod) {
			p.forgeClose = func(s *protocol.SignedClose) { s.FinalCharged = add(n.t, s.FinalCharged, protocol.Units(1)) }
		},
		"ceiling": func(n *testNet, p *testPod) {
			p.forgeClose = func(s *protocol.SignedClose) { s.FinalCharged = add(n.t, s.Voucher.Ceiling, protocol.Units(1)) }
		},
		"no voucher": func(_ *testNet, p *testPod) {
			p.answerClose = func(s *protocol.SignedClose) { s.Voucher = nil }
		},
		"voucher": func(n *testNet, p *testPod) {
			p.answerClose = func(s *protocol.SignedClose) {
				v := *s.Voucher
				v.Ceiling = protocol.Tokens(5)
				v.Signature = stranger.Sign(n.domain.Digest(v.Voucher))
				s.Voucher = &v
			}
		},
		"signature": func(n *testNet, p *testPod) {
			p.answerClose = func(s *protocol.SignedClose) { s.Signature = stranger.Sign(n.domain.Digest(s.CloseSession)) }
		},
		"sessionId": func(_ *testNet, p *testPod) {
			p.forgeClose = func(s *protocol.SignedClose) { s.SessionID = protocol.Hash{1} }
		},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			lie(n, p)
			c := n.client(t.TempDir())
			mustAsk(t, c)
			row, err := c.CloseNow(t.Context(), oneSession(t, c).ID)
			wantErr(t, err, client.ErrAnswer, "close: ")
			if s := oneSession(t, c); s.Suspect == "" || row != (protocol.CloseRow{}) {
				t.Errorf("session %+v, row %+v", s, row)
			}
			if _, _, err := ask(t.Context(), c); err == nil {
				t.Error("a pod that lied is paid")
			}
		})
	}
}

// What keeps the escrow from closing at once is said; the pod has closed all the same, and the session has ended.
func TestCloseNowUnusable(t *testing.T) {
	for name, tt := range map[string]struct {
		spoil func(*testNet, *testPod, protocol.Hash)
		want  string
	}{
		"late": {func(_ *testNet, p *testPod, _ protocol.Hash) {
			p.forgeClose = func(s *protocol.SignedClose) { s.Deadline -= 3600 }
		}, "clocks"},
		"below what was paid": {func(n *testNet, p *testPod, id protocol.Hash) {
			p.settle()
			p.forgeClose = func(s *protocol.SignedClose) { s.FinalCharged = protocol.Units(0) }
		}, "has been paid"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			c := n.client(t.TempDir())
			mustAsk(t, c)
			s := oneSession(t, c)
			tt.spoil(n, p, s.ID)
			_, err := c.CloseNow(t.Context(), s.ID)
			wantErr(t, err, nil, tt.want)
			if s := oneSession(t, c); s.Ended == "" || s.Suspect != "" {
				t.Errorf("session %+v", s)
			}
		})
	}
}

// An answer that is on its way is waited for, here and in the pod, and a request that comes meanwhile is paid from
// another session.
func TestCloseNowWaitsForAnswers(t *testing.T) {
	n := newNet(t)
	first, goOn := make(chan struct{}), make(chan struct{})
	var once sync.Once
	p := n.pod()
	say := p.say
	p.say = func(w http.ResponseWriter, r *http.Request) {
		held := false
		once.Do(func() { held = true })
		if held {
			close(first)
			<-goOn
		}
		say(w, r)
	}
	c := n.client(t.TempDir())
	answered := make(chan error, 1)
	go func() {
		_, _, err := ask(context.WithoutCancel(t.Context()), c)
		answered <- err
	}()
	<-first
	s := oneSession(t, c)
	closed := make(chan error, 1)
	var row protocol.CloseRow
	go func() {
		var err error
		row, err = c.CloseNow(t.Context(), s.ID)
		closed <- err
	}()
	for len(c.Sessions()) == 1 { // until a request finds the session being left
		mustAsk(t, c)
	}
	select {
	case err := <-closed:
		t.Fatalf("closed while a request was being answered: %v", err)
	default:
	}
	close(goOn)
	if err := <-answered; err != nil {
		t.Errorf("the answer that was waited for: %v", err)
	}
	if err := <-closed; err != nil || row.Row.Charged.IsZero() {
		t.Errorf("row %+v, %v", row, err)
	}

	// The pod still answers one that nobody here waits for.
	other := c.Sessions()[0]
	if other.ID == s.ID {
		other = c.Sessions()[1]
	}
	p.mu.Lock()
	p.accounts[other.ID].reserved = protocol.Units(7)
	p.mu.Unlock()
	twice := func() {
		for before := p.contacted(); p.contacted() < before+2; { // the first is refused by then
			time.Sleep(time.Millisecond)
		}
	}
	short, cancel := context.WithCancel(t.Context())
	go func() { twice(); cancel() }()
	_, err := c.CloseNow(short, other.ID)
	wantErr(t, err, nil, "open-requests")
	go func() {
		twice()
		p.mu.Lock()
		defer p.mu.Unlock()
		p.accounts[other.ID].reserved = protocol.Units(0)
	}()
	if _, err := c.CloseNow(t.Context(), other.ID); err != nil {
		t.Error(err)
	}
}

// What the pod charged for an answer that broke off is learned before its last word is judged.
func TestCloseNowFetchesBills(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	res, err := c.RoundTrip(request(t.Context(), "/api/chat", chat))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.ReadFull(res.Body, make([]byte, 5))
	res.Body.Close()
	for range 2 {
		<-p.bills
	}
	s := oneSession(t, c)
	row, err := c.CloseNow(t.Context(), s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if s = oneSession(t, c); s.Open != 0 || s.Receipts != 2 || row.Row.Charged != s.Charged {
		t.Errorf("session %+v, row %+v", s, row)
	}
}

// A request that finds its session closed opens another. A pod that says so without end is left.
func TestSessionClosedElsewhere(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	s := oneSession(t, c)
	p.mu.Lock()
	p.accounts[s.ID].closed = true
	p.mu.Unlock()
	mustAsk(t, c)
	all := c.Sessions()
	if len(all) != 2 {
		t.Fatalf("%d sessions, want 2", len(all))
	}
	for _, one := range all {
		if (one.ID == s.ID) != strings.Contains(one.Ended, string(protocol.ProblemClosed)) || one.Open != 0 {
			t.Errorf("session %+v", one)
		}
	}

	p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
		return problem(protocol.ProblemClosed, http.StatusPaymentRequired)
	}
	for range 4 {
		if _, _, err := ask(t.Context(), c); err == nil {
			t.Fatal("answered")
		}
	}
	if all := c.Sessions(); len(all) > 4 {
		t.Errorf("%d sessions were opened for a pod that closes them all", len(all))
	}
}

// Who has lost its state, and finds the session again, closes it too: its own voucher covers what the pod says.
func TestCloseNowLostState(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	old := n.client(t.TempDir())
	mustAsk(t, old)
	want := oneSession(t, old)
	c := n.client(t.TempDir())
	p.word = func(q *protocol.Problem) { q.LastVoucher = nil } // it does not say where the session stands
	if _, err := c.Recover(t.Context()); err == nil {
		t.Fatal("recovered")
	}
	row, err := c.CloseNow(t.Context(), want.ID)
	if err != nil || row.Row.Charged != want.Charged {
		t.Fatalf("row %+v, %v", row, err)
	}
	if err := n.closeNow(p, row); err != nil {
		t.Error(err)
	}
	// The first state learns of it when it asks next.
	mustAsk(t, old)
	if all := old.Sessions(); len(all) != 2 {
		t.Errorf("sessions %+v", all)
	}
}
