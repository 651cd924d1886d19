package pod_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

func (r *rig) freshCall(body string) call { return r.newCall(protocol.PathFresh, body) }

func askFresh(nonce protocol.Hash) string { return `{"nonce":"` + nonce.String() + `"}` }

// reportData is what the quote of an answer is over.
func (r *rig) reportData(a answer) (protocol.FreshQuote, [64]byte) {
	r.Helper()
	if a.status != http.StatusOK || a.receipt != nil {
		r.Fatalf("%d %s, receipt %v", a.status, a.body, a.receipt)
	}
	q, err := protocol.ParseFreshQuote([]byte(a.body))
	if err != nil {
		r.Fatal(err)
	}
	parsed, err := dcap.ParseQuote(q.Evidence)
	if err != nil {
		r.Fatal(err)
	}
	return q, parsed.ReportData()
}

func (r *rig) identity() protocol.PodIdentity {
	identity := where
	identity.Enclave = r.pod.Identity()
	return identity
}

// Whoever asks gets a quote over the nonce and the key that was sealed to, for nothing, whether the pod is ready or not.
func TestFreshQuote(t *testing.T) {
	r := newRig(t)
	r.pod.SetReady(errors.New("no engine yet"))
	nonce := protocol.NewNonce()
	q, data := r.reportData(r.send(r.freshCall(askFresh(nonce))))
	if want := r.identity().FreshReportData(nonce, r.registration.KeyConfig.ConfigHash); data != want {
		t.Errorf("the quote is over %x, want %x", data, want)
	}
	if q.Kind != protocol.EvidenceSGX || q.KeyConfigHash != r.registration.KeyConfig.ConfigHash {
		t.Errorf("kind %d, key config %s", q.Kind, q.KeyConfigHash)
	}
	if n := len(r.engine.calls()); n != 0 {
		t.Errorf("the engine was asked %d times", n)
	}
}

// While two keys are held, the quote names the one that the request was sealed to.
func TestFreshQuoteNamesTheKey(t *testing.T) {
	r := newRig(t)
	first := r.registration
	second := r.register()
	for _, registration := range []protocol.Registration{first, second} {
		config, err := envelope.ParseKeyConfig(registration.KeyConfig.Config)
		if err != nil {
			t.Fatal(err)
		}
		nonce := protocol.NewNonce()
		exchange, outer := r.sealTo(t.Context(), r.freshCall(askFresh(nonce)), config)
		res, err := r.outer.RoundTrip(outer)
		if err != nil {
			t.Fatal(err)
		}
		if res, err = exchange.Open(res); err != nil {
			t.Fatal(err)
		}
		q, data := r.reportData(r.read(res))
		if hash := registration.KeyConfig.ConfigHash; q.KeyConfigHash != hash || data != r.identity().FreshReportData(nonce, hash) {
			t.Errorf("epoch %d: the quote names key config %s, want %s", registration.KeyConfig.Epoch, q.KeyConfigHash, hash)
		}
	}
}

// Quotes are few, for all who ask together; what is malformed takes none of them.
func TestFreshQuotesAreFew(t *testing.T) {
	r := newRig(t)
	nonce := protocol.NewNonce()
	for name, c := range map[string]call{
		"nothing": r.freshCall(""), "no nonce": r.freshCall("{}"), "too long": r.freshCall(askFresh(nonce) + strings.Repeat(" ", protocol.MaxFreshRequest)),
		"report data of the caller's": r.freshCall(`{"reportData":"` + strings.Repeat("00", 64) + `"}`),
	} {
		if p := r.refused(c, protocol.ProblemBadRequest, http.StatusBadRequest); p.Detail == "" {
			t.Errorf("%s: %+v", name, p)
		}
	}
	get := r.freshCall("")
	get.method = http.MethodGet
	r.refused(get, protocol.ProblemNoRoute, http.StatusMethodNotAllowed)
	r.refused(r.newCall(protocol.PathFresh+"?x=1", askFresh(nonce)), protocol.ProblemNoRoute, http.StatusMethodNotAllowed)

	for range pod.FreshBurst {
		r.reportData(r.send(r.freshCall(askFresh(protocol.NewNonce()))))
	}
	if p := r.refused(r.freshCall(askFresh(nonce)), protocol.ProblemRateLimit, http.StatusTooManyRequests); p.RetryAfter != 5 {
		t.Errorf("%+v", p)
	}
	r.clock.advance(pod.FreshEvery)
	r.reportData(r.send(r.freshCall(askFresh(nonce))))
	r.refused(r.freshCall(askFresh(nonce)), protocol.ProblemRateLimit, http.StatusTooManyRequests)
	// Nobody's account pays for it.
	r.fund(10_000)
	r.paid(r.newCall("/api/chat", chatOne))
}

