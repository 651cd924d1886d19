package operator

import (
	"context"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// memChain is a chain in memory, as far as time matters: TestEndToEnd has the real one.
type memChain struct {
	operator, registry protocol.Address
	domain             protocol.Domain

	mu       sync.Mutex
	record   *protocol.PodRecord
	relay    string   // OHTTP
	verbs    []string // transactions, in order
	sessions map[protocol.SessionKey]protocol.SessionFact
	lastSeq  uint64
	earned   protocol.Amount
	fail     error                            // of every transaction
	finalSeq func(last uint64) uint64         // nil: every batch is final at once
	refuse   func(protocol.SignedBatch) error // of settlements
	cost     chain.Cost                       // of a settlement
	tended   int
	final    func(head uint64) uint64 // nil: every block is
	maxRows  int                      // of settleAcked; 0: any
	skip     uint64                   // the salt of a session that it skips
	gas      *big.Int
	past     []chain.Settlement // before the agent
}

func newMemChain() *memChain {
	c := &memChain{operator: protocol.Address{1}, registry: protocol.Address{2}, sessions: map[protocol.SessionKey]protocol.SessionFact{}, gas: big.NewInt(1e18)}
	c.domain = protocol.Domain{ChainID: 1337008, Escrow: protocol.Address{3}}
	return c
}

// verb is a transaction: it takes a second.
func (c *memChain) verb(ctx context.Context, name string, change func()) (chain.Included, error) {
	select {
	case <-time.After(time.Second):
	case <-ctx.Done():
		return chain.Included{}, ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fail != nil {
		return chain.Included{}, c.fail
	}
	c.verbs = append(c.verbs, name)
	change()
	return chain.Included{Tx: protocol.Keccak256([]byte(fmt.Sprint(len(c.verbs))))}, nil
}

func (c *memChain) sent() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return strings.Join(c.verbs, " ")
}

func (c *memChain) Address() protocol.Address  { return c.operator }
func (c *memChain) Domain() protocol.Domain    { return c.domain }
func (c *memChain) Registry() protocol.Address { return c.registry }

func (c *memChain) Head(context.Context) (protocol.Block, error) {
	return protocol.Block{Number: uint64(time.Now().Unix()), Hash: protocol.Hash{4}, Time: uint64(time.Now().Unix())}, nil
}

func (c *memChain) Pod(context.Context, protocol.Address) (protocol.PodRecord, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.record == nil {
		return protocol.PodRecord{}, chain.ErrNotFound
	}
	return *c.record, nil
}

func (c *memChain) LastSeq(context.Context, protocol.Address) (uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lastSeq, nil
}

func (c *memChain) FinalSeq(context.Context, protocol.Address) (uint64, uint64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.finalSeq != nil {
		return min(c.finalSeq(c.lastSeq), c.lastSeq), c.lastSeq, nil
	}
	return c.lastSeq, c.lastSeq, nil
}

func (c *memChain) Final(ctx context.Context) (protocol.Block, error) {
	head, err := c.Head(ctx)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.final != nil {
		head.Number = c.final(head.Number)
	}
	return head, err
}

func (c *memChain) Cost(context.Context, protocol.Hash) (chain.Cost, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cost, nil
}

func (c *memChain) EstimateSettle(context.Context, int) (chain.Cost, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cost, nil
}

func (c *memChain) Tend(context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tended++
}

func (c *memChain) Sessions(_ context.Context, keys []protocol.SessionKey) ([]protocol.SessionFact, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	facts := make([]protocol.SessionFact, len(keys))
	for i, key := range keys {
		facts[i] = c.sessions[key]
		facts[i].SessionKey = key
	}
	return facts, nil
}

func (c *memChain) SessionsOpened(context.Context, protocol.Address, uint64, uint64) ([]protocol.SessionKey, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var keys []protocol.SessionKey
	for key := range c.sessions {
		keys = append(keys, key)
	}
	return keys, nil
}

func (c *memChain) Settlement(context.Context, protocol.Address, uint64) (chain.Settlement, error) {
	return chain.Settlement{}, chain.ErrNotFound
}

func (c *memChain) GasBalance(context.Context, protocol.Address) (*big.Int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return new(big.Int).Set(c.gas), nil
}

// BlockAt: block numbers are Unix times.
func (c *memChain) BlockAt(_ context.Context, number uint64) (protocol.Block, error) {
	return protocol.Block{Number: number, Time: number}, nil
}

func (c *memChain) Settlements(_ context.Context, _ protocol.Address, from uint64) (found []chain.Settlement, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.past {
		if s.Block >= from {
			found = append(found, s)
		}
	}
	return found, c.fail
}

func (c *memChain) Claimable(context.Context, protocol.Address) (protocol.Amount, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.earned, nil
}

func (c *memChain) put(r protocol.Registration, url string) {
	c.record = &protocol.PodRecord{
		URL: url, Identity: r.Identity, ValidUntil: r.ValidUntil, KeyConfig: r.KeyConfig, Offers: r.Offers, Kind: r.Kind, Evidence: r.Evidence,
	}
}

func (c *memChain) QuoteBlock(ctx context.Context) (protocol.Block, error) { return c.Head(ctx) }

func (c *memChain) Header(context.Context, protocol.Hash) ([]byte, error) {
	return []byte("header"), nil
}

func (c *memChain) RegisterPlatform(context.Context, []byte) (chain.Included, error) {
	return chain.Included{}, nil
}

func (c *memChain) Register(ctx context.Context, _ protocol.Hash, r protocol.Registration, _ protocol.IdentityProof, url string) (chain.Included, protocol.Address, error) {
	done, err := c.verb(ctx, "register", func() { c.put(r, url) })
	return done, protocol.Address{}, err
}

func (c *memChain) Update(ctx context.Context, _ protocol.Address, r protocol.Registration, _ protocol.IdentityProof, url string) (chain.Included, error) {
	return c.verb(ctx, "update", func() { c.put(r, url) })
}

func (c *memChain) PublishKeyConfig(ctx context.Context, _ protocol.Address, k protocol.SignedKeyConfig) (chain.Included, error) {
	return c.verb(ctx, "key", func() { c.record.KeyConfig = k })
}

func (c *memChain) OpenSessions(ctx context.Context, _ protocol.Address, orders []protocol.SignedOpen) (chain.Included, []protocol.SessionFact, error) {
	var facts []protocol.SessionFact
	done, err := c.verb(ctx, fmt.Sprint("open", len(orders)), func() {
		for _, o := range orders {
			fact := protocol.SessionFact{SessionKey: o.SessionKey, Cap: o.Cap, Expiry: o.Expiry}
			c.sessions[o.SessionKey] = fact
			facts = append(facts, fact)
		}
	})
	return done, facts, err
}

func (c *memChain) Settle(ctx context.Context, b protocol.SignedBatch) (s chain.Settlement, err error) {
	s = chain.Settlement{Pod: b.Pod, Seq: b.Seq, Rows: len(b.Rows)}
	c.mu.Lock()
	refuse := c.refuse
	c.mu.Unlock()
	if refuse != nil {
		if err := refuse(b); err != nil {
			return chain.Settlement{}, err
		}
	}
	s.Included, err = c.verb(ctx, "settle", func() {
		c.lastSeq = b.Seq
		for _, row := range b.Rows {
			fact, ok := c.sessions[row.Session]
			if !ok || row.Charged.Cmp(fact.Cap) > 0 {
				continue // skipped
			}
			moved, subErr := row.Charged.Sub(fact.Claimed)
			if subErr != nil {
				continue
			}
			s.Charged, _ = s.Charged.Add(moved)
			fact.Claimed = row.Charged
			c.sessions[row.Session] = fact
		}
		c.earned, _ = c.earned.Add(s.Charged)
	})
	return s, err
}

func (c *memChain) Payout(ctx context.Context, _ []protocol.Address, _ protocol.Address) (chain.Included, protocol.Amount, error) {
	done, err := c.verb(ctx, "payout", func() {})
	return done, c.earned, err
}
