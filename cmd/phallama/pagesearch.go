package main

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

const (
	searchWait  = 5 * time.Second // for a search, before what is known so far is told
	searchAgain = 3 * time.Second // after the last one
	searchMost  = time.Hour
	searchBack  = 300 // blocks that are looked at again: a reorganisation may have changed them
)

// search finds the sessions and keys of an owner on chain: once in all blocks, which takes minutes where a node answers few at
// a time, and then in those that are new. The page asks again and again.
type search struct {
	dial  func(context.Context) (*chain.Client, error)
	owner protocol.Address

	mu      sync.Mutex
	running chan struct{} // closed at the end of the search that runs, or of the last one
	ended   time.Time
	err     error
	next    uint64 // block; 0: not all were looked at
	found   found
}

// found is what a search has found so far.
type found struct {
	Sessions []protocol.SessionKey
	Keys     []protocol.Address
	// Done of Of blocks were looked at; the same: all.
	Done, Of uint64
}

// look is what is known now, after the search that is due or a while of it.
func (s *search) look(ctx context.Context) (found, error) {
	s.mu.Lock()
	if s.running == nil || isClosed(s.running) && time.Since(s.ended) >= searchAgain {
		s.running = make(chan struct{})
		go s.run(s.running)
	}
	running := s.running
	s.mu.Unlock()
	wait := time.NewTimer(searchWait)
	defer wait.Stop()
	select {
	case <-running:
	case <-wait.C:
	case <-ctx.Done():
		return found{}, ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.found
	f.Sessions, f.Keys = slices.Clone(f.Sessions), slices.Clone(f.Keys)
	if isClosed(s.running) {
		return f, s.err
	}
	return f, nil
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// run searches to its end, whoever waits for it.
func (s *search) run(done chan struct{}) {
	ctx, cancel := context.WithTimeout(context.Background(), searchMost)
	defer cancel()
	err := s.searchOnce(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err, s.ended = err, time.Now()
	close(done)
}

func (s *search) searchOnce(ctx context.Context) error {
	c, err := s.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	head, err := c.Head(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	from := s.next - min(s.next, searchBack)
	s.mu.Unlock()
	// Of two looks through all blocks the first is half.
	progress := func(half uint64) chain.Progress {
		return func(done, of uint64) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.next == 0 {
				s.found.Done, s.found.Of = half*of+done, 2*of
			}
		}
	}
	sessions, err := c.AllSessionsOf(ctx, s.owner, from, progress(0))
	if err != nil {
		return err
	}
	keys, err := c.DelegatesOf(ctx, s.owner, from, progress(1))
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found.Sessions = united(s.found.Sessions, sessions)
	s.found.Keys = united(s.found.Keys, keys)
	s.next, s.found.Done, s.found.Of = head.Number+1, 1, 1
	return nil
}

// united adds what is not there yet.
func united[T comparable](have, more []T) []T {
	known := map[T]bool{}
	for _, x := range have {
		known[x] = true
	}
	for _, x := range more {
		if !known[x] {
			known[x] = true
			have = append(have, x)
		}
	}
	return have
}
