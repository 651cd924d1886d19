package devnet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/phallama/phallama/relay"
)

// startRelays starts an OHTTP relay for each operator, which its agent publishes. An operator alone needs none: relays
// carry nothing to pods of their own operator.
func (n *Network) startRelays(_, _ context.Context) error {
	if len(n.operators) < 2 {
		return nil
	}
	for _, t := range n.operators {
		r, err := relay.New(relay.Config{
			Operator: t.Address(), Pods: n.Chain, Development: true, Logger: n.config.Log,
			Limits: relay.Limits{PerMinute: 1 << 20, StreamsEach: 512}, // all of a devnet's users come from one address
		})
		if err != nil {
			return err
		}
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return fmt.Errorf("the relay of operator %s: %w", t.Address().Short(), err)
		}
		server := r.Server()
		go func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				n.fail(fmt.Errorf("the relay of operator %s: %w", t.Address().Short(), err))
			}
		}()
		n.onClose(func() error {
			r.Close()
			return server.Close()
		})
		url := "http://" + listener.Addr().String()
		n.relays = append(n.relays, n.front(url))
		n.progress("relay", t.Address().Short()+" carries requests to pods of others, at "+url)
	}
	return nil
}

// front is the URL at which what listens is to be reached.
func (n *Network) front(listens string) string {
	if n.config.Front == nil {
		return listens
	}
	return n.config.Front(listens)
}

// Relays are the URLs of the operators' OHTTP relays, in the order of Operators; none where there is one operator.
func (n *Network) Relays() []string { return n.relays }
