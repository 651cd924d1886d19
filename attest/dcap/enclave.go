package dcap

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"
)

// qeFlags are the attribute flags of Intel's quoting enclaves, under qeFlagsMask,
// which leaves MODE64 open.
const (
	qeFlags     = FlagInit | FlagProvisionKey
	qeFlagsMask = ^FlagMode64
)

// quotingEnclaves are Intel's, the same since their first releases: see the QE
// and TD_QE identities of Intel's Provisioning Certification Service. A PCK key
// certifies any enclave that may use the provisioning key, so that a home-made
// "quoting enclave" could speak for any measurement. Intel's signed identity says
// the same; this does not depend on it.
var quotingEnclaves = map[TEE]struct {
	mrsigner  [32]byte
	isvProdID uint16
}{
	TEESGX: {[32]byte{
		0x8c, 0x4f, 0x57, 0x75, 0xd7, 0x96, 0x50, 0x3e, 0x96, 0x13, 0x7f, 0x77, 0xc6, 0x8a, 0x82, 0x9a,
		0x00, 0x56, 0xac, 0x8d, 0xed, 0x70, 0x14, 0x0b, 0x08, 0x1b, 0x09, 0x44, 0x90, 0xc5, 0x7b, 0xff,
	}, 1},
	TEETDX: {[32]byte{
		0xdc, 0x9e, 0x2a, 0x7c, 0x6f, 0x94, 0x8f, 0x17, 0x47, 0x4e, 0x34, 0xa7, 0xfc, 0x43, 0xed, 0x03,
		0x0f, 0x7c, 0x15, 0x63, 0xf1, 0xba, 0xbd, 0xdf, 0x63, 0x40, 0xc8, 0x2e, 0x0e, 0x54, 0xa8, 0xc5,
	}, 2},
}

func (v *verification) checkQESignature() (string, error) {
	if err := verifyRaw(v.Chain.PCK, v.Quote.qeReport, v.Quote.QEReportSignature); err != nil {
		return "", CheckQESignature.failed("a signature of the PCK key over the quoting enclave's report", err.Error(), hintDamaged)
	}
	return "by the PCK key", nil
}

func (v *verification) checkQESigner() (string, error) {
	qe, want := &v.Quote.QEReport, quotingEnclaves[v.Quote.TEE()]
	if qe.MRSIGNER != want.mrsigner || qe.ISVProdID != want.isvProdID {
		return "", CheckQESigner.failed(
			fmt.Sprintf("MRSIGNER %x with product id %d", want.mrsigner, want.isvProdID),
			fmt.Sprintf("MRSIGNER %x with product id %d", qe.MRSIGNER, qe.ISVProdID), hintUntrusted)
	}
	return fmt.Sprintf("MRSIGNER %.8x…, product id %d", qe.MRSIGNER, qe.ISVProdID), nil
}

func (v *verification) checkQEAttributes() (string, error) {
	qe := &v.Quote.QEReport
	if qe.Flags&qeFlagsMask != qeFlags || qe.MiscSelect != 0 {
		return "", CheckQEAttributes.failed(
			fmt.Sprintf("attribute flags %#x under mask %#x and MISCSELECT 0 (no DEBUG)", qeFlags, qeFlagsMask),
			fmt.Sprintf("flags %#x, MISCSELECT %#x", qe.Flags, qe.MiscSelect), hintUntrusted)
	}
	return fmt.Sprintf("flags %#x", qe.Flags), nil
}

func (v *verification) checkQEIdentity() (string, error) {
	if err := v.m.qeIdentity.matches(&v.Quote.QEReport); err != nil {
		return "", err
	}
	return "signer, product, attributes and MISCSELECT as signed", nil
}

// checkQEBinding checks that the QE's report data is SHA-256 of the attestation
// key and the QE's authentication data, then zeros.
func (v *verification) checkQEBinding() (string, error) {
	h := sha256.New()
	h.Write(v.Quote.AttestationKey[:])
	h.Write(v.Quote.QEAuthData)
	var want [64]byte
	h.Sum(want[:0])
	if v.Quote.QEReport.ReportData != want {
		return "", CheckQEBinding.failed(fmt.Sprintf("QE report data %x", want), fmt.Sprintf("%x", v.Quote.QEReport.ReportData), hintDamaged)
	}
	return fmt.Sprintf("%.8x…", want[:32]), nil
}

func (v *verification) checkAttestationKey() (string, error) {
	if _, err := v.Quote.attestationKey(); err != nil {
		return "", err
	}
	return fmt.Sprintf("%.8x…", v.Quote.AttestationKey), nil
}

