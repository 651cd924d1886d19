package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"phallama": func() { os.Exit(run(context.Background(), os.Args[1:])) },
	})
}

// The scripts tell what a person sees of the command. None of them needs a network to be running; some start a chain.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
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
