//go:build engine

package serve

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/ollama/ollama/llm"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/runner"

	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/engine/pulse"
)

// started is true once a process serves Ollama in one process with its runners.
var started atomic.Bool

// InProcess serves Ollama in this process, runners and all, joined in memory: there is no child and no socket. It
// returns what carries requests to it, once it answers. It ends with ctx, but for the models: their memory is the
// process's own, so a process can do this once.
func InProcess(ctx context.Context, c Config) (http.RoundTripper, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	if !started.CompareAndSwap(false, true) {
		return nil, errors.New("a process serves Ollama once: start another")
	}
	r := &inProcess{ended: map[*exec.Cmd]chan error{}, beats: pulse.New(pulse.Limit)}
	ml.EngineBeats = r.beats.Counter
	// A model that got stuck stays so: whoever asks for the pulse learns of it, and ends the process.
	go r.beats.Watch(ctx, func(pulse.State) {})
	llm.EngineListen = r.links.Listen
	l := link.NewMemory()
	context.AfterFunc(ctx, func() { _ = l.Close() })
	failed := make(chan error, 1)
	go func() {
		err := Run(c, l, Hop{Transport: r.links.Transport(), Start: r.start, Wait: r.wait, Keep: true}, r.beats)
		_ = l.Close() // nobody answers any more
		if err == nil {
			err = errors.New("it stopped")
		}
		failed <- err
	}()
	answering, cancel := context.WithCancel(ctx)
	defer cancel()
	answered := make(chan error, 1)
	go func() { answered <- Answering(answering, l.Transport()) }()
	select {
	case err := <-answered:
		if err != nil {
			return nil, err
		}
		return l.Transport(), nil
	case err := <-failed:
		return nil, err
	}
}

// inProcess are runners that are goroutines of this process.
type inProcess struct {
	links link.Runners
	beats *pulse.Pulse

	mu     sync.Mutex
	models []string // loaded, or being loaded, or given up
	ended  map[*exec.Cmd]chan error
}

// start stands for the start of a process. What Ollama would do to a process is harmless afterwards: the one it is given
// does not exist, and a signal to it is an error.
func (r *inProcess) start(cmd *exec.Cmd) error {
	args := cmd.Args[1:] // "runner" and what follows
	model, number, err := parse(args)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	// Ollama gave up a runner, whose memory and thread are still there. A second one beside it would exhaust the
	// enclave sooner or later.
	if slices.Contains(r.models, model) {
		return errors.New("this process has loaded the model before: the pod has to be started again")
	}
	r.models = append(r.models, model)
	r.beats.Follow(number, model)
	if _, err := r.links.Listen(number); err != nil { // before the server dials it
		return err
	}
	// The ends of pipes that a process would have inherited: whoever reads the others sees that nothing comes.
	for _, w := range []any{cmd.Stdout, cmd.Stderr} {
		if c, ok := w.(interface{ Close() error }); ok {
			_ = c.Close()
		}
	}
	cmd.Process = new(os.Process)
	ended := make(chan error, 1)
	r.ended[cmd] = ended
	go func() { ended <- runner.Execute(args) }()
	return nil
}

func (r *inProcess) wait(cmd *exec.Cmd) error {
	r.mu.Lock()
	ended := r.ended[cmd]
	r.mu.Unlock()
	return <-ended
}
