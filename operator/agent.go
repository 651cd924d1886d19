// Package operator is the host side of a pod, outside the enclave: it registers the pod, relays the openings of
// sessions, tells the pod what the chain says, and sends the settlements that the pod signs.
//
// It is trusted with nothing. What it carries is public or signed; if it lies to the pod, the pod works for nothing, and
// if it stops, the pod is not paid. See protocol's control API for what pod and agent say to each other.
package operator

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"math/rand/v2"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// How often things are done. Config has what an operator may want to change.
const (
	defaultSettleEvery    = 30 * time.Minute
	defaultSettleWithin   = 4         // times SettleEvery
	defaultSettleBefore   = time.Hour // what closing leaves of a session, and when pods stop serving one
	defaultSettleTogether = 16

	watchEvery    = 15 * time.Second // the pod's status is read
	refreshEvery  = time.Minute      // the sessions' state on chain is read
	renewBefore   = 30 * time.Minute // ahead of what ends first in a registration
	renewRetry    = 5 * time.Minute  // if the pod had nothing newer, or its registration was refused
	keysApart     = 5 * time.Minute  // a pod may change its key more often than a transaction for each is worth
	handedOutFor  = 2 * time.Minute  // a registration is tried, then a fresh one is asked for
	settleRetry   = time.Minute      // after a settlement failed
	txTimeout     = 3 * time.Minute  // for one transaction's inclusion
	stopTimeout   = 2 * time.Minute  // for a last export and settlement
	backoffFirst  = 250 * time.Millisecond
	backoffLast   = 30 * time.Second
	reportRetries = 5 // of a settlement's report to the pod, which is made again with the next settlement if all fail
)

// Chain is what an agent needs of the chain, on which it acts with the operator's account; *chain.Transactor is one.
type Chain interface {
	Address() protocol.Address
	Domain() protocol.Domain
	Registry() protocol.Address
	Head(ctx context.Context) (protocol.Block, error)
	QuoteBlock(ctx context.Context) (protocol.Block, error)
	Pod(ctx context.Context, id protocol.Address) (protocol.PodRecord, error)
	Final(ctx context.Context) (protocol.Block, error)
	LastSeq(ctx context.Context, pod protocol.Address) (uint64, error)
	FinalSeq(ctx context.Context, pod protocol.Address) (final, last uint64, err error)
	Sessions(ctx context.Context, keys []protocol.SessionKey) ([]protocol.SessionFact, error)
	SessionsOpened(ctx context.Context, pod protocol.Address, from, to uint64) ([]protocol.SessionKey, error)
	Settlement(ctx context.Context, pod protocol.Address, seq uint64) (chain.Settlement, error)
	Cost(ctx context.Context, tx protocol.Hash) (chain.Cost, error)
	EstimateSettle(ctx context.Context, rows int) (chain.Cost, error)
	Tend(ctx context.Context)
	Claimable(ctx context.Context, pod protocol.Address) (protocol.Amount, error)
	GasBalance(ctx context.Context, account protocol.Address) (*big.Int, error)
	BlockAt(ctx context.Context, number uint64) (protocol.Block, error)
	Settlements(ctx context.Context, pod protocol.Address, from uint64) ([]chain.Settlement, error)

	Header(ctx context.Context, hash protocol.Hash) ([]byte, error)
	RegisterPlatform(ctx context.Context, certificate []byte) (chain.Included, error)
	Register(ctx context.Context, salt protocol.Hash, r protocol.Registration, proof protocol.IdentityProof, url string) (chain.Included, protocol.Address, error)
	Update(ctx context.Context, pod protocol.Address, r protocol.Registration, proof protocol.IdentityProof, url string) (chain.Included, error)
	PublishKeyConfig(ctx context.Context, pod protocol.Address, k protocol.SignedKeyConfig) (chain.Included, error)
	OpenSessions(ctx context.Context, pod protocol.Address, orders []protocol.SignedOpen) (chain.Included, []protocol.SessionFact, error)
	Settle(ctx context.Context, batch protocol.SignedBatch) (chain.Settlement, error)
	Payout(ctx context.Context, pods []protocol.Address, to protocol.Address) (chain.Included, protocol.Amount, error)

	relayChain
	relayRegistry
}

