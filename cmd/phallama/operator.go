package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

func (a *app) operatorCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "operator",
		Short: "For operators of pods: recover what users acknowledged to a lost pod",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.operatorRecoverCommand())
	return cmd
}

// recovering is what `operator recover` is asked for.
type recovering struct{ file, pod, keyDir string }

func (a *app) operatorRecoverCommand() *cobra.Command {
	var r recovering
	cmd := &cobra.Command{
		Use:   "recover --file FILE",
		Short: "Have the escrow pay what users acknowledged to a pod that is lost",
		Long: `Sends the vouchers of a recovery file, which the operator's agent keeps of each
pod (operator.Config.Recovery), to the escrow. It pays each session up to what
its user acknowledged, without the pod, its enclave or its ledger. What was paid
before moves nothing again, so this can be repeated. Stop the pod's agent first:
two programs that send with one key are in each other's way.

The earnings are the pod's, whoever sends: the wallet (--key-dir, or the one of
the data directory) pays for gas only. On a devnet the operators' wallets are in
devnet/keys of the data directory. PHALLAMA_PASSPHRASE or
PHALLAMA_PASSPHRASE_FILE opens a wallet that has a passphrase.

Exit status: 0 every session of the file has paid what it acknowledged; 1 some
has not, or is gone from the chain, for the reason given, or it failed; 2 wrong
usage; 3 the chain is not reachable.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.operatorRecover(cmd.Context(), r) },
	}
	cmd.Flags().StringVar(&r.file, "file", "", "recovery `file` that the agent keeps")
	cmd.Flags().StringVar(&r.pod, "pod", "", "`id` of the pod that the file must be of")
	cmd.Flags().StringVar(&r.keyDir, "key-dir", "", "`dir` of the wallet that sends, if not the data directory's")
	return cmd
}

func (a *app) operatorRecover(ctx context.Context, r recovering) error {
	if r.file == "" {
		return &exitError{exitUsage, errors.New("no recovery file: name it with --file, as the agent's setting Recovery does")}
	}
	options := operator.RecoverOptions{Sent: func(s chain.Settlement) {
		fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("sent %s in transaction %s", count(s.Rows, "voucher"), s.Tx)))
	}}
	if r.pod != "" {
		var err error
		if options.Pod, err = protocol.ParseAddress(r.pod); err != nil {
			return &exitError{exitUsage, fmt.Errorf("--pod: want a pod's whole id, 0x and 40 digits: %w", err)}
		}
	}
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	if r.keyDir == "" {
		r.keyDir = a.walletDir()
	}
	key, err := a.openWallet(r.keyDir)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.err, a.err.dim("reading the chain"))
	got, err := operator.Recover(ctx, chain.NewTransactor(c, key), r.file, options)
	if errors.Is(err, fs.ErrNotExist) {
		return &exitError{exitUsage, err}
	}
	if err == nil && got.Lost() > 0 {
		err = &exitError{exitFailed, fmt.Errorf("%s not paid what was acknowledged, or gone from the chain", count(got.Lost(), "session"))}
	}
	if got.Sessions == nil {
		return err // it was not begun
	}
	if a.json {
		return errors.Join(a.out.json(got), err)
	}
	if profile.IsSimulated() {
		fmt.Fprintln(a.out, a.out.yellow(simulated))
	}
	a.printRecovered(got, tokenName(profile))
	return err
}

func (a *app) printRecovered(got operator.Recovered, token string) {
	a.out.field("pod", got.Pod.String())
	a.out.field("recovered", fmt.Sprintf("%s %s (%s base units) in %s", got.Charged.Tokens(), token, got.Charged, count(len(got.Transactions), "transaction")))
	if len(got.Sessions) == 0 {
		fmt.Fprintln(a.out, "\nThe file holds no vouchers: nothing was acknowledged that was not paid then.")
		return
	}
	fmt.Fprintln(a.out)
	var rows [][]string
	for _, s := range got.Sessions {
		state := "paid"
		switch {
		case s.Refused != "":
			state = "refused"
		case s.Tx.IsZero():
			state = "paid before"
		}
		rows = append(rows, []string{short(s.ID.String()), short(s.Owner.String()), brief(s.Acked), brief(s.Before), brief(s.Claimed), state})
	}
	a.out.table([]string{"SESSION", "OWNER", "ACKED", "HAD PAID", "HAS PAID", "STATE"}, rows)
	for _, s := range got.Sessions {
		if s.Refused == "" {
			continue
		}
		fmt.Fprintf(a.out, "\n%s\n", a.out.bold("session "+s.ID.String()))
		for _, line := range wrapText(s.Refused, screenWidth-4) {
			fmt.Fprintf(a.out, "    %s\n", line)
		}
	}
}
