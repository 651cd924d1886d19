package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/internal/devnet/plain"
	"github.com/phallama/phallama/protocol"
)

// Values of --engine, beside the URL of an Ollama that runs.
const (
	engineAuto   = "auto"   // the built one, else an Ollama on the PATH
	engineBuilt  = "built"  // the one that pods run
	engineOllama = "ollama" // an Ollama on the PATH
)

// chooseEngine says which engine a network's pods ask, and which model of which store they offer. The engine is to fit the
// form of the pods, which is known.
func (a *app) chooseEngine(ctx context.Context, engine, model, store string, config *devnet.Config) error {
	usage := func(err error) error { return &exitError{exitUsage, fmt.Errorf("--engine: %w", err)} }
	running, ours := strings.Contains(engine, "://"), config.Models
	if running {
		if _, err := plain.ParseURL(engine); err != nil {
			return usage(err)
		}
		config.Ollama, ours = engine, "" // it has a store of its own
	} else if !slices.Contains([]string{engineAuto, engineBuilt, engineOllama}, engine) {
		return usage(fmt.Errorf("want %s, %s, %s or the URL of an Ollama that runs, got %.100q", engineAuto, engineBuilt, engineOllama, engine))
	}
	if config.Enclave == devnet.AllInOne && (running || engine == engineOllama) {
		return usage(fmt.Errorf("a pod in one process has an engine of its own: leave it away, or --enclave %s", devnet.TwoProcess))
	}
	var err error
	if config.Model, config.Models, err = a.offered(model, store, ours); err != nil {
		return err
	}
	switch {
	case engine == engineOllama:
		if config.Ollama, err = onPath(ctx); err != nil {
			return usage(err)
		}
	case engine == engineAuto && config.Enclave != devnet.AllInOne:
		if _, err := os.Stat(filepath.Join(config.Bin, "engine")); err == nil {
			return nil
		}
		if config.Ollama, err = onPath(ctx); err != nil {
			return &exitError{exitNotRunning, fmt.Errorf("there is no engine: `make engine` builds the one that pods run, and an Ollama of at least %s on the PATH will do for a network on this machine (%w)", plain.Least, err)}
		}
	}
	return nil
}

// onPath finds an Ollama that is new enough.
func onPath(ctx context.Context) (string, error) {
	program, err := exec.LookPath("ollama")
	if err != nil {
		return "", errors.New("there is no ollama on the PATH")
	}
	if program, err = filepath.Abs(program); err != nil {
		return "", err
	}
	_, err = plain.Version(ctx, program)
	return program, err
}

// ollamaService is where Ollama's own installer has the service keep its models, on Linux.
const ollamaService = "/usr/share/ollama/.ollama/models"

// offered is the model that pods are to offer, and the store that has it: unless one is named, ours for the tiny model and
// Ollama's for others.
func (a *app) offered(model, store, ours string) (name, dir string, err error) {
	if err := protocol.CheckModelName(model); err != nil {
		return "", "", &exitError{exitUsage, fmt.Errorf("%s: %w", a.source("model"), err)}
	}
	stores := []string{store}
	if store == "" {
		stores = []string{ours, defaultModels(), ollamaService}
	}
	for _, dir := range stores {
		if dir == "" {
			continue
		}
		if _, err = protocol.ModelManifestFS(os.DirFS(dir), model); err == nil {
			dir, err = filepath.Abs(dir)
			return model, dir, err
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", "", fmt.Errorf("%s: %w", dir, err)
		}
	}
	looked := store
	if looked == "" {
		looked = defaultModels()
	}
	return "", "", &exitError{exitUsage, fmt.Errorf("%s: model %q: it is not there: `ollama list` shows the models that there are, `ollama pull` gets one, and --models names another store", looked, model)}
}
