package integration_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// disconnects is more than the 27 to 33 that wedge a model of a plain Ollama (ollama#17131).
const disconnects = 50

// talk is a request with an answer long enough to be cut off.
func talk() map[string]any {
	body := prompt("Talk forever", true)
	body["options"] = map[string]any{"num_predict": 40}
	return body
}

// Callers that go away in the middle of an answer leave the engine as it was.
func TestDisconnects(t *testing.T) {
	e := start(t, nil)
	for range disconnects {
		raw, err := json.Marshal(talk())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://engine.invalid/api/chat", bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := e.client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		cancel()
		_ = resp.Body.Close()
	}
	if got := e.ask(t, "Repeat after me: falcon-4711"); got != "falcon-4711" {
		t.Errorf("after %d disconnects: %q", disconnects, got)
	}
}

// So they leave a pod in one process, where a wedged model could not even be killed.
func TestDisconnectsOfAPod(t *testing.T) {
	p := startPod(t, nil)
	for range disconnects {
		ctx, cancel := context.WithCancel(t.Context())
		resp, err := p.ask(t, ctx, http.MethodPost, "/api/chat", talk())
		if err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(resp.Body).ReadString('\n'); err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("%s %q %v; its log: %s", resp.Status, line, err, p.log(t))
		}
		cancel()
		_ = resp.Body.Close()
	}
	if status, text := p.whole(t, http.MethodPost, "/api/chat", prompt("Repeat after me: falcon-4711", false)); status != http.StatusOK || !strings.Contains(text, "falcon-4711") {
		t.Errorf("after %d disconnects: %d %s", disconnects, status, text)
	}
}
