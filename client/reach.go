package client

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/phallama/phallama/protocol"
)

// Reach asks a verified pod what it says of one of its models, sealed and by the relay that a request would take: nil, if
// it answers. It costs nothing.
func (c *Client) Reach(ctx context.Context, id protocol.Address) error {
	pod, err := c.pods.find(ctx, id, recordsFresh)
	if err != nil {
		return err
	}
	if len(pod.offers) == 0 {
		return fmt.Errorf("pod %s offers no model", id.Short())
	}
	body, err := json.Marshal(map[string]string{"model": pod.offers[0].Model})
	if err != nil {
		return err
	}
	_, _, err = c.post(WithTrace(ctx, nil), pod, protocol.PathShow, body)
	return err
}
