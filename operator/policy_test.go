package operator

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// opened opens n sessions of one owner.
func opened(t *testing.T, c *memChain, pod *standIn, n int) (owner, []protocol.SessionKey) {
	t.Helper()
	o := newOwner(t)
	var keys []protocol.SessionKey
	for i := range n {
		session := o.open(c.domain, pod.id, uint64(i), 1000)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
		keys = append(keys, session.SessionKey)
	}
	after(2 * time.Minute)
	pod.mu.Lock()
	defer pod.mu.Unlock()
	for _, key := range keys {
		if pod.facts[key].Cap.IsZero() {
			t.Fatalf("session %d is not open", key.Salt)
		}
	}
	return o, keys
}

func (c *memChain) settlements() int { return strings.Count(c.sent(), "settle") }

func (c *memChain) do(change func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	change()
}

func TestDecide(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	cfg := Config{SettleAbove: protocol.Units(100)}
	if err := cfg.completeSettling(); err != nil {
		t.Fatal(err)
	}
	at := func(d time.Duration) uint64 { return uint64(now.Add(d).Unix()) }
	for _, test := range []struct {
		name   string
		waited time.Duration
		quiet  time.Duration
		open   int
		status protocol.Status
		why    string
		forced bool
	}{
		{name: "nothing", waited: 9 * time.Hour, open: 3},
		{name: "too few", waited: time.Hour, open: 100, status: protocol.Status{Unsettled: protocol.Units(500), Owing: 15, OwingUntil: at(3 * time.Hour)}},
		{name: "together", waited: time.Hour, open: 100, status: protocol.Status{Unsettled: protocol.Units(5), Owing: 16, OwingUntil: at(3 * time.Hour)}, why: "interval"},
		{name: "all there are", waited: time.Hour, open: 2, status: protocol.Status{Unsettled: protocol.Units(5), Owing: 2, OwingUntil: at(3 * time.Hour)}, why: "interval"},
		{name: "too early", waited: 29 * time.Minute, open: 2, status: protocol.Status{Unsettled: protocol.Units(5), Owing: 2, OwingUntil: at(3 * time.Hour)}},
		{name: "value", open: 20, status: protocol.Status{Unsettled: protocol.Units(100), Owing: 16, OwingUntil: at(3 * time.Hour)}, why: "enough"},
		{name: "value of few", open: 20, status: protocol.Status{Unsettled: protocol.Units(1000), Owing: 1, OwingUntil: at(3 * time.Hour)}},
		{name: "limit", waited: 2 * time.Hour, open: 20, status: protocol.Status{Unsettled: protocol.Units(1), Owing: 1, OwingUntil: at(3 * time.Hour)}, why: "as long as it may", forced: true},
		{name: "end", open: 20, status: protocol.Status{Unsettled: protocol.Units(1), Owing: 1, OwingUntil: at(time.Hour)}, why: "ends soon", forced: true},
		{name: "quiet", quiet: time.Second, open: 20, status: protocol.Status{Unsettled: protocol.Units(1), Owing: 1, OwingUntil: at(time.Hour)}},
	} {
		p := policy{since: now.Add(-test.waited), quiet: now.Add(test.quiet)}
		o, due := p.decide(&cfg, test.status, test.open, now)
		if due != (test.why != "") || !strings.Contains(o.why, test.why) || o.forced != test.forced {
			t.Errorf("%s: %+v, %v", test.name, o, due)
		}
	}
	for want, bad := range map[string]Config{
		"settle interval":      {SettleEvery: -1},
		"raise SettleWithin":   {SettleEvery: time.Hour, SettleWithin: time.Minute},
		"want at least 10m0s":  {SettleBefore: time.Minute},
		"want 1 to 600":        {SettleTogether: chain.MaxRows + 1},
		"how long a charge":    {SettleWithin: -1},
		"NeverAtALoss needs":   {NeverAtALoss: true},
		"before a session's e": {SettleBefore: -1},
	} {
		if err := bad.completeSettling(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}

// One session that owes waits for others, not longer than the limit; two of two need not wait.
func TestSettlesTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 2)
		pod.charge(o.signer, keys[0], 10)
		after(115 * time.Minute)
		if n := c.settlements(); n != 0 {
			t.Fatalf("%d settlements of one session among two", n)
		}
		after(10 * time.Minute)
		if n := c.settlements(); n != 1 {
			t.Fatalf("%d settlements after the limit", n)
		}
		pod.charge(o.signer, keys[0], 20)
		pod.charge(o.signer, keys[1], 10)
		after(31 * time.Minute)
		if n := c.settlements(); n != 2 || c.earned != protocol.Units(30) {
			t.Errorf("%d settlements, earned %v", n, c.earned)
		}
		// A session that has expired and was not released is none that others wait for.
		c.do(func() {
			fact := c.sessions[keys[1]]
			fact.Expiry = uint64(time.Now().Unix())
			c.sessions[keys[1]] = fact
		})
		after(2 * time.Minute)
		pod.charge(o.signer, keys[0], 30)
		after(31 * time.Minute)
		if n := c.settlements(); n != 3 {
			t.Errorf("%d settlements: it waits for a session that is over", n)
		}
	})
}

