package devnet

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/internal/devnet/evm"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// podSalt names the devnet's one pod among its operator's.
var podSalt = protocol.Hash{31: 1}

// Listen takes a loopback address, and says what to do where it is taken.
func Listen(what, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("%s: want an address such as 127.0.0.1:11435: %w", what, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, fmt.Errorf("%s: %s is not a loopback address: whoever can reach it could spend your money; use 127.0.0.1 or [::1]", what, address)
	}
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

// startChain starts the chain, deploys the contracts and funds the user, as far as that has not been done before.
func (n *Network) startChain(ctx, run context.Context) error {
	n.progress("chain", "EVM in process, id "+fmt.Sprint(evm.ChainID))
	keys, err := openKeys(n.config.Dir)
	if err != nil {
		return err
	}
	n.keys = keys
	alloc := map[common.Address]*big.Int{}
	for _, k := range []protocol.Key{keys.deployer, keys.operator, keys.user} {
		alloc[common.Address(k.Address())] = new(big.Int).Mul(big.NewInt(1000), big.NewInt(1e18))
	}
	node, err := evm.Start(run, evm.Config{DataDir: n.path("chain"), Alloc: alloc, Addr: n.config.RPC, MaxHeadAge: maxHeadAge, Logger: n.config.Log})
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("the chain's RPC: port %s is taken: another phallama, or another program, listens there; stop it, or use --rpc", n.config.RPC)
	}
	if err != nil {
		return fmt.Errorf("chain: %w", err)
	}
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
	n.Profile, n.User, n.Operator = profile, keys.user.Address(), keys.operator.Address()
	if n.Chain, err = chain.Dial(ctx, profile, chain.Options{Logger: n.config.Log}); err != nil {
		return err
	}
	n.onClose(func() error { n.Chain.Close(); return nil })
	n.Domain = n.Chain.Domain()
	return nil
}

// fundUser gives the user its money, once: a second start finds the marker of the first.
func (n *Network) fundUser(ctx context.Context) error {
	marker := n.path("funded")
	if _, err := os.Stat(marker); err == nil {
		return nil
	}
	n.progress("user", n.User.String()+" gets "+n.config.Funds.Tokens()+" dPHA")
	deployer, user := chain.NewTransactor(n.Chain, n.keys.deployer), chain.NewTransactor(n.Chain, n.keys.user)
	// After a kill between the two, what was minted is there.
	held, err := n.Chain.TokenBalance(ctx, n.User)
	if err != nil {
		return err
	}
	account, err := n.Chain.Account(ctx, n.User)
	if err != nil {
		return err
	}
	if account.Avail.IsZero() {
		if held.Cmp(n.config.Funds) < 0 {
			if _, err := deployer.Mint(ctx, n.User, n.config.Funds); err != nil {
				return err
			}
		}
		if _, err := user.Deposit(ctx, n.config.Funds); err != nil {
			return err
		}
	}
	return os.WriteFile(marker, nil, 0o600)
}

// startPlatform serves quotes for the podd that is about to start, whose measurement is the SHA-256 of the file, and
// collateral of the simulated platform, and has governance allow both.
func (n *Network) startPlatform(ctx, run context.Context) error {
	measurement, err := fileDigest(n.Podd)
	if err != nil {
		return fmt.Errorf("podd's measurement: %w", err)
	}
	n.progress("platform", "SIMULATED quotes for podd, measurement "+measurement.String()[:16]+"…")
	policy, err := json.Marshal(attest.NewPolicy(evm.ChainID, attest.TierSimulated, time.Now().Add(-time.Hour), measurement))
	if err != nil {
		return err
	}
	pcs, err := n.servePCS()
	if err != nil {
		return err
	}
	n.Profile.Policy, n.Profile.Simulated, n.Profile.Collateral = policy, n.platform.RootDER(), []string{pcs}
	if err := n.Profile.Save(n.profilePath()); err != nil {
		return err
	}
	listener, err := simulated.Listen(n.socket("quote"))
	if err != nil {
		return err
	}
	source := n.platform.Source(simulated.Enclave{MRENCLAVE: measurement})
	go func() {
		if err := simulated.Serve(run, listener, source); err != nil {
			n.fail(fmt.Errorf("quote socket: %w", err))
		}
	}()
	return n.allow(ctx, protocol.Hash(measurement), source)
}

