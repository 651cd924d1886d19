package envelope

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// observed is one frame as an observer of the connection sees it.
type observed struct {
	at   time.Duration // since the request came
	size int
}

// connection is the outer side of an answer.
type connection struct {
	header http.Header
	start  time.Time
	frames []observed
	wire   bytes.Buffer
	delay  func(frame int) time.Duration // that writing takes; may be nil
	gone   func(frame int) bool          // the client is; may be nil
	ended  bool
	t      *testing.T
}

func (c *connection) Header() http.Header { return c.header }
func (c *connection) WriteHeader(int)     {}
func (c *connection) FlushError() error   { c.check(); return nil }

func (c *connection) check() {
	if c.ended {
		c.t.Error("a write after the handler returned")
	}
}

func (c *connection) Write(b []byte) (int, error) {
	c.check()
	c.frames = append(c.frames, observed{time.Since(c.start), len(b)})
	if c.gone != nil && c.gone(len(c.frames)) {
		return 0, io.ErrClosedPipe
	}
	if c.delay != nil {
		time.Sleep(c.delay(len(c.frames)))
	}
	return c.wire.Write(b)
}

// times are when frames were sent.
func (c *connection) times() (all []time.Duration) {
	for _, f := range c.frames {
		all = append(all, f.at)
	}
	return all
}

// shaped runs an inner handler over c in a bubble, and returns what a client makes of the answer.
func shaped(t *testing.T, shape Shape, ctx context.Context, c *connection, inner http.HandlerFunc) (res *http.Response, body string, err error) {
	t.Helper()
	r, config := newRecipient(t, X25519, Config{})
	req := newInner(t, "POST", "https://pod/api/chat", "hi")
	req.Header.Set(HeaderShape, string(shape))
	x, err := Seal(config, req)
	if err != nil {
		t.Fatal(err)
	}
	outer, err := x.NewRequest(ctx, "http://pod/enc")
	if err != nil {
		t.Fatal(err)
	}
	c.t, c.header, c.start = t, http.Header{}, time.Now()
	h := &Handler{Recipient: r, Inner: inner, Log: slog.New(slog.DiscardHandler), CellBytes: 512}
	func() {
		defer func() {
			if p := recover(); p != nil && p != http.ErrAbortHandler {
				panic(p)
			}
			c.ended = true
		}()
		h.ServeHTTP(c, outer)
	}()
	for _, f := range c.frames {
		if shape != ShapeOff && f.size != 512 {
			t.Errorf("a frame of %d bytes, expected 512", f.size)
		}
	}
	if res, err = x.Open(&http.Response{StatusCode: 200, Header: c.header, Body: io.NopCloser(&c.wire)}); err != nil {
		return nil, "", err
	}
	b, err := io.ReadAll(res.Body)
	return res, string(b), err
}

// say writes and flushes.
func say(t *testing.T, w http.ResponseWriter, text string) {
	t.Helper()
	if _, err := io.WriteString(w, text); err != nil {
		t.Error(err)
	}
	if err := http.NewResponseController(w).Flush(); err != nil {
		t.Error(err)
	}
}

const ms = time.Millisecond

