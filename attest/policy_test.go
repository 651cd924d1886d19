package attest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

const chainID = 31337

// wanted is a policy that accepts the tests' enclave, and what it expects.
func wanted() (attest.Policy, attest.Expect) {
	return attest.NewPolicy(chainID, attest.TierSimulated, now.Add(-time.Hour), mrenclave),
		attest.Expect{Now: now, ChainID: chainID, Registry: protocol.Address{7}, ReportData: reportData}
}

// TestValidate changes one thing at a time in claims, policy or expectation that
// are right otherwise.
func TestValidate(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	type (
		Claims = attest.Claims
		Policy = attest.Policy
		Expect = attest.Expect
	)
	yes, no := true, false
	for _, tt := range []struct {
		name   string
		change func(*Claims, *Policy, *Expect)
		check  string // "": accepted
	}{
		{"wanted", func(*Claims, *Policy, *Expect) {}, ""},
		{"its own registry", func(_ *Claims, p *Policy, e *Expect) { p.Registry = e.Registry.String() }, ""},

		{"no policy", func(_ *Claims, p *Policy, _ *Expect) { *p = Policy{} }, "policy"},
		{"no minimum tier", func(_ *Claims, p *Policy, _ *Expect) { p.MinTier = 0 }, "policy"},
		{"tier that does not exist", func(_ *Claims, p *Policy, _ *Expect) { p.MinTier = 9 }, "policy"},
		{"nothing expected", func(_ *Claims, _ *Policy, e *Expect) { e.ReportData = attest.ReportData{} }, "policy"},
		{"no clock", func(_ *Claims, _ *Policy, e *Expect) { e.Now = time.Time{} }, "policy"},
		{"other chain", func(_ *Claims, _ *Policy, e *Expect) { e.ChainID++ }, "policy"},
		{"other registry", func(_ *Claims, p *Policy, _ *Expect) { p.Registry = protocol.Address{8}.String() }, "policy"},
		{"policy of the future", func(_ *Claims, p *Policy, _ *Expect) { p.ValidFrom = now.Add(time.Second) }, "policy"},
		{"policy of the past", func(_ *Claims, p *Policy, _ *Expect) { p.Expires = now.Add(-time.Second) }, "policy"},

		{"debug", func(c *Claims, _ *Policy, _ *Expect) { c.Debug = true }, "debug"},

		{"empty list", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX = nil }, "measurement"},
		{"unknown measurement", func(c *Claims, _ *Policy, _ *Expect) { c.MRENCLAVE[0]++ }, "measurement"},
		{"of another kind", func(c *Claims, _ *Policy, _ *Expect) { c.Kind = attest.KindTDX; c.TDX = new(attest.TDXClaims) }, "measurement"},
		{"not yet", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].NotBefore = now.Add(time.Second) }, "measurement"},
		{"not any more", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].NotAfter = now.Add(-time.Second) }, "measurement"},
		{"deprecated", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].Status = attest.StatusDeprecated }, ""},
		{"revoked", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].Status = attest.StatusRevoked }, "measurement"},
		{"revoked beside an active entry", func(_ *Claims, p *Policy, _ *Expect) {
			bad := p.Measurements.SGX[0]
			bad.Status = attest.StatusRevoked
			p.Measurements.SGX = append(p.Measurements.SGX, bad)
		}, "measurement"},
		{"revoked under any signer", func(_ *Claims, p *Policy, _ *Expect) {
			bad := p.Measurements.SGX[0]
			bad.Status, bad.MRSIGNER, bad.ISVProdID = attest.StatusRevoked, strings.Repeat("1", 64), 9
			p.Measurements.SGX = append(p.Measurements.SGX, bad)
		}, "measurement"},
		{"signer", func(c *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].MRSIGNER = c.MRSIGNER.String() }, ""},
		{"other signer", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].MRSIGNER = strings.Repeat("1", 64) }, "measurement"},
		{"other product", func(c *Claims, _ *Policy, _ *Expect) { c.ISVProdID = 1 }, "measurement"},
		{"old version", func(_ *Claims, p *Policy, _ *Expect) { p.Measurements.SGX[0].MinISVSVN = 1 }, "measurement"},
		{"XFRM", func(c *Claims, _ *Policy, _ *Expect) { c.Attributes.XFRM |= 1 << 9 }, "measurement"},
		{"MISCSELECT", func(c *Claims, _ *Policy, _ *Expect) { c.Attributes.MiscSelect = 1 }, "measurement"},

		{"not initialised", func(c *Claims, _ *Policy, _ *Expect) { c.Attributes.Flags &^= 1 }, "enclave-attributes"},
		{"provisioning key", func(c *Claims, _ *Policy, _ *Expect) { c.Attributes.Flags |= 1 << 4 }, "enclave-attributes"},
		{"EINIT token key", func(c *Claims, _ *Policy, _ *Expect) { c.Attributes.Flags |= 1 << 5 }, "enclave-attributes"},

		{"T1 wanted", func(_ *Claims, p *Policy, _ *Expect) { p.MinTier = attest.TierGenuine }, "tier"},
		{"T2 wanted", func(c *Claims, p *Policy, _ *Expect) { c.Tier, p.MinTier = attest.TierGenuine, attest.TierEndorsed }, "tier"},
		{"claims without a tier", func(c *Claims, _ *Policy, _ *Expect) { c.Tier = 0 }, "tier"},
		{"higher tier", func(c *Claims, _ *Policy, _ *Expect) { c.Tier = attest.TierGenuine }, ""},

		{"status", func(c *Claims, _ *Policy, _ *Expect) { c.TCB.Status = dcap.TCBOutOfDate }, "tcb-accepted"},
		{"no status accepted", func(_ *Claims, p *Policy, _ *Expect) { p.TCB.Statuses = nil }, "tcb-accepted"},
		{"status listed", func(c *Claims, p *Policy, _ *Expect) {
			c.TCB.Status, p.TCB.Statuses = dcap.TCBOutOfDate, []dcap.TCBStatus{dcap.TCBOutOfDate}
		}, ""},
		{"unknown advisory", func(c *Claims, _ *Policy, _ *Expect) { c.TCB.Advisories = []string{"INTEL-SA-00615", "INTEL-SA-99999"} }, "advisories"},
		{"denied advisory", func(_ *Claims, p *Policy, _ *Expect) { p.TCB.DeniedAdvisories = []string{"INTEL-SA-00615"} }, "advisories"},
		{"no advisories", func(c *Claims, p *Policy, _ *Expect) { c.TCB.Advisories, p.TCB.Advisories = nil, nil }, ""},
		{"evaluation number", func(c *Claims, p *Policy, _ *Expect) { p.TCB.MinEvaluationNumber = c.TCB.EvaluationNumber + 1 }, "collateral-age"},
		{"claims that have ended", func(c *Claims, _ *Policy, _ *Expect) { c.NotAfter = now.Add(-time.Second) }, "collateral-age"},
		{"claims without an end", func(c *Claims, _ *Policy, _ *Expect) { c.NotAfter = time.Time{} }, "collateral-age"},
		{"old collateral", func(_ *Claims, p *Policy, _ *Expect) { p.TCB.MaxCollateralAge = attest.Duration(time.Minute) }, "collateral-age"},

		{"model not listed", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.FMSPCs = []string{"00606a000000"} }, "platform"},
		{"model listed", func(c *Claims, p *Policy, _ *Expect) { p.Platform.FMSPCs = []string{c.Platform.FMSPC.String()} }, ""},
		{"model denied", func(c *Claims, p *Policy, _ *Expect) { p.Platform.DeniedFMSPCs = []attest.FMSPC{c.Platform.FMSPC} }, "platform"},
		{"CA", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.CAs = []string{"processor"} }, "platform"},
		{"SGX type", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.SGXTypes = []string{"standard"} }, "platform"},
		{"SMT", func(c *Claims, p *Policy, _ *Expect) { c.Platform.SMT, p.Platform.AllowSMT = &yes, false }, "platform"},
		{"SMT off", func(c *Claims, p *Policy, _ *Expect) { c.Platform.SMT, p.Platform.AllowSMT = &no, false }, ""},
		{"SMT unknown", func(c *Claims, p *Policy, _ *Expect) { c.Platform.SMT, p.Platform.AllowSMT = nil, false }, "platform"},
		{"SMT unknown, and allowed", func(c *Claims, _ *Policy, _ *Expect) { c.Platform.SMT = nil }, ""},
		{"dynamic platform", func(c *Claims, p *Policy, _ *Expect) {
			c.Platform.DynamicPlatform, p.Platform.AllowDynamicPlatform = &yes, false
		}, "platform"},
		{"dynamic platform unknown", func(c *Claims, p *Policy, _ *Expect) {
			c.Platform.DynamicPlatform, p.Platform.AllowDynamicPlatform = nil, false
		}, "platform"},
		{"no dynamic platform", func(c *Claims, p *Policy, _ *Expect) {
			c.Platform.DynamicPlatform, p.Platform.AllowDynamicPlatform = &no, false
		}, ""},
		{"machine denied", func(c *Claims, p *Policy, _ *Expect) { p.Platform.DeniedMachines = []attest.Digest{c.Platform.Machine} }, "platform"},
		{"quoting enclave", func(c *Claims, p *Policy, _ *Expect) { p.QE.MinISVSVN = c.Platform.QESVN + 1 }, "qe-svn"},

		{"report data", func(_ *Claims, _ *Policy, e *Expect) { e.ReportData[63] ^= 1 }, "report-data"},
		{"any report data", func(_ *Claims, _ *Policy, e *Expect) { e.ReportData, e.AnyReportData = attest.ReportData{}, true }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := claims
			policy, expect := wanted()
			tt.change(&c, &policy, &expect)
			verdict, err := policy.Validate(c, expect)
			if tt.check != "" {
				wantCheck(t, err, tt.check)
				return
			}
			if err != nil || len(verdict.Checks) != 12 {
				t.Fatalf("%d checks, %v", len(verdict.Checks), err)
			}
			for _, check := range verdict.Checks {
				if check.Value == "" {
					t.Errorf("%s found nothing", check.Name)
				}
			}
			if warned := len(verdict.Warnings) > 0; warned != (tt.name == "deprecated") {
				t.Errorf("warnings: %q", verdict.Warnings)
			}
		})
	}
}

