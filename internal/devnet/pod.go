package devnet

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/enclave"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// Pod is one pod of the network: a podd, of whichever form, with a directory of its own, and its operator's agent beside it. Each can be
// stopped and started again while the rest of the network runs. podd keeps its addresses then: a real pod's URL does not
// change with a restart.
type Pod struct {
	ID       protocol.Address
	Operator protocol.Address
	Machine  string // its name in the data directory

	n                *Network
	operator, number int  // which of the operators, and which pod of that one; both count from 1
	tampered         bool // it runs another podd than the one of the policy
	chain            *chain.Transactor
	token            string // of the control API

	mu              sync.Mutex
	podd            *child
	listen, control string // addresses; port 0 until the first start
	identity        protocol.Address
	agent           *agent
}

// agent is one run of an operator's agent.
type agent struct {
	*operator.Agent
	cancel context.CancelFunc
	done   chan struct{}
	err    error  // after done
	page   string // its URL; empty: there is none
}

// layPods says which pods there are: the first of each operator in turn, then the second, and so on. Operator and number
// name a pod for good, whatever else runs.
func (n *Network) layPods() {
	for _, key := range n.keys.operators {
		n.operators = append(n.operators, chain.NewTransactor(n.Chain, key))
	}
	for i := range n.config.Pods {
		p := &Pod{
			n: n, tampered: i >= n.config.Pods-n.config.Tampered, operator: i%n.config.Operators + 1, number: i/n.config.Operators + 1, listen: "127.0.0.1:0", control: "127.0.0.1:0",
		}
		p.chain = n.operators[p.operator-1]
		p.Operator = p.chain.Address()
		p.ID = protocol.PodID(n.Chain.Registry(), p.Operator, p.salt())
		p.Machine = named("platform", p.operator, p.machine())
		token := make([]byte, 16)
		_, _ = rand.Read(token)
		p.token = hex.EncodeToString(token)
		n.Pods = append(n.Pods, p)
	}
}

// Pod is the network's first pod.
func (n *Network) Pod() *Pod { return n.Pods[0] }

// Agent is the agent of the first pod.
func (n *Network) Agent() *operator.Agent { return n.Pods[0].Agent() }

// Operators are the accounts that the pods earn for, each once.
func (n *Network) Operators() []protocol.Address {
	var all []protocol.Address
	for _, t := range n.operators {
		all = append(all, t.Address())
	}
	return all
}

// named names the files of an operator's things: those of the first one's first as they were when there was one.
func named(kind string, operator, number int) string {
	if operator == 1 && number == 1 {
		return kind
	}
	return fmt.Sprintf("%s-%d-%d", kind, operator, number)
}

// podsPerMachine is how many live pods the registry allows on one machine.
const podsPerMachine = 8

// machine is which of its operator's machines the pod runs on.
func (p *Pod) machine() int { return (p.number-1)/podsPerMachine + 1 }

// salt tells the pods of one operator apart.
func (p *Pod) salt() protocol.Hash { return protocol.Hash{31: byte(p.number)} }

// Name is the pod's in the data directory: of its log, its configuration and its ledger's directory.
func (p *Pod) Name() string { return named("podd", p.operator, p.number) }

// Dir is the directory of the pod's ledger.
func (p *Pod) Dir() string { return p.n.path(p.Name()) }

// keyPath is the file with the key of the pod's ledger.
func (p *Pod) keyPath() string { return p.n.path(p.Name() + ".key") }

// RecoveryPath is where the pod's agent keeps what the pod exports: not in Dir, with which it would be lost.
func (p *Pod) RecoveryPath() string { return p.n.path(p.Name() + ".recovery.json") }

