package pod

import (
	"context"
	"sync"
	"time"
)

// slots admits at most n at once and lets at most queue wait, each for a bounded time.
type slots struct {
	run, wait chan struct{}

	mu   sync.Mutex
	mean time.Duration // that a slot was held, of late; zero: none was
}

func newSlots(n, queue int) *slots {
	return &slots{run: make(chan struct{}, n), wait: make(chan struct{}, n+queue)}
}

// take waits for a slot, at most so long; ok is false at once when the queue is full, and when ctx ends first.
func (s *slots) take(ctx context.Context, most time.Duration) (release func(), ok bool) {
	select {
	case s.wait <- struct{}{}:
	default:
		return nil, false
	}
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	select {
	case s.run <- struct{}{}:
	case <-ctx.Done():
		<-s.wait
		return nil, false
	}
	if ctx.Err() != nil { // both at once
		<-s.run
		<-s.wait
		return nil, false
	}
	start := time.Now()
	return func() {
		s.held(time.Since(start))
		<-s.run
		<-s.wait
	}, true
}

// held counts how long a slot was held: the last eight make up two thirds of the mean.
func (s *slots) held(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mean == 0 {
		s.mean = d
	}
	s.mean += (d - s.mean) / 8
}

// retrySteps are the answers to when it is worth trying again, in seconds. There are few of them, so that they tell no
// user how many others there are or how long their answers were.
var retrySteps = []int{2, 5, 10, 20, 30, 60}

// retryAfter is in how many seconds one more might have a slot, were all who wait to stay.
func (s *slots) retryAfter() int {
	s.mu.Lock()
	mean := s.mean
	s.mu.Unlock()
	ahead := max(0, len(s.wait)-len(s.run)) // read one after the other: it is an estimate
	return retryStep(mean * time.Duration(ahead+1) / time.Duration(cap(s.run)))
}

func retryStep(d time.Duration) int {
	for _, step := range retrySteps {
		if d <= time.Duration(step)*time.Second {
			return step
		}
	}
	return retrySteps[len(retrySteps)-1]
}
