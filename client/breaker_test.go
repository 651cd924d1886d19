package client

import (
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

// A pod's breaker opens with a failure, lets one request through after its rest, and closes or rests for twice as long.
func TestBreaker(t *testing.T) {
	type step struct {
		after time.Duration
		do    string
		state HealthState
		rest  time.Duration // until it is tried again
	}
	for _, tt := range []struct {
		name  string
		steps []step
	}{
		{"served", []step{{0, "serve", HealthClosed, 0}}},
		{"one failure, and well again", []step{
			{0, "fail", HealthOpen, 30 * time.Second},
			{29 * time.Second, "", HealthOpen, time.Second},
			{time.Second, "", HealthHalfOpen, 0},
			{0, "probe", HealthOpen, 0},
			{0, "no probe", HealthOpen, 0},
			{0, "serve", HealthClosed, 0},
			{0, "fail", HealthOpen, 30 * time.Second},
		}},
		{"a probe that says nothing lets another one go", []step{
			{0, "fail", HealthOpen, 30 * time.Second}, {time.Minute, "probe", HealthOpen, 0}, {0, "done", HealthHalfOpen, 0}, {0, "probe", HealthOpen, 0},
		}},
		{"rests grow up to a bound", []step{
			{0, "fail", HealthOpen, 30 * time.Second},
			{30 * time.Second, "fail", HealthOpen, time.Minute},
			{time.Minute, "fail", HealthOpen, 2 * time.Minute},
			{2 * time.Minute, "fail", HealthOpen, 4 * time.Minute},
			{4 * time.Minute, "fail", HealthOpen, 8 * time.Minute},
			{8 * time.Minute, "fail", HealthOpen, 15 * time.Minute},
			{15 * time.Minute, "fail", HealthOpen, 15 * time.Minute},
		}},
		{"many that failed together count once", []step{
			{0, "fail", HealthOpen, 30 * time.Second}, {time.Second, "fail", HealthOpen, 30 * time.Second}, {30 * time.Second, "fail", HealthOpen, time.Minute},
		}},
		{"busy is no failure", []step{
			{0, "busy", HealthBusy, 2 * time.Second}, {2 * time.Second, "", HealthClosed, 0}, {0, "fail", HealthOpen, 30 * time.Second},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			now, pod := time.Unix(1e9, 0), protocol.Address{1}
			h := newHealth(func() time.Time { return now })
			done := func() {}
			for i, s := range tt.steps {
				now = now.Add(s.after)
				switch s.do {
				case "serve":
					h.served(pod, time.Second)
				case "fail":
					h.failed(pod, FailureTransport, errors.New("gone"))
				case "busy":
					h.tired(pod, 2*time.Second)
				case "done":
					done()
				case "probe", "no probe":
					may, over := h.begin(pod)
					if may != (s.do == "probe") {
						t.Fatalf("step %d: may be asked: %v", i, may)
					}
					if may {
						done = over
					}
				}
				got := h.status(pod)
				if rest := got.Until.Sub(now); got.State != s.state || s.rest != 0 && rest != s.rest {
					t.Fatalf("step %d, %s: %s for %s, want %s for %s", i, s.do, got.State, rest, s.state, s.rest)
				}
			}
		})
	}
}

// The average follows, and what is old is no measure.
func TestFirstByteAverage(t *testing.T) {
	now, pod := time.Unix(1e9, 0), protocol.Address{1}
	h := newHealth(func() time.Time { return now })
	for _, tt := range []struct{ after, took, want time.Duration }{
		{0, 400, 400}, {time.Minute, 800, 500}, {time.Minute, 100, 400}, {latencyKept, 900, 900},
	} {
		now = now.Add(tt.after)
		h.served(pod, tt.took)
		if got := h.status(pod).FirstByte; got != tt.want {
			t.Errorf("%v, want %v", got, tt.want)
		}
	}
	now = now.Add(latencyKept)
	if got := h.status(pod).FirstByte; got != 0 {
		t.Errorf("%v, long after", got)
	}
}

// Those that rest come last, the cheapest and what is within the margin first, and of equals the quicker.
func TestOrder(t *testing.T) {
	pod := func(id byte, price uint64, state HealthState, first time.Duration) candidate {
		return candidate{
			entry: &entry{record: protocol.PodRecord{ID: protocol.Address{id}}}, price: protocol.Units(price), health: Health{State: state, FirstByte: first},
		}
	}
	with := func(c candidate, inFlight int) candidate {
		c.health.InFlight = inFlight
		return c
	}
	for _, tt := range []struct {
		name   string
		margin int
		in     []candidate
		want   string
	}{
		{"by price", 0, []candidate{pod('b', 2, HealthClosed, 1), pod('c', 3, HealthClosed, 0), pod('a', 1, HealthClosed, time.Minute)}, "abc"},
		{"half open is as good as closed", 0, []candidate{pod('b', 2, HealthClosed, 0), pod('a', 1, HealthHalfOpen, 0)}, "ab"},
		{"resting last, busy before broken", 0, []candidate{pod('c', 1, HealthOpen, 0), pod('b', 2, HealthBusy, 0), pod('a', 3, HealthClosed, 0)}, "abc"},
		{"ties by latency", 0, []candidate{pod('b', 1, HealthClosed, time.Second), pod('c', 1, HealthClosed, 3*time.Second), pod('a', 1, HealthClosed, 200*time.Millisecond)}, "abc"},
		{"within the margin by latency", 10, []candidate{pod('b', 100, HealthClosed, time.Second), pod('a', 110, HealthClosed, 200*time.Millisecond), pod('c', 111, HealthClosed, 1)}, "abc"},
		{"none is within no margin", 0, []candidate{pod('a', 100, HealthClosed, time.Second), pod('b', 101, HealthClosed, 1)}, "ab"},
		{"of the quick by what they do for us", 0, []candidate{with(pod('c', 1, HealthClosed, time.Millisecond), 3), with(pod('d', 1, HealthClosed, time.Minute), 0), with(pod('a', 1, HealthClosed, 50*time.Millisecond), 1), with(pod('b', 1, HealthClosed, 0), 2)}, "abcd"},
		{"not measured counts as quick", 0, []candidate{pod('c', 1, HealthClosed, time.Second), pod('b', 1, HealthClosed, 2*time.Millisecond), pod('a', 0, HealthClosed, 0)}, "abc"},
	} {
		for range 20 { // ties are broken by chance, and these are none
			found := append([]candidate{}, tt.in...)
			(&Choice{Margin: tt.margin}).order(found)
			got := ""
			for _, c := range found {
				got += string(c.entry.record.ID[0])
			}
			if got != tt.want {
				t.Fatalf("%s: %s, want %s", tt.name, got, tt.want)
			}
		}
	}
}

// What became of requests is counted; to be busy is neither.
func TestHealthCounts(t *testing.T) {
	now, pod := time.Unix(1e9, 0), protocol.Address{1}
	h := newHealth(func() time.Time { return now })
	for range 3 {
		h.served(pod, time.Second)
	}
	h.tired(pod, 0)
	h.failed(pod, FailureBroken, errors.New("gone"))
	h.failed(pod, FailureBroken, errors.New("gone"))
	if s := h.status(pod); s.Answered != 3 || s.Failed != 2 || s.Failures != 1 {
		t.Errorf("%+v", s)
	}
}
