package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func (a *app) receiptsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "receipts",
		Short: "List this machine's receipts and their sum; show, verify and audit them",
		Args:  cobra.NoArgs,
		RunE:  func(*cobra.Command, []string) error { return a.listReceipts() },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List this machine's receipts and their sum", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error { return a.listReceipts() },
		},
		&cobra.Command{
			Use: "show RECEIPT", Short: "Show every field of a receipt, named by its hash or its first digits", Args: cobra.ExactArgs(1),
			RunE: func(_ *cobra.Command, args []string) error { return a.showReceipt(args[0]) },
		},
		a.receiptsVerifyCommand(), a.receiptsAuditCommand(),
	)
	return cmd
}

func (a *app) listReceipts() error {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return err
	}
	total, err := sumOf(state.Receipts)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"receipts": notNil(state.Receipts), "total": total})
	}
	if len(state.Receipts) == 0 {
		fmt.Fprintf(a.out, "No receipts in %s yet: ask something.\n", a.clientDir())
		return nil
	}
	var rows [][]string
	for _, r := range state.Receipts {
		rows = append(rows, []string{
			r.Time.Local().Format("2006-01-02 15:04"), cut(r.Offer.Model, 16),
			strconv.Itoa(int(r.Receipt.Usage.In)), strconv.Itoa(int(r.Receipt.Usage.Out)), r.Receipt.Finish.String(),
			brief(r.Receipt.Cost), settledIn(r), short(r.Receipt.HashStruct().String()),
		})
	}
	a.out.table([]string{"TIME", "MODEL", "IN", "OUT", "FINISH", "COST", "BATCH", "RECEIPT"}, rows)
	fmt.Fprintf(a.out, "\n%s: %s tokens (%s base units)\n", count(len(state.Receipts), "receipt"), total.Tokens(), total)
	return nil
}

// settledIn is the number of the batch that a receipt is proven in.
func settledIn(e client.ReceiptEntry) string {
	if e.Settled == nil {
		return "-"
	}
	return strconv.FormatUint(e.Settled.Seq, 10)
}

// cut shortens text to so many characters.
func cut(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// brief is an amount in tokens for a table: at most 8 characters, rounded down.
func brief(a protocol.Amount) string {
	whole, frac, _ := strings.Cut(a.Tokens(), ".")
	frac = strings.TrimRight(frac[:min(len(frac), max(7-len(whole), 0))], "0")
	switch {
	case frac != "":
		return whole + "." + frac
	case whole == "0" && !a.IsZero():
		return "<1e-6"
	case len(whole) > 8:
		return whole[:len(whole)-6] + "M"
	}
	return whole
}

// receiptOf finds one stored receipt by its hash or the hash's first digits.
func receiptOf(entries []client.ReceiptEntry, id string) (client.ReceiptEntry, error) {
	want := "0x" + strings.TrimPrefix(strings.ToLower(id), "0x")
	var found []client.ReceiptEntry
	for _, e := range entries {
		if strings.HasPrefix(e.Receipt.HashStruct().String(), want) {
			found = append(found, e)
		}
	}
	if len(found) != 1 {
		return client.ReceiptEntry{}, fmt.Errorf("want the hash of one receipt of `phallama receipts`, or its first digits; %.70q fits %d", id, len(found))
	}
	return found[0], nil
}

func (a *app) showReceipt(id string) error {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return err
	}
	e, err := receiptOf(state.Receipts, id)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if a.json {
		return a.out.json(e)
	}
	r := e.Receipt
	for _, f := range [][2]string{
		{"receipt", r.HashStruct().String()},
		{"request id", e.RequestID.String() + " (secret: whoever has it can ask the pod for this bill)"},
		{"stored", e.Time.UTC().Format(time.RFC3339)},
		{"pod", e.Session.Pod.String()},
		{"identity", e.Identity.String()},
		{"session", r.SessionID.String()},
		{"owner", e.Session.Owner.String()},
		{"signer", e.Session.Signer.String()},
		{"salt", strconv.FormatUint(e.Session.Salt, 10)},
		{"number", strconv.FormatUint(r.RSeq, 10)},
		{"model", e.Offer.Model},
		{"digest", r.ModelDigest.String()},
		{"request", r.RequestHash.String()},
		{"response", r.ResponseHash.String() + map[bool]string{true: " (the answer did not arrive whole)"}[e.Late]},
		{"tokens", fmt.Sprintf("%d in, %d of them cached, %d out", r.Usage.In, r.Usage.Cached, r.Usage.Out)},
		{"finish", r.Finish.String()},
		{"cost", fmt.Sprintf("%s tokens (%s base units), of at most %s", r.Cost.Tokens(), r.Cost, e.MaxCost)},
		{"charged", fmt.Sprintf("%s tokens (%s base units) in all, with this", r.Charged.Tokens(), r.Charged)},
		{"offer", r.OfferHash.String()},
		{"prices", fmt.Sprintf("per million tokens %s in, %s cached, %s out; %s a request", e.Offer.InPerM.Tokens(), e.Offer.CachedPerM.Tokens(), e.Offer.OutPerM.Tokens(), e.Offer.PerRequest.Tokens())},
		{"blind", fmt.Sprintf("%x", r.Blind[:])},
		{"signature", r.Signature.String()},
		{"settled", provenBy(e)},
	} {
		a.out.field(f[0], f[1])
	}
	return nil
}

func provenBy(e client.ReceiptEntry) string {
	if e.Settled == nil {
		return "not proven yet"
	}
	return fmt.Sprintf("in batch %d under root %s, by a path of %s", e.Settled.Seq, e.Settled.Root, count(len(e.Settled.Path), "node"))
}

func sumOf(entries []client.ReceiptEntry) (total protocol.Amount, err error) {
	for _, r := range entries {
		if total, err = total.Add(r.Receipt.Cost); err != nil {
			return protocol.Amount{}, err
		}
	}
	return total, nil
}

// notNil prints an empty list as [], not as null.
func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// field prints one field of something in lines that fit a terminal; a longer word is broken.
func (s *screen) field(name, value string) {
	const width = screenWidth - 14
	first := true
	for _, line := range wrapText(value, width) {
		for first || line != "" {
			n := min(len(line), width)
			fmt.Fprintf(s, "  %s %s\n", s.bold(fmt.Sprintf("%-11s", name)), line[:n])
			name, line, first = "", line[n:], false
		}
	}
}
