package client

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/phallama/phallama/protocol"
)

// Relay has a pod's operator send a signed order to the chain, for users who have nothing to pay gas with. It asks the
// pods that pass verification, those with the cheapest offers first, until one says that it has sent it, and believes
// nobody: look at the chain. The order is sealed to the pod like a prompt. It wraps ErrNoPod where none did.
func (c *Client) Relay(ctx context.Context, order protocol.Relay) (protocol.Address, protocol.Relayed, error) {
	none := func(err error) (protocol.Address, protocol.Relayed, error) {
		return protocol.Address{}, protocol.Relayed{}, err
	}
	if err := order.Verify(c.cfg.Domain, c.now()); err != nil {
		return none(err)
	}
	raw, err := json.Marshal(order)
	if err != nil {
		return none(err)
	}
	entries, err := c.pods.list(ctx, recordsFresh)
	if err != nil {
		return none(err)
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e *entry) bool { return e.record.Retired || len(e.record.Offers) == 0 })
	slices.SortStableFunc(entries, func(a, b *entry) int { return cheapestOut(a.record).Cmp(cheapestOut(b.record)) })
	var refusals []error
	for _, e := range entries {
		pod, err := c.pods.verify(ctx, e)
		if err == nil {
			var result protocol.Relayed
			if result, err = c.relayTo(ctx, pod, order.ID(), raw); err == nil {
				return e.record.ID, result, nil
			}
		}
		if ctx.Err() != nil {
			return none(ctx.Err())
		}
		refusals = append(refusals, fmt.Errorf("pod %s: %w", e.record.ID.Short(), err))
		if len(refusals) == maxListed {
			break
		}
	}
	return none(fmt.Errorf("%w relays this order: %w", ErrNoPod, cmp.Or(errors.Join(refusals...), errors.New("the registry lists none"))))
}

func cheapestOut(r protocol.PodRecord) protocol.Amount {
	least := protocol.MaxAmount
	for _, o := range r.Offers {
		least = protocol.MinAmount(least, o.OutPerM)
	}
	return least
}

// relayTo asks one pod.
func (c *Client) relayTo(ctx context.Context, pod *verifiedPod, id protocol.Hash, raw []byte) (protocol.Relayed, error) {
	answer, _, err := c.post(WithTrace(ctx, nil), pod, protocol.PathRelay, raw)
	if err != nil {
		return protocol.Relayed{}, err
	}
	var result protocol.Relayed
	if err := json.Unmarshal(answer, &result); err != nil {
		return protocol.Relayed{}, fmt.Errorf("want the JSON of what became of the order: %w", err)
	}
	switch {
	case result.Refused != "":
		return protocol.Relayed{}, errors.New(printable(result.Refused, maxShown))
	case result.ID != id || result.Tx.IsZero():
		return protocol.Relayed{}, errors.New("its answer is about another order, or names no transaction")
	}
	return result, nil
}
