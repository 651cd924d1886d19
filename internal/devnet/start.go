package devnet

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// IsLoopback tells whether only this machine can reach an address.
func IsLoopback(address string) (bool, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false, fmt.Errorf("want an address such as 127.0.0.1:11435: %w", err)
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback(), nil
}

// Listen takes a loopback address, and says what to do where it is taken.
func Listen(what, address string) (net.Listener, error) {
	switch local, err := IsLoopback(address); {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", what, err)
	case !local:
		return nil, fmt.Errorf("%s: %s is not a loopback address: whoever can reach it could spend your money; use 127.0.0.1 or [::1]", what, address)
	}
	return ListenAnywhere(what, address)
}

// ListenAnywhere is Listen for who asks for a key.
func ListenAnywhere(what, address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, fmt.Errorf("%s: port %s is taken: another phallama, or another program, listens there; stop it, or use --listen", what, address)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return listener, nil
}

// maxHeadAge keeps an idle chain's clock going, for whoever asks it what is past.
const maxHeadAge = 12 * time.Second

// startChain starts the chain, deploys the contracts and sees that operators can pay gas, as far as that is needed.
func (n *Network) startChain(ctx, run context.Context) error {
	n.progress("chain", "EVM in process, id "+fmt.Sprint(evm.ChainID))
	keys, err := openKeys(n.config.Dir, n.config.Operators)
	if err != nil {
		return err
	}
	n.keys = keys
	alloc := map[common.Address]*big.Int{}
	for _, k := range append([]protocol.Key{keys.deployer, keys.user}, keys.operators...) {
		alloc[common.Address(k.Address())] = new(big.Int).Mul(big.NewInt(1000), big.NewInt(1e18))
	}
	node, err := evm.Start(run, evm.Config{DataDir: n.path("chain"), Alloc: alloc, Addr: n.config.RPC, MaxHeadAge: maxHeadAge, Logger: n.config.Log})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("the chain's RPC: port %s is taken: another phallama, or another program, listens there; stop it, or use --rpc", n.config.RPC)
	}
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
	n.node = node
	n.onClose(node.Close)
	if err := n.makeSockets(); err != nil {
		return err
	}

	profile, err := network.Load(n.profilePath())
	switch {
	case errors.Is(err, os.ErrNotExist):
		profile = network.Profile{Name: "devnet", ChainID: evm.ChainID}
	case err != nil:
		return err
	case profile.ChainID != evm.ChainID:
		return fmt.Errorf("%s is of network %q: a devnet needs a data directory of its own (--data)", n.config.Dir, profile.Name)
	}
	profile.RPC = []string{node.URL()}
	if n.platform, err = simulated.LoadOrNew(n.path("platform"), simulated.Config{}); err != nil {
		return err
	}
	if profile.Escrow == "" {
		n.progress("contracts", "deploying token, timelock, quote verifier, registry and escrow")
		// The verifier registers platforms of the simulated CAs: a development chain's may. What governance adds does not wait.
		platformCA, processorCA := n.platform.CAKeys()
		terms := chain.Terms{PlatformCA: platformCA, ProcessorCA: processorCA, Delay: chain.NoDelay}
		if profile, err = chain.Deploy(ctx, profile, keys.deployer, terms, chain.Options{Logger: n.config.Log}); err != nil {
			return err
		}
	}
	if err := profile.Save(n.profilePath()); err != nil {
		return err
	}
	n.Profile, n.User = profile, keys.user.Address()
	if n.Chain, err = chain.Dial(ctx, profile, chain.Options{Logger: n.config.Log}); err != nil {
		return err
	}
	n.onClose(func() error { n.Chain.Close(); return nil })
	n.Domain = n.Chain.Domain()
	n.layPods()
	return n.fundOperators(ctx)
}

