package dcap

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"fmt"
)

// oidDeltaCRL would make a list a part of another; no list of Intel's is.
var oidDeltaCRL = asn1.ObjectIdentifier{2, 5, 29, 27}

// parseCRL reads a certificate revocation list in DER (RFC 5280, section 5).
// Critical extensions may change what a list says, of the list (it is about some
// certificates only) as of an entry (it is about another issuer's certificate).
// None is known here, so that a list that has one is not used. As Intel's
// verification library does, it asks for a number and for the issuer's key id.
func parseCRL(what string, der []byte) (*x509.RevocationList, error) {
	if len(der) == 0 {
		return nil, CheckCollateral.failed("the "+what, "none", hintRefetch)
	}
	crl, err := x509.ParseRevocationList(der)
	if err != nil {
		return nil, CheckCollateral.failed("the "+what+" in DER", shown(err.Error()), hintRefetch)
	}
	switch {
	case len(crl.Raw) != len(der):
		return nil, CheckCollateral.failed("the "+what+" and nothing else", fmt.Sprintf("%d bytes after it", len(der)-len(crl.Raw)), hintRefetch)
	case crl.NextUpdate.IsZero():
		return nil, CheckCollateral.failed("the "+what+" to say when the next one comes", "no nextUpdate", hintRefetch)
	}
	for _, e := range crl.Extensions {
		if e.Critical || e.Id.Equal(oidDeltaCRL) {
			return nil, CheckCollateral.failed("the "+what+" to have no critical extension and to be whole", "extension "+shown(e.Id.String()), hintRefetch)
		}
	}
	if crl.Number == nil || len(crl.AuthorityKeyId) == 0 {
		return nil, CheckCollateral.failed("the "+what+" to have a number and its issuer's key id",
			fmt.Sprintf("number: %t, key id: %t", crl.Number != nil, len(crl.AuthorityKeyId) != 0), hintRefetch)
	}
	for i, entry := range crl.RevokedCertificateEntries {
		for _, e := range entry.Extensions {
			if e.Critical {
				return nil, CheckCollateral.failed("the "+what+" to have no entry with a critical extension",
					fmt.Sprintf("extension %s in entry %d", shown(e.Id.String()), i+1), hintRefetch)
			}
		}
	}
	return crl, nil
}

// checkCRLIssuer checks that the CA which came with the list of PCK certificates
// is the one that issued the PCK certificate: the same name and key under the same
// root. The certificate itself may be another, since a CA's may be renewed.
func checkCRLIssuer(came, ca, root *x509.Certificate) error {
	if err := checkCertificate(CheckCRLSignature, came, root, rolePCKCA); err != nil {
		return err
	}
	if !bytes.Equal(came.RawSubject, ca.RawSubject) || !bytes.Equal(came.RawSubjectPublicKeyInfo, ca.RawSubjectPublicKeyInfo) {
		return CheckCRLSignature.failed(fmt.Sprintf("the PCK CRL issuer chain of %s, with the key that signed the PCK certificate", shown(ca.Subject.CommonName)),
			fmt.Sprintf("%s with key %.16x…", shown(came.Subject.CommonName), sha256.Sum256(came.RawSubjectPublicKeyInfo)), hintRefetch)
	}
	return nil
}

// checkCRL checks that the issuer signed the list.
func checkCRL(what string, crl *x509.RevocationList, issuer *x509.Certificate) error {
	switch {
	case !bytes.Equal(crl.RawIssuer, issuer.RawSubject):
		return CheckCRLSignature.failed(fmt.Sprintf("the %s of %s", what, shown(issuer.Subject.CommonName)), "one of "+shown(crl.Issuer.CommonName), hintRefetch)
	case crl.SignatureAlgorithm != x509.ECDSAWithSHA256:
		return CheckCRLSignature.failed("the "+what+" to be signed with ECDSA and SHA-256", crl.SignatureAlgorithm.String(), hintRefetch)
	}
	if err := crl.CheckSignatureFrom(issuer); err != nil {
		return CheckCRLSignature.failed(fmt.Sprintf("the %s to be signed by %s", what, shown(issuer.Subject.CommonName)), shown(err.Error()), hintRefetch)
	}
	return nil
}

// checkNotRevoked looks for a certificate in its issuer's list.
func checkNotRevoked(r role, cert *x509.Certificate, crl *x509.RevocationList) error {
	for _, entry := range crl.RevokedCertificateEntries {
		if entry.SerialNumber.Cmp(cert.SerialNumber) == 0 {
			return CheckRevocation.failed(
				fmt.Sprintf("the %s not to be revoked", r.what),
				fmt.Sprintf("serial number %s, revoked on %s", shown(cert.SerialNumber.Text(16)), stamp(entry.RevocationTime)), hintUntrusted)
		}
	}
	return nil
}
