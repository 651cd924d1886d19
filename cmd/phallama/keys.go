package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/durable"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// Limits of keys. A session is left two hours before it ends, so that a key of less is of no use.
const (
	minKeyLife = 3 * time.Hour
	maxKeys    = 1024

	defaultKeyLife = "30d"
)

func (a *app) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "keys", Short: "Give others keys that spend from your balance, up to a budget", Args: cobra.NoArgs,
		Long: `A key lets whoever has it ask pods, paid from your balance in the escrow, up to a
budget and until a time that the escrow itself holds it to. It can take nothing
out. Its holder runs a gateway with it:

  PHALLAMA_KEY=phk_… phallama serve --network NAME

One gateway at a time uses a key. Keys with which programs and people share one
gateway are another thing, which the chain knows nothing of: phallama gateway keys.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listKeys(cmd.Context()) },
	}
	cmd.AddCommand(a.createKeyCommand(),
		&cobra.Command{
			Use: "list", Short: "Show the keys: budget, what is used and left, sessions", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return a.listKeys(cmd.Context()) },
		},
		&cobra.Command{
			Use: "revoke NAME", Short: "Take a key's budget away and close its sessions", Args: cobra.ExactArgs(1),
			Long: `Takes a key's budget away, by its name or the first digits of its address: it
opens nothing more. Then asks for the close of its open sessions, whose rest comes
back within an hour or two: phallama wallet exit, or wallet release SESSION.`,
			RunE: func(cmd *cobra.Command, args []string) error { return a.revokeKey(cmd.Context(), args[0]) },
		},
	)
	return cmd
}

// keyNote is what this machine notes about a key: never its secret.
type keyNote struct {
	Name    string           `json:"name"`
	Address protocol.Address `json:"address"`
	Models  []string         `json:"models,omitempty"`
	Created time.Time        `json:"created"`
}

func (a *app) keysFile() string { return filepath.Join(a.data, "keys.json") }

func (a *app) keyNotes() ([]keyNote, error) {
	raw, err := os.ReadFile(a.keysFile())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var notes []keyNote
	if err == nil {
		err = json.Unmarshal(raw, &notes)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: move it away, and keys go by their addresses", a.keysFile(), err)
	}
	return notes, nil
}

// changeKeyNotes changes the file as a whole.
func (a *app) changeKeyNotes(change func([]keyNote) ([]keyNote, error)) error {
	return durable.Alone(a.keysFile(), func() error {
		notes, err := a.keyNotes()
		if err == nil {
			notes, err = change(notes)
		}
		if err != nil {
			return err
		}
		raw, err := json.MarshalIndent(notes, "", "  ")
		if err != nil {
			return err
		}
		return durable.Replace(a.keysFile(), append(raw, '\n'))
	})
}

// noteKey notes a new key.
func (a *app) noteKey(n keyNote) error {
	return a.changeKeyNotes(func(notes []keyNote) ([]keyNote, error) {
		return append(notes, n), a.isNewKey(notes, n.Name)
	})
}

// forgetKey takes the note of a key away that was not made.
func (a *app) forgetKey(key protocol.Address) error {
	return a.changeKeyNotes(func(notes []keyNote) ([]keyNote, error) {
		return slices.DeleteFunc(notes, func(n keyNote) bool { return n.Address == key }), nil
	})
}

// isNewKey tells whether a key of that name can be noted.
func (a *app) isNewKey(notes []keyNote, name string) error {
	for _, n := range notes {
		if n.Name == name {
			return &exitError{exitUsage, fmt.Errorf("a key %q was made on %s: take another name", name, n.Created.Format(time.DateOnly))}
		}
	}
	if len(notes) >= maxKeys {
		return fmt.Errorf("%s holds %d keys, and no more fit", a.keysFile(), maxKeys)
	}
	return nil
}

// writeSynced makes a file for the user alone, which must not be there, and has it on disk before it returns.
func writeSynced(path string, data []byte) (err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(data); err != nil {
		return err
	}
	return file.Sync()
}

var keyName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$`)

// keyTerms are what a key is made for.
type keyTerms struct{ budget, expires, models, out string }

