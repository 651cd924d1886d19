package pod

import (
	"fmt"
	"net/http"
	"time"

	"github.com/phallama/phallama/protocol"
)

// dateSkew is how far the date of a paid request may be from the pod's clock, either way.
const dateSkew = 2 * time.Minute

// checkDate refuses a paid request that was sealed long ago, or whose sender's clock or ours is wrong. An enclave has no
// clock of its own and the host can set the one that it sees: what keeps recordings from being replayed is the memory of
// the key, and this is a filter in front of it.
func (p *Pod) checkDate(r *http.Request) error {
	now := p.config.Now()
	sent, err := http.ParseTime(r.Header.Get("Date"))
	if err != nil {
		return problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed request",
			"want the time at which it was sealed in the field date, such as "+now.UTC().Format(http.TimeFormat))
	}
	off := now.Sub(sent)
	if off.Abs() <= dateSkew {
		return nil
	}
	refusal := problem(protocol.ProblemStaleDate, http.StatusConflict, "the request's date is too far from this pod's clock",
		fmt.Sprintf("it is %s off, at most %s will do; the pod's clock says %s: set the clock that is wrong, or ask another pod; nothing is billed",
			off.Abs().Round(time.Second), dateSkew, now.UTC().Format(time.RFC3339)))
	refusal.PodTime = uint64(max(0, now.Unix()))
	return refusal
}
