package pod_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// close is the owner's order to close the rig's session.
func (r *rig) close(deadline time.Duration) protocol.Relay {
	c := protocol.SignedRequestClose{Session: r.session, Deadline: uint64(r.now().Add(deadline).Unix())}
	c.Signature = r.owner.Sign(domain.Digest(c.TypedData()))
	return protocol.Relay{Close: &c}
}

func (r *rig) relayCall(order protocol.Relay) call {
	r.Helper()
	raw, err := json.Marshal(order)
	if err != nil {
		r.Fatal(err)
	}
	return r.newCall(protocol.PathRelay, string(raw))
}

// An order of a user's goes through the pod to the agent, and what became of it comes back.
func TestRelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t)
		for _, want := range []protocol.Relayed{{Tx: protocol.Hash{0x7a}}, {Refused: "the session is closing already"}} {
			order := r.close(time.Hour)
			want.ID = order.ID()
			answers := make(chan answer)
			for range 2 { // two who ask for the same share one answer
				go func() { answers <- r.send(r.relayCall(order)) }()
			}
			synctest.Wait()
			got := r.orders(1)
			if len(got.Relays) != 1 || got.Relays[0].ID() != order.ID() || got.Relays[0].Verify(domain, uint64(r.now().Unix())) != nil {
				t.Fatalf("orders %+v", got)
			}
			if again := r.orders(0); len(again.Relays) != 0 {
				t.Errorf("handed out twice: %+v", again)
			}
			r.post(protocol.PathRelayed, []protocol.Relayed{{ID: protocol.Hash{1}}, want}, nil)
			for range 2 {
				a := <-answers
				var result protocol.Relayed
				if err := json.Unmarshal([]byte(a.body), &result); err != nil || a.status != http.StatusOK || result != want {
					t.Errorf("answer %d %s, want %+v", a.status, a.body, want)
				}
			}
			time.Sleep(time.Second)
		}
	})
}

func TestRelayRefused(t *testing.T) {
	r := newRig(t)
	stranger := r.close(time.Hour)
	stranger.Close.Session.Salt++
	get := r.relayCall(r.close(time.Hour))
	get.method = http.MethodGet
	for name, c := range map[string]struct {
		call   call
		kind   protocol.ProblemType
		status int
	}{
		"not signed": {r.relayCall(stranger), protocol.ProblemBadRequest, http.StatusBadRequest},
		"too late":   {r.relayCall(r.close(-time.Hour)), protocol.ProblemBadRequest, http.StatusBadRequest},
		"no order":   {r.newCall(protocol.PathRelay, "{}"), protocol.ProblemBadRequest, http.StatusBadRequest},
		"too long":   {r.newCall(protocol.PathRelay, strings.Repeat(" ", protocol.MaxRelay+1)), protocol.ProblemBadRequest, http.StatusBadRequest},
		"GET":        {get, protocol.ProblemNoRoute, http.StatusMethodNotAllowed},
	} {
		t.Run(name, func(*testing.T) { r.refused(c.call, c.kind, c.status) })
	}
	if got := r.orders(0); len(got.Relays) != 0 {
		t.Errorf("the agent was handed %+v", got)
	}
}

// An agent that does not answer keeps nobody for ever, and those who wait are so many at most.
func TestRelayWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newQuietRig(t, func(c *pod.Config) { c.SessionWait = 20 * time.Second })
		answers := make(chan answer)
		const most = 32
		for i := range most {
			go func() { answers <- r.send(r.relayCall(r.close(time.Hour + time.Duration(i)*time.Second))) }()
		}
		synctest.Wait()
		r.refused(r.relayCall(r.close(2*time.Hour)), protocol.ProblemBusy, http.StatusServiceUnavailable)
		began := time.Now()
		for range most {
			if a := <-answers; a.problem.Type != protocol.ProblemNotReady {
				t.Errorf("answer %d %s", a.status, a.body)
			}
		}
		if waited := time.Since(began); waited > 21*time.Second {
			t.Errorf("waited %s", waited)
		}
		if got := r.orders(0); len(got.Relays) != 0 {
			t.Errorf("what nobody waits for is handed out: %+v", got)
		}
	})
}
