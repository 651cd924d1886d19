package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

func (a *app) podsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "pods",
		Short: "List the network's pods, verified on this machine",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			profile, pods, err := a.lookAtPods(cmd.Context())
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(map[string]any{"network": profile.Name, "simulated": profile.IsSimulated(), "pods": pods})
			}
			a.printPods(pods, profile.IsSimulated())
			return nil
		},
	}
	a.relayFlag(cmd)
	return cmd
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

func (a *app) printPods(pods []client.PodStatus, isSimulated bool) {
	if isSimulated {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	if len(pods) == 0 {
		fmt.Fprintln(a.out, "The registry lists no pods.")
		return
	}
	var rows [][]string
	for _, p := range pods {
		state := "refused"
		if p.Claims != nil {
			state = p.Claims.Tier.String()
		}
		for _, o := range p.Record.Offers {
			rows = append(rows, []string{p.Record.ID.Short(), state, o.Model, o.InPerM.Tokens(), o.OutPerM.Tokens(), o.PerRequest.Tokens()})
		}
	}
	a.out.table([]string{"POD", "TIER", "MODEL", "IN/1M", "OUT/1M", "REQUEST"}, rows)
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
