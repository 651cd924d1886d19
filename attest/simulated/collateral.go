package simulated

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// How long collateral is good for, from a moment before it was asked for. Intel's
// is good for 30 days as well.
const (
	collateralLife   = 30 * 24 * time.Hour
	evaluationNumber = 18
)

// Collateral issues what Intel publishes about machines of this model, fresh at
// the platform's clock: a devnet that was left alone for months has good collateral
// again when it starts.
func (p *Platform) Collateral(tee dcap.TEE) (*dcap.Collateral, error) {
	if tee != dcap.TEESGX && tee != dcap.TEETDX {
		return nil, fmt.Errorf("simulated platform: expected collateral of kind %q or %q to be asked for, got %.40q", dcap.TEESGX, dcap.TEETDX, tee)
	}
	issuer := p.issuer()
	rootCRL, err := p.crl(NameRoot, p.root)
	if err != nil {
		return nil, err
	}
	pckCRL, err := p.crl(strings.TrimPrefix(issuer.cert.Subject.CommonName, simulatedName), issuer)
	if err != nil {
		return nil, err
	}
	info, infoSignature, err := p.signDocument(p.tcbInfo(tee), p.edits.TCBInfo)
	if err != nil {
		return nil, err
	}
	identity, identitySignature, err := p.signDocument(p.qeIdentity(tee), p.edits.QEIdentity)
	if err != nil {
		return nil, err
	}
	c := &dcap.Collateral{
		PCKCRLIssuerChain:     chainPEM(issuer, p.root),
		RootCRL:               rootCRL,
		PCKCRL:                pckCRL,
		TCBInfoIssuerChain:    chainPEM(p.tcbSigner, p.root),
		TCBInfo:               info,
		TCBInfoSignature:      infoSignature,
		QEIdentityIssuerChain: chainPEM(p.tcbSigner, p.root),
		QEIdentity:            identity,
		QEIdentitySignature:   identitySignature,
	}
	if p.edits.Collateral != nil {
		p.edits.Collateral(c)
	}
	return c, nil
}

func (p *Platform) issued() time.Time { return p.now().Add(-backdated).UTC().Truncate(time.Second) }

// crl issues a revocation list with one entry, of a certificate that nobody has.
func (p *Platform) crl(name string, issuer certified) ([]byte, error) {
	template := &x509.RevocationList{
		Number:     big.NewInt(1),
		ThisUpdate: p.issued(),
		NextUpdate: p.issued().Add(collateralLife),
		RevokedCertificateEntries: []x509.RevocationListEntry{
			{SerialNumber: big.NewInt(0x51d), RevocationTime: p.issued()},
		},
	}
	if p.edits.CRL != nil {
		p.edits.CRL(name, template)
	}
	der, err := x509.CreateRevocationList(rand.Reader, template, issuer.cert, issuer.key)
	if err != nil {
		return nil, fmt.Errorf("simulated platform: issuing the revocation list of %s: %w", name, err)
	}
	return der, nil
}

func (p *Platform) signDocument(document any, edit func([]byte) []byte) (signed, signature []byte, err error) {
	raw, err := json.Marshal(document)
	if err != nil {
		return nil, nil, err
	}
	raw = replace(edit, raw)
	signature, err = signRaw(p.tcbSigner.key, raw)
	return raw, signature, err
}

// The documents are written with the members, and in the order, of Intel's.
type (
	tcbInfoDocument struct {
		ID               string           `json:"id"`
		Version          int              `json:"version"`
		IssueDate        string           `json:"issueDate"`
		NextUpdate       string           `json:"nextUpdate"`
		FMSPC            string           `json:"fmspc"`
		PCEID            string           `json:"pceId"`
		TCBType          int              `json:"tcbType"`
		EvaluationNumber int              `json:"tcbEvaluationDataNumber"`
		Module           *moduleDocument  `json:"tdxModule,omitempty"`
		Modules          []moduleDocument `json:"tdxModuleIdentities,omitempty"`
		Levels           []levelDocument  `json:"tcbLevels"`
	}
	moduleDocument struct {
		ID         string          `json:"id,omitempty"`
		MRSIGNER   string          `json:"mrsigner"`
		Attributes string          `json:"attributes"`
		Mask       string          `json:"attributesMask"`
		Levels     []levelDocument `json:"tcbLevels,omitempty"`
	}
	qeIdentityDocument struct {
		ID               string          `json:"id"`
		Version          int             `json:"version"`
		IssueDate        string          `json:"issueDate"`
		NextUpdate       string          `json:"nextUpdate"`
		EvaluationNumber int             `json:"tcbEvaluationDataNumber"`
		MiscSelect       string          `json:"miscselect"`
		MiscSelectMask   string          `json:"miscselectMask"`
		Attributes       string          `json:"attributes"`
		AttributesMask   string          `json:"attributesMask"`
		MRSIGNER         string          `json:"mrsigner"`
		ISVProdID        int             `json:"isvprodid"`
		Levels           []levelDocument `json:"tcbLevels"`
	}
	levelDocument struct {
		TCB        any            `json:"tcb"`
		Date       string         `json:"tcbDate"`
		Status     dcap.TCBStatus `json:"tcbStatus"`
		Advisories []string       `json:"advisoryIDs,omitempty"`
	}
	platformTCB struct {
		SGX    []component `json:"sgxtcbcomponents"`
		PCESVN int         `json:"pcesvn"`
		TDX    []component `json:"tdxtcbcomponents,omitempty"`
	}
	component struct {
		SVN int `json:"svn"`
	}
	enclaveTCB struct {
		ISVSVN int `json:"isvsvn"`
	}
)

