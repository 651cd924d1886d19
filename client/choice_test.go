package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// Each rule of the user's keeps pods out, and where none is left the error says which rule, and what would do.
func TestChoice(t *testing.T) {
	n := newNet(t)
	cheap, dear := n.priced(0), n.priced(1000) // 0.008 and 0.009 tokens for a million
	dear.record.Operator = protocol.Address{0x0b}
	dear.record.ID = protocol.PodID(n.registry, dear.record.Operator, protocol.Hash{2})
	dear.offer(func() protocol.Offer { o := price; o.OutPerM = protocol.Units(9e15); return o }())
	dear.quote(enclave, n.block(time.Minute))
	for _, tt := range []struct {
		name   string
		choice client.Choice
		by     *testPod // who answers; nil: nobody
		rules  []string // by which the two are excluded then
		say    []string
	}{
		{name: "none", by: cheap},
		{name: "price", choice: client.Choice{MaxPerM: protocol.Units(8e15)}, by: cheap},
		{
			name: "price too low", choice: client.Choice{MaxPerM: protocol.Units(7e15)}, rules: []string{client.RuleMaxPrice, client.RuleMaxPrice},
			say: []string{"excluded by max-price: expected at most 0.007 for a million tokens, got 0.009", "the nearest to max-price is pod " + cheap.record.ID.Short() + " with 0.008"},
		},
		{
			name: "cost too low", choice: client.Choice{MaxRequest: protocol.Units(1)}, rules: []string{client.RuleMaxCost, client.RuleMaxCost},
			say: []string{"the nearest to max-cost is pod " + cheap.record.ID.Short()},
		},
		{name: "deny pod", choice: client.Choice{Deny: []protocol.Address{cheap.record.ID}}, by: dear},
		{name: "deny operator", choice: client.Choice{Deny: []protocol.Address{n.operator}}, by: dear},
		{name: "deny both", choice: client.Choice{Deny: []protocol.Address{n.operator, dear.record.ID}}, rules: []string{client.RuleDeny, client.RuleDeny}},
		{name: "only", choice: client.Choice{Pods: []protocol.Address{dear.record.ID}}, by: dear},
		{
			name: "only and too dear", choice: client.Choice{Pods: []protocol.Address{dear.record.ID}, MaxPerM: protocol.Units(8e15)},
			rules: []string{client.RulePod, client.RuleMaxPrice}, say: []string{"the nearest to max-price is pod " + dear.record.ID.Short() + " with 0.009"},
		},
		{name: "tier", choice: client.Choice{MinTier: attest.TierSimulated}, by: cheap},
		{
			name: "tier too high", choice: client.Choice{MinTier: attest.TierEndorsed}, rules: []string{client.RuleMinTier, client.RuleMinTier},
			say: []string{"expected T2-endorsed or higher, got T0-simulated", "the nearest to min-tier is pod"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := cheap.contacted() + dear.contacted()
			c := n.client(t.TempDir(), func(c *client.Config) { c.Choice = tt.choice })
			defer c.Close()
			models, err := c.Models(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			_, res, err := ask(t.Context(), c)
			if tt.by != nil {
				if err != nil || res.Header.Get(client.HeaderPod) != tt.by.record.ID.String() || len(models) == 0 {
					t.Errorf("%v, %v, %d models", err, res, len(models))
				}
				return
			}
			wantErr(t, err, client.ErrNoPod, tt.say...)
			var none *client.NoPodError
			var rules []string
			if errors.As(err, &none) {
				for _, r := range none.Refused {
					var excluded *client.ExcludedError
					if errors.As(r.Reason, &excluded) {
						rules = append(rules, excluded.Rule)
					}
				}
			}
			slices.Sort(rules)
			slices.Sort(tt.rules)
			if !slices.Equal(rules, tt.rules) || cheap.contacted()+dear.contacted() != before {
				t.Errorf("excluded by %v, want %v", rules, tt.rules)
			}
			if tt.choice.MaxRequest.IsZero() && len(models) != 0 {
				t.Errorf("models %+v", models)
			}
		})
	}
}

func TestChoiceChecked(t *testing.T) {
	n := newNet(t)
	for _, choice := range []client.Choice{{Margin: -1}, {Margin: 1001}, {MinTier: 9}} {
		cfg := n.config(t.TempDir())
		cfg.Choice = choice
		if _, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), "choice") {
			t.Errorf("%+v: %v", choice, err)
		}
	}
}

