//go:build engine

package serve

import (
	"maps"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync/atomic"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/ollama/ollama/llm"
	"github.com/ollama/ollama/ml"
	"github.com/ollama/ollama/runner"
	"github.com/ollama/ollama/server"

	"github.com/phallama/phallama/engine/gate"
	"github.com/phallama/phallama/engine/link"
	"github.com/phallama/phallama/engine/pulse"
)

// Children are runners that are child processes, on UNIX sockets beside the given API socket. They are this program,
// called as "PROGRAM runner ..."; its main then calls [Runner].
func Children(socket string) Hop {
	return Hop{
		Env:       map[string]string{link.Env: socket},
		Transport: link.Transport(socket),
		Start:     (*exec.Cmd).Start,
		Wait:      (*exec.Cmd).Wait,
	}
}

// Runner is the main function of a child process that holds one model. It tells the engine when it computes, and exits
// with it.
func Runner(socket string, args []string) error {
	_, number, err := parse(args)
	if err != nil {
		return err
	}
	beat, err := link.FollowLife(socket, number, func() { os.Exit(0) })
	if err != nil {
		return err
	}
	beats := pulse.New(0).Counter("") // of the one model that this process computes
	ml.EngineBeats = func(string) *atomic.Uint64 { return beats }
	go func() {
		for seen := beats.Load(); ; time.Sleep(pulse.Tick / 4) {
			if n := beats.Load(); n != seen {
				seen = n
				beat()
			}
		}
	}()
	llm.EngineListen = func(number int) (net.Listener, error) {
		return net.Listen("unix", link.RunnerSocket(socket, number))
	}
	return runner.Execute(args)
}

// Run serves Ollama's allowed routes on the listener until it is closed or a signal ends the process. A process can do
// this once.
func Run(c Config, l net.Listener, hop Hop, beats *pulse.Pulse) error {
	env := c.environment()
	maps.Copy(env, hop.Env)
	if err := setEnvironment(env); err != nil {
		return err
	}
	http.DefaultTransport = hop.Transport
	http.DefaultClient.Transport = link.Accounts(beats.Transport(hop.Transport)) // of all that Ollama asks its runners
	gin.SetMode(gin.ReleaseMode)
	server.EngineHandler = func(h http.Handler) http.Handler { return beats.Handler(gate.New(h)) }
	server.EngineKeepsModels = hop.Keep
	var runners atomic.Int32
	llm.EngineRunnerNumber = func() int { return int(runners.Add(1)) }
	llm.EngineStart, llm.EngineWait = hop.Start, hop.Wait
	return server.Serve(l)
}
