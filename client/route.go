package client

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// What Config.Relay says of OHTTP relays, unless it is the URL of one.
const (
	RelayOff     = "off"     // pods are asked directly, and their hosts see this machine's address
	RelayAuto    = "auto"    // by a relay wherever the registry lists one of another operator than the pod's, else directly
	RelayRequire = "require" // by such a relay, or not at all
)

// relayPod stands for the pod's id in the URL of a relay.
const relayPod = "{pod}"

const (
	relayRest   = time.Minute // a relay that failed is asked last for so long
	maxReroutes = 2           // other relays that a request is sent by, after one that failed
	relayDay    = 24 * 60 * 60
)

// hop is how what is said to a pod gets there: by a relay, or directly.
type hop struct {
	relay   string        // who runs it: an operator's address, or a host; "none"
	sealed  string        // URL for sealed requests
	public  string        // what the pod's public paths are appended to; empty: they are not to be had this way
	resting bool          // it failed lately, or is crowded
	crowded time.Duration // it said to ask again after this, and has been asked by nobody here since
}

const noRelay = "none"

// routes picks hops. The zero secret is nobody's.
type routes struct {
	cfg    *Config
	secret [sha256.Size]byte

	mu      sync.Mutex
	resting map[string]time.Time // relays, until when
	crowded map[string]time.Time // those of them that said so
	said    sync.Once            // that there is none
}

// newRoutes derives what a client's choice of relays hangs on from its key, so that it is the same after a restart, and
// nobody can tell it who does not hold the key.
func newRoutes(cfg *Config) *routes {
	r := &routes{cfg: cfg, resting: map[string]time.Time{}, crowded: map[string]time.Time{}}
	key := cfg.Owner
	if cfg.Delegate != nil {
		key = cfg.Delegate.Key
	}
	secret, err := hkdf.Key(sha256.New, key.Bytes(), []byte("phallama/relay-choice/v1"), "", len(r.secret))
	if err != nil {
		panic(err) // 32 bytes are not too many
	}
	r.secret = [sha256.Size]byte(secret)
	return r
}

// CheckRelay says whether Config.Relay is something that can be done, on a development network or any other.
func CheckRelay(relay string, development bool) error {
	switch relay {
	case RelayOff, RelayAuto, RelayRequire:
		return nil
	}
	if !strings.Contains(relay, "://") {
		return fmt.Errorf("relay: want %s, %s, %s or a URL such as https://relay.example/%s, got %q", RelayOff, RelayAuto, RelayRequire, relayPod, printable(relay, 100))
	}
	if err := checkURL(strings.ReplaceAll(relay, relayPod, protocol.Address{}.String()), relayTier(development)); err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	return nil
}

// relayTier is the tier of pods whose URLs are bound by the same rules as a relay's.
func relayTier(development bool) attest.Tier {
	if development {
		return attest.TierSimulated
	}
	return attest.TierGenuine
}

// hops are the ways to a pod, the one to take first, of which there is one at least. operators are those of the
// registry with their relays.
func (r *routes) hops(pod protocol.PodRecord, operators map[protocol.Address]string) ([]hop, error) {
	direct := hop{relay: noRelay, sealed: pod.URL + protocol.PathEnclave, public: pod.URL}
	switch r.cfg.Relay {
	case RelayOff:
		return []hop{direct}, nil
	case RelayAuto, RelayRequire:
	default:
		h := external(r.cfg.Relay, pod.ID)
		h.crowded = r.rested(h).crowded
		return []hop{h}, nil
	}
	now := r.cfg.Now()
	type scored struct {
		hop
		score []byte
	}
	var found []scored
	for operator, base := range operators {
		// The pod's operator would see both ends.
		if base == "" || operator == pod.Operator || checkURL(base, relayTier(r.cfg.Development)) != nil {
			continue
		}
		at := strings.TrimRight(base, "/") + protocol.PathOHTTPRelay + pod.ID.String()
		found = append(found, scored{r.rested(hop{relay: operator.String(), sealed: at, public: at}), r.score(operator, now)})
	}
	if len(found) == 0 {
		if r.cfg.Relay == RelayRequire {
			return nil, errors.New("no relay of another operator than the pod's is on the registry, and one is required: name one's URL, or allow direct connections (auto), by which the pod's host sees this machine's address")
		}
		if !r.cfg.Development {
			r.said.Do(func() {
				r.cfg.Log.Info("no relay of another operator than the pod's is on the registry: the pod's host sees this machine's address", "pod", pod.ID)
			})
		}
		return []hop{direct}, nil
	}
	slices.SortFunc(found, func(a, b scored) int {
		if a.resting != b.resting {
			return cmp.Compare(rank(a.resting), rank(b.resting))
		}
		return bytes.Compare(b.score, a.score)
	})
	hops := make([]hop, len(found))
	for i, f := range found {
		hops[i] = f.hop
	}
	return hops, nil
}

func rank(resting bool) int {
	if resting {
		return 1
	}
	return 0
}

// score ranks an operator's relay for the client's day, which begins at an hour of its own: rendezvous hashing. A relay
// that comes or goes changes nothing for those that rank it lower.
func (r *routes) score(operator protocol.Address, now time.Time) []byte {
	offset := int64(binary.BigEndian.Uint32(r.secret[:]) % relayDay)
	mac := hmac.New(sha256.New, r.secret[:])
	_ = binary.Write(mac, binary.BigEndian, (now.Unix()+offset)/relayDay)
	mac.Write(operator[:])
	return mac.Sum(nil)
}

// external is a relay that is not on the registry. One that is told no pod's id serves one gateway, and nothing else.
func external(template string, pod protocol.Address) hop {
	at := strings.ReplaceAll(template, relayPod, pod.String())
	h := hop{relay: template, sealed: at}
	if u, err := url.Parse(at); err == nil {
		h.relay = u.Host
	}
	if at != template {
		h.public = at
	}
	return h
}

// rested is a hop with what its relay said and did lately.
func (r *routes) rested(h hop) hop {
	r.mu.Lock()
	defer r.mu.Unlock()
	now := r.cfg.Now()
	h.crowded = max(0, r.crowded[h.relay].Sub(now))
	h.resting = h.crowded > 0 || now.Before(r.resting[h.relay])
	return h
}

// failed has a relay asked last for a while. It is not passed by for a direct connection: whoever can make relays fail
// would learn who asks.
func (r *routes) failed(h hop) {
	if h.relay == noRelay {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.resting[h.relay] = r.cfg.Now().Add(relayRest)
}

// full has a relay asked nothing until it said to be asked again.
func (r *routes) full(h hop, wait time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.crowded[h.relay] = r.cfg.Now().Add(min(wait, relayRest))
}

// hops are the ways to a pod of the list.
func (d *directory) hops(pod protocol.PodRecord) ([]hop, error) {
	operators := map[protocol.Address]string{}
	d.mu.Lock()
	for _, e := range d.entries {
		if !e.record.Retired {
			operators[e.record.Operator] = e.record.Relay
		}
	}
	d.mu.Unlock()
	return d.routes.hops(pod, operators)
}

// publicURL is what a pod's public paths are to be had under, empty if they are not: nobody is asked then but services.
func (d *directory) publicURL(pod protocol.PodRecord) string {
	hops, err := d.hops(pod)
	if err != nil {
		return ""
	}
	return hops[0].public
}

// elsewhere tells whether there is a relay for the pod that did not fail lately.
func (d *directory) elsewhere(pod protocol.PodRecord) bool {
	hops, err := d.hops(pod)
	return err == nil && hops[0].relay != noRelay && !hops[0].resting
}

// relayError is an answer of a relay's, or of whoever pretends to be one. Nobody signed it: what the relay did with the
// request is its own word.
type relayError struct {
	relay string
	wait  time.Duration // it says to ask again after this: it carries as many requests of this machine's as it will
	held  bool          // here, as the relay said so before: it has not been asked
	error
}

func (e *relayError) Error() string { return fmt.Sprintf("relay %s: %v", e.relay, e.error) }
func (e *relayError) Unwrap() error { return e.error }

var errCrowded = errors.New("it carries as many requests from this machine's address as it will: ask again in a while, or by another relay")

// soonest is the hop that can be asked first.
func soonest(hops []hop) hop {
	return slices.MinFunc(hops, func(a, b hop) int { return cmp.Compare(a.crowded, b.crowded) })
}

// via sends by the first of the hops that can be dialled. What reached one is sent by no other here.
func (c *Client) via(ctx context.Context, pod *verifiedPod, send func(hop) error) (hop, error) {
	hops, err := c.pods.hops(pod.record)
	if err != nil {
		return hop{}, unserved{err}
	}
	hops = hops[:min(len(hops), 1+maxReroutes)]
	if first := soonest(hops); first.crowded > 0 {
		return first, &relayError{first.relay, first.crowded, true, errCrowded}
	}
	var all []error
	for _, h := range hops {
		if h.crowded > 0 {
			continue
		}
		err := send(h)
		if errors.Is(context.Cause(ctx), errSlowConnection) {
			c.pods.routes.failed(h)
		}
		if err == nil || ctx.Err() != nil {
			return h, err
		}
		var (
			transport *transportError
			outside   *envelope.RefusedError
		)
		switch {
		case errors.As(err, &transport):
			c.pods.routes.failed(h)
			if !transport.unsent() {
				return h, err
			}
			all = append(all, transport.error)
		case errors.As(err, &outside) && h.relay != noRelay && outside.Status != 400: // which is the pods'
			if outside.Status == http.StatusTooManyRequests && outside.RetryAfter > 0 {
				c.pods.routes.full(h, outside.RetryAfter)
				return h, &relayError{h.relay, outside.RetryAfter, false, errCrowded}
			}
			c.pods.routes.failed(h)
			return h, &relayError{relay: h.relay, error: err}
		default:
			return h, err
		}
	}
	return hop{}, &transportError{error: errors.Join(all...)}
}

// relayedBody is an answer that came by a relay. If it breaks off, the relay may be to blame.
type relayedBody struct {
	io.ReadCloser
	ctx    context.Context
	broken func()
}

func (b *relayedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF && b.ctx.Err() == nil {
		b.broken()
	}
	return n, err
}
