package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/network"
	"github.com/phallama/phallama/protocol"
)

// Outcomes of `receipts verify`, which are its exit statuses, as those of `verify` are.
const (
	receiptHolds      = 0
	receiptUnsettled  = 1 // it holds, and is not settled yet
	receiptFalse      = 2
	receiptNotChecked = 3
)

var receiptOutcomes = []string{"holds", "not settled yet", "does not hold", "not checked"}

// receiptVerdict is what `receipts verify` tells of one receipt.
type receiptVerdict struct {
	Receipt protocol.Hash    `json:"receipt"`
	Session protocol.Hash    `json:"session"`
	RSeq    uint64           `json:"rseq"`
	Cost    protocol.Amount  `json:"cost"`
	Exit    int              `json:"exit"`
	Outcome string           `json:"outcome"`
	Checks  []attest.Check   `json:"checks"`
	Failed  *failedCheck     `json:"failed,omitempty"`
	Model   string           `json:"model"`
	Pod     protocol.Address `json:"pod"`
}

func (a *app) receiptsVerifyCommand() *cobra.Command {
	var file string
	var onchain bool
	cmd := &cobra.Command{
		Use:   "verify [RECEIPT | --file FILE]",
		Short: "Verify stored receipts again, and with --onchain that they were settled",
		Long: `Verifies all stored receipts, one of them, or one in a file as
"phallama receipts show RECEIPT --json" prints it: the identity's signature, the
session, the model's digest, the tokens against what was asked for and what
arrived, the cost by the offer, and the running total against the receipts
before it.

--onchain also proves each under the receipts root of a batch that the escrow
has settled. A proof that is not stored is asked of the pod. It also says where
the key that the request was sealed to can be seen by others: in the batch, on
the registry, or nowhere.

Exit status: 0 all hold (with --onchain: and are settled), 1 they hold, and some
are not settled yet, 2 some do not hold, 3 some could not be checked (also:
wrong usage).`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 || len(args) == 1 && file != "" {
				return &exitError{receiptNotChecked, errors.New("want one receipt, or --file with a receipt's file, or neither")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			id := ""
			if len(args) == 1 {
				id = args[0]
			}
			verdicts, err := a.verifyReceipts(cmd.Context(), id, file, onchain)
			if err != nil {
				return &exitError{receiptNotChecked, err}
			}
			return a.showVerdicts(verdicts)
		},
	}
	cmd.Flags().StringVar(&file, "file", "", "`file` of one receipt, as JSON")
	cmd.Flags().BoolVar(&onchain, "onchain", false, "prove each under a root that the escrow has settled")
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return &exitError{receiptNotChecked, fmt.Errorf("%w (see %s --help)", err, cmd.CommandPath())}
	})
	return cmd
}

