package client_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// limits notes what a Limit is told.
type limits struct {
	mu   sync.Mutex
	most map[protocol.RequestID]protocol.Amount
	paid map[protocol.RequestID]protocol.Amount
	pay  error
}

func (l *limits) limit(ctx context.Context) context.Context {
	l.most, l.paid = map[protocol.RequestID]protocol.Amount{}, map[protocol.RequestID]protocol.Amount{}
	return client.WithLimit(ctx, &client.Limit{
		Pay: func(id protocol.RequestID, most protocol.Amount) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.most[id] = most
			return l.pay
		},
		Paid: func(id protocol.RequestID, cost protocol.Amount) {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.paid[id] = cost
		},
	})
}

// Whoever limits a request learns the most of each thing that may be billed before it is signed, and its bill only where
// that is sure.
func TestLimitIsTold(t *testing.T) {
	broken := errors.New("not this one")
	for _, tt := range []struct {
		name         string
		pay          error
		adjust       func(*testPod)
		asked, known int
		cost         bool
	}{
		{name: "answered", asked: 1, known: 1, cost: true},
		{name: "not allowed", pay: broken, asked: 1, known: 1},
		{name: "refused", asked: 1, known: 1, adjust: func(p *testPod) {
			p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
				return &protocol.Problem{Type: protocol.ProblemEngineRefused, Status: 400, Title: "no"}
			}
		}},
		{name: "refused for reasons unknown", asked: 1, adjust: func(p *testPod) {
			p.refuse = func(protocol.Payment, protocol.RequestID) *protocol.Problem {
				return &protocol.Problem{Type: "urn:other", Status: 400, Title: "no"}
			}
		}},
		{name: "broken off", asked: 1, adjust: func(p *testPod) {
			say := p.say
			p.say = func(w http.ResponseWriter, r *http.Request) {
				say(w, r)
				panic(http.ErrAbortHandler)
			}
		}},
		{name: "a receipt that does not hold", asked: 1, adjust: func(p *testPod) {
			p.forge = func(r *protocol.Receipt) { r.Cost = add(t, r.Cost, protocol.Units(1)) }
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod()
			if tt.adjust != nil {
				tt.adjust(p)
			}
			c := n.client(t.TempDir())
			told := limits{pay: tt.pay}
			_, res, err := ask(told.limit(t.Context()), c)
			if (err == nil) != tt.cost || tt.pay != nil && !errors.Is(err, tt.pay) {
				t.Fatal(err)
			}
			if len(told.most) != tt.asked || len(told.paid) != tt.known {
				t.Fatalf("may be billed %v, is billed %v", told.most, told.paid)
			}
			for id, cost := range told.paid {
				want := "0"
				if tt.cost {
					want = res.Trailer.Get(client.TrailerCost)
				}
				if cost.String() != want || cost.Cmp(told.most[id]) > 0 {
					t.Errorf("%s of at most %s, want %s", cost, told.most[id], want)
				}
			}
			if len(p.payments) > 0 && tt.pay != nil {
				t.Error("a voucher was signed all the same")
			}
		})
	}
}

// A model that is not allowed is refused before anything is signed.
func TestLimitOfModels(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	not := errors.New("not this one")
	var asked string
	ctx := client.WithLimit(t.Context(), &client.Limit{Model: func(name string) error { asked = name; return not }})
	if _, _, err := ask(ctx, c); !errors.Is(err, not) || asked != "wisp" || len(p.payments) > 0 {
		t.Errorf("asked for %q: %v", asked, err)
	}
}
