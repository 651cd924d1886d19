package pod_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// The pod says what a model is, for nothing, as a real engine says it, and nothing of where the model lies.
func TestShow(t *testing.T) {
	t.Parallel()
	engine := realEngine(t)
	r := newRig(t, func(c *pod.Config) { c.Engine = engine })
	show := func(body string) answer {
		c := r.newCall(protocol.PathShow, body)
		c.header = func(h http.Header) { h.Del(protocol.HeaderPay); h.Del(protocol.HeaderRequestID) }
		return r.send(c)
	}
	offer := r.registration.Offers[0].Offer
	var first string
	for _, body := range []string{`{"model":"wisp"}`, `{"name":"wisp:latest","verbose":true}`, `{"model":"` + offer.Name().String() + `"}`} {
		a := show(body)
		var said struct {
			Details      struct{ Family string }
			Capabilities []string
			Info         map[string]any `json:"model_info"`
		}
		if err := json.Unmarshal([]byte(a.body), &said); a.status != http.StatusOK || err != nil || said.Details.Family != "llama" ||
			len(said.Capabilities) == 0 || said.Info["llama.context_length"] != 2048.0 {
			t.Fatalf("%s: %d %s, %v", body, a.status, a.body, err)
		}
		if strings.Contains(a.body, "modelfile") || strings.Contains(a.body, "blobs") || a.receipt != nil {
			t.Errorf("%s: %s", body, a.body)
		}
		if first == "" {
			first = a.body
		}
		if a.body != first {
			t.Errorf("%s: %s, and before that %s", body, a.body, first)
		}
	}
	for body, want := range map[string]int{
		`{"model":"other"}`: http.StatusNotFound, `{}`: http.StatusBadRequest, `[]`: http.StatusBadRequest, "": http.StatusBadRequest,
		`{"model":"` + strings.Repeat("x", 2000) + `"}`:           http.StatusBadRequest,
		`{"model":"wisp@sha256:` + strings.Repeat("0", 64) + `"}`: http.StatusNotFound,
	} {
		if a := show(body); a.status != want {
			t.Errorf("%.60s: %d %s, want %d", body, a.status, a.body, want)
		}
	}
	get := r.newCall(protocol.PathShow, "")
	get.method = http.MethodGet
	if a := r.send(get); a.status != http.StatusMethodNotAllowed {
		t.Errorf("GET: %d %s", a.status, a.body)
	}
}

// An engine that fails to show a model is asked again.
func TestShowFails(t *testing.T) {
	r := newRig(t)
	for i, c := range []struct {
		status int
		body   string
		want   int
	}{
		{500, `{"error":"x"}`, 502},
		{200, "no JSON", 502},
		{200, `{"license":"` + strings.Repeat("l", 100_000) + `","details":{"family":"f"}}`, 200},
		{500, `{"error":"x"}`, 200}, // it is known by now
	} {
		r.engine.answerWith(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		})
		a := r.send(r.newCall(protocol.PathShow, `{"model":"wisp"}`))
		if a.status != c.want || a.status == 200 && a.body != `{"details":{"family":"f"}}` {
			t.Errorf("%d: %d %.200s, want %d", i, a.status, a.body, c.want)
		}
	}
}
