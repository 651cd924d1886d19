package pod_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"runtime/pprof"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

var disconnectSeed = flag.Uint64("disconnect-seed", rand.Uint64(), "what the moments of disconnects are drawn from")

// counting is a transport to an engine that counts what it generated, by the request's seed.
type counting struct {
	next http.RoundTripper

	mu     sync.Mutex
	chunks map[int]int
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	_ = r.Body.Close()
	var asked struct{ Options struct{ Seed int } }
	if err := json.Unmarshal(body, &asked); err != nil {
		return nil, err
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(body))
	resp, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	resp.Body = &counted{resp.Body, c, asked.Options.Seed, nil}
	return resp, nil
}

type counted struct {
	io.ReadCloser
	c    *counting
	seed int
	line []byte
}

func (b *counted) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	for _, c := range p[:n] {
		if b.line = append(b.line, c); c == '\n' {
			if saidOne(string(b.line)) {
				b.c.mu.Lock()
				b.c.chunks[b.seed]++
				b.c.mu.Unlock()
			}
			b.line = b.line[:0]
		}
	}
	return n, err
}

func saidOne(line string) bool {
	_, after, ok := strings.Cut(line, `"content":"`)
	return ok && !strings.HasPrefix(after, `"`)
}

// Clients of a pod with a real engine go away at random moments of a stream, several at a time. No goroutine of the pod is
// left behind, and each bill is for no less than the client saw, and no more than the engine generated.
func TestDisconnects(t *testing.T) {
	n := 50
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		n = 1000
	}
	t.Logf("-disconnect-seed %d", *disconnectSeed)
	rng := rand.New(rand.NewPCG(*disconnectSeed, 2))
	engine := &counting{next: realEngine(t), chunks: map[int]int{}}
	r := newRig(t, func(c *pod.Config) {
		c.Engine, c.Slots, c.Queue = engine, 2, 16
		c.RateLimit.Requests, c.KeyRequests = 1_000_000, 1_000_000
	})
	r.fund(1_000_000_000)
	fresh := func() {
		t.Helper()
		a := r.send(r.newCall("/api/chat", `{"model":"wisp","stream":false,"messages":[{"role":"user","content":"Repeat after me: falcon-4711"}]}`))
		if a.receipt == nil || !strings.Contains(a.body, "falcon-4711") {
			t.Fatalf("an answer after disconnects: %d %s", a.status, a.body)
		}
	}
	fresh()
	r.running.Wait()
	before := settledGoroutines(t, 0)

	type gone struct {
		call call
		seed int
		saw  int
	}
	var all []*gone
	var waits []time.Duration
	failed := make(chan error, 1)
	fail := func(ctx context.Context, err error) {
		if ctx.Err() != nil {
			return // it was the time to leave
		}
		select {
		case failed <- err:
		default:
		}
	}
	for len(all) < n {
		var wg sync.WaitGroup
		for range min(n-len(all), 1+rng.IntN(8)) {
			g := &gone{seed: len(all) + 1}
			all = append(all, g)
			lines, after, question, tokens := math.MaxInt, time.Minute, "Talk forever", 1+rng.IntN(int(wisp.MaxOut))
			switch rng.IntN(4) {
			case 0: // before the first line
				after = time.Duration(rng.Int64N(int64(10 * time.Millisecond)))
			case 1: // in the prompt
				var text strings.Builder
				for range 180 {
					fmt.Fprintf(&text, "%05x ", rng.Uint32()>>12)
				}
				question, after = text.String(), time.Duration(rng.Int64N(int64(400*time.Millisecond)))
			case 2: // in the answer
				lines = 1 + rng.IntN(tokens)
			case 3: // at the end
				tokens = 1 + rng.IntN(8)
				lines = tokens
			}
			g.call = r.newCall("/api/chat", fmt.Sprintf(`{"model":"wisp","options":{"seed":%d,"num_predict":%d},"messages":[{"role":"user","content":%q}]}`, g.seed, tokens, question))
			ctx, leave := context.WithCancel(t.Context())
			exchange, outer := r.seal(ctx, g.call)
			wg.Go(func() {
				defer leave()
				defer time.AfterFunc(after, leave).Stop()
				sealed, err := r.outer.RoundTrip(outer)
				if err != nil {
					fail(ctx, err)
					return
				}
				res, err := exchange.Open(sealed)
				if err != nil {
					fail(ctx, err)
					return
				}
				defer res.Body.Close()
				if res.StatusCode != http.StatusOK {
					text, err := io.ReadAll(res.Body)
					fail(ctx, fmt.Errorf("%s %s, %v", res.Status, text, err))
					return
				}
				for stream := bufio.NewReader(res.Body); g.saw < lines; {
					line, err := stream.ReadString('\n')
					if err == io.EOF {
						break
					} else if err != nil {
						fail(ctx, err)
						break
					}
					if saidOne(line) {
						g.saw++
					}
				}
				leave()
			})
		}
		wg.Wait()
		last := time.Now()
		fresh()
		waits = append(waits, time.Since(last))
		r.running.Wait()
		charged, _ := r.book.Session(r.session.ID())
		r.charged = charged.Charged // the next ceilings lie above it
		select {
		case err := <-failed:
			t.Fatal(err)
		default:
		}
	}
	slices.Sort(waits)
	t.Logf("%d bursts; the next answer came whole after %s (median), %s (worst)", len(waits), waits[len(waits)/2], waits[len(waits)-1])
	if worst := waits[len(waits)-1]; worst > 30*time.Second { // a wedge, not a slow machine
		t.Errorf("an answer took %s", worst)
	}
	r.running.Wait()
	t.Logf("%d goroutines before, %d after", before, settledGoroutines(t, before))

	// The receipts are what the ledger charged, and what it settles.
	s, _ := r.book.Session(r.session.ID())
	if !s.Reserved.IsZero() || s.Running != 0 {
		t.Errorf("still reserved: %s of %d requests", s.Reserved, s.Running)
	}
	costs, aborts := protocol.Amount{}, 0
	for _, g := range all {
		receipt, a := r.receiptOf(g.call.id)
		if a.problem.Type == protocol.ProblemNoReceipt {
			if g.saw > 0 {
				t.Errorf("%d chunks were seen and there is no bill", g.saw)
			}
			continue
		}
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		engine.mu.Lock()
		generated := engine.chunks[g.seed]
		engine.mu.Unlock()
		if receipt.Finish == protocol.FinishAbort {
			aborts++
			if out := int(receipt.Usage.Out); out < g.saw || out > generated {
				t.Errorf("a client saw %d chunks of %d, and %d are billed", g.saw, generated, out)
			}
		}
		if want, err := r.registration.Offers[0].Offer.BillUp(receipt.Usage, receipt.Finish); err != nil || want != receipt.Cost {
			t.Errorf("%+v costs %s, want %s (%v)", receipt.Usage, receipt.Cost, want, err)
		}
		if receipt.Usage.Out > 0 && receipt.Usage.In == 0 || receipt.Usage.Out == 0 && receipt.Usage.In > 0 {
			t.Errorf("billed %+v, want the prompt if and only if some of the answer passed", receipt.Usage)
		}
		costs, _ = costs.Add(receipt.Cost)
	}
	settlement, some, err := r.book.Batch(protocol.Hash{}, 0)
	if err != nil || !some || len(settlement.Rows) != 1 {
		t.Fatalf("a batch of %+v, %v", settlement.Rows, err)
	}
	sum := protocol.Amount{}
	for _, receipt := range settlement.Receipts { // those of whole answers, too
		if sum, err = sum.Add(receipt.Cost); err != nil {
			t.Fatal(err)
		}
	}
	if sum != s.Charged || settlement.Rows[0].Charged != sum || costs.Cmp(sum) > 0 {
		t.Errorf("the receipts sum up to %s, the ledger charged %s, the batch settles %s", sum, s.Charged, settlement.Rows[0].Charged)
	}
	if aborts < n/4 {
		t.Errorf("%d of %d disconnects were in the middle of an answer: the test tests too little", aborts, n)
	}
	t.Logf("%d receipts, %d of them aborted, of %s in all", len(settlement.Receipts), aborts, sum)
}

