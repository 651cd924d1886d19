package dcap

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"strings"
	"testing"
)

func pemOf(certs ...*x509.Certificate) []byte {
	var out []byte
	for _, c := range certs {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: c.Raw})...)
	}
	return out
}

// testChain are a root, a PCK CA and a PCK certificate without the SGX extension.
func testChain(t testing.TB) (root, ca, pck *issuer) {
	t.Helper()
	root = issue(t, "SIMULATED SGX Root CA", nil, nil)
	ca = issue(t, "SIMULATED SGX PCK Platform CA", root, nil)
	pck = issue(t, "SIMULATED SGX PCK Certificate", ca, func(c *x509.Certificate) {
		c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
	})
	return root, ca, pck
}

func TestParsePEM(t *testing.T) {
	root, ca, pck := testChain(t)
	three := pemOf(pck.cert, ca.cert, root.cert)
	first := pemOf(pck.cert)
	for _, tt := range []struct {
		name string
		data []byte
		ok   bool
	}{
		{"three", three, true},
		{"with the NUL of Intel's library", append(bytes.Clone(three), 0), true},
		{"with white space between", append(append(bytes.Clone(first), "\n \r\n"...), pemOf(ca.cert, root.cert)...), true},
		{"with two NULs", append(bytes.Clone(three), 0, 0), false},
		{"two", pemOf(pck.cert, root.cert), false},
		{"four", append(bytes.Clone(three), first...), false},
		{"none", nil, false},
		{"text before", append([]byte("hello\n"), three...), false},
		{"text after", append(bytes.Clone(three), "hello"...), false},
		{"text between", append(append(bytes.Clone(first), "hello\n"...), pemOf(ca.cert, root.cert)...), false},
		{"broken block before", append([]byte(pemBegin+"\n!\n"), three...), false},
		{"broken block instead of the second", bytes.Join([][]byte{first, []byte(pemBegin + "\n!\n-----END CERTIFICATE-----\n"), pemOf(root.cert)}, nil), false},
		{"headers", bytes.Replace(three, []byte(pemBegin+"\n"), []byte(pemBegin+"\nTrust: me\n\n"), 1), false},
		{"other type", bytes.ReplaceAll(three, []byte("CERTIFICATE"), []byte("PUBLIC KEY")), false},
		{"no certificate in it", append(pemOf(&x509.Certificate{Raw: []byte("hello")}), pemOf(ca.cert, root.cert)...), false},
		{"byte after a certificate in it", append(pemOf(&x509.Certificate{Raw: append(bytes.Clone(pck.cert.Raw), 0)}), pemOf(ca.cert, root.cert)...), false},
		{"truncated", three[:len(three)-10], false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			certs, err := parsePEM(CheckPCKChain, "a chain", tt.data, 3)
			if !tt.ok {
				wantRefusal(t, err, CheckPCKChain)
				return
			}
			if err != nil || !certs[0].Equal(pck.cert) || !certs[1].Equal(ca.cert) || !certs[2].Equal(root.cert) {
				t.Errorf("%v, %v", certs, err)
			}
		})
	}
}

func TestParseRootRefusesWhatIsNoRoot(t *testing.T) {
	if _, err := ParseRoot(issue(t, "SIMULATED SGX Root CA", nil, nil).cert.Raw); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*x509.Certificate){
		"without Intel's phrase": func(c *x509.Certificate) { c.Subject.CommonName = "My Root" },
		"no CA":                  func(c *x509.Certificate) { c.IsCA = false },
		"no basic constraints":   func(c *x509.Certificate) { c.BasicConstraintsValid, c.IsCA = false, false },
		"may not certify":        func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageCRLSign },
		"SHA-384":                func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA384 },
		"critical extension": func(c *x509.Certificate) {
			c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 3, 6, 1}, Critical: true, Value: []byte{5, 0}}}
		},
		"critical extensions with long names": func(c *x509.Certificate) {
			long := asn1.ObjectIdentifier{1, 3}
			for range 2000 {
				long = append(long, 1<<30)
			}
			c.ExtraExtensions = []pkix.Extension{{Id: long, Critical: true, Value: []byte{5, 0}}}
		},
		"long name": func(c *x509.Certificate) { c.Subject.CommonName = strings.Repeat("root ", 5000) },
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := ParseRoot(issue(t, "SIMULATED SGX Root CA", nil, change).cert.Raw); err == nil || len(err.Error()) > 1000 {
				t.Errorf("expected a refusal in few words, got %v", err)
			}
		})
	}
}

// FuzzParseChain: a chain that parses is made of the very certificates in the PEM
// text, and one that checks out is signed from the root down.
func FuzzParseChain(f *testing.F) {
	root, ca, pck := testChain(f)
	three, two := pemOf(pck.cert, ca.cert, root.cert), pemOf(ca.cert, root.cert)
	f.Add(uint16(certTypePCKChain), three, two)
	f.Add(uint16(certTypePCKChain), append(bytes.Clone(three), 0), []byte(nil))
	f.Add(uint16(certTypePCKLeaf), pemOf(pck.cert), two)
	f.Add(uint16(certTypePPIDLast), []byte{1, 2, 3}, three)
	for _, c := range realCollateral(f) {
		f.Add(uint16(certTypePCKLeaf), pemOf(pck.cert), c.PCKCRLIssuerChain)
	}
	for _, q := range realQuotes(f) {
		f.Add(uint16(certTypePCKChain), q.CertChainPEM, []byte(nil))
	}
	f.Fuzz(func(t *testing.T, kind uint16, certification, collateral []byte) {
		q, c := new(Quote), &Collateral{PCKCRLIssuerChain: collateral, PCKCertificateChain: collateral}
		switch kind {
		case certTypePCKChain:
			q.CertChainPEM = certification
		case certTypePCKLeaf:
			q.CertChainPEM, q.leafOnly = certification, true
		default:
			q.byPPID = true
		}
		if certs, err := q.certificates(); err == nil && len(certs) == 0 {
			t.Error("no certificate and no error")
		}
		chain, err := parseChain(q, c)
		if err != nil {
			wantRefusal(t, err, CheckPCKChain)
			return
		}
		for _, cert := range []*x509.Certificate{chain.PCK, chain.CA, chain.Root} {
			if cert == nil || len(cert.Raw) == 0 {
				t.Fatal("a chain without all of its certificates")
			}
		}
		if err := chain.check(); err != nil {
			wantRefusal(t, err, CheckPCKChain)
			return
		}
		if chain.Root.CheckSignatureFrom(chain.Root) != nil || chain.CA.CheckSignatureFrom(chain.Root) != nil || chain.PCK.CheckSignatureFrom(chain.CA) != nil {
			t.Error("a chain that nobody signed")
		}
	})
}
