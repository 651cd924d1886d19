package enclave

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
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
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// makeStore writes a model store of one small model in Ollama's layout, and returns the model's digest.
func makeStore(t *testing.T, dir string) protocol.Hash {
	t.Helper()
	blob := func(mediaType, content string) string {
		sum := sha256.Sum256([]byte(content))
		write(t, filepath.Join(dir, "blobs", fmt.Sprintf("sha256-%x", sum)), content)
		return fmt.Sprintf(`{"mediaType":"application/vnd.%s","digest":"sha256:%x","size":%d}`, mediaType, sum, len(content))
	}
	manifest := `{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":` +
		blob("docker.container.image.v1+json", `{"model_format":"gguf"}`) + `,"layers":[` + blob("ollama.image.model", string(tinyGGUF().bytes())+"weights") + `]}`
	write(t, filepath.Join(dir, "manifests", "registry.ollama.ai", "library", "wisp", "latest"), manifest)
	digest, err := protocol.ModelDigest([]byte(manifest))
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// running is a pod that Run serves.
type running struct {
	t      *testing.T
	config Config
	ready  Ready
	stop   func() error
	logs   *logs
}

// logs is a log that a test reads while it is written.
type logs struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *logs) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func run(t *testing.T, config Config) *running {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	in, out := io.Pipe()
	ended := make(chan error, 1)
	r := &running{t: t, config: config, logs: &logs{}}
	go func() {
		err := Run(ctx, config, nil, out, slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug})))
		_ = out.CloseWithError(io.EOF)
		ended <- err
	}()
	r.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { _ = r.stop() })
	lines := json.NewDecoder(in)
	lines.DisallowUnknownFields()
	if err := lines.Decode(&r.ready); err != nil {
		t.Fatalf("%v, and Run: %v", err, r.stop())
	}
	return r
}

func testConfig(t *testing.T) (Config, protocol.Hash) {
	t.Helper()
	dir := t.TempDir()
	digest := makeStore(t, filepath.Join(dir, "models"))
	return Config{
		ChainID: 1337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4},
		Listen: "127.0.0.1:0", Control: "127.0.0.1:0", ControlToken: secretToken, EngineSocket: socketPath(t, "engine"),
		Models: filepath.Join(dir, "models"), QuoteSocket: socketPath(t, "quote"), State: filepath.Join(dir, "state"), Slots: 1, Queue: 1, QueueSeconds: 30, PublishSeconds: 60, KeySeconds: 41400, CellBytes: 1024, AccountRequests: 600, AccountBytes: 64 << 20, Accounts: 100,
		StateKey: StateKey{Source: "file", Path: filepath.Join(dir, "key")},
		Offers:   []Offer{{Model: "wisp", InPerM: protocol.Units(100), OutPerM: protocol.Units(200), PerRequest: protocol.Units(3), Context: 2048, DefaultOut: 64, MaxOut: 64}},
	}, digest
}

func (r *running) get(url string) (int, string) {
	r.t.Helper()
	res, err := http.Get(url)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// control calls the control API, and wants a success.
func (r *running) control(method, path string, body, into any) {
	r.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		r.t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(r.t.Context(), method, "http://"+r.ready.Control+path, bytes.NewReader(raw))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.config.ControlToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode/100 != 2 {
		r.t.Fatalf("%s: %d %s %v", path, res.StatusCode, answer, err)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			r.t.Fatal(err)
		}
	}
}

