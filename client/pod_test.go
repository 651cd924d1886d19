package client_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// testPod is a pod as far as a client can tell: real envelope, evidence, signatures and arithmetic. What a test wants
// to go wrong is a hook.
type testPod struct {
	net      *testNet
	server   *httptest.Server
	identity protocol.Key
	record   protocol.PodRecord

	// refuse says no to an order, instead of admitting it.
	refuse func(pay protocol.Payment, id protocol.RequestID) *protocol.Problem
	// word changes what it says of a session when it refuses.
	word func(*protocol.Problem)
	// say writes the answer.
	say func(w http.ResponseWriter, r *http.Request)
	// forge changes a receipt before it is signed, field what is sent; nil sends none.
	forge func(*protocol.Receipt)
	field func(string) string
	// forgeClose changes a signed close before it is signed, answerClose after.
	forgeClose, answerClose func(*protocol.SignedClose)
	// handOn is what goes along with the refusal of a key, instead of the newest config.
	handOn func() any
	// outer stands between the wire and the envelope.
	outer func(w http.ResponseWriter, r *http.Request, next http.Handler)
	relay func(protocol.Relay) any // what is answered to an order; nil: no such route
	// fresh is what is answered to a nonce, sealed to a key; nil: a fresh quote.
	fresh func(nonce, configHash protocol.Hash) any

	mu       sync.Mutex
	handler  http.Handler
	newest   protocol.SignedKeyConfig // the record's may be an earlier one
	hits     int
	shapes   map[string]string // that were asked for, by the first two elements of the path
	keys     int
	wire     bytes.Buffer // all bytes in both directions
	accounts map[protocol.Hash]*podAccount
	billed   map[protocol.RequestID]protocol.SignedReceipt
	settled  map[protocol.RequestID]*protocol.Inclusion
	payments []protocol.Payment
	bills    chan struct{} // one for each bill
}

type podAccount struct {
	cap, charged, reserved, best protocol.Amount
	rseq                         uint64
	closed                       bool

	receipt *protocol.SignedReceipt // the last
	voucher *protocol.SignedVoucher // the best
}

var price = protocol.Offer{
	Model: model, ModelDigest: protocol.Hash{0xd1}, InPerM: protocol.Units(2e15), CachedPerM: protocol.Units(1e15),
	OutPerM: protocol.Units(8e15), PerRequest: protocol.Units(5e12), Context: 4096, DefaultOut: 64, MaxOut: 256,
}

