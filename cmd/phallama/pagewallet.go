package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
	"github.com/phallama/phallama/web"
)

// purse is what the page does with the wallet of the data directory: what the commands do, without what they print.
type purse struct {
	a       *app
	profile network.Profile
	user    *client.Client // that spends it
	address protocol.Address
	search  *search
}

func newPurse(a *app, profile network.Profile, user *client.Client) (*purse, error) {
	address, err := wallet.Address(a.walletDir())
	if err != nil {
		return nil, err
	}
	dial := func(ctx context.Context) (*chain.Client, error) {
		_, c, err := a.dial(ctx)
		return c, err
	}
	return &purse{a: a, profile: profile, user: user, address: address, search: &search{dial: dial, owner: address}}, nil
}

// quiet is an app that prints nothing.
func (a *app) quiet() (*app, error) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	silent := *a
	silent.out, silent.err = newScreen(null), newScreen(null)
	return &silent, nil
}

// purseMoney is where the money is, and whether it is enough.
type purseMoney struct {
	walletMoney
	// Low: what is available is worth less than two more sessions. Block is the most that one locks now, in base units.
	Low      bool            `json:"low"`
	Block    protocol.Amount `json:"block"`
	Receipts int             `json:"receipts"` // so far
	Settled  int             `json:"settled"`  // of them, proven in a batch
	ChainID  uint64          `json:"chainId"`
	RPC      string          `json:"rpc"` // of the chain, for a browser's wallet
	TokenAt  string          `json:"tokenAt"`
	Escrow   string          `json:"escrow"`
	// Searched: so much of the chain, from 0 to 1, was looked through for sessions that this machine does not know. Before
	// it is 1 some may be missing.
	Searched float64 `json:"searched"`
}

func (p *purse) Money(ctx context.Context) (any, error) {
	found, err := p.search.look(ctx)
	if err != nil {
		return nil, err
	}
	_, c, err := p.a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	state, err := client.ReadState(p.a.clientDir())
	if err != nil {
		return nil, err
	}
	sessions, err := p.a.sessionsAmong(ctx, c, p.address, found.Sessions, state)
	if err != nil {
		return nil, err
	}
	money, err := gatherWith(ctx, p.profile, c, p.address, sessions)
	if err != nil {
		return nil, err
	}
	m := purseMoney{walletMoney: money, Searched: float64(found.Done) / float64(max(found.Of, 1)), ChainID: p.profile.ChainID, RPC: p.profile.RPC[0], TokenAt: p.profile.Token, Escrow: p.profile.Escrow}
	for _, s := range money.Sessions {
		m.Block = protocol.MaxAmountOf(m.Block, protocol.MaxAmountOf(s.OnChain.Cap, s.Ordered))
	}
	m.Low = m.Available.IsZero() || m.Available.Cmp(m.Block.AddCapped(m.Block)) < 0
	receipts, err := p.user.Receipts()
	if err != nil {
		return nil, err
	}
	m.Receipts = len(receipts)
	for _, e := range receipts {
		if e.Settled != nil {
			m.Settled++
		}
	}
	return m, nil
}

// spent is what one model of one pod has cost on one day.
type spent struct {
	Day      string           `json:"day"` // of this machine's zone
	Model    string           `json:"model"`
	Pod      protocol.Address `json:"pod"`
	Requests int              `json:"requests"`
	In       uint64           `json:"in"` // tokens
	Out      uint64           `json:"out"`
	Cost     protocol.Amount  `json:"cost"`
}

func (p *purse) Spending(context.Context) (any, error) {
	receipts, err := p.user.Receipts()
	if err != nil {
		return nil, err
	}
	lines, err := spentBy(receipts)
	if err != nil {
		return nil, err
	}
	total, err := sumOf(receipts)
	return map[string]any{"lines": lines, "total": total, "receipts": len(receipts)}, err
}

// spentBy sums receipts up by day, model and pod, in this order.
func spentBy(receipts []client.ReceiptEntry) ([]spent, error) {
	type line struct {
		day, model string
		pod        protocol.Address
	}
	sums := map[line]*spent{}
	for _, e := range receipts {
		l := line{e.Time.Local().Format(time.DateOnly), e.Offer.Name().Name, e.Session.Pod}
		s := sums[l]
		if s == nil {
			s = &spent{Day: l.day, Model: l.model, Pod: l.pod}
			sums[l] = s
		}
		var err error
		if s.Cost, err = s.Cost.Add(e.Receipt.Cost); err != nil {
			return nil, fmt.Errorf("what was spent on %s: %w", l.day, err)
		}
		s.Requests++
		s.In += uint64(e.Receipt.Usage.In)
		s.Out += uint64(e.Receipt.Usage.Out)
	}
	lines := []spent{}
	for _, s := range sums {
		lines = append(lines, *s)
	}
	slices.SortFunc(lines, func(a, b spent) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Model, b.Model), slices.Compare(a.Pod[:], b.Pod[:]))
	})
	return lines, nil
}

