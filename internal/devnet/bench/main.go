// Command bench measures what the gateway, the seal, the bill and the proof add to an answer. It runs `make bench-gateway`.
//
// There are two runs on a devnet each, both with answers in the shape off and a gateway in a process of its own, as a user
// has it. In the first the real engine is asked, directly and through the gateway in turns: it tells how much later the
// first token comes. In the second many streams run at once, of a stand-in engine that computes nothing and says in each
// token when that left: it tells how much later tokens come then, and what memory the gateway takes.
//
// It is a program and not a test because what it tells depends on the machine.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"
)

// config is the size of the runs.
type config struct {
	bin, dir string
	pairs    int
	streams  int
	rounds   int // of all streams
	tokens   int // of a stream
	every    time.Duration
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
	var c config
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&c.bin, "bin", "bin", "directory of phallama, podd, engine and models")
	flags.IntVar(&c.pairs, "pairs", 200, "pairs of a question asked directly and one asked through the gateway; 0 leaves that run out")
	flags.IntVar(&c.streams, "streams", 500, "streams at once; 0 leaves that run out")
	flags.IntVar(&c.rounds, "rounds", 3, "how often so many streams are started; one more before is not measured")
	flags.IntVar(&c.tokens, "tokens", 60, "tokens of a stream")
	flags.DurationVar(&c.every, "every", 100*time.Millisecond, "time between two tokens of a stream")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if c.pairs < 0 || c.streams < 0 || c.rounds < 1 || c.tokens < 1 || c.every < 0 {
		return errors.New("want no fewer than 0 pairs and streams, and at least 1 round and token")
	}
	if c.bin, err = filepath.Abs(c.bin); err != nil {
		return err
	}
	if c.dir, err = os.MkdirTemp("", "phallama-bench-"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			fmt.Fprintln(out, "kept:", c.dir)
			return
		}
		err = os.RemoveAll(c.dir)
	}()
	if c.streams > 0 {
		result, err := load(ctx, c, out)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n", result)
		if result.failed > 0 {
			return fmt.Errorf("%d of %d streams failed, the first with: %w", result.failed, result.streams, result.why)
		}
	}
	if c.pairs > 0 {
		result, err := firstTokens(ctx, c, out)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "\n%s\n", result)
	}
	return nil
}
