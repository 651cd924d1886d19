package enclave

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

const probeLimit = 5 * time.Second

// engineTransport carries every request to the engine's UNIX socket, whatever its host: there is no TCP socket on which
// a prompt could leave the enclave. Each request has a connection of its own, dialled ahead: on one that was used before,
// net/http logs what comes without being asked for, and that can be an answer.
type engineTransport struct {
	*http.Transport
	ahead *ahead
}

func newEngineTransport(socket string) *engineTransport {
	dialer := new(net.Dialer)
	a := &ahead{dial: func(ctx context.Context) (net.Conn, error) { return dialer.DialContext(ctx, "unix", socket) }}
	return &engineTransport{
		Transport: &http.Transport{
			DialContext:        func(ctx context.Context, _, _ string) (net.Conn, error) { return a.take(ctx) },
			DisableCompression: true,
			DisableKeepAlives:  true,
		},
		ahead: a,
	}
}

// pulse is what the engine says of its models, on a route that no user can reach.
type pulse struct {
	Open   int     `json:"open"`          // requests that are computed
	Silent float64 `json:"silentSeconds"` // since the last step of one
	Wedged bool    `json:"wedged"`        // for good: only a new process helps
}

// probe asks the engine how its models do.
func probe(ctx context.Context, engine http.RoundTripper) (pulse, error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	var p pulse
	err := ask(ctx, engine, http.MethodGet, "/engine/pulse", nil, &p)
	return p, err
}

// missing is the first of the models offered that the engine does not hold in memory; empty where it holds all. Models with
// the same weights, which that function tells, are held once, under the name of one of them.
func missing(ctx context.Context, engine http.RoundTripper, offers []protocol.Offer, weights func(model string) string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, probeLimit)
	defer cancel()
	type model struct {
		Name string `json:"name"`
	}
	var running struct {
		Models []model `json:"models"`
	}
	if err := ask(ctx, engine, http.MethodGet, "/api/ps", nil, &running); err != nil {
		return "", err
	}
	held := map[string]bool{} // weights
	runs := func(o protocol.Offer) bool {
		return slices.ContainsFunc(running.Models, func(m model) bool { return strings.EqualFold(shortName(m.Name), shortName(o.Model)) })
	}
	for _, o := range offers {
		if runs(o) {
			held[weights(o.Model)] = true
		}
	}
	for _, o := range offers {
		if w := weights(o.Model); !runs(o) && (w == "" || !held[w]) {
			return o.Model, nil
		}
	}
	return "", nil
}

// shortName is a model's name without the parts that Ollama fills in by itself.
func shortName(model string) string {
	model = strings.TrimSuffix(model, ":latest")
	return strings.TrimPrefix(strings.TrimPrefix(model, "registry.ollama.ai/"), "library/")
}

// bootAccount is the account of what the enclave itself asks. No payer's looks like it.
var bootAccount = strings.Repeat("0", 64)

// load has the engine load a model and keep it: an empty prompt generates nothing.
func load(ctx context.Context, engine http.RoundTripper, model string) error {
	body, err := json.Marshal(map[string]any{"model": model, "keep_alive": -1, "stream": false})
	if err != nil {
		return err
	}
	return ask(ctx, engine, http.MethodPost, "/api/generate", body, nil)
}

func ask(ctx context.Context, engine http.RoundTripper, method, path string, body []byte, into any) error {
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
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("engine: %s %s: %w", method, path, err)
	}
	return nil
}

// cutter carries requests to the engine, and can break off all that are under way.
type cutter struct {
	next http.RoundTripper

	mu  sync.Mutex
	run context.Context // ends when what began under it is cut
	end context.CancelFunc
}

func newCutter(next http.RoundTripper) *cutter {
	c := &cutter{next: next}
	c.run, c.end = context.WithCancel(context.Background())
	return c
}

func (c *cutter) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end()
	c.run, c.end = context.WithCancel(context.Background())
}

func (c *cutter) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	run := c.run
	c.mu.Unlock()
	ctx, cancel := context.WithCancel(r.Context())
	stop := context.AfterFunc(run, cancel)
	end := func() { stop(); cancel() }
	resp, err := c.next.RoundTrip(r.WithContext(ctx))
	if err != nil {
		end()
		return nil, err
	}
	resp.Body = &cutBody{resp.Body, end}
	return resp, nil
}

type cutBody struct {
	io.ReadCloser
	end func()
}

func (b *cutBody) Close() error {
	err := b.ReadCloser.Close()
	b.end()
	return err
}