// servePCS serves the simulated platform's collateral as Intel's service does, on loopback.
func (n *Network) servePCS() (url string, err error) {
	listener, err := Listen("the collateral service", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	server := &http.Server{Handler: n.platform.ServePCS(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			n.fail(fmt.Errorf("collateral service: %w", err))
		}
	}()
	n.onClose(server.Close)
	return "http://" + listener.Addr().String(), nil
}

// allow has governance allow podd's measurement and the simulated model of platform, where it does not yet. The devnet's
// timelock does not make it wait.
func (n *Network) allow(ctx context.Context, measurement protocol.Hash, source attest.Source) error {
	governor := chain.NewTransactor(n.Chain, n.keys.deployer)
	var actions []chain.Action
	m, err := n.Chain.MeasurementOf(ctx, measurement)
	switch {
	case err != nil:
		return err
	case m.Status == chain.MeasurementRevoked:
		return fmt.Errorf("governance of this devnet has revoked the measurement of %s, for ever: build another podd, or use another data directory (--data)", n.Podd)
	case m.Status != chain.MeasurementActive:
		actions = append(actions, n.Chain.AddMeasurement(chain.Measurement{MRENCLAVE: measurement, XFRMAllowed: attest.DefaultXFRM}))
	}
	floor, err := simulatedFloor(ctx, source)
	if err != nil {
		return err
	}
	if _, err := n.Chain.FloorOf(ctx, floor.FMSPC); errors.Is(err, chain.ErrNotFound) {
		actions = append(actions, n.Chain.SetFloor(floor))
	} else if err != nil {
		return err
	}
	for _, action := range actions {
		p, err := governor.Propose(ctx, action)
		if err != nil {
			return err
		}
		if _, err := governor.Execute(ctx, p.ID); err != nil {
			return err
		}
	}
	return nil
}

// simulatedFloor is at the security versions that the platform has.
func simulatedFloor(ctx context.Context, source attest.Source) (chain.Floor, error) {
	evidence, err := source.Quote(ctx, [64]byte{})
	if err != nil {
		return chain.Floor{}, err
	}
	_, certificate, err := evidence.Split()
	if err != nil {
		return chain.Floor{}, err
	}
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return chain.Floor{}, err
	}
	pck, err := dcap.ParsePCK(parsed)
	if err != nil {
		return chain.Floor{}, err
	}
	return chain.Floor{FMSPC: pck.FMSPC, ComponentSVNs: pck.ComponentSVNs, PCESVN: pck.PCESVN}, nil
}

func (n *Network) startEngine(ctx, _ context.Context) error {
	n.progress("engine", "Ollama on a UNIX socket")
	engine, err := startChild("engine", n.path("logs"), filepath.Join(n.config.Bin, "engine"),
		"--socket", n.socket("engine"), "--models", n.config.Models, "--context", fmt.Sprint(contextLength), "--parallel", "1")
	if err != nil {
		return err
	}
	n.engine = engine
	n.watch(engine)
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	_, err = engine.line(ctx)
	return err
}

// contextLength is the tokens that the engine gives each request; a model with a shorter context gets its own.
const contextLength = 4096

