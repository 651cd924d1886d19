package attest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
)

// MaxPolicySize bounds a policy in bytes of JSON, MaxMeasurements its list.
const (
	MaxPolicySize   = 256 << 10
	MaxMeasurements = 256
)

// Policy says which enclaves are wanted. Nothing in it is optional: a policy
// without measurements, or without a minimum tier, refuses everything.
//
// In JSON: {"minTier":"T1-genuine","measurements":[{"kind":"sgx","mrenclave":"<64 hex digits>"}]}.
type Policy struct {
	// MinTier is the lowest tier that is good enough.
	MinTier Tier `json:"minTier"`
	// Measurements are the enclaves that are good enough.
	Measurements []Measurement `json:"measurements"`
}

// Measurement names one enclave.
type Measurement struct {
	Kind      Kind   `json:"kind"`
	MRENCLAVE Digest `json:"mrenclave"`
}

// UnmarshalJSON implements json.Unmarshaler. It takes exactly the fields that
// [Policy] documents.
func (p *Policy) UnmarshalJSON(data []byte) error {
	if len(data) > MaxPolicySize {
		return fmt.Errorf("attest: policy: expected at most %d bytes of JSON, got %d", MaxPolicySize, len(data))
	}
	fields, err := strictjson.Exactly(data, "minTier", "measurements")
	if err != nil {
		return fmt.Errorf("attest: policy: %w", err)
	}
	var parsed Policy
	if err := errors.Join(
		json.Unmarshal(fields["minTier"], &parsed.MinTier),
		json.Unmarshal(fields["measurements"], &parsed.Measurements),
	); err != nil {
		return fmt.Errorf("attest: policy: %w", err)
	}
	if n := len(parsed.Measurements); n > MaxMeasurements {
		return fmt.Errorf("attest: policy: expected at most %d measurements, got %d", MaxMeasurements, n)
	}
	*p = parsed
	return nil
}

// UnmarshalJSON implements json.Unmarshaler, as strictly as [Policy] does.
func (m *Measurement) UnmarshalJSON(data []byte) error {
	fields, err := strictjson.Exactly(data, "kind", "mrenclave")
	if err != nil {
		return fmt.Errorf("measurement: %w", err)
	}
	var parsed Measurement
	if err := errors.Join(json.Unmarshal(fields["kind"], &parsed.Kind), json.Unmarshal(fields["mrenclave"], &parsed.MRENCLAVE)); err != nil {
		return fmt.Errorf("measurement: %w", err)
	}
	*m = parsed
	return nil
}

// ParsePolicy parses a policy from JSON.
func ParsePolicy(data []byte) (Policy, error) {
	var p Policy
	err := p.UnmarshalJSON(data)
	return p, err
}

// Expect is what one particular quote must say.
type Expect struct {
	// ReportData is compared whole, all 64 bytes.
	ReportData ReportData
}

// Names of the checks of [Validate], in the order in which they are made.
const (
	CheckNamePolicy      = "policy"
	CheckNameTier        = "tier"
	CheckNameDebug       = "debug"
	CheckNameAttributes  = "enclave-attributes"
	CheckNameMeasurement = "measurement"
	CheckNameReportData  = "report-data"
)

// Attribute flags that an enclave of ours has, and those that decide whether its
// keys are its own.
const (
	wantFlags = dcap.FlagInit | dcap.FlagMode64
	maskFlags = wantFlags | dcap.FlagProvisionKey | dcap.FlagEInitToken
)

// Validate answers whether claims are those of the enclave that was wanted. It
// holds no clock: claims are good until their NotAfter. A refusal is a
// [*CheckError].
func Validate(claims Claims, policy Policy, expect Expect) error {
	switch {
	case policy.MinTier < TierSimulated || policy.MinTier > TierEndorsed:
		return refuse(
			CheckNamePolicy, "a policy with a minimum tier", policy.MinTier.String(),
			"set minTier in the network profile's policy",
		)
	case len(policy.Measurements) == 0:
		return refuse(
			CheckNamePolicy, "a policy with at least one measurement", "none, which accepts nothing",
			"list the enclaves to accept in the network profile's policy",
		)
	case expect == Expect{}:
		return refuse(
			CheckNamePolicy, "the report data that the quote must hold", "64 zero bytes",
			"this is an error of the program: report it",
		)
	case claims.Tier < policy.MinTier:
		return refuse(
			CheckNameTier, "tier "+policy.MinTier.String()+" or higher", claims.Tier.String(), tierHint(claims.Tier),
		)
	case claims.Debug || claims.Attributes.Flags&dcap.FlagDebug != 0:
		return refuse(
			CheckNameDebug, "an enclave whose memory its host cannot read", "a DEBUG enclave",
			"no prompt may go to it: use another pod",
		)
	case claims.Kind == KindSGX && claims.Attributes.Flags&maskFlags != wantFlags:
		return refuse(
			CheckNameAttributes, fmt.Sprintf("attribute flags %#x under mask %#x", wantFlags, maskFlags),
			fmt.Sprintf("%#x", claims.Attributes.Flags), "this is not an enclave as we build them: use another pod",
		)
	case !policy.allows(claims.Kind, claims.MRENCLAVE):
		return refuse(
			CheckNameMeasurement, "an enclave of the policy: "+policy.list(), fmt.Sprintf("%s %s", claims.Kind, claims.MRENCLAVE),
			"the pod runs other code than this policy allows: use another pod, or update the policy if the release is newer than it",
		)
	case claims.ReportData != expect.ReportData:
		return refuse(
			CheckNameReportData, expect.ReportData.String(), claims.ReportData.String(),
			"the quote was made for another identity, pod, network or block: fetch the pod's record again, and if that does not help use another pod",
		)
	}
	return nil
}

func refuse(check, want, got, hint string) error {
	return &CheckError{Check: check, Want: want, Got: got, Hint: hint}
}

func tierHint(t Tier) string {
	if t == TierSimulated {
		return "this evidence is SIMULATED and no hardware protects the prompt: it is accepted only where the policy's minTier is " + TierSimulated.String()
	}
	return "use a pod on an endorsed machine, or lower the policy's minTier if you accept that its operator could open the server"
}

func (p *Policy) allows(kind Kind, mrenclave Digest) bool {
	for _, m := range p.Measurements {
		if m.Kind == kind && m.MRENCLAVE == mrenclave {
			return true
		}
	}
	return false
}

// list shows the policy's measurements in an error, as many as a person reads.
func (p *Policy) list() string {
	const most = 3
	var names []string
	for i, m := range p.Measurements {
		if i == most {
			names = append(names, fmt.Sprintf("and %d more", len(p.Measurements)-most))
			break
		}
		names = append(names, fmt.Sprintf("%s %s", m.Kind, m.MRENCLAVE))
	}
	return strings.Join(names, ", ")
}
