package simulated

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// Config is what a platform is made from. All of it may be left zero.
type Config struct {
	// Now is the platform's clock: certificates and collateral are issued by it. Nil
	// is time.Now.
	Now func() time.Time
	// CA is who issues the PCK certificate. Empty is the Platform CA, as for
	// servers.
	CA dcap.PCKCA
	// Status is how the machine stands against the TCB info that its simulated
	// Intel publishes. Empty is SWHardeningNeeded, which is what Intel says of most
	// servers.
	Status dcap.TCBStatus
}

// withDefaults fills in what was left zero.
func (c Config) withDefaults() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.CA == "" {
		c.CA = dcap.PCKCAPlatform
	}
	if c.Status == "" {
		c.Status = dcap.TCBSWHardeningNeeded
	}
	return c
}

// Platform is one simulated machine, and the simulated Intel that certified it:
// what there would be in place before an enclave asks for a quote. It is safe for
// concurrent use.
type Platform struct {
	*authority
	now            func() time.Time
	pck            certified
	facts          *dcap.PCK // what the PCK certificate says
	attestationKey *ecdsa.PrivateKey
}

// New makes a platform with new keys, under a root of its own.
func New(cfg Config) (*Platform, error) {
	cfg = cfg.withDefaults()
	a, err := newAuthority(issuedFrom(cfg.Now()))
	if err != nil {
		return nil, err
	}
	return a.newPlatform(cfg)
}

// NewMachine makes another platform under the same root: another machine that the
// same simulated Intel certified.
func (p *Platform) NewMachine(cfg Config) (*Platform, error) {
	return p.authority.newPlatform(cfg.withDefaults())
}

func (a *authority) newPlatform(cfg Config) (*Platform, error) {
	ca, err := a.pckCA(cfg.CA)
	if err != nil {
		return nil, err
	}
	pck, err := newPCK(ca, cfg, issuedFrom(cfg.Now()))
	if err != nil {
		return nil, err
	}
	attestationKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	return a.platform(pck, attestationKey, cfg.Now)
}

// platform puts a platform together from what was made or loaded.
func (a *authority) platform(pck certified, attestationKey *ecdsa.PrivateKey, now func() time.Time) (*Platform, error) {
	facts, err := dcap.ParsePCK(pck.cert)
	if err != nil {
		return nil, fmt.Errorf("simulated platform: %w", err)
	}
	return &Platform{authority: a, now: now, pck: pck, facts: facts, attestationKey: attestationKey}, nil
}

// RootDER is the platform's root certificate, to give to
// [attest.NewSimulatedVerifier].
func (p *Platform) RootDER() []byte { return bytes.Clone(p.root.cert.Raw) }

// CAKeys are the keys of the two CAs that issue PCK certificates under the
// platform's root: what a contract on a dev chain is deployed with in the place of
// Intel's.
func (p *Platform) CAKeys() (platformCA, processorCA *ecdsa.PublicKey) {
	return &p.platformCA.key.PublicKey, &p.processorCA.key.PublicKey
}

// CA says which of the two issued the platform's PCK certificate.
func (p *Platform) CA() dcap.PCKCA {
	if bytes.Equal(p.pck.cert.AuthorityKeyId, p.processorCA.cert.SubjectKeyId) {
		return dcap.PCKCAProcessor
	}
	return dcap.PCKCAPlatform
}

// chain is PCK certificate, its CA, root.
func (p *Platform) chain() []*x509.Certificate {
	ca := p.platformCA
	if p.CA() == dcap.PCKCAProcessor {
		ca = p.processorCA
	}
	return []*x509.Certificate{p.pck.cert, ca.cert, p.root.cert}
}
