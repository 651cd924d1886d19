package client_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

const (
	model  = "wisp:latest"
	prompt = "canary-prompt-5b1f"
	answer = "canary-answer-77e0"
)

var (
	measurement = attest.Digest{0xe0, 0xc1}
	enclave     = simulated.Enclave{MRENCLAVE: measurement}
)

// testNet is a chain in memory: what the client reads from it, and what openings do to it.
type testNet struct {
	t        *testing.T
	domain   protocol.Domain
	registry protocol.Address
	operator protocol.Address
	owner    protocol.Key
	platform *simulated.Platform
	verifier *attest.Verifier
	policy   attest.Policy

	collateralAsked int
	collateralErr   error
	endorsements    []protocol.SignedEndorsement

	mu         sync.Mutex
	closeErr   error
	closeAsked int

	ahead    time.Duration // of the clock
	down     error         // what every read fails with
	account  protocol.Account
	budgets  map[protocol.Address]protocol.DelegateAccount // by key
	sessions map[protocol.Hash]protocol.SessionFact
	opened   []protocol.SessionKey                // ever
	roots    map[protocol.Address][]protocol.Hash // of each pod's batches
	blocks   map[protocol.Hash]protocol.Block
	pods     []*testPod
}

func newNet(t *testing.T) *testNet {
	t.Helper()
	n := &testNet{
		t: t, domain: protocol.Domain{ChainID: 1337, Escrow: protocol.Address{0xe5}}, registry: protocol.Address{0x4e},
		operator: protocol.Address{0x09}, owner: newKey(t),
		policy:   attest.NewPolicy(1337, attest.TierSimulated, time.Now().Add(-time.Hour), measurement),
		account:  protocol.Account{Avail: protocol.Tokens(1000)},
		sessions: map[protocol.Hash]protocol.SessionFact{}, blocks: map[protocol.Hash]protocol.Block{},
		roots: map[protocol.Address][]protocol.Hash{},
	}
	// The tests' identities and keys live as long as a test wants.
	n.policy.Keys.MaxIdentityLife, n.policy.Keys.MaxKeyConfigLife = attest.Duration(50*365*24*time.Hour), attest.Duration(50*365*24*time.Hour)
	var err error
	if n.platform, err = simulated.New(simulated.Config{Now: n.now}); err != nil {
		t.Fatal(err)
	}
	if n.verifier, err = attest.NewSimulatedVerifier(n.platform.RootDER(), attest.Config{Now: n.now}); err != nil {
		t.Fatal(err)
	}
	return n
}

func newKey(t *testing.T) protocol.Key {
	t.Helper()
	k, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func (n *testNet) now() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return time.Now().Add(n.ahead)
}

func (n *testNet) advance(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.ahead += d
}

func (n *testNet) locked(f func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f()
}

// Collateral and Endorsements are what Intel and endorsers would say.
func (n *testNet) Collateral(_ context.Context, needs attest.CollateralID, _ string) (*attest.Collateral, error) {
	n.locked(func() { n.collateralAsked++ })
	if n.collateralErr != nil {
		return nil, n.collateralErr
	}
	return n.platform.Collateral(needs.TEE)
}

func (n *testNet) Endorsements(context.Context, string) []protocol.SignedEndorsement {
	return n.endorsements
}

func (n *testNet) Pods(context.Context) ([]protocol.PodRecord, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	var records []protocol.PodRecord
	for _, p := range n.pods {
		records = append(records, p.record)
	}
	return records, n.down
}

func (n *testNet) Account(context.Context, protocol.Address) (protocol.Account, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.account, n.down
}

func (n *testNet) Session(_ context.Context, key protocol.SessionKey) (protocol.SessionFact, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	fact := n.sessions[key.ID()]
	fact.SessionKey = key
	return fact, n.down
}

func (n *testNet) BlockByHash(_ context.Context, hash protocol.Hash) (protocol.Block, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.blocks[hash], n.down
}

func (n *testNet) Head(context.Context) (protocol.Block, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return protocol.Block{Number: 100, Time: uint64(time.Now().Add(n.ahead).Unix())}, n.down
}

func (n *testNet) SessionsOf(_ context.Context, owner protocol.Address, _, _ uint64) (keys []protocol.SessionKey, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, k := range n.opened {
		if k.Owner == owner {
			keys = append(keys, k)
		}
	}
	return keys, n.down
}

func (n *testNet) SettledRoot(_ context.Context, pod protocol.Address, seq uint64) (protocol.Hash, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if seq == 0 || seq > uint64(len(n.roots[pod])) {
		return protocol.Hash{}, errors.New("no such batch")
	}
	return n.roots[pod][seq-1], n.down
}

