// Command soak lets many users, each with a key, a client and a state directory of its own, ask many questions on a
// devnet, breaks things meanwhile, settles, and then holds every book against every other: what the chain moved, what
// receipts say, what pods wrote down. It runs `make soak-billing`.
//
// There are two runs. In the first, clients go away in the middle of answers, the network loses requests, answers and
// halves of answers and delivers requests twice, pods are killed and operators' agents cut off. In the second nothing
// breaks and each user has one session: it tells the gas per query.
//
// It is a program and not a test because it takes minutes and tells how far it is; its test is a small run of it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// config is the size of a soak.
type config struct {
	users, queries  int // of each user
	pods, operators int
	kills, cuts     int // of pods, and of agents
	workers         int // queries under way at once
	settleEvery     time.Duration
	seed            uint64
	faults          bool
	dir, bin        string
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := command(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func command(ctx context.Context, args []string, out io.Writer) (err error) {
	c := config{faults: true}
	var (
		steady bool
		keep   string
	)
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	flags.IntVar(&c.users, "users", 100, "users, each a client of its own")
	flags.IntVar(&c.queries, "queries", 100, "queries of each user")
	flags.IntVar(&c.pods, "pods", 3, "pods")
	flags.IntVar(&c.operators, "operators", 2, "operators that the pods are spread over")
	flags.IntVar(&c.kills, "kills", 8, "pods killed (SIGKILL) and started again")
	flags.IntVar(&c.cuts, "cuts", 8, "operators' agents stopped in the middle and started again")
	flags.IntVar(&c.workers, "workers", 12, "queries under way at once")
	flags.DurationVar(&c.settleEvery, "settle", 20*time.Second, "how often agents settle while things break")
	flags.Uint64Var(&c.seed, "seed", rand.Uint64()>>32, "of what is asked and what breaks; timing is the machine's own")
	flags.BoolVar(&steady, "steady", true, "the second run, without faults, too")
	flags.StringVar(&keep, "dir", "", "data directory, which is kept (default: a temporary one, kept if something is wrong)")
	flags.StringVar(&c.bin, "bin", "bin", "directory of podd, engine and models")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if c.users < 1 || c.queries < 1 || c.workers < 1 || c.kills < 0 || c.cuts < 0 {
		return errors.New("want at least 1 user, query and worker, and no fewer than 0 kills and cuts")
	}
	if c.bin, err = filepath.Abs(c.bin); err != nil {
		return err
	}
	if c.dir = keep; keep == "" {
		if c.dir, err = os.MkdirTemp("", "phallama-soak-"); err != nil {
			return err
		}
		defer func() {
			if err == nil {
				err = os.RemoveAll(c.dir)
			} else {
				fmt.Fprintln(out, "kept:", c.dir)
			}
		}()
	}
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(c.dir, "clients.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	slog.SetDefault(slog.New(slog.NewTextHandler(log, nil)))

	runs := []config{c}
	if steady {
		second := c
		second.faults, second.pods, second.operators, second.kills, second.cuts = false, 1, 1, 0, 0
		second.settleEvery = 0 // the default, which is longer than the run takes
		runs = append(runs, second)
	}
	var reports []report
	for _, r := range runs {
		name := "faults"
		if !r.faults {
			name = "steady"
		}
		r.dir = filepath.Join(c.dir, name)
		fmt.Fprintf(out, "\n%s: %d users × %d queries over %d pods of %d operators, %d kills, %d cut agents, seed %d\n",
			name, r.users, r.queries, r.pods, r.operators, r.kills, r.cuts, r.seed)
		done, err := run(ctx, r, out)
		if err != nil {
			return err
		}
		done.print(out)
		reports = append(reports, done)
	}
	line, equal := summary(c, reports)
	fmt.Fprintf(out, "\n%s\n", line)
	if !equal {
		return errors.New("the books differ: see above")
	}
	return nil
}

// summary is the last line. The gas is the last run's.
func summary(c config, reports []report) (line string, equal bool) {
	var (
		asked    int64
		receipts int
		gas      float64
	)
	equal = len(reports) > 0
	for _, r := range reports {
		asked, receipts, gas = asked+r.asked, receipts+r.receipts, r.gasPerQuery()
		equal = equal && len(r.wrong) == 0
	}
	return fmt.Sprintf("soak seed=%d users=%d queries=%d receipts=%d gas_per_query=%.0f sums_equal=%t", c.seed, c.users, asked, receipts, gas, equal), equal
}
