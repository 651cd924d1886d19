package integration_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/protocol"
)

var disconnectSeed = flag.Uint64("disconnect-seed", rand.Uint64(), "what the moments of disconnects are drawn from")

// disconnects is how many callers go away. 27 to 33 wedge a model of a plain Ollama (ollama#17131).
func disconnects() int {
	if os.Getenv("PHALLAMA_TEST_LONG") != "" {
		return 1000
	}
	return 50
}

// alive bounds the wait for an answer after callers have gone. It is for a wedge, which lasts for ever.
const alive = 30 * time.Second

func seeded(t *testing.T) *rand.Rand {
	t.Logf("-disconnect-seed %d", *disconnectSeed)
	return rand.New(rand.NewPCG(*disconnectSeed, 1))
}

// caller asks for a stream and goes away, after some of its pieces or some time, whichever comes first.
type caller struct {
	path   string
	body   map[string]any
	pieces int
	after  time.Duration
	tokens int // that it asks for at most
}

// newCaller is one who goes away before the first piece, while the prompt is evaluated, in the middle of the answer or at
// its end.
func newCaller(rng *rand.Rand) caller {
	c := caller{pieces: math.MaxInt, after: patience, tokens: 100 + rng.IntN(800)}
	question := "Talk forever"
	upTo := func(d time.Duration) time.Duration { return time.Duration(rng.Int64N(int64(d))) }
	switch rng.IntN(5) {
	case 0:
		c.after = upTo(10 * time.Millisecond)
	case 1:
		question, c.after = essay(), upTo(400*time.Millisecond)
	case 2:
		c.pieces = 1 + rng.IntN(c.tokens)
	case 3:
		c.after = upTo(300 * time.Millisecond)
	case 4:
		c.tokens = 1 + rng.IntN(8)
		c.pieces = max(1, c.tokens-rng.IntN(3))
	}
	c.body = prompt(question, true)
	c.body["options"] = map[string]any{"num_predict": c.tokens}
	switch rng.IntN(3) {
	case 0:
		c.path = "/api/chat"
	case 1:
		c.path = "/api/generate"
		delete(c.body, "messages")
		c.body["prompt"] = question
	case 2:
		c.path = "/v1/chat/completions"
		delete(c.body, "options")
		c.body["max_tokens"] = c.tokens
	}
	return c
}

