package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"github.com/phallama/phallama/internal/devnet"
)

// A pod answers 64 requests of one session at once. Some room is left: requests go to pods at random.
const (
	perPod  = 64
	planned = 40
)

// loadResult is what many streams at once are like.
type loadResult struct {
	streams, failed int
	why             error
	direct, through loadTimes
	peak            int64 // bytes
}

type loadTimes struct{ first, tokens []time.Duration }

func (t *loadTimes) add(one times) {
	t.first, t.tokens = append(t.first, one.first), append(t.tokens, one.tokens...)
}

func (r loadResult) String() string {
	line := func(name string, t loadTimes) string {
		return fmt.Sprintf("  %-8s %9s %9s   %9s %9s\n", name, ms(percentile(t.first, 50)), ms(percentile(t.first, 99)), ms(percentile(t.tokens, 50)), ms(percentile(t.tokens, 99)))
	}
	return "  milliseconds: first token p50, p99; every token, from leaving the engine, p50, p99\n" + line("direct", r.direct) + line("gateway", r.through) +
		fmt.Sprintf("bench-streams streams=%d failed=%d peak_mb=%d added_first_ms_p99=%s added_token_ms_p50=%s added_token_ms_p99=%s",
			r.streams, r.failed, r.peak>>20, ms(percentile(r.through.first, 99)-percentile(r.direct.first, 99)),
			ms(percentile(r.through.tokens, 50)-percentile(r.direct.tokens, 50)), ms(percentile(r.through.tokens, 99)-percentile(r.direct.tokens, 99)))
}

// load runs many streams at once, directly and through the gateway in turns.
func load(ctx context.Context, c config, out io.Writer) (r loadResult, err error) {
	socket := filepath.Join(c.dir, "engine.sock")
	stop, err := standIn(socket, c)
	if err != nil {
		return r, err
	}
	defer stop()
	pods := min((c.streams+planned-1)/planned, devnet.MaxPods)
	n, err := network(ctx, c, "streams", out, func(d *devnet.Config) {
		d.Pods, d.EngineSocket, d.Slots = pods, socket, perPod
	})
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	s, err := serve(ctx, c, n, out)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	direct, through := atEngine(socket, c.streams), atGateway(s.url, c.streams)
	for round := range 1 + c.rounds {
		for _, p := range []*place{direct, through} {
			began := time.Now()
			all, failures := together(ctx, p, c)
			fmt.Fprintf(out, "  %-11s round %d, %s: %d streams in %s, %d failed\n", "bench", round, p.name, c.streams, time.Since(began).Round(10*time.Millisecond), len(failures))
			if p == direct {
				if len(failures) > 0 {
					return r, failures[0]
				}
			} else {
				r.streams, r.failed = r.streams+c.streams, r.failed+len(failures)
				if r.why == nil && len(failures) > 0 {
					r.why = failures[0]
				}
			}
			if round > 0 {
				into := map[*place]*loadTimes{direct: &r.direct, through: &r.through}[p]
				for _, t := range all {
					into.add(t)
				}
			}
		}
	}
	r.peak, err = s.peak()
	return r, err
}

// together runs all streams at once.
func together(ctx context.Context, p *place, c config) (all []times, failures []error) {
	var (
		mu      sync.Mutex
		running sync.WaitGroup
	)
	for i := range c.streams {
		running.Go(func() {
			t, err := p.ask(ctx, fmt.Sprintf("stream %d", i), c.tokens)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && len(t.tokens) != c.tokens {
				err = fmt.Errorf("%s: want %d tokens, got %d", p.name, c.tokens, len(t.tokens))
			}
			if err != nil {
				failures = append(failures, err)
				return
			}
			all = append(all, t)
		})
	}
	running.Wait()
	return all, failures
}
