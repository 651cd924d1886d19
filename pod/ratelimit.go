package pod

import (
	"container/list"
	"fmt"
	"math"
	"net/http"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// RateLimit is what one account may ask for. An account is the owner of a session, or the delegate whose key opened it;
// requests that are free count apart from those that are paid.
type RateLimit struct {
	Requests int   // a minute, and at once after a minute without any
	Bytes    int64 // of bodies, likewise; at least protocol.MaxRequestBody
	Accounts int   // that are kept account of; beyond that, those that asked longest ago are forgotten
}

func (r RateLimit) check() error {
	if r.Requests < 1 || r.Bytes < protocol.MaxRequestBody || r.Accounts < 1 {
		return fmt.Errorf("rate limit: want at least 1 request, %d bytes and 1 account, got %d, %d and %d", protocol.MaxRequestBody, r.Requests, r.Bytes, r.Accounts)
	}
	return nil
}

// account is whose bucket is asked.
type account struct {
	free bool
	who  protocol.Hash
}

// strangers share a bucket: whoever has no session that the pod knows, and whoever has an order relayed, which takes none.
var strangers = account{free: true}

// payer is who answers for a session's requests.
func payer(key protocol.SessionKey) account {
	var a account
	if key.Delegated() {
		copy(a.who[1:], key.Signer[:])
		a.who[0] = 1
	} else {
		copy(a.who[1:], key.Owner[:])
	}
	return a
}

// limiter is a token bucket of requests and one of bytes for each account.
type limiter struct {
	limit RateLimit

	mu      sync.Mutex
	buckets map[account]*list.Element
	recent  *list.List // of *bucket, the one asked last in front
}

type bucket struct {
	of              account
	requests, bytes float64 // that are left
	at              time.Time
}

func newLimiter(limit RateLimit) *limiter {
	return &limiter{limit: limit, buckets: map[account]*list.Element{}, recent: list.New()}
}

// take takes one request with a body of so many bytes, or, if there is no room for it, nothing; then wait is how long
// until there is.
func (l *limiter) take(a account, bytes int, now time.Time) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.bucket(a, now)
	if passed := now.Sub(b.at).Minutes(); passed > 0 {
		b.requests = min(float64(l.limit.Requests), b.requests+passed*float64(l.limit.Requests))
		b.bytes = min(float64(l.limit.Bytes), b.bytes+passed*float64(l.limit.Bytes))
	}
	b.at = now // also where the host set its clock back
	short := max((1-b.requests)/float64(l.limit.Requests), (float64(bytes)-b.bytes)/float64(l.limit.Bytes))
	if short > 1e-9 { // of a minute; what floating-point numbers may be off by is not waited for
		return time.Duration(math.Ceil(short * float64(time.Minute))), false
	}
	b.requests--
	b.bytes -= float64(bytes)
	return 0, true
}

// bucket finds an account's, or makes a full one; l.mu is held.
func (l *limiter) bucket(a account, now time.Time) *bucket {
	if e := l.buckets[a]; e != nil {
		l.recent.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if len(l.buckets) >= l.limit.Accounts {
		last := l.recent.Back()
		delete(l.buckets, l.recent.Remove(last).(*bucket).of)
	}
	b := &bucket{of: a, requests: float64(l.limit.Requests), bytes: float64(l.limit.Bytes), at: now}
	l.buckets[a] = l.recent.PushFront(b)
	return b
}

// limit is nil if the account may ask now.
func (p *Pod) limit(a account, bytes int) error {
	wait, ok := p.limiter.take(a, bytes, p.config.Now())
	if ok {
		return nil
	}
	refusal := problem(protocol.ProblemRateLimit, http.StatusTooManyRequests, "too many requests of this account",
		fmt.Sprintf("it may send %d requests and %d bytes a minute: wait, or ask another pod; nothing is billed", p.config.RateLimit.Requests, p.config.RateLimit.Bytes))
	refusal.RetryAfter = int(math.Ceil(wait.Seconds()))
	return refusal
}

// knows tells whether the chain showed the session. Only then somebody locked money for it: sessions that are made up
// must not push others out of the limiter.
func (p *Pod) knows(key protocol.SessionKey) bool {
	session, ok := p.config.Ledger.Session(key.ID())
	return ok && !session.Cap.IsZero()
}
