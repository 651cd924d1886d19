package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// repositoryOf makes a repository with one commit.
func repositoryOf(t *testing.T) (dir string, git func(...string)) {
	t.Helper()
	dir = t.TempDir()
	git = func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_SYSTEM=/dev/null", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@a.example",
			"GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@a.example", "GIT_COMMITTER_DATE=2030-01-02T03:04:05+02:00")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %q: %v: %s", args, err, out)
		}
	}
	git("init", "--quiet")
	git("commit", "--quiet", "--allow-empty", "--message=one")
	return dir, git
}

func TestReadSource(t *testing.T) {
	dir, git := repositoryOf(t)
	read := func(version string, dirty bool) (source, error) { return readSource(t.Context(), dir, version, dirty) }
	s, err := read("", false)
	if err != nil || len(s.Revision) != 40 || s.Version != s.Revision[:12] || s.Created.Format("2006-01-02T15:04:05Z07:00") != "2030-01-02T01:04:05Z" {
		t.Errorf("without a tag: %+v, %v", s, err)
	}
	git("tag", "v1.2.0")
	git("tag", "other")
	if s, err = read("", false); err != nil || s.Version != "v1.2.0" {
		t.Errorf("with a tag: %+v, %v", s, err)
	}
	git("commit", "--quiet", "--allow-empty", "--message=two")
	if s, err = read("", false); err != nil || s.Version != "v1.2.0-1-g"+s.Revision[:12] {
		t.Errorf("after a tag: %+v, %v", s, err)
	}
	if s, err = read("v9", false); err != nil || s.Version != "v9" {
		t.Errorf("with a name: %+v, %v", s, err)
	}
	for _, bad := range []string{"v1 -X main.x=y", "v1+build", "-v", strings.Repeat("v", 65), "v1\n"} {
		if _, err := read(bad, false); err == nil || !strings.Contains(err.Error(), "want at most 64 letters") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "new"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := read("", false); err == nil || !strings.Contains(err.Error(), "no commit holds") || !strings.Contains(err.Error(), "new") {
		t.Errorf("with a change: %v", err)
	}
	if s, err = read("v9", true); err != nil || s.Version != "v9-dirty" {
		t.Errorf("with a change, tried out: %+v, %v", s, err)
	}
	if _, err := readSource(t.Context(), t.TempDir(), "", false); err == nil || !strings.Contains(err.Error(), "made from a clone") {
		t.Errorf("outside a clone: %v", err)
	}
}

// Only what a release made is deleted.
func TestEmptyFolder(t *testing.T) {
	dir := t.TempDir()
	keep := filepath.Join(dir, "thesis.txt")
	if err := os.WriteFile(keep, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := emptyFolder(dir); err == nil || !strings.Contains(err.Error(), "no release of ours") {
		t.Errorf("a folder of somebody's: %v", err)
	}
	if _, err := os.Stat(keep); err != nil {
		t.Fatal(err)
	}
	dist := filepath.Join(dir, "dist")
	for range 2 { // a run that was interrupted leaves UNFINISHED
		if err := emptyFolder(dist); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Rename(filepath.Join(dist, unfinishedFile), filepath.Join(dist, releaseFile)); err != nil {
		t.Fatal(err)
	}
	if err := emptyFolder(dist); err != nil {
		t.Errorf("a release: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dist, releaseFile)); err == nil {
		t.Error("the old release is still there")
	}
}
