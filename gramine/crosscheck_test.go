package gramine

import (
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
)

// crossCase is a manifest, as values, and a libpal.so for both implementations.
type crossCase struct {
	Name   string         `json:"name"`
	Values map[string]any `json:"values"`
	Libpal []byte         `json:"libpal"`

	text string
}

// TestCrossCheck holds the canonical form and the measurement against crosscheck/measure.mjs, which was written from
// docs/spec/mrenclave.md in another language.
func TestCrossCheck(t *testing.T) {
	if _, err := exec.LookPath("node"); err != nil {
		const how = "Node.js is not installed: deploy/prerequisites test installs it"
		if os.Getenv("CI") != "" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
	cases := crossCases(t)
	theirs := runCrossCheck(t, cases)
	seen := map[string]string{}
	for _, c := range cases {
		m, err := Parse([]byte(c.text))
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		a, err := m.Attributes()
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		l, err := ParseLibpal(c.Libpal)
		if err != nil {
			t.Fatalf("%s: %v", c.Name, err)
		}
		other := theirs[c.Name]
		e, err := Measure(t.Context(), m.Canonical(), a, l, nil)
		if err != nil {
			if !strings.Contains(err.Error(), "expected room") || other.Error != "no room" {
				t.Errorf("%s: %v, and the other says %+v", c.Name, err, other)
			}
			continue
		}
		if diff := cmp.Diff(string(m.Canonical()), other.Manifest); diff != "" {
			t.Errorf("%s: the manifests differ: %s", c.Name, diff)
		}
		if got := e.MRENCLAVE.String(); got != other.MRENCLAVE {
			t.Errorf("%s: got %s, and the other %+v", c.Name, got, other)
		} else if twice, ok := seen[got]; ok {
			t.Errorf("%s and %s measure the same", c.Name, twice)
		}
		seen[e.MRENCLAVE.String()] = c.Name
	}
	t.Logf("%d enclaves measured by both", len(seen))
}

func crossCases(t *testing.T) []crossCase {
	t.Helper()
	libpals := map[string]elfFile{"two segments": fakeLibpal()}
	one := fakeLibpal()
	one.segments, one.entry = one.segments[:1], 0
	libpals["one segment"] = one
	many := elfFile{kind: elf.ET_DYN, machine: elf.EM_X86_64, entry: 0x2001, size: 0x8000, loader: "/lib/ld.so", libraries: []string{"libc.so.6"}}
	many.segments = []loadSegment{
		{0, 0, 0x1000, 0x1000, elf.PF_R},
		{0x1000, 0x1000, 0x1001, 0x1001, elf.PF_R | elf.PF_X},
		{0x3fff, 0x3fff, 2, 2, elf.PF_R},
		{0x4100, 0x7100, 0, 0x5000, elf.PF_R | elf.PF_W}, // nothing of the file
		{0x5fff, 0x20fff, 1, 0x1002, elf.PF_R | elf.PF_W | elf.PF_X},
	}
	libpals["many segments"] = many

	edmm := dynamic()
	heap := values()
	heap.EDMM, heap.EnclaveSize, heap.MaxThreads = false, "512M", 17
	manifests := map[string]string{
		"podd with EDMM":    string(render(t, edmm).Canonical()),
		"podd without EDMM": string(render(t, heap).Canonical()),
		"all kinds of TOML": goldenInput,
		"no values":         "loader.entrypoint = {uri = 'file:/l', sha256 = '" + Digest{}.String() + "'}\nsgx.enclave_size = '64M'\n",
		"no room":           "loader.entrypoint = {uri = 'file:/l', sha256 = '" + Digest{}.String() + "'}\nsgx.enclave_size = '1M'\n",
		"long and short tables": "loader.entrypoint = {uri = 'file:/l', sha256 = '" + Digest{}.String() + "'}\nsgx.enclave_size = '64M'\nsgx.edmm_enable = true\n" +
			"a = [{x = '" + strings.Repeat("é", 85) + "'}, {}]\nb = [{x = '" + strings.Repeat("é", 86) + "'}, {}]\nc = [{}, 1]\nd = []\n[e.f]\n[g.h]\ni.j = \"\t\\b\\f\\n\\r\\\\\\u007f\"\n",
		"one page exactly": "#\nloader.entrypoint = {uri = 'file:/l', sha256 = '" + Digest{}.String() + "'}\nsgx.enclave_size = '64M'\nsgx.edmm_enable = true\n",
	}
	// Its text and the zero behind it fill the page to the last byte.
	filler := reparse(t, manifests["one page exactly"]+"filler = ['']\n")
	fill := pageSize - 1 - len(filler.Canonical())
	var lines []string
	for fill >= 500 {
		lines = append(lines, "'"+strings.Repeat("x", 400)+"'")
		fill -= 400 + len("    \"\",\n")
	}
	lines = append(lines, "'"+strings.Repeat("y", fill)+"'")
	manifests["one page exactly"] += "filler = [" + strings.Join(lines, ",\n") + "]\n"
	if n := len(reparse(t, manifests["one page exactly"]).Canonical()); n != pageSize-1 {
		t.Fatalf("the manifest of one page has %d bytes", n)
	}

	var cases []crossCase
	for name, text := range manifests {
		var values map[string]any
		if _, err := toml.Decode(text, &values); err != nil {
			t.Fatal(err)
		}
		for kind, file := range libpals {
			cases = append(cases, crossCase{name + ", " + kind, values, file.bytes(t), text})
		}
	}
	return cases
}

type crossOutcome struct {
	Manifest  string `json:"manifest"`
	MRENCLAVE string `json:"mrenclave"`
	Error     string `json:"error"`
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
	node := exec.CommandContext(t.Context(), "node", "crosscheck/measure.mjs", file)
	node.Stderr = os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatalf("node measure.mjs: %v", err)
	}
	var outcomes map[string]crossOutcome
	if err := json.Unmarshal(out, &outcomes); err != nil {
		t.Fatal(err)
	}
	return outcomes
}
