package pod_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// Everything in a registration hangs on the quote: a client that verifies it knows identity, key and prices.
func TestRegistration(t *testing.T) {
	r := newRig(t)
	got := r.registration
	verifier, err := attest.NewSimulatedVerifier(r.platform.RootDER(), attest.Config{Now: r.now})
	if err != nil {
		t.Fatal(err)
	}
	evidence, err := attest.ParseEvidence(attest.Kind(got.Kind), got.Evidence)
	if err != nil {
		t.Fatal(err)
	}
	collateral, err := r.platform.Collateral(dcap.TEESGX)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := verifier.Verify(t.Context(), evidence, collateral)
	if err != nil {
		t.Fatal(err)
	}
	identity := where
	identity.Enclave = got.Identity
	policy := attest.NewPolicy(where.ChainID, attest.TierSimulated, r.now(), measurement)
	expect := attest.Expect{Now: r.now(), ChainID: where.ChainID, Registry: where.Registry, ReportData: identity.ReportData(block)}
	if _, err := policy.Validate(claims, expect); err != nil {
		t.Error(err)
	}
	if got.Identity != r.pod.Identity() {
		t.Errorf("identity %s, want %s", got.Identity, r.pod.Identity())
	}
	now := uint64(r.now().Unix())
	if err := got.KeyConfig.Verify(domain, got.Identity, now); err != nil {
		t.Error(err)
	}
	if got.KeyConfig.Epoch != 1 || got.KeyConfig.NotAfter != now+12*3600 {
		t.Errorf("key config %+v", got.KeyConfig.KeyConfig)
	}
	want := wisp
	want.Pod, want.ValidUntil = where.Pod, now+7*24*3600-3600
	if got.ValidUntil != want.ValidUntil || len(got.Offers) != 1 || got.Offers[0].Offer != want {
		t.Fatalf("valid until %d, offers %+v", got.ValidUntil, got.Offers)
	}
	if err := got.Offers[0].Signature.Verify(domain.Digest(want), got.Identity); err != nil {
		t.Error(err)
	}
}

// A block's clock may be behind: nothing outlives what the registry will grant.
func TestRegistrationCountsFromTheBlock(t *testing.T) {
	r := newRig(t)
	var got protocol.Registration
	behind := uint64(r.now().Add(-time.Hour).Unix())
	r.post(protocol.PathRegistration, protocol.RegistrationRequest{Block: block, BlockTime: behind}, &got)
	if want := behind + 7*24*3600 - 3600; got.ValidUntil != want || got.Offers[0].ValidUntil != want {
		t.Errorf("valid until %d, want %d", got.ValidUntil, want)
	}
	r.post(protocol.PathRegistration, protocol.RegistrationRequest{Block: block, BlockTime: uint64(r.now().Add(time.Hour).Unix())}, &got)
	if want := uint64(r.now().Add(7*24*time.Hour - time.Hour).Unix()); got.ValidUntil != want {
		t.Errorf("valid until %d, want %d: a block of the future grants nothing", got.ValidUntil, want)
	}
}

// A second registration brings a new key. The old one opens for ten minutes, and is gone then.
func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(10_000)
		oldConfig, err := envelope.ParseKeyConfig(r.registration.KeyConfig.Config)
		if err != nil {
			t.Fatal(err)
		}
		late := r.newCall("/api/chat", chatOne)
		first := r.registration
		time.Sleep(time.Hour)
		second := r.register()
		if second.KeyConfig.Epoch != 2 || second.KeyConfig.ConfigHash == first.KeyConfig.ConfigHash || second.Identity != first.Identity {
			t.Errorf("second registration %+v", second.KeyConfig.KeyConfig)
		}
		if err := second.KeyConfig.Verify(domain, second.Identity, uint64(time.Now().Unix())); err != nil {
			t.Error(err)
		}
		published := func() []envelope.KeyConfig {
			res, err := r.outer.RoundTrip(httptest.NewRequest(http.MethodGet, r.url+protocol.PathKeyConfigs, nil))
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			raw, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			configs, err := envelope.ParseKeyConfigs(raw)
			if err != nil {
				t.Fatal(err)
			}
			return configs
		}
		if got := published(); len(got) != 1 || string(got[0].Bytes()) != string(second.KeyConfig.Config) {
			t.Errorf("%d keys are published, want the new one", len(got))
		}
		// A request under the old key and offer, on its way since before the rotation.
		old := func(c call) (*http.Response, error) {
			exchange, outer := r.sealTo(t.Context(), c, oldConfig)
			res, err := r.outer.RoundTrip(outer)
			if err != nil {
				t.Fatal(err)
			}
			return exchange.Open(res)
		}
		time.Sleep(10*time.Minute - time.Second)
		res, err := old(late)
		if err != nil {
			t.Fatal(err)
		}
		a := r.read(res)
		if a.status != http.StatusOK || a.receipt == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = a.receipt.Charged
		time.Sleep(2 * time.Second)
		var refused *envelope.RefusedError
		if _, err := old(r.newCall("/api/chat", chatOne)); !errors.As(err, &refused) || !refused.KeyMismatch {
			t.Errorf("the old key opens: %v", err)
		}
		r.paid(r.newCall("/api/chat", chatOne))
		for range 12 { // an agent that registers all the time
			r.register()
		}
		if got := published(); len(got) != 1 {
			t.Errorf("%d keys are published", len(got))
		}
		r.paid(r.newCall("/api/chat", chatOne))
	})
}

