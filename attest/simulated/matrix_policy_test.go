package simulated

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// Who the enclave of the matrix is quoted for, and the block that dates the quote.
var (
	forgeIdentity = protocol.PodIdentity{
		ChainID: 31337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4}, Enclave: protocol.Address{5},
	}
	forgeBlock = protocol.Hash{6}
)

// policyCase is a quote, a policy that accepts it but for one change to either, and
// what the policy says then.
type policyCase struct {
	name  string
	check string // which check refuses it; empty if none does
	// earlier marks a quote that is not genuine: [attest.Verifier] refuses it, and no
	// policy ever sees it.
	earlier   bool
	base      func(*forge) // nil is the SGX enclave of the matrix
	cfg       Config
	draft     change
	minTier   attest.Tier // zero is simulated
	quotedFor func(*protocol.PodIdentity, *protocol.Hash)
	policy    func(*attest.Policy, *attest.Claims)
	wanted    string // what the refusal names as wanted, if that is held
	warning   string // what an accepting policy warns of
}

// TestMatrixPolicy are the cases of genuine quotes that a policy refuses, and of
// those next to them that it accepts. How old a block may be is for the client and
// the registry's contract to say: here a stale block is another one than the client
// expects.
func TestMatrixPolicy(t *testing.T) {
	seen := make(map[string]bool)
	for _, c := range slices.Concat(enclavePolicyCases(), reportDataCases(), platformPolicyCases(), guestPolicyCases()) {
		if seen[c.name] {
			t.Errorf("two cases are called %s", c.name)
		}
		seen[c.name] = true
		t.Run(c.name, func(t *testing.T) {
			verdict, err := c.judge(t)
			if c.check == "" {
				if err != nil {
					t.Fatal(err)
				}
				if verdict.Tier != attest.TierSimulated {
					t.Errorf("tier %s of a SIMULATED platform", verdict.Tier)
				}
				if warned := strings.Join(verdict.Warnings, "; "); (warned == "") != (c.warning == "") || !strings.Contains(warned, c.warning) {
					t.Errorf("warned of %q, expected %q", warned, c.warning)
				}
				return
			}
			var refused *attest.CheckError
			if !errors.As(err, &refused) || refused.Check != c.check {
				t.Fatalf("expected check %s to refuse it, got %v", c.check, err)
			}
			if refused.Want == "" || refused.Got == "" || refused.Hint == "" || refused.Want == refused.Got || !strings.HasPrefix(refused.Want, c.wanted) {
				t.Errorf("the refusal does not say everything: %+v", refused)
			}
			want := attest.NotAccepted
			if c.earlier {
				want = attest.NotGenuine
			}
			if got := attest.OutcomeOf(err); got != want {
				t.Errorf("outcome %s, expected %s", got, want)
			}
		})
	}
}

