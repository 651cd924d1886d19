package operator

import (
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// completeSettling checks the settings of settlements and puts their defaults in.
func (c *Config) completeSettling() error {
	for _, d := range []struct {
		what     string
		into     *time.Duration
		standard time.Duration
	}{
		{"settle interval", &c.SettleEvery, defaultSettleEvery},
		{"limit on how long a charge waits", &c.SettleWithin, 0},
		{"time before a session's end", &c.SettleBefore, defaultSettleBefore},
	} {
		if *d.into < 0 {
			return fmt.Errorf("operator: %s is %v: want more than 0, or 0 for the default", d.what, *d.into)
		}
		if *d.into == 0 {
			*d.into = d.standard
		}
	}
	if c.SettleWithin == 0 {
		c.SettleWithin = defaultSettleWithin * c.SettleEvery
	}
	switch {
	case c.SettleTogether < 0 || c.SettleTogether > chain.MaxRows:
		return fmt.Errorf("operator: sessions settled together are %d: want 1 to %d, or 0 for %d", c.SettleTogether, chain.MaxRows, defaultSettleTogether)
	case c.SettleWithin < c.SettleEvery:
		return fmt.Errorf("operator: charges wait at most %v, less than the settle interval of %v: raise SettleWithin, or lower SettleEvery", c.SettleWithin, c.SettleEvery)
	case c.SettleBefore < minSettleBefore:
		return fmt.Errorf("operator: sessions are settled %v before their end: want at least %v, so that a settlement that fails can be made again", c.SettleBefore, minSettleBefore)
	case c.NeverAtALoss && c.TokenWei.IsZero():
		return errors.New("operator: NeverAtALoss needs TokenWei, what a token is worth")
	}
	if c.SettleTogether == 0 {
		c.SettleTogether = defaultSettleTogether
	}
	return nil
}

const minSettleBefore = 10 * time.Minute

// An order has the settle loop settle.
type order struct {
	why    string
	forced bool // even a few sessions, and at a loss
}

// policy remembers what its rules need. It is guarded by Agent.mu.
type policy struct {
	since time.Time // something has been owed since then; zero: nothing is
	quiet time.Time // until then nothing is settled: it would move nothing, or fail again
}

// decide is what to do about what the pod says it is owed, with so many sessions open. Its figures are up to a minute old,
// and the amount is rounded down: something is owed where a session owes.
func (p *policy) decide(cfg *Config, s protocol.Status, open int, now time.Time) (order, bool) {
	if s.Owing == 0 && s.Unsettled.IsZero() {
		p.since = time.Time{}
		return order{}, false
	}
	if p.since.IsZero() {
		p.since = now
	}
	if now.Before(p.quiet) {
		return order{}, false
	}
	waited, enough := now.Sub(p.since), s.Owing > 0 && s.Owing >= min(cfg.SettleTogether, open)
	switch {
	case s.OwingUntil > 0 && s.OwingUntil <= uint64(now.Add(cfg.SettleBefore).Unix()):
		return order{"a session that owes ends soon", true}, true
	case waited >= cfg.SettleWithin:
		return order{"what was charged has waited for as long as it may", true}, true
	case enough && waited >= cfg.SettleEvery:
		return order{"the interval is over", false}, true
	case enough && !cfg.SettleAbove.IsZero() && s.Unsettled.Cmp(cfg.SettleAbove) >= 0:
		return order{"enough is unsettled", false}, true
	}
	return order{}, false
}

// consider has the settle loop do what is due.
func (a *Agent) consider(s protocol.Status) {
	now := time.Now()
	open := a.sessions.open(now)
	a.mu.Lock()
	o, due := a.policy.decide(&a.cfg, s, open, now)
	a.mu.Unlock()
	if !due && !a.batches.waiting() {
		return
	}
	select {
	case a.settleSoon <- o:
	default:
	}
}

// settledAt has what is still owed wait anew.
func (a *Agent) settledAt(now time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if !a.policy.since.IsZero() {
		a.policy.since = now
	}
}

func (a *Agent) quietUntil(t time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.policy.quiet = t
}

// tokensUp is what an amount of wei is worth in tokens' base units.
func (c *Config) tokensUp(wei protocol.Amount) protocol.Amount {
	worth := c.TokenWei.Big()
	units := new(big.Int).Mul(wei.Big(), protocol.Tokens(1).Big())
	units.Add(units, new(big.Int).Sub(worth, big.NewInt(1))).Div(units, worth)
	amount, err := protocol.AmountFromBig(units)
	if err != nil {
		return protocol.MaxAmount
	}
	return amount
}

// A lossError says that settling costs more than it moves.
type lossError struct {
	cost         chain.Cost
	costs, moves protocol.Amount // in tokens
}

func (e *lossError) Error() string {
	return fmt.Sprintf("a settlement costs about %s tokens (%s wei, %s of them for L1) and moves %s", e.costs.Tokens(), e.cost.Wei(), e.cost.L1Fee, e.moves.Tokens())
}

// Totals are sums over the settlements since the agent started. Fees are in wei of the chain's own currency.
type Totals struct {
	Since       time.Time       `json:"since"`
	Settlements int             `json:"settlements"`
	Rows        int             `json:"rows"`
	Skipped     int             `json:"skipped"` // of the rows
	Charged     protocol.Amount `json:"charged"` // moved to the operator, in base units
	Gas         uint64          `json:"gas"`
	Fees        protocol.Amount `json:"fees"`      // in all
	L1Fees      protocol.Amount `json:"l1Fees"`    // of these, for the transactions' bytes on L1
	Unpriced    int             `json:"unpriced"`  // settlements whose cost the node did not tell
	Losses      int             `json:"losses"`    // settlements that cost more than they moved, where TokenWei tells
	Postponed   int             `json:"postponed"` // settlements that were not made since they would have
}

// Totals are what this agent has settled and what that cost.
func (a *Agent) Totals() Totals {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.totals
}

// count adds a settlement; cost is nil if it is not known.
func (a *Agent) count(s chain.Settlement, cost *chain.Cost) {
	a.mu.Lock()
	defer a.mu.Unlock()
	t := &a.totals
	add := func(into *protocol.Amount, more protocol.Amount) { *into = into.AddCapped(more) }
	t.Settlements++
	t.Rows += s.Rows
	t.Skipped += len(s.Skipped)
	add(&t.Charged, s.Charged)
	if cost == nil {
		t.Unpriced++
		return
	}
	t.Gas += cost.Gas
	add(&t.Fees, cost.Wei())
	add(&t.L1Fees, cost.L1Fee)
	if !a.cfg.TokenWei.IsZero() && a.cfg.tokensUp(cost.Wei()).Cmp(s.Charged) > 0 {
		t.Losses++
	}
}
