package ledger

import (
	"fmt"
	"math"
	"strings"

	"github.com/phallama/phallama/protocol"
)

// Effect is what a verb without further choices did.
type Effect string

const (
	Applied  Effect = "applied"  // the book changed
	Replayed Effect = "replayed" // already so; nothing changed
	Foreign  Effect = "foreign"  // about something this book does not know; nothing changed but the chain's facts
	Busy     Effect = "busy"     // not while requests of the session are being answered; nothing changed
)

// Status is the outcome of Admit. All but Admitted leave the book as it was.
type Status string

const (
	Admitted    Status = "admitted"      // reserved; a Commit or a Release has to follow
	Answered    Status = "answered"      // billed before: Outcome.Receipt
	InProgress  Status = "in-progress"   // the same request is being answered
	Conflict    Status = "conflict"      // the id belongs to another request
	BadVoucher  Status = "bad-voucher"   // Outcome.Reason says why
	NeedSession Status = "need-session"  // the chain's word on the session is needed, or is that there is none
	Closed      Status = "closed"        // CloseSession has ended the session: it takes no more vouchers
	Ending      Status = "ending"        // the session is closing or too near its expiry
	NeedAck     Status = "need-ack"      // acknowledge Session.Charged first
	NeedCeiling Status = "need-ceiling"  // sign Outcome.NeedCeiling or more
	NeedCap     Status = "need-cap"      // Outcome.NeedCeiling is above the session's cap: top up
	TooMany     Status = "too-many-open" // MaxRunning requests of the session are being answered
)

// Request asks for a reservation. The voucher's RequestHash, as the pod computed it from the request itself, is the
// identity of the request: an id that comes again with another hash is a conflict.
type Request struct {
	ID      protocol.RequestID
	Session protocol.SessionKey
	Voucher protocol.SignedVoucher
	MaxCost protocol.Amount
	// Signed, if not nil, is called once it is known that the session's signer signed the voucher, which is dear to find
	// out, and before the book is looked at. Its error is Admit's.
	Signed func() error
}

// Outcome is what Admit decided, and what the client needs to know to go on.
type Outcome struct {
	Status      Status
	Session     Session           // the session after the decision; zero if unknown
	NeedCeiling protocol.Amount   // with NeedCeiling and NeedCap: lowest ceiling that would do now
	Receipt     *protocol.Receipt // with Answered
	Reason      string            // with BadVoucher, NeedSession and Ending
}

