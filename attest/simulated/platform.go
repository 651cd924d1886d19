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
	// Now is when the certificates are issued. Nil is time.Now.
	Now func() time.Time
}

// Platform is one simulated machine: what Intel and the machine's maker would
// have put in place before an enclave asks for a quote. It is safe for concurrent
// use.
type Platform struct {
	root, ca, pck  certified
	attestationKey *ecdsa.PrivateKey
	cpuSVN         [16]byte
}

// certified is a key and its certificate.
type certified struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// New makes a platform with new keys.
func New(cfg Config) (*Platform, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	from := cfg.Now().Add(-backdated).UTC().Truncate(time.Second)
	p := &Platform{cpuSVN: cpuSVN}
	var err error
	if p.root, err = issue("SGX Root CA", from, rootYears, nil, func(t *x509.Certificate) {
		asCA(t, 1)
	}); err != nil {
		return nil, err
	}
	if p.ca, err = issue("SGX PCK Platform CA", from, caYears, &p.root, func(t *x509.Certificate) {
		asCA(t, 0)
	}); err != nil {
		return nil, err
	}
	extension, err := sgxExtension()
	if err != nil {
		return nil, err
	}
	if p.pck, err = issue("SGX PCK Certificate", from, pckYears, &p.ca, func(t *x509.Certificate) {
		t.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment
		t.ExtraExtensions = []pkix.Extension{{Id: oidSGX, Value: extension}}
	}); err != nil {
		return nil, err
	}
	p.attestationKey, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return p, err
}

// RootDER is the platform's root certificate, to give to
// [attest.NewSimulatedVerifier].
func (p *Platform) RootDER() []byte { return bytes.Clone(p.root.cert.Raw) }

// chainPEM is the certification data of a quote: PCK certificate, CA, root, and
// the NUL that Intel's library appends.
func (p *Platform) chainPEM() []byte {
	var out []byte
	for _, c := range []certified{p.pck, p.ca, p.root} {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: c.cert.Raw})...)
	}
	return append(out, 0)
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
	fmspc  = [6]byte{'S', 'I', 'M'}
	pceID  = [2]byte{0, 0}
	cpuSVN = [16]byte{11, 11, 3, 3, 255, 255, 1}
)

const sgxTypeScalable = 1

type sgxField struct {
	ID    asn1.ObjectIdentifier
	Value any
}

// sgxExtension is the extension of the PCK certificate, with all fields that a
// Platform CA's certificates have. PPID and instance id are random: they tell one
// machine from another.
func sgxExtension() ([]byte, error) {
	ppid, instance := make([]byte, 16), make([]byte, 16)
	_, _ = rand.Read(ppid) // never fails
	_, _ = rand.Read(instance)

	under := func(path ...int) asn1.ObjectIdentifier {
		return append(append(asn1.ObjectIdentifier{}, oidSGX...), path...)
	}
	var tcb []sgxField
	for i, svn := range cpuSVN {
		tcb = append(tcb, sgxField{under(2, i+1), int(svn)})
	}
	tcb = append(tcb, sgxField{under(2, 17), pceSVN}, sgxField{under(2, 18), cpuSVN[:]})
	return asn1.Marshal([]sgxField{
		{under(1), ppid},
		{under(2), tcb},
		{under(3), pceID[:]},
		{under(4), fmspc[:]},
		{under(5), asn1.Enumerated(sgxTypeScalable)},
		{under(6), instance},
		{under(7), []sgxField{{under(7, 1), true}, {under(7, 2), true}, {under(7, 3), true}}},
	})
}
