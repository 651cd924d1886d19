// Package relay is an OHTTP relay (RFC 9458 section 6.2): it carries sealed requests from clients to pods of other
// operators, so that the host of a pod does not learn who asks it. It runs outside the enclave, on an operator's host.
// docs/spec/envelope.md, "Relays", is its specification.
//
// A relay sees who sends how much to which pod and when, and cannot open any of it. It is no open proxy: it forwards two
// kinds of requests, to three paths, of pods that are on the registry. It keeps nothing, and logs no request.
//
// What users' orders for the chain are relayed by is something else: see protocol.Relay.
package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"math"
	"mime"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/egress"
	"github.com/phallama/phallama/protocol"
)

const (
	mediaTypeRequest = "message/ohttp-chunked-req"

	// maxSealed is the longest request: 1 MiB of plaintext, 20 bytes more for each chunk of 16 KiB, the key, and slack.
	maxSealed = 1<<20 + 16<<10

	headerTimeout  = 10 * time.Second
	idleTimeout    = 2 * time.Minute
	writeTimeout   = time.Minute // for a client to take one piece of an answer
	maxHeaderBytes = 16 << 10
	idlePerPod     = 64 // connections
	pieceBytes     = 32 << 10
)

// answerFields are the fields of an answer that pass. No other does, and none is added.
var answerFields = []string{"Content-Type", "Incremental", "Cache-Control", "Retry-After"}

// answerTypes are the media types that a pod answers with. Others do not pass: whatever a host serves under a pod's URL, it
// does not become a page of the relay's.
var answerTypes = []string{"message/ohttp-chunked-res", "application/ohttp-keys", "application/json", "application/problem+json", "text/plain"}

// Problem types of a relay's own refusals (RFC 9457). They are outside the envelope: nobody signed them.
const (
	problemUnknownPod  protocol.ProblemType = "urn:phallama:problem:relay-unknown-pod" // 404
	problemOwnPod      protocol.ProblemType = "urn:phallama:problem:relay-own-pod"     // 403
	problemRequest     protocol.ProblemType = "urn:phallama:problem:relay-request"     // 404, 408, 413, 415
	problemLimit       protocol.ProblemType = "urn:phallama:problem:relay-limit"       // 429
	problemUnreachable protocol.ProblemType = "urn:phallama:problem:relay-unreachable" // 502
	problemNotReady    protocol.ProblemType = "urn:phallama:problem:relay-not-ready"   // 503
)

// Pods is the registry; *chain.Client is one.
type Pods interface {
	// Pods are all pods of the registry that are not retired.
	Pods(ctx context.Context) ([]protocol.PodRecord, error)
}

// Config of a relay.
type Config struct {
	// Operator is who runs the relay. Nothing is forwarded to this operator's own pods: it would see both ends. Required.
	Operator protocol.Address
	// Pods says which pods there are. It is asked while requests come, every 15 seconds, or 5 for pods it does not know. Required.
	Pods Pods
	// Development is for development networks: pods may be reached by http, at private and loopback addresses.
	Development bool
	// Limits bound what clients may have of the relay. Zero fields stand for defaults.
	Limits Limits
	// Now is the clock. nil is time.Now.
	Now func() time.Time
	// Logger receives what the operator has to see to, and nothing about a request. nil discards it.
	Logger *slog.Logger
}

// Relay is an http.Handler, and safe for concurrent use.
type Relay struct {
	cfg       Config
	mux       *http.ServeMux
	pods      *directory
	sources   *sources
	transport *http.Transport
}

// New makes a relay. Close it.
func New(cfg Config) (*Relay, error) {
	if cfg.Operator.IsZero() || cfg.Pods == nil {
		return nil, errors.New("relay: config: the operator's address and a registry are needed")
	}
	if err := cfg.Limits.complete(); err != nil {
		return nil, err
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	r := &Relay{
		cfg: cfg, mux: http.NewServeMux(), pods: newDirectory(cfg.Pods, cfg.Now, cfg.Logger), sources: newSources(cfg.Limits),
		transport: egress.NewTransport(cfg.Development),
	}
	r.transport.MaxIdleConnsPerHost, r.transport.MaxResponseHeaderBytes = idlePerPod, maxHeaderBytes
	const pod = protocol.PathOHTTPRelay + "{pod}"
	r.mux.HandleFunc("POST "+pod, func(w http.ResponseWriter, req *http.Request) { r.carry(w, req, protocol.PathEnclave) })
	for _, path := range []string{protocol.PathKeyConfigs, protocol.PathAttestation} {
		r.mux.HandleFunc("GET "+pod+path, func(w http.ResponseWriter, req *http.Request) { r.carry(w, req, path) })
	}
	r.mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, problemRequest, http.StatusNotFound, "no such route", "POST "+protocol.PathOHTTPRelay+"POD takes a sealed request for a pod", 0)
	})
	return r, nil
}

// ServeHTTP implements http.Handler.
func (r *Relay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	// It stays in force where a request is refused: net/http reads what is left of one before it lets the connection go.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(r.cfg.Limits.BodyTime)) // fails only without a connection
	r.mux.ServeHTTP(w, req)
}

// Server is a server of the relay with timeouts for clients that dawdle. It logs no errors: they name clients' addresses.
func (r *Relay) Server() *http.Server {
	return &http.Server{
		Handler: r, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: log.New(io.Discard, "", 0),
	}
}

// Close closes what connections to pods are idle.
func (r *Relay) Close() { r.transport.CloseIdleConnections() }

