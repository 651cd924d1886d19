package client_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
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

	mu       sync.Mutex
	ahead    time.Duration // of the clock
	down     error         // what every read fails with
	account  protocol.Account
	budgets  map[protocol.Address]protocol.DelegateAccount // by key
	sessions map[protocol.Hash]protocol.SessionFact
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
		Verifier: n.verifier, Policies: []attest.Policy{n.policy}, Collateral: n, Now: n.now, Log: slog.New(slog.DiscardHandler),
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

// testPod is a pod as far as a client can tell: real envelope, evidence, signatures and arithmetic. What a test wants
// to go wrong is a hook.
type testPod struct {
	net      *testNet
	server   *httptest.Server
	identity protocol.Key
	record   protocol.PodRecord

	// refuse says no to an order, instead of admitting it.
	refuse func(pay protocol.Payment, id protocol.RequestID) *protocol.Problem
	// say writes the answer.
	say func(w http.ResponseWriter, r *http.Request)
	// forge changes a receipt before it is signed, field what is sent; nil sends none.
	forge func(*protocol.Receipt)
	field func(string) string
	// outer stands between the wire and the envelope.
	outer func(w http.ResponseWriter, r *http.Request, next http.Handler)
	relay func(protocol.Relay) any // what is answered to an order; nil: no such route

	mu       sync.Mutex
	handler  http.Handler
	hits     int
	keys     int
	wire     bytes.Buffer // all bytes in both directions
	accounts map[protocol.Hash]*podAccount
	billed   map[protocol.RequestID]protocol.SignedReceipt
	payments []protocol.Payment
	bills    chan struct{} // one for each bill
}

type podAccount struct {
	cap, charged, reserved, best protocol.Amount
	rseq                         uint64
}

var price = protocol.Offer{
	Model: model, ModelDigest: protocol.Hash{0xd1}, InPerM: protocol.Units(2e15), CachedPerM: protocol.Units(1e15),
	OutPerM: protocol.Units(8e15), PerRequest: protocol.Units(5e12), Context: 4096, DefaultOut: 64, MaxOut: 256,
}

func (n *testNet) pod(adjust ...func(*testPod)) *testPod {
	n.t.Helper()
	p := &testPod{
		net: n, identity: newKey(n.t), accounts: map[protocol.Hash]*podAccount{}, billed: map[protocol.RequestID]protocol.SignedReceipt{},
		bills: make(chan struct{}, 1000),
		say: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			for _, line := range []string{`{"message":{"content":"` + answer + `"},"done":false}`, `{"done":true,"eval_count":2}`} {
				_, _ = io.WriteString(w, line+"\n")
				_ = http.NewResponseController(w).Flush()
			}
		},
	}
	p.server = httptest.NewServer(http.HandlerFunc(p.serveOuter))
	n.t.Cleanup(p.server.Close)
	p.record = protocol.PodRecord{
		ID: protocol.PodID(n.registry, n.operator, protocol.Hash{byte(len(n.pods) + 1)}), Operator: n.operator, URL: p.server.URL,
		Identity: p.identity.Address(), ValidUntil: uint64(n.now().Add(6 * 24 * time.Hour).Unix()), Standing: protocol.StandingGood,
	}
	p.rotate()
	p.offer(price)
	p.quote(enclave, n.block(time.Minute))
	for _, f := range adjust {
		f(p)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.pods = append(n.pods, p)
	return p
}

func (p *testPod) quote(e simulated.Enclave, block protocol.Hash) {
	p.net.t.Helper()
	evidence, err := p.net.platform.Source(e).Quote(p.net.t.Context(), protocol.PodIdentity{
		ChainID: p.net.domain.ChainID, Registry: p.net.registry, Escrow: p.net.domain.Escrow, Pod: p.record.ID,
		Operator: p.record.Operator, Enclave: p.identity.Address(),
	}.ReportData(block))
	if err != nil {
		p.net.t.Fatal(err)
	}
	p.record.Kind, p.record.Evidence = protocol.EvidenceSGX, evidence.Quote
}