// Book opens the ledger of a pod that does not run.
func (p *Pod) Book() (*ledger.Ledger, error) {
	text, err := os.ReadFile(p.keyPath())
	if err != nil {
		return nil, err
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil {
		return nil, fmt.Errorf("%s: want hexadecimal digits", p.keyPath())
	}
	key, err := ledger.NewKey(secret)
	if err != nil {
		return nil, err
	}
	return ledger.Open(ledger.Config{Dir: p.Dir(), Key: key, Domain: p.n.Domain, Pod: p.ID})
}

// quoteSocket is where the pod's machine quotes what the pod runs.
func (p *Pod) quoteSocket() string {
	if p.tampered {
		return p.n.socket(p.Machine + "-t")
	}
	return p.n.socket(p.Machine)
}

// program is what the pod runs.
func (p *Pod) program() string {
	if p.tampered {
		return p.n.tamperedPodd()
	}
	return p.n.Podd
}

// URL is where the pod takes sealed requests.
func (p *Pod) URL() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return "http://" + p.listen
}

// public is where others reach the pod. p.mu is held.
func (p *Pod) public() string { return p.n.front("http://" + p.listen) }

// relay is the URL of its operator's OHTTP relay if the pod's agent is the one to publish it.
func (p *Pod) relay() string {
	if p.number != 1 || p.operator > len(p.n.relays) {
		return ""
	}
	return p.n.relays[p.operator-1]
}

// Agent is the agent that runs, or ran last: one that has stopped can still be told to settle. nil before the first.
func (p *Pod) Agent() *operator.Agent {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.agent == nil {
		return nil
	}
	return p.agent.Agent
}

// cellBytes is little for the tiny model, which says some 4,000 tokens a second: at a constant rate it comes down to 330.
// Frames that would fit it cost short answers more than they say.
const cellBytes = 4096

func (p *Pod) config() enclave.Config {
	engine, copied := "", ""
	if p.n.Enclave == TwoProcess {
		engine = p.n.EngineSocket()
	} else {
		copied = p.n.path(p.Name() + ".models")
	}
	times := uint64(1)
	if i := slices.Index(p.n.Pods, p); i >= 0 && i < len(p.n.config.Times) {
		times = p.n.config.Times[i]
	}
	return enclave.Config{
		CellBytes: cellBytes, Slots: p.n.config.Slots, Queue: 2 * p.n.config.Slots,
		ChainID: p.n.Domain.ChainID, Registry: p.n.Chain.Registry(), Escrow: p.n.Domain.Escrow, Pod: p.ID, Operator: p.Operator,
		Listen: p.listen, Control: p.control, ControlToken: p.token,
		EngineSocket: engine, Models: p.n.config.Models, ModelsCopy: copied, QuoteSocket: p.quoteSocket(), State: p.Dir(),
		StateKey:       enclave.StateKey{Source: "file", Path: p.keyPath()}, // a simulated platform seals nothing
		PublishSeconds: 1,                                                   // nor hides anything: who looks on need not wait
		KeySeconds:     p.n.config.KeySeconds,
		Offers: []enclave.Offer{{
			Model: p.n.config.Model, Context: contextLength,
			// 0.2 and 0.8 tokens for a million prompt and output tokens, 10^-6 for each request.
			InPerM: protocol.Units(times * 200_000_000_000_000_000), CachedPerM: protocol.Units(times * 100_000_000_000_000_000),
			OutPerM: protocol.Units(times * 800_000_000_000_000_000), PerRequest: protocol.Units(times * 1_000_000_000_000),
		}},
	}
}

// Start starts podd, and returns once it listens. Its agent need not run.
func (p *Pod) Start(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.podd != nil && p.podd.running() {
		return fmt.Errorf("%s runs already", p.Name())
	}
	if err := p.launch(ctx); err != nil {
		return err
	}
	p.n.keep(p.podd, wedged, func(old *child) (*child, error) {
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.podd != old || old.ending.Load() {
			return nil, nil
		}
		if err := p.launch(p.n.run); err != nil {
			return nil, err
		}
		return p.podd, nil
	})
	return nil
}

