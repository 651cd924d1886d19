package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func (a *app) receiptsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "receipts",
		Short: "List this machine's receipts, all verified, and their sum",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
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
					r.Time.Local().Format("2006-01-02 15:04"), r.Offer.Model,
					strconv.Itoa(int(r.Receipt.Usage.In)), strconv.Itoa(int(r.Receipt.Usage.Out)), r.Receipt.Finish.String(),
					r.Receipt.Cost.Tokens(), r.Receipt.HashStruct().Short(),
				})
			}
			a.out.table([]string{"TIME", "MODEL", "IN", "OUT", "FINISH", "COST", "RECEIPT"}, rows)
			fmt.Fprintf(a.out, "\n%s: %s tokens (%s base units)\n", count(len(state.Receipts), "receipt"), total.Tokens(), total)
			return nil
		},
	}
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