func TestValidateGuests(t *testing.T) {
	p := newPlatform(t)
	ev, err := p.GuestSource(simulated.Guest{MRTD: [48]byte{1}, MRConfigID: [48]byte{2}, RTMR: [4][48]byte{{3}, {4}, {5}, {6}}}).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	claims := verified(t, p, ev)
	if claims.TDX == nil || claims.TDX.RTMR[3] != (attest.Digest48{6}) || claims.Measurement() != claims.TDX.MRTD.String() {
		t.Fatalf("claims: %+v", claims)
	}
	for _, tt := range []struct {
		name   string
		change func(*attest.TDXClaims, *attest.TDXMeasurement)
		check  string
	}{
		{"wanted", func(*attest.TDXClaims, *attest.TDXMeasurement) {}, ""},
		{"any RTMR3", func(c *attest.TDXClaims, m *attest.TDXMeasurement) {
			m.RTMR3, c.RTMR[3] = attest.Any, attest.Digest48{9}
		}, ""},
		{"other RTMR3", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.RTMR[3][0]++ }, "measurement"},
		{"other RTMR0", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.RTMR[0][0]++ }, "measurement"},
		{"other configuration", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.MRConfigID[0]++ }, "measurement"},
		{"other image", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.MRTD[0]++ }, "measurement"},
		{"revoked", func(_ *attest.TDXClaims, m *attest.TDXMeasurement) { m.Status = attest.StatusRevoked }, "measurement"},
		{"revoked with any RTMR3", func(_ *attest.TDXClaims, m *attest.TDXMeasurement) {
			m.Status, m.RTMR3 = attest.StatusRevoked, attest.Any
		}, "measurement"},
		{"SEPT_VE_DISABLE off", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes &^= 1 << 28 }, "enclave-attributes"},
		{"debug byte", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 2 }, "enclave-attributes"},
		{"lowest reserved bit", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 8 }, "enclave-attributes"},
		{"reserved bit below", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 27 }, "enclave-attributes"},
		{"reserved bit above", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 32 }, "enclave-attributes"},
		{"highest reserved bit", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 62 }, "enclave-attributes"},
		{"migratable", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 29 }, "enclave-attributes"},
		{"protection keys, performance counters", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1<<30 | 1<<63 }, ""},
		{"service TD", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.MRServiceTD[0] = 1 }, "enclave-attributes"},
		{"somebody else's module", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.MRSIGNERSEAM[0] = 1 }, "enclave-attributes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, td := claims, *claims.TDX
			c.TDX = &td
			policy := attest.LookingPolicy(claims, chainID, now)
			tt.change(&td, &policy.Measurements.TDX[0])
			_, expect := wanted()
			_, err := policy.Validate(c, expect)
			if tt.check == "" && err != nil {
				t.Error(err)
			} else if tt.check != "" {
				wantCheck(t, err, tt.check)
			}
		})
	}
}