// carry forwards one request to the path of its pod.
func (r *Relay) carry(w http.ResponseWriter, req *http.Request, path string) {
	leave, wait, ok := r.sources.enter(sourceOf(req.RemoteAddr), r.cfg.Now())
	if !ok {
		refuse(w, problemLimit, http.StatusTooManyRequests, "too many requests", "wait, or take another operator's relay", wait)
		return
	}
	defer leave()
	target, ok := r.target(w, req)
	if !ok {
		return
	}
	var body []byte
	if req.Method == http.MethodPost {
		if body, ok = r.read(w, req); !ok {
			return
		}
	}
	ctx, cancel := context.WithTimeout(req.Context(), r.cfg.Limits.StreamTime)
	defer cancel()
	outer, err := http.NewRequestWithContext(ctx, req.Method, strings.TrimRight(target, "/")+path, bytes.NewReader(body))
	if err != nil {
		unreachable(w)
		return
	}
	outer.Header["User-Agent"] = []string{""} // net/http sends none
	if req.Method == http.MethodPost {
		// Two fields of a request pass, in the one form they have: parameters would tell clients from each other.
		outer.Header.Set("Content-Type", mediaTypeRequest)
		if req.Header.Get("Incremental") == "?1" {
			outer.Header.Set("Incremental", "?1")
		}
	}
	// RoundTrip follows no redirects.
	res, err := r.transport.RoundTrip(outer)
	if err != nil {
		unreachable(w)
		return
	}
	defer res.Body.Close()
	media, _, err := mime.ParseMediaType(res.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(answerTypes, media) || res.StatusCode < 200 || res.StatusCode >= 300 && res.StatusCode < 400 {
		unreachable(w)
		return
	}
	for _, name := range answerFields {
		if values := res.Header.Values(name); len(values) > 0 {
			w.Header()[name] = slices.Clone(values)
		}
	}
	w.WriteHeader(res.StatusCode)
	if err := copyAtOnce(w, res.Body); err != nil {
		// The client must not take what it has for the whole. net/http closes the connection without a word in the log.
		panic(http.ErrAbortHandler)
	}
}

// target is the URL of the pod that a request is for, or, if it gets none, ok is false and the request is answered.
func (r *Relay) target(w http.ResponseWriter, req *http.Request) (url string, ok bool) {
	id, err := protocol.ParseAddress(req.PathValue("pod"))
	var pod *listed
	if err == nil {
		if pod, err = r.pods.find(req.Context(), id); err != nil {
			refuse(w, problemNotReady, http.StatusServiceUnavailable, "the relay cannot read the registry", "try again, or take another operator's relay", retryRegistry)
			return "", false
		}
	}
	switch {
	case pod == nil || uint64(max(r.cfg.Now().Unix(), 0)) >= pod.until || !r.dialable(pod.url):
		refuse(w, problemUnknownPod, http.StatusNotFound, "no such pod",
			"want the id of a pod that is on the registry, not retired and inside its time, such as 0x and 40 hexadecimal digits: read the registry again", 0)
	case pod.operator == r.cfg.Operator:
		refuse(w, problemOwnPod, http.StatusForbidden, "the pod is of this relay's operator", "take a relay of another operator, who does not see both ends", 0)
	default:
		return pod.url, true
	}
	return "", false
}

// dialable is whether a pod's URL is one that the relay forwards to. Addresses are looked at when they are dialled.
func (r *Relay) dialable(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && u.User == nil && u.RawQuery == "" && u.Fragment == "" &&
		(u.Scheme == "https" || u.Scheme == "http" && r.cfg.Development)
}

// read reads a sealed request whole, so that a slow client holds up no pod, and so that what is refused here was not
// forwarded for sure.
func (r *Relay) read(w http.ResponseWriter, req *http.Request) (body []byte, ok bool) {
	if media, _, err := mime.ParseMediaType(req.Header.Get("Content-Type")); err != nil || media != mediaTypeRequest {
		refuse(w, problemRequest, http.StatusUnsupportedMediaType, "not a sealed request", "want Content-Type: "+mediaTypeRequest, 0)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, maxSealed))
	var long *http.MaxBytesError
	switch {
	case err == nil:
		_ = http.NewResponseController(w).SetReadDeadline(time.Time{}) // an answer takes its time
		return body, true
	case errors.As(err, &long):
		refuse(w, problemRequest, http.StatusRequestEntityTooLarge, "the request is too long", fmt.Sprintf("want at most %d bytes", maxSealed), 0)
	case errors.Is(err, os.ErrDeadlineExceeded):
		refuse(w, problemRequest, http.StatusRequestTimeout, "the request did not arrive in time", fmt.Sprintf("send it within %s", r.cfg.Limits.BodyTime), 0)
	default:
		panic(http.ErrAbortHandler) // nobody is there any more
	}
	return nil, false
}

// copyAtOnce passes the head of an answer, and each piece of it, on as it arrives.
func copyAtOnce(w http.ResponseWriter, from io.Reader) error {
	conn := http.NewResponseController(w)
	if err := conn.Flush(); err != nil { // the head, which may come long before the first piece
		return err
	}
	buf := make([]byte, pieceBytes)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			_ = conn.SetWriteDeadline(time.Now().Add(writeTimeout))
			if _, err := w.Write(buf[:n]); err != nil {
				return err
			}
			if err := conn.Flush(); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func unreachable(w http.ResponseWriter) {
	refuse(w, problemUnreachable, http.StatusBadGateway, "the pod gave the relay no answer",
		"the request may have arrived: ask again under the same request id, by another relay or another pod", 0)
}

// refuse answers with a problem document of the relay's own. Its status is never 200 or 400: those are pods'.
func refuse(w http.ResponseWriter, kind protocol.ProblemType, status int, title, detail string, after time.Duration) {
	p := protocol.Problem{Type: kind, Title: title, Status: status, Detail: detail, RetryAfter: int(math.Ceil(after.Seconds()))}
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	w.Header().Set("Content-Type", protocol.ContentTypeProblem)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(p)
}
