package main

import (
	"context"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// sessionMoney is where one session's money is, in base units.
type sessionMoney struct {
	client.SessionStatus
	OnChain protocol.SessionFact `json:"onChain"`
}

// left is what the session locks and has not paid.
func (s sessionMoney) left() protocol.Amount { return s.OnChain.Cap.SubDown(s.OnChain.Claimed) }

// phase is where a session stands on chain.
type phase string

const (
	phaseOrdered phase = "ordered" // nobody has executed its order yet
	phaseOpen    phase = "open"
	phaseClosing phase = "closing"
	phaseExpired phase = "expired" // what is left can be released
)

func (s sessionMoney) phase(now uint64) phase {
	switch {
	case s.OnChain.Cap.IsZero():
		return phaseOrdered
	case s.OnChain.Expiry < now:
		return phaseExpired
	case s.OnChain.Closing:
		return phaseClosing
	}
	return phaseOpen
}

// podMoney is what a pod of the wallet's has earned and not been paid.
type podMoney struct {
	Pod       protocol.Address `json:"pod"`
	Claimable protocol.Amount  `json:"claimable"`
}

// money is where all of it is, in base units.
type walletMoney struct {
	Network   string           `json:"network"`
	Simulated bool             `json:"simulated"`
	Address   protocol.Address `json:"address"`
	Held      protocol.Amount  `json:"held"` // in the wallet
	Available protocol.Amount  `json:"available"`
	Locked    protocol.Amount  `json:"locked"`   // in sessions, with what is on its way back
	Pending   protocol.Amount  `json:"pending"`  // of locked: on its way back
	Earnings  protocol.Amount  `json:"earnings"` // claimable
	Total     protocol.Amount  `json:"total"`    // of held, available, locked and earnings
	Gas       string           `json:"gas"`      // wei
	Sessions  []sessionMoney   `json:"sessions"`
	Claimable []podMoney       `json:"claimable"`

	gas *big.Int
	now uint64 // the chain's clock
}

// sessionsOf are the sessions of an owner that lock something or are to: those that the chain has, and those that this
// machine has ordered.
func (a *app) sessionsOf(ctx context.Context, c *chain.Client, owner protocol.Address) ([]sessionMoney, error) {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return nil, err
	}
	keys, err := c.AllSessionsOf(ctx, owner, 0, a.looking("sessions"))
	if err != nil {
		return nil, err
	}
	return a.sessionsAmong(ctx, c, owner, keys, state)
}

// sessionsAmong are those of the sessions of an owner that still matter, of which the chain has opened these.
func (a *app) sessionsAmong(ctx context.Context, c *chain.Client, owner protocol.Address, keys []protocol.SessionKey, state client.State) ([]sessionMoney, error) {
	known := map[protocol.SessionKey]client.SessionStatus{}
	opened := map[protocol.SessionKey]bool{}
	for _, key := range keys {
		opened[key] = true
		known[key] = client.SessionStatus{Key: key, ID: key.ID()}
	}
	for _, s := range state.Sessions {
		if s.Key.Owner == owner {
			known[s.Key] = s
			if !opened[s.Key] {
				keys = append(keys, s.Key)
			}
		}
	}
	facts, err := c.Sessions(ctx, keys)
	if err != nil {
		return nil, err
	}
	var sessions []sessionMoney
	for i, fact := range facts {
		s := sessionMoney{known[keys[i]], fact}
		if fact.Cap.IsZero() && (opened[keys[i]] || s.Ordered.IsZero() || s.Ended != "" || s.Expiry < uint64(time.Now().Unix())) {
			continue // it is over, or never came to be
		}
		if !fact.Cap.IsZero() {
			s.Cap, s.Expiry = fact.Cap, fact.Expiry
		}
		sessions = append(sessions, s)
	}
	return sessions, nil
}

// gather asks the chain where the money of an account is.
func (a *app) gather(ctx context.Context, profile network.Profile, c *chain.Client, address protocol.Address) (walletMoney, error) {
	sessions, err := a.sessionsOf(ctx, c, address)
	if err != nil {
		return walletMoney{}, err
	}
	return gatherWith(ctx, profile, c, address, sessions)
}

