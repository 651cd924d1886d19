// Package web is the page that a gateway shows to people: its files, built from app/ and embedded, and what they ask for
// beside the gateway's own APIs. What moves or shows money is for whoever runs the gateway, who has logged in.
package web

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

// Root is the path that everything is under.
const Root = "/ui/"

//go:embed all:dist
var built embed.FS

// policy lets the page load and ask nothing but what is under its own origin, and nobody show it in a frame.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Config is where the page's facts come from. All of it is needed, but for Wallet.
type Config struct {
	Network Network
	// Models are those that the gateway may use, as `phallama models --json` prints them.
	Models func(context.Context) (any, error)
	// Pods lists all pods, shortly: it is sent anew whenever something of them has changed.
	Pods func(context.Context) (any, error)
	// Pod is everything of one, or wraps ErrNotFound.
	Pod func(ctx context.Context, id string) (any, error)
	// Policy is what `phallama policy show --json` prints.
	Policy func(context.Context) (any, error)
	// Verify verifies one receipt, named by its hash, again and on chain, as `phallama receipts verify --onchain` does.
	Verify func(ctx context.Context, hash string) (any, error)
	// Wallet is whose money the gateway spends; nil: it spends another's, with an API key.
	Wallet Wallet
	// IsOwner tells whether a request's context is that of whoever runs the gateway.
	IsOwner func(context.Context) bool
	// StatusOf is the HTTP status of an error of the functions above.
	StatusOf func(error) int
}

// Network is what the page says of the network that its gateway belongs to.
type Network struct {
	Name      string `json:"name"`
	Simulated bool   `json:"simulated"` // no hardware stands behind its attestation
	Token     string `json:"token"`     // what its money is called
	Version   string `json:"version"`   // of the program
	Wallet    bool   `json:"wallet"`    // the gateway has one; Handler says so
}

const (
	lookEvery  = 5 * time.Second  // whoever follows the pods is told of changes so soon
	beatEvery  = 20 * time.Second // and that the gateway is still there
	lookWait   = 30 * time.Second
	maxFollows = 64 // who follow at once
)

// Handler serves the page, under [Root].
func Handler(cfg Config) http.Handler {
	p := &page{cfg: cfg, files: files(), index: "index.html", follows: make(chan struct{}, maxFollows)}
	cfg.Network.Wallet = cfg.Wallet != nil
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Root, p.file)
	mux.HandleFunc("GET "+Root+"api/network", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, cfg.Network) })
	mux.HandleFunc("GET "+Root+"api/models", p.object(cfg.Models))
	mux.HandleFunc("GET "+Root+"api/pods", p.object(cfg.Pods))
	mux.HandleFunc("GET "+Root+"api/pods/{id}", p.named("id", cfg.Pod))
	mux.HandleFunc("GET "+Root+"api/policy", p.object(cfg.Policy))
	mux.HandleFunc("GET "+Root+"api/events", p.follow("pods", lookEvery, cfg.Pods))
	mux.HandleFunc("GET "+Root+"api/receipts/{hash}/verify", p.named("hash", cfg.Verify))
	p.walletRoutes(mux)
	mux.HandleFunc("GET "+Root+"api/", func(w http.ResponseWriter, r *http.Request) {
		refuse(w, http.StatusNotFound, fmt.Errorf("the page has no %s", r.URL.Path))
	})
	return secured(mux)
}

func files() fs.FS {
	dir, err := fs.Sub(built, "dist")
	if err != nil {
		panic(err) // it is embedded
	}
	return dir
}

// secured has browsers hold a page to what it is made of.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

type page struct {
	cfg     Config
	files   fs.FS
	index   string // of the files, the one that is the page
	follows chan struct{}
	moving  sync.Mutex // money
}

// file serves one of the built files. What stands in assets has a hash in its name.
func (p *page) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, Root)
	var content []byte
	err := fs.ErrNotExist
	switch {
	case name == "":
		name = p.index
		fallthrough
	case path.Ext(name) != ".html": // the other page is not this handler's
		content, err = fs.ReadFile(p.files, name)
	}
	if err != nil {
		refuse(w, http.StatusNotFound, fmt.Errorf("the page has no %s", r.URL.Path))
		return
	}
	w.Header().Set("Cache-Control", "no-cache")
	if path.Dir(name) == "assets" {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(content))
}

func (p *page) object(get func(context.Context) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), lookWait)
		defer cancel()
		object, err := get(ctx)
		if err != nil {
			refuse(w, p.statusOf(err), err)
			return
		}
		answer(w, http.StatusOK, object)
	}
}

// named gets what a part of the path names.
func (p *page) named(part string, get func(context.Context, string) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.object(func(ctx context.Context) (any, error) { return get(ctx, r.PathValue(part)) })(w, r)
	}
}

// ErrNotFound says that there is nothing of that name.
var ErrNotFound = errors.New("not found")

func (p *page) statusOf(err error) int {
	switch bad := badRequest(""); {
	case errors.As(err, &bad):
		return http.StatusBadRequest
	case errors.Is(err, ErrNotFound):
		return http.StatusNotFound
	case p.cfg.StatusOf != nil:
		return p.cfg.StatusOf(err)
	}
	return http.StatusServiceUnavailable
}

// follow tells of something whenever it has changed, as server-sent events (WHATWG HTML, section 9.2): under its name, or
// trouble with an error. A comment now and then says that the gateway is there.
func (p *page) follow(name string, every time.Duration, get func(context.Context) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case p.follows <- struct{}{}:
			defer func() { <-p.follows }()
		default:
			refuse(w, http.StatusServiceUnavailable, fmt.Errorf("%d pages follow already: close one", maxFollows))
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		w.WriteHeader(http.StatusOK)
		out := http.NewResponseController(w)
		look, beat := time.NewTicker(every), time.NewTicker(beatEvery)
		defer look.Stop()
		defer beat.Stop()
		var last string
		for {
			if said := event(r.Context(), name, get); said != last {
				last = said
				if _, err := fmt.Fprint(w, said); err != nil {
					return
				}
			}
			if out.Flush() != nil {
				return
			}
			select {
			case <-r.Context().Done():
				return
			case <-look.C:
			case <-beat.C:
				if _, err := fmt.Fprint(w, ": there\n\n"); err != nil {
					return
				}
			}
		}
	}
}

// event says how something is now.
func event(ctx context.Context, name string, get func(context.Context) (any, error)) string {
	ctx, cancel := context.WithTimeout(ctx, lookWait)
	defer cancel()
	object, err := get(ctx)
	if err == nil {
		var raw []byte
		if raw, err = json.Marshal(object); err == nil {
			return "event: " + name + "\ndata: " + string(raw) + "\n\n"
		}
	}
	raw, _ := json.Marshal(problem{err.Error()}) // a text marshals
	return "event: trouble\ndata: " + string(raw) + "\n\n"
}

type problem struct {
	Error string `json:"error"`
}

func refuse(w http.ResponseWriter, status int, err error) {
	if errors.Is(err, context.Canceled) {
		return // nobody is there
	}
	answer(w, status, problem{err.Error()})
}

func answer(w http.ResponseWriter, status int, object any) {
	raw, err := json.Marshal(object)
	if err != nil {
		status, raw = http.StatusInternalServerError, []byte(`{"error":"what the page asked for cannot be written"}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(append(raw, '\n')) // nobody reads it
}
