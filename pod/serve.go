package pod

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/meter"
	"github.com/phallama/phallama/protocol"
)

// problem is a refusal on its way to a client. Nothing in it may quote a request.
func problem(kind protocol.ProblemType, status int, title, detail string) *protocol.Problem {
	return &protocol.Problem{Type: kind, Status: status, Title: title, Detail: detail}
}

// serveInner answers a request that came out of an envelope.
func (p *Pod) serveInner(w http.ResponseWriter, r *http.Request) {
	var err error
	if id, ok := strings.CutPrefix(r.URL.Path, protocol.PathReceipts); ok {
		err = p.serveReceipt(w, r, id)
	} else if r.URL.Path == protocol.PathClose {
		err = p.serveClose(w, r)
	} else if r.URL.Path == protocol.PathRelay {
		err = p.serveRelay(w, r)
	} else if r.URL.Path == protocol.PathFresh {
		err = p.serveFresh(w, r)
	} else if r.URL.Path == protocol.PathShow {
		err = p.serveShow(w, r)
	} else {
		err = p.serveInference(w, r)
	}
	if err == nil {
		return
	}
	var refusal *protocol.Problem
	if !errors.As(err, &refusal) {
		p.config.Log.Error("request failed", "err", err)
		refusal = problem(protocol.ProblemInternal, http.StatusInternalServerError, "the pod failed", "nothing is billed; try again, or another pod")
	}
	w.Header().Set("Content-Type", protocol.ContentTypeProblem)
	if refusal.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(refusal.RetryAfter))
	}
	w.WriteHeader(refusal.Status)
	_ = json.NewEncoder(w).Encode(refusal)
}

