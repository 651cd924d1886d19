// Package client is a user's side of the network: an [http.RoundTripper] that carries requests of Ollama's and OpenAI's
// APIs to an attested pod, pays for exactly what they used, and proves it.
//
// For each request the client picks the cheapest pod that lists the model and that the user's [Choice] allows, has its evidence verified and its signatures
// checked, locks money for it where that is needed, signs a voucher for the request's worst case, seals the request to
// the enclave's key and streams the answer. The body's io.EOF means that the answer is complete and that its receipt
// was verified and is on disk; every other end is an error. A pod that fails a check never gets a byte. One that fails before
// the first byte of its answer is left for the next; see [Health] and [WithRestart].
//
// What is signed is on disk before it is sent: see [ReadState] for the layout.
package client

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/egress"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// Host is the only host that the client answers for: requests go to http://phallama.invalid/api/chat and the like.
const Host = "phallama.invalid"

// Response fields that the client adds to those of the pod. The trailers are set at the body's io.EOF.
const (
	HeaderPod       = "Phallama-Pod"
	HeaderTier      = "Phallama-Tier"
	HeaderRequestID = protocol.HeaderRequestID
	HeaderRelay     = "Phallama-Relay"   // the operator of the OHTTP relay between, the host of one named by URL, or "none"
	TrailerCost     = "Phallama-Cost"    // base units
	TrailerReceipt  = "Phallama-Receipt" // the receipt's hashStruct
)

// Defaults and fixed sizes of sessions.
const (
	DefaultSessionRequests = 20
	DefaultSessionLife     = 7 * 24 * time.Hour
	DefaultOrderLife       = 10 * time.Minute
	DefaultUpkeep          = time.Minute
	DefaultAnswerWait      = 2 * time.Minute
	DefaultMaxInFlight     = 1024
	DefaultLowFunds        = 10

	// renewBefore is how long before its expiry a session is left for a new one: pods need time to settle.
	renewBefore = 2 * time.Hour
)

// Registry is what the client reads from the chain. None of it is believed before it is verified, but for the owner's
// own balance and sessions: a lie about those makes a request fail and moves no money.
type Registry interface {
	// Pods are all pods of the registry.
	Pods(ctx context.Context) ([]protocol.PodRecord, error)
	// Account is an owner's unlocked balance and its nonces.
	Account(ctx context.Context, owner protocol.Address) (protocol.Account, error)
	// Delegate is what an owner lets a key lock; asked where the client has such a key.
	Delegate(ctx context.Context, owner, key protocol.Address) (protocol.DelegateAccount, error)
	// Session is a session's state; its Cap is zero where there is none.
	Session(ctx context.Context, key protocol.SessionKey) (protocol.SessionFact, error)
	// BlockByHash finds a block of the canonical chain; the zero Block, or an error, says that it is not one.
	BlockByHash(ctx context.Context, hash protocol.Hash) (protocol.Block, error)
	// Head is the latest block.
	Head(ctx context.Context) (protocol.Block, error)
	// SessionsOf are an owner's sessions that were opened or added to in the blocks from … to.
	SessionsOf(ctx context.Context, owner protocol.Address, from, to uint64) ([]protocol.SessionKey, error)
	// SettledRoot is the receipts root of a pod's settled batch; an error, where the chain shows no such batch.
	SettledRoot(ctx context.Context, pod protocol.Address, seq uint64) (protocol.Hash, error)
}

// Collateral gets what evidence is verified with. Nothing of it is trusted: Intel and endorsers signed it.
type Collateral interface {
	// Collateral gets what a pod's evidence needs. The pod may serve it itself, under podURL: its own URL, or one of a
	// relay that stands for it. Empty: the pod is not asked.
	Collateral(ctx context.Context, needs attest.CollateralID, podURL string) (*attest.Collateral, error)
	// Endorsements are those known of machines, and those that the pod serves, if it is to be asked. None is no error.
	Endorsements(ctx context.Context, podURL string) []protocol.SignedEndorsement
}