func (p *testPod) offer(o protocol.Offer) {
	o.Pod = p.record.ID
	if o.ValidUntil == 0 {
		o.ValidUntil = p.record.ValidUntil
	}
	p.record.Offers = []protocol.SignedOffer{{Offer: o, Signature: p.identity.Sign(p.net.domain.Digest(o))}}
}

// rotate brings a new key, under a new id, and forgets the old one.
func (p *testPod) rotate() {
	p.net.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys++
	key, err := envelope.GenerateKey(uint8(p.keys), envelope.XWing)
	if err != nil {
		p.net.t.Fatal(err)
	}
	recipient, err := envelope.NewRecipient(envelope.Config{}, key)
	if err != nil {
		p.net.t.Fatal(err)
	}
	p.handler = &envelope.Handler{Recipient: recipient, Inner: p.relaying(p.serveInner), Log: slog.New(slog.DiscardHandler)}
	config := key.Config().Bytes()
	word := protocol.KeyConfig{
		Enclave: p.identity.Address(), ConfigHash: protocol.Keccak256(config), Epoch: uint64(p.keys),
		NotBefore: uint64(p.net.now().Add(-time.Minute).Unix()), NotAfter: uint64(p.net.now().Add(7 * 24 * time.Hour).Unix()),
	}
	p.record.KeyConfig = protocol.SignedKeyConfig{KeyConfig: word, Config: config, Signature: p.identity.Sign(p.net.domain.Digest(word))}
}

func (p *testPod) serveOuter(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.hits++
	handler, outer := p.handler, p.outer
	p.mu.Unlock()
	r.Body = io.NopCloser(io.TeeReader(r.Body, lockedWriter{p}))
	w = recorded{w, p}
	if r.URL.Path != protocol.PathEnclave {
		http.NotFound(w, r)
		return
	}
	if outer != nil {
		outer(w, r, handler)
		return
	}
	handler.ServeHTTP(w, r)
}

// lockedWriter and recorded keep what goes over the wire.
type lockedWriter struct{ p *testPod }

func (l lockedWriter) Write(b []byte) (int, error) {
	l.p.mu.Lock()
	defer l.p.mu.Unlock()
	return l.p.wire.Write(b)
}

type recorded struct {
	http.ResponseWriter
	p *testPod
}

func (r recorded) Write(b []byte) (int, error) {
	_, _ = lockedWriter{r.p}.Write(b)
	return r.ResponseWriter.Write(b)
}

func (r recorded) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (p *testPod) contacted() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.hits
}

func sayProblem(w http.ResponseWriter, q *protocol.Problem) {
	w.Header().Set("Content-Type", protocol.ContentTypeProblem)
	w.WriteHeader(q.Status)
	_ = json.NewEncoder(w).Encode(q)
}

func problem(kind protocol.ProblemType, status int) *protocol.Problem {
	return &protocol.Problem{Type: kind, Status: status, Title: "refused by the test", Detail: string(kind)}
}

