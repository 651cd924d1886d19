package attest

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// SimulatedName begins the common name of every certificate of a simulated
// platform.
const SimulatedName = "SIMULATED "

// Config is what a verifier needs besides its root of trust.
type Config struct {
	// Now is the clock against which certificates are held. Nil is time.Now.
	Now func() time.Time
}

// Verifier verifies evidence under one root of trust. Make it with [NewVerifier]
// or [NewSimulatedVerifier]. It is safe for concurrent use.
type Verifier struct {
	root *x509.Certificate
	tier Tier
	now  func() time.Time
}

// NewVerifier returns a verifier of genuine evidence. Intel's root certificate is
// compiled in; there is no way to give another. Its claims are [TierGenuine].
func NewVerifier(cfg Config) (*Verifier, error) {
	root, err := dcap.IntelRoot()
	if err != nil {
		return nil, err
	}
	return newVerifier(root, TierGenuine, cfg), nil
}

// NewSimulatedVerifier returns a verifier of evidence from a simulated platform
// with the given root certificate (DER). It makes the same checks, and all its
// claims are [TierSimulated]. It refuses a root that does not begin its name with
// [SimulatedName], Intel's among them.
func NewSimulatedVerifier(rootDER []byte, cfg Config) (*Verifier, error) {
	root, err := dcap.ParseRoot(rootDER)
	if err != nil {
		return nil, fmt.Errorf("attest: simulated verifier: %w", err)
	}
	if !strings.HasPrefix(root.Subject.CommonName, SimulatedName) {
		return nil, fmt.Errorf("attest: simulated verifier: expected a root whose common name begins with %q, got %.80q: genuine evidence takes NewVerifier",
			SimulatedName, root.Subject.CommonName)
	}
	return newVerifier(root, TierSimulated, cfg), nil
}

func newVerifier(root *x509.Certificate, tier Tier, cfg Config) *Verifier {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	return &Verifier{root: root, tier: tier, now: cfg.Now}
}

// Tier is the tier of every claim of this verifier.
func (v *Verifier) Tier() Tier { return v.tier }

// Verify answers whether evidence is genuine, by Intel's collateral for its
// platform (see [Evidence.Needs]). Whether it is the enclave that was
// wanted is for [Validate] to say: a genuine quote of anybody's enclave passes
// here. A refusal is a [*CheckError].
func (v *Verifier) Verify(ctx context.Context, ev Evidence, c *Collateral) (Claims, error) {
	if v == nil || v.root == nil {
		return Claims{}, errors.New("attest: Verifier must be made with NewVerifier or NewSimulatedVerifier")
	}
	if err := ctx.Err(); err != nil {
		return Claims{}, err
	}
	if _, err := ParseEvidence(ev.Kind, ev.Quote); err != nil {
		return Claims{}, err
	}
	res, err := dcap.Verify(ev.Quote, dcap.Options{Root: v.root, Now: v.now(), Collateral: c})
	if err != nil {
		return Claims{}, err
	}
	return claimsOf(ev, v.tier, res), nil
}
