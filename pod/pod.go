package pod

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/protocol"
)

// Config is everything a pod is told. There are no defaults: enclave, which reads the configuration file, sets them.
type Config struct {
	// Where the pod belongs; Enclave is filled in by New with the identity it makes.
	Identity protocol.PodIdentity

	// Offers are the models and their prices, without ValidUntil and Pod, which New and each registration set.
	Offers []protocol.Offer

	// Engine carries requests to the engine, whatever their host; Slots is how many it answers at once, Queue how many
	// more may wait.
	Engine http.RoundTripper
	Slots  int
	Queue  int

	// QueueWait is how long a request waits for a slot.
	QueueWait time.Duration

	// RateLimit is what one account may ask for.
	RateLimit RateLimit

	// AnswerLimit bounds one answer of the engine, from the first byte asked to the last one read.
	AnswerLimit time.Duration

	// SessionWait is how long a request waits for the chain to show its session.
	SessionWait time.Duration

	// IdentityLife and KeyLife are how long a registered identity may settle and a key be sealed to.
	IdentityLife time.Duration
	KeyLife      time.Duration

	// KeyEvery is how long after a key the next is made, at most KeyLife. A key that was replaced opens for KeyOverlap more,
	// counted from when an agent was handed the next, at the latest from its own end.
	KeyEvery, KeyOverlap time.Duration

	// KeyRequests is how many requests one key opens. Once half of them have come, the next is made.
	KeyRequests int

	Source attest.Source
	Ledger *ledger.Ledger

	// PublishEvery is how long the figures of a status stay as they are, so that the host learns of sums and not of requests.
	PublishEvery time.Duration

	// CellBytes is how large the frames of an answer are whose client asks for a shape: envelope.MinCellBytes to
	// envelope.MaxCellBytes.
	CellBytes int

	// ControlToken is what the operator's agent shows on the control API.
	ControlToken Token

	Now func() time.Time
	Log *slog.Logger
}

// Pod serves one enclave's users. It is safe for concurrent use.
type Pod struct {
	config   Config
	identity protocol.Key
	domain   protocol.Domain
	keys     *keys
	slots    *slots
	limiter  *limiter
	fresh    freshLimit
	shows    shows
	step     protocol.Amount // of published amounts
	orders   *orders
	account  func(protocol.Address) string // names it to the engine

	mu         sync.Mutex
	ready      error // why not; nil when ready
	registered bool
	offers     map[protocol.Hash]protocol.Offer // by hashStruct; the ones that requests may name
	open       int
	published  figures
	served     json.RawMessage // under protocol.PathAttestation; nil until the agent has brought it
}

// New makes a pod with a new identity and a new key. It is not ready until SetReady(nil).
func New(config Config) (*Pod, error) {
	if err := config.check(); err != nil {
		return nil, fmt.Errorf("pod: %w", err)
	}
	identity, err := protocol.GenerateKey()
	if err != nil {
		return nil, err
	}
	config.Identity.Enclave = identity.Address()
	p := &Pod{
		config:   config,
		identity: identity,
		domain:   protocol.Domain{ChainID: config.Identity.ChainID, Escrow: config.Identity.Escrow},
		slots:    newSlots(config.Slots, config.Queue),
		limiter:  newLimiter(config.RateLimit),
		step:     publishStep(config.Offers),
		orders:   newOrders(),
		account:  newAccounts(),
		ready:    errors.New("the pod is starting"),
		offers:   map[protocol.Hash]protocol.Offer{},
	}
	if p.keys, err = newKeys(config, identity, p.domain); err != nil {
		return nil, err
	}
	return p, nil
}

