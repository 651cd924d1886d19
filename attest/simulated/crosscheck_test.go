package simulated

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

type (
	crossCase struct {
		Name       string           `json:"name"`
		Quote      string           `json:"quote"`
		Root       string           `json:"root"`
		At         int64            `json:"at"`
		Collateral *dcap.Collateral `json:"collateral"`
	}
	crossOutcome struct {
		Status     string   `json:"status"`
		Advisories []string `json:"advisories"`
		Error      string   `json:"error"`
	}
)

// TestCrossCheck has the matrix judged by a verifier that is not ours,
// @phala/dcap-qvl, under the same roots. Both must come to the same verdict and
// status, but for the differences below, each of which must be there.
func TestCrossCheck(t *testing.T) {
	if _, err := os.Stat("crosscheck/node_modules"); errors.Is(err, fs.ErrNotExist) {
		const how = "@phala/dcap-qvl is not installed: run `make attest/simulated/crosscheck/node_modules`"
		if os.Getenv("CI") != "" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	var cases []crossCase
	ours := make(map[string]crossOutcome)
	for _, group := range [][]matrixCase{acceptedCases(), quoteCases(), collateralCases(), chainCases()} {
		for _, c := range group {
			if slices.Contains(notCrossChecked, c.name) {
				continue
			}
			f := c.build(t)
			cases = append(cases, crossCase{c.name, hex.EncodeToString(f.raw), hex.EncodeToString(f.root.Raw), f.now.Unix(), f.c})
			var o crossOutcome
			if res, err := f.verify(); err != nil {
				o.Error = err.Error()
			} else {
				o.Status, o.Advisories = string(res.TCB.Status), res.TCB.Advisories
			}
			ours[c.name] = o
		}
	}
	theirs := runCrossCheck(t, cases)
	differences := crossDifferences()
	for _, c := range cases {
		mine, other, known := ours[c.Name], theirs[c.Name], differences[c.Name]
		slices.Sort(other.Advisories)
		same := mine.Status == other.Status && slices.Equal(mine.Advisories, other.Advisories)
		switch {
		case other.Status == "" && other.Error == "":
			t.Errorf("%s: no outcome", c.Name)
		case !same && known == "":
			t.Errorf("%s: we say %+v, @phala/dcap-qvl %+v", c.Name, mine, other)
		case same && known != "":
			t.Errorf("%s: both say %+v; take it off the list of differences (%s)", c.Name, mine, known)
		}
		delete(differences, c.Name)
	}
	for name := range differences {
		t.Errorf("%s is on the list of differences, and no case", name)
	}
	t.Logf("%d cases", len(cases))
}

func runCrossCheck(t *testing.T, cases []crossCase) map[string]crossOutcome {
	t.Helper()
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "verify.mjs", file)
	node.Dir = "crosscheck"
	node.Stderr = os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatalf("node verify.mjs: %v", err)
	}
	var outcomes map[string]crossOutcome
	if err := json.Unmarshal(out, &outcomes); err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// notCrossChecked are cases that say nothing about another verifier.
var notCrossChecked = []string{"no_collateral"}

func crossDifferences() map[string]string { return map[string]string{} }
