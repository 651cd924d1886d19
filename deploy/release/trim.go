package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Go's -trimpath takes a package's own folder out of what the assembler writes, and not that of a file which assembly
// includes from elsewhere in its module, as gnark-crypto does: the path of the module cache would be in the binary. So the
// go command runs its tools through this program (-toolexec), which has the assembler cut the module cache off as well.
const trimModules = "PHALLAMA_RELEASE_TRIM" // the module cache; set where this program stands for a tool

// tool runs the tool that args names.
func tool(args []string, modules string, stdout, stderr io.Writer) (exit int) {
	if len(args) == 0 {
		fmt.Fprintln(stderr, "release:", trimModules, "is for its own use: do not set it")
		return 2
	}
	asm := filepath.Base(args[0]) == "asm"
	version := slices.Contains(args, "-V=full")
	if i := slices.Index(args, "-trimpath"); asm && i >= 0 && i+1 < len(args) {
		args = slices.Clone(args)
		args[i+1] += ";" + modules + "=>"
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, stdout, stderr
	var err error
	if asm && version {
		// Another version: what the plain assembler left in the build cache is not taken, nor this left for others.
		cmd.Stdout = nil
		var text []byte
		text, err = cmd.Output()
		fmt.Fprintln(stdout, strings.TrimSpace(string(text))+"+trim")
	} else {
		err = cmd.Run()
	}
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		return failed.ExitCode()
	case err != nil:
		fmt.Fprintln(stderr, "release:", err)
		return 1
	}
	return 0
}
