package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

func (a *app) policyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "policy",
		Short: "Show, check and compare policies; propose, execute and revoke on chain",
		Long: `A policy says which enclaves, on which machines, may read prompts. In force are
the network profile's, this release's and governance's on chain: each has to
accept. What governance adds alone changes nothing for a client; what it revokes
counts at once.

Whatever widens trust on chain is proposed by a proposer's key, waits in the
timelock, and is then executed. The guardian's key revokes at once, for ever.`,
	}
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(a.policyShow(), a.policyCheck(), a.policyDiff(), a.policyHash(), a.policyPropose(), a.policyExecute(), a.policyRevoke())
	return cmd
}

func (a *app) policyShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Show the policies in force, governance's list and what waits in the timelock", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			profile, c, err := a.dial(cmd.Context())
			if err != nil {
				return err
			}
			defer c.Close()
			found, err := policiesOf(cmd.Context(), profile, c)
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(found)
			}
			a.printPolicies(profile, found.Policies)
			a.printGovernance(found.Governance, found.Proposals)
			return nil
		},
	}
}

// inForce is what a client goes by, and what may change of it on chain.
type inForce struct {
	Policies   []attest.Policy  `json:"policies"` // the network profile's, then this release's
	Hashes     []string         `json:"hashes"`   // of these
	Governance chain.Governance `json:"governance"`
	Delay      time.Duration    `json:"delaySeconds"` // of additions
	Proposals  []chain.Proposal `json:"proposals"`
}

func policiesOf(ctx context.Context, profile network.Profile, c *chain.Client) (f inForce, err error) {
	if f.Policies, err = devnet.Policies(profile); err != nil {
		return f, err
	}
	for _, p := range f.Policies {
		f.Hashes = append(f.Hashes, fmt.Sprint(p.Hash()))
	}
	if f.Governance, err = c.Governance(ctx); err != nil {
		return f, err
	}
	f.Delay = f.Governance.Delay / time.Second
	f.Proposals, err = c.Proposals(ctx)
	f.Proposals = notNil(f.Proposals)
	return f, err
}

func (a *app) printPolicies(profile network.Profile, policies []attest.Policy) {
	if profile.IsSimulated() {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	for i, p := range policies {
		fmt.Fprintf(a.out, "%s\n", a.out.bold([]string{"policy of the network's profile", "policy of this release"}[i]))
		a.out.step("hash", "%s", p.Hash())
		a.out.step("epoch", "%d, from %s to %s", p.Epoch, p.ValidFrom.Format(time.DateOnly), p.Expires.Format(time.DateOnly))
		a.out.step("tier", "%s or higher", p.MinTier)
		a.out.step("TCB", "%v", p.TCB.Statuses)
		a.out.step("advisories", "%s", orNone(strings.Join(p.TCB.Advisories, ", ")))
		for _, m := range p.Measurements.SGX {
			a.out.step("enclave", "%s %s", m.MRENCLAVE, m.Status)
		}
		for _, m := range p.Measurements.TDX {
			a.out.step("guest", "%s %s", m.MRTD, m.Status)
		}
		if len(p.Measurements.SGX)+len(p.Measurements.TDX) == 0 {
			a.out.step("enclaves", "%s", a.out.yellow("none: it accepts nothing"))
		}
	}
}

func (a *app) printGovernance(g chain.Governance, proposals []chain.Proposal) {
	fmt.Fprintf(a.out, "%s\n", a.out.bold("governance on chain"))
	a.out.step("verifier", "%s", g.Verifier)
	a.out.step("timelock", "%s, additions wait %s", g.Governor, g.Delay)
	a.out.step("guardian", "%s", g.Guardian)
	a.out.step("QE floor", "%d", g.QEFloor)
	a.out.step("read at", "block %d, %s", g.Head.Number, time.Unix(int64(g.Head.Time), 0).UTC().Format(time.DateTime))
	for _, m := range g.Measurements {
		a.out.step("enclave", "%s %s", m.MRENCLAVE, m.Status)
	}
	for _, p := range proposals {
		if !p.Done && p.Ready != 0 {
			a.out.step("waiting", "%s", p.What)
			a.out.step("", "id %s", p.ID)
			a.out.step("", "from %s on: phallama policy execute %s", time.Unix(int64(p.Ready), 0).UTC().Format(time.DateTime), p.ID.Short())
		}
	}
}

func (a *app) policyCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check FILE", Short: "Check a policy's file: complete, well-formed, of this version", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := readPolicy(args[0])
			if err != nil {
				return &exitError{exitFailed, err}
			}
			if a.json {
				return a.out.json(map[string]any{"hash": p.Hash(), "valid": true})
			}
			fmt.Fprintf(a.out, "%s: hash %s, %s, %s, for chain %d, until %s\n", a.out.green("good"), p.Hash(),
				count(len(p.Measurements.SGX), "enclave"), count(len(p.Measurements.TDX), "guest"), p.ChainID, p.Expires.Format(time.DateOnly))
			return nil
		},
	}
}