// gatherWith is gather where the sessions are known.
func gatherWith(ctx context.Context, profile network.Profile, c *chain.Client, address protocol.Address, sessions []sessionMoney) (m walletMoney, err error) {
	m = walletMoney{Network: profile.Name, Simulated: profile.IsSimulated(), Address: address, Claimable: []podMoney{}}
	head, err := c.Head(ctx)
	if err != nil {
		return m, err
	}
	m.now = head.Time
	account, err := c.Account(ctx, address)
	if err != nil {
		return m, err
	}
	m.Available = account.Avail
	if m.Held, err = c.TokenBalance(ctx, address); err != nil {
		return m, err
	}
	if m.gas, err = c.GasBalance(ctx, address); err != nil {
		return m, err
	}
	m.Gas = m.gas.String()
	m.Sessions = notNil(sessions)
	var sum adder
	for _, s := range m.Sessions {
		sum.add(&m.Locked, s.left())
		if p := s.phase(m.now); p == phaseClosing || p == phaseExpired {
			sum.add(&m.Pending, s.left())
		}
	}
	pods, err := c.PodsOf(ctx, address)
	if err != nil {
		return m, err
	}
	for _, pod := range pods {
		earned, err := c.Claimable(ctx, pod)
		if err != nil {
			return m, err
		}
		m.Claimable = append(m.Claimable, podMoney{pod, earned})
		sum.add(&m.Earnings, earned)
	}
	for _, part := range []protocol.Amount{m.Held, m.Available, m.Locked, m.Earnings} {
		sum.add(&m.Total, part)
	}
	return m, sum.err
}

// adder adds amounts and remembers what did not fit.
type adder struct{ err error }

func (s *adder) add(to *protocol.Amount, more protocol.Amount) {
	sum, err := to.Add(more)
	if err != nil {
		s.err = fmt.Errorf("adding up the balances: %w", err)
		return
	}
	*to = sum
}

func (a *app) showWallet(ctx context.Context) error {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	address, err := wallet.Address(a.walletDir())
	if err != nil {
		return err
	}
	m, err := a.gather(ctx, profile, c, address)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(m)
	}
	isSimulated(a, profile)
	a.printMoney(m, tokenName(profile))
	return nil
}

func (a *app) printMoney(m walletMoney, token string) {
	a.out.step("address", "%s", m.Address)
	a.out.step("gas", "%s ETH", ether(m.gas))
	fmt.Fprintln(a.out)
	rows := [][]string{
		{"in the wallet", "", shortTokens(m.Held), "", ""},
		{"available", "", shortTokens(m.Available), "", "in the escrow, unlocked"},
	}
	for _, s := range m.Sessions {
		rows = append(rows, s.row(m.now))
	}
	for _, p := range m.Claimable {
		rows = append(rows, []string{"claimable", p.Pod.Short(), shortTokens(p.Claimable), "", "earned by the pod"})
	}
	rows = append(rows, []string{"total", "", shortTokens(m.Total), "", ""})
	a.out.table([]string{"WHERE", "POD", token, "UNTIL", "STATE"}, rows)
	if !m.Pending.IsZero() {
		fmt.Fprintf(a.out, "\n%s %s are on their way back: `phallama wallet exit` gets everything out.\n", m.Pending.Tokens(), token)
	}
}

func (s sessionMoney) row(now uint64) []string {
	until, state := clock(s.OnChain.Expiry), ""
	switch s.phase(now) {
	case phaseOrdered:
		until, state = clock(s.Expiry), "ordered, not on chain"
	case phaseOpen:
		state = "open"
	case phaseClosing:
		state = "closing, " + remaining(s.OnChain.Expiry, now)
	case phaseExpired:
		state = "expired: release it"
	}
	if s.Key.Delegated() {
		state += ", key " + s.Key.Signer.Short()
	}
	if s.Suspect != "" {
		state = "suspect, " + state
	}
	return []string{"session " + s.ID.Short(), s.Key.Pod.Short(), shortTokens(s.left()), until, state}
}

// clock is a time for people, in the local zone.
func clock(unix uint64) string { return time.Unix(int64(unix), 0).Local().Format("01-02 15:04") }

// remaining is how long it is until a time, in words.
func remaining(until, now uint64) string {
	left := time.Duration(0)
	if until > now {
		left = time.Duration(until-now) * time.Second
	}
	if left < time.Minute {
		return "less than a minute left"
	}
	text := left.Round(time.Minute).String()
	return strings.TrimSuffix(text, "0s") + " left"
}

// shortTokens is for tables: whole tokens with up to six decimals, rounded down. --json has all of them.
func shortTokens(a protocol.Amount) string {
	const decimals = 6
	whole, frac, _ := strings.Cut(a.Tokens(), ".")
	if len(frac) <= decimals {
		return a.Tokens()
	}
	short := strings.TrimRight(frac[:decimals], "0")
	switch {
	case short != "":
		return whole + "." + short
	case whole == "0":
		return "<0.000001"
	}
	return whole
}

// ether is wei in ETH with four decimals, rounded down.
func ether(wei *big.Int) string {
	if wei == nil {
		return "?"
	}
	tenThousandths := new(big.Int).Div(wei, big.NewInt(1e14))
	whole, frac := new(big.Int).DivMod(tenThousandths, big.NewInt(10_000), new(big.Int))
	return fmt.Sprintf("%s.%04d", whole, frac.Int64())
}
