package simulated

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// How long certificates are valid, as Intel's are, from a moment before the
// platform was made (so that a clock a little behind takes them too).
const (
	backdated  = time.Hour
	rootYears  = 30
	caYears    = 15
	pckYears   = 7
	pceSVN     = 16
	serialBits = 159
)

// Config is what a new platform is made from.
type Config struct {
	// Now is the platform's clock: certificates and collateral are issued by it. Nil
	// is time.Now.
	Now func() time.Time
	// CA issues the PCK certificate. Empty is the Platform CA, as on servers.
	CA dcap.PCKCA
	// Edits changes what is issued. The zero value changes nothing.
	Edits Edits
}

// Platform is one simulated machine, and Intel as far as the machine needs it:
// what Intel and the machine's maker would have put in place before an enclave
// asks for a quote, and what Intel publishes about the machine afterwards. It is
// safe for concurrent use.
type Platform struct {
	root                    certified
	platformCA, processorCA certified
	tcbSigner               certified
	pck                     certified
	attestationKey          *ecdsa.PrivateKey
	svns                    [16]byte
	now                     func() time.Time
	edits                   Edits
}

// certified is a key and its certificate.
type certified struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// New makes a platform with new keys.
func New(cfg Config) (*Platform, error) {
	cfg = cfg.complete()
	if cfg.CA != dcap.PCKCAPlatform && cfg.CA != dcap.PCKCAProcessor {
		return nil, fmt.Errorf("simulated platform: expected PCK CA %q or %q, got %.40q", dcap.PCKCAPlatform, dcap.PCKCAProcessor, cfg.CA)
	}
	p := &Platform{svns: componentSVNs, now: cfg.Now, edits: cfg.Edits}
	extension, err := sgxExtension(cfg.CA)
	if err != nil {
		return nil, err
	}
	issuing := &p.platformCA
	if cfg.CA == dcap.PCKCAProcessor {
		issuing = &p.processorCA
	}
	from := cfg.Now().Add(-backdated).UTC().Truncate(time.Second)
	for _, c := range []struct {
		name   string
		into   *certified
		years  int
		issuer *certified
		shape  func(*x509.Certificate)
	}{
		{NameRoot, &p.root, rootYears, nil, func(t *x509.Certificate) { asCA(t, 1) }},
		{NamePlatformCA, &p.platformCA, caYears, &p.root, func(t *x509.Certificate) { asCA(t, 0) }},
		{NameProcessorCA, &p.processorCA, caYears, &p.root, func(t *x509.Certificate) { asCA(t, 0) }},
		{NameTCBSigner, &p.tcbSigner, pckYears, &p.root, asSigner},
		{NamePCK, &p.pck, pckYears, issuing, func(t *x509.Certificate) {
			asSigner(t)
			t.ExtraExtensions = []pkix.Extension{{Id: oidSGX, Value: extension}}
		}},
	} {
		if *c.into, err = issue(c.name, from, c.years, c.issuer, func(t *x509.Certificate) {
			c.shape(t)
			if edit := cfg.Edits.Certificate; edit != nil {
				edit(c.name, t)
			}
		}); err != nil {
			return nil, err
		}
	}
	p.attestationKey, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return p, err
}

func (c Config) complete() Config {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.CA == "" {
		c.CA = dcap.PCKCAPlatform
	}
	return c
}

// CA says which CA issued the PCK certificate.
func (p *Platform) CA() dcap.PCKCA {
	if bytes.Equal(p.pck.cert.RawIssuer, p.processorCA.cert.RawSubject) {
		return dcap.PCKCAProcessor
	}
	return dcap.PCKCAPlatform
}

// issuer is the CA that issued the PCK certificate.
func (p *Platform) issuer() certified {
	if p.CA() == dcap.PCKCAProcessor {
		return p.processorCA
	}
	return p.platformCA
}

// CAKeys are the public keys of the two PCK CAs: what a contract on a development
// chain is deployed with in the place of Intel's.
func (p *Platform) CAKeys() (platformCA, processorCA *ecdsa.PublicKey) {
	return &p.platformCA.key.PublicKey, &p.processorCA.key.PublicKey
}

// FMSPC names the platform's model.
func (p *Platform) FMSPC() [6]byte { return fmspc }

// ComponentSVNs and PCESVN are the platform's security versions.
func (p *Platform) ComponentSVNs() [16]byte { return p.svns }

// PCESVN is the security version of the platform's provisioning enclave.
func (p *Platform) PCESVN() uint16 { return pceSVN }

// RootDER is the platform's root certificate, to give to
// [attest.NewSimulatedVerifier].
func (p *Platform) RootDER() []byte { return bytes.Clone(p.root.cert.Raw) }

// chainPEM is the certification data of a quote: PCK certificate, CA, root, and
// the NUL that Intel's library appends.
func (p *Platform) chainPEM() []byte {
	return append(chainPEM(p.pck, p.issuer(), p.root), 0)
}

func chainPEM(certs ...certified) []byte {
	var out []byte
	for _, c := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: c.cert.Raw})...)
	}
	return out
}

func asSigner(t *x509.Certificate) {
	t.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
}

func asCA(t *x509.Certificate, maxPathLen int) {
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	t.IsCA = true
	t.MaxPathLen = maxPathLen
	t.MaxPathLenZero = maxPathLen == 0
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

var oidSGX = asn1.ObjectIdentifier{1, 2, 840, 113741, 1, 13, 1}

// Facts of the simulated machine. Its FMSPC spells SIM, which no machine of
// Intel's does.
var (
	fmspc         = [6]byte{'S', 'I', 'M'}
	pceID         = [2]byte{0, 0}
	componentSVNs = [16]byte{11, 11, 3, 3, 255, 255, 1}
)

// Names of the certificates, after [attest.SimulatedName].
const (
	NameRoot        = "SGX Root CA"
	NamePlatformCA  = "SGX PCK Platform CA"
	NameProcessorCA = "SGX PCK Processor CA"
	NameTCBSigner   = "SGX TCB Signing"
	NamePCK         = "SGX PCK Certificate"
)

const sgxTypeScalable = 1

type sgxField struct {
	ID    asn1.ObjectIdentifier
	Value any
}

// sgxExtension is the extension of a PCK certificate, with the fields that the
// CA's certificates have. PPID and instance id are random: they tell one machine
// from another.
func sgxExtension(ca dcap.PCKCA) ([]byte, error) {
	ppid, instance := make([]byte, 16), make([]byte, 16)
	_, _ = rand.Read(ppid) // never fails
	_, _ = rand.Read(instance)

	under := func(path ...int) asn1.ObjectIdentifier {
		return append(append(asn1.ObjectIdentifier{}, oidSGX...), path...)
	}
	var tcb []sgxField
	for i, svn := range componentSVNs {
		tcb = append(tcb, sgxField{under(2, i+1), int(svn)})
	}
	tcb = append(tcb, sgxField{under(2, 17), pceSVN}, sgxField{under(2, 18), componentSVNs[:]})
	fields := []sgxField{
		{under(1), ppid},
		{under(2), tcb},
		{under(3), pceID[:]},
		{under(4), fmspc[:]},
		{under(5), asn1.Enumerated(sgxTypeScalable)},
	}
	if ca == dcap.PCKCAPlatform {
		fields = append(fields, sgxField{under(6), instance},
			sgxField{under(7), []sgxField{{under(7, 1), true}, {under(7, 2), true}, {under(7, 3), true}}})
	}
	return asn1.Marshal(fields)
}
