package pod_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
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

// What is refused costs nothing, quotes nothing, and says what to do.
func TestRefusals(t *testing.T) {
	r := newRig(t)
	r.fund(10_000)
	r.paid(r.newCall("/api/chat", chatOne))
	offer := r.registration.Offers[0].Offer
	worst, err := offer.MaxCostUp(len(chatOne), offer.DefaultOut) // what the pod computes for chatOne
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*call)
		want   protocol.ProblemType
		status int
		check  func(protocol.Problem) bool
	}{
		"unknown route":        {change: func(c *call) { c.path = "/api/pull" }, want: protocol.ProblemNoRoute, status: 404},
		"a path of management": {change: func(c *call) { c.path = "/api/pull" }, want: protocol.ProblemNoRoute, status: 404},
		"GET":                  {change: func(c *call) { c.method, c.body = http.MethodGet, "" }, want: protocol.ProblemNoRoute, status: 404},
		"query":                {change: func(c *call) { c.path += "?model=wisp" }, want: protocol.ProblemNoRoute, status: 404},
		"path with dots":       {change: func(c *call) { c.path = "/api/../api/chat" }, want: protocol.ProblemNoRoute, status: 404},
		"path in other case":   {change: func(c *call) { c.path = "/API/chat" }, want: protocol.ProblemNoRoute, status: 404},
		"receipts by POST":     {change: func(c *call) { c.path = protocol.PathReceipts + c.id.String() }, want: protocol.ProblemNoRoute, status: 405},
		"malformed receipt id": {change: func(c *call) { c.path, c.method, c.body = protocol.PathReceipts+"1234", http.MethodGet, "" }, want: protocol.ProblemBadRequest, status: 400},
		"unknown receipt":      {change: func(c *call) { c.path, c.method, c.body = protocol.PathReceipts+c.id.String(), http.MethodGet, "" }, want: protocol.ProblemNoReceipt, status: 404},
		"broken JSON":          {change: func(c *call) { c.body = chatOne[:40] }, want: protocol.ProblemBadRequest, status: 400},
		"no JSON":              {change: func(c *call) { c.body = canary }, want: protocol.ProblemBadRequest, status: 400},
		"empty body":           {change: func(c *call) { c.body = "" }, want: protocol.ProblemBadRequest, status: 400},
		"two JSON values":      {change: func(c *call) { c.body += chatOne }, want: protocol.ProblemBadRequest, status: 400},
		"member in capitals":   {change: func(c *call) { c.body = strings.Replace(chatOne, "model", "MODEL", 1) }, want: protocol.ProblemBadRequest, status: 400},
		"too long": {
			change: func(c *call) {
				c.body = `{"model":"wisp","prompt":"` + strings.Repeat("x", protocol.MaxRequestBody) + `"}`
			},
			want: protocol.ProblemBadRequest, status: 400,
		},
		"no request id": {
			change: func(c *call) { c.header = func(h http.Header) { h.Del(protocol.HeaderRequestID) } },
			want:   protocol.ProblemBadRequest, status: 400,
		},
		"malformed request id": {
			change: func(c *call) { c.header = func(h http.Header) { h.Set(protocol.HeaderRequestID, canary) } },
			want:   protocol.ProblemBadRequest, status: 400,
		},
		"no payment": {
			change: func(c *call) { c.header = func(h http.Header) { h.Del(protocol.HeaderPay) } },
			want:   protocol.ProblemBadPayment, status: 402,
		},
		"malformed payment": {
			change: func(c *call) { c.header = func(h http.Header) { h.Set(protocol.HeaderPay, "v=1, owner="+canary) } },
			want:   protocol.ProblemBadPayment, status: 402,
		},
		"unknown key of a payment": {
			change: func(c *call) {
				c.header = func(h http.Header) { h.Set(protocol.HeaderPay, h.Get(protocol.HeaderPay)+", tip=1") }
			},
			want: protocol.ProblemBadPayment, status: 402,
		},
		"unknown offer": {change: func(c *call) { c.payment.Offer[0] ^= 1 }, want: protocol.ProblemStaleOffer, status: 409},
		"another model": {change: func(c *call) { c.body = strings.Replace(chatOne, "wisp", "llama3", 1) }, want: protocol.ProblemUnknownModel, status: 404},
		"another tag":   {change: func(c *call) { c.body = strings.Replace(chatOne, "wisp", "wisp:7b", 1) }, want: protocol.ProblemUnknownModel, status: 404},
		"another digest": {
			change: func(c *call) { c.body = strings.Replace(chatOne, "wisp", "wisp@sha256:"+strings.Repeat("0", 64), 1) },
			want:   protocol.ProblemUnknownModel, status: 404,
			check: func(p protocol.Problem) bool {
				return strings.HasSuffix(p.Detail, "wisp:latest@"+protocol.DigestText(wisp.ModelDigest))
			},
		},
		"no digest": {change: func(c *call) { c.body = strings.Replace(chatOne, "wisp", "wisp@"+canary, 1) }, want: protocol.ProblemBadRequest, status: 400},
		"no model":  {change: func(c *call) { c.body = `{"messages":[]}` }, want: protocol.ProblemBadRequest, status: 400},
		"max cost too low": {
			change: func(c *call) { c.payment.MaxCost, _ = worst.Sub(protocol.Units(1)) }, want: protocol.ProblemMaxCost, status: 402,
			check: func(p protocol.Problem) bool { return p.NeedMaxCost != nil && *p.NeedMaxCost == worst },
		},
		"signed by another key": {change: func(c *call) { c.signer = r.owner }, want: protocol.ProblemBadPayment, status: 402},
		"another content type than signed": {
			// The voucher is bound to the whole request: a copy of it pays for nothing else.
			change: func(c *call) { c.header = func(h http.Header) { h.Set("Content-Type", "text/plain") } },
			want:   protocol.ProblemBadPayment, status: 402,
		},
		"a session of another pod": {change: func(c *call) { c.payment.Session.Pod[3] = 1 }, want: protocol.ProblemBadPayment, status: 402},
		"acked above the ceiling": {
			change: func(c *call) { c.payment.Acked, _ = c.payment.Ceiling.Add(protocol.Units(1)) },
			want:   protocol.ProblemBadPayment, status: 402,
		},
		"ceiling too low": {
			change: func(c *call) {
				c.payment.MaxCost, _ = c.payment.Ceiling.Sub(r.charged)
				c.payment.Ceiling = c.payment.MaxCost
			},
			want: protocol.ProblemNeedCeiling, status: 402,
			check: func(p protocol.Problem) bool {
				return *p.NeedCeiling == r.newCall("/api/chat", chatOne).payment.Ceiling && *p.Charged == r.charged && p.Reserved.IsZero() &&
					p.Receipt != nil && p.Receipt.Charged == r.charged && p.LastVoucher != nil
			},
		},
		"above the lock": {
			change: func(c *call) { c.payment.MaxCost, c.payment.Ceiling = protocol.Units(10_000), protocol.Units(20_000) },
			want:   protocol.ProblemNeedCeiling, status: 402,
			check: func(p protocol.Problem) bool {
				need, _ := r.charged.Add(protocol.Units(10_000))
				return *p.NeedCeiling == need
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r.T = t
			call := r.newCall("/api/chat", chatOne)
			asked := len(r.engine.calls())
			c.change(&call)
			p := r.refused(call, c.want, c.status)
			if c.check != nil && !c.check(p) {
				t.Errorf("the problem says %+v", p)
			}
			if p.Title == "" {
				t.Error("the problem has no title")
			}
			if len(r.engine.calls()) != asked {
				t.Error("the engine was asked")
			}
		})
	}
	r.T = t
	exact := r.newCall("/api/chat", chatOne) // the session is as good as before
	exact.payment.MaxCost = worst
	r.paid(exact)
	// A model that is pinned to the offer's digest is answered; the engine knows of names only.
	r.paid(r.newCall("/api/chat", strings.Replace(chatOne, "wisp", "wisp@"+protocol.DigestText(wisp.ModelDigest), 1)))
	calls := r.engine.calls()
	if last := calls[len(calls)-1].body; !strings.Contains(string(last), `"model":"wisp"`) || strings.Contains(string(last), "sha256") {
		t.Errorf("the engine was asked %s", last)
	}
}

