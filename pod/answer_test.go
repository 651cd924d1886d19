package pod_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// Every kind of answer is passed on as the engine gave it, and billed by the engine's own counters.
func TestPaidAnswers(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	messages := `"messages":[{"role":"user","content":"` + canary + `"}]`
	seq := uint64(0)
	for _, c := range []struct {
		path, body, contentType string
		usage                   protocol.Usage
		finish                  protocol.Finish
	}{
		{"/api/chat", `{"model":"wisp","stream":false,` + messages + `}`, "application/json; charset=utf-8", protocol.Usage{In: 20, Out: 9}, protocol.FinishStop},
		{"/api/chat", `{"model":"wisp:latest",` + messages + `}`, "application/x-ndjson", protocol.Usage{In: 20, Out: 9}, protocol.FinishStop},
		{"/api/generate", `{"model":"wisp","stream":false,"prompt":"` + canary + `"}`, "application/json; charset=utf-8", protocol.Usage{In: 20, Out: 9}, protocol.FinishStop},
		{"/api/generate", `{"model":"wisp","prompt":"` + canary + `"}`, "application/x-ndjson", protocol.Usage{In: 10, Out: 4}, protocol.FinishLength},
		{"/v1/chat/completions", `{"model":"wisp",` + messages + `}`, "application/json; charset=utf-8", protocol.Usage{In: 20, Out: 9}, protocol.FinishStop},
		{"/v1/chat/completions", `{"model":"wisp","stream":true,"stream_options":{"include_usage":true},` + messages + `}`, "text/event-stream", protocol.Usage{In: 20, Out: 9}, protocol.FinishStop},
	} {
		stream := streamed(c.path, []byte(c.body))
		t.Run(fmt.Sprintf("%s streamed=%t", c.path, stream), func(t *testing.T) {
			r.T = t
			a := r.paid(r.newCall(c.path, c.body))
			if want := timings.ReplaceAllString(string(r.engine.answers[fmt.Sprintf("%s %t", c.path, stream)]), ""); a.body != want {
				t.Errorf("got %q, want %q", a.body, want)
			}
			if got := a.header.Get("Content-Type"); got != c.contentType {
				t.Errorf("Content-Type %q, want %q", got, c.contentType)
			}
			seq++
			if a.receipt.Usage != c.usage || a.receipt.Finish != c.finish || a.receipt.RSeq != seq {
				t.Errorf("receipt %+v, want usage %+v, %s, number %d", a.receipt.Receipt, c.usage, c.finish, seq)
			}
		})
	}
	r.T = t
	for _, asked := range r.engine.calls() {
		if !strings.Contains(asked.body, canary) {
			t.Errorf("the engine was asked %q", asked.body)
		}
	}
}

// The usage chunk that the pod needs is not shown to a client that did not ask for it.
func TestUsageChunkIsHidden(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	a := r.paid(r.newCall("/v1/chat/completions", `{"model":"wisp","stream":true,"messages":[]}`))
	if strings.Contains(a.body, `"usage"`) || !strings.HasSuffix(strings.TrimSpace(a.body), "data: [DONE]") {
		t.Errorf("got %s", a.body)
	}
	if want := (protocol.Usage{In: 20, Out: 9}); a.receipt.Usage != want {
		t.Errorf("usage %+v, want %+v", a.receipt.Usage, want)
	}
}

// Many at once, while keys rotate, facts come and batches are made: every answer has one receipt, and they add up.
func TestManyAtOnce(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.Slots, c.Queue = 4, 64 })
	r.fund(1_000_000)
	const users, each = 8, 4
	calls := make([]call, users*each)
	for i := range calls {
		calls[i] = r.newCall("/api/chat", fmt.Sprintf(`{"model":"wisp","stream":%t,"messages":[]}`, i%2 == 0))
		calls[i].payment.Ceiling = protocol.Units(1_000_000)
	}
	answers := make([]answer, len(calls))
	exchanges, outers := make([]*envelope.Exchange, len(calls)), make([]*http.Request, len(calls))
	for i, c := range calls {
		exchanges[i], outers[i] = r.seal(t.Context(), c)
	}
	var wait sync.WaitGroup
	for user := range users {
		wait.Go(func() {
			for i := user * each; i < (user+1)*each; i++ {
				res, err := r.outer.RoundTrip(outers[i])
				if err == nil {
					res, err = exchanges[i].Open(res)
				}
				if err != nil {
					t.Error(err)
					return
				}
				answers[i] = r.read(res)
			}
		})
	}
	wait.Go(func() {
		for range 3 {
			r.register()
			r.fund(1_000_000)
			r.orders(0)
			r.post(protocol.PathBatch, protocol.BatchRequest{}, nil)
			r.controlCall(http.MethodGet, protocol.PathStatus, "")
		}
	})
	wait.Wait()
	seen, sum := map[uint64]bool{}, protocol.Amount{}
	for i, a := range answers {
		if a.status != http.StatusOK || a.receipt == nil {
			t.Fatalf("request %d: %d %s", i, a.status, a.body)
		}
		var err error
		if sum, err = sum.Add(a.receipt.Cost); err != nil {
			t.Fatal(err)
		}
		seen[a.receipt.RSeq] = true
	}
	for n := uint64(1); n <= users*each; n++ {
		if !seen[n] {
			t.Errorf("no receipt has number %d", n)
		}
	}
	if s, _ := r.book.Session(r.session.ID()); s.Charged != sum {
		t.Errorf("%s is charged, the receipts come to %s", s.Charged, sum)
	}
}

