package simulated

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// validFor is how long collateral is valid from its issue, as Intel's is.
const validFor = 30 * 24 * time.Hour

// Collateral is what the platform's simulated Intel publishes about it, issued now
// by the platform's clock: dated an hour back, valid for 30 days. The platform's own
// certificates are not in it, since its quotes carry them.
func (p *Platform) Collateral(tee dcap.TEE) (*dcap.Collateral, error) {
	s, err := p.statement(tee, p.CA())
	if err != nil {
		return nil, err
	}
	c, err := s.sign()
	if err != nil {
		return nil, fmt.Errorf("simulated platform: collateral: %w", err)
	}
	return c, nil
}

// statement is collateral in its parts, before it is signed.
type statement struct {
	tcbInfo    tcbInfo
	qeIdentity qeIdentity
	rootCRL    crl
	pckCRL     crl

	tcbSigner                                  *certified
	tcbInfoChain, qeIdentityChain, pckCRLChain []*x509.Certificate // who signed, root
}

// crl is a revocation list and who signs it.
type crl struct {
	issuer *certified
	list   *x509.RevocationList
}

// statement says how the platform stands, with the revocation list of the given
// CA.
func (p *Platform) statement(tee dcap.TEE, ca dcap.PCKCA) (*statement, error) {
	issuer, err := p.pckCA(ca)
	if err != nil {
		return nil, err
	}
	from := issuedFrom(p.now())
	info, err := newTCBInfo(tee, from)
	if err != nil {
		return nil, err
	}
	signers := []*x509.Certificate{p.tcbSigner.cert, p.root.cert}
	return &statement{
		tcbInfo:         info,
		qeIdentity:      newQEIdentity(tee, from),
		rootCRL:         newCRL(&p.root, from),
		pckCRL:          newCRL(issuer, from, serialRevoked),
		tcbSigner:       &p.tcbSigner,
		tcbInfoChain:    signers,
		qeIdentityChain: signers,
		pckCRLChain:     []*x509.Certificate{issuer.cert, p.root.cert},
	}, nil
}

func (s *statement) sign() (*dcap.Collateral, error) {
	info, infoSignature, err := signJSON(s.tcbSigner.key, s.tcbInfo)
	if err != nil {
		return nil, err
	}
	identity, identitySignature, err := signJSON(s.tcbSigner.key, s.qeIdentity)
	if err != nil {
		return nil, err
	}
	rootCRL, err := s.rootCRL.sign()
	if err != nil {
		return nil, err
	}
	pckCRL, err := s.pckCRL.sign()
	if err != nil {
		return nil, err
	}
	return &dcap.Collateral{
		PCKCRLIssuerChain:     encodePEM(s.pckCRLChain...),
		RootCRL:               rootCRL,
		PCKCRL:                pckCRL,
		TCBInfoIssuerChain:    encodePEM(s.tcbInfoChain...),
		TCBInfo:               info,
		TCBInfoSignature:      infoSignature,
		QEIdentityIssuerChain: encodePEM(s.qeIdentityChain...),
		QEIdentity:            identity,
		QEIdentitySignature:   identitySignature,
	}, nil
}

// signJSON writes the document and signs those very bytes.
func signJSON(key *ecdsa.PrivateKey, document any) (text, signature []byte, err error) {
	if text, err = json.Marshal(document); err != nil {
		return nil, nil, err
	}
	signature, err = signRaw(key, text)
	return text, signature, err
}

// serialRevoked is the one certificate on the PCK revocation lists. Nobody has it:
// it is there because Intel's lists are not empty either.
var serialRevoked = big.NewInt(0x51b)

func newCRL(issuer *certified, from time.Time, revoked ...*big.Int) crl {
	list := &x509.RevocationList{
		Number:     big.NewInt(1), // as Intel's, whatever the issue
		ThisUpdate: from,
		NextUpdate: from.Add(validFor),
	}
	for _, serial := range revoked {
		list.RevokedCertificateEntries = append(list.RevokedCertificateEntries, x509.RevocationListEntry{
			SerialNumber: serial, RevocationTime: from, ReasonCode: 1, // key compromise
		})
	}
	return crl{issuer, list}
}

func (c crl) sign() ([]byte, error) {
	return x509.CreateRevocationList(rand.Reader, c.list, c.issuer.cert, c.issuer.key)
}