func (v *verification) checkQuoteSignature() (string, error) {
	key, err := v.Quote.attestationKey()
	if err != nil {
		return "", err
	}
	if err := verifyKey(key, v.Quote.signed, v.Quote.Signature); err != nil {
		return "", CheckQuoteSignature.failed("a signature of the attestation key over header and report", err.Error(), hintDamaged)
	}
	return fmt.Sprintf("over %d bytes", len(v.Quote.signed)), nil
}

func (v *verification) checkTDXModule() (string, error) {
	td := v.Quote.TD
	module, l, err := v.m.tcbInfo.moduleFor(td)
	if err != nil {
		return "", err
	}
	var attributes [8]byte
	binary.LittleEndian.PutUint64(attributes[:], td.SEAMAttributes)
	for i := range attributes {
		attributes[i] &= module.mask[i]
	}
	switch {
	case td.MRSIGNERSEAM != module.mrsigner:
		return "", CheckTDXModule.failed(fmt.Sprintf("MRSIGNERSEAM %x", module.mrsigner), fmt.Sprintf("%x", td.MRSIGNERSEAM), hintUntrusted)
	case attributes != module.attributes:
		return "", CheckTDXModule.failed(fmt.Sprintf("SEAM attributes %x under mask %x", module.attributes, module.mask), fmt.Sprintf("%x", attributes), hintUntrusted)
	}
	v.moduleLevel = l
	found := fmt.Sprintf("version %d, security version %d", td.TEETCBSVN[1], td.TEETCBSVN[0])
	if l != nil {
		found += ": " + string(l.Status)
	}
	return found, nil
}

func (v *verification) checkQETCB() (string, error) {
	svn := v.Quote.QEReport.ISVSVN
	if v.qeLevel = svnLevelFor(v.m.qeIdentity.levels, svn); v.qeLevel == nil {
		return "", CheckQETCB.failed("a level of the QE identity for security version "+fmt.Sprint(svn), "none", hintUntrusted)
	}
	if v.qeLevel.Status == TCBRevoked {
		return "", CheckQETCB.failed("a quoting enclave that Intel has not revoked", fmt.Sprintf("security version %d, %s", svn, TCBRevoked), hintUntrusted)
	}
	return fmt.Sprintf("security version %d: %s", svn, v.qeLevel.Status), nil
}

// checkTCB finds the platform's level and converges it with those of the quoting
// enclave and the TDX module. What is not current is for a policy to judge; what
// Intel has revoked is not genuine any more.
func (v *verification) checkTCB() (string, error) {
	l := v.m.tcbInfo.platformLevelFor(v.PCK, v.Quote.TD)
	if l == nil {
		return "", CheckTCB.failed("a TCB level that the platform reaches", fmt.Sprintf("none, with component SVNs %x and PCE SVN %d", v.PCK.ComponentSVNs, v.PCK.PCESVN), hintUntrusted)
	}
	tcb := TCB{Status: l.Status.converge(v.qeLevel.Status), Platform: l.Status, QE: v.qeLevel.Status, Date: l.Date}
	levels := []*level{l, v.qeLevel}
	if v.moduleLevel != nil {
		tcb.Module = v.moduleLevel.Status
		tcb.Status = tcb.Status.converge(tcb.Module)
		levels = append(levels, v.moduleLevel)
	}
	if tcb.Status == TCBRevoked {
		return "", CheckTCB.failed("a platform that Intel has not revoked", fmt.Sprintf("%s, TCB level of %s", TCBRevoked, l.Date.Format(time.DateOnly)), hintUntrusted)
	}
	for _, l := range levels {
		tcb.Advisories = append(tcb.Advisories, l.Advisories...)
	}
	slices.Sort(tcb.Advisories)
	tcb.Advisories = slices.Compact(tcb.Advisories)
	info, qe := v.m.tcbInfo, v.m.qeIdentity
	tcb.EvaluationNumber = min(info.evaluationNumber, qe.evaluationNumber)
	tcb.Issued = slices.MinFunc([]time.Time{info.window.from, qe.window.from}, func(a, b time.Time) int { return cmp.Compare(a.Unix(), b.Unix()) })
	v.TCB = tcb
	advisories := "no advisories"
	if len(tcb.Advisories) > 0 {
		advisories = strings.Join(tcb.Advisories, ", ")
	}
	return fmt.Sprintf("%s (%s), level of %s", tcb.Status, advisories, l.Date.Format(time.DateOnly)), nil
}
