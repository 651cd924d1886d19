package client

import (
	"fmt"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	restFirst   = 30 * time.Second // a pod that failed is asked last for so long
	restMost    = 15 * time.Minute // and twice as long after each further failure, up to this
	restBusy    = 30 * time.Second // one that has too much to do, and does not say for how long
	latencyKept = 10 * time.Minute // what was measured says nothing of now after this
)

// Failure is a kind of failure of a pod.
type Failure string

// The kinds. Of a pod whose signed word does not hold nothing is forgiven: it is barred, and its session suspect.
const (
	FailureTransport Failure = "transport" // it cannot be reached, or the connection broke
	FailureTimeout   Failure = "timeout"   // no answer began in time
	FailureGarbage   Failure = "garbage"   // what came is no answer: it does not open, or is of no API
	FailureEmpty     Failure = "empty"     // it said 200 and nothing else
	FailureKey       Failure = "key"       // it does not take the key that its identity signed
	FailureBroken    Failure = "broken"    // its answer broke off
	FailureRefused   Failure = "refused"   // it refused what its own offer says, or its engine failed
)

// HealthState is a pod's, as its requests have shown it.
type HealthState string

// The states. A pod that is open or busy is asked after all others. After its rest an open one is half open: one request
// is let through as if nothing had been, and what becomes of it closes it or opens it for twice as long.
const (
	HealthClosed   HealthState = "closed"
	HealthBusy     HealthState = "busy"
	HealthOpen     HealthState = "open"
	HealthHalfOpen HealthState = "half-open"
	HealthBarred   HealthState = "barred" // nothing more is paid to it
)

// Health is what a client's own requests have shown of a pod.
type Health struct {
	State    HealthState `json:"state"`
	Failures int         `json:"failures,omitempty"` // one after another
	Last     Failure     `json:"last,omitempty"`     // the kind of the last one
	Reason   string      `json:"reason,omitempty"`   // of the last one
	Until    time.Time   `json:"until,omitzero"`     // when it is tried again
	// FirstByte is a moving average of the time from sending a request to the first byte of its answer; 0: not known.
	FirstByte time.Duration `json:"firstByteNanos,omitempty"`
	// InFlight are the requests that are with it now.
	InFlight int `json:"inFlight,omitempty"`
	// Answered and Failed count, since the client was made, requests that the pod began to answer, and those that it failed,
	// before or after. One that it was too busy for is neither.
	Answered int `json:"answered,omitempty"`
	Failed   int `json:"failed,omitempty"`
}

// breaker is one pod's. The zero value is closed.
type breaker struct {
	failures int
	last     Failure
	reason   string
	until    time.Time // its rest ends
	busy     time.Time // it has too much to do until then
	probing  bool      // a request is out to see whether it is well again

	firstByte time.Duration
	measured  time.Time
	inFlight  int

	answered, failed int
}

// health is what is known of all pods.
type health struct {
	now func() time.Time

	mu   sync.Mutex
	pods map[protocol.Address]*breaker
}

func newHealth(now func() time.Time) *health {
	return &health{now: now, pods: map[protocol.Address]*breaker{}}
}

func (h *health) of(pod protocol.Address) *breaker {
	b := h.pods[pod]
	if b == nil {
		b = &breaker{}
		h.pods[pod] = b
	}
	return b
}

func (b *breaker) state(now time.Time) HealthState {
	switch {
	case b.failures > 0 && (b.probing || now.Before(b.until)):
		return HealthOpen
	case now.Before(b.busy):
		return HealthBusy
	case b.failures > 0:
		return HealthHalfOpen
	}
	return HealthClosed
}

// rests says whether a pod is asked only after all others.
func (s HealthState) rests() bool { return s == HealthOpen || s == HealthBusy }

// status is what is known of a pod now.
func (h *health) status(pod protocol.Address) Health {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, now := h.pods[pod], h.now()
	if b == nil {
		return Health{State: HealthClosed}
	}
	s := Health{State: b.state(now), Failures: b.failures, Last: b.last, Reason: b.reason, InFlight: b.inFlight, Answered: b.answered, Failed: b.failed}
	if s.State.rests() {
		s.Until = b.until
		if s.State == HealthBusy {
			s.Until = b.busy
		}
	}
	if now.Sub(b.measured) < latencyKept {
		s.FirstByte = b.firstByte
	}
	return s
}

// begin says whether a request may go to a pod that was half open when the pods were put in order: one request at a time
// may. done is to be called once it is over, however it ended.
func (h *health) begin(pod protocol.Address) (may bool, done func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.of(pod)
	if b.failures == 0 || h.now().Before(b.until) { // closed; or open, and there is nothing better to ask
		return true, func() {}
	}
	if b.probing {
		return false, func() {}
	}
	b.probing = true
	return true, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		b.probing = false
	}
}

// enter counts a request as being with a pod, until leave is called.
func (h *health) enter(pod protocol.Address) (leave func()) {
	count := func(n int) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.of(pod).inFlight += n
	}
	count(+1)
	return sync.OnceFunc(func() { count(-1) })
}

// failed opens a pod's breaker, for twice as long as the last time. What fails while it is open is of requests that were
// sent before, or had nothing better to go to: it rests from now, and no longer.
func (h *health) failed(pod protocol.Address, kind Failure, reason error) Health {
	h.mu.Lock()
	b, now := h.of(pod), h.now()
	if b.failures == 0 || !now.Before(b.until) {
		b.failures++
	}
	rest := restFirst
	for n := 1; n < b.failures && rest < restMost; n++ {
		rest *= 2
	}
	b.failed++
	b.last, b.reason, b.until, b.probing = kind, fmt.Sprint(reason), now.Add(min(rest, restMost)), false
	h.mu.Unlock()
	return h.status(pod)
}

// tired has a pod rest that has too much to do: no failure.
func (h *health) tired(pod protocol.Address, wait time.Duration) {
	if wait <= 0 || wait > restBusy {
		wait = restBusy
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	b := h.of(pod)
	b.busy, b.probing = h.now().Add(wait), false
}

// served closes a pod's breaker. firstByte is how long the answer's first byte took; 0: that says nothing of the pod.
func (h *health) served(pod protocol.Address, firstByte time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	b, now := h.of(pod), h.now()
	b.answered++
	b.failures, b.probing, b.busy, b.until = 0, false, time.Time{}, time.Time{}
	if firstByte <= 0 {
		return
	}
	if b.firstByte == 0 || now.Sub(b.measured) >= latencyKept {
		b.firstByte = firstByte
	} else {
		b.firstByte += (firstByte - b.firstByte) / 4
	}
	b.measured = now
}
