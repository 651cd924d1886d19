package compat

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// suite is a client with its cases.
type suite struct {
	name  string
	cases []testCase
}

// testCase asks a server for something with a client, and returns what the client said of it: errors of the server are
// results as well.
type testCase struct {
	name string
	// alone is for what changes a server: such cases are run at the end, one after another.
	alone bool
	run   func(ctx context.Context, base string) (any, error)
}

// result is a case on both sides.
type result struct {
	suite, name     string
	direct, gateway outcome
}

// fields are those of either side.
func (r result) fields() []string {
	var fields []string
	for _, o := range []outcome{r.direct, r.gateway} {
		for f := range o {
			if !slices.Contains(fields, f) {
				fields = append(fields, f)
			}
		}
	}
	slices.Sort(fields)
	return fields
}

// differing are the fields that are not equal.
func (r result) differing() []string {
	return slices.DeleteFunc(r.fields(), func(f string) bool { return r.of(r.direct, f) == r.of(r.gateway, f) })
}

func (result) of(o outcome, field string) string {
	if v, ok := o[field]; ok {
		return v
	}
	return "absent"
}

// atOnce is how many cases are on their way to each side.
const atOnce = 8

// patience bounds a case; nothing is measured against it.
const patience = 2 * time.Minute

// runAll runs every case of every suite on both sides.
func runAll(ctx context.Context, suites []suite) ([]result, error) {
	var results []*result
	var failed []error
	var mu sync.Mutex
	side := func(c testCase, r *result, base string, to *outcome) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		said, err := c.run(ctx, base)
		if err == nil {
			*to, err = toOutcome(said)
		}
		if err != nil {
			mu.Lock()
			failed = append(failed, fmt.Errorf("%s, %s, on %s: %w", r.suite, r.name, base, err))
			mu.Unlock()
		}
	}
	var wg sync.WaitGroup
	places := map[string]chan struct{}{direct: make(chan struct{}, atOnce), gateway: make(chan struct{}, atOnce)}
	var last []func()
	for _, s := range suites {
		for _, c := range s.cases {
			r := &result{suite: s.name, name: c.name}
			results = append(results, r)
			for base, to := range map[string]*outcome{direct: &r.direct, gateway: &r.gateway} {
				if c.alone {
					last = append(last, func() { side(c, r, base, to) })
					continue
				}
				wg.Go(func() {
					places[base] <- struct{}{}
					defer func() { <-places[base] }()
					side(c, r, base, to)
				})
			}
		}
	}
	wg.Wait()
	for _, run := range last {
		run()
	}
	if len(failed) > 0 {
		return nil, fmt.Errorf("%d cases: %w", len(failed), failed[0])
	}
	all := make([]result, len(results))
	for i, r := range results {
		all[i] = *r
	}
	return all, nil
}
