package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every command has a script that runs it, and one that has it fail and looks at what it says. Go tests on a devnet count
// as running it: they are listed with the file that does.
func TestEveryCommandHasAScript(t *testing.T) {
	files, err := filepath.Glob("testdata/script/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all += string(text) + "\n"
	}
	all = regexp.MustCompile(`(?m)^phallama __complete .*$`).ReplaceAllString(all, "") // which runs nothing
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
		path := strings.TrimPrefix(cmd.CommandPath(), "phallama")
		if !cmd.Runnable() || cmd.Hidden || path == "" || cmd.Name() == "help" || strings.HasPrefix(path, " completion") {
			return
		}
		name := regexp.QuoteMeta(strings.TrimSpace(path))
		runs := regexp.MustCompile(`(?m)^(\[[^\]]+\] )?(exec (phallama|sh -c)|phallama|status 0)\b.*\b` + name + `\b`)
		fails := regexp.MustCompile(`(?m)^(! exec phallama|! phallama|! exec sh -c .*|status [1-9]\d*)\b.* ?` + name + `\b.*\n(?:stdout .*\n)*stderr `)
		if !fails.MatchString(all) {
			t.Errorf("no script has `phallama %s` fail and looks at standard error", name)
		}
		where, devnet := onDevnet[strings.TrimSpace(path)]
		switch {
		case runs.MatchString(all) == devnet:
			t.Errorf("`phallama %s`: want a script that runs it with success, or, for what needs a whole network, the test that does", name)
		case devnet:
			if text, err := os.ReadFile(where); err != nil || !strings.Contains(string(text), `"`+cmd.Name()+`"`) && !strings.Contains(string(text), " "+cmd.Name()+" ") {
				t.Errorf("%s does not run `phallama %s`: %v", where, name, err)
			}
		}
	}
	a := &app{}
	walk(a.root())
}

// onDevnet are the tests that run commands which need a whole network.
var onDevnet = map[string]string{
	"ask": "models_test.go", "demo": "../../Makefile", "doctor": "doctor_test.go", "page": "page_test.go", "pods": "models_test.go", "ps": "models_test.go", "serve": "doors_test.go", "up": "kill_test.go",
	"policy show": "models_test.go", "policy propose": "policy_test.go", "policy execute": "policy_test.go", "policy revoke": "policy_test.go",
	"receipts audit": "settled_test.go", "sessions recover": "deadpod_test.go", "wallet close": "closing_test.go", "wallet release": "closing_test.go",
}
