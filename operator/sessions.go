package operator

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// Limits of what an agent keeps in memory.
const (
	maxSessions = 50_000
	maxPending  = 4 * chain.MaxOpens // orders to relay
)

// sessions are those of the pod that the chain has, and what the pod has been told of them.
type sessions struct {
	mu      sync.Mutex
	told    map[protocol.SessionKey]protocol.SessionFact // a zero fact for one that the pod knows nothing of yet
	fresh   map[protocol.SessionKey]fresh                // opened, or added to, in a block that is not final
	scanned uint64                                       // the final block up to which openings were looked for
}

// fresh is a cap of a session that is held back until a block is final.
type fresh struct {
	cap   protocol.Amount
	block uint64
}

func newSessions() sessions {
	return sessions{told: map[protocol.SessionKey]protocol.SessionFact{}, fresh: map[protocol.SessionKey]fresh{}}
}

// open is how many sessions the pod knows that have not expired.
func (s *sessions) open(now time.Time) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, f := range s.told {
		if !f.Cap.IsZero() && f.Expiry > uint64(now.Unix()) {
			n++
		}
	}
	return n
}

// brings is what a batch pays on top of what the pod was told is paid.
func (s *sessions) brings(batch protocol.SignedBatch) protocol.Amount {
	s.mu.Lock()
	defer s.mu.Unlock()
	var sum protocol.Amount
	for _, row := range batch.Rows {
		sum = sum.AddCapped(row.Charged.SubDown(s.told[row.Session].Claimed))
	}
	return sum
}

// forgetTold has the pod told everything again.
func (s *sessions) forgetTold() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key := range s.told {
		s.told[key] = protocol.SessionFact{}
	}
}

// add notes sessions that exist.
func (s *sessions) add(keys []protocol.SessionKey) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, key := range keys {
		if _, ok := s.told[key]; !ok && len(s.told) < maxSessions {
			s.told[key] = protocol.SessionFact{}
		}
	}
}

// tell notes what the pod has been told.
func (s *sessions) tell(facts []protocol.SessionFact) {
	var open []protocol.SessionKey
	for _, f := range facts {
		if !f.Cap.IsZero() {
			open = append(open, f.SessionKey)
		}
	}
	s.add(open)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range facts {
		f.Refused = ""
		if _, ok := s.told[f.SessionKey]; ok {
			s.told[f.SessionKey] = f
		}
		if f.Cap.Cmp(s.fresh[f.SessionKey].cap) >= 0 {
			delete(s.fresh, f.SessionKey)
		}
		if f.Cap.IsZero() {
			delete(s.told, f.SessionKey)
			delete(s.fresh, f.SessionKey)
		}
	}
}

func (s *sessions) keys() []protocol.SessionKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Collect(maps.Keys(s.told))
}

// news are the facts that the pod has not been told.
func (s *sessions) news(facts []protocol.SessionFact) []protocol.SessionFact {
	s.mu.Lock()
	defer s.mu.Unlock()
	var changed []protocol.SessionFact
	for _, f := range facts {
		if s.told[f.SessionKey] != f {
			changed = append(changed, f)
		}
	}
	return changed
}

// believable are facts of the latest head as the pod may act on them. Openings and closings count at once, but for caps
// above risk, which count once they are final; what sessions have paid counts once it is final, since the pod takes no word
// on that back. A session whose opening is held back is left out.
func (s *sessions) believable(facts []protocol.SessionFact, whole bool, risk protocol.Amount, final, head uint64) []protocol.SessionFact {
	s.mu.Lock()
	defer s.mu.Unlock()
	believed := make([]protocol.SessionFact, 0, len(facts))
	for _, f := range facts {
		told := s.told[f.SessionKey]
		if !whole && !f.Cap.IsZero() {
			f.Claimed = told.Claimed
		}
		if !risk.IsZero() && f.Cap.Cmp(risk) > 0 && f.Cap.Cmp(told.Cap) > 0 && f.Refused == "" {
			since, ok := s.fresh[f.SessionKey]
			if !ok || since.cap != f.Cap {
				since = fresh{f.Cap, head}
				s.fresh[f.SessionKey] = since
			}
			if since.block > final {
				if told.Cap.IsZero() {
					continue
				}
				f.Cap, f.Expiry = told.Cap, min(f.Expiry, told.Expiry)
			}
		}
		if f.Claimed.Cmp(f.Cap) > 0 {
			f.Claimed = f.Cap
		}
		believed = append(believed, f)
	}
	return believed
}