func (a *app) policyHash() *cobra.Command {
	return &cobra.Command{
		Use: "hash FILE", Short: "Print a policy's hash: SHA-256 of its JSON without white space", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			p, err := readPolicy(args[0])
			if err != nil {
				return err
			}
			if a.json {
				return a.out.json(map[string]any{"hash": p.Hash()})
			}
			fmt.Fprintln(a.out, p.Hash())
			return nil
		},
	}
}

func (a *app) policyDiff() *cobra.Command {
	return &cobra.Command{
		Use: "diff OLD NEW", Short: "Show what would change from one policy to another, and what widens trust", Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error {
			from, err := readPolicy(args[0])
			if err != nil {
				return err
			}
			to, err := readPolicy(args[1])
			if err != nil {
				return err
			}
			changes := attest.Diff(from, to)
			if a.json {
				return a.out.json(changes)
			}
			for _, c := range changes {
				mark := map[string]string{attest.Widens: a.out.yellow("widens "), attest.Narrows: a.out.green("narrows"), attest.Changes: "changes"}[c.Effect]
				fmt.Fprintf(a.out, "%s %s: %s → %s\n", mark, c.Path, orNone(c.From), orNone(c.To))
			}
			if len(changes) == 0 {
				fmt.Fprintln(a.out, "no difference")
			}
			return nil
		},
	}
}

// governing runs something with a key of governance.
func (a *app) governing(ctx context.Context, keyDir string, do func(*chain.Transactor) error) error {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	secret, err := passphrase()
	if err != nil {
		return err
	}
	if keyDir == "" {
		keyDir = a.walletDir()
		if profile.IsSimulated() { // a devnet's governance is the account that deployed it
			keyDir, secret = filepath.Join(a.data, "devnet", "keys", "deployer"), ""
		}
	}
	key, err := wallet.Open(keyDir, secret)
	if err != nil {
		return fmt.Errorf("the key of governance: %w", err)
	}
	return do(chain.NewTransactor(c, key))
}