// Whatever else is set, what a session owes is settled before it ends.
func TestNoSessionEndsUnsettled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) {
			cfg.SettleEvery, cfg.SettleWithin, cfg.SettleTogether = 300*time.Hour, 300*time.Hour, 100
		})
		after(time.Minute)
		o, keys := opened(t, c, pod, 3)
		end := time.Now().Add(10 * time.Hour)
		c.do(func() {
			fact := c.sessions[keys[1]]
			fact.Expiry = uint64(end.Unix())
			c.sessions[keys[1]] = fact
		})
		after(2 * time.Minute)
		pod.charge(o.signer, keys[1], 10)
		after(time.Until(end) - time.Hour - time.Minute)
		if n := c.settlements(); n != 0 {
			t.Fatalf("%d settlements long before the end", n)
		}
		after(2 * time.Minute)
		if n := c.settlements(); n != 1 || c.earned != protocol.Units(10) {
			t.Errorf("%d settlements, earned %v", n, c.earned)
		}
	})
}

// A batch that is too large is split, and all of it is settled.
func TestSplitsATooLargeBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, agent := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 10)
		var sizes []int
		c.do(func() {
			c.refuse = func(b protocol.SignedBatch) error {
				sizes = append(sizes, len(b.Rows))
				if len(b.Rows) > 3 {
					return fmt.Errorf("sending: %w", &chain.TooLargeError{What: "settle", Takes: 200_000, Limit: 128 << 10, Unit: "bytes"})
				}
				return nil
			}
		})
		for _, key := range keys {
			pod.charge(o.signer, key, 10)
		}
		after(32 * time.Minute)
		if c.earned != protocol.Units(100) || !pod.unsettled().IsZero() {
			t.Errorf("earned %v in batches of %v", c.earned, sizes)
		}
		for _, report := range pod.reports {
			if len(report.Sessions) > 3 {
				t.Errorf("a report of %d sessions", len(report.Sessions))
			}
		}
		if totals := agent.Totals(); totals.Rows != 10 || totals.Charged != protocol.Units(100) {
			t.Errorf("totals: %+v", totals)
		}
	})
}

// A row that has its batch refused is found and put aside; the others are settled, and it is tried again later.
func TestPutsARefusedRowAside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 9)
		bad, tries := keys[4], 0
		c.do(func() {
			c.refuse = func(b protocol.SignedBatch) error {
				for _, row := range b.Rows {
					if row.Session == bad {
						tries++
						return &chain.RevertError{What: "settle", Detail: "out of gas"}
					}
				}
				return nil
			}
		})
		for _, key := range keys {
			pod.charge(o.signer, key, 10)
		}
		after(40 * time.Minute)
		if c.earned != protocol.Units(80) || tries == 0 || tries > 12 {
			t.Errorf("earned %v, the bad row was tried %d times", c.earned, tries)
		}
		tries = 0
		after(30 * time.Minute)
		if tries > 0 {
			t.Errorf("the bad row was tried %d times while it is aside", tries)
		}
		c.do(func() { c.refuse = nil })
		after(4 * time.Hour)
		if c.earned != protocol.Units(90) {
			t.Errorf("earned %v in the end", c.earned)
		}
	})
}

