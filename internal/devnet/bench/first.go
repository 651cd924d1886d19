package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/phallama/phallama/internal/devnet"
)

const warmUp = 20 // pairs that do not count

// firstResult is by how much a first token comes later.
type firstResult struct {
	direct, through, added []time.Duration
}

func (r firstResult) String() string {
	return fmt.Sprintf("  first token, median of %d: %s ms directly, %s ms through the gateway\nbench-gateway pairs=%d added_ttft_ms_p50=%s added_ttft_ms_p95=%s",
		len(r.added), ms(percentile(r.direct, 50)), ms(percentile(r.through, 50)), len(r.added), ms(percentile(r.added, 50)), ms(percentile(r.added, 95)))
}

// firstTokens asks the same engine the same question directly and through the gateway, in turns, because the machine has
// other things to do. The session is open and the pod verified when it begins to count.
func firstTokens(ctx context.Context, c config, out io.Writer) (r firstResult, err error) {
	const tokens = 8
	n, err := network(ctx, c, "first tokens", out, func(d *devnet.Config) { d.Pods = 1 })
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, n.Close()) }()
	s, err := serve(ctx, c, n, out)
	if err != nil {
		return r, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	direct, through := atEngine(n.EngineSocket(), 1), atGateway(s.url, 1)
	for i := range warmUp + c.pairs {
		var took [2]time.Duration
		for turn := range 2 {
			which := (i + turn) % 2
			t, err := []*place{direct, through}[which].ask(ctx, "What is a pod?", tokens)
			if err != nil {
				return r, err
			}
			took[which] = t.first
		}
		if i >= warmUp {
			r.direct, r.through, r.added = append(r.direct, took[0]), append(r.through, took[1]), append(r.added, took[1]-took[0])
		}
		if i%50 == 49 {
			fmt.Fprintf(out, "  %-11s %d of %d pairs\n", "bench", i+1, warmUp+c.pairs)
		}
	}
	return r, nil
}
