package client_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// lockedLog is a log that is read while it is written.
type lockedLog struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lockedLog) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// Whatever a pod does in place of an answer, the caller gets a good one from the next pod, and the bad one is avoided from
// then on, and reported.
func TestBadPods(t *testing.T) {
	outer := func(f func(w http.ResponseWriter, r *http.Request)) func(*testPod) {
		return func(p *testPod) {
			p.outer = func(w http.ResponseWriter, r *http.Request, _ http.Handler) {
				_, _ = io.Copy(io.Discard, r.Body)
				f(w, r)
			}
		}
	}
	say := func(f func(w http.ResponseWriter, r *http.Request)) func(*testPod) {
		return func(p *testPod) { p.say = f }
	}
	for _, tt := range []struct {
		name  string
		spoil func(*testPod)
		kind  client.Failure // empty: it is refused before anything is sent
		open  int            // requests that it may still bill
		wait  time.Duration
	}{
		{name: "garbage", kind: client.FailureGarbage, open: 1, spoil: outer(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "message/ohttp-chunked-res")
			_, _ = w.Write(bytes.Repeat([]byte("garbage "), 100))
		})},
		{name: "HTML", kind: client.FailureGarbage, open: 1, spoil: outer(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<html>hello") })},
		{name: "empty 200 outside", kind: client.FailureGarbage, open: 1, spoil: outer(func(http.ResponseWriter, *http.Request) {})},
		{name: "empty 200 inside", kind: client.FailureEmpty, spoil: func(p *testPod) {
			p.say = func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "application/x-ndjson") }
			p.forge = func(r *protocol.Receipt) {
				r.Charged, _ = r.Charged.Sub(r.Cost)
				r.Usage.Out = 0
				r.Cost, _ = price.CostUp(r.Usage)
				r.Charged = add(p.net.t, r.Charged, r.Cost)
			}
			o := price
			o.OutPerM = protocol.Units(8e15)
			p.offer(o)
		}},
		{name: "garbage inside", kind: client.FailureGarbage, open: 1, spoil: say(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			_, _ = io.WriteString(w, "%%% not JSON")
		})},
		{name: "breaks off before the first byte", kind: client.FailureBroken, open: 1, spoil: say(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusOK)
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		})},
		{name: "closes every connection", kind: client.FailureTransport, open: 1, spoil: outer(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })},
		{name: "hangs for ever", kind: client.FailureTimeout, open: 1, wait: 200 * time.Millisecond, spoil: outer(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })},
		{name: "hangs after its head", kind: client.FailureTimeout, open: 1, wait: 200 * time.Millisecond, spoil: func(p *testPod) {
			p.say = func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusOK)
				_ = http.NewResponseController(w).Flush()
				<-r.Context().Done()
			}
		}},
		{name: "a key that it does not take", kind: client.FailureKey, open: 1, spoil: func(p *testPod) {
			p.handOn = func() any { return p.newest }
			config := p.newest
			p.rekey()
			p.rekey()
			p.newest = config // the one that it will not take
		}},
		{name: "a key that it did not sign", spoil: func(p *testPod) { p.record.KeyConfig.Signature[7] ^= 1 }},
		{name: "another's identity", spoil: func(p *testPod) { p.record.Identity[3] ^= 1 }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n, log := newNet(t), &lockedLog{}
			bad := n.pod(tt.spoil)
			good := n.priced(9)
			c := n.client(t.TempDir(), func(c *client.Config) {
				c.Log, c.AnswerWait = textLog(log), tt.wait
			})
			var told []error
			ctx := client.WithTrace(t.Context(), &client.Trace{PodRefused: func(_ protocol.Address, err error) { told = append(told, err) }})
			body, res, err := ask(ctx, c)
			if err != nil || !strings.Contains(body, answer) || res.Header.Get(client.HeaderPod) != good.record.ID.String() {
				t.Fatalf("%v %q", err, body)
			}
			before := bad.contacted()
			mustAsk(t, c)
			if asked := bad.contacted() - before; len(told) != 1 || asked > 1 { // one is the question for the bill
				t.Errorf("refused with %v; asked %d times again", told, asked)
			}
			pods, err := c.Pods(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			status := pods[0]
			if tt.kind == "" {
				if status.Refused == "" || !strings.Contains(log.String(), "pod refused") {
					t.Errorf("%+v, log %s", status.Refused, log)
				}
				return
			}
			if h := status.Health; h.State != client.HealthOpen || h.Last != tt.kind || h.Reason == "" || h.Failures != 1 {
				t.Errorf("health %+v", h)
			}
			if pods[1].Health.State != client.HealthClosed || pods[1].Health.FirstByte == 0 {
				t.Errorf("health of the good one %+v", pods[1].Health)
			}
			if text := log.String(); !strings.Contains(text, "pod failed") || !strings.Contains(text, "kind="+string(tt.kind)) || strings.Contains(text, prompt) {
				t.Errorf("log %s", text)
			}
			for _, s := range c.Sessions() {
				if s.Key.Pod == bad.record.ID && (s.Open > tt.open || s.Suspect != "") {
					t.Errorf("session with the bad pod %+v", s)
				}
			}
		})
	}
}

