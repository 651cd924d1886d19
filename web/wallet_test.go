package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// calls is a wallet that notes what it is asked for.
type calls struct {
	mu    sync.Mutex
	asked []string
	inner chan struct{} // if not nil, each deposit takes one
}

func (c *calls) note(format string, args ...any) (any, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, fmt.Sprintf(format, args...))
	return map[string]string{"done": c.asked[len(c.asked)-1]}, nil
}

var errPoor = errors.New("not enough")

func (c *calls) Money(context.Context) (any, error)    { return c.note("money") }
func (c *calls) Spending(context.Context) (any, error) { return c.note("spending") }
func (c *calls) Sessions(context.Context) (any, error) { return c.note("sessions") }
func (c *calls) Keys(context.Context) (any, error)     { return c.note("keys") }

func (c *calls) Receipts(_ context.Context, skip, limit int) (any, error) {
	return c.note("receipts %d %d", skip, limit)
}

func (c *calls) Deposit(ctx context.Context, tokens string) (any, error) {
	if c.inner != nil {
		c.inner <- struct{}{}
		<-c.inner
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return c.note("deposit %s", tokens)
}

func (c *calls) Withdraw(_ context.Context, tokens, to string) (any, error) {
	if tokens == "1000" {
		return nil, fmt.Errorf("withdraw: %w", errPoor)
	}
	return c.note("withdraw %s %s", tokens, to)
}

func (c *calls) CloseSession(_ context.Context, id string) (any, error) {
	return c.note("close %s", id)
}

func (c *calls) CreateKey(_ context.Context, k KeyTerms) (any, error) { return c.note("create %v", k) }

func (c *calls) RevokeKey(_ context.Context, kind KeyKind, name string) (any, error) {
	return c.note("revoke %s %s", kind, name)
}

type ownerKey struct{}

func walletHandler(w Wallet) http.Handler {
	config := testConfig()
	config.Wallet = w
	config.IsOwner = func(ctx context.Context) bool { return ctx.Value(ownerKey{}) != nil }
	config.StatusOf = func(err error) int {
		if errors.Is(err, errPoor) {
			return http.StatusPaymentRequired
		}
		return http.StatusInternalServerError
	}
	return Handler(config)
}

func asOwner(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), ownerKey{}, true))
}

// What moves or shows money is the owner's, is JSON, and is what was asked for.
func TestWalletRoutes(t *testing.T) {
	for _, c := range []struct {
		method, path, body string
		status             int
		want               string // that the wallet was asked for, or the error says
	}{
		{"GET", "money", "", 200, "money"},
		{"GET", "spending", "", 200, "spending"},
		{"GET", "sessions", "", 200, "sessions"},
		{"GET", "keys", "", 200, "keys"},
		{"GET", "receipts", "", 200, "receipts 0 1000"},
		{"GET", "receipts?skip=5&limit=7", "", 200, "receipts 5 7"},
		{"GET", "receipts?limit=1001", "", 400, "limit: want a number up to 1000"},
		{"GET", "receipts?skip=-1", "", 400, "skip: want a number"},
		{"GET", "receipts?skip=x", "", 400, `got "x"`},
		{"POST", "deposit", `{"amount":"2.5"}`, 200, "deposit 2.5"},
		{"POST", "deposit", `{"amount":"2.5","to":"0x12"}`, 400, `unknown field "to"`},
		{"POST", "withdraw", `{"amount":"1","to":"0x12"}`, 200, "withdraw 1 0x12"},
		{"POST", "withdraw", `{"amount":"1000"}`, 402, "not enough"},
		{"POST", "withdraw", `{"amont":"1"}`, 400, `unknown field "amont"`},
		{"POST", "withdraw", `{"amount":1}`, 400, "want a JSON object"},
		{"POST", "withdraw", `{"amount":"1"}{}`, 400, "want one JSON object"},
		{"POST", "withdraw", ``, 400, "want a JSON object"},
		{"POST", "withdraw", `{"amount":"` + strings.Repeat("1", maxBody) + `"}`, 400, "too large"},
		{"POST", "sessions/close", `{"id":"0x12"}`, 200, "close 0x12"},
		{"POST", "keys", `{"kind":"gateway","name":"a","budget":"1"}`, 200, "create {gateway a 1  }"},
		{"POST", "keys", `{"kind":"other","name":"a"}`, 400, `want gateway or escrow, got "other"`},
		{"POST", "keys/revoke", `{"kind":"escrow","name":"a"}`, 200, "revoke escrow a"},
		{"POST", "keys/revoke", `{"name":"a"}`, 400, "want gateway or escrow"},
		{"GET", "deposit", "", 404, ""},
		{"PUT", "deposit", `{"amount":"1"}`, 405, ""},
	} {
		t.Run(c.method+" "+c.path+" "+fmt.Sprintf("%.40s", c.body), func(t *testing.T) {
			w := &calls{}
			h := walletHandler(w)
			ask := func(owner bool, media string) *httptest.ResponseRecorder {
				r := httptest.NewRequest(c.method, Root+"api/"+c.path, strings.NewReader(c.body))
				r.Header.Set("Content-Type", media)
				if owner {
					r = asOwner(r)
				}
				rec := httptest.NewRecorder()
				h.ServeHTTP(rec, r)
				return rec
			}
			if c.status != 404 && c.status != 405 {
				if rec := ask(false, "application/json"); rec.Code != http.StatusUnauthorized || !strings.Contains(rec.Body.String(), "phallama page") || len(w.asked) > 0 {
					t.Errorf("whoever has not logged in: %d %s, asked %q", rec.Code, rec.Body, w.asked)
				}
			}
			if c.method == http.MethodPost {
				for _, media := range []string{"text/plain", "application/x-www-form-urlencoded", ""} {
					if rec := ask(true, media); rec.Code != http.StatusBadRequest || len(w.asked) > 0 {
						t.Errorf("as %q: %d %s, asked %q", media, rec.Code, rec.Body, w.asked)
					}
				}
			}
			rec := ask(true, "application/json; charset=utf-8")
			said := strings.Join(w.asked, ";")
			if c.status != http.StatusOK {
				var problem struct{ Error string }
				if err := json.Unmarshal(rec.Body.Bytes(), &problem); err != nil && c.want != "" {
					t.Errorf("no error in %s", rec.Body)
				}
				said = problem.Error
			}
			if rec.Code != c.status || !strings.Contains(said, c.want) {
				t.Errorf("%d %q, want %d %q", rec.Code, said, c.status, c.want)
			}
		})
	}
}

