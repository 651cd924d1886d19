package attest_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
)

// TestSpecNamesTheChecks holds docs/spec/attestation.md against the code: its
// tables name the checks made, those not made, and those of Validate, in order.
func TestSpecNamesTheChecks(t *testing.T) {
	p := newPlatform(t)
	claims, err := newSimulatedVerifier(t, p).Verify(t.Context(), quoteOf(t, p, simulated.Enclave{}))
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range slices.Concat(claims.Checks, claims.NotChecked) {
		want = append(want, c.Name)
	}
	want = append(want, attest.CheckNamePolicy, attest.CheckNameTier, attest.CheckNameDebug,
		attest.CheckNameAttributes, attest.CheckNameMeasurement, attest.CheckNameReportData)

	spec, err := os.ReadFile("../docs/spec/attestation.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\|").FindAllSubmatch(spec, -1) {
		got = append(got, string(m[1]))
	}
	if !slices.Equal(got, want) {
		t.Errorf("docs/spec/attestation.md names\n%q\nthe code makes\n%q", got, want)
	}
}
