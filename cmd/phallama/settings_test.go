package main

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// What may stand in the file is a flag of some command, and what the example says of it is taken.
func TestSettingsAreFlags(t *testing.T) {
	var b bytes.Buffer
	if err := exampleConfig(&b); err != nil {
		t.Fatal(err)
	}
	var taken []string // the lines that are settings, as a user would take them up
	for line := range strings.Lines(b.String()) {
		line = strings.TrimPrefix(strings.TrimSuffix(line, "\n"), "# ")
		if name, _, ok := strings.Cut(line, " ="); ok && settingNamed(strings.TrimSpace(name)) != nil && len(taken) < len(settings) {
			taken = append(taken, strings.ReplaceAll(line, "0x…", "0x00000000000000000000000000000000000000aa"))
		}
	}
	c, err := parseConfig("/etc/phallama.toml", []byte(strings.Join(taken, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	for i := range settings {
		s := &settings[i]
		flag := flagOf((&app{}).root(), s.name)
		if flag == nil {
			t.Errorf("no command has --%s", s.name)
			continue
		}
		one, ok := c.of(s, "")
		if !ok {
			t.Errorf("the example does not say %s", s.name)
		}
		if err := s.set(flag, one); err != nil {
			t.Error(err)
		}
		if (flag.Value.Type() == "bool") != (s.kind == settingYes) {
			t.Errorf("--%s is a %s", s.name, flag.Value.Type())
		}
	}
	if got := c.all["key-file"].values[0]; got != "/etc/work.key" {
		t.Errorf("a path in the file is %s, want it beside the file", got)
	}
}

func TestConfigThatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"listen = 11435":               `listen: want such as listen = "127.0.0.1:11435", got 11435`,
		"listen = ''":                  "listen: want such as",
		"pod = '0x00'":                 `pod: want such as pod = ["0x…"]`,
		"pod = [1]":                    "pod: want such as",
		"pod = ['']":                   "pod: want such as",
		"require-key = 'yes'":          "require-key: want such as require-key = true, got yes",
		"profile = 3":                  "profile: want a profile's name",
		"profiles = 3":                 "profiles: want tables such as",
		"[profiles]\nwork = 3":         "profiles.work: want a table",
		"[profiles.'']\ndata = 'x'":    "got an empty one",
		"[profiles.a]\n[profiles.a.b]": `profile a: there is no setting "b"`,
		"a = 1\na = 2":                 "line 2: ",
		"MinTier = 'T1'":               `there is no setting "MinTier": do you mean "min-tier"?`,
		"pods = ['x']":                 `do you mean "pod"?`,
		"\xff":                         "line 1: ",
	} {
		c, err := parseConfig("config.toml", []byte(text))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, %v, want %q", text, c, err, want)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("relay = 'auto'\nprofile = 'a'\n[profiles.a]\npod = ['0x1']")
	f.Add("require-key = true\n[profiles]\n")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parseConfig("config.toml", []byte(text))
		if err != nil {
			return
		}
		if c.profile != "" && c.profiles[c.profile] == nil {
			t.Errorf("profile %q, which is not there", c.profile)
		}
		for name, table := range c.profiles {
			if name == "" {
				t.Error("a profile without a name")
			}
			for setting, said := range table {
				if settingNamed(setting) == nil || slices.Contains(said.values, "") {
					t.Errorf("%s: %q", setting, said.values)
				}
			}
		}
	})
}
