package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const repository = "../.."

// What an enclave's binary links is trusted with prompts: its whole list is a file that people review.
func TestDependencies(t *testing.T) {
	for _, b := range binaries {
		if !b.enclave || !b.isThere(repository) {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			modules, err := dependencies(t.Context(), repository, b)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range modules {
				for _, p := range m.packages {
					for _, banned := range []string{"github.com/ethereum/go-ethereum", ours + "/attest/simulated", ours + "/client", ours + "/wallet", ours + "/chain", ours + "/gramine"} {
						if p == banned || strings.HasPrefix(p, banned+"/") {
							t.Errorf("%s links %s", b.name, p)
						}
					}
				}
			}
			got := formatList(modules)
			want, err := os.ReadFile(b.listFile(repository))
			if bytes.Equal(got, want) && err == nil {
				return
			}
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(b.listFile(repository), got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("what %s links is not what %s lists: %s\n%s", b.name, b.listFile("."), howToReview, difference(want, got))
		})
	}
}

func difference(old, current []byte) string {
	var text strings.Builder
	for _, side := range []struct {
		sign       string
		lines, not []byte
	}{{"-", old, current}, {"+", current, old}} {
		have := map[string]bool{}
		for line := range strings.Lines(string(side.not)) {
			have[line] = true
		}
		for line := range strings.Lines(string(side.lines)) {
			if !have[line] {
				text.WriteString(side.sign + line)
			}
		}
	}
	return text.String()
}

func TestListRoundTrip(t *testing.T) {
	want := []module{{path: "a.example/x", version: "v1.2.3", packages: []string{"a.example/x", "a.example/x/y"}}, {path: ours, packages: []string{ours + "/pod"}}}
	if got := parseList(formatList(want)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// A release refuses a binary that says it was built from what nobody reviewed.
func TestReviewRefuses(t *testing.T) {
	root := t.TempDir()
	r := &release{root: root, dist: root}
	b := binary{name: "x", module: ".", main: "x", enclave: true}
	self, err := os.ReadFile(os.Args[0]) // this test links modules, and says so
	if err != nil {
		t.Fatal(err)
	}
	write := func(path string, data []byte) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(filepath.Join(root, "x"+"-list", "ignored"), nil)
	b.main = "x-list"
	write(filepath.Join(root, "x"), self)
	write(b.listFile(root), []byte("a.example/x v1.0.0\n"))
	if err := r.review(b); err == nil || !strings.Contains(err.Error(), "does not list: read what the modules do") {
		t.Errorf("got %v", err)
	}
	b.enclave = false
	if err := r.review(b); err != nil {
		t.Errorf("a binary outside the enclave: %v", err)
	}
}
