package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// verifyFlags say what `verify` looks at when it is no pod.
type verifyFlags struct {
	quote, collateral, policy, at, reportData string
	simulated, fresh                          bool
}

func (a *app) verifyCommand() *cobra.Command {
	var f verifyFlags
	cmd := &cobra.Command{
		Use:   "verify [--fresh] POD | --quote FILE --collateral FILE",
		Short: "Verify a pod's evidence, or a quote's file, and show every check",
		Long: `Verifies evidence on this machine and shows every check with what it found.

POD is a pod's id or the beginning of one: its evidence, keys and standing come
from the chain, the policies are those in force on the data directory's network.

--fresh has the pod's enclave quoted again, now, over a nonce drawn here, and
verifies that quote as well: the registry's may be days old, and does not show
that the pod still runs. It is asked for sealed, and costs nothing.

--quote takes a quote's file instead (as it is, or in hexadecimal), --collateral
Intel's collateral in the JSON form that other verifiers use. --policy holds it
against a policy; without one, no code is named: then any enclave that is not a
DEBUG enclave, on a platform that is not out of date, passes, and the report says
so. Do not mistake that for trust.

Exit status: 0 trusted (without --policy: genuine, and no DEBUG enclave),
1 genuine but not accepted by the policy, 2 not genuine, 3 it could not be
checked (also: wrong usage, collateral missing, stale or not the platform's).`,
		Example: `  phallama verify 0x151a43ff
  phallama verify --fresh 0x151a43ff
  phallama verify --quote quote.bin --collateral collateral.json --at 2025-06-25T00:00:00Z`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || (len(args) == 1) == (f.quote != "") {
				return &exitError{int(attest.NotChecked), errors.New("want one pod, or --quote with a quote's file")}
			}
			if f.fresh && f.quote != "" {
				return &exitError{int(attest.NotChecked), errors.New("--fresh asks a pod: it does not go with --quote")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			var r *report
			var err error
			if len(args) == 1 {
				r, err = a.verifyPod(cmd.Context(), args[0], f.fresh)
			} else {
				r, err = a.verifyQuote(cmd.Context(), f)
			}
			if err != nil {
				return &exitError{int(attest.NotChecked), err}
			}
			return a.showReport(r)
		},
	}
	cmd.Flags().StringVar(&f.quote, "quote", "", "`file` of a quote")
	cmd.Flags().StringVar(&f.collateral, "collateral", "", "`file` of Intel's collateral (default: ask the network's services)")
	cmd.Flags().StringVar(&f.policy, "policy", "", "`file` of a policy")
	cmd.Flags().StringVar(&f.at, "at", "", "`time` to verify at, as in RFC 3339 (default: now)")
	cmd.Flags().StringVar(&f.reportData, "report-data", "", "`hex` of the 64 bytes that the quote must hold (default: any)")
	cmd.Flags().BoolVar(&f.simulated, "simulated", false, "under the simulated root of the data directory's network")
	cmd.Flags().BoolVar(&f.fresh, "fresh", false, "have the pod quoted now, over a nonce drawn here")
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &exitError{int(attest.NotChecked), fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
	})
	return cmd
}

// report is what `verify` tells.
type report struct {
	Outcome   attest.Outcome `json:"outcome"`
	Exit      int            `json:"exit"`
	Simulated bool           `json:"simulated"`
	Pod       string         `json:"pod,omitempty"`
	Tier      string         `json:"tier,omitempty"`
	Status    string         `json:"tcbStatus,omitempty"`
	// Advisories are the INTEL-SA ids of the platform.
	Advisories []string       `json:"advisories,omitempty"`
	Checks     []attest.Check `json:"checks"`
	Failed     *failedCheck   `json:"failed,omitempty"`
	Warnings   []string       `json:"warnings,omitempty"`
	Claims     *attest.Claims `json:"claims,omitempty"`

	err error
}

type failedCheck struct {
	Check string `json:"check"`
	Want  string `json:"want,omitempty"`
	Got   string `json:"got"`
	Hint  string `json:"hint,omitempty"`
}