// A request is left open at two pods at most, whatever the others may say.
func TestLostAtTwoPodsAtMost(t *testing.T) {
	n := newNet(t)
	var pods []*testPod
	for i := range 5 {
		pods = append(pods, n.priced(uint64(i+1), func(p *testPod) {
			p.outer = spoil(func([]byte) []byte { return nil })
		}))
	}
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer)
	for i, p := range pods {
		if want := i < 3; (p.contacted() > 0) != want {
			t.Errorf("pod %d was asked %d times", i, p.contacted())
		}
	}
}

// A pod that dies in the middle of an answer: the caller has some of it, an error, and owes what the receipt says. With
// WithRestart the answer is another pod's, whole.
func TestDiesMidStream(t *testing.T) {
	for _, restart := range []bool{false, true} {
		n := newNet(t)
		first, second := n.priced(1), n.priced(2)
		first.say = func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/x-ndjson")
			_, _ = io.WriteString(w, `{"message":{"content":"first half"},"done":false}`+"\n")
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		c := n.client(t.TempDir())
		ctx := t.Context()
		if restart {
			ctx = client.WithRestart(ctx)
		}
		body, res, err := ask(ctx, c)
		if !restart {
			var broken *client.AnswerError
			if !errors.As(err, &broken) || broken.Bytes == 0 || !strings.Contains(body, "first half") || second.contacted() != 0 {
				t.Errorf("%v, %q, %d requests to the other pod", err, body, second.contacted())
			}
		} else if err != nil || !strings.Contains(body, answer) || strings.Contains(body, "first half") ||
			res.Header.Get(client.HeaderPod) != second.record.ID.String() || res.Trailer.Get(client.TrailerReceipt) == "" {
			t.Errorf("%v, %q, %v", err, body, res)
		}
		pods, err := c.Pods(t.Context())
		if err != nil || pods[0].Health.State != client.HealthOpen || pods[0].Health.Last != client.FailureBroken {
			t.Errorf("%v, health %+v", err, pods[0].Health)
		}
		for _, s := range c.Sessions() {
			if s.Key.Pod == first.record.ID && s.Open != 1 {
				t.Errorf("%d requests open with the first pod", s.Open)
			}
		}
	}
}

// A caller that gives up says nothing of the pod.
func TestCallerGivesUp(t *testing.T) {
	n := newNet(t)
	n.pod(func(p *testPod) {
		p.outer = func(_ http.ResponseWriter, r *http.Request, _ http.Handler) {
			_, _ = io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
		}
	})
	c := n.client(t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, _, err := ask(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
	pods, err := c.Pods(t.Context())
	if err != nil || pods[0].Health.State != client.HealthClosed {
		t.Errorf("%v, health %+v", err, pods[0].Health)
	}
}

func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }
