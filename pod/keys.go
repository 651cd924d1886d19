package pod

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

const (
	// maxHeldKeys bounds what requests that nobody pays for can make the pod remember, where no agent asks for the keys that
	// they use up. It is far below 256, so that no two held keys have the same key id.
	maxHeldKeys = 16

	maxListedKeys = 2 // under protocol.PathKeyConfigs

	clockSkew = 10 * time.Minute // a client's clock may be so far behind ours

	rotateRetry = time.Second // after a key could not be made
)

// keys are what requests are sealed to: the newest, and those before it that clients may still have. They come and go by
// clock and count alone, whatever the host asks for or leaves. It is safe for concurrent use.
type keys struct {
	life, every, overlap time.Duration
	requests             int
	now                  func() time.Time
	sign                 func(protocol.KeyConfig) protocol.Signature
	enclave              protocol.Address
	log                  *slog.Logger

	recipient *envelope.Recipient

	mu     sync.Mutex
	held   []heldKey // the newest first
	newest protocol.SignedKeyConfig
	raw    json.RawMessage // the newest, as refusals carry it
	made   time.Time       // the newest
	handed uint64          // the epoch that an agent was handed last
	timer  *time.Timer
}

type heldKey struct {
	epoch          uint64
	made, notAfter time.Time
	nextHanded     time.Time // when an agent was first handed a later one; zero: not yet
}

func (h heldKey) id() uint8 { return uint8(h.epoch) } // epoch mod 256

// over says whether a key is to be forgotten: the overlap after its time, or after an agent was handed a
// later one. A clock that was set back behind its making tells nothing of its age.
func (h heldKey) over(now time.Time, overlap time.Duration) bool {
	return now.Before(h.made) || !now.Before(h.until(overlap))
}

func (h heldKey) until(overlap time.Duration) time.Time {
	until := h.notAfter
	if !h.nextHanded.IsZero() {
		until = minTime(until, h.nextHanded)
	}
	return until.Add(overlap)
}

func newKeys(c Config, identity protocol.Key, domain protocol.Domain) (*keys, error) {
	k := &keys{
		life: c.KeyLife, every: c.KeyEvery, overlap: c.KeyOverlap, requests: c.KeyRequests, now: c.Now, log: c.Log,
		enclave: identity.Address(),
		sign:    func(word protocol.KeyConfig) protocol.Signature { return identity.Sign(domain.Digest(word)) },
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if err := k.rotate(k.clock()); err != nil {
		return nil, err
	}
	k.arm(k.made)
	return k, nil
}

// clock is the wall's, by which clients judge the configs too: the monotonic one stands still while a machine sleeps.
func (k *keys) clock() time.Time { return k.now().Round(0) }

// tend makes the next key if it is time, and forgets those whose time is over. A timer calls it; so does whatever uses the
// keys, in case the clock was set or the machine slept.
func (k *keys) tend() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tendLocked()
}

func (k *keys) tendLocked() {
	now := k.clock()
	age := now.Sub(k.made)
	if age < 0 || age >= k.every || k.recipient.Opened() >= k.requests/2 {
		if err := k.rotate(now); err != nil {
			k.log.Error("no next key could be made; trying again", "err", err)
		}
	}
	k.held = slices.DeleteFunc(k.held, func(h heldKey) bool {
		if !h.over(now, k.overlap) {
			return false
		}
		k.recipient.Remove(h.id())
		return true
	})
	k.arm(now)
}

// rotate makes the next key.
func (k *keys) rotate(now time.Time) error {
	epoch := k.newest.Epoch + 1
	key, err := envelope.GenerateKey(uint8(epoch), envelope.XWing)
	if err != nil {
		return err
	}
	for len(k.held) >= maxHeldKeys {
		oldest := len(k.held) - 1
		k.recipient.Remove(k.held[oldest].id())
		k.held = k.held[:oldest]
	}
	if k.recipient == nil {
		k.recipient, err = envelope.NewRecipient(envelope.Config{MaxRequestsPerKey: k.requests}, key)
	} else {
		err = k.recipient.Add(key)
	}
	if err != nil {
		return err
	}
	notAfter, config := now.Add(k.life), key.Config().Bytes()
	signed := protocol.SignedKeyConfig{
		KeyConfig: protocol.KeyConfig{
			Enclave: k.enclave, ConfigHash: protocol.Keccak256(config), Epoch: epoch,
			NotBefore: uint64(now.Add(-clockSkew).Unix()), NotAfter: uint64(notAfter.Unix()),
		},
		Config: config,
	}
	signed.Signature = k.sign(signed.KeyConfig)
	raw, err := json.Marshal(signed)
	if err != nil {
		return err
	}
	k.held = slices.Insert(k.held, 0, heldKey{epoch: epoch, made: now, notAfter: notAfter})
	k.newest, k.raw, k.made = signed, raw, now
	return nil
}

// arm has tend called when the next key is to be made or one is to be forgotten. Counts are looked at with each request.
func (k *keys) arm(now time.Time) {
	next := k.made.Add(k.every)
	for _, h := range k.held {
		next = minTime(next, h.until(k.overlap))
	}
	wait := next.Sub(now)
	if wait <= 0 {
		wait = rotateRetry
	}
	if k.timer == nil {
		k.timer = time.AfterFunc(wait, k.tend)
	} else {
		k.timer.Reset(wait)
	}
}

// current is the newest key config.
func (k *keys) current() protocol.SignedKeyConfig {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tendLocked()
	return k.newest
}

// hand is current, for an agent that is about to publish it: those before it open for the overlap, and no longer.
func (k *keys) hand() protocol.SignedKeyConfig {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tendLocked()
	now := k.clock()
	for i := range k.held {
		if h := &k.held[i]; h.epoch < k.newest.Epoch && h.nextHanded.IsZero() {
			h.nextHanded = now
		}
	}
	k.handed = k.newest.Epoch
	k.tendLocked()
	return k.newest
}

// unhanded says whether there is a key config that no agent was handed.
func (k *keys) unhanded() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tendLocked()
	return k.newest.Epoch > k.handed
}

// problem is what goes along with the refusal of a stale key.
func (k *keys) problem() json.RawMessage {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.tendLocked()
	return k.raw
}

// serveList answers with the configs whose time is not over. What a cache holds for the overlap still opens.
func (k *keys) serveList(w http.ResponseWriter, _ *http.Request) {
	k.mu.Lock()
	k.tendLocked()
	now, configs := k.clock(), k.recipient.KeyConfigs()
	n := 0
	for n < min(len(k.held), maxListedKeys) && now.Before(k.held[n].notAfter) {
		n++
	}
	k.mu.Unlock()
	w.Header().Set("Cache-Control", fmt.Sprintf("max-age=%d", int(k.overlap.Seconds())))
	w.Header().Set("Content-Type", envelope.MediaTypeKeys)
	_, _ = w.Write(envelope.MarshalKeyConfigs(configs[:n]))
}

// tended has the keys looked after before each request.
func (k *keys) tended(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.tend()
		next.ServeHTTP(w, r)
	})
}
