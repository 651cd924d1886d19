package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// What Gramine mounts is in the image, or the operator's, or part of the layer that is added; and both start podd alike.
func TestImageFitsManifest(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, manifestSource))
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(images, func(i image) bool { return i.name == "podd-sgx" })
	i := images[at]
	has := []string{
		sgxConfig,                 // measured, and the network's
		"/phallama/operator.json", // the operator's
		"/phallama/lib",           // of a podd that is not static
	}
	for _, b := range i.binaries {
		has = append(has, b.path)
	}
	for _, f := range i.folders {
		has = append(has, f.path)
	}
	mounts := regexp.MustCompile(`\{ path = "([^"]+)", uri = "file:([^"]+)" \}`).FindAllSubmatch(text, -1)
	for _, m := range mounts {
		if from := string(m[2]); !slices.Contains(has, from) {
			t.Errorf("Gramine mounts %s, and the image has %v", from, has)
		}
	}
	if len(mounts) != len(has) {
		t.Errorf("Gramine mounts %q, and the image has %q", mounts, has)
	}
	entry := regexp.MustCompile(`(?m)^libos\.entrypoint = "(.+)"$`).FindSubmatch(text)
	argv := regexp.MustCompile(`(?m)^loader\.argv = (\[.+\])$`).FindSubmatch(text)
	if entry == nil || argv == nil {
		t.Fatal("the template has no entry point or no words")
	}
	var words []string
	if err := json.Unmarshal(argv[1], &words); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(i.entrypoint, []string{string(entry[1])}) || !slices.Equal(i.cmd, words[1:]) {
		t.Errorf("the image starts %q %q, Gramine %q with %q", i.entrypoint, i.cmd, entry[1], words)
	}
}
