package client_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// A receipt that is wrong in any field costs the pod its customer.
func TestReceiptRefused(t *testing.T) {
	for _, tt := range []struct {
		name  string
		forge func(*protocol.Receipt)
		field func(string) string
		say   string
	}{
		{name: "session", forge: func(r *protocol.Receipt) { r.SessionID[0] ^= 1 }, say: "sessionId"},
		{name: "request", forge: func(r *protocol.Receipt) { r.RequestHash[0] ^= 1 }, say: "requestHash"},
		{name: "response", forge: func(r *protocol.Receipt) { r.ResponseHash[0] ^= 1 }, say: "responseHash"},
		{name: "model", forge: func(r *protocol.Receipt) { r.ModelDigest[0] ^= 1 }, say: "modelDigest"},
		{name: "offer", forge: func(r *protocol.Receipt) { r.OfferHash[0] ^= 1 }, say: "offerHash"},
		{name: "more output tokens", forge: func(r *protocol.Receipt) { r.Usage.Out++ }, say: "output tokens: expected at most 2, as the answer itself says"},
		{name: "more prompt tokens", forge: func(r *protocol.Receipt) { r.Usage.In++ }, say: "prompt tokens: expected at most 11, as the answer itself says"},
		{name: "fewer tokens at the same cost", forge: func(r *protocol.Receipt) { r.Usage.Out-- }, say: "cost"},
		{name: "more tokens than the answer says, and priced so", forge: func(r *protocol.Receipt) {
			r.Usage.Out++
			r.Cost, _ = price.CostUp(r.Usage)
			r.Charged = r.Cost
		}, say: "as the answer itself says"},
		{name: "more output tokens than asked for", forge: func(r *protocol.Receipt) { r.Usage.Out = price.DefaultOut + 1 }, say: "output tokens"},
		{name: "more prompt tokens than the context", forge: func(r *protocol.Receipt) { r.Usage.In = price.Context + 1 }, say: "prompt tokens"},
		{name: "more cached than prompt tokens", forge: func(r *protocol.Receipt) { r.Usage.Cached = r.Usage.In + 1 }, say: "prompt tokens"},
		{name: "finish", forge: func(r *protocol.Receipt) { r.Finish = 9 }, say: "receipt"},
		{name: "failed yet billed", forge: func(r *protocol.Receipt) { r.Finish = protocol.FinishError }, say: "cost"},
		{name: "dearer", forge: func(r *protocol.Receipt) {
			r.Cost, _ = r.Cost.Add(protocol.Units(1))
			r.Charged, _ = r.Charged.Add(protocol.Units(1))
		}, say: "cost"},
		{name: "charged more than cost", forge: func(r *protocol.Receipt) { r.Charged, _ = r.Charged.Add(protocol.Units(1)) }, say: "charged"},
		{name: "charged above the ceiling", forge: func(r *protocol.Receipt) { r.Charged = protocol.Tokens(900) }, say: "charged"},
		{name: "charged less than cost", forge: func(r *protocol.Receipt) { r.Charged, _ = r.Charged.Sub(protocol.Units(1)) }, say: "charged"},
		{name: "number skipped", forge: func(r *protocol.Receipt) { r.RSeq++ }, say: "receipt number"},
		{name: "number zero", forge: func(r *protocol.Receipt) { r.RSeq = 0 }, say: "receipt number"},
		{name: "no receipt", field: func(string) string { return "" }, say: "none"},
		{name: "no base64", field: func(string) string { return "%%%" }, say: "base64"},
		{name: "signature", field: func(s string) string {
			r, _ := protocol.DecodeReceipt(s)
			r.Signature[5] ^= 1
			return protocol.EncodeReceipt(r)
		}, say: "signature"},
		{name: "changed after signing", field: func(s string) string {
			r, _ := protocol.DecodeReceipt(s)
			r.Blind[0] ^= 1
			return protocol.EncodeReceipt(r)
		}, say: "signature"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n, dir := newNet(t), t.TempDir()
			p := n.pod(func(p *testPod) { p.forge, p.field = tt.forge, tt.field })
			c := n.client(dir)
			body, res, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrAnswer, tt.say, p.record.ID.Short())
			var receipt *client.ReceiptError
			if !errors.As(err, &receipt) {
				t.Errorf("error is a %T", err)
			}
			if !strings.Contains(body, answer) || res.Trailer.Get(client.TrailerReceipt) != "" {
				t.Errorf("body %q, trailer %v", body, res.Trailer)
			}
			if len(receipts(t, c)) != 0 {
				t.Error("the receipt was stored")
			}
			// Nothing more is paid to that pod, now or after a restart.
			for range 2 {
				if s := oneSession(t, c); s.Suspect == "" || s.Open != 1 {
					t.Errorf("session %+v", s)
				}
				_, _, err = ask(t.Context(), c)
				wantErr(t, err, client.ErrNoPod, "nothing more is paid")
				if err := c.Close(); err != nil {
					t.Fatal(err)
				}
				c = n.client(dir)
			}
			if p.contacted() != 1 {
				t.Errorf("%d requests, want 1", p.contacted())
			}
		})
	}
}

