package operator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/protocol"
)

// run runs an agent for a new pod until the test ends. What the pod is to be from the start on is set by prepare.
func run(t *testing.T, edit func(*Config), prepare ...func(*standIn)) (*memChain, *standIn, *Agent) {
	t.Helper()
	c := newMemChain()
	pod := newStandIn(t, c, protocol.Hash{})
	cfg := Config{ControlURL: "http://pod.invalid", Token: testToken, PodURL: "https://pod.example", Chain: c, HTTPClient: inProcess(pod)}
	if edit != nil {
		edit(&cfg)
	}
	for _, p := range prepare {
		p(pod)
	}
	agent, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- agent.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("run: %v", err)
		}
	})
	return c, pod, agent
}

// after lets time pass and everything that is due happen.
func after(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func expect(t *testing.T, c *memChain, want string) {
	t.Helper()
	if got := c.sent(); got != want {
		t.Fatalf("transactions: %q, want %q", got, want)
	}
}

func TestWaitsForThePod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, agent := run(t, nil, func(pod *standIn) { pod.ready = false })
		after(10 * time.Minute)
		expect(t, c, "")
		pod.mu.Lock()
		asked := pod.statuses
		pod.mu.Unlock()
		if asked < 10 || asked > 100 {
			t.Errorf("asked %d times in 10 minutes", asked)
		}
		pod.do(func() { pod.ready = true })
		after(time.Minute)
		expect(t, c, "register")
		select {
		case <-agent.Registered():
		default:
			t.Error("not registered")
		}
		if c.record.Identity != pod.identity.Address() || c.record.URL != "https://pod.example" {
			t.Errorf("record: %+v", c.record)
		}
	})
}

func TestSettlesByTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		o := newOwner(t)
		after(time.Minute)
		session := o.open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(2 * time.Second) // one block
		expect(t, c, "register open1")
		if f := pod.facts[session.SessionKey]; f.Cap != protocol.Units(1000) {
			t.Fatalf("fact: %+v", f)
		}
		after(time.Hour) // nothing was charged: no transaction
		expect(t, c, "register open1")
		pod.charge(o.signer, session.SessionKey, 10)
		after(31 * time.Minute)
		expect(t, c, "register open1 settle")
		after(3 * time.Hour)
		expect(t, c, "register open1 settle")
		if c.earned != protocol.Units(10) || len(pod.reports) != 1 {
			t.Errorf("earned %v, reports %d", c.earned, len(pod.reports))
		}
	})
}

func TestSettlesByValue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.SettleAbove = protocol.Units(100) })
		o := newOwner(t)
		session := o.open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(time.Minute)
		pod.charge(o.signer, session.SessionKey, 99)
		after(5 * time.Minute)
		expect(t, c, "register open1")
		pod.charge(o.signer, session.SessionKey, 100)
		after(time.Minute)
		expect(t, c, "register open1 settle")

		// Charges that the chain does not pay stay unsettled; gas is not spent on them over and over.
		pod.charge(o.signer, session.SessionKey, 5000)
		after(20 * time.Minute)
		expect(t, c, "register open1 settle settle")
		after(time.Hour)
		if n := strings.Count(c.sent(), "settle"); n > 5 {
			t.Errorf("%d settlements: %s", n, c.sent())
		}
	})
}

func TestSettlesWhatEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.SettleEvery = 6 * time.Hour })
		o := newOwner(t)
		session := o.open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(time.Minute)
		pod.charge(o.signer, session.SessionKey, 40)
		after(10 * time.Minute)
		expect(t, c, "register open1")
		c.mu.Lock()
		fact := c.sessions[session.SessionKey]
		fact.Closing, fact.Expiry = true, uint64(time.Now().Add(time.Hour).Unix())
		c.sessions[session.SessionKey] = fact
		c.mu.Unlock()
		after(2 * time.Minute)
		expect(t, c, "register open1 settle")
		if f := pod.facts[session.SessionKey]; !f.Closing {
			t.Errorf("the pod was not told: %+v", f)
		}
		after(30 * time.Minute)
		expect(t, c, "register open1 settle")
	})
}

func TestSettlesOnStop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newMemChain()
		pod := newStandIn(t, c, protocol.Hash{})
		agent, err := New(Config{ControlURL: "http://pod.invalid", Token: testToken, PodURL: "https://pod.example", Chain: c, HTTPClient: inProcess(pod), SettleOnStop: true})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- agent.Run(ctx) }()
		o := newOwner(t)
		session := o.open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(time.Minute)
		pod.charge(o.signer, session.SessionKey, 40)
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		expect(t, c, "register open1 settle")
	})
}

