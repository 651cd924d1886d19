package operator

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

const testToken Token = "s3cret"

// standIn is a pod that serves the control API with a ledger in memory and real signatures. Its evidence is of a TDX
// guest, which a development chain takes without looking at it.
type standIn struct {
	t      *testing.T
	domain protocol.Domain
	id     protocol.Address
	bound  protocol.PodIdentity // by its quotes, without its identity

	mu         sync.Mutex
	identity   protocol.Key
	ready      bool
	keyLife    time.Duration // of key configs
	epoch      uint64        // of the newest
	keyMade    time.Time
	keyHanded  uint64 // the epoch handed out last
	registered int    // registrations handed out
	offers     []protocol.SignedOffer
	validUntil uint64
	// reportData is what it is quoted over to be registered.
	reportData func(p protocol.PodIdentity, block protocol.Hash) [64]byte

	orders   protocol.Orders
	facts    map[protocol.SessionKey]protocol.SessionFact // as told
	refusals map[protocol.SessionKey]string
	charges  map[protocol.SessionKey]protocol.Row // each session's best row
	claimed  map[protocol.SessionKey]protocol.Amount
	lastSeq  uint64
	pending  *protocol.SignedBatch
	reports  []protocol.Settled
	relayed  []protocol.Relayed
	statuses int
	exported map[protocol.Hash]protocol.AckedRow
	exports  int // pages handed out

	refuseFacts int           // so many times
	changed     chan struct{} // closed and replaced at each change
}

// guests is the platform of all stand-ins.
var guests = sync.OnceValue(func() *simulated.Platform {
	platform, err := simulated.New(simulated.Config{})
	if err != nil {
		panic(err)
	}
	return platform
})

func guestQuote(reportData [64]byte) []byte {
	evidence, err := guests().GuestSource(simulated.Guest{}).Quote(context.Background(), reportData)
	if err != nil {
		panic(err)
	}
	return evidence.Quote
}

func newStandIn(t *testing.T, c Chain, salt protocol.Hash) *standIn {
	t.Helper()
	domain, id := c.Domain(), protocol.PodID(c.Registry(), c.Address(), salt)
	p := &standIn{
		t: t, domain: domain, id: id,
		bound:      protocol.PodIdentity{ChainID: domain.ChainID, Registry: c.Registry(), Escrow: domain.Escrow, Pod: id, Operator: c.Address()},
		reportData: protocol.PodIdentity.ReportData,
		ready:      true, keyLife: 12 * time.Hour,
		facts: map[protocol.SessionKey]protocol.SessionFact{}, refusals: map[protocol.SessionKey]string{},
		charges: map[protocol.SessionKey]protocol.Row{}, claimed: map[protocol.SessionKey]protocol.Amount{}, changed: make(chan struct{}),
	}
	p.restart()
	return p
}

// restart gives the pod a new identity and has it forget what it was told; its ledger stays.
func (p *standIn) restart() {
	key, err := protocol.GenerateKey()
	if err != nil {
		p.t.Fatal(err)
	}
	p.do(func() {
		p.identity, p.epoch, p.keyHanded, p.pending = key, 0, 0, nil
		clear(p.facts)
		p.validUntil = uint64(time.Now().Add(6 * 24 * time.Hour).Unix())
		o := protocol.Offer{
			Pod: p.id, Model: "wisp:latest", InPerM: protocol.Tokens(1), OutPerM: protocol.Tokens(2), Context: 2048, DefaultOut: 512,
			MaxOut: 1024, ValidUntil: p.validUntil,
		}
		p.offers = []protocol.SignedOffer{{Offer: o, Signature: key.Sign(p.domain.Digest(o))}}
	})
}

// rotate makes the next key. The caller is within do.
func (p *standIn) rotate() { p.epoch, p.keyMade = p.epoch+1, time.Now() }

// tendKey is what a pod does by itself: a new key half an hour before the end of the last.
func (p *standIn) tendKey() {
	if p.epoch == 0 || time.Since(p.keyMade) >= p.keyLife-30*time.Minute {
		p.rotate()
	}
}

// do changes the pod's state.
func (p *standIn) do(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	close(p.changed)
	p.changed = make(chan struct{})
}

// wait waits until cond holds.
func (p *standIn) wait(what string, cond func() bool) {
	p.t.Helper()
	guard := time.After(2 * time.Minute)
	for {
		p.mu.Lock()
		ok, changed := cond(), p.changed
		p.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-guard:
			p.t.Fatalf("waited in vain for: %s", what)
		}
	}
}