func (c Config) check() error {
	switch {
	case c.Identity.ChainID == 0 || c.Identity.Pod.IsZero() || c.Identity.Operator.IsZero() || c.Identity.Registry.IsZero() || c.Identity.Escrow.IsZero():
		return errors.New("chain id, registry, escrow, pod and operator are all needed")
	case len(c.Offers) == 0:
		return errors.New("at least one model is needed")
	case c.Slots < 1 || c.Queue < 0:
		return fmt.Errorf("slots must be at least 1 and queue at least 0, got %d and %d", c.Slots, c.Queue)
	case c.AnswerLimit <= 0 || c.PublishEvery <= 0 || c.QueueWait <= 0 || c.SessionWait <= 0 || c.KeyLife <= 0 || c.IdentityLife <= 0:
		return errors.New("answer limit, publishing interval, queue wait, session wait, key life and identity life must be above zero")
	case c.KeyEvery <= 0 || c.KeyEvery > c.KeyLife || c.KeyOverlap < 0:
		return fmt.Errorf("the next key must be made within the key life of %s, and the overlap not be negative, got %s and %s", c.KeyLife, c.KeyEvery, c.KeyOverlap)
	case c.KeyRequests < 2:
		return fmt.Errorf("a key must open at least 2 requests, got %d", c.KeyRequests)
	case c.CellBytes < envelope.MinCellBytes || c.CellBytes > envelope.MaxCellBytes:
		return fmt.Errorf("cells must have %d to %d bytes, got %d", envelope.MinCellBytes, envelope.MaxCellBytes, c.CellBytes)
	case c.Engine == nil || c.Source == nil || c.Ledger == nil || c.Now == nil || c.Log == nil:
		return errors.New("engine, evidence source, ledger, clock and log are all needed")
	case len(c.ControlToken) < MinToken:
		return fmt.Errorf("the control token needs at least %d characters", MinToken)
	}
	if err := c.RateLimit.check(); err != nil {
		return err
	}
	for _, o := range c.Offers {
		if o.Model == "" || o.ModelDigest.IsZero() || o.Context == 0 || o.DefaultOut == 0 || o.MaxOut < o.DefaultOut || o.MaxOut > o.Context {
			return fmt.Errorf("offer for %q: needs a model, its digest, and 0 < default output <= maximum output <= context", o.Model)
		}
		if o.CachedPerM.Cmp(o.InPerM) > 0 {
			return fmt.Errorf("offer for %q: cached prompt tokens must not be dearer than others: the worst case of a request counts on it", o.Model)
		}
	}
	return nil
}

// Identity is the address of the key that signs for this pod until it stops.
func (p *Pod) Identity() protocol.Address { return p.identity.Address() }

// SetReady says that requests can be answered (nil) or why they cannot. The reason is shown to clients.
func (p *Pod) SetReady(reason error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ready = reason
}

// Public is the handler of the listener that users and relays reach: sealed requests, the keys to seal to, health.
func (p *Pod) Public() http.Handler {
	mux := http.NewServeMux()
	sealed := &envelope.Handler{
		Recipient: p.keys.recipient, Inner: http.HandlerFunc(p.serveInner), KeyProblem: p.keys.problem, Log: p.config.Log, CellBytes: p.config.CellBytes,
	}
	mux.Handle("POST "+protocol.PathEnclave, impatient(p.keys.tended(sealed)))
	mux.HandleFunc("GET "+protocol.PathKeyConfigs, p.keys.serveList)
	mux.HandleFunc("GET "+protocol.PathAttestation, p.serveAttestation)
	mux.HandleFunc("GET "+protocol.PathHealth, func(w http.ResponseWriter, _ *http.Request) {
		p.mu.Lock()
		reason := p.ready
		p.mu.Unlock()
		if reason != nil {
			http.Error(w, reason.Error(), http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ok\n"))
	})
	return mux
}

// stallLimit is how long a client may leave what was written unread. One that stops reading is one that went away: it
// must not hold a slot.
const stallLimit = 30 * time.Second

// slowLimit is how long a client may keep the writes of one answer waiting in all: the engine's time limit runs meanwhile,
// and what that breaks off is free.
const slowLimit = 2 * stallLimit

func impatient(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(impatientWriter{w, http.NewResponseController(w)}, r)
	})
}

// impatientWriter sets the connection's deadline anew with each write, and with it that of the flush that follows.
type impatientWriter struct {
	http.ResponseWriter
	controller *http.ResponseController
}

func (w impatientWriter) Write(b []byte) (int, error) {
	if err := w.controller.SetWriteDeadline(time.Now().Add(stallLimit)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.ResponseWriter.Write(b)
}

func (w impatientWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Token is a shared secret. It prints as REDACTED.
type Token string

// MinToken is the fewest characters that a Token may have.
const MinToken = 16

func (Token) String() string               { return "REDACTED" }
func (Token) GoString() string             { return "REDACTED" }
func (Token) LogValue() slog.Value         { return slog.StringValue("REDACTED") }
func (Token) MarshalText() ([]byte, error) { return []byte("REDACTED"), nil }
