package pod

import (
	"context"
	"fmt"
	"time"

	"github.com/phallama/phallama/protocol"
)

// register gathers what the operator publishes: a quote that binds the identity and is dated by the block's hash, the
// newest key to seal to, and the signed offers.
func (p *Pod) register(ctx context.Context, ask protocol.RegistrationRequest) (protocol.Registration, error) {
	evidence, err := p.config.Source.Quote(ctx, p.config.Identity.ReportData(ask.Block))
	if err != nil {
		return protocol.Registration{}, fmt.Errorf("evidence: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	until := now.Add(p.config.IdentityLife)
	if ask.BlockTime != 0 { // the registry counts from the block's clock, which may be behind ours
		until = minTime(until, time.Unix(int64(ask.BlockTime), 0).Add(p.config.IdentityLife))
	}
	r := protocol.Registration{
		Identity:   p.identity.Address(),
		ValidUntil: uint64(until.Unix()),
		Kind:       protocol.EvidenceKind(evidence.Kind),
		Evidence:   evidence.Quote,
		KeyConfig:  p.keys.hand(),
	}
	for _, offer := range p.config.Offers {
		offer.Pod = p.config.Identity.Pod
		offer.ValidUntil = r.ValidUntil
		p.offers[offer.HashStruct()] = offer
		r.Offers = append(r.Offers, protocol.SignedOffer{Offer: offer, Signature: p.identity.Sign(p.domain.Digest(offer))})
	}
	for hash, offer := range p.offers {
		if offer.ValidUntil < uint64(now.Unix()) {
			delete(p.offers, hash)
		}
	}
	p.registered = true
	return r, nil
}

func minTime(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
