package evm

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// A paperChain is what a sealer sees of a chain: its pool takes transactions,
// its blocks take all of them and the time the beacon would give.
type paperChain struct {
	wake chan struct{}

	mu     sync.Mutex  // add comes at any time; all else is still after synctest.Wait
	pool   []time.Time // arrivals
	stuck  int         // transactions that look ready and never fit
	head   uint64
	blocks int
	empty  int
	waits  []time.Duration
	rushed bool // a block was ahead of the wall's clock
}

func (p *paperChain) add() {
	p.mu.Lock()
	p.pool = append(p.pool, time.Now())
	p.mu.Unlock()
	p.signal()
}

func (p *paperChain) signal() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *paperChain) seal() (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	at := max(uint64(now.Unix()), p.head+1)
	if int64(at) > now.Unix() {
		p.rushed = true
	}
	for _, arrival := range p.pool {
		p.waits = append(p.waits, now.Sub(arrival))
	}
	n := len(p.pool)
	p.pool, p.head = nil, at
	p.blocks++
	if n == 0 {
		p.empty++
	}
	return n, nil
}

func (p *paperChain) ready() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pool)+p.stuck > 0
}

func (p *paperChain) sealer(maxHeadAge time.Duration) *sealer {
	p.wake = make(chan struct{}, 1)
	return &sealer{
		wake:       p.wake,
		maxHeadAge: maxHeadAge,
		head:       func() uint64 { return p.head },
		ready:      p.ready,
		seal:       p.seal,
	}
}

// run runs the sealer in a bubble while f acts.
func (p *paperChain) run(t *testing.T, maxHeadAge time.Duration, f func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := p.sealer(maxHeadAge)
	ended := make(chan error, 1)
	go func() { ended <- s.run(ctx) }()
	synctest.Wait()
	f()
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSealer has transactions arrive at any times: each is in a block within a
// second, no block is empty, and the clock never runs ahead.
func TestSealer(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		gaps := rapid.SliceOfN(rapid.Int64Range(0, int64(3*time.Second)), 1, 300).Draw(r, "gaps")
		burst := rapid.Bool().Draw(r, "burst")
		synctest.Test(t, func(t *testing.T) {
			p := &paperChain{head: uint64(time.Now().Unix())}
			p.run(t, 0, func() {
				for _, gap := range gaps {
					if burst {
						gap /= 100
					}
					time.Sleep(time.Duration(gap))
					synctest.Wait()
					p.add()
					synctest.Wait()
				}
				time.Sleep(time.Second)
				synctest.Wait()
			})
			if len(p.waits) != len(gaps) {
				t.Errorf("%d of %d transactions are in blocks", len(p.waits), len(gaps))
			}
			for _, wait := range p.waits {
				if wait > time.Second {
					t.Errorf("a transaction waited %v", wait)
				}
			}
			if p.rushed {
				t.Error("the chain's clock ran ahead")
			}
			if p.empty > 0 {
				t.Errorf("%d empty blocks", p.empty)
			}
		})
	})
}

// TestSealerDoesNotSpin gives it a transaction that looks ready forever.
func TestSealerDoesNotSpin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &paperChain{head: uint64(time.Now().Unix())}
		p.run(t, 0, func() {
			p.stuck = 1
			p.signal()
			time.Sleep(time.Hour)
			synctest.Wait()
			if p.blocks != 1 {
				t.Errorf("%d blocks in an hour, want one attempt", p.blocks)
			}
			p.add() // others still get through
			time.Sleep(time.Hour)
			synctest.Wait()
			if len(p.waits) != 1 || p.waits[0] > time.Second || p.blocks > 3 {
				t.Errorf("beside it: waits %v, %d blocks", p.waits, p.blocks)
			}
		})
	})
}

func TestSealerMaxHeadAge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := &paperChain{head: uint64(time.Now().Unix())}
		p.run(t, 12*time.Second, func() {
			time.Sleep(2 * time.Minute)
			synctest.Wait()
			if p.blocks != 10 || p.rushed {
				t.Errorf("%d blocks in two idle minutes, rushed %t; want 10 at 12 s each", p.blocks, p.rushed)
			}
		})
	})
}

// TestSealerClockSetBack: blocks go on, one a second, and do not stand still
// until the wall's clock catches up.
func TestSealerClockSetBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := uint64(time.Now().Add(time.Hour).Unix())
		p := &paperChain{head: begin}
		p.run(t, 0, func() {
			for range 100 {
				p.add()
				time.Sleep(10 * time.Millisecond)
				synctest.Wait()
			}
			time.Sleep(time.Second)
			synctest.Wait()
		})
		if len(p.waits) != 100 || p.blocks > 3 || p.head != begin+uint64(p.blocks) {
			t.Errorf("%d transactions in %d blocks up to %d s ahead", len(p.waits), p.blocks, p.head-begin)
		}
	})
}
