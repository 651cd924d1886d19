package dcap

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	_ "embed"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"
	"time"
)

//go:embed IntelSGXRootCA.der
var intelRootDER []byte

// intelRootSHA256 is the digest of Intel's SGX Root CA certificate, valid from
// 2018-05-21 to 2049-12-31, as published at
// https://certificates.trustedservices.intel.com/.
const intelRootSHA256 = "44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3"

// IntelRoot returns Intel's SGX Root CA certificate, which is compiled in.
func IntelRoot() (*x509.Certificate, error) {
	if sum := sha256.Sum256(intelRootDER); hex.EncodeToString(sum[:]) != intelRootSHA256 {
		return nil, fmt.Errorf("the Intel root certificate compiled into this program has SHA-256 %x, expected %s: rebuild the program from clean sources", sum, intelRootSHA256)
	}
	return ParseRoot(intelRootDER)
}

// ParseRoot parses a root certificate in DER and checks that it can be a trust
// anchor of [Verify]: self-signed, a CA, P-256.
func ParseRoot(der []byte) (*x509.Certificate, error) {
	root, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("root certificate: expected one X.509 certificate in DER: %w", err)
	}
	if err := checkCertificate(CheckTrustAnchor, root, root, roleRoot); err != nil {
		return nil, fmt.Errorf("root certificate: %w", err)
	}
	return root, nil
}

// PCKCA says which of Intel's two CAs issued a PCK certificate. Each has its own
// revocation list.
type PCKCA string

// The two PCK CAs.
const (
	PCKCAProcessor PCKCA = "processor"
	PCKCAPlatform  PCKCA = "platform"
)

// Chain is a PCK certificate chain, in the order in which a quote carries it.
type Chain struct {
	PCK, CA, Root *x509.Certificate
}

const (
	pemBegin       = "-----BEGIN CERTIFICATE-----"
	pemCertificate = "CERTIFICATE"
)

// parsePEM reads n certificates in PEM and nothing else but white space and the
// one NUL that Intel's library appends.
func parsePEM(check Check, what string, data []byte, n int) ([]*x509.Certificate, error) {
	want := fmt.Sprintf("%s of %d PEM certificates", what, n)
	hint := hintDamaged
	if check.Name == CheckCollateral.Name {
		hint = hintRefetch
	}
	refuse := func(format string, args ...any) ([]*x509.Certificate, error) {
		return nil, check.failed(want, fmt.Sprintf(format, args...), hint)
	}
	rest := bytes.TrimSpace(bytes.TrimSuffix(data, []byte{0}))
	// pem.Decode skips what it cannot read. Where there are as many beginnings as
	// certificates, it has nothing to skip.
	if found := bytes.Count(rest, []byte(pemBegin)); found != n {
		return refuse("%d", found)
	}
	certs := make([]*x509.Certificate, n)
	for i := range certs {
		if !bytes.HasPrefix(rest, []byte(pemBegin)) {
			return refuse("%d, then something else", i)
		}
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil || len(block.Headers) != 0 {
			return refuse("malformed PEM in certificate %d", i+1)
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return refuse("certificate %d: %s", i+1, shown(err.Error()))
		}
		certs[i] = cert
		rest = bytes.TrimSpace(rest)
	}
	if len(rest) != 0 {
		return refuse("%d bytes after them", len(rest))
	}
	return certs, nil
}

// parseChain reads the PCK chain of a quote. A quote that carries the PCK
// certificate alone gets CA and root from those that sign the revocation list,
// and a quote without any certificate takes the collateral's chain: whose it is
// shows when the PCK key has to have signed the QE's report.
func parseChain(q *Quote, c *Collateral) (Chain, error) {
	if q.leafOnly {
		leaf, err := parsePEM(CheckPCKChain, "a PCK certificate", q.CertChainPEM, 1)
		if err != nil {
			return Chain{}, err
		}
		issuers, err := parsePEM(CheckPCKChain, "a PCK CRL issuer chain (PCK CA, root)", c.PCKCRLIssuerChain, 2)
		if err != nil {
			return Chain{}, err
		}
		return Chain{PCK: leaf[0], CA: issuers[0], Root: issuers[1]}, nil
	}
	data := q.CertChainPEM
	if q.byPPID {
		if data = c.PCKCertificateChain; len(data) == 0 {
			return Chain{}, CheckPCKChain.failed("a PCK certificate chain, in the quote or with the collateral", "neither",
				"the pod's platform must be provisioned with its PCK certificate chain (a PCCS), so that its quotes carry it")
		}
	}
	certs, err := parsePEM(CheckPCKChain, "a chain (PCK certificate, PCK CA, root)", data, 3)
	if err != nil {
		return Chain{}, err
	}
	return Chain{PCK: certs[0], CA: certs[1], Root: certs[2]}, nil
}

