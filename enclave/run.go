// Package enclave is the run of a pod, called by every main that serves one: it reads the configuration, hashes the
// models, waits for the engine to load them, opens the ledger and the listeners, and serves until it is told to stop.
package enclave

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
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

// ErrWedged is how Run ends when a model got stuck or lost in its own process, where nothing but a new process helps. The
// ledger is closed and whole; the next run goes on from it, with a new identity.
var ErrWedged = errors.New("a model got stuck or was lost in podd's own process: start podd again")

// StatusWedged is the exit status that tells of ErrWedged: whoever manages the process starts it again.
const StatusWedged = 3

// Status is the exit status of a program whose Run ended with that error.
func Status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, ErrWedged):
		return StatusWedged
	}
	return 1
}

// cutGrace is how long requests that were cut have to end.
const cutGrace = 5 * time.Second

// Run serves a pod until ctx ends. It writes one Ready line to out. Where start is nil, the engine is another process, on
// Config.EngineSocket.
func Run(ctx context.Context, config Config, start StartEngine, out io.Writer, log *slog.Logger) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if (start == nil) == (config.EngineSocket == "") {
		return errors.New("engineSocket: want it where the engine is another process, and only there (docs/operate/podd.md)")
	}
	models := newModels(config, log)
	offers, err := models.measure(ctx)
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
	var engine http.RoundTripper
	inProcess := start != nil
	if !inProcess {
		socket := newEngineTransport(config.EngineSocket)
		defer socket.ahead.close()
		engine = socket
	} else {
		if engine, err = start(ctx, models.dir()); err != nil {
			return fmt.Errorf("the engine: %w", err)
		}
	}
	answers := newCutter(engine)
	c := config.podConfig()
	c.Offers, c.Source, c.Ledger, c.Engine, c.Now, c.Log = offers, source, book, answers, time.Now, log
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
		{Handler: p.Public(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readLimit, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10},
		{Handler: p.Control(), ReadHeaderTimeout: 10 * time.Second, ReadTimeout: readLimit, MaxHeaderBytes: 16 << 10},
	}
	for i, listener := range []net.Listener{public, control} {
		// The default error log would go to the process's log with a peer's bytes in it.
		servers[i].ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
		go func() { failed <- servers[i].Serve(bounded(listener, maxConnections)) }()
	}
	w := &watcher{setReady: p.SetReady, engine: engine, cut: answers.cut, models: models, offers: offers, inProcess: inProcess, log: log}
	wedged := make(chan error, 1)
	var watching sync.WaitGroup
	watching.Go(func() { wedged <- w.watch(ctx) })

	select {
	case err = <-failed:
	case err = <-wedged: // nil where ctx has ended
		if err != nil { // what was cut may still end as it should: with a bill of nothing
			ending, done := context.WithTimeout(context.WithoutCancel(ctx), cutGrace)
			_ = servers[0].Shutdown(ending)
			done()
		}
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
