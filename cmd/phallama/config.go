package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) configCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "config", Short: "Show what flags, environment and config file say", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(&cobra.Command{
		Use: "explain", Short: "Show every setting, its value, and who says so", Args: cobra.NoArgs,
		Long: `Shows every setting with the value that it has, and who says so: a variable of
the environment, a profile of the config file, the rest of that file, or nobody.
A flag counts before all of them, for the command that it is given to. The values
are checked.

The file is $PHALLAMA_CONFIG, or phallama/config.toml in the user's directory for
such files; --profile NAME, or $PHALLAMA_PROFILE, picks one of its profiles.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.explainConfig(cmd.Flags().Changed("data")) },
	}, &cobra.Command{
		Use: "example", Short: "Print a config file that says what each setting is for", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return exampleConfig(a.out) },
	})
	return cmd
}

// explainedSetting is a setting as `config explain` shows it.
type explainedSetting struct {
	Name  string `json:"name"`
	Value any    `json:"value"` // text, list or true; null: nothing, or what the command's help says
	From  string `json:"from"`  // "default", or who says so
	Env   string `json:"env"`
}

func (a *app) explainConfig(dataGiven bool) error {
	c, err := readConfig()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	profile, err := c.choose(a.profileName)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	var wrong error
	all := make([]explainedSetting, 0, len(settings))
	var rows [][]string
	for i := range settings {
		s := &settings[i]
		line := explainedSetting{Name: s.name, From: "default", Env: s.env()}
		flag := flagOf((&app{out: a.out, err: a.err}).root(), s.name)
		shown := flag.DefValue
		if shown == "" {
			shown = s.standard
		}
		if shown == "" || s.kind == settingYes {
			shown = "-"
		} else {
			line.Value = shown
		}
		if one, ok := c.of(s, profile); ok {
			wrong = errors.Join(wrong, s.set(flag, one))
			line.From, shown = one.from, strings.Join(one.values, ", ")
			switch s.kind {
			case settingList:
				line.Value = one.values
			case settingYes:
				line.Value = one.values[0] == "true"
			default:
				line.Value = one.values[0]
			}
		}
		if s.name == "data" && dataGiven {
			line.Value, line.From, shown = a.data, "--data", a.data
		}
		all = append(all, line)
		rows = append(rows, []string{line.Name, shown, line.From})
	}
	if wrong != nil {
		return &exitError{exitUsage, wrong}
	}
	if a.json {
		return a.out.json(map[string]any{"file": orNull(c.path), "profile": orNull(profile), "settings": all})
	}
	file, _, err := configPath()
	if err != nil {
		return err
	}
	switch {
	case c.path == "":
		fmt.Fprintf(a.out, "file     %s %s\n", file, a.out.dim("(there is none)"))
	default:
		fmt.Fprintf(a.out, "file     %s\n", c.path)
	}
	if profile != "" {
		fmt.Fprintf(a.out, "profile  %s\n", profile)
	}
	fmt.Fprintln(a.out)
	a.out.table([]string{"SETTING", "VALUE", "FROM"}, rows)
	return nil
}

func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// flagOf finds a flag of that name, of whichever command has one.
func flagOf(cmd *cobra.Command, name string) *pflag.Flag {
	if flag := cmd.PersistentFlags().Lookup(name); flag != nil {
		return flag
	}
	if flag := cmd.Flags().Lookup(name); flag != nil {
		return flag
	}
	for _, sub := range cmd.Commands() {
		if flag := flagOf(sub, name); flag != nil {
			return flag
		}
	}
	return nil
}

func exampleConfig(to io.Writer) error {
	wide := len(slices.MaxFunc(settings, func(a, b setting) int { return len(a.name) - len(b.name) }).name)
	var b strings.Builder
	b.WriteString(`# Settings of phallama: what flags of the same names say. A flag counts before the
# environment, that before a profile, and that before the rest of this file.
# phallama config explain shows what holds.

# profile = "work"     # which profile holds where none is asked for

`)
	for i := range settings {
		s := &settings[i]
		fmt.Fprintf(&b, "# %s; $%s\n# %-*s = %s\n", s.about, s.env(), wide, s.name, s.example)
	}
	b.WriteString(`
# A profile is asked for with --profile work, or $PHALLAMA_PROFILE.
# [profiles.work]
# data     = "~/.phallama-work"
# key-file = "work.key"
`)
	_, err := io.WriteString(to, b.String())
	return err
}
