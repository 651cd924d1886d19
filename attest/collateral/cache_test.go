package collateral_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/collateral"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// shelf is a cache with a source, and one clock for both. Its platform's
// collateral, issued at the clock, is good from an hour earlier for 30 days.
type shelf struct {
	*testing.T
	*collateral.Cache
	now      time.Time
	platform *simulated.Platform
	id       dcap.CollateralID
	source   source
	dir      string
}

const window = 30 * 24 * time.Hour

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{T: t, now: at, dir: filepath.Join(t.TempDir(), "collateral")}
	s.platform = newPlatform(t, dcap.PCKCAPlatform, func() time.Time { return s.now })
	s.id, s.source.c = collateralOf(t, s.platform, dcap.TEESGX)
	s.Cache = collateral.NewCache(s.dir, &s.source, func() time.Time { return s.now })
	return s
}

// publish has the source answer with what is issued now.
func (s *shelf) publish() *dcap.Collateral {
	s.Helper()
	_, s.source.c = collateralOf(s.T, s.platform, dcap.TEESGX)
	return s.source.c
}

// gives asks the cache, and wants this answer and so many requests to the source
// in all.
func (s *shelf) gives(want *dcap.Collateral, asked int) {
	s.Helper()
	got, err := s.Collateral(s.Context(), s.id)
	if err != nil {
		s.Fatal(err)
	}
	answers(s.T, got, want)
	if s.source.asked != asked {
		s.Errorf("the source was asked %d times in all, expected %d", s.source.asked, asked)
	}
}

// stale asks the cache and wants it to have nothing, so many requests later.
func (s *shelf) stale(goodUntil time.Time, asked int, says ...string) {
	s.Helper()
	got, err := s.Collateral(s.Context(), s.id)
	var stale *collateral.StaleError
	if got != nil || !errors.As(err, &stale) {
		s.Fatalf("got %+v, %v", got, err)
	}
	if stale.ID != s.id || !stale.GoodUntil.Equal(goodUntil) {
		s.Errorf("%s was good until %v, expected %v", stale.ID, stale.GoodUntil, goodUntil)
	}
	for _, text := range says {
		if !strings.Contains(err.Error(), text) {
			s.Errorf("got %q, expected it to say %q", err, text)
		}
	}
	if s.source.asked != asked {
		s.Errorf("the source was asked %d times in all, expected %d", s.source.asked, asked)
	}
}

func TestCacheKeeps(t *testing.T) {
	s := newShelf(t)
	first := s.source.c
	s.gives(first, 1)
	s.gives(first, 1)
	info, err := os.Stat(s.Path(s.id))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("file of mode %v, %v", info.Mode(), err)
	}
	if files, err := os.ReadDir(s.dir); err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
	again := collateral.NewCache(s.dir, nil, fixed) // another process, without a network
	got, err := again.Collateral(t.Context(), s.id)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, got, first)
	if ids, err := again.Kept(); err != nil || !slices.Equal(ids, []dcap.CollateralID{s.id}) {
		t.Errorf("kept %v, %v", ids, err)
	}
}

func TestCacheRefreshes(t *testing.T) {
	s := newShelf(t)
	first := s.source.c
	s.gives(first, 1)
	quarter := at.Add(-time.Hour + window - window/4)
	s.now = quarter.Add(-time.Second)
	second := s.publish()
	s.gives(first, 1)
	s.now = quarter
	s.gives(second, 2)
	s.gives(second, 2)
}

