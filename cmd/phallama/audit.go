package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// sessionAudit holds what the receipts of a session say against what the chain moved. Amounts are base units.
type sessionAudit struct {
	Session  protocol.Hash    `json:"session"`
	Pod      protocol.Address `json:"pod"`
	Receipts int              `json:"receipts"`
	Charged  protocol.Amount  `json:"charged"`           // by the receipts, and by what came before them
	Claimed  *protocol.Amount `json:"claimed,omitempty"` // on chain; nil: the chain has no such session any more
	State    string           `json:"state"`
	// Notes explain each difference.
	Notes []string `json:"notes"`
	// Unexplained: more was settled than receipts and open requests explain.
	Unexplained bool `json:"unexplained"`
}

func (s *sessionAudit) note(format string, args ...any) {
	s.Notes = append(s.Notes, fmt.Sprintf(format, args...))
}

// auditOf compares. The status is of the session's file, or has nothing but the key where there is none.
func auditOf(s client.SessionStatus, receipts []client.ReceiptEntry, fact protocol.SessionFact, now uint64) (sessionAudit, error) {
	a := sessionAudit{Session: s.ID, Pod: s.Key.Pod, Receipts: len(receipts), State: sessionState(s, &fact, now), Notes: []string{}}
	charged, top := s.Before, protocol.Receipt{RSeq: s.BeforeSeq, Charged: s.Before}
	seen, first, restarts := uint64(0), s.BeforeSeq, 0
	for i, e := range receipts { // in the order in which they were booked
		r := e.Receipt.Receipt
		if e.Restart { // what is missing before is the pod's loss; what this identity signed is of the new numbers
			restarts, seen, first, top = restarts+1, 0, 0, protocol.Receipt{}
			for _, earlier := range receipts[:i] {
				if earlier.Identity != e.Identity {
					continue
				}
				if seen++; earlier.Receipt.RSeq > top.RSeq {
					top = earlier.Receipt.Receipt
				}
			}
		}
		if r.RSeq <= first {
			continue
		}
		var err error
		if charged, err = charged.Add(r.Cost); err != nil {
			return a, fmt.Errorf("session %s: %w", s.ID, err)
		}
		if seen++; r.RSeq > top.RSeq {
			top = r
		}
	}
	a.Charged = charged
	if !s.Before.IsZero() {
		a.note("%s of it was charged by receipts up to number %d, which an earlier state of this directory held: our own voucher or the chain covers it", s.Before.Tokens(), s.BeforeSeq)
	}
	if restarts > 0 {
		a.note("its pod lost its ledger: the numbers of its receipts begin again, above what was acknowledged until then")
	}
	owed := protocol.Amount{} // at most, by requests whose bill is not known
	for _, o := range s.Requests {
		sum, err := owed.Add(o.MaxCost)
		if err != nil {
			return a, fmt.Errorf("session %s: %w", s.ID, err)
		}
		owed = sum
	}
	if missing := top.RSeq - first - seen; missing > 0 {
		lack := top.Charged.SubDown(charged)
		a.note("receipts missing: %d before number %d, of %s in all; open requests may have cost up to %s", missing, top.RSeq, lack.Tokens(), owed.Tokens())
		a.Unexplained = lack.Cmp(owed) > 0
	}
	switch {
	case a.State == "ordered":
		return a, nil
	case fact.Cap.IsZero():
		a.note("session released: the chain no longer says what it moved")
		return a, nil
	}
	a.Claimed = &fact.Claimed
	switch over := fact.Claimed.SubDown(charged); {
	case !over.IsZero() && over.Cmp(owed) <= 0:
		a.note("settled %s more than the receipts say: %s whose bill is not known may have cost up to %s", over.Tokens(), count(len(s.Requests), "request"), owed.Tokens())
	case !over.IsZero():
		a.note("settled %s more than the receipts say, and open requests explain %s of it: receipts were lost or withheld", over.Tokens(), owed.Tokens())
		a.Unexplained = true
	case fact.Claimed.Cmp(charged) < 0 && fact.Expiry < now:
		a.note("%s was charged and never settled: the session has expired, and what it did not pay is the owner's", charged.SubDown(fact.Claimed).Tokens())
	case fact.Claimed.Cmp(charged) < 0:
		a.note("%s not settled yet", charged.SubDown(fact.Claimed).Tokens())
	}
	return a, nil
}

// podAudit is the sum over a pod's sessions, those without a claim left out of Claimed.
type podAudit struct {
	Pod      protocol.Address `json:"pod"`
	Sessions int              `json:"sessions"`
	Receipts int              `json:"receipts"`
	Charged  protocol.Amount  `json:"charged"`
	Claimed  protocol.Amount  `json:"claimed"`
}

