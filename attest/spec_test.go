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
// tables name the checks of Verify, of Validate and of ValidateRecord, in order.
func TestSpecNamesTheChecks(t *testing.T) {
	p := newPlatform(t)
	ev, err := p.GuestSource(simulated.Guest{}).Quote(t.Context(), reportData) // a guest has the check of the TDX module as well
	if err != nil {
		t.Fatal(err)
	}
	claims := verified(t, p, ev)
	_, expect := wanted()
	policy := attest.LookingPolicy(claims, chainID, now)
	verdict, err := policy.Validate(claims, expect)
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, c := range slices.Concat(claims.Checks, verdict.Checks, []attest.Check{attest.CheckStanding, attest.CheckQuoteAge, attest.CheckKeyLifetimes}) {
		want = append(want, c.Name)
	}
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
