package envelope

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// cadence is the least time between two flushes of cells, and with ShapeCBR the time between two cells.
const cadence = 100 * time.Millisecond

// maxUnsent is how much a shaped response holds back before whoever writes it has to wait.
const maxUnsent = 64 << 10

// outlet is where a response goes once it is encoded: sealed at once, or in a shape.
type outlet interface {
	// Write takes part of the message. It fails once the client is gone.
	Write(p []byte) (int, error)
	// Flush sees that what was written is sent, in a shape when its time has come.
	Flush() error
	// Finish writes the rest of the message and ends it. It returns when all was sent.
	Finish(p []byte) error
	// Break sends what was written, and no end.
	Break()
	// Waited is how long the client has kept writes waiting.
	Waited() time.Duration
	// Close drops what was not sent. Nothing is written after it returned.
	Close()
}

// direct seals what it is given and writes it at once.
type direct struct {
	*ResponseSealer
	outer  *http.ResponseController
	waited time.Duration
}

func (d *direct) Write(p []byte) (int, error) {
	defer d.wait(time.Now())
	return d.ResponseSealer.Write(p)
}

func (d *direct) Flush() error {
	defer d.wait(time.Now())
	return d.outer.Flush()
}

func (d *direct) Break()                { _ = d.outer.Flush() }
func (d *direct) wait(since time.Time)  { d.waited += time.Since(since) }
func (d *direct) Waited() time.Duration { return d.waited }
func (d *direct) Close()                {}

// shaper sends a response in cells, from a goroutine of its own that ends with Finish, Break, a failed write, or ctx. No
// other writes to the connection: what its observer sees follows the clock of this goroutine and not its writers'.
type shaper struct {
	sealer *ResponseSealer
	outer  *http.ResponseController
	frame  int
	ctx    context.Context
	cancel context.CancelCauseFunc // of ctx
	begun  bool                    // the first cell was sealed
	plain  []byte                  // the cell at hand; the goroutine's

	mu      sync.Mutex // guards what follows
	unsent  []byte
	due     bool // what is unsent is to go
	ended   bool // what is unsent is the rest
	broken  bool // and has no end
	err     error
	sending time.Duration // spent in writes to the connection
	sends   time.Time     // when the write began that goes on; zero if none does
	waited  time.Duration

	wake chan struct{} // due was set
	room chan struct{} // unsent became less
	done chan struct{} // the goroutine has ended
}

// newShaper begins a response in a shape other than ShapeOff. Frames have the given size, 0 for the default. A failed
// write cancels ctx.
func newShaper(ctx context.Context, cancel context.CancelCauseFunc, shape Shape, frame int, sealer *ResponseSealer, outer *http.ResponseController) *shaper {
	if frame == 0 {
		frame = DefaultCellBytes
	}
	if frame < MinCellBytes || frame > MaxCellBytes {
		panic(fmt.Sprintf("envelope: Handler.CellBytes: want 0 or %d to %d, got %d", MinCellBytes, MaxCellBytes, frame))
	}
	s := &shaper{
		sealer: sealer, outer: outer, frame: frame, ctx: ctx, cancel: cancel,
		plain: make([]byte, 0, frame), unsent: make([]byte, 0, maxUnsent),
		wake: make(chan struct{}, 1), room: make(chan struct{}, 1), done: make(chan struct{}),
	}
	run := s.bursts
	if shape == ShapeCBR {
		run = s.ticks
	}
	go func() {
		defer close(s.done)
		if err := run(); err != nil {
			s.mu.Lock()
			s.err = err
			s.mu.Unlock()
			cancel(err)
		}
	}()
	return s
}

// Write takes p, waiting for room.
func (s *shaper) Write(p []byte) (int, error) {
	n := 0
	for {
		taken, err := s.take(p[n:])
		n += taken
		if err != nil || n == len(p) {
			return n, err
		}
		s.waitForRoom()
	}
}

// take keeps as much of p as there is room for.
func (s *shaper) take(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.err != nil:
		return 0, s.err
	case s.ended:
		return 0, errFinished
	case s.ctx.Err() != nil:
		return 0, context.Cause(s.ctx)
	}
	p = p[:min(len(p), maxUnsent-len(s.unsent))]
	s.unsent = append(s.unsent, p...)
	if len(s.unsent) >= s.frame { // like net/http, which holds a buffer back until it is full or flushed
		s.call()
	}
	return len(p), nil
}

