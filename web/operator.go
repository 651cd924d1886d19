package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"
)

// OperatorConfig is where an operator's page has its facts from. All of it is needed.
type OperatorConfig struct {
	Network Network
	// Report is how a pod's business stands.
	Report func(context.Context) (any, error)
}

const reportEvery = 3 * time.Second // whoever looks is told of changes so soon

// OperatorHandler serves the page of one pod's operator, under [Root]. It shows and moves nothing, and answers for names of
// this machine only: what it shows is nobody else's, and no page of the Web may ask under a name of its own (DNS rebinding).
func OperatorHandler(cfg OperatorConfig) http.Handler {
	p := &page{files: files(), index: "operator.html", follows: make(chan struct{}, maxFollows)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Root, p.file)
	mux.Handle("GET /{$}", http.RedirectHandler(Root, http.StatusSeeOther))
	mux.HandleFunc("GET "+Root+"api/network", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, cfg.Network) })
	mux.HandleFunc("GET "+Root+"api/report", p.object(cfg.Report))
	mux.HandleFunc("GET "+Root+"api/events", p.follow("report", reportEvery, cfg.Report))
	return secured(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !localName(r.Host):
			refuse(w, http.StatusForbidden, errors.New("host not allowed: the operator's page answers for localhost, 127.0.0.1 and [::1] only"))
		case r.Header.Get("Origin") != "" && r.Header.Get("Sec-Fetch-Site") != "same-origin":
			refuse(w, http.StatusForbidden, errors.New("only the operator's own page asks here"))
		default:
			mux.ServeHTTP(w, r)
		}
	}))
}

// localName tells whether a Host header names this machine.
func localName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}
