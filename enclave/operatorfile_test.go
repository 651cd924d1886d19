package enclave

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/protocol"
)

// operatorsFields are what may be in either file.
var operatorsFields = []string{"pod", "operator", "listen", "control", "controlToken", "offers", "slots", "queue"}

// splitConfig moves fields of a good configuration to an operator's file.
func splitConfig(t *testing.T, fields ...string) (measured, operators map[string]any) {
	t.Helper()
	measured, operators = goodConfig(), map[string]any{}
	measured["slots"], measured["queue"] = 2, 5
	for _, field := range fields {
		operators[field] = measured[field]
		delete(measured, field)
	}
	return measured, operators
}

func writeBoth(t *testing.T, measured, operators map[string]any) string {
	t.Helper()
	measured["operatorFile"] = writeConfig(t, operators)
	return writeConfig(t, measured)
}

// TestOperatorFile: it makes no difference to the pod which of the two files a field is in.
func TestOperatorFile(t *testing.T) {
	whole, _ := splitConfig(t)
	want, err := LoadConfig(writeConfig(t, whole))
	if err != nil {
		t.Fatal(err)
	}
	splits := [][]string{operatorsFields, nil}
	for _, field := range operatorsFields {
		splits = append(splits, []string{field})
	}
	for _, fields := range splits {
		measured, operators := splitConfig(t, fields...)
		got, err := LoadConfig(writeBoth(t, measured, operators))
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(protocol.Amount{})); err != nil || diff != "" {
			t.Errorf("%v: %v %s", fields, err, diff)
		}
	}
}

func TestOperatorFileRefuses(t *testing.T) {
	expect := func(name, path, want string) {
		t.Helper()
		if _, err := LoadConfig(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	// What is measured cannot be changed, not even to the same.
	for _, field := range operatorsFields {
		measured, _ := splitConfig(t)
		expect(field, writeBoth(t, measured, map[string]any{field: measured[field]}), field+" is set by the measured configuration")
	}
	// What must be measured cannot come from the operator.
	for field := range goodConfig() {
		if strings.Contains(strings.Join(operatorsFields, " "), field) {
			continue
		}
		measured, operators := splitConfig(t, operatorsFields...)
		operators[field] = measured[field]
		delete(measured, field)
		expect(field, writeBoth(t, measured, operators), `unknown field "`+field+`"`)
	}
	measured, operators := splitConfig(t, operatorsFields...)
	operators["operatorFile"] = "/another"
	expect("a file that names another", writeBoth(t, measured, operators), `unknown field "operatorFile"`)
	delete(operators, "operatorFile")
	delete(operators, "control")
	expect("in neither", writeBoth(t, measured, operators), "control is missing")
	measured["operatorFile"] = filepath.Join(t.TempDir(), "nosuch")
	expect("no file", writeConfig(t, measured), "operatorFile: open ")
	large := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(large, []byte(`{"listen":"`+strings.Repeat("x", maxConfigSize)), 0o600); err != nil {
		t.Fatal(err)
	}
	measured["operatorFile"] = large
	expect("too large", writeConfig(t, measured), "more than 1048576 bytes")
}

// The token must not get out through an error.
func TestOperatorFileHidesItsToken(t *testing.T) {
	measured, operators := splitConfig(t, operatorsFields...)
	operators["nosuch"] = 1
	if _, err := LoadConfig(writeBoth(t, measured, operators)); err == nil || strings.Contains(err.Error(), secretToken) {
		t.Errorf("got %v", err)
	}
}

func measuredConfig(t *testing.T) map[string]any {
	t.Helper()
	c, _ := splitConfig(t, operatorsFields...)
	delete(c, "quoteSocket")
	delete(c, "engineSocket")
	c["gramine"], c["stateKey"] = "/dev/attestation", map[string]any{"source": "gramine", "path": "/dev/attestation"}
	c["operatorFile"], c["models"], c["state"] = "/o.json", "/m", "/s"
	return c
}

func TestCheckMeasured(t *testing.T) {
	check := func(c map[string]any) error {
		raw, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		return CheckMeasured(raw, "/dev/attestation", "/o.json", "/m", "/s")
	}
	if err := check(measuredConfig(t)); err != nil {
		t.Error(err)
	}
	pinned := measuredConfig(t)
	for _, field := range []string{"pod", "operator", "offers", "slots", "queue"} {
		pinned[field] = goodConfig()[field]
	}
	pinned["slots"], pinned["queue"] = 1, 1
	if err := check(pinned); err != nil {
		t.Errorf("an enclave of one pod: %v", err)
	}
	for field, value := range map[string]any{
		"gramine": nil, "operatorFile": "/other", "models": "/other", "state": "/other", "engineSocket": "/run/engine",
		"controlToken": secretToken, "listen": "127.0.0.1:1", "control": "127.0.0.1:1",
		"stateKey": map[string]any{"source": "file", "path": "/key"}, "chainId": 0, "registry": nil, "escrow": nil, "nosuch": 1,
		"quoteSocket": "/run/quote",
	} {
		c := measuredConfig(t)
		c[field] = value
		if err := check(c); err == nil || !strings.Contains(err.Error(), field) {
			t.Errorf("%s: got %v", field, err)
		} else if strings.Contains(err.Error(), secretToken) {
			t.Errorf("%s: %v", field, err)
		}
	}
}
