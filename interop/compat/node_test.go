package compat

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"sync"
)

// nodeOutcomes runs node/run.mjs against a server: outcomes by suite and case.
func nodeOutcomes(ctx context.Context, base string) (map[string]map[string]any, error) {
	cmd := exec.CommandContext(ctx, "node", "run.mjs")
	cmd.Dir, cmd.Env = "node", append(os.Environ(), "BASE="+base)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			err = fmt.Errorf("%w: %s", err, exit.Stderr)
		}
		return nil, fmt.Errorf("node, after `npm ci` in interop/compat/node: %w", err)
	}
	var outcomes map[string]map[string]any
	return outcomes, json.Unmarshal(out, &outcomes)
}

// runNode runs the npm clients on both sides at once.
func runNode(ctx context.Context) (results []result, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	both := map[string]map[string]map[string]any{}
	var failed []error
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, base := range []string{direct, gateway} {
		wg.Go(func() {
			outcomes, err := nodeOutcomes(ctx, base)
			mu.Lock()
			defer mu.Unlock()
			both[base] = outcomes
			if err != nil {
				failed = append(failed, err)
			}
		})
	}
	wg.Wait()
	if len(failed) > 0 {
		return nil, errors.Join(failed...)
	}
	for suite, cases := range both[direct] {
		for name := range cases {
			r := result{suite: suite, name: name}
			if r.direct, err = toOutcome(cases[name]); err != nil {
				return nil, err
			}
			if r.gateway, err = toOutcome(both[gateway][suite][name]); err != nil {
				return nil, err
			}
			results = append(results, r)
		}
	}
	slices.SortFunc(results, func(a, b result) int { return cmp.Or(cmp.Compare(a.suite, b.suite), cmp.Compare(a.name, b.name)) })
	return results, nil
}
