package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/envelope"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// defaultModel is the tiny model that comes along.
const defaultModel = "wisp:latest"

// settleEvery is short, so that whoever looks at the chain sees it happen.
const settleEvery = time.Minute

func (a *app) upCommand() *cobra.Command {
	var (
		listen, rpc     string
		pods, operators int
		tampered        int
		settle          time.Duration
		form            string
		model, store    string
		engine          string
	)
	cmd := &cobra.Command{
		Use:   "up",
		Short: "Run a whole network on this machine (SIMULATED)",
		Long: `Starts a development network and keeps it until Ctrl-C: an EVM chain with the
contracts, a simulated attestation platform, Ollama, podd, the operator's agent,
a funded user and the gateway. Its state is kept in the data directory, and a
later start goes on from there.

With --pods there are more pods, each a podd with an agent and a ledger of its
own; they share one Ollama. With --operators they are spread over so many
accounts, each with machines and an OHTTP relay of its own. Pods beyond what is asked for are taken
off the registry, and are back as they were when as many are asked for again.

With --tampered the last of them run a podd that somebody has changed. The devnet's
governance lists it on chain, as one that was taken over might; clients, who go by
their own policy, refuse it and say why.

With --model the pods offer another model than the tiny one that comes along: one
that Ollama has on this machine, or the store of --models. Where the engine that
pods run is not built, an Ollama on the PATH stands in for it; --engine URL takes
one that runs already.

With --enclave all-in-one each pod is one process, podd and Ollama together, as
it is to run inside SGX; then each has an Ollama of its own, and a copy of the
model in the data directory.

No hardware stands behind its attestation and no value behind its money: it is
of tier T0.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if pods < 1 || pods > devnet.MaxPods {
				return &exitError{exitUsage, fmt.Errorf("--pods: want 1 to %d, got %d", devnet.MaxPods, pods)}
			}
			if operators < 1 || operators > pods {
				return &exitError{exitUsage, fmt.Errorf("--operators: want 1 to %d, which is how many pods there are, got %d", pods, operators)}
			}
			if tampered < 0 || tampered > pods {
				return &exitError{exitUsage, fmt.Errorf("--tampered: want 0 to %d, which is how many pods there are, got %d", pods, tampered)}
			}
			if settle < time.Second || settle > time.Hour {
				return &exitError{exitUsage, fmt.Errorf("--settle-every: want 1s to 1h, got %s", settle)}
			}
			config, err := a.devnetConfig(listen, rpc)
			if err != nil {
				return err
			}
			if config.Enclave, err = parseEnclave(form); err != nil {
				return err
			}
			if err := a.chooseEngine(cmd.Context(), engine, model, store, &config); err != nil {
				return err
			}
			config.Pods, config.Operators, config.Tampered, config.SettleEvery = pods, operators, tampered, settle
			return a.up(cmd.Context(), config)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", defaultGateway, "`address` of the gateway")
	cmd.Flags().StringVar(&rpc, "rpc", "127.0.0.1:11436", "`address` of the chain's RPC")
	cmd.Flags().IntVar(&pods, "pods", 1, fmt.Sprintf("`number` of pods, at most %d", devnet.MaxPods))
	cmd.Flags().IntVar(&operators, "operators", 1, "`number` of operators that they are spread over")
	cmd.Flags().IntVar(&tampered, "tampered", 0, "`number` of pods, the last ones, that run a changed podd, which clients refuse")
	cmd.Flags().DurationVar(&settle, "settle-every", settleEvery, "`time` that pods wait between settlements")
	cmd.Flags().StringVar(&engine, "engine", engineAuto, "what computes: built, as pods have it, ollama of the PATH, the `URL` of an Ollama that runs, or auto, the first of the two that there is")
	cmd.Flags().StringVarP(&model, "model", "m", defaultModel, "`name` of the model that the pods offer")
	cmd.Flags().StringVar(&store, "models", "", "`dir` of the store that has it, in Ollama's layout (default: Ollama's own)")
	enclaveFlag(cmd, &form)
	a.shapeFlag(cmd)
	a.relayFlag(cmd)
	a.choiceFlags(cmd)
	return cmd
}

// enclaveFlag gives a command that runs a network the flag for the form of its pods.
func enclaveFlag(cmd *cobra.Command, form *string) {
	cmd.Flags().StringVar(form, "enclave", string(devnet.TwoProcess), fmt.Sprintf("`form` of a pod: %s or %s", devnet.TwoProcess, devnet.AllInOne))
}

// shape is the value of --shape.
type shape struct{ envelope.Shape }

// shapeFlag gives a command that runs a gateway the flag for the shape of its answers.
func (a *app) shapeFlag(cmd *cobra.Command) {
	cmd.Flags().Var(&a.shape, "shape", "`shape` of answers for whoever sees the connection: off as they come, cell in frames of one size, cbr at a constant rate too")
}

func (s *shape) String() string { return string(s.Shape) }
func (s *shape) Type() string   { return "shape" }

// Set implements pflag.Value.
func (s *shape) Set(text string) (err error) {
	s.Shape, err = envelope.ParseShape(text)
	return err
}

func parseEnclave(form string) (devnet.Enclave, error) {
	if e := devnet.Enclave(form); slices.Contains(devnet.Enclaves, e) {
		return e, nil
	}
	return "", &exitError{exitUsage, fmt.Errorf("--enclave: want %s or %s, got %q", devnet.TwoProcess, devnet.AllInOne, form)}
}

// podUp is a pod of `up`.
type podUp struct {
	ID       protocol.Address `json:"id"`
	Operator protocol.Address `json:"operator"`
	Machine  string           `json:"machine"` // like name, of its files in the data directory
	Name     string           `json:"name"`
	URL      string           `json:"url"`
	Page     string           `json:"page"` // its operator's
}

func (a *app) up(ctx context.Context, config devnet.Config) error {
	fmt.Fprintln(a.err, a.err.yellow(simulated))
	net, err := devnet.Start(ctx, config)
	if err != nil {
		return err
	}
	link, err := a.invite(net.Gateway)
	if err != nil {
		return errors.Join(err, net.Close())
	}
	var pods []podUp
	for _, p := range net.Pods {
		pods = append(pods, podUp{ID: p.ID, Operator: p.Operator, Machine: p.Machine, Name: p.Name(), URL: p.URL(), Page: p.Page()})
	}
	if a.json {
		if err := a.out.json(map[string]any{
			"gateway": net.Gateway, "page": link, "rpc": net.Profile.RPC[0], "pod": net.Pod().ID, "podUrl": net.Pod().URL(), "user": net.User,
			"pods": pods, "operators": net.Operators(),
			"escrow": net.Domain.Escrow, "registry": net.Profile.Registry, "relays": append([]string{}, net.Relays()...), "podd": net.Podd, "enclave": net.Enclave, "tier": "T0-simulated",
		}); err != nil {
			return errors.Join(err, net.Close())
		}
	} else {
		fmt.Fprintf(a.out, "\n%s Point your tools here:\n", a.out.green("Ready."))
		a.out.step("browser", "%s", link)
		a.out.step("Ollama", "OLLAMA_HOST=%s", net.Gateway)
		a.out.step("OpenAI", "OPENAI_BASE_URL=%s/v1 OPENAI_API_KEY=any", net.Gateway)
		a.out.step("chain", "%s  (id %d)", net.Profile.RPC[0], net.Profile.ChainID)
		a.out.step("enclave", "%s, %s", net.Enclave, net.Podd)
		a.out.step("logs", "%s", filepath.Dir(net.LogPath))
		a.printUp(pods)
		where := ""
		if at := strings.TrimPrefix(net.Gateway, "http://"); at != defaultGateway {
			where = "--gateway " + at + " "
		}
		fmt.Fprintf(a.out, "\nTry:  %s ask %s\"Repeat after me: falcon-4711\"\nStop: Ctrl-C\n", os.Args[0], where)
	}
	select {
	case <-ctx.Done():
		fmt.Fprintln(a.err, "\nsettling and stopping")
	case err = <-net.Failed():
	}
	return errors.Join(err, net.Close())
}

// maxPages is how many operators' pages are told of.
const maxPages = 4

func (a *app) printUp(pods []podUp) {
	var rows [][]string
	for _, p := range pods {
		rows = append(rows, []string{p.ID.Short(), p.Operator.Short(), p.Machine, p.URL, p.Name + ".log"})
	}
	fmt.Fprintln(a.out)
	a.out.table([]string{"POD", "OPERATOR", "MACHINE", "URL", "LOG"}, rows)
	fmt.Fprintln(a.out, "\nTheir operators' pages:")
	for i, p := range pods {
		if i == maxPages {
			fmt.Fprintf(a.out, "  and %d more, which --json tells\n", len(pods)-i)
			break
		}
		a.out.step(p.ID.Short(), "%s", p.Page)
	}
}

// devnetConfig is a devnet in the data directory, from the binaries beside this one.
func (a *app) devnetConfig(listen, rpc string) (devnet.Config, error) {
	self, err := os.Executable()
	if err != nil {
		return devnet.Config{}, err
	}
	if self, err = filepath.EvalSymlinks(self); err != nil {
		return devnet.Config{}, err
	}
	dir, err := filepath.Abs(a.data)
	if err != nil {
		return devnet.Config{}, err
	}
	bin := filepath.Dir(self)
	return devnet.Config{
		Dir: dir, Bin: bin, Models: filepath.Join(bin, "models"), Model: defaultModel, RPC: rpc, Gateway: listen,
		Relay: a.relay, Funds: protocol.Tokens(100), SettleEvery: settleEvery, Shape: a.shape.Shape, Choice: a.choice,
		Progress: func(what, detail string) { a.err.step(what, "%s", detail) },
		Page: func(profile network.Profile, user *client.Client) (http.Handler, error) {
			return a.page(profile, user, true)
		},
		AgentPage: agentPage,
	}, nil
}

// logger writes what a person should know to standard error.
func (a *app) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

func (a *app) serveCommand() *cobra.Command {
	var (
		name string
		in   letIn
		at   doors
	)
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the gateway alone: Ollama's and OpenAI's APIs on localhost",
		Long: `Runs the gateway for the data directory's network until Ctrl-C. In an empty data
directory --network says which network: a shipped profile's name or a profile's
file. The wallet's passphrase comes from PHALLAMA_PASSPHRASE or from the file
that PHALLAMA_PASSPHRASE_FILE names. With an API key (phallama keys), in
PHALLAMA_KEY or in --key-file, no wallet is needed: the key's owner pays.

Each request is a line on standard output when it is over: when it came, model,
pod, tokens in and out, cost, how long it took, status. With --json each is an
object. What was asked and answered is in neither.

With --listen beyond this machine, or with --require-key, everybody has to send a
key of the gateway's: phallama gateway keys.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			config := gateway.Config{Report: a.report(), Origins: in.origins, Hosts: in.hosts}
			if err := at.check(a, &config); err != nil {
				return err
			}
			if err := a.join(name); err != nil {
				return err
			}
			listener, err := at.open()
			if err != nil {
				return err
			}
			stop, failed, err := a.serve(cmd.Context(), listener, config)
			if err != nil {
				return errors.Join(err, listener.Close())
			}
			at.ready(a, listener)
			select {
			case <-cmd.Context().Done():
			case err = <-failed:
			}
			return errors.Join(err, stop())
		},
	}
	at.flags(cmd)
	cmd.Flags().StringVar(&name, "network", "", "`network` of an empty data directory: phala, or a file")
	in.flags(cmd)
	a.shapeFlag(cmd)
	cmd.Flags().StringVar(&a.keyFile, "key-file", "", "`file` with an API key that pays; $PHALLAMA_KEY holds one itself")
	a.relayFlag(cmd)
	a.choiceFlags(cmd)
	return cmd
}

