package dcap

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var testTime = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// issuer is a CA of a test: a certificate with its key.
type issuer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// issue makes a certificate, signed by itself where by is nil.
func issue(t testing.TB, name string, by *issuer, change func(*x509.Certificate)) *issuer {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, SubjectKeyId: []byte{1},
		NotBefore: testTime, NotAfter: testTime.Add(time.Hour),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if change != nil {
		change(template)
	}
	made := &issuer{key: key}
	parent, parentKey := template, key
	if by != nil {
		parent, parentKey = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key.Public(), parentKey)
	if err != nil {
		t.Fatal(err)
	}
	if made.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return made
}

func (ca *issuer) crl(t testing.TB, change func(*x509.RevocationList)) []byte {
	t.Helper()
	list := &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: testTime, NextUpdate: testTime.Add(time.Hour),
		RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: big.NewInt(7), RevocationTime: testTime, ReasonCode: 1}},
	}
	if change != nil {
		change(list)
	}
	der, err := x509.CreateRevocationList(rand.Reader, list, ca.cert, ca.key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestParseCRL(t *testing.T) {
	ca := issue(t, "SIMULATED SGX PCK Platform CA", nil, nil)
	good := ca.crl(t, nil)
	// certificateIssuer makes an entry one of another issuer's: RFC 5280, section 5.3.3.
	entry := func(critical bool) []byte {
		return ca.crl(t, func(l *x509.RevocationList) {
			l.RevokedCertificateEntries[0].ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 29}, Critical: critical, Value: []byte{0x30, 0}}}
		})
	}
	list := func(id int, critical bool) []byte {
		return ca.crl(t, func(l *x509.RevocationList) {
			l.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, id}, Critical: critical, Value: []byte{0x30, 0}}}
		})
	}
	// renamed makes the extension 2.5.29.id one that nobody knows.
	renamed := func(id byte) []byte {
		from, to := []byte{0x06, 3, 0x55, 0x1d, id}, []byte{0x06, 3, 0x55, 0x1d, 99}
		if bytes.Count(good, from) != 1 {
			t.Fatalf("the list has no extension 2.5.29.%d", id)
		}
		return bytes.Replace(good, from, to, 1)
	}
	for _, tt := range []struct {
		name string
		der  []byte
		ok   bool
	}{
		{"good", good, true},
		{"no entries", ca.crl(t, func(l *x509.RevocationList) { l.RevokedCertificateEntries = nil }), true},
		{"entry with an extension", entry(false), true},
		{"entry with a critical extension", entry(true), false},
		{"list with an extension", list(99, false), true},
		{"list with a critical extension", list(99, true), false},
		{"list about some certificates only", list(28, true), false},
		{"delta list", list(27, false), false},
		{"no issuer's key id", renamed(35), false},
		{"no number", renamed(20), false},
		{"nothing", nil, false},
		{"truncated", good[:len(good)-1], false},
		{"byte after it", append(bytes.Clone(good), 0), false},
		{"certificate", ca.cert.Raw, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			crl, err := parseCRL("list", tt.der)
			if !tt.ok {
				wantRefusal(t, err, CheckCollateral)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := checkCRL("list", crl, ca.cert); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestRevocation(t *testing.T) {
	ca := issue(t, "SIMULATED SGX PCK Platform CA", nil, nil)
	crl, err := parseCRL("list", ca.crl(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	for serial, revoked := range map[int64]bool{6: false, 7: true, -7: false, 7 + 1<<8: false} {
		err := checkNotRevoked(rolePCK, &x509.Certificate{SerialNumber: big.NewInt(serial)}, crl)
		if (err != nil) != revoked {
			t.Errorf("serial number %d: %v", serial, err)
		}
	}
}

func TestCRLSignature(t *testing.T) {
	const name = "SIMULATED SGX PCK Platform CA"
	ca, namesake, other := issue(t, name, nil, nil), issue(t, name, nil, nil), issue(t, "SIMULATED SGX PCK Processor CA", nil, nil)
	crl, err := parseCRL("list", ca.crl(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	for what, by := range map[string]*issuer{"namesake": namesake, "other CA": other} {
		t.Run(what, func(t *testing.T) { wantRefusal(t, checkCRL("list", crl, by.cert), CheckCRLSignature) })
	}
	t.Run("key that may not sign lists", func(t *testing.T) {
		cert := *ca.cert
		cert.KeyUsage = x509.KeyUsageCertSign
		wantRefusal(t, checkCRL("list", crl, &cert), CheckCRLSignature)
	})
}

// TestCRLIssuer: the CA that comes with the list may have another certificate than
// the quote's, but must be the same CA.
func TestCRLIssuer(t *testing.T) {
	const name = "SIMULATED SGX PCK Platform CA"
	root := issue(t, "SIMULATED SGX Root CA", nil, nil)
	ca := issue(t, name, root, nil)
	// renewed is a new certificate for ca's name and key.
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: ca.cert.Subject, SubjectKeyId: []byte{1}, NotBefore: testTime, NotAfter: testTime.Add(2 * time.Hour),
		BasicConstraintsValid: true, IsCA: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}, root.cert, ca.key.Public(), root.key)
	if err != nil {
		t.Fatal(err)
	}
	renewed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	for what, came := range map[string]*x509.Certificate{"same": ca.cert, "renewed": renewed} {
		if err := checkCRLIssuer(came, ca.cert, root.cert); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, came := range map[string]*x509.Certificate{
		"namesake under the root": issue(t, name, root, nil).cert,
		"namesake by itself":      issue(t, name, nil, nil).cert,
		"other CA":                issue(t, "SIMULATED SGX PCK Processor CA", root, nil).cert,
		"TCB signer":              issue(t, "SIMULATED SGX TCB Signing", root, nil).cert,
		"root":                    root.cert,
		"no CA": issue(t, name, root, func(c *x509.Certificate) {
			c.IsCA, c.KeyUsage = false, x509.KeyUsageDigitalSignature
		}).cert,
	} {
		t.Run(what, func(t *testing.T) { wantRefusal(t, checkCRLIssuer(came, ca.cert, root.cert), CheckCRLSignature) })
	}
}

// realFiles are files of that name in the public quote sets beside the repository,
// none where they are absent.
func realFiles(t testing.TB, name string) [][]byte {
	t.Helper()
	paths, err := filepath.Glob("../../../shared/quotes/*/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var files [][]byte
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, data)
	}
	return files
}

func realCollateral(t testing.TB) (sets []*Collateral) {
	t.Helper()
	for _, data := range realFiles(t, "collateral.json") {
		c, err := ParseCollateral(data)
		if err != nil {
			t.Fatal(err)
		}
		sets = append(sets, c)
	}
	return sets
}

func realQuotes(t testing.TB) (quotes []*Quote) {
	t.Helper()
	for _, data := range realFiles(t, "quote.bin") {
		q, err := ParseQuote(data)
		if err != nil {
			t.Fatal(err)
		}
		quotes = append(quotes, q)
	}
	return quotes
}

// FuzzParseCRL: what parses is whole, dated, and has nothing critical that nobody
// looks at; no bytes but the CA's are taken for the CA's.
func FuzzParseCRL(f *testing.F) {
	ca := issue(f, "SIMULATED SGX PCK Platform CA", nil, nil)
	signed := make(map[string]bool) // what the CA signed
	for _, der := range [][]byte{ca.crl(f, nil), ca.crl(f, func(l *x509.RevocationList) { l.RevokedCertificateEntries = nil })} {
		f.Add(der)
		list, err := x509.ParseRevocationList(der)
		if err != nil {
			f.Fatal(err)
		}
		signed[string(list.RawTBSRevocationList)] = true
	}
	for _, c := range realCollateral(f) {
		f.Add(c.RootCRL)
		f.Add(c.PCKCRL)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		crl, err := parseCRL("list", der)
		if err != nil {
			wantRefusal(t, err, CheckCollateral)
			return
		}
		if !bytes.Equal(crl.Raw, der) || crl.NextUpdate.IsZero() || crl.Number == nil {
			t.Errorf("%d of %d bytes, next update %s, number %s", len(crl.Raw), len(der), crl.NextUpdate, crl.Number)
		}
		for _, entry := range crl.RevokedCertificateEntries {
			if checkNotRevoked(rolePCK, &x509.Certificate{SerialNumber: entry.SerialNumber}, crl) == nil {
				t.Errorf("serial number %s is in the list, and not revoked", entry.SerialNumber)
			}
			for _, e := range entry.Extensions {
				if e.Critical {
					t.Errorf("critical extension %s", e.Id)
				}
			}
		}
		if checkCRL("list", crl, ca.cert) == nil && !signed[string(crl.RawTBSRevocationList)] {
			t.Error("a list that the CA never signed")
		}
	})
}

// wantRefusal asks for a refusal by the check, with all of its facts, that does not
// repeat what came from outside at length.
func wantRefusal(t testing.TB, err error, check Check) {
	t.Helper()
	refused, ok := err.(*CheckError)
	if !ok || refused.Check != check.Name {
		t.Fatalf("expected check %s to refuse, got %v", check.Name, err)
	}
	if refused.Want == "" || refused.Got == "" || refused.Hint == "" || len(err.Error()) > 1000 {
		t.Errorf("a refusal without all of its facts, or with too much (%d bytes): %+v", len(err.Error()), refused)
	}
}
