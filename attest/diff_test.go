package attest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// TestDiffEffects: each kind of member, both ways.
func TestDiffEffects(t *testing.T) {
	type Policy = attest.Policy
	status := func(s string) func(*Policy) { return func(p *Policy) { p.Measurements.SGX[0].Status = s } }
	sgx := "measurements.sgx{" + mrenclave.String() + " }"
	for _, tt := range []struct {
		name     string
		from, to func(*Policy) // nil changes nothing
		path     string
		effect   string
		reverse  string
	}{
		{"status of the TCB", nil, func(p *Policy) { p.TCB.Statuses = append(p.TCB.Statuses, dcap.TCBOutOfDate) }, "tcb.statuses{OutOfDate}", attest.Widens, attest.Narrows},
		{"advisory", nil, func(p *Policy) { p.TCB.Advisories = append(p.TCB.Advisories, "INTEL-SA-00289") }, "tcb.advisories{INTEL-SA-00289}", attest.Widens, attest.Narrows},
		{"denied advisory", nil, func(p *Policy) { p.TCB.DeniedAdvisories = nil }, "tcb.deniedAdvisories{INTEL-SA-00001}", attest.Widens, attest.Narrows},
		{"denied model", nil, func(p *Policy) { p.Platform.DeniedFMSPCs = nil }, "platform.deniedFmspcs{010000000000}", attest.Widens, attest.Narrows},
		{"CA", nil, func(p *Policy) { p.Platform.CAs = p.Platform.CAs[:1] }, "platform.cas{processor}", attest.Narrows, attest.Widens},
		{"endorser", nil, func(p *Policy) { p.Endorsers.Keys = append(p.Endorsers.Keys, protocol.Address{4}) }, "endorsers.keys{" + protocol.Address{4}.String() + "}", attest.Widens, attest.Narrows},
		{"threshold", nil, func(p *Policy) { p.Endorsers.Threshold = 10 }, "endorsers.threshold", attest.Narrows, attest.Widens},
		{"evaluation number of more digits", nil, func(p *Policy) { p.TCB.MinEvaluationNumber = 9 }, "tcb.minEvaluationNumber", attest.Widens, attest.Narrows},
		{"quoting enclave", nil, func(p *Policy) { p.QE.MinISVSVN = 9 }, "qe.minIsvSvn", attest.Narrows, attest.Widens},
		{"duration", nil, func(p *Policy) { p.Keys.MaxKeyConfigLife = attest.Duration(9 * time.Minute) }, "keys.maxKeyConfigLife", attest.Narrows, attest.Widens},
		{"collateral's age", nil, func(p *Policy) { p.TCB.MaxCollateralAge *= 10 }, "tcb.maxCollateralAge", attest.Widens, attest.Narrows},
		{"dynamic platforms", nil, func(p *Policy) { p.Platform.AllowDynamicPlatform = false }, "platform.allowDynamicPlatform", attest.Narrows, attest.Widens},
		{"tier", nil, func(p *Policy) { p.MinTier = attest.TierEndorsed }, "minTier", attest.Narrows, attest.Widens},
		{"end", nil, func(p *Policy) { p.Expires = p.Expires.Add(time.Hour) }, "expires", attest.Widens, attest.Narrows},
		{
			"end in another zone", nil, func(p *Policy) { p.Expires = p.Expires.Add(time.Hour).In(time.FixedZone("", -5*3600)) },
			"expires", attest.Widens, attest.Narrows,
		},
		{"registry", nil, func(p *Policy) { p.Registry = protocol.Address{9}.String() }, "registry", attest.Changes, attest.Changes},
		{"signer", nil, func(p *Policy) { p.Measurements.SGX[0].MRSIGNER = mrenclave.String() }, sgx + ".mrsigner", attest.Changes, attest.Changes},
		{"revoked", nil, status(attest.StatusRevoked), sgx + ".status", attest.Narrows, attest.Widens},
		{"revoked what was deprecated", status(attest.StatusDeprecated), status(attest.StatusRevoked), sgx + ".status", attest.Narrows, attest.Widens},
		{"deprecated", nil, status(attest.StatusDeprecated), sgx + ".status", attest.Changes, attest.Changes},
		{"enclave", nil, func(p *Policy) { p.Measurements.SGX = nil }, sgx + ".status", attest.Narrows, attest.Widens},
		{"revoked enclave", status(attest.StatusRevoked), func(p *Policy) { p.Measurements.SGX = nil }, sgx + ".status", attest.Widens, attest.Narrows},
	} {
		t.Run(tt.name, func(t *testing.T) {
			from, to := full(), full()
			if tt.from != nil {
				tt.from(&from)
			}
			tt.to(&to)
			for _, way := range []struct {
				from, to attest.Policy
				effect   string
			}{{from, to, tt.effect}, {to, from, tt.reverse}} {
				changes := attest.Diff(way.from, way.to)
				i := slices.IndexFunc(changes, func(c attest.Change) bool { return c.Path == tt.path })
				if i < 0 || changes[i].Effect != way.effect {
					t.Errorf("expected %s of %s in %+v", way.effect, tt.path, changes)
				}
			}
		})
	}
}

// TestDiffHidesNothing: two policies of different hashes differ, also where two
// entries of a list have the same name.
func TestDiffHidesNothing(t *testing.T) {
	from, to := full(), full()
	lax := to.Measurements.SGX[0]
	lax.NotAfter = lax.NotAfter.AddDate(1, 0, 0)
	to.Measurements.SGX = append([]attest.SGXMeasurement{lax}, to.Measurements.SGX...)
	changes := attest.Diff(from, to)
	if !slices.ContainsFunc(changes, func(c attest.Change) bool { return c.Effect == attest.Widens }) {
		t.Errorf("an entry that accepts for longer, before one of the same name: %+v", changes)
	}
	if len(attest.Diff(to, from)) == 0 {
		t.Error("the same, taken away: no difference")
	}
}