// One run from the ready line to the end: quote, registration, a sealed and paid request, stop; then the ledger again.
func TestRun(t *testing.T) {
	config, digest := testConfig(t)
	platform, err := simulated.New(simulated.Config{})
	if err != nil {
		t.Fatal(err)
	}
	quotes, err := simulated.Listen(config.QuoteSocket)
	if err != nil {
		t.Fatal(err)
	}
	measurement := attest.Digest{0xe0}
	go func() {
		_ = simulated.Serve(t.Context(), quotes, platform.Source(simulated.Enclave{MRENCLAVE: measurement}))
	}()
	r := run(t, config)
	if status, reason := r.get("http://" + r.ready.Listen + protocol.PathHealth); status != http.StatusServiceUnavailable {
		t.Errorf("health without an engine: %d %s", status, reason)
	}
	e := serveEngine(t, config.EngineSocket)
	var status protocol.Status
	for !status.Ready { // each look is a round trip; the test's own limit ends it
		if t.Context().Err() != nil {
			t.Fatal(status.Reason)
		}
		r.control(http.MethodGet, protocol.PathStatus, nil, &status)
	}
	if status, _ := r.get("http://" + r.ready.Listen + protocol.PathHealth); status != http.StatusOK {
		t.Errorf("health: %d", status)
	}
	var registration protocol.Registration
	block := protocol.Hash{0xb1}
	r.control(http.MethodPost, protocol.PathRegistration, protocol.RegistrationRequest{Block: block}, &registration)
	verifier, err := attest.NewSimulatedVerifier(platform.RootDER(), attest.Config{})
	if err != nil {
		t.Fatal(err)
	}
	collateral, err := platform.Collateral(dcap.TEESGX)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := verifier.Verify(t.Context(), attest.Evidence{Kind: attest.KindSGX, Quote: registration.Evidence}, collateral)
	if err != nil {
		t.Fatal(err)
	}
	identity := protocol.PodIdentity{
		ChainID: config.ChainID, Registry: config.Registry, Escrow: config.Escrow, Pod: config.Pod, Operator: config.Operator, Enclave: r.ready.Identity,
	}
	policy := attest.NewPolicy(identity.ChainID, attest.TierSimulated, time.Now().Add(-time.Hour), measurement)
	if _, err := policy.Validate(claims, attest.Expect{Now: time.Now(), ChainID: identity.ChainID, Registry: identity.Registry, ReportData: identity.ReportData(block)}); err != nil {
		t.Error(err)
	}
	if len(registration.Offers) != 1 || registration.Offers[0].ModelDigest != digest {
		t.Fatalf("offers %+v, want digest %s", registration.Offers, digest)
	}

	owner, signer := newKey(t), newKey(t)
	session := protocol.SessionKey{Owner: owner.Address(), Signer: signer.Address(), Pod: config.Pod, Salt: 1}
	r.control(http.MethodPost, protocol.PathFacts, protocol.Facts{Sessions: []protocol.SessionFact{{
		SessionKey: session, Cap: protocol.Units(1000), Expiry: registration.ValidUntil,
	}}}, nil)
	receipt := r.ask(registration, session, signer)
	if receipt.Usage != (protocol.Usage{In: 20, Out: 9}) || receipt.ModelDigest != digest {
		t.Errorf("receipt %+v", receipt.Receipt)
	}
	r.control(http.MethodGet, protocol.PathStatus, nil, &status)
	if status.Owing != 0 || !status.Unsettled.IsZero() {
		t.Errorf("within a minute the host sees a charge: %+v", status)
	}
	idle, err := net.Dial("tcp", r.ready.Listen) // somebody who is still connected at the end
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	_ = idle.SetReadDeadline(time.Now().Add(time.Minute))
	if _, err := idle.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("a connection outlives the pod: %v", err)
	}
	for _, address := range []string{r.ready.Listen, r.ready.Control} {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			t.Errorf("%s still listens", address)
		}
	}
	if text := r.logs.String(); strings.Contains(text, canary) || strings.Contains(text, "falcon") || strings.Contains(text, secretToken) {
		t.Errorf("a prompt, an answer or the token is in the log:\n%s", text)
	}
	for _, asked := range e.calls() {
		if strings.Contains(asked, "/api/chat") && !strings.Contains(asked, canary) {
			t.Errorf("the engine was asked %s", asked)
		}
	}

	// What was charged outlives the process; the identity does not.
	again := run(t, config)
	again.control(http.MethodGet, protocol.PathStatus, nil, &status)
	if status.Unsettled != receipt.Cost || again.ready.Identity == r.ready.Identity {
		t.Errorf("after a restart: unsettled %s, identity %s", status.Unsettled, again.ready.Identity)
	}
}

// A model that gets stuck in podd's own process ends the run, with the ledger closed; the next run goes on from it.
func TestRunWedged(t *testing.T) {
	config, _ := testConfig(t)
	socket := config.EngineSocket
	config.EngineSocket, config.ModelsCopy = "", filepath.Join(t.TempDir(), "copy")
	e := serveEngine(t, socket)
	identities := map[protocol.Address]bool{}
	for range 2 {
		e.restarts(true)
		var out bytes.Buffer
		err := Run(t.Context(), config, func(_ context.Context, models string) (http.RoundTripper, error) {
			if models != config.ModelsCopy {
				t.Errorf("the engine is given %s, want podd's copy", models)
			}
			return newEngineTransport(socket), nil
		}, &out, quiet)
		var ready Ready
		if !errors.Is(err, ErrWedged) || json.Unmarshal(out.Bytes(), &ready) != nil {
			t.Fatalf("%v, %q; want ErrWedged after the ready line", err, out.String())
		}
		identities[ready.Identity] = true
		if conn, err := net.Dial("tcp", ready.Listen); err == nil {
			_ = conn.Close()
			t.Error("it still listens")
		}
	}
	if len(identities) != 2 {
		t.Error("both runs have one identity")
	}
}

