package main

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

func (a *app) walletCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "wallet",
		Short: "Show where the money is, and move it",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.showWallet(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "new", Short: "Make a wallet, encrypted with PHALLAMA_PASSPHRASE", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				secret, err := passphrase()
				if err != nil {
					return err
				}
				if secret == "" {
					return &exitError{exitUsage, errors.New("no passphrase to encrypt the wallet with: set PHALLAMA_PASSPHRASE, or PHALLAMA_PASSPHRASE_FILE to a file that holds it")}
				}
				key, err := wallet.Create(a.walletDir(), secret, wallet.Options{})
				if err != nil {
					return err
				}
				return a.printMoved("made", key.Address().String(), nil)
			},
		},
		&cobra.Command{
			Use: "deposit AMOUNT", Short: "Move AMOUNT tokens from the wallet into the escrow", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.move(cmd.Context(), args[0], func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
					return t.Deposit(ctx, amount)
				}, "deposited")
			},
		},
		&cobra.Command{
			Use: "withdraw AMOUNT", Short: "Move AMOUNT unlocked tokens from the escrow into the wallet", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.move(cmd.Context(), args[0], func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
					return t.Withdraw(ctx, t.Address(), amount)
				}, "withdrew")
			},
		},
		a.closeCommand(),
		&cobra.Command{
			Use: "release SESSION", Short: "Give what an expired session did not spend back to the balance", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.onSession(cmd.Context(), args[0], "released", func(ctx context.Context, t *chain.Transactor, key protocol.SessionKey) (chain.Included, error) {
					return t.Release(ctx, key)
				})
			},
		},
	)
	return cmd
}

// onSession sends one transaction about a session, which may be named by the first digits of its id.
func (a *app) onSession(ctx context.Context, id, done string, send func(context.Context, *chain.Transactor, protocol.SessionKey) (chain.Included, error)) error {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return err
	}
	var found []client.SessionStatus
	for _, s := range state.Sessions {
		if strings.HasPrefix(s.ID.String(), id) {
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		return &exitError{exitUsage, fmt.Errorf("want the id of one session of `phallama wallet`, or its first digits; %q fits %d", id, len(found))}
	}
	return a.send(ctx, done, "session "+found[0].ID.String(), func(ctx context.Context, t *chain.Transactor) (chain.Included, error) {
		return send(ctx, t, found[0].Key)
	})
}

// move sends one transaction about an amount of whole tokens.
func (a *app) move(ctx context.Context, text string, send func(context.Context, *chain.Transactor, protocol.Amount) (chain.Included, error), done string) error {
	amount, err := parseTokens(text)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	return a.send(ctx, done, amount.Tokens()+" tokens", func(ctx context.Context, t *chain.Transactor) (chain.Included, error) {
		return send(ctx, t, amount)
	})
}

// send sends one transaction with the wallet's key and says what it did.
func (a *app) send(ctx context.Context, done, what string, send func(context.Context, *chain.Transactor) (chain.Included, error)) error {
	_, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	owner, err := a.owner()
	if err != nil {
		return err
	}
	fmt.Fprintln(a.err, a.err.dim("waiting for the chain"))
	included, err := send(ctx, chain.NewTransactor(c, owner))
	if err != nil {
		return err
	}
	return a.printMoved(done, what, &included)
}

func (a *app) printMoved(verb, what string, tx *chain.Included) error {
	if a.json {
		return a.out.json(map[string]any{"done": verb, "what": what, "transaction": tx})
	}
	line := verb + " " + what
	if tx != nil {
		line += " in transaction " + tx.Tx.String()
	}
	fmt.Fprintln(a.out, line)
	return nil
}

// parseTokens reads whole tokens with up to 18 decimals, such as 2.5.
func parseTokens(text string) (protocol.Amount, error) {
	whole, frac, _ := strings.Cut(text, ".")
	if len(frac) > protocol.TokenDecimals || whole == "" {
		return protocol.Amount{}, fmt.Errorf("amount: want tokens with up to %d decimals, such as 2.5, got %q", protocol.TokenDecimals, text)
	}
	amount, err := protocol.ParseAmount(strings.TrimLeft(whole+frac+strings.Repeat("0", protocol.TokenDecimals-len(frac)), "0"))
	if err != nil || amount.IsZero() {
		return protocol.Amount{}, fmt.Errorf("amount: want tokens above zero, such as 2.5, got %q", text)
	}
	return amount, nil
}

// sessionMoney is where one session's money is, in base units.
type sessionMoney struct {
	client.SessionStatus
	OnChain protocol.SessionFact `json:"onChain"`
}

func (a *app) showWallet(ctx context.Context) error {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	address, err := wallet.Address(a.walletDir())
	if err != nil {
		return err
	}
	account, err := c.Account(ctx, address)
	if err != nil {
		return err
	}
	held, err := c.TokenBalance(ctx, address)
	if err != nil {
		return err
	}
	gas, err := c.GasBalance(ctx, address)
	if err != nil {
		return err
	}
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return err
	}
	var sessions []sessionMoney
	var locked protocol.Amount
	for _, s := range state.Sessions {
		fact, err := c.Session(ctx, s.Key)
		if err != nil {
			return err
		}
		rest, err := fact.Cap.Sub(fact.Claimed)
		if err == nil {
			locked, err = locked.Add(rest)
		}
		if err != nil {
			return fmt.Errorf("session %s: %w", s.ID, err)
		}
		sessions = append(sessions, sessionMoney{s, fact})
	}
	if a.json {
		return a.out.json(map[string]any{
			"network": profile.Name, "simulated": profile.IsSimulated(), "address": address, "held": held, "available": account.Avail,
			"locked": locked, "gas": gas.String(), "sessions": notNil(sessions),
		})
	}
	if profile.IsSimulated() {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	token := tokenName(profile)
	a.out.step("address", "%s", address)
	a.out.step("in wallet", "%s %s, and %s ETH for gas", held.Tokens(), token, ether(gas))
	a.out.step("in escrow", "%s %s available, %s locked in %s", account.Avail.Tokens(), token, locked.Tokens(), count(len(sessions), "session"))
	if len(sessions) == 0 {
		return nil
	}
	fmt.Fprintln(a.out)
	var rows [][]string
	for _, s := range sessions {
		note := "open"
		switch {
		case s.OnChain.Cap.IsZero():
			note = "not on chain"
		case s.Suspect != "":
			note = "suspect: " + s.Suspect
		case s.OnChain.Closing:
			note = "closing"
		}
		rows = append(rows, []string{
			s.ID.Short(), s.Key.Pod.Short(), s.OnChain.Cap.Tokens(), s.Charged.Tokens(), s.OnChain.Claimed.Tokens(),
			time.Unix(int64(s.Expiry), 0).Local().Format(time.DateOnly), note,
		})
	}
	a.out.table([]string{"SESSION", "POD", "LOCKED", "CHARGED", "SETTLED", "EXPIRES", "STATE"}, rows)
	return nil
}

// ether is wei in ETH with four decimals, rounded down.
func ether(wei *big.Int) string {
	if wei == nil {
		return "?"
	}
	tenThousandths := new(big.Int).Div(wei, big.NewInt(1e14))
	whole, frac := new(big.Int).DivMod(tenThousandths, big.NewInt(10_000), new(big.Int))
	return fmt.Sprintf("%s.%04d", whole, frac.Int64())
}