// startEngine starts one engine for all pods, unless each is to have its own: memory and cores of one machine are what
// there is.
func (n *Network) startEngine(ctx, run context.Context) error {
	if n.Enclave == AllInOne {
		n.progress("engine", "Ollama inside each pod's own process")
		return nil
	}
	if n.config.EngineSocket != "" {
		n.progress("engine", "a stand-in for load: nothing is computed")
		return nil
	}
	if n.config.Ollama != "" {
		return n.startOllama(ctx, run)
	}
	n.progress("engine", "Ollama on a UNIX socket, "+shared(len(n.Pods)))
	return n.keepEngine(ctx, run, n.runEngine)
}

// keepEngine starts the engine, and again whatever ends it: podd has a new one load the models. start is called with
// n.engineMu held, and sets n.engine.
func (n *Network) keepEngine(ctx, run context.Context, start func(context.Context) (*child, error)) error {
	n.onClose(func() error {
		n.engineMu.Lock()
		defer n.engineMu.Unlock()
		if n.engine == nil {
			return nil
		}
		return n.engine.stop()
	})
	n.engineMu.Lock()
	defer n.engineMu.Unlock()
	engine, err := start(ctx)
	if err != nil {
		return err
	}
	n.keep(engine, always, func(old *child) (*child, error) {
		n.engineMu.Lock()
		defer n.engineMu.Unlock()
		if old.ending.Load() {
			return nil, nil
		}
		return start(run)
	})
	return nil
}

// runEngine starts the engine and waits until it answers. n.engineMu is held.
func (n *Network) runEngine(ctx context.Context) (*child, error) {
	args := []string{"--socket", n.EngineSocket(), "--models", n.config.Models, "--context", fmt.Sprint(contextLength), "--parallel", "1"}
	if n.config.WedgeAfter != 0 {
		args = append(args, "--wedge-after", n.config.WedgeAfter.String())
	}
	engine, err := startChild("engine", n.path("logs"), filepath.Join(n.config.Bin, "engine"), args...)
	if err != nil {
		return nil, err
	}
	n.engine = engine
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	if _, err := engine.line(ctx); err != nil {
		return nil, errors.Join(err, engine.stop())
	}
	return engine, nil
}

// contextLength is the tokens that the engine gives each request; a model with a shorter context gets its own.
const contextLength = 4096

// upkeep is how often the client looks for proofs: as often as there are any, or as it does by itself; 0.
func (n *Network) upkeep() time.Duration {
	if n.config.SettleEvery < client.DefaultUpkeep {
		return n.config.SettleEvery
	}
	return 0
}

// startClient starts the user's side: the client and the gateway on it.
func (n *Network) startClient(_, _ context.Context) error {
	c, err := Open(n.config.Dir, n.Profile, n.Chain, client.Config{Owner: n.keys.user, Relay: n.config.Relay, Transport: n.config.Transport, Shape: n.config.Shape, Choice: n.config.Choice, Upkeep: n.upkeep()})
	if err != nil {
		return err
	}
	n.Client = c
	n.onClose(c.Close)
	keys, err := gateway.OpenKeys(filepath.Join(n.config.Dir, "gateway"), c.Receipts, nil)
	if err != nil {
		return err
	}
	n.onClose(keys.Close)
	config := gateway.Config{Client: c, Log: n.config.Log, Keys: keys}
	if n.config.Page != nil {
		if config.Page, err = n.config.Page(n.Profile, c); err != nil {
			return err
		}
	}
	handler := gateway.Handler(config)
	if n.config.Wrap != nil {
		handler = n.config.Wrap(handler)
	}
	server := gateway.NewServer(handler)
	go func() {
		if err := server.Serve(n.listener); !errors.Is(err, http.ErrServerClosed) {
			n.fail(fmt.Errorf("gateway: %w", err))
		}
	}()
	n.onClose(server.Close)
	n.Gateway = "http://" + n.listener.Addr().String()
	n.progress("gateway", n.Gateway)
	return nil
}

func (n *Network) progress(what, detail string) {
	if n.config.Progress != nil {
		n.config.Progress(what, strings.TrimSpace(detail))
	}
}
