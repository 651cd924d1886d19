package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

func (a *app) gatewayCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "gateway", Short: "Give programs and people that share this gateway keys of their own", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	keys := &cobra.Command{
		Use: "keys", Short: "Keys that this gateway lets in: made, shown, revoked", Args: cobra.NoArgs,
		Long: `A gateway's key lets whoever has it ask through the gateway of this machine, at
your expense, up to a budget and for some models if you say so. Programs send it
where they have an API key. A gateway that runs knows new and revoked keys at once.

Only this gateway knows these keys. Those of "phallama keys" are another thing: the
escrow on chain holds them to a budget, and another machine's gateway pays with one.

"phallama serve" needs a key from everybody with --require-key, and wherever others
than this machine can reach it (--listen). Otherwise a program without one is you.`,
		RunE: func(*cobra.Command, []string) error { return a.listGatewayKeys() },
	}
	keys.AddCommand(a.createGatewayKeyCommand(),
		&cobra.Command{
			Use: "list", Short: "Show the keys: budget, what is spent, held and left", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return a.listGatewayKeys() },
		},
		&cobra.Command{
			Use: "revoke NAME", Short: "Have the gateway refuse a key from now on", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error { return a.revokeGatewayKey(args[0]) },
		},
	)
	cmd.AddCommand(keys)
	return cmd
}

func (a *app) gatewayDir() string { return filepath.Join(a.data, "gateway") }

func (a *app) createGatewayKeyCommand() *cobra.Command {
	var terms keyTerms
	cmd := &cobra.Command{
		Use: "create NAME", Short: "Make a key, and print it once", Args: cobra.ExactArgs(1),
		Long: `Makes a key and prints it once: this machine keeps its hash only. With --out it
goes to a file instead, for the user alone.

What counts against the budget is what answers cost by their receipts, and for each
request on its way the most that it may cost. An answer that broke off counts in
full until its receipt is fetched.`,
		RunE: func(_ *cobra.Command, args []string) error { return a.createGatewayKey(args[0], terms) },
	}
	cmd.Flags().StringVar(&terms.budget, "budget", "", "`tokens` that it may spend in all; without, what you have")
	cmd.Flags().StringVar(&terms.models, "models", "", "`names` of models, separated by commas; all by default")
	cmd.Flags().StringVar(&terms.expires, "expires", "", "`time` until it ends, such as 12h or 30d; without, never")
	cmd.Flags().StringVar(&terms.out, "out", "", "`file` to write it to, which must not exist")
	return cmd
}

// gatewayKeyMade is what came of making a key of the gateway's.
type gatewayKeyMade struct {
	gateway.Key
	Secret string `json:"key,omitempty"` // its text, which is nowhere else; empty if it is in File
	File   string `json:"file,omitempty"`
}

func (a *app) makeGatewayKey(name string, terms keyTerms) (made gatewayKeyMade, err error) {
	usage := func(err error) (gatewayKeyMade, error) { return gatewayKeyMade{}, &exitError{exitUsage, err} }
	key := gateway.Key{Name: name, Created: time.Now().UTC().Truncate(time.Second)}
	if terms.budget != "" {
		if key.Budget, err = parseTokens(terms.budget); err != nil {
			return usage(fmt.Errorf("--budget: %w", err))
		}
	}
	if terms.models != "" {
		key.Models = strings.Split(terms.models, ",")
	}
	if terms.expires != "" {
		life, err := parseTime(terms.expires)
		if err != nil || life < time.Minute {
			return usage(fmt.Errorf("--expires: want 1m or longer, such as 12h or 30d, got %q", terms.expires))
		}
		key.Expires = key.Created.Add(life)
	}
	key, text, err := gateway.NewKey(key)
	if err != nil {
		return usage(err)
	}
	if terms.out != "" {
		if err := writeSynced(terms.out, []byte(text+"\n")); err != nil {
			return made, err
		}
	}
	if err := gateway.AddKey(a.gatewayDir(), key); err != nil {
		if terms.out != "" {
			err = errors.Join(err, os.Remove(terms.out))
		}
		if errors.Is(err, gateway.ErrKeyName) {
			return usage(err)
		}
		return made, err
	}
	if terms.out != "" {
		text = ""
	}
	return gatewayKeyMade{key, text, terms.out}, nil
}

