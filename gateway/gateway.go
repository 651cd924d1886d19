// Package gateway is the local server that makes a user's programs clients of the network without their knowing: it
// speaks Ollama's and OpenAI's own APIs and carries each request over a [client.Client].
//
// A request that is answered with status 200 and ends without an error was proven by its receipt. An answer that breaks
// off ends in an error in the stream's own form and a broken connection, so that nothing takes it for complete.
package gateway

import (
	"context"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// OllamaVersion is the version of Ollama whose API pods speak.
const OllamaVersion = "0.17.4"

// Config is what a gateway is made from.
type Config struct {
	// Client carries requests. Needed.
	Client *client.Client
	// Log gets one line for each request: model, tokens, cost, pod and how long it took, never content. Nil is
	// slog.Default().
	Log *slog.Logger
	// MaxRequests bounds how many requests are on their way at once: others are answered with 503. 0 is 512.
	MaxRequests int
	// Report is called at the end of each request that pods were to answer, by many at once. It may be nil.
	Report func(Request)
	// Origins are those whose pages may use the gateway, beside this machine's, each from [ParseOrigin].
	Origins []string
	// Hosts are names that the gateway is asked under, beside this machine's, each from [ParseHost]. They let no more
	// machines in.
	Hosts []string
	// Keys are those that programs may send, each with limits of its own. Nil: what programs send as a key means nothing.
	Keys *Keys
	// RequireKey has everything but / want one of Keys. Without, a request that carries none is the user's own. With it the
	// gateway may be asked under the address that it is reached at, too: a page on the Web has no key.
	RequireKey bool
	// Page serves what is for people, under [PagePath]; nil: there is none. A browser that asks for / is sent there. With
	// Keys it can log in, by a key or an invitation ([Invite]); see [IsOwner].
	Page http.Handler
}

// PagePath is the path that the page is under.
const PagePath = "/ui/"

// defaultRequests are more than one user's programs have running, and few enough that their buffers fit.
const defaultRequests = 512

// NewServer is the HTTP server for a gateway. What takes its time are answers, which may take as long as they need.
func NewServer(h http.Handler) *http.Server {
	return &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
}

type gateway struct {
	client *client.Client
	log    *slog.Logger
	report func(Request)
	keys   *Keys
	page   http.Handler
	places chan struct{} // one taken by each request on its way
	proxy  *httputil.ReverseProxy
	routes map[string]map[string]http.HandlerFunc // by path and method
}

// Handler is the gateway. It answers only for names of this machine, so that no web page can reach it under a name of
// its own (DNS rebinding), and only pages that this machine serves may use it; the configuration may name more.
func Handler(cfg Config) http.Handler {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.MaxRequests <= 0 {
		cfg.MaxRequests = defaultRequests
	}
	g := &gateway{client: cfg.Client, log: cfg.Log, report: cfg.Report, keys: cfg.Keys, page: cfg.Page, places: make(chan struct{}, cfg.MaxRequests)}
	g.proxy = &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.Out.URL = &url.URL{Scheme: "http", Host: client.Host, Path: r.In.URL.Path}
			r.Out.Host = client.Host
			// Ollama reads every body as JSON, whatever it is said to be; curl says it is a form.
			r.Out.Header = http.Header{"Content-Type": {"application/json"}}
		},
		Transport:      cfg.Client,
		FlushInterval:  -1,
		ModifyResponse: g.prove,
		ErrorHandler:   func(w http.ResponseWriter, r *http.Request, err error) { fail(w, r, err) },
		ErrorLog:       log.New(io.Discard, "", 0), // the request's own line says it
	}
	read := func(h http.HandlerFunc) map[string]http.HandlerFunc {
		return map[string]http.HandlerFunc{http.MethodGet: h, http.MethodHead: h}
	}
	ask := map[string]http.HandlerFunc{http.MethodPost: g.ask}
	g.routes = map[string]map[string]http.HandlerFunc{
		"/":               read(running),
		"/api/version":    read(version),
		"/api/tags":       read(g.tags),
		"/api/ps":         read(g.ps),
		protocol.PathShow: {http.MethodPost: g.show},
		"/api/pull":       {http.MethodPost: g.pull},
		"/v1/models":      read(g.models),
	}
	for _, path := range client.Paths() {
		g.routes[path] = ask
	}
	next := http.Handler(http.HandlerFunc(g.route))
	if cfg.RequireKey && cfg.Keys == nil {
		g.keys = &Keys{visits: newVisits("", time.Now), now: time.Now} // none is good
	}
	if g.keys != nil {
		next = g.keys.admit(cfg.RequireKey, next)
	}
	return guard(cfg.Hosts, cfg.Origins, cfg.RequireKey, next)
}

func (g *gateway) route(w http.ResponseWriter, r *http.Request) {
	if g.page != nil && strings.HasPrefix(r.URL.Path, PagePath) {
		g.page.ServeHTTP(w, r)
		return
	}
	if g.page != nil && (r.URL.Path == "/" && wantsPage(r) || r.URL.Path+"/" == PagePath) && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, PagePath, http.StatusSeeOther)
		return
	}
	if name, ok := strings.CutPrefix(r.URL.Path, "/v1/models/"); ok && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		g.model(w, r, name)
		return
	}
	methods, ok := g.routes[r.URL.Path]
	if !ok {
		fail(w, r, unserved(r.URL.Path))
		return
	}
	h, ok := methods[r.Method]
	if !ok {
		var allowed []string
		for method := range methods {
			allowed = append(allowed, method)
		}
		slices.Sort(allowed)
		w.Header().Set("Allow", strings.Join(allowed, ", "))
		fail(w, r, &routeError{http.StatusMethodNotAllowed, r.URL.Path + " takes " + strings.Join(allowed, " and ") + ", not " + r.Method})
		return
	}
	h(w, r)
}

// routeError is a refusal of the gateway's own.
type routeError struct {
	status int
	reason string
}

func (e *routeError) Error() string { return e.reason }

// unserved says why a path is not served.
func unserved(path string) error {
	top := path
	if rest, ok := strings.CutPrefix(path, "/api/blobs/"); ok && rest != "" {
		top = "/api/blobs"
	}
	switch top {
	case "/api/push", "/api/create", "/api/delete", "/api/copy", "/api/blobs":
		return &routeError{http.StatusNotImplemented, path + " is not served: models are the pods' own, named by digest in their offers and receipts, and no request can change them; /api/tags lists those you can use"}
	}
	return &routeError{http.StatusNotFound, "there is no such route: use " + strings.Join(client.Paths(), ", ") + ", or /api/tags, /api/ps, /api/show, /api/version and /v1/models"}
}

// noteKey finds the note of a request in its context.
type noteKey struct{}

func noteOf(ctx context.Context) *note {
	n, _ := ctx.Value(noteKey{}).(*note)
	if n == nil {
		n = &note{}
	}
	return n
}

// wantsPage tells a browser that shows what it gets from the tools that look for Ollama's words at the root.
func wantsPage(r *http.Request) bool {
	return strings.Contains(r.Header.Get("Accept"), "text/html")
}
