package client_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/protocol"
)

// noting writes down the shape that each request asks for.
func (p *testPod) noting(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		if p.shapes == nil {
			p.shapes = map[string]string{}
		}
		p.shapes[strings.Join(strings.Split(r.URL.Path, "/")[:3], "/")] = r.Header.Get(envelope.HeaderShape)
		p.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// Whatever a client asks a pod for, it asks for it in the shape that it was told, and in cells if it was told none.
func TestEveryRequestNamesItsShape(t *testing.T) {
	for told, want := range map[envelope.Shape]string{"": "cell", envelope.ShapeOff: "off", envelope.ShapeCBR: "cbr"} {
		n := newNet(t)
		p := n.pod(func(p *testPod) {
			p.relay = func(r protocol.Relay) any { return protocol.Relayed{ID: r.ID(), Tx: protocol.Hash{0x7a}} }
		})
		c := n.client(t.TempDir(), func(cfg *client.Config) { cfg.Shape = told })
		mustAsk(t, c)
		paid := receipts(t, c)[0]
		if _, err := c.Bill(t.Context(), p.record.ID, paid.RequestID); err != nil {
			t.Error(err)
		}
		if _, _, err := c.Relay(t.Context(), n.closeOrder(n.owner)); err != nil {
			t.Error(err)
		}
		if _, err := c.CloseNow(t.Context(), paid.Receipt.SessionID); err != nil {
			t.Error(err)
		}
		all := map[string]string{"/api/chat": want, "/phallama/receipts": want, "/phallama/relay": want, "/phallama/close": want}
		if !maps.Equal(p.shapes, all) {
			t.Errorf("told %q: asked for %v", told, p.shapes)
		}
	}
}
