package simulated

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// How long certificates are valid, as Intel's are, from a moment before they were
// made (so that a clock a little behind takes them too).
const (
	backdated  = time.Hour
	rootYears  = 30
	caYears    = 15
	leafYears  = 7
	serialBits = 159
)

// issuedFrom is the instant that certificates and collateral made now are dated.
func issuedFrom(now time.Time) time.Time {
	return now.Add(-backdated).UTC().Truncate(time.Second)
}

// authority plays Intel's part: it certifies machines and says how they stand.
type authority struct {
	root, platformCA, processorCA, tcbSigner certified
}

// certified is a key and its certificate.
type certified struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(from time.Time) (*authority, error) {
	a := new(authority)
	for _, c := range []struct {
		into   *certified
		name   string
		years  int
		issuer *certified
		shape  func(*x509.Certificate)
	}{
		{&a.root, "SGX Root CA", rootYears, nil, func(t *x509.Certificate) { asCA(t, 1) }},
		{&a.platformCA, "SGX PCK Platform CA", caYears, &a.root, func(t *x509.Certificate) { asCA(t, 0) }},
		{&a.processorCA, "SGX PCK Processor CA", caYears, &a.root, func(t *x509.Certificate) { asCA(t, 0) }},
		{&a.tcbSigner, "SGX TCB Signing", leafYears, &a.root, asSigner},
	} {
		var err error
		if *c.into, err = issue(c.name, from, c.years, c.issuer, c.shape); err != nil {
			return nil, err
		}
	}
	return a, nil
}

func (a *authority) pckCA(ca dcap.PCKCA) (*certified, error) {
	switch ca {
	case dcap.PCKCAPlatform:
		return &a.platformCA, nil
	case dcap.PCKCAProcessor:
		return &a.processorCA, nil
	}
	return nil, fmt.Errorf("simulated platform: unknown PCK CA %q: expected %q or %q", ca, dcap.PCKCAPlatform, dcap.PCKCAProcessor)
}

func asCA(t *x509.Certificate, maxPathLen int) {
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	t.IsCA = true
	t.MaxPathLen = maxPathLen
	t.MaxPathLenZero = maxPathLen == 0
}

func asSigner(t *x509.Certificate) {
	t.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
}

// issue makes a key and a certificate for it. Without an issuer it is
// self-signed.
func issue(name string, from time.Time, years int, issuer *certified, shape func(*x509.Certificate)) (certified, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return certified{}, err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), serialBits))
	if err != nil {
		return certified{}, err
	}
	public, err := key.PublicKey.Bytes()
	if err != nil {
		return certified{}, err
	}
	keyID := sha256.Sum256(public)
	template := &x509.Certificate{
		SubjectKeyId: keyID[:20],
		SerialNumber: serial.Add(serial, big.NewInt(1)),
		Subject: pkix.Name{
			CommonName:   attest.SimulatedName + name,
			Organization: []string{"SIMULATED, not Intel"},
		},
		NotBefore:             from,
		NotAfter:              from.AddDate(years, 0, 0),
		BasicConstraintsValid: true,
		// Intel's certificates name where the revocation list is. .invalid never
		// resolves (RFC 6761).
		CRLDistributionPoints: []string{"https://simulated-sgx.invalid/crl"},
	}
	shape(template)
	return sign(template, key, issuer)
}

// sign makes the certificate that the template describes, for a key. Without an
// issuer it is self-signed.
func sign(template *x509.Certificate, key *ecdsa.PrivateKey, issuer *certified) (certified, error) {
	if issuer == nil {
		issuer = &certified{cert: template, key: key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer.cert, key.Public(), issuer.key)
	if err != nil {
		return certified{}, fmt.Errorf("simulated platform: issuing %s: %w", template.Subject.CommonName, err)
	}
	cert, err := x509.ParseCertificate(der)
	return certified{cert: cert, key: key}, err
}

// encodePEM is a chain in PEM, in the order given.
func encodePEM(chain ...*x509.Certificate) []byte {
	var out []byte
	for _, cert := range chain {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: cert.Raw})...)
	}
	return out
}