const canary = "canary-prompt-9d31"

// ask has one prompt answered, through the envelope.
func (r *running) ask(registration protocol.Registration, session protocol.SessionKey, signer protocol.Key) protocol.SignedReceipt {
	r.t.Helper()
	config, err := envelope.ParseKeyConfig(registration.KeyConfig.Config)
	if err != nil {
		r.t.Fatal(err)
	}
	body := `{"model":"wisp","stream":false,"messages":[{"role":"user","content":"` + canary + `"}]}`
	offer := registration.Offers[0].Offer
	pay := protocol.Payment{Session: session, Ceiling: protocol.Units(500), MaxCost: protocol.Units(500), Offer: offer.HashStruct()}
	id := protocol.NewRequestID()
	hash := protocol.RequestHash(id, http.MethodPost, "/api/chat", "application/json", []byte(body), pay.MaxCost, pay.Offer)
	domain := protocol.Domain{ChainID: r.config.ChainID, Escrow: r.config.Escrow}
	pay.Signature = signer.Sign(domain.Digest(pay.Voucher(hash)))
	inner, err := http.NewRequest(http.MethodPost, "https://pod.invalid/api/chat", strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	inner.Header.Set("Content-Type", "application/json")
	inner.Header.Set("Date", time.Now().UTC().Format(http.TimeFormat))
	inner.Header.Set(protocol.HeaderRequestID, id.String())
	inner.Header.Set(protocol.HeaderPay, pay.String())
	exchange, err := envelope.Seal(config, inner)
	if err != nil {
		r.t.Fatal(err)
	}
	outer, err := exchange.NewRequest(r.t.Context(), "http://"+r.ready.Listen+protocol.PathEnclave)
	if err != nil {
		r.t.Fatal(err)
	}
	sealed, err := http.DefaultTransport.RoundTrip(outer)
	if err != nil {
		r.t.Fatal(err)
	}
	res, err := exchange.Open(sealed)
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(answer), "falcon-4711") {
		r.t.Fatalf("%d %s %v", res.StatusCode, answer, err)
	}
	receipt, err := protocol.DecodeReceipt(res.Trailer.Get(protocol.TrailerReceipt))
	if err != nil {
		r.t.Fatal(err)
	}
	if err := receipt.Signature.Verify(domain.Digest(receipt.Receipt), r.ready.Identity); err != nil {
		r.t.Error(err)
	}
	return receipt
}

func newKey(t *testing.T) protocol.Key {
	t.Helper()
	k, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// What Run cannot do without it says before it listens.
func TestRunRefuses(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for name, c := range map[string]struct {
		spoil func(*Config)
		want  string
	}{
		"no model":             {func(c *Config) { c.Offers[0].Model = "nosuch" }, "nosuch"},
		"no engine":            {func(c *Config) { c.EngineSocket = "" }, "engineSocket"},
		"no store":             {func(c *Config) { c.Models += "x" }, "modelsx"},
		"no quote socket":      {func(c *Config) { c.QuoteSocket = strings.Repeat("x", 200) }, "quote socket"},
		"listener taken":       {func(c *Config) { c.Listen = taken.Addr().String() }, "sealed requests"},
		"control taken":        {func(c *Config) { c.Control = taken.Addr().String() }, "operator's agent"},
		"state that is a file": {func(c *Config) { c.State = filepath.Join(c.Models, "manifests/registry.ollama.ai/library/wisp/latest") }, "latest"},
	} {
		t.Run(name, func(t *testing.T) {
			config, _ := testConfig(t)
			c.spoil(&config)
			var out bytes.Buffer
			err := Run(t.Context(), config, nil, &out, slog.New(slog.DiscardHandler))
			if err == nil || !strings.Contains(err.Error(), c.want) || out.Len() != 0 {
				t.Errorf("%v, want %q and no ready line; got %q", err, c.want, out.String())
			}
		})
	}
	t.Run("told to stop before it began", func(t *testing.T) {
		config, _ := testConfig(t)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var out bytes.Buffer
		if err := Run(ctx, config, nil, &out, slog.New(slog.DiscardHandler)); err != nil || out.Len() != 0 {
			t.Errorf("%v %q", err, out.String())
		}
	})
}