// refreshSessions reads the state of the pod's sessions and tells the pod what has changed, and which batch was settled
// last.
func (a *Agent) refreshSessions(ctx context.Context) error {
	seq, last, whole, err := a.standing(ctx)
	if err != nil {
		return err
	}
	head, err := a.chain.Head(ctx)
	if err != nil {
		return err
	}
	final, err := a.chain.Final(ctx)
	if err != nil {
		return err
	}
	a.sessions.mu.Lock()
	from := max(a.sessions.scanned+1, head.Number-min(head.Number, chain.Lookback))
	a.sessions.mu.Unlock()
	if from <= head.Number {
		keys, err := a.chain.SessionsOpened(ctx, a.pod, from, head.Number)
		if err != nil {
			return err
		}
		a.sessions.add(keys)
		// What is above the final head can change: it is looked through again.
		a.sessions.mu.Lock()
		a.sessions.scanned = min(final.Number, head.Number)
		a.sessions.mu.Unlock()
	}
	facts, err := a.chain.Sessions(ctx, a.sessions.keys())
	if err != nil {
		return err
	}
	// A batch that landed meanwhile is in the facts, and the pod is not to hear of its claims yet.
	if now, err := a.chain.LastSeq(ctx, a.pod); err != nil {
		return err
	} else if now != last {
		whole = false
	}
	believed := a.sessions.believable(facts, whole, a.cfg.OpenRisk, final.Number, head.Number)
	if err := a.tell(ctx, seq, a.sessions.news(believed)); err != nil {
		return err
	}
	a.releaseExpired(ctx, head, facts)
	return nil
}

// tell tells the pod facts that it may believe, together with its last settled batch.
func (a *Agent) tell(ctx context.Context, seq uint64, facts []protocol.SessionFact) error {
	if err := a.control.facts(ctx, seq, facts); err != nil {
		return err
	}
	a.sessions.tell(facts)
	return nil
}

// pending is what the pod has ordered and not been answered yet.
type pending struct {
	opens  []protocol.SignedOpen
	lookup []protocol.SessionKey
	facts  []protocol.SessionFact // answers that the pod has not got yet
	relays relays
}

func (p *pending) empty() bool {
	return len(p.opens) == 0 && len(p.lookup) == 0 && len(p.facts) == 0 && p.relays.empty()
}

// take adds orders of a pod, each once, and refuses what is too much.
func (p *pending) take(pod protocol.Address, o protocol.Orders) {
	p.relays.take(o.Relays)
	for _, open := range o.Opens {
		switch {
		case open.Pod != pod: // no fact about another pod's session is this one's business
		case slices.Contains(p.opens, open):
		case len(p.opens) >= maxPending:
			p.refuse(open, "the operator's agent has too many openings to relay: try again later")
		default:
			p.opens = append(p.opens, open)
		}
	}
	for _, key := range o.Lookup {
		if key.Pod == pod && len(p.lookup) < maxPending && !slices.Contains(p.lookup, key) {
			p.lookup = append(p.lookup, key)
		}
	}
}

func (p *pending) refuse(o protocol.SignedOpen, why string) {
	if len(p.facts) < 2*maxPending {
		p.facts = append(p.facts, protocol.SessionFact{SessionKey: o.SessionKey, Refused: why})
	}
}

