//go:build engine

// Command engine is real Ollama on a UNIX socket, for podd alone: inference
// routes only, no network, no log that could hold a prompt.
//
// It needs the patched copy of Ollama that cmd/mkengine prepares, hence the
// build tag.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/phallama/phallama/engine/pulse"
)

const usage = `usage: engine --socket PATH --models DIR [--context N] [--parallel N]

Serves Ollama's inference API on the UNIX socket PATH (mode 0600) with the
models in DIR, a store in Ollama's layout. Prints "ready" on standard output
once requests are answered. Exits when its standard input closes, and with
status 3 when a model is wedged: start it again then.
Takes its configuration from these flags only; the environment is ignored.

`

func main() {
	// Ollama starts its runner as "EXECUTABLE runner --model ...".
	if len(os.Args) > 1 && os.Args[1] == "runner" {
		fail(runRunner(os.Args[2:]))
	}

	var cfg Config
	fs := flag.NewFlagSet("engine", flag.ExitOnError)
	fs.Usage = func() {
		fmt.Fprint(fs.Output(), usage)
		fs.PrintDefaults()
	}
	fs.StringVar(&cfg.Socket, "socket", "", "path of the UNIX socket to serve on")
	fs.StringVar(&cfg.Models, "models", "", "folder of the model store")
	fs.IntVar(&cfg.Context, "context", 0, "context length in tokens for each request; 0 takes Ollama's default (4096), never more than the model's own")
	fs.IntVar(&cfg.Parallel, "parallel", 1, "requests answered at the same time by one model")
	fs.DurationVar(&cfg.WedgeAfter, "wedge-after", pulse.Limit, "how long a model that has requests may compute nothing before the engine ends, with status 3")
	_ = fs.Parse(os.Args[1:])
	if fs.NArg() > 0 {
		fail(fmt.Errorf("unexpected argument %q", strings.Join(fs.Args(), " ")))
	}
	fail(run(cfg))
}

// fail ends the process, with a message and status 1 if err is not nil.
func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "engine:", err)
		os.Exit(1)
	}
	os.Exit(0)
}
