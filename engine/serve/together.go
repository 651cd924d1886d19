package serve

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/engine/pulse"
)

// inProcess are runners that are goroutines of this process.
type inProcess struct {
	parallel int
	execute  func(args []string) error // is a runner, until it ends
	links    link.Runners
	beats    *pulse.Pulse

	mu     sync.Mutex
	models []string // loaded, or being loaded, or given up
	ended  map[*exec.Cmd]chan error
}

func newInProcess(parallel int, execute func(args []string) error) *inProcess {
	return &inProcess{parallel: parallel, execute: execute, beats: pulse.New(pulse.Limit), ended: map[*exec.Cmd]chan error{}}
}

func (r *inProcess) hop() Hop {
	return Hop{Transport: r.links.Transport(), Start: r.start, Wait: r.wait, Keep: true}
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
	if err := CheckTogether(len(r.models)+1, r.parallel); err != nil {
		return err
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
	go func() { ended <- r.execute(args) }()
	return nil
}

func (r *inProcess) wait(cmd *exec.Cmd) error {
	r.mu.Lock()
	ended := r.ended[cmd]
	r.mu.Unlock()
	return <-ended
}

// once lets a process do something once.
type once struct{ done atomic.Bool }

func (o *once) take() error {
	if !o.done.CompareAndSwap(false, true) {
		return errors.New("a process serves Ollama once: start another")
	}
	return nil
}

// serveInMemory runs serve on a listener in memory until ctx ends, and returns what carries requests to it, once it
// answers.
func serveInMemory(ctx context.Context, serve func(net.Listener) error) (http.RoundTripper, error) {
	l := link.NewMemory()
	context.AfterFunc(ctx, func() { _ = l.Close() })
	failed := make(chan error, 1)
	go func() {
		err := serve(l)
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
		if err == nil {
			return l.Transport(), nil
		}
		select {
		case reason := <-failed: // says more
			return nil, reason
		default:
			return nil, err
		}
	case err := <-failed:
		return nil, err
	}
}