// settledGoroutines waits until there are at most so many goroutines (0: until their number stays), and tells how many.
func settledGoroutines(t *testing.T, most int) int {
	t.Helper()
	n, same := 0, 0
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		now := runtime.NumGoroutine()
		if same++; now != n {
			n, same = now, 0
		}
		if most > 0 && n <= most || most == 0 && same > 10 {
			return n
		}
		if time.Now().After(deadline) {
			var dump strings.Builder
			_ = pprof.Lookup("goroutine").WriteTo(&dump, 1)
			t.Fatalf("%d goroutines, want at most %d:\n%s", n, most, dump.String())
		}
	}
}

// A model that says the same token over and over is stopped by Ollama, which ends the stream without its counters. What
// passed is billed, with the prompt that it answers.
func TestEndWithoutCounters(t *testing.T) {
	t.Parallel()
	r := newRig(t, func(c *pod.Config) { c.Engine = realEngine(t) })
	r.fund(1_000_000_000)
	for _, word := range []string{"a", "zz", "the", "1 2 3", "he he"} {
		a := r.send(r.newCall("/api/chat", fmt.Sprintf(`{"model":"wisp","options":{"num_predict":%d},"messages":[{"role":"user","content":%q}]}`, wisp.MaxOut, strings.Repeat(word, 120))))
		if a.receipt == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = a.receipt.Charged
		if strings.Contains(a.body, `"done":true`) {
			continue
		}
		said := 0
		for line := range strings.Lines(a.body) {
			if saidOne(line) {
				said++
			}
		}
		if u := a.receipt.Usage; int(u.Out) != said || said == 0 || u.In == 0 || a.receipt.Finish != protocol.FinishStop {
			t.Errorf("%d chunks of %q's answer came, and the bill is %+v, %s", said, word, u, a.receipt.Finish)
		}
		return
	}
	t.Fatal("no answer went round in circles: the test wants other words")
}
