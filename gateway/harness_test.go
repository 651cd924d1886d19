package gateway_test

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
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

const (
	prompt = "canary-prompt-90c4"
	answer = "canary-answer-1e6a"
	token  = "control-token-of-the-test"
)

// network is a real pod with a real ledger, a real client and the gateway; the chain is in memory and the engine a
// function.
type network struct {
	t       *testing.T
	gateway *httptest.Server
	client  *client.Client
	config  client.Config // that it was made from
	books   *ledger.Ledger
	dir     string

	mu       sync.Mutex
	engine   func(*http.Request) (*http.Response, error)
	outer    func(http.ResponseWriter, *http.Request, http.Handler) // between the wire and the pod
	down     error
	record   protocol.PodRecord
	avail    protocol.Amount
	used     map[uint64]bool // nonces
	sessions map[protocol.Hash]protocol.SessionFact
	block    protocol.Block
	wire     bytes.Buffer
	log      bytes.Buffer
}

func (n *network) locked(f func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f()
}

// Write keeps the gateway's log.
func (n *network) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.log.Write(b)
}

func (n *network) logged() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.log.String()
}

// RoundTrip is the engine.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	engine := n.engine
	n.mu.Unlock()
	return engine(r)
}

func (n *network) Pods(context.Context) ([]protocol.PodRecord, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return []protocol.PodRecord{n.record}, n.down
}

func (n *network) Delegate(context.Context, protocol.Address, protocol.Address) (protocol.DelegateAccount, error) {
	return protocol.DelegateAccount{}, nil
}

func (n *network) Account(context.Context, protocol.Address) (protocol.Account, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	a := protocol.Account{Avail: n.avail}
	for nonce := range n.used {
		a.NonceWindow[11-nonce/8] |= 1 << (nonce % 8)
	}
	return a, n.down
}

func (n *network) Session(_ context.Context, key protocol.SessionKey) (protocol.SessionFact, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	fact := n.sessions[key.ID()]
	fact.SessionKey = key
	return fact, n.down
}

func (n *network) BlockByHash(_ context.Context, hash protocol.Hash) (protocol.Block, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if hash != n.block.Hash {
		return protocol.Block{}, errors.New("not found")
	}
	return n.block, n.down
}

func (n *network) Head(context.Context) (protocol.Block, error) {
	return protocol.Block{Number: 9, Time: uint64(time.Now().Unix())}, nil
}

func (n *network) SessionsOf(_ context.Context, owner protocol.Address, _, _ uint64) (keys []protocol.SessionKey, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, fact := range n.sessions {
		if fact.Owner == owner {
			keys = append(keys, fact.SessionKey)
		}
	}
	return keys, n.down
}

func (n *network) SettledRoot(context.Context, protocol.Address, uint64) (protocol.Hash, error) {
	return protocol.Hash{}, errors.New("nothing was settled")
}

// open executes an opening order.
func (n *network) open(o protocol.SignedOpen) protocol.SessionFact {
	n.mu.Lock()
	defer n.mu.Unlock()
	fact := n.sessions[o.ID()]
	fact.SessionKey = o.SessionKey
	left, err := n.avail.Sub(o.Cap)
	if n.used[o.Nonce] || err != nil {
		fact.Refused = "nonce or balance"
		return fact
	}
	n.used[o.Nonce], n.avail, fact.Expiry = true, left, o.Expiry
	fact.Cap, _ = fact.Cap.Add(o.Cap)
	n.sessions[o.ID()] = fact
	return fact
}

