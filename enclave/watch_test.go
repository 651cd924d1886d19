package enclave

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/protocol"
)

// The pod is ready while its engine answers and has its models, and says why when it is not.
func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &flaky{absent: true, engine: &engine{}}
		var (
			mu     sync.Mutex
			state  error = errors.New("not told yet")
			logged bytes.Buffer
			cuts   int
		)
		ready := func() string {
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			if state == nil {
				return ""
			}
			return state.Error()
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			w := &watcher{setReady: func(err error) {
				mu.Lock()
				defer mu.Unlock()
				state = err
			}, engine: f, models: &models{}, offers: []protocol.Offer{{Model: "wisp"}, {Model: "other"}}, log: slog.New(slog.NewTextHandler(&logged, nil))}
			w.cut = func() { cuts++ }
			if err := w.watch(ctx); err != nil {
				t.Error(err)
			}
		}()
		loads := func() (n int) {
			for _, asked := range f.engine.calls() {
				if strings.HasPrefix(asked, "POST /api/generate") {
					n++
				}
			}
			return n
		}
		const gone = "the engine does not answer: connection refused"
		if got := ready(); got != gone {
			t.Errorf("without an engine: %q", got)
		}
		f.leaves(false)
		f.engine.breaks("/api/generate")
		time.Sleep(retryEvery)
		if got := ready(); !strings.HasPrefix(got, "the engine cannot load wisp: ") {
			t.Errorf("without its model: %q", got)
		}
		f.engine.breaks("")
		time.Sleep(probeEvery)
		if got := ready(); got != "" {
			t.Errorf("with everything: %q", got)
		}
		before := loads()
		time.Sleep(time.Minute)
		if got := ready(); got != "" || loads() != before {
			t.Errorf("a minute later: %q, %d more loads", got, loads()-before)
		}
		f.leaves(true)
		time.Sleep(probeEvery)
		if got := ready(); got != gone {
			t.Errorf("after the engine left: %q", got)
		}
		f.leaves(false)
		time.Sleep(retryEvery)
		if got := ready(); got != "" || loads() != before+2 {
			t.Errorf("after it came back: %q, %d more loads, want both models loaded again", got, loads()-before)
		}
		// It ended and came back between two looks.
		f.engine.restarts(false)
		before = loads()
		time.Sleep(probeEvery)
		if got := ready(); got != "" || loads() != before+2 {
			t.Errorf("an engine without its models: %q, %d more loads", got, loads()-before)
		}
		// A model gets stuck; the engine is started again.
		f.engine.restarts(true)
		time.Sleep(probeEvery)
		if got := ready(); got != errStuck.Error() || cuts == 0 {
			t.Errorf("with a stuck model: %q, %d cuts", got, cuts)
		}
		f.leaves(true)
		time.Sleep(retryEvery)
		if got := ready(); got != gone {
			t.Errorf("after it ended: %q", got)
		}
		f.leaves(false)
		f.engine.restarts(false)
		before = loads()
		time.Sleep(retryEvery)
		if got := ready(); got != "" || loads() != before+2 {
			t.Errorf("after it was started again: %q, %d more loads", got, loads()-before)
		}
		cancel()
		<-ended
		if n := strings.Count(logged.String(), "\n"); n != 9 { // gone, no model, ready, gone, ready, lost, stuck, gone, ready
			t.Errorf("%d lines were logged:\n%s", n, logged.String())
		}
	})
}

// A model that is stuck or lost in podd's own process ends the run.
func TestWatchInProcess(t *testing.T) {
	for name, c := range map[string]struct {
		stuck bool
		want  error
	}{"stuck": {true, errStuck}, "lost": {false, errLost}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f, cuts := &flaky{engine: &engine{}}, 0
				var state error
				w := &watcher{
					setReady: func(err error) { state = err }, engine: f, cut: func() { cuts++ }, models: &models{}, inProcess: true,
					offers: []protocol.Offer{{Model: "wisp"}}, log: quiet,
				}
				// One that is slow to answer has not lost its models: nothing is loaded for it.
				time.AfterFunc(time.Minute, func() { f.leaves(true) })
				time.AfterFunc(time.Minute+probeEvery, func() { f.leaves(false) })
				const when = time.Hour + 1234*time.Millisecond // not while the engine is asked, which is at whole tenths of a second
				time.AfterFunc(when, func() { f.engine.restarts(c.stuck) })
				start := time.Now()
				err := w.watch(t.Context())
				if !errors.Is(err, ErrWedged) || !errors.Is(state, c.want) || cuts != 1 {
					t.Errorf("%v, not ready for %v, %d cuts", err, state, cuts)
				}
				if took := time.Since(start) - when; took < 0 || took > probeEvery {
					t.Errorf("told %s after the engine knew", took)
				}
				loads := 0
				for _, asked := range f.engine.calls() {
					if strings.HasPrefix(asked, "POST /api/generate") {
						loads++
					}
				}
				if loads != 1 {
					t.Errorf("%d loads, want 1", loads)
				}
			})
		})
	}
}

