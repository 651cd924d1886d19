package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	maxQuoteAge  = 8 * 24 * time.Hour // an identity lives 7 days, and its quote is made a little before
	maxClockSkew = 2 * time.Minute    // a block's time may be so far ahead of the client's clock
	maxURL       = 512
	maxOffers    = 256
)

// verifiedPod is a pod that passed every check, with what was learned on the way.
type verifiedPod struct {
	record    protocol.PodRecord
	claims    attest.Claims
	quotedAt  protocol.Block
	keyConfig envelope.KeyConfig
	offers    []protocol.Offer // signed by the identity; they may have run out
}

// quoted is a quote that passed, for one identity.
type quoted struct {
	claims attest.Claims
	block  protocol.Block
}

// quoteKey names everything that the verification of a quote depends on.
func quoteKey(r protocol.PodRecord) protocol.Hash {
	h := sha256.New()
	h.Write(r.ID[:])
	h.Write(r.Operator[:])
	h.Write(r.Identity[:])
	h.Write([]byte{byte(r.Kind)})
	h.Write(r.Evidence)
	h.Write(r.PCKCertificate)
	return protocol.Hash(h.Sum(nil))
}

// current says whether what was verified is still in its time.
func (p *verifiedPod) current(now time.Time) error {
	unix := uint64(now.Unix())
	switch {
	case p.record.Retired:
		return errors.New("the pod is retired")
	case unix >= p.record.ValidUntil:
		return fmt.Errorf("the identity was valid until %s: the operator has to register it again", time.Unix(int64(p.record.ValidUntil), 0).UTC())
	case !now.Before(p.claims.NotAfter):
		return fmt.Errorf("the evidence was valid until %s", p.claims.NotAfter.UTC())
	case now.Sub(time.Unix(int64(p.quotedAt.Time), 0)) > maxQuoteAge:
		return fmt.Errorf("the quote dates from %s, more than %s ago", time.Unix(int64(p.quotedAt.Time), 0).UTC(), maxQuoteAge)
	case unix < p.record.KeyConfig.NotBefore || unix > p.record.KeyConfig.NotAfter:
		return fmt.Errorf("the key config is valid from %d to %d (Unix), and it is %d", p.record.KeyConfig.NotBefore, p.record.KeyConfig.NotAfter, unix)
	}
	return nil
}

// offerFor is the cheapest offer of the pod for the request, with its price.
func (p *verifiedPod) offerFor(in *innerRequest, now uint64) (offer protocol.Offer, ok bool) {
	var best protocol.Amount
	for _, o := range p.offers {
		if price, err := in.price(o, now); err == nil && (!ok || price.Cmp(best) < 0) {
			offer, best, ok = o, price, true
		}
	}
	return offer, ok
}

// examine makes every check that does not depend on the hour. Its error says which one failed.
func (d *directory) examine(ctx context.Context, r protocol.PodRecord) (*verifiedPod, error) {
	switch {
	case r.Retired:
		return nil, errors.New("the pod is retired")
	case r.ID.IsZero() || r.Identity.IsZero() || r.Operator.IsZero():
		return nil, errors.New("the record lacks id, identity or operator")
	case r.Standing != protocol.StandingGood:
		return nil, fmt.Errorf("the registry says of its identity: %s. Governance has taken its word back, and it can not settle any more", r.Standing)
	case len(r.Offers) > maxOffers:
		return nil, fmt.Errorf("%d offers, at most %d", len(r.Offers), maxOffers)
	}
	q, err := d.quote(ctx, r)
	if err != nil {
		return nil, err
	}
	p := &verifiedPod{record: r, claims: q.claims, quotedAt: q.block}
	if err := checkURL(r.URL, q.claims.Tier); err != nil {
		return nil, err
	}
	// The hour is asked in current, each time; here it is only that the signature covers it.
	if err := r.KeyConfig.Verify(d.cfg.Domain, r.Identity, r.KeyConfig.NotBefore); err != nil {
		return nil, err
	}
	if p.keyConfig, err = envelope.ParseKeyConfig(r.KeyConfig.Config); err != nil {
		return nil, err
	}
	for _, o := range r.Offers {
		if o.Pod != r.ID {
			return nil, fmt.Errorf("offer for %.100q: it is of pod %s", o.Model, o.Pod)
		}
		if err := o.Signature.Verify(d.cfg.Domain.Digest(o.Offer), r.Identity); err != nil {
			return nil, fmt.Errorf("offer for %.100q: its %w under the pod's identity %s", o.Model, err, r.Identity)
		}
		p.offers = append(p.offers, o.Offer)
	}
	return p, nil
}

