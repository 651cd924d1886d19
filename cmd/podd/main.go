// Command podd is a pod's enclave side: the one binary that is measured. It takes its quotes from a quote socket,
// its chain facts from the operator's agent and its answers from an engine on a UNIX socket; it dials nobody else.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/phallama/phallama/enclave"
)

var version = "development"

func main() {
	flags := flag.NewFlagSet("podd", flag.ExitOnError)
	path := flags.String("config", "", "configuration `file` (docs/operate/podd.md)")
	untilEOF := flags.Bool("until-stdin-closes", false, "stop when standard input closes, so that a parent's death is ours")
	showVersion := flags.Bool("version", false, "print the version and exit")
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "usage: podd --config FILE [--until-stdin-closes]")
		flags.PrintDefaults()
	}
	_ = flags.Parse(os.Args[1:]) // ExitOnError
	if *showVersion {
		fmt.Println("podd", version)
		return
	}
	if *path == "" || flags.NArg() > 0 {
		flags.Usage()
		os.Exit(2)
	}
	if err := run(*path, *untilEOF); err != nil {
		fmt.Fprintln(os.Stderr, "podd:", err)
		os.Exit(enclave.Status(err))
	}
}

func run(path string, untilEOF bool) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, nil))
	enclave.Harden(log)
	config, err := enclave.LoadConfig(path)
	if err != nil {
		return err
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
	return enclave.Run(ctx, config, nil, os.Stdout, log)
}