// Where every batch is refused it is not the rows: nothing is lost, and it does not go on for ever.
func TestRefusesEverything(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 20)
		tries := 0
		c.do(func() {
			c.refuse = func(protocol.SignedBatch) error { tries++; return &chain.RevertError{What: "settle"} }
		})
		for _, key := range keys {
			pod.charge(o.signer, key, 10)
		}
		after(31 * time.Minute)
		if tries == 0 || tries > 60 || c.settlements() != 0 {
			t.Errorf("%d tries, %d settlements", tries, c.settlements())
		}
		c.do(func() { c.refuse = nil })
		after(5 * time.Hour)
		if c.earned != protocol.Units(200) {
			t.Errorf("earned %v in the end", c.earned)
		}
	})
}

// The pod hears of a settlement, and of what it claimed, once it is final.
func TestReportsWhatIsFinal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, agent := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 1)
		final := uint64(0)
		c.do(func() { c.finalSeq = func(uint64) uint64 { return final } })
		pod.charge(o.signer, keys[0], 10)
		after(40 * time.Minute)
		told := func(claimed uint64, reports int) {
			t.Helper()
			pod.mu.Lock()
			defer pod.mu.Unlock()
			if f := pod.facts[keys[0]]; f.Claimed != protocol.Units(claimed) || len(pod.reports) != reports || pod.lastSeq != uint64(reports) {
				t.Errorf("the pod was told %+v, of batch %d, in %d reports", f, pod.lastSeq, len(pod.reports))
			}
		}
		if c.settlements() != 1 {
			t.Fatalf("transactions: %s", c.sent())
		}
		told(0, 0)
		// Whoever asks meanwhile gets the same, and nothing is sent again.
		if s, err := agent.SettleNow(t.Context()); err != nil || s.Seq != 1 || c.settlements() != 1 {
			t.Errorf("%+v, %v", s, err)
		}
		// Closing, which is of the latest head, is told at once.
		c.do(func() {
			fact := c.sessions[keys[0]]
			fact.Closing = true
			c.sessions[keys[0]] = fact
		})
		after(2 * time.Minute)
		told(0, 0)
		if !pod.facts[keys[0]].Closing {
			t.Error("the pod does not know that the session closes")
		}
		c.do(func() { final = 1 })
		after(time.Minute)
		told(10, 1)
		pod.charge(o.signer, keys[0], 30)
		after(3 * time.Hour)
		if c.settlements() != 2 {
			t.Errorf("transactions: %s", c.sent())
		}
	})
}

// A settlement that a reorganisation takes out before it is final is made again, and paid once.
func TestSettlesAgainAfterAReorg(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, nil)
		after(time.Minute)
		o, keys := opened(t, c, pod, 1)
		final := uint64(0)
		c.do(func() { c.finalSeq = func(uint64) uint64 { return final } })
		pod.charge(o.signer, keys[0], 10)
		after(31 * time.Minute)
		if c.settlements() != 1 {
			t.Fatalf("transactions: %s", c.sent())
		}
		c.do(func() {
			fact := c.sessions[keys[0]]
			fact.Claimed = protocol.Amount{}
			c.sessions[keys[0]], c.lastSeq, c.earned = fact, 0, protocol.Amount{}
		})
		after(31 * time.Minute)
		if c.settlements() != 2 || c.earned != protocol.Units(10) || len(pod.reports) != 0 {
			t.Fatalf("transactions: %s, earned %v, %d reports", c.sent(), c.earned, len(pod.reports))
		}
		c.do(func() { final = 1 })
		after(3 * time.Hour)
		if c.settlements() != 2 || len(pod.reports) != 1 || !pod.unsettled().IsZero() || c.tended == 0 {
			t.Errorf("transactions: %s, %d reports, tended %d times", c.sent(), len(pod.reports), c.tended)
		}
	})
}