// fill takes the outcome of an error, and the checks that passed before it.
func (r *report) fill(err error) *report {
	r.err, r.Outcome = err, attest.OutcomeOf(err)
	r.Exit = int(r.Outcome)
	var refused *attest.CheckError
	switch {
	case err == nil:
	case errors.As(err, &refused):
		r.Checks = append(r.Checks, refused.Passed...)
		r.Failed = &failedCheck{refused.Check, refused.Want, refused.Got, refused.Hint}
	default:
		r.Failed = &failedCheck{Got: err.Error()}
	}
	if c := r.Claims; c != nil {
		r.Tier, r.Status, r.Advisories = c.Tier.String(), string(c.TCB.Status), c.TCB.Advisories
		r.Simulated = c.Tier == attest.TierSimulated
	}
	return r
}

func (a *app) verifyPod(ctx context.Context, id string, fresh bool) (r *report, err error) {
	err = a.asNobody(ctx, func(profile network.Profile, user *client.Client) error {
		pods, err := user.Pods(ctx)
		if err != nil {
			return err
		}
		pod, err := podOf(pods, id)
		if err != nil {
			return err
		}
		r = &report{Pod: pod.Record.ID.String(), Simulated: profile.IsSimulated(), Claims: pod.Claims}
		verdict := pod.Err
		if fresh && verdict == nil {
			var claims attest.Claims
			if claims, verdict = user.VerifyFresh(ctx, pod.Record.ID); verdict != nil {
				r.Claims = nil // those of the registry's quote are not what was asked for
			} else {
				r.Claims = &claims
			}
		}
		if r.Claims != nil {
			r.Checks = r.Claims.Checks
		}
		r.fill(verdict)
		return nil
	})
	return r, err
}

// podOf finds a pod by its id or the beginning of it.
func podOf(pods []client.PodStatus, id string) (*client.PodStatus, error) {
	want := "0x" + strings.TrimPrefix(strings.ToLower(id), "0x")
	var found []*client.PodStatus
	for i := range pods {
		if strings.HasPrefix(pods[i].Record.ID.String(), want) {
			found = append(found, &pods[i])
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, fmt.Errorf("no pod %.60q on the registry: phallama pods lists them", id)
	}
	return nil, fmt.Errorf("%d pods begin with %s: give more of the id", len(found), want)
}

func (a *app) verifyQuote(ctx context.Context, f verifyFlags) (*report, error) {
	now := time.Now()
	if f.at != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, f.at); err != nil {
			return nil, fmt.Errorf("--at: want a time such as 2025-06-25T00:00:00Z, got %.40q", f.at)
		}
	}
	quote, err := readQuote(f.quote)
	if err != nil {
		return nil, err
	}
	profile := network.Profile{Name: "none", ChainID: 1, Collateral: []string{network.CollateralIntel}}
	if f.simulated {
		if profile, err = a.profile(); err != nil {
			return nil, err
		}
		if !profile.IsSimulated() {
			return nil, fmt.Errorf("--simulated: network %q has no simulated root", profile.Name)
		}
	}
	verifier, err := devnet.Verifier(profile, func() time.Time { return now })
	if err != nil {
		return nil, err
	}
	r := &report{Simulated: f.simulated}
	evidence, err := attest.NewEvidence(quote)
	if err != nil {
		return r.fill(err), nil
	}
	collateral, err := a.collateralFor(ctx, f, profile, evidence)
	if err != nil {
		var refused *attest.CheckError
		if errors.As(err, &refused) {
			return r.fill(err), nil
		}
		return nil, err
	}
	claims, err := verifier.Verify(ctx, evidence, collateral)
	if err != nil {
		return r.fill(err), nil
	}
	r.Claims, r.Checks = &claims, claims.Checks
	expect := attest.Expect{Now: now, ChainID: profile.ChainID, AnyReportData: f.reportData == ""}
	if f.reportData != "" {
		if err := expect.ReportData.UnmarshalText([]byte(strings.TrimPrefix(f.reportData, "0x"))); err != nil {
			return nil, fmt.Errorf("--report-data: %w", err)
		}
	}
	policy, err := policyFor(f.policy, claims, &expect)
	if err != nil {
		return nil, err
	}
	verdict, err := policy.Validate(claims, expect)
	if err == nil {
		claims.Tier, r.Checks = verdict.Tier, append(r.Checks, verdict.Checks...)
	}
	r.Warnings = verdict.Warnings
	if f.policy == "" {
		r.Warnings = append(r.Warnings, "no policy was given: nothing says which code this is, or that it should be trusted")
	}
	return r.fill(err), nil
}

const maxQuoteFile = 1 << 20