func TestNotReady(t *testing.T) {
	r := newRig(t)
	r.fund(10_000)
	health := func() int {
		res, err := r.outer.RoundTrip(httptest.NewRequest(http.MethodGet, r.url+protocol.PathHealth, nil))
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	r.pod.SetReady(errors.New("the models are being loaded"))
	p := r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemNotReady, 503)
	if p.RetryAfter == 0 || p.Detail != "the models are being loaded" {
		t.Errorf("got %+v", p)
	}
	if got := health(); got != 503 {
		t.Errorf("health: %d", got)
	}
	r.pod.SetReady(nil)
	r.paid(r.newCall("/api/chat", chatOne))
	if got := health(); got != 200 {
		t.Errorf("health: %d", got)
	}
}

// Need-ack: work of more than a minute ago has to be acknowledged.
func TestNeedAck(t *testing.T) {
	r := newRig(t)
	r.fund(10_000)
	first := r.paid(r.newCall("/api/chat", chatOne))
	r.clock.advance(2 * time.Minute)
	c := r.newCall("/api/chat", chatOne)
	c.payment.Acked = protocol.Amount{}
	p := r.refused(c, protocol.ProblemNeedAck, 402)
	if p.Charged == nil || *p.Charged != r.charged || p.Receipt == nil || p.Receipt.Receipt != first.receipt.Receipt {
		t.Errorf("got %+v", p)
	}
	r.paid(r.newCall("/api/chat", chatOne))
}

