package client

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// Choice is which pods a user will have, and what is to be preferred among them. The zero value is any pod that the
// policies accept, the cheapest first. A model is pinned to its bytes by its name, NAME@sha256:DIGEST.
type Choice struct {
	// MaxPerM is the most base units that a million tokens may cost, of the prompt or of the answer. Zero: no limit.
	MaxPerM protocol.Amount
	// MaxRequest is the most base units that one request may cost in the worst case. Zero: no limit.
	MaxRequest protocol.Amount
	// MinTier is the lowest tier of attestation. Zero: what the policies accept.
	MinTier attest.Tier
	// Pods are the only ones to ask, by id. Empty: all.
	Pods []protocol.Address
	// Deny are pods that are not asked, or operators none of whose pods are.
	Deny []protocol.Address
	// OtherOperator has pods of other operators asked first after a failure of one operator's.
	OtherOperator bool
	// Margin is by how many percent a pod may be dearer than the cheapest and still count as equal, so that the quicker one
	// is asked. 0 to 1000.
	Margin int
}

const maxMargin = 1000

// Two pods are as quick as each other if one takes less than twice as long, or little longer: the network's moods are no
// reason to send everybody to the same one.
const latencySlack = 100 * time.Millisecond

func (c *Choice) check() error {
	if c.Margin < 0 || c.Margin > maxMargin {
		return fmt.Errorf("client: config: choice: the margin is 0 to %d percent, not %d", maxMargin, c.Margin)
	}
	if c.MinTier > attest.TierEndorsed {
		return fmt.Errorf("client: config: choice: there is no tier %d", c.MinTier)
	}
	return nil
}

// What a rule of Choice is called, as the flags are.
const (
	RulePod      = "pod"
	RuleDeny     = "deny"
	RuleMaxPrice = "max-price"
	RuleMaxCost  = "max-cost"
	RuleMinTier  = "min-tier"
)

// ExcludedError says which rule of the user's keeps a pod from being asked, and what would do.
type ExcludedError struct {
	Rule string
	Want string
	Got  string

	price protocol.Amount // what the rule would have to allow
	tier  attest.Tier
}

func (e *ExcludedError) Error() string {
	return fmt.Sprintf("excluded by %s: expected %s, got %s", e.Rule, e.Want, e.Got)
}

// record is why a pod is not asked, whatever it offers.
func (c *Choice) record(r protocol.PodRecord) error {
	for _, who := range c.Deny {
		if who == r.ID || who == r.Operator {
			return &ExcludedError{Rule: RuleDeny, Want: "another pod or operator than " + who.String(), Got: "pod " + r.ID.Short() + " of operator " + r.Operator.Short()}
		}
	}
	if len(c.Pods) > 0 && !slices.Contains(c.Pods, r.ID) {
		return &ExcludedError{Rule: RulePod, Want: fmt.Sprintf("one of %d pods that are named", len(c.Pods)), Got: r.ID.String()}
	}
	return nil
}

// offer is why an offer is not taken, whatever the request.
func (c *Choice) offer(o protocol.Offer) error {
	if dearest := protocol.MaxAmountOf(o.InPerM, o.OutPerM); !c.MaxPerM.IsZero() && dearest.Cmp(c.MaxPerM) > 0 {
		return &ExcludedError{
			Rule: RuleMaxPrice, Want: "at most " + c.MaxPerM.Tokens() + " for a million tokens", Got: dearest.Tokens(), price: dearest,
		}
	}
	return nil
}

// price is the most that a request costs under an offer that may be taken.
func (c *Choice) price(in *innerRequest, o protocol.Offer, now uint64) (protocol.Amount, error) {
	price, err := in.price(o, now)
	if err != nil {
		return price, err
	}
	if err := c.offer(o); err != nil {
		return price, err
	}
	if !c.MaxRequest.IsZero() && price.Cmp(c.MaxRequest) > 0 {
		return price, &ExcludedError{
			Rule: RuleMaxCost, Want: "at most " + c.MaxRequest.Tokens() + " for the request", Got: price.Tokens(), price: price,
		}
	}
	return price, nil
}

// tier is why a verified pod is not asked.
func (c *Choice) tier(claims attest.Claims) error {
	if claims.Tier < c.MinTier {
		return &ExcludedError{Rule: RuleMinTier, Want: c.MinTier.String() + " or higher", Got: claims.Tier.String(), tier: claims.Tier}
	}
	return nil
}