// RequestClose is a closer with gas, unless it is told to fail.
func (n *testNet) RequestClose(_ context.Context, key protocol.SessionKey) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closeAsked++
	if n.closeErr != nil {
		return n.closeErr
	}
	fact := n.sessions[key.ID()]
	fact.Closing = true
	n.sessions[key.ID()] = fact
	return nil
}

// block makes a block of that age.
func (n *testNet) block(age time.Duration) protocol.Hash {
	n.mu.Lock()
	defer n.mu.Unlock()
	hash := protocol.Hash(sha256.Sum256([]byte{byte(len(n.blocks)), 0xb1}))
	n.blocks[hash] = protocol.Block{Number: uint64(len(n.blocks)), Hash: hash, Time: uint64(time.Now().Add(n.ahead - age).Unix())}
	return hash
}

// open executes an order as the escrow does: once, from the balance.
func (n *testNet) open(o protocol.SignedOpen) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if o.Delegated() {
		return n.openDelegated(o)
	}
	bit := o.Nonce - n.account.NonceBase
	fact := n.sessions[o.ID()]
	left, err := n.account.Avail.Sub(o.Cap)
	now := uint64(time.Now().Add(n.ahead).Unix())
	switch {
	case o.Signature.Verify(n.domain.Digest(o.OpenSession), o.Owner) != nil || o.Owner != n.owner.Address():
		return errors.New("signature")
	case o.Deadline < now:
		return errors.New("deadline")
	case o.Nonce < n.account.NonceBase || bit >= protocol.NonceWindowSize || n.account.NonceWindow[11-bit/8]>>(bit%8)&1 != 0:
		return errors.New("nonce")
	case err != nil:
		return errors.New("balance")
	case fact.Cap.IsZero() != (o.Salt == o.Nonce):
		return errors.New("salt")
	case fact.Closing:
		return errors.New("closing")
	case !fact.Cap.IsZero() && fact.Expiry < now:
		return errors.New("expired")
	}
	if fact.Cap.IsZero() {
		n.opened = append(n.opened, o.SessionKey)
	}
	n.account.Avail = left
	n.account.NonceWindow[11-bit/8] |= 1 << (bit % 8)
	fact.SessionKey, fact.Expiry = o.SessionKey, max(fact.Expiry, o.Expiry)
	fact.Cap, _ = fact.Cap.Add(o.Cap)
	n.sessions[o.ID()] = fact
	return nil
}

func (n *testNet) config(dir string) client.Config {
	return client.Config{
		Domain: n.domain, RegistryAddress: n.registry, Registry: n, Owner: n.owner, StateDir: dir,
		Verifier: n.verifier, Policies: []attest.Policy{n.policy}, Collateral: n, Development: true, Now: n.now, Log: slog.New(slog.DiscardHandler),
	}
}

func (n *testNet) client(dir string, adjust ...func(*client.Config)) *client.Client {
	n.t.Helper()
	cfg := n.config(dir)
	for _, f := range adjust {
		f(&cfg)
	}
	c, err := client.New(cfg)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = c.Close() })
	return c
}

func add(t *testing.T, amounts ...protocol.Amount) (sum protocol.Amount) {
	for _, a := range amounts {
		var err error
		if sum, err = sum.Add(a); err != nil {
			t.Error(err)
		}
	}
	return sum
}

const chat = `{"model":"wisp","messages":[{"role":"user","content":"` + prompt + `"}]}`

func request(ctx context.Context, path, body string) *http.Request {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+path, strings.NewReader(body))
	if err != nil {
		panic(err)
	}
	req.Header.Set("Content-Type", "application/json")
	return req
}

// ask has one answer read to its end.
func ask(ctx context.Context, c *client.Client) (string, *http.Response, error) {
	res, err := c.RoundTrip(request(ctx, "/api/chat", chat))
	if err != nil {
		return "", nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return string(body), res, err
}

func mustAsk(t *testing.T, c *client.Client) *http.Response {
	t.Helper()
	body, res, err := ask(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(body, answer) {
		t.Fatalf("the answer is %q", body)
	}
	return res
}

// oneSession is the client's only session.
func oneSession(t *testing.T, c *client.Client) client.SessionStatus {
	t.Helper()
	all := c.Sessions()
	if len(all) != 1 {
		t.Fatalf("%d sessions, want 1", len(all))
	}
	return all[0]
}

func receipts(t *testing.T, c *client.Client) []client.ReceiptEntry {
	t.Helper()
	all, err := c.Receipts()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func wantErr(t *testing.T, err error, is error, parts ...string) {
	t.Helper()
	if is != nil && !errors.Is(err, is) || err == nil {
		t.Fatalf("error %v, want %v", err, is)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
	if strings.Contains(fmt.Sprint(err), prompt) || strings.Contains(fmt.Sprint(err), answer) {
		t.Errorf("error quotes content: %v", err)
	}
}
