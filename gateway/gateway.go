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
	"net"
	"net/http"
	"net/http/httputil"
	"net/netip"
	"net/url"
	"slices"
	"strings"

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
}

type gateway struct {
	client *client.Client
	log    *slog.Logger
	proxy  *httputil.ReverseProxy
	routes map[string]map[string]http.HandlerFunc // by path and method
}

// Handler is the gateway. It answers only for names of this machine, so that no web page can reach it under a name of
// its own (DNS rebinding), and only pages that this machine serves may read its answers.
func Handler(cfg Config) http.Handler {
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	g := &gateway{client: cfg.Client, log: cfg.Log}
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
	return guard(http.HandlerFunc(g.route))
}

func (g *gateway) route(w http.ResponseWriter, r *http.Request) {
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

// Origins whose pages may use the gateway, as with Ollama: those of this machine, and those no web page can have.
var (
	originHosts   = []string{"localhost", "127.0.0.1", "0.0.0.0", "::1"}
	originSchemes = []string{"app", "file", "tauri", "vscode-webview", "vscode-file"}
)

// guard refuses foreign hosts and origins, and answers preflight requests.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !localHost(r.Host) {
			fail(w, r, &routeError{http.StatusForbidden, "host not allowed: the gateway answers for localhost, 127.0.0.1 and [::1] only"})
			return
		}
		origin := r.Header.Get("Origin")
		if origin == "" {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Add("Vary", "Origin")
		if !localOrigin(origin) {
			fail(w, r, &routeError{http.StatusForbidden, "origin not allowed: only pages that this machine serves may use the gateway"})
			return
		}
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", strings.Join([]string{client.HeaderPod, client.HeaderTier, client.HeaderRequestID, client.HeaderRelay, client.TrailerCost, client.TrailerReceipt}, ", "))
		if r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != "" {
			h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS")
			h.Set("Access-Control-Allow-Headers", strings.Join(allowedHeaders(r.Header.Get("Access-Control-Request-Headers")), ", "))
			h.Set("Access-Control-Max-Age", "43200")
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// sdkHeaders are how the names begin of what the makers' own libraries send.
var sdkHeaders = []string{"x-stainless-", "openai-", "anthropic-"}

// allowedHeaders are those of the headers asked for that programs send; nothing of them goes on to a pod.
func allowedHeaders(asked string) []string {
	var allowed []string
	for name := range strings.SplitSeq(asked, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch name {
		case "authorization", "content-type", "user-agent", "accept", "x-requested-with", "x-api-key":
			allowed = append(allowed, name)
		default:
			if len(name) < 64 && slices.ContainsFunc(sdkHeaders, func(prefix string) bool { return strings.HasPrefix(name, prefix) }) {
				allowed = append(allowed, name)
			}
		}
	}
	return allowed
}

func localHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if addr, err := netip.ParseAddr(name); err == nil {
		return addr.IsLoopback()
	}
	return strings.EqualFold(name, "localhost")
}

func localOrigin(origin string) bool {
	u, err := url.Parse(origin)
	if err != nil || u.Path != "" || u.User != nil {
		return false
	}
	if slices.Contains(originSchemes, u.Scheme) {
		return true
	}
	return (u.Scheme == "http" || u.Scheme == "https") && slices.Contains(originHosts, strings.ToLower(u.Hostname()))
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
