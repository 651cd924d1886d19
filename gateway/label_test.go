package gateway_test

import (
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
)

var label = regexp.MustCompile(`,"phallama":(\{[^{}]*\})`)

// plain is an answer without what the gateway adds.
func plain(body string) string {
	return label.ReplaceAllString(measured.ReplaceAllString(body, ""), "")
}

// The last object of an answer says who answered, what it cost, and what proves it.
func TestLabel(t *testing.T) {
	n := newNetwork(t)
	for _, tt := range []struct{ name, path, body, in string }{
		{"Ollama", "/api/chat", `{"model":"wisp",` + messages + `}`, `"done":true`},
		{"Ollama, whole", "/api/chat", `{"model":"wisp","stream":false,` + messages + `}`, `"done":true`},
		{"OpenAI", "/v1/chat/completions", `{"model":"wisp",` + messages + `}`, `"usage":`},
		{"OpenAI stream", "/v1/chat/completions", `{"model":"wisp","stream":true,` + messages + `}`, `"finish_reason":"stop"`},
		{"OpenAI stream with usage", "/v1/chat/completions", `{"model":"wisp","stream":true,"stream_options":{"include_usage":true},` + messages + `}`, `"usage":`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := n.post(tt.path, tt.body)
			body := readAll(t, res)
			found := label.FindAllStringSubmatch(body, -1)
			if len(found) != 1 {
				t.Fatalf("%d labels in %s", len(found), body)
			}
			for line := range strings.SplitSeq(body, "\n") {
				if strings.Contains(line, `"phallama"`) && !strings.Contains(line, tt.in) {
					t.Errorf("the label is in %s", line)
				}
			}
			all, err := n.client.Receipts()
			if err != nil {
				t.Fatal(err)
			}
			last := all[len(all)-1]
			var got map[string]any
			if err := json.Unmarshal([]byte(found[0][1]), &got); err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]any{
				"pod": n.record.ID.String(), "tier": "T0-simulated", "simulated": true, "cost": last.Receipt.Cost.String(),
				"receipt": last.Receipt.HashStruct().String(), "requestId": last.RequestID.String(),
			} {
				if got[name] != want {
					t.Errorf("%s: %v, want %v", name, got[name], want)
				}
			}
			if len(got) != 6 {
				t.Errorf("%s", found[0][1])
			}
		})
	}
	t.Run("refused by the engine", func(t *testing.T) {
		n.locked(func() {
			n.engine = func(*http.Request) (*http.Response, error) {
				return reply(400, "application/json", readCloser(`{"error":"no"}`)), nil
			}
		})
		if body := readAll(t, n.post("/api/chat", `{"model":"wisp",`+messages+`}`)); strings.Contains(body, "phallama") {
			t.Errorf("%s", body)
		}
	})
	t.Run("not proven", func(t *testing.T) {
		n := newNetwork(t)
		n.locked(func() { n.outer = cutAfter(envelope.DefaultCellBytes) })
		raw, err := io.ReadAll(n.post("/v1/chat/completions", `{"model":"wisp","stream":true,`+messages+`}`).Body)
		if err == nil || strings.Contains(string(raw), `"phallama"`) {
			t.Errorf("%v: %s", err, raw)
		}
	})
	t.Run("its own", func(t *testing.T) {
		n.locked(func() {
			n.engine = func(*http.Request) (*http.Response, error) {
				return reply(200, "application/json", readCloser(`{"phallama":{"cost":"0"},"done":true,"prompt_eval_count":11,"eval_count":2}`)), nil
			}
		})
		res := n.post("/api/chat", `{"model":"wisp","stream":false,`+messages+`}`)
		var got struct{ Phallama map[string]any }
		if err := json.Unmarshal([]byte(readAll(t, res)), &got); err != nil || got.Phallama["cost"] != res.Header.Get(client.TrailerCost) {
			t.Errorf("%v, %v", got, err)
		}
	})
}
