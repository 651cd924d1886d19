package collateral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/strictjson"
)

// MaxServedSize bounds what a pod serves about itself, in bytes.
const MaxServedSize = 512 << 10

// Served is what a pod serves about itself so that a client needs no third party:
// collateral, which Intel signed, and endorsements of its machine, which
// endorsers signed.
type Served struct {
	Collateral   *dcap.Collateral
	Endorsements []json.RawMessage
}

// ParseServed reads {"collateral":{…},"endorsements":[…]}.
func ParseServed(data []byte) (*Served, error) {
	if len(data) > MaxServedSize {
		return nil, fmt.Errorf("what the pod serves about itself: expected at most %d bytes, got %d", MaxServedSize, len(data))
	}
	fields, err := strictjson.Exactly(data, "collateral", "endorsements")
	if err != nil {
		return nil, fmt.Errorf("what the pod serves about itself: %w", err)
	}
	s := new(Served)
	if s.Collateral, err = dcap.ParseCollateral(fields["collateral"]); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(fields["endorsements"], &s.Endorsements); err != nil {
		return nil, fmt.Errorf("what the pod serves about itself: endorsements: %w", err)
	}
	return s, nil
}

// FromPod gets what a pod at a URL serves about itself under the given path. Like
// any request it shows the pod's host that somebody at this address looks at the
// pod. A nil client is one of its own; redirects are followed by none.
func FromPod(ctx context.Context, client *http.Client, podURL, path string) (*Served, error) {
	asking := withoutRedirects(client)
	if client == nil {
		defer asking.CloseIdleConnections() // nobody else has this one
	}
	a, err := fetchOnce(ctx, asking, strings.TrimSuffix(podURL, "/")+path, MaxServedSize)
	var refused *StatusError
	if errors.As(err, &refused) && refused.Status == http.StatusNotFound {
		refused.Hint = "the pod's operator has not brought its collateral yet: ask Intel's service or a PCCS"
	}
	if err != nil {
		return nil, err
	}
	return ParseServed(a.body)
}
