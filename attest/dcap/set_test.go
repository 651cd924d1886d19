package dcap_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// quoteShape is what a quote can look like.
type quoteShape struct {
	tee     dcap.TEE
	version uint16
}

func (s quoteShape) String() string { return fmt.Sprintf("%s-v%d", s.tee, s.version) }

var quoteShapes = []quoteShape{{dcap.TEESGX, 3}, {dcap.TEESGX, 4}, {dcap.TEESGX, 5}, {dcap.TEETDX, 4}, {dcap.TEETDX, 5}}

// realSets are the sets in quoteSets.
var realSets = []string{"sgx3-processor-a067", "sgx3-processor-a067-DEBUG", "sgx3-platform-606a-a", "tdx4-b0c0"}

func newPlatform(t testing.TB) *simulated.Platform {
	t.Helper()
	p, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sampleOf is one of p's, of any shape.
func sampleOf(t testing.TB, p *simulated.Platform, shape quoteShape) sample {
	t.Helper()
	source := p.Source(simulated.Enclave{MRENCLAVE: mrenclave, MRSIGNER: mrsigner, ISVProdID: 7, ISVSVN: 9, QuoteVersion: shape.version})
	if shape.tee == dcap.TEETDX {
		source = p.GuestSource(simulated.Guest{MRTD: [48]byte{7}, QuoteVersion: shape.version, TD15: shape.version == 5})
	}
	ev, err := source.Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	s := sample{quote: ev.Quote, opts: dcap.Options{Now: now}}
	if s.opts.Root, err = dcap.ParseRoot(p.RootDER()); err != nil {
		t.Fatal(err)
	}
	if s.opts.Collateral, err = p.Collateral(shape.tee); err != nil {
		t.Fatal(err)
	}
	return s
}

// at is the sample at another instant.
func (s sample) at(instant time.Time) sample {
	s.opts.Now = instant
	return s
}

// with is the sample with another copy of its collateral, changed.
func (s sample) with(change func(*dcap.Collateral)) sample {
	c := *s.opts.Collateral
	for _, part := range parts(&c) {
		*part = bytes.Clone(*part)
	}
	change(&c)
	s.opts.Collateral = &c
	return s
}

func (s sample) try() (*dcap.Result, error) { return dcap.Verify(s.quote, s.opts) }

// err is why the sample is refused.
func (s sample) err() error {
	_, err := s.try()
	return err
}

// parts are those of collateral, by their names in JSON.
func parts(c *dcap.Collateral) map[string]*[]byte {
	return map[string]*[]byte{
		"pck_crl_issuer_chain": &c.PCKCRLIssuerChain, "root_ca_crl": &c.RootCRL, "pck_crl": &c.PCKCRL,
		"tcb_info_issuer_chain": &c.TCBInfoIssuerChain, "tcb_info": &c.TCBInfo, "tcb_info_signature": &c.TCBInfoSignature,
		"qe_identity_issuer_chain": &c.QEIdentityIssuerChain, "qe_identity": &c.QEIdentity, "qe_identity_signature": &c.QEIdentitySignature,
		"pck_certificate_chain": &c.PCKCertificateChain,
	}
}

func partNames() []string { return slices.Sorted(maps.Keys(parts(new(dcap.Collateral)))) }

// keptKey is the private key of the platform's certificate with such a name, from
// the file in which the platform keeps it.
func keptKey(t testing.TB, p *simulated.Platform, name string) *ecdsa.PrivateKey {
	t.Helper()
	dir := t.TempDir()
	if err := p.Save(dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, simulated.FileName))
	if err != nil {
		t.Fatal(err)
	}
	for found := false; ; {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			t.Fatalf("no key of %s in %s", name, simulated.FileName)
		}
		if found {
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			return key.(*ecdsa.PrivateKey)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		found = err == nil && strings.Contains(cert.Subject.CommonName, name)
	}
}

func rawSignature(t testing.TB, key *ecdsa.PrivateKey, message []byte) []byte {
	t.Helper()
	digest := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

// certificates reads a chain in PEM.
func certificates(t testing.TB, chain []byte) (certs []*x509.Certificate) {
	t.Helper()
	for {
		var block *pem.Block
		if block, chain = pem.Decode(chain); block == nil {
			return certs
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			t.Fatal(err)
		}
		certs = append(certs, cert)
	}
}

func sameChain(a, b dcap.Chain) bool {
	return a.PCK.Equal(b.PCK) && a.CA.Equal(b.CA) && a.Root.Equal(b.Root)
}