func newNetwork(t *testing.T, adjust ...func(*pod.Config)) *network {
	t.Helper()
	check := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	n := &network{
		t: t, dir: t.TempDir(), engine: says(answer), avail: protocol.Tokens(50), used: map[uint64]bool{},
		sessions: map[protocol.Hash]protocol.SessionFact{},
		block:    protocol.Block{Number: 8, Hash: sha256.Sum256([]byte("block")), Time: uint64(time.Now().Add(-time.Minute).Unix())},
	}
	platform, err := simulated.New(simulated.Config{})
	check(err)
	verifier, err := attest.NewSimulatedVerifier(platform.RootDER(), attest.Config{})
	check(err)
	quiet := slog.New(slog.DiscardHandler)
	domain, registry, operator := protocol.Domain{ChainID: 1337, Escrow: protocol.Address{0xe5}}, protocol.Address{0x4e}, protocol.Address{0x09}
	id := protocol.PodID(registry, operator, protocol.Hash{1})
	key, err := ledger.NewKey([]byte("what the platform gives"))
	check(err)
	books, err := ledger.Open(ledger.Config{Dir: t.TempDir(), Domain: domain, Pod: id, Key: key})
	check(err)
	t.Cleanup(func() { _ = books.Close() })
	enclave := simulated.Enclave{MRENCLAVE: attest.Digest{7}}
	config := pod.Config{
		Identity: protocol.PodIdentity{ChainID: domain.ChainID, Registry: registry, Escrow: domain.Escrow, Pod: id, Operator: operator},
		Offers: []protocol.Offer{{
			Model: "wisp", ModelDigest: protocol.Hash{0xd1}, InPerM: protocol.Units(2e15), OutPerM: protocol.Units(8e15),
			PerRequest: protocol.Units(5e12), Context: 4096, DefaultOut: 64, MaxOut: 256,
		}},
		Engine: n, Slots: 4, Queue: 4, AnswerLimit: time.Minute, SessionWait: 10 * time.Second, QueueWait: 30 * time.Second, PublishEvery: time.Nanosecond,
		RateLimit:    pod.RateLimit{Requests: 1000, Bytes: 64 << 20, Accounts: 100},
		IdentityLife: 24 * time.Hour, KeyLife: 12 * time.Hour, KeyEvery: 11*time.Hour + 30*time.Minute, KeyOverlap: 10 * time.Minute, KeyRequests: 1000, CellBytes: envelope.DefaultCellBytes,
		Source: platform.Source(enclave), Ledger: books, ControlToken: token, Now: time.Now, Log: quiet,
	}
	for _, f := range adjust {
		f(&config)
	}
	p, err := pod.New(config)
	check(err)
	p.SetReady(nil)
	control := func(method, path string, ask, into any) {
		body, err := json.Marshal(ask)
		check(err)
		req := httptest.NewRequestWithContext(t.Context(), method, path, bytes.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+token)
		rec := httptest.NewRecorder()
		p.Control().ServeHTTP(rec, req)
		if rec.Code >= 300 {
			t.Errorf("%s: %d %s", path, rec.Code, rec.Body)
		}
		if into != nil && rec.Code == http.StatusOK {
			check(json.Unmarshal(rec.Body.Bytes(), into))
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		n.mu.Lock()
		n.wire.Write(raw)
		outer := n.outer
		n.mu.Unlock()
		r.Body = io.NopCloser(bytes.NewReader(raw))
		w = &tapped{w, n}
		if outer != nil {
			outer(w, r, p.Public())
			return
		}
		p.Public().ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	var r protocol.Registration
	control(http.MethodPost, protocol.PathRegistration, protocol.RegistrationRequest{Block: n.block.Hash}, &r)
	n.record = protocol.PodRecord{
		ID: id, Operator: operator, URL: server.URL, Identity: r.Identity, ValidUntil: r.ValidUntil, Kind: r.Kind, Standing: protocol.StandingGood,
		Evidence: r.Evidence, KeyConfig: r.KeyConfig, Offers: r.Offers,
	}
	// The operator's agent.
	done := make(chan struct{})
	t.Cleanup(func() { <-done })
	go func() {
		defer close(done)
		for t.Context().Err() == nil {
			var orders protocol.Orders
			control(http.MethodGet, protocol.PathOrders+"?wait=20", struct{}{}, &orders)
			var facts protocol.Facts
			for _, o := range orders.Opens {
				facts.Sessions = append(facts.Sessions, n.open(o))
			}
			for _, key := range orders.Lookup {
				fact, _ := n.Session(context.Background(), key)
				facts.Sessions = append(facts.Sessions, fact)
			}
			if len(facts.Sessions) > 0 {
				control(http.MethodPost, protocol.PathFacts, facts, nil)
			}
		}
	}()
	owner, err := protocol.GenerateKey()
	check(err)
	n.books, n.config = books, client.Config{
		Domain: domain, RegistryAddress: registry, Registry: n, Owner: owner, StateDir: n.dir, Verifier: verifier, Log: quiet,
		Policies:   []attest.Policy{attest.NewPolicy(domain.ChainID, attest.TierSimulated, time.Now().Add(-time.Hour), enclave.MRENCLAVE)},
		Collateral: platformCollateral{platform}, Development: true,
	}
	n.client, err = client.New(n.config)
	check(err)
	t.Cleanup(func() { _ = n.client.Close() })
	n.gateway = httptest.NewServer(gateway.Handler(gateway.Config{Client: n.client, Log: slog.New(slog.NewTextHandler(n, nil))}))
	t.Cleanup(n.gateway.Close)
	return n
}

// tapped keeps what a pod writes to the wire.
type tapped struct {
	http.ResponseWriter
	n *network
}

func (w *tapped) Write(b []byte) (int, error) {
	w.n.mu.Lock()
	w.n.wire.Write(b)
	w.n.mu.Unlock()
	return w.ResponseWriter.Write(b)
}

func (w *tapped) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// says is an engine that says the same to everybody, in the words of the API it is asked in.
func says(text string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		var ask struct {
			Stream *bool `json:"stream"`
		}
		if err := json.NewDecoder(r.Body).Decode(&ask); err != nil {
			return nil, err
		}
		openAI := strings.HasPrefix(r.URL.Path, "/v1/")
		stream := !openAI
		if ask.Stream != nil {
			stream = *ask.Stream
		}
		parts, mediaType := words(text, openAI, stream)
		return reply(http.StatusOK, mediaType, io.NopCloser(strings.NewReader(strings.Join(parts, "")))), nil
	}
}

func readCloser(text string) io.ReadCloser { return io.NopCloser(strings.NewReader(text)) }

func reply(status int, mediaType string, body io.ReadCloser) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {mediaType}}, Body: body, ContentLength: -1}
}

