package attest

import (
	"errors"
	"slices"

	"github.com/phallama/phallama/attest/dcap"
)

// Outcome is what an attempt to decide about evidence came to.
type Outcome int

// Outcomes. Their numbers are the exit statuses of `phallama verify`.
const (
	Trusted     Outcome = iota // genuine, and accepted by the policy
	NotAccepted                // genuine, but not accepted by the policy
	NotGenuine                 // not a genuine quote, or of something that Intel has revoked
	NotChecked                 // it could not be found out: collateral missing or stale, chain not reachable
)

var outcomeNames = []string{"trusted", "not-accepted", "not-genuine", "not-checked"}

// String implements fmt.Stringer.
func (o Outcome) String() string { return outcomeNames[o] }

// MarshalText implements encoding.TextMarshaler.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// policyChecks are those of a policy: what they refuse is genuine.
var policyChecks = []Check{
	CheckPolicy, CheckDebug, CheckMeasurement, CheckAttributes, CheckEndorsement, CheckTier, CheckTCBAccepted, CheckAdvisories,
	CheckCollateral, CheckPlatform, CheckQESVN, CheckReportData, CheckQuoteAge, CheckKeyLifetimes, CheckStanding, CheckFresh,
}

// collateralChecks are those of what Intel says about the platform rather than of
// the quote: other collateral may pass.
var collateralChecks = []Check{
	dcap.CheckCollateral, dcap.CheckTCBSigner, dcap.CheckCRLSignature, dcap.CheckCRLValidity, dcap.CheckTCBInfoSignature,
	dcap.CheckTCBInfoValidity, dcap.CheckTCBInfoPlatform, dcap.CheckQEIdentitySignature, dcap.CheckQEIdentityValidity,
}

// OutcomeOf tells what an error of Verify, Validate or anything on the way to them
// means. A nil error is Trusted.
func OutcomeOf(err error) Outcome {
	var refused *CheckError
	switch {
	case err == nil:
		return Trusted
	case !errors.As(err, &refused):
		return NotChecked
	case has(policyChecks, refused.Check):
		return NotAccepted
	case has(collateralChecks, refused.Check):
		return NotChecked
	}
	return NotGenuine
}

func has(checks []Check, name string) bool {
	return slices.ContainsFunc(checks, func(c Check) bool { return c.Name == name })
}