// launch runs podd and waits until it listens. p.mu is held.
func (p *Pod) launch(ctx context.Context) error {
	if err := os.MkdirAll(p.Dir(), 0o700); err != nil {
		return err
	}
	raw, err := json.MarshalIndent(p.config(), "", "  ")
	if err != nil {
		return err
	}
	path := p.n.path(p.Name() + ".json")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		return err
	}
	podd, err := startChild(p.Name(), p.n.path("logs"), p.program(), "--config", path, "--until-stdin-closes")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	line, err := podd.line(ctx)
	if err != nil {
		return errors.Join(err, podd.stop())
	}
	var ready enclave.Ready
	if err := json.Unmarshal([]byte(line), &ready); err != nil {
		return errors.Join(fmt.Errorf("%s: its first line is not its ready line: %w", p.Name(), err), podd.stop())
	}
	p.podd, p.listen, p.control, p.identity = podd, ready.Listen, ready.Control, ready.Identity
	return nil
}

// Stop stops podd as its operator would.
func (p *Pod) Stop() error { return p.end((*child).stop) }

// Kill ends podd by SIGKILL, whatever it is doing.
func (p *Pod) Kill() error { return p.end((*child).kill) }

func (p *Pod) end(how func(*child) error) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.podd == nil {
		return nil
	}
	if !p.podd.running() {
		p.podd.ending.Store(true) // it is not started again
		return nil
	}
	return how(p.podd)
}

// Wipe removes the ledger of a pod that does not run: what it has earned and not settled is lost to its operator.
func (p *Pod) Wipe() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.podd != nil && p.podd.running() {
		return fmt.Errorf("%s runs: stop it first", p.Name())
	}
	return os.RemoveAll(p.Dir())
}

// StartAgent starts the operator's agent.
func (p *Pod) StartAgent() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.agent != nil && p.agent.ended() == nil {
		return fmt.Errorf("the agent of %s runs already", p.Name())
	}
	inner, err := operator.New(operator.Config{
		ControlURL: "http://" + p.control, Token: operator.Token(p.token), Salt: p.salt(), PodURL: p.public(), RelayURL: p.relay(),
		Chain: p.chain, SettleEvery: p.n.config.SettleEvery, Logger: p.n.config.Log,
		Recovery: p.RecoveryPath(),
		Served:   served(p.n.Profile, p.n.path(named("collateral", p.operator, p.number))),
	})
	if err != nil {
		return err
	}
	run, cancel := context.WithCancel(p.n.run)
	a := &agent{Agent: inner, cancel: cancel, done: make(chan struct{})}
	shut, err := a.showPage(p.n)
	if err != nil {
		cancel()
		return err
	}
	go func() {
		defer close(a.done)
		defer shut()
		if err := a.Run(run); err != nil {
			a.err = fmt.Errorf("the operator's agent of %s: %w", p.Name(), err)
			p.n.fail(a.err)
		}
	}()
	p.agent = a
	return nil
}

// showPage serves the agent's page until what is returned is called.
func (a *agent) showPage(n *Network) (shut func(), err error) {
	if n.config.AgentPage == nil {
		return func() {}, nil
	}
	listener, err := Listen("the operator's page", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	server := &http.Server{Handler: n.config.AgentPage(n.Profile, a.Agent), ReadHeaderTimeout: 10 * time.Second}
	a.page = "http://" + listener.Addr().String() + "/ui/"
	go func() { _ = server.Serve(listener) }() // until it is closed
	return func() { _ = server.Close() }, nil
}

// Page is where the agent that runs, or ran last, shows its page; empty: nowhere.
func (p *Pod) Page() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.agent == nil {
		return ""
	}
	return p.agent.page
}

// ended says why an agent does not run any more; nil while it does.
func (a *agent) ended() error {
	select {
	case <-a.done:
		if a.err == nil {
			return errors.New("the operator's agent was stopped")
		}
		return a.err
	default:
		return nil
	}
}

