package enclave

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

const secretToken = "control-token-of-24-bytes"

// goodConfig is what podd could be started with, as JSON.
func goodConfig() map[string]any {
	return map[string]any{
		"chainId": 1337, "registry": protocol.Address{1}, "escrow": protocol.Address{2}, "pod": protocol.Address{3}, "operator": protocol.Address{4},
		"listen": "127.0.0.1:0", "control": "127.0.0.1:0", "controlToken": secretToken, "engineSocket": "/run/engine", "models": "/models", "modelsCopy": "/copy", "memory": "16G",
		"quoteSocket": "/run/quote", "state": "/state", "stateKey": map[string]any{"source": "file", "path": "/key"},
		"offers": []any{map[string]any{"model": "wisp", "inPerM": "200", "cachedPerM": "100", "outPerM": "800", "perRequest": "1", "ctx": 4096}},
	}
}

func writeConfig(t *testing.T, config any) string {
	t.Helper()
	raw, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "podd.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLoadConfig(t *testing.T) {
	got, err := LoadConfig(writeConfig(t, goodConfig()))
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		ChainID: 1337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4},
		Listen: "127.0.0.1:0", Control: "127.0.0.1:0", ControlToken: secretToken, EngineSocket: "/run/engine", Models: "/models", ModelsCopy: "/copy", Memory: 16 << 30,
		QuoteSocket: "/run/quote", State: "/state", StateKey: StateKey{Source: "file", Path: "/key"}, Slots: 1, Queue: 16,
		QueueSeconds: 30, PublishSeconds: 60, CellBytes: 1024, AccountRequests: 600, AccountBytes: 64 << 20, Accounts: 16384,
		Offers: []Offer{{
			Model: "wisp", InPerM: protocol.Units(200), CachedPerM: protocol.Units(100), OutPerM: protocol.Units(800), PerRequest: protocol.Units(1),
			Context: 4096, DefaultOut: 2048, MaxOut: 4096,
		}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(protocol.Amount{})); diff != "" {
		t.Error(diff)
	}
	again, err := LoadConfig(writeConfig(t, got)) // a Config written out is the same Config
	if err != nil || fmt.Sprint(again) != fmt.Sprint(got) || again.ControlToken != secretToken {
		t.Errorf("%v %v", again, err)
	}
}

// TestQuoteSources: each place that quotes can come from is taken alone, and opens
// the source that it is for.
func TestQuoteSources(t *testing.T) {
	for field, want := range map[string]attest.Source{
		"quoteSocket": new(attest.QuoteSocket), "gramine": new(attest.Gramine), "configfs": new(attest.ConfigFS),
	} {
		c := goodConfig()
		delete(c, "quoteSocket")
		c[field] = "/place"
		if field == "gramine" {
			c["stateKey"] = map[string]any{"source": "gramine", "path": "/place"}
		}
		config, err := LoadConfig(writeConfig(t, c))
		if err != nil {
			t.Errorf("%s: %v", field, err)
			continue
		}
		got, err := config.source()
		if err != nil || reflect.TypeOf(got) != reflect.TypeOf(want) {
			t.Errorf("%s: got %T, %v, expected %T", field, got, err, want)
		}
		again, err := LoadConfig(writeConfig(t, config))
		if diff := cmp.Diff(config, again, cmp.AllowUnexported(protocol.Amount{})); err != nil || diff != "" {
			t.Errorf("%s: %v %s", field, err, diff)
		}
	}
	for _, fields := range [][]string{
		{}, {"quoteSocket", "gramine"}, {"quoteSocket", "configfs"}, {"gramine", "configfs"}, {"quoteSocket", "gramine", "configfs"},
	} {
		c := goodConfig()
		delete(c, "quoteSocket")
		for _, field := range fields {
			c[field] = "/place"
		}
		want := fmt.Sprintf("exactly one of quoteSocket, gramine and configfs, got %d (docs/operate/podd.md)", len(fields))
		if _, err := LoadConfig(writeConfig(t, c)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v", fields, err)
		}
	}
}

func TestOfferDefaults(t *testing.T) {
	for _, c := range []struct{ ctx, defaultOut, maxOut, wantDefault, wantMax uint32 }{
		{4096, 0, 0, 2048, 4096},
		{131072, 0, 0, 2048, 131072},
		{1024, 0, 0, 512, 1024},
		{4096, 0, 100, 100, 100},
		{4096, 10, 0, 10, 4096},
		{4096, 100, 100, 100, 100},
		{1, 0, 0, 1, 1},
	} {
		o := Offer{Model: "wisp", Context: c.ctx, DefaultOut: c.defaultOut, MaxOut: c.maxOut}
		if err := o.complete(); err != nil || o.DefaultOut != c.wantDefault || o.MaxOut != c.wantMax {
			t.Errorf("%+v: got %d and %d, %v", c, o.DefaultOut, o.MaxOut, err)
		}
	}
}

