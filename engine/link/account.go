package link

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strconv"
	"sync/atomic"
)

// AccountHeader carries the tag of the account that a request is answered for,
// from podd to the engine and on to its runner. An account's prompts are found
// in the cache of prompts by requests with its own tag and by no others.
const AccountHeader = "X-Engine-Account"

// CachedHeader is in a runner's answer: how many of the prompt's inputs were
// found in the cache. It ends at Ollama's server, which hands on no headers.
const CachedHeader = "X-Engine-Cached"

// PromptHeader is in a runner's answer, and in the engine's answer when one
// model's evaluation begins it: how many tokens the prompt has. Whoever gives
// an answer up before its counters come knows the prompt's from it.
const PromptHeader = "X-Engine-Prompt"

// accountLen is the length of a tag: 32 bytes in hexadecimal.
const accountLen = 64

// ValidAccount reports whether text has the form of a tag.
func ValidAccount(text string) bool {
	if len(text) != accountLen {
		return false
	}
	for _, c := range []byte(text) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// Call is one request to the engine, as its hop to the runners knows it.
type Call struct {
	Account string          // the tag of whom it is for
	Caller  context.Context // ends when nobody waits for the answer
	prompt  atomic.Int64
}

type callKey struct{}

// In returns a context of the call. It does not end with the call's caller.
func (c *Call) In(ctx context.Context) context.Context {
	return context.WithValue(ctx, callKey{}, c)
}

// Prompt is how many tokens the runner found in the prompt. It is 0 until the
// runner's answer begins.
func (c *Call) Prompt() int { return int(c.prompt.Load()) }

// Accounts returns a transport to the runners for what Ollama asks them: Ollama
// hands the context of a request down to that. It sets [AccountHeader] to the
// account of the context's [Call], and ends a completion with the call's
// caller. Ollama itself sees a runner that broke off, which it copes with,
// where a caller that is gone would have it leave its own goroutines behind.
func Accounts(next http.RoundTripper) http.RoundTripper { return accounts{next} }

type accounts struct{ next http.RoundTripper }

func (a accounts) RoundTrip(r *http.Request) (*http.Response, error) {
	call, ok := r.Context().Value(callKey{}).(*Call)
	if !ok {
		return a.next.RoundTrip(r)
	}
	ctx, end := r.Context(), func() {}
	if r.URL.Path == "/completion" || r.URL.Path == "/embedding" { // what else is asked is short
		cut, cancel := context.WithCancel(ctx)
		stop := context.AfterFunc(call.Caller, cancel)
		ctx, end = cut, func() { stop(); cancel() }
	}
	r = r.Clone(ctx) // a transport must not change its request
	r.Header.Set(AccountHeader, call.Account)
	resp, err := a.next.RoundTrip(r)
	if err != nil {
		end()
		return nil, err
	}
	if n, err := strconv.ParseUint(resp.Header.Get(PromptHeader), 10, 31); err == nil {
		call.prompt.CompareAndSwap(0, int64(n))
	}
	resp.Body = &body{resp.Body, call.Caller, end}
	return resp, nil
}

// body is a runner's answer.
type body struct {
	io.ReadCloser
	caller context.Context
	end    func()
}

// Read fails with context.Canceled once the caller is gone, whatever the
// connection says: Ollama takes a broken connection for a dead runner.
func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && !errors.Is(err, io.EOF) && b.caller.Err() != nil {
		err = context.Canceled
	}
	return n, err
}

func (b *body) Close() error {
	defer b.end()
	return b.ReadCloser.Close()
}
