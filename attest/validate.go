package attest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// Expect is what one particular quote must say, and what is known beside it.
type Expect struct {
	// Now is the instant at which the policy is applied.
	Now time.Time
	// ChainID and Registry are of the network at hand. A policy for another is refused.
	ChainID  uint64
	Registry protocol.Address
	// ReportData is compared whole, all 64 bytes.
	ReportData ReportData
	// AnyReportData leaves ReportData out: for a look at a quote of which nothing is
	// expected, never for a decision to trust a pod.
	AnyReportData bool
	// Endorsements were handed over with the evidence.
	Endorsements []protocol.SignedEndorsement
}

// Verdict is how claims stood against a policy.
type Verdict struct {
	// Tier is that of the claims, or T2 where the policy's endorsers vouch for the machine.
	Tier Tier `json:"tier"`
	// NotAfter is until when the verdict holds, if nothing is revoked before: the
	// earliest end of claims, policy, measurement, collateral and of the endorsements
	// that the tier needs. After it evidence is verified and validated anew.
	NotAfter time.Time `json:"notAfter"`
	// Checks were made and passed, in this order.
	Checks []Check `json:"checks"`
	// Warnings are for whoever relies on it.
	Warnings []string `json:"warnings,omitempty"`
}

// The checks of [Policy.Validate], in the order in which they are made; of
// [Policy.ValidateRecord]; and of whoever asked for the quote.
var (
	CheckPolicy       = Check{Name: "policy", Sentence: "There is a policy, it is in its time, and it is for this network."}
	CheckDebug        = Check{Name: "debug", Sentence: "The enclave's or guest's memory cannot be read by its host."}
	CheckMeasurement  = Check{Name: "measurement", Sentence: "The policy accepts this enclave or guest, now."}
	CheckAttributes   = Check{Name: "enclave-attributes", Sentence: "Its attributes are those of an enclave or guest that keeps its secrets."}
	CheckEndorsement  = Check{Name: "endorsement", Sentence: "Who vouches for the machine was counted."}
	CheckTier         = Check{Name: "tier", Sentence: "The tier is the policy's minimum or higher."}
	CheckTCBAccepted  = Check{Name: "tcb-accepted", Sentence: "The policy accepts the platform's TCB status."}
	CheckAdvisories   = Check{Name: "advisories", Sentence: "The policy accepts each of the platform's security advisories."}
	CheckCollateral   = Check{Name: "collateral-age", Sentence: "Intel's word about the platform is recent enough for the policy."}
	CheckPlatform     = Check{Name: "platform", Sentence: "The policy accepts this kind of machine, and does not deny this one."}
	CheckQESVN        = Check{Name: "qe-svn", Sentence: "The quoting enclave is recent enough for the policy."}
	CheckReportData   = Check{Name: "report-data", Sentence: "The quote binds what it must: network, pod, operator, identity, and a block or our nonce."}
	CheckQuoteAge     = Check{Name: "quote-age", Sentence: "The quote is recent enough for the policy."}
	CheckKeyLifetimes = Check{Name: "key-lifetimes", Sentence: "Identity and request key do not live longer than the policy allows."}
	CheckFresh        = Check{Name: "fresh", Sentence: "The enclave that holds the request key was quoted just now, over a nonce of ours."}
	CheckStanding     = Check{Name: "chain-standing", Sentence: "Governance on chain has not taken back its word on measurement and platform."}
)

// rule is a check of a policy and how it is made.
type rule struct {
	check Check
	run   func() (found string, err error)
}

// apply makes checks in order. A refusal carries those that passed before it.
func apply(passed []Check, rules []rule) ([]Check, error) {
	for _, r := range rules {
		found, err := r.run()
		if err != nil {
			var refused *CheckError
			if errors.As(err, &refused) {
				refused.Passed = passed
			}
			return passed, err
		}
		r.check.Value = found
		passed = append(passed, r.check)
	}
	return passed, nil
}

func refuse(c Check, want, got, hint string) error {
	return &CheckError{Check: c.Name, Want: want, Got: got, Hint: hint}
}

