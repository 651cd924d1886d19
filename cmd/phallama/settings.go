package main

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
)

// setting is what the config file, or the environment, may say in a flag's place: of every command that has the flag.
type setting struct {
	name    string // of the flag, and in the file
	kind    settingKind
	about   string
	example string // as it stands in the file

	standard string // what holds where nobody says anything, if the flag does not tell
}

type settingKind int

const (
	settingText settingKind = iota
	settingPath             // relative to the file's directory; ~/ is the home directory
	settingList             // of texts
	settingYes              // true or false
)

// settings are all of them. A flag counts before the environment, that before the profile, and that before the rest of
// the file.
var settings = []setting{
	{name: "data", kind: settingPath, about: "directory with a network's data: wallet, sessions, receipts", example: `"~/.phallama"`},
	{name: "network", kind: settingText, about: "network of an empty data directory: phala, or a profile's file", example: `"phala"`},
	{name: "listen", kind: settingText, about: "address of the gateway", example: `"127.0.0.1:11435"`},
	{name: "gateway", kind: settingText, about: "address where ask, run, ps and others look for it", example: `"127.0.0.1:11435"`},
	{name: "model", kind: settingText, about: "model that ask asks, and the pods of up offer", example: `"wisp"`},
	{name: "max-price", kind: settingText, about: "tokens that a million tokens of prompt or answer may cost", example: `"0.8"`},
	{name: "min-tier", kind: settingText, about: "lowest tier of attestation of pods", example: `"T1"`},
	{name: "pod", kind: settingList, about: "ids of the pods that may be asked, and no others", example: `["0x…"]`},
	{name: "deny", kind: settingList, about: "ids of pods, or addresses of operators, not to ask", example: `["0x…"]`},
	{name: "relay", kind: settingText, about: "way to pods: off, auto, require or an OHTTP relay's URL", example: `"auto"`, standard: client.RelayAuto},
	{name: "shape", kind: settingText, about: "shape of answers for who sees the connection: off, cell, cbr", example: `"cell"`, standard: string(envelope.ShapeCell)},
	{name: "key-file", kind: settingPath, about: "file with an API key that pays", example: `"work.key"`},
	{name: "origin", kind: settingList, about: "origins whose pages may use the gateway", example: `["https://chat.example.org"]`},
	{name: "host", kind: settingList, about: "names the gateway is asked under beside localhost", example: `["host.docker.internal"]`},
	{name: "tls-cert", kind: settingPath, about: "file with the gateway's certificate chain in PEM", example: `"gateway.pem"`},
	{name: "tls-key", kind: settingPath, about: "file with its private key in PEM", example: `"gateway.key"`},
	{name: "require-key", kind: settingYes, about: "answer only who has a key of the gateway's, here too", example: `true`},
}

func settingNamed(name string) *setting {
	if i := slices.IndexFunc(settings, func(s setting) bool { return s.name == name }); i >= 0 {
		return &settings[i]
	}
	return nil
}

// env is the variable that says the same. One with several values has them with commas between.
func (s *setting) env() string {
	name := "PHALLAMA_" + strings.ToUpper(strings.ReplaceAll(s.name, "-", "_"))
	if s.kind == settingList && s.name != "deny" {
		name += "S"
	}
	return name
}

const (
	configEnv  = "PHALLAMA_CONFIG"
	profileEnv = "PHALLAMA_PROFILE"
	maxConfig  = 64 << 10
)

// configPath is where the config file is, and whether it is to be there.
func configPath() (path string, must bool, err error) {
	if path := os.Getenv(configEnv); path != "" {
		return path, true, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", false, nil // no home: there is no file
	}
	return filepath.Join(dir, "phallama", "config.toml"), false, nil
}

// saying is what one place says of a setting.
type saying struct {
	values []string
	from   string // for people
}

// config is what a config file says: for all profiles, and for each.
type config struct {
	path     string // empty: there is none
	profile  string // that it says to take
	all      map[string]saying
	profiles map[string]map[string]saying
}

// readConfig reads the config file. None is an empty one, unless PHALLAMA_CONFIG names it.
func readConfig() (*config, error) {
	path, must, err := configPath()
	if err != nil || path == "" {
		return &config{}, err
	}
	raw, err := readFile(path, maxConfig)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !must:
		return &config{}, nil
	case err != nil:
		return nil, fmt.Errorf("config file: %w", err)
	}
	c, err := parseConfig(path, raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w (`phallama config example` shows all that it may say)", path, err)
	}
	return c, nil
}

