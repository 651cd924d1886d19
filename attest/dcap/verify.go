package dcap

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"time"
)

// Options are the parameters of [Verify]. Each is needed.
type Options struct {
	// Root is the one certificate that all chains must end in, from [IntelRoot] or
	// [ParseRoot]. It is compared as bytes.
	Root *x509.Certificate
	// Now is the instant at which certificates and collateral must be valid.
	Now time.Time
	// Collateral is what Intel says about the platform.
	Collateral *Collateral
}

// Result holds the facts of a genuine quote.
type Result struct {
	Quote *Quote
	Chain Chain
	CA    PCKCA
	PCK   *PCK
	TCB   TCB
	// NotAfter is the earliest end of validity of everything that the verification
	// used: the result must not be relied on after it.
	NotAfter time.Time
	// Checks were made, in this order, and passed.
	Checks []Check
}

// verification is a [Verify] under way.
type verification struct {
	*Result
	raw  []byte
	opts Options
	m    *material

	qeLevel, moduleLevel *level
}

// step is a check and how it is made. What it found is one line for people.
type step struct {
	check Check
	run   func() (found string, err error)
}

// Verify verifies a quote, in the order of Intel's own verification library. A
// nil error means that every check in the result's Checks passed. A refusal is a
// [*CheckError].
func Verify(raw []byte, opts Options) (*Result, error) {
	if opts.Root == nil || opts.Now.IsZero() {
		return nil, errors.New("dcap.Verify: Options.Root and Options.Now must be set")
	}
	v := &verification{Result: new(Result), raw: raw, opts: opts}
	for _, s := range v.steps() {
		found, err := s.run()
		if err != nil {
			var refused *CheckError
			if errors.As(err, &refused) {
				refused.Passed = v.Checks
			}
			return nil, err
		}
		if s.check.Name == CheckTDXModule.Name && v.Quote.TD == nil {
			continue // an SGX enclave has none
		}
		s.check.Value = found
		v.Checks = append(v.Checks, s.check)
	}
	return v.Result, nil
}

func (v *verification) steps() []step {
	return []step{
		{CheckFormat, v.parse},
		{CheckCollateral, v.parseCollateral},
		{CheckTrustAnchor, v.checkAnchor},
		{CheckPCKChain, v.checkPCKChain},
		{CheckPCKExtension, v.checkPCKExtension},
		{CheckTCBSigner, v.checkTCBSigner},
		{CheckValidity, v.checkValidity},
		{CheckCRLSignature, v.checkCRLs},
		{CheckCRLValidity, v.checkCRLValidity},
		{CheckRevocation, v.checkRevocation},
		{CheckTCBInfoSignature, v.checkTCBInfoSignature},
		{CheckTCBInfoValidity, v.checkTCBInfoValidity},
		{CheckTCBInfoPlatform, v.checkTCBInfoPlatform},
		{CheckQEIdentitySignature, v.checkQEIdentitySignature},
		{CheckQEIdentityValidity, v.checkQEIdentityValidity},
		{CheckQESignature, v.checkQESignature},
		{CheckQESigner, v.checkQESigner},
		{CheckQEAttributes, v.checkQEAttributes},
		{CheckQEIdentity, v.checkQEIdentity},
		{CheckQEBinding, v.checkQEBinding},
		{CheckAttestationKey, v.checkAttestationKey},
		{CheckQuoteSignature, v.checkQuoteSignature},
		{CheckTDXModule, v.checkTDXModule},
		{CheckQETCB, v.checkQETCB},
		{CheckTCB, v.checkTCB},
	}
}

func (v *verification) parse() (found string, err error) {
	if v.Quote, err = ParseQuote(v.raw); err != nil {
		return "", err
	}
	return fmt.Sprintf("version %d, %s, %d bytes", v.Quote.Header.Version, v.Quote.TEE(), v.Quote.Size), nil
}

