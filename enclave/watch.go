package enclave

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	probeEvery = 5 * time.Second        // how often a running pod makes sure that its engine is there
	retryEvery = 100 * time.Millisecond // and how often it looks for one that is not
)

// watcher sees that the engine has its models and computes, and says whether the pod is ready.
type watcher struct {
	setReady  func(error)
	engine    http.RoundTripper
	cut       func() // breaks off what the engine is answering
	models    *models
	offers    []protocol.Offer
	inProcess bool // the engine is in podd's own process
	log       *slog.Logger

	loaded bool
}

var (
	errStuck = errors.New("a model got stuck: the engine is being started again")
	errLost  = errors.New("a model was lost that this process cannot load again")
)

// watch loads the models, says the pod ready, and takes that back while the engine does not answer or a model is stuck.
// It returns nil when ctx ends, and ErrWedged when only an end of the process helps.
func (w *watcher) watch(ctx context.Context) error {
	said := "the pod is starting"
	for {
		wait, err := w.look(ctx)
		if ctx.Err() != nil {
			return nil
		}
		w.setReady(err)
		switch {
		case err == nil && said != "":
			said = ""
			w.log.Info("ready")
		case err != nil && said != err.Error():
			said = err.Error()
			w.log.Warn("not ready", "err", err)
		}
		if errors.Is(err, errStuck) || errors.Is(err, errLost) {
			w.cut()
			if w.inProcess {
				return ErrWedged
			}
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
	}
}

// look asks the engine once, and has it load what it does not hold. It says why the pod is not ready, and when to look
// again.
func (w *watcher) look(ctx context.Context) (time.Duration, error) {
	p, err := probe(ctx, w.engine)
	switch {
	case err != nil:
		w.loaded = w.loaded && w.inProcess // an engine that comes back has lost its models; one that is slow has not
		return retryEvery, fmt.Errorf("the engine does not answer: %w", err)
	case p.Wedged: // it ends by itself where it is another process
		w.loaded = false
		return retryEvery, errStuck
	}
	if w.loaded {
		// One that ended and came back between two looks has lost them as well, and so has one whose runner died.
		model, err := missing(ctx, w.engine, w.offers, w.models.weights)
		if err != nil {
			return probeEvery, fmt.Errorf("the engine does not say what it has loaded: %w", err)
		}
		if model == "" {
			return probeEvery, nil
		}
		w.log.Warn("the engine has lost a model", "model", model)
		if w.inProcess { // its memory and its thread are still there: the engine loads it once
			return retryEvery, errLost
		}
		w.loaded = false
	}
	w.setReady(errors.New("the engine is loading the models"))
	if err := w.models.restore(ctx); err != nil {
		return probeEvery, err
	}
	if err := loadAll(ctx, w.engine, w.offers); err != nil {
		return probeEvery, err
	}
	w.loaded = true
	w.models.release()
	return probeEvery, nil
}

func loadAll(ctx context.Context, engine http.RoundTripper, offers []protocol.Offer) error {
	ctx, cancel := context.WithTimeout(ctx, bootLimit)
	defer cancel()
	for _, o := range offers {
		if err := load(ctx, engine, o.Model); err != nil {
			return fmt.Errorf("the engine cannot load %s: %w", o.Model, err)
		}
	}
	return nil
}
