package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// watchEvery is how often pods are looked at again.
const watchEvery = 5 * time.Second

func (a *app) podsCommand() *cobra.Command {
	var watch bool
	cmd := &cobra.Command{
		Use:   "pods",
		Short: "List the network's pods, verified on this machine",
		Long: `Lists the pods of the registry, each verified on this machine: those that pass
with what was verified, those that do not with the reason.

With --watch the list is made anew every 5 seconds until Ctrl-C; with --json
too it is an object a line.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if watch {
				if !a.json && !isTerminal(a.out.File) {
					return &exitError{exitUsage, errors.New("--watch draws on a terminal, and standard output is none: use --json for an object a line")}
				}
				return a.watchPods(cmd.Context(), watchEvery)
			}
			profile, pods, err := a.lookAtPods(cmd.Context())
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(podsObject(profile, pods))
			}
			a.printPods(pods, profile.IsSimulated())
			return nil
		},
	}
	cmd.Flags().BoolVar(&watch, "watch", false, "look again every 5 seconds until Ctrl-C")
	a.relayFlag(cmd)
	return cmd
}

func podsObject(profile network.Profile, pods []client.PodStatus) map[string]any {
	return map[string]any{"network": profile.Name, "simulated": profile.IsSimulated(), "pods": pods}
}

// watchPods shows the pods again and again, with one client, which keeps what it has verified.
func (a *app) watchPods(ctx context.Context, every time.Duration) error {
	return a.asNobody(ctx, func(profile network.Profile, user *client.Client) error {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			pods, err := user.Pods(ctx)
			if ctx.Err() != nil {
				return nil
			}
			switch {
			case err != nil && a.json:
				return err
			case a.json:
				if err := json.NewEncoder(a.out).Encode(podsObject(profile, pods)); err != nil {
					return err
				}
			default:
				a.redraw(profile, pods, err)
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
				return nil
			}
		}
	})
}

// redraw puts the table in the place of the one before: from the screen's top, each line to its end, and nothing below.
func (a *app) redraw(profile network.Profile, pods []client.PodStatus, err error) {
	var text bytes.Buffer
	if profile.IsSimulated() {
		fmt.Fprintln(&text, a.out.yellow(simulated))
	}
	at := time.Now().Format(time.TimeOnly)
	if err != nil {
		fmt.Fprintf(&text, "%s  %s\n", at, a.out.red(err.Error()))
	} else {
		fmt.Fprintf(&text, "%s  %s, Ctrl-C ends\n\n", at, count(len(pods), "pod"))
		a.out.tableTo(&text, podsHeader, a.podRows(pods))
		for _, p := range pods {
			if p.Refused != "" {
				fmt.Fprintf(&text, "%s %s\n", p.Record.ID.Short(), a.out.red(p.Refused))
			}
		}
	}
	const home, toEndOfLine, below = "\x1b[H", "\x1b[K", "\x1b[J"
	fmt.Fprint(a.out, home+strings.ReplaceAll(text.String(), "\n", toEndOfLine+"\n")+below)
}

// lookAtPods verifies all pods of the network.
func (a *app) lookAtPods(ctx context.Context) (profile network.Profile, pods []client.PodStatus, err error) {
	err = a.asNobody(ctx, func(p network.Profile, user *client.Client) (err error) {
		profile = p
		pods, err = user.Pods(ctx)
		return err
	})
	return profile, pods, err
}

// asNobody hands out a client of its own, with a key that owns nothing: a gateway may be using the real one.
func (a *app) asNobody(ctx context.Context, do func(network.Profile, *client.Client) error) (err error) {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	dir, err := os.MkdirTemp("", "phallama-pods-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	nobody, err := protocol.GenerateKey()
	if err != nil {
		return err
	}
	user, err := a.open(dir, profile, c, client.Config{Owner: nobody})
	if err != nil {
		return err
	}
	defer user.Close()
	return do(profile, user)
}

var podsHeader = []string{"POD", "TIER", "MODEL", "IN/1M", "OUT/1M", "REQUEST"}

func (a *app) podRows(pods []client.PodStatus) (rows [][]string) {
	for _, p := range pods {
		state := "refused"
		if p.Claims != nil {
			state = p.Claims.Tier.String()
		}
		for _, o := range p.Record.Offers {
			rows = append(rows, []string{p.Record.ID.Short(), state, o.Model, o.InPerM.Tokens(), o.OutPerM.Tokens(), o.PerRequest.Tokens()})
		}
	}
	return rows
}

func (a *app) printPods(pods []client.PodStatus, isSimulated bool) {
	if isSimulated {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	if len(pods) == 0 {
		fmt.Fprintln(a.out, "The registry lists no pods.")
		return
	}
	a.out.table(podsHeader, a.podRows(pods))
	for _, p := range pods {
		fmt.Fprintf(a.out, "\n%s\n", a.out.bold("pod "+p.Record.ID.String()))
		a.out.step("url", "%s", p.Record.URL)
		a.out.step("operator", "%s", p.Record.Operator)
		if p.Record.Relay != "" {
			a.out.step("relay", "%s (its operator's, for pods of others)", p.Record.Relay)
		}
		a.out.step("identity", "%s, until %s", p.Record.Identity, time.Unix(int64(p.Record.ValidUntil), 0).UTC().Format(time.DateTime))
		if p.Refused != "" {
			a.out.step("refused", "%s", a.out.red(p.Refused))
			continue
		}
		a.out.step("measurement", "%s", p.Claims.MRENCLAVE)
		a.out.step("quoted", "at block %d, %s; good until %s", p.QuotedAt.Number,
			time.Unix(int64(p.QuotedAt.Time), 0).UTC().Format(time.DateTime), p.Claims.NotAfter.UTC().Format(time.DateTime))
		a.out.step("machine", "%s, %s", p.Claims.Platform.Machine.String()[:16]+"…", p.Claims.TCB.Status)
		a.out.step("checked", "%s", a.out.green(fmt.Sprintf("%d checks passed; phallama verify %s shows each", len(p.Claims.Checks), p.Record.ID.Short())))
	}
}