// slowSource quotes when it is told to; the first quote, a registration's, at once.
type slowSource struct {
	attest.Source
	begun   chan struct{}
	proceed chan error
}

func (s *slowSource) Quote(ctx context.Context, data [64]byte) (attest.Evidence, error) {
	if [32]byte(data[32:]) == [32]byte{} {
		s.begun <- struct{}{}
		if err := <-s.proceed; err != nil {
			return attest.Evidence{}, err
		}
	}
	return s.Source.Quote(ctx, data)
}

// One is made at a time, and one that fails leaves room for the next.
func TestFreshQuotesOneAtATime(t *testing.T) {
	source := &slowSource{begun: make(chan struct{}), proceed: make(chan error)}
	r := newRig(t, func(c *pod.Config) {
		platform, err := simulated.New(simulated.Config{Now: c.Now})
		if err != nil {
			t.Fatal(err)
		}
		source.Source = platform.Source(simulated.Enclave{MRENCLAVE: measurement})
		c.Source = source
	})
	first := make(chan answer)
	c := r.freshCall(askFresh(protocol.NewNonce()))
	go func() { first <- r.send(c) }()
	<-source.begun
	if p := r.refused(r.freshCall(askFresh(protocol.NewNonce())), protocol.ProblemRateLimit, http.StatusTooManyRequests); p.RetryAfter != 1 {
		t.Errorf("%+v", p)
	}
	source.proceed <- errors.New("the quoting enclave is gone")
	if a := <-first; a.problem.Type != protocol.ProblemInternal || a.status != http.StatusInternalServerError || strings.Contains(a.body, "quoting enclave") {
		t.Errorf("%d %s", a.status, a.body)
	}
	go func() { first <- r.send(r.freshCall(askFresh(protocol.NewNonce()))) }()
	<-source.begun
	source.proceed <- nil
	r.reportData(<-first)
}

// Whatever is asked when: never more than the burst and what time has brought since, never two at once, and what is refused
// would be taken after the wait that was said. A clock that is set back starves nobody.
func TestFreshLimitHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l pod.FreshLimit
		start := time.Unix(1_800_000_000, 0)
		now, made, busy := start, 0, false
		t.Repeat(map[string]func(*rapid.T){
			"begin": func(t *rapid.T) {
				wait, ok := l.Begin(now)
				switch {
				case ok && busy:
					t.Fatal("two at once")
				case ok:
					made, busy = made+1, true
				case busy:
					if wait <= 0 {
						t.Fatalf("wait %s", wait)
					}
				default:
					if wait <= 0 || wait > pod.FreshEvery {
						t.Fatalf("wait %s", wait)
					}
					now = now.Add(wait)
					if _, ok := l.Begin(now); !ok {
						t.Fatalf("refused after the wait of %s", wait)
					}
					made, busy = made+1, true
				}
			},
			"end": func(*rapid.T) {
				l.End()
				busy = false
			},
			"wait": func(t *rapid.T) {
				now = now.Add(time.Duration(rapid.Int64Range(0, int64(30*time.Second)).Draw(t, "wait")))
			},
			"": func(t *rapid.T) {
				if most := pod.FreshBurst + int(now.Sub(start)/pod.FreshEvery); made > most {
					t.Fatalf("%d quotes in %s", made, now.Sub(start))
				}
			},
		})
		l.End()
		for range pod.FreshBurst {
			if _, ok := l.Begin(start.Add(-24 * time.Hour)); !ok {
				t.Fatal("refused after the clock was set back")
			}
			l.End()
		}
	})
}
