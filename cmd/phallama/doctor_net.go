package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"net/http"
	"os"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// dialled is what came of dialling each of the profile's URLs.
type dialled struct {
	failures []error
	step     chain.Step // the furthest of those that failed
	date     dated      // of the node that is asked
}

// dated notes by how much the clock of a server that is asked is ahead of this machine's, to the second.
type dated struct {
	next http.RoundTripper
	now  func() time.Time

	mu    sync.Mutex
	known bool
	ahead time.Duration
}

// RoundTrip implements http.RoundTripper.
func (t *dated) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		t.mu.Lock()
		t.known, t.ahead = true, at.Sub(t.now()).Round(time.Second)
		t.mu.Unlock()
	}
	return resp, nil
}

// checkRPC dials each of the profile's URLs. Which chain and which contracts are found there is told by the next checks.
func (d *doctor) checkRPC(ctx context.Context) finding {
	d.dial.date.next, d.dial.date.now = http.DefaultTransport, d.now
	deadline, _ := ctx.Deadline()
	each := time.Until(deadline) / time.Duration(len(d.profile.RPC))
	for _, url := range d.profile.RPC {
		one := d.profile
		one.RPC = []string{url}
		opts := chain.Options{}
		if d.chain == nil {
			opts.HTTPClient = &http.Client{Transport: &d.dial.date} // ctx bounds it
		}
		ctx, cancel := context.WithTimeout(ctx, each)
		c, err := chain.Dial(ctx, one, opts)
		cancel()
		switch {
		case err != nil:
			d.dial.add(err)
		case d.chain == nil:
			d.chain = c
		default:
			c.Close()
		}
	}
	failed, of := len(d.dial.failures), len(d.profile.RPC)
	text := errors.Join(d.dial.failures...)
	switch {
	case d.chain != nil && failed > 0:
		return concern("correct the profile's rpc, or wait until they are back", "%d of %d nodes cannot be used: %v", failed, of, text)
	case d.chain != nil || d.dial.step != chain.StepReach:
		return fine("%s answers", count(of, "node"))
	case network.IsDev(d.profile.ChainID):
		return wrong("start the devnet with `phallama up`", "expected the chain's node to answer: %v", text)
	}
	return wrong("check this machine's connection to the Internet, and the profile's rpc in network.json", "expected the chain's node to answer: %v", text)
}

func (l *dialled) add(err error) {
	steps := []chain.Step{chain.StepReach, chain.StepChain, chain.StepContracts}
	step := chain.StepReach
	var at *chain.DialError
	if errors.As(err, &at) {
		step = at.Step
	}
	l.failures = append(l.failures, err)
	if slices.Index(steps, step) > slices.Index(steps, l.step) {
		l.step = step
	}
}

func (d *doctor) checkChainID(context.Context) finding {
	if d.chain == nil && d.dial.step == chain.StepChain {
		return wrong("correct rpc or chainId in network.json: one of them is another network's", "%v", errors.Join(d.dial.failures...))
	}
	return fine("%d, the network's", d.profile.ChainID)
}

func (d *doctor) checkContracts(context.Context) finding {
	if d.chain == nil {
		return wrong("take the network's current profile; if it is current, this program is of another version than the contracts: install the one that belongs to them", "%v", errors.Join(d.dial.failures...))
	}
	return fine("token, escrow and registry are the profile's, and of this version")
}

// clockOff is how far this machine's clock may be off: pods take no request that is dated further away.
const clockOff = 2 * time.Minute

// checkClock holds this machine's clock against that of the node and the time of the chain's head. The clock is wrong if
// it agrees with neither: the head can be old, and a node's own clock wrong.
func (d *doctor) checkClock(ctx context.Context) finding {
	head, err := d.chain.Head(ctx)
	if err != nil {
		return wrong("try again, or use another node", "expected the chain's head: %v", err)
	}
	now := d.now()
	behind := now.Sub(time.Unix(int64(head.Time), 0)).Round(time.Second)
	d.dial.date.mu.Lock()
	known, ahead := d.dial.date.known, d.dial.date.ahead
	d.dial.date.mu.Unlock()
	const fix = "set this machine's clock, and have it kept by NTP (timedatectl set-ntp true)"
	switch {
	case behind.Abs() <= clockOff:
		return fine("%s, within %s of the chain's head", utc(now), clockOff)
	case known && ahead.Abs() > clockOff:
		return wrong(fix, "expected a clock within %s of the chain's node, which is %s ahead (here it is %s)", clockOff, ahead, utc(now))
	case known:
		return fine("%s, within %s of the clock of the chain's node", utc(now), clockOff)
	case behind < 0:
		return wrong(fix, "expected a clock that is past the chain's head, which is %s ahead (here it is %s)", -behind, utc(now))
	}
	return concern("compare it with another clock", "%s; the node does not say what time it is", utc(now))
}