// Validate answers whether claims are those of an enclave that the policy wants.
// A refusal is a [*CheckError].
func (p Policy) Validate(claims Claims, expect Expect) (Verdict, error) {
	v := Verdict{Tier: claims.Tier, NotAfter: claims.NotAfter}
	v.endsAt(p.Expires)
	var err error
	v.Checks, err = apply(nil, []rule{
		{CheckPolicy, func() (string, error) { return p.checkScope(expect) }},
		{CheckDebug, func() (string, error) { return checkDebug(claims) }},
		{CheckMeasurement, func() (string, error) { return p.checkMeasurement(claims, expect.Now, &v) }},
		{CheckAttributes, func() (string, error) { return p.checkAttributes(claims) }},
		{CheckEndorsement, func() (string, error) { return p.countEndorsers(claims, expect, &v) }},
		{CheckTier, func() (string, error) { return p.checkTier(v.Tier) }},
		{CheckTCBAccepted, func() (string, error) { return p.checkTCB(claims.TCB) }},
		{CheckAdvisories, func() (string, error) { return p.checkAdvisories(claims.TCB) }},
		{CheckCollateral, func() (string, error) { return p.checkCollateral(claims, expect.Now, &v) }},
		{CheckPlatform, func() (string, error) { return p.checkPlatform(claims) }},
		{CheckQESVN, func() (string, error) { return p.checkQE(claims) }},
		{CheckReportData, func() (string, error) { return checkReportData(claims, expect) }},
	})
	return v, err
}

// endsAt lets the verdict end at an instant, if that is before its end so far.
func (v *Verdict) endsAt(end time.Time) {
	if end.Before(v.NotAfter) {
		v.NotAfter = end
	}
}

// ValidateAll holds claims against several policies: each must accept. So what one
// of them adds alone never widens what is trusted. The verdict has the checks of
// the last, the lowest tier, the earliest end and all warnings.
func ValidateAll(claims Claims, policies []Policy, expect Expect) (Verdict, error) {
	if len(policies) == 0 {
		return Verdict{}, refuse(CheckPolicy, "at least one policy", "none, which accepts nothing", "put a policy into the network's profile")
	}
	var all Verdict
	for i, p := range policies {
		v, err := p.Validate(claims, expect)
		if err != nil {
			return Verdict{}, err
		}
		if i == 0 {
			all = v
			continue
		}
		all.Tier = min(all.Tier, v.Tier)
		all.endsAt(v.NotAfter)
		all.Checks, all.Warnings = v.Checks, append(all.Warnings, v.Warnings...)
	}
	return all, nil
}

