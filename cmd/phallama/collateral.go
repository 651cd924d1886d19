package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/network"
)

func (a *app) collateralCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "collateral",
		Short: "Fetch, show and bundle what Intel publishes to verify quotes with",
		Long: `Collateral is what Intel publishes about a model of platform: revocation lists,
TCB info, the quoting enclave's identity. Quotes are verified with it. It is
signed by Intel, good for about a month, and the same whoever serves it.

A client gets its collateral by itself. These commands are for a look at it, and
for machines without a network: fetch and bundle where there is one, then
"phallama collateral fetch --from FILE" where there is none.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.collateralFetchCommand(), a.collateralShowCommand(), a.collateralBundleCommand())
	return cmd
}

func (a *app) collateralFetchCommand() *cobra.Command {
	var ask collateralAsk
	cmd := &cobra.Command{
		Use:   "fetch",
		Short: "Fetch collateral and keep it",
		Long: `Fetches collateral from the places of the data directory's network, or from
--from, and keeps it in the data directory, where clients find it, or in --out.
Which collateral is said by a quote (--quote), or by --tee, --fmspc and --ca. From
a bundle's file everything is kept if neither is given.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.fetchCollateral(cmd.Context(), ask) },
	}
	cmd.Flags().StringVar(&ask.from, "from", "", "`place` to ask: intel, a PCCS's URL, or a bundle's file")
	cmd.Flags().StringVar(&ask.tee, "tee", "sgx", "`kind` of quotes: sgx or tdx")
	cmd.Flags().StringVar(&ask.fmspc, "fmspc", "", "model of platform, 12 `hex` digits")
	cmd.Flags().StringVar(&ask.ca, "ca", "", "`CA` of its PCK certificate: processor or platform")
	cmd.Flags().StringVar(&ask.quote, "quote", "", "`file` of a quote that says it all, binary or hex")
	cmd.Flags().StringVar(&ask.out, "out", "", "`file` to write, instead of keeping it")
	return cmd
}

// collateralAsk is what the flags of fetch say.
type collateralAsk struct{ from, tee, fmspc, ca, quote, out string }

// kept is collateral that fetch has written.
type kept struct {
	ID    string    `json:"id"`
	File  string    `json:"file"`
	Until time.Time `json:"until"`
}

