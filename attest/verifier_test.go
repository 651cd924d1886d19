package attest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

var (
	now        = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	mrenclave  = attest.Digest{1: 0xab, 31: 0xcd}
	reportData = attest.ReportData{0: 1, 31: 2, 63: 3}
)

func at(instant time.Time) attest.Config {
	return attest.Config{Now: func() time.Time { return instant }}
}

func newPlatform(t testing.TB) *simulated.Platform {
	t.Helper()
	p, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func newSimulatedVerifier(t testing.TB, p *simulated.Platform) *attest.Verifier {
	t.Helper()
	v, err := attest.NewSimulatedVerifier(p.RootDER(), at(now))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func newIntelVerifier(t testing.TB, instant time.Time) *attest.Verifier {
	t.Helper()
	v, err := attest.NewVerifier(at(instant))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func collateralOf(t testing.TB, p *simulated.Platform, ev attest.Evidence) *attest.Collateral {
	t.Helper()
	tee := dcap.TEESGX
	if ev.Kind == attest.KindTDX {
		tee = dcap.TEETDX
	}
	c, err := p.Collateral(tee)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// verified are the claims of evidence of the platform.
func verified(t testing.TB, p *simulated.Platform, ev attest.Evidence) attest.Claims {
	t.Helper()
	claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), ev, collateralOf(t, p, ev))
	if err != nil {
		t.Fatal(err)
	}
	return claims
}

func quoteOf(t testing.TB, p *simulated.Platform, e simulated.Enclave) attest.Evidence {
	t.Helper()
	ev, err := p.Source(e).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	return ev
}

func TestVerifySimulated(t *testing.T) {
	p := newPlatform(t)
	ev := quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave, MRSIGNER: attest.Digest{9}, ISVProdID: 7, ISVSVN: 8})
	claims := verified(t, p, ev)
	switch {
	case claims.Kind != attest.KindSGX,
		claims.Tier != attest.TierSimulated,
		claims.MRENCLAVE != mrenclave,
		claims.MRSIGNER != attest.Digest{9},
		claims.ISVProdID != 7, claims.ISVSVN != 8,
		claims.Debug,
		claims.Attributes.Flags != 5,
		claims.ReportData != reportData,
		claims.Platform.Machine == attest.Digest{}, claims.Platform.CA != "platform", claims.Platform.SMT == nil,
		claims.TCB.Status != dcap.TCBSWHardeningNeeded, claims.TDX != nil,
		!claims.NotAfter.After(now.AddDate(0, 0, 28)), claims.NotAfter.After(now.AddDate(0, 0, 31)):
		t.Errorf("wrong claims: %+v", claims)
	}
	data, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"tier":"T0-simulated"`, `"kind":"sgx"`, `"mrenclave":"` + mrenclave.String() + `"`, `"name":"quote-signature"`, `"name":"tcb-status"`, `"status":"SWHardeningNeeded"`} {
		if !bytes.Contains(data, []byte(want)) {
			t.Errorf("no %s in %s", want, data)
		}
	}
	var back attest.Claims
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, claims) {
		t.Errorf("claims do not survive JSON: %v\n%+v\n%+v", err, back, claims)
	}
}

// TestSimulatedNeverGenuine: no way through a verifier leads from a simulated
// root to a tier above T0.
func TestSimulatedNeverGenuine(t *testing.T) {
	p := newPlatform(t)
	ev := quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave})

	c := collateralOf(t, p, ev)
	_, err := newIntelVerifier(t, now).Verify(t.Context(), ev, c)
	wantCheck(t, err, "trust-anchor")
	_, err = newSimulatedVerifier(t, newPlatform(t)).Verify(t.Context(), ev, c)
	wantCheck(t, err, "trust-anchor")

	if tier := newSimulatedVerifier(t, p).Tier(); tier != attest.TierSimulated {
		t.Errorf("simulated verifier of tier %s", tier)
	}
	if tier := newIntelVerifier(t, now).Tier(); tier != attest.TierGenuine {
		t.Errorf("verifier of tier %s", tier)
	}
	intel, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := attest.NewSimulatedVerifier(intel.Raw, at(now)); err == nil || !strings.Contains(err.Error(), "SIMULATED") {
		t.Errorf("Intel's root as a simulated one: %v", err)
	}
	if _, err := attest.NewSimulatedVerifier([]byte("hello"), at(now)); err == nil {
		t.Error("garbage as a simulated root: accepted")
	}
	if _, err := attest.NewSimulatedVerifier(nil, at(now)); err == nil {
		t.Error("no simulated root: accepted")
	}

	// The root and the tier are out of reach of other packages.
	for i := range reflect.TypeFor[attest.Verifier]().NumField() {
		if f := reflect.TypeFor[attest.Verifier]().Field(i); f.IsExported() {
			t.Errorf("Verifier.%s is exported", f.Name)
		}
	}
	var methods []string
	for i := range reflect.TypeFor[*attest.Verifier]().NumMethod() {
		methods = append(methods, reflect.TypeFor[*attest.Verifier]().Method(i).Name)
	}
	if !slices.Equal(methods, []string{"Tier", "Verify"}) {
		t.Errorf("Verifier has the methods %v: a new one must not set root or tier", methods)
	}
}

func TestVerifyRefuses(t *testing.T) {
	p := newPlatform(t)
	v := newSimulatedVerifier(t, p)
	ev := quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave})

	c := collateralOf(t, p, ev)
	for name, tt := range map[string]struct {
		ev    attest.Evidence
		check string
	}{
		"nothing":      {attest.Evidence{}, "quote-format"},
		"no kind":      {attest.Evidence{Quote: ev.Quote}, "quote-format"},
		"another kind": {attest.Evidence{Kind: attest.KindTDX, Quote: ev.Quote}, "quote-format"},
		"truncated":    {attest.Evidence{Kind: attest.KindSGX, Quote: ev.Quote[:1000]}, "quote-format"},
		"too large":    {attest.Evidence{Kind: attest.KindSGX, Quote: append(bytes.Clone(ev.Quote), make([]byte, attest.MaxQuoteSize)...)}, "quote-format"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := v.Verify(t.Context(), tt.ev, c)
			wantCheck(t, err, tt.check)
		})
	}
	t.Run("expired", func(t *testing.T) {
		late, err := attest.NewSimulatedVerifier(p.RootDER(), at(now.AddDate(8, 0, 0)))
		if err != nil {
			t.Fatal(err)
		}
		_, err = late.Verify(t.Context(), ev, c)
		wantCheck(t, err, "certificate-validity")
	})
	t.Run("no collateral", func(t *testing.T) {
		_, err := v.Verify(t.Context(), ev, nil)
		wantCheck(t, err, "collateral-format")
	})
	t.Run("canceled", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := v.Verify(ctx, ev, c); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("verifier that nobody made", func(t *testing.T) {
		if _, err := new(attest.Verifier).Verify(t.Context(), ev, c); err == nil {
			t.Error("accepted")
		}
	})
}

// quoteSets is a folder of public quotes of real machines, beside the
// repository. They are not part of it.
const quoteSets = "../../shared/quotes"

func TestRealQuotes(t *testing.T) {
	for _, tt := range []struct {
		set    string
		at     time.Time
		status dcap.TCBStatus
		refuse string // the check of the policy that refuses
	}{
		{"sgx3-processor-a067", time.Date(2025, 6, 25, 0, 0, 0, 0, time.UTC), dcap.TCBConfigurationAndSWHardeningNeeded, ""},
		{"sgx3-platform-606a-a", time.Date(2025, 8, 20, 0, 0, 0, 0, time.UTC), dcap.TCBSWHardeningNeeded, ""},
		{"sgx3-processor-a067-DEBUG", time.Date(2025, 6, 25, 0, 0, 0, 0, time.UTC), dcap.TCBConfigurationAndSWHardeningNeeded, "debug"},
		{"tdx4-b0c0", time.Date(2025, 6, 25, 0, 0, 0, 0, time.UTC), dcap.TCBUpToDate, ""},
	} {
		t.Run(tt.set, func(t *testing.T) {
			read := func(name string) []byte {
				path := filepath.Join(quoteSets, tt.set, name)
				data, err := os.ReadFile(path)
				if os.IsNotExist(err) {
					t.Skipf("no real quote at %s: this test needs the public quote sets beside the repository", path)
				}
				if err != nil {
					t.Fatal(err)
				}
				return data
			}
			ev, err := attest.NewEvidence(read("quote.bin"))
			if err != nil {
				t.Fatal(err)
			}
			collateral, err := attest.ParseCollateral(read("collateral.json"))
			if err != nil {
				t.Fatal(err)
			}
			claims, err := newIntelVerifier(t, tt.at).Verify(t.Context(), ev, collateral)
			if err != nil {
				t.Fatal(err)
			}
			if claims.Tier != attest.TierGenuine || claims.TCB.Status != tt.status {
				t.Errorf("tier %s, status %s", claims.Tier, claims.TCB.Status)
			}
			_, err = newSimulatedVerifier(t, newPlatform(t)).Verify(t.Context(), ev, collateral)
			wantCheck(t, err, "trust-anchor")

			policy := attest.LookingPolicy(claims, 1, tt.at)
			expect := attest.Expect{Now: tt.at, ChainID: 1, AnyReportData: true}
			_, err = policy.Validate(claims, expect)
			if tt.refuse != "" {
				wantCheck(t, err, tt.refuse)
				return
			}
			if err != nil {
				t.Error(err)
			}
			policy.MinTier = attest.TierEndorsed
			_, err = policy.Validate(claims, expect)
			wantCheck(t, err, "tier")
			strict := attest.NewPolicy(1, attest.TierGenuine, tt.at.Add(-time.Hour))
			_, err = strict.Validate(claims, expect)
			wantCheck(t, err, "measurement")
		})
	}
}

func TestNewEvidenceTellsTheKind(t *testing.T) {
	header := func(version, tee byte) []byte {
		b := make([]byte, 48)
		b[0], b[4] = version, tee
		return b
	}
	for _, tt := range []struct {
		version, tee byte
		want         attest.Kind // 0: refused
	}{
		{3, 0, attest.KindSGX},
		{4, 0, attest.KindSGX},
		{5, 0, attest.KindSGX},
		{4, 0x81, attest.KindTDX},
		{5, 0x81, attest.KindTDX},
		{3, 0x81, 0},
		{2, 0, 0},
		{6, 0x81, 0},
		{4, 1, 0},
	} {
		ev, err := attest.NewEvidence(header(tt.version, tt.tee))
		if (err == nil) != (tt.want != 0) || ev.Kind != tt.want {
			t.Errorf("version %d, TEE type %#x: kind %s, %v", tt.version, tt.tee, ev.Kind, err)
		}
	}
	if _, err := attest.NewEvidence(header(3, 0)[:47]); err == nil {
		t.Error("47 bytes: accepted")
	}
}

func TestEvidenceJSON(t *testing.T) {
	ev := quoteOf(t, newPlatform(t), simulated.Enclave{MRENCLAVE: mrenclave})
	data, err := json.Marshal(ev)
	if err != nil {
		t.Fatal(err)
	}
	var back attest.Evidence
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, ev) {
		t.Errorf("evidence does not survive JSON: %v", err)
	}
	for name, text := range map[string]string{
		"another kind":  strings.Replace(string(data), `"sgx"`, `"tdx"`, 1),
		"unknown kind":  strings.Replace(string(data), `"sgx"`, `"sev"`, 1),
		"no kind":       strings.Replace(string(data), `"kind":"sgx",`, ``, 1),
		"kind twice":    strings.Replace(string(data), `{`, `{"kind":"sgx",`, 1),
		"unknown field": strings.Replace(string(data), `{`, `{"trust":"me",`, 1),
		"other case":    strings.Replace(string(data), `"kind"`, `"Kind"`, 1),
		"null quote":    `{"kind":"sgx","quote":null}`,
		"empty quote":   `{"kind":"sgx","quote":""}`,
		"hex quote":     `{"kind":"sgx","quote":"zz"}`,
		"array":         `[]`,
		"too long":      `{"kind":"sgx","quote":"` + strings.Repeat("A", 2*attest.MaxQuoteSize) + `"}`,
	} {
		if err := json.Unmarshal([]byte(text), new(attest.Evidence)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func wantCheck(t *testing.T, err error, check string) {
	t.Helper()
	var refused *attest.CheckError
	if !errors.As(err, &refused) || refused.Check != check {
		t.Fatalf("expected check %s to refuse, got %v", check, err)
	}
	for _, part := range []string{refused.Check, refused.Want, refused.Got, refused.Hint} {
		if part == "" || !strings.Contains(err.Error(), part) {
			t.Errorf("%q is empty or not in the message: %v", part, err)
		}
	}
}