// While what is kept is good, a source that fails is asked once an hour and nobody
// notices.
func TestCacheFailsSoftly(t *testing.T) {
	for _, tt := range []struct {
		name string
		fail func(*shelf)
	}{
		{"the source fails", func(s *shelf) { s.source.err = errAway }},
		{"the source is behind", func(s *shelf) {
			now := s.now
			s.now = at.Add(-window)
			s.publish()
			s.now = now
		}},
		{"the source answers for another TEE", func(s *shelf) { _, s.source.c = collateralOf(s.T, s.platform, dcap.TEETDX) }},
		{"the source answers for another CA", func(s *shelf) {
			_, s.source.c = collateralOf(s.T, newPlatform(s.T, dcap.PCKCAProcessor, func() time.Time { return s.now }), dcap.TEESGX)
		}},
		{"the source answers rubbish", func(s *shelf) { s.source.c = new(dcap.Collateral) }},
		{"the directory is read-only", func(s *shelf) {
			if os.Geteuid() == 0 {
				s.Skip("directories are not read-only for root")
			}
			if err := os.Chmod(s.dir, 0o500); err != nil {
				s.Fatal(err)
			}
			s.Cleanup(func() { _ = os.Chmod(s.dir, 0o700) })
			s.publish()
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newShelf(t)
			var log strings.Builder
			s.Logger = slog.New(slog.NewTextHandler(&log, nil))
			first := s.source.c
			s.gives(first, 1)
			late := at.Add(window - window/4)
			s.now = late
			tt.fail(s)
			s.gives(first, 2)
			s.now = late.Add(time.Hour - time.Second)
			s.gives(first, 2)
			s.now = late.Add(time.Hour)
			s.gives(first, 3)
			s.now = late // the clock was set back
			s.gives(first, 4)
			if text := log.String(); strings.Count(text, "still good") != 3 || !strings.Contains(text, s.id.String()) || !strings.Contains(text, "until=2026-12-25T11:00:00") {
				t.Errorf("expected three warnings, got\n%s", text)
			}
		})
	}
}

func TestCacheGoesStale(t *testing.T) {
	s := newShelf(t)
	s.source.err = errAway
	s.stale(time.Time{}, 1, s.id.String(), "there is none", errAway.Error())
	s.source.err = nil
	first := s.source.c
	s.gives(first, 2)
	end := at.Add(window - time.Hour)
	s.source.err = errAway
	s.now = end
	s.gives(first, 3)
	s.now = end.Add(time.Second)
	s.stale(end, 4, "was good until 2026-12-25T11:00:00Z", errAway.Error())
	s.stale(end, 5) // nothing rests while there is nothing
	s.source.err = nil
	s.stale(end, 6, "was good until")
	s.gives(s.publish(), 7)
}

// What is dated after the clock is not good yet, wherever it comes from.
func TestCacheClockBehind(t *testing.T) {
	s := newShelf(t)
	s.gives(s.source.c, 1)
	s.now = at.Add(-2 * time.Hour)
	s.stale(at.Add(window-time.Hour), 2, "check this machine's clock")
	s.Cache = collateral.NewCache(s.dir, nil, func() time.Time { return s.now })
	s.stale(at.Add(window-time.Hour), 2, "check this machine's clock", "nobody to ask")
}

func TestCacheWithoutSource(t *testing.T) {
	s := newShelf(t)
	first := s.source.c
	s.Cache = collateral.NewCache(s.dir, nil, func() time.Time { return s.now })
	s.stale(time.Time{}, 0, "nobody to ask")
	if err := s.Keep(s.id, first); err != nil {
		t.Fatal(err)
	}
	end := at.Add(window - time.Hour)
	s.now = end
	s.gives(first, 0)
	s.now = end.Add(time.Second)
	s.stale(end, 0, "nobody to ask")
	if got, err := s.CollateralFrom(t.Context(), s.id, &s.source); err == nil {
		t.Errorf("an old source gave %+v", got)
	}
	second := s.publish()
	got, err := s.CollateralFrom(t.Context(), s.id, &s.source)
	if err != nil {
		t.Fatal(err)
	}
	answers(t, got, second)
	s.gives(second, 2)
}

