package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

func (a *app) sessionsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "sessions",
		Short: "List the sessions that lock money for pods; show one, recover lost ones",
		Long: `A session locks money of yours for one pod. CHARGED is the sum of its receipts,
CLAIMED what the chain has moved, HEADROOM what vouchers allow above the
receipts. What is not claimed comes back when the session is released.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.listSessions(cmd.Context()) },
	}
	cmd.AddCommand(
		&cobra.Command{
			Use: "list", Short: "List the sessions", Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return a.listSessions(cmd.Context()) },
		},
		&cobra.Command{
			Use: "show SESSION", Short: "Show a session with its open requests, named by its id or its first digits", Args: cobra.ExactArgs(1),
			RunE: func(cmd *cobra.Command, args []string) error { return a.showSession(cmd.Context(), args[0]) },
		},
		&cobra.Command{
			Use: "recover", Short: "Find sessions of the wallet's owner again that this directory has lost",
			Long: `Looks on chain for open sessions of the wallet's owner that this directory does
not know, and asks their pods where they stand. What a pod says counts as far as
a voucher of yours, which it has to show, or the chain covers it.

Exit status: 0 everything that was found is of use again; 1 some is not, for the
reason given; others as everywhere.`,
			Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error { return a.recoverSessions(cmd.Context()) },
		},
	)
	return cmd
}

// sessionState is a session's state in one word. Without a fact it is what is known here.
func sessionState(s client.SessionStatus, fact *protocol.SessionFact, now uint64) string {
	switch {
	case s.Suspect != "":
		return "suspect"
	case fact == nil && s.Cap.IsZero() || fact != nil && fact.Cap.IsZero() && s.Cap.IsZero() && !s.Ordered.IsZero():
		return "ordered"
	case fact != nil && fact.Cap.IsZero():
		return "released"
	case s.Expiry < now && fact == nil || fact != nil && fact.Expiry < now:
		return "expired"
	case fact != nil && fact.Closing:
		return "closing"
	case s.Ended != "":
		return "ended"
	case s.Lost:
		return "lost"
	}
	return "open"
}

// sessionView is a session as `sessions` shows it.
type sessionView struct {
	client.SessionStatus
	State    string                `json:"state"`
	Headroom protocol.Amount       `json:"headroom"`          // that vouchers allow above the receipts
	OnChain  *protocol.SessionFact `json:"onChain,omitempty"` // nil: the chain was not asked
	Notes    []string              `json:"notes"`
}

func viewOf(s client.SessionStatus, fact *protocol.SessionFact, now uint64) sessionView {
	v := sessionView{SessionStatus: s, State: sessionState(s, fact, now), Headroom: s.Ceiling.SubDown(s.Charged), OnChain: fact, Notes: []string{}}
	note := func(format string, args ...any) { v.Notes = append(v.Notes, fmt.Sprintf(format, args...)) }
	if s.Suspect != "" {
		note("suspect: %s", s.Suspect)
		switch {
		case fact != nil && (fact.Closing || fact.Cap.IsZero()):
			note("it is being closed, or closed: `phallama wallet release` brings its rest back once it has expired")
		case s.NotClosed != "":
			note("it is not being closed: %s", s.NotClosed)
		}
	}
	if s.Ended != "" {
		note("ended: %s", s.Ended)
	}
	if s.Lost {
		note("lost: found on chain again, and its pod has not said yet where it stands; `phallama sessions recover` asks")
	}
	if !s.Before.IsZero() {
		note("recovered: %s was charged before, by receipts up to number %d that this directory no longer has", s.Before.Tokens(), s.BeforeSeq)
	}
	if fact != nil {
		if over := fact.Claimed.SubDown(s.Charged); !over.IsZero() {
			note("settled %s above the last receipt: `phallama receipts audit` explains", over.Tokens())
		}
	}
	return v
}

// viewSessions reads the sessions, and the chain's word on each where the chain can be reached.
func (a *app) viewSessions(ctx context.Context) ([]sessionView, error) {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return nil, err
	}
	now := uint64(time.Now().Unix())
	views := make([]sessionView, 0, len(state.Sessions))
	_, c, dialErr := a.dial(ctx)
	if dialErr != nil {
		if ctx.Err() != nil {
			return nil, dialErr
		}
		if len(state.Sessions) > 0 {
			fmt.Fprintf(a.err, "%s what was claimed is not known: %v\n", a.err.yellow("note:"), dialErr)
		}
		for _, s := range state.Sessions {
			views = append(views, viewOf(s, nil, now))
		}
		return views, nil
	}
	defer c.Close()
	for _, s := range state.Sessions {
		fact, err := c.Session(ctx, s.Key)
		if err != nil {
			return nil, err
		}
		views = append(views, viewOf(s, &fact, now))
	}
	return views, nil
}

func (a *app) listSessions(ctx context.Context) error {
	views, err := a.viewSessions(ctx)
	if err != nil {
		return err
	}
	if a.json {
		return a.out.json(map[string]any{"sessions": views})
	}
	if len(views) == 0 {
		fmt.Fprintf(a.out, "No sessions in %s yet: ask something.\n", a.clientDir())
		return nil
	}
	a.printSessions(views)
	return nil
}

func (a *app) printSessions(views []sessionView) {
	var rows [][]string
	for _, v := range views {
		locked, claimed := v.Cap, "?"
		if v.OnChain != nil {
			locked, claimed = v.OnChain.Cap, brief(v.OnChain.Claimed)
		}
		rows = append(rows, []string{
			short(v.ID.String()), short(v.Key.Pod.String()), brief(locked), brief(v.Charged), claimed, brief(v.Headroom),
			time.Unix(int64(v.Expiry), 0).Local().Format("01-02"), v.State,
		})
	}
	a.out.table([]string{"SESSION", "POD", "CAP", "CHARGED", "CLAIMED", "HEADROOM", "ENDS", "STATE"}, rows)
	for _, v := range views {
		for i, note := range v.Notes {
			if i == 0 {
				fmt.Fprintf(a.out, "\n%s\n", a.out.bold("session "+v.ID.String()))
			}
			for _, line := range wrapText(note, screenWidth-4) {
				fmt.Fprintf(a.out, "    %s\n", line)
			}
		}
	}
}

func (a *app) showSession(ctx context.Context, id string) error {
	views, err := a.viewSessions(ctx)
	if err != nil {
		return err
	}
	want := "0x" + strings.TrimPrefix(strings.ToLower(id), "0x")
	var found []sessionView
	for _, v := range views {
		if strings.HasPrefix(v.ID.String(), want) {
			found = append(found, v)
		}
	}
	if len(found) != 1 {
		return &exitError{exitUsage, fmt.Errorf("want the id of one session of `phallama sessions`, or its first digits; %.70q fits %d", id, len(found))}
	}
	v := found[0]
	if a.json {
		return a.out.json(v)
	}
	amount := func(x protocol.Amount) string { return fmt.Sprintf("%s tokens (%s base units)", x.Tokens(), x) }
	a.out.field("session", v.ID.String())
	a.out.field("state", v.State)
	a.out.field("owner", v.Key.Owner.String())
	a.out.field("signer", v.Key.Signer.String())
	a.out.field("pod", v.Key.Pod.String())
	a.out.field("salt", fmt.Sprint(v.Key.Salt))
	if v.OnChain != nil {
		a.out.field("cap", amount(v.OnChain.Cap))
		a.out.field("claimed", amount(v.OnChain.Claimed))
	} else {
		a.out.field("cap", amount(v.Cap)+", as last seen on chain")
	}
	if !v.Ordered.IsZero() {
		a.out.field("ordered", amount(v.Ordered)+" more, not seen executed yet")
	}
	a.out.field("charged", amount(v.Charged)+" by "+count(v.Receipts, "receipt"))
	a.out.field("ceiling", amount(v.Ceiling))
	a.out.field("headroom", amount(v.Headroom))
	a.out.field("expires", time.Unix(int64(v.Expiry), 0).UTC().Format(time.RFC3339))
	if v.Gaps > 0 {
		a.out.field("missing", count(int(v.Gaps), "receipt")+" among those known")
	}
	for _, note := range v.Notes {
		a.out.field("note", note)
	}
	a.out.field("open", count(v.Open, "request")+" whose bill is not known")
	for _, o := range v.Requests {
		a.out.field("request", fmt.Sprintf("%s for %s, sent %s, at most %s", o.ID, cut(o.Model, 40), o.Sent.UTC().Format(time.RFC3339), o.MaxCost.Tokens()))
	}
	return nil
}

func (a *app) recoverSessions(ctx context.Context) (err error) {
	profile, c, err := a.dial(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	owner, err := a.owner()
	if err != nil {
		return err
	}
	user, err := a.open(a.data, profile, c, client.Config{Owner: owner})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, user.Close()) }()
	fmt.Fprintln(a.err, a.err.dim("reading the chain, and asking pods"))
	got, incomplete := user.Recover(ctx)
	if got.Found == nil && incomplete != nil {
		return incomplete
	}
	if incomplete != nil {
		incomplete = &exitError{exitFailed, incomplete}
	}
	if a.json {
		return errors.Join(a.out.json(got), incomplete)
	}
	now := uint64(time.Now().Unix())
	var views []sessionView
	for _, s := range got.Found {
		fact, err := c.Session(ctx, s.Key)
		if err != nil {
			return err
		}
		views = append(views, viewOf(s, &fact, now))
	}
	if len(views) == 0 {
		fmt.Fprintln(a.out, "No session was lost: the chain shows none of yours that is not here.")
	} else {
		a.printSessions(views)
	}
	for _, f := range got.Foreign {
		fmt.Fprintf(a.out, "\n%s\n", a.out.bold("session "+f.ID().String()))
		for _, line := range wrapText(fmt.Sprintf("its vouchers are signed by a key that was lost with an earlier state: %s of it are free once it has expired, at %s",
			f.Cap.SubDown(f.Claimed).Tokens(), time.Unix(int64(f.Expiry), 0).UTC().Format(time.RFC3339)), screenWidth-4) {
			fmt.Fprintf(a.out, "    %s\n", line)
		}
	}
	return incomplete
}
