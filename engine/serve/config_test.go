package serve

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	store := t.TempDir()
	manifest := filepath.Join(store, "manifests", "host", "library", "m", "latest")
	if err := os.MkdirAll(filepath.Dir(manifest), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(manifest, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		config Config
		want   string // in the error
	}{
		{Config{Models: store, Parallel: 1}, ""},
		{Config{Models: store, Context: maxContext, Parallel: maxParallel}, ""},
		{Config{Parallel: 1}, "models is missing"},
		{Config{Models: t.TempDir(), Parallel: 1}, "no model in the store"},
		{Config{Models: store + "x", Parallel: 1}, "no model in the store"},
		{Config{Models: store}, "parallel is 0, expected 1 to 64"},
		{Config{Models: store, Parallel: 65}, "parallel is 65"},
		{Config{Models: store, Parallel: 1, Context: -1}, "context is -1"},
		{Config{Models: store, Parallel: 1, Context: maxContext + 1}, "expected 0 to 1048576"},
	} {
		err := c.config.Check()
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, want %q", c.config, err, c.want)
		}
	}
	for built, levels := range map[string]map[int]bool{"x86-64-v3": {1: false, 2: false, 3: true, 4: true}, "": {1: true}} {
		for have, ok := range levels {
			if err := checkCPU(built, have); (err == nil) != ok {
				t.Errorf("built for %q on level %d: %v", built, have, err)
			}
		}
	}
}

// Nothing of the host's environment stays.
func TestSetEnvironment(t *testing.T) {
	for _, e := range os.Environ() { // t.Setenv puts each back afterwards
		name, value, _ := strings.Cut(e, "=")
		t.Setenv(name, value)
	}
	t.Setenv("OLLAMA_DEBUG", "2")
	c := Config{Models: "/store", Context: 2048, Parallel: 3}
	env := c.environment()
	if err := setEnvironment(env); err != nil {
		t.Fatal(err)
	}
	if got := os.Environ(); len(got) != len(env) {
		t.Errorf("environment %q", got)
	}
	for name, want := range map[string]string{"OLLAMA_MODELS": "/store", "OLLAMA_NUM_PARALLEL": "3", "OLLAMA_CONTEXT_LENGTH": "2048", "OLLAMA_KEEP_ALIVE": "-1", "OLLAMA_DEBUG": ""} {
		if got := os.Getenv(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		args   string
		model  string
		number int
		want   string // in the error
	}{
		{"runner --model /m/x --port 3", "/m/x", 3, ""},
		{"runner --ollama-engine --model /m/x --port 3", "/m/x", 3, ""},
		{"runner --ollama-engine --port 3", "", 0, "no GPU"},
		{"runner --port 3 --model", "", 0, "no GPU"},
		{"runner --model /m/x", "", 0, "no number"},
		{"runner --model /m/x --port many", "", 0, "no number"},
		{"runner --imagegen-engine --model x --port 3", "", 0, "--imagegen-engine is not part"},
		{"runner --mlx-engine --model x --port 3", "", 0, "--mlx-engine is not part"},
	} {
		model, number, err := parse(strings.Fields(c.args))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) || model != c.model || number != c.number {
			t.Errorf("%s: %q, %d, %v; want %q, %d, %q", c.args, model, number, err, c.model, c.number, c.want)
		}
	}
}
