package operator

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// serving is a stand-in pod that also takes what it is to serve, and the place where the agent gets it from.
type serving struct {
	t   *testing.T
	pod *standIn

	mu      sync.Mutex
	gives   json.RawMessage
	fail    error
	hangs   bool
	refuses int // the pod's status, if it takes nothing
	asked   []attest.CollateralID
	served  []string
}

func (s *serving) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != protocol.PathServe || r.Header.Get("Authorization") != "Bearer "+string(testToken) {
		s.pod.ServeHTTP(w, r)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || r.Method != http.MethodPost {
		s.t.Errorf("%s: %v", r.Method, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuses != 0 {
		http.Error(w, "404 page not found", s.refuses)
		return
	}
	s.served = append(s.served, string(body))
	w.WriteHeader(http.StatusNoContent)
}

func (s *serving) get(ctx context.Context, needs attest.CollateralID) (json.RawMessage, error) {
	s.mu.Lock()
	s.asked = append(s.asked, needs)
	gives, err, hangs := s.gives, s.fail, s.hangs
	s.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return gives, err
}

func (s *serving) do(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
}

// want fails the test unless exactly this was served, after so many requests to the source.
func (s *serving) want(asked int, served ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) != asked || !slices.Equal(s.served, served) {
		s.t.Fatalf("asked %d times, served %q; want %d, %q", len(s.asked), s.served, asked, served)
	}
}

// runServing runs an agent whose pod is to serve {"a":1}.
func runServing(t *testing.T, prepare ...func(*serving)) (*memChain, *serving, *Agent, *logged) {
	t.Helper()
	s := &serving{t: t, gives: json.RawMessage(`{"a":1}`)}
	for _, p := range prepare {
		p(s)
	}
	logs := new(logged)
	c, _, agent := run(t, func(cfg *Config) {
		cfg.Served, cfg.HTTPClient, cfg.Logger = s.get, inProcess(s), slog.New(slog.NewTextHandler(logs, nil))
	}, func(pod *standIn) { s.pod = pod })
	return c, s, agent, logs
}

// logged is a log that is read while it is written.
type logged struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// warnings are the lines about what cannot be served.
func (l *logged) warnings() (lines []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range strings.Lines(l.text.String()) {
		if strings.Contains(line, "cannot serve its own collateral") {
			lines = append(lines, line)
		}
	}
	return lines
}

func isRegistered(a *Agent) bool {
	select {
	case <-a.Registered():
		return true
	default:
		return false
	}
}

// The pod serves before anybody is told that it is there, and gets what is new four times a day.
func TestServedAtStart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, agent, logs := runServing(t)
		after(5 * time.Second)
		if !isRegistered(agent) {
			t.Fatal("not registered")
		}
		expect(t, c, "register")
		s.want(1, `{"a":1}`)
		ev, err := attest.NewEvidence(guestQuote([64]byte{1}))
		if err != nil {
			t.Fatal(err)
		}
		needs, err := ev.Needs()
		if err != nil {
			t.Fatal(err)
		}
		if s.asked[0] != needs {
			t.Errorf("asked for %s, want %s", s.asked[0], needs)
		}
		s.do(func() { s.gives = json.RawMessage(`{"a":2}`) })
		after(serveEvery - time.Minute)
		s.want(1, `{"a":1}`)
		after(2 * time.Minute)
		s.want(2, `{"a":1}`, `{"a":2}`)
		after(serveEvery)
		s.want(3, `{"a":1}`, `{"a":2}`, `{"a":2}`)
		if w := logs.warnings(); len(w) != 0 {
			t.Errorf("warned: %s", w)
		}
	})
}

// A pod that was started again has another identity and has forgotten what it served.
func TestServedAfterRestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _, _ := runServing(t)
		after(time.Minute)
		s.want(1, `{"a":1}`)
		s.pod.do(s.pod.rotate) // a new key is no new identity
		after(time.Minute)
		expect(t, c, "register key")
		s.want(1, `{"a":1}`)
		for n := 2; n <= 3; n++ {
			s.pod.restart()
			after(time.Minute)
			s.want(n, slices.Repeat([]string{`{"a":1}`}, n)...)
		}
		expect(t, c, "register key update update")
	})
}

// What cannot be had or brought is warned of and tried again, and everything else goes on.
func TestServedFails(t *testing.T) {
	for _, tt := range []struct {
		name string
		set  func(*serving)
		says string
	}{
		{"no place has it", func(s *serving) { s.fail = errors.New("no place has it") }, "no place has it"},
		{"an older pod", func(s *serving) { s.refuses = http.StatusNotFound }, "404"},
		{"a hanging service", func(s *serving) { s.hangs = true }, "deadline exceeded"},
		{"no JSON", func(s *serving) { s.gives = json.RawMessage(`{"a"`) }, "control API"},
		{"too much of it", func(s *serving) {
			s.gives = json.RawMessage(`{"a":"` + strings.Repeat("a", protocol.MaxControl) + `"}`)
		}, "takes at most"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, s, agent, logs := runServing(t, tt.set)
				after(2 * time.Minute)
				if !isRegistered(agent) {
					t.Fatal("not registered")
				}
				s.want(1)
				if w := logs.warnings(); len(w) != 1 || !strings.Contains(w[0], tt.says) || !strings.Contains(w[0], "level=WARN") {
					t.Errorf("warned: %q, want %q", w, tt.says)
				}
				o := newOwner(t)
				session := o.open(c.domain, s.pod.id, 0, 1000)
				s.pod.order(protocol.Orders{Opens: []protocol.SignedOpen{session}})
				after(time.Minute)
				expect(t, c, "register open1")
				after(serveRetry)
				s.want(2)
				s.do(func() { s.fail, s.refuses, s.hangs, s.gives = nil, 0, false, json.RawMessage(`{"b":1}`) })
				after(serveRetry + time.Minute)
				s.want(3, `{"b":1}`)
				after(time.Hour)
				s.want(3, `{"b":1}`)
			})
		})
	}
}

// Without a source the pod is brought nothing.
func TestServesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &serving{t: t}
		logs := new(logged)
		_, _, agent := run(t, func(cfg *Config) { cfg.HTTPClient, cfg.Logger = inProcess(s), slog.New(slog.NewTextHandler(logs, nil)) },
			func(pod *standIn) { s.pod = pod })
		after(time.Minute)
		s.pod.restart()
		after(2 * serveEvery)
		s.want(0)
		if !isRegistered(agent) || len(logs.warnings()) != 0 {
			t.Errorf("registered %t, warned %s", isRegistered(agent), logs.warnings())
		}
	})
}