// judge verifies the quote and holds it against a policy that wants the enclave and
// the guest of the matrix, and against the report data of its identity.
func (c *policyCase) judge(t *testing.T) (attest.Verdict, error) {
	t.Helper()
	identity, block := forgeIdentity, forgeBlock
	if c.quotedFor != nil {
		c.quotedFor(&identity, &block)
	}
	m := matrixCase{name: c.name, base: c.base, cfg: c.cfg, draft: func(f *forge) {
		reportData := identity.ReportData(block)
		copy(f.d.body[bytes.Index(f.d.body, forgeReportData[:]):], reportData[:])
		if c.draft != nil {
			c.draft(f)
		}
	}}
	f := m.build(t)
	verifier, err := attest.NewSimulatedVerifier(f.root.Raw, attest.Config{Now: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	ev, err := attest.NewEvidence(f.raw)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := verifier.Verify(t.Context(), ev, f.c)
	if c.earlier {
		return attest.Verdict{}, err
	}
	if err != nil {
		t.Fatal(err)
	}
	minTier := c.minTier
	if minTier == 0 {
		minTier = attest.TierSimulated
	}
	policy := attest.NewPolicy(forgeIdentity.ChainID, minTier, f.now.Add(-time.Hour), forgeEnclave.MRENCLAVE)
	policy.Measurements.SGX[0].ISVProdID = forgeEnclave.ISVProdID
	policy.Measurements.TDX = []attest.TDXMeasurement{{
		MRTD: attest.Digest48{1, 2}, RTMR0: attest.Digest48{3, 4}, RTMR1: forgeGuest.RTMR[1], RTMR2: forgeGuest.RTMR[2],
		RTMR3: hex.EncodeToString(forgeGuest.RTMR[3][:]), MRConfigID: forgeGuest.MRConfigID,
		Status: attest.StatusActive, NotBefore: policy.ValidFrom, NotAfter: policy.Expires,
	}}
	if c.policy != nil {
		c.policy(&policy, &claims)
	}
	return policy.Validate(claims, attest.Expect{
		Now: f.now, ChainID: forgeIdentity.ChainID, Registry: forgeIdentity.Registry, ReportData: forgeIdentity.ReportData(forgeBlock),
	})
}

func enclavePolicyCases() []policyCase {
	debug, measurement, attributes := attest.CheckDebug.Name, attest.CheckMeasurement.Name, attest.CheckAttributes.Name
	flag := func(flag uint64) change { return func(f *forge) { flip(body, flag)(nil, f.d) } }
	first := func(change func(*attest.SGXMeasurement)) func(*attest.Policy, *attest.Claims) {
		return func(p *attest.Policy, _ *attest.Claims) { change(&p.Measurements.SGX[0]) }
	}
	return []policyCase{
		{name: "wanted_sgx_v3"},
		{name: "wanted_sgx_v4", base: sgx(4)},
		{name: "wanted_sgx_v5", base: sgx(5)},
		{name: "debug_sgx_v3", check: debug, draft: flag(dcap.FlagDebug)},
		{name: "not_initialised", check: attributes, draft: flag(dcap.FlagInit)},
		{name: "not_mode64", check: attributes, draft: flag(dcap.FlagMode64)},
		{name: "with_provision_key", check: attributes, draft: flag(dcap.FlagProvisionKey)},
		{name: "with_einittoken_key", check: attributes, draft: flag(dcap.FlagEInitToken)},
		{name: "simulated_where_hardware_is_wanted", check: attest.CheckTier.Name, minTier: attest.TierGenuine},

		{name: "unlisted_measurement", check: measurement, draft: setBody(64, 0xff)},
		{name: "enclave_where_guests_are_wanted", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) { p.Measurements.SGX = nil }},
		{name: "xfrm_outside_mask", check: measurement, draft: setBody(57, 2)},
		{name: "xfrm_inside_mask", draft: setBody(57, 2), policy: first(func(m *attest.SGXMeasurement) { m.XFRMAllowed |= 0x200 })},
		{name: "fewer_features_than_mask", draft: setBody(56, 3)},
		{name: "miscselect_outside_mask", check: measurement, draft: setBody(16, 1)},
		{name: "miscselect_inside_mask", draft: setBody(16, 1), policy: first(func(m *attest.SGXMeasurement) { m.MiscAllowed = 1 })},
		{name: "other_product", check: measurement, draft: setBody(256, forgeProduct+1)},
		{name: "svn_too_low", check: measurement, policy: first(func(m *attest.SGXMeasurement) { m.MinISVSVN = forgeSVN + 1 })},
		{name: "svn_just_enough", policy: first(func(m *attest.SGXMeasurement) { m.MinISVSVN = forgeSVN })},
		{name: "other_signer", check: measurement, draft: setBody(128, 0xff), policy: first(func(m *attest.SGXMeasurement) { m.MRSIGNER = forgeEnclave.MRSIGNER.String() })},
		{name: "wanted_signer", policy: first(func(m *attest.SGXMeasurement) { m.MRSIGNER = forgeEnclave.MRSIGNER.String() })},
		{name: "deprecated_enclave", warning: "deprecated", policy: first(func(m *attest.SGXMeasurement) { m.Status = attest.StatusDeprecated })},
		{name: "enclave_not_yet_accepted", check: measurement, policy: first(func(m *attest.SGXMeasurement) { m.NotBefore = forgeTime.Add(time.Second) })},
		{name: "enclave_accepted_to_the_second", policy: first(func(m *attest.SGXMeasurement) { m.NotAfter = forgeTime })},
		{name: "enclave_no_longer_accepted", check: measurement, policy: first(func(m *attest.SGXMeasurement) { m.NotAfter = forgeTime.Add(-time.Second) })},
		{name: "revoked_enclave_listed_first", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) {
			p.Measurements.SGX = append([]attest.SGXMeasurement{revokedEnclave(p)}, p.Measurements.SGX...)
		}},
		{name: "revoked_enclave_listed_last", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) {
			p.Measurements.SGX = append(p.Measurements.SGX, revokedEnclave(p))
		}},
	}
}