// receiptLine is a receipt in a list.
type receiptLine struct {
	Receipt protocol.Hash    `json:"receipt"`
	Time    time.Time        `json:"time"`
	Model   string           `json:"model"`
	Pod     protocol.Address `json:"pod"`
	Session protocol.Hash    `json:"session"`
	Number  uint64           `json:"number"` // in its session
	In      uint32           `json:"in"`     // tokens
	Out     uint32           `json:"out"`
	Finish  string           `json:"finish"`
	Cost    protocol.Amount  `json:"cost"`
	Batch   uint64           `json:"batch,omitempty"` // that it is proven in; 0: in none yet
	Late    bool             `json:"late,omitempty"`  // fetched after the answer had broken off
}

func (p *purse) Receipts(_ context.Context, skip, limit int) (any, error) {
	all, err := p.user.Receipts()
	if err != nil {
		return nil, err
	}
	total := len(all)
	slices.Reverse(all)
	all = all[min(skip, total):min(skip+limit, total)]
	lines := []receiptLine{}
	for _, e := range all {
		r := e.Receipt
		l := receiptLine{
			Receipt: r.HashStruct(), Time: e.Time, Model: e.Offer.Name().Name, Pod: e.Session.Pod, Session: r.SessionID, Number: r.RSeq,
			In: r.Usage.In, Out: r.Usage.Out, Finish: r.Finish.String(), Cost: r.Cost, Late: e.Late,
		}
		if e.Settled != nil {
			l.Batch = e.Settled.Seq
		}
		lines = append(lines, l)
	}
	return map[string]any{"receipts": lines, "total": total}, nil
}

func (p *purse) Sessions(ctx context.Context) (any, error) {
	views, err := p.a.viewSessions(ctx)
	if err != nil {
		return nil, err
	}
	audits, err := p.a.audit(ctx)
	return map[string]any{"sessions": views, "audit": audits}, err
}

func (p *purse) Keys(ctx context.Context) (any, error) {
	own, err := p.a.gatewayKeys()
	if err != nil {
		return nil, err
	}
	found, err := p.search.look(ctx)
	if err != nil {
		return nil, err
	}
	notes, err := p.a.keyNotes()
	if err != nil {
		return nil, err
	}
	if found.Done < found.Of { // once all blocks were looked at, a key that is not found was never made
		for _, n := range notes {
			found.Keys = united(found.Keys, []protocol.Address{n.Address})
		}
	}
	_, c, err := p.a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	held, err := p.a.keyStatusesAmong(ctx, c, p.address, found.Keys, found.Sessions)
	return map[string]any{"gateway": own, "escrow": held}, err
}

// moved is what a transaction of the page's did.
type moved struct {
	Done        string          `json:"done"`
	Amount      protocol.Amount `json:"amount"`
	Transaction chain.Included  `json:"transaction"`
}

func (p *purse) move(ctx context.Context, done, tokens string, send func(context.Context, *chain.Transactor, protocol.Amount) (chain.Included, error)) (any, error) {
	amount, err := parseTokens(tokens)
	if err != nil {
		return nil, &exitError{exitUsage, err}
	}
	_, c, err := p.a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	owner, err := p.a.owner()
	if err != nil {
		return nil, err
	}
	included, err := send(ctx, chain.NewTransactor(c, owner), amount)
	if err != nil {
		return nil, err
	}
	return moved{done, amount, included}, nil
}

func (p *purse) Deposit(ctx context.Context, tokens string) (any, error) {
	return p.move(ctx, "deposited", tokens, func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
		return t.Deposit(ctx, amount)
	})
}

func (p *purse) Withdraw(ctx context.Context, tokens, to string) (any, error) {
	var recipient protocol.Address
	if to != "" {
		var err error
		if recipient, err = protocol.ParseAddress(to); err != nil {
			return nil, &exitError{exitUsage, fmt.Errorf("where to: %w", err)}
		}
	}
	return p.move(ctx, "withdrew", tokens, func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
		if to == "" {
			recipient = t.Address()
		}
		return t.Withdraw(ctx, recipient, amount)
	})
}