func podsOf(sessions []sessionAudit) (pods []podAudit, err error) {
	for _, s := range sessions {
		i := slices.IndexFunc(pods, func(p podAudit) bool { return p.Pod == s.Pod })
		if i < 0 {
			i, pods = len(pods), append(pods, podAudit{Pod: s.Pod})
		}
		p := &pods[i]
		p.Sessions, p.Receipts = p.Sessions+1, p.Receipts+s.Receipts
		if p.Charged, err = p.Charged.Add(s.Charged); err != nil {
			return nil, err
		}
		if s.Claimed != nil {
			if p.Claimed, err = p.Claimed.Add(*s.Claimed); err != nil {
				return nil, err
			}
		}
	}
	return pods, nil
}

// audited are all sessions of a state, those too of which there are only receipts, each with its receipts.
func audited(state client.State) ([]client.SessionStatus, map[protocol.Hash][]client.ReceiptEntry) {
	of := map[protocol.Hash][]client.ReceiptEntry{}
	for _, e := range state.Receipts {
		of[e.Receipt.SessionID] = append(of[e.Receipt.SessionID], e)
	}
	sessions := slices.Clone(state.Sessions)
	for id, receipts := range of {
		if !slices.ContainsFunc(sessions, func(s client.SessionStatus) bool { return s.ID == id }) {
			sessions = append(sessions, client.SessionStatus{Key: receipts[0].Session, ID: id, Ended: "its file is gone"})
		}
	}
	slices.SortFunc(sessions, func(a, b client.SessionStatus) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return sessions, of
}

func (a *app) receiptsAuditCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "audit",
		Short: "Hold the receipts of each session and pod against what the chain moved",
		Long: `Sums the receipts by session and pod, compares with what the chain says was
claimed, and explains each difference.

Exit status: 0 every difference is explained; 5 more was settled than receipts
and open requests explain; others as everywhere.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.auditReceipts(cmd.Context()) },
	}
}

// audit holds the receipts of each session against the chain.
func (a *app) audit(ctx context.Context) ([]sessionAudit, error) {
	state, err := client.ReadState(a.clientDir())
	if err != nil {
		return nil, err
	}
	_, c, err := a.dial(ctx)
	if err != nil {
		return nil, err
	}
	defer c.Close()
	sessions, receipts := audited(state)
	all := make([]sessionAudit, 0, len(sessions))
	now := uint64(time.Now().Unix())
	for _, s := range sessions {
		fact, err := c.Session(ctx, s.Key)
		if err != nil {
			return nil, err
		}
		one, err := auditOf(s, receipts[s.ID], fact, now)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

func (a *app) auditReceipts(ctx context.Context) error {
	all, err := a.audit(ctx)
	if err != nil {
		return err
	}
	unexplained := 0
	for _, one := range all {
		if one.Unexplained {
			unexplained++
		}
	}
	pods, err := podsOf(all)
	if err != nil {
		return err
	}
	if unexplained > 0 {
		err = &exitError{exitUnverified, fmt.Errorf("%s: more was settled than receipts and open requests explain", count(unexplained, "session"))}
	}
	if a.json {
		return errors.Join(a.out.json(map[string]any{"sessions": all, "pods": notNil(pods)}), err)
	}
	a.printAudit(all, pods)
	return err
}

func (a *app) printAudit(all []sessionAudit, pods []podAudit) {
	if len(all) == 0 {
		fmt.Fprintln(a.out, "No sessions and no receipts: nothing to audit.")
		return
	}
	var rows [][]string
	for _, s := range all {
		claimed := "-"
		if s.Claimed != nil {
			claimed = brief(*s.Claimed)
		}
		rows = append(rows, []string{short(s.Session.String()), short(s.Pod.String()), fmt.Sprint(s.Receipts), brief(s.Charged), claimed, s.State})
	}
	a.out.table([]string{"SESSION", "POD", "RECEIPTS", "CHARGED", "CLAIMED", "STATE"}, rows)
	rows = nil
	for _, p := range pods {
		rows = append(rows, []string{short(p.Pod.String()), fmt.Sprint(p.Sessions), fmt.Sprint(p.Receipts), brief(p.Charged), brief(p.Claimed)})
	}
	fmt.Fprintln(a.out)
	a.out.table([]string{"POD", "SESSIONS", "RECEIPTS", "CHARGED", "CLAIMED"}, rows)
	for _, s := range all {
		for i, note := range s.Notes {
			if i == 0 {
				fmt.Fprintf(a.out, "\n%s\n", a.out.bold("session "+s.Session.String()))
			}
			for _, line := range wrapText(note, screenWidth-4) {
				fmt.Fprintf(a.out, "    %s\n", line)
			}
		}
	}
}