const (
	forgeProduct = 7 // of forgeEnclave
	forgeSVN     = 8
)

// revokedEnclave revokes the enclave of the matrix, by its MRENCLAVE: product and
// time of the entry do not matter.
func revokedEnclave(p *attest.Policy) attest.SGXMeasurement {
	m := p.Measurements.SGX[0]
	m.Status, m.ISVProdID = attest.StatusRevoked, forgeProduct+1
	m.NotBefore, m.NotAfter = forgeTime.Add(-2*time.Hour), forgeTime.Add(-time.Hour)
	return m
}

func reportDataCases() []policyCase {
	check := attest.CheckReportData.Name
	return []policyCase{
		{name: "other_pods_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Pod[19]++ }},
		{name: "other_pods_report_data_tdx", check: check, base: tdx(forgeGuest), quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Pod[19]++ }},
		{name: "replayed_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Enclave[19]++ }},
		{name: "other_operators_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Operator[19]++ }},
		{name: "other_registrys_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Registry[19]++ }},
		{name: "other_escrows_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Escrow[19]++ }},
		{name: "other_chains_report_data", check: check, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.ChainID++ }},
		{name: "stale_block_hash", check: check, quotedFor: func(_ *protocol.PodIdentity, b *protocol.Hash) { b[31]++ }},
		{name: "no_block_hash", check: check, quotedFor: func(_ *protocol.PodIdentity, b *protocol.Hash) { *b = protocol.Hash{} }},
	}
}

// platformPolicyCases are about the machine and what Intel says of it.
func platformPolicyCases() []policyCase {
	status, advisories := attest.CheckTCBAccepted.Name, attest.CheckAdvisories.Name
	age, platform, qe := attest.CheckCollateral.Name, attest.CheckPlatform.Name, attest.CheckQESVN.Name
	outOfDate, hardening := Config{Status: dcap.TCBOutOfDate}, Config{Status: dcap.TCBSWHardeningNeeded}
	with := func(change func(*attest.Policy)) func(*attest.Policy, *attest.Claims) {
		return func(p *attest.Policy, _ *attest.Claims) { change(p) }
	}
	accepts := func(status dcap.TCBStatus, advisories ...string) func(*attest.Policy, *attest.Claims) {
		return with(func(p *attest.Policy) { p.TCB.Statuses, p.TCB.Advisories = []dcap.TCBStatus{status}, advisories })
	}
	return []policyCase{
		{name: "out_of_date", check: status, cfg: outOfDate},
		{name: "out_of_date_and_its_advisory_not_listed", check: advisories, cfg: outOfDate, policy: accepts(dcap.TCBOutOfDate, "INTEL-SA-00615")},
		{name: "out_of_date_and_all_of_it_listed", cfg: outOfDate, policy: accepts(dcap.TCBOutOfDate, "INTEL-SA-00615", "INTEL-SA-00960")},
		{name: "up_to_date_where_only_worse_is_listed", check: status, policy: accepts(dcap.TCBOutOfDate)},
		{name: "hardening_needed", cfg: hardening},
		{name: "advisory_not_listed", check: advisories, cfg: hardening, policy: with(func(p *attest.Policy) { p.TCB.Advisories = []string{"INTEL-SA-00289"} })},
		{name: "advisory_listed_and_denied", check: advisories, cfg: hardening, policy: with(func(p *attest.Policy) { p.TCB.DeniedAdvisories = []string{"INTEL-SA-00615"} })},
		{name: "denied_advisory_that_it_does_not_have", cfg: hardening, policy: with(func(p *attest.Policy) { p.TCB.DeniedAdvisories = []string{"INTEL-SA-00960"} })},
		{name: "old_quoting_enclave_makes_it_out_of_date", check: status, draft: func(f *forge) { f.d.qeReport[258] = 6 }},

		{name: "evaluation_number_too_low", check: age, policy: with(func(p *attest.Policy) { p.TCB.MinEvaluationNumber = evaluationNumber + 1 })},
		{name: "evaluation_number_just_enough", policy: with(func(p *attest.Policy) { p.TCB.MinEvaluationNumber = evaluationNumber })},
		{name: "collateral_too_old", check: age, policy: with(func(p *attest.Policy) { p.TCB.MaxCollateralAge = attest.Duration(backdated - time.Second) })},
		{name: "collateral_just_young_enough", policy: with(func(p *attest.Policy) { p.TCB.MaxCollateralAge = attest.Duration(backdated) })},
		// The older of the two documents counts.
		{
			name: "qe_identity_too_old", check: age, draft: func(f *forge) { f.s.qeIdentity.IssueDate = formatTime(forgeTime.Add(-backdated - time.Second)) },
			policy: with(func(p *attest.Policy) { p.TCB.MaxCollateralAge = attest.Duration(backdated) }),
		},
		{
			name: "qe_identity_of_an_earlier_evaluation", check: age, draft: func(f *forge) { f.s.qeIdentity.EvaluationNumber = evaluationNumber - 1 },
			policy: with(func(p *attest.Policy) { p.TCB.MinEvaluationNumber = evaluationNumber }),
		},

		{name: "denied_machine", check: platform, policy: func(p *attest.Policy, c *attest.Claims) {
			p.Platform.DeniedMachines = []attest.Digest{c.Platform.Machine}
		}},
		{name: "another_machine_denied", policy: with(func(p *attest.Policy) { p.Platform.DeniedMachines = []attest.Digest{{1}} })},
		{name: "model_not_listed", check: platform, policy: with(func(p *attest.Policy) { p.Platform.FMSPCs = []string{"00606a000000"} })},
		{name: "model_listed", policy: with(func(p *attest.Policy) { p.Platform.FMSPCs = []string{attest.FMSPC(fmspc).String()} })},
		{name: "model_denied", check: platform, policy: with(func(p *attest.Policy) { p.Platform.DeniedFMSPCs = []attest.FMSPC{fmspc} })},
		{name: "ca_not_listed", check: platform, policy: with(func(p *attest.Policy) { p.Platform.CAs = []string{"processor"} })},
		{name: "sgx_type_not_listed", check: platform, policy: with(func(p *attest.Policy) { p.Platform.SGXTypes = []string{"standard", "scalable-with-integrity"} })},
		{name: "smt_denied", check: platform, policy: with(func(p *attest.Policy) { p.Platform.AllowSMT = false })},
		{name: "dynamic_platform_denied", check: platform, policy: with(func(p *attest.Policy) { p.Platform.AllowDynamicPlatform = false })},
		// The Processor CA's certificates do not say, and what is not said is not accepted.
		{
			name: "smt_and_dynamic_platform_denied_where_nothing_is_said", check: platform, cfg: Config{CA: dcap.PCKCAProcessor},
			policy: with(func(p *attest.Policy) { p.Platform.AllowSMT, p.Platform.AllowDynamicPlatform = false, false }),
		},

		{name: "quoting_enclave_svn_too_low", check: qe, policy: with(func(p *attest.Policy) { p.QE.MinISVSVN = 9 })},
	}
}
