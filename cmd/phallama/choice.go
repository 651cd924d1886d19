package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// choiceFlags give a command that runs a gateway the flags for which pods it may ask.
func (a *app) choiceFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.Var((*priceLimit)(&a.choice.MaxPerM), "max-price", "`tokens` that a million tokens of prompt or answer may cost at most, such as 0.8")
	flags.Var((*tierLimit)(&a.choice.MinTier), "min-tier", "lowest `tier` of attestation: T0, T1 or T2 (default: what the policies accept)")
	flags.Var((*addresses)(&a.choice.Pods), client.RulePod, "`id` of a pod to ask, and no other; may be given several times")
	flags.Var((*addresses)(&a.choice.Deny), client.RuleDeny, "`id` of a pod, or address of an operator, not to ask; may be given several times")
}

// choiceOf names the flag of choiceFlags that a command was given, if any.
func choiceOf(cmd *cobra.Command) string {
	for _, name := range []string{"max-price", "min-tier", client.RulePod, client.RuleDeny} {
		if cmd.Flags().Changed(name) {
			return "--" + name
		}
	}
	return ""
}

type priceLimit protocol.Amount

func (p *priceLimit) String() string { return "" }
func (p *priceLimit) Type() string   { return "tokens" }

func (p *priceLimit) Set(text string) error {
	amount, err := parseTokens(text)
	*p = priceLimit(amount)
	return err
}

type tierLimit attest.Tier

func (l *tierLimit) String() string { return "" }
func (l *tierLimit) Type() string   { return "tier" }

func (l *tierLimit) Set(text string) error {
	for _, tier := range []attest.Tier{attest.TierSimulated, attest.TierGenuine, attest.TierEndorsed} {
		if name := tier.String(); text == name || text == name[:2] {
			*l = tierLimit(tier)
			return nil
		}
	}
	return fmt.Errorf("want T0, T1 or T2, got %q", text)
}

// addresses are collected: a flag that is given several times.
type addresses []protocol.Address

func (l *addresses) String() string { return "" }
func (l *addresses) Type() string   { return "id" }

func (l *addresses) Set(text string) error {
	address, err := protocol.ParseAddress(text)
	if err != nil {
		return err
	}
	if address.IsZero() {
		return errors.New("the zero address is nobody's")
	}
	*l = append(*l, address)
	return nil
}
