package gateway_test

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What programs ask about models before they use one.
func TestAboutModels(t *testing.T) {
	n := newNetwork(t)
	n.engine = func(r *http.Request) (*http.Response, error) {
		if r.URL.Path != "/api/show" {
			return nil, errors.New("another path")
		}
		return reply(200, "application/json", readCloser(`{"modelfile":"FROM /somewhere","details":{"family":"llama"},"capabilities":["completion"],"model_info":{}}`)), nil
	}
	for _, tt := range []struct {
		path, body string
		status     int
		want       string // exactly, if it is JSON
	}{
		{"/api/show", `{"model":"wisp"}`, 200, `{"capabilities":["completion"],"details":{"family":"llama"},"model_info":{}}` + "\n"},
		{"/api/show", `{"name":"wisp:latest"}`, 200, `{"capabilities":["completion"],"details":{"family":"llama"},"model_info":{}}` + "\n"},
		{"/api/show", `{"model":"other"}`, 404, "other"},
		{"/api/show", `{}`, 400, `want a JSON object with a model's name`},
		{"/api/show", `{"model":"` + strings.Repeat("x", 70_000) + `"}`, 413, "too large"},
		{"/api/pull", `{"model":"wisp"}`, 200, `{"status":"pulling manifest"}` + "\n" + `{"status":"wisp is on 1 pod of the network, there is nothing to download"}` + "\n" + `{"status":"success"}` + "\n"},
		{"/api/pull", `{"name":"wisp","stream":false}`, 200, `{"status":"success"}` + "\n"},
		{"/api/pull", `{"model":"other"}`, 404, "other"},
		{"/api/pull", `{"model":"a@b"}`, 400, "model: want NAME or NAME@sha256"},
		{"/api/pull", `nothing`, 400, "want a JSON object"},
	} {
		res := n.post(tt.path, tt.body)
		body := readAll(t, res)
		if res.StatusCode != tt.status || tt.want[0] == '{' && body != tt.want {
			t.Errorf("%s %.40s: %d %s", tt.path, tt.body, res.StatusCode, body)
		}
		if tt.status != 200 {
			wantError(t, body, false, tt.want, "")
		}
	}
	var list struct {
		Models []struct {
			Name, Digest  string
			ExpiresAt     time.Time `json:"expires_at"`
			ContextLength int       `json:"context_length"`
		}
	}
	status, body := n.get("/api/ps")
	if err := json.Unmarshal([]byte(body), &list); status != 200 || err != nil || len(list.Models) != 1 || list.Models[0].Name != "wisp:latest" ||
		!strings.HasPrefix(list.Models[0].Digest, "d1") || list.Models[0].ContextLength == 0 || time.Until(list.Models[0].ExpiresAt) < 100*365*24*time.Hour {
		t.Errorf("%d %s, %v", status, body, err)
	}
}

// A stream that fails says so as its API would, in an event of its own and without what had only begun, and a refusal is
// in the API's own form.
func TestFailuresOfEachAPI(t *testing.T) {
	for _, tt := range []struct {
		path, body, first string
		event, refused    string
	}{
		{
			"/v1/messages", `"max_tokens":9,` + messages, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"delta\":{\"text\":\"x\"}}\n\n",
			"\n\nevent: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":", `{"type":"error","error":{"type":"not_found_error","message":`,
		},
		{
			"/v1/responses", `"input":"x"`, "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"x\"}\n\n",
			"\n\nevent: error\ndata: {\"type\":\"error\",\"code\":\"server_error\",\"message\":", `{"error":{"message":`,
		},
		{
			"/v1/completions", `"prompt":"x"`, "data: {\"choices\":[{\"text\":\"x\"}]}\n\n",
			"\n\ndata: {\"error\":{\"message\":", `{"error":{"message":`,
		},
	} {
		n := newNetwork(t)
		n.engine = func(*http.Request) (*http.Response, error) {
			return reply(200, "text/event-stream", io.NopCloser(io.MultiReader(strings.NewReader(tt.first+"data: {\"open\":"), failing{}))), nil
		}
		raw, err := io.ReadAll(n.post(tt.path, `{"model":"wisp","stream":true,`+tt.body+`}`).Body)
		said := string(raw)
		if err == nil || !strings.HasPrefix(said, tt.first) || !strings.Contains(said, tt.event) || !strings.Contains(said, "nothing is billed") || strings.Contains(said, "open") || !strings.HasSuffix(said, "\n\n") {
			t.Errorf("%s: %q, %v", tt.path, said, err)
		}
		res := n.post(tt.path, `{"model":"other",`+tt.body+`}`)
		if body := readAll(t, res); res.StatusCode != 404 || !strings.HasPrefix(body, tt.refused) || !json.Valid([]byte(body)) {
			t.Errorf("%s: %d %s", tt.path, res.StatusCode, body)
		}
	}
}

// What the makers' libraries send from a page is let through, and what they do not is not.
func TestHeadersOfLibraries(t *testing.T) {
	n := newNetwork(t)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodOptions, n.gateway.URL+"/v1/messages", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Origin", "http://localhost:3000")
	req.Header.Set("Access-Control-Request-Method", "POST")
	req.Header.Set("Access-Control-Request-Headers", "anthropic-version, X-Api-Key,anthropic-dangerous-direct-browser-access,x-stainless-os,openai-beta,cookie")
	res := n.do(req)
	const want = "anthropic-version, x-api-key, anthropic-dangerous-direct-browser-access, x-stainless-os, openai-beta"
	if got := res.Header.Get("Access-Control-Allow-Headers"); got != want {
		t.Errorf("allowed %q, want %q", got, want)
	}
}
