package client_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// billed checks that each of n requests was billed once, and that the client and the pods agree about it.
func billed(t *testing.T, c *client.Client, n int, pods ...*testPod) {
	t.Helper()
	seen := map[protocol.RequestID]bool{}
	var sum, charged protocol.Amount
	for _, e := range receipts(t, c) {
		if seen[e.RequestID] {
			t.Errorf("request %s is billed twice", e.RequestID)
		}
		seen[e.RequestID] = true
		sum = add(t, sum, e.Receipt.Cost)
	}
	for _, p := range pods {
		p.mu.Lock()
		for _, a := range p.accounts {
			charged = add(t, charged, a.charged)
		}
		p.mu.Unlock()
	}
	if len(seen) != n || sum != charged {
		t.Errorf("%d receipts over %s, want %d; the pods charged %s", len(seen), sum, n, charged)
	}
	for _, s := range c.Sessions() {
		if s.Suspect != "" {
			t.Errorf("session %s is suspect: %s", s.ID.Short(), s.Suspect)
		}
	}
}

// A pod whose key the registry does not know yet serves all the same: its refusal brings the key, which takes one exchange
// more, once, and no word of the chain.
func TestStaleKey(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	mustAsk(t, c) // and has seen the session on chain
	for _, again := range []string{"once", "and once more"} {
		p.rekey()
		n.locked(func() { n.down = errors.New("the chain is away") })
		before := p.contacted()
		mustAsk(t, c)
		if got := p.contacted() - before; got != 2 {
			t.Errorf("%s: %d exchanges, want the refused one and another", again, got)
		}
		mustAsk(t, c)
		if got := p.contacted() - before; got != 3 {
			t.Errorf("%s: the key was forgotten: %d exchanges for two requests", again, got)
		}
		n.locked(func() { n.down = nil })
		// The registry is read anew, and still has the old key.
		n.advance(time.Minute)
		before = p.contacted()
		mustAsk(t, c)
		if got := p.contacted() - before; got != 1 {
			t.Errorf("%s: the registry's old key was used: %d exchanges", again, got)
		}
	}
	// The registry catches up, and overtakes.
	p.rotate()
	n.advance(time.Minute)
	before := p.contacted()
	mustAsk(t, c)
	if got := p.contacted() - before; got != 1 {
		t.Errorf("the registry's later key was not used: %d exchanges", got)
	}
	billed(t, c, 9, p)
	all := receipts(t, c)
	if first, last := all[0].KeyConfig, all[len(all)-1].KeyConfig; first.IsZero() || first == last || last != p.newest.HashStruct() {
		t.Errorf("the receipts name the key configs %s and %s, the last is %s", first, last, p.newest.HashStruct())
	}
	if s := oneSession(t, c); s.Open != 0 {
		t.Errorf("%d requests are open", s.Open)
	}
}

// A key that came with a refusal is used in its time only.
func TestStaleKeyRunsOut(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.rekey()
	p.newest = p.forgery(func(w *protocol.KeyConfig, _ *[]byte) { w.NotAfter = uint64(n.now().Add(time.Hour).Unix()) }, p.identity, n.domain)
	mustAsk(t, c)
	n.advance(time.Hour - time.Minute)
	before := p.contacted()
	mustAsk(t, c)
	if got := p.contacted() - before; got != 1 {
		t.Errorf("in its time: %d exchanges", got)
	}
	p.rekey()
	n.advance(2 * time.Minute)
	mustAsk(t, c) // with the registry's, which is refused, and then with the new one
	if got := p.contacted() - before; got != 3 {
		t.Errorf("after its time: %d exchanges", got-1)
	}
	if entries := receipts(t, c); entries[len(entries)-1].KeyConfig != p.newest.HashStruct() {
		t.Error("the new key was not used")
	}
	billed(t, c, 4, p)
}

// Whatever a client asks besides, it asks with the pod's newest key.
func TestStaleKeyOfOtherQuestions(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	e := receipts(t, c)[0]
	p.rekey()
	if bill, err := c.Bill(t.Context(), e.Session.Pod, e.RequestID); err != nil || bill.Receipt != e.Receipt {
		t.Errorf("bill %+v, %v", bill, err)
	}
	p.rekey()
	if _, err := c.CloseNow(t.Context(), e.Session.ID()); err != nil {
		t.Error(err)
	}
}

func TestStaleKeyOfManyAtOnce(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	const rounds, parallel = 5, 8
	for range rounds {
		p.rekey()
		var all sync.WaitGroup
		for range parallel {
			all.Go(func() {
				if body, _, err := ask(t.Context(), c); err != nil || !strings.Contains(body, answer) {
					t.Errorf("%q, %v", body, err)
				}
			})
		}
		all.Wait()
	}
	billed(t, c, 1+rounds*parallel, p)
}