// join gives an empty data directory its network.
func (a *app) join(name string) error {
	path := devnet.ProfilePath(a.data)
	existing, err := network.Load(path)
	switch {
	case err == nil && name != "" && name != existing.Name:
		return &exitError{exitUsage, fmt.Errorf("%s belongs to network %q: use another --data directory for %q", a.data, existing.Name, name)}
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case name == "":
		_, err := a.profile()
		return err
	}
	profile, err := network.Shipped(name)
	if err != nil {
		var fileErr error
		if profile, fileErr = network.Load(name); fileErr != nil {
			return errors.Join(err, fileErr)
		}
	}
	if err := profile.Deployed(); err != nil {
		return err
	}
	if err := os.MkdirAll(a.data, 0o700); err != nil {
		return err
	}
	return profile.Save(path)
}

// serve runs a gateway on the listener until stop is called.
func (a *app) serve(ctx context.Context, listener net.Listener, config gateway.Config) (stop func() error, failed <-chan error, err error) {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return nil, nil, err
	}
	if profile.IsSimulated() {
		fmt.Fprintln(a.err, a.err.yellow(simulated))
	}
	user, delegated, err := a.openUser(profile, c)
	if err != nil {
		c.Close()
		return nil, nil, err
	}
	keys, err := gateway.OpenKeys(a.gatewayDir(), user.Receipts, nil)
	if err != nil {
		err = errors.Join(err, user.Close())
		c.Close()
		return nil, nil, err
	}
	config.Client, config.Log, config.Keys = user, a.logger(), keys
	if config.Page, err = a.page(profile, user, !delegated); err != nil {
		err = errors.Join(err, user.Close(), keys.Close())
		c.Close()
		return nil, nil, err
	}
	server := gateway.NewServer(gateway.Handler(config))
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return func() error {
		err := errors.Join(server.Close(), user.Close(), keys.Close())
		c.Close()
		return err
	}, ended, nil
}

// once starts what a single question needs: the whole devnet, or a gateway to the network that the data directory
// belongs to.
func (a *app) once(ctx context.Context) (url string, stop func() error, err error) {
	profile, err := network.Load(devnet.ProfilePath(a.data))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", nil, err
	}
	if err == nil && !profile.IsSimulated() {
		listener, err := devnet.Listen("the gateway", "127.0.0.1:0")
		if err != nil {
			return "", nil, err
		}
		stop, _, err := a.serve(ctx, listener, gateway.Config{})
		if err != nil {
			return "", nil, errors.Join(err, listener.Close())
		}
		return "http://" + listener.Addr().String(), stop, nil
	}
	fmt.Fprintln(a.err, a.err.yellow(simulated))
	config, err := a.devnetConfig("127.0.0.1:0", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	if err := a.chooseEngine(ctx, engineAuto, defaultModel, "", &config); err != nil {
		return "", nil, err
	}
	net, err := devnet.Start(ctx, config)
	if err != nil {
		return "", nil, err
	}
	return net.Gateway, net.Close, nil
}
