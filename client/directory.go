package client

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

const (
	recordsFresh = 10 * time.Second // pods are listed anew after this
	recordsStale = time.Minute      // and the old list serves for so long where the chain does not answer
	refusalKept  = time.Minute      // a refused pod is looked at again after this, or when its record changes
	maxPods      = 4096             // more records than this are not looked at
)

// directory is what the client knows of pods: their records and what it found when it verified them.
type directory struct {
	cfg    *Config
	routes *routes
	health *health

	refreshing chan struct{} // held while the registry is read

	mu      sync.Mutex
	read    time.Time // when the registry was read
	head    protocol.Block
	entries []*entry
	quotes  map[protocol.Hash]*quoted                     // by quoteKey: verified once for each identity
	barred  map[protocol.Address]error                    // pods whose sessions are suspect
	newer   map[protocol.Address]protocol.SignedKeyConfig // than the registry's, verified
}

// entry is one record and what came of it.
type entry struct {
	record protocol.PodRecord
	print  protocol.Hash // of the whole record

	mu      sync.Mutex // held while the record is verified: once for all who wait
	pod     *verifiedPod
	refused error
	until   time.Time // when a refusal is looked at again

	preparing atomic.Bool // it is being verified ahead of a request
	kept      atomic.Bool // and is verified anew before its claims end
}

// refuse remembers why no prompt goes there; e.mu is held.
func (e *entry) refuse(reason error, until time.Time) {
	e.pod, e.refused, e.until = nil, reason, until
}

func newDirectory(cfg *Config) *directory {
	return &directory{
		cfg: cfg, routes: newRoutes(cfg), health: newHealth(cfg.Now), refreshing: make(chan struct{}, 1),
		quotes: map[protocol.Hash]*quoted{}, barred: map[protocol.Address]error{}, newer: map[protocol.Address]protocol.SignedKeyConfig{},
	}
}

