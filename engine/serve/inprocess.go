//go:build engine

package serve

import (
	"context"
	"net"
	"net/http"

	"github.com/ollama/ollama/llm"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/runner"

	"github.com/phallama/phallama/engine/pulse"
)

var served once

// InProcess serves Ollama in this process, runners and all, joined in memory: there is no child and no socket. It
// returns what carries requests to it, once it answers. It ends with ctx, but for the models: their memory is the
// process's own, so a process can do this once.
func InProcess(ctx context.Context, c Config) (http.RoundTripper, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if err := served.take(); err != nil {
		return nil, err
	}
	r := newInProcess(c.Parallel, runner.Execute)
	ml.EngineBeats = r.beats.Counter
	// A model that got stuck stays so: whoever asks for the pulse learns of it, and ends the process.
	go r.beats.Watch(ctx, func(pulse.State) {})
	llm.EngineListen = r.links.Listen
	return serveInMemory(ctx, func(l net.Listener) error { return Run(c, l, r.hop(), r.beats) })
}
