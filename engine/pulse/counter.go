package pulse

import (
	"runtime"
	"sync/atomic"
)

// pinned holds counters whose addresses C code keeps, for good: there is one
// for each model file.
var pinned runtime.Pinner

func newCounter() *atomic.Uint64 {
	c := new(atomic.Uint64)
	pinned.Pin(c)
	return c
}
