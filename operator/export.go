package operator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/phallama/phallama/protocol"
)

// errNoRecovery says that Config.Recovery names no file.
var errNoRecovery = errors.New("operator: no file to keep the pod's vouchers in (Config.Recovery)")

// keepRegularly keeps the pod's export as often as it settles.
func (a *Agent) keepRegularly(ctx context.Context) {
	if a.recovery == nil {
		return
	}
	for ctx.Err() == nil {
		a.keep(ctx)
		select {
		case <-ctx.Done():
		case <-time.After(a.cfg.SettleEvery):
		}
	}
}

// keep keeps the export where that is wanted. Trouble is logged and holds nothing up: what is kept stays.
func (a *Agent) keep(ctx context.Context) {
	if a.recovery == nil {
		return
	}
	err := a.KeepExport(ctx)
	if ctx.Err() != nil {
		return
	}
	a.mu.Lock()
	text := ""
	if err != nil {
		text = err.Error()
	}
	news := text != a.recovery.said
	a.recovery.said = text
	a.mu.Unlock()
	if err != nil && news {
		a.log.Warn("the vouchers for a recovery could not all be kept; trying again with the next settlement", "error", err)
	}
}

// KeepExport fetches the vouchers with which the escrow pays without the pod's enclave, and keeps the best of each session
// in the file Config.Recovery. Run does so as often as it settles, and when it stops. What moves nothing any more goes from
// the file.
func (a *Agent) KeepExport(ctx context.Context) error {
	r := a.recovery
	if r == nil {
		return errNoRecovery
	}
	if err := take(ctx, r.turn); err != nil {
		return err
	}
	defer func() { <-r.turn }()
	// Each of these is of use without the others.
	fetched := a.fetchExport(ctx, r)
	pruned := a.pruneExport(ctx, r)
	if n := r.bound(maxSessions); n > 0 {
		a.log.Error("too many sessions for the recovery file: those that acknowledge least are left out", "left out", n, "limit", maxSessions)
	}
	return errors.Join(fetched, pruned, r.save())
}

// fetchExport takes in all pages of the pod's export.
func (a *Agent) fetchExport(ctx context.Context, r *recovery) error {
	var (
		after *protocol.Hash
		bad   int
		why   error
	)
	for seen := 0; ; {
		page, err := a.control.export(ctx, after)
		if err != nil {
			return err
		}
		for _, v := range page.Vouchers {
			if err := r.take(v); err != nil {
				bad++
				why = fmt.Errorf("session %s: %w", v.Session.ID().Short(), err)
			}
		}
		seen += len(page.Vouchers)
		if page.Next == nil {
			break
		}
		if len(page.Vouchers) == 0 || len(page.Vouchers) > protocol.MaxExport || seen > 2*maxSessions ||
			after != nil && bytes.Compare(page.Next[:], after[:]) <= 0 {
			return fmt.Errorf("the pod's export does not come to an end: %d vouchers, the last page of %d", seen, len(page.Vouchers))
		}
		after = page.Next
	}
	if bad > 0 {
		return fmt.Errorf("%d of the pod's vouchers are not kept, since the escrow would not pay them; of the last, %w", bad, why)
	}
	return nil
}

// pruneExport drops what moves nothing any more.
func (a *Agent) pruneExport(ctx context.Context, r *recovery) error {
	if len(r.kept) == 0 {
		return nil
	}
	keys := make([]protocol.SessionKey, 0, len(r.kept))
	for v := range maps.Values(r.kept) {
		keys = append(keys, v.Session)
	}
	facts, err := a.chain.Sessions(ctx, keys)
	if err != nil {
		return err
	}
	head, err := a.chain.Head(ctx) // after the facts, so that it is no block before theirs
	if err != nil {
		return err
	}
	final, err := a.chain.Final(ctx)
	if err != nil {
		return err
	}
	r.prune(facts, head.Number, final.Number)
	return nil
}

// export is a page of the pod's export.
func (c *control) export(ctx context.Context, after *protocol.Hash) (protocol.Export, error) {
	query := fmt.Sprintf("limit=%d", protocol.MaxExport)
	if after != nil {
		query += "&after=" + after.String()
	}
	var e protocol.Export
	_, err := c.call(ctx, "GET", protocol.PathExport, query, callTimeout, nil, &e)
	return e, err
}
