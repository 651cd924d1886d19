package collateral_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

// newBundle is a bundle of both TEEs, and what is in it, by its sorted names.
func newBundle(t testing.TB, reversed bool) (*collateral.Bundle, []dcap.CollateralID, []*dcap.Collateral) {
	t.Helper()
	p := newPlatform(t, dcap.PCKCAProcessor, fixed)
	sgx, ofSGX := collateralOf(t, p, dcap.TEESGX)
	tdx, ofTDX := collateralOf(t, p, dcap.TEETDX)
	return fill(t, []dcap.CollateralID{sgx, tdx}, []*dcap.Collateral{ofSGX, ofTDX}, reversed), []dcap.CollateralID{sgx, tdx}, []*dcap.Collateral{ofSGX, ofTDX}
}

func fill(t testing.TB, ids []dcap.CollateralID, sets []*dcap.Collateral, reversed bool) *collateral.Bundle {
	t.Helper()
	b := collateral.NewBundle(at.Add(time.Nanosecond))
	for i := range ids {
		if reversed {
			i = len(ids) - 1 - i
		}
		if err := b.Add(ids[i], sets[i]); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestBundleRoundTrip(t *testing.T) {
	b, ids, sets := newBundle(t, false)
	path := filepath.Join(t.TempDir(), "bundle.json")
	if err := os.WriteFile(path, []byte("an older one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := b.Write(path); err != nil {
		t.Fatal(err)
	}
	read, err := collateral.ReadBundle(path)
	if err != nil {
		t.Fatal(err)
	}
	if !read.Created.Equal(at) || !slices.Equal(read.IDs(), ids) {
		t.Errorf("created %v, holds %v", read.Created, read.IDs())
	}
	for i, id := range ids {
		got, err := read.Collateral(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		answers(t, got, sets[i])
	}
	written, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if again := fill(t, ids, sets, true); !bytes.Equal(append(mustJSON(t, again), '\n'), written) || !bytes.Equal(append(mustJSON(t, read), '\n'), written) {
		t.Error("the same contents made another file")
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}

	missing := ids[0]
	missing.FMSPC[0]++
	if got, err := read.Collateral(t.Context(), missing); err == nil || got != nil ||
		!strings.Contains(err.Error(), missing.String()) || !strings.Contains(err.Error(), "2026-11-25") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestBundleRefuses(t *testing.T) {
	_, ids, sets := newBundle(t, false)
	one := fmt.Sprintf(`{"id":%q,"collateral":%s}`, ids[0], mustJSON(t, sets[0]))
	whole := func(version, created, list string) string {
		return fmt.Sprintf(`{"version":%s,"created":%s,"collateral":%s}`, version, created, list)
	}
	const date = `"2026-11-25T12:00:00Z"`
	if _, err := collateral.ParseBundle([]byte(whole("1", date, "["+one+"]"))); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, text, want string }{
		{"nothing", "", "EOF"},
		{"list", "[]", "expected a JSON object"},
		{"member missing", `{"version":1,"created":` + date + `}`, "collateral"},
		{"member twice", `{"version":1,"version":1,"created":` + date + `,"collateral":[]}`, `field "version" twice`},
		{"member too many", `{"version":1,"created":` + date + `,"collateral":[],"note":""}`, "note"},
		{"something after it", whole("1", date, "[]") + "1", "something follows"},
		{"another version", whole("2", date, "[]"), "expected version 1, got 2"},
		{"version of another type", whole(`"1"`, date, "[]"), "version"},
		{"no version", whole("null", date, "[]"), "version"},
		{"date of another form", whole("1", `"25.11.2026"`, "[]"), "created"},
		{"no date", whole("1", "null", "[]"), "created"},
		{"date after all years", whole("1", `"9999-12-31T23:59:59-01:00"`, "[]"), "created"},
		{"no list", whole("1", date, "null"), "collateral"},
		{"object in the place of the list", whole("1", date, "{}"), "collateral"},
		{"entry null", whole("1", date, "[null]"), "entry 0"},
		{"entry without a name", whole("1", date, `[{"collateral":{}}]`), "entry 0: "},
		{"entry with more", whole("1", date, "["+strings.Replace(one, "{", `{"tee":"sgx",`, 1)+"]"), "entry 0: "},
		{"entry with an odd name", whole("1", date, "["+strings.Replace(one, "sgx-", "sev-", 1)+"]"), "entry 0: collateral: expected a name"},
		{"entry that is none", whole("1", date, fmt.Sprintf(`[{"id":%q,"collateral":{"tcb_info":""}}]`, ids[0])), "entry 0: collateral: "},
		{"entry twice", whole("1", date, "["+one+","+one+"]"), "entry 1: " + ids[0].String() + " twice"},
		{"too large", strings.Repeat(" ", collateral.MaxBundleSize+1), "expected at most 67108864 bytes"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := collateral.ParseBundle([]byte(tt.text))
			if err == nil || got != nil || !strings.Contains(err.Error(), tt.want) || !strings.HasPrefix(err.Error(), "collateral bundle: ") {
				t.Errorf("got %v, %v; expected %q", got, err, tt.want)
			}
		})
	}
}

func TestBundleEntries(t *testing.T) {
	b := collateral.NewBundle(at)
	id := dcap.CollateralID{TEE: dcap.TEESGX, CA: dcap.PCKCAPlatform}
	small := &dcap.Collateral{TCBInfoSignature: make([]byte, 64), QEIdentitySignature: make([]byte, 64)}
	var list []string
	for i := range collateral.MaxBundleEntries + 1 {
		id.FMSPC[4], id.FMSPC[5] = byte(i>>8), byte(i)
		list = append(list, fmt.Sprintf(`{"id":%q,"collateral":%s}`, id, mustJSON(t, small)))
		if err := b.Add(id, small); (err != nil) != (i == collateral.MaxBundleEntries) {
			t.Fatalf("entry %d: %v", i, err)
		}
	}
	id.FMSPC = [6]byte{}
	if err := b.Add(id, small); err != nil { // in the place of another
		t.Error(err)
	}
	text := func(n int) []byte {
		return []byte(`{"version":1,"created":"2026-11-25T12:00:00Z","collateral":[` + strings.Join(list[:n], ",") + `]}`)
	}
	if _, err := collateral.ParseBundle(text(collateral.MaxBundleEntries)); err != nil {
		t.Error(err)
	}
	if _, err := collateral.ParseBundle(text(collateral.MaxBundleEntries + 1)); err == nil || !strings.Contains(err.Error(), "at most 256 entries") {
		t.Errorf("got %v", err)
	}
}

// A list of very many small things is refused in about the memory of its text.
func TestBundleMemory(t *testing.T) {
	text := []byte(`{"version":1,"created":"2026-11-25T12:00:00Z","collateral":[0` + strings.Repeat(",0", 1<<20) + `]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := collateral.ParseBundle(text)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("accepted")
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 12*uint64(len(text)) {
		t.Errorf("%d bytes of text took %d bytes of memory", len(text), used)
	}
}

func TestReadBundle(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, collateral.MaxBundleSize+1); err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "broken")
	if err := os.WriteFile(broken, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "none"): "no such file",
		dir:                        "expected a file of at most",
		large:                      "expected a file of at most",
		broken:                     broken + ": collateral bundle: ",
	} {
		if _, err := collateral.ReadBundle(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, expected %q", path, err, want)
		}
	}
	if err := collateral.NewBundle(at).Write(filepath.Join(dir, "none", "bundle.json")); err == nil {
		t.Error("it wrote to a directory that is not there")
	}
}

func TestParseID(t *testing.T) {
	for _, id := range []dcap.CollateralID{
		{TEE: dcap.TEESGX, FMSPC: [6]byte{0, 0x60, 0x6a}, CA: dcap.PCKCAPlatform},
		{TEE: dcap.TEETDX, FMSPC: [6]byte{0xb0, 0xc0, 0x6f, 0, 0, 0xff}, CA: dcap.PCKCAProcessor},
	} {
		if got, err := collateral.ParseID(id.String()); err != nil || got != id {
			t.Errorf("%s: got %v, %v", id, got, err)
		}
	}
	for _, name := range []string{
		"", "-", "--", "sgx", "sgx-00606a000000", "sgx-00606a000000-", "sgx-00606a000000-root", "sev-00606a000000-platform",
		"sgx-00606A000000-platform", "sgx-00606a0000-platform", "sgx-00606a00000000-platform", "sgx-00606a00000g-platform",
		"SGX-00606a000000-platform", "sgx-00606a000000-platform-", "sgx-00606a000000-platform ", "../sgx-00606a000000-platform",
	} {
		if got, err := collateral.ParseID(name); err == nil || got != (dcap.CollateralID{}) || !strings.Contains(err.Error(), "such as sgx-00606a000000-platform") {
			t.Errorf("%q: got %v, %v", name, got, err)
		}
	}
}