// charge has a session charged so much in all, under a voucher with that ceiling.
func (p *standIn) charge(signer protocol.Key, session protocol.SessionKey, charged uint64) {
	v := protocol.Voucher{SessionID: session.ID(), Ceiling: protocol.Units(charged + 1)}
	p.do(func() {
		p.charges[session] = protocol.Row{Session: session, Charged: protocol.Units(charged), Voucher: v, Signature: signer.Sign(p.domain.Digest(v))}
	})
}

func (p *standIn) order(o protocol.Orders) {
	p.do(func() {
		p.orders.Opens = append(p.orders.Opens, o.Opens...)
		p.orders.Lookup = append(p.orders.Lookup, o.Lookup...)
		p.orders.Relays = append(p.orders.Relays, o.Relays...)
	})
}

func (p *standIn) unsettled() protocol.Amount {
	sum := protocol.Amount{}
	for key, row := range p.charges {
		if owed, err := row.Charged.Sub(p.claimed[key]); err == nil {
			if sum, err = sum.Add(owed); err != nil {
				p.t.Error(err)
			}
		}
	}
	return sum
}

// owing is how many sessions owe something, and when the first of them expires.
func (p *standIn) owing() (n int, until uint64) {
	for key, row := range p.charges {
		if row.Charged.Cmp(p.claimed[key]) > 0 {
			if expiry := p.facts[key].Expiry; n == 0 || expiry < until {
				until = expiry
			}
			n++
		}
	}
	return n, until
}

func (p *standIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+string(testToken) {
		http.Error(w, "want the token", http.StatusUnauthorized)
		return
	}
	answer := func(v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			p.t.Error(err)
		}
	}
	ask := func(v any) bool {
		if err := json.NewDecoder(r.Body).Decode(v); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return false
		}
		return true
	}
	switch r.Method + " " + r.URL.Path {
	case "GET " + protocol.PathStatus:
		p.do(func() {
			p.statuses++
			p.tendKey()
			owing, until := p.owing()
			s := protocol.Status{Owing: owing, OwingUntil: until, Identity: p.identity.Address(), Ready: p.ready, Unsettled: p.unsettled(), Registered: p.registered > 0, NextKey: p.epoch > p.keyHanded}
			if !p.ready {
				s.Reason = "the engine is loading"
			}
			answer(s)
		})
	case "POST " + protocol.PathRegistration:
		var request protocol.RegistrationRequest
		if !ask(&request) {
			return
		}
		if request.Block.IsZero() || request.BlockTime == 0 {
			http.Error(w, "want a block", http.StatusBadRequest)
			return
		}
		p.do(func() {
			p.registered++
			p.tendKey()
			p.keyHanded = p.epoch
			bound := p.bound
			bound.Enclave = p.identity.Address()
			config := []byte("key config " + strconv.FormatUint(p.epoch, 10))
			k := protocol.KeyConfig{
				Enclave: p.identity.Address(), ConfigHash: protocol.Keccak256(config),
				NotBefore: uint64(p.keyMade.Unix()), NotAfter: uint64(p.keyMade.Add(p.keyLife).Unix()), Epoch: p.epoch,
			}
			answer(protocol.Registration{
				Identity: p.identity.Address(), ValidUntil: p.validUntil, Kind: protocol.EvidenceTDX, Evidence: guestQuote(p.reportData(bound, request.Block)),
				KeyConfig: protocol.SignedKeyConfig{KeyConfig: k, Config: config, Signature: p.identity.Sign(p.domain.Digest(k))},
				Offers:    p.offers,
			})
		})
	case "POST " + protocol.PathFacts:
		var facts protocol.Facts
		if ask(&facts) {
			p.do(func() {
				if p.refuseFacts > 0 && len(facts.Sessions) > 0 {
					p.refuseFacts--
					http.Error(w, "no more sessions", http.StatusInternalServerError)
					return
				}
				p.learn(facts)
				w.WriteHeader(http.StatusNoContent)
			})
		}
	case "POST " + protocol.PathRelayed:
		var results []protocol.Relayed
		if ask(&results) {
			p.do(func() { p.relayed = append(p.relayed, results...) })
			w.WriteHeader(http.StatusNoContent)
		}
	case "GET " + protocol.PathOrders:
		p.serveOrders(w, r, answer)
	case "POST " + protocol.PathBatch:
		var request protocol.BatchRequest
		if !ask(&request) {
			return
		}
		p.do(func() {
			if p.sign(request); p.pending == nil {
				w.WriteHeader(http.StatusNoContent)
			} else {
				answer(p.pending)
			}
		})
	case "GET " + protocol.PathExport:
		p.serveExport(r, answer)
	case "POST " + protocol.PathSettled:
		var s protocol.Settled
		if ask(&s) {
			p.do(func() {
				p.reports = append(p.reports, s)
				if p.pending != nil && p.pending.Seq == s.Seq {
					p.pending = nil
				}
				p.learn(protocol.Facts{Sessions: s.Sessions, LastSeq: s.Seq})
			})
			w.WriteHeader(http.StatusNoContent)
		}
	default:
		http.NotFound(w, r)
	}
}

