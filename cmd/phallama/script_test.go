package main

import (
	"os"
	"os/exec"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// build builds the command as users have it: under the race detector, to derive the key of a wallet takes ten seconds.
func build(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	if out, err := exec.Command("go", "build", "-o", dir, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir
}

// The scripts tell what a person sees of the command. None of them needs a network to be running; some start a chain.
func TestScripts(t *testing.T) {
	bin := build(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("PATH", bin+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("PHALLAMA_DATA", env.WorkDir+"/data")
			env.Values[scriptChainKey] = &scriptChain{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"simulated-pcs":  simulatedPCS,
			"receipts-state": receiptsState,
			"narrow":         narrow,
			"make-elf":       makeELF,
			"chain":          chainCommand,
			"phallama": func(ts *testscript.TestScript, neg bool, args []string) {
				if err := ts.Exec("phallama", args...); (err != nil) != neg {
					ts.Fatalf("phallama %v: %v", args, err)
				}
			},
			"status": func(ts *testscript.TestScript, _ bool, args []string) {
				// status CODE ARGS…: the exit status of phallama ARGS…
				err := ts.Exec("sh", append([]string{"-c", `"$@"; test $? = "$0"`, args[0], "phallama"}, args[1:]...)...)
				if err != nil {
					ts.Fatalf("phallama %v: want exit status %s", args[1:], args[0])
				}
			},
		},
	})
}
