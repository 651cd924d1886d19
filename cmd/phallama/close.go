package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func (a *app) closeCommand() *cobra.Command {
	var slow bool
	cmd := &cobra.Command{
		Use: "close SESSION", Short: "Close a session, to have its rest back at once where its pod agrees", Args: cobra.ExactArgs(1),
		Long: `Asks the session's pod for its last bill and closes the session on chain: what it
did not spend is available at once ("closed"). Where the pod does not answer, or
a running gateway uses the session, the chain alone is asked ("closing"): an
hour later "phallama wallet release" brings the rest back.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx := cmd.Context()
			if !slow {
				err := a.onSession(ctx, args[0], false, "closed", a.closeNow)
				var not *notNowError
				if !errors.As(err, &not) {
					return err
				}
				fmt.Fprintf(a.err, "%s %v\n", a.err.yellow("not at once:"), not)
			}
			fmt.Fprintln(a.err, a.err.dim("asking the chain for the close, which takes an hour"))
			return a.onSession(ctx, args[0], false, "closing", func(ctx context.Context, t *chain.Transactor, key protocol.SessionKey) (chain.Included, error) {
				return t.RequestClose(ctx, key)
			})
		},
	}
	cmd.Flags().BoolVar(&slow, "slow", false, "do not ask the pod")
	return cmd
}

// notNowError says why a session cannot be closed at once. The chain's own hour is left.
type notNowError struct{ error }

func (e *notNowError) Unwrap() error { return e.error }

// closeNow closes a session with its pod's word.
func (a *app) closeNow(ctx context.Context, t *chain.Transactor, key protocol.SessionKey) (chain.Included, error) {
	row, err := a.askClose(ctx, t, key)
	if err != nil {
		if ctx.Err() != nil {
			return chain.Included{}, err
		}
		return chain.Included{}, &notNowError{err}
	}
	done, err := t.CloseNow(ctx, row)
	var refused *chain.RevertError
	switch {
	case errors.As(err, &refused):
		return chain.Included{}, &notNowError{err}
	case err != nil:
		return chain.Included{}, err
	}
	fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("it paid %s tokens in all, and %s are available again", done.Charged.Tokens(), done.Returned.Tokens())))
	return done.Included, nil
}

// askClose asks the session's pod, as the client of this data directory.
func (a *app) askClose(ctx context.Context, t *chain.Transactor, key protocol.SessionKey) (row protocol.CloseRow, err error) {
	profile, err := a.profile()
	if err != nil {
		return row, err
	}
	owner, err := a.owner()
	if err != nil {
		return row, err
	}
	user, err := a.open(a.data, profile, t.Client, client.Config{Owner: owner})
	if errors.Is(err, client.ErrLocked) {
		return row, errors.New("a running `phallama` uses this data directory, and it alone may ask the pod: stop it first to close at once")
	}
	if err != nil {
		return row, err
	}
	defer func() { err = errors.Join(err, user.Close()) }()
	fmt.Fprintln(a.err, a.err.dim("asking the pod for its last bill"))
	return user.CloseNow(ctx, key.ID())
}
