package operator

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"
)

const maxAlerts = 50

// Alert is a warning or an error that an agent has logged.
type Alert struct {
	Time    time.Time `json:"time"` // of the last one that said the same
	Level   string    `json:"level"`
	Message string    `json:"message"`
	Details string    `json:"details,omitempty"` // key=value, with spaces between them
	Times   int       `json:"times"`
}

// alerts are the last ones. They hold what the log holds: nothing of any prompt, and secrets redacted.
type alerts struct {
	mu   sync.Mutex
	last []Alert // newest first
}

func (a *alerts) add(one Alert) {
	a.mu.Lock()
	defer a.mu.Unlock()
	i := slices.IndexFunc(a.last, func(old Alert) bool {
		return old.Level == one.Level && old.Message == one.Message && old.Details == one.Details
	})
	one.Times = 1
	if i >= 0 {
		one.Times += a.last[i].Times
		a.last = slices.Delete(a.last, i, i+1)
	}
	a.last = slices.Insert(a.last, 0, one)
	a.last = a.last[:min(len(a.last), maxAlerts)]
}

func (a *alerts) all() []Alert {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Alert{}, a.last...)
}

// alerting is a handler of logs that keeps warnings and errors, too.
type alerting struct {
	slog.Handler
	kept  *alerts
	attrs []slog.Attr
}

// Enabled implements slog.Handler: what is kept need not be what is logged.
func (h alerting) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn || h.Handler.Enabled(ctx, level)
}

// Handle implements slog.Handler.
func (h alerting) Handle(ctx context.Context, r slog.Record) error {
	if r.Level >= slog.LevelWarn {
		var details []string
		for _, attr := range h.attrs {
			details = append(details, attr.String())
		}
		r.Attrs(func(attr slog.Attr) bool {
			details = append(details, attr.String())
			return true
		})
		h.kept.add(Alert{Time: r.Time, Level: strings.ToLower(r.Level.String()), Message: r.Message, Details: strings.Join(details, " ")})
	}
	if !h.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h alerting) WithAttrs(attrs []slog.Attr) slog.Handler {
	return alerting{h.Handler.WithAttrs(attrs), h.kept, append(slices.Clone(h.attrs), attrs...)}
}

// WithGroup implements slog.Handler. Agents group nothing.
func (h alerting) WithGroup(name string) slog.Handler {
	return alerting{h.Handler.WithGroup(name), h.kept, h.attrs}
}