var _ Chain = (*chain.Transactor)(nil)

// Token is the bearer token of the control API. It prints as REDACTED.
type Token string

func (Token) String() string       { return "REDACTED" }
func (Token) GoString() string     { return "REDACTED" }
func (Token) LogValue() slog.Value { return slog.StringValue("REDACTED") }

// Config of an agent.
type Config struct {
	// ControlURL is where the pod's control API listens, such as "http://127.0.0.1:9080". Required.
	ControlURL string
	// Token is what the control API asks for. Required.
	Token Token
	// Salt tells the pods of one operator apart: with the registry's and the operator's addresses it makes the pod's id.
	Salt protocol.Hash
	// PodURL is where clients reach the pod; it goes on the registry. Required.
	PodURL string
	// RelayURL is where the operator runs an OHTTP relay, for pods of other operators: the agent publishes it. One agent of an
	// operator is enough. Empty: what is published stays as it is.
	RelayURL string
	// Chain acts with the operator's account. Required.
	Chain Chain

	// SettleEvery is how long what was charged waits for the next settlement. 0 stands for 30 minutes.
	SettleEvery time.Duration
	// SettleAbove has the agent settle earlier, once so much is unsettled. 0: only by time.
	SettleAbove protocol.Amount
	// SettleTogether is how many sessions are settled together at least, or all that are open where those are fewer: a
	// settlement shows what each of its sessions has paid since the last one, and when. 0 stands for 16; 1 waits for no others.
	SettleTogether int
	// SettleWithin is how long what was charged waits at most, however few sessions owe. 0 stands for four
	// times SettleEvery.
	SettleWithin time.Duration
	// SettleBefore is how long before its end what a session owes is settled, however few owe: what is not settled by then is
	// lost. A session that closes ends within an hour. 0 stands for 1 hour; less than 10 minutes is refused.
	SettleBefore time.Duration
	// TokenWei is what one token (10^18 base units) is worth in wei of the chain's own currency. With it, the agent does not
	// settle what costs more than it moves, until SettleWithin or SettleBefore has it do so. 0: the worth is not known.
	TokenWei protocol.Amount
	// NeverAtALoss keeps SettleWithin and SettleBefore from settling what costs more than it moves. What sessions owe is then
	// lost at their end.
	NeverAtALoss bool
	// OpenRisk is up to which cap a session counts as soon as it is opened in the latest block; one of more counts once that
	// block is final, since a reorganisation of the chain can take it back. 0: any cap.
	OpenRisk protocol.Amount
	// SettleOnStop has Run settle a last time after its context has ended.
	SettleOnStop bool
	// Recovery is the file in which the agent keeps the vouchers that the pod exports, one for each session, so that Recover
	// has the escrow pay what was acknowledged when the pod, or its ledger, is lost. Put it on another disk than the pod's
	// ledger. One that is damaged, or of another pod, has New fail. Empty: none is kept, and what was not settled is lost with
	// the ledger.
	Recovery string

	// Relaying is what the agent sends for users who have no gas.
	Relaying Relaying

	// Served gathers what the pod serves about itself: its collateral, and endorsements of its machine, as package
	// attest/collateral reads them. nil: the pod serves nothing, and its clients ask elsewhere.
	Served func(ctx context.Context, needs attest.CollateralID) (json.RawMessage, error)

	// Logger receives what the agent does and what to do about its troubles. nil discards it.
	Logger *slog.Logger
	// HTTPClient reaches the control API. nil stands for one without proxies and redirects.
	HTTPClient *http.Client
}

