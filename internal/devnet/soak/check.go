package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/internal/devnet"
	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/operator"
	"github.com/phallama/phallama/protocol"
)

// What a settlement is to take at most.
const (
	gasPerRow   = 13_500
	gasPerBatch = 45_000
)

// settleAll settles what a pod was owed.
func settleAll(ctx context.Context, p *devnet.Pod) error {
	for {
		switch _, err := p.Agent().SettleNow(ctx); {
		case errors.Is(err, operator.ErrNothingToSettle):
			return nil
		case err != nil:
			return fmt.Errorf("settling %s: %w", p.Name(), err)
		}
	}
}

// report is what came of a run.
type report struct {
	took                         time.Duration
	asked, answered, broken      int64
	again                        int64
	happened                     [faults]int64
	kills, cuts                  int64
	receipts, late, sessions     int
	billed                       protocol.Amount
	batches, rows, skipped, idle int
	gas, allowed                 uint64
	fit                          fit
	dearest, dearestRows         uint64
	wrong                        []string
	finishes                     map[protocol.Finish]int
	chainMoved, earned, podsSay  protocol.Amount
}

func (r *report) fault(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

// add adds up, and notes what no amount can hold.
func (r *report) add(sum *protocol.Amount, a protocol.Amount) {
	total, err := sum.Add(a)
	if err != nil {
		r.fault("a sum overflows: %v", err)
	}
	*sum = total
}

func (r *report) gasPerQuery() float64 { return float64(r.gas) / float64(max(1, r.receipts)) }

// check holds the books against each other: users' receipts, the chain, and the ledgers of the pods, which have stopped.
func (s *soak) check(ctx context.Context) (report, error) {
	r := report{
		asked: s.asked.Load(), answered: s.answered.Load(), broken: s.broken.Load(), again: s.again.Load(),
		kills: s.kills.Load(), cuts: s.cuts.Load(), finishes: map[protocol.Finish]int{},
	}
	for i := range r.happened {
		r.happened[i] = s.wire.happened[i].Load()
	}
	books := map[protocol.Address]*ledger.Ledger{}
	for _, p := range s.net.Pods {
		book, err := p.Book()
		if err != nil {
			return r, err
		}
		defer book.Close()
		if err := book.Check(); err != nil {
			r.fault("%s: its book: %v", p.Name(), err)
		}
		books[p.ID] = book
	}
	var held protocol.Amount // by the escrow, as users and operators have it
	perPod, sessionsOf := map[protocol.Address]protocol.Amount{}, map[protocol.Address]int{}
	for i, u := range s.users {
		if err := s.checkUser(ctx, &r, i, u, books, perPod, sessionsOf, &held); err != nil {
			return r, err
		}
	}
	if err := s.checkPods(ctx, &r, books, perPod, sessionsOf, &held); err != nil {
		return r, err
	}
	own, err := s.net.Chain.Account(ctx, s.net.User) // of the devnet's user, who asked nothing
	if err != nil {
		return r, err
	}
	r.add(&held, own.Avail)
	has, err := s.net.Chain.TokenBalance(ctx, s.net.Domain.Escrow)
	if err != nil {
		return r, err
	}
	if has != held {
		r.fault("the escrow has %s, and owes %s", has, held)
	}
	return r, nil
}

// checkUser holds a user's receipts against its sessions on chain and in the pods' books.
func (s *soak) checkUser(ctx context.Context, r *report, number int, u *user, books map[protocol.Address]*ledger.Ledger,
	perPod map[protocol.Address]protocol.Amount, sessionsOf map[protocol.Address]int, held *protocol.Amount,
) error {
	state, err := client.ReadState(filepath.Join(u.dir, "client"))
	if err != nil {
		return err
	}
	receipts, numbers, ids := map[protocol.Hash]protocol.Amount{}, map[protocol.Hash]map[uint64]bool{}, map[protocol.RequestID]bool{}
	for _, e := range state.Receipts {
		id := e.Receipt.SessionID
		if ids[e.RequestID] {
			r.fault("user %d: request %s has two receipts", number, e.RequestID)
		}
		ids[e.RequestID] = true
		if numbers[id] == nil {
			numbers[id] = map[uint64]bool{}
		}
		numbers[id][e.Receipt.RSeq] = true
		sum := receipts[id]
		r.add(&sum, e.Receipt.Cost)
		receipts[id] = sum
		r.receipts++
		r.finishes[e.Receipt.Finish]++
		if e.Late {
			r.late++
		}
	}
	account, err := s.net.Chain.Account(ctx, u.key.Address())
	if err != nil {
		return err
	}
	r.add(held, account.Avail)
	total := account.Avail // of the user's money, wherever it is now
	for _, session := range state.Sessions {
		what := fmt.Sprintf("user %d, session %s with pod %s", number, session.ID.Short(), session.Key.Pod.Short())
		fact, err := s.net.Chain.Session(ctx, session.Key)
		if err != nil {
			return err
		}
		book, known := books[session.Key.Pod].Session(session.ID)
		sum := receipts[session.ID]
		if fact.Cap.IsZero() {
			if known || !sum.IsZero() {
				r.fault("%s: the chain has no such session; receipts sum up to %s, the pod knows it: %t", what, sum, known)
			}
			continue
		}
		r.sessions++
		sessionsOf[session.Key.Pod]++
		r.add(&r.billed, sum)
		r.add(&r.chainMoved, fact.Claimed)
		r.add(&r.podsSay, book.Charged)
		podSum := perPod[session.Key.Pod]
		r.add(&podSum, sum)
		perPod[session.Key.Pod] = podSum
		switch {
		case sum != fact.Claimed || sum != book.Charged || sum != book.Claimed || sum != session.Charged:
			r.fault("%s: receipts sum up to %s; the client says %s, the pod %s charged and %s claimed, the chain %s",
				what, sum, session.Charged, book.Charged, book.Claimed, fact.Claimed)
		case session.Charged.Cmp(session.Ceiling) > 0 || session.Ceiling.Cmp(fact.Cap) > 0:
			r.fault("%s: want charged %s <= ceiling %s <= cap %s", what, session.Charged, session.Ceiling, fact.Cap)
		case session.Open != 0 || session.Suspect != "" || session.Ended != "":
			r.fault("%s: %d open, suspect %q, ended %q", what, session.Open, session.Suspect, session.Ended)
		case book.Cap != fact.Cap || !book.Reserved.IsZero() || book.Ceiling.Cmp(session.Ceiling) > 0:
			r.fault("%s: the pod has cap %s, reserved %s, ceiling %s; cap is %s, and %s was signed", what, book.Cap, book.Reserved, book.Ceiling, fact.Cap, session.Ceiling)
		}
		for n := range uint64(len(numbers[session.ID])) {
			if !numbers[session.ID][n+1] {
				r.fault("%s: there are %d receipts, and number %d is missing", what, len(numbers[session.ID]), n+1)
				break
			}
		}
		rest, err := fact.Cap.Sub(fact.Claimed)
		if err != nil {
			r.fault("%s: claimed %s of %s", what, fact.Claimed, fact.Cap)
		}
		r.add(held, rest)
		r.add(&total, fact.Cap)
	}
	if total != funds {
		r.fault("user %d had %s; its account and the caps of its sessions are %s", number, funds, total)
	}
	return nil
}

// checkPods holds what each pod settled and earned against the receipts.
func (s *soak) checkPods(ctx context.Context, r *report, books map[protocol.Address]*ledger.Ledger,
	perPod map[protocol.Address]protocol.Amount, sessionsOf map[protocol.Address]int, held *protocol.Amount,
) error {
	for _, p := range s.net.Pods {
		last, err := s.net.Chain.LastSeq(ctx, p.ID)
		if err != nil {
			return err
		}
		var moved protocol.Amount
		for seq := uint64(1); seq <= last; seq++ {
			settled, err := s.net.Chain.Settlement(ctx, p.ID, seq)
			if err != nil {
				return err
			}
			r.add(&moved, settled.Charged)
			if settled.Charged.IsZero() {
				r.idle++
			}
			if seq > 1 { // the first finds storage empty
				r.fit.add(float64(settled.Rows), float64(settled.GasUsed))
			}
			r.batches++
			r.rows += settled.Rows
			r.skipped += len(settled.Skipped)
			r.gas += settled.GasUsed
			r.allowed += gasPerBatch + gasPerRow*uint64(settled.Rows)
			if settled.GasUsed > r.dearest {
				r.dearest, r.dearestRows = settled.GasUsed, uint64(settled.Rows)
			}
		}
		if moved != perPod[p.ID] {
			r.fault("%s: its settlements moved %s, and its users' receipts sum up to %s", p.Name(), moved, perPod[p.ID])
		}
		totals := books[p.ID].Totals()
		if totals.Sessions != sessionsOf[p.ID] || !totals.Unsettled.IsZero() || totals.Running != 0 {
			r.fault("%s: its book has %d sessions, %s unsettled, %d requests running; users know %d sessions", p.Name(), totals.Sessions, totals.Unsettled, totals.Running, sessionsOf[p.ID])
		}
		has, err := s.net.Chain.Claimable(ctx, p.ID)
		if err != nil {
			return err
		}
		if has != moved {
			r.fault("%s has earned %s, and its settlements moved %s", p.Name(), has, moved)
		}
		r.add(&r.earned, has)
		r.add(held, has)
	}
	return nil
}

func (r *report) print(out io.Writer) {
	line := func(what, format string, args ...any) {
		fmt.Fprintf(out, "  %-11s %s\n", what, fmt.Sprintf(format, args...))
	}
	line("queries", "%d asked in %s, %d answered, %d broke off, %d times no pod at first", r.asked, r.took.Round(time.Second), r.answered, r.broken, r.again)
	for f := abortWaiting; f < faults; f++ {
		if n := r.happened[f]; n > 0 {
			line("", "%d %s", n, faultNames[f])
		}
	}
	if n := r.happened[none]; n > 0 {
		line("", "%d broke off by kills and cuts alone", n)
	}
	line("broken", "%d pods killed, %d agents cut off", r.kills, r.cuts)
	line("receipts", "%d, of which %d fetched late; %v", r.receipts, r.late, r.finishes)
	line("sums", "receipts   %s", r.billed)
	line("", "chain      %s moved in %d sessions", r.chainMoved, r.sessions)
	line("", "pods       %s earned", r.earned)
	line("", "pods       %s in their books", r.podsSay)
	line("gas", "%d batches of %d rows took %d, %.0f a row; %d rows skipped, %d batches moved nothing", r.batches, r.rows, r.gas, float64(r.gas)/float64(max(1, r.rows)), r.skipped, r.idle)
	line("", "%d is what %d a row and %d a batch come to: within it %t", r.allowed, gasPerRow, gasPerBatch, r.gas <= r.allowed)
	if row, batch, ok := r.fit.line(); ok {
		line("", "%.0f a row and %.0f a batch fit best, the first batch of each pod aside", row, batch)
	}
	line("", "dearest batch: %d for %d rows; %.0f a query", r.dearest, r.dearestRows, r.gasPerQuery())
	for _, w := range r.wrong[:min(len(r.wrong), 20)] {
		line("WRONG", "%s", w)
	}
	if n := len(r.wrong); n > 20 {
		line("WRONG", "and %d more", n-20)
	}
}

// fit is a line through points, by least squares.
type fit struct{ n, x, y, xx, xy float64 }

func (f *fit) add(x, y float64) {
	f.n, f.x, f.y, f.xx, f.xy = f.n+1, f.x+x, f.y+y, f.xx+x*x, f.xy+x*y
}

// line is slope and intercept; not ok where all points are above one another.
func (f *fit) line() (slope, intercept float64, ok bool) {
	d := f.n*f.xx - f.x*f.x
	if f.n < 2 || d == 0 {
		return 0, 0, false
	}
	slope = (f.n*f.xy - f.x*f.y) / d
	return slope, (f.y - slope*f.x) / f.n, true
}
