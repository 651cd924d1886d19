package operator

import (
	"context"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest"
)

const (
	serveEvery   = 6 * time.Hour   // collateral is good for weeks
	serveRetry   = 5 * time.Minute // after it could not be had
	serveTimeout = time.Minute     // a service that hangs holds up nothing else for longer
)

// bringServed has the pod serve its own collateral, so that its clients need no third party. It reports when to do so
// again. A pod without it serves all the same: clients then ask elsewhere.
func (a *Agent) bringServed(ctx context.Context) time.Time {
	if a.cfg.Served == nil {
		return time.Now().Add(serveEvery)
	}
	trying, cancel := context.WithTimeout(ctx, serveTimeout)
	defer cancel()
	if err := a.tryServed(trying); err != nil {
		if ctx.Err() == nil {
			a.log.Warn("the pod cannot serve its own collateral; trying again", "error", err, "in", serveRetry)
		}
		return time.Now().Add(serveRetry)
	}
	return time.Now().Add(serveEvery)
}

func (a *Agent) tryServed(ctx context.Context) error {
	record, err := a.chain.Pod(ctx, a.pod)
	if err != nil {
		return err
	}
	evidence, err := attest.JoinEvidence(attest.Kind(record.Kind), record.Evidence, record.PCKCertificate)
	if err != nil {
		return err
	}
	needs, err := evidence.Needs()
	if err != nil {
		return err
	}
	served, err := a.cfg.Served(ctx, needs)
	if err != nil {
		return fmt.Errorf("collateral %s: %w", needs, err)
	}
	return a.control.serve(ctx, served)
}
