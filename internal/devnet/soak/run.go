package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/protocol"
)

const (
	model = "wisp:latest"

	progressEvery = 5 * time.Second
	patience      = 3 * time.Minute        // with a query that finds no pod, and with pods that come back
	pause         = 500 * time.Millisecond // before such a query is asked again
)

// funds is what each user has: more than it can spend.
var funds = protocol.Tokens(5)

// user is one client.
type user struct {
	key    protocol.Key
	dir    string
	client *client.Client
}

// soak is one run.
type soak struct {
	config
	net   *devnet.Network
	wire  *wire
	users []*user
	out   io.Writer

	asked, answered, broken, again atomic.Int64
	kills, cuts                    atomic.Int64
}

// run does all of it.
func run(ctx context.Context, c config, out io.Writer) (_ report, err error) {
	s, err := begin(ctx, c, out)
	if err != nil {
		return report{}, err
	}
	defer func() { err = errors.Join(err, s.end()) }()
	began := time.Now()
	if err := s.work(ctx); err != nil {
		return report{}, err
	}
	took := time.Since(began)
	if err := s.finish(ctx); err != nil {
		return report{}, err
	}
	r, err := s.check(ctx)
	r.took = took
	return r, err
}

// begin starts the network and gives the users money.
func begin(ctx context.Context, c config, out io.Writer) (_ *soak, err error) {
	s := &soak{config: c, out: out, wire: newWire(c.workers)}
	started := time.Now()
	s.net, err = devnet.Start(ctx, devnet.Config{
		Dir: filepath.Join(c.dir, "net"), Bin: c.bin, Models: filepath.Join(c.bin, "models"), Model: model, RPC: "127.0.0.1:0", Gateway: "127.0.0.1:0",
		Pods: c.pods, Operators: c.operators, Funds: protocol.Tokens(1), SettleEvery: c.settleEvery,
		Progress: func(what, detail string) { fmt.Fprintf(out, "  %-11s %s\n", what, detail) },
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.end())
		}
	}()
	if err := s.enrol(ctx); err != nil {
		return nil, err
	}
	s.say("%d users are funded, %s after the start", c.users, time.Since(started).Round(time.Second))
	return s, nil
}

// end closes the clients, and then the network.
func (s *soak) end() error {
	var all []error
	for _, u := range s.users {
		if u.client != nil {
			all = append(all, u.client.Close())
		}
	}
	return errors.Join(append(all, s.net.Close())...)
}

func (s *soak) say(format string, args ...any) {
	fmt.Fprintf(s.out, "  %-11s %s\n", "soak", fmt.Sprintf(format, args...))
}

// enrol makes the users and gives them money.
func (s *soak) enrol(ctx context.Context) error {
	var keys []protocol.Key
	for i := range s.config.users {
		key, err := protocol.GenerateKey()
		if err != nil {
			return err
		}
		keys = append(keys, key)
		s.users = append(s.users, &user{key: key, dir: filepath.Join(s.dir, "users", fmt.Sprint(i))})
	}
	if err := s.net.FundUsers(ctx, keys, funds); err != nil {
		return err
	}
	return s.open()
}

// open opens the clients, also those that were open before.
func (s *soak) open() error {
	for _, u := range s.users {
		if u.client != nil {
			if err := u.client.Close(); err != nil {
				return err
			}
		}
		if err := os.MkdirAll(u.dir, 0o700); err != nil {
			return err
		}
		var err error
		if u.client, err = devnet.Open(u.dir, s.net.Profile, s.net.Chain, client.Config{Owner: u.key, Transport: s.wire}); err != nil {
			return err
		}
	}
	return nil
}

// work has all queries asked, in an order of the seed, and breaks things meanwhile.
func (s *soak) work(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	total := s.config.users * s.queries
	order := rand.New(rand.NewPCG(s.seed, 0)).Perm(total)
	next := make(chan int)
	go func() {
		defer close(next)
		for _, n := range order {
			select {
			case next <- n:
			case <-ctx.Done():
				return
			}
		}
	}()
	var working, breaking sync.WaitGroup
	for range s.workers {
		working.Go(func() {
			for n := range next {
				if err := s.query(ctx, n); err != nil {
					cancel(fmt.Errorf("user %d: %w", n%s.config.users, err))
				}
				s.asked.Add(1)
			}
		})
	}
	done := make(chan struct{})
	breaking.Go(func() {
		if err := s.chaos(ctx, total, done); err != nil && ctx.Err() == nil {
			cancel(err)
		}
	})
	breaking.Go(func() { s.progress(total, done) })
	breaking.Go(func() {
		select {
		case err := <-s.net.Failed():
			cancel(err)
		case <-done:
		}
	})
	working.Wait()
	close(done)
	breaking.Wait()
	return context.Cause(ctx)
}

func (s *soak) progress(total int, done <-chan struct{}) {
	began := time.Now()
	for {
		select {
		case <-done:
			s.say("all queries were asked")
			return
		case <-time.After(progressEvery):
		}
		n := s.asked.Load()
		s.say("%4.0f s  %d of %d queries, %.1f/s; %d broke off, %d kills, %d cut agents", time.Since(began).Seconds(), n, total,
			float64(n)/time.Since(began).Seconds(), s.broken.Load(), s.kills.Load(), s.cuts.Load())
	}
}

// prompts and how many tokens are asked for: short answers by heart, and one that goes on for as long as it may.
var prompts = []struct {
	text   string
	tokens int
}{{"Repeat after me: falcon-%d", 24}, {"What is an enclave?", 40}, {"Count to 5.", 24}, {"Talk forever", 60}}

