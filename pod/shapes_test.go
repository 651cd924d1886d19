package pod_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// inShape has a call's answer come in a shape.
func (c call) inShape(shape envelope.Shape) call {
	c.header = func(h http.Header) { h.Set(envelope.HeaderShape, string(shape)) }
	return c
}

// talk is an engine that says so many pieces of 5,000 bytes as fast as they are taken.
func talk(pieces int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for range pieces {
			_, _ = fmt.Fprintf(w, `{"model":"wisp","message":{"content":"%s"}}`+"\n", strings.Repeat("a", 5000))
			_ = http.NewResponseController(w).Flush()
		}
		_, _ = fmt.Fprintf(w, `{"model":"wisp","message":{},"done":true,"done_reason":"stop","prompt_eval_count":20,"eval_count":%d}`+"\n", pieces)
	}
}

// What is billed for an answer, and its hash, know nothing of its shape.
func TestBillsKnowNoShape(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		r.fund(1_000_000)
		for _, shape := range []envelope.Shape{envelope.ShapeOff, envelope.ShapeCell, envelope.ShapeCBR} {
			r.paid(r.newCall("/api/chat", chatOne).inShape(shape))
			r.refused(r.newCall("/api/chat", `{"model":"other"}`).inShape(shape), protocol.ProblemUnknownModel, http.StatusNotFound)
		}
	})
}

// A rate that is slower than the engine is the shape's, and not the client's: it may take as long as answers may.
func TestConstantRateIsNotASlowClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.AnswerLimit, c.CellBytes = 5*time.Minute, envelope.MinCellBytes })
		r.fund(1_000_000)
		r.engine.answerWith(talk(90))
		start := time.Now()
		if a := r.paid(r.newCall("/api/chat", `{"model":"wisp","messages":[]}`).inShape(envelope.ShapeCBR)); a.receipt.Finish != protocol.FinishStop || len(a.body) < 90*5000 {
			t.Errorf("%v after %d bytes", a.receipt.Finish, len(a.body))
		}
		if took := time.Since(start); took < 2*time.Minute {
			t.Errorf("it took %v: not what this test is about", took)
		}
	})
}

// A client that stops reading a shaped answer does not hold a slot for ever either.
func TestClientStopsReadingAShape(t *testing.T) {
	for _, shape := range []envelope.Shape{envelope.ShapeCell, envelope.ShapeCBR} {
		synctest.Test(t, func(t *testing.T) {
			r := newQuietRig(t, func(c *pod.Config) { c.Slots, c.Queue = 1, 0 })
			r.fund(1_000_000)
			r.engine.answerWith(talk(100))
			c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`).inShape(shape)
			_, outer := r.seal(t.Context(), c)
			conn, err := r.dial(t.Context(), "", "")
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if err := outer.Write(conn); err != nil {
				t.Fatal(err)
			}
			time.Sleep(2 * time.Second)
			r.refused(r.newCall("/api/chat", chatOne), protocol.ProblemBusy, http.StatusServiceUnavailable)
			time.Sleep(40 * time.Second)
			receipt, a := r.receiptOf(c.id)
			if a.status != http.StatusOK || receipt.Finish != protocol.FinishAbort {
				t.Fatalf("%s: %d %s", shape, a.status, a.body)
			}
			r.charged = receipt.Charged
			r.engine.answerWith(nil)
			r.paid(r.newCall("/api/chat", chatOne))
		})
	}
}

// Nor does one that goes on reading slowly.
func TestClientReadsAShapeSlowly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.AnswerLimit = 20 * time.Minute })
		r.fund(1_000_000)
		r.engine.answerWith(talk(100))
		c := r.newCall("/api/chat", `{"model":"wisp","messages":[]}`).inShape(envelope.ShapeCell)
		_, outer := r.seal(t.Context(), c)
		conn, err := r.dial(t.Context(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if err := outer.Write(conn); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for {
			time.Sleep(20 * time.Second)
			if _, err := conn.Read(make([]byte, 4<<10)); err != nil {
				break
			}
		}
		if took := time.Since(start); took > 10*time.Minute {
			t.Errorf("it was let read for %v", took)
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
