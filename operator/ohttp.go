package operator

import (
	"context"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

const (
	relayEvery = time.Hour   // the registry is looked at again, and put right if it says otherwise
	relayRetry = time.Minute // after that failed
)

// relayRegistry is where operators publish their OHTTP relays.
type relayRegistry interface {
	// Relay is the URL that an operator has published, empty for none.
	Relay(ctx context.Context, operator protocol.Address) (string, error)
	PublishRelay(ctx context.Context, url string) (chain.Included, error)
}

// publishRelay keeps the operator's OHTTP relay on the registry. Whether one runs there is not the agent's to see to; that
// it cannot be published keeps no pod from serving.
func (a *Agent) publishRelay(ctx context.Context) {
	if a.cfg.RelayURL == "" {
		return
	}
	said := ""
	for {
		wait := relayEvery
		if err := a.bringRelay(ctx); err != nil {
			wait = relayRetry
			if text := err.Error(); text != said && ctx.Err() == nil {
				a.log.Warn("could not publish the operator's relay; trying again", "url", a.cfg.RelayURL, "error", err)
				said = text
			}
		} else {
			said = ""
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (a *Agent) bringRelay(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	published, err := a.chain.Relay(ctx, a.chain.Address())
	if err != nil || published == a.cfg.RelayURL {
		return err
	}
	done, err := a.chain.PublishRelay(ctx, a.cfg.RelayURL)
	if err == nil {
		a.log.Info("published the operator's relay", "url", a.cfg.RelayURL, "tx", done.Tx)
	}
	return err
}