// serveOrders relays what the pod orders, and answers it.
func (a *Agent) serveOrders(ctx context.Context) {
	var (
		todo  pending
		retry backoff
	)
	for ctx.Err() == nil {
		wait := protocol.MaxOrdersWait
		if !todo.empty() {
			wait = 0
		}
		orders, err := a.control.orders(ctx, wait)
		if err == nil {
			todo.take(a.pod, orders)
			err = a.serve(ctx, &todo)
		}
		if err == nil {
			retry.reset()
			continue
		}
		if ctx.Err() == nil {
			a.log.Error("serving the pod's orders failed; trying again", "openings", len(todo.opens), "error", err)
		}
		_ = retry.pause(ctx)
	}
}

// serve works off what is pending, and leaves what could not be done.
func (a *Agent) serve(ctx context.Context, todo *pending) error {
	if len(todo.lookup) > 0 {
		facts, err := a.chain.Sessions(ctx, todo.lookup)
		if err != nil {
			return err
		}
		todo.facts, todo.lookup = append(todo.facts, facts...), nil
	}
	if err := a.answer(ctx, todo); err != nil {
		return err
	}
	for len(todo.opens) > 0 {
		err := a.relay(ctx, todo)
		if told := a.answer(ctx, todo); err == nil {
			err = told
		}
		if err != nil {
			return err
		}
	}
	return a.relayOrders(ctx, &todo.relays)
}

// answer tells the pod what it waits for.
func (a *Agent) answer(ctx context.Context, todo *pending) error {
	if len(todo.facts) == 0 {
		return nil
	}
	var (
		seq         uint64 // 0 does not count: new sessions have paid nothing, and need not wait for what is final
		whole       = true
		final, head protocol.Block
		err         error
	)
	if slices.ContainsFunc(todo.facts, func(f protocol.SessionFact) bool { return !f.Claimed.IsZero() }) {
		if seq, _, whole, err = a.standing(ctx); err != nil {
			return err
		}
		// A batch that landed after the facts were read makes them older than seq.
		whole = whole && !a.batches.waiting()
	}
	if !a.cfg.OpenRisk.IsZero() {
		if head, err = a.chain.Head(ctx); err != nil {
			return err
		}
		if final, err = a.chain.Final(ctx); err != nil {
			return err
		}
	}
	err = a.tell(ctx, seq, a.sessions.believable(todo.facts, whole, a.cfg.OpenRisk, final.Number, head.Number))
	var refused *ControlError
	if err == nil || errors.As(err, &refused) { // the pod has read them: again would be no better
		todo.facts = nil
	}
	return err
}

// relay sends one transaction of openings.
func (a *Agent) relay(ctx context.Context, todo *pending) error {
	now := uint64(time.Now().Unix())
	todo.opens = slices.DeleteFunc(todo.opens, func(o protocol.SignedOpen) bool {
		if o.Deadline < now {
			todo.refuse(o, "the order's deadline passed before it could be relayed")
			return true
		}
		return false
	})
	n := min(len(todo.opens), chain.MaxOpens)
	if n == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	done, facts, err := a.chain.OpenSessions(ctx, a.pod, todo.opens[:n])
	if permanent(err) {
		// No order by itself makes the contract refuse the whole: do not try for ever.
		for _, o := range todo.opens[:n] {
			todo.refuse(o, fmt.Sprintf("relaying failed: %v", err))
		}
		todo.opens = slices.Delete(todo.opens, 0, n)
		return err
	}
	if err != nil {
		return err
	}
	todo.opens, todo.facts = slices.Delete(todo.opens, 0, n), append(todo.facts, facts...)
	refused := 0
	for _, f := range facts {
		if f.Refused != "" {
			refused++
		}
	}
	a.log.Info("relayed openings", "sessions", n-refused, "refused", refused, "tx", done.Tx, "gas", done.GasUsed)
	return nil
}