// A pod that was started again has another identity, which nobody but the registry can vouch for: its evidence is verified,
// and the same request goes out again.
func TestStaleKeyOfAPodThatWasStartedAgain(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	asked := n.collateralAsked
	p.renew(false)
	before, paid := p.contacted(), len(p.payments)
	res := mustAsk(t, c)
	if got := p.contacted() - before; got != 2 || len(p.payments) != paid+1 {
		t.Errorf("%d exchanges and %d payments, want the refused one and another", got, len(p.payments)-paid)
	}
	if n.collateralAsked == asked {
		t.Error("the new identity's evidence was not verified")
	}
	all := receipts(t, c)
	if last := all[len(all)-1]; last.RequestID.String() != res.Header.Get(client.HeaderRequestID) || last.Identity != p.identity.Address() {
		t.Errorf("receipt of %s, by %s", last.RequestID, last.Identity)
	}
	billed(t, c, 2, p)
}

// One whose new key has the number of the old one cannot tell that it is another: it says that it cannot open the request,
// and nobody signed that. The registry knows better.
func TestSameKeyNumberAfterAStart(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.renew(false)
	refused := 0
	p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if refused++; refused == 1 {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		next.ServeHTTP(w, r)
	}
	mustAsk(t, c)
	all := receipts(t, c)
	if last := all[len(all)-1]; refused != 2 || last.Identity != p.identity.Address() {
		t.Errorf("%d exchanges, and the receipt is %s's", refused, last.Identity)
	}
	billed(t, c, 2, p)
}

// forgery is a key config as a host could hand it on.
func (p *testPod) forgery(change func(word *protocol.KeyConfig, config *[]byte), signer protocol.Key, domain protocol.Domain) protocol.SignedKeyConfig {
	word, config := p.newest.KeyConfig, append([]byte(nil), p.newest.Config...)
	change(&word, &config)
	word.ConfigHash = protocol.Keccak256(config)
	return protocol.SignedKeyConfig{KeyConfig: word, Config: config, Signature: signer.Sign(domain.Digest(word))}
}

// A key config that does not hold gets nothing: the pod got the one request that it refused, and rests.
func TestForgedKeyConfig(t *testing.T) {
	same := func(*protocol.KeyConfig, *[]byte) {}
	signed := func(change func(word *protocol.KeyConfig, config *[]byte)) func(*testing.T, *testPod) any {
		return func(_ *testing.T, p *testPod) any { return p.forgery(change, p.identity, p.net.domain) }
	}
	keyOf := func(kem envelope.KEM) func(*testing.T, *testPod) any {
		return func(t *testing.T, p *testPod) any {
			key, err := envelope.GenerateKey(77, kem)
			if err != nil {
				t.Fatal(err)
			}
			return p.forgery(func(_ *protocol.KeyConfig, config *[]byte) { *config = key.Config().Bytes() }, p.identity, p.net.domain)
		}
	}
	const expired = "is of no use"
	for name, c := range map[string]struct {
		forge func(*testing.T, *testPod) any
		want  string // in the error
	}{
		"other signer": {func(t *testing.T, p *testPod) any { return p.forgery(same, newKey(t), p.net.domain) }, "signature"},
		"other signer, named": {func(t *testing.T, p *testPod) any {
			other := newKey(t)
			return p.forgery(func(w *protocol.KeyConfig, _ *[]byte) { w.Enclave = other.Address() }, other, p.net.domain)
		}, "key config is for identity"},
		"other chain": {func(_ *testing.T, p *testPod) any {
			d := p.net.domain
			d.ChainID++
			return p.forgery(same, p.identity, d)
		}, "signature"},
		"other escrow": {func(_ *testing.T, p *testPod) any {
			d := p.net.domain
			d.Escrow[0]++
			return p.forgery(same, p.identity, d)
		}, "signature"},
		"lower epoch":    {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.Epoch = 0 }), "epoch 0"},
		"same epoch":     {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.Epoch = 1 }), "epoch 1"},
		"the used one":   {func(_ *testing.T, p *testPod) any { return p.record.KeyConfig }, "epoch 1"},
		"expired":        {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.NotAfter = w.NotBefore + 1 }), "valid from"},
		"of the future":  {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.NotBefore = w.NotAfter - 1 }), "valid from"},
		"never valid":    {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.NotBefore, w.NotAfter = w.NotAfter, w.NotBefore }), "valid from"},
		"valid for ever": {signed(func(w *protocol.KeyConfig, _ *[]byte) { w.NotAfter += 60 * 365 * 24 * 3600 }), "key-lifetimes"},
		"weaker KEM":     {keyOf(envelope.X25519), "X-Wing"},
		"unknown KEM":    {signed(func(_ *protocol.KeyConfig, config *[]byte) { (*config)[1] ^= 1 }), "not supported"},
		"no suite":       {signed(func(_ *protocol.KeyConfig, config *[]byte) { *config = (*config)[:len(*config)-4] }), "suites"},
		"swapped key": {func(_ *testing.T, p *testPod) any {
			k := p.newest
			k.Config = append([]byte(nil), k.Config...)
			k.Config[100] ^= 1
			return k
		}, "do not match"},
		"oversized": {func(_ *testing.T, p *testPod) any {
			return map[string]any{"config": strings.Repeat("A", 5000), "newest": p.newest}
		}, "no key config came"},
		"none":      {func(*testing.T, *testPod) any { return nil }, "identity 0x0"},
		"a string":  {func(*testing.T, *testPod) any { return "new key" }, "not the JSON"},
		"a list":    {func(*testing.T, *testPod) any { return []int{1} }, "not the JSON"},
		"an object": {func(*testing.T, *testPod) any { return map[string]string{} }, "epoch 0"},
		"half of one": {func(_ *testing.T, p *testPod) any {
			return map[string]any{"enclave": p.identity.Address(), "epoch": 9}
		}, "do not match"},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			cl := n.client(t.TempDir())
			mustAsk(t, cl)
			p.rekey()
			forged := c.forge(t, p)
			p.handOn = func() any { return forged }
			before := p.contacted()
			_, _, err := ask(t.Context(), cl)
			wantErr(t, err, client.ErrNoPod, "does not hold the key", expired)
			if !strings.Contains(err.Error(), c.want) && name != "none" {
				t.Errorf("error %q, want %q in it", err, c.want)
			}
			if got := p.contacted() - before; got != 1 {
				t.Errorf("%d requests were sealed, want 1", got)
			}
			// The truth is taken afterwards: nothing was remembered of the lie.
			p.handOn = nil
			mustAsk(t, cl)
			billed(t, cl, 2, p)
		})
	}
}

