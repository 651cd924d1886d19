package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

func (a *app) walletCommand() *cobra.Command {
	show := func(cmd *cobra.Command, _ []string) error { return a.showWallet(cmd.Context()) }
	cmd := &cobra.Command{
		Use: "wallet", Short: "Show where the money is, and move it", Args: cobra.NoArgs, RunE: show,
		Long: `Shows where the money is: in the wallet, available in the escrow, locked in
sessions, on its way back, and what pods of the wallet's have earned. Sessions
are found on chain, so that nothing is missing where the data directory was lost
and the wallet was imported again.`,
	}
	cmd.AddCommand(
		&cobra.Command{Use: "show", Short: "Show where the money is", Args: cobra.NoArgs, RunE: show},
		&cobra.Command{
			Use: "new", Short: "Make a wallet, encrypted with PHALLAMA_PASSPHRASE", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				secret, err := a.newPassphrase()
				if err != nil {
					return err
				}
				key, err := wallet.Create(a.walletDir(), secret, wallet.Options{})
				if err != nil {
					return err
				}
				return a.printMoved("made", key.Address().String(), nil)
			},
		},
		a.importCommand(),
		a.depositCommand(),
		&cobra.Command{
			Use: "withdraw AMOUNT", Short: "Move AMOUNT unlocked tokens from the escrow into the wallet", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.move(cmd.Context(), args[0], "withdrew", "", func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
					return t.Withdraw(ctx, t.Address(), amount)
				})
			},
		},
		a.closeCommand(),
		&cobra.Command{
			Use: "release SESSION", Short: "Give what an expired session did not spend back to the balance", Args: cobra.ExactArgs(1),
			Long: `Gives what an expired session did not spend back to its owner's balance. Anybody
may, who has gas: another's session is named by its whole id.`,
			RunE: func(cmd *cobra.Command, args []string) error {
				return a.onSession(cmd.Context(), args[0], true, "released", func(ctx context.Context, t *chain.Transactor, key protocol.SessionKey) (chain.Included, error) {
					return t.Release(ctx, key)
				})
			},
		},
		a.exitCommand(),
	)
	return cmd
}

// newPassphrase is what a new wallet is encrypted with.
func (a *app) newPassphrase() (wallet.Passphrase, error) {
	secret, err := passphrase()
	if err == nil && secret == "" {
		err = &exitError{exitUsage, errors.New("no passphrase to encrypt the wallet with: set PHALLAMA_PASSPHRASE, or PHALLAMA_PASSPHRASE_FILE to a file that holds it")}
	}
	return secret, err
}

func (a *app) importCommand() *cobra.Command {
	return &cobra.Command{
		Use: "import [FILE]", Short: "Take a private key or an Ethereum keystore from FILE or standard input", Args: cobra.MaximumNArgs(1),
		Long: `Takes a key that exists: 64 hex digits, or an Ethereum keystore (JSON, version 3,
scrypt), from FILE or from standard input, and never from the command line, which
other users of the machine and the shell's history see. It is kept encrypted with
PHALLAMA_PASSPHRASE. A keystore's own passphrase, where it is another, comes from
PHALLAMA_IMPORT_PASSPHRASE.`,
		RunE: func(_ *cobra.Command, args []string) error {
			secret, err := a.newPassphrase()
			if err != nil {
				return err
			}
			data, err := a.readSecret(args)
			if err != nil {
				return err
			}
			theirs := secret
			if text, ok := os.LookupEnv("PHALLAMA_IMPORT_PASSPHRASE"); ok {
				theirs = wallet.Passphrase(text)
			}
			key, err := wallet.ParseKey(data, theirs)
			if errors.Is(err, wallet.ErrPassphrase) {
				return fmt.Errorf("%w: set PHALLAMA_IMPORT_PASSPHRASE to the keystore's own", err)
			}
			if err != nil {
				return err
			}
			if err := wallet.Import(a.walletDir(), key, secret, wallet.Options{}); err != nil {
				return err
			}
			return a.printMoved("imported", key.Address().String(), nil)
		},
	}
}

// maxSecret bounds what is read as a secret, in bytes.
const maxSecret = 64 << 10