func TestLoadConfigRefuses(t *testing.T) {
	for field := range goodConfig() {
		c := goodConfig()
		delete(c, field)
		switch field {
		case "quoteSocket", "engineSocket", "modelsCopy", "memory":
			continue // one of three, see TestQuoteSources; not where the engine is in the process, see TestRunRefuses; as the operator likes
		}
		if _, err := LoadConfig(writeConfig(t, c)); err == nil || !strings.Contains(err.Error(), field+" is missing") {
			t.Errorf("without %s: %v", field, err)
		}
	}
	offer := func(change map[string]any) map[string]any {
		c := goodConfig()
		o := c["offers"].([]any)[0].(map[string]any)
		for name, value := range change {
			o[name] = value
		}
		return c
	}
	with := func(name string, value any) map[string]any {
		c := goodConfig()
		c[name] = value
		return c
	}
	without := func(name string) map[string]any {
		c := goodConfig()
		delete(c, name)
		return c
	}
	inGramine := func(c map[string]any) map[string]any {
		delete(c, "quoteSocket")
		c["gramine"], c["stateKey"] = "/place", map[string]any{"source": "gramine", "path": "/place"}
		return c
	}
	twice := goodConfig()
	second := map[string]any{"model": "wisp:latest", "inPerM": "1", "cachedPerM": "1", "outPerM": "1", "perRequest": "1", "ctx": 4096}
	twice["offers"] = append(twice["offers"].([]any), second)
	for name, c := range map[string]struct {
		config any
		want   string
	}{
		"unknown field":          {with("rpc", "http://x"), `unknown field "rpc"`},
		"unknown field of offer": {offer(map[string]any{"digest": "x"}), `unknown field "digest"`},
		"short token":            {with("controlToken", "short"), "at least 16 characters, got 5"},
		"negative slots":         {with("slots", -1), "slots and queue"},
		"negative queue wait":    {with("queueSeconds", -1), "queueSeconds"},
		"endless queue wait":     {with("queueSeconds", 601), "at most 600"},
		"published never":        {with("publishSeconds", 301), "publishSeconds: want 1 to 300"},
		"cells too small":        {with("cellBytes", 255), "cellBytes: want 256 to 16384, got 255"},
		"cells too large":        {with("cellBytes", 16385), "cellBytes: want 256 to 16384, got 16385"},
		"negative rate":          {with("accountRequests", -1), "accountRequests"},
		"no room for a request":  {with("accountBytes", 1000), "accountBytes: want at least 1032192"},
		"countless accounts":     {with("accounts", 1<<21), "at most"},
		"negative queue":         {with("queue", -1), "slots and queue"},
		"a short address":        {with("pod", "0x1234"), "want 40 hex digits"},
		"no model":               {offer(map[string]any{"model": ""}), "model is missing"},
		"an empty source":        {with("quoteSocket", ""), "exactly one of quoteSocket, gramine and configfs, got 0"},
		"no context":             {offer(map[string]any{"ctx": 0}), "ctx is missing"},
		"output above context":   {offer(map[string]any{"maxOut": 5000}), "maxOut <= ctx"},
		"default above maximum":  {offer(map[string]any{"maxOut": 10, "defaultOut": 11}), "defaultOut <= maxOut"},
		"a price with decimals":  {offer(map[string]any{"inPerM": "0.5"}), "decimal integer of base units"},
		"a price below zero":     {offer(map[string]any{"outPerM": "-1"}), "decimal integer of base units"},
		"a model twice":          {twice, "offered twice"},
		"a copy onto the store":  {with("modelsCopy", "/models/"), "want a folder apart from models"},
		"Gramine without a copy": {inGramine(without("modelsCopy")), "modelsCopy is missing"},
		"Gramine, unmeasured":    {inGramine(without("memory")), "memory is missing"},
		"memory in words":        {with("memory", "16 GB"), `such as "16G", got "16 GB"`},
		"memory without end":     {with("memory", "9999999T"), `got "9999999T"`},
		"memory below zero":      {with("memory", -1), "got -1"},
		"a list":                 {[]any{}, "cannot unmarshal"},
	} {
		if _, err := LoadConfig(writeConfig(t, c.config)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "podd.json") {
			t.Errorf("%s: %v, want %q and the file's name", name, err, c.want)
		}
	}
	good, err := json.Marshal(goodConfig())
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"empty": nil, "cut": good[:100], "something after it": append(good[:len(good):len(good)], "{}"...),
		"too long": append(good[:len(good):len(good)], bytes.Repeat([]byte(" "), maxConfigSize)...),
	} {
		path := filepath.Join(t.TempDir(), "podd.json")
		if err := os.WriteFile(path, raw, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := LoadConfig(path); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := LoadConfig(filepath.Join(t.TempDir(), "nosuch")); err == nil || !strings.Contains(err.Error(), "nosuch") {
		t.Errorf("no file: %v", err)
	}
}

func FuzzParseConfig(f *testing.F) {
	good, err := json.Marshal(goodConfig())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if bytes.Contains(bytes.ToLower(raw), []byte("operatorfile")) || bytes.Contains(raw, []byte(`\u`)) {
			return // it would open files
		}
		c, err := parseConfig(raw)
		if err != nil {
			return
		}
		// What is accepted is complete: written out it reads as the same.
		out, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := parseConfig(out)
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if diff := cmp.Diff(c, again, cmp.AllowUnexported(protocol.Amount{})); diff != "" {
			t.Error(diff)
		}
	})
}

func TestConfigHidesItsToken(t *testing.T) {
	c := Config{ControlToken: secretToken, State: "/state"}
	var logged bytes.Buffer
	slog.New(slog.NewTextHandler(&logged, nil)).Info("text", "config", c)
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("json", "config", c)
	for _, text := range []string{fmt.Sprintf("%v", c), fmt.Sprintf("%+v", c), fmt.Sprintf("%#v", c), fmt.Sprintf("%+v", &c), logged.String()} {
		if strings.Contains(text, secretToken) || !strings.Contains(text, "REDACTED") || !strings.Contains(text, "/state") {
			t.Errorf("got %s", text)
		}
	}
}
