package client

import (
	"fmt"
	"time"
)

// tellClocks says in words of ours that a pod's clock and this machine's are too far apart. Which of them is wrong nobody
// can tell from here: the pod's is set by its host.
func (e *PodError) tellClocks(now time.Time) {
	if e.Problem.PodTime == 0 || e.Problem.PodTime >= 1<<40 {
		return
	}
	now, there := now.Truncate(time.Second), time.Unix(int64(e.Problem.PodTime), 0)
	e.Problem.Title = fmt.Sprintf("its clock and this machine's differ by %s", now.Sub(there).Abs())
	e.Problem.Detail = fmt.Sprintf("it is %s here and %s there: set this machine's clock, if that is the one that is wrong, or ask another pod; nothing is billed",
		now.UTC().Format(time.RFC3339), there.UTC().Format(time.RFC3339))
}
