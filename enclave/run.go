// Package enclave is the run of a pod, called by every main that serves one: it reads the configuration, hashes the
// models, waits for the engine to load them, opens the ledger and the listeners, and serves until it is told to stop.
package enclave

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/pod"
	"github.com/phallama/phallama/protocol"
)

// Ready is the one line of JSON that Run writes once its listeners are open. The pod may still be loading models:
// the control API says when it is ready.
type Ready struct {
	Listen   string           `json:"listen"`
	Control  string           `json:"control"`
	Identity protocol.Address `json:"identity"`
}

const (
	probeEvery = 5 * time.Second        // how often a running pod makes sure that its engine is there
	retryEvery = 100 * time.Millisecond // and how often it looks for one that is not
)

// source is where the enclave gets quotes of itself.
func (c *Config) source() (attest.Source, error) {
	switch {
	case c.Gramine != "":
		return attest.NewGramine(c.Gramine)
	case c.ConfigFS != "":
		return attest.NewConfigFS(c.ConfigFS)
	}
	return attest.NewQuoteSocket(c.QuoteSocket)
}

// StartEngine starts the engine in this process, over the models of a store that was hashed, and returns what carries
// requests to it. It runs until ctx ends.
type StartEngine func(ctx context.Context, models string) (http.RoundTripper, error)

// Run serves a pod until ctx ends. It writes one Ready line to out. Where start is nil, the engine is another process, on
// Config.EngineSocket.
func Run(ctx context.Context, config Config, start StartEngine, out io.Writer, log *slog.Logger) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if (start == nil) == (config.EngineSocket == "") {
		return errors.New("engineSocket: want it where the engine is another process, and only there (docs/operate/podd.md)")
	}
	offers, err := measure(ctx, config, log)
	if ctx.Err() != nil {
		return nil // told to stop meanwhile
	}
	if err != nil {
		return err
	}
	if config.PublishSeconds < publishSeconds {
		log.Warn("the host sees what single requests come to: publishSeconds is for development", "publishSeconds", config.PublishSeconds)
	}
	source, err := config.source()
	if err != nil {
		return err
	}
	key, err := config.StateKey.key(ctx, config.State, log)
	if err != nil {
		return err
	}
	book, err := ledger.Open(ledger.Config{
		Dir:    config.State,
		Key:    key,
		Domain: protocol.Domain{ChainID: config.ChainID, Escrow: config.Escrow},
		Pod:    config.Pod,
		Logger: log,

		PublishEvery: time.Duration(config.PublishSeconds) * time.Second,
	})
	if err != nil {
		return err
	}
	defer book.Close()
	var engine http.RoundTripper = engineTransport(config.EngineSocket)
	if start != nil {
		if engine, err = start(ctx, config.Models); err != nil {
			return fmt.Errorf("the engine: %w", err)
		}
	}
	c := config.podConfig()
	c.Offers, c.Source, c.Ledger, c.Engine, c.Now, c.Log = offers, source, book, engine, time.Now, log
	p, err := pod.New(c)
	if err != nil {
		return err
	}
	public, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return fmt.Errorf("the listener for sealed requests: %w", err)
	}
	defer public.Close()
	control, err := net.Listen("tcp", config.Control)
	if err != nil {
		return fmt.Errorf("the listener for the operator's agent: %w", err)
	}
	defer control.Close()
	if err := json.NewEncoder(out).Encode(Ready{Listen: public.Addr().String(), Control: control.Addr().String(), Identity: p.Identity()}); err != nil {
		return err
	}

	failed := make(chan error, 2)
	servers := []*http.Server{
		{Handler: p.Public(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10},
		{Handler: p.Control(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, MaxHeaderBytes: 16 << 10},
	}
	for i, listener := range []net.Listener{public, control} {
		// The default error log would go to the process's log with a peer's bytes in it.
		servers[i].ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		go func() { failed <- servers[i].Serve(listener) }()
	}
	var watching sync.WaitGroup
	watching.Go(func() { watch(ctx, p.SetReady, engine, offers, log) })

	select {
	case err = <-failed:
	case <-ctx.Done():
		err = nil
	}
	cancel()
	watching.Wait()
	// Requests that are being answered are cut: their reservations are released when the ledger opens again.
	for _, s := range servers {
		_ = s.Close()
	}
	return err
}

// measure hashes every file of every model offered.
func measure(ctx context.Context, config Config, log *slog.Logger) ([]protocol.Offer, error) {
	store := stoppableFS{os.DirFS(config.Models), ctx}
	var offers []protocol.Offer
	for _, o := range config.Offers {
		digest, size, err := protocol.ModelDigestFS(store, o.Model)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", config.Models, err)
		}
		log.Info("model hashed", "model", o.Model, "digest", digest, "bytes", size)
		offers = append(offers, protocol.Offer{
			Model: o.Model, ModelDigest: digest,
			InPerM: o.InPerM, CachedPerM: o.CachedPerM, OutPerM: o.OutPerM, PerRequest: o.PerRequest,
			Context: o.Context, DefaultOut: o.DefaultOut, MaxOut: o.MaxOut,
		})
	}
	return offers, nil
}

// stoppableFS is a file system whose files cannot be read once ctx has ended: models take minutes to hash.
type stoppableFS struct {
	fs.FS
	ctx context.Context
}

func (s stoppableFS) Open(name string) (fs.File, error) {
	file, err := s.FS.Open(name)
	if err != nil {
		return nil, err
	}
	return stoppableFile{file, s.ctx}, nil
}

type stoppableFile struct {
	fs.File
	ctx context.Context
}

func (f stoppableFile) Read(p []byte) (int, error) {
	if err := f.ctx.Err(); err != nil {
		return 0, err
	}
	return f.File.Read(p)
}

// watch loads the models, says the pod ready, and takes that back while the engine does not answer.
func watch(ctx context.Context, setReady func(error), engine http.RoundTripper, offers []protocol.Offer, log *slog.Logger) {
	loaded, said := false, "the pod is starting"
	for {
		wait := probeEvery
		err := probe(ctx, engine)
		if err != nil {
			err, wait = fmt.Errorf("the engine does not answer: %w", err), retryEvery
			loaded = false // an engine that comes back has lost its models
		} else if !loaded {
			setReady(errors.New("the models are being loaded"))
			if err = loadAll(ctx, engine, offers); err == nil {
				loaded = true
			}
		}
		if ctx.Err() != nil {
			return
		}
		setReady(err)
		switch {
		case err == nil && said != "":
			said = ""
			log.Info("ready")
		case err != nil && said != err.Error():
			said = err.Error()
			log.Warn("not ready", "err", err)
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
}

func loadAll(ctx context.Context, engine http.RoundTripper, offers []protocol.Offer) error {
	ctx, cancel := context.WithTimeout(ctx, bootLimit)
	defer cancel()
	for _, o := range offers {
		if err := load(ctx, engine, o.Model); err != nil {
			return fmt.Errorf("%s cannot be loaded: %w", o.Model, err)
		}
	}
	return nil
}
