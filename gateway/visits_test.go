package gateway_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/client"
	"github.com/phallama/phallama/gateway"
	"github.com/phallama/phallama/protocol"
)

// browser is one that keeps cookies and says what browsers do of where a request comes from.
type browser struct {
	t    *testing.T
	jar  http.CookieJar
	h    http.Handler
	addr string // it comes from
	tls  bool
	// local is the address that its connection was made to.
	local string
}

func newBrowser(t *testing.T, h http.Handler) *browser {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t: t, jar: jar, h: h, addr: "127.0.0.1:5555"}
}

func (b *browser) ask(method, path, site, body string) *httptest.ResponseRecorder {
	b.t.Helper()
	scheme := "http"
	if b.tls {
		scheme = "https"
	}
	r := httptest.NewRequest(method, scheme+"://localhost:11435"+path, strings.NewReader(body))
	r.RemoteAddr = b.addr
	if b.local != "" {
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, &net.TCPAddr{IP: net.ParseIP(b.local), Port: 11435}))
	}
	r.Header.Set("Sec-Fetch-Site", site)
	for _, c := range b.jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.h.ServeHTTP(w, r)
	b.jar.SetCookies(r.URL, w.Result().Cookies())
	return w
}

func (b *browser) login(what string, status int) string {
	b.t.Helper()
	w := b.ask("POST", "/ui/api/login", "same-origin", what)
	if w.Code != status {
		b.t.Fatalf("login: %d, want %d: %s", w.Code, status, w.Body)
	}
	return w.Body.String()
}

func (b *browser) who() (said struct {
	Who, Key     string
	Required     bool
	Budget, Left *protocol.Amount
},
) {
	b.t.Helper()
	w := b.ask("GET", "/ui/api/login", "same-origin", "")
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != http.StatusOK {
		b.t.Fatalf("%d %v: %s", w.Code, err, w.Body)
	}
	return said
}

// visited is a gateway whose page says who was let through.
func visited(t *testing.T, dir string, required bool, now func() time.Time) http.Handler {
	t.Helper()
	keys, err := gateway.OpenKeys(dir, func() ([]client.ReceiptEntry, error) { return nil, nil }, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = keys.Close() })
	return gateway.Handler(gateway.Config{Keys: keys, RequireKey: required, Page: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = fmt.Fprint(w, gateway.IsOwner(r.Context()))
	})})
}

func invite(t *testing.T, dir string) string {
	t.Helper()
	token, err := gateway.Invite(dir)
	if err != nil {
		t.Fatal(err)
	}
	return `{"token":"` + token + `"}`
}

// A link lets one browser in, once; what another page has a browser send is never its own.
func TestInvite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	h := visited(t, dir, true, nil)
	b, other := newBrowser(t, h), newBrowser(t, h)
	if w := b.ask("GET", "/ui/api/money", "same-origin", ""); w.Code != http.StatusUnauthorized {
		t.Errorf("before: %d", w.Code)
	}
	token := invite(t, dir)
	if w := b.ask("POST", "/ui/api/login", "cross-site", token); w.Code != http.StatusForbidden {
		t.Errorf("by another page: %d", w.Code)
	}
	b.login(token, http.StatusNoContent)
	if said := other.login(token, http.StatusUnauthorized); !strings.Contains(said, "phallama page") {
		t.Errorf("a second time: %s", said)
	}
	if who := b.who(); who.Who != "owner" || !who.Required {
		t.Errorf("%+v", who)
	}
	if who := other.who(); who.Who != "" {
		t.Errorf("the other is %+v", who)
	}
	for site, want := range map[string]int{"same-origin": 200, "none": 200, "same-site": 401, "cross-site": 401} {
		if w := b.ask("GET", "/ui/api/money", site, ""); w.Code != want || want == 200 && w.Body.String() != "true" {
			t.Errorf("%s: %d %s, want %d", site, w.Code, w.Body, want)
		}
	}
	if w := b.ask("POST", "/ui/api/deposit", "same-site", "{}"); w.Code == http.StatusOK {
		t.Errorf("a deposit that another port's page asks for: %d", w.Code)
	}
	if w := b.ask("POST", "/ui/api/logout", "cross-site", ""); w.Code != http.StatusNoContent || b.who().Who != "owner" {
		t.Errorf("logged out by another page: %d", w.Code)
	}
	b.ask("POST", "/ui/api/logout", "same-origin", "")
	if who := b.who(); who.Who != "" {
		t.Errorf("after logout %+v", who)
	}
	left, err := os.ReadDir(filepath.Join(dir, "invitations"))
	if err != nil || len(left) > 0 {
		t.Errorf("%d invitations are left, %v", len(left), err)
	}
}

// The cookie is for no script, no other site and, over TLS, no plain connection; whoever runs the gateway does not log in
// over a plain connection from elsewhere.
func TestLoginOverNetwork(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	b := newBrowser(t, visited(t, dir, true, nil))
	b.addr = "192.0.2.7:4000"
	token := invite(t, dir)
	if said := b.login(token, http.StatusForbidden); !strings.Contains(said, "HTTPS") {
		t.Errorf("%s", said)
	}
	b.local = "192.0.2.8"
	b.login(token, http.StatusForbidden)
	b.tls = true
	w := b.ask("POST", "/ui/api/login", "same-origin", token) // it was not used up
	cookies := w.Result().Cookies()
	if w.Code != http.StatusNoContent || len(cookies) != 1 {
		t.Fatalf("%d, %d cookies: %s", w.Code, len(cookies), w.Body)
	}
	here := newBrowser(t, b.h)
	here.addr, here.local = "192.0.2.7:4000", "192.0.2.7"
	here.login(invite(t, dir), http.StatusNoContent)
	if c := cookies[0]; !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteStrictMode || !strings.HasPrefix(c.Name, "phallama_") {
		t.Errorf("%v", c)
	}
}