// query asks one question, until some pod takes it.
func (s *soak) query(ctx context.Context, n int) error {
	r := rand.New(rand.NewPCG(s.seed, uint64(n)+1))
	u := s.users[n%s.config.users]
	prompt := prompts[r.IntN(len(prompts))]
	text := prompt.text
	if strings.Contains(text, "%d") {
		text = fmt.Sprintf(text, r.IntN(10_000))
	}
	body, err := json.Marshal(map[string]any{
		"model": "wisp", "stream": r.IntN(2) == 0, "messages": []map[string]string{{"role": "user", "content": text}},
		"options": map[string]any{"num_predict": prompt.tokens, "seed": r.IntN(1 << 20)},
	})
	if err != nil {
		return err
	}
	a := &accident{after: 200 + r.IntN(2000)}
	a.armed.Store(r.IntN(4) == 0)
	delay := time.Duration(r.IntN(150)) * time.Millisecond
	if s.faults {
		a.fault = draw(r)
	}
	for deadline := time.Now().Add(patience); ; {
		err := s.ask(ctx, u, body, a, delay)
		var (
			noPod   *client.NoPodError
			refused *client.PodError
		)
		switch {
		case err == nil:
			s.answered.Add(1)
			return nil
		case ctx.Err() != nil:
			return context.Cause(ctx)
		case !s.faults:
			return err
		case errors.As(err, new(*client.ReceiptError)): // a pod that bills wrongly is what must not be
			return err
		case errors.Is(err, client.ErrAnswer), errors.Is(err, context.DeadlineExceeded), errors.Is(err, errClosed):
			if a.fault < lostRequest {
				s.wire.happened[a.fault].Add(1)
			}
			s.broken.Add(1)
			return nil
		case (errors.As(err, &noPod) || errors.As(err, &refused)) && time.Now().Before(deadline):
			s.again.Add(1)
			time.Sleep(pause)
		default:
			return err
		}
	}
}

var errClosed = errors.New("closed by the user")

// ask asks once. Nil says that the answer is complete and its receipt verified.
func (s *soak) ask(ctx context.Context, u *user, body []byte, a *accident, delay time.Duration) error {
	ctx = context.WithValue(ctx, accidentKey{}, a)
	ctx = client.WithTrace(ctx, &client.Trace{Sealed: func(int, int) { a.armed.Store(true) }})
	if a.fault == abortWaiting {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, delay)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+client.Host+"/api/chat", strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	res, err := u.client.RoundTrip(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the engine refuses the query with status %d", res.StatusCode)
	}
	if a.fault == abortReading {
		if _, err := io.CopyN(io.Discard, res.Body, int64(a.after)/4); err == nil {
			return errClosed
		} else if err != io.EOF {
			return err
		}
		return nil // it was shorter
	}
	_, err = io.Copy(io.Discard, res.Body)
	return err
}

// chaos kills pods and cuts agents off, evenly over the queries, and sees to it that they come back.
func (s *soak) chaos(ctx context.Context, total int, done <-chan struct{}) error {
	r := rand.New(rand.NewPCG(s.seed, 1<<40))
	events := make([]func(context.Context, *devnet.Pod, time.Duration) error, 0, s.config.kills+s.config.cuts)
	for range s.config.kills {
		events = append(events, s.kill)
	}
	for range s.config.cuts {
		events = append(events, s.cut)
	}
	r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for i, event := range events {
		pod, wait := s.net.Pods[r.IntN(len(s.net.Pods))], time.Duration(r.IntN(2000))*time.Millisecond
		for at := int64((i + 1) * total / (len(events) + 1)); s.asked.Load() < at; {
			select {
			case <-time.After(10 * time.Millisecond):
			case <-ctx.Done():
				return nil
			}
		}
		if err := event(ctx, pod, wait); err != nil {
			return err
		}
	}
	return nil
}

// kill kills a pod and, after a while, starts it again. The next one is killed once it is back on the registry.
func (s *soak) kill(ctx context.Context, p *devnet.Pod, wait time.Duration) error {
	if err := p.Kill(); err != nil {
		return err
	}
	s.kills.Add(1)
	time.Sleep(wait)
	if err := p.Start(ctx); err != nil {
		return err
	}
	return p.Listed(ctx)
}

func (s *soak) cut(_ context.Context, p *devnet.Pod, wait time.Duration) error {
	p.StopAgent()
	s.cuts.Add(1)
	time.Sleep(wait)
	return p.StartAgent()
}

// finish has every bill known and paid. Pods and clients start anew, so that clients know of requests without a bill that
// they never will have one.
func (s *soak) finish(ctx context.Context) error {
	s.say("starting pods and clients anew, asking for receipts, settling")
	var all sync.WaitGroup
	failures := make([]error, len(s.net.Pods))
	for i, p := range s.net.Pods {
		all.Go(func() { failures[i] = s.restart(ctx, p) })
	}
	all.Wait()
	if err := errors.Join(failures...); err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	for i, u := range s.users {
		for {
			done, err := u.client.Reconcile(ctx)
			if err != nil {
				return fmt.Errorf("user %d: %w", i, err)
			}
			if done.Open == 0 {
				break
			}
			if done.Receipts+done.Lost == 0 {
				return fmt.Errorf("user %d: %d requests are neither billed nor known to be lost", i, done.Open)
			}
		}
	}
	for _, p := range s.net.Pods {
		p.StopAgent()
		if err := settleAll(ctx, p); err != nil {
			return err
		}
		if err := p.Stop(); err != nil {
			return err
		}
	}
	return nil
}

func (s *soak) restart(ctx context.Context, p *devnet.Pod) error {
	p.StopAgent()
	if err := p.Stop(); err != nil {
		return err
	}
	if err := p.Start(ctx); err != nil {
		return err
	}
	if err := p.StartAgent(); err != nil {
		return err
	}
	return p.Listed(ctx)
}
