package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// health is what came of a check.
type health string

const (
	healthOK      health = "ok"
	healthWarning health = "warning" // it works, and somebody should look
	healthFailed  health = "failed"
	healthSkipped health = "skipped" // a check that it needs failed
)

// finding is what one check found.
type finding struct {
	Name   string `json:"name"`
	State  health `json:"state"`
	Detail string `json:"detail"` // what was found, with what was expected where it is something else
	Fix    string `json:"fix"`    // what to do; empty where there is nothing
}

func fine(format string, args ...any) finding {
	return finding{State: healthOK, Detail: fmt.Sprintf(format, args...)}
}

func concern(fix, format string, args ...any) finding {
	return finding{State: healthWarning, Detail: fmt.Sprintf(format, args...), Fix: fix}
}

func wrong(fix, format string, args ...any) finding {
	return finding{State: healthFailed, Detail: fmt.Sprintf(format, args...), Fix: fix}
}

// doctorCheck is one thing to look at. Names are for scripts too: they stay as they are.
type doctorCheck struct {
	name   string
	needs  []string // the checks without which it says nothing
	within time.Duration
	run    func(context.Context) finding
}

// doctor looks at what a question needs, and changes none of it: it writes nothing into the data directory, sends no
// transaction and pays nothing.
type doctor struct {
	a       *app
	now     func() time.Time
	gateway string        // URL
	within  time.Duration // if not 0, in place of each check's own

	// What checks found, for those that need them.
	profile network.Profile
	chain   *chain.Client
	dial    dialled
	owner   protocol.Address // who pays
	key     *wallet.APIKey   // by this key, if not nil
	state   client.State
	probe   probe
	user    *client.Client // owns nothing
	models  []client.Model
	drop    func()
}

