// Package collateral gets Intel's collateral from where there is some: Intel's
// Provisioning Certification Service, a caching service of that kind (PCCS), a
// pod that serves its own, a bundle for places without a network, a directory
// that keeps what was fetched.
//
// Nothing is believed because of where it came from: package dcap checks every
// signature and date each time.
package collateral

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// Source gets collateral.
type Source interface {
	// Collateral gets the collateral of that name. What it returns may be stale or
	// forged: it is verified by whoever uses it.
	Collateral(ctx context.Context, id dcap.CollateralID) (*dcap.Collateral, error)
}

// StaleError says that there is no collateral that is still good, and until when
// what there is was.
type StaleError struct {
	ID dcap.CollateralID
	// GoodUntil is the latest end of what there is; zero where there never was any.
	GoodUntil time.Time
	// Err is why no newer one could be had.
	Err error
}

// Error implements error.
func (e *StaleError) Error() string {
	was := "there is none"
	if !e.GoodUntil.IsZero() {
		was = "what there is was good until " + e.GoodUntil.UTC().Format(time.RFC3339)
	}
	return fmt.Sprintf("collateral %s: %s, and no newer one could be had: %v", e.ID, was, e.Err)
}

// Unwrap returns Err.
func (e *StaleError) Unwrap() error { return e.Err }

// First asks sources in their order and takes the first answer that is good at
// the given clock.
func First(now func() time.Time, sources ...Source) Source { return first{now, sources} }

type first struct {
	now     func() time.Time
	sources []Source
}

func (f first) Collateral(ctx context.Context, id dcap.CollateralID) (*dcap.Collateral, error) {
	var all []error
	var until time.Time
	for _, s := range f.sources {
		c, err := s.Collateral(ctx, id)
		if err == nil {
			var end time.Time
			if _, end, err = good(c, id, f.now()); err == nil {
				return c, nil
			}
			until = later(until, end)
		}
		until = later(until, goodUntil(err))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		all = append(all, err)
	}
	if len(all) == 0 {
		all = append(all, errors.New("no place to ask is configured"))
	}
	return nil, &StaleError{ID: id, GoodUntil: until, Err: errors.Join(all...)}
}

// goodUntil is what an error says about staler collateral, zero if nothing: places
// that are asked for others have places of their own.
func goodUntil(err error) time.Time {
	var stale *StaleError
	if errors.As(err, &stale) {
		return stale.GoodUntil
	}
	return time.Time{}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// good tells from when until when collateral is good, and whether it is at the
// instant, and of that name: what is of another would be kept, and refused with
// every quote, until its end.
func good(c *dcap.Collateral, id dcap.CollateralID, now time.Time) (from, until time.Time, err error) {
	s, err := Summarize(c)
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	from, until = s.From, s.Until
	switch {
	case s.ID != id:
		return time.Time{}, time.Time{}, &dcap.CheckError{
			Check: dcap.CheckTCBInfoPlatform.Name, Want: "collateral " + id.String(), Got: s.ID.String(), Hint: "ask another place",
		}
	case now.Before(from):
		return from, until, fmt.Errorf("collateral %s: it is good from %s on, and it is %s: check this machine's clock", id, from.UTC().Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	case now.After(until):
		return from, until, fmt.Errorf("collateral %s: it was good until %s", id, until.UTC().Format(time.RFC3339))
	}
	return from, until, nil
}
