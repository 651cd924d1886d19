package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
)

// completeWait is how long a shell waits for names.
const completeWait = 2 * time.Second

// completions gives commands and flags the words that a shell may offer: models and profiles by name, and what a flag takes.
func (a *app) completions(root *cobra.Command) {
	words := map[string][]cobra.Completion{
		"relay":    {client.RelayAuto, client.RelayRequire, client.RelayOff},
		"shape":    {"cell", "off", "cbr"},
		"min-tier": {"T0", "T1", "T2"},
		"enclave":  {"two-process", "all-in-one"},
	}
	var walk func(cmd *cobra.Command)
	walk = func(cmd *cobra.Command) {
		for _, sub := range cmd.Commands() {
			walk(sub)
		}
		for name, words := range words {
			if cmd.Flags().Lookup(name) != nil {
				_ = cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)) // the flag is there
			}
		}
		switch cmd.CommandPath() {
		case "phallama run", "phallama show":
			cmd.ValidArgsFunction = a.completeModel
		case "phallama ask":
			_ = cmd.RegisterFlagCompletionFunc("model", func(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
				return a.completeModel(cmd, nil, begun)
			})
		}
	}
	walk(root)
	_ = root.RegisterFlagCompletionFunc("profile", func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		c, err := readConfig()
		if err != nil {
			return nil, cobra.ShellCompDirectiveError
		}
		return slices.Sorted(maps.Keys(c.profiles)), cobra.ShellCompDirectiveNoFileComp
	})
}

// completeModel offers the models of the gateway that the command would ask, if it runs.
func (a *app) completeModel(cmd *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	if err := a.settle(cmd); err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	url, err := gatewayURL(cmd.Flag("gateway").Value.String())
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), completeWait)
	defer cancel()
	models, err := modelsOf(ctx, url)
	if err != nil {
		return nil, cobra.ShellCompDirectiveError
	}
	return models, cobra.ShellCompDirectiveNoFileComp
}

// firstModel is a gateway's first.
func firstModel(ctx context.Context, gateway string) (string, error) {
	models, err := modelsOf(ctx, gateway)
	if err != nil {
		return "", err
	}
	if len(models) == 0 {
		return "", &exitError{exitNotRunning, errors.New("no verified pod offers a model; `phallama pods` says why")}
	}
	return models[0], nil
}

// modelsOf are the names of a gateway's models.
func modelsOf(ctx context.Context, gateway string) ([]string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, gateway+"/api/tags", nil)
	if err != nil {
		return nil, err
	}
	resp, err := gatewayDo(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var tags struct{ Models []struct{ Name string } }
	if err := json.NewDecoder(resp.Body).Decode(&tags); err != nil {
		return nil, fmt.Errorf("the gateway's list of models: %w", err)
	}
	names := make([]string, len(tags.Models))
	for i, m := range tags.Models {
		names[i] = m.Name
	}
	return names, nil
}
