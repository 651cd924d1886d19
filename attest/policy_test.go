package attest_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

func TestValidate(t *testing.T) {
	p := newPlatform(t)
	claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	if err != nil {
		t.Fatal(err)
	}
	debug, err := newSimulatedVerifier(t, p).Verify(t.Context(), quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave, Debug: true}))
	if err != nil {
		t.Fatal(err)
	}
	if !debug.Debug {
		t.Fatal("a DEBUG enclave's claims do not say so")
	}
	wanted := attest.Measurement{Kind: attest.KindSGX, MRENCLAVE: mrenclave}
	other := attest.Measurement{Kind: attest.KindSGX, MRENCLAVE: attest.Digest{1}}
	policy := func(tier attest.Tier, list ...attest.Measurement) attest.Policy {
		return attest.Policy{MinTier: tier, Measurements: list}
	}
	good := policy(attest.TierSimulated, other, wanted)
	expect := attest.Expect{ReportData: reportData}
	with := func(change func(*attest.Claims)) attest.Claims {
		c := claims
		change(&c)
		return c
	}
	almost := reportData
	almost[63] ^= 1

	tests := []struct {
		name   string
		claims attest.Claims
		policy attest.Policy
		expect attest.Expect
		check  string // "": accepted
	}{
		{"wanted", claims, good, expect, ""},
		{"no policy", claims, attest.Policy{}, expect, attest.CheckNamePolicy},
		{"no minimum tier", claims, policy(0, wanted), expect, attest.CheckNamePolicy},
		{"tier that does not exist", claims, policy(9, wanted), expect, attest.CheckNamePolicy},
		{"empty list", claims, policy(attest.TierSimulated), expect, attest.CheckNamePolicy},
		{"nothing expected", claims, good, attest.Expect{}, attest.CheckNamePolicy},
		{"tier too low for T1", claims, policy(attest.TierGenuine, wanted), expect, attest.CheckNameTier},
		{"tier too low for T2", claims, policy(attest.TierEndorsed, wanted), expect, attest.CheckNameTier},
		{"claims without a tier", with(func(c *attest.Claims) { c.Tier = 0 }), good, expect, attest.CheckNameTier},
		{"higher tier", with(func(c *attest.Claims) { c.Tier = attest.TierEndorsed }), policy(attest.TierGenuine, wanted), expect, ""},
		{"debug", debug, good, expect, attest.CheckNameDebug},
		{"debug in the flags only", with(func(c *attest.Claims) { c.Attributes.Flags |= 2 }), good, expect, attest.CheckNameDebug},
		{"not initialised", with(func(c *attest.Claims) { c.Attributes.Flags &^= 1 }), good, expect, attest.CheckNameAttributes},
		{"provisioning key", with(func(c *attest.Claims) { c.Attributes.Flags |= 1 << 4 }), good, expect, attest.CheckNameAttributes},
		{"EINIT token key", with(func(c *attest.Claims) { c.Attributes.Flags |= 1 << 5 }), good, expect, attest.CheckNameAttributes},
		{"unknown measurement", claims, policy(attest.TierSimulated, other), expect, attest.CheckNameMeasurement},
		{"measurement of another kind", claims, policy(attest.TierSimulated, attest.Measurement{Kind: attest.KindTDX, MRENCLAVE: mrenclave}), expect, attest.CheckNameMeasurement},
		{"measurement without a kind", claims, policy(attest.TierSimulated, attest.Measurement{MRENCLAVE: mrenclave}), expect, attest.CheckNameMeasurement},
		{"wrong report data", claims, good, attest.Expect{ReportData: almost}, attest.CheckNameReportData},
		{"no claims", attest.Claims{}, good, expect, attest.CheckNameTier},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := attest.Validate(tt.claims, tt.policy, tt.expect)
			if tt.check == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			wantCheck(t, err, tt.check)
		})
	}
	if err := attest.Validate(claims, policy(attest.TierGenuine, wanted), expect); !strings.Contains(err.Error(), "SIMULATED") {
		t.Errorf("the refusal does not say that the evidence is SIMULATED: %v", err)
	}
}

// TestReportDataOfAnIdentity ties the two packages together: a quote over the
// report data of one pod identity is refused for every other.
func TestReportDataOfAnIdentity(t *testing.T) {
	identity := protocol.PodIdentity{ChainID: 31337, Pod: protocol.Address{1}, Operator: protocol.Address{2}, Enclave: protocol.Address{3}}
	block := protocol.Hash{4}
	p := newPlatform(t)
	ev, err := p.Source(simulated.Enclave{MRENCLAVE: mrenclave}).Quote(t.Context(), identity.ReportData(block))
	if err != nil {
		t.Fatal(err)
	}
	claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), ev)
	if err != nil {
		t.Fatal(err)
	}
	policy := attest.Policy{MinTier: attest.TierSimulated, Measurements: []attest.Measurement{{Kind: attest.KindSGX, MRENCLAVE: mrenclave}}}
	if err := attest.Validate(claims, policy, attest.Expect{ReportData: identity.ReportData(block)}); err != nil {
		t.Error(err)
	}
	stranger := identity
	stranger.Enclave[0]++
	wantCheck(t, attest.Validate(claims, policy, attest.Expect{ReportData: stranger.ReportData(block)}), attest.CheckNameReportData)
	wantCheck(t, attest.Validate(claims, policy, attest.Expect{ReportData: identity.ReportData(protocol.Hash{5})}), attest.CheckNameReportData)
}

