package client_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A pod with another clock is told apart from one that fails: both times are named, and what to do; it rests, and another
// pod serves. Nothing is owed for it.
func TestDateRefused(t *testing.T) {
	n := newNet(t)
	there := n.now().Add(6*time.Minute + 59*time.Second)
	refusal := problem(protocol.ProblemStaleDate, http.StatusConflict)
	refusal.PodTime = uint64(there.Unix())
	first := n.priced(1, func(p *testPod) { p.refuse = always(refusal) })
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, nil, "its clock and this machine's differ by 6m5", "and "+there.UTC().Format(time.RFC3339)+" there", "set this machine's clock", "nothing is billed")
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
	refusal = problem(protocol.ProblemStaleDate, http.StatusConflict)
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