// A file that cannot be used is fetched again, and does not count as one that was
// good.
func TestCacheDamaged(t *testing.T) {
	s := newShelf(t)
	first := s.source.c
	s.gives(first, 1)
	whole, err := os.ReadFile(s.Path(s.id))
	if err != nil {
		t.Fatal(err)
	}
	_, guest := collateralOf(t, s.platform, dcap.TEETDX)
	asked := 1
	_, other := collateralOf(t, newPlatform(t, dcap.PCKCAProcessor, fixed), dcap.TEESGX)
	for name, data := range map[string][]byte{
		"of another CA":      mustJSON(t, other),
		"empty":              {},
		"cut":                whole[:len(whole)-1],
		"something after it": append(slices.Clone(whole), '1'),
		"zeros":              make([]byte, len(whole)),
		"huge":               make([]byte, dcap.MaxCollateralSize+1),
		"another object":     []byte(`{"version":1}`),
		"no collateral":      mustJSON(t, dcap.Collateral{TCBInfoSignature: make([]byte, 64), QEIdentitySignature: make([]byte, 64)}),
		"of another TEE":     mustJSON(t, guest),
	} {
		t.Run(name, func(t *testing.T) {
			s.T = t
			write := func() {
				if err := os.WriteFile(s.Path(s.id), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			write()
			asked++
			s.gives(first, asked)
			if now, err := os.ReadFile(s.Path(s.id)); err != nil || string(now) != string(whole) {
				t.Errorf("the file was not replaced: %v", err)
			}
			write()
			s.source.err = errAway
			asked++
			s.stale(time.Time{}, asked, "there is none")
			s.source.err = nil
		})
	}
}

// What cannot be kept cannot be had: a machine whose disk is full learns of it.
func TestCacheCannotKeep(t *testing.T) {
	s := newShelf(t)
	if err := os.WriteFile(s.dir, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s.stale(time.Time{}, 1, "the cache", "not a directory")
}

func TestCacheFetchesOnce(t *testing.T) {
	s := newShelf(t)
	want := s.source.c
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			if got, err := s.Collateral(t.Context(), s.id); err != nil || string(got.TCBInfo) != string(want.TCBInfo) {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
	wg.Wait()
	if s.source.asked != 1 {
		t.Errorf("the source was asked %d times", s.source.asked)
	}
}

// slow is a source that answers when the test says so.
type slow struct{ asked, answer chan struct{} }

func (s slow) Collateral(context.Context, dcap.CollateralID) (*dcap.Collateral, error) {
	s.asked <- struct{}{}
	<-s.answer
	return nil, errAway
}

// A service that hangs holds up nobody who does not need it, and nobody who gives
// up.
func TestCacheHangingSource(t *testing.T) {
	s := newShelf(t)
	s.gives(s.source.c, 1)
	other := s.id
	other.FMSPC[0]++
	hanging := slow{make(chan struct{}), make(chan struct{})}
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := s.CollateralFrom(t.Context(), other, hanging); !errors.Is(err, errAway) {
			t.Errorf("got %v", err)
		}
	})
	<-hanging.asked
	s.gives(s.source.c, 1)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.CollateralFrom(ctx, other, hanging); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(hanging.answer)
	wg.Wait()
}

// A source that has only older collateral says until when that was good.
func TestCacheNothingKept(t *testing.T) {
	s := newShelf(t)
	s.now = at.Add(window)
	end := at.Add(window - time.Hour)
	s.stale(end, 1, "was good until 2026-12-25T11:00:00Z")
	s.Cache = collateral.NewCache(s.dir, collateral.First(func() time.Time { return s.now }, &s.source), func() time.Time { return s.now })
	s.stale(end, 2, "was good until 2026-12-25T11:00:00Z")
}

// A directory may have any name.
func TestCacheOddDirectory(t *testing.T) {
	s := newShelf(t)
	s.dir = filepath.Join(t.TempDir(), "[a-")
	s.Cache = collateral.NewCache(s.dir, &s.source, fixed)
	s.gives(s.source.c, 1)
	if ids, err := s.Kept(); err != nil || !slices.Equal(ids, []dcap.CollateralID{s.id}) {
		t.Errorf("kept %v, %v", ids, err)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if ids, err := collateral.NewCache(file, nil, fixed).Kept(); err == nil {
		t.Errorf("of a file: %v", ids)
	}
}

// A directory may hold other files.
func TestCacheKept(t *testing.T) {
	s := newShelf(t)
	if ids, err := s.Kept(); err != nil || len(ids) != 0 {
		t.Errorf("of no directory: %v, %v", ids, err)
	}
	s.gives(s.source.c, 1)
	for _, name := range []string{"notes.txt", "sgx.json", ".sgx-00606a000000-platform.json-12", "sgx-00606A000000-platform.json"} {
		if err := os.WriteFile(filepath.Join(s.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if ids, err := s.Kept(); err != nil || !slices.Equal(ids, []dcap.CollateralID{s.id}) {
		t.Errorf("kept %v, %v", ids, err)
	}
}
