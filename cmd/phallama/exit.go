package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
	"github.com/phallama/phallama/wallet"
)

// exitOptions are how an account is emptied.
type exitOptions struct {
	to    string
	relay bool
	fee   string
	wait  bool
}

func (a *app) exitCommand() *cobra.Command {
	var opts exitOptions
	cmd := &cobra.Command{
		Use: "exit", Short: "Get everything out: close all sessions, release them, withdraw", Args: cobra.NoArgs,
		Long: `Gets everything out of the escrow: asks for the close of every session, releases
those that are over, and withdraws what is unlocked. A session that is closing is
released an hour later at most: the command says when to call it again, or waits
with --wait. Calling it again does what is left to do, and nothing twice.

With --relay, or where the wallet has nothing to pay gas with, it signs orders and
has pods' operators send them.

Stop gateways that use the wallet first: they would lock the money again.`,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.exitWallet(cmd.Context(), opts) },
	}
	cmd.Flags().StringVar(&opts.to, "to", "", "`address` that gets it, the wallet's own by default")
	cmd.Flags().BoolVar(&opts.wait, "wait", false, "wait until the last session is released")
	cmd.Flags().BoolVar(&opts.relay, "relay", false, "sign orders and have pods' operators send them")
	cmd.Flags().StringVar(&opts.fee, "fee", "", "with --relay: `tokens` that the operator who sends the withdrawal gets")
	return cmd
}

// A way out moves an owner's money with transactions of its own, or with those of others.
type wayOut interface {
	requestClose(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error)
	// release wraps errLeft where it was not sent and may be by others.
	release(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error)
	// withdraw returns what arrives at the recipient.
	withdraw(ctx context.Context, to protocol.Address, all protocol.Amount) (protocol.Hash, protocol.Amount, error)
}

// errLeft says that a step is left to others, who may do it by themselves.
var errLeft = errors.New("left to others")

// ownGas sends the owner's transactions.
type ownGas struct{ t *chain.Transactor }

func (w ownGas) requestClose(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error) {
	done, err := w.t.RequestClose(ctx, key)
	return done.Tx, err
}

func (w ownGas) release(ctx context.Context, key protocol.SessionKey) (protocol.Hash, error) {
	done, err := w.t.Release(ctx, key)
	if chain.IsRevert(err, "NoSession") { // the pod's operator was faster
		err = nil
	}
	return done.Tx, err
}

func (w ownGas) withdraw(ctx context.Context, to protocol.Address, all protocol.Amount) (protocol.Hash, protocol.Amount, error) {
	done, err := w.t.Withdraw(ctx, to, all)
	return done.Tx, all, err
}

// exitReport is what an exit did, and what is left.
type exitReport struct {
	To       protocol.Address `json:"to"`
	Closed   []protocol.Hash  `json:"closed"`   // sessions whose close was asked for
	Released []protocol.Hash  `json:"released"` // sessions
	Withdrew protocol.Amount  `json:"withdrew"` // what arrived
	Left     walletMoney      `json:"left"`
	// Keys are those that may lock again what comes back.
	Keys []protocol.Address `json:"keys"`
	// Again is when there is something to do again, Unix seconds; 0: everything is out.
	Again uint64 `json:"again,omitempty"`
}

func (a *app) exitWallet(ctx context.Context, opts exitOptions) error {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	address, err := wallet.Address(a.walletDir())
	if err != nil {
		return err
	}
	to := address
	if opts.to != "" {
		if to, err = protocol.ParseAddress(opts.to); err != nil {
			return &exitError{exitUsage, fmt.Errorf("--to: %w", err)}
		}
	}
	var fee protocol.Amount
	if opts.fee != "" {
		if fee, err = parseTokens(opts.fee); err != nil {
			return &exitError{exitUsage, fmt.Errorf("--fee: %w", err)}
		}
	}
	owner, err := a.owner()
	if err != nil {
		return err
	}
	m, err := a.gather(ctx, profile, c, address)
	if err != nil {
		return err
	}
	var way wayOut = ownGas{chain.NewTransactor(c, owner)}
	if opts.relay || m.gas.Sign() == 0 {
		if !opts.relay {
			fmt.Fprintln(a.err, a.err.dim("the wallet has nothing to pay gas with: asking pods' operators to send its orders"))
		}
		relayed, stop, err := a.relayWay(profile, c, owner, fee)
		if err != nil {
			return err
		}
		defer stop()
		way = relayed
	}
	report := exitReport{To: to, Closed: []protocol.Hash{}, Released: []protocol.Hash{}, Keys: []protocol.Address{}}
	token := tokenName(profile)
	for {
		if err := a.exitOnce(ctx, way, m, &report, token); err != nil {
			return err
		}
		if m, err = a.gather(ctx, profile, c, address); err != nil {
			return err
		}
		report.Left, report.Again = m, nextRelease(m)
		if report.Again == 0 || !opts.wait {
			break
		}
		if err := a.awaitBlock(ctx, c, report.Again); err != nil {
			return err
		}
		if m, err = a.gather(ctx, profile, c, address); err != nil {
			return err
		}
	}
	keys, err := a.keyStatuses(ctx, c, address)
	if err != nil {
		return err
	}
	for _, k := range keys {
		if k.State == keyGood {
			report.Keys = append(report.Keys, k.Address)
		}
	}
	if a.json {
		return a.out.json(report)
	}
	a.printExit(report, token)
	return nil
}

