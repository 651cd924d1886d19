package collateral

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// Summary is what collateral says about itself, for people. Nothing in it is
// verified.
type Summary struct {
	ID dcap.CollateralID `json:"-"`
	// From and Until are the latest issue date and the earliest next update of the
	// parts.
	From  time.Time `json:"from"`
	Until time.Time `json:"until"`
	// Root is the common name of the root that the TCB info's issuer chain ends in,
	// RootSHA256 the digest of its certificate in hexadecimal.
	Root       string `json:"root"`
	RootSHA256 string `json:"rootSha256"`
	Parts      []Part `json:"parts"`
}

// Part is a signed document of collateral.
type Part struct {
	Name   string    `json:"name"`
	Issued time.Time `json:"issued"`
	Until  time.Time `json:"until"` // its next update
	// Revoked counts the entries of a revocation list, Levels the TCB levels of the
	// other documents, whose EvaluationNumber grows with Intel's TCB recoveries.
	Revoked          int    `json:"revoked"`
	Levels           int    `json:"levels"`
	EvaluationNumber uint32 `json:"evaluationNumber"`
	Size             int    `json:"size"` // bytes
}

// Summarize tells what is in collateral, and what it is the collateral of.
func Summarize(c *dcap.Collateral) (*Summary, error) {
	info, err := readDocument("TCB info", c.TCBInfo)
	if err != nil {
		return nil, err
	}
	identity, err := readDocument("QE identity", c.QEIdentity)
	if err != nil {
		return nil, err
	}
	s := &Summary{ID: dcap.CollateralID{TEE: dcap.TEE(strings.ToLower(info.ID))}}
	// This reads all parts strictly: what comes below can rely on their form.
	if s.From, s.Until, err = dcap.CollateralWindow(c, s.ID.TEE); err != nil {
		return nil, err
	}
	fmspc, err := hex.DecodeString(info.FMSPC)
	if err != nil || len(fmspc) != len(s.ID.FMSPC) {
		return nil, fmt.Errorf("collateral: TCB info: expected an FMSPC of 12 hexadecimal digits, got %.40q", info.FMSPC)
	}
	s.ID.FMSPC = [6]byte(fmspc)
	lists := make([]*x509.RevocationList, 2)
	for i, der := range [][]byte{c.RootCRL, c.PCKCRL} {
		if lists[i], err = x509.ParseRevocationList(der); err != nil {
			return nil, fmt.Errorf("collateral: revocation list: %w", err)
		}
		s.Parts = append(s.Parts, Part{
			Name: []string{"root CRL", "PCK CRL"}[i], Issued: lists[i].ThisUpdate, Until: lists[i].NextUpdate,
			Revoked: len(lists[i].RevokedCertificateEntries), Size: len(der),
		})
	}
	for _, ca := range []dcap.PCKCA{dcap.PCKCAPlatform, dcap.PCKCAProcessor} {
		if strings.Contains(strings.ToLower(lists[1].Issuer.CommonName), "pck "+string(ca)+" ca") {
			s.ID.CA = ca
		}
	}
	if err := checkID(s.ID); err != nil {
		return nil, fmt.Errorf("%w: the PCK CRL is of %.60q", err, lists[1].Issuer.CommonName)
	}
	s.Parts = append(s.Parts, info.part("TCB info", c.TCBInfo), identity.part("QE identity", c.QEIdentity))
	root, err := lastCertificate(c.TCBInfoIssuerChain)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(root.Raw)
	s.Root, s.RootSHA256 = root.Subject.CommonName, hex.EncodeToString(digest[:])
	return s, nil
}

// document has the members that a summary shows, of TCB info or QE identity.
type document struct {
	ID                      string            `json:"id"`
	FMSPC                   string            `json:"fmspc"`
	IssueDate               time.Time         `json:"issueDate"`
	NextUpdate              time.Time         `json:"nextUpdate"`
	TCBEvaluationDataNumber uint32            `json:"tcbEvaluationDataNumber"`
	TCBLevels               []json.RawMessage `json:"tcbLevels"`
}

func readDocument(what string, data []byte) (*document, error) {
	d := new(document)
	if err := json.Unmarshal(data, d); err != nil {
		return nil, fmt.Errorf("collateral: %s: %w", what, err)
	}
	return d, nil
}

func (d *document) part(name string, data []byte) Part {
	return Part{
		Name: name, Issued: d.IssueDate.UTC(), Until: d.NextUpdate.UTC(),
		Levels: len(d.TCBLevels), EvaluationNumber: d.TCBEvaluationDataNumber, Size: len(data),
	}
}

func lastCertificate(chain []byte) (*x509.Certificate, error) {
	var last *pem.Block
	for block, rest := pem.Decode(bytes.TrimSpace(chain)); block != nil; block, rest = pem.Decode(rest) {
		last = block
	}
	if last == nil {
		return nil, errors.New("collateral: TCB info issuer chain: expected certificates in PEM, got none")
	}
	cert, err := x509.ParseCertificate(last.Bytes)
	if err != nil {
		return nil, fmt.Errorf("collateral: TCB info issuer chain: %w", err)
	}
	return cert, nil
}