func (a *app) policyPropose() *cobra.Command {
	var key, add, floor, guardian string
	var qeFloor, prodID, minSVN uint16
	var xfrm uint64
	cmd := &cobra.Command{
		Use: "propose", Short: "Propose something that widens trust; it waits in the timelock", Args: cobra.NoArgs,
		Example: `  phallama policy propose --add-measurement 838645b0…
  phallama policy propose --floor 00606a000000:0e0e0303ffff01000000000000000000:13`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.governing(cmd.Context(), key, func(t *chain.Transactor) error {
				var action chain.Action
				switch {
				case add != "":
					m, err := parseDigest("--add-measurement", add)
					if err != nil {
						return err
					}
					action = t.AddMeasurement(chain.Measurement{MRENCLAVE: m, ISVProdID: prodID, MinISVSVN: minSVN, XFRMAllowed: xfrm})
				case floor != "":
					f, err := parseFloor(floor)
					if err != nil {
						return err
					}
					action = t.SetFloor(f)
				case guardian != "":
					address, err := protocol.ParseAddress(guardian)
					if err != nil {
						return &exitError{exitUsage, fmt.Errorf("--guardian: %w", err)}
					}
					action = t.SetGuardian(address)
				case cmd.Flags().Changed("qe-floor"):
					action = t.SetQEFloor(qeFloor)
				default:
					return &exitError{exitUsage, errors.New("say what to propose: --add-measurement, --floor, --qe-floor or --guardian")}
				}
				p, err := t.Propose(cmd.Context(), action)
				if err != nil {
					return err
				}
				if a.json {
					return a.out.json(p)
				}
				a.out.step("proposed", "%s", p.What)
				a.out.step("id", "%s", p.ID)
				a.out.step("ready", "%s: then `phallama policy execute %s`", time.Unix(int64(p.Ready), 0).UTC().Format(time.DateTime), p.ID.Short())
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "`dir` of the proposer's wallet (default: the data directory's; on a devnet its deployer's)")
	cmd.Flags().StringVar(&add, "add-measurement", "", "MRENCLAVE, 64 `hex` digits")
	cmd.Flags().Uint16Var(&prodID, "prod-id", 0, "the measurement's product `id`")
	cmd.Flags().Uint16Var(&minSVN, "min-svn", 0, "the measurement's lowest security `version`")
	cmd.Flags().Uint64Var(&xfrm, "xfrm", attest.DefaultXFRM, "the measurement's allowed `bits` of XFRM")
	cmd.Flags().StringVar(&floor, "floor", "", "`FMSPC:components:pcesvn`: lowest versions of a model of platform")
	cmd.Flags().Uint16Var(&qeFloor, "qe-floor", 0, "lowest `version` of the quoting enclave")
	cmd.Flags().StringVar(&guardian, "guardian", "", "`address` of a new guardian")
	return cmd
}

func (a *app) policyExecute() *cobra.Command {
	var key string
	cmd := &cobra.Command{
		Use: "execute ID", Short: "Execute a proposal whose time has come", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.governing(cmd.Context(), key, func(t *chain.Transactor) error {
				proposals, err := t.Proposals(cmd.Context())
				if err != nil {
					return err
				}
				var found []chain.Proposal
				for _, p := range proposals {
					if strings.HasPrefix(p.ID.String(), "0x"+strings.TrimPrefix(args[0], "0x")) {
						found = append(found, p)
					}
				}
				if len(found) != 1 {
					return fmt.Errorf("want the id of one proposal, %d begin with %.70q: phallama policy show lists them", len(found), args[0])
				}
				p := found[0]
				head, err := t.Head(cmd.Context())
				switch {
				case err != nil:
					return err
				case p.Done:
					return fmt.Errorf("%s: it was executed already", p.What)
				case p.Ready == 0:
					return fmt.Errorf("%s: it was taken back", p.What)
				case head.Time < p.Ready:
					return fmt.Errorf("%s: it waits in the timelock until %s UTC", p.What, time.Unix(int64(p.Ready), 0).UTC().Format(time.DateTime))
				}
				done, err := t.Execute(cmd.Context(), p.ID)
				if err != nil {
					return err
				}
				return a.acted("executed", p.What, done)
			})
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "`dir` of any wallet with gas")
	return cmd
}

func (a *app) policyRevoke() *cobra.Command {
	var key, machine string
	var deprecate bool
	cmd := &cobra.Command{
		Use: "revoke MEASUREMENT | --machine HEX", Short: "Revoke a measurement or a machine, at once and for ever", Args: cobra.MaximumNArgs(1),
		Long: `With the guardian's key. Clients refuse what is revoked as soon as they see the
chain, and the escrow settles nothing of it any more. Users can still close
sessions and withdraw. A revocation cannot be taken back; --deprecate only ends
new registrations of a measurement.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 1) == (machine != "") {
				return &exitError{exitUsage, errors.New("say what to revoke: a measurement, or --machine")}
			}
			name, text := "measurement", machine
			if machine == "" {
				text = args[0]
			} else {
				name = "--machine"
			}
			digest, err := parseDigest(name, text)
			if err != nil {
				return err
			}
			return a.governing(cmd.Context(), key, func(t *chain.Transactor) error {
				action := t.RevokeMeasurement(digest)
				switch {
				case machine != "":
					action = t.RevokeMachine(digest)
				case deprecate:
					action = t.DeprecateMeasurement(digest)
				}
				done, err := t.Act(cmd.Context(), action)
				if err != nil {
					return err
				}
				return a.acted("done", action.What, done)
			})
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "`dir` of the guardian's wallet (default: the data directory's; on a devnet its deployer's)")
	cmd.Flags().StringVar(&machine, "machine", "", "`hex` of a machine (SHA-256 of its PPID; phallama verify shows it)")
	cmd.Flags().BoolVar(&deprecate, "deprecate", false, "only end new registrations of the measurement")
	return cmd
}

func (a *app) acted(what, action string, done chain.Included) error {
	if a.json {
		return a.out.json(map[string]any{"what": action, "tx": done.Tx, "block": done.Block})
	}
	a.out.step(what, "%s", action)
	a.out.step("transaction", "%s", done.Tx)
	return nil
}

func parseDigest(what, text string) (protocol.Hash, error) {
	h, err := protocol.ParseHash("0x" + strings.TrimPrefix(text, "0x"))
	if err != nil {
		return h, &exitError{exitUsage, fmt.Errorf("%s: want 64 hexadecimal digits, got %.80q", what, text)}
	}
	return h, nil
}

func parseFloor(text string) (chain.Floor, error) {
	var f chain.Floor
	bad := &exitError{exitUsage, fmt.Errorf("--floor: want FMSPC:components:pcesvn, such as 00606a000000:0e0e0303ffff01000000000000000000:13, got %.80q", text)}
	parts := strings.Split(text, ":")
	if len(parts) != 3 {
		return f, bad
	}
	fmspc, err1 := hex.DecodeString(parts[0])
	svns, err2 := hex.DecodeString(parts[1])
	pcesvn, err3 := strconv.ParseUint(parts[2], 10, 16)
	if errors.Join(err1, err2, err3) != nil || len(fmspc) != len(f.FMSPC) || len(svns) != len(f.ComponentSVNs) {
		return f, bad
	}
	f.FMSPC, f.ComponentSVNs, f.PCESVN = [6]byte(fmspc), [16]byte(svns), uint16(pcesvn)
	return f, nil
}

func (a *app) endorseCommand() *cobra.Command {
	var facility, method, out string
	var life time.Duration
	cmd := &cobra.Command{
		Use: "endorse MACHINE", Short: "Sign who holds a machine, for policies that count your word", Args: cobra.ExactArgs(1),
		Long: `Writes a signed endorsement: that you know where this machine stands and who
runs the place. MACHINE is the SHA-256 of its PPID; phallama verify shows it.
Policies name the endorsers whose word counts (endorsers.keys). A network profile
("endorsements") hands it to clients.

The wallet's key signs; its address is what policies name.`,
		Example: `  phallama endorse be90cbe4… --facility "Example DC, Berlin, cage 4" --method "visited on 2026-11-20" --out endorsement.json`,
		RunE: func(_ *cobra.Command, args []string) error {
			machine, err := parseDigest("machine", args[0])
			if err != nil {
				return err
			}
			key, err := a.owner()
			if err != nil {
				return err
			}
			now := time.Now()
			signed, err := protocol.Endorsement{
				Machine: machine, Facility: facility, Method: method, NotBefore: uint64(now.Unix()), NotAfter: uint64(now.Add(life).Unix()),
			}.Sign(key)
			if err != nil {
				return &exitError{exitUsage, fmt.Errorf("%w: say --facility, --method and --for", err)}
			}
			data, err := json.MarshalIndent(signed, "", "  ")
			if err != nil {
				return err
			}
			if out == "" {
				fmt.Fprintln(a.out, string(data))
				return nil
			}
			if err := os.WriteFile(out, append(data, '\n'), 0o644); err != nil {
				return err
			}
			fmt.Fprintf(a.err, "%s: endorsed by %s for %s\n", out, key.Address(), life)
			return nil
		},
	}
	cmd.Flags().StringVar(&facility, "facility", "", "where the machine stands and who runs the place")
	cmd.Flags().StringVar(&method, "method", "", "how you know")
	cmd.Flags().DurationVar(&life, "for", 90*24*time.Hour, "how `long` your word is good")
	cmd.Flags().StringVar(&out, "out", "", "`file` to write (default: standard output)")
	return cmd
}