func TestExpiredOffer(t *testing.T) {
	r := newRig(t)
	c := r.newCall("/api/chat", chatOne)
	r.clock.advance(7 * 24 * time.Hour)
	r.register() // the key is another one by now
	r.fund(10_000)
	r.refused(c, protocol.ProblemStaleOffer, 409)
}

// The same request again is answered with its bill, another one under its id is a conflict.
func TestReplayedRequest(t *testing.T) {
	r := newRig(t)
	r.fund(10_000)
	c := r.newCall("/api/chat", chatOne)
	first := r.paid(c)
	p := r.refused(c, protocol.ProblemAnswered, http.StatusGone)
	if p.Receipt == nil || *p.Receipt != *first.receipt {
		t.Errorf("the bill is %+v, want %+v", p.Receipt, first.receipt)
	}
	if again, a := r.receiptOf(c.id); a.status != 200 || again != *first.receipt {
		t.Errorf("the receipt is %s", a.body)
	}
	c.body = strings.Replace(chatOne, canary, canary+"!", 1)
	r.refused(c, protocol.ProblemConflict, http.StatusConflict)
	if n := len(r.engine.calls()); n != 1 {
		t.Errorf("the engine was asked %d times", n)
	}
}

// While a request is answered its id is taken; when slots and queue are full others are told so at once.
func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue = 1, 1 })
		r.fund(100_000)
		proceed := make(chan struct{})
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			<-proceed
			r.engine.play(w, "/api/chat", false, nil)
		})
		var (
			wait  sync.WaitGroup
			calls []call
			got   [2]answer
		)
		for i := range got { // one runs, one waits
			c := r.newCall("/api/chat", chatOne)
			calls = append(calls, c)
			wait.Go(func() { got[i] = r.send(c) })
			synctest.Wait()
		}
		if n := len(r.engine.calls()); n != 1 {
			t.Fatalf("the engine has %d requests at once, want 1", n)
		}
		if p := r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemBusy, 503); p.RetryAfter == 0 {
			t.Errorf("got %+v", p)
		}
		for _, c := range calls { // the one that waits as well: it is not put behind itself
			r.refused(c, protocol.ProblemInProgress, http.StatusConflict)
			other := c
			other.body = strings.Replace(chatOne, canary, "another", 1)
			r.refused(other, protocol.ProblemConflict, http.StatusConflict)
		}
		var status protocol.Status
		if code, body := r.controlCall(http.MethodGet, protocol.PathStatus, ""); code != 200 || json.Unmarshal([]byte(body), &status) != nil || status.Open != 1 {
			t.Errorf("status %d %s", code, body)
		}

		// Who waits and goes away leaves nothing behind.
		close(proceed)
		wait.Wait()
		for i, a := range got {
			if a.status != 200 || a.receipt == nil {
				t.Errorf("request %d: %d %s", i, a.status, a.body)
			}
		}
	})
}

