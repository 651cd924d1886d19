package pod_test

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

const (
	canary  = "canary-prompt-9d31" // stands in every prompt
	spoken  = "falcon"             // stands in every recorded answer that is not streamed
	token   = "control-token-of-24-bytes"
	chatOne = `{"model":"wisp","stream":false,"messages":[{"role":"user","content":"` + canary + `"}]}`
)

var (
	measurement = attest.Digest{0xe0, 0xc1}
	block       = protocol.Hash{0xb1, 0x0c}
	where       = protocol.PodIdentity{
		ChainID: 1337, Registry: protocol.Address{0x4e}, Escrow: protocol.Address{0xe5}, Pod: protocol.Address{0x90}, Operator: protocol.Address{0x09},
	}
	domain = protocol.Domain{ChainID: where.ChainID, Escrow: where.Escrow}

	ledgerKey, _ = ledger.NewKey([]byte("what the platform gives"))

	// Prices that do not divide, so that rounding shows.
	wisp = protocol.Offer{
		Model: "wisp:latest", ModelDigest: protocol.Hash{0xd1}, InPerM: protocol.Units(200_001), CachedPerM: protocol.Units(100_000),
		OutPerM: protocol.Units(800_003), PerRequest: protocol.Units(5), Context: 2048, DefaultOut: 64, MaxOut: 128,
	}
)

// rig is a pod with everything real around it but the engine, and a user with a session.
type rig struct {
	*testing.T
	pod          *pod.Pod
	book         *ledger.Ledger
	engine       *engine
	platform     *simulated.Platform
	logs         *logs
	clock        *clock
	registration protocol.Registration

	outer, control http.RoundTripper
	url            string
	quiet          bool                                                    // on connections in memory, with the bubble's clock
	dial           func(context.Context, string, string) (net.Conn, error) // of a quiet rig, to the public handler
	running        sync.WaitGroup                                          // requests at the public handler

	owner, signer protocol.Key
	session       protocol.SessionKey
	charged       protocol.Amount // by the receipts that came
}

// newRig is a rig on sockets.
func newRig(t *testing.T, adjust ...func(*pod.Config)) *rig {
	t.Helper()
	r := &rig{T: t, engine: &engine{answers: recorded(t)}}
	transport := r.engine.listen(t)
	r.make(append([]func(*pod.Config){func(c *pod.Config) { c.Engine = transport }}, adjust...))
	server := httptest.NewServer(r.tracked(r.pod.Public()))
	client := &http.Transport{DisableKeepAlives: true}
	t.Cleanup(func() {
		r.running.Wait()
		server.Close()
	})
	r.url, r.outer, r.control = server.URL, client, direct{r.pod.Control()}
	r.register()
	return r
}

// newQuietRig is a rig on connections in memory, for bubbles of testing/synctest.
func newQuietRig(t *testing.T, adjust ...func(*pod.Config)) *rig {
	t.Helper()
	r := &rig{T: t, quiet: true, engine: &engine{answers: recorded(t)}, url: "http://pod.invalid"}
	engine, public := newPipes(), newPipes()
	server := &http.Server{Handler: r.engine}
	t.Cleanup(func() { _ = server.Close() })
	go func() { _ = server.Serve(engine) }()
	r.make(append([]func(*pod.Config){func(c *pod.Config) { c.Engine, c.Now = engine.transport(), time.Now }}, adjust...))
	outer := &http.Server{Handler: r.tracked(r.pod.Public()), ErrorLog: log.New(io.Discard, "", 0)}
	t.Cleanup(func() {
		r.running.Wait()
		_ = outer.Close()
	})
	go func() { _ = outer.Serve(public) }()
	r.dial, r.outer, r.control = public.dial, public.transport(), direct{r.pod.Control()}
	r.register()
	return r
}