func (a *app) doctorCommand() *cobra.Command {
	var gateway string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check everything that a question needs, and say what to do",
		Long: `Checks everything that a question needs, from the data directory to the pods, in
the order in which one needs the other. Each check says what it found and, where
that is wrong, what was expected and what to do. What cannot be checked because
an earlier check failed is skipped, and says because of which.

Nothing is changed: no file, no transaction, no payment. No secret is shown.

Checks: data, disk, network, wallet, state, sessions, lock, rpc, chain-id,
contracts, clock, head, pods, pod-reach, funds, gateway, ollama-host.

With --json: an array of objects with name, state (ok, warning, failed or
skipped), detail and fix.

Exit status: 0 nothing failed, though there may be warnings; 1 something failed;
2 wrong usage.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			url, err := gatewayURL(gateway)
			if err != nil {
				return err
			}
			return a.doctor(cmd.Context(), a.newDoctor(url))
		},
	}
	cmd.Flags().StringVar(&gateway, "gateway", defaultGateway, "`address` where the gateway should be")
	cmd.Flags().StringVar(&a.keyFile, "key-file", "", "`file` with an API key that pays; $PHALLAMA_KEY holds one itself")
	a.relayFlag(cmd)
	a.choiceFlags(cmd)
	return cmd
}

func (a *app) newDoctor(gateway string) *doctor {
	return &doctor{a: a, now: time.Now, gateway: gateway}
}

const (
	atHome   = 10 * time.Second // to look at this machine
	atChain  = 30 * time.Second // to ask the chain
	atPods   = time.Minute      // to verify and ask pods
	saidWhen = time.Second      // after which what is being looked at is said
)

// checks are all of them. Each comes after those that it needs.
func (d *doctor) checks() []doctorCheck {
	return []doctorCheck{
		{"data", nil, atHome, d.checkData},
		{"disk", []string{"data"}, atHome, d.checkDisk},
		{"network", []string{"data"}, atHome, d.checkNetwork},
		{"wallet", []string{"data"}, atHome, d.checkWallet},
		{"state", []string{"data"}, atHome, d.checkState},
		{"sessions", []string{"state"}, atHome, d.checkSessions},
		{"lock", []string{"state"}, atHome, d.checkLock},
		{"rpc", []string{"network"}, atChain, d.checkRPC},
		{"chain-id", []string{"rpc"}, atHome, d.checkChainID},
		{"contracts", []string{"chain-id"}, atHome, d.checkContracts},
		{"clock", []string{"contracts"}, atChain, d.checkClock},
		{"head", []string{"clock"}, atChain, d.checkHead},
		{"pods", []string{"head"}, atPods, d.checkPods},
		{"pod-reach", []string{"pods"}, atPods, d.checkReach},
		{"funds", []string{"wallet", "contracts"}, atChain, d.checkFunds},
		{"gateway", []string{"lock"}, atHome, d.checkGateway},
		{"ollama-host", nil, atHome, d.checkOllamaHost},
	}
}

// examine runs all checks and has each finding told at once.
func (d *doctor) examine(ctx context.Context, tell func(finding)) ([]finding, error) {
	var all []finding
	blame := map[string]string{} // of what failed or was skipped: the check that failed
	for _, c := range d.checks() {
		var f finding
		if i := slices.IndexFunc(c.needs, func(need string) bool { return blame[need] != "" }); i >= 0 {
			blame[c.name] = blame[c.needs[i]]
			f = finding{State: healthSkipped, Detail: "because of " + blame[c.name]}
		} else if f = d.check(ctx, c); f.State == healthFailed {
			blame[c.name] = c.name
		}
		if ctx.Err() != nil {
			return all, ctx.Err()
		}
		f.Name = c.name
		all = append(all, f)
		tell(f)
	}
	if d.drop != nil {
		d.drop()
	}
	if d.chain != nil {
		d.chain.Close()
	}
	return all, nil
}

// check runs one check until its deadline. One that does not heed it is left behind: what it finds later nobody reads, as
// the checks that need it are skipped.
func (d *doctor) check(ctx context.Context, c doctorCheck) finding {
	if d.within != 0 {
		c.within = d.within
	}
	ctx, cancel := context.WithTimeout(ctx, c.within)
	defer cancel()
	slow := time.AfterFunc(saidWhen, func() { fmt.Fprintln(d.a.err, d.a.err.dim("looking at "+c.name+" …")) })
	defer slow.Stop()
	found := make(chan finding, 1)
	go func() { found <- c.run(ctx) }()
	select {
	case f := <-found:
		return f
	case <-ctx.Done():
	}
	select {
	case f := <-found: // it knows more than that
		return f
	case <-time.After(saidWhen):
		return wrong("try again; if it stays so, look at what this check asks", "expected an answer within %s, got none", c.within)
	}
}

func (a *app) doctor(ctx context.Context, d *doctor) error {
	all, err := d.examine(ctx, func(f finding) {
		if !a.json {
			a.printFinding(f)
		}
	})
	if err != nil {
		return err
	}
	if a.json {
		if err := a.out.json(all); err != nil {
			return err
		}
	}
	var failed, warned []string
	for _, f := range all {
		switch f.State {
		case healthFailed:
			failed = append(failed, f.Name)
		case healthWarning:
			warned = append(warned, f.Name)
		}
	}
	if len(failed) > 0 {
		return &exitError{exitFailed, fmt.Errorf("%d of %d checks failed: %s; begin with the first", len(failed), len(all), strings.Join(failed, ", "))}
	}
	if !a.json {
		text := a.out.green("nothing is wrong")
		if len(warned) > 0 {
			text = a.out.yellow("nothing failed; look at " + strings.Join(warned, ", "))
		}
		fmt.Fprintf(a.out, "\n%s\n", text)
	}
	return nil
}

// findingIndent is the width of what stands before a finding's text.
const findingIndent = 2 + 4 + 2 + 11 + 2

func (a *app) printFinding(f finding) {
	mark := map[health]string{
		healthOK: a.out.green("ok  "), healthWarning: a.out.yellow("warn"), healthFailed: a.out.red("FAIL"), healthSkipped: a.out.dim("skip"),
	}[f.State]
	text := wrapHard(f.Detail, screenWidth-findingIndent)
	if f.Fix != "" {
		for i, line := range wrapHard(f.Fix, screenWidth-findingIndent-2) {
			text = append(text, []string{"→ ", "  "}[min(i, 1)]+line)
		}
	}
	fmt.Fprintf(a.out, "  %s  %-11s  %s\n", mark, f.Name, text[0])
	for _, line := range text[1:] {
		fmt.Fprintf(a.out, "%s%s\n", strings.Repeat(" ", findingIndent), line)
	}
}

// wrapHard is wrapText for a table that must not be wider: longer words are broken.
func wrapHard(text string, width int) []string {
	var lines []string
	for _, line := range wrapText(text, width) {
		for utf8.RuneCountInString(line) > width {
			runes := []rune(line)
			lines, line = append(lines, string(runes[:width])), string(runes[width:])
		}
		lines = append(lines, line)
	}
	return lines
}