// A key that has opened half of what it may is to be replaced before anybody finds it used up: requests that are not paid
// for use it up as well.
func TestNextKey(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.KeyRequests = 4 })
	next := func() bool {
		_, body := r.controlCall(http.MethodGet, protocol.PathStatus, "")
		var s protocol.Status
		if err := json.Unmarshal([]byte(body), &s); err != nil {
			t.Fatal(err)
		}
		return s.NextKey
	}
	for i := range 4 {
		if got, want := next(), i >= 2; got != want {
			t.Errorf("after %d requests: next key %v, want %v", i, got, want)
		}
		r.send(r.newCall("/nowhere", chatOne))
	}
	var refused *envelope.RefusedError
	if _, err := r.open(t.Context(), r.newCall("/nowhere", chatOne)); !errors.As(err, &refused) || !refused.KeyMismatch {
		t.Fatalf("request 5: %v", err)
	}
	r.register()
	if next() {
		t.Error("the next key is asked for again")
	}
	r.fund(10_000)
	r.paid(r.newCall("/api/chat", chatOne))
}

func TestControlRefusals(t *testing.T) {
	r := newRig(t)
	routes := map[string]string{
		protocol.PathStatus: http.MethodGet, protocol.PathRegistration: http.MethodPost, protocol.PathFacts: http.MethodPost,
		protocol.PathOrders: http.MethodGet, protocol.PathBatch: http.MethodPost, protocol.PathSettled: http.MethodPost,
	}
	for path, method := range routes {
		for name, header := range map[string]string{
			"none": "", "wrong": "Bearer wrong-token-of-24-bytes!", "prefix": "Bearer " + token[:10], "longer": "Bearer " + token + "x",
			"basic": "Basic " + token, "bare": token, "redacted": "Bearer REDACTED", "empty": "Bearer ",
		} {
			status, body := r.controlCall(method, path, "{}", func(req *http.Request) {
				req.Header.Del("Authorization")
				if header != "" {
					req.Header.Set("Authorization", header)
				}
			})
			if status != http.StatusUnauthorized || strings.Contains(body, token) {
				t.Errorf("%s with %s token: %d %s", path, name, status, body)
			}
		}
		if method != http.MethodPost {
			continue
		}
		for name, body := range map[string]string{
			"empty": "", "unknown field": `{"rows":1}`, "no JSON": "x", "two values": "{}{}", "a list": "[]", "too long": `{"x":"` + strings.Repeat("y", protocol.MaxControl) + `"}`,
		} {
			if status, answer := r.controlCall(method, path, body); status != http.StatusBadRequest {
				t.Errorf("%s with %s body: %d %s", path, name, status, answer)
			}
		}
	}
	for path, body := range map[string]string{
		"a registration without a block":     `{"blockTime":1}`,
		"a registration with a mad time":     `{"block":"` + block.String() + `","blockTime":9223372036854775808}`,
		"a registration with a time too far": `{"block":"` + block.String() + `","blockTime":1099511627776}`,
	} {
		if status, answer := r.controlCall(http.MethodPost, protocol.PathRegistration, body); status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", path, status, answer)
		}
	}
	for _, path := range []string{"/", "/control/v1/", "/debug/pprof/", protocol.PathEnclave} {
		if status, _ := r.controlCall(http.MethodGet, path, ""); status != http.StatusNotFound {
			t.Errorf("%s: %d", path, status)
		}
	}
}