func (a *app) fetchCollateral(ctx context.Context, ask collateralAsk) error {
	ids, err := ask.ids()
	if err != nil {
		return err
	}
	sources, isSimulated, err := a.collateralSources(ask.from)
	if err != nil {
		return err
	}
	if ids == nil {
		bundle, ok := sources[0].(*collateral.Bundle)
		if !ok {
			return &exitError{exitUsage, errors.New("which collateral? Say --quote FILE, or --fmspc HEX and --ca processor or platform")}
		}
		if ids = bundle.IDs(); ask.out != "" && len(ids) != 1 {
			return &exitError{exitUsage, fmt.Errorf("--out is one file, and %s holds %s: leave --out away, or say which", ask.from, count(len(ids), "set"))}
		}
	}
	cache := collateral.NewCache(a.collateralDir(), nil, time.Now)
	list := []kept{}
	for _, id := range ids {
		c, err := collateral.First(time.Now, sources...).Collateral(ctx, id)
		if err != nil {
			return collateralError(err)
		}
		summary, err := collateral.Summarize(c)
		if err != nil {
			return &exitError{exitUnverified, err}
		}
		file := ask.out
		if file != "" {
			err = collateral.Write(file, c)
		} else {
			file, err = cache.Path(id), cache.Keep(id, c)
		}
		if err != nil {
			return err
		}
		list = append(list, kept{id.String(), file, summary.Until})
	}
	if a.json {
		return a.out.json(map[string]any{"simulated": isSimulated, "collateral": list})
	}
	if isSimulated {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	for _, k := range list {
		a.out.step("fetched", "%s, good until %s", k.ID, k.Until.UTC().Format(time.DateTime))
		a.out.step("file", "%s", k.File)
	}
	return nil
}

// ids are those that the flags name; nil without an error: none.
func (ask collateralAsk) ids() ([]dcap.CollateralID, error) {
	if ask.quote != "" {
		if ask.fmspc != "" || ask.ca != "" {
			return nil, &exitError{exitUsage, errors.New("the quote says which model and CA: leave --fmspc and --ca away")}
		}
		quote, err := readQuote(ask.quote)
		if err != nil {
			return nil, err
		}
		id, err := dcap.Needs(quote)
		if err != nil {
			return nil, &exitError{exitUnverified, fmt.Errorf("%s: %w", ask.quote, err)}
		}
		return []dcap.CollateralID{id}, nil
	}
	if ask.fmspc == "" && ask.ca == "" {
		return nil, nil
	}
	id, err := collateral.ParseID(ask.tee + "-" + strings.ToLower(ask.fmspc) + "-" + ask.ca)
	if err != nil {
		return nil, &exitError{exitUsage, fmt.Errorf("want --tee sgx or tdx, --fmspc of 12 hex digits and --ca processor or platform, got %q, %q and %q", ask.tee, ask.fmspc, ask.ca)}
	}
	return []dcap.CollateralID{id}, nil
}

// collateralSources are the places to ask: the one that is named, or those of the data directory's network.
func (a *app) collateralSources(from string) (sources []collateral.Source, isSimulated bool, err error) {
	places := []string{from}
	if from == "" {
		profile, err := a.profile()
		if err != nil {
			return nil, false, fmt.Errorf("%w; or say a place: --from intel", err)
		}
		if places = profile.Collateral; len(places) == 0 {
			return nil, false, &exitError{exitUsage, fmt.Errorf("network %s names no place to ask for collateral: say one with --from, such as --from intel", profile.Name)}
		}
		isSimulated = profile.IsSimulated()
	} else if from != network.CollateralIntel && !strings.Contains(from, "://") {
		bundle, err := collateral.ReadBundle(from)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, false, &exitError{exitUsage, fmt.Errorf("--from is intel, a PCCS's URL or a bundle's file: %w", err)}
		}
		if err != nil {
			return nil, false, &exitError{exitUnverified, err}
		}
		return []collateral.Source{bundle}, false, nil
	}
	for _, place := range places {
		if place == network.CollateralIntel {
			place = collateral.IntelURL
		}
		client, err := collateral.NewClient(collateral.Config{URL: place})
		if err != nil {
			return nil, false, &exitError{exitUsage, err}
		}
		sources = append(sources, client)
	}
	return sources, isSimulated, nil
}

// collateralError gives an error its exit status: what there is is stale, nobody is reachable, or it was refused.
func collateralError(err error) error {
	var stale *collateral.StaleError
	var refused *dcap.CheckError
	var unreachable *url.Error
	switch {
	case errors.As(err, &stale) && !stale.GoodUntil.IsZero(), errors.As(err, &refused):
		return &exitError{exitUnverified, err}
	case errors.As(err, &unreachable):
		return &exitError{exitNotRunning, err}
	}
	return err
}

func (a *app) collateralShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show FILE",
		Short: "Show what is in a file of collateral or in a bundle, and until when it is good",
		Long: `Shows the parts of collateral, or of each set of a bundle, with their dates. It is
an error (exit status 5) if one of them is stale. Signatures are checked when a
quote is verified with it, not here.`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.showCollateral(args[0]) },
	}
}

// shown is what show prints of one set of collateral.
type shown struct {
	ID    string `json:"id"`
	Stale bool   `json:"stale"`
	*collateral.Summary
}

func (a *app) showCollateral(file string) error {
	sets, err := readCollateral(file)
	if err != nil {
		return &exitError{exitUnverified, err}
	}
	now := time.Now()
	var stale []string
	list := []shown{}
	for _, c := range sets {
		s, err := collateral.Summarize(c)
		if err != nil {
			return &exitError{exitUnverified, fmt.Errorf("%s: %w", file, err)}
		}
		bad := now.Before(s.From) || now.After(s.Until)
		if bad {
			stale = append(stale, s.ID.String())
		}
		list = append(list, shown{s.ID.String(), bad, s})
	}
	if a.json {
		if err := a.out.json(map[string]any{"file": file, "collateral": list}); err != nil {
			return err
		}
	} else {
		for i, s := range list {
			if i > 0 {
				fmt.Fprintln(a.out)
			}
			a.printCollateral(s)
		}
	}
	if len(stale) > 0 {
		return &exitError{exitUnverified, fmt.Errorf("%s: not good at %s by this machine's clock: %s: fetch it anew (phallama collateral fetch)",
			file, now.UTC().Format(time.DateTime), strings.Join(stale, ", "))}
	}
	return nil
}

