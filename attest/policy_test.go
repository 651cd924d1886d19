package attest_test

import (
	"encoding/json"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/attest/strictjson"
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
	yes := true
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
		{"old collateral", func(_ *Claims, p *Policy, _ *Expect) { p.TCB.MaxCollateralAge = attest.Duration(time.Minute) }, "collateral-age"},

		{"model not listed", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.FMSPCs = []string{"00606a000000"} }, "platform"},
		{"model listed", func(c *Claims, p *Policy, _ *Expect) { p.Platform.FMSPCs = []string{c.Platform.FMSPC.String()} }, ""},
		{"model denied", func(c *Claims, p *Policy, _ *Expect) { p.Platform.DeniedFMSPCs = []attest.FMSPC{c.Platform.FMSPC} }, "platform"},
		{"CA", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.CAs = []string{"processor"} }, "platform"},
		{"SGX type", func(_ *Claims, p *Policy, _ *Expect) { p.Platform.SGXTypes = []string{"standard"} }, "platform"},
		{"SMT", func(c *Claims, p *Policy, _ *Expect) { c.Platform.SMT, p.Platform.AllowSMT = &yes, false }, "platform"},
		{"SMT unknown", func(c *Claims, p *Policy, _ *Expect) { c.Platform.SMT, p.Platform.AllowSMT = nil, false }, ""},
		{"dynamic platform", func(c *Claims, p *Policy, _ *Expect) {
			c.Platform.DynamicPlatform, p.Platform.AllowDynamicPlatform = &yes, false
		}, "platform"},
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
		{"revoked, whatever its registers", func(c *attest.TDXClaims, m *attest.TDXMeasurement) {
			m.Status, c.RTMR[0] = attest.StatusRevoked, attest.Digest48{9}
		}, "measurement"},
		{"SEPT_VE_DISABLE off", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes &^= 1 << 28 }, "enclave-attributes"},
		{"debug byte", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 2 }, "enclave-attributes"},
		{"reserved bit", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 33 }, "enclave-attributes"},
		{"migratable", func(c *attest.TDXClaims, _ *attest.TDXMeasurement) { c.Attributes |= 1 << 29 }, "enclave-attributes"},
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

// full is a policy with an entry in every list.
func full() attest.Policy {
	p, _ := wanted()
	p.TCB.DeniedAdvisories = []string{"INTEL-SA-00001"}
	p.Platform.DeniedFMSPCs, p.Platform.DeniedMachines = []attest.FMSPC{{1}}, []attest.Digest{{2}}
	p.Endorsers.Keys = []protocol.Address{{3}}
	p.Measurements.TDX = []attest.TDXMeasurement{{RTMR3: attest.Any, Status: attest.StatusActive, NotBefore: p.ValidFrom, NotAfter: p.Expires}}
	return p
}

