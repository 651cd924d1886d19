// Package pulse tells whether the engine's models compute.
//
// A runner beats whenever a piece of a batch is computed: one operation of the
// model's graph, well below a second on any CPU, however long the prompt. A
// runner that has requests and has not beaten for a while is wedged, and
// nothing but a new process helps. One without requests is idle, and one that
// loads its model has no requests yet.
package pulse

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Limit is how long a runner with requests may be silent. With the time it
// takes to be told, a wedge is known within 30 seconds.
const Limit = 20 * time.Second

// Tick is how often beats are looked at.
const Tick = time.Second

// Path is where the engine's own socket, which no user can reach, says how its
// models do.
const Path = "/engine/pulse"

// State is what Path answers with.
type State struct {
	Open   int     `json:"open"`          // requests that runners work on
	Silent float64 `json:"silentSeconds"` // the longest silence of a runner with requests
	Wedged bool    `json:"wedged"`        // it is beyond the limit, or was: a wedge is for good
}

// Pulse follows the runners of one engine. It is safe for concurrent use.
type Pulse struct {
	limit time.Duration

	mu       sync.Mutex
	runners  map[int]*runner
	counters map[string]*atomic.Uint64 // by model file
	wedged   bool
}

type runner struct {
	open    int
	last    time.Time // beat, or first request after none
	counter *atomic.Uint64
	seen    uint64
}

// New makes a Pulse for an engine whose runners may be silent that long.
func New(limit time.Duration) *Pulse {
	return &Pulse{limit: limit, runners: map[int]*runner{}, counters: map[string]*atomic.Uint64{}}
}

func (p *Pulse) runner(number int) *runner {
	r := p.runners[number]
	if r == nil {
		r = &runner{}
		p.runners[number] = r
	}
	return r
}

// Beat says that a runner computes.
func (p *Pulse) Beat(number int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.runner(number).last = time.Now()
}

// Counter is what the computation of a model counts up, in this process. It
// never moves in memory: C code may keep its address while the Pulse lives.
func (p *Pulse) Counter(model string) *atomic.Uint64 {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.counters[model]
	if c == nil {
		c = newCounter()
		p.counters[model] = c
	}
	return c
}

// Follow says that a runner of this process computes that model: its beats are
// read off the model's counter.
func (p *Pulse) Follow(number int, model string) {
	c := p.Counter(model)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.runner(number).counter = c
}

// State looks at the beats.
func (p *Pulse) State() State {
	p.mu.Lock()
	defer p.mu.Unlock()
	now, s := time.Now(), State{}
	for _, r := range p.runners {
		if r.counter != nil {
			if n := r.counter.Load(); n != r.seen {
				r.seen, r.last = n, now
			}
		}
		if r.open == 0 {
			continue
		}
		s.Open += r.open
		silent := max(0, now.Sub(r.last))
		s.Silent = max(s.Silent, silent.Seconds())
		p.wedged = p.wedged || silent >= p.limit
	}
	s.Wedged = p.wedged
	return s
}

// Watch calls wedged once, when a runner is, and returns; or when ctx ends.
func (p *Pulse) Watch(ctx context.Context, wedged func(State)) {
	tick := time.NewTicker(Tick)
	defer tick.Stop()
	for last := time.Now(); ; {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		now := time.Now()
		p.forgive(now.Sub(last) - Tick)
		last = now
		if s := p.State(); s.Wedged {
			wedged(s)
			return
		}
	}
}

// forgive takes time in which this process did not run itself, because it or
// its machine was stopped, off every runner's silence.
func (p *Pulse) forgive(late time.Duration) {
	if late < Tick {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, r := range p.runners {
		r.last = r.last.Add(late)
	}
}

// Handler serves Path and leaves everything else to next.
func (p *Pulse) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != Path {
			next.ServeHTTP(w, r)
			return
		}
		if r.Method != http.MethodGet {
			w.Header().Set("Allow", http.MethodGet)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(p.State())
	})
}

// Transport carries requests from the server to runners as next does, and
// counts those that a runner computes for.
func (p *Pulse) Transport(next http.RoundTripper) http.RoundTripper { return &transport{p, next} }

type transport struct {
	p    *Pulse
	next http.RoundTripper
}

func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	_, port, err := net.SplitHostPort(r.URL.Host)
	number, perr := strconv.Atoi(port)
	if err != nil || perr != nil || r.URL.Path != "/completion" && r.URL.Path != "/embedding" {
		return t.next.RoundTrip(r)
	}
	end := t.p.begin(number)
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		end()
		return nil, err
	}
	resp.Body = &body{resp.Body, end}
	return resp, nil
}

// begin counts a request until end is called.
func (p *Pulse) begin(number int) (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.runner(number)
	if r.open++; r.open == 1 {
		r.last = time.Now() // it was idle
	}
	return sync.OnceFunc(func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		r.open--
	})
}

// body ends its request when it was read whole or is closed.
type body struct {
	io.ReadCloser
	end func()
}

func (b *body) Read(buf []byte) (int, error) {
	n, err := b.ReadCloser.Read(buf)
	if err != nil {
		b.end()
	}
	return n, err
}

func (b *body) Close() error {
	b.end()
	return b.ReadCloser.Close()
}
