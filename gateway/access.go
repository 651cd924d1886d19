package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/protocol"
)

// Keys are a gateway's keys, and what those with a budget have spent. One gateway at a time uses a directory.
type Keys struct {
	book   keyBook
	spent  *spending
	visits *visits
	now    func() time.Time
}

// OpenKeys opens a directory of keys, which need not be there: keys that are added later count at once. What of their
// requests was billed is asked of the client whose state directory it goes with. A nil now is time.Now.
func OpenKeys(dir string, receipts func() ([]client.ReceiptEntry, error), now func() time.Time) (*Keys, error) {
	if now == nil {
		now = time.Now
	}
	k := &Keys{book: keyBook{path: filepath.Join(dir, keysFile)}, visits: newVisits(dir, now), now: now}
	if _, err := k.book.find(KeyID{}); err != nil { // to tell at once what is wrong with it
		return nil, err
	}
	var err error
	k.spent, err = openSpending(filepath.Join(dir, spentFile), receipts, now)
	return k, err
}

// Close ends it: no request of a key with a budget is paid any more.
func (k *Keys) Close() error { return k.spent.close() }

// AccessError says why a key does not give what was asked for, or that one is needed.
type AccessError struct {
	Status int    // the HTTP status that it deserves
	Model  string // that the key is not for, if that is why
	Reason string
}

func (e *AccessError) Error() string { return e.Reason }

// keyOf is the key of the gateway's that a request carries; nil if it carries none. Other keys are those that programs
// insist on sending, and mean nothing.
func (k *Keys) keyOf(r *http.Request) (*Key, error) {
	text := ""
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if bearer = strings.TrimSpace(bearer); strings.EqualFold(scheme, "bearer") && strings.HasPrefix(bearer, KeyPrefix) {
		text = bearer
	} else if text = strings.TrimSpace(r.Header.Get("X-Api-Key")); !strings.HasPrefix(text, KeyPrefix) {
		return nil, nil
	}
	id, err := parseKey(text)
	if err != nil {
		return nil, &AccessError{Status: http.StatusUnauthorized, Reason: err.Error()}
	}
	return k.good(id)
}

// good finds a key, and says why it is not good.
func (k *Keys) good(id KeyID) (*Key, error) {
	denied := func(reason string) error {
		return &AccessError{Status: http.StatusUnauthorized, Reason: reason}
	}
	key, err := k.book.find(id)
	switch {
	case err != nil:
		return nil, &routeError{http.StatusInternalServerError, "the file of the gateway's keys cannot be read, and no key counts until it can: whoever runs the gateway finds out why with `phallama gateway keys list`"}
	case key == nil:
		return nil, denied("the gateway does not know this key: it was revoked, or is another gateway's")
	case !key.Expires.IsZero() && !k.now().Before(key.Expires):
		return nil, denied(fmt.Sprintf("key %s ended on %s: ask whoever runs the gateway for another", key.Name, key.Expires.UTC().Format(time.DateTime+" MST")))
	}
	return key, nil
}

// keyKey finds the key of a request in its context.
type keyKey struct{}

func keyFrom(ctx context.Context) *Key {
	k, _ := ctx.Value(keyKey{}).(*Key)
	return k
}

// isPublic tells of the paths that everybody gets: what is said of a gateway to anyone, and the page's files, which hold
// nothing of it.
func isPublic(path string) bool {
	return path == "/" || path == strings.TrimSuffix(PagePath, "/") ||
		strings.HasPrefix(path, PagePath) && !strings.HasPrefix(path, PagePath+"api/")
}

// admit lets in requests whose key or visit is good, and those without one unless one is needed.
func (k *Keys) admit(required bool, next http.Handler) http.Handler {
	login := k.login(required)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case isPublic(r.URL.Path):
			next.ServeHTTP(w, r)
			return
		case r.URL.Path == pathLogin:
			login(w, r)
			return
		case r.URL.Path == pathLogout:
			k.logout(w, r)
			return
		}
		var v *visit
		key, err := k.keyOf(r)
		if err == nil && key == nil {
			v, key, err = k.visitor(r)
		}
		if err == nil && key == nil && v == nil && required {
			err = &AccessError{Status: http.StatusUnauthorized, Reason: "the gateway wants a key of its own: send one that begins with " + KeyPrefix + " as Authorization: Bearer KEY or x-api-key: KEY, which is where programs put what they call an API key"}
		}
		if err != nil {
			if denied := (*AccessError)(nil); errors.As(err, &denied) {
				w.Header().Set("WWW-Authenticate", `Bearer realm="phallama"`)
			}
			fail(w, r, err)
			return
		}
		ctx := context.WithValue(r.Context(), keyKey{}, key)
		if v != nil && v.owner() {
			ctx = context.WithValue(ctx, ownerKey{}, true)
		}
		if v != nil && strings.HasPrefix(r.URL.Path, PagePath) { // what it follows ends with it; an answer is not cut off
			var stop context.CancelFunc
			ctx, stop = context.WithCancel(ctx)
			defer stop()
			defer context.AfterFunc(v.ctx, stop)()
		}
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// allows answers whether a request's key, if it has one, is for a model.
func allows(ctx context.Context, model string) error {
	key := keyFrom(ctx)
	asked, err := protocol.ParseModelName(model)
	if err != nil {
		return &client.RequestError{Status: http.StatusBadRequest, Reason: "model: " + err.Error()}
	}
	if _, ok := key.may(asked); !ok {
		return &AccessError{
			Status: http.StatusForbidden, Model: model,
			Reason: fmt.Sprintf("key %s is not for model %.100q: it is for %s", key.Name, model, strings.Join(key.Models, ", ")),
		}
	}
	return nil
}

// limited has the client hold a request to its key's models and budget.
func (k *Keys) limited(ctx context.Context) context.Context {
	key := keyFrom(ctx)
	if key == nil {
		return ctx
	}
	limit := &client.Limit{Model: func(name string) error { return allows(ctx, name) }}
	if !key.Budget.IsZero() {
		limit.Pay = func(id protocol.RequestID, most protocol.Amount) error { return k.spent.pay(key, id, most) }
		limit.Paid = k.spent.paid
	}
	return client.WithLimit(ctx, limit)
}
