// Package devnet is a whole network in one process tree: an EVM chain and the contracts on it, a simulated platform
// that issues quotes, the engine and podd as child processes, the operator's agent, a funded user, and a gateway. All
// of it is SIMULATED (tier T0) as far as attestation and money go; everything else is the real thing.
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
	"time"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// Config says where a devnet lives and what it runs.
type Config struct {
	// Dir is the data directory: network.json, the user's wallet and client state, and devnet/ for all the rest.
	Dir string
	// Bin is the directory of podd and engine, Models the model store, Model the model to offer.
	Bin, Models, Model string
	// RPC and Gateway are the loopback addresses to serve on; port 0 takes a free one.
	RPC, Gateway string
	// Funds is what the user's account is given at the first start.
	Funds protocol.Amount
	// SettleEvery is how often the agent settles by itself; 0 is the agent's default.
	SettleEvery time.Duration
	// Progress is told what is being started. May be nil.
	Progress func(what, detail string)
	// Wrap, if not nil, goes around the gateway's handler.
	Wrap func(http.Handler) http.Handler
	// Transport, if not nil, carries the sealed requests of the user's client to pods.
	Transport http.RoundTripper
	// Log receives what happens; nil is a file, see Network.LogPath.
	Log *slog.Logger
}

// readyWithin bounds each wait for a part to get ready.
const readyWithin = 2 * time.Minute

// Network is a running devnet.
type Network struct {
	Profile  network.Profile
	Domain   protocol.Domain
	User     protocol.Address
	Operator protocol.Address
	Pod      protocol.Address
	Gateway  string // URL
	Podd     string // path of the podd that runs
	PoddURL  string // where it takes sealed requests

	Chain  *chain.Client
	Client *client.Client
	Agent  *operator.Agent

	// LogPath is the file that Config.Log's default writes; engine.log and podd.log are beside it.
	LogPath string

	config       Config
	keys         keys
	platform     *simulated.Platform
	listener     net.Listener // the gateway's
	sockets      string       // a short directory: UNIX socket paths have at most 107 bytes
	engine, podd *child
	controlURL   string
	controlToken string

	cancel  context.CancelFunc
	closers []func() error // in the order of starting
	failed  chan error
}

// Start starts everything and returns once a query can be answered. ctx bounds the starting only.
func Start(ctx context.Context, config Config) (_ *Network, err error) {
	run, cancel := context.WithCancel(context.WithoutCancel(ctx))
	n := &Network{config: config, cancel: cancel, failed: make(chan error, 16), Podd: filepath.Join(config.Bin, "podd")}
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Close())
		}
	}()
	if err := n.prepare(); err != nil {
		return nil, err
	}
	for _, step := range []func(ctx, run context.Context) error{n.startChain, n.startPlatform, n.startEngine, n.startPodd, n.startAgent, n.startClient} {
		if err := step(ctx, run); err != nil {
			return nil, err
		}
	}
	return n, nil
}

// prepare takes what can be taken already, so that what is missing or taken is told before a chain is started.
func (n *Network) prepare() (err error) {
	for _, name := range []string{"podd", "engine"} {
		if _, err := os.Stat(filepath.Join(n.config.Bin, name)); err != nil {
			return fmt.Errorf("%s is not built: run `make build engine` first (%w)", name, err)
		}
	}
	for _, dir := range []string{n.path("logs"), n.path("podd")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("the data directory: %w: choose one that you may write to (--data)", err)
		}
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
	const longest = 70 // bytes: names are added, and 107 is the system's limit
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

// watch reports a child that ends by itself and stops it at Close.
func (n *Network) watch(c *child) {
	stopping := make(chan struct{})
	n.onClose(func() error {
		close(stopping)
		return c.stop()
	})
	go func() {
		select {
		case <-c.done:
			n.fail(c.failure())
		case <-stopping:
		}
	}()
}

func (n *Network) path(name string) string   { return filepath.Join(n.config.Dir, "devnet", name) }
func (n *Network) socket(name string) string { return filepath.Join(n.sockets, name+".sock") }
func (n *Network) profilePath() string       { return ProfilePath(n.config.Dir) }

// ProfilePath is where a data directory keeps its network's profile.
func ProfilePath(dir string) string { return filepath.Join(dir, "network.json") }
