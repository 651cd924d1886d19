package gateway

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/phallama/phallama/protocol"
)

// Browsers that have logged in to the page carry a cookie in the place of a key. It stands for a key of the gateway's, or
// for whoever runs it, who was invited by a link that works once. Visits are in memory only: they end with the gateway.

// Paths of the page's that are the gateway's own.
const (
	pathLogin  = PagePath + "api/login"
	pathLogout = PagePath + "api/logout"
)

const (
	// InviteLife is how long an invitation can be used.
	InviteLife = time.Hour

	inviteDir  = "invitations" // in the directory of keys: a file for each, named by the hash of its token
	visitIdle  = 12 * time.Hour
	visitLife  = 7 * 24 * time.Hour
	maxVisits  = 256
	maxLogin   = 4 << 10 // bytes
	tokenBytes = 32
)

// secret is what a cookie or an invitation holds, kept as its hash only.
type secret [sha256.Size]byte

func newSecret() (text string, s secret) {
	var raw [tokenBytes]byte
	_, _ = rand.Read(raw[:]) // never fails
	text = base64.RawURLEncoding.EncodeToString(raw[:])
	return text, sha256.Sum256([]byte(text))
}

// Invite makes a token with which one browser logs in as whoever runs the gateway of a directory of keys, once and within
// [InviteLife]. A gateway that runs knows it at once; only its hash is kept.
func Invite(dir string) (token string, err error) {
	dir = filepath.Join(dir, inviteDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	if err := sweep(dir, time.Now()); err != nil {
		return "", err
	}
	token, hash := newSecret()
	file, err := os.OpenFile(filepath.Join(dir, hex.EncodeToString(hash[:])), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	return token, file.Close()
}

// sweep takes invitations away that nobody used in time.
func sweep(dir string, now time.Time) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err == nil && now.Sub(info.ModTime()) > InviteLife {
			err = os.Remove(filepath.Join(dir, e.Name()))
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// visits are those of one gateway.
type visits struct {
	dir    string // of keys; empty: nobody is invited
	cookie string // its name: cookies of one machine's gateways would hide each other
	now    func() time.Time

	mu  sync.Mutex
	all map[secret]*visit
}

// visit is a browser that has logged in.
type visit struct {
	key         KeyID // zero: it is that of whoever runs the gateway
	name        string
	began, seen time.Time

	ctx context.Context // ends with it
	end context.CancelFunc
}

func (v *visit) owner() bool { return v.key == KeyID{} }

func newVisits(dir string, now func() time.Time) *visits {
	return &visits{dir: dir, cookie: "phallama_" + Mark(dir), now: now, all: map[secret]*visit{}}
}

// Mark tells gateways of different directories of keys apart, by eight hexadecimal digits: a gateway says that of its own
// under its page's api/login.
func Mark(dir string) string {
	if whole, err := filepath.Abs(dir); err == nil {
		dir = whole
	}
	if real, err := filepath.EvalSymlinks(filepath.Dir(dir)); err == nil { // it need not be there itself
		dir = filepath.Join(real, filepath.Base(dir))
	}
	hash := sha256.Sum256([]byte(dir))
	return hex.EncodeToString(hash[:4])
}

// invited uses an invitation up. Of two who come with the same one, the file system lets one remove it.
func (v *visits) invited(token string) (bool, error) {
	hash := sha256.Sum256([]byte(token))
	path := filepath.Join(v.dir, inviteDir, hex.EncodeToString(hash[:]))
	info, err := os.Stat(path)
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && v.now().Sub(info.ModTime()) <= InviteLife, err
}

func (v *visits) begin(key *Key) (cookie string) {
	text, hash := newSecret()
	now := v.now()
	one := &visit{began: now, seen: now}
	one.ctx, one.end = context.WithCancel(context.Background())
	if key != nil {
		one.key, one.name = key.ID, key.Name
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	for len(v.all) >= maxVisits {
		var oldest secret
		for s, other := range v.all {
			if first := v.all[oldest]; first == nil || other.seen.Before(first.seen) {
				oldest = s
			}
		}
		v.drop(oldest)
	}
	v.all[hash] = one
	return text
}

// of is the visit that a request belongs to; nil: none. A request that another page had its browser make belongs to none,
// whatever cookie the browser sent along: SameSite leaves the pages of this machine's other ports in.
func (v *visits) of(r *http.Request) *visit {
	cookie, err := r.Cookie(v.cookie)
	if err != nil || !fromItself(r) {
		return nil
	}
	hash := secret(sha256.Sum256([]byte(cookie.Value)))
	v.mu.Lock()
	defer v.mu.Unlock()
	one, now := v.all[hash], v.now()
	if one == nil {
		return nil
	}
	if now.Sub(one.seen) > visitIdle || now.Sub(one.began) > visitLife {
		v.drop(hash)
		return nil
	}
	one.seen = now
	return one
}

func (v *visits) end(r *http.Request) {
	if cookie, err := r.Cookie(v.cookie); err == nil {
		v.mu.Lock()
		defer v.mu.Unlock()
		v.drop(sha256.Sum256([]byte(cookie.Value)))
	}
}

// drop ends a visit, and what its other tabs follow. mu is held.
func (v *visits) drop(hash secret) {
	if one := v.all[hash]; one != nil {
		one.end()
		delete(v.all, hash)
	}
}

var crossOrigin = http.NewCrossOriginProtection()

// fromItself tells whether a request was made by the gateway's own page, by a person, or by no browser at all.
func fromItself(r *http.Request) bool {
	if crossOrigin.Check(r) != nil {
		return false
	}
	site := r.Header.Get("Sec-Fetch-Site") // of what changes nothing, too
	return site == "" || site == "same-origin" || site == "none"
}

// visitor is whom a request without a key comes from, if it comes from a visit: of a key's, the key.
func (k *Keys) visitor(r *http.Request) (v *visit, key *Key, err error) {
	if v = k.visits.of(r); v == nil || v.owner() {
		return v, nil, nil
	}
	key, err = k.good(v.key)
	if denied := (*AccessError)(nil); errors.As(err, &denied) {
		denied.Reason = fmt.Sprintf("you are logged in with key %s: %s. Log out, or log in again", v.name, denied.Reason)
	}
	return v, key, err
}

type ownerKey struct{}

// IsOwner tells whether a request that the gateway handed to its page came from a browser that whoever runs the gateway
// has logged in.
func IsOwner(ctx context.Context) bool {
	owner, _ := ctx.Value(ownerKey{}).(bool)
	return owner
}

// account is what the page is told of who is there.
type account struct {
	Who      string           `json:"who"`      // "owner", "key" or "": nobody has logged in
	Required bool             `json:"required"` // nothing is answered before that
	Gateway  string           `json:"gateway"`  // its Mark
	Key      string           `json:"key,omitempty"`
	Budget   *protocol.Amount `json:"budget,omitempty"` // the key's, in base units
	Left     *protocol.Amount `json:"left,omitempty"`
	Models   []string         `json:"models,omitempty"`
}

// login answers who has logged in, and lets in who has an invitation or a key.
func (k *Keys) login(required bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		switch r.Method {
		case http.MethodGet, http.MethodHead:
			answer(w, k.account(r, required))
			return
		case http.MethodPost:
		default:
			w.Header().Set("Allow", "GET, HEAD, POST")
			fail(w, r, &routeError{http.StatusMethodNotAllowed, r.URL.Path + " takes GET, HEAD and POST, not " + r.Method})
			return
		}
		key, err := k.comesWith(w, r)
		if err != nil {
			fail(w, r, err)
			return
		}
		k.visits.end(r)
		http.SetCookie(w, k.cookie(r, k.visits.begin(key), int(visitLife.Seconds())))
		w.WriteHeader(http.StatusNoContent)
	}
}

func (k *Keys) cookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{Name: k.visits.cookie, Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode}
}

// comesWith reads what somebody logs in with. No key and no error is an invitation.
func (k *Keys) comesWith(w http.ResponseWriter, r *http.Request) (*Key, error) {
	if !fromItself(r) {
		return nil, &routeError{http.StatusForbidden, "only the gateway's own page logs in"}
	}
	var with struct {
		Token string `json:"token"` // of an invitation
		Key   string `json:"key"`
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxLogin))
	if err == nil && (json.Unmarshal(raw, &with) != nil || (with.Token == "") == (with.Key == "")) {
		err = &routeError{http.StatusBadRequest, `want {"token":"…"} with a link's, or {"key":"` + KeyPrefix + `…"}`}
	}
	if err != nil {
		return nil, err
	}
	if with.Key != "" {
		id, err := parseKey(with.Key)
		if err != nil {
			return nil, &AccessError{Status: http.StatusUnauthorized, Reason: err.Error()}
		}
		return k.good(id)
	}
	if r.TLS == nil && !fromThisMachine(r) { // money would be moved in the clear
		return nil, &AccessError{Status: http.StatusForbidden, Reason: "who runs the gateway logs in on its own machine, or where it speaks HTTPS (--tls-cert, --tls-key)"}
	}
	good, err := k.visits.invited(with.Token)
	switch {
	case err != nil:
		return nil, &routeError{http.StatusInternalServerError, "the gateway cannot tell whether the link is good: whoever runs it finds out why with `phallama page`"}
	case !good:
		return nil, &AccessError{Status: http.StatusUnauthorized, Reason: "the link was used, or is too old: `phallama page` prints another, which works once"}
	}
	return nil, nil
}

// fromThisMachine tells whether a connection did not leave it: who comes from the address that it was made to is here.
func fromThisMachine(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	local, _ := r.Context().Value(http.LocalAddrContextKey).(*net.TCPAddr)
	ip := from.Addr().Unmap()
	return ip.IsLoopback() || local != nil && ip == local.AddrPort().Addr().Unmap()
}

func (k *Keys) account(r *http.Request, required bool) account {
	a := account{Required: required, Gateway: Mark(k.visits.dir)}
	v, key, err := k.visitor(r)
	switch {
	case v != nil && v.owner():
		a.Who = "owner"
	case err == nil && key != nil:
		a.Who, a.Key, a.Models = "key", key.Name, key.Models
		if !key.Budget.IsZero() {
			left := k.spent.left(key)
			a.Budget, a.Left = &key.Budget, &left
		}
	}
	return a
}

// logout ends the visit of a request.
func (k *Keys) logout(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", "POST")
		fail(w, r, &routeError{http.StatusMethodNotAllowed, r.URL.Path + " takes POST, not " + r.Method})
		return
	}
	if fromItself(r) {
		k.visits.end(r)
		http.SetCookie(w, k.cookie(r, "", -1))
	}
	w.WriteHeader(http.StatusNoContent)
}
