package pod

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/phallama/phallama/ledger"
	"github.com/phallama/phallama/protocol"
)

// closeLife is how long a signed closing is good on chain: time to send it, and the most that a pod serves for nothing
// if it loses its ledger, and with it the memory of having closed.
const closeLife = time.Hour

// serveClose ends a session at its signer's wish: durable in the ledger first, then signed.
func (p *Pod) serveClose(w http.ResponseWriter, r *http.Request) error {
	if r.Method != http.MethodPost || r.URL.RawQuery != "" {
		return problem(protocol.ProblemNoRoute, http.StatusMethodNotAllowed, "sessions are closed with POST", "")
	}
	order, err := p.readRequestClose(r.Body)
	if err != nil {
		return err
	}
	whose := strangers
	if p.knows(order.Session) {
		whose.who = order.Session.ID()
	}
	if err := p.limit(whose, 0); err != nil {
		return err
	}
	session, err := p.closeSession(r.Context(), order.Session)
	if err != nil {
		return err
	}
	out := protocol.SignedClose{
		CloseSession: protocol.CloseSession{
			SessionID: order.Session.ID(), FinalCharged: session.Final, Deadline: uint64(p.config.Now().Add(closeLife).Unix()),
		},
		Voucher: session.LastVoucher,
	}
	out.Signature = p.identity.Sign(p.domain.Digest(out.CloseSession))
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(out)
}

func (p *Pod) readRequestClose(body io.Reader) (protocol.SignedRequestClose, error) {
	raw, err := io.ReadAll(io.LimitReader(body, protocol.MaxRequestClose+1))
	if err != nil {
		return protocol.SignedRequestClose{}, err
	}
	order, err := protocol.ParseRequestClose(raw)
	if err != nil {
		return order, problem(protocol.ProblemBadRequest, http.StatusBadRequest, "malformed closing order", err.Error())
	}
	refuse := func(title, detail string) (protocol.SignedRequestClose, error) {
		return order, problem(protocol.ProblemBadPayment, http.StatusPaymentRequired, title, detail)
	}
	switch now := uint64(p.config.Now().Unix()); {
	case order.Session.Pod != p.config.Identity.Pod:
		return refuse("the session pays another pod", fmt.Sprintf("it pays %s, this is %s", order.Session.Pod, p.config.Identity.Pod))
	case order.Deadline < now:
		return refuse("the closing order's deadline has passed", fmt.Sprintf("it is %d, and the time here is %d (Unix): sign a new one", order.Deadline, now))
	case order.Signature.Verify(p.domain.Digest(order.TypedData()), order.Session.Signer) != nil:
		return refuse("the closing order is not signed by the session's signer", "")
	}
	return order, nil
}

// closeSession closes it in the ledger, which after a loss may first have to learn of the session from the chain.
func (p *Pod) closeSession(ctx context.Context, key protocol.SessionKey) (ledger.Session, error) {
	for asked := false; ; asked = true {
		session, effect, err := p.config.Ledger.CloseSession(key.ID())
		switch {
		case err != nil:
			return ledger.Session{}, err
		case effect == ledger.Applied || effect == ledger.Replayed:
			return session, nil
		case effect == ledger.Busy:
			refusal := problem(protocol.ProblemOpenRequests, http.StatusConflict, "requests of this session are being answered", "wait for them to end, then close it")
			refusal.RetryAfter = 2
			return ledger.Session{}, refusal
		case asked:
			return ledger.Session{}, problem(protocol.ProblemNoSession, http.StatusPaymentRequired, "the chain has no such open session", session.Refused)
		}
		if err := p.askChain(ctx, protocol.Payment{Session: key}, protocol.Amount{}); err != nil {
			return ledger.Session{}, err
		}
	}
}
