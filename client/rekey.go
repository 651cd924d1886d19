package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// maxRekeys bounds how often one request is sealed anew because the pod, or whoever answers for it, refuses the key.
const maxRekeys = 3

// newest is a record with the latest key config that is known of its identity: the registry's, or one that came with the
// refusal of another.
func (d *directory) newest(r protocol.PodRecord) protocol.PodRecord {
	d.mu.Lock()
	defer d.mu.Unlock()
	if k, ok := d.newer[r.ID]; ok && ahead(k, r) && uint64(d.cfg.Now().Unix()) <= k.NotAfter {
		r.KeyConfig = k
	}
	return r
}

// ahead says whether a key config comes after that of a record.
func ahead(k protocol.SignedKeyConfig, r protocol.PodRecord) bool {
	return k.Enclave == r.Identity && k.Epoch > r.KeyConfig.Epoch
}

// adopt takes over the key config that came with a refusal of ours, and returns the pod with it. Whoever answered may have
// made it up: it passes every check that one of the registry does, and comes after ours, which only the identity that was
// attested can have signed. From then on it is used for the pod, until the registry says the same or something later.
func (d *directory) adopt(ctx context.Context, pod *verifiedPod, raw json.RawMessage) (*verifiedPod, error) {
	record := d.newest(pod.record)
	if record.KeyConfig.Epoch == pod.record.KeyConfig.Epoch { // otherwise a request beside this one has adopted it
		next, err := parseKeyConfig(raw)
		switch {
		case err != nil:
			return nil, err
		case next.Epoch <= record.KeyConfig.Epoch:
			return nil, fmt.Errorf("it is of epoch %d, want one after %d", next.Epoch, record.KeyConfig.Epoch)
		}
		record.KeyConfig = next
	}
	next, err := d.examine(ctx, record, 0)
	if err != nil {
		return nil, err
	}
	if next.keyConfig.KEM != pod.keyConfig.KEM {
		return nil, fmt.Errorf("it is for %v, want %v as before", next.keyConfig.KEM, pod.keyConfig.KEM)
	}
	if err := next.current(d.cfg.Now()); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.newer[record.ID]; !ok || known.Enclave != record.Identity || known.Epoch < record.KeyConfig.Epoch {
		d.newer[record.ID] = record.KeyConfig
	}
	return next, nil
}

// overtaken forgets key configs that the registry has caught up with, or whose identity it no longer lists. The caller
// holds mu.
func (d *directory) overtaken(records []protocol.PodRecord) {
	kept := make(map[protocol.Address]protocol.SignedKeyConfig, len(d.newer))
	for _, r := range records {
		if k, ok := d.newer[r.ID]; ok && ahead(k, r) {
			kept[r.ID] = k
		}
	}
	d.newer = kept
}

// parseKeyConfig reads what came with a refusal, which envelope keeps below 4 KiB. Nothing of it is verified.
func parseKeyConfig(raw json.RawMessage) (k protocol.SignedKeyConfig, err error) {
	if len(raw) == 0 {
		return k, errors.New("no key config came with the refusal")
	}
	if err := json.Unmarshal(raw, &k); err != nil {
		return protocol.SignedKeyConfig{}, errors.New("what came with the refusal is not the JSON of a key config")
	}
	return k, nil
}

// rekey sees to a refusal of the key that the request was sealed to. The request goes out again under its id: where the
// refusal is a lie and it was opened, it is billed once all the same.
func (a *attempt) rekey(ctx context.Context, refusal *envelope.RefusedError) error {
	if a.rekeys++; a.rekeys > maxRekeys {
		a.c.failed(a.pod.record.ID, FailureKey, refusal)
		return unserved{fmt.Errorf("%w; so it said %d times", refusal, a.rekeys)}
	}
	next, err := a.c.pods.adopt(ctx, a.pod, refusal.KeyConfig)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil { // it may be another identity's, of a pod that was started again
		return a.refresh(ctx, &staleKeyError{refusal, err})
	}
	a.pod = next
	return nil
}

// staleKeyError is a refusal of our key that brought nothing to go on with.
type staleKeyError struct {
	refusal *envelope.RefusedError
	why     error
}

func (e *staleKeyError) Error() string {
	return fmt.Sprintf("%v; and the key config that it hands on is of no use: %v", e.refusal, e.why)
}

func (e *staleKeyError) Unwrap() error { return e.refusal }

// ask is exchange, with the pod's newest key where ours is stale, and returns the pod with the key that was used. What it
// sends may be sent twice.
func (c *Client) ask(ctx context.Context, pod *verifiedPod, method, path string, header http.Header, body []byte) (*http.Response, *verifiedPod, error) {
	for rekeys := 0; ; rekeys++ {
		res, err := c.exchange(ctx, pod, method, path, header, body)
		var refusal *envelope.RefusedError
		if !errors.As(err, &refusal) || !refusal.KeyMismatch || rekeys == maxRekeys {
			return res, pod, err
		}
		if pod, err = c.pods.adopt(ctx, pod, refusal.KeyConfig); err != nil {
			return nil, nil, &staleKeyError{refusal, err}
		}
	}
}
