package link_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"

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
	req, err := http.NewRequestWithContext((&link.Call{Account: "tag", Caller: t.Context()}).In(t.Context()), http.MethodPost, "http://127.0.0.1:1/completion", http.NoBody)
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

// A completion or an embedding ends with its caller, and says so in the one way that Ollama does not take for a dead
// runner. What else is asked of a runner does not end, nor does the context that Ollama sees.
func TestCallersEnd(t *testing.T) {
	for path, ends := range map[string]bool{"/completion": true, "/embedding": true, "/health": false} {
		synctest.Test(t, func(t *testing.T) {
			caller, leave := context.WithCancel(t.Context())
			defer leave()
			ctx := (&link.Call{Account: "tag", Caller: caller}).In(t.Context())
			far, near := io.Pipe()
			defer near.Close()
			var sent context.Context
			transport := link.Accounts(tripper(func(r *http.Request) (*http.Response, error) {
				sent = r.Context()
				context.AfterFunc(sent, func() { near.CloseWithError(io.ErrUnexpectedEOF) }) // as a connection that breaks
				return &http.Response{Header: http.Header{}, Body: far}, nil
			}))
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:1"+path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := transport.RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			leave()
			synctest.Wait()
			if (sent.Err() != nil) != ends || ctx.Err() != nil {
				t.Errorf("%s: the runner's context ended: %v, Ollama's: %v", path, sent.Err(), ctx.Err())
			}
			if ends {
				if _, err := resp.Body.Read(make([]byte, 1)); !errors.Is(err, context.Canceled) {
					t.Errorf("%s: reading on gave %v, want %v", path, err, context.Canceled)
				}
			}
			_ = resp.Body.Close()
		})
	}
}

// A runner that breaks off by itself is not made to look like a caller that is gone.
func TestRunnersEnd(t *testing.T) {
	transport := link.Accounts(tripper(func(*http.Request) (*http.Response, error) {
		return &http.Response{Header: http.Header{}, Body: io.NopCloser(iotest.ErrReader(io.ErrUnexpectedEOF))}, nil
	}))
	ctx := (&link.Call{Account: "tag", Caller: t.Context()}).In(t.Context())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://127.0.0.1:1/completion", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := resp.Body.Read(make([]byte, 1)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("reading gave %v", err)
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