func TestKeepsTheRegistryCurrent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		expect(t, c, "register")
		after(11*time.Hour + 20*time.Minute) // the key config ends at 12 h
		expect(t, c, "register")
		after(15 * time.Minute)
		expect(t, c, "register key")
		if c.record.KeyConfig.Epoch != 2 {
			t.Errorf("key config: %+v", c.record.KeyConfig.KeyConfig)
		}
		pod.restart()
		after(time.Minute)
		expect(t, c, "register key update")
		if c.record.Identity != pod.identity.Address() {
			t.Error("the registry has another identity than the pod")
		}
		// The identity itself ends, and the pod has no newer one: ask again, at a pace. The pod's newer keys are published.
		pod.do(func() { pod.validUntil = uint64(time.Now().Add(time.Hour).Unix()) })
		pod.mu.Lock()
		pod.identity = newOwner(t).key
		o := pod.offers[0].Offer
		pod.offers[0].Signature = pod.identity.Sign(c.domain.Digest(o))
		asked := pod.registered
		pod.mu.Unlock()
		after(2 * time.Hour)
		sent := c.sent()
		if keys := strings.Fields(strings.TrimPrefix(sent, "register key update update")); len(keys) > 7 || strings.Contains(strings.Join(keys, " "), "update") {
			t.Errorf("transactions: %s", sent)
		}
		pod.mu.Lock()
		asked = pod.registered - asked
		pod.mu.Unlock()
		if asked < 10 || asked > 30 {
			t.Errorf("%d registrations were asked for in two hours", asked)
		}
		pod.restart()
		after(time.Minute)
		expect(t, c, sent+" update")
	})
}

// A key that is nearly used up is replaced long before its time, also where the chain is away when the pod asks.
func TestPublishesTheNextKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		expect(t, c, "register")
		pod.do(pod.rotate)
		after(watchEvery)
		expect(t, c, "register key")
		after(keysApart)
		c.mu.Lock()
		c.fail = errors.New("chain not reachable")
		c.mu.Unlock()
		pod.do(pod.rotate)
		after(time.Minute)
		expect(t, c, "register key")
		c.mu.Lock()
		c.fail = nil
		c.mu.Unlock()
		after(time.Minute)
		expect(t, c, "register key key")
		if c.record.KeyConfig.Epoch != pod.epoch {
			t.Errorf("key config %d is published, and the pod has %d", c.record.KeyConfig.Epoch, pod.epoch)
		}
	})
}

// A pod that changes its key all the time has one published now and then.
func TestPublishesFewOfManyKeys(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		for range 3600 {
			pod.do(pod.rotate)
			after(time.Second)
		}
		if n := strings.Count(c.sent(), "key"); n < 6 || n > 13 {
			t.Errorf("%d keys were published in an hour: %s", n, c.sent())
		}
		after(2 * keysApart)
		if c.record.KeyConfig.Epoch != pod.epoch {
			t.Errorf("key config %d is published at last, and the pod has %d", c.record.KeyConfig.Epoch, pod.epoch)
		}
	})
}

// A registration that could not be published is published when the chain is back, without the pod being asked for one at
// each attempt.
func TestPublishesWhatWasHandedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		c.mu.Lock()
		c.fail = errors.New("chain not reachable")
		c.mu.Unlock()
		after(10 * time.Minute)
		pod.mu.Lock()
		if pod.registered < 2 || pod.registered > 6 {
			t.Errorf("%d registrations were handed out in 10 minutes", pod.registered)
		}
		pod.mu.Unlock()
		c.mu.Lock()
		c.fail = nil
		c.mu.Unlock()
		after(time.Minute)
		expect(t, c, "register")
		if c.record.KeyConfig.Epoch != pod.epoch {
			t.Errorf("key config %d is published, and the pod has %d", c.record.KeyConfig.Epoch, pod.epoch)
		}
	})
}

// Orders that are another pod's business, and facts that the pod refuses, hold nothing up.
func TestOddOrders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o := newOwner(t)
		other := o.open(c.domain, protocol.Address{5}, 0, 10)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{other}, Lookup: []protocol.SessionKey{other.SessionKey}})
		after(time.Minute)
		pod.do(func() { pod.refuseFacts = 1 })
		pod.order(protocol.Orders{Lookup: []protocol.SessionKey{o.open(c.domain, pod.id, 8, 10).SessionKey}})
		after(time.Minute)
		session := o.open(c.domain, pod.id, 1, 10)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(time.Minute)
		expect(t, c, "register open1")
		if len(pod.facts) != 1 || pod.facts[session.SessionKey].Cap != protocol.Units(10) {
			t.Errorf("facts: %+v", pod.facts)
		}
	})
}

func TestTellsARestartedPod(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		session := newOwner(t).open(c.domain, pod.id, 0, 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		after(time.Minute)
		pod.restart()
		after(time.Minute)
		expect(t, c, "register open1 update")
		if f := pod.facts[session.SessionKey]; f.Cap != protocol.Units(1000) {
			t.Errorf("fact: %+v", f)
		}
	})
}