// cheapest finds what the request costs at most with the offers that may be taken. Its error is an *ExcludedError where the
// user's rules leave none of those that are for the request.
func (c *Choice) cheapest(offers []protocol.SignedOffer, in *innerRequest, now uint64) (price protocol.Amount, err error) {
	err = errNotOffered
	for _, o := range offers {
		p, why := c.price(in, o.Offer, now)
		var excluded, before *ExcludedError
		switch {
		case why == nil && (err != nil || p.Cmp(price) < 0):
			price, err = p, nil
		case err != nil && errors.As(why, &excluded) && (!errors.As(err, &before) || excluded.price.Cmp(before.price) < 0):
			err = why
		}
	}
	return price, err
}

// nearest says what would have to be allowed for one of the excluded pods to be asked; empty: no rule but those that name
// pods keeps them out.
func nearest(refused []Refusal) string {
	var price, cost, tier *Refusal
	var excluded, best *ExcludedError
	for i, r := range refused {
		if !errors.As(r.Reason, &excluded) {
			continue
		}
		at := map[string]**Refusal{RuleMaxPrice: &price, RuleMaxCost: &cost, RuleMinTier: &tier}[excluded.Rule]
		if at == nil {
			continue
		}
		if *at == nil || errors.As((*at).Reason, &best) && (excluded.price.Cmp(best.price) < 0 || excluded.tier > best.tier) {
			*at = &refused[i]
		}
	}
	text := ""
	for _, r := range []*Refusal{price, cost, tier} {
		if r != nil && errors.As(r.Reason, &excluded) {
			text += fmt.Sprintf("; the nearest to %s is pod %s with %s", excluded.Rule, r.Pod.Short(), excluded.Got)
		}
	}
	return text
}

// Candidate is a pod that was considered for a request, and what it was put in its place by.
type Candidate struct {
	Pod      protocol.Address
	Operator protocol.Address
	// Price is the most that the request costs there; zero for an excluded pod.
	Price  protocol.Amount
	Health Health
	// Excluded is why it is not asked; nil if it may be.
	Excluded error
}

// order puts candidates in the order in which they are asked: those that rest last; the cheapest, and those within the
// margin of it, before the rest by price; of equals the quicker, and of these the one that has fewest of our requests; and at
// random where nothing tells them apart. One that was not measured yet counts as quick, so that each is tried.
func (c *Choice) order(found []candidate) {
	rand.Shuffle(len(found), func(i, j int) { found[i], found[j] = found[j], found[i] })
	slices.SortStableFunc(found, func(a, b candidate) int {
		if a.resting() != b.resting() {
			return rank(a.resting()) - rank(b.resting())
		}
		if a.resting() && (a.health.State == HealthBusy) != (b.health.State == HealthBusy) { // it will have room sooner than that it is well
			return rank(a.health.State != HealthBusy) - rank(b.health.State != HealthBusy)
		}
		return a.price.Cmp(b.price)
	})
	for from := 0; from < len(found); {
		to := from + 1
		margin := found[from].price
		if from == 0 {
			margin = c.within(margin)
		}
		for to < len(found) && found[to].health.State.rests() == found[from].resting() && found[to].price.Cmp(margin) <= 0 {
			to++
		}
		quickFirst(found[from:to])
		from = to
	}
}

// within is a price with the margin added, rounded down.
func (c *Choice) within(price protocol.Amount) protocol.Amount {
	sum := price.Big()
	sum.Mul(sum, big.NewInt(int64(100+c.Margin))).Div(sum, big.NewInt(100))
	most, err := protocol.AmountFromBig(sum)
	if err != nil {
		return protocol.MaxAmount
	}
	return most
}

// quickFirst puts those first that are as quick as the quickest, by how much they have to do for us, and the others by how long
// they take.
func quickFirst(equals []candidate) {
	var quickest time.Duration
	for _, c := range equals {
		if l := c.health.FirstByte; l > 0 && (quickest == 0 || l < quickest) {
			quickest = l
		}
	}
	bound := max(2*quickest, quickest+latencySlack)
	slices.SortStableFunc(equals, func(a, b candidate) int {
		slowA, slowB := a.health.FirstByte > bound, b.health.FirstByte > bound
		if slowA && slowB {
			return int(max(-1, min(1, a.health.FirstByte-b.health.FirstByte)))
		}
		if !slowA && !slowB {
			return a.health.InFlight - b.health.InFlight
		}
		return rank(slowA) - rank(slowB)
	})
}