func (v *verification) parseCollateral() (found string, err error) {
	if v.opts.Collateral == nil {
		return "", CheckCollateral.failed("Intel's collateral for the platform", "none", "fetch it (phallama collateral fetch), or use a pod that serves its own")
	}
	if v.m, err = parseMaterial(v.opts.Collateral, v.Quote.TEE()); err != nil {
		return "", err
	}
	w := v.m.window()
	return fmt.Sprintf("issued %s, good until %s", stamp(w.from), stamp(w.until)), nil
}

// checkAnchor compares the roots of all chains with the pinned one, before
// anything in them is trusted. Intel itself ships a root for tests with the very
// name of the real one, hence bytes.
func (v *verification) checkAnchor() (found string, err error) {
	if v.Chain, err = parseChain(v.Quote, v.opts.Collateral); err != nil {
		return "", err
	}
	root := v.opts.Root
	for _, chain := range []struct {
		what string
		root *x509.Certificate
	}{
		{"PCK certificate chain", v.Chain.Root},
		{"PCK CRL issuer chain", v.m.crlRoot},
		{"TCB info issuer chain", v.m.tcbRoot},
		{"QE identity issuer chain", v.m.qeRoot},
	} {
		if !bytes.Equal(chain.root.Raw, root.Raw) {
			return "", CheckTrustAnchor.failed(
				fmt.Sprintf("the %s to end in the pinned root %s (SHA-256 %s)", chain.what, shown(root.Subject.CommonName), fingerprint(root)),
				fmt.Sprintf("%s (SHA-256 %s)", shown(chain.root.Subject.CommonName), fingerprint(chain.root)),
				"the quote comes from a platform that this network does not accept: do not use this pod here")
		}
	}
	return fmt.Sprintf("%s, SHA-256 %.16s…", root.Subject.CommonName, fingerprint(root)), nil
}

func fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return hex.EncodeToString(sum[:])
}

func (v *verification) checkPCKChain() (string, error) {
	if err := v.Chain.check(); err != nil {
		return "", err
	}
	v.CA = v.Chain.ca()
	return "PCK certificate, " + v.Chain.CA.Subject.CommonName + ", root", nil
}

func (v *verification) checkPCKExtension() (found string, err error) {
	if v.PCK, err = ParsePCK(v.Chain.PCK); err != nil {
		return "", err
	}
	return fmt.Sprintf("FMSPC %x, SGX type %s, PCE SVN %d", v.PCK.FMSPC, v.PCK.SGXType, v.PCK.PCESVN), nil
}

func (v *verification) checkTCBSigner() (string, error) {
	for _, signer := range []*x509.Certificate{v.m.tcbSigner, v.m.qeSigner} {
		if err := checkCertificate(CheckTCBSigner, signer, v.opts.Root, roleTCB); err != nil {
			return "", err
		}
	}
	return v.m.tcbSigner.Subject.CommonName, nil
}

// certificates are all that the verification relies on.
func (v *verification) certificates() []window {
	return []window{
		validity(roleRoot, v.Chain.Root), validity(rolePCKCA, v.Chain.CA), validity(rolePCK, v.Chain.PCK),
		validity(rolePCKCA, v.m.crlCA), validity(roleTCB, v.m.tcbSigner), validity(roleTCB, v.m.qeSigner),
	}
}

func (v *verification) checkValidity() (string, error) {
	for _, w := range v.certificates() {
		if err := w.holds(CheckValidity, v.opts.Now, hintClock); err != nil {
			return "", err
		}
	}
	first := earliest(v.certificates())
	v.expires(first)
	return fmt.Sprintf("until %s (%s)", stamp(first.until), first.what), nil
}

// expires has the result end with the window, if it does not end before.
func (v *verification) expires(w window) {
	if v.NotAfter.IsZero() || w.until.Before(v.NotAfter) {
		v.NotAfter = w.until
	}
}