// A batch that does not become final does not have a session end unsettled, be it another one or one of the batch that was
// charged again.
func TestReportsEarlyForWhatEnds(t *testing.T) {
	for _, which := range []int{0, 1} {
		t.Run(fmt.Sprint(which), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, pod, _ := run(t, nil)
				after(time.Minute)
				o, keys := opened(t, c, pod, 2)
				c.do(func() { c.finalSeq = func(uint64) uint64 { return 0 } })
				pod.charge(o.signer, keys[0], 10)
				after(130 * time.Minute)
				if c.settlements() != 1 || len(pod.reports) != 0 {
					t.Fatalf("transactions: %s, %d reports", c.sent(), len(pod.reports))
				}
				pod.charge(o.signer, keys[which], 20)
				c.do(func() {
					fact := c.sessions[keys[which]]
					fact.Closing, fact.Expiry = true, uint64(time.Now().Add(time.Hour).Unix())
					c.sessions[keys[which]] = fact
				})
				after(35 * time.Minute)
				if c.settlements() != 1 {
					t.Errorf("settled while the batch before it could still become final: %s", c.sent())
				}
				after(10 * time.Minute)
				if want := protocol.Units(uint64(20 + 10*which)); c.settlements() != 2 || c.earned != want {
					t.Errorf("transactions: %s, earned %v, want %v", c.sent(), c.earned, want)
				}
			})
		})
	}
}

// What costs more than it moves waits for the limit; with NeverAtALoss for ever.
func TestDoesNotSettleAtALoss(t *testing.T) {
	for _, never := range []bool{false, true} {
		t.Run(fmt.Sprint(never), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, pod, agent := run(t, func(cfg *Config) {
					cfg.TokenWei, cfg.NeverAtALoss = protocol.Tokens(2), never // a token is worth two ether
				})
				after(time.Minute)
				o, keys := opened(t, c, pod, 1)
				c.do(func() {
					c.cost = chain.Cost{Gas: 5, L2Fee: protocol.Units(100), L1Fee: protocol.Units(301), OpsFee: protocol.Units(2)} // 201.5 units of the token
				})
				pod.charge(o.signer, keys[0], 201)
				after(100 * time.Minute)
				if n := c.settlements(); n != 0 {
					t.Fatalf("%d settlements at a loss", n)
				}
				if p := agent.Totals().Postponed; p == 0 || p > 5 {
					t.Errorf("postponed %d times", p)
				}
				after(time.Hour)
				if never {
					if n := c.settlements(); n != 0 {
						t.Errorf("%d settlements at a loss", n)
					}
					pod.charge(o.signer, keys[0], 202)
					after(time.Hour)
				}
				want := Totals{Settlements: 1, Rows: 1, Gas: 5, Fees: protocol.Units(403), L1Fees: protocol.Units(301), Charged: protocol.Units(201), Losses: 1}
				if never {
					want.Charged, want.Losses = protocol.Units(202), 0
				}
				got := agent.Totals()
				want.Since, want.Postponed = got.Since, got.Postponed
				if got != want {
					t.Errorf("totals %+v, want %+v", got, want)
				}
				text, err := json.Marshal(got)
				if err != nil || !strings.Contains(string(text), `"fees":"403"`) {
					t.Errorf("%s, %v", text, err)
				}
			})
		})
	}
}

// A session of more than the risk counts once its opening is final; one of less at once.
func TestOpenRisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, _ := run(t, func(cfg *Config) { cfg.OpenRisk = protocol.Units(500) })
		after(time.Minute)
		final := uint64(1)
		c.do(func() { c.final = func(uint64) uint64 { return final } })
		o := newOwner(t)
		small, large := o.open(c.domain, pod.id, 0, 500), o.open(c.domain, pod.id, 1, 501)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{small, large}})
		after(5 * time.Minute)
		caps := func(one, two uint64) {
			t.Helper()
			pod.mu.Lock()
			defer pod.mu.Unlock()
			if a, b := pod.facts[small.SessionKey].Cap, pod.facts[large.SessionKey].Cap; a != protocol.Units(one) || b != protocol.Units(two) {
				t.Errorf("the pod was told caps of %v and %v, want %d and %d", a, b, one, two)
			}
		}
		caps(500, 0)
		c.do(func() { final = uint64(time.Now().Unix()) })
		after(2 * time.Minute)
		caps(500, 501)
		// An opening that is taken back while it is held back was never believed.
		final = 1
		third := o.open(c.domain, pod.id, 2, 900)
		pod.order(protocol.Orders{Opens: []protocol.SignedOpen{third}})
		after(2 * time.Minute)
		c.do(func() { delete(c.sessions, third.SessionKey); final = uint64(time.Now().Unix()) })
		after(2 * time.Minute)
		if f := pod.facts[third.SessionKey]; !f.Cap.IsZero() {
			t.Errorf("the pod was told %+v", f)
		}
	})
}