// TestGuestsShareFirmware: MRTD is the firmware's, so that a revoked image does not
// take others with it, and an error says which register differs.
func TestGuestsShareFirmware(t *testing.T) {
	p := newPlatform(t)
	ev, err := p.GuestSource(simulated.Guest{MRTD: [48]byte{1}, RTMR: [4][48]byte{{3}, {4}, {5}, {6}}}).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	claims := verified(t, p, ev)
	policy := attest.LookingPolicy(claims, chainID, now)
	bad := policy.Measurements.TDX[0]
	bad.RTMR2, bad.Status = attest.Digest48{9}, attest.StatusRevoked
	policy.Measurements.TDX = append(policy.Measurements.TDX, bad)
	_, expect := wanted()
	if _, err := policy.Validate(claims, expect); err != nil {
		t.Error(err)
	}
	claims.TDX.RTMR[2] = attest.Digest48{9}
	_, err = policy.Validate(claims, expect)
	wantCheck(t, err, "measurement")
	wantMessage(t, err, "revoked")
	claims.TDX.RTMR[2] = attest.Digest48{8}
	_, err = policy.Validate(claims, expect)
	wantCheck(t, err, "measurement")
	wantMessage(t, err, "RTMR2 05")
}

// TestVerdictEnds: a verdict holds until the first of what it rests on ends.
func TestVerdictEnds(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	claims.Tier = attest.TierGenuine
	end := now.Add(time.Hour)
	keys := make([]protocol.Key, 3)
	for i := range keys {
		var err error
		if keys[i], err = protocol.GenerateKey(); err != nil {
			t.Fatal(err)
		}
	}
	endorse := func(p *attest.Policy, e *attest.Expect, threshold int, hours ...int) {
		p.Endorsers = attest.EndorserRules{Keys: []protocol.Address{}, Threshold: threshold}
		for i, h := range hours {
			p.Endorsers.Keys = append(p.Endorsers.Keys, keys[i].Address())
			signed, err := protocol.Endorsement{
				Machine: protocol.Hash(claims.Platform.Machine), Facility: "Example DC", Method: "visited",
				NotAfter: uint64(now.Add(time.Duration(h) * time.Hour).Unix()),
			}.Sign(keys[i])
			if err != nil {
				t.Fatal(err)
			}
			e.Endorsements = append(e.Endorsements, signed)
		}
	}
	for _, tt := range []struct {
		name   string
		change func(*attest.Claims, *attest.Policy, *attest.Expect)
		want   time.Time
	}{
		{"claims", func(c *attest.Claims, _ *attest.Policy, _ *attest.Expect) { c.NotAfter = end }, end},
		{"policy", func(_ *attest.Claims, p *attest.Policy, _ *attest.Expect) { p.Expires = end }, end},
		{"measurement", func(_ *attest.Claims, p *attest.Policy, _ *attest.Expect) { p.Measurements.SGX[0].NotAfter = end }, end},
		{"the longer of two measurements", func(_ *attest.Claims, p *attest.Policy, _ *attest.Expect) {
			short := p.Measurements.SGX[0]
			short.NotAfter, short.Status = end, attest.StatusDeprecated
			p.Measurements.SGX = append(p.Measurements.SGX, short)
		}, claims.NotAfter},
		{"collateral", func(c *attest.Claims, p *attest.Policy, _ *attest.Expect) {
			p.TCB.MaxCollateralAge = attest.Duration(end.Sub(c.TCB.Issued))
		}, end},
		{"the second of three endorsements", func(_ *attest.Claims, p *attest.Policy, e *attest.Expect) { endorse(p, e, 2, 5, 1, 3) }, now.Add(3 * time.Hour)},
		{"all of two endorsements", func(_ *attest.Claims, p *attest.Policy, e *attest.Expect) { endorse(p, e, 2, 5, 1) }, end},
		{"too few endorsements", func(_ *attest.Claims, p *attest.Policy, e *attest.Expect) { endorse(p, e, 3, 5, 1) }, claims.NotAfter},
		{"endorsements of a simulated machine", func(c *attest.Claims, p *attest.Policy, e *attest.Expect) {
			c.Tier = attest.TierSimulated
			endorse(p, e, 1, 1)
		}, claims.NotAfter},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := claims
			policy, expect := wanted()
			other := policy // a policy that ends later changes nothing
			tt.change(&c, &policy, &expect)
			other.Endorsers = policy.Endorsers // or the tier would be T1, whatever the endorsements
			for _, list := range [][]attest.Policy{{policy}, {policy, other}, {other, policy}} {
				verdict, err := attest.ValidateAll(c, list, expect)
				if err != nil || !verdict.NotAfter.Equal(tt.want) || len(verdict.Warnings) != 0 {
					t.Errorf("until %s, %q, %v; expected %s", verdict.NotAfter, verdict.Warnings, err, tt.want)
				}
				// It does hold until then, and no longer with what ended.
				expect.Now = verdict.NotAfter
				last, err := attest.ValidateAll(c, list, expect)
				if err != nil || last.Tier != verdict.Tier {
					t.Errorf("at its end: tier %s, %v", last.Tier, err)
				}
				expect.Now = verdict.NotAfter.Add(time.Second)
				if after, err := attest.ValidateAll(c, list, expect); err == nil && after.Tier == verdict.Tier {
					t.Error("after its end: as before")
				}
				expect.Now = now
			}
		})
	}
}

