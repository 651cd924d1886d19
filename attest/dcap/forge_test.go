package dcap_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// forge takes a simulated platform apart, so that a test can change any piece and
// sign again with the right keys: what is refused then is refused for that piece
// alone.
type forge struct {
	t                    *testing.T
	rootKey, caKey       *ecdsa.PrivateKey
	pckKey, ak           *ecdsa.PrivateKey
	root, ca, pck        *x509.Certificate
	signed, qeReport     []byte
	qeAuth, akBytes      []byte
	certType             uint16
	chain                []byte // when set, instead of pck, ca, root
	sign, signQE         *ecdsa.PrivateKey
	signature, qeSig     []byte // when set, instead of signing
	keepQEBinding        bool
	trailing             []byte
	extraAuthSize        int
	extraQEAuthSize      int
	extraCertificateSize int
}

func newForge(t *testing.T) *forge {
	t.Helper()
	platform, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	quote := simulatedQuote(t, platform)
	dir := t.TempDir()
	if err := platform.Save(dir); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(dir, simulated.FileName))
	if err != nil {
		t.Fatal(err)
	}
	var blocks [][]byte
	for {
		var block *pem.Block
		if block, data = pem.Decode(data); block == nil {
			break
		}
		blocks = append(blocks, block.Bytes)
	}
	f := &forge{
		t: t, certType: 5,
		root: parse(t, blocks[0]), rootKey: parseKey(t, blocks[1]),
		ca: parse(t, blocks[2]), caKey: parseKey(t, blocks[3]),
		pck: parse(t, blocks[8]), pckKey: parseKey(t, blocks[9]),
		ak:       parseKey(t, blocks[10]),
		signed:   bytes.Clone(quote[:432]),
		akBytes:  bytes.Clone(quote[500:564]),
		qeReport: bytes.Clone(quote[564:948]),
		qeAuth:   bytes.Clone(quote[1014:1046]),
	}
	f.sign, f.signQE = f.ak, f.pckKey
	return f
}

// quote puts the pieces together and signs them.
func (f *forge) quote() []byte {
	if !f.keepQEBinding {
		sum := sha256.Sum256(append(bytes.Clone(f.akBytes), f.qeAuth...))
		copy(f.qeReport[320:], sum[:])
	}
	if f.signature == nil {
		f.signature = rawSignature(f.t, f.sign, f.signed)
	}
	if f.qeSig == nil {
		f.qeSig = rawSignature(f.t, f.signQE, f.qeReport)
	}
	chain := f.chain
	if chain == nil {
		chain = chainPEM(f.pck, f.ca, f.root)
	}
	auth := bytes.Join([][]byte{f.signature, f.akBytes, f.qeReport, f.qeSig}, nil)
	auth = binary.LittleEndian.AppendUint16(auth, uint16(len(f.qeAuth)+f.extraQEAuthSize))
	auth = append(auth, f.qeAuth...)
	auth = binary.LittleEndian.AppendUint16(auth, f.certType)
	auth = binary.LittleEndian.AppendUint32(auth, uint32(len(chain)+f.extraCertificateSize))
	auth = append(auth, chain...)
	quote := binary.LittleEndian.AppendUint32(bytes.Clone(f.signed), uint32(len(auth)+f.extraAuthSize))
	return bytes.Join([][]byte{quote, auth, f.trailing}, nil)
}

func (f *forge) verify() (*dcap.Result, error) {
	return dcap.Verify(f.quote(), dcap.Options{Root: f.root, Now: now})
}

// reissue makes a certificate like cert but for the change, signed by the issuer's
// key over the given public key.
func (f *forge) reissue(cert, issuer *x509.Certificate, issuerKey *ecdsa.PrivateKey, public any, change func(*x509.Certificate)) *x509.Certificate {
	f.t.Helper()
	template := *cert
	template.SignatureAlgorithm = 0
	template.AuthorityKeyId = nil
	for _, e := range cert.Extensions {
		if e.Id.String() == "1.2.840.113741.1.13.1" {
			template.ExtraExtensions = append(template.ExtraExtensions, e)
		}
	}
	if change != nil {
		change(&template)
	}
	parent := template
	if issuer != nil {
		parent = *issuer
	}
	parent.PublicKey = issuerKey.Public()
	der, err := x509.CreateCertificate(rand.Reader, &template, &parent, public, issuerKey)
	if err != nil {
		f.t.Fatal(err)
	}
	return parse(f.t, der)
}

func (f *forge) reissuePCK(change func(*x509.Certificate)) {
	f.pck = f.reissue(f.pck, f.ca, f.caKey, f.pckKey.Public(), change)
}

func (f *forge) reissueCA(change func(*x509.Certificate)) {
	f.ca = f.reissue(f.ca, f.root, f.rootKey, f.caKey.Public(), change)
	f.reissuePCK(nil)
}

func rename(name string) func(*x509.Certificate) {
	return func(c *x509.Certificate) {
		c.RawSubject = nil
		c.Subject = pkix.Name{CommonName: name}
	}
}

func chainPEM(certs ...*x509.Certificate) []byte {
	var out []byte
	for _, c := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return out
}

func newKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func parse(t *testing.T, der []byte) *x509.Certificate {
	t.Helper()
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert
}

func parseKey(t *testing.T, der []byte) *ecdsa.PrivateKey {
	t.Helper()
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		t.Fatal(err)
	}
	return key.(*ecdsa.PrivateKey)
}

func rawSignature(t *testing.T, key *ecdsa.PrivateKey, message []byte) []byte {
	t.Helper()
	digest := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
}

var (
	now        = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	mrenclave  = attest.Digest{1: 0xab, 31: 0xcd}
	mrsigner   = attest.Digest{2: 0xef}
	reportData = [64]byte{0: 1, 31: 2, 63: 3}
)

func simulatedQuote(t testing.TB, p *simulated.Platform) []byte {
	t.Helper()
	enclave := simulated.Enclave{MRENCLAVE: mrenclave, MRSIGNER: mrsigner, ISVProdID: 7, ISVSVN: 9}
	ev, err := p.Source(enclave).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	return ev.Quote
}