// Security versions of the simulated TDX module, and what its levels want.
var (
	teeTCBSVN     = [16]byte{5, 1, 2}
	tdxComponents = [16]byte{5, 0, 2}
)

// tcbInfo has three levels: the platform's own, with the status that Intel gives
// most servers (software hardening, which enclaves have), and two below it.
func (p *Platform) tcbInfo(tee dcap.TEE) tcbInfoDocument {
	doc := tcbInfoDocument{
		ID: "SGX", Version: 3, IssueDate: p.issued().Format(time.RFC3339), NextUpdate: p.issued().Add(collateralLife).Format(time.RFC3339),
		FMSPC: strings.ToUpper(hex.EncodeToString(fmspc[:])), PCEID: strings.ToUpper(hex.EncodeToString(pceID[:])), EvaluationNumber: evaluationNumber,
	}
	zeros := strings.Repeat("0", 96)
	module := moduleDocument{MRSIGNER: zeros, Attributes: zeros[:16], Mask: strings.Repeat("F", 16)}
	if tee == dcap.TEETDX {
		doc.ID = "TDX"
		doc.Module = &module
		one := module
		one.ID = "TDX_01"
		one.Levels = []levelDocument{
			{TCB: enclaveTCB{4}, Date: "2026-03-11T00:00:00Z", Status: dcap.TCBUpToDate},
			{TCB: enclaveTCB{2}, Date: "2025-08-13T00:00:00Z", Status: dcap.TCBOutOfDate, Advisories: []string{"INTEL-SA-01192"}},
		}
		doc.Modules = []moduleDocument{one}
	}
	older, oldest := p.svns, p.svns
	older[0]--
	older[1]--
	oldest[0], oldest[1] = 1, 1
	for _, l := range []struct {
		svns       [16]byte
		pceSVN     int
		date       string
		status     dcap.TCBStatus
		advisories []string
	}{
		{p.svns, pceSVN, "2026-03-11T00:00:00Z", dcap.TCBSWHardeningNeeded, []string{"INTEL-SA-00615"}},
		{older, pceSVN, "2025-08-13T00:00:00Z", dcap.TCBOutOfDate, []string{"INTEL-SA-00615", "INTEL-SA-01153"}},
		{oldest, 5, "2018-01-04T00:00:00Z", dcap.TCBOutOfDate, []string{"INTEL-SA-00106", "INTEL-SA-00615", "INTEL-SA-01153"}},
	} {
		tcb := platformTCB{SGX: listed(l.svns), PCESVN: l.pceSVN}
		if tee == dcap.TEETDX {
			tcb.TDX = listed(tdxComponents)
		}
		doc.Levels = append(doc.Levels, levelDocument{TCB: tcb, Date: l.date, Status: l.status, Advisories: l.advisories})
	}
	return doc
}

func listed(svns [16]byte) []component {
	out := make([]component, len(svns))
	for i, svn := range svns {
		out[i].SVN = int(svn)
	}
	return out
}

func (p *Platform) qeIdentity(tee dcap.TEE) qeIdentityDocument {
	qe := quotingEnclaves[tee]
	return qeIdentityDocument{
		ID: qe.identity, Version: 2, IssueDate: p.issued().Format(time.RFC3339), NextUpdate: p.issued().Add(collateralLife).Format(time.RFC3339),
		EvaluationNumber: evaluationNumber,
		MiscSelect:       "00000000", MiscSelectMask: "FFFFFFFF",
		Attributes: "11000000000000000000000000000000", AttributesMask: "FBFFFFFFFFFFFFFF0000000000000000",
		MRSIGNER: strings.ToUpper(hex.EncodeToString(qe.mrsigner[:])), ISVProdID: int(qe.isvProdID),
		Levels: []levelDocument{
			{TCB: enclaveTCB{qeISVSVN}, Date: "2026-03-11T00:00:00Z", Status: dcap.TCBUpToDate},
			{TCB: enclaveTCB{6}, Date: "2021-11-10T00:00:00Z", Status: dcap.TCBOutOfDate, Advisories: []string{"INTEL-SA-00615"}},
			{TCB: enclaveTCB{1}, Date: "2018-08-15T00:00:00Z", Status: dcap.TCBRevoked, Advisories: []string{"INTEL-SA-00202", "INTEL-SA-00615"}},
		},
	}
}
