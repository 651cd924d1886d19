package main

import (
	"bytes"
	"debug/buildinfo"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// checkLicences holds the licences in dist against what the binaries say they are made of.
func checkLicences(t *testing.T, r *release) {
	text, err := os.ReadFile(filepath.Join(r.dist, licencesFile))
	if err != nil {
		t.Fatal(err)
	}
	var engines []string
	for _, b := range binaries {
		if b.engine {
			engines = append(engines, b.name)
		}
		info, err := buildinfo.ReadFile(filepath.Join(r.dist, b.name))
		if err != nil {
			t.Fatal(err)
		}
		for _, dep := range info.Deps {
			m := moduleOf(dep)
			line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(m.path+" "+m.version) + `: .*\(.*\b` + b.name + `\b.*\)$`)
			if !isOurs(m.path) && !line.Match(text) {
				t.Errorf("%s has no licence of %s %s for %s", licencesFile, m.path, m.version, b.name)
			}
		}
	}
	for of, in := range map[string]string{
		"Go's standard library: LICENSE": "engine, phallama, podd, podd-allinone",
		"glibc: glibc.txt":               strings.Join(engines, ", "),
		"github.com/ollama/ollama v0.17.4: ml/backend/ggml/ggml/LICENSE": strings.Join(engines, ", "),
	} {
		if !bytes.Contains(text, []byte("\n"+of+" ("+in+")\n")) {
			t.Errorf("%s does not have %s of %s", licencesFile, of, in)
		}
	}
	for _, phrase := range []string{"@noble/curves 1", "(c) 2023-present wevm", "GNU LESSER GENERAL PUBLIC LICENSE", "GCC RUNTIME LIBRARY EXCEPTION", "Niels Lohmann", "Sean Barrett", "The ggml authors"} {
		if !bytes.Contains(text, []byte(phrase)) {
			t.Errorf("%s lacks %q", licencesFile, phrase)
		}
	}
}

func TestLicencesOf(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"License.md": "a", "README": "no", "license.go": "no", "LICENSES/MIT.txt": "b", "x/COPYING": "c", "x/y/MIT-LICENSE.txt": "d", "x/y/y.go": "no", "other/LICENSE": "not linked", "NOTICE": "n",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	found, err := licencesOf(module{path: "a.example/m", version: "v1.0.0", folder: folder, packages: []string{"a.example/m/x/y", "a.example/m/gone"}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range found {
		got = append(got, l.of+" "+l.file+"="+string(l.text))
	}
	want := []string{"a.example/m v1.0.0 LICENSES/MIT.txt=b", "a.example/m v1.0.0 License.md=a", "a.example/m v1.0.0 NOTICE=n", "a.example/m v1.0.0 x/COPYING=c", "a.example/m v1.0.0 x/y/MIT-LICENSE.txt=d"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A text stands once, below all that it is of, whatever order things came in; an image has only what is in it.
func TestFormatLicences(t *testing.T) {
	all := []licence{
		{"b v1", "LICENSE", []byte("one\n\n"), []string{"podd"}},
		{"a v1", "LICENSE", []byte("one\n\n"), []string{"podd"}},
		{"a v1", "LICENSE", []byte("one\n\n"), []string{"engine"}},
		{"a v1", "NOTICE", []byte("two"), []string{"engine"}},
		{"c v1", "LICENSE", []byte("three"), []string{"phallama"}},
	}
	line := strings.Repeat("=", 80) + "\n"
	want := "\n" + line + "a v1: LICENSE (engine, podd)\nb v1: LICENSE (podd)\n" + line + "\none\n\n" + line + "a v1: NOTICE (engine)\n" + line + "\ntwo\n"
	for range 2 {
		got := string(formatLicences(all, []string{"engine", "podd"}))
		if !strings.HasSuffix(got, want) || !strings.Contains(got, "what is in engine, podd beside it") {
			t.Errorf("got %s\nwant %s", got, want)
		}
		slices.Reverse(all)
	}
}
