package gramine

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// templateFile is what deploy/gramine embeds.
const templateFile = "../deploy/gramine/podd.manifest.template"

func templateText(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile(templateFile)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func values() Values {
	return Values{
		LibOS:  TrustedFile{"file:/usr/lib/x86_64-linux-gnu/gramine/libsysdb.so", Digest{3}},
		Binary: Digest{1}, Config: Digest{2}, EnclaveSize: "16G", MaxThreads: 64, EDMM: true, ISVProdID: 1, ISVSVN: 1,
	}
}

func dynamic() Values {
	v := values()
	v.Libraries = []TrustedFile{{"file:/phallama/lib/libc.so.6", Digest{4}}, {"file:/phallama/lib/ld-linux-x86-64.so.2", Digest{5}}}
	return v
}

func render(t testing.TB, v Values) *Manifest {
	t.Helper()
	m, err := Render(templateText(t), v)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func reparse(t testing.TB, text string) *Manifest {
	t.Helper()
	m, err := Parse([]byte(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return m
}

// Of goldenInput's canonical form, golden, Gramine 1.9's own signer made the same bytes (docs/spec/mrenclave.md says how it
// was run).
const goldenInput = `# a comment
libos.entrypoint = "/podd"
loader.argv = ["podd", "--config", "/c \" \u0001\u007f é"]
loader.env.HOME = "/tmp"
loader.env.X = { passthrough = true }
fs.mounts = [
  { path = "/lib", uri = "file:/usr/lib/x" }, { type = "tmpfs", path = "/tmp" },
]
sgx.max_threads = 7
sgx.enclave_size = "64M"
sgx.debug = true
sgx.allowed_files = ["file:/b", "file:/a"]
"odd key".list = [ {a = 1, b = [1, 2, [3]]}, {c = {}} ]
[[sgx.trusted_files]]
uri = "file:/x/fake.c"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[[sgx.trusted_files]]
uri = "file:/x/a.c"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"
[loader.entrypoint]
uri = "file:/x/libsysdb.so"
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
`

const golden = `[fs]
mounts = [
    { path = "/lib", uri = "file:/usr/lib/x" },
    { path = "/tmp", type = "tmpfs" },
]

[libos]
entrypoint = "/podd"

[loader]
argv = [
    "podd",
    "--config",
    "/c \" \u0001\u007f é",
]

[loader.entrypoint]
sha256 = "0000000000000000000000000000000000000000000000000000000000000002"
uri = "file:/x/libsysdb.so"

[loader.env]
HOME = "/tmp"

[loader.env.X]
passthrough = true

[["odd key".list]]
a = 1
b = [
    1,
    2,
    [
        3,
    ],
]

[["odd key".list]]

["odd key".list.c]

[sgx]
allowed_files = [
    "file:/a",
    "file:/b",
]
debug = true
edmm_enable = false
enable_stats = false
enclave_size = "64M"
isvprodid = 0
isvsvn = 0
max_threads = 7
remote_attestation = "none"
use_exinfo = false

[sgx.cpu_features]
amx = "unspecified"
avx = "unspecified"
avx512 = "unspecified"
mpx = "disabled"
pkru = "disabled"

[[sgx.trusted_files]]
uri = "file:/x/a.c"
sha256 = "0000000000000000000000000000000000000000000000000000000000000001"

[[sgx.trusted_files]]
uri = "file:/x/fake.c"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
`

func TestCanonical(t *testing.T) {
	if diff := cmp.Diff(golden, string(reparse(t, goldenInput).Canonical())); diff != "" {
		t.Error(diff)
	}
	for name, v := range map[string]Values{"static": values(), "dynamic": dynamic()} {
		m := render(t, v)
		again := reparse(t, string(m.Canonical()))
		if diff := cmp.Diff(string(m.Canonical()), string(again.Canonical())); diff != "" {
			t.Errorf("%s: the canonical form has another: %s", name, diff)
		}
	}
}

// TestSameMeasurement: what is no part of the measurement makes no difference, what is does.
func TestSameMeasurement(t *testing.T) {
	text := templateText(t)
	sum := func(name string, m *Manifest) Digest {
		t.Helper()
		a, err := m.Attributes()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return measure(t, string(m.Canonical()), a).MRENCLAVE
	}
	want := sum("base", render(t, dynamic()))
	for name, change := range map[string]func(string) string{
		"comments":    func(s string) string { return strings.ReplaceAll(s, "\n", " # more\n") },
		"white space": func(s string) string { return "\n\n" + strings.ReplaceAll(s, " = ", "   =  ") },
	} {
		changed := change(strings.ReplaceAll(text, "mounts = [\n", "mounts = [\n\n")) // comments within an array too
		m, err := Render(changed, dynamic())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := sum(name, m); got != want {
			t.Errorf("%s make a difference", name)
		}
	}
	v := dynamic()
	v.Libraries[0], v.Libraries[1] = v.Libraries[1], v.Libraries[0]
	if sum("order", render(t, v)) != want {
		t.Error("the order of trusted files makes a difference")
	}

	seen := map[Digest]string{want: "base"}
	for name, change := range map[string]func(v *Values){
		"binary":   func(v *Values) { v.Binary[31] ^= 1 },
		"config":   func(v *Values) { v.Config[31] ^= 1 },
		"libos":    func(v *Values) { v.LibOS.SHA256[31] ^= 1 },
		"place":    func(v *Values) { v.LibOS.URI = "file:/opt/gramine/libsysdb.so" },
		"library":  func(v *Values) { v.Libraries[0].SHA256[31] ^= 1 },
		"a name":   func(v *Values) { v.Libraries[0].URI += ".1" },
		"size":     func(v *Values) { v.EnclaveSize = "32G" },
		"threads":  func(v *Values) { v.MaxThreads++ },
		"isvsvn":   func(v *Values) { v.ISVSVN++ }, // not of itself, but as a line of the manifest
		"isvprodi": func(v *Values) { v.ISVProdID++ },
	} {
		v := dynamic()
		change(&v)
		got := sum(name, render(t, v))
		if other, twice := seen[got]; twice {
			t.Errorf("%s and %s measure the same", name, other)
		}
		seen[got] = name
	}
	for name, change := range map[string]string{
		"argv": `"--config"|"--confiG"`, "env": `HOME = "/tmp"|HOME = "/tmq"`, "mounts": `path = "/phallama/models"|path = "/phallama/model5"`,
	} {
		before, after, _ := strings.Cut(change, "|")
		canonical := string(render(t, dynamic()).Canonical())
		if changed := strings.Replace(canonical, before, after, 1); changed == canonical || sum(name, reparse(t, changed)) == want {
			t.Errorf("%s makes no difference", name)
		}
	}
}

// TestDebugIsNotMeasured: DEBUG is an attribute of the enclave. MRENCLAVE is the same with it and without, for the same
// manifest; that a manifest asks for it is a line that is measured, and that the rules refuse.
func TestDebugIsNotMeasured(t *testing.T) {
	text := strings.Replace(string(render(t, values()).Canonical()), "debug = false", "debug = true", 1)
	m := reparse(t, text)
	var broken *RulesError
	if err := m.Check(); !errors.As(err, &broken) || len(broken.Violations) != 1 || broken.Violations[0].Key != "sgx.debug" {
		t.Errorf("got %v", err)
	}
	// Nothing but the layout and the text is an input: there is no place for DEBUG to go in.
	a, err := m.Attributes()
	if err != nil || a != (Attributes{16 << 30, 64, true}) {
		t.Errorf("got %+v, %v", a, err)
	}
}

func TestParseRefuses(t *testing.T) {
	good := string(render(t, values()).Canonical())
	for name, c := range map[string]struct{ text, want string }{
		"too long":            {strings.Repeat("#\n", MaxManifest), "at most 262144 bytes"},
		"a long line":         {"x = \"" + strings.Repeat("y", maxLine) + "\"", "line 1: expected at most 1024 bytes"},
		"many dots":           {"x = 1\n" + strings.Repeat("a.", maxDots) + "a.b = 1", "line 2: expected at most 64 dots"},
		"many brackets":       {"x = \n" + strings.Repeat("[\n", 100), "line 66: expected at most 64 dots, and 64 open brackets"},
		"no text":             {"\xff", "UTF-8"},
		"a zero":              {"x = \"\x00\"", "zero byte"},
		"a carriage return":   {"x = 1\r\n", "carriage return"},
		"no TOML":             {"\n\nx == 1", "line 3: expected TOML"},
		"a key twice":         {"x = 1\nx = 2", "line 2: expected TOML"},
		"a float":             {"x = 1.5", "got a float64"},
		"a date":              {"x = 2026-01-01", "got a time.Time"},
		"deep":                {"x = " + strings.Repeat("[", maxDepth+1) + strings.Repeat("]", maxDepth+1), "in one another"},
		"deep tables":         {"a.b.c.d.e.f.g.h = 1", "in one another"},
		"sgx is no table":     {"sgx = 1", "sgx: expected a table, got int64"},
		"no entrypoint":       {"", "loader.entrypoint.uri: expected a string, got nothing: the file libsysdb.so"},
		"no sum of it":        {"loader.entrypoint.uri = \"file:/x\"", "loader.entrypoint.sha256: expected a string"},
		"trusted is no array": {strings.Split(good, "[[sgx")[0] + "[sgx.trusted_files]\n", "expected an array"},
		"a file without sum":  {strings.Replace(good, "debug = false", "debug = false\ntrusted_files = [\"file:/x/y\"]", 1), "expected TOML"},
		"a bad sum":           {strings.Replace(good, Digest{1}.String(), "01", 1), "want 64 hexadecimal digits"},
		"a sum in capitals":   {strings.Replace(good, Digest{1}.String(), strings.Repeat("A", 64), 1), "lower case"},
		"more of a file":      {good[:strings.Index(good, "[sys]")] + "x = 1\n", "nothing else"},
		"a file twice":        {strings.Replace(good, "file:/phallama/podd.json\"\nsha256", "file:/phallama/podd\"\nsha256", 1), "is there twice"},
		"a short URI":         {strings.Replace(good, "uri = \"file:/phallama/podd\"\nsha", "uri = \"file:/\"\nsha", 1), "expected a URI"},
	} {
		if _, err := Parse([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", name, err, c.want)
		}
	}
	only := strings.Split(good, "[[sgx")[0]
	only = strings.Replace(only, "debug = false", "debug = false\ntrusted_files = [\"file:/x/y\"]", 1)
	if _, err := Parse([]byte(only)); err == nil || !strings.Contains(err.Error(), "phallama enclave manifest writes the sums") {
		t.Errorf("got %v", err)
	}
}

func TestAttributes(t *testing.T) {
	good := string(render(t, values()).Canonical())
	for change, want := range map[string]string{
		`enclave_size = "16G"|enclave_size = "16Gi"`: "expected a size such as",
		`enclave_size = "16G"|enclave_size = "24G"`:  "expected a power of two",
		`enclave_size = "16G"|enclave_size = 16`:     "expected a string, got a int64",
		`max_threads = 64|max_threads = -1`:          "expected 1 to 4096, got 0",
		`max_threads = 64|max_threads = "64"`:        "expected an integer",
		`edmm_enable = true|edmm_enable = 1`:         "expected true or false",
	} {
		before, after, _ := strings.Cut(change, "|")
		if _, err := reparse(t, strings.Replace(good, before, after, 1)).Attributes(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", change, err)
		}
	}
	for text, want := range map[string]uint64{"0": 0, "4096": 4096, "1K": 1 << 10, "512M": 512 << 20, "16G": 16 << 30} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%s: got %d, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "G", "-1", "+1", "1T", "1.5G", "0x10", "1 G", "99999999999G", "18446744073709551616"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q: got %d", text, got)
		}
	}
	for change, want := range map[string]string{
		"isvsvn = 1|isvsvn = 65536": "expected 0 to 65535", "isvprodid = 1|isvprodid = -1": "expected 0 to 65535", "isvsvn = 1|isvsvn = true": "expected an integer",
	} {
		before, after, _ := strings.Cut(change, "|")
		if _, _, err := reparse(t, strings.Replace(good, before, after, 1)).Identity(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", change, err)
		}
	}
}

// A canonical text is its own, and says the same.
func FuzzParse(f *testing.F) {
	f.Add([]byte(goldenInput))
	f.Add([]byte(golden))
	f.Add(render(f, dynamic()).Canonical())
	f.Add([]byte("loader.entrypoint = {uri='a',sha256='b'}\n'' = [[], [{}], {}]\nx.y = '''\n\t\"'''"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Parse(raw)
		if err != nil {
			return
		}
		text := m.Canonical()
		again, err := Parse(text)
		if err != nil {
			if len(text) > MaxManifest || strings.Contains(err.Error(), "at most 1024 bytes") || bytes.Contains(text, []byte("\\r")) {
				return // escapes and indents are longer than what they stand for
			}
			t.Fatalf("%v in\n%s", err, text)
		}
		if !bytes.Equal(text, again.Canonical()) {
			t.Fatalf("%s\n---\n%s", text, again.Canonical())
		}
		_ = m.Check()
		_, _ = m.Attributes()
		_, _, _ = m.Identity()
	})
}