// The pod says itself that its engine broke the answer off: it is free, and no answer.
func TestEngineBreaksOff(t *testing.T) {
	n := newNet(t)
	p := n.pod(func(p *testPod) {
		p.forge = func(r *protocol.Receipt) {
			r.Charged, _ = r.Charged.Sub(r.Cost)
			r.Finish, r.Cost, r.Usage = protocol.FinishError, protocol.Amount{}, protocol.Usage{}
		}
	})
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer, "nothing is billed")
	if s := oneSession(t, c); s.Suspect != "" || s.Open != 0 || !s.Charged.IsZero() || len(receipts(t, c)) != 1 {
		t.Errorf("session %+v", s)
	}
	p.forge = nil
}

// A pod that took the client to be gone ends the answer early, and says so in the receipt: it is billed, and no answer.
func TestAbortedAnswerIsNotComplete(t *testing.T) {
	n := newNet(t)
	p := n.pod(func(p *testPod) {
		p.forge = func(r *protocol.Receipt) { r.Finish = protocol.FinishAbort }
	})
	c := n.client(t.TempDir())
	_, _, err := ask(t.Context(), c)
	wantErr(t, err, client.ErrAnswer, "not complete")
	if s := oneSession(t, c); s.Suspect != "" || s.Open != 0 || s.Charged.IsZero() || len(receipts(t, c)) != 1 {
		t.Errorf("session %+v", s)
	}
	p.forge = nil
}

// spoil lets a whole outer answer through a change.
func spoil(change func([]byte) []byte) func(http.ResponseWriter, *http.Request, http.Handler) {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		for name, values := range rec.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(rec.Code)
		_, _ = w.Write(change(rec.Body.Bytes()))
	}
}

func TestOuterAnswerSpoiled(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func([]byte) []byte
	}{
		{"first byte flipped", func(b []byte) []byte { b[0] ^= 1; return b }},
		{"a byte flipped in the middle", func(b []byte) []byte { b[len(b)/2] ^= 0x80; return b }},
		{"last byte flipped", func(b []byte) []byte { b[len(b)-1] ^= 1; return b }},
		{"last byte dropped", func(b []byte) []byte { return b[:len(b)-1] }},
		{"final chunk dropped", dropFinal},
		{"half dropped", func(b []byte) []byte { return b[:len(b)/2] }},
		{"all dropped", func([]byte) []byte { return nil }},
		{"something appended", func(b []byte) []byte { return append(b, 0) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t)
			p := n.pod(func(p *testPod) { p.outer = spoil(tt.change) })
			c := n.client(t.TempDir())
			_, _, err := ask(t.Context(), c)
			wantErr(t, err, client.ErrAnswer)
			if len(receipts(t, c)) != 0 || oneSession(t, c).Open != 1 || oneSession(t, c).Suspect != "" {
				t.Errorf("session %+v", oneSession(t, c))
			}
			// What the host withheld is learned before the next request, and then acknowledged.
			p.mu.Lock()
			p.outer = nil
			p.mu.Unlock()
			mustAsk(t, c)
			all := receipts(t, c)
			if len(all) != 2 || !all[0].Late || all[1].Late || oneSession(t, c).Open != 0 {
				t.Errorf("receipts %+v", all)
			}
			if last := p.payments[len(p.payments)-1]; last.Acked != all[0].Receipt.Charged {
				t.Errorf("acknowledged %v of %v", last.Acked, all[0].Receipt.Charged)
			}
		})
	}
}

// dropFinal cuts at the last chunk boundary, as a host that withholds the end would.
func dropFinal(b []byte) []byte {
	at := 32 // the response nonce
	for at < len(b) && b[at] != 0 {
		size, width := int(b[at]&0x3f), 1<<(b[at]>>6)
		for _, c := range b[at+1 : at+width] {
			size = size<<8 | int(c)
		}
		at += width + size
	}
	return b[:at]
}

// Answers swapped between two requests are refused by both.
func TestAnswersSwapped(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	c := n.client(t.TempDir())
	mustAsk(t, c) // the session is open
	mustAsk(t, c)
	var mu sync.Mutex
	held := map[int][]byte{}
	both := make(chan struct{})
	p.mu.Lock()
	p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		mu.Lock()
		mine := len(held)
		held[mine] = rec.Body.Bytes()
		if len(held) == 2 {
			close(both)
		}
		mu.Unlock()
		<-both
		w.Header().Set("Content-Type", rec.Header().Get("Content-Type"))
		_, _ = w.Write(held[1-mine])
	}
	p.mu.Unlock()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			body, _, err := ask(t.Context(), c)
			if !errors.Is(err, client.ErrAnswer) || body != "" {
				t.Errorf("%q, %v", body, err)
			}
		})
	}
	wg.Wait()
}