// Chunks leave as the engine generates them, not at the end.
func TestStreamsAtOnce(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	next := make(chan struct{})
	r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
		r.engine.play(w, "/api/chat", true, func(int) { <-next })
	})
	res, err := r.open(t.Context(), r.newCall("/api/chat", `{"model":"wisp","messages":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(res.Body)
	for i := range 9 {
		if _, err := lines.ReadString('\n'); err != nil { // would wait for ever if the pod held the line back
			t.Fatalf("line %d: %v", i, err)
		}
		next <- struct{}{}
	}
	close(next)
	_, _ = io.Copy(io.Discard, lines)
}

// The engine stops when a stream's client goes away; it pays for what passed and for the prompt, and can fetch its bill.
func TestClientGoesAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(1_000_000)
		r.engine.answerWith(func(w http.ResponseWriter, req *http.Request) {
			r.engine.play(w, "/api/chat", true, func(line int) {
				if line == 3 {
					<-req.Context().Done()
				}
			})
		})
		c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`)
		ctx, cancel := context.WithCancel(t.Context())
		res, err := r.open(ctx, c)
		if err != nil {
			t.Fatal(err)
		}
		lines, got := bufio.NewReader(res.Body), ""
		for range 3 {
			line, err := lines.ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			got += line
		}
		cancel()
		synctest.Wait() // and no time passes
		receipt, a := r.receiptOf(c.id)
		if a.status != http.StatusOK {
			t.Fatalf("status %d %s", a.status, a.body)
		}
		if receipt.Finish != protocol.FinishAbort || receipt.Usage != (protocol.Usage{In: 20, Out: 3}) {
			t.Errorf("receipt %+v, want 3 tokens out and 20 in, aborted", receipt.Receipt)
		}
		r.checkReceipt(c, receipt, []byte(got))
		if n := r.engine.cancelled.Load(); n != 1 {
			t.Errorf("the engine saw %d requests given up, want 1", n)
		}
	})
}

// Whoever carries the bytes can close the client's half of the connection and go on reading: the answer that is cut short
// by that must not look complete.
func TestHalfClosedConnection(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	server := httptest.NewServer(r.tracked(r.pod.Public()))
	defer server.Close()
	r.engine.answerWith(func(w http.ResponseWriter, req *http.Request) {
		r.engine.play(w, "/api/chat", true, func(line int) {
			if line == 3 {
				<-req.Context().Done() // the pod has noticed
			}
		})
	})
	c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`)
	exchange, outer := r.seal(t.Context(), c)
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := outer.Write(conn); err != nil {
		t.Fatal(err)
	}
	sealed, err := http.ReadResponse(bufio.NewReader(conn), outer)
	if err != nil {
		t.Fatal(err)
	}
	res, err := exchange.Open(sealed)
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(res.Body); !errors.Is(err, envelope.ErrTruncated) {
		t.Errorf("the answer ended with %v, want %v", err, envelope.ErrTruncated)
	}
	r.running.Wait()
	if receipt, a := r.receiptOf(c.id); a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Who goes away before the engine said anything pays nothing.
func TestClientGoesAwayBeforeTheAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(1_000_000)
		gone := make(chan struct{})
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			<-gone
			r.engine.play(w, "/api/chat", true, nil)
		})
		c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`)
		r.leave(c)
		close(gone)
		synctest.Wait()
		receipt, a := r.receiptOf(c.id)
		if a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort || receipt.Usage != (protocol.Usage{}) {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.checkReceipt(c, receipt, nil)
	})
}