// TestValidateAll: every policy has to accept, so that what one adds alone never
// widens what is trusted.
func TestValidateAll(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	policy, expect := wanted()
	without := policy
	without.Measurements.SGX = nil
	if _, err := attest.ValidateAll(claims, []attest.Policy{policy, policy}, expect); err != nil {
		t.Error(err)
	}
	for _, list := range [][]attest.Policy{{without, policy}, {policy, without}} {
		_, err := attest.ValidateAll(claims, list, expect)
		wantCheck(t, err, "measurement")
	}
	_, err := attest.ValidateAll(claims, nil, expect)
	wantCheck(t, err, "policy")
}

func TestValidateRecord(t *testing.T) {
	policy, _ := wanted()
	good := attest.Record{
		QuotedAt: now.Add(-time.Hour), IdentityUntil: now.Add(6 * 24 * time.Hour), KeyFrom: now, KeyUntil: now.Add(12 * time.Hour),
		Standing: protocol.StandingGood, HeadTime: now,
	}
	for _, tt := range []struct {
		name   string
		change func(*attest.Record)
		check  string
	}{
		{"good", func(*attest.Record) {}, ""},
		{"measurement revoked", func(r *attest.Record) { r.Standing = protocol.StandingMeasurementRevoked }, "chain-standing"},
		{"platform revoked", func(r *attest.Record) { r.Standing = protocol.StandingPlatformRevoked }, "chain-standing"},
		{"unknown", func(r *attest.Record) { r.Standing = protocol.StandingNone }, "chain-standing"},
		{"head of ten minutes ago", func(r *attest.Record) { r.HeadTime = now.Add(-attest.MaxHeadAge) }, ""},
		{"old head", func(r *attest.Record) { r.HeadTime = now.Add(-attest.MaxHeadAge - time.Second) }, "chain-standing"},
		{"no head", func(r *attest.Record) { r.HeadTime = time.Time{} }, "chain-standing"},
		{"head of the future", func(r *attest.Record) { r.HeadTime = now.Add(time.Hour) }, "chain-standing"},
		{"quote of eight days ago", func(r *attest.Record) { r.QuotedAt = now.Add(-8 * 24 * time.Hour); r.IdentityUntil = now }, "key-lifetimes"},
		{"old quote", func(r *attest.Record) { r.QuotedAt = now.Add(-8*24*time.Hour - time.Second) }, "quote-age"},
		{"quote of the future", func(r *attest.Record) { r.QuotedAt = now.Add(time.Hour) }, "quote-age"},
		{"long identity", func(r *attest.Record) { r.IdentityUntil = now.Add(8 * 24 * time.Hour) }, "key-lifetimes"},
		{"long key", func(r *attest.Record) { r.KeyUntil = now.Add(14 * time.Hour) }, "key-lifetimes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := good
			tt.change(&r)
			_, err := policy.ValidateRecord(r, now)
			if tt.check == "" && err != nil {
				t.Error(err)
			} else if tt.check != "" {
				wantCheck(t, err, tt.check)
			}
		})
	}
}

