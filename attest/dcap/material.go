package dcap

import (
	"crypto/x509"
	"fmt"
	"time"
)

// material is collateral that has been parsed. Nothing in it is verified yet.
type material struct {
	crlCA, crlRoot            *x509.Certificate // issuer of the PCK CRL, and its root
	tcbSigner, tcbRoot        *x509.Certificate // of the TCB info
	qeSigner, qeRoot          *x509.Certificate // of the QE identity: the same, as a rule
	rootCRL, pckCRL           *x509.RevocationList
	tcbInfo                   *tcbInfo
	qeIdentity                *qeIdentity
	tcbSigned, qeSigned       []byte
	tcbSignature, qeSignature [64]byte
}

func parseMaterial(c *Collateral, tee TEE) (*material, error) {
	for _, part := range [][]byte{c.PCKCRLIssuerChain, c.RootCRL, c.PCKCRL, c.TCBInfoIssuerChain, c.TCBInfo, c.QEIdentityIssuerChain, c.QEIdentity, c.PCKCertificateChain} {
		if len(part) > maxCollateralPartSize {
			return nil, CheckCollateral.failed(fmt.Sprintf("parts of at most %d bytes", maxCollateralPartSize), fmt.Sprintf("one of %d bytes", len(part)), hintRefetch)
		}
	}
	m := &material{tcbSigned: c.TCBInfo, qeSigned: c.QEIdentity}
	for _, chain := range []struct {
		what         string
		pem          []byte
		issued, root **x509.Certificate
	}{
		{"a PCK CRL issuer chain (PCK CA, root)", c.PCKCRLIssuerChain, &m.crlCA, &m.crlRoot},
		{"a TCB info issuer chain (TCB signer, root)", c.TCBInfoIssuerChain, &m.tcbSigner, &m.tcbRoot},
		{"a QE identity issuer chain (TCB signer, root)", c.QEIdentityIssuerChain, &m.qeSigner, &m.qeRoot},
	} {
		certs, err := parsePEM(CheckCollateral, chain.what, chain.pem, 2)
		if err != nil {
			return nil, err
		}
		*chain.issued, *chain.root = certs[0], certs[1]
	}
	var err error
	if m.rootCRL, err = parseCRL("revocation list of the root", c.RootCRL); err != nil {
		return nil, err
	}
	if m.pckCRL, err = parseCRL("revocation list of PCK certificates", c.PCKCRL); err != nil {
		return nil, err
	}
	for _, sig := range []struct {
		what string
		from []byte
		into *[64]byte
	}{{"TCB info", c.TCBInfoSignature, &m.tcbSignature}, {"QE identity", c.QEIdentitySignature, &m.qeSignature}} {
		if len(sig.from) != len(sig.into) {
			return nil, CheckCollateral.failed("a signature of 64 bytes over the "+sig.what, shown(string(sig.from)), hintRefetch)
		}
		copy(sig.into[:], sig.from)
	}
	if m.tcbInfo, err = parseTCBInfo(c.TCBInfo, tee); err != nil {
		return nil, CheckCollateral.failed("TCB info of version 3 for "+string(tee), err.Error(), hintRefetch)
	}
	if m.qeIdentity, err = parseQEIdentity(c.QEIdentity, tee); err != nil {
		return nil, CheckCollateral.failed("a QE identity of version 2 for "+string(tee), err.Error(), hintRefetch)
	}
	return m, nil
}

func (m *material) crlWindows() []window {
	return []window{
		{"the revocation list of the root", m.rootCRL.ThisUpdate, m.rootCRL.NextUpdate},
		{"the revocation list of PCK certificates", m.pckCRL.ThisUpdate, m.pckCRL.NextUpdate},
	}
}

// window is from the latest issue date to the earliest next update.
func (m *material) window() window {
	windows := append(m.crlWindows(), m.tcbInfo.window, m.qeIdentity.window)
	all := earliest(windows)
	all.what = "the collateral"
	for _, w := range windows {
		if w.from.After(all.from) {
			all.from = w.from
		}
	}
	return all
}

// CollateralWindow tells from when until when collateral is good, judged by its
// dates alone: the latest issue date and the earliest next update of revocation
// lists, TCB info and QE identity. Nothing is verified: it is for whoever keeps
// collateral and has to know when to fetch it again.
func CollateralWindow(c *Collateral, tee TEE) (from, until time.Time, err error) {
	m, err := parseMaterial(c, tee)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	w := m.window()
	return w.from, w.until, nil
}