func (p *testPod) serveInner(w http.ResponseWriter, r *http.Request) {
	if text, ok := strings.CutPrefix(r.URL.Path, protocol.PathReceipts); ok {
		id, err := protocol.ParseRequestID(text)
		p.mu.Lock()
		receipt, found := p.billed[id]
		p.mu.Unlock()
		if err != nil || !found {
			sayProblem(w, problem(protocol.ProblemNoReceipt, http.StatusNotFound))
			return
		}
		_ = json.NewEncoder(w).Encode(receipt)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	id, err := protocol.ParseRequestID(r.Header.Get(protocol.HeaderRequestID))
	pay, err2 := protocol.ParsePayment(r.Header.Get(protocol.HeaderPay))
	if err := errors.Join(err, err2); err != nil {
		sayProblem(w, &protocol.Problem{Type: protocol.ProblemBadRequest, Status: 400, Title: err.Error()})
		return
	}
	hash := protocol.RequestHash(id, r.Method, r.URL.Path, r.Header.Get("Content-Type"), body, pay.MaxCost, pay.Offer)
	if q := p.admit(pay, id, hash); q != nil {
		sayProblem(w, q)
		return
	}
	tee := &teeing{ResponseWriter: w}
	p.say(tee, r)
	field := p.bill(pay, id, hash, protocol.Hash(sha256.Sum256(tee.body.Bytes())), protocol.Usage{In: 11, Out: 2})
	if field != "" {
		w.Header().Set(http.TrailerPrefix+protocol.TrailerReceipt, field)
	}
}

type teeing struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (t *teeing) Write(b []byte) (int, error) {
	t.body.Write(b)
	return t.ResponseWriter.Write(b)
}

func (t *teeing) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// admit is the ledger's rule, in short.
func (p *testPod) admit(pay protocol.Payment, id protocol.RequestID, hash protocol.Hash) *protocol.Problem {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.payments = append(p.payments, pay)
	if p.refuse != nil {
		if q := p.refuse(pay, id); q != nil {
			return q
		}
	}
	if receipt, ok := p.billed[id]; ok {
		q := problem(protocol.ProblemAnswered, http.StatusGone)
		q.Receipt = &receipt
		return q
	}
	if pay.Signature.Verify(p.net.domain.Digest(pay.Voucher(hash)), pay.Session.Signer) != nil || pay.Session.Pod != p.record.ID {
		return problem(protocol.ProblemBadPayment, http.StatusPaymentRequired)
	}
	if !slices.ContainsFunc(p.record.Offers, func(o protocol.SignedOffer) bool { return o.HashStruct() == pay.Offer }) {
		return problem(protocol.ProblemStaleOffer, http.StatusConflict)
	}
	sid := pay.Session.ID()
	a := p.accounts[sid]
	if a == nil {
		a = &podAccount{}
		p.accounts[sid] = a
	}
	need := add(p.net.t, a.charged, a.reserved, pay.MaxCost)
	if need.Cmp(a.cap) > 0 {
		if pay.Open != nil {
			if err := p.net.open(*pay.Open); err != nil && err.Error() != "nonce" {
				q := problem(protocol.ProblemNoSession, http.StatusPaymentRequired)
				q.Detail = err.Error()
				return q
			}
		}
		fact, _ := p.net.Session(p.net.t.Context(), pay.Session)
		if a.cap = fact.Cap; a.cap.IsZero() {
			return problem(protocol.ProblemNoSession, http.StatusPaymentRequired)
		}
	}
	if a.best.Cmp(pay.Ceiling) < 0 {
		a.best = pay.Ceiling
	}
	if need.Cmp(a.cap) > 0 || need.Cmp(a.best) > 0 {
		q := problem(protocol.ProblemNeedCeiling, http.StatusPaymentRequired)
		charged := a.charged
		q.NeedCeiling, q.Charged = &need, &charged
		return q
	}
	a.reserved = add(p.net.t, a.reserved, pay.MaxCost)
	return nil
}

func (p *testPod) bill(pay protocol.Payment, id protocol.RequestID, hash, response protocol.Hash, u protocol.Usage) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	cost, err := price.CostUp(u)
	if err != nil {
		panic(err)
	}
	a := p.accounts[pay.Session.ID()]
	a.reserved, _ = a.reserved.Sub(pay.MaxCost)
	a.charged = add(p.net.t, a.charged, cost)
	a.rseq++
	r := protocol.Receipt{
		SessionID: pay.Session.ID(), RequestHash: hash, ResponseHash: response, ModelDigest: price.ModelDigest, OfferHash: pay.Offer,
		Usage: u, Finish: protocol.FinishStop, Cost: cost, Charged: a.charged, RSeq: a.rseq, Blind: protocol.NewBlind(),
	}
	if p.forge != nil {
		p.forge(&r)
	}
	signed := protocol.SignedReceipt{Receipt: r, Signature: p.identity.Sign(p.net.domain.Digest(r))}
	p.billed[id] = signed
	p.bills <- struct{}{}
	field := protocol.EncodeReceipt(signed)
	if p.field != nil {
		field = p.field(field)
	}
	return field
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