// readQuote reads a quote as it is, or in hexadecimal.
func readQuote(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxQuoteFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxQuoteFile {
		return nil, fmt.Errorf("%s: expected a quote's file of at most %d bytes", path, maxQuoteFile)
	}
	text := bytes.TrimPrefix(bytes.TrimSpace(data), []byte("0x"))
	if raw := make([]byte, hex.DecodedLen(len(text))); len(text) > 0 {
		if _, err := hex.Decode(raw, text); err == nil {
			return raw, nil
		}
	}
	return data, nil
}

// collateralFor reads the given collateral, or asks for it.
func (a *app) collateralFor(ctx context.Context, f verifyFlags, profile network.Profile, evidence attest.Evidence) (*attest.Collateral, error) {
	if f.collateral != "" {
		data, err := os.ReadFile(f.collateral)
		if err != nil {
			return nil, err
		}
		c, err := attest.ParseCollateral(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w: it is the JSON of one platform's collateral, as phallama collateral fetch writes it", f.collateral, err)
		}
		return c, nil
	}
	needs, err := evidence.Needs()
	if err != nil {
		return nil, err
	}
	source, err := devnet.NewCollateral(profile, filepath.Join(a.data, "collateral"))
	if err != nil {
		return nil, err
	}
	return source.Collateral(ctx, needs, "")
}

// policyFor is the policy in a file, or one that only looks at what every policy refuses: DEBUG enclaves, attributes
// that give secrets away, platforms that are out of date. It accepts the very enclave at hand.
func policyFor(path string, claims attest.Claims, expect *attest.Expect) (attest.Policy, error) {
	if path != "" {
		policy, err := readPolicy(path)
		if err == nil {
			// What is looked at belongs to no network: a policy's own is taken.
			expect.ChainID = policy.ChainID
			if policy.Registry != attest.Any {
				expect.Registry, err = protocol.ParseAddress(policy.Registry)
			}
		}
		return policy, err
	}
	return attest.LookingPolicy(claims, expect.ChainID, expect.Now), nil
}

func readPolicy(path string) (attest.Policy, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return attest.Policy{}, err
	}
	policy, err := attest.ParsePolicy(data)
	if err != nil {
		return attest.Policy{}, fmt.Errorf("%s: %w", path, err)
	}
	return policy, nil
}

// showReport prints a report and turns its outcome into an exit status.
func (a *app) showReport(r *report) error {
	var exit error
	if r.Outcome != attest.Trusted {
		exit = &exitError{int(r.Outcome), fmt.Errorf("%s: %w", r.headline(), r.err)}
	}
	if a.json {
		return errors.Join(a.out.json(r), exit)
	}
	if r.Simulated {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	a.out.checks(r.Checks)
	if c := r.Claims; c != nil {
		fmt.Fprintln(a.out)
		a.out.step("measurement", "%s", c.Measurement())
		a.out.step("machine", "%s", c.Platform.Machine)
		a.out.step("report data", "%s", c.ReportData.String()[:64])
		a.out.step("", "%s", c.ReportData.String()[64:])
		a.out.step("TCB status", "%s", r.Status)
		a.out.step("advisories", "%s", orNone(strings.Join(r.Advisories, ", ")))
		a.out.step("tier", "%s", r.Tier)
		a.out.step("good until", "%s", c.NotAfter.UTC().Format(time.RFC3339))
	}
	for _, w := range r.Warnings {
		a.out.step("warning", "%s", a.out.yellow(w))
	}
	if r.Outcome == attest.Trusted {
		fmt.Fprintf(a.out, "\n%s\n", a.out.green(fmt.Sprintf("%s: %d checks passed", r.headline(), len(r.Checks))))
		return nil
	}
	fmt.Fprintln(a.out)
	if f := r.Failed; f.Check != "" {
		a.out.check(a.out.red("NO"), f.Check, "expected "+f.Want+", got "+f.Got)
		a.out.check("  ", "", f.Hint)
	}
	return exit
}

func (r *report) headline() string {
	switch r.Outcome {
	case attest.Trusted:
		if r.Simulated {
			return "trusted, as far as SIMULATED evidence goes"
		}
		for _, w := range r.Warnings {
			if strings.HasPrefix(w, "no policy") {
				return "genuine"
			}
		}
		return "trusted"
	case attest.NotAccepted:
		return "genuine, but not accepted"
	case attest.NotGenuine:
		return "not genuine"
	}
	return "could not be checked"
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