func TestEndorsements(t *testing.T) {
	machine := attest.Digest{5}
	key := func() protocol.Key {
		k, err := protocol.GenerateKey()
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	alice, bob, mallory := key(), key(), key()
	endorse := func(k protocol.Key, m attest.Digest, from, until time.Time) protocol.SignedEndorsement {
		e, err := protocol.Endorsement{Machine: protocol.Hash(m), Facility: "Example DC", Method: "visited", NotBefore: uint64(from.Unix()), NotAfter: uint64(until.Unix())}.Sign(k)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	from, until := now.Add(-time.Hour), now.Add(time.Hour)
	good := endorse(alice, machine, from, until)
	second := endorse(bob, machine, from, until)
	changed := good
	changed.Facility = "elsewhere"
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	claims.Tier, claims.Platform.Machine = attest.TierGenuine, machine
	for _, tt := range []struct {
		name string
		list []protocol.SignedEndorsement
		want attest.Tier
	}{
		{"both", []protocol.SignedEndorsement{good, second}, attest.TierEndorsed},
		{"none", nil, attest.TierGenuine},
		{"one", []protocol.SignedEndorsement{good}, attest.TierGenuine},
		{"one twice", []protocol.SignedEndorsement{good, good, endorse(alice, machine, from, until.Add(time.Second))}, attest.TierGenuine},
		{"a stranger's", []protocol.SignedEndorsement{good, endorse(mallory, machine, from, until)}, attest.TierGenuine},
		{"of another machine", []protocol.SignedEndorsement{good, endorse(bob, attest.Digest{6}, from, until)}, attest.TierGenuine},
		{"expired", []protocol.SignedEndorsement{good, endorse(bob, machine, from, now.Add(-time.Second))}, attest.TierGenuine},
		{"not yet", []protocol.SignedEndorsement{good, endorse(bob, machine, now.Add(time.Second), until)}, attest.TierGenuine},
		{"changed", []protocol.SignedEndorsement{second, changed}, attest.TierGenuine},
		{"among strangers'", []protocol.SignedEndorsement{endorse(mallory, machine, from, until), second, good}, attest.TierEndorsed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			policy, expect := wanted()
			policy.Endorsers = attest.EndorserRules{Keys: []protocol.Address{alice.Address(), bob.Address()}, Threshold: 2}
			expect.Endorsements = tt.list
			verdict, err := policy.Validate(claims, expect)
			if err != nil || verdict.Tier != tt.want {
				t.Errorf("tier %s, %v", verdict.Tier, err)
			}
			simulatedClaims := claims
			simulatedClaims.Tier = attest.TierSimulated
			if verdict, err = policy.Validate(simulatedClaims, expect); err != nil || verdict.Tier != attest.TierSimulated {
				t.Errorf("a simulated machine rises to %s, %v", verdict.Tier, err)
			}
		})
	}
	data, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	if back, err := attest.ParseEndorsement(data); err != nil || back != good {
		t.Errorf("%s: %+v, %v", data, back, err)
	}
	for name, text := range map[string]string{
		"unknown member": strings.Replace(string(data), "{", `{"x":1,`, 1),
		"twice":          strings.Replace(string(data), "{", `{"method":"x",`, 1),
		"missing":        strings.Replace(string(data), `"facility":"Example DC",`, "", 1),
		"empty":          strings.Replace(string(data), "Example DC", "", 1),
		"no signature":   strings.Replace(string(data), good.Signature.String(), "0x"+strings.Repeat("0", 128), 1),
		"too long":       strings.Replace(string(data), "Example DC", strings.Repeat("x", 5000), 1),
	} {
		if _, err := attest.ParseEndorsement([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestOutcomeOf(t *testing.T) {
	for check, want := range map[string]attest.Outcome{
		"quote-signature": attest.NotGenuine, "trust-anchor": attest.NotGenuine, "tcb-status": attest.NotGenuine, "revocation": attest.NotGenuine,
		"measurement": attest.NotAccepted, "debug": attest.NotAccepted, "chain-standing": attest.NotAccepted,
		"collateral-format": attest.NotChecked, "crl-validity": attest.NotChecked, "tcb-info-platform": attest.NotChecked,
	} {
		if got := attest.OutcomeOf(fmt.Errorf("wrapped: %w", &attest.CheckError{Check: check})); got != want {
			t.Errorf("%s: %s, expected %s", check, got, want)
		}
	}
	if attest.OutcomeOf(nil) != attest.Trusted || attest.OutcomeOf(os.ErrNotExist) != attest.NotChecked {
		t.Error("no error is trusted, another one not checked")
	}
}

func TestNames(t *testing.T) {
	for tier, name := range map[attest.Tier]string{
		attest.TierSimulated: "T0-simulated",
		attest.TierGenuine:   "T1-genuine",
		attest.TierEndorsed:  "T2-endorsed",
	} {
		var back attest.Tier
		if err := back.UnmarshalText([]byte(name)); err != nil || back != tier || tier.String() != name {
			t.Errorf("%s: %s, %v", name, back, err)
		}
	}
	if _, err := attest.Tier(0).MarshalText(); err == nil {
		t.Error("no tier has a name")
	}
	if _, err := attest.Kind(0).MarshalText(); err == nil {
		t.Error("no kind has a name")
	}
	var kind attest.Kind
	if err := kind.UnmarshalText([]byte("sev")); err == nil || !strings.Contains(err.Error(), `["sgx" "tdx"]`) {
		t.Errorf("an unknown kind's error does not name the known ones: %v", err)
	}
}
