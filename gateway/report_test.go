package gateway_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

// Whoever runs the gateway learns of each request what became of it, and nothing of what it said.
func TestReport(t *testing.T) {
	n := newNetwork(t)
	reports := make(chan gateway.Request, 1)
	server := httptest.NewServer(gateway.Handler(gateway.Config{Client: n.client, Log: n.config.Log, Report: func(r gateway.Request) { reports <- r }}))
	t.Cleanup(server.Close)
	n.gateway.Close()
	n.gateway = server
	for _, tt := range []struct {
		name, path, body string
		outer            func(http.ResponseWriter, *http.Request, http.Handler)
		status           int
		usage            protocol.Usage
		err              string
	}{
		{name: "stream", path: "/api/chat", body: `{"model":"wisp",` + messages + `}`, status: 200, usage: protocol.Usage{In: 11, Out: 2}},
		{name: "whole", path: "/v1/chat/completions", body: `{"model":"wisp",` + messages + `}`, status: 200, usage: protocol.Usage{In: 11, Out: 2}},
		{name: "unknown model", path: "/api/chat", body: `{"model":"gone",` + messages + `}`, status: 404, err: "not found"},
		{name: "broken off", path: "/api/chat", body: `{"model":"wisp",` + messages + `}`, outer: cutAfter(envelope.DefaultCellBytes), status: 200, err: "broke off"},
	} {
		n.locked(func() { n.outer = tt.outer })
		_, _ = io.ReadAll(n.post(tt.path, tt.body).Body)
		r := <-reports
		raw, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if r.Path != tt.path || r.Status != tt.status || r.In != tt.usage.In || r.Out != tt.usage.Out || !strings.Contains(r.Error, tt.err) || (r.Error == "") != (tt.err == "") || r.Took <= 0 {
			t.Errorf("%s: %s", tt.name, raw)
		}
		if proven := tt.usage.Out > 0; proven == r.Receipt.IsZero() || proven == r.Cost.IsZero() || tt.status == 200 && (r.Model != "wisp" || r.Pod != n.record.ID) {
			t.Errorf("%s: %s", tt.name, raw)
		}
		if text := string(raw) + fmt.Sprintf("%+v", r); strings.Contains(text, prompt) || strings.Contains(text, answer[:len(answer)/2]) {
			t.Errorf("%s: content in %s", tt.name, text)
		}
	}
	t.Run("the program goes", func(t *testing.T) {
		out, in := io.Pipe()
		defer in.Close()
		n.locked(func() {
			n.outer = nil
			n.engine = func(*http.Request) (*http.Response, error) { return reply(200, "application/x-ndjson", out), nil }
		})
		parts, _ := words(answer, false, true)
		go func() { _, _ = io.WriteString(in, parts[0]) }()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, n.gateway.URL+"/api/chat", strings.NewReader(`{"model":"wisp",`+messages+`}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := n.do(req).Body.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
		cancel()
		if r := <-reports; r.Status != 499 || r.Error == "" || !r.Receipt.IsZero() {
			t.Errorf("%+v", r)
		}
	})
}
