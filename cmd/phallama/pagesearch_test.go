package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/chain"
)

func TestUnited(t *testing.T) {
	if got := united([]int{3, 1}, []int{1, 2, 2, 3, 4}); fmt.Sprint(got) != "[3 1 2 4]" {
		t.Error(got)
	}
}

// Whoever looks waits a little; a search goes on without, is not begun twice, and is made again after a while.
func TestSearchWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var begun atomic.Int64
		var takes atomic.Int64
		takes.Store(int64(time.Minute))
		failure := errors.New("no node")
		s := &search{dial: func(context.Context) (*chain.Client, error) {
			begun.Add(1)
			time.Sleep(time.Duration(takes.Load()))
			return nil, failure
		}}
		start := time.Now()
		for range 3 {
			if f, err := s.look(t.Context()); err != nil || f.Done != f.Of {
				t.Errorf("%+v, %v", f, err)
			}
		}
		if waited := time.Since(start); waited != 3*searchWait || begun.Load() != 1 {
			t.Errorf("waited %s for %d searches", waited, begun.Load())
		}
		time.Sleep(time.Duration(takes.Load()))
		synctest.Wait()
		takes.Store(int64(time.Second))
		if _, err := s.look(t.Context()); !errors.Is(err, failure) || begun.Load() != 2 {
			t.Errorf("%v after %d", err, begun.Load())
		}
		if _, err := s.look(t.Context()); !errors.Is(err, failure) || begun.Load() != 2 {
			t.Errorf("at once again: %v after %d", err, begun.Load())
		}
		time.Sleep(searchAgain)
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := s.look(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		time.Sleep(time.Duration(takes.Load()))
		synctest.Wait()
	})
}
