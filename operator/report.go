package operator

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

const (
	lookAgain  = 5 * time.Second // at the chain: many may look at once
	answerSoon = 3 * time.Second // or a pod does not answer
	littleGas  = 20              // settlements' worth
	perMillion = 1_000_000
)

// Report is how a pod's business stands, as its agent sees it. Amounts are base units, but for wei.
type Report struct {
	Pod      protocol.Address `json:"pod"`
	Operator protocol.Address `json:"operator"`
	URL      string           `json:"url"`
	Time     time.Time        `json:"time"`

	// Status is the pod's own word; nil: it does not answer, and StatusError says why. It tells of charges and of requests
	// as they were up to a minute ago.
	Status      *protocol.Status `json:"status"`
	StatusError string           `json:"statusError,omitempty"`
	Sessions    int              `json:"sessions"` // open

	// Listing is what the registry has; nil: nothing, or it could not be read.
	Listing    *Listing        `json:"listing"`
	Claimable  protocol.Amount `json:"claimable"` // settled and not paid out
	Gas        string          `json:"gas"`       // wei that the operator's account has for transactions
	ChainError string          `json:"chainError,omitempty"`

	Totals  Totals  `json:"totals"` // since the agent started
	History []Entry `json:"history"`
	// Whole: History goes back as far as the node tells, or as is kept.
	Whole  bool   `json:"whole"`
	Earned Earned `json:"earned"`
	Clocks Clocks `json:"clocks"`

	// Concerns are what is wrong or soon will be, and what to do; Alerts what was logged.
	Concerns []Concern `json:"concerns"`
	Alerts   []Alert   `json:"alerts"`
}

// Listing is a pod's record on the registry, as far as an operator asks.
type Listing struct {
	Identity   protocol.Address  `json:"identity"`
	Standing   protocol.Standing `json:"standing"`
	ValidUntil uint64            `json:"validUntil"` // Unix seconds
	KeyUntil   uint64            `json:"keyUntil"`   // of the key that requests are sealed to
	KeyEpoch   uint64            `json:"keyEpoch"`
	Offers     []protocol.Offer  `json:"offers"`
	Relay      string            `json:"relay,omitempty"`
}

// Earned is what was settled lately. The host is not told how many tokens single answers have, so that what it can say of
// speed is a bound: that all of it was paid for written tokens at the lowest of the prices.
type Earned struct {
	Hour protocol.Amount `json:"hour"` // base units, like Day
	Day  protocol.Amount `json:"day"`
	// TokensPerSecond is how many tokens were written at most in each second of the last hour, by today's prices.
	TokensPerSecond float64 `json:"tokensPerSecond"`
	Model           string  `json:"model,omitempty"` // whose price that is; empty: no price is known
}

// Clocks are when something ends or is due; zero where it is not known, or nothing is.
type Clocks struct {
	Settle     time.Time `json:"settle,omitzero"`     // the earliest time of the next settlement
	SettleLast time.Time `json:"settleLast,omitzero"` // the latest
	Renew      time.Time `json:"renew,omitzero"`      // of the registration
	OwingUntil time.Time `json:"owingUntil,omitzero"` // the first session that owes ends
}

// Concern is something for the operator to do.
type Concern struct {
	What string `json:"what"`
	Do   string `json:"do"`
}

// onChain is what an agent's report has from the chain, which is not asked at each look.
type onChain struct {
	looking sync.Mutex // one at a time asks

	mu    sync.Mutex
	asked time.Time
	facts facts
}

// facts are what the chain said last. Where it could not be asked they are older than err.
type facts struct {
	listing   *Listing
	claimable protocol.Amount
	gas       *big.Int
	err       error
}

// Report says how the pod's business stands. What cannot be asked is said in it.
func (a *Agent) Report(ctx context.Context) Report {
	a.book.want()
	now := time.Now()
	r := Report{Pod: a.pod, Operator: a.chain.Address(), URL: a.cfg.PodURL, Time: now, Totals: a.Totals(), Sessions: a.sessions.open(now), Alerts: a.alerts.all(), Concerns: []Concern{}}
	soon, cancel := context.WithTimeout(ctx, answerSoon)
	defer cancel()
	if status, err := a.control.status(soon); err != nil {
		r.StatusError = err.Error()
	} else {
		r.Status = &status
	}
	r.History, r.Whole = a.book.all() // before what the chain says, which is then not older
	a.askChain(ctx, now, &r)
	r.Earned = earned(r.History, r.Listing, now)
	r.Clocks = a.clocks(r.Status)
	r.worry(now)
	return r
}

func (a *Agent) askChain(ctx context.Context, now time.Time, r *Report) {
	f := a.onChain.latest(ctx, now, a.chain, a.pod)
	r.Listing, r.Claimable, r.Gas = f.listing, f.claimable, "0"
	if f.gas != nil {
		r.Gas = f.gas.String()
	}
	if f.err != nil {
		r.ChainError = f.err.Error()
	}
}

// latest is what the chain says, or said a moment ago. Whoever settles meanwhile does not wait for it.
func (c *onChain) latest(ctx context.Context, now time.Time, from Chain, pod protocol.Address) facts {
	c.looking.Lock()
	defer c.looking.Unlock()
	c.mu.Lock()
	f, asked := c.facts, c.asked
	if now.Sub(asked) >= lookAgain {
		c.asked = now
	}
	c.mu.Unlock()
	if now.Sub(asked) < lookAgain {
		return f
	}
	f.err = f.look(ctx, from, pod)
	if ctx.Err() != nil { // whoever looked has gone, which says nothing of the chain
		c.outdated()
		return f
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.facts = f
	return f
}

// outdated has the next look ask again.
func (c *onChain) outdated() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = time.Time{}
}

