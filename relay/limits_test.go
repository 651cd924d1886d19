package relay

import (
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/protocol"
)

func TestSourceOf(t *testing.T) {
	for _, c := range []struct{ remote, want string }{
		{"192.0.2.7:1234", "192.0.2.7/32"},
		{"[::ffff:192.0.2.7]:1234", "192.0.2.7/32"},
		{"[2001:db8:1:2:3:4:5:6]:1", "2001:db8:1:2::/64"},
		{"[2001:db8:1:2:ffff::1]:2", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:2", "fe80::/64"},
		{"@", "invalid Prefix"},
		{"", "invalid Prefix"},
	} {
		if got := sourceOf(c.remote).String(); got != c.want {
			t.Errorf("%s: %s, want %s", c.remote, got, c.want)
		}
	}
}

func FuzzSourceOf(f *testing.F) {
	f.Add("192.0.2.7:1234")
	f.Add("[fe80::1%eth0]:2")
	f.Fuzz(func(t *testing.T, remote string) {
		p := sourceOf(remote)
		if p.IsValid() && (p != p.Masked() || p.Bits() != 32 && p.Bits() != 64) {
			t.Errorf("%q: %s", remote, p)
		}
	})
}

func limited(t *testing.T, l Limits) *sources {
	t.Helper()
	if err := l.complete(); err != nil {
		t.Fatal(err)
	}
	return newSources(l)
}

func TestSourcesAreLimitedEachForItself(t *testing.T) {
	s := limited(t, Limits{PerMinute: 3})
	now := time.Unix(1_800_000_000, 0)
	a, b := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("2001:db8::/64")
	enter := func(of netip.Prefix, want bool) (wait time.Duration) {
		t.Helper()
		leave, wait, ok := s.enter(of, now)
		if ok != want {
			t.Errorf("%s: admitted %v, want %v", of, ok, want)
		}
		if ok {
			leave()
		}
		return wait
	}
	for range 3 {
		enter(a, true)
	}
	if wait := enter(a, false); wait != 20*time.Second {
		t.Errorf("to wait for %s, want 20 s", wait)
	}
	enter(b, true)
	now = now.Add(20 * time.Second)
	enter(a, true)
	enter(a, false)
	now = now.Add(-time.Hour) // a clock that was set back gives nothing
	enter(a, false)
	now = now.Add(20 * time.Second)
	enter(a, true)
	now = now.Add(24 * time.Hour) // nor is anything saved up beyond a minute's
	for range 3 {
		enter(a, true)
	}
	enter(a, false)
}

func TestStreamsAtOnce(t *testing.T) {
	s := limited(t, Limits{Streams: 3, StreamsEach: 2})
	now := time.Unix(1_800_000_000, 0)
	a, b := netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("192.0.2.2/32")
	first, _, ok1 := s.enter(a, now)
	_, _, ok2 := s.enter(a, now)
	_, wait, ok3 := s.enter(a, now)
	_, _, ok4 := s.enter(b, now)
	_, _, ok5 := s.enter(b, now)
	if !ok1 || !ok2 || ok3 || !ok4 || ok5 || wait <= 0 {
		t.Errorf("admitted %v %v %v %v %v, to wait for %s", ok1, ok2, ok3, ok4, ok5, wait)
	}
	first()
	if _, _, ok := s.enter(b, now); !ok {
		t.Error("a stream that ended left no room")
	}
}

// Whoever has many addresses neither fills the memory nor pushes out the account of one that has requests under way.
func TestTheTableOfSourcesIsBounded(t *testing.T) {
	s := limited(t, Limits{Streams: 2, StreamsEach: 1, Sources: 10})
	now := time.Unix(1_800_000_000, 0)
	busy := netip.MustParsePrefix("192.0.2.1/32")
	leave, _, _ := s.enter(busy, now)
	for i := range 1000 {
		other, _, ok := s.enter(netip.PrefixFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 8), byte(i)}), 32), now)
		if !ok {
			t.Fatal("refused")
		}
		other()
	}
	if len(s.known) != 10 || s.recent.Len() != 10 {
		t.Errorf("%d accounts, %d in order, want 10", len(s.known), s.recent.Len())
	}
	if _, _, ok := s.enter(busy, now); ok {
		t.Error("a source that has all its streams was forgotten, and got another")
	}
	leave()
	if _, _, ok := s.enter(busy, now); !ok {
		t.Error("its stream ended, and it gets none")
	}
}

func TestOverTheLimitItSaysWhenToTryAgain(t *testing.T) {
	w := newWorld(t, sealedAnswer, func(c *Config) { c.Limits.PerMinute = 2 })
	for range 2 {
		if res, body := w.post(podID); res.StatusCode != http.StatusOK {
			t.Fatalf("%d %s", res.StatusCode, body)
		}
		<-w.reached
	}
	res, body := w.post(podID)
	w.wantRefused(res, body, http.StatusTooManyRequests, problemLimit)
	if res.Header.Get("Retry-After") != "30" {
		t.Errorf("Retry-After is %q, want 30", res.Header.Get("Retry-After"))
	}
	// What is public counts too, and a field of the client's own makes it nobody else.
	req := w.request(http.MethodGet, protocol.PathOHTTPRelay+podID.String()+protocol.PathKeyConfigs, strings.NewReader(""))
	req.Header.Set("X-Forwarded-For", "192.0.2.1")
	res, body = w.do(req)
	w.wantRefused(res, body, http.StatusTooManyRequests, problemLimit)
	w.wantNotReached()
	w.clock.move(30 * time.Second)
	if res, body := w.post(podID); res.StatusCode != http.StatusOK {
		t.Errorf("%d %s", res.StatusCode, body)
	}
}
