package pulse_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/engine/pulse"
)

// runners stands where the runners are: it answers when it is told to.
type runners struct{ answer chan error }

func (r runners) RoundTrip(*http.Request) (*http.Response, error) {
	if err := <-r.answer; err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader("token"))}, nil
}

// ask has a runner work, until the answer is read or closed.
func ask(t *testing.T, tr http.RoundTripper, url string, read bool) {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		resp, err := tr.RoundTrip(req)
		if err != nil {
			return
		}
		if read {
			_, _ = io.Copy(io.Discard, resp.Body)
			return
		}
		_ = resp.Body.Close()
		_ = resp.Body.Close()
	}()
	synctest.Wait()
}

func TestPulse(t *testing.T) {
	const second = "http://127.0.0.1:2/completion"
	for _, c := range []struct {
		name string
		play func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, answer chan error)
		want pulse.State
	}{
		{"idle", func(t *testing.T, _ *pulse.Pulse, _ http.RoundTripper, _ chan error) { time.Sleep(time.Hour) }, pulse.State{}},
		{"long idle, then asked", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			time.Sleep(time.Hour)
			ask(t, tr, second, true)
			time.Sleep(19 * time.Second)
		}, pulse.State{Open: 1, Silent: 19}},
		{"silent", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, second, true)
			time.Sleep(20 * time.Second)
		}, pulse.State{Open: 1, Silent: 20, Wedged: true}},
		{"silent, embedding", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, "http://127.0.0.1:2/embedding", true)
			time.Sleep(20 * time.Second)
		}, pulse.State{Open: 1, Silent: 20, Wedged: true}},
		{"more requests are no beats", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, second, true)
			time.Sleep(15 * time.Second)
			ask(t, tr, second, true)
			time.Sleep(5 * time.Second)
		}, pulse.State{Open: 2, Silent: 20, Wedged: true}},
		{"a long prompt on a slow CPU", func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, second, true)
			for range 100 {
				time.Sleep(19 * time.Second)
				p.Beat(2)
			}
		}, pulse.State{Open: 1}},
		{"another runner's beats do not count", func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, second, true)
			for range 20 {
				time.Sleep(time.Second)
				p.Beat(1)
			}
		}, pulse.State{Open: 1, Silent: 20, Wedged: true}},
		{"answered", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, answer chan error) {
			ask(t, tr, second, true)
			answer <- nil
			time.Sleep(time.Hour)
		}, pulse.State{}},
		{"closed, twice", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, answer chan error) {
			ask(t, tr, second, false)
			answer <- nil
			time.Sleep(time.Hour)
		}, pulse.State{}},
		{"refused", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, answer chan error) {
			ask(t, tr, second, true)
			answer <- errors.New("connection refused")
			time.Sleep(time.Hour)
		}, pulse.State{}},
		{"loading", func(t *testing.T, _ *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			ask(t, tr, "http://127.0.0.1:2/load", true)
			time.Sleep(time.Hour)
		}, pulse.State{}},
		{"a wedge is for good", func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, answer chan error) {
			ask(t, tr, second, true)
			time.Sleep(20 * time.Second)
			p.State()
			answer <- nil
			time.Sleep(time.Second)
		}, pulse.State{Wedged: true}},
		{"counted in this process", func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			p.Follow(2, "/models/a")
			ask(t, tr, second, true)
			for range 20 {
				time.Sleep(19 * time.Second)
				p.Counter("/models/a").Add(1)
				p.State()
			}
			time.Sleep(3 * time.Second)
		}, pulse.State{Open: 1, Silent: 3}},
		{"another model's counter", func(t *testing.T, p *pulse.Pulse, tr http.RoundTripper, _ chan error) {
			p.Follow(1, "/models/b")
			p.Follow(2, "/models/a")
			ask(t, tr, second, true)
			time.Sleep(20 * time.Second)
			p.Counter("/models/b").Add(1)
		}, pulse.State{Open: 1, Silent: 20, Wedged: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p, answer := pulse.New(20*time.Second), make(chan error)
				tr := p.Transport(runners{answer})
				c.play(t, p, tr, answer)
				synctest.Wait()
				got := p.State()
				for range got.Open { // so that nobody is left
					answer <- errors.New("the end")
				}
				if c.name == "loading" {
					answer <- errors.New("the end")
				}
				if got != c.want {
					t.Errorf("got %+v, want %+v", got, c.want)
				}
			})
		})
	}
}

// A wedge is told once, within the limit and two ticks.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, answer := pulse.New(pulse.Limit), make(chan error)
		ctx, cancel := context.WithCancel(t.Context())
		var told atomic.Int32
		go p.Watch(ctx, func(pulse.State) { told.Add(1) })
		time.Sleep(time.Hour)
		ask(t, p.Transport(runners{answer}), "http://127.0.0.1:1/completion", true)
		time.Sleep(pulse.Limit - time.Second)
		if synctest.Wait(); told.Load() != 0 {
			t.Error("told too early")
		}
		time.Sleep(2 * pulse.Tick)
		if synctest.Wait(); told.Load() != 1 {
			t.Errorf("told %d times", told.Load())
		}
		time.Sleep(time.Minute)
		answer <- errors.New("the end")
		cancel()
		if synctest.Wait(); told.Load() != 1 {
			t.Errorf("told %d times in the end", told.Load())
		}
	})
}

func TestHandler(t *testing.T) {
	p := pulse.New(time.Second)
	h := p.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", pulse.Path, 200}, {"POST", pulse.Path, 405}, {"GET", "/api/version", 418}, {"GET", pulse.Path + "/", 418},
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(c.method, c.path, http.NoBody))
		if w.Code != c.status {
			t.Errorf("%s %s: %d, want %d", c.method, c.path, w.Code, c.status)
		}
		var s pulse.State
		if c.status == 200 && (json.Unmarshal(w.Body.Bytes(), &s) != nil || s != (pulse.State{})) {
			t.Errorf("%s", w.Body)
		}
	}
}
