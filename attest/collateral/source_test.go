package collateral_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
)

func TestFirst(t *testing.T) {
	now := at
	p := newPlatform(t, dcap.PCKCAPlatform, func() time.Time { return now })
	issued := func(age time.Duration) *dcap.Collateral {
		now = at.Add(-age)
		defer func() { now = at }()
		_, c := collateralOf(t, p, dcap.TEESGX)
		return c
	}
	id, good := collateralOf(t, p, dcap.TEESGX)
	older, oldest, early := issued(window), issued(2*window), issued(-window)
	fails := errors.New("404")
	_, guest := collateralOf(t, p, dcap.TEETDX)
	_, processor := collateralOf(t, newPlatform(t, dcap.PCKCAProcessor, fixed), dcap.TEESGX)
	kept := &collateral.StaleError{ID: id, GoodUntil: at.Add(-time.Minute), Err: errAway}
	tests := []struct {
		name    string
		sources []*source
		want    *dcap.Collateral
		until   time.Time // of a refusal
		says    []string
	}{
		{"the first is good", []*source{{c: good}, {c: older}}, good, time.Time{}, nil},
		{"the first fails", []*source{{err: errAway}, {c: good}}, good, time.Time{}, nil},
		{"the first is stale", []*source{{c: older}, {c: good}}, good, time.Time{}, nil},
		{"the first is early", []*source{{c: early}, {c: good}}, good, time.Time{}, nil},
		{"the first is rubbish", []*source{{c: new(dcap.Collateral)}, {c: good}}, good, time.Time{}, nil},
		{"the first is of another TEE", []*source{{c: guest}, {c: good}}, good, time.Time{}, nil},
		{"the first is of another CA", []*source{{c: processor}, {c: good}}, good, time.Time{}, nil},
		{"all are of another name", []*source{{c: guest}, {c: processor}}, nil, time.Time{}, []string{"there is none", "got tdx-", "-processor; ask another place"}},
		{"a cache was stale", []*source{{c: older}, {err: kept}, {err: fails}}, nil, at.Add(-time.Minute), []string{"was good until 2026-11-25T11:59:00Z", "404"}},
		{"all fail", []*source{{err: errAway}, {err: fails}}, nil, time.Time{}, []string{"there is none", errAway.Error(), fails.Error()}},
		{
			"all are stale",
			[]*source{{c: oldest}, {c: older}, {c: oldest}},
			nil, at.Add(-time.Hour),
			[]string{"good until 2026-10-26T11:00:00Z", "good until 2026-11-25T11:00:00Z"},
		},
		{"nobody is there", nil, nil, time.Time{}, []string{"no place to ask is configured"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var sources []collateral.Source
			for _, s := range tt.sources {
				s.asked = 0
				sources = append(sources, s)
			}
			got, err := collateral.First(fixed, sources...).Collateral(t.Context(), id)
			if tt.want != nil {
				if err != nil {
					t.Fatal(err)
				}
				answers(t, got, tt.want)
				if last := tt.sources[len(tt.sources)-1]; tt.want == tt.sources[0].c && last.asked != 0 {
					t.Error("it asked on after a good answer")
				}
				return
			}
			var stale *collateral.StaleError
			if !errors.As(err, &stale) || got != nil {
				t.Fatalf("got %+v, %v", got, err)
			}
			if !stale.GoodUntil.Equal(tt.until) {
				t.Errorf("good until %v, expected %v", stale.GoodUntil, tt.until)
			}
			for _, text := range tt.says {
				if !strings.Contains(err.Error(), text) {
					t.Errorf("got %q, expected it to say %q", err, text)
				}
			}
			for _, s := range tt.sources {
				if s.err != nil && !errors.Is(err, s.err) {
					t.Errorf("%v does not hold %v", err, s.err)
				}
			}
		})
	}
}

// Whoever gives up wants no other place asked, and no word about staleness.
func TestFirstGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	second := &source{err: errAway}
	_, err := collateral.First(fixed, &source{err: errAway}, second).Collateral(ctx, dcap.CollateralID{TEE: dcap.TEESGX, CA: dcap.PCKCAPlatform})
	if !errors.Is(err, context.Canceled) || second.asked != 0 {
		t.Errorf("got %v, asked %d times", err, second.asked)
	}
}