// Config is what a client is made from. All fields up to Collateral are needed, and of Owner and Delegate one.
type Config struct {
	// Domain is the escrow that signatures are for, RegistryAddress the registry that pods are listed on.
	Domain          protocol.Domain
	RegistryAddress protocol.Address

	// Registry reads the chain.
	Registry Registry

	// Owner signs orders that lock money of its account for a pod, and nothing else.
	Owner protocol.Key
	// Delegate is a key that signs such orders for an owner who is elsewhere.
	Delegate *Delegation

	// StateDir holds sessions and receipts. It is made if missing, and used by one client at a time.
	StateDir string

	// Verifier and Policies decide which enclaves may read a prompt: each policy has to accept, the profile's, the
	// release's. Collateral gets what Intel says about a pod's platform, and who vouches for it.
	Verifier   *attest.Verifier
	Policies   []attest.Policy
	Collateral Collateral

	// Shape is what the sizes and times of answers may show to whoever sees the connection. Empty is envelope.ShapeCell.
	Shape envelope.Shape

	// Relay is whether requests to pods go by an OHTTP relay, so that a pod's host does not see who asks: RelayOff,
	// RelayAuto, RelayRequire, or the URL of a relay. "{pod}" in the URL stands for the pod's id; without it everything goes to
	// this one URL, which is for a relay that serves one pod. Empty is RelayAuto.
	Relay string
	// Development is for development networks: relays may be http, and pods and relays at private and loopback addresses.
	Development bool

	// Transport carries sealed requests to pods and relays. Nil is a transport of the client's own, which follows no
	// redirects and, but in development, dials only addresses of the public Internet.
	Transport http.RoundTripper

	// Choice is which pods the user will have, and what is preferred among them.
	Choice Choice
	// AnswerWait is how long a pod may take to begin an answer while another one is ready to be asked. Then the request is given
	// up there, and only then made elsewhere: no two are paid for at the same time. Zero is DefaultAnswerWait, negative: as
	// long as the caller's context lets it.
	AnswerWait time.Duration
	// MaxInFlight bounds the requests whose answers have not ended; others wait for one to end, or for their contexts. Zero is
	// DefaultMaxInFlight.
	MaxInFlight int
	// LowFunds is for how many requests like the one at hand the money has to last before the client warns, in its log and by
	// Trace.LowFunds. Zero is DefaultLowFunds, negative: it never does.
	LowFunds int

	// SessionRequests is how many requests like the one at hand a lock is to cover, as far as the balance allows.
	// Zero is DefaultSessionRequests.
	SessionRequests int
	// SessionLife is how long a lock lasts at most. Zero is DefaultSessionLife.
	SessionLife time.Duration
	// OrderLife is how long an order may wait to be executed. Zero is DefaultOrderLife.
	OrderLife time.Duration
	// Upkeep is how often the client asks by itself for what is missing: bills of answers that broke off, proofs of
	// settled receipts, closes of suspect sessions. Zero is DefaultUpkeep.
	Upkeep time.Duration

	// Closer asks for the close of sessions whose pod's word does not hold. Nil: that is left to the user.
	Closer Closer

	// Now is the clock. Nil is time.Now.
	Now func() time.Time
	// Log gets what a user may want to look into, and never content. Nil is slog.Default().
	Log *slog.Logger
}