func (a *app) createKeyCommand() *cobra.Command {
	var terms keyTerms
	cmd := &cobra.Command{
		Use: "create NAME --budget TOKENS", Short: "Make a key, and print it once", Args: cobra.ExactArgs(1),
		Long: `Makes a key and prints it once: it is not kept on this machine. With --out it goes
to a file instead, for the user alone.

The budget and the expiry are on chain, and the escrow holds to them. The name and
the models are not: the models travel in the key, and only the gateway that uses
it holds to them.`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.createKey(cmd.Context(), args[0], terms) },
	}
	cmd.Flags().StringVar(&terms.budget, "budget", "", "`tokens` that it may lock in all")
	cmd.Flags().StringVar(&terms.expires, "expires", defaultKeyLife, "`time` until it ends, such as 12h or 30d")
	cmd.Flags().StringVar(&terms.models, "models", "", "`names` of models, separated by commas; all by default")
	cmd.Flags().StringVar(&terms.out, "out", "", "`file` to write it to, which must not exist")
	return cmd
}

// parseTime reads a time in days, or as Go writes times.
func parseTime(text string) (time.Duration, error) {
	days, ok := strings.CutSuffix(text, "d")
	if !ok {
		return time.ParseDuration(text)
	}
	n, err := strconv.ParseUint(days, 10, 12)
	return time.Duration(n) * 24 * time.Hour, err
}

func parseLife(text string) (time.Duration, error) {
	life, err := parseTime(text)
	if err != nil || life < minKeyLife || life > 3650*24*time.Hour {
		return 0, fmt.Errorf("--expires: want %s to 3650d, such as 12h or 30d, got %q", minKeyLife, text)
	}
	return life, nil
}

// keyMade is what came of making a key.
type keyMade struct {
	Name        string           `json:"name"`
	Address     protocol.Address `json:"address"`
	Budget      protocol.Amount  `json:"budget"`
	Expiry      uint64           `json:"expiry"` // Unix seconds
	Models      []string         `json:"models"`
	Transaction chain.Included   `json:"transaction"`
	Key         string           `json:"key,omitempty"` // its text, which is nowhere else; empty if it is in File
	File        string           `json:"file,omitempty"`
}

func (a *app) makeKey(ctx context.Context, name string, terms keyTerms) (made keyMade, err error) {
	usage := func(err error) (keyMade, error) { return keyMade{}, &exitError{exitUsage, err} }
	if !keyName.MatchString(name) {
		return usage(fmt.Errorf("want a name of 1 to 32 letters, digits, dots, underscores and hyphens, got %.40q", name))
	}
	if terms.budget == "" {
		return usage(errors.New("want a budget: --budget TOKENS"))
	}
	budget, err := parseTokens(terms.budget)
	if err != nil {
		return usage(fmt.Errorf("--budget: %w", err))
	}
	life, err := parseLife(terms.expires)
	if err != nil {
		return usage(err)
	}
	var models []string
	if terms.models != "" {
		models = strings.Split(terms.models, ",")
	}
	if err := wallet.CheckModels(models); err != nil {
		return usage(fmt.Errorf("--models: %w", err))
	}
	notes, err := a.keyNotes()
	if err != nil {
		return made, err
	}
	if err := a.isNewKey(notes, name); err != nil { // before anything is done for it
		return made, err
	}
	_, c, err := a.dial(ctx)
	if err != nil {
		return made, err
	}
	defer c.Close()
	owner, err := a.owner()
	if err != nil {
		return made, err
	}
	secret, err := protocol.GenerateKey()
	if err != nil {
		return made, err
	}
	key := wallet.APIKey{Domain: c.Domain(), Owner: owner.Address(), Key: secret, Models: models}
	// Noted before it counts on chain, so that a key that is lost on the way can be revoked by its name.
	if terms.out != "" {
		if err := writeSynced(terms.out, []byte(key.Reveal()+"\n")); err != nil {
			return made, fmt.Errorf("--out: %w", err)
		}
	}
	note := keyNote{Name: name, Address: secret.Address(), Models: models, Created: time.Now().UTC()}
	if err := a.noteKey(note); err != nil {
		return made, errors.Join(err, discard(terms.out))
	}
	head, err := c.Head(ctx)
	if err != nil {
		return made, errors.Join(err, a.forgetKey(note.Address), discard(terms.out))
	}
	fmt.Fprintln(a.err, a.err.dim("waiting for the chain"))
	expiry := head.Time + uint64(life.Seconds())
	done, err := chain.NewTransactor(c, owner).SetDelegate(ctx, secret.Address(), budget, expiry)
	if err != nil && ctx.Err() != nil {
		return made, fmt.Errorf("%w; if it is included later, take the key back with: phallama keys revoke %s", err, name)
	}
	if err != nil {
		return made, errors.Join(err, a.forgetKey(note.Address), discard(terms.out))
	}
	made = keyMade{Name: name, Address: secret.Address(), Budget: budget, Expiry: expiry, Models: notNil(models), Transaction: done, File: terms.out}
	if terms.out == "" {
		made.Key = key.Reveal()
	}
	return made, nil
}

