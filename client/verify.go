package client

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	maxURL    = 512
	maxOffers = 256
)

// verifiedPod is a pod that passed every check, with what was learned on the way.
type verifiedPod struct {
	record       protocol.PodRecord
	claims       attest.Claims
	quotedAt     protocol.Block
	recordChecks []attest.Check // of claims.Checks, those of the registry's word
	keyConfig    envelope.KeyConfig
	until        time.Time        // when the quote gets too old, or a policy ends
	offers       []protocol.Offer // signed by the identity; they may have run out
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
	case !now.Before(p.until):
		return fmt.Errorf("the quote dates from %s: too old for the policy, the operator has to register the pod again", time.Unix(int64(p.quotedAt.Time), 0).UTC())
	case unix < p.record.KeyConfig.NotBefore || unix > p.record.KeyConfig.NotAfter:
		return fmt.Errorf("the key config is valid from %d to %d (Unix), and it is %d", p.record.KeyConfig.NotBefore, p.record.KeyConfig.NotAfter, unix)
	}
	return nil
}

// offerFor is the cheapest offer of the pod for the request, with its price.
func (p *verifiedPod) offerFor(choice *Choice, in *innerRequest, now uint64) (offer protocol.Offer, ok bool) {
	var best protocol.Amount
	for _, o := range p.offers {
		if price, err := choice.price(in, o, now); err == nil && (!ok || price.Cmp(best) < 0) {
			offer, best, ok = o, price, true
		}
	}
	return offer, ok
}

// examine makes every check that does not depend on the hour. Its error says which one failed. A quote that was verified
// before is not verified again while its claims hold for longer than ahead.
func (d *directory) examine(ctx context.Context, r protocol.PodRecord, ahead time.Duration) (*verifiedPod, error) {
	switch {
	case r.Retired:
		return nil, errors.New("the pod is retired")
	case r.ID.IsZero() || r.Identity.IsZero() || r.Operator.IsZero():
		return nil, errors.New("the record lacks id, identity or operator")
	case len(r.Offers) > maxOffers:
		return nil, fmt.Errorf("%d offers, at most %d", len(r.Offers), maxOffers)
	}
	q, err := d.quote(ctx, r, ahead)
	if err != nil {
		return nil, err
	}
	p := &verifiedPod{record: r, claims: q.claims, quotedAt: q.block}
	if err := d.validateRecord(p); err != nil {
		return nil, err
	}
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
		if d.allowsModel(o.ModelDigest) {
			p.offers = append(p.offers, o.Offer)
		}
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
func (d *directory) quote(ctx context.Context, r protocol.PodRecord, ahead time.Duration) (*quoted, error) {
	key := quoteKey(r)
	d.mu.Lock()
	known := d.quotes[key]
	d.mu.Unlock()
	if known != nil && d.cfg.Now().Add(ahead).Before(known.claims.NotAfter) {
		return known, nil
	}
	evidence, err := attest.JoinEvidence(attest.Kind(r.Kind), r.Evidence, r.PCKCertificate)
	if err != nil {
		return nil, err
	}
	claims, err := d.hold(ctx, r, evidence, func(c attest.Claims) attest.ReportData {
		return d.identityOf(r).ReportData(protocol.Hash(c.ReportData[32:]))
	})
	if err != nil {
		return nil, err
	}
	hash := protocol.Hash(claims.ReportData[32:])
	block, err := d.cfg.Registry.BlockByHash(ctx, hash)
	switch {
	case err != nil:
		return nil, &unconfirmedError{hash, err}
	case block.Hash != hash:
		return nil, fmt.Errorf("the quote is dated by block %s, which is not a block of chain %d", hash, d.cfg.Domain.ChainID)
	}
	q := &quoted{claims: claims, block: block}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.quotes[key] = q
	return q, nil
}

// identityOf is what the quote of a record's identity has to bind.
func (d *directory) identityOf(r protocol.PodRecord) protocol.PodIdentity {
	return protocol.PodIdentity{
		ChainID: d.cfg.Domain.ChainID, Registry: d.cfg.RegistryAddress, Escrow: d.cfg.Domain.Escrow,
		Pod: r.ID, Operator: r.Operator, Enclave: r.Identity,
	}
}

// hold verifies evidence of a record's pod and holds it against each policy. The report data that it must have may take the
// hash of a block from the quote, and nothing else.
func (d *directory) hold(ctx context.Context, r protocol.PodRecord, evidence attest.Evidence, reportData func(attest.Claims) attest.ReportData) (attest.Claims, error) {
	needs, err := evidence.Needs()
	if err != nil {
		return attest.Claims{}, err
	}
	collateral, err := d.cfg.Collateral.Collateral(ctx, needs, d.publicURL(r))
	if err != nil {
		return attest.Claims{}, fmt.Errorf("collateral %s: %w", needs, err)
	}
	claims, err := d.cfg.Verifier.Verify(ctx, evidence, collateral)
	if err != nil {
		return attest.Claims{}, err
	}
	expect := attest.Expect{Now: d.cfg.Now(), ChainID: d.cfg.Domain.ChainID, Registry: d.cfg.RegistryAddress, ReportData: reportData(claims)}
	if d.wantsEndorsers() {
		expect.Endorsements = d.cfg.Collateral.Endorsements(ctx, d.publicURL(r))
	}
	verdict, err := attest.ValidateAll(claims, d.cfg.Policies, expect)
	if err != nil {
		return attest.Claims{}, err
	}
	claims.Tier, claims.NotAfter, claims.Checks = verdict.Tier, verdict.NotAfter, append(claims.Checks, verdict.Checks...)
	for _, warning := range verdict.Warnings {
		d.cfg.Log.Warn("pod accepted with a warning", "pod", r.ID, "warning", warning)
	}
	return claims, nil
}

// validateRecord holds what the registry says of the pod against each policy, and finds out until when that lasts.
func (d *directory) validateRecord(p *verifiedPod) error {
	r, now := p.record, d.cfg.Now()
	d.mu.Lock()
	head := d.head
	d.mu.Unlock()
	at := func(unix uint64) time.Time { return time.Unix(int64(unix), 0) }
	record := attest.Record{
		QuotedAt: at(p.quotedAt.Time), IdentityUntil: at(r.ValidUntil), KeyFrom: at(r.KeyConfig.NotBefore), KeyUntil: at(r.KeyConfig.NotAfter),
		Standing: r.Standing, HeadTime: at(head.Time),
	}
	var checks []attest.Check
	for _, policy := range d.cfg.Policies {
		var err error
		if checks, err = policy.ValidateRecord(record, now); err != nil {
			return err
		}
		for _, end := range []time.Time{policy.Expires, record.QuotedAt.Add(time.Duration(policy.Freshness.MaxQuoteAge))} {
			if p.until.IsZero() || end.Before(p.until) {
				p.until = end
			}
		}
	}
	p.recordChecks, p.claims.Checks = checks, append(slices.Clone(p.claims.Checks), checks...)
	return nil
}

// wantsEndorsers says whether a policy names endorsers at all.
func (d *directory) wantsEndorsers() bool {
	return slices.ContainsFunc(d.cfg.Policies, func(p attest.Policy) bool { return len(p.Endorsers.Keys) > 0 })
}

func (d *directory) allowsModel(digest protocol.Hash) bool {
	for _, p := range d.cfg.Policies {
		if !p.AllowsModel(digest) {
			return false
		}
	}
	return true
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
