// Command phallama is the one command people type: a network on this machine, a gateway to a network, one question,
// and a look at pods, receipts and money.
//
// Exit status: 0 it held; 1 it failed; 2 wrong usage; 3 what it needs is not running or not reachable; 4 not enough
// money; 5 something did not verify; 130 it was interrupted.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
)

var version = "development"

// Exit statuses.
const (
	exitFailed     = 1
	exitUsage      = 2
	exitNotRunning = 3
	exitNoMoney    = 4
	exitUnverified = 5

	exitInterrupted = 128 + int(syscall.SIGINT) // as shells have it
)

// exitError carries an exit status.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string { return e.err.Error() }
func (e *exitError) Unwrap() error { return e.err }

// app is what every command shares.
type app struct {
	data string // the data directory
	json bool
	// keyFile holds the API key that a gateway uses.
	keyFile string
	shape   shape  // that a gateway asks answers for
	relay   string // client.Config.Relay
	choice  client.Choice
	// profileName is the profile of the config file that is asked for; from, who says what a flag says that was not given.
	profileName string
	from        map[string]string
	out         *screen // standard output
	err         *screen // standard error: progress and hints
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C does not wait for an orderly stop
	os.Exit(run(ctx, os.Stdout, os.Stderr, os.Args[1:]))
}

func run(ctx context.Context, stdout, stderr *os.File, args []string) int {
	a := &app{shape: shape{envelope.ShapeCell}, out: newScreen(stdout), err: newScreen(stderr)}
	root := a.root()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		fmt.Fprintf(stderr, "%s %s\n", a.err.red("interrupted:"), err)
		return exitInterrupted
	}
	fmt.Fprintf(stderr, "%s %s\n", a.err.red("error:"), err)
	return exitOf(err)
}

// exitOf is the exit status of an error.
func exitOf(err error) int {
	var exit *exitError
	if errors.As(err, &exit) {
		return exit.code
	}
	return statusOf(err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "phallama",
		Short: "Use open language models on other people's machines without giving anyone your data",
		Long: `Phallama speaks Ollama's and OpenAI's own APIs on localhost. Behind that it
finds a pod on chain, verifies the pod's enclave itself, seals each request to
it, pays for exactly what was used, and keeps a receipt.

Start with "phallama up", then "phallama ask".

Exit status: 0 it held, 1 it failed, 2 wrong usage, 3 what it needs is not
running or not reachable, 4 not enough money, 5 something did not verify, 130 it
was interrupted.`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version,
	}
	root.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	root.Args = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		return &exitError{exitUsage, fmt.Errorf("unknown command %q (see phallama --help)", args[0])}
	}
	root.SetVersionTemplate("phallama {{.Version}}\n")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &exitError{exitUsage, fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
	})
	root.PersistentFlags().StringVar(&a.data, "data", defaultData(), "`dir` with its data, $PHALLAMA_DATA")
	root.PersistentFlags().BoolVar(&a.json, "json", false, "print JSON for machines")
	root.PersistentFlags().StringVar(&a.profileName, "profile", "", "`name` of a profile of the config file, $PHALLAMA_PROFILE")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		for c := cmd; c != root; c = c.Parent() {
			switch c.Name() {
			case "config", "version", "completion", "help": // which say what there is, whatever the file says
				return nil
			}
		}
		return a.settle(cmd)
	}
	root.AddCommand(a.upCommand(), a.askCommand(), a.runCommand(), a.serveCommand(), a.modelsCommand(), a.psCommand(), a.showCommand(), a.podsCommand(), a.verifyCommand(), a.enclaveCommand(), a.policyCommand(), a.endorseCommand(),
		a.collateralCommand(), a.sessionsCommand(), a.receiptsCommand(), a.walletCommand(), a.keysCommand(), a.gatewayCommand(), a.modelCommand(), a.configCommand(), a.operatorCommand(), a.demoCommand(), a.doctorCommand(), a.pageCommand(), a.versionCommand())
	for _, cmd := range root.Commands() {
		wrapUsage(cmd)
	}
	a.completions(root)
	return root
}

// wrapUsage gives wrong arguments the usage status.
func wrapUsage(cmd *cobra.Command) {
	for _, sub := range cmd.Commands() {
		wrapUsage(sub)
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			var exit *exitError
			if err := check(cmd, args); errors.As(err, &exit) {
				return err // it has a status of its own
			} else if err != nil {
				if strings.HasPrefix(err.Error(), "unknown command") { // cobra's word for an argument where there is none
					err = fmt.Errorf("%s takes no arguments, got %q", cmd.CommandPath(), args[0])
				}
				return &exitError{exitUsage, fmt.Errorf("%w\nusage: %s", err, cmd.UseLine())}
			}
			return nil
		}
	}
}

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if a.json {
				return a.out.json(map[string]string{"version": version})
			}
			fmt.Fprintln(a.out, "phallama", version)
			return nil
		},
	}
}

func defaultData() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ".phallama"
	}
	return filepath.Join(home, ".phallama")
}
