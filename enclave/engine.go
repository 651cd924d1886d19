package enclave

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/phallama/phallama/pod"
)

// engineTransport carries every request to the engine's UNIX socket, whatever its host: there is no TCP socket on which
// a prompt could leave the enclave. Each request has a connection of its own: on an idle one, net/http logs what comes
// without being asked for, and that can be an answer.
func engineTransport(socket string) *http.Transport {
	dialer := new(net.Dialer)
	return &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return dialer.DialContext(ctx, "unix", socket)
		},
		DisableCompression: true,
		DisableKeepAlives:  true,
	}
}

// probe asks the engine for its version.
func probe(ctx context.Context, engine http.RoundTripper) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return ask(ctx, engine, http.MethodGet, "/api/version", nil)
}

// bootAccount is the account of what the enclave itself asks. No payer's looks like it.
var bootAccount = strings.Repeat("0", 64)

// load has the engine load a model and keep it: an empty prompt generates nothing.
func load(ctx context.Context, engine http.RoundTripper, model string) error {
	body, err := json.Marshal(map[string]any{"model": model, "keep_alive": -1, "stream": false})
	if err != nil {
		return err
	}
	return ask(ctx, engine, http.MethodPost, "/api/generate", body)
}

func ask(ctx context.Context, engine http.RoundTripper, method, path string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, method, "http://localhost"+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set(pod.HeaderEngineAccount, bootAccount)
	resp, err := engine.RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("engine: %s %s: status %d: %.200s", method, path, resp.StatusCode, text) // holds no prompt: none was sent
	}
	return nil
}