func TestParsePolicy(t *testing.T) {
	want := full()
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := attest.ParsePolicy(data)
	if err != nil || !reflect.DeepEqual(got, want) || got.Hash() != want.Hash() {
		t.Fatalf("%s: %+v, %v", data, got, err)
	}
	other := want
	other.Epoch++
	if other.Hash() == want.Hash() {
		t.Error("two policies with one hash")
	}

	// Every member is needed, everywhere, and null is no value.
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		t.Fatal(err)
	}
	members := 0
	eachMember(tree, func(object map[string]any, name string) {
		members++
		value := object[name]
		for _, change := range []func(){func() { delete(object, name) }, func() { object[name] = nil }, func() { object["x"] = 1 }, func() { object[name] = map[string]any{} }} {
			change()
			text, err := json.Marshal(tree)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := attest.ParsePolicy(text); err == nil {
				t.Errorf("%s spoilt: accepted", name)
			}
			delete(object, "x")
			object[name] = value
		}
	})
	if members < 55 {
		t.Errorf("%d members tried", members)
	}

	good := string(data)
	replaced := func(from, to string) string {
		if !strings.Contains(good, from) {
			t.Fatalf("%s is not in the policy", from)
		}
		return strings.Replace(good, from, to, 1)
	}
	for name, text := range map[string]string{
		"nothing": ``, "null": `null`, "array": `[]`, "empty object": `{}`, "truncated": good[:len(good)-1], "trailing object": good + `{}`,
		"version":           replaced(`"version":1`, `"version":2`),
		"no chain":          replaced(`"chainId":31337`, `"chainId":0`),
		"registry":          replaced(`"registry":"any"`, `"registry":"all"`),
		"unknown tier":      replaced("T0-simulated", "T1"),
		"field twice":       replaced(`{`, `{"version":1,`),
		"other case":        replaced(`"minTier"`, `"MinTier"`),
		"short measurement": replaced(mrenclave.String(), mrenclave.String()[2:]),
		"0x measurement":    replaced(mrenclave.String(), "0x"+mrenclave.String()[2:]),
		"unknown status":    replaced(`"status":"active"`, `"status":"fine"`),
		"revoked accepted":  replaced(`"SWHardeningNeeded"`, `"Revoked"`),
		"negative duration": replaced(`"720h0m0s"`, `"-1h"`),
		"any and more":      replaced(`"fmspcs":["any"]`, `"fmspcs":["any","00606a000000"]`),
		"capitals":          replaced(`"fmspcs":["any"]`, `"fmspcs":["00606A000000"]`),
		"CA":                replaced(`"processor"`, `"root"`),
		"SGX type":          replaced(`"standard"`, `"small"`),
		"threshold":         replaced(`"threshold":1`, `"threshold":0`),
		"it ends first":     replaced(want.Expires.Format(time.RFC3339), "2020-01-01T00:00:00Z"),
		"too large":         good + strings.Repeat(" ", attest.MaxPolicySize),
	} {
		if _, err := attest.ParsePolicy([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

// eachMember visits every member of every object in a JSON tree.
func eachMember(node any, visit func(object map[string]any, name string)) {
	switch node := node.(type) {
	case map[string]any:
		for name, value := range node {
			visit(node, name)
			eachMember(value, visit)
		}
	case []any:
		for _, entry := range node {
			eachMember(entry, visit)
		}
	}
}

// TestPolicyVector holds the hash of a policy in testdata/vectors, which other
// programs can compute as well.
func TestPolicyVector(t *testing.T) {
	const file = "../testdata/vectors/policy.json"
	data, err := os.ReadFile(file)
	if err != nil && os.Getenv("UPDATE") == "" {
		t.Fatal(err)
	}
	if os.Getenv("UPDATE") != "" {
		p := full()
		if data, err = json.MarshalIndent(map[string]any{"policy": p, "hash": p.Hash()}, "", "  "); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, append(data, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var vector struct {
		Policy attest.Policy
		Hash   attest.Digest
	}
	if err := json.Unmarshal(data, &vector); err != nil {
		t.Fatal(err)
	}
	if got := vector.Policy.Hash(); got != vector.Hash {
		t.Errorf("hash %s, the vector says %s", got, vector.Hash)
	}
}

// TestPolicySchema holds docs/spec/policy.schema.json against what is parsed, in
// both directions.
func TestPolicySchema(t *testing.T) {
	data, err := os.ReadFile("../docs/spec/policy.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema map[string]any
	if err := json.Unmarshal(data, &schema); err != nil {
		t.Fatal(err)
	}
	var compare func(path string, schema map[string]any, typ reflect.Type)
	compare = func(path string, schema map[string]any, typ reflect.Type) {
		if typ.Kind() == reflect.Slice {
			items, _ := schema["items"].(map[string]any)
			if schema["type"] != "array" || items == nil {
				t.Errorf("%s: the schema has no list", path)
				return
			}
			compare(path+"[]", items, typ.Elem())
			return
		}
		if typ.Kind() != reflect.Struct || typ == reflect.TypeFor[time.Time]() {
			if schema["type"] == nil && schema["enum"] == nil && schema["const"] == nil {
				t.Errorf("%s: the schema says nothing of its type", path)
			}
			return
		}
		members := strictjson.Members(typ)
		required, _ := schema["required"].([]any)
		properties, _ := schema["properties"].(map[string]any)
		if fmt.Sprint(required...) != fmt.Sprint(toAny(members)...) || len(properties) != len(members) || schema["additionalProperties"] != false {
			t.Errorf("%s: the schema requires %v, allows %d members (more: %v); the code wants %v", path, required, len(properties), schema["additionalProperties"], members)
			return
		}
		for i, name := range members {
			property, _ := properties[name].(map[string]any)
			compare(path+"."+name, property, typ.Field(i).Type)
		}
	}
	compare("policy", schema, reflect.TypeFor[attest.Policy]())
}

func toAny(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*attest.Policy)
		path   string
		effect string
	}{
		{"status added", func(p *attest.Policy) { p.TCB.Statuses = append(p.TCB.Statuses, dcap.TCBOutOfDate) }, "tcb.statuses{OutOfDate}", attest.Widens},
		{"status removed", func(p *attest.Policy) { p.TCB.Statuses = p.TCB.Statuses[:1] }, "tcb.statuses{SWHardeningNeeded}", attest.Narrows},
		{"denied added", func(p *attest.Policy) {
			p.Platform.DeniedMachines = append(p.Platform.DeniedMachines, attest.Digest{9})
		}, "platform.deniedMachines{" + attest.Digest{9}.String() + "}", attest.Narrows},
		{"denied removed", func(p *attest.Policy) { p.TCB.DeniedAdvisories = []string{} }, "tcb.deniedAdvisories{INTEL-SA-00001}", attest.Widens},
		{"tier lowered", func(p *attest.Policy) { p.MinTier = attest.TierGenuine }, "minTier", attest.Narrows},
		{"number raised", func(p *attest.Policy) { p.TCB.MinEvaluationNumber = 100 }, "tcb.minEvaluationNumber", attest.Narrows},
		{"number lowered", func(p *attest.Policy) { p.TCB.MinEvaluationNumber = 9 }, "tcb.minEvaluationNumber", attest.Widens},
		{"age raised", func(p *attest.Policy) { p.Freshness.MaxQuoteAge *= 2 }, "freshness.maxQuoteAge", attest.Widens},
		{"SMT refused", func(p *attest.Policy) { p.Platform.AllowSMT = false }, "platform.allowSmt", attest.Narrows},
		{"revoked", func(p *attest.Policy) { p.Measurements.SGX[0].Status = attest.StatusRevoked }, "measurements.sgx{" + mrenclave.String() + " }.status", attest.Narrows},
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
	if changes := attest.Diff(full(), full()); len(changes) != 0 {
		t.Errorf("no difference: %+v", changes)
	}
	added := full()
	added.Measurements.SGX = append(added.Measurements.SGX, added.Measurements.SGX[0])
	added.Measurements.SGX[1].MRENCLAVE = attest.Digest{0xee}
	widens := false
	for _, c := range attest.Diff(full(), added) {
		widens = widens || c.Effect == attest.Widens
	}
	if !widens {
		t.Error("another enclave widens nothing")
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