// words are the pieces of an answer of two tokens to a prompt of eleven.
func words(text string, openAI, stream bool) (parts []string, mediaType string) {
	half := len(text) / 2
	switch {
	case openAI && stream:
		for _, piece := range []string{text[:half], text[half:]} {
			parts = append(parts, fmt.Sprintf(`data: {"id":"1","object":"chat.completion.chunk","model":"wisp","choices":[{"index":0,"delta":{"role":"assistant","content":%q},"finish_reason":null}]}`+"\n\n", piece))
		}
		return append(parts,
			`data: {"id":"1","object":"chat.completion.chunk","model":"wisp","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}]}`+"\n\n",
			`data: {"id":"1","object":"chat.completion.chunk","model":"wisp","choices":[],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13}}`+"\n\n",
			"data: [DONE]\n\n"), "text/event-stream"
	case openAI:
		return []string{fmt.Sprintf(`{"id":"1","object":"chat.completion","model":"wisp","choices":[{"index":0,"message":{"role":"assistant","content":%q},"finish_reason":"stop"}],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13}}`+"\n", text)}, "application/json"
	case stream:
		for _, piece := range []string{text[:half], text[half:]} {
			parts = append(parts, fmt.Sprintf(`{"model":"wisp","message":{"role":"assistant","content":%q},"done":false}`+"\n", piece))
		}
		return append(parts, `{"model":"wisp","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":11,"eval_count":2}`+"\n"), "application/x-ndjson"
	}
	return []string{fmt.Sprintf(`{"model":"wisp","message":{"role":"assistant","content":%q},"done":true,"done_reason":"stop","prompt_eval_count":11,"eval_count":2}`, text)}, "application/json; charset=utf-8"
}

func (n *network) post(path, body string) *http.Response {
	n.t.Helper()
	req, err := http.NewRequestWithContext(n.t.Context(), http.MethodPost, n.gateway.URL+path, strings.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	return n.do(req)
}

func (n *network) do(req *http.Request) *http.Response {
	n.t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		n.t.Fatal(err)
	}
	n.t.Cleanup(func() { _ = res.Body.Close() })
	return res
}

func (n *network) get(path string) (int, string) {
	n.t.Helper()
	req, err := http.NewRequestWithContext(n.t.Context(), http.MethodGet, n.gateway.URL+path, nil)
	if err != nil {
		n.t.Fatal(err)
	}
	res := n.do(req)
	return res.StatusCode, readAll(n.t, res)
}

func readAll(t *testing.T, res *http.Response) string {
	t.Helper()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// platformCollateral is what Intel would say of a simulated platform.
type platformCollateral struct{ *simulated.Platform }

func (p platformCollateral) Collateral(_ context.Context, needs attest.CollateralID, _ string) (*attest.Collateral, error) {
	return p.Platform.Collateral(needs.TEE)
}

func (platformCollateral) Endorsements(context.Context, string) []protocol.SignedEndorsement {
	return nil
}
