package link_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/phallama/phallama/engine/link"
)

type tripper func(*http.Request) (*http.Response, error)

func (f tripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestAccounts(t *testing.T) {
	var got []string
	transport := link.Accounts(tripper(func(r *http.Request) (*http.Response, error) {
		got = r.Header.Values(link.AccountHeader)
		return nil, http.ErrServerClosed
	}))
	req, err := http.NewRequestWithContext(link.WithAccount(t.Context(), "tag"), http.MethodPost, "http://127.0.0.1:1/completion", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set(link.AccountHeader, "of somebody else")
	_, _ = transport.RoundTrip(req)
	if len(got) != 1 || got[0] != "tag" {
		t.Errorf("sent accounts %q, want the context's", got)
	}
	if h := req.Header.Get(link.AccountHeader); h != "of somebody else" {
		t.Errorf("the caller's request was changed to %q", h)
	}
	req, err = http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1:1/health", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if _, _ = transport.RoundTrip(req); len(got) != 0 {
		t.Errorf("sent accounts %q for a request without one", got)
	}
}

func TestValidAccount(t *testing.T) {
	good := strings.Repeat("0123456789abcdef", 4)
	for text, want := range map[string]bool{
		good: true, "": false, good[1:]: false, good + "0": false,
		strings.ToUpper(good): false, good[:63] + "g": false, good[:62] + "\u00e9": false,
	} {
		if got := link.ValidAccount(text); got != want {
			t.Errorf("%q: %t, want %t", text, got, want)
		}
	}
}