func (r *rig) make(adjust []func(*pod.Config)) {
	r.Helper()
	r.clock = &clock{at: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	r.logs = &logs{}
	c := pod.Config{
		Identity: where, Offers: []protocol.Offer{wisp}, Slots: 2, Queue: 1, AnswerLimit: time.Minute, SessionWait: 20 * time.Second, QueueWait: 30 * time.Second, PublishEvery: time.Nanosecond,
		RateLimit:    pod.RateLimit{Requests: 1000, Bytes: 64 << 20, Accounts: 100},
		IdentityLife: 7*24*time.Hour - time.Hour, KeyLife: 12 * time.Hour, KeyRequests: 1000, CellBytes: envelope.DefaultCellBytes, ControlToken: token, Now: r.clock.now,
		Log: slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, f := range adjust {
		f(&c)
	}
	var err error
	if r.platform, err = simulated.New(simulated.Config{Now: c.Now}); err != nil {
		r.Fatal(err)
	}
	if c.Source == nil {
		c.Source = r.platform.Source(simulated.Enclave{MRENCLAVE: measurement})
	}
	r.book, err = ledger.Open(ledger.Config{Dir: r.TempDir(), Domain: domain, Pod: where.Pod, Key: ledgerKey, Clock: c.Now, Logger: c.Log})
	if err != nil {
		r.Fatal(err)
	}
	c.Ledger = r.book
	if r.pod, err = pod.New(c); err != nil {
		r.Fatal(err)
	}
	r.pod.SetReady(nil)
	r.Cleanup(func() { // runs after the requests have ended
		if err := r.book.Check(); err != nil {
			r.Error(err)
		}
		if n := r.book.Totals().Running; n != 0 {
			r.Errorf("%d requests are still reserved", n)
		}
		_ = r.book.Close()
		r.private(r.logs.String())
	})
	r.owner, r.signer = newKey(r.T), newKey(r.T)
	r.session = protocol.SessionKey{Owner: r.owner.Address(), Signer: r.signer.Address(), Pod: where.Pod, Salt: 7}
}

// private fails if a text that the host can read quotes a prompt or an answer.
func (r *rig) private(text string) {
	r.Helper()
	if strings.Contains(text, canary) || strings.Contains(text, spoken) {
		r.Errorf("a prompt or an answer shows:\n%s", text)
	}
}

// tracked counts requests, so that a test can wait for those whose client has gone.
func (r *rig) tracked(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.running.Add(1)
		defer r.running.Done()
		h.ServeHTTP(w, req)
	})
}

func (r *rig) register() protocol.Registration {
	r.Helper()
	var registration protocol.Registration
	r.post(protocol.PathRegistration, protocol.RegistrationRequest{Block: block, BlockTime: uint64(r.now().Unix())}, &registration)
	r.registration = registration
	return registration
}

func (r *rig) now() time.Time {
	if r.quiet {
		return time.Now()
	}
	return r.clock.now()
}

// fund has the chain show the rig's session.
func (r *rig) fund(cap uint64) {
	r.Helper()
	r.learn(r.fact(r.session, cap))
}

func (r *rig) fact(key protocol.SessionKey, cap uint64) protocol.SessionFact {
	return protocol.SessionFact{SessionKey: key, Cap: protocol.Units(cap), Expiry: uint64(r.now().Add(7 * 24 * time.Hour).Unix())}
}

func (r *rig) learn(facts ...protocol.SessionFact) {
	r.Helper()
	r.post(protocol.PathFacts, protocol.Facts{Sessions: facts}, nil)
}

// post calls the control API and wants a success.
func (r *rig) post(path string, body, into any) {
	r.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		r.Fatal(err)
	}
	status, answer := r.controlCall(http.MethodPost, path, string(raw))
	if status != http.StatusOK && status != http.StatusNoContent {
		r.Fatalf("%s: %d %s", path, status, answer)
	}
	if into != nil {
		if err := json.Unmarshal([]byte(answer), into); err != nil {
			r.Fatal(err)
		}
	}
}

func (r *rig) controlCall(method, path, body string, adjust ...func(*http.Request)) (int, string) {
	r.Helper()
	req := httptest.NewRequestWithContext(r.Context(), method, path, strings.NewReader(body))
	req.Header.Set("Authorization", "Bearer "+token)
	for _, f := range adjust {
		f(req)
	}
	res, err := r.control.RoundTrip(req)
	if err != nil {
		r.Fatal(err)
	}
	answer, _ := io.ReadAll(res.Body)
	r.private(string(answer))
	return res.StatusCode, string(answer)
}

