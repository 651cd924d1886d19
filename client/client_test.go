package client_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func TestAnswer(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	var (
		claims  attest.Claims
		opening protocol.SignedOpen
		receipt protocol.SignedReceipt
		sealed  int
		status  int
	)
	ctx := client.WithTrace(t.Context(), &client.Trace{
		Verified:       func(v attest.Claims) { claims = v },
		SessionOpening: func(o protocol.SignedOpen) { opening = o },
		Sealed:         func(_, s int) { sealed = s },
		Answer:         func(s int) { status = s },
		Receipt:        func(r protocol.SignedReceipt) { receipt = r },
	})
	res, err := c.RoundTrip(request(ctx, "/api/chat", chat))
	if err != nil {
		t.Fatal(err)
	}
	// What is signed is on disk before anything of the answer is given out.
	state, err := client.ReadState(dir)
	if err != nil || len(state.Sessions) != 1 || state.Sessions[0].Open != 1 || state.Sessions[0].Ceiling.IsZero() {
		t.Errorf("with the answer's beginning the state on disk is %+v, %v", state, err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || !strings.Contains(string(body), answer) {
		t.Fatalf("%q, %v", body, err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if claims.Tier != attest.TierSimulated || opening.Cap.IsZero() || sealed < 2048 || status != http.StatusOK {
		t.Errorf("trace: tier %v, opening %v, sealed %d, status %d", claims.Tier, opening.Cap, sealed, status)
	}
	if res.Header.Get(client.HeaderPod) != p.record.ID.String() || res.Header.Get(client.HeaderTier) != "T0-simulated" {
		t.Errorf("header %v", res.Header)
	}
	if res.Trailer.Get(client.TrailerCost) != receipt.Cost.String() || res.Trailer.Get(client.TrailerReceipt) != receipt.HashStruct().String() {
		t.Errorf("trailer %v for receipt %+v", res.Trailer, receipt)
	}
	stored := receipts(t, c)
	if len(stored) != 1 || stored[0].Receipt != receipt || stored[0].RequestID.String() != res.Header.Get(client.HeaderRequestID) || stored[0].Late {
		t.Errorf("stored %+v", stored)
	}
	s := oneSession(t, c)
	if s.Charged != receipt.Cost || s.Open != 0 || s.Ceiling.Cmp(s.Charged) < 0 {
		t.Errorf("session %+v", s)
	}
	// The next request acknowledges the charge, and sends no order once the chain shows the session.
	mustAsk(t, c)
	if pay := p.payments[1]; pay.Acked != receipt.Cost || pay.Open != nil {
		t.Errorf("second payment acknowledges %v of %v, order %v", pay.Acked, receipt.Cost, pay.Open)
	}
	if wire := p.wire.Bytes(); len(wire) < 4096 || bytes.Contains(wire, []byte(prompt)) || bytes.Contains(wire, []byte(answer)) {
		t.Errorf("%d bytes on the wire hold the prompt or the answer", len(wire))
	}
	for _, secret := range []string{prompt, answer} {
		if grepDir(t, dir, secret) {
			t.Errorf("the state directory holds %q", secret)
		}
	}
}

func grepDir(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		raw, err := os.ReadFile(path)
		found = found || bytes.Contains(raw, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRefusedBeforeSpending(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	post := func(path, body string) *http.Request { return request(t.Context(), path, body) }
	foreign := post("/api/chat", chat)
	foreign.URL.Host = "example.com"
	get := post("/api/chat", "")
	get.Method = http.MethodGet
	for _, tt := range []struct {
		name   string
		req    *http.Request
		is     error
		status int
		say    string
	}{
		{"not JSON", post("/api/chat", "{"), client.ErrRequest, 400, ""},
		{"no model", post("/api/chat", `{"messages":[]}`), client.ErrRequest, 400, "model"},
		{"model not a string", post("/api/chat", `{"model":7}`), client.ErrRequest, 400, "model"},
		{"too long", post("/api/chat", `{"model":"wisp","x":"`+strings.Repeat("a", client.MaxBody)+`"}`), client.ErrRequest, 413, "too large"},
		{"foreign host", foreign, client.ErrRequest, 400, "phallama.invalid"},
		{"foreign path", post("/api/pull", `{}`), client.ErrRequest, 404, "/api/pull"},
		{"query", post("/api/chat?x=1", chat), client.ErrRequest, 404, ""},
		{"GET", get, client.ErrRequest, 405, "POST"},
		{"unknown model", post("/api/chat", `{"model":"gone"}`), client.ErrUnknownModel, 0, "wisp:latest"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := c.RoundTrip(tt.req)
			wantErr(t, err, tt.is, tt.say)
			var request *client.RequestError
			if errors.As(err, &request) && request.Status != tt.status {
				t.Errorf("status %d, want %d", request.Status, tt.status)
			}
		})
	}
	if len(c.Sessions()) != 0 || p.contacted() != 0 {
		t.Errorf("%d sessions, %d requests", len(c.Sessions()), p.contacted())
	}
}

func TestChainDown(t *testing.T) {
	n := newNet(t)
	n.pod()
	c := n.client(t.TempDir())
	n.locked(func() { n.down = errors.New("connection refused") })
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrChain, "connection refused", "RPC")
	n.locked(func() { n.down = nil })
	mustAsk(t, c)
	// A chain that stumbles does not stop what needs nothing of it: the list of pods may be a little old.
	mustAsk(t, c) // sees the session open
	n.locked(func() { n.down = errors.New("connection refused") })
	n.advance(20 * time.Second)
	mustAsk(t, c)
	n.advance(2 * time.Minute)
	_, _, err = ask(t.Context(), c)
	wantErr(t, err, client.ErrChain)
}

func TestNoFunds(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	n.account.Avail = protocol.Units(1)
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrInsufficientFunds, "phallama wallet")
	var funds *client.FundsError
	if !errors.As(err, &funds) || funds.Available != protocol.Units(1) || funds.Need.IsZero() {
		t.Errorf("%+v", funds)
	}
	if p.contacted() != 0 {
		t.Error("the pod was contacted")
	}
}

// A pod that fails any check never gets a byte, and the error says why.
func TestPodRefused(t *testing.T) {
	other := protocol.Address{0x77}
	for _, tt := range []struct {
		name  string
		spoil func(*testing.T, *testPod)
		say   string
	}{
		{"debug enclave", func(_ *testing.T, p *testPod) {
			p.quote(simulated.Enclave{MRENCLAVE: measurement, Debug: true}, p.net.block(0))
		}, "debug"},
		{"other code", func(_ *testing.T, p *testPod) {
			p.quote(simulated.Enclave{MRENCLAVE: attest.Digest{1}}, p.net.block(0))
		}, "measurement"},
		{"quote of another pod", func(_ *testing.T, p *testPod) {
			id := p.record.ID
			p.record.ID = other
			p.quote(enclave, p.net.block(0))
			p.record.ID = id
		}, "report-data"},
		{"identity of another", func(t *testing.T, p *testPod) { p.record.Identity = newKey(t).Address() }, "report-data"},
		{"flipped bit", func(_ *testing.T, p *testPod) { p.record.Evidence[100] ^= 1 }, "quote-signature"},
		{"no evidence", func(_ *testing.T, p *testPod) { p.record.Evidence = nil }, "attestation"},
		{"kind misstated", func(_ *testing.T, p *testPod) { p.record.Kind = protocol.EvidenceTDX }, "kind"},
		{"unknown block", func(_ *testing.T, p *testPod) {
			p.quote(enclave, protocol.Hash{9})
		}, "not a block of chain"},
		{"old quote", func(_ *testing.T, p *testPod) {
			p.quote(enclave, p.net.block(9*24*time.Hour))
		}, "quote-age"},
		{"quote of the future", func(_ *testing.T, p *testPod) {
			p.quote(enclave, p.net.block(-time.Hour))
		}, "quote-age"},
		{"measurement revoked on chain", func(_ *testing.T, p *testPod) { p.record.Standing = protocol.StandingMeasurementRevoked }, "measurement-revoked"},
		{"platform revoked on chain", func(_ *testing.T, p *testPod) { p.record.Standing = protocol.StandingPlatformRevoked }, "platform-revoked"},
		{"identity that the registry does not know", func(_ *testing.T, p *testPod) { p.record.Standing = protocol.StandingNone }, "chain-standing"},
		{"other platform", func(t *testing.T, p *testPod) {
			platform, err := simulated.New(simulated.Config{})
			if err != nil {
				t.Fatal(err)
			}
			ours := p.net.platform
			p.net.platform = platform
			p.quote(enclave, p.net.block(0))
			p.net.platform = ours
		}, "trust-anchor"},
		{"identity expired", func(_ *testing.T, p *testPod) { p.record.ValidUntil = uint64(time.Now().Add(-time.Minute).Unix()) }, "valid until"},
		{"key config of another", func(t *testing.T, p *testPod) {
			p.record.KeyConfig.Signature = newKey(t).Sign(p.net.domain.Digest(p.record.KeyConfig.KeyConfig))
		}, "key config"},
		{"key config swapped", func(_ *testing.T, p *testPod) { p.record.KeyConfig.Config[10] ^= 1 }, "key config"},
		{"key config expired", func(_ *testing.T, p *testPod) {
			word := p.record.KeyConfig.KeyConfig
			word.NotAfter = uint64(time.Now().Add(-time.Second).Unix())
			p.record.KeyConfig.KeyConfig, p.record.KeyConfig.Signature = word, p.identity.Sign(p.net.domain.Digest(word))
		}, "key config is valid"},
		{"offer unsigned", func(_ *testing.T, p *testPod) { p.record.Offers[0].OutPerM = protocol.Units(1) }, "offer"},
		{"offer of another pod", func(_ *testing.T, p *testPod) {
			o := p.record.Offers[0].Offer
			o.Pod = other
			p.record.Offers[0] = protocol.SignedOffer{Offer: o, Signature: p.identity.Sign(p.net.domain.Digest(o))}
		}, "it is of pod"},
		{"URL with a password", func(_ *testing.T, p *testPod) { p.record.URL = "http://me:secret@127.0.0.1:1" }, "scheme, host and path"},
		{"URL of a file", func(_ *testing.T, p *testPod) { p.record.URL = "file:///etc/passwd" }, "https"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod(func(p *testPod) { tt.spoil(t, p) })
			c := n.client(t.TempDir())
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrNoPod, p.record.ID.Short(), tt.say)
			if p.contacted() != 0 || len(c.Sessions()) != 0 {
				t.Errorf("%d requests reached the pod, %d sessions", p.contacted(), len(c.Sessions()))
			}
			pods, err := c.Pods(t.Context())
			if err != nil || len(pods) != 1 || pods[0].Refused == "" || pods[0].Claims != nil {
				t.Errorf("pods: %+v, %v", pods, err)
			}
			if models, err := c.Models(t.Context()); err != nil || len(models) != 0 {
				t.Errorf("models: %+v, %v", models, err)
			}
			// A good pod beside it is found.
			good := n.pod()
			n.advance(time.Minute)
			mustAsk(t, c)
			if good.contacted() != 1 || p.contacted() != 0 {
				t.Errorf("good pod %d requests, refused pod %d", good.contacted(), p.contacted())
			}
		})
	}
}

func TestRetiredOrRunOut(t *testing.T) {
	n := newNet(t)
	n.pod(func(p *testPod) { p.record.Retired = true })
	n.pod(func(p *testPod) {
		o := price
		o.ValidUntil = uint64(time.Now().Add(-time.Second).Unix())
		p.offer(o)
	})
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrUnknownModel)
}

