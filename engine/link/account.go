package link

import (
	"context"
	"net/http"
)

// AccountHeader carries the tag of the account that a request is answered for,
// from podd to the engine and on to its runner. An account's prompts are found
// in the cache of prompts by requests with its own tag and by no others.
const AccountHeader = "X-Engine-Account"

// CachedHeader is in a runner's answer: how many of the prompt's inputs were
// found in the cache. It ends at Ollama's server, which hands on no headers.
const CachedHeader = "X-Engine-Cached"

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

type accountKey struct{}

// WithAccount returns a context of the account with the given tag.
func WithAccount(ctx context.Context, account string) context.Context {
	return context.WithValue(ctx, accountKey{}, account)
}

// Accounts returns a transport that sets [AccountHeader] on each request, to
// the tag in the request's context: Ollama hands the context of a request down
// to what it asks its runner.
func Accounts(next http.RoundTripper) http.RoundTripper { return accounts{next} }

type accounts struct{ next http.RoundTripper }

func (a accounts) RoundTrip(r *http.Request) (*http.Response, error) {
	account, ok := r.Context().Value(accountKey{}).(string)
	if !ok {
		return a.next.RoundTrip(r)
	}
	r = r.Clone(r.Context()) // a transport must not change its request
	r.Header.Set(AccountHeader, account)
	return a.next.RoundTrip(r)
}