func TestBadLogins(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	b := newBrowser(t, visited(t, dir, false, nil))
	for body, want := range map[string]int{
		``:                        400,
		`{}`:                      400,
		`[]`:                      400,
		`{"token":"a","key":"b"}`: 400,
		`{"token":"../../x"}`:     401,
		`{"key":"sk-1"}`:          401,
		`{"token":"` + strings.Repeat("a", 8<<10) + `"}`: 413,
	} {
		b.login(body, want)
	}
	if w := b.ask("PUT", "/ui/api/login", "same-origin", ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("PUT: %d", w.Code)
	}
	if w := b.ask("GET", "/ui/api/logout", "same-origin", ""); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET of logout: %d", w.Code)
	}
}

// A browser that logged in with a key is that key: to its end, and no longer.
func TestLoginWithKey(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	b := newBrowser(t, visited(t, dir, true, nil))
	key, text, err := gateway.NewKey(gateway.Key{Name: "guest", Budget: protocol.Tokens(2), Created: time.Now()})
	if err != nil {
		t.Fatal(err)
	}
	if err := gateway.AddKey(dir, key); err != nil {
		t.Fatal(err)
	}
	b.login(`{"key":"`+text+`"}`, http.StatusNoContent)
	who := b.who()
	if who.Who != "key" || who.Key != "guest" || who.Left == nil || *who.Left != protocol.Tokens(2) {
		t.Errorf("%+v", who)
	}
	if w := b.ask("GET", "/ui/api/pods", "same-origin", ""); w.Body.String() != "false" {
		t.Errorf("a key's visit: %d, owner %s", w.Code, w.Body)
	}
	if _, err := gateway.RemoveKey(dir, "guest"); err != nil {
		t.Fatal(err)
	}
	w := b.ask("GET", "/ui/api/pods", "same-origin", "")
	if said, _ := io.ReadAll(w.Body); w.Code != http.StatusUnauthorized || !strings.Contains(string(said), "revoked") {
		t.Errorf("of a revoked key: %d %s", w.Code, said)
	}
}

// Invitations and visits end.
func TestVisitsEnd(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	var ahead time.Duration
	now := func() time.Time { return time.Now().Add(ahead) }
	b := newBrowser(t, visited(t, dir, true, now))
	old := invite(t, dir)
	ahead = gateway.InviteLife + time.Minute
	b.login(old, http.StatusUnauthorized)
	ahead = 0
	b.login(invite(t, dir), http.StatusNoContent)
	for day := range 20 {
		ahead += 11 * time.Hour
		if who := b.who().Who; (who == "owner") != (ahead <= 7*24*time.Hour) {
			t.Fatalf("look %d, after %s: %q", day, ahead, who)
		}
	}
	ahead = 0
	b.login(invite(t, dir), http.StatusNoContent)
	ahead = 13 * time.Hour
	if who := b.who().Who; who != "" {
		t.Errorf("idle for 13 hours: %q", who)
	}
}

// What another tab follows ends with the visit.
func TestLogoutEnds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	keys, err := gateway.OpenKeys(dir, func() ([]client.ReceiptEntry, error) { return nil, nil }, nil)
	if err != nil {
		t.Fatal(err)
	}
	follows := make(chan struct{})
	h := gateway.Handler(gateway.Config{Keys: keys, Page: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(follows)
		<-r.Context().Done()
	})})
	b := newBrowser(t, h)
	b.login(invite(t, dir), http.StatusNoContent)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.ask("GET", "/ui/api/money/events", "same-origin", "")
	}()
	<-follows
	b.ask("POST", "/ui/api/logout", "same-origin", "")
	<-ended
}

// Of many who come with one link, one is let in.
func TestInviteRace(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "gateway")
	h := visited(t, dir, true, nil)
	token := invite(t, dir)
	const many = 16
	codes := make(chan int, many)
	for range many {
		b := newBrowser(t, h)
		go func() { codes <- b.ask("POST", "/ui/api/login", "same-origin", token).Code }()
	}
	good := 0
	for range many {
		if <-codes == http.StatusNoContent {
			good++
		}
	}
	if good != 1 {
		t.Errorf("%d were let in by one link", good)
	}
}

// Whatever is sent, nobody is let in but by an invitation or a key.
func FuzzLogin(f *testing.F) {
	for _, seed := range []string{`{"token":"x"}`, `{"key":"phg_"}`, `{"token":"../../keys.json"}`, `{"token":"."}`, `{"token":""}`, `{`, `null`, `{"token":"a\u0000b"}`} {
		f.Add([]byte(seed))
	}
	dir := filepath.Join(f.TempDir(), "gateway")
	if _, err := gateway.Invite(dir); err != nil { // that nobody comes with
		f.Fatal(err)
	}
	keys, err := gateway.OpenKeys(dir, func() ([]client.ReceiptEntry, error) { return nil, nil }, nil)
	if err != nil {
		f.Fatal(err)
	}
	h := gateway.Handler(gateway.Config{Keys: keys, RequireKey: true})
	f.Fuzz(func(t *testing.T, body []byte) {
		b := newBrowser(t, h)
		w := b.ask("POST", "/ui/api/login", "same-origin", string(body))
		if len(w.Result().Cookies()) > 0 || w.Code < 400 || w.Code >= 500 {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
	})
}
