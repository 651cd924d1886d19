package dcap

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest/strictjson"
)

// Limits of collateral in bytes. Real sets have about 25,000 in all; the largest
// parts are the PCK CRL of the Platform CA and the TCB info.
const (
	MaxCollateralSize     = 1 << 20   // JSON of a whole set
	maxCollateralPartSize = 256 << 10 // any one part of it
)

// TEE is the kind of trusted execution environment that collateral is about.
type TEE string

// The two kinds.
const (
	TEESGX TEE = "sgx"
	TEETDX TEE = "tdx"
)

// CollateralID names the collateral that a quote needs.
type CollateralID struct {
	TEE   TEE
	FMSPC [6]byte // the platform's model
	CA    PCKCA   // who issued its PCK certificate
}

// String implements fmt.Stringer: "sgx-00606a000000-platform".
func (id CollateralID) String() string {
	return fmt.Sprintf("%s-%x-%s", id.TEE, id.FMSPC, id.CA)
}

// Collateral is what Intel publishes about a model of platform, as it came from
// the Provisioning Certification Service (version 4): nothing in it is believed
// before [Verify] has checked it. It does not hold for one machine only, and it
// holds no secret: whoever has it may serve it.
//
// In JSON it has the members that other verifiers use: PEM chains and JSON
// documents as strings, CRLs (DER) and signatures (r||s) in hexadecimal.
type Collateral struct {
	PCKCRLIssuerChain     []byte // PEM: PCK CA, root
	RootCRL               []byte // DER
	PCKCRL                []byte // DER
	TCBInfoIssuerChain    []byte // PEM: TCB signing certificate, root
	TCBInfo               []byte // JSON, the exact bytes that are signed
	TCBInfoSignature      []byte // 64 bytes
	QEIdentityIssuerChain []byte // PEM: TCB signing certificate, root
	QEIdentity            []byte // JSON, the exact bytes that are signed
	QEIdentitySignature   []byte // 64 bytes
	// PCKCertificateChain is the platform's own: PCK certificate, PCK CA, root, in
	// PEM. It is used for quotes that carry none, and may be empty.
	PCKCertificateChain []byte
}