// call is one request of the user, with what it says about money.
type call struct {
	method, path, contentType, body string
	id                              protocol.RequestID
	signer                          protocol.Key
	payment                         protocol.Payment
	header                          func(http.Header) // changes the header after everything is signed
}

// newCall is a request that the pod answers if the session is funded.
func (r *rig) newCall(path, body string) call {
	r.Helper()
	offer := r.registration.Offers[0].Offer
	most, err := offer.MaxCostUp(len(body), offer.MaxOut)
	if err != nil {
		r.Fatal(err)
	}
	ceiling := r.charged
	for range 8 { // room for requests beside this one
		if ceiling, err = ceiling.Add(most); err != nil {
			r.Fatal(err)
		}
	}
	return call{
		method: http.MethodPost, path: path, contentType: "application/json", body: body, id: protocol.NewRequestID(), signer: r.signer,
		payment: protocol.Payment{Session: r.session, Ceiling: ceiling, Acked: r.charged, MaxCost: most, Offer: offer.HashStruct()},
	}
}

func (c call) hash() protocol.Hash {
	return protocol.RequestHash(c.id, c.method, c.path, c.contentType, []byte(c.body), c.payment.MaxCost, c.payment.Offer)
}

// seal signs and seals a call to the newest key of the pod.
func (r *rig) seal(ctx context.Context, c call) (*envelope.Exchange, *http.Request) {
	r.Helper()
	config, err := envelope.ParseKeyConfig(r.registration.KeyConfig.Config)
	if err != nil {
		r.Fatal(err)
	}
	return r.sealTo(ctx, c, config)
}

func (r *rig) sealTo(ctx context.Context, c call, config envelope.KeyConfig) (*envelope.Exchange, *http.Request) {
	r.Helper()
	c.payment.Signature = c.signer.Sign(domain.Digest(c.payment.Voucher(c.hash())))
	inner, err := http.NewRequest(c.method, "https://pod.invalid"+c.path, strings.NewReader(c.body))
	if err != nil {
		r.Fatal(err)
	}
	inner.Header.Set("Content-Type", c.contentType)
	inner.Header.Set(protocol.HeaderRequestID, c.id.String())
	inner.Header.Set(protocol.HeaderPay, c.payment.String())
	if c.header != nil {
		c.header(inner.Header)
	}
	exchange, err := envelope.Seal(config, inner)
	if err != nil {
		r.Fatal(err)
	}
	outer, err := exchange.NewRequest(ctx, r.url+protocol.PathEnclave)
	if err != nil {
		r.Fatal(err)
	}
	return exchange, outer
}

// open sends a call and returns its opened answer, whose body may still stream.
func (r *rig) open(ctx context.Context, c call) (*http.Response, error) {
	exchange, outer := r.seal(ctx, c)
	res, err := r.outer.RoundTrip(outer)
	if err != nil {
		return nil, err
	}
	return exchange.Open(res)
}

// answer is what came of a call.
type answer struct {
	status  int
	header  http.Header
	body    string
	receipt *protocol.SignedReceipt
	problem protocol.Problem
}

func (r *rig) send(c call) answer {
	r.Helper()
	res, err := r.open(r.Context(), c)
	if err != nil {
		r.Fatal(err)
	}
	return r.read(res)
}

// read reads an answer to its authenticated end.
func (r *rig) read(res *http.Response) answer {
	r.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.Fatal(err)
	}
	a := answer{status: res.StatusCode, header: res.Header, body: string(body)}
	if field := res.Trailer.Get(protocol.TrailerReceipt); field != "" {
		receipt, err := protocol.DecodeReceipt(field)
		if err != nil {
			r.Fatal(err)
		}
		a.receipt = &receipt
	}
	if res.Header.Get("Content-Type") == protocol.ContentTypeProblem {
		if err := json.Unmarshal(body, &a.problem); err != nil {
			r.Fatalf("%v: %s", err, body)
		}
	}
	return a
}