// exitOnce does what can be done now.
func (a *app) exitOnce(ctx context.Context, way wayOut, m walletMoney, report *exitReport, token string) error {
	say := func(format string, args ...any) { fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf(format, args...))) }
	available := m.Available
	for i, s := range m.Sessions {
		switch s.phase(m.now) {
		case phaseOpen:
			say("session %s (%d of %d): asking for its close", s.ID.Short(), i+1, len(m.Sessions))
			if _, err := way.requestClose(ctx, s.Key); err != nil {
				return err
			}
			report.Closed = append(report.Closed, s.ID)
		case phaseExpired:
			say("session %s (%d of %d): releasing %s %s", s.ID.Short(), i+1, len(m.Sessions), s.left().Tokens(), token)
			_, err := way.release(ctx, s.Key)
			if errors.Is(err, errLeft) {
				say("  %v", err)
				say("  whoever has gas can do it: phallama wallet release %s", s.ID)
				continue
			}
			if err != nil {
				return err
			}
			report.Released = append(report.Released, s.ID)
			if sum, err := available.Add(s.left()); err == nil {
				available = sum
			}
		}
	}
	if available.IsZero() {
		return nil
	}
	say("withdrawing %s %s to %s", available.Tokens(), token, report.To)
	_, arrived, err := way.withdraw(ctx, report.To, available)
	if err != nil {
		return err
	}
	report.Withdrew, err = report.Withdrew.Add(arrived)
	return err
}

// lookAgain is how long others get to release a session.
const lookAgain = time.Minute

// nextRelease is when there is something to do again; 0: everything is out.
func nextRelease(m walletMoney) uint64 {
	var next uint64
	for _, s := range m.Sessions {
		at := s.OnChain.Expiry + 1
		switch s.phase(m.now) {
		case phaseOrdered:
			continue
		case phaseOpen: // it was opened meanwhile
			at = m.now
		case phaseExpired: // others were to release it, and have not yet
			at = m.now + uint64(lookAgain.Seconds())
		}
		if next == 0 || at < next {
			next = at
		}
	}
	if next == 0 && !m.Available.IsZero() {
		return m.now
	}
	return next
}

// awaitBlock waits for a block of that time, and says how long it takes.
func (a *app) awaitBlock(ctx context.Context, c *chain.Client, at uint64) error {
	said := time.Time{}
	for {
		head, err := c.Head(ctx)
		if err != nil {
			return err
		}
		if head.Time >= at {
			return nil
		}
		if time.Since(said) >= time.Minute {
			said = time.Now()
			fmt.Fprintln(a.err, a.err.dim(fmt.Sprintf("waiting for the next release at %s: %s", clock(at), remaining(at, head.Time))))
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(min(time.Duration(at-head.Time)*time.Second, 10*time.Second)):
		}
	}
}

func (a *app) printExit(r exitReport, token string) {
	if !r.Withdrew.IsZero() {
		fmt.Fprintf(a.out, "withdrew %s %s to %s\n", r.Withdrew.Tokens(), token, r.To)
	}
	if len(r.Closed) > 0 {
		fmt.Fprintf(a.out, "closing %s\n", count(len(r.Closed), "session"))
	}
	if len(r.Released) > 0 {
		fmt.Fprintf(a.out, "released %s\n", count(len(r.Released), "session"))
	}
	for _, s := range r.Left.Sessions {
		if s.phase(r.Left.now) == phaseOrdered {
			fmt.Fprintf(a.out, "session %s is ordered and not on chain: until its order's deadline, minutes from now, a pod may still open it\n", s.ID.Short())
		}
	}
	if r.Again == 0 {
		fmt.Fprintln(a.out, "nothing is left in the escrow")
	} else {
		var rows [][]string
		for _, s := range r.Left.Sessions {
			rows = append(rows, s.row(r.Left.now))
		}
		fmt.Fprintln(a.out)
		a.out.table([]string{"LEFT", "POD", token, "UNTIL", "STATE"}, rows)
		fmt.Fprintf(a.out, "\n%s %s left. Call `phallama wallet exit` again after %s.\n", r.Left.Locked.Tokens(), token, clock(r.Again))
	}
	if n := len(r.Keys); n > 0 {
		fmt.Fprintf(a.out, "%s may still lock what comes back: phallama keys list, and keys revoke\n", count(n, "key"))
	}
	if !r.Left.Earnings.IsZero() {
		fmt.Fprintf(a.out, "%s %s that pods have earned are paid out by their operator's agent\n", r.Left.Earnings.Tokens(), token)
	}
}
