package attest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

func TestDiff(t *testing.T) {
	sgx := "measurements.sgx{" + mrenclave.String() + "}."
	for _, tt := range []struct {
		name   string
		change func(*attest.Policy)
		path   string
		effect string
	}{
		{"status added", func(p *attest.Policy) { p.TCB.Statuses = append(p.TCB.Statuses, dcap.TCBOutOfDate) }, "tcb.statuses{OutOfDate}", attest.Widens},
		{"status removed", func(p *attest.Policy) { p.TCB.Statuses = p.TCB.Statuses[1:] }, "tcb.statuses{SWHardeningNeeded}", attest.Narrows},
		{"denied added", func(p *attest.Policy) {
			p.Platform.DeniedMachines = append(p.Platform.DeniedMachines, attest.Digest{9})
		}, "platform.deniedMachines{" + attest.Digest{9}.String() + "}", attest.Narrows},
		{"denied removed", func(p *attest.Policy) { p.TCB.DeniedAdvisories = []string{} }, "tcb.deniedAdvisories{INTEL-SA-00001}", attest.Widens},
		{"tier lowered", func(p *attest.Policy) { p.MinTier = attest.TierGenuine }, "minTier", attest.Narrows},
		{"number raised", func(p *attest.Policy) { p.TCB.MinEvaluationNumber = 100 }, "tcb.minEvaluationNumber", attest.Narrows},
		{"number lowered", func(p *attest.Policy) { p.TCB.MinEvaluationNumber = 9 }, "tcb.minEvaluationNumber", attest.Widens},
		{"age raised", func(p *attest.Policy) { p.Freshness.MaxQuoteAge *= 2 }, "freshness.maxQuoteAge", attest.Widens},
		{"SMT refused", func(p *attest.Policy) { p.Platform.AllowSMT = false }, "platform.allowSmt", attest.Narrows},
		{"revoked", func(p *attest.Policy) { p.Measurements.SGX[0].Status = attest.StatusRevoked }, "measurements.sgx{" + mrenclave.String() + "}.status", attest.Narrows},
		{"deprecated", func(p *attest.Policy) { p.Measurements.SGX[0].Status = attest.StatusDeprecated }, sgx + "status", attest.Changes},
		{"any signer no more", func(p *attest.Policy) { p.Measurements.SGX[0].MRSIGNER = strings.Repeat("1", 64) }, sgx + "mrsigner", attest.Narrows},
		{"more features", func(p *attest.Policy) { p.Measurements.SGX[0].XFRMAllowed |= 1 << 9 }, sgx + "xfrmAllowed", attest.Widens},
		{"fewer features", func(p *attest.Policy) { p.Measurements.SGX[0].XFRMAllowed = 3 }, sgx + "xfrmAllowed", attest.Narrows},
		{"other features", func(p *attest.Policy) { p.Measurements.SGX[0].XFRMAllowed ^= 1<<9 | 1 }, sgx + "xfrmAllowed", attest.Changes},
		{"version raised", func(p *attest.Policy) { p.Measurements.SGX[0].MinISVSVN = 10 }, sgx + "minIsvSvn", attest.Narrows},
		{"longer", func(p *attest.Policy) {
			p.Measurements.SGX[0].NotAfter = p.Measurements.SGX[0].NotAfter.Add(time.Nanosecond)
		}, sgx + "notAfter", attest.Widens},
		{"earlier", func(p *attest.Policy) {
			p.Measurements.SGX[0].NotBefore = p.Measurements.SGX[0].NotBefore.Add(-time.Hour)
		}, sgx + "notBefore", attest.Widens},
		{"policy ends sooner", func(p *attest.Policy) { p.Expires = p.Expires.Add(-time.Hour) }, "expires", attest.Narrows},
		{"policy begins later", func(p *attest.Policy) { p.ValidFrom = p.ValidFrom.Add(time.Minute) }, "validFrom", attest.Narrows},
		{"one registry", func(p *attest.Policy) { p.Registry = protocol.Address{1}.String() }, "registry", attest.Narrows},
		{"threshold", func(p *attest.Policy) { p.Endorsers.Threshold = 10 }, "endorsers.threshold", attest.Narrows},
		{"endorser", func(p *attest.Policy) { p.Endorsers.Keys = append(p.Endorsers.Keys, protocol.Address{4}) }, "endorsers.keys{" + protocol.Address{4}.String() + "}", attest.Widens},
		{"release", func(p *attest.Policy) { p.Measurements.TDX[0].SourceDigest = strings.Repeat("2", 64) }, "measurements.tdx{" + attest.Digest48{}.String() + "}.sourceDigest", attest.Changes},
		{"epoch", func(p *attest.Policy) { p.Epoch = 7 }, "epoch", attest.Changes},
	} {
		t.Run(tt.name, func(t *testing.T) {
			from, to := full(), full()
			tt.change(&to)
			changes := attest.Diff(from, to)
			if len(changes) != 1 || changes[0].Path != tt.path || changes[0].Effect != tt.effect {
				t.Errorf("%+v", changes)
			}
		})
	}
	for _, tt := range []struct {
		name   string
		change func(*attest.Policy)
		widens int // so many of the changes do
		narrow int
	}{
		{"none", func(*attest.Policy) {}, 0, 0},
		{"another enclave", func(p *attest.Policy) {
			p.Measurements.SGX = append(p.Measurements.SGX, another(p, attest.StatusActive))
		}, 1, 0},
		{"another revoked enclave", func(p *attest.Policy) {
			p.Measurements.SGX = append(p.Measurements.SGX, another(p, attest.StatusRevoked))
		}, 0, 1},
		{"an enclave less", func(p *attest.Policy) { p.Measurements.SGX = nil }, 0, 1},
		// Of two entries of one name, the second is not hidden by the first.
		{"the same enclave again, with any version", func(p *attest.Policy) {
			p.Measurements.SGX[0].MinISVSVN = 5
			again := p.Measurements.SGX[0]
			again.MinISVSVN = 0
			p.Measurements.SGX = append(p.Measurements.SGX, again)
		}, 1, 0},
		{"models instead of any", func(p *attest.Policy) { p.Models = []string{strings.Repeat("1", 64)} }, 0, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			to := full()
			tt.change(&to)
			for _, turned := range []bool{false, true} {
				from, to, widens, narrows := full(), to, 0, 0
				if turned { // the way back has the contrary effect
					from, to = to, from
				}
				for _, c := range attest.Diff(from, to) {
					switch c.Effect {
					case attest.Widens:
						widens++
					case attest.Narrows:
						narrows++
					}
				}
				if turned {
					widens, narrows = narrows, widens
				}
				if widens != tt.widens || narrows != tt.narrow {
					t.Errorf("turned %v: %d widen, %d narrow: %+v", turned, widens, narrows, attest.Diff(from, to))
				}
			}
		})
	}
}

func another(p *attest.Policy, status string) attest.SGXMeasurement {
	m := p.Measurements.SGX[0]
	m.MRENCLAVE, m.Status = attest.Digest{0xee}, status
	return m
}