func TestParsePolicy(t *testing.T) {
	want := attest.Policy{
		MinTier: attest.TierGenuine,
		Measurements: []attest.Measurement{
			{Kind: attest.KindSGX, MRENCLAVE: mrenclave},
			{Kind: attest.KindTDX, MRENCLAVE: attest.Digest{7}},
		},
	}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	got, err := attest.ParsePolicy(data)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%s: %+v, %v", data, got, err)
	}

	good := string(data)
	if empty, err := attest.ParsePolicy([]byte(`{"minTier":"T0-simulated","measurements":[]}`)); err != nil {
		t.Errorf("an empty list parses, and refuses everything: %v", err)
	} else {
		wantCheck(t, attest.Validate(attest.Claims{Tier: attest.TierSimulated}, empty, attest.Expect{ReportData: reportData}), attest.CheckNamePolicy)
	}
	for name, text := range map[string]string{
		"nothing":             ``,
		"null":                `null`,
		"array":               `[]`,
		"empty object":        `{}`,
		"no tier":             `{"measurements":[]}`,
		"no measurements":     `{"minTier":"T1-genuine"}`,
		"null tier":           `{"minTier":null,"measurements":[]}`,
		"null measurements":   `{"minTier":"T1-genuine","measurements":null}`,
		"null measurement":    `{"minTier":"T1-genuine","measurements":[null]}`,
		"empty measurement":   `{"minTier":"T1-genuine","measurements":[{}]}`,
		"unknown tier":        strings.Replace(good, "T1-genuine", "T1", 1),
		"tier as a number":    strings.Replace(good, `"T1-genuine"`, "1", 1),
		"unknown kind":        strings.Replace(good, `"sgx"`, `"SGX"`, 1),
		"unknown field":       strings.Replace(good, `{`, `{"debug":true,`, 1),
		"unknown inner field": strings.Replace(good, `{"kind"`, `{"mrsigner":"00","kind"`, 1),
		"field twice":         strings.Replace(good, `{`, `{"minTier":"T0-simulated",`, 1),
		"other case":          strings.Replace(good, `"minTier"`, `"MinTier"`, 1),
		"short measurement":   strings.Replace(good, mrenclave.String(), mrenclave.String()[2:], 1),
		"0x measurement":      strings.Replace(good, mrenclave.String(), "0x"+mrenclave.String()[2:], 1),
		"trailing object":     good + `{}`,
		"trailing garbage":    good + `}`,
		"truncated":           good[:len(good)-1],
		"too many":            `{"minTier":"T1-genuine","measurements":[` + strings.TrimSuffix(strings.Repeat(`{"kind":"sgx","mrenclave":"`+mrenclave.String()+`"},`, attest.MaxMeasurements+1), ",") + `]}`,
		"too large":           good + strings.Repeat(" ", attest.MaxPolicySize),
	} {
		if _, err := attest.ParsePolicy([]byte(text)); err == nil {
			t.Errorf("%s: accepted: %.200s", name, text)
		}
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

// FuzzParsePolicy: whatever parses survives a round trip and is bounded.
func FuzzParsePolicy(f *testing.F) {
	f.Add([]byte(`{"minTier":"T1-genuine","measurements":[{"kind":"sgx","mrenclave":"` + mrenclave.String() + `"}]}`))
	f.Add([]byte(`{"minTier":"T0-simulated","measurements":[]}`))
	f.Add([]byte(`{"minTier":"T0-simulated","minTier":"T1-genuine","measurements":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := attest.ParsePolicy(data)
		if err != nil {
			return
		}
		again, err := json.Marshal(p)
		if err != nil {
			t.Fatalf("parsed but does not marshal: %v", err)
		}
		q, err := attest.ParsePolicy(again)
		if err != nil || !reflect.DeepEqual(p, q) || len(q.Measurements) > attest.MaxMeasurements {
			t.Errorf("%s: %v", again, err)
		}
	})
}

// FuzzEvidenceJSON: whatever parses has the kind that its quote has.
func FuzzEvidenceJSON(f *testing.F) {
	data, err := json.Marshal(quoteOf(f, newPlatform(f), simulated.Enclave{}))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"kind":"tdx","quote":""}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var ev attest.Evidence
		if err := json.Unmarshal(data, &ev); err != nil {
			return
		}
		if again, err := attest.NewEvidence(ev.Quote); err != nil || again.Kind != ev.Kind {
			t.Errorf("kind %s, %v", ev.Kind, err)
		}
	})
}