// closed is what came of closing a session: "closed" or "released", its rest is available; "closing", it is once the session
// is released, an hour later at most.
type closed struct {
	Done        string           `json:"done"`
	Returned    *protocol.Amount `json:"returned,omitempty"`
	Why         string           `json:"why,omitempty"` // it was not closed at once
	Transaction chain.Included   `json:"transaction"`
}

func (p *purse) CloseSession(ctx context.Context, id string) (any, error) {
	want, err := protocol.ParseHash(id)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("session: %w", err)}
	}
	found, err := p.search.look(ctx)
	if err != nil {
		return nil, err
	}
	for _, s := range p.user.Sessions() {
		found.Sessions = united(found.Sessions, []protocol.SessionKey{s.Key})
	}
	i := slices.IndexFunc(found.Sessions, func(k protocol.SessionKey) bool { return k.ID() == want })
	if i < 0 {
		return nil, fmt.Errorf("%w: this wallet has no session %s", web.ErrNotFound, want)
	}
	key := found.Sessions[i]
	_, c, err := p.a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	fact, err := c.Session(ctx, key)
	if err != nil {
		return nil, err
	}
	owner, err := p.a.owner()
	if err != nil {
		return nil, err
	}
	t := chain.NewTransactor(c, owner)
	if fact.Expiry < head.Time && !fact.Cap.IsZero() {
		rest := fact.Cap.SubDown(fact.Claimed)
		done, err := t.Release(ctx, key)
		return closed{Done: "released", Returned: &rest, Transaction: done}, err
	}
	// The gateway's own client is the one that the pod closes it for.
	row, notNow := p.user.CloseNow(ctx, want)
	if notNow == nil {
		done, err := t.CloseNow(ctx, row)
		if err == nil {
			return closed{Done: "closed", Returned: &done.Returned, Transaction: done.Included}, nil
		}
		if refused := (*chain.RevertError)(nil); !errors.As(err, &refused) {
			return nil, err
		}
		notNow = err
	}
	if ctx.Err() != nil {
		return nil, notNow
	}
	if fact.Closing {
		return nil, &exitError{exitUsage, fmt.Errorf("the session is closing already, and can be released from %s on: %w", clock(fact.Expiry), notNow)}
	}
	done, err := t.RequestClose(ctx, key)
	return closed{Done: "closing", Why: notNow.Error(), Transaction: done}, err
}

func (p *purse) CreateKey(ctx context.Context, k web.KeyTerms) (any, error) {
	terms := keyTerms{budget: k.Budget, expires: k.Expires, models: k.Models}
	if k.Kind == web.GatewayKey {
		return p.a.makeGatewayKey(k.Name, terms)
	}
	if terms.expires == "" {
		terms.expires = defaultKeyLife
	}
	return p.a.makeKey(ctx, k.Name, terms)
}

func (p *purse) RevokeKey(ctx context.Context, kind web.KeyKind, name string) (any, error) {
	if kind == web.GatewayKey {
		return p.a.takeGatewayKey(name)
	}
	key, _, err := p.a.takeKey(ctx, name)
	return key, err
}

// verifyOne verifies one receipt of this machine's, and on chain.
func (a *app) verifyOne(ctx context.Context, hash string) (any, error) {
	if _, err := protocol.ParseHash(hash); err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("receipt: %w", err)}
	}
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return nil, err
	}
	if _, err := receiptOf(state.Receipts, hash); err != nil {
		return nil, fmt.Errorf("%w: this gateway has no receipt %s", web.ErrNotFound, hash)
	}
	verdicts, err := a.verifyReceipts(ctx, hash, "", true)
	if err != nil {
		return nil, err
	}
	return verdicts[0], nil
}

// pageStatus is the HTTP status of what a command would end with.
func pageStatus(err error) int {
	switch exitOf(err) {
	case exitUsage:
		return http.StatusBadRequest
	case exitNotRunning:
		return http.StatusServiceUnavailable
	case exitNoMoney:
		return http.StatusPaymentRequired
	case exitUnverified:
		return http.StatusBadGateway
	}
	return http.StatusInternalServerError
}

// invite is the address of the page at a gateway, which logs the browser that opens it in, once.
func (a *app) invite(gatewayURL string) (string, error) {
	token, err := gateway.Invite(a.gatewayDir())
	if err != nil {
		return "", fmt.Errorf("a link to log in with: %w", err)
	}
	return gatewayURL + gateway.PagePath + "#login=" + token, nil
}