// list returns the records, read from the registry no longer ago than maxAge.
func (d *directory) list(ctx context.Context, maxAge time.Duration) ([]*entry, error) {
	if entries, ok := d.cached(maxAge); ok {
		return entries, nil
	}
	select {
	case d.refreshing <- struct{}{}:
		defer func() { <-d.refreshing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if entries, ok := d.cached(maxAge); ok { // read by whom we waited for
		return entries, nil
	}
	started := d.cfg.Now()
	records, err := d.cfg.Registry.Pods(ctx)
	if err != nil {
		if entries, ok := d.cached(recordsStale); ok && maxAge >= recordsFresh && ctx.Err() == nil {
			d.cfg.Log.Warn("the list of pods is not fresh: the chain does not answer", "err", err)
			return entries, nil
		}
		return nil, chainError(ctx, "the list of pods", err)
	}
	// Revocations are read from the chain's head: an old one hides them.
	head, err := d.cfg.Registry.Head(ctx)
	if err != nil {
		return nil, chainError(ctx, "the chain's head", err)
	}
	if at := time.Unix(int64(head.Time), 0); d.cfg.Now().Sub(at) > attest.MaxHeadAge {
		return nil, chainError(ctx, "the chain's head", fmt.Errorf("the latest block that the node knows is of %s, more than %s ago: the node lags behind or the chain stands still, and what was revoked meanwhile is not seen",
			at.UTC().Format(time.DateTime), attest.MaxHeadAge))
	}
	if len(records) > maxPods {
		d.cfg.Log.Warn("the registry lists more pods than are looked at", "pods", len(records), "limit", maxPods)
		records = records[:maxPods]
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	known := make(map[protocol.Hash]*entry, len(d.entries))
	for _, e := range d.entries {
		known[e.print] = e
	}
	d.entries = make([]*entry, 0, len(records))
	used := make(map[protocol.Hash]*quoted, len(records))
	for _, r := range records {
		e := &entry{record: r, print: fingerprint(r)}
		if old := known[e.print]; old != nil {
			e = old
		}
		d.entries = append(d.entries, e)
		if key := quoteKey(r); d.quotes[key] != nil {
			used[key] = d.quotes[key]
		}
	}
	d.quotes, d.read, d.head = used, started, head
	d.overtaken(records)
	return d.entries, nil
}

func (d *directory) cached(maxAge time.Duration) ([]*entry, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	age := d.cfg.Now().Sub(d.read)
	return d.entries, !d.read.IsZero() && age >= 0 && age < maxAge
}

func fingerprint(r protocol.PodRecord) protocol.Hash {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // a struct of integers, strings and byte arrays marshals
	}
	return sha256.Sum256(raw)
}

func chainError(ctx context.Context, what string, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return &ChainError{What: what, Err: err}
}

// candidate is a pod that says it can answer, with what it would cost. Nothing of it is verified yet.
type candidate struct {
	entry  *entry
	price  protocol.Amount
	health Health
}

func (c candidate) resting() bool { return c.health.State.rests() }

// candidates are the pods that list the model and that the user's choice allows, in the order in which they are asked, and
// those that it excludes. One of the two lists is not empty.
func (d *directory) candidates(ctx context.Context, in *innerRequest) (found []candidate, excluded []Refusal, err error) {
	for _, maxAge := range []time.Duration{recordsFresh, time.Second} { // read again on a miss
		entries, err := d.list(ctx, maxAge)
		if err != nil {
			return nil, nil, err
		}
		if found, excluded = d.matching(entries, in); len(found) > 0 {
			return found, excluded, nil
		}
	}
	if len(excluded) > 0 {
		return nil, excluded, nil
	}
	entries, err := d.list(ctx, recordsFresh)
	if err != nil {
		return nil, nil, err
	}
	var names, others []string
	asked, err := protocol.ParseModelName(in.model)
	if err != nil {
		return nil, nil, &RequestError{http.StatusBadRequest, "model: " + err.Error()}
	}
	for _, e := range entries {
		if e.record.Retired {
			continue
		}
		for _, o := range e.record.Offers {
			names = append(names, printable(o.Model, 100))
			if asked.Digest != nil && asked.Same(o.Model) && o.ValidUntil > uint64(d.cfg.Now().Unix()) {
				others = append(others, protocol.DigestText(o.ModelDigest))
			}
		}
	}
	return nil, nil, NewUnknownModelError(in.model, names, others)
}

func (d *directory) matching(entries []*entry, in *innerRequest) (found []candidate, excluded []Refusal) {
	now, choice := d.cfg.Now(), &d.cfg.Choice
	for _, e := range entries {
		if e.record.Retired {
			continue
		}
		price, err := choice.cheapest(e.record.Offers, in, uint64(now.Unix()))
		if err == nil {
			err = choice.record(e.record)
		} else if why := choice.record(e.record); why != nil && errors.As(err, new(*ExcludedError)) {
			err = why
		}
		switch {
		case err == nil:
			found = append(found, candidate{entry: e, price: price, health: d.health.status(e.record.ID)})
		case errors.As(err, new(*ExcludedError)):
			excluded = append(excluded, Refusal{Pod: e.record.ID, Reason: err})
		}
	}
	choice.order(found)
	return found, excluded
}

// find verifies the pod of this id, from a list no older than maxAge.
func (d *directory) find(ctx context.Context, id protocol.Address, maxAge time.Duration) (*verifiedPod, error) {
	entries, err := d.list(ctx, maxAge)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.record.ID == id {
			return d.verify(ctx, e)
		}
	}
	return nil, fmt.Errorf("pod %s is no longer on the registry", id.Short())
}

// verify answers whether a prompt may go to the pod of this record.
func (d *directory) verify(ctx context.Context, e *entry) (*verifiedPod, error) {
	d.mu.Lock()
	barred := d.barred[e.record.ID]
	d.mu.Unlock()
	if barred != nil {
		return nil, barred
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.refused != nil && d.cfg.Now().Before(e.until) {
		return nil, e.refused
	}
	record := d.newest(e.record)
	if e.pod == nil || e.pod.record.KeyConfig.Epoch != record.KeyConfig.Epoch || !d.cfg.Now().Before(e.pod.claims.NotAfter) {
		pod, err := d.examine(ctx, record, 0)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			kept := refusalKept
			var unconfirmed *unconfirmedError
			if errors.As(err, &unconfirmed) {
				kept = recordsFresh
			}
			e.refuse(err, d.cfg.Now().Add(kept))
			d.cfg.Log.Warn("pod refused", "pod", e.record.ID, "reason", err)
			return nil, err
		}
		e.pod, e.refused = pod, nil
	}
	if err := e.pod.current(d.cfg.Now()); err != nil {
		return nil, err
	}
	return e.pod, nil
}

func (d *directory) bar(pod protocol.Address, reason error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.barred[pod] = reason
}

// healthOf is a pod's health, with what bars it.
func (d *directory) healthOf(pod protocol.Address) Health {
	s := d.health.status(pod)
	d.mu.Lock()
	defer d.mu.Unlock()
	if reason := d.barred[pod]; reason != nil {
		s.State, s.Reason = HealthBarred, reason.Error()
	}
	return s
}

// Model is a verified pod's offer for a model.
type Model struct {
	Name  string           `json:"name"`
	Offer protocol.Offer   `json:"offer"`
	Pod   protocol.Address `json:"pod"`
	Tier  attest.Tier      `json:"tier"`
	Since time.Time        `json:"since"` // when the pod was quoted
}

// Models are the offers of all pods that pass verification and the user's choice, by name and then by price: of those
// models that the client's key is for.
func (c *Client) Models(ctx context.Context) ([]Model, error) {
	entries, err := c.pods.list(ctx, recordsFresh)
	if err != nil {
		return nil, err
	}
	var models []Model
	for _, e := range entries {
		if c.cfg.Choice.record(e.record) != nil {
			continue
		}
		pod, err := c.pods.verify(ctx, e)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil || c.cfg.Choice.tier(pod.claims) != nil {
			continue
		}
		for _, o := range pod.offers {
			if o.ValidUntil > c.now() && c.cfg.Delegate.allows(o.Name().String()) == nil && c.cfg.Choice.offer(o) == nil {
				models = append(models, Model{
					Name: o.Model, Offer: o, Pod: e.record.ID, Tier: pod.claims.Tier,
					Since: time.Unix(int64(pod.quotedAt.Time), 0).UTC(),
				})
			}
		}
	}
	slices.SortStableFunc(models, func(a, b Model) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), a.Offer.OutPerM.Cmp(b.Offer.OutPerM), a.Offer.InPerM.Cmp(b.Offer.InPerM))
	})
	return models, nil
}

