package gramine

import (
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// signerSums are what Gramine 1.9's own signer computed of these cases (docs/spec/mrenclave.md says how it was run). The
// other cases change with the template.
var signerSums = map[string]string{
	"all kinds of TOML, many segments":     "16c68c19a44b2d6d64bf13e1fc702f05ca8f914c056dfb5d4b3fbecc29d1f88f",
	"all kinds of TOML, one segment":       "c574dbd13512fd3c57ec4f049f2de2db2fcf2acf51e53350bb35051e76d9ce16",
	"all kinds of TOML, two segments":      "cc6db2bff492f3e3d7bb36d05f1256ee393879d567d66c9e634d299a73c08ef2",
	"long and short tables, many segments": "4575cd0be49cc76510a368096a7ed03a77f15e9e6855ded984cb8bd014675acc",
	"long and short tables, one segment":   "0075481fd8294db4699f6e176c37df287d1ca5f299dd5e9a5608ce539b20960b",
	"long and short tables, two segments":  "63e9523d2931cb28a43e7be2fa8e3de5e24f976ca24771a29e0ffcb4364a9cc8",
	"no values, many segments":             "979a1f9a343a1e566340608ef09971eaea1602b2a2f801e27aaf979656b53b13",
	"no values, one segment":               "e8e5bd095bfa7a72d09fbdb2b7ce22ed0f240e4248b86eddeae23c85806eae75",
	"no values, two segments":              "ae69637e7f41d800b1d9102b3d008fdd7c41e367f3af6297fad60b5fd80aac45",
	"one page exactly, many segments":      "4ea39fce4f4393029569816c03f23fa2f8d02d4a9e0d4563046f6d6b8e059965",
	"one page exactly, one segment":        "49a9a57b43423d9f12ef04c7b3c5087324d0b8f62d36b39e14cc9a156e0115cb",
	"one page exactly, two segments":       "2c64712cafa2a5048dc3413174c705a7e4c31deebbc2854d9e019ec8f8b73aa2",
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
		if want, ok := signerSums[c.Name]; ok && e.MRENCLAVE.String() != want {
			t.Errorf("%s: got %s, and Gramine's signer %s", c.Name, e.MRENCLAVE, want)
		}
		if got := e.MRENCLAVE.String(); got != other.MRENCLAVE {
			t.Errorf("%s: got %s, and the other %+v", c.Name, got, other)
		} else if twice, ok := seen[got]; ok {
			t.Errorf("%s and %s measure the same", c.Name, twice)
		}
		seen[e.MRENCLAVE.String()] = c.Name
	}
	for name := range signerSums {
		if !slices.ContainsFunc(cases, func(c crossCase) bool { return c.Name == name }) {
			t.Errorf("%s is no case", name)
		}
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