func TestOrdersOutliveTrouble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o := newOwner(t)
		c.mu.Lock()
		c.fail = errors.New("chain not reachable")
		c.mu.Unlock()
		kept, lost := o.open(c.domain, pod.id, 0, 1000), o.open(c.domain, pod.id, 1, 1000)
		lost.Deadline = uint64(time.Now().Add(10 * time.Second).Unix())
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{kept, lost, kept}})
		after(5 * time.Minute)
		if why := pod.refusals[lost.SessionKey]; !strings.Contains(why, "deadline passed") {
			t.Errorf("order past its deadline: %q", why)
		}
		expect(t, c, "register")
		c.mu.Lock()
		c.fail = nil
		c.mu.Unlock()
		after(time.Minute)
		expect(t, c, "register open1")
		if f := pod.facts[kept.SessionKey]; f.Cap != protocol.Units(1000) {
			t.Errorf("fact: %+v", f)
		}
	})
}

func TestRunEndsOnLastingErrors(t *testing.T) {
	wrongPod := func(pod *standIn) { pod.id = protocol.Address{7} }
	for _, test := range []struct {
		name, want string
		edit       func(*Config)
		spoil      func(*standIn)
	}{
		{name: "token", want: "token of the pod's spec", edit: func(c *Config) { c.Token = "other" }},
		{name: "not a pod", want: "control URL is the pod's", edit: func(c *Config) { c.HTTPClient = inProcess(http.NotFoundHandler()) }},
		{name: "pod id", want: "registry, operator and salt", spoil: wrongPod},
		{name: "no offers", want: "offers no model", spoil: func(p *standIn) { p.offers = nil }},
		{name: "price", want: "not signed by identity", spoil: func(p *standIn) { p.offers[0].PerRequest = protocol.Units(1) }},
		{name: "escrow", want: "key config: signature", spoil: func(p *standIn) { p.domain.Escrow[0]++ }},
		{name: "a quote over somebody's nonce", want: "its quote", spoil: func(p *standIn) {
			p.reportData = func(i protocol.PodIdentity, block protocol.Hash) [64]byte { return i.FreshReportData(block, block) }
		}},
		{name: "a quote of another operator", want: "its quote", spoil: func(p *standIn) { p.bound.Operator[0]++ }},
		{name: "a quote of another block", want: "its quote", spoil: func(p *standIn) {
			p.reportData = func(i protocol.PodIdentity, _ protocol.Hash) [64]byte { return i.ReportData(protocol.Hash{9}) }
		}},
		{name: "identity ended", want: "check the clocks", spoil: func(p *standIn) { p.validUntil = 1 }},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := newMemChain()
				pod := newStandIn(t, c, protocol.Hash{})
				if test.spoil != nil {
					test.spoil(pod)
					if test.name == "pod id" {
						pod.restart()
					}
				}
				cfg := Config{ControlURL: "http://pod.invalid", Token: testToken, PodURL: "https://pod.example", Chain: c, HTTPClient: inProcess(pod)}
				if test.edit != nil {
					test.edit(&cfg)
				}
				agent, err := New(cfg)
				if err != nil {
					t.Fatal(err)
				}
				err = agent.Run(t.Context())
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("want an error about %q, got %v", test.want, err)
				}
				if err != nil && strings.Contains(err.Error(), string(testToken)) {
					t.Errorf("the token is in: %v", err)
				}
				expect(t, c, "")
			})
		})
	}
}

func TestNewRefuses(t *testing.T) {
	good := Config{ControlURL: "http://127.0.0.1:1", Token: testToken, PodURL: "https://pod.example", Chain: newMemChain()}
	for _, test := range []struct {
		want string
		edit func(*Config)
	}{
		{"chain", func(c *Config) { c.Chain = nil }},
		{"token", func(c *Config) { c.Token = "" }},
		{"control API's URL", func(c *Config) { c.ControlURL = "127.0.0.1:9080" }},
		{"URL", func(c *Config) { c.PodURL = "" }},
		{"interval", func(c *Config) { c.SettleEvery = -1 }},
	} {
		cfg := good
		test.edit(&cfg)
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("want an error about %q, got %v", test.want, err)
		}
	}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "config", good.Token)
	if text := log.String() + fmt.Sprintf("%v %+v %#v", good.Token, good, good.Token); strings.Contains(text, string(testToken)) {
		t.Errorf("the token was printed: %s", text)
	}
}

// A pod that answers garbage is an error, not a crash.
func TestControlAnswers(t *testing.T) {
	for _, test := range []struct {
		name, body, want string
		status           int
	}{
		{"not JSON", "hello", "something else", 200},
		{"too long", strings.Repeat(" ", protocol.MaxControl+1), "more than", 200},
		{"refusal", `{"title":"no such thing","detail":"try that"}`, "no such thing: try that", 409},
		{"redirect", "", "302", 302},
		{"text", "line one\nline two\xff" + strings.Repeat("x", 1000), "line one line two", 500},
	} {
		t.Run(test.name, func(t *testing.T) {
			client := inProcess(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(test.status)
				_, _ = io.WriteString(w, test.body)
			}))
			agent, err := New(Config{ControlURL: "http://127.0.0.1:1", Token: "x", PodURL: "https://pod.example", Chain: newMemChain(), HTTPClient: client})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := agent.control.status(t.Context()); err == nil || !strings.Contains(err.Error(), test.want) || len(err.Error()) > 1000 {
				t.Errorf("want an error about %q, got %v", test.want, err)
			}
		})
	}
}
