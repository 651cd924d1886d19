package client_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// relaying answers orders before next answers anything else.
func (p *testPod) relaying(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != protocol.PathRelay || p.relay == nil {
			next(w, r)
			return
		}
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			panic(err)
		}
		order, err := protocol.ParseRelay(raw)
		if err != nil || r.Method != http.MethodPost {
			p.net.t.Errorf("%s: %v", r.Method, err)
		}
		_ = json.NewEncoder(w).Encode(p.relay(order))
	})
}

func (n *testNet) closeOrder(by protocol.Key) protocol.Relay {
	c := protocol.SignedRequestClose{Session: protocol.SessionKey{Owner: n.owner.Address(), Salt: 3}, Deadline: uint64(n.now().Add(time.Hour).Unix())}
	c.Signature = by.Sign(n.domain.Digest(c.TypedData()))
	return protocol.Relay{Close: &c}
}

// The cheapest pod that passes verification is asked first, and the next where it does not send the order.
func TestRelay(t *testing.T) {
	n := newNet(t)
	var asked []string
	pod := func(name string, out uint64, answer func(protocol.Relay) any) *testPod {
		return n.pod(func(p *testPod) {
			offer := price
			offer.OutPerM = protocol.Units(out)
			p.offer(offer)
			p.relay = func(r protocol.Relay) any {
				asked = append(asked, name)
				return answer(r)
			}
		})
	}
	sent := func(r protocol.Relay) any { return protocol.Relayed{ID: r.ID(), Tx: protocol.Hash{0x7a}} }
	dear := pod("dear", 9e15, sent)
	pod("cheap", 2e15, func(r protocol.Relay) any { return protocol.Relayed{ID: r.ID(), Refused: "a fee \x1b[31mis wanted"} })
	pod("lying", 3e15, func(protocol.Relay) any { return protocol.Relayed{ID: protocol.Hash{1}, Tx: protocol.Hash{2}} })
	pod("odd", 4e15, func(protocol.Relay) any { return []int{1} })
	n.pod(func(p *testPod) { // refused by verification: it never sees the order
		p.offer(price)
		p.record.Offers[0].OutPerM = protocol.Units(1)
		p.quote(simulated.Enclave{MRENCLAVE: attest.Digest{0xbb}}, n.block(time.Minute))
		p.relay = func(protocol.Relay) any { t.Error("an unverified pod was asked"); return nil }
	})
	n.pod(func(p *testPod) { p.offer(price) }) // one without the route, at 8e15
	c := n.client(t.TempDir())
	order := n.closeOrder(n.owner)
	by, result, err := c.Relay(t.Context(), order)
	if err != nil || by != dear.record.ID || result.ID != order.ID() || result.Tx != (protocol.Hash{0x7a}) {
		t.Errorf("relayed by %s: %+v, %v", by, result, err)
	}
	if got := strings.Join(asked, " "); got != "cheap lying odd dear" {
		t.Errorf("asked: %s", got)
	}

	dear.relay = func(protocol.Relay) any { return protocol.Relayed{ID: order.ID(), Refused: "no gas"} }
	_, _, err = c.Relay(t.Context(), order)
	wantErr(t, err, client.ErrNoPod, "a fee", "no gas", "another order")
	if strings.Contains(err.Error(), "\x1b") {
		t.Errorf("the pod's words reach the terminal as they are: %q", err)
	}

	asked = nil
	if _, _, err = c.Relay(t.Context(), n.closeOrder(newKey(t))); !errors.Is(err, protocol.ErrSignature) || len(asked) != 0 {
		t.Errorf("an order that nobody signed: %v, asked %v", err, asked)
	}
}
