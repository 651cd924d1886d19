package operator

import (
	"context"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

func concerns(r Report) string {
	var all []string
	for _, c := range r.Concerns {
		if c.Do == "" {
			all = append(all, "nothing to do about:")
		}
		all = append(all, c.What)
	}
	return strings.Join(all, "; ")
}

// A report has the settlements before the agent and its own, each once, with what it cost, and says what is wrong.
func TestReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, pod, agent := run(t, func(cfg *Config) {
			c := cfg.Chain.(*memChain)
			start := uint64(time.Now().Unix())
			for seq := range uint64(3) { // hours before, and of one the fee was dropped
				c.past = append(c.past, chain.Settlement{Included: chain.Included{Tx: protocol.Hash{byte(seq + 1)}, Block: start - 7200*(3-seq)}, Seq: seq + 1, Rows: 2, Charged: protocol.Units(100 * (seq + 1))})
			}
			c.lastSeq = 3
			c.cost = chain.Cost{Gas: 50_000, L2Fee: protocol.Units(1e9)}
		}, func(pod *standIn) { pod.ready, pod.lastSeq = false, 3 })
		after(time.Minute)
		if r := agent.Report(t.Context()); r.Listing != nil || !strings.Contains(concerns(r), "not ready") || !strings.Contains(concerns(r), "does not list") || len(r.Alerts) == 0 {
			t.Errorf("before it is ready: %s, %+v", concerns(r), r.Alerts)
		}
		pod.do(func() { pod.ready = true })
		after(time.Minute)
		r := agent.Report(t.Context())
		if got := concerns(r); got != "" {
			t.Errorf("once it is ready: %s", got)
		}
		if r.Listing == nil || r.Listing.ValidUntil == 0 || r.Clocks.Renew.IsZero() || len(r.Listing.Offers) != len(pod.offers) {
			t.Errorf("%+v, %+v", r.Listing, r.Clocks)
		}
		if len(r.History) != 3 || !r.Whole || r.History[0].Seq != 3 || r.History[0].Charged != protocol.Units(300) || r.History[0].Gas != 50_000 || r.History[0].Fee == nil {
			t.Fatalf("history: %+v, whole %t", r.History, r.Whole)
		}
		if r.Earned.Hour != (protocol.Amount{}) || r.Earned.Day != protocol.Units(600) {
			t.Errorf("earned %+v", r.Earned)
		}

		owe(c, pod)
		after(45 * time.Minute)
		r = agent.Report(t.Context())
		if len(r.History) != 4 || r.History[0].Seq != 4 || r.History[0].Charged != r.Earned.Hour || r.Earned.Hour.IsZero() || r.Claimable != c.earned {
			t.Errorf("after a settlement: %+v, earned %+v, claimable %s", r.History, r.Earned, r.Claimable)
		}
		if r.Totals.Settlements != 1 || r.Totals.Gas != 50_000 {
			t.Errorf("totals %+v", r.Totals)
		}
	})
}

// owe has the pod be owed something.
func owe(c *memChain, pod *standIn) {
	key := protocol.SessionKey{Owner: protocol.Address{9}, Pod: pod.id, Salt: 1}
	c.mu.Lock()
	c.sessions[key] = protocol.SessionFact{SessionKey: key, Cap: protocol.Units(10_000), Expiry: uint64(time.Now().Add(24 * time.Hour).Unix())}
	c.mu.Unlock()
	pod.do(func() {
		pod.charges[key] = protocol.Row{Session: key, Charged: protocol.Units(700)}
	})
}

// What runs out is said before it has.
func TestReportOfGas(t *testing.T) {
	entry := func(fee uint64) Entry { f := protocol.Units(fee); return Entry{Fee: &f} }
	for _, c := range []struct {
		gas     string
		history []Entry
		want    string
	}{
		{"0", nil, "nothing left for gas"},
		{"1", nil, ""}, // it is not known what settlements cost
		{"200", []Entry{entry(10)}, ""},
		{"199", []Entry{entry(10)}, "fewer than 20"},
		{"199", []Entry{{}, entry(10)}, "fewer than 20"}, // the last one's fee was not told
	} {
		r := Report{Gas: c.gas, History: c.history, Status: &protocol.Status{Ready: true}, Listing: &Listing{ValidUntil: 1 << 40}}
		r.worry(time.Unix(1_700_000_000, 0))
		if got := concerns(r); (c.want == "") != (got == "") || !strings.Contains(got, c.want) {
			t.Errorf("%s wei: %q, want %q", c.gas, got, c.want)
		}
	}
}