// call has what is unsent sent. s.mu is held.
func (s *shaper) call() {
	s.due = true
	signal(s.wake)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// waitForRoom returns when unsent became less, or will never. Of the time that takes, the client is charged with what went
// by in writes to its connection: with ShapeCBR the rest is the shape's.
func (s *shaper) waitForRoom() {
	start, before := time.Now(), s.sent()
	select {
	case <-s.room:
	case <-s.done:
	case <-s.ctx.Done():
	}
	after := s.sent()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waited += min(time.Since(start), after-before)
}

// sent is how long writes to the connection have taken until now.
func (s *shaper) sent() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sends.IsZero() {
		return s.sending
	}
	return s.sending + time.Since(s.sends)
}

func (s *shaper) Waited() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.waited
}

func (s *shaper) Flush() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && len(s.unsent) > 0 {
		s.call()
	}
	return s.err
}

func (s *shaper) Finish(p []byte) error {
	if _, err := s.Write(p); err != nil {
		return err
	}
	return s.end(false)
}

func (s *shaper) Break() { _ = s.end(true) }

// end has the rest sent, and waits for that.
func (s *shaper) end(broken bool) error {
	s.mu.Lock()
	s.ended, s.broken = true, broken
	s.call()
	s.mu.Unlock()
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *shaper) Close() {
	s.cancel(nil)
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.unsent)
	s.unsent = s.unsent[:0]
}

// bursts sends what is due as soon as the last cells are a cadence ago, until the end.
func (s *shaper) bursts() error {
	timer := time.NewTimer(0) // the first may go at once
	defer timer.Stop()
	for {
		select {
		case <-s.wake:
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		}
		if !s.isDue() {
			continue // it went with the cells before
		}
		select {
		case <-timer.C:
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		}
		timer.Reset(cadence)
		if last, err := s.burst(); last || err != nil {
			return err
		}
	}
}

func (s *shaper) isDue() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.due && (s.ended || len(s.unsent) > 0)
}

// burst sends all that is unsent as it begins, in as many cells as that takes, and tells whether no more will come.
func (s *shaper) burst() (last bool, err error) {
	s.mu.Lock()
	s.due = false
	left, ended, broken := len(s.unsent), s.ended, s.broken
	s.mu.Unlock()
	for final := false; !final && (left > 0 || ended && !broken); {
		var n int
		if n, final, err = s.cell(ended); err != nil {
			return false, err
		}
		left -= n
	}
	return ended, s.flush()
}

// ticks sends one cell at once and one at each tick from now on, until the end.
func (s *shaper) ticks() error {
	ticker := time.NewTicker(cadence) // keeps to its schedule, and drops what cannot be kept
	defer ticker.Stop()
	for count := 1; ; count++ {
		_, final, err := s.cell(count > 1 && count&(count-1) == 0)
		if err == nil {
			err = s.flush()
		}
		if final || err != nil || s.hasBroken() {
			return err
		}
		select {
		case <-ticker.C:
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		}
	}
}

// hasBroken tells whether all was sent of what has no end.
func (s *shaper) hasBroken() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken && len(s.unsent) == 0
}

// cell seals and writes the next cell. It is the final one if it may be and holds all the rest.
func (s *shaper) cell(mayEnd bool) (n int, final bool, err error) {
	s.mu.Lock()
	final = mayEnd && s.ended && !s.broken && len(s.unsent) <= cellSize(s.frame, !s.begun, true)-cellHeadBytes
	size := cellSize(s.frame, !s.begun, final)
	n = min(len(s.unsent), size-cellHeadBytes)
	s.plain = appendCell(s.plain[:0], s.unsent[:n], size)
	left := copy(s.unsent, s.unsent[n:])
	clear(s.unsent[left:])
	s.unsent = s.unsent[:left]
	s.sends = time.Now()
	s.mu.Unlock()
	signal(s.room)

	s.begun = true
	if final {
		err = s.sealer.Finish(s.plain)
	} else {
		_, err = s.sealer.Write(s.plain)
	}
	clear(s.plain)
	s.written()
	return n, final, err
}

func (s *shaper) flush() error {
	s.mu.Lock()
	s.sends = time.Now()
	s.mu.Unlock()
	defer s.written()
	if err := s.outer.Flush(); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}

func (s *shaper) written() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sending += time.Since(s.sends)
	s.sends = time.Time{}
}
