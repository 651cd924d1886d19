package pod

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// A fresh quote costs the quoting enclave tens of milliseconds and the caller nothing, so that they are few, for the pod
// as a whole: freshBurst at once, one more every freshEvery, one at a time.
const (
	freshBurst = 4
	freshEvery = 5 * time.Second
)

// freshLimit is the bucket of fresh quotes. Its zero value is full.
type freshLimit struct {
	mu    sync.Mutex
	busy  bool      // one is being made
	empty time.Time // when the bucket would have been empty: each quote takes freshEvery, and it holds freshBurst of them
}

// begin lets one quote be made, which end ends, or tells when to ask again.
func (l *freshLimit) begin(now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.busy {
		return time.Second, false
	}
	if full := now.Add(-freshBurst * freshEvery); l.empty.Before(full) || l.empty.After(now) { // the host may set its clock back
		l.empty = full
	}
	if wait := l.empty.Add(freshEvery).Sub(now); wait > 0 {
		return wait, false
	}
	l.busy, l.empty = true, l.empty.Add(freshEvery)
	return 0, true
}

func (l *freshLimit) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.busy = false
}

// serveFresh quotes the enclave over a nonce of the caller's and the key that its request was sealed to: whoever opens
// the answer knows that the holder of that key runs in the enclave now. It says so whether the pod is ready or not.
func (p *Pod) serveFresh(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost || r.URL.RawQuery != "" {
		return problem(protocol.ProblemNoRoute, http.StatusMethodNotAllowed, "fresh quotes are asked for with POST", "")
	}
	raw, err := io.ReadAll(io.LimitReader(r.Body, protocol.MaxFreshRequest+1))
	if err != nil {
		return err
	}
	ask, err := protocol.ParseFreshRequest(raw)
	if err != nil {
		return problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed request for a fresh quote", err.Error())
	}
	key, ok := envelope.KeyOf(r.Context())
	if !ok {
		return errors.New("a request for a fresh quote came in no envelope")
	}
	wait, ok := p.fresh.begin(p.config.Now())
	if !ok {
		refusal := problem(protocol.ProblemRateLimit, http.StatusTooManyRequests, "too many fresh quotes are asked for",
			fmt.Sprintf("the pod makes one at a time, and one every %s after the first %d, for all who ask: wait", freshEvery, freshBurst))
		refusal.RetryAfter = int(math.Ceil(wait.Seconds()))
		return refusal
	}
	defer p.fresh.end()
	hash := protocol.Keccak256(key.Bytes())
	evidence, err := p.config.Source.Quote(r.Context(), p.config.Identity.FreshReportData(ask.Nonce, hash))
	if err != nil {
		return fmt.Errorf("fresh quote: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(protocol.FreshQuote{Kind: protocol.EvidenceKind(evidence.Kind), Evidence: evidence.Quote, KeyConfigHash: hash})
}