func (a *app) printCollateral(s shown) {
	fmt.Fprintln(a.out, a.out.bold("collateral "+s.ID))
	if strings.HasPrefix(s.Root, attest.SimulatedName) {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	var rows [][]string
	for _, p := range s.Parts {
		number, holds := "", count(p.Levels, "TCB level")
		if p.EvaluationNumber != 0 {
			number = strconv.FormatUint(uint64(p.EvaluationNumber), 10)
		} else {
			holds = strconv.Itoa(p.Revoked) + " revoked"
		}
		rows = append(rows, []string{p.Name, minutes(p.Issued), minutes(p.Until), number, holds, strconv.Itoa(p.Size)})
	}
	a.out.table([]string{"PART", "ISSUED", "NEXT UPDATE", "NUMBER", "HOLDS", "BYTES"}, rows)
	until := a.out.green(minutes(s.Until))
	if s.Stale {
		until = a.out.red(minutes(s.Until) + ", STALE or dated ahead of this clock")
	}
	a.out.step("good until", "%s", until)
	a.out.step("root", "%.40s, SHA-256 %.16s…", s.Root, s.RootSHA256)
}

func minutes(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") }

// readCollateral reads a file of collateral, or a bundle.
func readCollateral(file string) ([]*dcap.Collateral, error) {
	c, err := collateral.Read(file)
	if err == nil {
		return []*dcap.Collateral{c}, nil
	}
	bundle, bundleErr := collateral.ReadBundle(file)
	if bundleErr != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		return nil, fmt.Errorf("it is no collateral and no bundle: %w", errors.Join(err, bundleErr))
	}
	var sets []*dcap.Collateral
	for _, id := range bundle.IDs() {
		c, err := bundle.Collateral(context.Background(), id)
		if err != nil {
			return nil, err
		}
		sets = append(sets, c)
	}
	return sets, nil
}

func (a *app) collateralBundleCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "bundle --out FILE [FILE…]",
		Short: "Put collateral into one file, for machines without a network",
		Long: `Puts files of collateral into one. Without files, it is what the data directory
keeps.`,
		RunE: func(_ *cobra.Command, args []string) error { return a.bundleCollateral(out, args) },
	}
	cmd.Flags().StringVar(&out, "out", "", "`file` to write")
	return cmd
}

func (a *app) bundleCollateral(out string, files []string) error {
	if out == "" {
		return &exitError{exitUsage, errors.New("--out FILE is needed")}
	}
	if len(files) == 0 {
		cache := collateral.NewCache(a.collateralDir(), nil, time.Now)
		ids, err := cache.Kept()
		if err != nil {
			return err
		}
		for _, id := range ids {
			files = append(files, cache.Path(id))
		}
	}
	if len(files) == 0 {
		return &exitError{exitUsage, fmt.Errorf("%s keeps no collateral: fetch some (phallama collateral fetch), or name files", a.collateralDir())}
	}
	bundle := collateral.NewBundle(time.Now())
	from := map[dcap.CollateralID]string{}
	for _, file := range files {
		c, err := collateral.Read(file)
		if err != nil {
			return &exitError{exitUnverified, err}
		}
		s, err := collateral.Summarize(c)
		if err != nil {
			return &exitError{exitUnverified, fmt.Errorf("%s: %w", file, err)}
		}
		if other, twice := from[s.ID]; twice {
			return &exitError{exitUsage, fmt.Errorf("%s and %s are both %s: leave the older one away", other, file, s.ID)}
		}
		from[s.ID] = file
		if err := bundle.Add(s.ID, c); err != nil {
			return err
		}
	}
	if err := bundle.Write(out); err != nil {
		return err
	}
	if a.json {
		ids := []string{}
		for _, id := range bundle.IDs() {
			ids = append(ids, id.String())
		}
		return a.out.json(map[string]any{"file": out, "collateral": ids})
	}
	for _, id := range bundle.IDs() {
		a.out.step("bundled", "%s", id)
	}
	a.out.step("file", "%s", out)
	return nil
}

// collateralDir is where this machine's clients keep collateral.
func (a *app) collateralDir() string { return filepath.Join(a.data, "collateral") }
