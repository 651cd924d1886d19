// Package gate is the engine's allow-list: the only requests that reach
// Ollama.
//
// Ollama's own surface is wider than inference: pull, push, create, copy,
// delete, blobs, accounts, cloud models. Some of these have leaked other
// users' prompts, and none of them may exist inside an enclave.
package gate

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/phallama/phallama/engine/link"
)

// MaxBody bounds one request's body. The engine's one caller, podd, has a
// tighter limit of its own; this one keeps a mistake there from exhausting the
// enclave's memory.
const MaxBody = 32 << 20

// Routes are the allowed requests, method and exact path.
var Routes = map[string]string{
	"/api/version":         http.MethodGet,
	"/api/tags":            http.MethodGet,
	"/api/ps":              http.MethodGet,
	"/api/show":            http.MethodPost,
	"/api/chat":            http.MethodPost,
	"/api/generate":        http.MethodPost,
	"/api/embed":           http.MethodPost,
	"/api/embeddings":      http.MethodPost,
	"/v1/chat/completions": http.MethodPost,
	"/v1/completions":      http.MethodPost,
	"/v1/embeddings":       http.MethodPost,
	"/v1/responses":        http.MethodPost,
	"/v1/messages":         http.MethodPost,
	"/v1/models":           http.MethodGet,
}

// answerless are the routes for which no model evaluates anything. Every other
// one needs the tag of an account.
var answerless = map[string]bool{
	"/api/version": true, "/api/tags": true, "/api/ps": true, "/api/show": true, "/v1/models": true,
}

// New returns a handler that passes allowed requests to next, their account in
// their context, and answers every other with 404, 405 or 400 in Ollama's error
// shape.
func New(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method, ok := Routes[r.URL.Path]
		switch {
		case !ok || r.URL.RawPath != "":
			refuse(w, http.StatusNotFound, "the engine does not serve this path")
			return
		case r.Method != method:
			w.Header().Set("Allow", method)
			refuse(w, http.StatusMethodNotAllowed, "this path takes "+method)
			return
		}
		call := &link.Call{Account: r.Header.Get(link.AccountHeader), Caller: r.Context()}
		// A caller that goes away in the middle of an answer can wedge a model
		// for ever (ollama#17131), so Ollama never learns of it. Its call of the
		// runner is cut instead, by the link. The context ends with the answer:
		// Ollama's scheduler waits for that, in a goroutine for each request.
		ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
		defer cancel()
		if !answerless[r.URL.Path] {
			if !link.ValidAccount(call.Account) {
				refuse(w, http.StatusBadRequest, "the request names no account: "+link.AccountHeader+" takes 64 hexadecimal digits")
				return
			}
			ctx = call.In(ctx)
		}
		// Ollama refuses hosts and origins that are not local, to protect
		// against web pages. A UNIX socket has neither.
		r.Host = "localhost"
		h := http.Header{}
		for _, k := range []string{"Content-Type", "Accept"} {
			if v := r.Header.Get(k); v != "" {
				h.Set(k, v)
			}
		}
		r.Header = h
		r.URL.RawQuery = ""
		r.Body = http.MaxBytesReader(w, r.Body, MaxBody)
		next.ServeHTTP(&answer{w: w, call: call}, r.WithContext(ctx))
	})
}

// answer is a response whose reader never goes away, as far as Ollama can see.
type answer struct {
	w     http.ResponseWriter
	call  *link.Call
	begun bool
	gone  bool
}

func (a *answer) Header() http.Header { return a.w.Header() }

func (a *answer) WriteHeader(status int) {
	a.begin()
	a.w.WriteHeader(status)
}

// begin says how long the prompt was, in the header of an answer that a model
// began before.
func (a *answer) begin() {
	if n := a.call.Prompt(); n > 0 && !a.begun {
		a.w.Header().Set(link.PromptHeader, strconv.Itoa(n))
	}
	a.begun = true
}

func (a *answer) Write(b []byte) (int, error) {
	a.begin()
	if !a.gone {
		_, err := a.w.Write(b)
		a.gone = err != nil
	}
	return len(b), nil
}

// Flush sends what was written; Ollama streams by it.
func (a *answer) Flush() {
	if f, ok := a.w.(http.Flusher); ok && !a.gone {
		f.Flush()
	}
}

// CloseNotify never fires. Gin's streams ask for it.
func (a *answer) CloseNotify() <-chan bool { return make(chan bool) }

func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"error": message})
}