// A gateway that pays with somebody else's key says that it has no wallet, to its owner alone.
func TestNoWallet(t *testing.T) {
	h := walletHandler(nil)
	for _, path := range []string{"money", "money/events", "spending", "sessions", "receipts", "keys"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, asOwner(httptest.NewRequest(http.MethodGet, Root+"api/"+path, http.NoBody)))
		if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "no wallet") {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, asOwner(httptest.NewRequest(http.MethodPost, Root+"api/deposit", strings.NewReader(`{"amount":"1"}`))))
	if w.Code == http.StatusOK {
		t.Errorf("a deposit: %d %s", w.Code, w.Body)
	}
}

// Money moves one time after the other, and goes on when the browser goes away.
func TestMovesInTurn(t *testing.T) {
	w := &calls{inner: make(chan struct{})}
	h := walletHandler(w)
	ctx, goAway := context.WithCancel(context.WithValue(t.Context(), ownerKey{}, true))
	done := make(chan int, 2)
	for range 2 {
		go func() {
			r := httptest.NewRequest(http.MethodPost, Root+"api/deposit", strings.NewReader(`{"amount":"1"}`)).WithContext(ctx)
			r.Header.Set("Content-Type", "application/json")
			rec := httptest.NewRecorder()
			h.ServeHTTP(rec, r)
			done <- rec.Code
		}()
	}
	<-w.inner // one is being made
	goAway()
	select {
	case <-w.inner:
		t.Fatal("two at a time")
	default:
	}
	w.inner <- struct{}{}
	<-w.inner
	w.inner <- struct{}{}
	for range 2 {
		if code := <-done; code != http.StatusOK {
			t.Errorf("%d", code)
		}
	}
	if len(w.asked) != 2 {
		t.Errorf("%q", w.asked)
	}
}

// Whatever is sent, nothing is moved but what a whole and well-formed order says.
func FuzzOrder(f *testing.F) {
	for _, seed := range []string{`{"amount":"1"}`, `{"amount":"1","to":"0x12"}`, `{`, `null`, `{"amount":"1"} `, `[]`, `{"amount":null}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		w := &calls{}
		r := asOwner(httptest.NewRequest(http.MethodPost, Root+"api/withdraw", strings.NewReader(string(body))))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		walletHandler(w).ServeHTTP(rec, r)
		var said map[string]any
		if err := json.Unmarshal(rec.Body.Bytes(), &said); err != nil {
			t.Fatalf("%d with %q: %v", rec.Code, rec.Body, err)
		}
		moved := len(w.asked) > 0
		if moved != (rec.Code == http.StatusOK) || !moved && said["error"] == "" {
			t.Fatalf("%d %s, asked %q", rec.Code, rec.Body, w.asked)
		}
	})
}