func (n *Network) startPodd(ctx, _ context.Context) error {
	n.progress("podd", n.Podd)
	registry := n.Chain.Registry()
	n.Pod = protocol.PodID(registry, n.Operator, podSalt)
	token := make([]byte, 16)
	_, _ = rand.Read(token)
	n.controlToken = hex.EncodeToString(token)
	config := enclave.Config{
		ChainID: n.Domain.ChainID, Registry: registry, Escrow: n.Domain.Escrow, Pod: n.Pod, Operator: n.Operator,
		Listen: "127.0.0.1:0", Control: "127.0.0.1:0", ControlToken: n.controlToken,
		EngineSocket: n.socket("engine"), Models: n.config.Models, QuoteSocket: n.socket("quote"), State: n.path("podd"),
		StateKey: enclave.StateKey{Source: "file", Path: n.path("podd.key")}, // a simulated platform seals nothing
		Offers: []enclave.Offer{{
			Model: n.config.Model, Context: contextLength,
			// 0.2 and 0.8 tokens for a million prompt and output tokens, 10^-6 for each request.
			InPerM: protocol.Units(200_000_000_000_000_000), CachedPerM: protocol.Units(100_000_000_000_000_000),
			OutPerM: protocol.Units(800_000_000_000_000_000), PerRequest: protocol.Units(1_000_000_000_000),
		}},
	}
	raw, err := json.MarshalIndent(config, "", "  ")
	if err != nil {
		return err
	}
	path := n.path("podd.json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		return err
	}
	podd, err := startChild("podd", n.path("logs"), n.Podd, "--config", path, "--until-stdin-closes")
	if err != nil {
		return err
	}
	n.podd = podd
	n.watch(podd)
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	line, err := podd.line(ctx)
	if err != nil {
		return err
	}
	var ready enclave.Ready
	if err := json.Unmarshal([]byte(line), &ready); err != nil {
		return fmt.Errorf("podd: its first line is not its ready line: %w", err)
	}
	n.PoddURL, n.controlURL = "http://"+ready.Listen, "http://"+ready.Control
	return nil
}

// startAgent starts the operator's agent and, beside it, funds the user; both wait for blocks.
func (n *Network) startAgent(ctx, run context.Context) error {
	n.progress("operator", "registers pod "+n.Pod.Short()+" at "+n.PoddURL)
	agent, err := operator.New(operator.Config{
		ControlURL: n.controlURL, Token: operator.Token(n.controlToken), Salt: podSalt, PodURL: n.PoddURL,
		Chain: chain.NewTransactor(n.Chain, n.keys.operator), SettleEvery: n.config.SettleEvery, SettleOnStop: true, Logger: n.config.Log,
		Served: served(n.Profile, n.path("collateral")),
	})
	if err != nil {
		return err
	}
	n.Agent = agent
	agentRun, cancel := context.WithCancel(run)
	stopped := make(chan struct{})
	var agentErr error
	go func() {
		defer close(stopped)
		if agentErr = agent.Run(agentRun); agentErr != nil {
			n.fail(fmt.Errorf("operator's agent: %w", agentErr))
		}
	}()
	n.onClose(func() error {
		cancel()
		<-stopped
		return nil
	})
	if err := n.fundUser(ctx); err != nil {
		return fmt.Errorf("funding the user: %w", err)
	}
	ctx, cancelWait := context.WithTimeout(ctx, readyWithin)
	defer cancelWait()
	select {
	case <-agent.Registered():
		return nil
	case <-stopped:
		return fmt.Errorf("operator's agent: %w", agentErr)
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return fmt.Errorf("waiting for the pod to be registered: %w", context.Cause(ctx))
		}
		return fmt.Errorf("the pod was not registered in time: %w (logs: %s)", ctx.Err(), n.path("logs"))
	}
}

// startClient starts the user's side: the client and the gateway on it.
func (n *Network) startClient(_, _ context.Context) error {
	c, err := OpenClient(n.config.Dir, n.Profile, n.Chain, n.keys.user, n.config.Transport)
	if err != nil {
		return err
	}
	n.Client = c
	n.onClose(c.Close)
	handler := gateway.Handler(gateway.Config{Client: c, Log: n.config.Log})
	if n.config.Wrap != nil {
		handler = n.config.Wrap(handler)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second}
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

func fileDigest(path string) (attest.Digest, error) {
	file, err := os.Open(path)
	if err != nil {
		return attest.Digest{}, err
	}
	defer file.Close()
	h := sha256.New()
	if _, err := io.Copy(h, file); err != nil {
		return attest.Digest{}, err
	}
	return attest.Digest(h.Sum(nil)), nil
}

func (n *Network) progress(what, detail string) {
	if n.config.Progress != nil {
		n.config.Progress(what, strings.TrimSpace(detail))
	}
}