// unconfirmedError says that the chain did not answer for the block that dates a quote. Whether there is no such block
// or no answer is the chain's to say; the pod is looked at again soon.
type unconfirmedError struct {
	block protocol.Hash
	err   error
}

func (e *unconfirmedError) Error() string {
	return fmt.Sprintf("the chain does not confirm block %s, which dates the quote: %v", e.block, e.err)
}

func (e *unconfirmedError) Unwrap() error { return e.err }

// quote verifies and validates the evidence, once for each identity.
func (d *directory) quote(ctx context.Context, r protocol.PodRecord) (*quoted, error) {
	key := quoteKey(r)
	d.mu.Lock()
	known := d.quotes[key]
	d.mu.Unlock()
	if known != nil && d.cfg.Now().Before(known.claims.NotAfter) {
		return known, nil
	}
	evidence, err := attest.JoinEvidence(attest.Kind(r.Kind), r.Evidence, r.PCKCertificate)
	if err != nil {
		return nil, err
	}
	needs, err := evidence.Needs()
	if err != nil {
		return nil, err
	}
	collateral, err := d.cfg.Collateral.Collateral(ctx, needs, r.URL)
	if err != nil {
		return nil, fmt.Errorf("collateral %s: %w", needs, err)
	}
	claims, err := d.cfg.Verifier.Verify(ctx, evidence, collateral)
	if err != nil {
		return nil, err
	}
	identity := protocol.PodIdentity{
		ChainID: d.cfg.Domain.ChainID, Registry: d.cfg.RegistryAddress, Escrow: d.cfg.Domain.Escrow,
		Pod: r.ID, Operator: r.Operator, Enclave: r.Identity,
	}
	hash := protocol.Hash(claims.ReportData[32:])
	if err := attest.Validate(claims, d.cfg.Policy, attest.Expect{ReportData: identity.ReportData(hash)}); err != nil {
		return nil, err
	}
	block, err := d.cfg.Registry.BlockByHash(ctx, hash)
	switch {
	case err != nil:
		return nil, &unconfirmedError{hash, err}
	case block.Hash != hash:
		return nil, fmt.Errorf("the quote is dated by block %s, which is not a block of chain %d", hash, d.cfg.Domain.ChainID)
	}
	at, now := time.Unix(int64(block.Time), 0), d.cfg.Now()
	switch {
	case at.Sub(now) > maxClockSkew:
		return nil, fmt.Errorf("the quote is dated by a block of %s, which is in the future: check this machine's clock", at.UTC())
	case now.Sub(at) > maxQuoteAge:
		return nil, fmt.Errorf("the quote dates from %s, more than %s ago", at.UTC(), maxQuoteAge)
	}
	q := &quoted{claims: claims, block: block}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.quotes[key] = q
	return q, nil
}

// checkURL holds a pod's address to https, and to http only where nothing is real.
func checkURL(text string, tier attest.Tier) error {
	u, err := url.Parse(text)
	switch {
	case len(text) > maxURL || err != nil:
		return fmt.Errorf("its URL does not parse, or is longer than %d bytes", maxURL)
	case u.Scheme != "https" && !(u.Scheme == "http" && tier == attest.TierSimulated):
		return fmt.Errorf("its URL %q is not https, which only a simulated network may do without", u.Redacted())
	case u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("its URL %q is not just a scheme, host and path", u.Redacted())
	}
	return nil
}
