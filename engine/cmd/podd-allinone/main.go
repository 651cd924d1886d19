//go:build engine

// Command podd-allinone is a pod in one process: podd, Ollama's server and its runners, joined in memory. It starts no
// other process and opens no socket but the two that podd listens on. It is the form for SGX, where a child process is
// another enclave of full size.
//
// It needs the patched copy of Ollama that cmd/mkengine prepares, hence the build tag.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/engine/serve"
)

var version = "development"

func main() {
	flags := flag.NewFlagSet("podd-allinone", flag.ExitOnError)
	path := flags.String("config", "", "configuration `file` (docs/operate/podd.md)")
	untilEOF := flags.Bool("until-stdin-closes", false, "stop when standard input closes, so that a parent's death is ours")
	showVersion := flags.Bool("version", false, "print the version and exit")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: podd-allinone --config FILE [--until-stdin-closes]")
		flags.PrintDefaults()
	}
	_ = flags.Parse(os.Args[1:]) // ExitOnError
	if *showVersion {
		fmt.Println("podd-allinone", version)
		return
	}
	if *path == "" || flags.NArg() > 0 {
		flags.Usage()
		os.Exit(2)
	}
	// Ollama prints what it likes; what podd says goes to the real standard output and error.
	stdout, stderr, err := serve.Silence()
	if err != nil {
		fmt.Fprintln(os.Stderr, "podd-allinone:", err)
		os.Exit(1)
	}
	if err := run(*path, *untilEOF, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "podd-allinone:", err)
		os.Exit(enclave.Status(err))
	}
}

func run(path string, untilEOF bool, stdout, stderr io.Writer) error {
	log := slog.New(slog.NewTextHandler(stderr, nil))
	enclave.Harden(log)
	config, err := enclave.LoadConfig(path)
	if err != nil {
		return err
	}
	if err := serve.CheckTogether(len(config.Offers), config.Slots); err != nil {
		return fmt.Errorf("configuration %s: %w", path, err)
	}
	if err := enclave.Confine(config, log); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if untilEOF {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			stop()
		}()
	}
	start := func(ctx context.Context, models string) (http.RoundTripper, error) {
		return serve.InProcess(ctx, serve.Config{Models: models, Context: longest(config.Offers), Parallel: config.Slots})
	}
	return enclave.Run(ctx, config, start, stdout, log)
}

// longest is the context that the engine gives each request: no offer has a longer one, and a model that has a shorter
// one gets its own.
func longest(offers []enclave.Offer) int {
	n := 0
	for _, o := range offers {
		n = max(n, int(o.Context))
	}
	return n
}
