package pod

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/phallama/phallama/protocol"
)

// Limits of relays: they are free to ask for.
const (
	maxRelays        = 32  // that wait
	maxRelayRefusals = 512 // bytes of an agent's reason
)

// relay is an order of somebody's that waits for the agent to send it.
type relay struct {
	order   protocol.Relay
	handed  bool // the agent has it
	waiters int
	done    chan struct{} // closed when the agent has answered
	result  protocol.Relayed
}

// serveRelay passes a signed order on to the operator's agent, and tells what became of it. Only what its owner signed
// and may still be executed gets so far.
func (p *Pod) serveRelay(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost || r.URL.RawQuery != "" {
		return problem(protocol.ProblemNoRoute, http.StatusMethodNotAllowed, "orders are relayed with POST", "")
	}
	bad := func(err error) error {
		return problem(protocol.ProblemBadRequest, http.StatusBadRequest, "this order is not relayed", err.Error())
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, protocol.MaxRelay+1))
	if err != nil {
		return err
	}
	order, err := protocol.ParseRelay(raw)
	if err != nil {
		return bad(err)
	}
	if err := order.Verify(p.domain, uint64(p.config.Now().Unix())); err != nil {
		return bad(err)
	}
	if err := p.limit(strangers, len(raw)); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(r.Context(), p.config.SessionWait)
	defer cancel()
	result, err := p.orders.relay(ctx, order)
	if err != nil {
		refusal := problem(protocol.ProblemNotReady, http.StatusServiceUnavailable, "the operator's agent has not answered in time",
			"it may send the order yet: look at the chain, then try again, or another pod")
		if errors.Is(err, errCrowded) {
			refusal = problem(protocol.ProblemBusy, http.StatusServiceUnavailable, "too many orders wait for the chain", "try again, or another pod")
		}
		refusal.RetryAfter = 5
		return refusal
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(result)
}

// controlRelayed hears from the agent what became of relays.
func (p *Pod) controlRelayed(w http.ResponseWriter, r *http.Request) {
	var results []protocol.Relayed
	if !read(w, r, &results) {
		return
	}
	p.orders.learnRelayed(results)
	w.WriteHeader(http.StatusNoContent)
}

// relay waits until the agent has answered. It fails with the error of ctx, or errCrowded.
func (o *orders) relay(ctx context.Context, order protocol.Relay) (protocol.Relayed, error) {
	id := order.ID()
	o.mu.Lock()
	r := o.relays[id]
	if r == nil {
		if len(o.relays) >= maxRelays {
			o.mu.Unlock()
			return protocol.Relayed{}, errCrowded
		}
		r = &relay{order: order, done: make(chan struct{})}
		o.relays[id] = r
		o.announce()
	}
	r.waiters++
	o.mu.Unlock()

	defer func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		if r.waiters--; r.waiters == 0 && o.relays[id] == r {
			delete(o.relays, id)
		}
	}()
	select {
	case <-r.done:
		return r.result, nil
	case <-ctx.Done():
		return protocol.Relayed{}, ctx.Err()
	}
}

// takeRelays hands out what was not handed out yet; o.mu is held.
func (o *orders) takeRelays() (out []protocol.Relay) {
	for _, r := range o.relays {
		if !r.handed {
			r.handed = true
			out = append(out, r.order)
		}
	}
	return out
}

// learnRelayed answers those who wait for these orders.
func (o *orders) learnRelayed(results []protocol.Relayed) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, result := range results {
		r := o.relays[result.ID]
		if r == nil {
			continue
		}
		result.Refused = result.Refused[:min(len(result.Refused), maxRelayRefusals)]
		r.result = result
		close(r.done)
		delete(o.relays, result.ID)
	}
}
