package pod_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

func (r *rig) status() (status protocol.Status, body string) {
	r.Helper()
	code, body := r.controlCall(http.MethodGet, protocol.PathStatus, "")
	if err := json.Unmarshal([]byte(body), &status); code != 200 || err != nil {
		r.Fatal(code, body)
	}
	return status, body
}

// Within a minute the host sees the same status, whatever was asked and billed; after it, a sum in steps of the dearest
// request.
func TestStatusIsPublishedByTheMinute(t *testing.T) {
	r := newRig(t, func(c *pod.Config) { c.PublishEvery = time.Minute })
	r.fund(1_000_000)
	_, empty := r.status()
	for range 3 {
		r.paid(r.newCall("/api/chat", chatOne))
		r.clock.advance(19 * time.Second)
		if _, body := r.status(); body != empty {
			t.Errorf("within the minute the status went from %s to %s", empty, body)
		}
	}
	r.clock.advance(3 * time.Second)
	status, body := r.status()
	if status.Owing != 1 || status.OwingUntil == 0 || !status.Unsettled.IsZero() {
		t.Errorf("a minute later %s", body)
	}
	// Until the sum is that of the dearest request there may be, and beyond.
	step, err := wisp.MaxCostUp(protocol.MaxRequestBody, wisp.MaxOut)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[protocol.Amount]bool{}
	for want := 0; want < 3; {
		r.paid(r.newCall("/api/chat", chatOne))
		r.clock.advance(time.Minute)
		status, _ = r.status()
		units := status.Unsettled.Big()
		if over := status.Unsettled; over.Cmp(r.charged) > 0 || units.Mod(units, step.Big()).Sign() != 0 {
			t.Fatalf("published %s of %s, in steps of %s", status.Unsettled, r.charged, step)
		}
		left, err := r.charged.Sub(status.Unsettled)
		if err != nil || left.Cmp(step) >= 0 {
			t.Fatalf("published %s of %s, in steps of %s", status.Unsettled, r.charged, step)
		}
		if seen[status.Unsettled] = true; len(seen) > want {
			want = len(seen)
		}
	}
}