// An answer that is not streamed is billed what had been generated when the client left, by the engine's own clock.
func TestClientGoesAwayFromAWholeAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(1_000_000)
		// Nine tokens in nine seconds, of which the client waits for the first three.
		answer := `{"model":"wisp","message":{"content":"` + spoken + `"},"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":9,"eval_duration":9000000000}`
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(9 * time.Second)
			_, _ = io.WriteString(w, answer)
		})
		c := r.newCall("/api/chat", chatOne)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		if _, err := r.open(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		receipt, a := r.receiptOf(c.id)
		if a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort || receipt.Usage != (protocol.Usage{In: 20, Out: 3}) {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.checkReceipt(c, receipt, nil)
	})
}

// leave sends a call and goes away as soon as nothing more happens.
func (r *rig) leave(c call) {
	r.Helper()
	ctx, cancel := context.WithCancel(r.Context())
	failed := make(chan error)
	go func() {
		_, err := r.open(ctx, c)
		failed <- err
	}()
	synctest.Wait()
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) {
		r.Fatal(err)
	}
	synctest.Wait()
}

func TestEngineFaults(t *testing.T) {
	const stream = `{"model":"wisp","messages":[{"role":"user","content":"` + canary + `"}]}`
	r := newRig(t)
	r.fund(1_000_000)
	hijack := func(w http.ResponseWriter) net.Conn {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		return conn
	}
	recordedError := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json; charset=utf-8")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}

	t.Run("refusals of its own are passed on", func(t *testing.T) {
		r.T = t
		for _, c := range []struct {
			status int
			body   string
		}{
			{404, `{"error":"model 'nosuch' not found"}`},
			{400, `{"error":"the input length exceeds the context length"}`},
		} {
			r.engine.answerWith(recordedError(c.status, c.body))
			call := r.newCall("/api/chat", chatOne)
			a := r.send(call)
			if a.status != c.status || a.body != c.body || a.header.Get("Content-Type") != "application/json; charset=utf-8" || a.receipt != nil {
				t.Errorf("got %d %v %s", a.status, a.header, a.body)
			}
			r.unbilled(call.id)
		}
	})
	for name, fault := range map[string]http.HandlerFunc{
		"500":                           recordedError(500, `{"error":"llama runner process has terminated: `+canary+`"}`),
		"redirect":                      recordedError(302, canary),
		"closed before the answer":      func(w http.ResponseWriter, _ *http.Request) { _ = hijack(w).Close() },
		"closed after the head":         func(w http.ResponseWriter, _ *http.Request) { headOnly(w); panic(http.ErrAbortHandler) },
		"an answer that is not HTTP":    func(w http.ResponseWriter, _ *http.Request) { c := hijack(w); fmt.Fprintln(c, canary); _ = c.Close() },
		"a refusal longer than is read": recordedError(404, strings.Repeat("x", 65<<10)),
		"a refusal that breaks off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			w.WriteHeader(404)
			_, _ = io.WriteString(w, "{")
			panic(http.ErrAbortHandler)
		},
		"an empty answer":                 recordedError(200, ""),
		"first line of a stream broken":   recordedError(200, canary+"\n"),
		"first line of a stream too long": recordedError(200, strings.Repeat("x", 5<<20)),
		"a head of 200 and a short answer": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			headOnly(w)
			panic(http.ErrAbortHandler)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r.T = t
			r.engine.answerWith(fault)
			call := r.newCall("/api/chat", stream)
			r.refused(call, protocol.ProblemEngine, http.StatusBadGateway)
			r.unbilled(call.id)
			r.engine.answerWith(nil)
			r.paid(call) // the same id goes again once the engine has recovered
		})
	}
	for name, fault := range map[string]func(http.ResponseWriter){
		"breaks off in mid-stream": func(w http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"says an error in mid-stream": func(w http.ResponseWriter) {
			_, _ = io.WriteString(w, `{"error":"an error was encountered while running the model: `+canary+`"}`+"\n")
		},
		"writes no JSON in mid-stream": func(w http.ResponseWriter) { _, _ = io.WriteString(w, spoken+"\n") },
	} {
		t.Run(name, func(t *testing.T) {
			r.T = t
			r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
				lines := strings.SplitAfter(string(r.engine.answers["/api/chat true"]), "\n")
				w.Header().Set("Content-Type", "application/x-ndjson")
				_, _ = io.WriteString(w, lines[0]+lines[1])
				_ = http.NewResponseController(w).Flush()
				fault(w)
			})
			before := r.charged
			a := r.paid(r.newCall("/api/chat", stream))
			if a.receipt.Finish != protocol.FinishError || !a.receipt.Cost.IsZero() || r.charged != before {
				t.Errorf("receipt %+v, want an error at no cost", a.receipt.Receipt)
			}
		})
	}
	r.T = t
	if !strings.Contains(r.logs.String(), "the engine") {
		t.Error("the operator is told nothing of the engine's faults")
	}
}