// Agent runs one pod's business with the chain.
type Agent struct {
	cfg     Config
	log     *slog.Logger
	chain   Chain
	pod     protocol.Address
	control *control

	registered     chan struct{} // closed after the first registration
	registeredOnce sync.Once
	registering    chan struct{} // holds a token while the registry is brought up to date
	settling       chan struct{} // holds a token while a batch is settled
	settleSoon     chan order    // to the settle loop
	refreshSoon    chan struct{} // a signal to the watch loop

	handed *handedOut // owned by the holder of registering

	mu       sync.Mutex
	identity protocol.Address // on the registry
	renewAt  time.Time
	keyAfter time.Time // no key config alone is published before
	policy   policy
	totals   Totals

	batches  batches
	sessions sessions
	recovery *recovery // nil: none is kept

	alerts  alerts
	book    *book
	onChain onChain
}

// New makes an agent; Run starts it.
func New(cfg Config) (*Agent, error) {
	if cfg.Chain == nil {
		return nil, errors.New("operator: no chain given")
	}
	if cfg.Token == "" {
		return nil, errors.New("operator: no token for the pod's control API given")
	}
	base, err := url.Parse(cfg.ControlURL)
	if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, fmt.Errorf("operator: want the control API's URL such as http://127.0.0.1:9080, got %q", cfg.ControlURL)
	}
	if cfg.PodURL == "" {
		return nil, errors.New("operator: no URL given at which clients reach the pod")
	}
	if err := cfg.completeSettling(); err != nil {
		return nil, err
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	pod := protocol.PodID(cfg.Chain.Registry(), cfg.Chain.Address(), cfg.Salt)
	var kept *recovery
	if cfg.Recovery != "" {
		if kept, err = openRecovery(cfg.Recovery, cfg.Chain.Domain(), pod, realDisk{}); err != nil {
			return nil, err
		}
	}
	a := &Agent{
		cfg:         cfg,
		chain:       cfg.Chain,
		pod:         pod,
		control:     newControl(base, cfg.Token, cfg.HTTPClient),
		registered:  make(chan struct{}),
		registering: make(chan struct{}, 1),
		settling:    make(chan struct{}, 1),
		settleSoon:  make(chan order, 1),
		refreshSoon: make(chan struct{}, 1),
		totals:      Totals{Since: time.Now()},
		sessions:    newSessions(),
		recovery:    kept,
		book:        newBook(),
	}
	a.log = slog.New(alerting{Handler: cfg.Logger.With("pod", pod.Short()).Handler(), kept: &a.alerts})
	return a, nil
}

// Pod is the pod's id.
func (a *Agent) Pod() protocol.Address { return a.pod }

// Registered is closed once the pod is on the registry.
func (a *Agent) Registered() <-chan struct{} { return a.registered }

// Run waits for the pod, registers it and then serves it until ctx ends, which is no error. Before the first
// registration it returns errors that trying again does not mend, such as a wrong token; afterwards it logs all errors
// and goes on.
func (a *Agent) Run(ctx context.Context) error {
	if err := a.begin(ctx); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	nextServed := a.bringServed(ctx)
	a.registeredOnce.Do(func() { close(a.registered) })
	var loops sync.WaitGroup
	loops.Go(func() { a.serveOrders(ctx) })
	loops.Go(func() { a.watch(ctx, nextServed) })
	loops.Go(func() { a.settleRegularly(ctx) })
	loops.Go(func() { a.keepRegularly(ctx) })
	loops.Go(func() { a.publishRelay(ctx) })
	loops.Go(func() { a.readBook(ctx) })
	loops.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	a.keep(last)
	if a.cfg.SettleOnStop {
		if _, err := a.SettleNow(last); err != nil && !errors.Is(err, ErrNothingToSettle) {
			a.log.Error("the last settlement failed; it is made when the agent runs again", "error", err)
		}
	}
	return nil
}

