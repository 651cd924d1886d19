package pod

import (
	"context"
	"fmt"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// keyOverlap is how long a key that has been replaced still opens requests.
const keyOverlap = 10 * time.Minute

// rotate makes the next key to seal to. The one before is forgotten after keyOverlap.
func (p *Pod) rotate() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.config.Now()
	key, err := envelope.GenerateKey(uint8(p.epoch+1), envelope.XWing)
	if err != nil {
		return err
	}
	if p.recipient == nil {
		p.recipient, err = envelope.NewRecipient(envelope.Config{MaxRequestsPerKey: p.config.KeyRequests}, key)
	} else {
		err = p.recipient.Add(key)
	}
	if err != nil {
		return err
	}
	if p.epoch > 0 {
		before := uint8(p.epoch)
		time.AfterFunc(keyOverlap, func() { p.recipient.Remove(before) })
	}
	p.epoch++
	config := key.Config().Bytes()
	signed := protocol.SignedKeyConfig{
		KeyConfig: protocol.KeyConfig{
			Enclave:    p.identity.Address(),
			ConfigHash: protocol.Keccak256(config),
			// A client's clock may be behind ours.
			NotBefore: uint64(now.Add(-keyOverlap).Unix()),
			NotAfter:  uint64(now.Add(p.config.KeyLife).Unix()),
			Epoch:     p.epoch,
		},
		Config: config,
	}
	signed.Signature = p.identity.Sign(p.domain.Digest(signed.KeyConfig))
	p.keyConfig = signed
	return nil
}

// register gathers what the operator publishes: a quote that binds the identity and is dated by the block's hash, the
// key to seal to, and the signed offers. Every registration after the first brings a new key.
func (p *Pod) register(ctx context.Context, ask protocol.RegistrationRequest) (protocol.Registration, error) {
	evidence, err := p.config.Source.Quote(ctx, p.config.Identity.ReportData(ask.Block))
	if err != nil {
		return protocol.Registration{}, fmt.Errorf("evidence: %w", err)
	}
	p.mu.Lock()
	again := p.registered
	p.mu.Unlock()
	if again {
		if err := p.rotate(); err != nil {
			return protocol.Registration{}, err
		}
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
		KeyConfig:  p.keyConfig,
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