func (p *Policy) checkScope(expect Expect) (string, error) {
	if err := p.Check(); err != nil {
		return "", refuse(CheckPolicy, "a complete policy", err.Error(), "correct the policy; docs/spec/policy.schema.json is its schema")
	}
	switch {
	case expect.Now.IsZero():
		return "", refuse(CheckPolicy, "the instant at which the policy is applied", "none", "this is an error of the program: report it")
	case !expect.AnyReportData && expect.ReportData == ReportData{}:
		return "", refuse(CheckPolicy, "the report data that the quote must hold", "64 zero bytes", "this is an error of the program: report it")
	case expect.ChainID != p.ChainID:
		return "", refuse(CheckPolicy, fmt.Sprintf("a policy for chain %d", expect.ChainID), fmt.Sprintf("one for chain %d", p.ChainID), "use the policy of this network")
	case p.Registry != Any && !strings.EqualFold(p.Registry, expect.Registry.String()):
		return "", refuse(CheckPolicy, "a policy for registry "+expect.Registry.String(), "one for registry "+p.Registry, "use the policy of this network")
	case expect.Now.Before(p.ValidFrom) || expect.Now.After(p.Expires):
		return "", refuse(CheckPolicy, "a policy that is valid at "+stamp(expect.Now), fmt.Sprintf("one that is valid from %s to %s", stamp(p.ValidFrom), stamp(p.Expires)),
			"check this machine's clock; if it is right, update this program or the network's profile")
	}
	hash := p.Hash()
	return fmt.Sprintf("epoch %d, hash %.16s…, until %s", p.Epoch, hash, p.Expires.Format(time.DateOnly)), nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func checkDebug(claims Claims) (string, error) {
	if claims.Debug {
		return "", refuse(CheckDebug, "an enclave whose memory its host cannot read", "a DEBUG enclave", "no prompt may go to it: use another pod")
	}
	return "no DEBUG enclave", nil
}

// Attributes of an SGX enclave of ours, those that decide whether its keys are its
// own, and the same for TDX guests (Intel TDX Module specification, TD ATTRIBUTES).
const (
	wantFlags = dcap.FlagInit | dcap.FlagMode64
	maskFlags = wantFlags | dcap.FlagProvisionKey | dcap.FlagEInitToken

	tdUntrusted     = 0xff                  // TUD: the guest is under debug
	tdReserved      = 0x7fff_ffff_0fff_ff00 // bits 8 to 27 and 32 to 62
	tdSEPTVEDisable = 1 << 28               // keeps the host from provoking exceptions
	tdMigratable    = 1 << 29               // a service TD may be bound later, and move its memory elsewhere
)

func (p *Policy) checkAttributes(claims Claims) (string, error) {
	if td := claims.TDX; td != nil {
		switch {
		case td.Attributes&(tdUntrusted|tdReserved|tdMigratable) != 0 || td.Attributes&tdSEPTVEDisable == 0:
			return "", refuse(CheckAttributes, "TD attributes with SEPT_VE_DISABLE, and without debug bits, MIGRATABLE and reserved bits", fmt.Sprintf("%#x", td.Attributes),
				"this is not a guest as we build them: use another pod")
		case td.MRServiceTD != Digest48{}:
			return "", refuse(CheckAttributes, "no service TD", td.MRServiceTD.String(), "another guest may reach into this one: use another pod")
		case td.MRSIGNERSEAM != Digest48{}:
			return "", refuse(CheckAttributes, "a TDX module of Intel's (MRSIGNERSEAM zero)", td.MRSIGNERSEAM.String(), "use another pod")
		}
		return fmt.Sprintf("TD attributes %#x, XFAM %#x", td.Attributes, td.XFAM), nil
	}
	if claims.Attributes.Flags&maskFlags != wantFlags {
		return "", refuse(CheckAttributes, fmt.Sprintf("attribute flags %#x under mask %#x", wantFlags, maskFlags), fmt.Sprintf("%#x", claims.Attributes.Flags),
			"this is not an enclave as we build them: use another pod")
	}
	return fmt.Sprintf("flags %#x, XFRM %#x", claims.Attributes.Flags, claims.Attributes.XFRM), nil
}

// countEndorsers raises a genuine claim to an endorsed one. A simulated claim stays
// what it is.
func (p *Policy) countEndorsers(claims Claims, expect Expect, v *Verdict) (string, error) {
	n, until := p.endorsed(claims.Platform.Machine, expect.Endorsements, expect.Now)
	if n >= p.Endorsers.Threshold && claims.Tier == TierGenuine {
		v.Tier = TierEndorsed
		v.endsAt(until)
	}
	return fmt.Sprintf("%d of %d needed, machine %.16s…", n, p.Endorsers.Threshold, claims.Platform.Machine), nil
}

func (p *Policy) checkTier(tier Tier) (string, error) {
	if tier < p.MinTier {
		hint := "use a pod on an endorsed machine, or lower the policy's minTier if you accept that its operator could open the server"
		if tier == TierSimulated {
			hint = "this evidence is SIMULATED and no hardware protects the prompt: it is accepted only where the policy's minTier is " + TierSimulated.String()
		}
		return "", refuse(CheckTier, "tier "+p.MinTier.String()+" or higher", tier.String(), hint)
	}
	return tier.String(), nil
}

const hintPlatform = "use a pod on another machine, or change the policy if you know what you accept"

func (p *Policy) checkTCB(tcb dcap.TCB) (string, error) {
	if !slices.Contains(p.TCB.Statuses, tcb.Status) {
		return "", refuse(CheckTCBAccepted, fmt.Sprintf("a TCB status among %q", p.TCB.Statuses), string(tcb.Status), hintPlatform)
	}
	return string(tcb.Status), nil
}

func (p *Policy) checkAdvisories(tcb dcap.TCB) (string, error) {
	for _, id := range tcb.Advisories {
		if !slices.Contains(p.TCB.Advisories, id) || slices.Contains(p.TCB.DeniedAdvisories, id) {
			return "", refuse(CheckAdvisories, fmt.Sprintf("advisories among %q only, and none of %q", p.TCB.Advisories, p.TCB.DeniedAdvisories), id, hintPlatform)
		}
	}
	if len(tcb.Advisories) == 0 {
		return "none", nil
	}
	return strings.Join(tcb.Advisories, ", "), nil
}

func (p *Policy) checkCollateral(claims Claims, now time.Time, v *Verdict) (string, error) {
	const hint = "fetch the collateral again (phallama collateral fetch), from Intel if it came from elsewhere"
	tcb, maxAge := claims.TCB, time.Duration(p.TCB.MaxCollateralAge)
	switch {
	case now.After(claims.NotAfter):
		return "", refuse(CheckCollateral, "claims that hold at "+stamp(now), "claims that held until "+stamp(claims.NotAfter), hint)
	case tcb.EvaluationNumber < p.TCB.MinEvaluationNumber:
		return "", refuse(CheckCollateral, fmt.Sprintf("TCB evaluation number %d or higher", p.TCB.MinEvaluationNumber), fmt.Sprint(tcb.EvaluationNumber), hint)
	case now.Sub(tcb.Issued) > maxAge:
		return "", refuse(CheckCollateral, "collateral at most "+p.TCB.MaxCollateralAge.String()+" old", "issued at "+stamp(tcb.Issued), hint)
	}
	v.endsAt(tcb.Issued.Add(maxAge))
	return fmt.Sprintf("evaluation number %d, issued %s", tcb.EvaluationNumber, stamp(tcb.Issued)), nil
}

func (p *Policy) checkPlatform(claims Claims) (string, error) {
	m, r := claims.Platform, &p.Platform
	listed := slices.Contains(r.FMSPCs, Any) || slices.Contains(r.FMSPCs, m.FMSPC.String())
	switch {
	case !listed || slices.Contains(r.DeniedFMSPCs, m.FMSPC):
		return "", refuse(CheckPlatform, fmt.Sprintf("a model (FMSPC) among %q, and none of %v", r.FMSPCs, r.DeniedFMSPCs), m.FMSPC.String(), hintPlatform)
	case !slices.Contains(r.CAs, m.CA):
		return "", refuse(CheckPlatform, fmt.Sprintf("a PCK CA among %q", r.CAs), m.CA, hintPlatform)
	case !slices.Contains(r.SGXTypes, m.SGXType):
		return "", refuse(CheckPlatform, fmt.Sprintf("an SGX type among %q", r.SGXTypes), m.SGXType, hintPlatform)
	case !r.AllowSMT && !saysNo(m.SMT):
		return "", refuse(CheckPlatform, "a PCK certificate that says that SMT is off", said(m.SMT), hintPlatform)
	case !r.AllowDynamicPlatform && !saysNo(m.DynamicPlatform):
		return "", refuse(CheckPlatform, "a PCK certificate that says that the machine's packages cannot be replaced", said(m.DynamicPlatform), hintPlatform)
	case slices.Contains(r.DeniedMachines, m.Machine):
		return "", refuse(CheckPlatform, "a machine that the policy does not deny", m.Machine.String(), "use a pod on another machine")
	}
	return fmt.Sprintf("FMSPC %s, %s CA, SGX type %s", m.FMSPC, m.CA, m.SGXType), nil
}

// saysNo is false where the certificate does not say: what is not known is not
// accepted.
func saysNo(b *bool) bool { return b != nil && !*b }

func said(b *bool) string {
	if b == nil {
		return "one that does not say"
	}
	return "one that says the contrary"
}

func (p *Policy) checkQE(claims Claims) (string, error) {
	// The TD quoting enclave counts its versions for itself, and Intel's identity judges them.
	if claims.Kind == KindSGX && claims.Platform.QESVN < p.QE.MinISVSVN {
		return "", refuse(CheckQESVN, fmt.Sprintf("a quoting enclave of security version %d or higher", p.QE.MinISVSVN), fmt.Sprint(claims.Platform.QESVN), hintPlatform)
	}
	return fmt.Sprintf("security version %d", claims.Platform.QESVN), nil
}

func checkReportData(claims Claims, expect Expect) (string, error) {
	if expect.AnyReportData {
		return fmt.Sprintf("%.16s…, not compared with anything", claims.ReportData), nil
	}
	if claims.ReportData != expect.ReportData {
		return "", refuse(CheckReportData, expect.ReportData.String(), claims.ReportData.String(),
			"the quote was made for another identity, pod, network, block or nonce: fetch the pod's record again, and if that does not help use another pod")
	}
	return fmt.Sprintf("%.16s…", claims.ReportData), nil
}