// collateralJSON is the wire form, in the order in which it is written.
type collateralJSON struct {
	PCKCRLIssuerChain     string `json:"pck_crl_issuer_chain"`
	RootCRL               string `json:"root_ca_crl"`
	PCKCRL                string `json:"pck_crl"`
	TCBInfoIssuerChain    string `json:"tcb_info_issuer_chain"`
	TCBInfo               string `json:"tcb_info"`
	TCBInfoSignature      string `json:"tcb_info_signature"`
	QEIdentityIssuerChain string `json:"qe_identity_issuer_chain"`
	QEIdentity            string `json:"qe_identity"`
	QEIdentitySignature   string `json:"qe_identity_signature"`
	PCKCertificateChain   string `json:"pck_certificate_chain,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (c Collateral) MarshalJSON() ([]byte, error) {
	return json.Marshal(collateralJSON{
		PCKCRLIssuerChain:     string(c.PCKCRLIssuerChain),
		RootCRL:               hex.EncodeToString(c.RootCRL),
		PCKCRL:                hex.EncodeToString(c.PCKCRL),
		TCBInfoIssuerChain:    string(c.TCBInfoIssuerChain),
		TCBInfo:               string(c.TCBInfo),
		TCBInfoSignature:      hex.EncodeToString(c.TCBInfoSignature),
		QEIdentityIssuerChain: string(c.QEIdentityIssuerChain),
		QEIdentity:            string(c.QEIdentity),
		QEIdentitySignature:   hex.EncodeToString(c.QEIdentitySignature),
		PCKCertificateChain:   string(c.PCKCertificateChain),
	})
}

// UnmarshalJSON implements json.Unmarshaler. It holds the form, not the contents:
// those are for [Verify].
func (c *Collateral) UnmarshalJSON(data []byte) error {
	if len(data) > MaxCollateralSize {
		return fmt.Errorf("collateral: expected at most %d bytes of JSON, got %d", MaxCollateralSize, len(data))
	}
	fields, err := strictjson.Known(data, []string{
		"pck_crl_issuer_chain", "root_ca_crl", "pck_crl", "tcb_info_issuer_chain", "tcb_info", "tcb_info_signature",
		"qe_identity_issuer_chain", "qe_identity", "qe_identity_signature",
	}, []string{"pck_certificate_chain"})
	if err != nil {
		return fmt.Errorf("collateral: %w", err)
	}
	var parsed Collateral
	for _, part := range []struct {
		name  string
		into  *[]byte
		inHex bool
		size  int // exact, 0 for any
	}{
		{"pck_crl_issuer_chain", &parsed.PCKCRLIssuerChain, false, 0},
		{"root_ca_crl", &parsed.RootCRL, true, 0},
		{"pck_crl", &parsed.PCKCRL, true, 0},
		{"tcb_info_issuer_chain", &parsed.TCBInfoIssuerChain, false, 0},
		{"tcb_info", &parsed.TCBInfo, false, 0},
		{"tcb_info_signature", &parsed.TCBInfoSignature, true, 64},
		{"qe_identity_issuer_chain", &parsed.QEIdentityIssuerChain, false, 0},
		{"qe_identity", &parsed.QEIdentity, false, 0},
		{"qe_identity_signature", &parsed.QEIdentitySignature, true, 64},
		{"pck_certificate_chain", &parsed.PCKCertificateChain, false, 0},
	} {
		raw, ok := fields[part.name]
		if !ok || string(raw) == "null" {
			continue // optional: Known has found the others
		}
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return fmt.Errorf("collateral: %s: expected a string: %w", part.name, err)
		}
		value := []byte(text)
		if part.inHex {
			if value, err = hex.DecodeString(text); err != nil {
				return fmt.Errorf("collateral: %s: expected hexadecimal digits: %w", part.name, err)
			}
		}
		switch {
		case part.size != 0 && len(value) != part.size:
			return fmt.Errorf("collateral: %s: expected %d bytes, got %d", part.name, part.size, len(value))
		case len(value) > maxCollateralPartSize:
			return fmt.Errorf("collateral: %s: expected at most %d bytes, got %d", part.name, maxCollateralPartSize, len(value))
		}
		*part.into = value
	}
	*c = parsed
	return nil
}

// ParseCollateral reads a set of collateral from JSON.
func ParseCollateral(data []byte) (*Collateral, error) {
	c := new(Collateral)
	if err := c.UnmarshalJSON(data); err != nil {
		return nil, err
	}
	return c, nil
}

// TCBStatus is Intel's word for how a platform's, a quoting enclave's or a TDX
// module's security versions stand against what is current.
type TCBStatus string

// The statuses, best first. Anything else in collateral is an error.
const (
	TCBUpToDate                          TCBStatus = "UpToDate"
	TCBSWHardeningNeeded                 TCBStatus = "SWHardeningNeeded"
	TCBConfigurationNeeded               TCBStatus = "ConfigurationNeeded"
	TCBConfigurationAndSWHardeningNeeded TCBStatus = "ConfigurationAndSWHardeningNeeded"
	TCBOutOfDate                         TCBStatus = "OutOfDate"
	TCBOutOfDateConfigurationNeeded      TCBStatus = "OutOfDateConfigurationNeeded"
	TCBRevoked                           TCBStatus = "Revoked"
)

// TCB is how a platform stands, as its collateral has it.
type TCB struct {
	Status   TCBStatus `json:"status"`           // of everything together, as Intel's verifier converges it
	Platform TCBStatus `json:"platform"`         // of the platform's matching TCB level
	QE       TCBStatus `json:"qe"`               // of the quoting enclave's
	Module   TCBStatus `json:"module,omitempty"` // of the TDX module's; empty for SGX
	// Advisories are the INTEL-SA ids of all matching levels, sorted, each once.
	Advisories []string `json:"advisories"`
	// Date is the tcbDate of the platform's matching level.
	Date time.Time `json:"date"`
	// EvaluationNumber is the lower tcbEvaluationDataNumber of TCB info and QE
	// identity. It grows with each of Intel's TCB recoveries.
	EvaluationNumber uint32 `json:"evaluationNumber"`
	// Issued is the earlier issue date of TCB info and QE identity.
	Issued time.Time `json:"issued"`
}