// Admit reserves MaxCost for a request, or says why not. When it returns Admitted the request's voucher is on disk.
// Requests of one session may run in parallel and come in any order: the best ceiling signed so far has to cover what
// is charged, what is reserved, and this request. Its error means that the ledger has failed, or is Signed's.
func (l *Ledger) Admit(r Request) (Outcome, error) {
	if out, err := l.check(r); err != nil || out.Status != "" {
		return out, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	out, err := l.admit(r)
	if err != nil {
		return Outcome{}, err
	}
	// A refusal waits as well: it may tell of a receipt that is not on disk yet.
	if err := l.flush(); err != nil {
		return Outcome{}, err
	}
	return out, nil
}

// AdmitAhead decides as Admit does, but returns before the voucher of an admitted request is on disk; durable waits for that,
// any number of times. Meanwhile an answer may be computed. Nothing of it may leave before durable has returned nil: a
// crash until then forgets that there was a request. What is not admitted is refused as by Admit, and durable is nil.
func (l *Ledger) AdmitAhead(r Request) (out Outcome, durable func() error, err error) {
	if out, err := l.check(r); err != nil || out.Status != "" {
		return out, nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if out, err = l.admit(r); err != nil {
		return Outcome{}, nil, err
	}
	if out.Status != Admitted {
		if err := l.flush(); err != nil {
			return Outcome{}, nil, err
		}
		return out, nil, nil
	}
	var (
		written = make(chan struct{})
		failed  error
	)
	go func() {
		l.mu.Lock()
		failed = l.flush()
		l.mu.Unlock()
		close(written)
	}()
	return out, func() error { <-written; return failed }, nil
}

// check refuses what no book is needed to refuse.
func (l *Ledger) check(r Request) (Outcome, error) {
	if reason := l.badVoucher(r); reason != "" {
		return Outcome{Status: BadVoucher, Reason: reason}, nil
	}
	if r.Signed != nil {
		return Outcome{}, r.Signed()
	}
	return Outcome{}, nil
}

// badVoucher needs no book: the session id commits to the signer.
func (l *Ledger) badVoucher(r Request) string {
	v := r.Voucher
	switch {
	case r.Session.Pod != l.cfg.Pod:
		return fmt.Sprintf("the session pays pod %s, this is pod %s", r.Session.Pod, l.cfg.Pod)
	case v.SessionID != r.Session.ID():
		return "the voucher is for another session"
	case v.Acked.Cmp(v.Ceiling) > 0:
		return fmt.Sprintf("acked %s is above the ceiling %s", v.Acked, v.Ceiling)
	case v.Signature.Verify(l.cfg.Domain.Digest(v.Voucher), r.Session.Signer) != nil:
		return fmt.Sprintf("not signed by the session's signer %s for chain %d, escrow %s", r.Session.Signer, l.cfg.Domain.ChainID, l.cfg.Domain.Escrow)
	}
	return ""
}

func (l *Ledger) admit(r Request) (Outcome, error) {
	if l.group.failed != nil {
		return Outcome{}, l.group.failed
	}
	v := r.Voucher
	s := l.book.sessions[v.SessionID]
	refuse := func(status Status, reason string) (Outcome, error) {
		return Outcome{Status: status, Session: l.view(s, v.SessionID), Reason: reason}, nil
	}
	if done := l.book.done[r.ID]; done != nil {
		if done.Receipt.RequestHash != v.RequestHash {
			return refuse(Conflict, "")
		}
		receipt := done.Receipt
		return Outcome{Status: Answered, Session: l.view(s, v.SessionID), Receipt: &receipt}, nil
	}
	if running := l.book.running[r.ID]; running != nil {
		if running.hash != v.RequestHash {
			return refuse(Conflict, "")
		}
		return refuse(InProgress, "")
	}
	now := l.now()
	switch {
	case s != nil && s.Closed:
		return refuse(Closed, "")
	case s == nil || s.Cap.IsZero():
		return refuse(NeedSession, l.refused[v.SessionID])
	case s.Closing:
		return refuse(Ending, "the session is being closed")
	case s.Expiry <= now || s.Expiry-now <= uint64(l.cfg.SettleMargin.Seconds()):
		return refuse(Ending, fmt.Sprintf("the session ends at %d (Unix), less than %s from now", s.Expiry, l.cfg.SettleMargin))
	case s.running >= MaxRunning:
		return refuse(TooMany, "")
	case v.Acked.Cmp(s.Cap) > 0:
		return refuse(BadVoucher, fmt.Sprintf("acked %s is above the session's cap %s", v.Acked, s.Cap))
	case v.Acked.Cmp(s.chargedBefore(now)) < 0:
		return refuse(NeedAck, "")
	}
	charged := protocol.MaxAmountOf(s.Charged, v.Acked) // above ours only if this book lost a part of its past
	need, err := sum(charged, s.reserved, r.MaxCost)
	if err != nil {
		return refuse(NeedCap, "")
	}
	if need.Cmp(s.Cap) > 0 || need.Cmp(protocol.MaxAmountOf(s.Best.Ceiling, v.Ceiling)) > 0 {
		out, _ := refuse(NeedCeiling, "")
		out.NeedCeiling = need
		if need.Cmp(s.Cap) > 0 {
			out.Status = NeedCap
		}
		return out, nil
	}
	if err := l.write(record{Admit: &v}); err != nil {
		return Outcome{}, err
	}
	l.book.reserve(r.ID, s, v.RequestHash, r.MaxCost)
	return Outcome{Status: Admitted, Session: l.view(s, v.SessionID)}, nil
}

// Bill is what answering a request came to.
type Bill struct {
	ResponseHash protocol.Hash
	ModelDigest  protocol.Hash
	OfferHash    protocol.Hash
	Usage        protocol.Usage
	Finish       protocol.Finish
	Cost         protocol.Amount
	Blind        protocol.Blind
}

// Commit ends a running request: its reservation becomes a charge, and the receipt, which the caller signs, is on disk.
// A second Commit of the same id returns the first one's receipt. Committing what is not running, or more than was
// reserved, is a fault of the caller: nothing changes.
func (l *Ledger) Commit(id protocol.RequestID, b Bill) (protocol.Receipt, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	receipt, err := l.commit(id, b)
	if err != nil {
		return protocol.Receipt{}, err
	}
	if err := l.flush(); err != nil {
		return protocol.Receipt{}, err
	}
	return receipt, nil
}

func (l *Ledger) commit(id protocol.RequestID, b Bill) (protocol.Receipt, error) {
	if l.group.failed != nil {
		return protocol.Receipt{}, l.group.failed
	}
	if done := l.book.done[id]; done != nil {
		return done.Receipt, nil
	}
	run := l.book.running[id]
	if run == nil {
		return protocol.Receipt{}, fmt.Errorf("ledger: commit of a request that is not running")
	}
	if b.Cost.Cmp(run.maxCost) > 0 {
		return protocol.Receipt{}, fmt.Errorf("ledger: commit of more than was reserved") // the host may read the log
	}
	s := run.session
	charged, err := s.Charged.Add(b.Cost)
	if err != nil {
		return protocol.Receipt{}, fmt.Errorf("ledger: commit: %w", err) // only a host that lies about claims gets here
	}
	receipt := protocol.Receipt{
		SessionID: s.id, RequestHash: run.hash, ResponseHash: b.ResponseHash, ModelDigest: b.ModelDigest, OfferHash: b.OfferHash,
		Usage: b.Usage, Finish: b.Finish, Cost: b.Cost, Charged: charged, RSeq: s.RSeq + 1, Blind: b.Blind,
	}
	l.book.release(id)
	if err := l.write(record{Commit: &billed{ID: id, At: l.now(), Receipt: receipt}}); err != nil {
		return protocol.Receipt{}, err
	}
	return receipt, nil
}

// Release ends a running request without a charge, because the pod itself failed; the id is free for a retry.
func (l *Ledger) Release(id protocol.RequestID) Effect {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.book.release(id) {
		return Applied
	}
	return Replayed
}

// ReceiptOf finds the bill of a request by its id, which only its client knows; false: not billed, or forgotten after
// Retention.
func (l *Ledger) ReceiptOf(id protocol.RequestID) (protocol.Receipt, bool, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	done := l.book.done[id]
	if err := l.flush(); err != nil {
		return protocol.Receipt{}, false, err
	}
	if done == nil {
		return protocol.Receipt{}, false, nil
	}
	return done.Receipt, true, nil
}

// Learn takes in what the operator says the chain holds. Facts are the chain's current word and replace older ones, but
// claims never fall. LastSeq counts unless it is 0, and should come from a head that is final; Batch goes by it.
// Facts that no chain can hold are refused as a whole.
func (l *Ledger) Learn(f protocol.Facts) (Effect, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	effect, err := l.learn(f.Sessions, f.LastSeq)
	if err != nil {
		return "", err
	}
	if err := l.flush(); err != nil {
		return "", err
	}
	return effect, nil
}

func (l *Ledger) learn(facts []protocol.SessionFact, lastSeq uint64) (Effect, error) {
	if l.group.failed != nil {
		return "", l.group.failed
	}
	if lastSeq == math.MaxUint64 {
		return "", fmt.Errorf("ledger: facts: %d cannot be the number of a batch", lastSeq)
	}
	var news []protocol.SessionFact
	fresh := 0
	for _, f := range facts {
		id := f.ID()
		switch {
		case f.Pod != l.cfg.Pod:
			return "", fmt.Errorf("ledger: facts: session %s pays pod %s, this is pod %s", id.Short(), f.Pod, l.cfg.Pod)
		case !f.Cap.IsZero() && f.Claimed.Cmp(f.Cap) > 0:
			return "", fmt.Errorf("ledger: facts: session %s: claimed %s is above cap %s", id.Short(), f.Claimed, f.Cap)
		case f.Expiry >= 1<<40:
			return "", fmt.Errorf("ledger: facts: session %s: expiry %d is no uint40", id.Short(), f.Expiry)
		}
		s := l.book.sessions[id]
		if s == nil && !f.Cap.IsZero() {
			fresh++
		}
		if s == nil && !f.Cap.IsZero() || s != nil && s.differs(f) {
			f.Refused = ""
			news = append(news, f)
		}
	}
	if len(l.book.sessions)+fresh > MaxSessions {
		if err := l.prune(); err != nil {
			return "", err
		}
		if n := len(l.book.sessions); n+fresh > MaxSessions {
			return "", fmt.Errorf("ledger: facts: %d new sessions on top of %d, at most %d", fresh, n, MaxSessions)
		}
	}
	for _, f := range facts {
		l.noteRefusal(f)
	}
	if len(news) == 0 && (lastSeq == 0 || lastSeq == l.book.lastSeq) {
		return Replayed, nil
	}
	for len(news) > factsPerRecord {
		if err := l.write(record{Facts: &chainFacts{Sessions: news[:factsPerRecord]}}); err != nil {
			return "", err
		}
		news = news[factsPerRecord:]
	}
	c := &chainFacts{Sessions: news, LastSeq: lastSeq}
	if lastSeq != 0 {
		c.At = l.now()
	}
	if err := l.write(record{Facts: c}); err != nil {
		return "", err
	}
	return Applied, nil
}

// Refusals are for requests that wait for their session: kept in RAM, few, short and printable.
const (
	maxRefusals   = 4096
	maxRefusalLen = 200
)

func (l *Ledger) noteRefusal(f protocol.SessionFact) {
	if f.Refused == "" && len(l.refused) == 0 {
		return
	}
	id := f.ID()
	if f.Refused == "" {
		delete(l.refused, id)
		return
	}
	if len(l.refused) >= maxRefusals {
		clear(l.refused)
	}
	l.refused[id] = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, f.Refused[:min(len(f.Refused), maxRefusalLen)])
}