func TestAnsweredOutsideTheEnvelope(t *testing.T) {
	for _, status := range []int{200, 204, 302, 400, 404, 500, 502, 503} {
		n := newNet(t)
		p := n.pod(func(p *testPod) {
			p.outer = func(w http.ResponseWriter, _ *http.Request, _ http.Handler) {
				w.Header().Set("Location", "http://127.0.0.1:1/")
				w.Header().Set("Content-Type", "application/x-ndjson")
				w.WriteHeader(status)
				_, _ = io.WriteString(w, `{"message":{"content":"trust me"},"done":true}`)
			}
		})
		c := n.client(t.TempDir())
		_, _, err := ask(t.Context(), c)
		wantErr(t, err, client.ErrNoPod, "outside the envelope")
		if p.contacted() != 1 {
			t.Errorf("status %d: %d requests", status, p.contacted())
		}
	}
}

func TestReplayedRequestIsRefused(t *testing.T) {
	n := newNet(t)
	var recorded []byte
	p := n.pod()
	p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		raw, _ := io.ReadAll(r.Body)
		recorded = bytes.Clone(raw)
		r.Body = io.NopCloser(bytes.NewReader(raw))
		next.ServeHTTP(w, r)
	}
	c := n.client(t.TempDir())
	mustAsk(t, c)
	p.outer = nil
	res, err := http.Post(p.server.URL+protocol.PathEnclave, "message/ohttp-chunked-req", bytes.NewReader(recorded))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusBadRequest || len(p.payments) != 1 {
		t.Errorf("status %d, %d payments reached the pod's books", res.StatusCode, len(p.payments))
	}
}

// The client stops in the middle; what the pod billed for it is learned by the next request.
func TestAbort(t *testing.T) {
	n := newNet(t)
	p := n.pod()
	honest := p.say
	p.say = func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"done":false}`+"\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	c := n.client(t.TempDir())
	res, err := c.RoundTrip(request(t.Context(), "/api/chat", chat))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := res.Body.Read(make([]byte, 4)); err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := res.Body.Read(make([]byte, 4)); err == nil || err == io.EOF {
		t.Errorf("read after Close: %v", err)
	}
	<-p.bills
	p.say = honest
	done, err := c.Reconcile(t.Context())
	if err != nil || done != (client.Reconciled{Receipts: 1}) {
		t.Errorf("reconciled %+v, %v", done, err)
	}
	mustAsk(t, c)
	if all := receipts(t, c); len(all) != 2 || oneSession(t, c).Charged != all[1].Receipt.Charged {
		t.Errorf("receipts %+v", all)
	}
}

// onDisk says whether a session's file has the text.
func onDisk(t *testing.T, dir, text string) bool {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "sessions", "*.json"))
	if err != nil {
		t.Error(err)
	}
	for _, path := range paths {
		if content, err := os.ReadFile(path); err == nil && bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}

// A process that dies between sending and the receipt finds both again.
func TestCrash(t *testing.T) {
	n, dir := newNet(t), t.TempDir()
	p := n.pod()
	c := n.client(dir)
	crashed := t.TempDir()
	p.outer = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		if r.URL.Path == protocol.PathEnclave { // the request is written beside being sent: before it is, TestSentAndNotOnDisk
			for !onDisk(t, dir, `"open":[{`) && r.Context().Err() == nil {
				time.Sleep(time.Millisecond)
			}
			if err := snapshot(crashed, dir); err != nil { // the disk as it was at that moment
				t.Error(err)
			}
		}
		next.ServeHTTP(w, r)
	}
	mustAsk(t, c)
	p.outer = nil
	want := receipts(t, c)[0].Receipt
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	c = n.client(crashed)
	if s := oneSession(t, c); s.Open != 1 || !s.Charged.IsZero() {
		t.Fatalf("after the crash the session is %+v", s)
	}
	done, err := c.Reconcile(t.Context())
	if err != nil || done.Receipts != 1 || done.Open != 0 {
		t.Errorf("reconciled %+v, %v", done, err)
	}
	if all := receipts(t, c); len(all) != 1 || all[0].Receipt != want {
		t.Errorf("receipts %+v", all)
	}
	mustAsk(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}

	// It died while it wrote the receipt, or before it could drop the request from the session's file.
	for cut := range 3 {
		half := t.TempDir()
		if err := os.CopyFS(half, os.DirFS(crashed)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(half, "receipts.jsonl")
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.SplitAfter(raw, []byte("\n"))
		torn := [][]byte{raw, append(bytes.Clone(lines[0]), lines[1][:len(lines[1])-1]...), lines[0][:7]}[cut]
		if err := os.WriteFile(path, torn, 0o600); err != nil {
			t.Fatal(err)
		}
		c := n.client(half)
		if got := len(receipts(t, c)); got != 2-cut {
			t.Errorf("cut %d: %d receipts, want %d", cut, got, 2-cut)
		}
		if cut == 0 {
			mustAsk(t, c)
			if got := len(receipts(t, c)); got != 3 {
				t.Errorf("%d receipts, want 3", got)
			}
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}

	// Damage elsewhere is not passed over.
	path := filepath.Join(crashed, "receipts.jsonl")
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, append([]byte("x"), raw...), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err = client.New(n.config(crashed))
	wantErr(t, err, nil, "line 1", "restore")
}