func (a *app) createKey(ctx context.Context, name string, terms keyTerms) error {
	profile, err := a.profile()
	if err != nil {
		return err
	}
	made, err := a.makeKey(ctx, name, terms)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(made)
	}
	fmt.Fprintf(a.err, "made key %s: %s %s until %s, in transaction %s\n", name, made.Budget.Tokens(), tokenName(profile), clock(made.Expiry), made.Transaction.Tx)
	if made.File != "" {
		fmt.Fprintf(a.out, "written to %s\n", made.File)
		return nil
	}
	fmt.Fprintln(a.err, a.err.yellow("This is the key. It is shown this once and kept nowhere on this machine:"))
	fmt.Fprintln(a.out, made.Key)
	return nil
}

func discard(path string) error {
	if path == "" {
		return nil
	}
	return os.Remove(path)
}

// States of a key.
const (
	keyGood    = "good"
	keyRevoked = "revoked"
	keyExpired = "expired"
)

// keyStatus is where a key stands. Amounts are base units.
type keyStatus struct {
	Name    string                   `json:"name,omitempty"` // as this machine notes it
	Address protocol.Address         `json:"address"`
	Models  []string                 `json:"models"`
	Account protocol.DelegateAccount `json:"onChain"`
	Left    protocol.Amount          `json:"left"`
	State   string                   `json:"state"`
	// Sessions lock something of the owner's.
	Sessions []protocol.SessionFact `json:"sessions"`
}

// keyStatuses asks the chain for all keys of an owner; a key that this machine noted and the chain does not know was
// never made.
func (a *app) keyStatuses(ctx context.Context, c *chain.Client, owner protocol.Address) ([]keyStatus, error) {
	keys, err := c.DelegatesOf(ctx, owner, 0, a.looking("keys"))
	if err != nil {
		return nil, err
	}
	opened, err := c.AllSessionsOf(ctx, owner, 0, a.looking("sessions"))
	if err != nil {
		return nil, err
	}
	return a.keyStatusesAmong(ctx, c, owner, keys, opened)
}

// keyStatusesAmong is keyStatuses where the owner's keys and sessions are known.
func (a *app) keyStatusesAmong(ctx context.Context, c *chain.Client, owner protocol.Address, keys []protocol.Address, opened []protocol.SessionKey) ([]keyStatus, error) {
	notes, err := a.keyNotes()
	if err != nil {
		return nil, err
	}
	names := map[protocol.Address]keyNote{}
	for _, n := range notes {
		names[n.Address] = n
	}
	facts, err := c.Sessions(ctx, opened)
	if err != nil {
		return nil, err
	}
	head, err := c.Head(ctx)
	if err != nil {
		return nil, err
	}
	all := []keyStatus{}
	for _, key := range keys {
		account, err := c.Delegate(ctx, owner, key)
		if err != nil {
			return nil, err
		}
		s := keyStatus{Name: names[key].Name, Address: key, Models: notNil(names[key].Models), Account: account, Left: account.Left(), State: keyGood, Sessions: []protocol.SessionFact{}}
		switch {
		case account.Cap.IsZero():
			s.State = keyRevoked
		case account.Expiry < head.Time:
			s.State = keyExpired
		}
		for _, f := range facts {
			if f.Delegated() && f.Signer == key && !f.Cap.IsZero() {
				s.Sessions = append(s.Sessions, f)
			}
		}
		all = append(all, s)
	}
	return all, nil
}

