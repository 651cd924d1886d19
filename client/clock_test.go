package client_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// asClocked refuses requests of another time, as a pod does whose clock is so far ahead.
func (p *testPod) asClocked(ahead time.Duration) {
	p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
		q := problem(protocol.ProblemStaleDate, http.StatusConflict)
		q.PodTime = uint64(p.net.now().Add(ahead).Unix())
		return q
	}
}

// A pod with another clock is told apart from one that fails: both times are named, and what to do; it rests, and another
// pod serves. Nothing is owed for it.
func TestDateRefused(t *testing.T) {
	n := newNet(t)
	first := n.priced(1, func(p *testPod) { p.asClocked(7 * time.Minute) })
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	there := n.now().Add(7 * time.Minute)
	wantErr(t, err, nil, "its clock and this machine's differ by 7m0s", there.UTC().Format("2006-01-02T15:04"), "set this machine's clock", "nothing is billed")
	var refused *client.PodError
	if !errors.As(err, &refused) || refused.Problem.Type != protocol.ProblemStaleDate {
		t.Errorf("%v", err)
	}
	if s := oneSession(t, c); s.Open != 0 {
		t.Errorf("%d requests open", s.Open)
	}
	second := n.priced(2)
	n.advance(time.Minute)
	for range 3 {
		mustAsk(t, c)
	}
	if second.contacted() != 3 || first.contacted() != 2 {
		t.Errorf("the first pod had %d requests, the second %d", first.contacted(), second.contacted())
	}
	// A pod that says no time is quoted as it is.
	refusal := problem(protocol.ProblemStaleDate, http.StatusConflict)
	second.refuse = always(refusal)
	_, _, err = ask(t.Context(), c)
	wantErr(t, err, client.ErrNoPod, refusal.Title)
}

// Every paid request carries the time at which it was sealed, also when it is sealed again.
func TestDateIsSent(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	var dates []time.Time
	honest := p.say
	p.say = func(w http.ResponseWriter, r *http.Request) {
		date, err := http.ParseTime(r.Header.Get("Date"))
		if err != nil {
			t.Errorf("date %q: %v", r.Header.Get("Date"), err)
		}
		dates = append(dates, date)
		honest(w, r)
	}
	c := n.client(t.TempDir())
	mustAsk(t, c)
	n.advance(time.Hour)
	mustAsk(t, c)
	if len(dates) != 2 || n.now().Sub(dates[1]).Abs() > time.Minute || dates[1].Sub(dates[0]).Round(time.Minute) != time.Hour {
		t.Errorf("dates %v, now %s", dates, n.now())
	}
}
