package gateway

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/phallama/phallama/client"
)

// Origins whose pages may use the gateway, as with Ollama: those of this machine, and those no web page can have.
var (
	originHosts   = []string{"localhost", "127.0.0.1", "0.0.0.0", "::1"}
	originSchemes = []string{"app", "file", "tauri", "vscode-webview", "vscode-file"}
)

// ParseOrigin is an origin as browsers say it. There is none for all: any page on the Web could spend the user's money.
func ParseOrigin(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || u.Host == "" || u.Path != "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.Contains(u.Host, "*") {
		return "", fmt.Errorf("origin %.100q: want one such as https://chat.example.org, without a path or *", text)
	}
	return strings.ToLower(text), nil
}

// ParseHost is a name that the gateway may be asked under, without a port.
func ParseHost(text string) (string, error) {
	if text == "" || strings.ContainsAny(text, "/:*@ ") {
		return "", fmt.Errorf("host %.100q: want a name such as host.docker.internal, without a port or *", text)
	}
	return strings.ToLower(text), nil
}

// guard refuses foreign hosts and origins, and answers preflight requests. With literal, the address that a connection
// was made to is not foreign.
func guard(hosts, origins []string, literal bool, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !allowedHost(r.Host, hosts) && !(literal && reachedAt(r)) {
			fail(w, r, &routeError{http.StatusForbidden, "host not allowed: the gateway answers for " + strings.Join(append([]string{"localhost", "127.0.0.1", "[::1]"}, hosts...), ", ") + " only"})
			return
		}
		origin := r.Header.Get("Origin")
		if origin == "" {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Add("Vary", "Origin")
		if !localOrigin(origin) && !ownOrigin(r, origin) && !slices.Contains(origins, strings.ToLower(origin)) {
			fail(w, r, &routeError{http.StatusForbidden, "origin not allowed: only pages that this machine serves, and those of --origin, may use the gateway"})
			return
		}
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", strings.Join([]string{client.HeaderPod, client.HeaderTier, client.HeaderRequestID, client.HeaderRelay, client.TrailerCost, client.TrailerReceipt, "Retry-After"}, ", "))
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

// allowedHeaders are those of the headers asked for that programs and the SDKs of the APIs send. None of them goes on.
func allowedHeaders(asked string) []string {
	var allowed []string
	for name := range strings.SplitSeq(asked, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		switch name {
		case "authorization", "content-type", "user-agent", "accept", "x-requested-with", "idempotency-key",
			"x-api-key", "anthropic-version", "anthropic-beta", "anthropic-dangerous-direct-browser-access":
			allowed = append(allowed, name)
		default:
			if (strings.HasPrefix(name, "x-stainless-") || strings.HasPrefix(name, "openai-")) && len(name) < 64 {
				allowed = append(allowed, name)
			}
		}
	}
	return allowed
}

func hostName(host string) string {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"))
}

// reachedAt tells whether a request names as its host the very address that its connection was made to.
func reachedAt(r *http.Request) bool {
	local, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	addr, err := netip.ParseAddr(hostName(r.Host))
	return err == nil && local != nil && addr.Unmap() == local.AddrPort().Addr().Unmap().WithZone("")
}

func allowedHost(host string, more []string) bool {
	name := hostName(host)
	if addr, err := netip.ParseAddr(name); err == nil && addr.IsLoopback() {
		return true
	}
	return name == "localhost" || slices.Contains(more, name)
}

// ownOrigin tells whether it is the gateway's own page that asks: the name it was asked under is good already.
func ownOrigin(r *http.Request, origin string) bool {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return strings.EqualFold(origin, scheme+"://"+r.Host)
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