// come asks and goes, and tells how many pieces came.
func (c caller) come(send func(context.Context) (*http.Response, error)) (pieces int, err error) {
	ctx, leave := context.WithCancel(context.Background())
	defer leave()
	defer time.AfterFunc(c.after, leave).Stop()
	gone := func(err error) error {
		if ctx.Err() != nil || errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
	resp, err := send(ctx)
	if err != nil {
		return 0, gone(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, err := io.ReadAll(resp.Body)
		if gone(err) == nil && ctx.Err() != nil {
			return 0, nil
		}
		return 0, fmt.Errorf("%s: %s", resp.Status, text)
	}
	for lines := bufio.NewReader(resp.Body); pieces < c.pieces; {
		line, err := lines.ReadString('\n')
		if err != nil {
			return pieces, gone(err)
		}
		if said(line) {
			pieces++
		}
	}
	leave() // and not by the end of this function alone: the body is closed after
	return pieces, nil
}

// said reports whether a line of a stream carries text.
func said(line string) bool {
	for _, key := range []string{`"content":"`, `"response":"`} {
		if _, after, ok := strings.Cut(line, key); ok && !strings.HasPrefix(after, `"`) {
			return true
		}
	}
	return false
}

// come has callers come and go in bursts, as users do, and asks something after each. It tells how long the answer to that
// took to come whole, from the last caller's leaving on.
func come(t *testing.T, rng *rand.Rand, n int, send func(caller) func() error, fresh func()) {
	t.Helper()
	var waits []time.Duration
	start := time.Now()
	for n > 0 {
		burst := min(n, 1+rng.IntN(8))
		n -= burst
		var wg sync.WaitGroup
		failed := make(chan error, burst)
		for range burst {
			visit := send(newCaller(rng))
			pause := time.Duration(rng.Int64N(int64(50 * time.Millisecond)))
			wg.Go(func() {
				time.Sleep(pause)
				if err := visit(); err != nil {
					failed <- err
				}
			})
		}
		wg.Wait()
		close(failed)
		for err := range failed {
			t.Fatal(err)
		}
		last := time.Now()
		fresh()
		waits = append(waits, time.Since(last))
	}
	slices.Sort(waits)
	median, worst := waits[len(waits)/2], waits[len(waits)-1]
	t.Logf("%d bursts in %s; the next answer came whole after %s (median), %s (worst)",
		len(waits), time.Since(start).Round(time.Second), median.Round(time.Millisecond), worst.Round(time.Millisecond))
	if worst > alive {
		t.Errorf("an answer took %s: the model is stuck, or as good as that", worst)
	}
}

// held is how many threads and open files processes have.
func held(t *testing.T, pids ...int) (n int) {
	t.Helper()
	for _, pid := range pids {
		for _, what := range []string{"task", "fd"} {
			entries, err := os.ReadDir(fmt.Sprintf("/proc/%d/%s", pid, what))
			if err != nil {
				t.Fatal(err)
			}
			n += len(entries)
		}
	}
	return n
}

// heldAgain waits until processes hold no more than before, but for what does not grow with the number of callers: idle
// connections, and threads that the Go runtime keeps.
func heldAgain(t *testing.T, before int, pids ...int) {
	t.Helper()
	until(t, "processes hold no more than before", func() bool { return held(t, pids...) <= before+24 })
	t.Logf("%d threads and open files before, %d after", before, held(t, pids...))
}

// Callers that go away at any moment leave the engine as it was.
func TestDisconnects(t *testing.T) {
	for _, parallel := range []string{"1", "3"} {
		t.Run("parallel "+parallel, func(t *testing.T) {
			rng := seeded(t)
			e := startWith(t, nil, []string{"--parallel", parallel})
			fresh := func() {
				if got := e.ask(t, "Repeat after me: falcon-4711"); got != "falcon-4711" {
					t.Fatalf("an answer after disconnects: %q", got)
				}
			}
			fresh()
			pids := append(children(t, e.cmd.Process.Pid), e.cmd.Process.Pid)
			before := held(t, pids...)
			come(t, rng, disconnects(), func(c caller) func() error {
				raw, err := json.Marshal(c.body)
				if err != nil {
					t.Fatal(err)
				}
				who := account(fmt.Sprint(rng.IntN(3)))
				return func() error {
					_, err := c.come(func(ctx context.Context) (*http.Response, error) {
						req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://engine.invalid"+c.path, bytes.NewReader(raw))
						if err != nil {
							return nil, err
						}
						req.Header.Set(link.AccountHeader, who)
						return e.client.Do(req)
					})
					return err
				}
			}, fresh)
			heldAgain(t, before, pids...)
		})
	}
}

// So they leave a pod of each form, and no bill is in doubt. In one process a wedged model could not even be killed.
func TestDisconnectsOfAPod(t *testing.T) {
	busy := func(c *enclave.Config) { c.Slots, c.AccountRequests = 2, 1_000_000 }
	for form, begin := range map[string]func(*testing.T) (*pod, []int){
		"podd-allinone": func(t *testing.T) (*pod, []int) {
			p := startPodWith(t, *podPath, busy, nil)
			return p, []int{p.cmd.Process.Pid}
		},
		"podd and engine": func(t *testing.T) (*pod, []int) {
			e := startWith(t, nil, []string{"--parallel", "2"})
			p := startPodWith(t, *poddPath, func(c *enclave.Config) {
				busy(c)
				c.EngineSocket = e.socket
			}, nil)
			return p, append(children(t, e.cmd.Process.Pid), e.cmd.Process.Pid, p.cmd.Process.Pid)
		},
	} {
		t.Run(form, func(t *testing.T) {
			rng := seeded(t)
			p, pids := begin(t)
			testDisconnectsOfAPod(t, rng, p, pids)
		})
	}
}

func testDisconnectsOfAPod(t *testing.T, rng *rand.Rand, p *pod, pids []int) {
	type asked struct {
		id     protocol.RequestID
		tokens int
		pieces int // that came
	}
	var open []*asked // not billed yet
	unbilled := 0     // of those, when it was last looked: most were given up before they were sent
	bills := map[protocol.RequestID]protocol.SignedReceipt{}
	total, aborts := protocol.Amount{}, 0
	book := func(last bool) {
		t.Helper()
		var later []*asked
		for _, a := range open {
			receipt, ok := p.bill(t, a.id)
			if !ok {
				if later = append(later, a); last && a.pieces > 0 {
					t.Errorf("%d pieces came and there is no bill", a.pieces)
				}
				continue
			}
			if bills[a.id] = receipt; receipt.Finish == protocol.FinishAbort {
				aborts++
			}
			n := int(receipt.Usage.Out)
			if n < a.pieces || n > a.tokens || n > 0 && receipt.Usage.In == 0 {
				t.Errorf("%s: %d pieces came of at most %d tokens, and %+v is billed", receipt.Finish, a.pieces, a.tokens, receipt.Usage)
			}
			var err error
			if total, err = total.Add(receipt.Cost); err != nil {
				t.Fatal(err)
			}
		}
		p.acked, open, unbilled = total, later, len(later)
	}
	fresh := func() {
		t.Helper()
		id, send := p.order(t, http.MethodPost, "/api/chat", prompt("Repeat after me: falcon-4711", false))
		resp, err := send(t.Context())
		if err != nil {
			t.Fatalf("%v; its log: %s", err, p.log(t))
		}
		text, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK || !strings.Contains(string(text), "falcon-4711") {
			t.Fatalf("an answer after disconnects: %s %q, %v; its log: %s", resp.Status, text, err, p.log(t))
		}
		_ = resp.Body.Close()
		open = append(open, &asked{id: id, tokens: 2048})
	}
	fresh()
	before := held(t, pids...)
	come(t, rng, disconnects(), func(c caller) func() error {
		if len(open) > unbilled+100 {
			book(false) // the pod wants what is some minutes old acknowledged
		}
		id, send := p.order(t, http.MethodPost, c.path, c.body)
		a := &asked{id: id, tokens: c.tokens}
		open = append(open, a)
		return func() (err error) {
			a.pieces, err = c.come(send)
			return err
		}
	}, fresh)
	until(t, "nothing is reserved", func() bool { return p.reserved(t) == protocol.Amount{} })
	book(true)
	heldAgain(t, before, pids...)

	var batch protocol.SignedBatch
	p.control(t, http.MethodPost, protocol.PathBatch, protocol.BatchRequest{}, &batch)
	if len(batch.Rows) != 1 || batch.Rows[0].Charged != total {
		t.Errorf("the batch settles %+v, want one session of %s, the sum of %d receipts", batch.Rows, total, len(bills))
	}
	rseqs := map[uint64]bool{}
	highest := protocol.Amount{}
	for _, r := range bills {
		if rseqs[r.RSeq] {
			t.Errorf("two receipts have number %d", r.RSeq)
		}
		rseqs[r.RSeq] = true
		if r.Charged.Cmp(highest) > 0 {
			highest = r.Charged
		}
	}
	if highest != total {
		t.Errorf("the last receipt says that %s was charged, want %s", highest, total)
	}
	if aborts < disconnects()/4 {
		t.Errorf("%d of %d disconnects were in the middle of an answer: the test tests too little", aborts, disconnects())
	}
	t.Logf("%d bills, %d of them aborted, of %s in all", len(bills), aborts, total)
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("it ended with %v: %s", err, p.log(t))
	}
}

// bill fetches a request's receipt, if it has one.
func (p *pod) bill(t *testing.T, id protocol.RequestID) (protocol.SignedReceipt, bool) {
	t.Helper()
	status, text := p.whole(t, http.MethodGet, protocol.PathReceipts+id.String(), nil)
	if status == http.StatusNotFound {
		return protocol.SignedReceipt{}, false
	}
	bill, err := protocol.ParseBill([]byte(text))
	if status != http.StatusOK || err != nil {
		t.Fatalf("a bill: %d %s, %v", status, text, err)
	}
	return bill.Receipt, true
}

// reserved is what the pod has set aside for requests that it answers. It says so when it refuses a payment.
func (p *pod) reserved(t *testing.T) protocol.Amount {
	t.Helper()
	p.tooMuch = protocol.Units(1 << 50)
	defer func() { p.tooMuch = protocol.Amount{} }()
	status, text := p.whole(t, http.MethodPost, "/api/chat", prompt("Hello", false))
	var refusal protocol.Problem
	if err := json.Unmarshal([]byte(text), &refusal); err != nil || status != http.StatusPaymentRequired || refusal.Reserved == nil {
		t.Fatalf("a ceiling that is too low: %d %s, %v", status, text, err)
	}
	return *refusal.Reserved
}

// Both runners end a sequence whose caller is gone, in its prompt as in its answer, and use nothing of the call after it:
// a grammar is freed with it.
func TestDisconnectsOfARunner(t *testing.T) {
	for name, kind := range map[string][]string{"llama.cpp": nil, "Go": {"--ollama-engine"}} {
		t.Run(name, func(t *testing.T) {
			rng := seeded(t)
			r := startRunner(t, kind, 2, false)
			for range disconnects() {
				body := completion("Talk forever", 900)
				after := time.Duration(rng.Int64N(int64(20 * time.Millisecond)))
				switch rng.IntN(3) {
				case 0:
					body["Grammar"] = `root ::= [a-z ]+`
				case 1:
					body = completion(essay(), 900)
				}
				ctx, cancel := context.WithTimeout(t.Context(), after)
				raw, err := json.Marshal(body)
				if err != nil {
					t.Fatal(err)
				}
				req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:1/completion", bytes.NewReader(raw))
				if err != nil {
					t.Fatal(err)
				}
				req.Header.Set(link.AccountHeader, account(fmt.Sprint(rng.IntN(3))))
				if resp, err := r.client.Do(req); err == nil {
					_, _ = io.Copy(io.Discard, resp.Body)
					_ = resp.Body.Close()
				}
				cancel()
			}
			// Both slots are free, and what they hold is what was evaluated: the answer is the same from each.
			var answers []reply
			for _, who := range []string{"alice", "bob", "0", "1", "2"} {
				_, _, answer := r.complete(t, who, "Talk forever")
				answers = append(answers, answer)
			}
			alike(t, answers)
		})
	}
}
