package phallama

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestFaultsAreTested holds the tests that docs/design/faults.md names against the code.
func TestFaultsAreTested(t *testing.T) {
	page, err := os.ReadFile("docs/design/faults.md")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for line := range strings.Lines(string(page)) {
		if !strings.HasPrefix(line, "| ") || strings.HasPrefix(line, "| ---") || strings.Contains(line, "| test |") {
			continue
		}
		m := regexp.MustCompile("`([^`]+)` ([Tt]est\\w+) \\|\\s*$").FindStringSubmatch(line)
		if m == nil {
			t.Errorf("names no test: %s", line)
			continue
		}
		source, err := os.ReadFile(m[1])
		if err != nil {
			t.Error(err)
			continue
		}
		if !regexp.MustCompile(`func(tion)? ` + m[2] + `\(`).Match(source) {
			t.Errorf("%s has no %s", m[1], m[2])
		}
		named++
	}
	if named < 30 {
		t.Errorf("%d tests are named: is the page still read?", named)
	}
}