func TestPodsAndModels(t *testing.T) {
	n := newNet(t)
	dear := n.pod(func(p *testPod) {
		o := price
		o.OutPerM = protocol.Units(9e15)
		p.offer(o)
	})
	cheap := n.pod()
	c := n.client(t.TempDir())
	models, err := c.Models(t.Context())
	if err != nil || len(models) != 2 || models[0].Pod != cheap.record.ID || models[1].Pod != dear.record.ID {
		t.Errorf("models %+v, %v", models, err)
	}
	pods, err := c.Pods(t.Context())
	if err != nil || len(pods) != 2 || pods[0].Claims == nil || len(pods[0].Claims.Checks) < 35 || pods[0].QuotedAt.Hash.IsZero() {
		t.Errorf("pods %+v, %v", pods, err)
	}
	for range 3 {
		mustAsk(t, c)
	}
	if cheap.contacted() != 3 || dear.contacted() != 0 {
		t.Errorf("cheap pod %d requests, dear pod %d", cheap.contacted(), dear.contacted())
	}
}

func TestTwoClientsOnOneStateDirectory(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	first := n.client(dir)
	_, err := client.New(n.config(dir))
	wantErr(t, err, client.ErrLocked, dir)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	n.client(dir)
}

func TestParallel(t *testing.T) {
	n := newNet(t)
	const many = 12
	gates := make(chan chan struct{}, many)
	p := n.pod(func(p *testPod) {
		honest := p.say
		p.say = func(w http.ResponseWriter, r *http.Request) {
			gate := make(chan struct{})
			gates <- gate
			<-gate
			honest(w, r)
		}
	})
	c := n.client(t.TempDir())
	var wg sync.WaitGroup
	for range many {
		wg.Go(func() {
			if _, _, err := ask(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	var waiting []chan struct{}
	for range many {
		waiting = append(waiting, <-gates) // all are being answered at once
	}
	if s := oneSession(t, c); s.Open != many {
		t.Errorf("%d requests open, want %d", s.Open, many)
	}
	for i := len(waiting) - 1; i >= 0; i-- {
		close(waiting[i])
	}
	wg.Wait()
	s, a := oneSession(t, c), p.accounts[oneSession(t, c).ID]
	if s.Charged != a.charged || s.Open != 0 || len(receipts(t, c)) != many {
		t.Errorf("session %+v, the pod charged %v in %d receipts", s, a.charged, a.rseq)
	}
}

func TestContextCancelled(t *testing.T) {
	n := newNet(t)
	started := make(chan struct{})
	n.pod(func(p *testPod) {
		p.say = func(_ http.ResponseWriter, r *http.Request) {
			close(started)
			<-r.Context().Done()
		}
	})
	c := n.client(t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	_, _, err := ask(ctx, c)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if s := oneSession(t, c); s.Open != 1 {
		t.Errorf("%d open, want 1: the pod may bill it", s.Open)
	}
}

func TestDiskFails(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	if err := os.RemoveAll(filepath.Join(dir, "sessions")); err != nil {
		t.Fatal(err)
	}
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, nil, "session")
	if p.contacted() != 0 {
		t.Error("a request was sent that is not on disk")
	}
}

func TestClosed(t *testing.T) {
	n := newNet(t)
	n.pod()
	c := n.client(t.TempDir())
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Fatal(err)
	}
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, nil, "Close")
}

// The engine's own refusals go on to the application as they are, and cost nothing.
func TestEngineRefuses(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	p.outer = nil
	p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem { return nil }
	p.say = func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error":"wisp does not support tools"}`)
	}
	c := n.client(t.TempDir())
	body, res, err := ask(t.Context(), c)
	if err != nil || res.StatusCode != http.StatusBadRequest || body != `{"error":"wisp does not support tools"}` {
		t.Fatalf("%v %q %v", res, body, err)
	}
	if s := oneSession(t, c); s.Open != 0 || !s.Charged.IsZero() {
		t.Errorf("session %+v", s)
	}
}

// What a policy asks, and what cannot be found out, keeps all pods out.
func TestNoPodAccepted(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(*testNet)
		say   string
	}{
		{"identity that lives too long", func(n *testNet) { n.policy.Keys.MaxIdentityLife = 1 }, "key-lifetimes"},
		{"request key that lives too long", func(n *testNet) { n.policy.Keys.MaxKeyConfigLife = 1 }, "key-lifetimes"},
		{"model that may not answer", func(n *testNet) { n.policy.Models = []string{strings.Repeat("00", 32)} }, "no pod can answer"},
		{"tier", func(n *testNet) { n.policy.MinTier = attest.TierGenuine }, "SIMULATED"},
		{"TCB status", func(n *testNet) { n.policy.TCB.Statuses = []dcap.TCBStatus{dcap.TCBUpToDate} }, "tcb-accepted"},
		{"policy of another chain", func(n *testNet) { n.policy.ChainID++ }, "policy of this network"},
		{"no collateral", func(n *testNet) { n.collateralErr = errors.New("nobody has any") }, "nobody has any"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			tt.spoil(n)
			_, _, err := ask(t.Context(), n.client(t.TempDir()))
			wantErr(t, err, client.ErrNoPod, tt.say)
			if p.contacted() != 0 {
				t.Errorf("%d requests", p.contacted())
			}
		})
	}
}

