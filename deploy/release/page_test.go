package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The page that is committed names what it is made of, once each, under licences that it may be given on with.
func TestLibraries(t *testing.T) {
	for _, b := range binaries {
		all, err := b.libraries(repository)
		if err != nil {
			t.Fatal(err)
		}
		if embeds, err := b.embedsPage(t); err != nil || embeds != (len(all) > 0) {
			t.Errorf("%s embeds the page: %t, %v; it has %d libraries", b.name, embeds, err, len(all))
		}
		var names []string
		for _, l := range all {
			names = append(names, l.Name)
			if !slices.Contains([]string{"MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"}, l.License) {
				t.Errorf("%s is under %s: look at its terms, then add it here", l.Name, l.License)
			}
		}
		for _, name := range []string{"svelte", "marked", "virtua", "viem"} {
			if b.page && !slices.Contains(names, name) {
				t.Errorf("%s lacks %s", pageFile, name)
			}
		}
		if sorted := slices.Sorted(slices.Values(names)); len(slices.Compact(sorted)) != len(names) {
			t.Errorf("%s names one twice: %q", pageFile, names)
		}
	}
}

// embedsPage says whether a binary links the package that the page is embedded in.
func (b binary) embedsPage(t *testing.T) (bool, error) {
	modules, err := dependencies(t.Context(), repository, b)
	for _, m := range modules {
		if slices.Contains(m.packages, ours+"/web") {
			return true, err
		}
	}
	return false, err
}

func TestLibrariesWithoutLicence(t *testing.T) {
	for text, want := range map[string]string{
		`[{"name":"a","version":"1","identifier":"MIT","text":""}]`:   "a 1 has no licence",
		`[{"name":"a","version":"1","identifier":"","text":"Terms"}]`: "a 1 has no licence",
		`[]`:   "names no library",
		`{]`:   "invalid character",
		"gone": "no such file",
	} {
		root := t.TempDir()
		if err := os.MkdirAll(filepath.Join(root, filepath.Dir(pageFile)), 0o755); err != nil {
			t.Fatal(err)
		}
		if text != "gone" {
			if err := os.WriteFile(filepath.Join(root, pageFile), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := (binary{page: true}).libraries(root); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error that says %q", text, err, want)
		}
	}
}

func TestPURL(t *testing.T) {
	if got := (library{Name: "@noble/curves", Version: "1.9.1"}).purl(); got != "pkg:npm/%40noble/curves@1.9.1" {
		t.Error(got)
	}
}