func (p *standIn) learn(facts protocol.Facts) {
	if facts.LastSeq != 0 {
		p.lastSeq = facts.LastSeq
	}
	for _, f := range facts.Sessions {
		p.refusals[f.SessionKey] = f.Refused
		f.Refused = ""
		p.facts[f.SessionKey] = f
		if p.claimed[f.SessionKey].Cmp(f.Claimed) < 0 {
			p.claimed[f.SessionKey] = f.Claimed
		}
	}
}

// sign signs the next batch, or another one in the place of the pending one, unless there is nothing to settle.
func (p *standIn) sign(ask protocol.BatchRequest) {
	b := protocol.Batch{Pod: p.id, Seq: p.lastSeq + 1, ReceiptsRoot: protocol.Hash{9}, KeyConfigHash: protocol.Hash{8}}
	from := slices.SortedFunc(maps.Values(p.charges), func(x, y protocol.Row) int { return cmp.Compare(x.Session.Salt, y.Session.Salt) })
	if p.pending != nil {
		if p.pending.Seq != ask.Replace {
			return
		}
		if ask.MaxRows < len(p.pending.Rows) || len(ask.Without) > 0 && len(p.pending.Rows) > 1 {
			from = p.pending.Rows
		}
	}
	for _, row := range from {
		if row.Charged.Cmp(p.claimed[row.Session]) > 0 && (ask.MaxRows == 0 || len(b.Rows) < ask.MaxRows) && !slices.Contains(ask.Without, row.Session.ID()) {
			b.Rows = append(b.Rows, row)
		}
	}
	if len(b.Rows) > 0 {
		p.pending = &protocol.SignedBatch{Batch: b, Signature: p.identity.Sign(p.domain.Digest(b.TypedData()))}
	}
}

func (p *standIn) serveOrders(w http.ResponseWriter, r *http.Request, answer func(any)) {
	seconds, err := strconv.Atoi(r.URL.Query().Get("wait"))
	if err != nil || seconds < 0 || seconds > protocol.MaxOrdersWait {
		http.Error(w, "want wait=SECONDS", http.StatusBadRequest)
		return
	}
	timeout := time.After(time.Duration(seconds) * time.Second)
	for {
		p.mu.Lock()
		orders, changed := p.orders, p.changed
		p.orders = protocol.Orders{}
		p.mu.Unlock()
		if len(orders.Opens) > 0 || len(orders.Lookup) > 0 || len(orders.Relays) > 0 || seconds == 0 {
			answer(orders)
			return
		}
		select {
		case <-changed:
		case <-timeout:
			answer(protocol.Orders{})
			return
		case <-r.Context().Done():
			w.WriteHeader(http.StatusNoContent)
			return
		}
	}
}

// inProcess is an HTTP client that calls a handler without a socket, so that it works under testing/synctest.
func inProcess(h http.Handler) *http.Client {
	return &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
		recorder := httptest.NewRecorder()
		h.ServeHTTP(recorder, r)
		if err := r.Context().Err(); err != nil {
			return nil, err
		}
		return recorder.Result(), nil
	})}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	return f(r)
}

// An owner opens sessions with one signer.
type owner struct {
	key, signer protocol.Key
}

func newOwner(t *testing.T) owner {
	t.Helper()
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	signer, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return owner{key, signer}
}

func (o owner) open(d protocol.Domain, pod protocol.Address, nonce, limit uint64) protocol.SignedOpen {
	now := uint64(time.Now().Unix())
	order := protocol.OpenSession{
		SessionKey: protocol.SessionKey{Owner: o.key.Address(), Signer: o.signer.Address(), Pod: pod, Salt: nonce},
		Cap:        protocol.Units(limit), Expiry: now + 7*24*3600, Nonce: nonce, Deadline: now + 600,
	}
	return protocol.SignedOpen{OpenSession: order, Signature: o.key.Sign(d.Digest(order))}
}