// utc is a time for people, who may be asked for it by others.
func utc(at time.Time) string { return at.UTC().Format(time.DateTime + " UTC") }

func (d *doctor) checkHead(ctx context.Context) finding {
	head, err := d.chain.Head(ctx)
	if err != nil {
		return wrong("try again, or use another node", "expected the chain's head: %v", err)
	}
	at := time.Unix(int64(head.Time), 0)
	age := d.now().Sub(at).Round(time.Second)
	if age > attest.MaxHeadAge {
		return wrong("use another node (rpc in network.json), or wait: the node lags behind, or the chain stands still", "expected a head at most %s old, got block %d of %s, %s ago",
			attest.MaxHeadAge, head.Number, utc(at), age)
	}
	if age < -attest.MaxHeadAge {
		return wrong("use another node (rpc in network.json): its chain runs ahead of the time", "expected a head of about now, got block %d of %s, %s ahead", head.Number, utc(at), -age)
	}
	return fine("block %d, %s old", head.Number, max(age, 0))
}

// checkPods verifies all pods, as somebody who owns nothing: a gateway may be using the data directory.
func (d *doctor) checkPods(ctx context.Context) finding {
	dir, err := os.MkdirTemp("", "phallama-doctor-")
	if err != nil {
		return wrong("make room for temporary files", "%v", err)
	}
	nobody, err := protocol.GenerateKey()
	if err == nil {
		d.user, err = d.a.open(dir, d.profile, d.chain, client.Config{Owner: nobody, Log: slog.New(slog.DiscardHandler)})
	}
	if err != nil {
		_ = os.RemoveAll(dir)
		return wrong("correct the network's profile, or --relay", "expected a policy, and what else is needed to verify pods: %v", err)
	}
	d.drop = func() { _, _ = d.user.Close(), os.RemoveAll(dir) }
	pods, err := d.user.Pods(ctx)
	if err != nil {
		return wrong("try again, or use another node", "expected the list of pods: %v", err)
	}
	pods = slices.DeleteFunc(pods, func(p client.PodStatus) bool { return p.Record.Retired })
	if len(pods) == 0 {
		return wrong("wait for an operator to list one, or join another network", "expected pods on the registry, it lists none")
	}
	refused := slices.DeleteFunc(slices.Clone(pods), func(p client.PodStatus) bool { return p.Claims != nil })
	why := ""
	if len(refused) > 0 {
		why = fmt.Sprintf("pod %s: %s", refused[0].Record.ID.Short(), refused[0].Refused)
	}
	if len(refused) == len(pods) {
		return wrong("`phallama verify "+refused[0].Record.ID.Short()+"` shows every check; wait for the operators, or correct the policy in network.json", "%s on the registry, and every one is refused: %s", count(len(pods), "pod"), why)
	}
	if d.models, err = d.user.Models(ctx); err != nil {
		return wrong("try again, or use another node", "expected the models of the pods: %v", err)
	}
	if len(d.models) == 0 {
		return wrong("loosen --max-price, --min-tier, --pod or --deny (`phallama pods` shows prices and tiers), or wait for offers", "%s verified, and none has an offer that is current and that your rules allow", count(len(pods)-len(refused), "pod"))
	}
	text := fmt.Sprintf("%s listed, %d verified; %s", count(len(pods), "pod"), len(pods)-len(refused), count(len(d.models), "offer"))
	if why != "" {
		text += "; refused: " + why
	}
	return fine("%s", text)
}

// mostAsked bounds the pods that are asked whether they answer.
const mostAsked = 8

// checkReach asks pods what they say of a model, sealed and by the relay that a question would take. It is free.
func (d *doctor) checkReach(ctx context.Context) finding {
	var ids []protocol.Address
	for _, m := range d.models {
		if !slices.Contains(ids, m.Pod) && len(ids) < mostAsked {
			ids = append(ids, m.Pod)
		}
	}
	errs := make([]error, len(ids))
	var wait sync.WaitGroup
	for i, id := range ids {
		wait.Go(func() { errs[i] = d.user.Reach(ctx, id) })
	}
	wait.Wait()
	var first string
	failed := 0
	for _, err := range errs {
		if err == nil {
			continue
		}
		if failed++; failed == 1 {
			first = err.Error()
		}
	}
	const fix = "check this machine's connection and --relay; if those are fine, their operators have to start them"
	switch {
	case failed == len(ids):
		return wrong(fix, "expected a pod that answers, %d asked: %s", len(ids), first)
	case failed > 0:
		return concern("others are asked in their place", "%d of %d pods do not answer: %s", failed, len(ids), first)
	}
	return fine("%d asked, sealed: all answer", len(ids))
}

