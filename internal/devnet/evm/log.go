package evm

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"

	gethlog "github.com/ethereum/go-ethereum/log"
)

// noHeadYet is what go-ethereum's freezer warns of when it opens the empty
// database of a new chain. In an old one that lost its head, the chain itself
// warns as well.
const noHeadYet = "Head block is not reachable"

// gethSink is where go-ethereum's process-wide logger writes; nil discards.
var gethSink atomic.Pointer[slog.Handler]

// gethRoot hides the type of the logger it holds: given its own type,
// go-ethereum's SetDefault replaces the process's slog.Default too.
type gethRoot struct{ gethlog.Logger }

var installGethLog = sync.OnceFunc(func() {
	gethlog.SetDefault(gethRoot{gethlog.NewLogger(gethHandler{})})
})

// routeGethLog sends go-ethereum's warnings and errors to h until stop is
// called or another route replaces it.
func routeGethLog(h slog.Handler) (stop func()) {
	installGethLog()
	sink := &h
	gethSink.Store(sink)
	return func() { gethSink.CompareAndSwap(sink, nil) }
}

// gethHandler hands records to the sink of the moment. It keeps attributes
// itself because the sink changes under loggers that live on.
type gethHandler struct{ attrs []slog.Attr }

func (gethHandler) sink(ctx context.Context, level slog.Level) slog.Handler {
	h := gethSink.Load()
	if h == nil || level < slog.LevelWarn || !(*h).Enabled(ctx, level) {
		return nil
	}
	return *h
}

func (g gethHandler) Enabled(ctx context.Context, level slog.Level) bool {
	return g.sink(ctx, level) != nil
}

func (g gethHandler) Handle(ctx context.Context, r slog.Record) error {
	h := g.sink(ctx, r.Level)
	if h == nil || r.Message == noHeadYet {
		return nil
	}
	r = r.Clone()
	r.AddAttrs(g.attrs...)
	r.AddAttrs(slog.String("from", "go-ethereum"))
	return h.Handle(ctx, r)
}

func (g gethHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return gethHandler{append(g.attrs[:len(g.attrs):len(g.attrs)], attrs...)}
}

// WithGroup is part of the interface; go-ethereum's Logger has no groups.
func (g gethHandler) WithGroup(string) slog.Handler { return g }
