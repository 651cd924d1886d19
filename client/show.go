package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"github.com/phallama/phallama/protocol"
)

// Show is what a verified pod that offers the model says of it, in the JSON of Ollama's /api/show: details, what it can do,
// its context length. It costs nothing, and only the pod stands for it. It wraps ErrUnknownModel where no pod offers the
// model, and ErrNoPod where none answers.
func (c *Client) Show(ctx context.Context, model string) (json.RawMessage, error) {
	if _, err := protocol.ParseModelName(model); err != nil {
		return nil, &RequestError{http.StatusBadRequest, "model: " + err.Error()}
	}
	if err := c.cfg.Delegate.allows(model); err != nil {
		return nil, err
	}
	entries, err := c.pods.list(ctx, recordsFresh)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]string{"model": model})
	if err != nil {
		return nil, err
	}
	var names []string
	var refusals []error
	for _, e := range entries {
		offers := false
		for _, o := range e.record.Offers {
			names = append(names, printable(o.Model, 100))
			offers = offers || o.Offer.For(model) && o.ValidUntil > c.now()
		}
		if e.record.Retired || !offers || c.cfg.Choice.record(e.record) != nil {
			continue
		}
		pod, err := c.pods.verify(ctx, e)
		if err == nil {
			err = c.cfg.Choice.tier(pod.claims)
		}
		if err == nil {
			var said []byte
			if said, _, err = c.post(WithTrace(ctx, nil), pod, protocol.PathShow, body); err == nil && json.Valid(said) {
				return said, nil
			} else if err == nil {
				err = errors.New("want JSON")
			}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if refusals = append(refusals, fmt.Errorf("pod %s: %w", e.record.ID.Short(), err)); len(refusals) == maxListed {
			break
		}
	}
	if len(refusals) == 0 {
		return nil, NewUnknownModelError(model, names, nil)
	}
	return nil, fmt.Errorf("%w shows this model: %w", ErrNoPod, errors.Join(refusals...))
}