func headOnly(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.WriteHeader(http.StatusOK)
	_ = http.NewResponseController(w).Flush()
}

// unbilled fails if a request has a bill.
func (r *rig) unbilled(id protocol.RequestID) {
	r.Helper()
	if _, a := r.receiptOf(id); a.status != http.StatusNotFound || a.problem.Type != protocol.ProblemNoReceipt {
		r.Errorf("a bill: %d %s", a.status, a.body)
	}
}

// An engine that hangs is given up after AnswerLimit, at no cost.
func TestEngineHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Engine = hanging{} })
		r.fund(1_000_000)
		start := time.Now()
		r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemEngine, http.StatusBadGateway)
		if got := time.Since(start); got != time.Minute {
			t.Errorf("given up after %v", got)
		}
	})
}

type hanging struct{}

func (hanging) RoundTrip(r *http.Request) (*http.Response, error) {
	<-r.Context().Done()
	return nil, r.Context().Err()
}

// A panic on the way releases the reservation, and says nothing.
func TestPanicReleases(t *testing.T) {
	broken := true
	r := newRig(t, func(c *pod.Config) {
		engine := c.Engine
		c.Engine = roundTripper(func(req *http.Request) (*http.Response, error) {
			if broken {
				panic(canary)
			}
			return engine.RoundTrip(req)
		})
	})
	r.fund(1_000_000)
	c := r.newCall("/api/chat", chatOne)
	if a := r.send(c); a.status != http.StatusInternalServerError || a.body != "" {
		t.Errorf("got %d %s", a.status, a.body)
	}
	if s, _ := r.book.Session(r.session.ID()); !s.Reserved.IsZero() || s.Running != 0 {
		t.Errorf("still reserved: %+v", s)
	}
	broken = false
	r.paid(c)
	r.paid(r.newCall("/api/chat", chatOne)) // and both slots are free again
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A ledger that fails after the answer leaves no complete answer without a bill.
func TestNoBillNoCompleteAnswer(t *testing.T) {
	r := newRig(t)
	r.fund(1_000_000)
	r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
		_ = r.book.Close()
		r.engine.play(w, "/api/chat", true, nil)
	})
	res, err := r.open(t.Context(), r.newCall("/api/chat", `{"model":"wisp","messages":[]}`))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(res.Body); !errors.Is(err, envelope.ErrTruncated) {
		t.Errorf("the answer ended with %v, want %v", err, envelope.ErrTruncated)
	}
	r.refusedAs(r.newCall("/api/chat", chatOne), protocol.ProblemInternal)
}

func (r *rig) refusedAs(c call, want protocol.ProblemType) {
	r.Helper()
	if a := r.send(c); a.problem.Type != want {
		r.Errorf("got %d %s, want %s", a.status, a.body, want)
	}
}

// A client that stops reading is one that went away: it does not hold a slot for ever.
func TestClientStopsReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue = 1, 0 })
		r.fund(1_000_000)
		c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`)
		_, outer := r.seal(t.Context(), c)
		conn, err := r.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := outer.Write(conn); err != nil {
			t.Fatal(err)
		}
		synctest.Wait() // the answer's first bytes wait to be read, and nobody reads
		r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemBusy, http.StatusServiceUnavailable)
		time.Sleep(10 * time.Minute) // of the bubble
		receipt, a := r.receiptOf(c.id)
		if a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = receipt.Charged
		r.paid(r.newCall("/api/chat", chatOne))
	})
}

// Nor does one that goes on reading, slowly enough to reach the answer's time limit, get its answer for nothing.
func TestClientReadsSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.AnswerLimit = 5 * time.Minute })
		r.fund(1_000_000)
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			for range 50 {
				_, _ = io.WriteString(w, `{"model":"wisp","message":{"content":"`+spoken+`"}}`+"\n")
				_ = http.NewResponseController(w).Flush()
			}
			_, _ = io.WriteString(w, `{"model":"wisp","message":{},"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":50}`+"\n")
		})
		c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`)
		_, outer := r.seal(t.Context(), c)
		conn, err := r.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if err := outer.Write(conn); err != nil {
			t.Fatal(err)
		}
		for range 20 {
			time.Sleep(25 * time.Second)
			_ = conn.SetReadDeadline(time.Now().Add(time.Second))
			if _, err := conn.Read(make([]byte, 64<<10)); err != nil {
				break
			}
		}
		_ = conn.Close()
		synctest.Wait()
		receipt, a := r.receiptOf(c.id)
		if a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort || receipt.Cost.IsZero() {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = receipt.Charged
	})
}