// A problem of more than 4 KiB is none.
func TestOversizedKeyProblem(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
		w.Header().Set("Content-Type", "application/problem+json")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"type":"`+envelope.KeyProblemType+`","title":"`+strings.Repeat("x", 8<<10)+`"}`)
	}
	before := p.contacted()
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrNoPod, "answered outside the envelope with status 400")
	if got := p.contacted() - before; got != 1 {
		t.Errorf("%d requests were sealed, want 1", got)
	}
}

// A host that always refuses the key gets a few sealed requests and no money, even with configs that the enclave has really
// signed; the request goes to another pod.
func TestHostThatAlwaysRefusesTheKey(t *testing.T) {
	for name, c := range map[string]struct {
		each func(*testPod) // before each refusal
		most int
	}{
		"nothing new":         {func(*testPod) {}, 1},
		"a new one each time": {(*testPod).rekey, 1 + 3},
		"a new one the first time": {func(p *testPod) {
			if p.newest.Epoch == 1 {
				p.rekey()
			}
		}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			n := newNet(t)
			bad := n.pod()
			cheap := price
			cheap.OutPerM = protocol.Units(1e15)
			bad.offer(cheap)
			good := n.pod()
			bad.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
				c.each(bad)
				stale := httptest.NewRequest(http.MethodPost, "/enc", strings.NewReader("\x00\x64\x7a\x00\x01\x00\x02"))
				stale.Header.Set("Content-Type", envelope.MediaTypeRequest)
				bad.handler.ServeHTTP(w, stale)
			}
			cl := n.client(t.TempDir())
			for range 2 {
				mustAsk(t, cl)
			}
			// The second time it rests, and is asked last.
			if got := bad.contacted(); got != c.most {
				t.Errorf("%d requests were sealed to it, want %d", got, c.most)
			}
			if good.contacted() != 2 || len(bad.payments) != 0 {
				t.Errorf("the other pod was asked %d times, and the bad one opened %d requests", good.contacted(), len(bad.payments))
			}
			billed(t, cl, 2, good, bad)
		})
	}
}

// A host that has the enclave answer, and then says that it could not, sells one answer at most.
func TestRefusalAfterTheFact(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		p.mu.Lock()
		p.outer = nil
		p.mu.Unlock()
		next.ServeHTTP(httptest.NewRecorder(), r)
		p.rekey()
		p.mu.Lock()
		handler := p.handler
		p.mu.Unlock()
		stale := httptest.NewRequest(http.MethodPost, "/enc", strings.NewReader("\x00\x64\x7a\x00\x01\x00\x02"))
		stale.Header.Set("Content-Type", envelope.MediaTypeRequest)
		handler.ServeHTTP(w, stale)
	}
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer, "answered and billed before")
	billed(t, c, 2, p)
	mustAsk(t, c)
	billed(t, c, 3, p)
}