// StopAgent stops the operator's agent in the middle of whatever it does. Nothing is settled.
func (p *Pod) StopAgent() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.agent != nil {
		p.agent.cancel()
		<-p.agent.done
	}
}

// Listed waits until the registry lists the podd that runs: its identity, at its URL, and its operator's relay.
func (p *Pod) Listed(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, readyWithin)
	defer cancel()
	for {
		p.mu.Lock()
		identity, url, agent := p.identity, p.public(), p.agent
		p.mu.Unlock()
		record, err := p.n.Chain.Pod(ctx, p.ID)
		relayed := p.relay() == "" || record.Relay == p.relay()
		if err == nil && record.Identity == identity && record.URL == url && !record.Retired && relayed {
			return nil
		}
		if agent != nil {
			if err := agent.ended(); err != nil {
				return err
			}
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.Canceled) {
				return fmt.Errorf("waiting for pod %s to be registered: %w", p.ID.Short(), context.Cause(ctx))
			}
			return fmt.Errorf("pod %s was not registered in time: %w (logs: %s)", p.ID.Short(), ctx.Err(), p.n.path("logs"))
		}
	}
}

// settleLast settles what was charged before the network ends.
func (p *Pod) settleLast() {
	ctx, cancel := context.WithTimeout(context.Background(), readyWithin)
	defer cancel()
	if _, err := p.Agent().SettleNow(ctx); err != nil && !errors.Is(err, operator.ErrNothingToSettle) {
		p.n.config.Log.Error("the last settlement failed; it is made when the network runs again", "pod", p.ID.Short(), "error", err)
	}
}

// startPods starts every podd.
func (n *Network) startPods(ctx, _ context.Context) error {
	for _, p := range n.Pods {
		n.progress("podd", p.program()+", "+p.Name())
		n.onClose(p.Stop)
		if err := p.Start(ctx); err != nil {
			return err
		}
	}
	return nil
}

// startAgents starts the operators' agents and, beside them, takes pods that do not run off the registry and funds the
// user; all of that waits for blocks.
func (n *Network) startAgents(ctx, _ context.Context) error {
	n.onClose(func() error {
		var all sync.WaitGroup
		for _, p := range n.Pods {
			all.Go(func() {
				p.StopAgent()
				if p.Agent() != nil {
					p.settleLast()
				}
			})
		}
		all.Wait()
		return nil
	})
	if err := n.retireOthers(ctx); err != nil {
		return err
	}
	for _, p := range n.Pods {
		n.progress("operator", p.Operator.Short()+" registers pod "+p.ID.Short()+" at "+p.URL())
		if err := p.StartAgent(); err != nil {
			return err
		}
	}
	if err := n.fundUser(ctx); err != nil {
		return fmt.Errorf("funding the user: %w", err)
	}
	for _, p := range n.Pods {
		if err := p.Listed(ctx); err != nil {
			return err
		}
	}
	return nil
}

// retireOthers takes the pods off the registry that ran before and do not now: clients would ask them in vain. Once they
// run again, their agents list them again.
func (n *Network) retireOthers(ctx context.Context) error {
	records, err := n.Chain.Pods(ctx)
	if err != nil {
		return err
	}
	runs, ours := map[protocol.Address]bool{}, map[protocol.Address]*chain.Transactor{}
	for _, p := range n.Pods {
		runs[p.ID] = true
	}
	for _, t := range n.operators {
		ours[t.Address()] = t
	}
	for _, key := range n.keys.former {
		ours[key.Address()] = chain.NewTransactor(n.Chain, key)
	}
	for _, r := range records {
		if owner := ours[r.Operator]; owner != nil && !runs[r.ID] {
			n.progress("operator", r.Operator.Short()+" retires pod "+r.ID.Short()+", which does not run any more")
			if _, err := owner.Retire(ctx, r.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// shared says how many use one thing.
func shared(n int) string {
	if n == 1 {
		return "for one pod"
	}
	return fmt.Sprintf("one for %d pods", n)
}
