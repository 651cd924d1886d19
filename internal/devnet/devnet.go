// Package devnet is a whole network in one process tree: an EVM chain and the contracts on it, simulated machines that
// issue quotes, pods as child processes (a podd each and the engine, or all of a pod in one process), an agent of its
// operator beside each, a funded user, and a gateway. All of it is SIMULATED (tier T0) as far as attestation and money go; everything else is the real
// thing.
//
// It keeps its state in a directory and goes on from there when it is started again, after a kill too.
package devnet

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// Config says where a devnet lives and what it runs.
type Config struct {
	// Dir is the data directory: network.json, the user's wallet and client state, and devnet/ for all the rest.
	Dir string
	// Bin is the directory of podd and engine, or of podd-allinone, Models the model store, Model the model to offer.
	Bin, Models, Model string
	// Enclave is the form of a pod's enclave; empty is TwoProcess.
	Enclave Enclave
	// RPC and Gateway are the loopback addresses to serve on; port 0 takes a free one.
	RPC, Gateway string
	// Pods is how many pods run, Operators how many operators they are spread over; 0 is 1. Pods that ran before and are
	// beyond are taken off the registry, and come back as they were when there are to be as many again.
	Pods, Operators int
	// Funds is what the user's account is given at the first start.
	Funds protocol.Amount
	// SettleEvery is how often the agent settles by itself; 0 is the agent's default.
	SettleEvery time.Duration
	// WedgeAfter is how long a model with requests may compute nothing before the engine is started again; 0 is the
	// engine's default.
	WedgeAfter time.Duration
	// Ollama, if not empty, is an Ollama as it is released that stands in the place of the engine of pods in two processes: the
	// path of its program, or the URL of one that runs on this machine and has the model of Models.
	Ollama string
	// EngineSocket, if not empty, is where something else answers in the place of the engine of pods in two processes, so
	// many requests of each pod at once as Slots says; the real engine takes 1.
	EngineSocket string
	Slots        int
	// KeySeconds is how often pods change the key that requests are sealed to; 0 is podd's default.
	KeySeconds int
	// Progress is told what is being started. May be nil.
	Progress func(what, detail string)
	// Wrap, if not nil, goes around the gateway's handler.
	Wrap func(http.Handler) http.Handler
	// Page, if not nil, makes what the gateway shows to people from the network and the user's client.
	Page func(network.Profile, *client.Client) (http.Handler, error)
	// AgentPage, if not nil, makes what each pod's agent shows to its operator.
	AgentPage func(network.Profile, *operator.Agent) http.Handler
	// Relay and Transport are those of the user's client: by which relay it reaches pods, and what carries its sealed requests.
	Relay     string
	Transport http.RoundTripper
	// Shape is that of the answers to the user's client; empty is the client's default.
	Shape envelope.Shape
	// Choice is which pods the user's client asks.
	Choice client.Choice
	// Tampered is how many of the pods, the last ones, run a podd that somebody has changed. Governance of this devnet allows
	// it all the same, as captured governance would; the profile's policy, by which clients go, does not.
	Tampered int
	// Times is by how much each pod's prices are those of a devnet's multiplied; a pod beyond has them as they are.
	Times []uint64
	// Front, if not nil, is told where a pod or an OHTTP relay listens, as a URL, and says at which URL others are to reach it.
	Front func(listens string) string
	// Log receives what happens; nil is a file, see Network.LogPath.
	Log *slog.Logger
}

// Enclave is the form of a pod's enclave: which processes it consists of.
type Enclave string

// The forms. In the first, podd asks an engine by a UNIX socket, which all pods share; in the second, each pod is one
// process with an engine of its own, as it is to run inside SGX.
const (
	TwoProcess Enclave = "two-process"
	AllInOne   Enclave = "all-in-one"
)

// Enclaves are all forms.
var Enclaves = []Enclave{TwoProcess, AllInOne}

// programs are the binaries that it consists of; the first serves the pod and is measured.
func (e Enclave) programs() []string {
	if e == AllInOne {
		return []string{"podd-allinone"}
	}
	return []string{"podd", "engine"}
}

// MaxPods bounds Config.Pods: each is a process.
const MaxPods = 16

func (c *Config) check() error {
	if c.Pods == 0 {
		c.Pods = 1
	}
	if c.Operators == 0 {
		c.Operators = 1
	}
	if c.Pods < 1 || c.Pods > MaxPods || c.Operators < 1 || c.Operators > c.Pods {
		return fmt.Errorf("want 1 to %d pods, and at least 1 operator and no more than pods, got %d and %d", MaxPods, c.Pods, c.Operators)
	}
	if c.Tampered < 0 || c.Tampered > c.Pods {
		return fmt.Errorf("want at most as many pods that are tampered with as there are, %d, got %d", c.Pods, c.Tampered)
	}
	if c.Relay != "" {
		if err := client.CheckRelay(c.Relay, true); err != nil {
			return err
		}
	}
	if c.Enclave == "" {
		c.Enclave = TwoProcess
	}
	if !slices.Contains(Enclaves, c.Enclave) {
		return fmt.Errorf("want an enclave of the form %s or %s, got %q", TwoProcess, AllInOne, c.Enclave)
	}
	if c.Enclave == AllInOne && c.Ollama != "" {
		return fmt.Errorf("a pod in one process has an engine of its own: leave the Ollama away, or take %s", TwoProcess)
	}
	return nil
}