// refused sends a call and wants a problem of that type and status that quotes nothing and charges nothing.
func (r *rig) refused(c call, want protocol.ProblemType, status int) protocol.Problem {
	r.Helper()
	before, _ := r.book.Session(r.session.ID())
	a := r.send(c)
	if a.problem.Type != want || a.status != status || a.problem.Status != status {
		r.Fatalf("got %d %s, want %d %s", a.status, a.body, status, want)
	}
	if a.receipt != nil {
		r.Error("a refusal came with a receipt trailer")
	}
	if retry := a.header.Get("Retry-After"); retry != "" != (a.problem.RetryAfter > 0) {
		r.Errorf("Retry-After %q with %d in the problem", retry, a.problem.RetryAfter)
	}
	r.private(a.body)
	if after, _ := r.book.Session(r.session.ID()); after.Charged != before.Charged || after.Reserved != before.Reserved {
		r.Errorf("a refusal moved the session from %+v to %+v", before, after)
	}
	return a.problem
}

// paid sends a call that is to be answered, and checks its receipt.
func (r *rig) paid(c call) answer {
	r.Helper()
	a := r.send(c)
	if a.status != http.StatusOK {
		r.Fatalf("status %d: %s", a.status, a.body)
	}
	if a.receipt == nil {
		r.Fatal("no receipt")
	}
	r.checkReceipt(c, *a.receipt, []byte(a.body))
	return a
}

// checkReceipt holds a receipt against its call and the answer that came, and books it.
func (r *rig) checkReceipt(c call, got protocol.SignedReceipt, body []byte) {
	r.Helper()
	if err := got.Signature.Verify(domain.Digest(got.Receipt), r.registration.Identity); err != nil {
		r.Fatal(err)
	}
	offer := r.registration.Offers[0].Offer
	cost, err := offer.BillUp(got.Usage, got.Finish)
	charged, err2 := r.charged.Add(cost)
	if err != nil || err2 != nil {
		r.Fatal(err, err2)
	}
	want := got.Receipt
	want.SessionID, want.RequestHash, want.ResponseHash = r.session.ID(), c.hash(), sha256.Sum256(body)
	want.ModelDigest, want.OfferHash, want.Cost, want.Charged = offer.ModelDigest, offer.HashStruct(), cost, charged
	if got.Receipt != want {
		r.Fatalf("receipt\n%+v, want\n%+v", got.Receipt, want)
	}
	if got.Blind == (protocol.Blind{}) {
		r.Error("the receipt is not blinded")
	}
	r.charged = charged
	r.running.Wait()
	s, _ := r.book.Session(r.session.ID())
	if s.Charged != charged || !s.Reserved.IsZero() || s.Running != 0 || s.LastReceipt == nil || *s.LastReceipt != got.Receipt {
		r.Errorf("the ledger has %+v, want %s charged, nothing reserved and the receipt", s, charged)
	}
}

// receiptOf asks for a bill again, through the envelope.
func (r *rig) receiptOf(id protocol.RequestID) (protocol.SignedReceipt, answer) {
	r.Helper()
	bill, a := r.billOf(id)
	return bill.Receipt, a
}

func (r *rig) billOf(id protocol.RequestID) (protocol.Bill, answer) {
	r.Helper()
	c := r.newCall(protocol.PathReceipts+id.String(), "")
	c.method = http.MethodGet
	a := r.send(c)
	var bill protocol.Bill
	if a.status == http.StatusOK {
		var err error
		if bill, err = protocol.ParseBill([]byte(a.body)); err != nil {
			r.Fatal(err)
		}
	}
	return bill, a
}

// order is the user's order to open the rig's session.
func (r *rig) order(cap uint64) *protocol.SignedOpen {
	o := protocol.OpenSession{
		SessionKey: r.session, Cap: protocol.Units(cap), Nonce: r.session.Salt, Deadline: uint64(r.now().Add(time.Hour).Unix()),
		Expiry: uint64(r.now().Add(7 * 24 * time.Hour).Unix()),
	}
	return &protocol.SignedOpen{OpenSession: o, Signature: r.owner.Sign(domain.Digest(o))}
}

// orders polls for what the pod wants from the chain.
func (r *rig) orders(wait int) protocol.Orders {
	r.Helper()
	status, body := r.controlCall(http.MethodGet, fmt.Sprintf("%s?wait=%d", protocol.PathOrders, wait), "")
	var o protocol.Orders
	if err := json.Unmarshal([]byte(body), &o); status != http.StatusOK || err != nil {
		r.Fatalf("orders: %d %s", status, body)
	}
	return o
}
