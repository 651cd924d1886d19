package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// Wallet is the money of whoever runs the gateway. What is returned becomes JSON; amounts that are asked for are in whole
// tokens, such as "2.5". It may be asked by many at once.
type Wallet interface {
	// Money is where all of it is, as `phallama wallet --json` prints it.
	Money(context.Context) (any, error)
	// Spending are the costs of receipts, summed up by day, model and pod.
	Spending(context.Context) (any, error)
	// Receipts are at most limit of them, newest first, without the first skip.
	Receipts(ctx context.Context, skip, limit int) (any, error)
	// Sessions are those that lock money, each with what an audit of its receipts says.
	Sessions(context.Context) (any, error)
	// Keys are those made here for others.
	Keys(context.Context) (any, error)

	Deposit(ctx context.Context, tokens string) (any, error)
	// Withdraw takes unlocked money out; to an empty address, into the wallet itself.
	Withdraw(ctx context.Context, tokens, to string) (any, error)
	// CloseSession brings back what a session locks and has not spent: at once where its pod agrees, otherwise an hour after it
	// was closed; of one that has expired, at once.
	CloseSession(ctx context.Context, id string) (any, error)
	// CreateKey returns the key's text, which is kept nowhere.
	CreateKey(context.Context, KeyTerms) (any, error)
	RevokeKey(ctx context.Context, kind KeyKind, name string) (any, error)
}

// KeyKind tells keys that only this gateway knows from those that the escrow holds to their budget.
type KeyKind string

// The kinds.
const (
	GatewayKey KeyKind = "gateway"
	EscrowKey  KeyKind = "escrow"
)

// KeyTerms are what a key is made for. Empty fields say what an option of the command that was not given says.
type KeyTerms struct {
	Kind    KeyKind `json:"kind"`
	Name    string  `json:"name"`
	Budget  string  `json:"budget"`  // whole tokens, such as 2.5
	Expires string  `json:"expires"` // a time such as 12h or 30d
	Models  string  `json:"models"`  // names with commas between them
}

const (
	maxBody     = 16 << 10 // bytes of what asks for something to be done
	maxReceipts = 1000     // of one answer
	moveWait    = 3 * time.Minute
	moneyEvery  = 10 * time.Second // whoever looks at the wallet is told of changes so soon
)

// errNoWallet is said where a gateway pays with somebody else's key.
var errNoWallet = fmt.Errorf("%w: this gateway has no wallet: it pays with an API key, whose owner has it", ErrNotFound)

// errNotOwner is said to who has not logged in.
var errNotOwner = errors.New("only whoever runs the gateway sees this: open the link that `phallama page` prints, which logs you in")

func (p *page) walletRoutes(mux *http.ServeMux) {
	w := p.cfg.Wallet
	get := func(path string, of func(context.Context) (any, error)) {
		mux.HandleFunc("GET "+Root+"api/"+path, p.owned(p.object(of)))
	}
	if w == nil {
		for _, path := range []string{"money", "money/events", "spending", "sessions", "receipts", "keys"} {
			get(path, func(context.Context) (any, error) { return nil, errNoWallet })
		}
		return
	}
	get("money", w.Money)
	get("spending", w.Spending)
	get("sessions", w.Sessions)
	get("keys", w.Keys)
	mux.HandleFunc("GET "+Root+"api/receipts", p.owned(p.receipts))
	mux.HandleFunc("GET "+Root+"api/money/events", p.owned(p.follow("money", moneyEvery, w.Money)))

	mux.HandleFunc("POST "+Root+"api/deposit", p.owned(do(p, func(ctx context.Context, o struct {
		Amount string `json:"amount"`
	},
	) (any, error) {
		return w.Deposit(ctx, o.Amount)
	})))
	mux.HandleFunc("POST "+Root+"api/withdraw", p.owned(do(p, func(ctx context.Context, o struct {
		Amount string `json:"amount"`
		To     string `json:"to"`
	},
	) (any, error) {
		return w.Withdraw(ctx, o.Amount, o.To)
	})))
	mux.HandleFunc("POST "+Root+"api/sessions/close", p.owned(do(p, func(ctx context.Context, s struct {
		ID string `json:"id"`
	},
	) (any, error) {
		return w.CloseSession(ctx, s.ID)
	})))
	mux.HandleFunc("POST "+Root+"api/keys", p.owned(do(p, func(ctx context.Context, t KeyTerms) (any, error) {
		if err := t.Kind.check(); err != nil {
			return nil, err
		}
		return w.CreateKey(ctx, t)
	})))
	mux.HandleFunc("POST "+Root+"api/keys/revoke", p.owned(do(p, func(ctx context.Context, k struct {
		Kind KeyKind `json:"kind"`
		Name string  `json:"name"`
	},
	) (any, error) {
		if err := k.Kind.check(); err != nil {
			return nil, err
		}
		return w.RevokeKey(ctx, k.Kind, k.Name)
	})))
}

func (k KeyKind) check() error {
	if k != GatewayKey && k != EscrowKey {
		return badRequest(fmt.Sprintf("kind: want %s or %s, got %.40q", GatewayKey, EscrowKey, string(k)))
	}
	return nil
}

// owned lets nobody but whoever runs the gateway to what moves or shows its money.
func (p *page) owned(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if p.cfg.IsOwner == nil || !p.cfg.IsOwner(r.Context()) {
			refuse(w, http.StatusUnauthorized, errNotOwner)
			return
		}
		next(w, r)
	}
}

// badRequest is what is wrong with what was asked.
type badRequest string

func (e badRequest) Error() string { return string(e) }

// do has something done that moves money or keys. It takes JSON alone, which no form of another page can send, and goes on
// to its end when the browser goes away: a transaction that was sent is not taken back.
func do[T any](p *page, act func(context.Context, T) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		what, err := readOrder[T](w, r)
		if err != nil {
			refuse(w, p.statusOf(err), err)
			return
		}
		p.moving.Lock() // one transaction of an account follows another
		defer p.moving.Unlock()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), moveWait)
		defer cancel()
		done, err := act(ctx, what)
		if err != nil {
			refuse(w, p.statusOf(err), err)
			return
		}
		answer(w, http.StatusOK, done)
	}
}

func readOrder[T any](w http.ResponseWriter, r *http.Request) (what T, err error) {
	if media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return what, badRequest("want a body of application/json")
	}
	in := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	in.DisallowUnknownFields()
	if err := in.Decode(&what); err != nil {
		return what, badRequest("want a JSON object: " + err.Error())
	}
	if _, err := in.Token(); err != io.EOF {
		return what, badRequest("want one JSON object, got more")
	}
	return what, nil
}

func (p *page) receipts(w http.ResponseWriter, r *http.Request) {
	number := func(name string, fallback, most int) (int, error) {
		text := r.URL.Query().Get(name)
		if text == "" {
			return fallback, nil
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > most {
			return 0, badRequest(fmt.Sprintf("%s: want a number up to %d, got %.40q", name, most, text))
		}
		return n, nil
	}
	skip, err := number("skip", 0, 1<<30)
	limit, limitErr := number("limit", maxReceipts, maxReceipts)
	if err = errors.Join(err, limitErr); err != nil {
		refuse(w, http.StatusBadRequest, err)
		return
	}
	p.object(func(ctx context.Context) (any, error) { return p.cfg.Wallet.Receipts(ctx, skip, limit) })(w, r)
}