func (n *testNet) pod(adjust ...func(*testPod)) *testPod {
	n.t.Helper()
	p := &testPod{
		net: n, identity: newKey(n.t), accounts: map[protocol.Hash]*podAccount{}, billed: map[protocol.RequestID]protocol.SignedReceipt{},
		settled: map[protocol.RequestID]*protocol.Inclusion{}, bills: make(chan struct{}, 1000),
		say: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			for _, line := range []string{`{"message":{"content":"` + answer + `"},"done":false}`, `{"done":true,"prompt_eval_count":11,"eval_count":2}`} {
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
	p.record.Kind, p.record.Evidence = protocol.EvidenceSGX, p.quoteOver(e, p.bound().ReportData(block))
}

func (p *testPod) quoteOver(e simulated.Enclave, reportData [64]byte) []byte {
	p.net.t.Helper()
	evidence, err := p.net.platform.Source(e).Quote(context.Background(), reportData)
	if err != nil {
		p.net.t.Error(err)
	}
	return evidence.Quote
}

// bound is what its quotes bind.
func (p *testPod) bound() protocol.PodIdentity {
	return protocol.PodIdentity{
		ChainID: p.net.domain.ChainID, Registry: p.net.registry, Escrow: p.net.domain.Escrow, Pod: p.record.ID,
		Operator: p.record.Operator, Enclave: p.identity.Address(),
	}
}

func (p *testPod) offer(o protocol.Offer) {
	o.Pod = p.record.ID
	if o.ValidUntil == 0 {
		o.ValidUntil = p.record.ValidUntil
	}
	p.record.Offers = []protocol.SignedOffer{{Offer: o, Signature: p.identity.Sign(p.net.domain.Digest(o))}}
}

// rotate brings a new key, under a new id, and forgets the old one. The registry lists it at once.
func (p *testPod) rotate() {
	p.net.t.Helper()
	p.rekey()
	p.net.locked(func() { p.record.KeyConfig = p.newest })
}

// rekey is rotate by a pod of whose new key the registry does not know yet.
func (p *testPod) rekey() {
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
	p.handler = &envelope.Handler{Recipient: recipient, Inner: p.noting(p.relaying(p.freshing(p.serveInner))), KeyProblem: p.keyProblem, Log: slog.New(slog.DiscardHandler)}
	config := key.Config().Bytes()
	word := protocol.KeyConfig{
		Enclave: p.identity.Address(), ConfigHash: protocol.Keccak256(config), Epoch: uint64(p.keys),
		NotBefore: uint64(p.net.now().Add(-time.Minute).Unix()), NotAfter: uint64(p.net.now().Add(7 * 24 * time.Hour).Unix()),
	}
	p.newest = protocol.SignedKeyConfig{KeyConfig: word, Config: config, Signature: p.identity.Sign(p.net.domain.Digest(word))}
}

func (p *testPod) keyProblem() json.RawMessage {
	p.mu.Lock()
	defer p.mu.Unlock()
	var what any = p.newest
	if p.handOn != nil {
		what = p.handOn()
	}
	raw, err := json.Marshal(what)
	if err != nil {
		panic(err)
	}
	return raw
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
		bill := protocol.Bill{Receipt: receipt, Settled: p.settled[id]}
		p.mu.Unlock()
		if err != nil || !found {
			sayProblem(w, problem(protocol.ProblemNoReceipt, http.StatusNotFound))
			return
		}
		_ = json.NewEncoder(w).Encode(bill)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		panic(err)
	}
	if r.URL.Path == protocol.PathClose {
		p.serveClose(w, body)
		return
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
	if a.closed {
		return problem(protocol.ProblemClosed, http.StatusPaymentRequired)
	}
	a.charged = protocol.MaxAmountOf(a.charged, pay.Acked)
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
		charged, reserved := a.charged, a.reserved
		q.NeedCeiling, q.Charged, q.Reserved, q.Receipt, q.LastVoucher = &need, &charged, &reserved, a.receipt, a.voucher
		if p.word != nil {
			p.word(q)
		}
		return q
	}
	if a.voucher == nil || a.voucher.Ceiling.Cmp(pay.Ceiling) <= 0 {
		a.voucher = &protocol.SignedVoucher{Voucher: pay.Voucher(hash), Signature: pay.Signature}
	}
	a.reserved = add(p.net.t, a.reserved, pay.MaxCost)
	return nil
}

func (p *testPod) bill(pay protocol.Payment, id protocol.RequestID, hash, response protocol.Hash, u protocol.Usage) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	cost, err := p.record.Offers[0].CostUp(u)
	if err != nil {
		panic(err)
	}
	a := p.accounts[pay.Session.ID()]
	a.reserved, _ = a.reserved.Sub(pay.MaxCost)
	a.charged = add(p.net.t, a.charged, cost)
	a.rseq++
	r := protocol.Receipt{
		SessionID: pay.Session.ID(), RequestHash: hash, ResponseHash: response, ModelDigest: p.record.Offers[0].ModelDigest, OfferHash: pay.Offer,
		Usage: u, Finish: protocol.FinishStop, Cost: cost, Charged: a.charged, RSeq: a.rseq, Blind: protocol.NewBlind(),
	}
	if p.forge != nil {
		p.forge(&r)
	}
	signed := protocol.SignedReceipt{Receipt: r, Signature: p.identity.Sign(p.net.domain.Digest(r))}
	p.billed[id], a.receipt = signed, &signed
	p.bills <- struct{}{}
	field := protocol.EncodeReceipt(signed)
	if p.field != nil {
		field = p.field(field)
	}
	return field
}

// settle brings all that was billed under one root, and has the chain take it.
func (p *testPod) settle() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.net.mu.Lock()
	defer p.net.mu.Unlock()
	var ids []protocol.RequestID
	var structs []protocol.Hash
	for id, r := range p.billed {
		if p.settled[id] != nil {
			continue
		}
		ids, structs = append(ids, id), append(structs, r.HashStruct())
		fact := p.net.sessions[r.SessionID]
		fact.Claimed = protocol.MaxAmountOf(fact.Claimed, r.Charged)
		p.net.sessions[r.SessionID] = fact
	}
	tree := protocol.NewReceiptTree(structs)
	p.net.roots[p.record.ID] = append(p.net.roots[p.record.ID], tree.Root())
	for i, id := range ids {
		path, err := tree.Proof(i)
		if err != nil {
			p.net.t.Error(err)
		}
		p.settled[id] = &protocol.Inclusion{Seq: uint64(len(p.net.roots[p.record.ID])), Root: tree.Root(), Path: path}
	}
}
