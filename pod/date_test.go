package pod_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// dated is a call that was sealed when the pod's clock said something else.
func (r *rig) dated(c call, off time.Duration) call {
	c.header = func(h http.Header) { h.Set("Date", r.now().Add(off).UTC().Format(http.TimeFormat)) }
	return c
}

// A paid request is answered two minutes around its date, and not beyond; what is refused is told the pod's time, reaches
// no engine and costs nothing.
func TestDateFilter(t *testing.T) {
	r := newRig(t)
	r.fund(100_000)
	for _, off := range []time.Duration{0, -pod.DateSkew, pod.DateSkew, -time.Minute, time.Minute} {
		r.paid(r.dated(r.newCall("/api/chat", chatOne), off))
	}
	asked := len(r.engine.calls())
	for _, off := range []time.Duration{-pod.DateSkew - time.Second, pod.DateSkew + time.Second, -time.Hour, 24 * time.Hour, -50 * 365 * 24 * time.Hour} {
		c := r.dated(r.newCall("/api/chat", chatOne), off)
		p := r.refused(c, protocol.ProblemStaleDate, http.StatusConflict)
		if p.PodTime != uint64(r.now().Unix()) || !strings.Contains(p.Detail, r.now().UTC().Format(time.RFC3339)) {
			t.Errorf("%s off: %+v", off, p)
		}
		r.unbilled(c.id)
	}
	for name, change := range map[string]func(http.Header){
		"none":    func(h http.Header) { h.Del("Date") },
		"garbage": func(h http.Header) { h.Set("Date", "yesterday") },
		"ISO":     func(h http.Header) { h.Set("Date", r.now().Format(time.RFC3339)) },
	} {
		c := r.newCall("/api/chat", chatOne)
		c.header = change
		if p := r.refused(c, protocol.ProblemBadRequest, http.StatusBadRequest); !strings.Contains(p.Detail, "in the field date") || strings.Contains(p.Detail, "yesterday") {
			t.Errorf("%s: %+v", name, p)
		}
		r.unbilled(c.id)
	}
	if n := len(r.engine.calls()); n != asked {
		t.Errorf("%d requests of another time reached the engine", n-asked)
	}
	// The same request under a date that will do is answered: a refusal took nothing.
	c := r.dated(r.newCall("/api/chat", chatOne), -time.Hour)
	r.refused(c, protocol.ProblemStaleDate, http.StatusConflict)
	c.header = nil
	r.paid(c)
}

// Dates are for requests that cost something: a bill is to be had whatever the clocks say.
func TestDateFilterLeavesFreeRoutes(t *testing.T) {
	r := newRig(t)
	r.fund(100_000)
	paid := r.newCall("/api/chat", chatOne)
	r.paid(paid)
	c := r.newCall(protocol.PathReceipts+paid.id.String(), "")
	c.method = http.MethodGet
	for name, change := range map[string]func(http.Header){
		"none": func(h http.Header) { h.Del("Date") },
		"old":  func(h http.Header) { h.Set("Date", r.now().Add(-time.Hour).UTC().Format(http.TimeFormat)) },
	} {
		c.header = change
		if a := r.send(c); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
}