func TestCellCadence(t *testing.T) {
	long := strings.Repeat("word ", 240) // 1,200 bytes: more than two cells, less than three
	for name, tc := range map[string]struct {
		inner http.HandlerFunc
		times []time.Duration
		body  string
	}{
		"one piece, as soon as it comes": {func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(70 * ms)
			say(t, w, "first")
			time.Sleep(20 * ms)
		}, []time.Duration{70 * ms, 170 * ms}, "first"},
		"many pieces": {func(w http.ResponseWriter, _ *http.Request) {
			for range 25 {
				say(t, w, "piece ")
				time.Sleep(10 * ms)
			}
		}, []time.Duration{0, 100 * ms, 200 * ms, 300 * ms}, strings.Repeat("piece ", 25)},
		"a pause is a pause": {func(w http.ResponseWriter, _ *http.Request) {
			say(t, w, "a")
			time.Sleep(50 * ms)
			say(t, w, "b")
			time.Sleep(520 * ms)
			say(t, w, "c")
			time.Sleep(220 * ms)
		}, []time.Duration{0, 100 * ms, 570 * ms, 790 * ms}, "abc"},
		"no cell without anything to say": {func(w http.ResponseWriter, _ *http.Request) {
			for _, piece := range []string{"a", "b", "c"} { // the last two go together
				say(t, w, piece)
				time.Sleep(10 * ms)
			}
			time.Sleep(500 * ms)
			say(t, w, "d")
			time.Sleep(200 * ms)
		}, []time.Duration{0, 100 * ms, 530 * ms, 730 * ms}, "abcd"},
		"several cells together": {func(w http.ResponseWriter, _ *http.Request) {
			say(t, w, "a")
			time.Sleep(10 * ms)
			say(t, w, long)
			time.Sleep(120 * ms)
		}, []time.Duration{0, 100 * ms, 100 * ms, 100 * ms, 200 * ms}, "a" + long},
		"not flushed": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "all")
			time.Sleep(time.Second)
		}, []time.Duration{time.Second}, "all"},
		"not flushed, but more than a cell": {func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, long)
			time.Sleep(time.Second)
		}, []time.Duration{0, 0, 0, time.Second}, long},
		"nothing": {func(http.ResponseWriter, *http.Request) {}, []time.Duration{0}, ""},
		"flushed twice": {func(w http.ResponseWriter, _ *http.Request) {
			say(t, w, "a")
			time.Sleep(10 * ms)
			w.(http.Flusher).Flush()
			time.Sleep(300 * ms)
			w.(http.Flusher).Flush()
			time.Sleep(10 * ms)
			say(t, w, "b")
			time.Sleep(200 * ms)
		}, []time.Duration{0, 320 * ms, 520 * ms}, "ab"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c connection
				_, body, err := shaped(t, ShapeCell, t.Context(), &c, tc.inner)
				if err != nil || body != tc.body {
					t.Errorf("%q, %v", body, err)
				}
				if !slices.Equal(c.times(), tc.times) {
					t.Errorf("frames at %v, expected %v", c.times(), tc.times)
				}
			})
		})
	}
}

// onSchedule are the times of n frames at a constant rate.
func onSchedule(n int) (all []time.Duration) {
	for i := range n {
		all = append(all, time.Duration(i)*cadence)
	}
	return all
}

func TestConstantRate(t *testing.T) {
	for name, tc := range map[string]struct {
		inner  http.HandlerFunc
		frames int
		body   int
	}{
		"nothing to say":        {func(http.ResponseWriter, *http.Request) {}, 2, 0},
		"after the second":      {func(http.ResponseWriter, *http.Request) { time.Sleep(150 * ms) }, 4, 0},
		"just in the fourth":    {func(http.ResponseWriter, *http.Request) { time.Sleep(299 * ms) }, 4, 0},
		"just after the fourth": {func(http.ResponseWriter, *http.Request) { time.Sleep(301 * ms) }, 8, 0},
		"in the middle": {func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(250 * ms)
			say(t, w, "all")
			time.Sleep(650 * ms)
		}, 16, 3},
		// 494 bytes each of the message, which has a few of its own: 14 cells.
		"more than a tick's worth": {func(w http.ResponseWriter, _ *http.Request) { say(t, w, strings.Repeat("word ", 1300)) }, 16, 6500},
		// 17 cells with the first, which is empty.
		"more than sixteen": {func(w http.ResponseWriter, _ *http.Request) { say(t, w, strings.Repeat("word ", 1580)) }, 32, 7900},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var c connection
				_, body, err := shaped(t, ShapeCBR, t.Context(), &c, tc.inner)
				if err != nil || len(body) != tc.body {
					t.Errorf("%d bytes, %v", len(body), err)
				}
				if !slices.Equal(c.times(), onSchedule(tc.frames)) {
					t.Errorf("frames at %v, expected %d at a constant rate", c.times(), tc.frames)
				}
			})
		})
	}
}

// TestConstantRateDoesNotDrift: the time that writes take does not move the ticks, and a stall moves those alone that fell into it.
func TestConstantRateDoesNotDrift(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := connection{delay: func(frame int) time.Duration {
			if frame == 5 {
				return 250 * ms
			}
			return 30 * ms
		}}
		_, _, err := shaped(t, ShapeCBR, t.Context(), &c, func(http.ResponseWriter, *http.Request) { time.Sleep(650 * ms) })
		want := []time.Duration{0, 100 * ms, 200 * ms, 300 * ms, 400 * ms, 650 * ms, 700 * ms, 800 * ms}
		if err != nil || !slices.Equal(c.times(), want) {
			t.Errorf("%v, %v, expected %v", c.times(), err, want)
		}
	})
}