func (a *app) createGatewayKey(name string, terms keyTerms) error {
	made, err := a.makeGatewayKey(name, terms)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(made)
	}
	fmt.Fprintf(a.err, "made key %s for this machine's gateway: %s\n", name, keyLimits(made.Key))
	if made.File != "" {
		fmt.Fprintf(a.out, "written to %s\n", made.File)
		return nil
	}
	fmt.Fprintln(a.err, a.err.dim("it is shown this once; programs send it as their API key"))
	fmt.Fprintln(a.out, made.Secret)
	return nil
}

// keyLimits says in words what a key may do.
func keyLimits(k gateway.Key) string {
	budget, models, until := "no budget", "all models", "until it is revoked"
	if !k.Budget.IsZero() {
		budget = k.Budget.Tokens() + " tokens"
	}
	if len(k.Models) > 0 {
		models = strings.Join(k.Models, ", ")
	}
	if !k.Expires.IsZero() {
		until = "until " + k.Expires.Local().Format("2006-01-02 15:04")
	}
	return strings.Join([]string{budget, models, until}, ", ")
}

// gatewayKey is a key as the list shows it.
type gatewayKey struct {
	gateway.Key
	Spent protocol.Amount  `json:"spent"`
	Held  protocol.Amount  `json:"held"`
	Left  *protocol.Amount `json:"left,omitempty"` // of its budget, if it has one
	State string           `json:"state"`
}

func (a *app) gatewayKeys() ([]gatewayKey, error) {
	keys, err := gateway.ReadKeys(a.gatewayDir())
	if err != nil {
		return nil, err
	}
	spent, err := gateway.ReadSpent(a.gatewayDir())
	if err != nil {
		return nil, err
	}
	list := []gatewayKey{}
	for _, k := range keys {
		s := spent[k.ID]
		row := gatewayKey{Key: k, Spent: s.Spent, Held: s.Held, State: keyGood}
		if !k.Budget.IsZero() {
			left := k.Budget.SubDown(s.Spent).SubDown(s.Held)
			row.Left = &left
		}
		if !k.Expires.IsZero() && !time.Now().Before(k.Expires) {
			row.State = "ended"
		}
		list = append(list, row)
	}
	return list, nil
}

func (a *app) listGatewayKeys() error {
	keys, err := a.gatewayKeys()
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(keys)
	}
	if len(keys) == 0 {
		fmt.Fprintln(a.out, "No keys of this gateway yet: phallama gateway keys create NAME")
		return nil
	}
	var rows [][]string
	for _, k := range keys {
		budget, spent, held, left, expires := "-", "-", "-", "-", "-"
		if k.Left != nil {
			budget, spent, held, left = shortTokens(k.Budget), shortTokens(k.Spent), shortTokens(k.Held), shortTokens(*k.Left)
		}
		if !k.Expires.IsZero() {
			expires = k.Expires.Local().Format(time.DateOnly)
		}
		name := k.Name
		if len(name) > 16 {
			name = name[:15] + "…"
		}
		rows = append(rows, []string{name, budget, spent, held, left, expires, k.State})
	}
	a.out.table([]string{"NAME", "BUDGET", "SPENT", "HELD", "LEFT", "EXPIRES", "STATE"}, rows)
	for _, k := range keys {
		if len(k.Models) > 0 {
			fmt.Fprintf(a.out, "\n%s is for %s", k.Name, strings.Join(k.Models, ", "))
		}
	}
	fmt.Fprintln(a.out)
	return nil
}

func (a *app) takeGatewayKey(name string) (gateway.Key, error) {
	key, err := gateway.RemoveKey(a.gatewayDir(), name)
	if errors.Is(err, gateway.ErrKeyName) {
		err = &exitError{exitUsage, err}
	}
	return key, err
}

func (a *app) revokeGatewayKey(name string) error {
	key, err := a.takeGatewayKey(name)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"revoked": key})
	}
	fmt.Fprintf(a.out, "revoked %s: the gateway answers nobody by it from now on\n", name)
	return nil
}