// What was answered is settled: one batch that the identity signed, the same until the chain has it.
func TestSettlement(t *testing.T) {
	r := newRig(t)
	if status, _ := r.controlCall(http.MethodPost, protocol.PathBatch, "{}"); status != http.StatusNoContent {
		t.Fatalf("a batch of nothing: %d", status)
	}
	r.fund(10_000)
	c := r.newCall("/api/chat", chatOne)
	first, second := r.paid(c), r.paid(r.newCall("/api/generate", `{"model":"wisp","prompt":"`+canary+`"}`))
	var status protocol.Status
	code, body := r.controlCall(http.MethodGet, protocol.PathStatus, "")
	if err := json.Unmarshal([]byte(body), &status); code != 200 || err != nil {
		t.Fatal(code, body)
	}
	if status.Owing != 1 || status.OwingUntil != r.fact(r.session, 10_000).Expiry {
		t.Errorf("%d sessions owe until %d", status.Owing, status.OwingUntil)
	}
	if !status.Unsettled.IsZero() || // less than the dearest request may cost
		!status.Ready || !status.Registered || status.Open != 0 || status.Identity != r.pod.Identity() ||
		fmt.Sprint(status.Models) != "[wisp:latest]" {
		t.Errorf("status %+v", status)
	}
	var batch, again protocol.SignedBatch
	r.post(protocol.PathBatch, protocol.BatchRequest{}, &batch)
	if err := batch.Signature.Verify(domain.Digest(batch.TypedData()), r.registration.Identity); err != nil {
		t.Error(err)
	}
	if len(batch.Rows) != 1 || batch.Seq != 1 || batch.Pod != where.Pod || batch.KeyConfigHash != r.registration.KeyConfig.HashStruct() {
		t.Fatalf("batch %+v", batch)
	}
	row := batch.Rows[0]
	if row.Session != r.session || row.Charged != r.charged || row.Charged.Cmp(row.Voucher.Ceiling) > 0 {
		t.Errorf("row %+v, want %s charged", row, r.charged)
	}
	if err := row.Signature.Verify(domain.Digest(row.Voucher), r.signer.Address()); err != nil {
		t.Error(err)
	}
	if want := protocol.ReceiptsRoot([]protocol.Hash{first.receipt.HashStruct(), second.receipt.HashStruct()}); batch.ReceiptsRoot != want {
		t.Errorf("receipts root %s, want %s", batch.ReceiptsRoot, want)
	}
	late := r.newCall("/api/chat", chatOne)
	r.paid(late) // after the batch was fixed
	if bill, a := r.billOf(c.id); bill.Settled != nil {
		t.Errorf("proven before it is settled: %s", a.body)
	}
	r.register()
	r.post(protocol.PathBatch, protocol.BatchRequest{}, &again)
	if string(again.RowBytes()) != string(batch.RowBytes()) || again.Seq != batch.Seq {
		t.Errorf("before it is settled: %+v, want %+v", again, batch)
	}
	if again.KeyConfigHash != r.registration.KeyConfig.HashStruct() {
		t.Error("the batch does not name the current key config")
	}
	// Replacing it without its only session leaves nothing, and the batch as it is; without too many is refused.
	without, err := json.Marshal(protocol.BatchRequest{Replace: 1, Without: []protocol.Hash{r.session.ID()}})
	if err != nil {
		t.Fatal(err)
	}
	if code, body := r.controlCall(http.MethodPost, protocol.PathBatch, string(without)); code != http.StatusNoContent {
		t.Errorf("without its only session: %d %s", code, body)
	}
	if without, err = json.Marshal(protocol.BatchRequest{Without: make([]protocol.Hash, protocol.MaxWithout+1)}); err != nil {
		t.Fatal(err)
	}
	if code, body := r.controlCall(http.MethodPost, protocol.PathBatch, string(without)); code != http.StatusBadRequest {
		t.Errorf("without too many: %d %s", code, body)
	}
	fact := r.fact(r.session, 10_000)
	fact.Claimed = row.Charged
	r.post(protocol.PathSettled, protocol.Settled{Seq: 1, Tx: protocol.Hash{1}, Sessions: []protocol.SessionFact{fact}}, nil)
	r.post(protocol.PathBatch, protocol.BatchRequest{}, &again)
	if again.Seq != 2 || len(again.Rows) != 1 || again.Rows[0].Charged != r.charged {
		t.Errorf("the next batch is %+v", again)
	}

	// Whoever knows the request's id gets the proof with the bill.
	bill, a := r.billOf(c.id)
	if p := bill.Settled; p == nil || p.Seq != 1 || p.Root != batch.ReceiptsRoot || !p.Proves(first.receipt.HashStruct()) || bill.Receipt != *first.receipt {
		t.Errorf("the bill of a settled request is %s", a.body)
	}
	if bill, a := r.billOf(late.id); bill.Settled != nil || bill.Receipt.RSeq != 3 {
		t.Errorf("the bill of a request that is not settled is %s", a.body)
	}
	if _, a := r.billOf(protocol.NewRequestID()); a.problem.Type != protocol.ProblemNoReceipt {
		t.Errorf("the bill of nobody's request is %s", a.body)
	}
}

