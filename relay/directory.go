package relay

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	listFresh     = 15 * time.Second // the registry is read anew after this
	listMissed    = 5 * time.Second  // for a pod that the list lacks, after this
	listStale     = 10 * time.Minute // and the old list serves for so long where the chain does not answer
	readTimeout   = 30 * time.Second
	retryRegistry = 15 * time.Second
)

// listed is what the relay needs to know of a pod.
type listed struct {
	operator protocol.Address
	url      string
	until    uint64 // Unix seconds
}

// directory is the list of pods, as the registry had it not long ago.
type directory struct {
	registry Pods
	now      func() time.Time
	log      *slog.Logger

	reading chan struct{} // held while the registry is read

	mu     sync.Mutex
	pods   map[protocol.Address]listed
	read   time.Time // when it was; zero: never
	failed bool      // the last time
}

func newDirectory(registry Pods, now func() time.Time, log *slog.Logger) *directory {
	return &directory{registry: registry, now: now, log: log, reading: make(chan struct{}, 1)}
}

// find is the pod of this id, nil if there is none. It fails where the registry cannot be read.
func (d *directory) find(ctx context.Context, id protocol.Address) (*listed, error) {
	for _, age := range []time.Duration{listFresh, listMissed} {
		pods, err := d.list(ctx, age)
		if err != nil {
			return nil, err
		}
		if pod, ok := pods[id]; ok {
			return &pod, nil
		}
	}
	return nil, nil
}

// list is read from the registry no longer ago than age, or than listStale where that fails.
func (d *directory) list(ctx context.Context, age time.Duration) (map[protocol.Address]listed, error) {
	if pods, ok := d.cached(age); ok {
		return pods, nil
	}
	select {
	case d.reading <- struct{}{}:
		defer func() { <-d.reading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if pods, ok := d.cached(age); ok { // read by whom we waited for
		return pods, nil
	}
	// Others wait for it too: it is not given up with the request that it began with.
	reading, cancel := context.WithTimeout(context.WithoutCancel(ctx), readTimeout)
	defer cancel()
	started := d.now()
	records, err := d.registry.Pods(reading)
	d.mu.Lock()
	defer d.mu.Unlock()
	if err != nil {
		if !d.failed {
			d.log.Warn("the registry cannot be read: the old list of pods serves for a while", "error", err, "for", listStale)
		}
		d.failed = true
		if !d.read.IsZero() && started.Sub(d.read) < listStale {
			return d.pods, nil
		}
		return nil, err
	}
	pods := make(map[protocol.Address]listed, len(records))
	for _, r := range records {
		if !r.Retired && r.Standing == protocol.StandingGood {
			pods[r.ID] = listed{operator: r.Operator, url: r.URL, until: r.ValidUntil}
		}
	}
	d.pods, d.read, d.failed = pods, started, false
	return pods, nil
}

func (d *directory) cached(age time.Duration) (map[protocol.Address]listed, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	since := d.now().Sub(d.read)
	return d.pods, !d.read.IsZero() && since >= 0 && since < age
}
