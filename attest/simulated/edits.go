package simulated

import (
	"crypto/ecdsa"
	"crypto/x509"

	"github.com/phallama/phallama/attest/dcap"
)

// Edits change single things in what a platform issues. Everything else stays
// right and rightly signed, so that what a verifier refuses, it refuses for that
// one thing. They are for tests of verifiers; whatever they do, it happens under a
// simulated root. A nil field changes nothing.
type Edits struct {
	// Certificate changes a certificate's template before it is signed. The name is
	// NameRoot, NamePCK and so on. It is used when the platform is made.
	Certificate func(name string, template *x509.Certificate)
	// CRL changes a revocation list before it is signed, of NameRoot or of the CA that
	// issued the PCK certificate.
	CRL func(name string, template *x509.RevocationList)
	// TCBInfo and QEIdentity change a document's JSON before it is signed.
	TCBInfo, QEIdentity func(document []byte) []byte
	// Collateral changes the whole set afterwards.
	Collateral func(*dcap.Collateral)

	// Signed changes a quote's header and body before they are signed.
	Signed func([]byte)
	// QEReport changes the quoting enclave's report before it is signed, Binding its
	// report data for the attestation key.
	QEReport func([]byte)
	// AttestationKey changes the public key that the quote names, Binding included;
	// AfterBinding changes it after the QE's report has bound it.
	AttestationKey, AfterBinding func([]byte)
	// SignKey signs the quote, QESignKey the QE's report, in the place of the right keys.
	SignKey, QESignKey *ecdsa.PrivateKey
	// Signature and QESignature change signatures afterwards.
	Signature, QESignature func([]byte)
	// Certification changes type and contents of the certification data.
	Certification func(kind *uint16, data *[]byte)
	// Quote changes the whole quote afterwards.
	Quote func([]byte) []byte
}

// Edited is the platform with other edits. Certificate has no effect any more.
func (p *Platform) Edited(e Edits) *Platform {
	edited := *p
	edited.edits = e
	return &edited
}

func apply(edit func([]byte), b []byte) {
	if edit != nil {
		edit(b)
	}
}

func replace(edit func([]byte) []byte, b []byte) []byte {
	if edit != nil {
		return edit(b)
	}
	return b
}