// PodStatus is a pod of the registry, and what verification says of it.
type PodStatus struct {
	Record protocol.PodRecord `json:"record"`
	// Claims are the verified facts of its evidence, with the checks made; nil for a refused pod.
	Claims *attest.Claims `json:"claims,omitempty"`
	// Refused is why no prompt goes there; empty if one may. Err is the same for programs.
	Refused string `json:"refused,omitempty"`
	Err     error  `json:"-"`
	// QuotedAt is the block that dates the evidence.
	QuotedAt protocol.Block `json:"quotedAt"`
	// Health is what this client's requests have shown of it.
	Health Health `json:"health"`
}

// Pods are all pods of the registry, refused ones too.
func (c *Client) Pods(ctx context.Context) ([]PodStatus, error) {
	entries, err := c.pods.list(ctx, recordsFresh)
	if err != nil {
		return nil, err
	}
	all := make([]PodStatus, 0, len(entries))
	for _, e := range entries {
		s := PodStatus{Record: e.record, Health: c.pods.healthOf(e.record.ID)}
		pod, err := c.pods.verify(ctx, e)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err != nil:
			s.Refused, s.Err = err.Error(), err
		default:
			claims := pod.claims
			s.Claims, s.QuotedAt = &claims, pod.quotedAt
		}
		all = append(all, s)
	}
	return all, nil
}