func TestTokenIsRedacted(t *testing.T) {
	secret := pod.Token(token)
	raw, err := json.Marshal(map[string]any{"token": secret})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		string(raw), fmt.Sprint(secret), fmt.Sprintf("%v %+v %#v %s %q", secret, secret, secret, secret, secret),
		fmt.Sprintf("%+v %#v", pod.Config{ControlToken: secret}, pod.Config{ControlToken: secret}),
	} {
		if strings.Contains(text, token) || !strings.Contains(text, "REDACTED") {
			t.Errorf("got %s", text)
		}
	}
}

func TestConfigIsChecked(t *testing.T) {
	platform, err := simulated.New(simulated.Config{})
	if err != nil {
		t.Fatal(err)
	}
	book, err := ledger.Open(ledger.Config{Dir: t.TempDir(), Domain: domain, Pod: where.Pod, Key: ledgerKey})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	good := pod.Config{
		Identity: where, Offers: []protocol.Offer{wisp}, Engine: http.DefaultTransport, Slots: 1, AnswerLimit: 1, SessionWait: 1, QueueWait: 1, PublishEvery: 1,
		RateLimit:    pod.RateLimit{Requests: 1, Bytes: protocol.MaxRequestBody, Accounts: 1},
		IdentityLife: 1, KeyLife: 1, KeyRequests: 2, CellBytes: envelope.MinCellBytes, Source: platform.Source(simulated.Enclave{}), Ledger: book, ControlToken: token, Now: time.Now, Log: slog.New(slog.DiscardHandler),
	}
	if _, err := pod.New(good); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(*pod.Config){
		"no chain":              func(c *pod.Config) { c.Identity.ChainID = 0 },
		"no registry":           func(c *pod.Config) { c.Identity.Registry = protocol.Address{} },
		"no escrow":             func(c *pod.Config) { c.Identity.Escrow = protocol.Address{} },
		"no pod":                func(c *pod.Config) { c.Identity.Pod = protocol.Address{} },
		"no operator":           func(c *pod.Config) { c.Identity.Operator = protocol.Address{} },
		"no offers":             func(c *pod.Config) { c.Offers = nil },
		"an offer of nothing":   func(c *pod.Config) { c.Offers = []protocol.Offer{{}} },
		"output above context":  func(c *pod.Config) { o := wisp; o.MaxOut = 4096; c.Offers = []protocol.Offer{o} },
		"default above maximum": func(c *pod.Config) { o := wisp; o.DefaultOut = 129; c.Offers = []protocol.Offer{o} },
		"no slots":              func(c *pod.Config) { c.Slots = 0 },
		"negative queue":        func(c *pod.Config) { c.Queue = -1 },
		"no answer limit":       func(c *pod.Config) { c.AnswerLimit = 0 },
		"no cells":              func(c *pod.Config) { c.CellBytes = 0 },
		"cells too large":       func(c *pod.Config) { c.CellBytes = envelope.MaxCellBytes + 1 },
		"no publishing":         func(c *pod.Config) { c.PublishEvery = 0 },
		"no queue wait":         func(c *pod.Config) { c.QueueWait = 0 },
		"no requests a minute":  func(c *pod.Config) { c.RateLimit.Requests = 0 },
		"no room for a request": func(c *pod.Config) { c.RateLimit.Bytes-- },
		"no account":            func(c *pod.Config) { c.RateLimit.Accounts = 0 },
		"no session wait":       func(c *pod.Config) { c.SessionWait = 0 },
		"no key life":           func(c *pod.Config) { c.KeyLife = 0 },
		"no requests of a key":  func(c *pod.Config) { c.KeyRequests = 1 },
		"no identity life":      func(c *pod.Config) { c.IdentityLife = 0 },
		"no engine":             func(c *pod.Config) { c.Engine = nil },
		"no evidence source":    func(c *pod.Config) { c.Source = nil },
		"no ledger":             func(c *pod.Config) { c.Ledger = nil },
		"no clock":              func(c *pod.Config) { c.Now = nil },
		"no log":                func(c *pod.Config) { c.Log = nil },
		"short token":           func(c *pod.Config) { c.ControlToken = "short" },
	} {
		c := good
		spoil(&c)
		if _, err := pod.New(c); err == nil || strings.Contains(err.Error(), "short\"") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