func (a *app) listKeys(ctx context.Context) error {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	owner, err := wallet.Address(a.walletDir())
	if err != nil {
		return err
	}
	keys, err := a.keyStatuses(ctx, c, owner)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"owner": owner, "keys": keys})
	}
	isSimulated(a, profile)
	if len(keys) == 0 {
		fmt.Fprintf(a.out, "No keys yet: phallama keys create NAME --budget TOKENS\n")
		return nil
	}
	var rows [][]string
	limited := false
	for _, k := range keys {
		limited = limited || len(k.Models) > 0
		expires := "-"
		if k.Account.Expiry > 0 {
			expires = time.Unix(int64(k.Account.Expiry), 0).Local().Format(time.DateOnly)
		}
		rows = append(rows, []string{
			k.shown(), k.Address.Short(), shortTokens(k.Account.Cap), shortTokens(k.Account.Used), shortTokens(k.Left), expires,
			strconv.Itoa(len(k.Sessions)), k.State,
		})
	}
	a.out.table([]string{"NAME", "KEY", "BUDGET", "USED", "LEFT", "EXPIRES", "SESSIONS", "STATE"}, rows)
	for _, k := range keys {
		if len(k.Models) > 0 {
			fmt.Fprintf(a.out, "\n%s is for %s", k.shown(), strings.Join(k.Models, ", "))
		}
	}
	if limited {
		fmt.Fprintln(a.out, "\nOnly the gateway that uses a key holds to its models; the escrow knows of none.")
	}
	return nil
}

// shown is the name for tables.
func (k keyStatus) shown() string {
	switch {
	case k.Name == "":
		return "-"
	case len(k.Name) > 16:
		return k.Name[:15] + "…"
	}
	return k.Name
}

// takeKey takes a key's budget away and asks for the close of its sessions. It returns what it is then, and the chain's time.
func (a *app) takeKey(ctx context.Context, name string) (k keyStatus, now uint64, err error) {
	_, c, err := a.dial(ctx)
	if err != nil {
		return k, now, err
	}
	defer c.Close()
	owner, err := a.owner()
	if err != nil {
		return k, now, err
	}
	keys, err := a.keyStatuses(ctx, c, owner.Address())
	if err != nil {
		return k, now, err
	}
	var found []keyStatus
	for _, k := range keys {
		if k.Name == name || strings.HasPrefix(name, "0x") && strings.HasPrefix(k.Address.String(), strings.ToLower(name)) {
			found = append(found, k)
		}
	}
	if len(found) != 1 {
		return k, now, &exitError{exitUsage, fmt.Errorf("want the name of one key of `phallama keys list`, or the first digits of its address with 0x; %.40q fits %d", name, len(found))}
	}
	k = found[0]
	t := chain.NewTransactor(c, owner)
	if k.State != keyRevoked {
		fmt.Fprintln(a.err, a.err.dim("taking the key's budget away"))
		if _, err := t.SetDelegate(ctx, k.Address, protocol.Amount{}, 0); err != nil {
			return k, now, err
		}
		// It may have opened some while we looked.
		if keys, err = a.keyStatuses(ctx, c, owner.Address()); err != nil {
			return k, now, err
		}
		for _, again := range keys {
			if again.Address == k.Address {
				k = again
			}
		}
	}
	head, err := c.Head(ctx)
	if err != nil {
		return k, now, err
	}
	for i, f := range k.Sessions {
		if f.Closing || f.Expiry < head.Time {
			continue
		}
		fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("session %s (%d of %d): asking for its close", f.ID().Short(), i+1, len(k.Sessions))))
		if _, err := t.RequestClose(ctx, f.SessionKey); err != nil {
			return k, now, err
		}
		if k.Sessions[i], err = c.Session(ctx, f.SessionKey); err != nil {
			return k, now, err
		}
	}
	return k, head.Time, nil
}

func (a *app) revokeKey(ctx context.Context, name string) error {
	profile, err := a.profile()
	if err != nil {
		return err
	}
	k, now, err := a.takeKey(ctx, name)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"revoked": k})
	}
	fmt.Fprintf(a.out, "revoked %s %s\n", name, k.Address)
	var rows [][]string
	for _, f := range k.Sessions {
		s := sessionMoney{OnChain: f}
		s.Key, s.ID = f.SessionKey, f.ID()
		rows = append(rows, s.row(now))
	}
	if len(rows) > 0 {
		fmt.Fprintln(a.out)
		a.out.table([]string{"SESSION", "POD", tokenName(profile), "UNTIL", "STATE"}, rows)
		fmt.Fprintln(a.out, "\nWhat they do not spend comes back with: phallama wallet exit, or wallet release SESSION")
	}
	return nil
}
