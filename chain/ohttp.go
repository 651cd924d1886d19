package chain

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/phallama/phallama/protocol"
)

// operatorsPerCall bounds one JSON-RPC batch.
const operatorsPerCall = 100

// Relay is the URL of the OHTTP relay that an operator has published, empty if there is none that could be one.
func (c *Client) Relay(ctx context.Context, operator protocol.Address) (string, error) {
	found, err := c.relays(ctx, []protocol.Address{operator})
	return found[operator], err
}

// PublishRelay publishes where the account runs its OHTTP relay; an empty URL takes it off.
func (t *Transactor) PublishRelay(ctx context.Context, url string) (Included, error) {
	if url != "" {
		if err := checkRelayURL(url); err != nil {
			return Included{}, fmt.Errorf("publish a relay: %w", err)
		}
	}
	return t.do(ctx, "publish the relay of "+t.Address().String(), t.registry, t.registryABI.PackPublishRelay(url))
}

// addRelays puts into records where the relays of their operators are.
func (c *Client) addRelays(ctx context.Context, records []protocol.PodRecord) error {
	var (
		operators []protocol.Address
		seen      = map[protocol.Address]bool{}
	)
	for _, r := range records {
		if !seen[r.Operator] {
			seen[r.Operator] = true
			operators = append(operators, r.Operator)
		}
	}
	found, err := c.relays(ctx, operators)
	if err != nil {
		return err
	}
	for i, r := range records {
		records[i].Relay = found[r.Operator]
	}
	return nil
}

// relays are those that operators have published, by operator. One that cannot be a relay's URL is left out with a
// warning in the log: it is no reason to do without the operator's pods.
func (c *Client) relays(ctx context.Context, operators []protocol.Address) (map[protocol.Address]string, error) {
	const what = "read the operators' relays"
	found := make(map[protocol.Address]string, len(operators))
	for len(operators) > 0 {
		page := operators[:min(len(operators), operatorsPerCall)]
		operators = operators[len(page):]
		calls := make([]rpc.BatchElem, len(page))
		for i, operator := range page {
			args := map[string]any{"to": c.registry, "data": hexutil.Bytes(c.registryABI.PackRelayUrlOf(common.Address(operator)))}
			calls[i] = rpc.BatchElem{Method: "eth_call", Args: []any{args, "latest"}, Result: new(hexutil.Bytes)}
		}
		if err := c.rpc.BatchCallContext(ctx, calls); err != nil {
			return nil, c.failed(what, err)
		}
		for i, answer := range calls {
			if isAnswer(answer.Error) {
				return nil, fmt.Errorf("%w: a registry of an earlier version knows no relays: deploy the contracts anew, a devnet's in another data directory", c.failed(what, answer.Error))
			}
			if answer.Error != nil {
				return nil, c.failed(what, answer.Error)
			}
			url, err := c.registryABI.UnpackRelayUrlOf(*answer.Result.(*hexutil.Bytes))
			if err != nil {
				return nil, fmt.Errorf("%s: the contract at %s %w: %w", what, c.registry, errUnexpected, err)
			}
			if url == "" {
				continue
			}
			if err := checkRelayURL(url); err != nil {
				c.log.Warn("a relay is left out: what the registry says of it does not hold", "operator", page[i], "error", err)
				continue
			}
			found[page[i]] = url
		}
	}
	return found, nil
}
