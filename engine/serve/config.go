// Package serve runs real Ollama on a listener, for a pod and nobody else: silent, in an environment of its own, behind
// the allow-list of package gate, and with its runners where a [Hop] says. Both forms of a pod use it: cmd/engine, whose
// runners are child processes, and cmd/podd-allinone, which has all of it in one process.
//
// What needs the patched copy of Ollama that cmd/mkengine prepares carries the build tag engine.
package serve

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/klauspost/cpuid/v2"
)

// cpuLevel is the x86-64 level the C++ code was compiled for, set by mkengine. Empty means the baseline, which every CPU
// has.
var cpuLevel string

const (
	maxContext  = 1 << 20
	maxParallel = 64
)

// Config is everything that Ollama is told.
type Config struct {
	Models   string // model store in Ollama's layout; only read
	Context  int    // tokens for each request, never more than the model's own; 0 for Ollama's default (4096)
	Parallel int    // requests answered at the same time by one model
}

// Check says what is wrong, before anything is started, and makes the path of the store absolute.
func (c *Config) Check() error {
	switch {
	case c.Models == "":
		return errors.New("models is missing: give the folder of the model store")
	case c.Context < 0 || c.Context > maxContext:
		return fmt.Errorf("context is %d, expected 0 to %d", c.Context, maxContext)
	case c.Parallel < 1 || c.Parallel > maxParallel:
		return fmt.Errorf("parallel is %d, expected 1 to %d", c.Parallel, maxParallel)
	}
	if err := checkCPU(cpuLevel, cpuid.CPU.X64Level()); err != nil {
		return err
	}
	var err error
	if c.Models, err = filepath.Abs(c.Models); err != nil {
		return err
	}
	return checkStore(c.Models)
}

func checkCPU(built string, have int) error {
	if built == "x86-64-v3" && have < 3 {
		return errors.New("this engine was built for x86-64-v3 (AVX2, FMA, BMI2), which this CPU lacks: " +
			"build the plain one with `make engine ENGINE_CPU=baseline`")
	}
	return nil
}

// checkStore reports whether dir holds at least one model manifest. Ollama itself would make an empty store of a
// mistyped path.
func checkStore(dir string) error {
	found := errors.New("found")
	err := filepath.WalkDir(filepath.Join(dir, "manifests"), func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			return found
		}
		return err
	})
	switch {
	case errors.Is(err, found):
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("model store: %w", err)
	}
	return fmt.Errorf("no model in the store %s: expected manifests/HOST/NAMESPACE/MODEL/TAG and blobs/ below it", dir)
}

// environment is Ollama's whole environment.
func (c *Config) environment() map[string]string {
	return map[string]string{
		"HOME":                     "/nonexistent",
		"OLLAMA_MODELS":            c.Models,
		"OLLAMA_NUM_PARALLEL":      strconv.Itoa(c.Parallel),
		"OLLAMA_CONTEXT_LENGTH":    strconv.Itoa(c.Context),
		"OLLAMA_KEEP_ALIVE":        "-1",
		"OLLAMA_MAX_LOADED_MODELS": "1024", // the store decides, not Ollama's default of three
		"OLLAMA_NOPRUNE":           "1",
		"OLLAMA_NO_CLOUD":          "1",
	}
}

// setEnvironment replaces the environment of the host, in which OLLAMA_DEBUG would write prompts to the log, by one that
// is fixed here.
func setEnvironment(env map[string]string) error {
	os.Clearenv()
	for k, v := range env {
		if err := os.Setenv(k, v); err != nil {
			return err
		}
	}
	return nil
}
