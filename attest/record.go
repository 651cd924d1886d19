package attest

import (
	"fmt"
	"slices"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Record is what a registry says of a quote and its keys, as far as a policy
// judges it.
type Record struct {
	// QuotedAt is the time of the block that dates the quote.
	QuotedAt time.Time
	// IdentityUntil is when the identity ends, KeyFrom and KeyUntil bound its request key.
	IdentityUntil     time.Time
	KeyFrom, KeyUntil time.Time
	// Standing is governance's word, read at a head of the chain of HeadTime.
	Standing protocol.Standing
	HeadTime time.Time
}

// MaxHeadAge is how old the chain's head may be from which governance's word was
// read: an older one hides what was revoked meanwhile.
const MaxHeadAge = 10 * time.Minute

// maxClockSkew is how far a block's time may be ahead of this machine's clock.
const maxClockSkew = 2 * time.Minute

// ValidateRecord answers whether the policy accepts a record at the instant, and
// whether governance on chain still does. A refusal is a [*CheckError].
func (p Policy) ValidateRecord(r Record, now time.Time) ([]Check, error) {
	return apply(nil, []rule{
		{CheckStanding, func() (string, error) { return checkStanding(r, now) }},
		{CheckQuoteAge, func() (string, error) { return p.checkQuoteAge(r, now) }},
		{CheckKeyLifetimes, func() (string, error) { return p.checkKeyLifetimes(r) }},
	})
}

func checkStanding(r Record, now time.Time) (string, error) {
	switch {
	case now.Sub(r.HeadTime) > MaxHeadAge:
		return "", refuse(CheckStanding, "a head of the chain at most "+MaxHeadAge.String()+" old", "one of "+stamp(r.HeadTime), "the node lags behind or the chain stands still: use another node")
	case r.HeadTime.Sub(now) > MaxHeadAge:
		return "", refuse(CheckStanding, "a head of the chain that is not in the future", "one of "+stamp(r.HeadTime), "check this machine's clock")
	case r.Standing != protocol.StandingGood:
		return "", refuse(CheckStanding, protocol.StandingGood.String(), r.Standing.String(), "governance has taken its word back, and the pod cannot settle any more: use another pod")
	}
	return r.Standing.String(), nil
}

func (p *Policy) checkQuoteAge(r Record, now time.Time) (string, error) {
	switch {
	case r.QuotedAt.Sub(now) > maxClockSkew:
		return "", refuse(CheckQuoteAge, "a quote dated by a block of the past", "a block of "+stamp(r.QuotedAt), "check this machine's clock")
	case now.Sub(r.QuotedAt) > time.Duration(p.Freshness.MaxQuoteAge):
		return "", refuse(CheckQuoteAge, "a quote at most "+p.Freshness.MaxQuoteAge.String()+" old", "one of "+stamp(r.QuotedAt), "the operator has to register the pod again")
	}
	return stamp(r.QuotedAt), nil
}

func (p *Policy) checkKeyLifetimes(r Record) (string, error) {
	identity, key := r.IdentityUntil.Sub(r.QuotedAt), r.KeyUntil.Sub(r.KeyFrom)
	switch {
	case identity > time.Duration(p.Keys.MaxIdentityLife):
		return "", refuse(CheckKeyLifetimes, "an identity that lives at most "+p.Keys.MaxIdentityLife.String(), identity.String(), "use another pod")
	case key > time.Duration(p.Keys.MaxKeyConfigLife):
		return "", refuse(CheckKeyLifetimes, "a request key that lives at most "+p.Keys.MaxKeyConfigLife.String(), key.String(), "use another pod")
	}
	return fmt.Sprintf("identity until %s, request key for %s", stamp(r.IdentityUntil), key), nil
}

// AllowsModel reports whether the policy lets a model of this digest answer.
func (p *Policy) AllowsModel(digest [32]byte) bool {
	return slices.Contains(p.Models, Any) || slices.Contains(p.Models, Digest(digest).String())
}
