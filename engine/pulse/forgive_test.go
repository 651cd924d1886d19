package pulse

import (
	"testing"
	"testing/synctest"
	"time"
)

// A machine that was stopped for a minute has runners that were silent for
// no longer than they ran.
func TestForgive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New(Limit)
		defer p.begin(1)()
		time.Sleep(time.Minute + 3*time.Second)
		p.forgive(time.Minute)
		p.forgive(Tick - 1) // a tick is never quite on time
		if s := p.State(); s.Wedged || s.Silent != 3 {
			t.Errorf("%+v, want 3 seconds of silence", s)
		}
	})
}