// What one policy accepts, another may refuse: then it is refused.
func TestPoliciesIntersect(t *testing.T) {
	n := newNet(t)
	n.pod()
	release := n.policy
	release.Measurements.SGX = nil
	_, _, err := ask(t.Context(), n.client(t.TempDir(), func(c *client.Config) { c.Policies = append(c.Policies, release) }))
	wantErr(t, err, client.ErrNoPod, "measurement")
}

// What was good once is asked for its time again at each request.
func TestVerifiedPodRunsOut(t *testing.T) {
	for _, tt := range []struct {
		name  string
		after time.Duration
		spoil func(*testPod)
		say   string
	}{
		{"identity", 7 * 24 * time.Hour, func(p *testPod) { p.record.ValidUntil = uint64(time.Now().Add(6 * 24 * time.Hour).Unix()) }, "valid until"},
		{"key config", 180 * time.Hour, func(p *testPod) { p.record.ValidUntil = uint64(time.Now().Add(30 * 24 * time.Hour).Unix()) }, "key config is valid"},
		{"quote", 9 * 24 * time.Hour, func(p *testPod) {
			p.record.ValidUntil = uint64(time.Now().Add(30 * 24 * time.Hour).Unix())
			word := p.record.KeyConfig.KeyConfig
			word.NotAfter = p.record.ValidUntil
			p.record.KeyConfig.KeyConfig, p.record.KeyConfig.Signature = word, p.identity.Sign(p.net.domain.Digest(word))
		}, "the quote dates from"},
		{"certificates", 8 * 365 * 24 * time.Hour, func(p *testPod) { p.record.ValidUntil = uint64(time.Now().Add(30 * 365 * 24 * time.Hour).Unix()) }, "certificate-validity"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod(tt.spoil)
			o := price
			o.ValidUntil = uint64(time.Now().Add(40 * 365 * 24 * time.Hour).Unix())
			p.offer(o)
			c := n.client(t.TempDir())
			mustAsk(t, c)
			n.advance(tt.after)
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrNoPod, tt.say)
			if p.contacted() != 1 {
				t.Errorf("%d requests", p.contacted())
			}
		})
	}
}

