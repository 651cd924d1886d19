package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// holds parses a command line as a service has it, and says what is wrong with it.
func holds(t *testing.T, line []string) {
	t.Helper()
	at := slices.IndexFunc(line, func(word string) bool { return filepath.Base(strings.Trim(word, `"`)) == "phallama" })
	if at < 0 {
		t.Fatalf("%q starts no phallama", line)
	}
	cmd, rest, err := (&app{out: newScreen(os.Stdout), err: newScreen(os.Stderr)}).root().Find(line[at+1:])
	if err == nil {
		err = cmd.ParseFlags(rest)
	}
	if err == nil {
		err = cmd.ValidateArgs(cmd.Flags().Args())
	}
	if err != nil || cmd.Name() != "serve" {
		t.Errorf("%q: %s: %v", line, cmd.CommandPath(), err)
	}
}

// unit reads a systemd unit's settings, in order.
func unit(t *testing.T, path string) (settings [][2]string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for number, line := range strings.Split(string(raw), "\n") {
		if line == "" || line[0] == '#' || line[0] == '[' && line[len(line)-1] == ']' {
			continue
		}
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			t.Fatalf("%s line %d: want a setting, got %q", path, number+1, line)
		}
		settings = append(settings, [2]string{name, value})
	}
	return settings
}

// What systemd is to start is what the command takes, from the variables that it reads.
func TestSystemdUnit(t *testing.T) {
	path := filepath.Join("..", "..", "deploy", "systemd", "phallama.service")
	started, passphrase := false, false
	for _, s := range unit(t, path) {
		switch s[0] {
		case "ExecStart":
			started = true
			holds(t, strings.Fields(s[1]))
		case "Environment":
			passphrase = passphrase || s[1] == "PHALLAMA_PASSPHRASE_FILE=%d/passphrase"
		}
	}
	if !started || !passphrase {
		t.Errorf("started %v, passphrase %v", started, passphrase)
	}
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Log("systemd-analyze is not installed: the unit was read, and not verified by systemd")
		return
	}
	// It wants the program to be there.
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	program, copied := filepath.Join(dir, "phallama"), filepath.Join(dir, "phallama.service")
	if err := errors.Join(
		os.WriteFile(program, []byte("#!/bin/sh\n"), 0o700),
		os.WriteFile(copied, []byte(strings.ReplaceAll(string(raw), "%h/go/bin/phallama", program)), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	verify := exec.CommandContext(t.Context(), "systemd-analyze", "--user", "--man=no", "verify", copied)
	verify.Env = append(os.Environ(), "XDG_RUNTIME_DIR="+dir)
	out, err := verify.CombinedOutput()
	if err != nil || strings.Contains(string(out), "phallama.service:") {
		t.Errorf("%v: %s", err, out)
	}
}

// plist is the property list of launchd, as far as it is a dictionary of strings and arrays.
func plistStrings(t *testing.T, path string) (all []string) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := xml.NewDecoder(file)
	var open []string
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
			if !slices.Contains([]string{"plist", "dict", "array", "key", "string", "integer", "true", "false"}, e.Name.Local) {
				t.Errorf("a property list has no <%s>", e.Name.Local)
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 && (open[len(open)-1] == "string" || open[len(open)-1] == "key") {
				all = append(all, string(e))
			}
		}
	}
}

func TestLaunchdAgent(t *testing.T) {
	path := filepath.Join("..", "..", "deploy", "launchd", "org.phallama.gateway.plist")
	all := plistStrings(t, path)
	if label := slices.Index(all, "Label"); label < 0 || all[label+1] != strings.TrimSuffix(filepath.Base(path), ".plist") {
		t.Errorf("%q: the label is not the file's name", all)
	}
	script := slices.Index(all, "-c")
	if script < 0 {
		t.Fatalf("%q: no script", all)
	}
	line := all[script+1]
	if out, err := exec.CommandContext(t.Context(), "sh", "-n", "-c", line).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	_, started, _ := strings.Cut(line, "exec ")
	started, _, _ = strings.Cut(started, " 2>>")
	holds(t, strings.Fields(started))
}

// Every flag and command that the set-ups for tools name is one that there is.
func TestToolsDocument(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "operate", "tools.md"))
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^(?:\$ |    )phallama (.*)$`).FindAllStringSubmatch(string(raw), -1)
	if len(lines) < 3 {
		t.Fatalf("%d command lines in it", len(lines))
	}
	for _, line := range lines {
		command, _, _ := strings.Cut(line[1], "  #")
		cmd, rest, err := (&app{out: newScreen(os.Stdout), err: newScreen(os.Stderr)}).root().Find(strings.Fields(command))
		if err == nil {
			err = cmd.ParseFlags(rest)
		}
		if err != nil || cmd.Name() == "phallama" {
			t.Errorf("%q: %v", line[1], err)
		}
	}
}

// What git has is all that is needed to build the command, with Go alone: no Node, no C compiler, nothing generated that
// was not committed, and nothing in go.mod that `go install …@version` refuses.
func TestBuildFromSourceAlone(t *testing.T) {
	top := filepath.Join("..", "..")
	if _, err := os.Stat(filepath.Join(top, ".git")); err != nil {
		t.Skip("this tree is not git's")
	}
	mod, err := os.ReadFile(filepath.Join(top, "go.mod"))
	if err != nil || regexp.MustCompile(`(?m)^(replace|exclude)\b`).Match(mod) {
		t.Fatalf("%v: go.mod replaces or excludes: `go install …@version` refuses that", err)
	}
	dir, empty := t.TempDir(), t.TempDir()
	archive := exec.CommandContext(t.Context(), "sh", "-c", `git archive HEAD -- . ":(exclude)engine" ":(exclude)docs" | tar x -C "$0"`, dir)
	archive.Dir = top
	if out, err := archive.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	build := exec.CommandContext(t.Context(), goCommand, "build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-o", filepath.Join(empty, "phallama"), "./cmd/phallama")
	build.Dir = dir
	build.Env = append(os.Environ(), "PATH="+filepath.Dir(goCommand), "CGO_ENABLED=0", "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if out, err := exec.CommandContext(t.Context(), filepath.Join(empty, "phallama"), "version").CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "phallama ") {
		t.Errorf("%v: %s", err, out)
	}
}