func (a *app) verifyReceipts(ctx context.Context, id, file string, onchain bool) ([]receiptVerdict, error) {
	profile, err := a.profile()
	if err != nil {
		return nil, fmt.Errorf("a receipt is signed for one escrow on one chain: %w", err)
	}
	escrow, err := protocol.ParseAddress(profile.Escrow)
	if err != nil {
		return nil, err
	}
	domain := protocol.Domain{ChainID: profile.ChainID, Escrow: escrow}
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return nil, err
	}
	entries := state.Receipts
	switch {
	case file != "":
		e, err := readReceipt(file)
		if err != nil {
			return nil, err
		}
		entries = []client.ReceiptEntry{e}
	case id != "":
		e, err := receiptOf(entries, id)
		if err != nil {
			return nil, err
		}
		entries = []client.ReceiptEntry{e}
	}
	var settled *settledChecker
	if onchain {
		if settled, err = a.newSettledChecker(ctx, profile); err != nil {
			return nil, err
		}
		defer settled.close()
	}
	totals := totalsOf(state)
	verdicts := make([]receiptVerdict, 0, len(entries))
	for _, e := range entries {
		v := receiptVerdict{
			Receipt: e.Receipt.HashStruct(), Session: e.Receipt.SessionID, RSeq: e.Receipt.RSeq, Cost: e.Receipt.Cost, Model: e.Offer.Model, Pod: e.Session.Pod,
		}
		v.verify(ctx, domain, e, totals, settled)
		v.Outcome = receiptOutcomes[v.Exit]
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

func readReceipt(path string) (client.ReceiptEntry, error) {
	file, err := os.Open(path)
	if err != nil {
		return client.ReceiptEntry{}, err
	}
	defer file.Close()
	raw, err := io.ReadAll(io.LimitReader(file, 1<<20))
	if err != nil {
		return client.ReceiptEntry{}, err
	}
	e, err := client.ParseReceiptEntry(raw)
	if err != nil {
		return e, fmt.Errorf("%s: %w: `phallama receipts show RECEIPT --json` prints one", path, err)
	}
	return e, nil
}

// numbered is a receipt's place in its session.
type numbered struct {
	session protocol.Hash
	rseq    uint64
}

// totalsOf are the running totals that the stored receipts give, and those that sessions begin with.
func totalsOf(state client.State) map[numbered]protocol.Amount {
	totals := map[numbered]protocol.Amount{}
	for _, e := range state.Receipts {
		totals[numbered{e.Receipt.SessionID, e.Receipt.RSeq}] = e.Receipt.Charged
	}
	for _, s := range state.Sessions {
		totals[numbered{s.ID, s.BeforeSeq}] = s.Before // zero before the first
	}
	return totals
}

func (v *receiptVerdict) fail(exit int, check, want, got, hint string) {
	v.Exit, v.Failed = exit, &failedCheck{Check: check, Want: want, Got: got, Hint: hint}
}

func (v *receiptVerdict) ok(name, value string) {
	v.Checks = append(v.Checks, attest.Check{Name: name, Value: value})
}

func (v *receiptVerdict) verify(ctx context.Context, d protocol.Domain, e client.ReceiptEntry, totals map[numbered]protocol.Amount, settled *settledChecker) {
	var err error
	if v.Checks, err = e.Verify(d); err != nil {
		var broken *client.ReceiptError
		if !errors.As(err, &broken) {
			v.fail(receiptNotChecked, "receipt", "", err.Error(), "")
			return
		}
		v.fail(receiptFalse, broken.Field, broken.Want, broken.Got, "")
		return
	}
	if before, known := totals[numbered{v.Session, v.RSeq - 1}]; known {
		if sum, err := before.Add(v.Cost); err != nil || sum != e.Receipt.Charged {
			v.fail(receiptFalse, "total", fmt.Sprintf("%s, after %s and a cost of %s", sum, before, v.Cost), e.Receipt.Charged.String(), "")
			return
		}
		v.ok("total", fmt.Sprintf("%s before and %s for this", before, v.Cost))
	}
	if settled != nil {
		settled.check(ctx, v, e)
	}
}

// settledChecker proves receipts under roots that the chain shows.
type settledChecker struct {
	chain *chain.Client
	user  *client.Client // of nobody: it asks pods for proofs
	dir   string

	batches map[batchOf]chain.Settlement
	keys    map[keyOf]string // what is to be said of a key config
}

// batchOf and keyOf name a batch and a key config of a pod.
type batchOf struct {
	pod protocol.Address
	seq uint64
}

type keyOf struct {
	pod  protocol.Address
	hash protocol.Hash
}

func (a *app) newSettledChecker(ctx context.Context, profile network.Profile) (*settledChecker, error) {
	_, c, err := a.dial(ctx)
	if err != nil {
		return nil, err
	}
	s := &settledChecker{chain: c, batches: map[batchOf]chain.Settlement{}, keys: map[keyOf]string{}}
	nobody, err := protocol.GenerateKey()
	if err == nil {
		s.dir, err = os.MkdirTemp("", "phallama-receipts-")
	}
	if err == nil {
		s.user, err = a.open(s.dir, profile, c, client.Config{Owner: nobody})
	}
	if err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func (s *settledChecker) close() {
	if s.user != nil {
		_ = s.user.Close()
	}
	if s.dir != "" {
		_ = os.RemoveAll(s.dir)
	}
	s.chain.Close()
}

func (s *settledChecker) check(ctx context.Context, v *receiptVerdict, e client.ReceiptEntry) {
	proof := e.Settled
	if proof == nil {
		bill, err := s.user.Bill(ctx, v.Pod, e.RequestID)
		switch {
		case errors.Is(err, client.ErrNoBill):
			v.fail(receiptNotChecked, "proof", "one, kept or from the pod", "none", "the pod has forgotten this receipt: it keeps a settled batch for a day")
			return
		case err != nil:
			v.fail(receiptNotChecked, "proof", "one, kept or from the pod", err.Error(), "try again while the pod is up")
			return
		case bill.Receipt.Receipt != e.Receipt.Receipt:
			v.fail(receiptFalse, "receipt", "the one that is stored", "another one from the pod for the same request", "")
			return
		case bill.Settled == nil:
			v.fail(receiptUnsettled, "settled", "a settled batch with this receipt", "none yet", "pods settle every half hour or so: try again later")
			return
		}
		proof = bill.Settled
		if !proof.Proves(v.Receipt) {
			v.fail(receiptFalse, "proof", "a path to the root "+proof.Root.String(), "one that leads elsewhere", "")
			return
		}
	}
	v.ok("proof", fmt.Sprintf("a path of %s to root %s", count(len(proof.Path), "node"), proof.Root))
	batch, err := s.batch(ctx, batchOf{v.Pod, proof.Seq})
	switch {
	case errors.Is(err, chain.ErrNotFound):
		last, lastErr := s.chain.LastSeq(ctx, v.Pod)
		if lastErr == nil && last < proof.Seq {
			v.fail(receiptFalse, "settled", fmt.Sprintf("batch %d of pod %s", proof.Seq, v.Pod), fmt.Sprintf("its last batch on chain is %d", last), "")
			return
		}
		v.fail(receiptNotChecked, "settled", fmt.Sprintf("batch %d of pod %s", proof.Seq, v.Pod), "no such event in the node's latest blocks", "ask a node that keeps more events")
	case err != nil:
		v.fail(receiptNotChecked, "settled", fmt.Sprintf("batch %d of pod %s", proof.Seq, v.Pod), err.Error(), "")
	case batch.ReceiptsRoot != proof.Root:
		v.fail(receiptFalse, "settled", fmt.Sprintf("root %s in batch %d of pod %s, as the chain shows", batch.ReceiptsRoot, proof.Seq, v.Pod), proof.Root.String(), "")
	default:
		v.ok("settled", fmt.Sprintf("in batch %d of pod %s, by the escrow's event", proof.Seq, v.Pod))
		if !e.KeyConfig.IsZero() {
			v.ok("key", s.key(ctx, e, batch))
		}
	}
}

// key tells where others can see the key config that the request was sealed to: that the identity signed it was verified
// before. One that is nowhere is no fault of a receipt's; it may be one that only this client was given.
func (s *settledChecker) key(ctx context.Context, e client.ReceiptEntry, batch chain.Settlement) string {
	if batch.KeyConfigHash == e.KeyConfig {
		return fmt.Sprintf("config %s, which the batch names too", e.KeyConfig)
	}
	id := keyOf{e.Session.Pod, e.KeyConfig}
	if s.keys[id] == "" {
		block, err := s.chain.PublishedKeyConfig(ctx, id.pod, id.hash)
		switch {
		case err == nil:
			s.keys[id] = fmt.Sprintf("config %s, published on the registry in block %d; the batch names another", id.hash, block)
		case errors.Is(err, chain.ErrNotFound):
			s.keys[id] = fmt.Sprintf("config %s, which neither the batch names nor the registry's latest events show", id.hash)
		default:
			return fmt.Sprintf("config %s; whether it was published is not known: %v", id.hash, err)
		}
	}
	return s.keys[id]
}

func (s *settledChecker) batch(ctx context.Context, id batchOf) (chain.Settlement, error) {
	if batch, known := s.batches[id]; known {
		return batch, nil
	}
	batch, err := s.chain.Settlement(ctx, id.pod, id.seq)
	if err == nil {
		s.batches[id] = batch
	}
	return batch, err
}

// worst orders outcomes: one false receipt says more than any that could not be checked.
var worst = map[int]int{receiptHolds: 0, receiptUnsettled: 1, receiptNotChecked: 2, receiptFalse: 3}

func (a *app) showVerdicts(verdicts []receiptVerdict) error {
	exit, bad := receiptHolds, 0
	for _, v := range verdicts {
		if worst[v.Exit] > worst[exit] {
			exit = v.Exit
		}
		if v.Exit != receiptHolds {
			bad++
		}
	}
	var err error
	if exit != receiptHolds {
		err = &exitError{exit, fmt.Errorf("%d of %s: %s", bad, count(len(verdicts), "receipt"), receiptOutcomes[exit])}
		if bad == 1 {
			for _, v := range verdicts {
				if v.Failed != nil {
					err = &exitError{exit, fmt.Errorf("receipt %s %s: %s: expected %s, got %s", short(v.Receipt.String()), v.Outcome, v.Failed.Check, v.Failed.Want, v.Failed.Got)}
				}
			}
		}
	}
	if a.json {
		return errors.Join(a.out.json(map[string]any{"exit": exit, "outcome": receiptOutcomes[exit], "receipts": verdicts}), err)
	}
	if len(verdicts) == 1 {
		for _, c := range verdicts[0].Checks {
			a.out.told(a.out.green("ok"), c.Name+": "+c.Value)
		}
	} else {
		var rows [][]string
		for _, v := range verdicts {
			rows = append(rows, []string{short(v.Receipt.String()), short(v.Session.String()), fmt.Sprint(v.RSeq), brief(v.Cost), v.Outcome})
		}
		if len(rows) > 0 {
			a.out.table([]string{"RECEIPT", "SESSION", "NUMBER", "COST", "OUTCOME"}, rows)
		}
	}
	for _, v := range verdicts {
		if f := v.Failed; f != nil {
			if len(verdicts) > 1 {
				fmt.Fprintf(a.out, "\n%s\n", a.out.bold("receipt "+v.Receipt.String()))
			}
			a.out.told(a.out.red("NO"), f.Check+": expected "+f.Want+", got "+f.Got)
			if f.Hint != "" {
				a.out.told("  ", f.Hint)
			}
		}
	}
	if err == nil {
		fmt.Fprintf(a.out, "\n%s\n", a.out.green(count(len(verdicts), "receipt")+" verified"))
	}
	return err
}

// told prints what came of a check, in lines that fit a terminal and break no hash.
func (s *screen) told(mark, text string) {
	for i, line := range wrapText(text, screenWidth-6) {
		if i > 0 {
			mark = "  "
		}
		fmt.Fprintf(s, "  %s %s\n", mark, line)
	}
}