// role is the place of a certificate in the chain. Names are held only to
// contain Intel's phrases: trust comes from the pinned root, never from a name.
type role struct {
	what    string
	phrases []string // the common name contains one of them
	isCA    bool
}

const (
	phrasePlatformCA  = "SGX PCK Platform CA"
	phraseProcessorCA = "SGX PCK Processor CA"
)

var (
	roleRoot  = role{"root", []string{"SGX Root CA"}, true}
	rolePCKCA = role{"PCK CA", []string{phrasePlatformCA, phraseProcessorCA}, true}
	rolePCK   = role{"PCK certificate", []string{"SGX PCK Certificate"}, false}
	roleTCB   = role{"TCB signing certificate", []string{"SGX TCB Signing"}, false}
)

func (c *Chain) check() error {
	for _, link := range []struct {
		cert, issuer *x509.Certificate
		role         role
	}{{c.Root, c.Root, roleRoot}, {c.CA, c.Root, rolePCKCA}, {c.PCK, c.CA, rolePCK}} {
		if err := checkCertificate(CheckPCKChain, link.cert, link.issuer, link.role); err != nil {
			return err
		}
	}
	return nil
}

// ca tells the issuing CA from its name, which check has found to hold one of
// the two phrases.
func (c *Chain) ca() PCKCA {
	if strings.Contains(c.CA.Subject.CommonName, phrasePlatformCA) {
		return PCKCAPlatform
	}
	return PCKCAProcessor
}

func checkCertificate(check Check, cert, issuer *x509.Certificate, r role) error {
	refuse := func(want, got string) error {
		return check.failed("the "+r.what+" "+want, got, hintUntrusted)
	}
	named := false
	for _, phrase := range r.phrases {
		named = named || strings.Contains(cert.Subject.CommonName, phrase)
	}
	switch key, ok := cert.PublicKey.(*ecdsa.PublicKey); {
	case !named:
		return refuse(fmt.Sprintf("to have a common name with %q", r.phrases), shown(cert.Subject.CommonName))
	case !bytes.Equal(cert.RawIssuer, issuer.RawSubject):
		return refuse("to be issued by "+shown(issuer.Subject.String()), shown(cert.Issuer.String()))
	case !cert.BasicConstraintsValid || cert.IsCA != r.isCA:
		return refuse(fmt.Sprintf("to have basic constraints with CA %t", r.isCA), fmt.Sprintf("CA %t (present: %t)", cert.IsCA, cert.BasicConstraintsValid))
	case r.isCA && cert.KeyUsage&x509.KeyUsageCertSign == 0:
		return refuse("to have a key that may sign certificates", fmt.Sprintf("key usage %#x", int(cert.KeyUsage)))
	case !r.isCA && cert.KeyUsage&x509.KeyUsageDigitalSignature == 0:
		return refuse("to have a key that may sign", fmt.Sprintf("key usage %#x", int(cert.KeyUsage)))
	case !ok || key.Curve != elliptic.P256():
		return refuse("to have an ECDSA P-256 key", cert.PublicKeyAlgorithm.String()+" of another kind")
	case cert.SignatureAlgorithm != x509.ECDSAWithSHA256:
		return refuse("to be signed with ECDSA and SHA-256", cert.SignatureAlgorithm.String())
	case len(cert.UnhandledCriticalExtensions) != 0:
		return refuse("to have no unknown critical extension", shown(fmt.Sprint(cert.UnhandledCriticalExtensions)))
	}
	if err := cert.CheckSignatureFrom(issuer); err != nil {
		return refuse("to be signed by "+shown(issuer.Subject.CommonName), shown(err.Error()))
	}
	return nil
}

// window is a period, bounds included, in which something may be relied on.
type window struct {
	what        string
	from, until time.Time
}

func validity(r role, cert *x509.Certificate) window {
	return window{"the " + r.what, cert.NotBefore, cert.NotAfter}
}

// holds checks that now lies in the window.
func (w window) holds(check Check, now time.Time, hint string) error {
	if !now.Before(w.from) && !now.After(w.until) {
		return nil
	}
	err := check.failed(fmt.Sprintf("%s to be valid at %s", w.what, stamp(now)), fmt.Sprintf("valid from %s to %s", stamp(w.from), stamp(w.until)), hint)
	err.From, err.Until = w.from, w.until
	return err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// earliest is the window that ends first.
func earliest(windows []window) window {
	first := windows[0]
	for _, w := range windows[1:] {
		if w.until.Before(first.until) {
			first = w
		}
	}
	return first
}
