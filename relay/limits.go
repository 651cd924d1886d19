package relay

import (
	"container/list"
	"fmt"
	"math"
	"net/netip"
	"sync"
	"time"
)

// Limits bound what clients may have of a relay. A source is an IPv4 address, or a /64 of IPv6, of which one household
// has one at least.
type Limits struct {
	Streams     int           // requests that are carried at once, each with up to 1 MiB in memory; 0: 512
	StreamsEach int           // of one source; 0: 64
	PerMinute   int           // requests of one source, and at once after a minute without any; 0: 600
	Sources     int           // that are kept account of; beyond that, those seen longest ago are forgotten; 0: 65,536
	BodyTime    time.Duration // for a request to arrive whole; 0: 30 s
	StreamTime  time.Duration // for an answer, from the request to its end; 0: 1 h
}

func (l *Limits) complete() error {
	for _, f := range []struct {
		value    *int
		standard int
	}{{&l.Streams, 512}, {&l.StreamsEach, 64}, {&l.PerMinute, 600}, {&l.Sources, 1 << 16}} {
		if *f.value == 0 {
			*f.value = f.standard
		}
	}
	if l.BodyTime == 0 {
		l.BodyTime = 30 * time.Second
	}
	if l.StreamTime == 0 {
		l.StreamTime = time.Hour
	}
	if l.Streams < 1 || l.StreamsEach < 1 || l.PerMinute < 1 || l.Sources <= l.Streams || l.BodyTime < 0 || l.StreamTime < 0 {
		return fmt.Errorf("relay: limits: want at least 1 stream in all and of a source, 1 request a minute, more sources than streams, and no negative times, got %+v", *l)
	}
	return nil
}

// sourceOf is whom a request counts for. What is no address counts for one that nobody has.
func sourceOf(remote string) netip.Prefix {
	at, err := netip.ParseAddrPort(remote)
	if err != nil {
		return netip.Prefix{}
	}
	addr, bits := at.Addr().Unmap().WithZone(""), 32
	if addr.Is6() {
		bits = 64
	}
	prefix, _ := addr.Prefix(bits) // such prefixes there are
	return prefix
}

// sources keeps account of who has how many requests carried.
type sources struct {
	limits Limits

	mu      sync.Mutex
	streams int
	known   map[netip.Prefix]*list.Element
	recent  *list.List // of *source, the one seen last in front
}

type source struct {
	of      netip.Prefix
	left    float64 // requests
	at      time.Time
	streams int
}

func newSources(limits Limits) *sources {
	return &sources{limits: limits, known: map[netip.Prefix]*list.Element{}, recent: list.New()}
}

// enter admits one request; leave is to be called at its end. Otherwise wait is when to ask again.
func (s *sources) enter(of netip.Prefix, now time.Time) (leave func(), wait time.Duration, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	src := s.source(of, now)
	if passed := now.Sub(src.at).Minutes(); passed > 0 {
		src.left = min(float64(s.limits.PerMinute), src.left+passed*float64(s.limits.PerMinute))
	}
	src.at = now
	if s.streams >= s.limits.Streams || src.streams >= s.limits.StreamsEach {
		return nil, time.Second, false
	}
	if short := 1 - src.left; short > 1e-9 { // floating-point numbers may be off by less
		return nil, time.Duration(math.Ceil(short / float64(s.limits.PerMinute) * float64(time.Minute))), false
	}
	src.left--
	src.streams++
	s.streams++
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		src.streams--
		s.streams--
	}, 0, true
}

// source finds a source's account, or opens one; s.mu is held. One with requests under way is not forgotten.
func (s *sources) source(of netip.Prefix, now time.Time) *source {
	if e := s.known[of]; e != nil {
		s.recent.MoveToFront(e)
		return e.Value.(*source)
	}
	if len(s.known) >= s.limits.Sources {
		for e := s.recent.Back(); e != nil; e = e.Prev() {
			if old := e.Value.(*source); old.streams == 0 {
				s.recent.Remove(e)
				delete(s.known, old.of)
				break
			}
		}
	}
	src := &source{of: of, left: float64(s.limits.PerMinute), at: now}
	s.known[of] = s.recent.PushFront(src)
	return src
}
