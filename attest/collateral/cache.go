package collateral

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/durable"
)

// retryAfter is how long a cache leaves its source alone after it failed while
// what is kept is still good.
const retryAfter = time.Hour

// Cache keeps what a source gave in a directory, one file of JSON each, and asks
// the source again when less than a quarter of its time is left. A file that
// cannot be read is fetched again.
type Cache struct {
	// Logger receives why a source could not bring newer collateral while what is kept
	// is still good. Nil discards it.
	Logger *slog.Logger

	dir  string
	from Source
	now  func() time.Time

	mu    sync.Mutex
	slots map[dcap.CollateralID]*slot
}

// slot is one file of the cache. Who holds its lock reads or fetches: the others
// then find what that one brought, and those of other slots do not wait.
type slot struct {
	lock  chan struct{} // of one: a lock whose wait can be given up
	tried time.Time
}

var _ Source = (*Cache)(nil)

// NewCache keeps collateral in dir, which is made when something is kept. A nil
// source makes it a cache of what is there already.
func NewCache(dir string, from Source, now func() time.Time) *Cache {
	return &Cache{dir: dir, from: from, now: now, slots: map[dcap.CollateralID]*slot{}}
}

// Collateral implements [Source]. What it returns is good at the cache's clock;
// else the error is a [*StaleError].
func (c *Cache) Collateral(ctx context.Context, id dcap.CollateralID) (*dcap.Collateral, error) {
	return c.CollateralFrom(ctx, id, c.from)
}

// CollateralFrom is Collateral with another source than the cache's own.
func (c *Cache) CollateralFrom(ctx context.Context, id dcap.CollateralID, source Source) (*dcap.Collateral, error) {
	if err := checkID(id); err != nil {
		return nil, err
	}
	s := c.slot(id)
	select {
	case s.lock <- struct{}{}:
		defer func() { <-s.lock }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	now := c.now()
	var from, until time.Time
	kept, keptErr := c.load(id)
	if keptErr == nil {
		from, until, keptErr = good(kept, id, now)
	}
	usable := keptErr == nil
	fresh := usable && until.Sub(now) > until.Sub(from)/4
	rested := now.Sub(s.tried) >= retryAfter || now.Before(s.tried)
	if fresh || usable && (source == nil || !rested) {
		return kept, nil
	}
	if source == nil {
		return nil, &StaleError{ID: id, GoodUntil: until, Err: errors.Join(keptErr, errors.New("nobody to ask is configured: bring some (phallama collateral fetch)"))}
	}
	s.tried = now
	got, err := source.Collateral(ctx, id)
	had := goodUntil(err)
	if err == nil {
		if _, had, err = good(got, id, now); err == nil {
			if err = c.Keep(id, got); err == nil {
				return got, nil
			}
			had = time.Time{} // it is not stale, but lost
		}
	}
	if usable {
		if c.Logger != nil {
			c.Logger.Warn("no newer collateral could be had; what is kept is still good", "collateral", id, "until", until, "error", err)
		}
		return kept, nil
	}
	return nil, &StaleError{ID: id, GoodUntil: later(until, had), Err: err}
}

func (c *Cache) slot(id dcap.CollateralID) *slot {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.slots[id]
	if !ok {
		s = &slot{lock: make(chan struct{}, 1)}
		c.slots[id] = s
	}
	return s
}

// Path is the file that keeps the collateral of that name.
func (c *Cache) Path(id dcap.CollateralID) string { return filepath.Join(c.dir, id.String()+".json") }

func (c *Cache) load(id dcap.CollateralID) (*dcap.Collateral, error) {
	return Read(c.Path(id))
}

// Read reads a file of collateral.
func Read(path string) (*dcap.Collateral, error) {
	data, err := readFile(path, dcap.MaxCollateralSize)
	if err != nil {
		return nil, err
	}
	c, err := dcap.ParseCollateral(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// Write writes collateral to a file, whole or not at all.
func Write(path string, c *dcap.Collateral) error {
	data, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("collateral: %w", err)
	}
	if err := durable.Replace(path, data); err != nil {
		return fmt.Errorf("collateral: %w", err)
	}
	return nil
}

// Keep writes collateral to the cache, whole or not at all.
func (c *Cache) Keep(id dcap.CollateralID, collateral *dcap.Collateral) error {
	if err := os.MkdirAll(c.dir, 0o700); err != nil {
		return fmt.Errorf("collateral: the cache: %w", err)
	}
	return Write(c.Path(id), collateral)
}

// Kept are the names of what the cache keeps, good or not.
func (c *Cache) Kept() ([]dcap.CollateralID, error) {
	files, err := os.ReadDir(c.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("collateral: the cache: %w", err)
	}
	var ids []dcap.CollateralID
	for _, file := range files {
		name, isJSON := strings.CutSuffix(file.Name(), ".json")
		if id, err := ParseID(name); isJSON && err == nil {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

func readFile(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("collateral: %w", err)
	}
	if info.Mode().Type() != 0 || info.Size() > limit {
		return nil, fmt.Errorf("collateral: %s: expected a file of at most %d bytes, got %d", path, limit, info.Size())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("collateral: %w", err)
	}
	return data, nil
}
