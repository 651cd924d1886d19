package main

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// dependencies are what a program of ours is linked from.
func dependencies(t *testing.T, format, program string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", "-tags="+tags, "-f", format, "../"+program).Output()
	if err != nil {
		t.Fatalf("go list: %s", stderrOf(err))
	}
	return strings.Fields(string(out))
}

// The pod in one process links of ours what podd links, which is reviewed, and what serves Ollama. Neither a chain nor
// a wallet nor anything that fakes a quote is in it.
func TestPodLinks(t *testing.T) {
	const ours = "github.com/phallama/phallama/"
	reviewed, err := os.ReadFile("../../../cmd/podd/dependencies.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{ours + "engine/cmd/podd-allinone", ours + "engine/gate", ours + "engine/link", ours + "engine/pulse", ours + "engine/serve"}
	for _, p := range strings.Fields(string(reviewed)) {
		if strings.HasPrefix(p, ours) && p != ours+"cmd/podd" {
			want = append(want, p)
		}
	}
	var got []string
	for _, p := range dependencies(t, "{{.ImportPath}}", "podd-allinone") {
		if strings.HasPrefix(p, ours) {
			got = append(got, p)
		}
		for _, banned := range []string{"github.com/ethereum/", ours + "attest/simulated", ours + "chain", ours + "wallet", ours + "client", ours + "internal/"} {
			if strings.HasPrefix(p, banned) {
				t.Errorf("it links %s", p)
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("it links of ours\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// Whatever could start a process is known: llm builds the command that serve runs as a goroutine or a child; imagegen and
// mlxrunner are patched out of reach; discover looks for a file on Windows.
func TestWhoCouldStartProcesses(t *testing.T) {
	const ollama = "github.com/ollama/ollama/"
	want := []string{
		"github.com/phallama/phallama/engine/serve",
		ollama + "discover", ollama + "llm", ollama + "x/imagegen", ollama + "x/mlxrunner",
	}
	got := dependencies(t, `{{range .Imports}}{{if eq . "os/exec"}}{{$.ImportPath}}{{end}}{{end}}`, "podd-allinone")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("os/exec is imported by %v, want %v", got, want)
	}
}