func (c *facts) look(ctx context.Context, from Chain, pod protocol.Address) error {
	record, err := from.Pod(ctx, pod)
	switch {
	case errors.Is(err, chain.ErrNotFound):
		c.listing = nil
	case err != nil:
		return err
	default:
		c.listing = &Listing{
			Identity: record.Identity, Standing: record.Standing, ValidUntil: record.ValidUntil, KeyUntil: record.KeyConfig.NotAfter, KeyEpoch: record.KeyConfig.Epoch,
			Offers: []protocol.Offer{}, Relay: record.Relay,
		}
		for _, o := range record.Offers {
			c.listing.Offers = append(c.listing.Offers, o.Offer)
		}
	}
	if c.claimable, err = from.Claimable(ctx, pod); err != nil {
		return err
	}
	c.gas, err = from.GasBalance(ctx, from.Address())
	return err
}

// earned sums up what was settled lately.
func earned(history []Entry, listing *Listing, now time.Time) (e Earned) {
	for _, s := range history {
		if now.Sub(s.Time) < 24*time.Hour {
			e.Day = e.Day.AddCapped(s.Charged)
		}
		if now.Sub(s.Time) < time.Hour {
			e.Hour = e.Hour.AddCapped(s.Charged)
		}
	}
	if listing == nil {
		return e
	}
	var least protocol.Amount
	for _, o := range listing.Offers {
		if !o.OutPerM.IsZero() && (e.Model == "" || o.OutPerM.Cmp(least) < 0) {
			least, e.Model = o.OutPerM, o.Model
		}
	}
	if e.Model != "" {
		tokens := new(big.Int).Mul(e.Hour.Big(), big.NewInt(perMillion))
		e.TokensPerSecond, _ = new(big.Rat).SetFrac(tokens, new(big.Int).Mul(least.Big(), big.NewInt(int64(time.Hour/time.Second)))).Float64()
	}
	return e
}

func (a *Agent) clocks(status *protocol.Status) (c Clocks) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.Renew = a.renewAt
	if status == nil || a.policy.since.IsZero() || status.Owing == 0 && status.Unsettled.IsZero() {
		return c
	}
	c.Settle, c.SettleLast = latest(a.policy.since.Add(a.cfg.SettleEvery), a.policy.quiet), a.policy.since.Add(a.cfg.SettleWithin)
	if status.OwingUntil > 0 {
		c.OwingUntil = time.Unix(int64(status.OwingUntil), 0)
	}
	return c
}

// worry finds what the operator should do something about.
func (r *Report) worry(now time.Time) {
	say := func(do, what string, args ...any) {
		r.Concerns = append(r.Concerns, Concern{What: fmt.Sprintf(what, args...), Do: do})
	}
	switch {
	case r.Status == nil:
		say("start podd, or look into its log; what it has charged is not lost", "the pod does not answer: %s", r.StatusError)
	case !r.Status.Ready:
		say("wait if it has just started, or look into podd's log", "the pod is not ready: %s", r.Status.Reason)
	}
	switch {
	case r.ChainError != "":
		say("check the node's URL: nothing is settled or renewed until it answers", "the chain does not answer: %s", r.ChainError)
	case r.Listing == nil:
		say("nothing, if the pod has just started: the agent registers it; otherwise the alerts below say why not", "the registry does not list the pod")
	case r.Listing.ValidUntil <= uint64(now.Unix()):
		say("the agent renews it as soon as the pod is ready and there is gas", "the registration has ended: no client asks, and nothing can be settled")
	case r.Listing.ValidUntil <= uint64(now.Add(time.Hour).Unix()):
		say("see that the pod is ready and that there is gas: the agent renews it by itself", "the registration ends within the hour")
	}
	if r.ChainError == "" {
		r.worryAboutGas(say)
	}
	if r.Status != nil && r.Status.OwingUntil > 0 && r.Status.OwingUntil <= uint64(now.Add(10*time.Minute).Unix()) {
		say("see that settlements go through: what is not settled by then is lost", "a session that owes ends at %s", time.Unix(int64(r.Status.OwingUntil), 0).UTC().Format(time.TimeOnly+" MST"))
	}
	if n := r.Totals.Losses; n > 0 {
		say("raise SettleEvery or prices, or have the agent settle never at a loss", "%d settlements cost more than they moved", n)
	}
}

// worryAboutGas compares what there is for gas with what settlements have cost.
func (r *Report) worryAboutGas(say func(do, what string, args ...any)) {
	have, ok := new(big.Int).SetString(r.Gas, 10)
	if !ok {
		return
	}
	if have.Sign() == 0 {
		say("send some to "+r.Operator.String(), "the operator's account has nothing left for gas")
		return
	}
	for _, e := range r.History {
		if e.Fee == nil || e.Fee.IsZero() {
			continue
		}
		if need := new(big.Int).Mul(e.Fee.Big(), big.NewInt(littleGas)); have.Cmp(need) < 0 {
			say("send some to "+r.Operator.String(), "what is left for gas is enough for fewer than %d settlements such as the last", littleGas)
		}
		return
	}
}