// A model whose weights are held under another's name is there; Ollama names them once.
func TestMissing(t *testing.T) {
	from := t.TempDir()
	makeStore(t, from)
	manifests := filepath.Join(from, "manifests/registry.ollama.ai/library")
	text, err := os.ReadFile(filepath.Join(manifests, "wisp/latest"))
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(manifests, "twin/latest"), string(text))
	m := newModels(Config{Models: from, Memory: 1 << 30, Offers: []Offer{{Model: "wisp", Context: 10}, {Model: "twin", Context: 10}}}, quiet)
	read, err := m.measure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := append(read, protocol.Offer{Model: "other"}, protocol.Offer{Model: "another"}) // of which nothing was read
	for _, c := range []struct {
		holds  string
		offers []protocol.Offer
		want   string
	}{
		{`{"name":"twin:latest"}`, read, ""},
		{`{"name":"wisp:latest"}`, read, ""},
		{``, read, "wisp"},
		{`{"name":"stranger:latest"}`, read, "wisp"},
		{`{"name":"twin:latest"}`, other, "other"},
		{`{"name":"twin:latest"},{"name":"other:latest"}`, other, "another"},
		{`{"name":"other:latest"},{"name":"another:latest"}`, other, "wisp"},
	} {
		f := &flaky{engine: &engine{loaded: []string{c.holds}}}
		if got, err := missing(t.Context(), f, c.offers, m.weights); err != nil || got != c.want {
			t.Errorf("an engine that holds %s lacks %q, %v; want %q", c.holds, got, err, c.want)
		}
	}
}

// What is under way is cut and what comes after is not; a caller that goes away is told to the engine as before.
func TestCutter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked []context.Context
		c := newCutter(roundTrip(func(r *http.Request) (*http.Response, error) {
			asked = append(asked, r.Context())
			return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(""))}, nil
		}))
		get := func(ctx context.Context) *http.Response {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://localhost/", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := c.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			return resp
		}
		first := get(t.Context())
		if asked[0].Err() != nil {
			t.Error("ended before it was cut")
		}
		c.cut()
		if synctest.Wait(); asked[0].Err() == nil {
			t.Error("not cut")
		}
		ctx, cancel := context.WithCancel(t.Context())
		second := get(ctx)
		if synctest.Wait(); asked[1].Err() != nil {
			t.Error("cut with what was before it")
		}
		cancel()
		if synctest.Wait(); asked[1].Err() == nil {
			t.Error("its caller has gone and it goes on")
		}
		third := get(t.Context())
		_ = third.Body.Close()
		if synctest.Wait(); asked[2].Err() == nil {
			t.Error("closed, and its context lives")
		}
		_, _ = first.Body.Close(), second.Body.Close()
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Weights leave the copy when they are loaded, and come back, hashed, when they must be loaded again.
func TestReleaseAndRestore(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "copy")
	makeStore(t, from)
	m := newModels(Config{Models: from, ModelsCopy: to, Memory: 1 << 30, Offers: []Offer{{Model: "wisp", Context: 10}}}, quiet)
	if _, err := m.measure(t.Context()); err != nil {
		t.Fatal(err)
	}
	weights := m.read[0].Blobs[1].Path
	whole, err := os.ReadFile(filepath.Join(from, weights))
	if err != nil {
		t.Fatal(err)
	}
	holds := func(when string, want []byte) {
		t.Helper()
		if got, err := os.ReadFile(filepath.Join(to, weights)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s the copy has %d bytes, %v; want %d", when, len(got), err, len(want))
		}
	}
	m.inMemory = false
	m.release()
	holds("on a disk", whole)
	m.inMemory = true
	m.release()
	m.release() // nothing is left to release
	holds("once loaded", tinyGGUF().bytes())
	if got := len(tree(t, to)); got != 4 {
		t.Errorf("%d files, want the mark, the manifest, the config and the metadata", got)
	}

	damaged := bytes.Clone(whole)
	damaged[len(damaged)-1] ^= 1
	write(t, filepath.Join(from, weights), string(damaged))
	if err := m.restore(t.Context()); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("damaged meanwhile: %v", err)
	}
	write(t, filepath.Join(from, weights), string(whole))
	manifest := filepath.Join(from, "manifests/registry.ollama.ai/library/wisp/latest")
	text, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	write(t, manifest, strings.Replace(string(text), "docker.container.image", "another.image", 1))
	if err := m.restore(t.Context()); err == nil || !strings.Contains(err.Error(), "has changed since it was offered") {
		t.Errorf("another model meanwhile: %v", err)
	}
	write(t, manifest, string(text))
	for range 2 {
		if err := m.restore(t.Context()); err != nil {
			t.Fatal(err)
		}
		holds("to be loaded again", whole)
	}
}

func TestShortName(t *testing.T) {
	for name, want := range map[string]string{
		"wisp": "wisp", "wisp:latest": "wisp", "library/wisp": "wisp", "registry.ollama.ai/library/wisp:latest": "wisp",
		"llama3.2:1b": "llama3.2:1b", "someone/wisp:latest": "someone/wisp", "hf.co/someone/wisp:q8": "hf.co/someone/wisp:q8",
	} {
		if got := shortName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