// parseConfig reads what the file at a path says.
func parseConfig(path string, raw []byte) (*config, error) {
	tree := map[string]any{}
	if err := toml.Unmarshal(raw, &tree); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("line %d: %s", syntax.Position.Line, syntax.Message)
		}
		return nil, err
	}
	c := &config{path: path, profiles: map[string]map[string]saying{}}
	if profile, there := tree["profile"]; there {
		name, ok := profile.(string)
		if !ok || name == "" {
			return nil, fmt.Errorf("profile: want a profile's name in quotes, got %v", profile)
		}
		c.profile = name
		delete(tree, "profile")
	}
	profiles, there := tree["profiles"]
	delete(tree, "profiles")
	if there {
		tables, ok := profiles.(map[string]any)
		if !ok {
			return nil, errors.New("profiles: want tables such as [profiles.work]")
		}
		for _, name := range slices.Sorted(maps.Keys(tables)) {
			table, ok := tables[name].(map[string]any)
			if !ok {
				return nil, fmt.Errorf("profiles.%s: want a table, [profiles.%s]", name, name)
			}
			if name == "" {
				return nil, errors.New("profiles: want a name of a profile, got an empty one")
			}
			said, err := readSettings(path, "profile "+name, table)
			if err != nil {
				return nil, fmt.Errorf("profile %s: %w", name, err)
			}
			c.profiles[name] = said
		}
	}
	var err error
	if c.all, err = readSettings(path, "config file", tree); err != nil {
		return nil, err
	}
	if c.profile != "" && c.profiles[c.profile] == nil {
		return nil, c.noProfile(c.profile)
	}
	return c, nil
}

func (c *config) noProfile(name string) error {
	if len(c.profiles) == 0 {
		return fmt.Errorf("there is no profile %q, as there is none at all", name)
	}
	return fmt.Errorf("there is no profile %q: there is %s", name, strings.Join(slices.Sorted(maps.Keys(c.profiles)), ", "))
}

// readSettings reads one table.
func readSettings(path, from string, table map[string]any) (map[string]saying, error) {
	all := map[string]saying{}
	for _, name := range slices.Sorted(maps.Keys(table)) {
		s := settingNamed(name)
		if s == nil {
			return nil, fmt.Errorf("there is no setting %q%s", name, near(name))
		}
		values, err := s.read(path, table[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all[name] = saying{values, from}
	}
	return all, nil
}

// near names the setting that somebody may have meant.
func near(name string) string {
	plain := func(s string) string {
		return strings.TrimSuffix(strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(s)), "s")
	}
	for _, s := range settings {
		if plain(s.name) == plain(name) {
			return fmt.Sprintf(": do you mean %q?", s.name)
		}
	}
	return ""
}

func (s *setting) read(path string, value any) ([]string, error) {
	wrong := func() error { return fmt.Errorf("want such as %s = %s, got %v", s.name, s.example, value) }
	switch s.kind {
	case settingYes:
		yes, ok := value.(bool)
		if !ok {
			return nil, wrong()
		}
		return []string{fmt.Sprint(yes)}, nil
	case settingList:
		list, ok := value.([]any)
		if !ok {
			return nil, wrong()
		}
		texts := make([]string, len(list))
		for i, one := range list {
			if texts[i], ok = one.(string); !ok || texts[i] == "" {
				return nil, wrong()
			}
		}
		return texts, nil
	}
	text, ok := value.(string)
	if !ok || text == "" {
		return nil, wrong()
	}
	if s.kind == settingPath || s.name == "network" && strings.ContainsAny(text, `/\`) {
		text = settingFile(path, text)
	}
	return []string{text}, nil
}

// settingFile is a path that a config file names.
func settingFile(config, path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(config), path)
}

// choose picks the profile: the one that is asked for, that PHALLAMA_PROFILE names, or that the file says.
func (c *config) choose(asked string) (string, error) {
	name := asked
	if name == "" {
		name = os.Getenv(profileEnv)
	}
	if name == "" {
		name = c.profile
	}
	if name != "" && c.profiles[name] == nil {
		if c.path == "" {
			return "", fmt.Errorf("there is no profile %q, as there is no config file: `phallama config example` shows one", name)
		}
		return "", fmt.Errorf("%s: %w", c.path, c.noProfile(name))
	}
	return name, nil
}

// of is what environment and file say of a setting, if anything.
func (c *config) of(s *setting, profile string) (saying, bool) {
	if text := os.Getenv(s.env()); text != "" {
		if s.kind == settingList {
			return saying{strings.Split(text, ","), s.env()}, true
		}
		return saying{[]string{text}, s.env()}, true
	}
	if one, ok := c.profiles[profile][s.name]; ok {
		return one, true
	}
	one, ok := c.all[s.name]
	return one, ok
}

// settle gives a command's flags that were not given what environment and file say.
func (a *app) settle(cmd *cobra.Command) error {
	c, err := readConfig()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	profile, err := c.choose(a.profileName)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	a.from = map[string]string{}
	for i := range settings {
		s := &settings[i]
		one, ok := c.of(s, profile)
		if !ok {
			continue
		}
		flag := cmd.Flags().Lookup(s.name)
		switch {
		case flag == nil && s.name == "relay": // of every command that asks pods
			flag = &pflag.Flag{Name: s.name, Value: (*relayChoice)(&a.relay)}
		case flag == nil, flag.Changed:
			continue
		}
		if err := s.set(flag, one); err != nil {
			return &exitError{exitUsage, err}
		}
		a.from[s.name] = s.label(one)
	}
	return nil
}

func (s *setting) set(flag *pflag.Flag, one saying) error {
	for _, value := range one.values {
		if err := flag.Value.Set(strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("%s: %w", s.label(one), err)
		}
	}
	return nil
}

// label is who said it, for an error.
func (s *setting) label(one saying) string {
	if one.from == s.env() {
		return one.from
	}
	return one.from + ": " + s.name
}

// source is who said what a flag says, for an error.
func (a *app) source(flag string) string {
	if from := a.from[flag]; from != "" {
		return from
	}
	return "--" + flag
}
