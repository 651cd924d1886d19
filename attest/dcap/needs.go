package dcap

import (
	"crypto/x509"
	"strings"
)

// Needs tells which collateral a quote needs. It believes the certificate that
// the quote carries; [Verify] finds out.
func Needs(raw []byte) (CollateralID, error) {
	q, err := ParseQuote(raw)
	if err != nil {
		return CollateralID{}, err
	}
	certs, err := q.certificates()
	if err != nil {
		return CollateralID{}, err
	}
	pck, err := ParsePCK(certs[0])
	if err != nil {
		return CollateralID{}, err
	}
	id := CollateralID{TEE: q.TEE(), FMSPC: pck.FMSPC, CA: PCKCAProcessor}
	switch issuer := certs[0].Issuer.CommonName; {
	case strings.Contains(issuer, phrasePlatformCA):
		id.CA = PCKCAPlatform
	case !strings.Contains(issuer, phraseProcessorCA):
		return CollateralID{}, CheckPCKChain.failed("a PCK certificate of the Platform or the Processor CA", "one of "+shown(issuer), hintUntrusted)
	}
	return id, nil
}

// PCKCertificate is the PCK certificate that the quote carries, in DER.
func (q *Quote) PCKCertificate() ([]byte, error) {
	certs, err := q.certificates()
	if err != nil {
		return nil, err
	}
	return certs[0].Raw, nil
}

// certificates are those that the quote carries, the PCK certificate first.
func (q *Quote) certificates() ([]*x509.Certificate, error) {
	n := 3
	if q.leafOnly {
		n = 1
	}
	if q.byPPID {
		return nil, CheckPCKChain.failed("a quote that carries its PCK certificate", "one that names its platform by PPID",
			"the pod's platform must be provisioned with its PCK certificate chain (a PCCS), so that its quotes carry it")
	}
	return parsePEM(CheckPCKChain, "the quote's chain", q.CertChainPEM, n)
}