// TestBackpressure: whoever writes more than a shape sends has to wait, which at a constant rate is not the client's doing
// and with a client that is slow to take it is.
func TestBackpressure(t *testing.T) {
	const pieces = 200 // of 1 KiB
	for _, tc := range []struct {
		shape Shape
		delay time.Duration // of each write
		held  bool          // the writer is, for longer than a cadence
		waits bool          // for the client
	}{
		{ShapeCBR, 0, true, false},
		{ShapeCBR, 50 * ms, true, true},
		{ShapeCell, 0, true, false}, // the cells after a cadence are full
		{ShapeCell, 50 * ms, true, true},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := connection{delay: func(int) time.Duration { return tc.delay }}
			_, body, err := shaped(t, tc.shape, t.Context(), &c, func(w http.ResponseWriter, _ *http.Request) {
				s := w.(*responseWriter).out.(*shaper)
				start := time.Now()
				for range pieces {
					say(t, w, strings.Repeat("k", 1<<10))
					s.mu.Lock()
					if n := len(s.unsent); n > maxUnsent || cap(s.unsent) != maxUnsent {
						t.Errorf("%s: %d bytes are held back", tc.shape, n)
					}
					s.mu.Unlock()
				}
				held, waited := time.Since(start), Waited(w)
				if held > cadence != tc.held || waited > time.Second != tc.waits || waited > held {
					t.Errorf("%s, writes that take %v: held for %v, waited %v for the client", tc.shape, tc.delay, held, waited)
				}
			})
			if err != nil || len(body) != pieces<<10 {
				t.Errorf("%d bytes, %v", len(body), err)
			}
		})
	}
}

func TestClientGoesFromAShape(t *testing.T) {
	writeOn := func(w http.ResponseWriter, _ *http.Request) {
		text := make([]byte, 10<<20)
		for {
			n, err := w.Write(text)
			if text = text[n:]; err != nil {
				return
			}
		}
	}
	for name, tc := range map[string]struct {
		inner http.HandlerFunc
		// What happens at about 250 ms: the third frame takes longer than anybody waits, or fails; otherwise nothing. Where it
		// does not fail, the request's context ends.
		stuck, fails bool
	}{
		"between writes":                     {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, false, false},
		"while the handler waits for room":   {writeOn, false, false},
		"while the connection takes nothing": {writeOn, true, false},
		"a write fails": {func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = io.WriteString(w, "piece ")
				w.(http.Flusher).Flush()
				time.Sleep(10 * ms)
			}
			if !errors.Is(context.Cause(r.Context()), io.ErrClosedPipe) {
				t.Errorf("the context ended with %v", context.Cause(r.Context()))
			}
		}, false, true},
	} {
		for _, shape := range []Shape{ShapeCell, ShapeCBR} {
			t.Run(name+"/"+string(shape), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancel(t.Context())
					defer cancel()
					var c connection
					if tc.fails {
						c.gone = func(frame int) bool { return frame == 3 }
					} else {
						time.AfterFunc(250*ms, cancel)
					}
					c.delay = func(frame int) time.Duration {
						if tc.stuck && frame == 3 {
							return time.Minute
						}
						return 0
					}
					start := time.Now()
					_, _, err := shaped(t, shape, ctx, &c, func(w http.ResponseWriter, r *http.Request) {
						tc.inner(w, r)
						if since := time.Since(start); since < 200*ms || since > 250*ms {
							t.Errorf("the handler learnt of it after %v", since)
						}
						if _, err := io.WriteString(w, "more"); err == nil {
							t.Error("written after the client had gone")
						}
					})
					if !errors.Is(err, io.ErrUnexpectedEOF) {
						t.Errorf("%v, expected a truncated answer", err)
					}
				})
			})
		}
	}
}

// TestShapedPanics holds what TestInnerPanics says against the shapes.
func TestShapedPanics(t *testing.T) {
	for _, shape := range []Shape{ShapeCell, ShapeCBR} {
		for name, tc := range innerPanics {
			t.Run(string(shape)+"/"+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					var c connection
					res, body, err := shaped(t, shape, t.Context(), &c, tc.inner)
					if tc.truncated {
						if !errors.Is(err, io.ErrUnexpectedEOF) {
							t.Errorf("%q, %v, expected a truncated answer", body, err)
						}
					} else if err != nil || res.StatusCode != 500 || body != "" {
						t.Errorf("%v %q, %v, expected a bare 500", res, body, err)
					}
				})
			})
		}
	}
}