func (c *Config) check() error {
	switch {
	case c.Domain.ChainID == 0 || c.Domain.Escrow.IsZero() || c.RegistryAddress.IsZero():
		return errors.New("client: config: chain id, escrow and registry address are all needed")
	case c.Registry == nil || c.Verifier == nil || c.Collateral == nil || len(c.Policies) == 0:
		return errors.New("client: config: a registry, a verifier, a policy and a source of collateral are needed")
	case (c.Owner == protocol.Key{}) == (c.Delegate == nil):
		return errors.New("client: config: an owner key is needed, or a delegate's, and not both")
	case c.StateDir == "":
		return errors.New("client: config: a state directory is needed")
	case c.SessionRequests < 0 || c.SessionLife < 0 || c.OrderLife < 0 || c.Upkeep < 0:
		return errors.New("client: config: session requests, session life, order life and upkeep must not be negative")
	case c.SessionLife != 0 && c.SessionLife <= renewBefore:
		return errors.New("client: config: session life must be more than " + renewBefore.String())
	}
	if err := c.Choice.check(); err != nil {
		return err
	}
	if c.MaxInFlight < 0 {
		return errors.New("client: config: the most requests in flight must not be negative")
	}
	if c.AnswerWait == 0 {
		c.AnswerWait = DefaultAnswerWait
	}
	if c.MaxInFlight == 0 {
		c.MaxInFlight = DefaultMaxInFlight
	}
	if c.LowFunds == 0 {
		c.LowFunds = DefaultLowFunds
	}
	if c.Delegate != nil {
		if err := c.Delegate.check(); err != nil {
			return err
		}
	}
	if c.Relay == "" {
		c.Relay = RelayAuto
	}
	if err := CheckRelay(c.Relay, c.Development); err != nil {
		return fmt.Errorf("client: config: %w", err)
	}
	if c.Shape == "" {
		c.Shape = envelope.ShapeCell
	}
	if _, err := envelope.ParseShape(string(c.Shape)); err != nil {
		return fmt.Errorf("client: config: %w", err)
	}
	if c.SessionRequests == 0 {
		c.SessionRequests = DefaultSessionRequests
	}
	if c.SessionLife == 0 {
		c.SessionLife = DefaultSessionLife
	}
	if c.OrderLife == 0 {
		c.OrderLife = DefaultOrderLife
	}
	if c.Upkeep == 0 {
		c.Upkeep = DefaultUpkeep
	}
	if c.Transport == nil {
		c.Transport = egress.Proxied(c.Development)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return nil
}

// Client is an [http.RoundTripper] for [Host]. It is safe for concurrent use.
type Client struct {
	cfg   Config
	owner protocol.Address
	pods  *directory

	// funding is held by whoever signs orders: they share one balance and one row of nonces.
	funding chan struct{}
	flight  chan struct{} // a place in it for each request whose answer has not ended

	mu     sync.Mutex // guards all of state, sessions included
	state  *state
	closed bool

	unlocked *protocol.Amount // what could still be locked after the last order; nil: not known yet
	low      bool             // and that the money does not last long was said

	used     atomic.Int64 // when a request began last, Unix nanoseconds of this machine
	searched bool         // for lost sessions, in this process

	// What the client does by itself, until Close.
	life       context.Context
	stop       context.CancelFunc
	background sync.WaitGroup
	verifying  chan struct{} // held by those that verify pods ahead of requests
}

// New opens the state directory and returns a client. Close it.
func New(cfg Config) (*Client, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	c := &Client{cfg: cfg, funding: make(chan struct{}, 1), flight: make(chan struct{}, cfg.MaxInFlight), verifying: make(chan struct{}, readyAtOnce)}
	st, err := openState(cfg.StateDir, &c.mu, cfg.Log)
	if err != nil {
		return nil, err
	}
	c.pods, c.state = newDirectory(&c.cfg), st
	if d := cfg.Delegate; d != nil {
		c.owner, st.delegate = d.Owner, d.Key.Address()
	} else {
		c.owner = cfg.Owner.Address()
	}
	for _, s := range st.sessions {
		if s.suspect != "" {
			c.pods.bar(s.key.Pod, suspectError(s))
		}
	}
	c.life, c.stop = context.WithCancel(context.Background())
	c.background.Go(func() { c.upkeep(c.life) })
	c.background.Go(func() { c.keepWarm(c.life) })
	return c, nil
}

// upkeep goes on until ctx ends.
func (c *Client) upkeep(ctx context.Context) {
	ticker := time.NewTicker(c.cfg.Upkeep)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		c.pods.renew(ctx)
		if _, err := c.reconcileAll(ctx, false); err != nil && ctx.Err() == nil {
			c.cfg.Log.Info("not everything that is missing could be asked for", "err", err)
		}
	}
}

// Close lets another process use the state directory. Answers that are still streaming end in an error.
func (c *Client) Close() error {
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		return nil
	}
	c.closed = true
	c.stop()
	c.mu.Unlock()
	c.background.Wait()
	c.mu.Lock()
	defer c.mu.Unlock()
	if t, ok := c.cfg.Transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
	c.state.saver.rest()
	return c.state.close(true)
}

var errClosed = errors.New("client: used after Close")

func (c *Client) now() uint64 { return uint64(max(c.cfg.Now().Unix(), 0)) }
