package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

type composeService struct {
	Image, User string
	Entrypoint  []string
	Command     []string
	NetworkMode string   `yaml:"network_mode"`
	StdinOpen   bool     `yaml:"stdin_open"`
	ReadOnly    bool     `yaml:"read_only"`
	CapDrop     []string `yaml:"cap_drop"`
	SecurityOpt []string `yaml:"security_opt"`
	Ports       []string
	Volumes     []string
	Configs     []struct{ Source, Target string }
}

// The compose file fits the image: its paths, ports and binaries, and the two processes meet at one socket.
func TestCompose(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(repository, composeSource))
	if err != nil {
		t.Fatal(err)
	}
	var compose struct {
		Services map[string]composeService
		Volumes  map[string]struct {
			DriverOpts map[string]string `yaml:"driver_opts"`
		}
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}
	if names := slices.Sorted(maps.Keys(compose.Services)); !slices.Equal(names, []string{"engine", "podd"}) {
		t.Fatalf("services: %v", names)
	}
	engine, podd := compose.Services["engine"], compose.Services["podd"]
	for name, s := range compose.Services {
		if s.Image != "phallama-podd"+composeDigest || s.User != "0:0" || !slices.Equal(s.CapDrop, []string{"ALL"}) || !slices.Contains(s.SecurityOpt, "no-new-privileges:true") {
			t.Errorf("%s: %+v", name, s)
		}
		if !slices.Contains(s.Volumes, "link:"+engineLink) || !slices.Contains(s.Volumes, "models:"+modelFolder+":ro") {
			t.Errorf("%s: volumes %v", name, s.Volumes)
		}
	}
	if engine.NetworkMode != "none" || !engine.StdinOpen || !engine.ReadOnly || len(engine.Ports) != 0 || !slices.Equal(engine.Entrypoint, []string{"/engine"}) {
		t.Errorf("engine: %+v", engine)
	}
	if podd.Entrypoint != nil || podd.Command != nil || podd.ReadOnly || !slices.Equal(podd.Ports, []string{"7070:7070", "7071:7071"}) ||
		len(podd.Configs) != 1 || podd.Configs[0].Target != poddConfig || !slices.Contains(podd.Volumes, "state:"+poddState) {
		t.Errorf("podd: %+v", podd)
	}
	if compose.Volumes["link"].DriverOpts["type"] != "tmpfs" {
		t.Errorf("the link is not in memory: %v", compose.Volumes["link"])
	}

	filled := regexp.MustCompile(`\$\{[A-Z_]+:\?\}`).ReplaceAllString(composedConfig(t, text), "1")
	var config struct {
		EngineSocket, Models, State, QuoteSocket string
		StateKey                                 struct{ Source, Path string }
	}
	if err := json.Unmarshal([]byte(filled), &config); err != nil {
		t.Fatalf("%v: %s", err, filled)
	}
	socket := filepath.Join(engineLink, "engine.sock")
	if config.EngineSocket != socket || !strings.Contains(strings.Join(engine.Command, " "), "--socket "+socket+" --models "+modelFolder) ||
		config.Models != modelFolder || config.State != poddState || config.StateKey.Source != "dstack" ||
		!slices.Contains(podd.Volumes, config.QuoteSocket+":"+config.QuoteSocket) || config.StateKey.Path != config.QuoteSocket {
		t.Errorf("podd's configuration: %+v", config)
	}
}

// composedConfig is podd's configuration in a compose file.
func composedConfig(t *testing.T, text []byte) string {
	t.Helper()
	var compose struct {
		Configs map[string]struct{ Content string }
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}
	return compose.Configs["podd"].Content
}