func TestConcerns(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	good := func() Report {
		return Report{Gas: "1", Status: &protocol.Status{Ready: true}, Listing: &Listing{ValidUntil: uint64(now.Add(48 * time.Hour).Unix())}}
	}
	for want, edit := range map[string]func(*Report){
		"":                           func(*Report) {},
		"the pod does not answer":    func(r *Report) { r.Status, r.StatusError = nil, "refused" },
		"the pod is not ready: load": func(r *Report) { r.Status.Ready, r.Status.Reason = false, "load" },
		"the chain does not answer":  func(r *Report) { r.ChainError = "no route" },
		"the registration has ended": func(r *Report) { r.Listing.ValidUntil = uint64(now.Unix()) },
		"ends within the hour":       func(r *Report) { r.Listing.ValidUntil = uint64(now.Unix()) + 60 },
		"a session that owes ends":   func(r *Report) { r.Status.OwingUntil = uint64(now.Unix()) + 60 },
		"2 settlements cost more":    func(r *Report) { r.Totals.Losses = 2 },
	} {
		r := good()
		edit(&r)
		r.worry(now)
		if got := concerns(r); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Tokens a second are a bound: by the lowest price for written tokens.
func TestEarned(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	history := []Entry{{Time: now.Add(-time.Minute), Charged: protocol.Tokens(36)}, {Time: now.Add(-2 * time.Hour), Charged: protocol.Tokens(1)}}
	offers := []protocol.Offer{{Model: "dear", OutPerM: protocol.Tokens(500)}, {Model: "free"}, {Model: "cheap", OutPerM: protocol.Tokens(100)}}
	e := earned(history, &Listing{Offers: offers}, now)
	if e.Hour != protocol.Tokens(36) || e.Day != protocol.Tokens(37) || e.Model != "cheap" || e.TokensPerSecond != 100 {
		t.Errorf("%+v", e)
	}
	if e := earned(history, nil, now); e.Model != "" || e.TokensPerSecond != 0 {
		t.Errorf("without prices: %+v", e)
	}
}

// Warnings and errors are kept, whether they are logged or not; the same one counts up; secrets are not in them.
func TestAlerts(t *testing.T) {
	var kept alerts
	log := slog.New(alerting{Handler: slog.DiscardHandler, kept: &kept}).With("pod", "0x12")
	log.Info("all is well")
	log.Warn("trying again", "why", fmt.Errorf("no"), "token", Token("s3cret"))
	log.Warn("trying again", "why", fmt.Errorf("no"), "token", Token("s3cret"))
	log.Error("it failed")
	all := kept.all()
	if len(all) != 2 || all[0].Level != "error" || all[1].Times != 2 || all[1].Details != "pod=0x12 why=no token=REDACTED" {
		t.Errorf("%+v", all)
	}
	for i := range 2 * maxAlerts {
		log.Warn("one of many", "i", i)
	}
	if all := kept.all(); len(all) != maxAlerts || !strings.Contains(all[0].Details, fmt.Sprint("i=", 2*maxAlerts-1)) {
		t.Errorf("%d are kept, the first %+v", len(all), all[0])
	}
}

func TestBook(t *testing.T) {
	b := newBook()
	for _, seq := range []uint64{5, 1, 3, 5, 4} {
		b.add(Entry{Seq: seq, Block: seq})
	}
	b.add(Entry{Seq: 3, Block: 30}) // after a reorganisation
	all, whole := b.all()
	var got []uint64
	for _, e := range all {
		got = append(got, e.Seq, e.Block)
	}
	if want := []uint64{5, 5, 4, 4, 3, 30, 1, 1}; fmt.Sprint(got) != fmt.Sprint(want) || whole {
		t.Errorf("%v, want %v; whole %t", got, want, whole)
	}
	for seq := range uint64(2 * maxBook) {
		b.add(Entry{Seq: seq + 10})
	}
	if all, _ := b.all(); len(all) != maxBook || all[0].Seq != 2*maxBook+9 {
		t.Errorf("%d are kept, the first %d", len(all), all[0].Seq)
	}
}

// strained is a chain whose node has forgotten what transactions cost, and that answers nobody who has gone.
type strained struct{ *memChain }

func (strained) Cost(context.Context, protocol.Hash) (chain.Cost, error) {
	return chain.Cost{}, chain.ErrNotFound
}

func (s strained) GasBalance(ctx context.Context, account protocol.Address) (*big.Int, error) {
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return s.memChain.GasBalance(ctx, account)
}

// A page that is closed says nothing of the chain, and what a node has forgotten of old settlements is no alert.
func TestReportStrained(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, _, agent := run(t, func(cfg *Config) {
			c := cfg.Chain.(*memChain)
			c.past = []chain.Settlement{{Included: chain.Included{Tx: protocol.Hash{1}, Block: uint64(time.Now().Unix()) - 60}, Seq: 1}}
			c.lastSeq = 1
			cfg.Chain = strained{c}
		}, func(pod *standIn) { pod.lastSeq = 1 })
		after(time.Minute)
		gone, leave := context.WithCancel(t.Context())
		leave()
		agent.Report(gone)
		after(time.Second)
		r := agent.Report(t.Context())
		if r.ChainError != "" || r.Gas != "1000000000000000000" || concerns(r) != "" {
			t.Errorf("after somebody went away: %q, gas %s, %s", r.ChainError, r.Gas, concerns(r))
		}
		if len(r.History) != 1 || r.History[0].Fee != nil || len(r.Alerts) != 0 {
			t.Errorf("history %+v, alerts %+v", r.History, r.Alerts)
		}
	})
}
