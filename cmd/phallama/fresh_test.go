package main

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/internal/devnet"
)

// A pod that runs is verified over our nonce; one that is gone is on the registry still, and is not.
func TestVerifyFresh(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	n := startDevnet(ctx, t, func(c *devnet.Config) { c.Dir = data })
	// shown is what a person sees of phallama verify.
	shown := func(status int, args ...string) string {
		t.Helper()
		out, err := exec.CommandContext(ctx, filepath.Join(builtDir, "phallama"), append(args, n.Pod().ID.String()[:10], "--data", data)...).CombinedOutput()
		got := 0
		if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
			got = failed.ExitCode()
		} else if err != nil {
			t.Fatal(err)
		}
		if got != status {
			t.Fatalf("%v: status %d, want %d\n%s", args, got, status, out)
		}
		return string(out)
	}
	const over = `over our nonce, \d+ ms`
	passed := regexp.MustCompile(`(\d+) checks passed`)
	plain, fresh := shown(0, "verify"), shown(0, "verify", "--fresh")
	if regexp.MustCompile(over).MatchString(plain) || !regexp.MustCompile(`fresh +`+over).MatchString(fresh) || !strings.Contains(fresh, "SIMULATED") {
		t.Errorf("without --fresh\n%s\nwith it\n%s", plain, fresh)
	}
	if a, b := passed.FindString(plain), passed.FindString(fresh); a == b || a == "" || b == "" {
		t.Errorf("%q without --fresh, %q with it", a, b)
	}
	status, out := phallama(t, data, "verify", "--fresh", n.Pod().ID.String())
	var r struct {
		Outcome string
		Checks  []attest.Check
		Claims  struct{ ReportData attest.ReportData }
	}
	if err := json.Unmarshal(out, &r); err != nil || status != 0 || r.Outcome != "trusted" || len(r.Checks) == 0 {
		t.Fatalf("%d, %v\n%s", status, err, out)
	}
	last := r.Checks[len(r.Checks)-1]
	if last.Name != "fresh" || !regexp.MustCompile(over).MatchString(last.Value) || !strings.HasSuffix(r.Claims.ReportData.String(), strings.Repeat("0", 64)) {
		t.Errorf("%+v, report data %s", last, r.Claims.ReportData)
	}
	if err := n.Pod().Kill(); err != nil {
		t.Fatal(err)
	}
	shown(0, "verify") // the registry's evidence holds for days
	if out := shown(3, "verify", "--fresh"); !strings.Contains(out, "could not be checked") {
		t.Errorf("of a dead pod:\n%s", out)
	}
}