// begin waits until the pod is ready and brings it on the registry.
func (a *Agent) begin(ctx context.Context) error {
	var (
		retry backoff
		said  string
	)
	for {
		status, err := a.control.status(ctx)
		if err == nil && !status.Ready {
			err = fmt.Errorf("the pod is not ready: %s", status.Reason)
		}
		if err == nil {
			err = a.register(ctx, status)
		}
		if err == nil || permanent(err) {
			return err
		}
		if text := err.Error(); text != said && ctx.Err() == nil {
			a.log.Warn("waiting for the pod to get on the registry", "why", text)
			said = text
		}
		if err := retry.pause(ctx); err != nil {
			return err
		}
	}
}

// permanent reports whether an error stays until somebody changes a configuration.
func permanent(err error) bool {
	var (
		refused *ControlError
		revert  *chain.RevertError
		bad     *registrationError
	)
	return errors.As(err, &refused) && refused.lasting() || errors.As(err, &revert) || errors.As(err, &bad)
}

// watch reads the pod's status and the sessions' state, and starts what follows from them.
func (a *Agent) watch(ctx context.Context, nextServed time.Time) {
	var (
		nextRefresh time.Time        // at once: the pod may know nothing yet
		refused     protocol.Address // the identity whose registration failed for good
		nextTry     time.Time        // of that identity
		said        string
		servedFor   = a.identityListed()
	)
	for {
		if now := time.Now(); !now.Before(nextRefresh) {
			nextRefresh = now.Add(refreshEvery)
			if err := a.refreshSessions(ctx); err != nil && ctx.Err() == nil {
				a.log.Warn("could not tell the pod the sessions' state; trying again", "error", err)
				nextRefresh = now.Add(watchEvery)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-a.refreshSoon:
			nextRefresh = time.Time{}
			continue
		case <-time.After(watchEvery):
		}
		a.chain.Tend(ctx)
		status, err := a.control.status(ctx)
		if err == nil && !status.Ready {
			err = fmt.Errorf("the pod is not ready: %s", status.Reason)
		}
		if status.NextKey && a.keyDue() {
			a.renewNow()
		}
		if err == nil && a.due(status) && (status.Identity != refused || !time.Now().Before(nextTry)) {
			if err = a.register(ctx, status); permanent(err) {
				refused, nextTry = status.Identity, time.Now().Add(renewRetry)
			}
		}
		if err != nil {
			if text := err.Error(); text != said && ctx.Err() == nil {
				a.log.Error("the pod needs attention", "error", text)
				said = text
			}
			continue
		}
		said = ""
		// A restarted pod has forgotten what it served.
		if listed := a.identityListed(); listed != servedFor || !time.Now().Before(nextServed) {
			servedFor, nextServed = listed, a.bringServed(ctx)
		}
		a.consider(status)
	}
}

// identityListed is the identity that the registry lists.
func (a *Agent) identityListed() protocol.Address {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.identity
}

// signal leaves a signal where none is waiting.
func signal(c chan<- struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Payout pays what the pod has earned to the operator's account.
func (a *Agent) Payout(ctx context.Context) (chain.Included, protocol.Amount, error) {
	earned, err := a.chain.Claimable(ctx, a.pod)
	if err != nil {
		return chain.Included{}, protocol.Amount{}, err
	}
	if earned.IsZero() {
		return chain.Included{}, protocol.Amount{}, errors.New("operator: nothing to pay out: settle first")
	}
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	return a.chain.Payout(ctx, []protocol.Address{a.pod}, a.chain.Address())
}

// backoff is the growing time between attempts.
type backoff struct{ last time.Duration }

func (b *backoff) reset() { b.last = 0 }

// pause waits longer each time, with jitter, or returns why ctx ended.
func (b *backoff) pause(ctx context.Context) error {
	b.last = min(max(2*b.last, backoffFirst), backoffLast)
	timer := time.NewTimer(b.last/2 + rand.N(b.last/2))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// take takes the turn that a channel holds, or returns why ctx ended.
func take(ctx context.Context, turn chan struct{}) error {
	select {
	case turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