// Who leaves the queue is forgotten: no engine's time, no bill, and the id is free.
func TestLeavesTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue = 1, 1 })
		r.fund(100_000)
		proceed := make(chan struct{})
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			<-proceed
			r.engine.play(w, "/api/chat", false, nil)
		})
		first := make(chan answer)
		go func() { first <- r.send(r.newCall("/api/chat", chatOne)) }()
		synctest.Wait()
		for range 3 { // each has the queue's one place in turn
			c := r.newCall("/api/chat", chatOne)
			r.leave(c)
			r.unbilled(c.id)
		}
		if s, _ := r.book.Session(r.session.ID()); s.Running != 1 {
			t.Errorf("%d requests reserved, want 1", s.Running)
		}
		close(proceed)
		a := <-first
		if a.receipt == nil {
			t.Fatalf("%d %s", a.status, a.body)
		}
		r.charged = a.receipt.Charged
		r.paid(r.newCall("/api/chat", chatOne))
		if n := len(r.engine.calls()); n != 2 {
			t.Errorf("the engine was asked %d times, want 2", n)
		}
	})
}

// A slot that comes free for somebody who has just left is not used.
func TestNoSlotForWhoHasLeft(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	if !pod.TakesSlot(ctx) {
		t.Error("a free slot is not given")
	}
	cancel()
	for range 100 {
		if pod.TakesSlot(ctx) {
			t.Fatal("a slot is given to nobody")
		}
	}
}

// Outside the envelope there is one answer to everything, but for a key that is not ours.
func TestOuterRefusals(t *testing.T) {
	r := newRig(t)
	r.fund(10_000)
	sealed := func(c call) []byte {
		_, outer := r.seal(t.Context(), c)
		b, err := io.ReadAll(outer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	post := func(body []byte, contentType string) (int, string) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.url+protocol.PathEnclave, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", contentType)
		res, err := r.outer.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, string(text)
	}
	good := sealed(r.newCall("/api/chat", chatOne))
	if status, _ := post(good, envelope.MediaTypeRequest); status != 200 {
		t.Fatalf("status %d", status)
	}
	tampered := sealed(r.newCall("/api/chat", chatOne))
	tampered[len(tampered)-1] ^= 1
	foreign := sealed(r.newCall("/api/chat", chatOne))
	foreign[0] = 99
	before := r.book.Totals()
	var texts []string
	for name, c := range map[string]struct {
		body        []byte
		contentType string
	}{
		"replayed":  {good, envelope.MediaTypeRequest},
		"tampered":  {tampered, envelope.MediaTypeRequest},
		"truncated": {tampered[:len(tampered)/2], envelope.MediaTypeRequest},
		"plaintext": {[]byte(chatOne), "application/json"},
	} {
		status, text := post(c.body, c.contentType)
		if status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, status, text)
		}
		texts = append(texts, text)
	}
	for _, text := range texts {
		if text != texts[0] {
			t.Errorf("refusals differ: %q and %q", texts[0], text)
		}
		r.private(text)
	}
	if status, text := post(foreign, envelope.MediaTypeRequest); status != http.StatusBadRequest || !strings.Contains(text, string(protocol.ProblemStaleKey)) {
		t.Errorf("another key: %d %s", status, text)
	}
	if after := r.book.Totals(); after != before {
		t.Errorf("totals went from %+v to %+v", before, after)
	}
	if n := len(r.engine.calls()); n != 1 {
		t.Errorf("the engine was asked %d times", n)
	}
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPut} {
		res, err := r.outer.RoundTrip(httptest.NewRequest(method, r.url+protocol.PathEnclave, nil))
		if err != nil || res.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %v %v", method, res, err)
		}
		_ = res.Body.Close()
	}
}
