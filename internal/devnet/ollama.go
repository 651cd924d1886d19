package devnet

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/phallama/phallama/internal/devnet/plain"
)

// startOllama has an Ollama as it is released stand in the engine's place.
func (n *Network) startOllama(ctx, run context.Context) error {
	base, err := n.ollamaBase(ctx, run)
	if err != nil {
		return err
	}
	listener, err := net.Listen("unix", n.EngineSocket())
	if err != nil {
		return fmt.Errorf("the engine's socket: %w", err)
	}
	server := &http.Server{Handler: plain.Bridge(base)}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			n.fail(fmt.Errorf("the bridge to Ollama: %w", err))
		}
	}()
	n.onClose(server.Close)
	return nil
}

// ollamaBase is where the Ollama is asked, which is started where none runs.
func (n *Network) ollamaBase(ctx, run context.Context) (*url.URL, error) {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	const means = "not a pod's engine: programs of this machine can ask it beside the network, and prompts of all accounts share its cache"
	if strings.Contains(n.config.Ollama, "://") {
		base, err := plain.ParseURL(n.config.Ollama)
		if err != nil {
			return nil, err
		}
		version, err := plain.Check(ctx, base, os.DirFS(n.config.Models), n.config.Model)
		if err != nil {
			return nil, err
		}
		n.progress("engine", fmt.Sprintf("Ollama %s that runs at %s; %s", version, base, means))
		return base, nil
	}
	version, err := plain.Version(ctx, n.config.Ollama)
	if err != nil {
		return nil, err
	}
	port, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	base := &url.URL{Scheme: "http", Host: port.Addr().String()}
	if err := port.Close(); err != nil {
		return nil, err
	}
	n.progress("engine", fmt.Sprintf("Ollama %s, %s, at %s; %s", version, n.config.Ollama, base, means))
	start := func(ctx context.Context) (*child, error) {
		name, args := plain.Command(n.config.Ollama, n.path("ollama"), n.config.Models, base.Host, contextLength)
		c, err := startChild("ollama", n.path("logs"), name, args...)
		if err != nil {
			return nil, err
		}
		n.engine = c
		ready, cancel := context.WithTimeout(ctx, readyWithin)
		defer cancel()
		go func() { // does not wait for one that has ended
			select {
			case <-c.done:
				cancel()
			case <-ready.Done():
			}
		}()
		if err := plain.Await(ready, base); err != nil {
			if !c.running() {
				err = c.failure()
			}
			return nil, errors.Join(err, c.stop())
		}
		return c, nil
	}
	if err := os.MkdirAll(n.path("ollama"), 0o700); err != nil {
		return nil, err
	}
	return base, n.keepEngine(ctx, run, start)
}