// readyWithin bounds each wait for a part to get ready.
const readyWithin = 2 * time.Minute

// Network is a running devnet.
type Network struct {
	Profile network.Profile
	Domain  protocol.Domain
	User    protocol.Address
	Pods    []*Pod
	Gateway string // URL
	Podd    string // path of the program that pods run: podd, or podd-allinone
	Enclave Enclave

	Chain  *chain.Client
	Client *client.Client

	// LogPath is the file that Config.Log's default writes; those of engine and pods are beside it.
	LogPath string

	config    Config
	keys      keys
	node      *evm.Chain
	operators []*chain.Transactor // one for each key: two would race
	relays    []string            // URLs of the operators' OHTTP relays; none where there is one operator
	platform  *simulated.Platform // the first machine, and the simulated Intel of all
	listener  net.Listener        // the gateway's
	sockets   string              // a short directory: UNIX socket paths have at most 107 bytes

	engineMu sync.Mutex
	engine   *child // nil where each pod has its own

	run     context.Context // ends with the network
	cancel  context.CancelFunc
	closers []func() error // in the order of starting
	failed  chan error
}

// Start starts everything and returns once a query can be answered. ctx bounds the starting only.
func Start(ctx context.Context, config Config) (_ *Network, err error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	n := &Network{config: config, run: run, cancel: cancel, failed: make(chan error, 16), Enclave: config.Enclave}
	n.Podd = filepath.Join(config.Bin, config.Enclave.programs()[0])
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Close())
		}
	}()
	if err := n.prepare(); err != nil {
		return nil, err
	}
	for _, step := range []func(ctx, run context.Context) error{n.startChain, n.startPlatforms, n.startEngine, n.startPods, n.startRelays, n.startAgents, n.startClient} {
		if err := step(ctx, run); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// prepare takes what can be taken already, so that what is missing or taken is told before a chain is started.
func (n *Network) prepare() (err error) {
	for _, name := range n.Enclave.programs() {
		if name == "engine" && (n.config.Ollama != "" || n.config.EngineSocket != "") {
			continue
		}
		if _, err := os.Stat(filepath.Join(n.config.Bin, name)); err != nil {
			return fmt.Errorf("%s is not built: run `make build engine` first (%w)", name, err)
		}
	}
	if err := os.MkdirAll(n.path("logs"), 0o700); err != nil {
		return fmt.Errorf("the data directory: %w: choose one that you may write to (--data)", err)
	}
	n.LogPath = filepath.Join(n.path("logs"), "devnet.log")
	if n.config.Log == nil {
		file, err := os.OpenFile(n.LogPath, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		n.onClose(file.Close)
		n.config.Log = slog.New(slog.NewTextHandler(file, nil))
	}
	if n.listener, err = Listen("the gateway", n.config.Gateway); err != nil {
		return err
	}
	n.onClose(func() error {
		_ = n.listener.Close() // the server may have closed it
		return nil
	})
	return nil
}

// makeSockets makes a directory for UNIX sockets: in the data directory, where what a killed network left is removed at
// the next start, or, where that path is too long for a socket's, a temporary one. The data directory is locked by now.
func (n *Network) makeSockets() (err error) {
	const longest = 60 // bytes: names are added, the engine adds more, and 107 is the system's limit
	parent := n.path("sockets")
	if err := os.RemoveAll(parent); err != nil {
		return err
	}
	if len(parent) > longest {
		parent = ""
	} else if err := os.Mkdir(parent, 0o700); err != nil {
		return err
	}
	if n.sockets, err = os.MkdirTemp(parent, "phallama-"); err != nil {
		return err
	}
	n.onClose(func() error { return os.RemoveAll(n.sockets) })
	return nil
}

// Skip has the chain's clock run ahead of the wall's by d more, whole seconds: for what takes an hour by the chain's.
func (n *Network) Skip(ctx context.Context, d time.Duration) error { return n.node.Skip(ctx, d) }

// Failed delivers the reason when a part ends that should not.
func (n *Network) Failed() <-chan error { return n.failed }

// Close stops everything, the last started first.
func (n *Network) Close() error {
	var all []error
	for _, closer := range slices.Backward(n.closers) {
		all = append(all, closer())
	}
	n.closers = nil
	n.cancel()
	return errors.Join(all...)
}

func (n *Network) onClose(f func() error) { n.closers = append(n.closers, f) }

func (n *Network) fail(err error) {
	select {
	case n.failed <- err:
	default: // enough reasons
	}
}

func (n *Network) path(name string) string   { return filepath.Join(n.config.Dir, "devnet", name) }
func (n *Network) socket(name string) string { return filepath.Join(n.sockets, name+".sock") }

// EngineSocket is where the engine of pods in two processes listens.
func (n *Network) EngineSocket() string {
	if n.config.EngineSocket != "" {
		return n.config.EngineSocket
	}
	return n.socket("engine")
}

func (n *Network) profilePath() string { return ProfilePath(n.config.Dir) }

// ProfilePath is where a data directory keeps its network's profile.
func ProfilePath(dir string) string { return filepath.Join(dir, "network.json") }