// ordinary is what a question of ordinary length uses.
var ordinary = protocol.Usage{In: 1000, Out: 1000}

// checkFunds adds up what may be spent: what is unlocked, within the key's budget, and what open sessions have left.
func (d *doctor) checkFunds(ctx context.Context) finding {
	token := tokenName(d.profile)
	if d.key != nil && d.key.Domain != d.chain.Domain() {
		return wrong("use a --data directory of the key's network", "expected a key for the escrow %s on chain %d, got one for %s on %d",
			d.chain.Domain().Escrow.Short(), d.chain.Domain().ChainID, d.key.Domain.Escrow.Short(), d.key.Domain.ChainID)
	}
	ask := func(err error) finding {
		return wrong("try again, or use another node", "expected the account: %v", err)
	}
	account, err := d.chain.Account(ctx, d.owner)
	if err != nil {
		return ask(err)
	}
	money := account.Avail
	if d.key != nil {
		budget, err := d.chain.Delegate(ctx, d.owner, d.key.Key.Address())
		if err != nil {
			return ask(err)
		}
		if budget.Cap.IsZero() || budget.Expiry <= uint64(d.now().Unix()) {
			return wrong("ask the key's owner for another", "expected a key with a budget, got one that was revoked or has expired")
		}
		money = protocol.MinAmount(money, budget.Left())
	}
	left, err := d.leftInSessions(ctx)
	if err == nil {
		money, err = money.Add(left)
	}
	if err != nil {
		return ask(err)
	}
	cheapest, price := d.cheapest()
	fix := d.deposit(ctx, token)
	switch n := int64(client.DefaultLowFunds); {
	case money.IsZero():
		return wrong(fix, "expected money in the escrow, got none")
	case cheapest != "" && money.Cmp(price) < 0:
		return wrong(fix, "expected at least %s %s in the escrow, what an ordinary question to %s costs, got %s", shortTokens(price), token, cheapest, shortTokens(money))
	case cheapest != "" && money.Big().Cmp(new(big.Int).Mul(price.Big(), big.NewInt(n))) < 0:
		return concern(fix, "%s %s in the escrow, fewer than %d ordinary questions to %s", shortTokens(money), token, n, cheapest)
	}
	return fine("%s %s to spend, %s of it in open sessions", shortTokens(money), token, shortTokens(left))
}

// leftInSessions is what this payer's open sessions have left on chain.
func (d *doctor) leftInSessions(ctx context.Context) (sum protocol.Amount, err error) {
	var keys []protocol.SessionKey
	for _, s := range d.state.Sessions {
		mine := s.Key.Owner == d.owner && (d.key == nil) != s.Key.Delegated() && (d.key == nil || s.Key.Signer == d.key.Key.Address())
		if mine && s.Suspect == "" && s.Ended == "" {
			keys = append(keys, s.Key)
		}
	}
	facts, err := d.chain.Sessions(ctx, keys)
	for _, fact := range facts {
		if s := (sessionMoney{OnChain: fact}); s.phase(uint64(d.now().Unix())) == phaseOpen && err == nil {
			sum, err = sum.Add(s.left())
		}
	}
	return sum, err
}

// cheapest is the model for which an ordinary question costs least, and how much; none where pods are not known.
func (d *doctor) cheapest() (model string, price protocol.Amount) {
	for _, m := range d.models {
		cost, err := m.Offer.CostUp(ordinary)
		if err == nil && (model == "" || cost.Cmp(price) < 0) {
			model, price = m.Name, cost
		}
	}
	return model, price
}

// deposit is how money gets into the escrow.
func (d *doctor) deposit(ctx context.Context, token string) string {
	if d.key != nil {
		return "ask the key's owner for more"
	}
	if held, err := d.chain.TokenBalance(ctx, d.owner); err == nil && !held.IsZero() {
		return fmt.Sprintf("`phallama wallet deposit AMOUNT`: the wallet holds %s %s", shortTokens(held), token)
	}
	return fmt.Sprintf("send %s, and some ETH for gas, to %s; then `phallama wallet deposit AMOUNT`", token, d.owner)
}
