package attest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
)

// MaxQuoteSize bounds a quote in bytes, wherever one is taken in.
const MaxQuoteSize = dcap.MaxQuoteSize

// Evidence is a quote and the kind of enclave it is of. On chain the quote is
// stored as its bytes, the kind beside it as its number. In JSON it is
// {"kind":"sgx","quote":"<base64>"}.
type Evidence struct {
	Kind  Kind   `json:"kind"`
	Quote []byte `json:"quote"`
}

// NewEvidence makes evidence from a quote, whose header tells the kind.
func NewEvidence(quote []byte) (Evidence, error) {
	header, err := dcap.ParseHeader(quote)
	if err != nil {
		return Evidence{}, err
	}
	ev := Evidence{Quote: bytes.Clone(quote)}
	switch {
	case header.Version >= 3 && header.Version <= 5 && header.TEEType == dcap.TEETypeSGX:
		ev.Kind = KindSGX
	case header.Version >= 4 && header.Version <= 5 && header.TEEType == dcap.TEETypeTDX:
		ev.Kind = KindTDX
	default:
		return Evidence{}, &CheckError{
			Check: dcap.CheckFormat.Name,
			Want:  "a DCAP quote of version 3 to 5 for SGX or TDX",
			Got:   fmt.Sprintf("version %d, TEE type %#x", header.Version, header.TEEType),
			Hint:  "these bytes are no quote: look at where they come from",
		}
	}
	return ev, nil
}

// ParseEvidence makes evidence from a quote and the kind that somebody says it
// has. That the two agree is checked.
func ParseEvidence(kind Kind, quote []byte) (Evidence, error) {
	ev, err := NewEvidence(quote)
	if err != nil {
		return Evidence{}, err
	}
	if ev.Kind != kind {
		return Evidence{}, &CheckError{
			Check: dcap.CheckFormat.Name,
			Want:  fmt.Sprintf("a quote of kind %s, as stated", kind),
			Got:   fmt.Sprintf("kind %s", ev.Kind),
			Hint:  "the pod states a kind that its quote does not have: use another pod",
		}
	}
	return ev, nil
}

// JoinEvidence makes evidence of what a registry holds: of an SGX enclave the
// quote without its certificates and the platform's PCK certificate in DER, of a
// TDX guest the whole quote and no certificate. An SGX quote that still has its
// certificates comes without one too.
func JoinEvidence(kind Kind, quote, pckCertificate []byte) (Evidence, error) {
	switch {
	case len(pckCertificate) == 0:
	case kind != KindSGX:
		return Evidence{}, &CheckError{
			Check: dcap.CheckFormat.Name,
			Want:  fmt.Sprintf("no PCK certificate beside a quote of kind %s, which holds its own", kind),
			Got:   fmt.Sprintf("one of %d bytes", len(pckCertificate)),
			Hint:  "the registry's record is wrong: use another pod",
		}
	default:
		joined, err := dcap.JoinQuote(quote, pckCertificate)
		if err != nil {
			return Evidence{}, err
		}
		quote = joined
	}
	return ParseEvidence(kind, quote)
}

// Split is the reverse of [JoinEvidence].
func (e Evidence) Split() (quote, pckCertificate []byte, err error) {
	if e.Kind != KindSGX {
		return bytes.Clone(e.Quote), nil, nil
	}
	q, err := dcap.ParseQuote(e.Quote)
	if err != nil {
		return nil, nil, err
	}
	if pckCertificate, err = q.PCKCertificate(); err != nil {
		return nil, nil, err
	}
	quote, err = q.WithoutCertificates()
	return quote, pckCertificate, err
}

// ReportData is what the quote says that it is over. Nothing of it is verified.
func (e Evidence) ReportData() (ReportData, error) {
	q, err := dcap.ParseQuote(e.Quote)
	if err != nil {
		return ReportData{}, err
	}
	return q.ReportData(), nil
}

// Collateral is what Intel publishes about a model of platform.
type Collateral = dcap.Collateral

// CollateralID names the collateral that a quote needs.
type CollateralID = dcap.CollateralID

// ParseCollateral reads collateral from JSON.
func ParseCollateral(data []byte) (*Collateral, error) { return dcap.ParseCollateral(data) }

// Needs tells which collateral the evidence needs. It believes the certificate
// that the quote carries.
func (e Evidence) Needs() (CollateralID, error) { return dcap.Needs(e.Quote) }

// UnmarshalJSON implements json.Unmarshaler. It refuses what [ParseEvidence]
// refuses.
func (e *Evidence) UnmarshalJSON(data []byte) error {
	// Base64 of the largest quote, the field names and some white space.
	const limit = MaxQuoteSize*4/3 + 256
	if len(data) > limit {
		return fmt.Errorf("attest: evidence: expected at most %d bytes of JSON, got %d", limit, len(data))
	}
	fields, err := strictjson.Exactly(data, "kind", "quote")
	if err != nil {
		return fmt.Errorf("attest: evidence: %w", err)
	}
	var kind Kind
	var quote []byte
	if err := errors.Join(json.Unmarshal(fields["kind"], &kind), json.Unmarshal(fields["quote"], &quote)); err != nil {
		return fmt.Errorf("attest: evidence: %w", err)
	}
	*e, err = ParseEvidence(kind, quote)
	return err
}
