package pod

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Control is the handler of the listener that the operator's agent reaches (protocol's control API). It gives out
// public and signed things only.
func (p *Pod) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+protocol.PathStatus, p.controlStatus)
	mux.HandleFunc("POST "+protocol.PathRegistration, p.controlRegistration)
	mux.HandleFunc("POST "+protocol.PathFacts, p.controlFacts)
	mux.HandleFunc("GET "+protocol.PathOrders, p.controlOrders)
	mux.HandleFunc("POST "+protocol.PathBatch, p.controlBatch)
	mux.HandleFunc("POST "+protocol.PathSettled, p.controlSettled)
	mux.HandleFunc("GET "+protocol.PathExport, p.controlExport)
	mux.HandleFunc("POST "+protocol.PathRelayed, p.controlRelayed)
	mux.HandleFunc("POST "+protocol.PathServe, p.controlServe)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
		if !ok || subtle.ConstantTimeCompare([]byte(token), []byte(p.config.ControlToken)) != 1 {
			http.Error(w, "control: want the pod's control token as bearer token", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	})
}

func (p *Pod) controlStatus(w http.ResponseWriter, _ *http.Request) {
	f := p.figures()
	s := protocol.Status{Identity: p.identity.Address(), Unsettled: f.unsettled, Owing: f.owing, OwingUntil: f.owingUntil, Open: f.open}
	for _, o := range p.config.Offers {
		s.Models = append(s.Models, o.Model)
	}
	slices.Sort(s.Models)
	s.NextKey = p.keys.unhanded()
	p.mu.Lock()
	s.Ready, s.Registered = p.ready == nil, p.registered
	if p.ready != nil {
		s.Reason = p.ready.Error()
	}
	p.mu.Unlock() // before an agent that reads slowly
	answer(w, s)
}

func (p *Pod) controlRegistration(w http.ResponseWriter, r *http.Request) {
	var ask protocol.RegistrationRequest
	if !read(w, r, &ask) {
		return
	}
	if ask.Block.IsZero() {
		http.Error(w, "control: a registration needs the hash of a recent block", http.StatusBadRequest)
		return
	}
	if ask.BlockTime >= 1<<40 {
		http.Error(w, "control: a block's time is in Unix seconds below 2^40", http.StatusBadRequest)
		return
	}
	registration, err := p.register(r.Context(), ask)
	if err != nil {
		p.fail(w, "registration", err)
		return
	}
	// A new registration is a new agent, or one that lost its place: what the last one was handed may be lost.
	p.orders.retake()
	answer(w, registration)
}

func (p *Pod) controlFacts(w http.ResponseWriter, r *http.Request) {
	var facts protocol.Facts
	if !read(w, r, &facts) {
		return
	}
	if _, err := p.config.Ledger.Learn(facts); err != nil {
		p.fail(w, "facts", err)
		return
	}
	p.orders.learn(facts.Sessions)
	w.WriteHeader(http.StatusNoContent)
}

func (p *Pod) controlOrders(w http.ResponseWriter, r *http.Request) {
	wait := 0
	if s := r.URL.Query().Get("wait"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 0 || n > protocol.MaxOrdersWait {
			http.Error(w, fmt.Sprintf("control: wait is 0 to %d seconds, got %q", protocol.MaxOrdersWait, s), http.StatusBadRequest)
			return
		}
		wait = n
	}
	answer(w, p.orders.take(r.Context(), time.Duration(wait)*time.Second))
}

func (p *Pod) controlBatch(w http.ResponseWriter, r *http.Request) {
	var ask protocol.BatchRequest
	if !read(w, r, &ask) {
		return
	}
	if len(ask.Without) > protocol.MaxWithout {
		http.Error(w, fmt.Sprintf("control: a batch leaves out at most %d sessions, got %d", protocol.MaxWithout, len(ask.Without)), http.StatusBadRequest)
		return
	}
	batch, some, err := p.config.Ledger.BatchFor(p.keys.current().HashStruct(), ask)
	switch {
	case err != nil:
		p.fail(w, "batch", err)
	case !some:
		w.WriteHeader(http.StatusNoContent)
	default:
		answer(w, protocol.SignedBatch{Batch: batch.Batch, Signature: p.identity.Sign(p.domain.Digest(batch.TypedData()))})
	}
}

func (p *Pod) controlSettled(w http.ResponseWriter, r *http.Request) {
	var settled protocol.Settled
	if !read(w, r, &settled) {
		return
	}
	if _, err := p.config.Ledger.Settled(settled); err != nil {
		p.fail(w, "settled", err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (p *Pod) controlExport(w http.ResponseWriter, r *http.Request) {
	var after protocol.Hash
	if text := r.URL.Query().Get("after"); text != "" {
		if err := after.UnmarshalText([]byte(text)); err != nil {
			http.Error(w, "control: after is a session id: "+err.Error(), http.StatusBadRequest)
			return
		}
	}
	limit := protocol.MaxExport
	if text := r.URL.Query().Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > protocol.MaxExport {
			http.Error(w, fmt.Sprintf("control: limit is 1 to %d vouchers, got %q", protocol.MaxExport, text), http.StatusBadRequest)
			return
		}
		limit = n
	}
	list, more, err := p.config.Ledger.Acknowledged(after, limit)
	if err != nil {
		p.fail(w, "export", err)
		return
	}
	out := protocol.Export{Vouchers: append([]protocol.AckedRow{}, list...)} // a list where there are none
	if more {
		next := list[len(list)-1].Session.ID()
		out.Next = &next
	}
	answer(w, out)
}

func (p *Pod) fail(w http.ResponseWriter, what string, err error) {
	p.config.Log.Error("control: "+what, "err", err)
	http.Error(w, "control: "+what+": "+err.Error(), http.StatusInternalServerError)
}

func answer(w http.ResponseWriter, body any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body) // the agent is gone: nobody to tell
}

// read decodes a control body, or answers 400.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, protocol.MaxControl))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(into)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the JSON value")
		}
	}
	if err != nil {
		http.Error(w, "control: the body does not decode: "+err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}