// Whoever traces a request is told who could have answered, in order, and who is excluded, and why.
func TestChosenIsExplained(t *testing.T) {
	n := newNet(t)
	third, first, denied := n.priced(3), n.priced(1), n.priced(2)
	c := n.client(t.TempDir(), func(c *client.Config) { c.Choice.Deny = []protocol.Address{denied.record.ID} })
	var chosen [][]client.Candidate
	ctx := client.WithTrace(t.Context(), &client.Trace{Chosen: func(all []client.Candidate) { chosen = append(chosen, all) }})
	for range 3 {
		if _, _, err := ask(ctx, c); err != nil {
			t.Fatal(err)
		}
	}
	for i, all := range chosen {
		if len(all) != 3 || all[0].Pod != first.record.ID || all[1].Pod != third.record.ID || all[2].Pod != denied.record.ID {
			t.Fatalf("%+v", all)
		}
		if all[0].Price.Cmp(all[1].Price) >= 0 || all[0].Excluded != nil || all[2].Excluded == nil || (all[0].Health.FirstByte > 0) != (i == 2) {
			t.Errorf("%+v", all)
		}
	}
	if len(chosen) != 3 { // the first opened a session, whose time says nothing of the pod
		t.Errorf("told %d times", len(chosen))
	}
}

// Requests side by side are spread over pods that are equal, and one that is over counts no more.
func TestRequestsAreSpread(t *testing.T) {
	n := newNet(t)
	pods := []*testPod{n.priced(1), n.priced(1), n.priced(1)}
	for _, p := range pods {
		p.say = func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, `{"done":false}`+"\n")
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}
	}
	c := n.client(t.TempDir())
	open := map[string][]*http.Response{}
	begin := func() string {
		t.Helper()
		res, err := c.RoundTrip(request(t.Context(), "/api/chat", chat))
		if err != nil {
			t.Fatal(err)
		}
		pod := res.Header.Get(client.HeaderPod)
		open[pod] = append(open[pod], res)
		return pod
	}
	for range 9 {
		begin()
	}
	for _, p := range pods {
		if got := len(open[p.record.ID.String()]); got != 3 {
			t.Errorf("pod %s has %d of 9 requests", p.record.ID.Short(), got)
		}
	}
	free := pods[1].record.ID.String()
	for _, res := range open[free] {
		_ = res.Body.Close()
	}
	open[free] = nil
	for range 3 {
		if got := begin(); got != free {
			t.Errorf("pod %s was asked, want the one that has nothing to do", got)
		}
	}
	for _, all := range open {
		for _, res := range all {
			_ = res.Body.Close()
		}
	}
}

// After a failure another operator's pod is asked first, if the user wishes so.
func TestOtherOperator(t *testing.T) {
	for _, other := range []bool{false, true} {
		n := newNet(t)
		first, same := n.priced(1), n.priced(2)
		elsewhere := n.pod(func(p *testPod) {
			p.record.Operator = protocol.Address{0x0b}
			o := price
			o.OutPerM = protocol.Units(9e15)
			p.offer(o)
			p.quote(enclave, n.block(time.Minute))
		})
		first.refuse = always(problem(protocol.ProblemNotReady, http.StatusServiceUnavailable))
		c := n.client(t.TempDir(), func(c *client.Config) { c.Choice.OtherOperator = other })
		want := same
		if other {
			want = elsewhere
		}
		if res := mustAsk(t, c); res.Header.Get(client.HeaderPod) != want.record.ID.String() {
			t.Errorf("other operator %v: answered by %s", other, res.Header.Get(client.HeaderPod))
		}
	}
}

// counted counts what is asked of the chain.
type counted struct {
	*testNet
	calls atomic.Int32
}

