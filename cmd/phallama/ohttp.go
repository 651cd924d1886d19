package main

import (
	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
)

// relayFlag gives a command whose client asks pods the flag that says by which OHTTP relay. PHALLAMA_RELAY says it for all.
func (a *app) relayFlag(cmd *cobra.Command) {
	cmd.Flags().Var((*relayChoice)(&a.relay), "relay", "`way` to pods: off, auto, require or the URL of an OHTTP relay; $PHALLAMA_RELAY (default auto)")
}

// relayChoice is client.Config.Relay. Whether its URL may be http is for the network to say.
type relayChoice string

func (r *relayChoice) Set(text string) error {
	if err := client.CheckRelay(text, true); err != nil {
		return err
	}
	*r = relayChoice(text)
	return nil
}

func (r *relayChoice) String() string { return "" } // its default is told in its usage
func (r *relayChoice) Type() string   { return "string" }

// open makes the client of a command that asks pods, for the user whose data is in dir: cfg says who pays.
func (a *app) open(dir string, profile network.Profile, c *chain.Client, cfg client.Config) (*client.Client, error) {
	cfg.Relay, cfg.Shape, cfg.Choice = a.relay, a.shape.Shape, a.choice
	return devnet.Open(dir, profile, c, cfg)
}