// serveReceipt gives a bill again, to whoever knows the secret id of its request, and once it is settled the proof.
func (p *Pod) serveReceipt(w http.ResponseWriter, r *http.Request, text string) error {
	if r.Method != http.MethodGet {
		return problem(protocol.ProblemNoRoute, http.StatusMethodNotAllowed, "receipts are read with GET", "")
	}
	id, err := protocol.ParseRequestID(text)
	if err != nil {
		return problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed request id", err.Error())
	}
	receipt, found, err := p.config.Ledger.ReceiptOf(id)
	if err != nil {
		return err
	}
	if !found {
		return problem(protocol.ProblemNoReceipt, http.StatusNotFound, "no bill for this request", "it was never billed, or is being answered, or was settled more than a day ago")
	}
	if err := p.limit(account{free: true, who: receipt.SessionID}, 0); err != nil {
		return err
	}
	bill := protocol.Bill{Receipt: p.sign(receipt)}
	proof, settled, err := p.config.Ledger.ProofOf(id)
	if err != nil {
		return err
	}
	if settled {
		bill.Settled = &proof
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(bill)
}

func (p *Pod) sign(r protocol.Receipt) protocol.SignedReceipt {
	return protocol.SignedReceipt{Receipt: r, Signature: p.identity.Sign(p.domain.Digest(r))}
}

// order is a request for an answer, read and priced.
type order struct {
	id       protocol.RequestID
	payment  protocol.Payment
	hash     protocol.Hash
	offer    protocol.Offer
	size     int // of the body
	prepared meter.Prepared
	account  protocol.Address // who pays; known once admitted
	durable  func() error     // waits for the voucher to be on disk
}

// serveInference answers one paid request: read, price, admit, ask, meter, bill. Every error it returns comes before
// the first byte of an answer.
func (p *Pod) serveInference(w http.ResponseWriter, r *http.Request) error {
	p.mu.Lock()
	notReady := p.ready
	p.mu.Unlock()
	if notReady != nil {
		refusal := problem(protocol.ProblemNotReady, http.StatusServiceUnavailable, "the pod is not ready", notReady.Error())
		refusal.RetryAfter = 5
		return refusal
	}
	o, err := p.readOrder(r)
	if err != nil {
		return err
	}
	// Admitted first: a slot, or a place in the queue for one, is for those whose money is there.
	if err := p.admit(r.Context(), &o); err != nil {
		return err
	}
	// The one release of what was admitted; it does nothing where there was a bill. Whatever else happens, an error of
	// ours or a panic, the user pays nothing.
	defer p.config.Ledger.Release(o.id)
	free, ok := p.slots.take(r.Context(), p.config.QueueWait)
	if !ok {
		refusal := problem(protocol.ProblemBusy, http.StatusServiceUnavailable, "all of the pod's slots are taken", "nothing is billed; try again, or another pod")
		refusal.RetryAfter = p.slots.retryAfter()
		return refusal
	}
	defer free()
	p.count(+1)
	defer p.count(-1)
	return p.answer(w, r, o)
}

func (p *Pod) count(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open += n
}

func (p *Pod) readOrder(r *http.Request) (order, error) {
	bad := func(err error) (order, error) {
		return order{}, problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed request", err.Error())
	}
	if r.Method != http.MethodPost || !meter.Metered(r.URL.Path) || r.URL.RawQuery != "" {
		return order{}, problem(protocol.ProblemNoRoute, http.StatusNotFound, "the pod does not serve this route", "it serves POST on "+strings.Join(meter.Paths(), ", "))
	}
	if err := p.checkDate(r); err != nil {
		return order{}, err
	}
	body := make([]byte, max(0, r.ContentLength)) // as the envelope says, which holds all of it
	defer func() { clear(body) }()
	if _, err := io.ReadFull(r.Body, body); err != nil {
		return order{}, err
	}
	if len(body) > protocol.MaxRequestBody {
		return bad(fmt.Errorf("the body has %d bytes, at most %d", len(body), protocol.MaxRequestBody))
	}
	id, err := protocol.ParseRequestID(r.Header.Get(protocol.HeaderRequestID))
	if err != nil {
		return bad(err)
	}
	payment, err := protocol.ParsePayment(r.Header.Get(protocol.HeaderPay))
	if err != nil {
		return order{}, problem(protocol.ProblemBadPayment, http.StatusPaymentRequired, "malformed payment", err.Error())
	}
	p.mu.Lock()
	offer, known := p.offers[payment.Offer]
	p.mu.Unlock()
	if !known || offer.ValidUntil < uint64(p.config.Now().Unix()) {
		return order{}, problem(protocol.ProblemStaleOffer, http.StatusConflict, "the offer is not this pod's, or no longer", "read the pod's offers from the registry again")
	}
	prepared, err := meter.Prepare(r.URL.Path, body, offer)
	if err != nil {
		return bad(err)
	}
	if !offer.For(prepared.Model) {
		return order{}, problem(protocol.ProblemUnknownModel, http.StatusNotFound, "the offer is for another model", "the offer named is for "+offer.Name().String())
	}
	need, err := offer.CostUp(prepared.MaxUsage)
	if err != nil {
		return order{}, err
	}
	if payment.MaxCost.Cmp(need) < 0 {
		refusal := problem(protocol.ProblemMaxCost, http.StatusPaymentRequired, "the request may cost more than it allows",
			fmt.Sprintf("allow %s base units, or ask for fewer tokens than %d", need, prepared.MaxUsage.Out))
		refusal.NeedMaxCost = &need
		return order{}, refusal
	}
	hash := protocol.RequestHash(id, r.Method, r.URL.Path, r.Header.Get("Content-Type"), body, payment.MaxCost, payment.Offer)
	return order{id: id, payment: payment, hash: hash, offer: offer, size: len(body), prepared: prepared}, nil
}

// admit reserves the request's worst case, waiting for the chain to show the session where that is needed. The engine may
// start while the voucher goes to the disk.
func (p *Pod) admit(ctx context.Context, o *order) error {
	request := ledger.Request{
		ID: o.id, Session: o.payment.Session, MaxCost: o.payment.MaxCost,
		Voucher: protocol.SignedVoucher{Voucher: o.payment.Voucher(o.hash), Signature: o.payment.Signature},
	}
	// A request counts for the account that its voucher is signed for; without a signature that holds it counts for nobody,
	// and is refused. The account is the chain's word: of a session that is not known yet it counts once it is.
	counted := false
	count := func() error {
		if counted {
			return nil
		}
		counted = true
		return p.limit(payer(o.payment.Session), o.size)
	}
	if p.knows(o.payment.Session) {
		request.Signed = count
	}
	for asked := false; ; asked = true {
		outcome, durable, err := p.config.Ledger.AdmitAhead(request)
		if err != nil {
			return err
		}
		switch outcome.Status {
		case ledger.Admitted:
			if err := count(); err != nil {
				p.config.Ledger.Release(o.id)
				return err
			}
			o.account, o.durable = outcome.Session.Authority(), durable
			return nil
		case ledger.NeedSession, ledger.NeedCap, ledger.Ending:
			switch {
			case asked && outcome.Session.Refused != "":
				return problem(protocol.ProblemNoSession, http.StatusPaymentRequired, "the escrow refused the opening order", outcome.Session.Refused)
			case asked || outcome.Status != ledger.NeedSession && o.payment.Open == nil:
				return p.refuse(outcome)
			}
			if err := p.askChain(ctx, o.payment, outcome.Session.Cap); err != nil {
				return err
			}
		default:
			return p.refuse(outcome)
		}
	}
}

// askChain has the operator's agent open, top up or look up the request's session, which locks locked as far as the
// ledger knows, and waits until the ledger has learnt the facts.
func (p *Pod) askChain(ctx context.Context, pay protocol.Payment, locked protocol.Amount) error {
	bad := func(title, detail string) error {
		return problem(protocol.ProblemBadPayment, http.StatusPaymentRequired, title, detail)
	}
	if open := pay.Open; open != nil {
		switch {
		case open.Signature.Verify(p.domain.Digest(open.OpenSession), open.Authority()) != nil:
			return bad("the opening order is not signed by the session's owner, or by its delegate where it is one's",
				"an account that is a contract has no key to sign with: it gives a delegate a budget")
		case open.Deadline < uint64(p.config.Now().Unix()):
			return bad("the opening order's deadline has passed", "sign a new one")
		case open.Cap.Cmp(pay.MaxCost) < 0:
			return bad("the opening order locks less than this request may cost", "lock at least "+pay.MaxCost.String()+" base units")
		}
	}
	ctx, cancel := context.WithTimeout(ctx, p.config.SessionWait)
	defer cancel()
	switch err := p.orders.ask(ctx, pay.Session, pay.Open, locked); {
	case errors.Is(err, errCrowded):
		refusal := problem(protocol.ProblemBusy, http.StatusServiceUnavailable, "too many requests wait for the chain", "try again, or another pod")
		refusal.RetryAfter = 5
		return refusal
	case err != nil:
		refusal := problem(protocol.ProblemNotReady, http.StatusServiceUnavailable, "the chain did not show the session in time",
			"the pod's operator or the chain is slow; nothing is billed; try again, or another pod")
		refusal.RetryAfter = 5
		return refusal
	}
	return nil
}

// refuse turns the ledger's refusal into what the client needs to go on.
func (p *Pod) refuse(o ledger.Outcome) error {
	var refusal *protocol.Problem
	switch o.Status {
	case ledger.Answered:
		receipt := p.sign(*o.Receipt)
		refusal = problem(protocol.ProblemAnswered, http.StatusGone, "this request was answered and billed before", "the receipt is the bill; ask again under a new request id for a new answer")
		refusal.Receipt = &receipt
		return refusal
	case ledger.InProgress:
		return problem(protocol.ProblemInProgress, http.StatusConflict, "this request is being answered", "")
	case ledger.Conflict:
		return problem(protocol.ProblemConflict, http.StatusConflict, "the request id belongs to another request", "draw a new one")
	case ledger.TooMany:
		refusal = problem(protocol.ProblemBusy, http.StatusServiceUnavailable, "too many requests of this session are being answered", "wait for one to end")
		refusal.RetryAfter = 2
		return refusal
	case ledger.BadVoucher:
		return problem(protocol.ProblemBadPayment, http.StatusPaymentRequired, "the voucher is not good", o.Reason)
	case ledger.NeedSession:
		refusal = problem(protocol.ProblemNoSession, http.StatusPaymentRequired, "the chain has no such open session", o.Reason)
	case ledger.Closed:
		refusal = problem(protocol.ProblemClosed, http.StatusPaymentRequired, "the session is closed", "its signer had it closed: open another one")
	case ledger.Ending:
		refusal = problem(protocol.ProblemNoSession, http.StatusPaymentRequired, "the session is ending", o.Reason)
	case ledger.NeedAck:
		refusal = problem(protocol.ProblemNeedAck, http.StatusPaymentRequired, "acknowledge what was charged", "sign the next voucher with acked at least the session's total")
	case ledger.NeedCeiling:
		refusal = problem(protocol.ProblemNeedCeiling, http.StatusPaymentRequired, "the ceiling is too low", "sign a ceiling of at least "+o.NeedCeiling.String()+" base units")
	case ledger.NeedCap:
		refusal = problem(protocol.ProblemNeedCeiling, http.StatusPaymentRequired, "the session's lock is too small", "add to the session: it needs "+o.NeedCeiling.String()+" base units in all")
	default:
		return fmt.Errorf("the ledger answered %q", o.Status)
	}
	s := o.Session
	refusal.Charged, refusal.Reserved, refusal.LastVoucher = &s.Charged, &s.Reserved, s.LastVoucher
	if !o.NeedCeiling.IsZero() {
		refusal.NeedCeiling = &o.NeedCeiling
	}
	if s.LastReceipt != nil {
		receipt := p.sign(*s.LastReceipt)
		refusal.Receipt = &receipt
	}
	return refusal
}