// A chain that cannot say whether a block is its own keeps the pod out only for a moment.
func TestBlockNotConfirmed(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir(), func(cfg *client.Config) { cfg.Registry = forgetful{n} })
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrNoPod, "does not confirm block", "pruned")
	if p.contacted() != 0 {
		t.Error("the pod was contacted")
	}
	n.advance(11 * time.Second)
	n.locked(func() { n.account.NonceBase = 1 }) // the sign for forgetful to remember
	mustAsk(t, c)
}

type forgetful struct{ *testNet }

func (f forgetful) BlockByHash(ctx context.Context, hash protocol.Hash) (protocol.Block, error) {
	if a, _ := f.Account(ctx, protocol.Address{}); a.NonceBase == 0 {
		return protocol.Block{}, errors.New("pruned")
	}
	return f.testNet.BlockByHash(ctx, hash)
}

func TestConfig(t *testing.T) {
	n := newNet(t)
	for name, spoil := range map[string]func(*client.Config){
		"chain id":  func(c *client.Config) { c.Domain.ChainID = 0 },
		"escrow":    func(c *client.Config) { c.Domain.Escrow = protocol.Address{} },
		"registry":  func(c *client.Config) { c.RegistryAddress = protocol.Address{} },
		"reader":    func(c *client.Config) { c.Registry = nil },
		"verifier":  func(c *client.Config) { c.Verifier = nil },
		"owner":     func(c *client.Config) { c.Owner = protocol.Key{} },
		"directory": func(c *client.Config) { c.StateDir = "" },
		"shape":     func(c *client.Config) { c.Shape = "round" },
		"negative":  func(c *client.Config) { c.SessionRequests = -1 },
		"short":     func(c *client.Config) { c.SessionLife = time.Hour },
	} {
		cfg := n.config(t.TempDir())
		spoil(&cfg)
		if _, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), "client: config") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := client.New(n.config(filepath.Join(os.DevNull, "x"))); err == nil {
		t.Error("a state directory below a file")
	}
}

// What strangers put on a registry is shown as it is harmless on a terminal, and not without end.
func TestErrorsAreBounded(t *testing.T) {
	n := newNet(t)
	n.pod(func(p *testPod) {
		o := price
		o.Model = "x\x1b[31m\n" + strings.Repeat("y", 5000)
		p.offer(o)
	})
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrUnknownModel)
	if text := err.Error(); strings.ContainsAny(text, "\x1b\n") || len(text) > 300 {
		t.Errorf("%q", text)
	}
	many := &client.NoPodError{Model: "x", Refused: make([]client.Refusal, 1000)}
	for i := range many.Refused {
		many.Refused[i].Reason = errors.New("no")
	}
	if text := many.Error(); len(text) > 2000 || !strings.Contains(text, "980 more") {
		t.Errorf("%d characters", len(text))
	}
}