func (v *verification) checkCRLs() (string, error) {
	if err := checkCRL("revocation list of the root", v.m.rootCRL, v.opts.Root); err != nil {
		return "", err
	}
	// The list must be of the very CA that issued the certificate: Intel has two, and
	// each has a list of its own.
	if err := checkCRL("revocation list of PCK certificates", v.m.pckCRL, v.Chain.CA); err != nil {
		return "", err
	}
	return v.opts.Root.Subject.CommonName + ", " + v.Chain.CA.Subject.CommonName, nil
}

func (v *verification) checkCRLValidity() (string, error) {
	windows := v.m.crlWindows()
	for _, w := range windows {
		if err := w.holds(CheckCRLValidity, v.opts.Now, hintStale); err != nil {
			return "", err
		}
		v.expires(w)
	}
	return "next update " + stamp(earliest(windows).until), nil
}

func (v *verification) checkRevocation() (string, error) {
	for _, c := range []struct {
		role role
		cert *x509.Certificate
		crl  *x509.RevocationList
	}{
		{rolePCKCA, v.Chain.CA, v.m.rootCRL},
		{roleTCB, v.m.tcbSigner, v.m.rootCRL},
		{roleTCB, v.m.qeSigner, v.m.rootCRL},
		{rolePCK, v.Chain.PCK, v.m.pckCRL},
	} {
		if err := checkNotRevoked(c.role, c.cert, c.crl); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("not among %d and %d revoked", len(v.m.rootCRL.RevokedCertificateEntries), len(v.m.pckCRL.RevokedCertificateEntries)), nil
}

func (v *verification) checkTCBInfoSignature() (string, error) {
	if err := verifyRaw(v.m.tcbSigner, v.m.tcbSigned, v.m.tcbSignature); err != nil {
		return "", CheckTCBInfoSignature.failed("a signature of the TCB signing key over the TCB info's bytes", err.Error(), hintRefetch)
	}
	return fmt.Sprintf("%d bytes", len(v.m.tcbSigned)), nil
}

func (v *verification) checkTCBInfoValidity() (string, error) {
	w := v.m.tcbInfo.window
	if err := w.holds(CheckTCBInfoValidity, v.opts.Now, hintStale); err != nil {
		return "", err
	}
	v.expires(w)
	return fmt.Sprintf("%s to %s, evaluation number %d", stamp(w.from), stamp(w.until), v.m.tcbInfo.evaluationNumber), nil
}

func (v *verification) checkTCBInfoPlatform() (string, error) {
	info := v.m.tcbInfo
	if info.fmspc != v.PCK.FMSPC || info.pceID != v.PCK.PCEID {
		return "", CheckTCBInfoPlatform.failed(
			fmt.Sprintf("TCB info of FMSPC %x and PCE id %x", v.PCK.FMSPC, v.PCK.PCEID), fmt.Sprintf("FMSPC %x and PCE id %x", info.fmspc, info.pceID), hintRefetch)
	}
	return fmt.Sprintf("FMSPC %x", info.fmspc), nil
}

func (v *verification) checkQEIdentitySignature() (string, error) {
	if err := verifyRaw(v.m.qeSigner, v.m.qeSigned, v.m.qeSignature); err != nil {
		return "", CheckQEIdentitySignature.failed("a signature of the TCB signing key over the QE identity's bytes", err.Error(), hintRefetch)
	}
	return fmt.Sprintf("%d bytes", len(v.m.qeSigned)), nil
}

func (v *verification) checkQEIdentityValidity() (string, error) {
	w := v.m.qeIdentity.window
	if err := w.holds(CheckQEIdentityValidity, v.opts.Now, hintStale); err != nil {
		return "", err
	}
	v.expires(w)
	return fmt.Sprintf("%s to %s, evaluation number %d", stamp(w.from), stamp(w.until), v.m.qeIdentity.evaluationNumber), nil
}