// readSecret reads a secret from the file that is named, or from standard input.
func (a *app) readSecret(args []string) ([]byte, error) {
	source := io.Reader(os.Stdin)
	if len(args) == 1 && args[0] != "-" {
		if _, err := wallet.ParseKey([]byte(args[0]), ""); err == nil {
			return nil, &exitError{exitUsage, errors.New("this is a private key, and a command line is no place for one: the shell's history and other users of the machine see it. Clear the history, and give the key on standard input or in a file")}
		}
		file, err := os.Open(args[0])
		if err != nil {
			return nil, err
		}
		defer file.Close()
		source = file
	} else if info, err := os.Stdin.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		fmt.Fprintln(a.err, "paste it here, then press Enter and Ctrl-D; clear the screen afterwards")
	}
	data, err := io.ReadAll(io.LimitReader(source, maxSecret+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxSecret {
		return nil, fmt.Errorf("want at most %d bytes, got more", maxSecret)
	}
	return data, nil
}

func (a *app) depositCommand() *cobra.Command {
	var owner string
	cmd := &cobra.Command{
		Use: "deposit AMOUNT", Short: "Move AMOUNT tokens from the wallet into the escrow", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if owner == "" {
				return a.move(cmd.Context(), args[0], "deposited", "", func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
					return t.Deposit(ctx, amount)
				})
			}
			to, err := protocol.ParseAddress(owner)
			if err != nil {
				return &exitError{exitUsage, fmt.Errorf("--for: %w", err)}
			}
			return a.move(cmd.Context(), args[0], "deposited", " for "+to.String(), func(ctx context.Context, t *chain.Transactor, amount protocol.Amount) (chain.Included, error) {
				return t.DepositFor(ctx, to, amount)
			})
		},
	}
	cmd.Flags().StringVar(&owner, "for", "", "credit another `address`, which alone can take it out again")
	return cmd
}

var sessionDigits = regexp.MustCompile("^0x[0-9a-f]{1,64}$")

// onSession sends one transaction about a session of the wallet's, which may be named by the first digits of its id, or
// about anyone's, named by the whole.
func (a *app) onSession(ctx context.Context, id string, anyones bool, done string, send func(context.Context, *chain.Transactor, protocol.SessionKey) (chain.Included, error)) error {
	if !sessionDigits.MatchString(id) {
		return &exitError{exitUsage, fmt.Errorf("want the id of one session of `phallama wallet`, or its first digits, such as 0x3f2a; got %.70q", id)}
	}
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	address, err := wallet.Address(a.walletDir())
	if err != nil {
		return err
	}
	sessions, err := a.sessionsOf(ctx, c, address)
	if err != nil {
		return err
	}
	var found []sessionMoney
	for _, s := range sessions {
		if strings.HasPrefix(s.ID.String(), id) {
			found = append(found, s)
		}
	}
	whose := ""
	if whole, err := protocol.ParseHash(id); anyones && len(found) == 0 && err == nil {
		if found, err = a.anothers(ctx, c, whole); err != nil {
			return err
		}
		if len(found) == 1 {
			whose = " for " + found[0].OnChain.Owner.String()
		}
	}
	if len(found) != 1 {
		return &exitError{exitUsage, fmt.Errorf("want the id of one session of `phallama wallet`, or its first digits; %q fits %d", id, len(found))}
	}
	left := found[0].left().Tokens() + " " + tokenName(profile) + whose
	return a.sendWith(ctx, c, done, fmt.Sprintf("session %s with %s", found[0].ID, left), func(ctx context.Context, t *chain.Transactor) (chain.Included, error) {
		return send(ctx, t, found[0].Key)
	})
}

// anothers is the session of an id, whoever owns it, unless it is over.
func (a *app) anothers(ctx context.Context, c *chain.Client, id protocol.Hash) ([]sessionMoney, error) {
	key, err := c.SessionOf(ctx, id, a.looking("the session"))
	if errors.Is(err, chain.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	fact, err := c.Session(ctx, key)
	if err != nil || fact.Cap.IsZero() {
		return nil, err
	}
	return []sessionMoney{{client.SessionStatus{Key: key, ID: id}, fact}}, nil
}

// move sends one transaction about an amount of whole tokens.
func (a *app) move(ctx context.Context, text, done, whose string, send func(context.Context, *chain.Transactor, protocol.Amount) (chain.Included, error)) error {
	amount, err := parseTokens(text)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return a.sendWith(ctx, c, done, amount.Tokens()+" "+tokenName(profile)+whose, func(ctx context.Context, t *chain.Transactor) (chain.Included, error) {
		return send(ctx, t, amount)
	})
}

// sendWith sends one transaction with the wallet's key and says what it did.
func (a *app) sendWith(ctx context.Context, c *chain.Client, done, what string, send func(context.Context, *chain.Transactor) (chain.Included, error)) error {
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

// looking says on standard error how far a look through the chain has come, once it takes longer than a second.
func (a *app) looking(what string) chain.Progress {
	var said time.Time
	started := time.Now()
	return func(done, of uint64) {
		if done == of || time.Since(started) < time.Second || time.Since(said) < time.Second {
			return
		}
		said = time.Now()
		fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("looking for %s: %d of %d blocks (%d%%)", what, done, of, 100*done/of)))
	}
}

func isSimulated(a *app, profile network.Profile) {
	if profile.IsSimulated() {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
}