// TestBrokenOffInAShape: what was flushed before the inner handler broke off reaches the client, in the shape, and no end.
func TestBrokenOffInAShape(t *testing.T) {
	for shape, want := range map[Shape][]time.Duration{
		ShapeCell: {0, 100 * ms, 100 * ms},
		ShapeCBR:  onSchedule(3),
	} {
		synctest.Test(t, func(t *testing.T) {
			var c connection
			text := strings.Repeat("word ", 150) // two cells
			_, body, err := shaped(t, shape, t.Context(), &c, func(w http.ResponseWriter, _ *http.Request) {
				say(t, w, "a")
				time.Sleep(10 * ms)
				say(t, w, text)
				panic(http.ErrAbortHandler)
			})
			if !errors.Is(err, io.ErrUnexpectedEOF) || body != "a"+text {
				t.Errorf("%s: %d bytes, %v", shape, len(body), err)
			}
			if !slices.Equal(c.times(), want) {
				t.Errorf("%s: frames at %v, expected %v", shape, c.times(), want)
			}
		})
	}
}

// TestShapedAnswersAreWhole: head, content and trailers come through any shape as they were written.
func TestShapedAnswersAreWhole(t *testing.T) {
	want := strings.Repeat("all of it ", 5000)
	for _, shape := range []Shape{ShapeOff, ShapeCell, ShapeCBR} {
		synctest.Test(t, func(t *testing.T) {
			var c connection
			res, body, err := shaped(t, shape, t.Context(), &c, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/plain")
				w.WriteHeader(http.StatusAccepted)
				_, _ = io.WriteString(w, want)
				w.Header().Set(http.TrailerPrefix+"Phallama-Receipt", "r")
			})
			if err != nil || res.StatusCode != http.StatusAccepted || body != want || res.Header.Get("Content-Type") != "text/plain" || res.Trailer.Get("Phallama-Receipt") != "r" {
				t.Errorf("%s: %v, %d bytes, %v", shape, res, len(body), err)
			}
		})
	}
}

func TestUnknownShapeIsAnsweredInside(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{})
	req := newInner(t, "POST", "https://pod/", "")
	req.Header.Set(HeaderShape, "round")
	if _, err := Seal(config, req); err == nil || !strings.Contains(err.Error(), "want off, cell or cbr") {
		t.Errorf("sealed: %v", err)
	}
	message, err := encodeRequest(req, nil)
	if err != nil {
		t.Fatal(err)
	}
	s, sealed := sealRequest(t, config, string(message))
	x := &Exchange{sealer: s, sealed: sealed}
	outer, err := x.NewRequest(t.Context(), "http://pod/enc")
	if err != nil {
		t.Fatal(err)
	}
	c := connection{t: t, header: http.Header{}}
	h := &Handler{Recipient: r, Inner: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the inner handler ran") })}
	h.ServeHTTP(&c, outer)
	res, err := x.Open(&http.Response{StatusCode: 200, Header: c.header, Body: io.NopCloser(&c.wire)})
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 400 || !strings.Contains(string(body), `want off, cell or cbr, got "round"`) {
		t.Errorf("%d %q, %v", res.StatusCode, body, err)
	}
}

// TestShapeIsDemanded: a pod that answers without the shape that was asked for is not believed.
func TestShapeIsDemanded(t *testing.T) {
	r, config := newRecipient(t, X25519, Config{})
	req := newInner(t, "POST", "https://pod/", "")
	req.Header.Set(HeaderShape, string(ShapeCell))
	x, err := Seal(config, req)
	if err != nil {
		t.Fatal(err)
	}
	o, _ := openRequest(t, r, x.sealed)
	wire := sealResponse(t, o, string(responseMessage("\x00\x06answer\x00\x00")), "")
	var malformed messageError
	if _, err := x.Open(&http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {MediaTypeResponse}}, Body: io.NopCloser(bytes.NewReader(wire))}); !errors.As(err, &malformed) {
		t.Errorf("%v, expected a malformed message", err)
	}
}

// TestCellsAreWiped: nothing of an answer is left in the shaper, whether it ended or was broken off.
func TestCellsAreWiped(t *testing.T) {
	for _, shape := range []Shape{ShapeCell, ShapeCBR} {
		for _, panics := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				var kept *shaper
				var c connection
				_, _, _ = shaped(t, shape, t.Context(), &c, func(w http.ResponseWriter, _ *http.Request) {
					kept = w.(*responseWriter).out.(*shaper)
					say(t, w, strings.Repeat("canary", 1000))
					time.Sleep(50 * ms)
					if panics {
						say(t, w, "canary")
						panic(http.ErrAbortHandler)
					}
				})
				if b := kept.unsent[:cap(kept.unsent)]; !zero(b) {
					t.Errorf("%s, panics %t: still held back: %q", shape, panics, bytes.Trim(b, "\x00"))
				}
				if b := kept.plain[:cap(kept.plain)]; !zero(b) {
					t.Errorf("%s, panics %t: still in the cell: %q", shape, panics, bytes.Trim(b, "\x00"))
				}
			})
		}
	}
}
