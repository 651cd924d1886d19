package dcap

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// Intel's SGX quoting enclave, the same since its first release: see the "QE"
// enclave identity of Intel's Provisioning Certification Service.
const (
	qeISVProdID = 1
	// qeFlags are the attribute flags of the identity, under qeFlagsMask, which
	// leaves MODE64 open.
	qeFlags     = FlagInit | FlagProvisionKey
	qeFlagsMask = ^FlagMode64
)

// qeMRSIGNER is the signer of Intel's quoting enclaves for SGX. A PCK key
// certifies any enclave that may use the provisioning key, so that without this
// check a home-made "quoting enclave" could speak for any MRENCLAVE.
var qeMRSIGNER = [32]byte{
	0x8c, 0x4f, 0x57, 0x75, 0xd7, 0x96, 0x50, 0x3e, 0x96, 0x13, 0x7f, 0x77, 0xc6, 0x8a, 0x82, 0x9a,
	0x00, 0x56, 0xac, 0x8d, 0xed, 0x70, 0x14, 0x0b, 0x08, 0x1b, 0x09, 0x44, 0x90, 0xc5, 0x7b, 0xff,
}

// Options are the parameters of [Verify]. Each is needed.
type Options struct {
	// Root is the one certificate that the chain must end in, from [IntelRoot]
	// or [ParseRoot]. It is compared as bytes.
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
	// NotAfter is the earliest end of validity of what the verification used: the
	// result must not be relied on after it.
	NotAfter time.Time
	// Checks were made, in this order, and passed.
	Checks []Check
	// NotChecked are those of Intel's procedure that were not made.
	NotChecked []Check
}

// Verify verifies an SGX quote, version 3. A nil error means that every check in
// the result's Checks passed. A refusal is a [*CheckError].
func Verify(raw []byte, opts Options) (*Result, error) {
	if opts.Root == nil || opts.Now.IsZero() {
		return nil, errors.New("dcap.Verify: Options.Root and Options.Now must be set")
	}
	res := new(Result)
	for _, step := range []struct {
		check Check
		run   func() error
	}{
		{CheckFormat, func() (err error) { res.Quote, err = ParseQuote(raw); return err }},
		{CheckTrustAnchor, func() error { return res.anchor(opts.Root) }},
		{CheckPCKChain, func() error { return res.Chain.check() }},
		{CheckValidity, func() error { return res.Chain.checkValidity(opts.Now) }},
		{CheckPCKExtension, func() (err error) { res.PCK, err = ParsePCK(res.Chain.PCK); return err }},
		{CheckQESignature, res.checkQESignature},
		{CheckQESigner, func() error { return checkQESigner(&res.Quote.QEReport) }},
		{CheckQEAttributes, func() error { return checkQEAttributes(&res.Quote.QEReport) }},
		{CheckQEBinding, func() error { return res.Quote.checkQEBinding() }},
		{CheckAttestationKey, func() error { _, err := res.Quote.attestationKey(); return err }},
		{CheckQuoteSignature, func() error { return res.Quote.checkSignature() }},
	} {
		if err := step.run(); err != nil {
			return nil, err
		}
		res.Checks = append(res.Checks, step.check)
	}
	res.CA = res.Chain.ca()
	res.NotAfter = res.Chain.notAfter()
	res.NotChecked = []Check{NotCheckedCRL, NotCheckedTCBStatus, NotCheckedAdvisories, NotCheckedQEIdentity}
	return res, nil
}

// anchor reads the chain and compares its root with the pinned one, before
// anything in it is trusted. Intel itself ships a root for tests with the very
// name of the real one, hence bytes.
func (r *Result) anchor(root *x509.Certificate) (err error) {
	if r.Chain, err = parseChain(r.Quote.CertChainPEM); err != nil {
		return err
	}
	if !bytes.Equal(r.Chain.Root.Raw, root.Raw) {
		return CheckTrustAnchor.failed(
			fmt.Sprintf("the pinned root %s (SHA-256 %s)", shown(root.Subject.CommonName), fingerprint(root)),
			fmt.Sprintf("%s (SHA-256 %s)", shown(r.Chain.Root.Subject.CommonName), fingerprint(r.Chain.Root)),
			"the quote comes from a platform that this network does not accept: do not use this pod here")
	}
	return nil
}

func fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return hex.EncodeToString(sum[:])
}

func (r *Result) checkQESignature() error {
	key, ok := r.Chain.PCK.PublicKey.(*ecdsa.PublicKey)
	if !ok || !verifyRaw(key, r.Quote.qeReport, r.Quote.QEReportSignature) {
		return CheckQESignature.failed("a signature of the PCK key over the quoting enclave's report", "one that does not verify", hintDamaged)
	}
	return nil
}

func checkQESigner(qe *Report) error {
	if qe.MRSIGNER != qeMRSIGNER || qe.ISVProdID != qeISVProdID {
		return CheckQESigner.failed(
			fmt.Sprintf("MRSIGNER %x with product id %d", qeMRSIGNER, qeISVProdID),
			fmt.Sprintf("MRSIGNER %x with product id %d", qe.MRSIGNER, qe.ISVProdID), hintUntrusted)
	}
	return nil
}

func checkQEAttributes(qe *Report) error {
	if qe.Flags&qeFlagsMask != qeFlags || qe.MiscSelect != 0 {
		return CheckQEAttributes.failed(
			fmt.Sprintf("attribute flags %#x under mask %#x and MISCSELECT 0 (no DEBUG)", qeFlags, qeFlagsMask),
			fmt.Sprintf("flags %#x, MISCSELECT %#x", qe.Flags, qe.MiscSelect), hintUntrusted)
	}
	return nil
}

// checkQEBinding checks that the QE's report data is SHA-256 of the attestation
// key and the QE's authentication data, then zeros.
func (q *Quote) checkQEBinding() error {
	h := sha256.New()
	h.Write(q.AttestationKey[:])
	h.Write(q.QEAuthData)
	var want [64]byte
	h.Sum(want[:0])
	if q.QEReport.ReportData != want {
		return CheckQEBinding.failed(fmt.Sprintf("QE report data %x", want), fmt.Sprintf("%x", q.QEReport.ReportData), hintDamaged)
	}
	return nil
}

func (q *Quote) attestationKey() (*ecdsa.PublicKey, error) {
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), append([]byte{4}, q.AttestationKey[:]...))
	if err != nil {
		return nil, CheckAttestationKey.failed("a point on P-256", shown(err.Error()), hintDamaged)
	}
	return key, nil
}

func (q *Quote) checkSignature() error {
	key, err := q.attestationKey()
	if err != nil {
		return err
	}
	if !verifyRaw(key, q.signed, q.Signature) {
		return CheckQuoteSignature.failed("a signature of the attestation key over header and report", "one that does not verify", hintDamaged)
	}
	return nil
}

// verifyRaw verifies a signature r||s over SHA-256 of the message.
func verifyRaw(key *ecdsa.PublicKey, message []byte, sig [64]byte) bool {
	digest := sha256.Sum256(message)
	return ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(sig[:32]), new(big.Int).SetBytes(sig[32:]))
}