func (n *counted) Pods(ctx context.Context) ([]protocol.PodRecord, error) {
	n.calls.Add(1)
	return n.testNet.Pods(ctx)
}

func (n *counted) Account(ctx context.Context, a protocol.Address) (protocol.Account, error) {
	n.calls.Add(1)
	return n.testNet.Account(ctx, a)
}

func (n *counted) Session(ctx context.Context, key protocol.SessionKey) (protocol.SessionFact, error) {
	n.calls.Add(1)
	return n.testNet.Session(ctx, key)
}

func (n *counted) BlockByHash(ctx context.Context, h protocol.Hash) (protocol.Block, error) {
	n.calls.Add(1)
	return n.testNet.BlockByHash(ctx, h)
}

func (n *counted) Head(ctx context.Context) (protocol.Block, error) {
	n.calls.Add(1)
	return n.testNet.Head(ctx)
}

// A request in a session that is open asks nothing of the chain.
func TestWarmRequestsAskNothingOfTheChain(t *testing.T) {
	n := &counted{testNet: newNet(t)}
	n.pod()
	c := n.client(t.TempDir(), func(c *client.Config) { c.Registry = n })
	mustAsk(t, c)
	if n.calls.Load() == 0 {
		t.Fatal("the first request asked nothing of the chain")
	}
	for end := time.Now().Add(10 * time.Second); oneSession(t, c).Cap.IsZero(); time.Sleep(time.Millisecond) { // it sees its order executed
		if time.Now().After(end) {
			t.Fatal("the client does not look at its session by itself")
		}
	}
	held := n.testNet
	held.locked(func() { held.down = errors.New("the chain is not there") })
	for range 5 {
		mustAsk(t, c)
	}
}

// The client says early that the money runs out, and stops where it has.
func TestLowFunds(t *testing.T) {
	n := newNet(t)
	n.pod()
	log := &lockedLog{}
	most := protocol.Units(9608000000000) // of one request in the tests
	n.account.Avail = protocol.Amount{}
	for range 4 {
		n.account.Avail = add(t, n.account.Avail, most)
	}
	c := n.client(t.TempDir(), func(c *client.Config) { c.LowFunds, c.Log = 3, textLog(log) })
	var left []int
	ctx := client.WithTrace(t.Context(), &client.Trace{LowFunds: func(_ protocol.Amount, requests int) { left = append(left, requests) }})
	served := 0
	var err error
	for served < 2000 {
		if _, _, err = ask(ctx, c); err != nil {
			break
		}
		served++
	}
	wantErr(t, err, client.ErrInsufficientFunds)
	if len(left) == 0 || left[0] != 2 || left[len(left)-1] != 0 || !slices.IsSortedFunc(left, func(a, b int) int { return b - a }) || served < 4 {
		t.Errorf("%d served, told %v", served, left)
	}
	if said := strings.Count(log.String(), "the money will not last long"); said != 1 {
		t.Errorf("said %d times", said)
	}
}

// No more answers are under way than the client is to have; a request waits for its place as long as its context lets it.
func TestMaxInFlight(t *testing.T) {
	n := newNet(t)
	let := make(chan struct{})
	var now, most atomic.Int32
	p := n.pod()
	say := p.say
	p.say = func(w http.ResponseWriter, r *http.Request) {
		if k := now.Add(1); k > most.Load() {
			most.Store(k)
		}
		<-let
		say(w, r)
		now.Add(-1)
	}
	c := n.client(t.TempDir(), func(c *client.Config) { c.MaxInFlight = 2 })
	var all sync.WaitGroup
	for range 6 {
		all.Go(func() {
			if _, _, err := ask(t.Context(), c); err != nil {
				t.Error(err)
			}
		})
	}
	for end := time.Now().Add(10 * time.Second); now.Load() < 2 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := ask(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	close(let)
	all.Wait()
	if most.Load() != 2 {
		t.Errorf("%d at once", most.Load())
	}
	// Closed before its end, an answer gives its place back too.
	for range 5 {
		res, err := c.RoundTrip(request(t.Context(), "/api/chat", chat))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.CopyN(io.Discard, res.Body, 1)
		_ = res.Body.Close()
	}
}
