package client

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/protocol"
)

// slackTokens is how many tokens an answer may have had beyond one a byte: those that mark turns are not shown.
const slackTokens = 256

// seenAnswer is what arrived of a complete answer.
type seenAnswer struct {
	hash  protocol.Hash
	bytes int64
	usage *protocol.Usage // as the answer itself says; nil: it does not
}

// checkReceipt holds a receipt against the request that it is for. signer is who signed it, the zero address nobody; seen
// is nil where the answer did not arrive whole.
func checkReceipt(s *session, o *openRequest, r protocol.SignedReceipt, signer protocol.Address, seen *seenAnswer, identities []protocol.Address) error {
	if signer.IsZero() {
		return wrong("signature", "one by the pod's identity", "none that can be read")
	}
	known := false
	for _, identity := range identities {
		known = known || signer == identity && !identity.IsZero()
	}
	var bytes *int64
	var said *protocol.Usage
	if seen != nil {
		bytes, said = &seen.bytes, seen.usage
	}
	switch {
	case !known:
		return wrong("signature", fmt.Sprintf("one by the pod's identity %s", identities[0]), "one by "+signer.String())
	case r.SessionID != s.key.ID():
		return wrong("sessionId", s.key.ID(), r.SessionID)
	case r.RequestHash != o.RequestHash:
		return wrong("requestHash", o.RequestHash, r.RequestHash)
	case seen != nil && r.ResponseHash != seen.hash:
		return wrong("responseHash", fmt.Sprintf("%s, of the answer that arrived", seen.hash), r.ResponseHash)
	}
	if _, err := checkTerms(r.Receipt, o.Offer, o.MaxCost, &o.MaxUsage, said, bytes); err != nil {
		return err
	}
	if r.Charged.Cmp(s.ceiling) > 0 {
		return wrong("charged", fmt.Sprintf("at most the ceiling of %s that was signed", s.ceiling), r.Charged)
	}
	return nil
}

// checkTerms holds a receipt against the offer it is under and against what was asked for and seen, as far as that is
// known. It returns the checks that passed.
func checkTerms(r protocol.Receipt, offer protocol.Offer, maxCost protocol.Amount, most, said *protocol.Usage, bytes *int64) (passed []attest.Check, err error) {
	ok := func(name, format string, args ...any) {
		passed = append(passed, attest.Check{Name: name, Value: fmt.Sprintf(format, args...)})
	}
	if r.ModelDigest != offer.ModelDigest {
		return passed, wrong("modelDigest", offer.ModelDigest, r.ModelDigest)
	}
	ok("modelDigest", "%s, of %s", r.ModelDigest, printable(offer.Model, 100))
	if r.OfferHash != offer.HashStruct() {
		return passed, wrong("offerHash", offer.HashStruct(), r.OfferHash)
	}
	ok("offerHash", "%s", r.OfferHash)
	if r.Finish < protocol.FinishStop || r.Finish > protocol.FinishError {
		return passed, wrong("finish", "stop, length, abort or error", r.Finish)
	}
	ok("finish", "%s", r.Finish)
	switch {
	case r.Usage.Cached > r.Usage.In:
		return passed, wrong("prompt tokens", fmt.Sprintf("at most %d cached ones among them", r.Usage.In), r.Usage.Cached)
	case most != nil && r.Usage.In > most.In:
		return passed, wrong("prompt tokens", fmt.Sprintf("at most %d, as many as the request can hold, cached ones among them", most.In), r.Usage.In)
	case most != nil && r.Usage.Out > most.Out:
		return passed, wrong("output tokens", fmt.Sprintf("at most %d, as asked for", most.Out), r.Usage.Out)
	case bytes != nil && int64(r.Usage.Out) > *bytes+slackTokens:
		return passed, wrong("output tokens", fmt.Sprintf("no more than an answer of %d bytes can hold", *bytes), r.Usage.Out)
	case said != nil && r.Usage.In > said.In:
		return passed, wrong("prompt tokens", fmt.Sprintf("at most %d, as the answer itself says", said.In), r.Usage.In)
	case said != nil && r.Usage.Out > said.Out:
		return passed, wrong("output tokens", fmt.Sprintf("at most %d, as the answer itself says", said.Out), r.Usage.Out)
	case most == nil:
		ok("tokens", "%d in, %d out; what was asked for was not recorded", r.Usage.In, r.Usage.Out)
	case bytes == nil:
		ok("tokens", "%d in of at most %d, %d out of at most %d; the answer was not seen whole", r.Usage.In, most.In, r.Usage.Out, most.Out)
	default:
		ok("tokens", "%d in of at most %d, %d out of at most %d in an answer of %d bytes", r.Usage.In, most.In, r.Usage.Out, most.Out, *bytes)
	}
	formula, err := offer.BillUp(r.Usage, r.Finish)
	if err != nil {
		return passed, wrong("usage", "one that can be priced", err)
	}
	if r.Cost != formula || r.Cost.Cmp(maxCost) > 0 {
		return passed, wrong("cost", fmt.Sprintf("%s by the offer and the tokens, and at most %s", formula, maxCost), r.Cost)
	}
	ok("cost", "%s by the offer and the tokens, of at most %s", r.Cost, maxCost)
	return passed, nil
}

// Verify holds a stored receipt against everything that is stored with it, and returns the checks that passed. Its error
// is a *ReceiptError. Whether a proof's root was settled is the chain's to say.
func (e ReceiptEntry) Verify(d protocol.Domain) (passed []attest.Check, err error) {
	r := e.Receipt
	fail := func(err error) ([]attest.Check, error) {
		if f := (*fieldError)(nil); errors.As(err, &f) {
			err = &ReceiptError{Pod: e.Session.Pod, Field: f.field, Want: f.want, Got: f.got}
		}
		return passed, err
	}
	ok := func(name, value string) { passed = append(passed, attest.Check{Name: name, Value: value}) }
	signer, err := r.Signature.Recover(d.Digest(r.Receipt))
	switch {
	case err != nil:
		return fail(wrong("signature", "one by identity "+e.Identity.String(), "none that can be read"))
	case signer != e.Identity || signer.IsZero():
		return fail(wrong("signature", "one by identity "+e.Identity.String(), "one by "+signer.String()))
	}
	ok("signature", "by identity "+signer.String())
	switch {
	case r.SessionID != e.Session.ID():
		return fail(wrong("sessionId", e.Session.ID(), r.SessionID))
	case e.Offer.Pod != e.Session.Pod:
		return fail(wrong("pod", e.Session.Pod, e.Offer.Pod))
	}
	ok("sessionId", r.SessionID.String())
	terms, err := checkTerms(r.Receipt, e.Offer, e.MaxCost, e.MaxUsage, e.AnswerUsage, e.AnswerBytes)
	passed = append(passed, terms...)
	if err != nil {
		return fail(err)
	}
	if r.RSeq == 0 || r.Charged.Cmp(r.Cost) < 0 {
		return fail(wrong("charged", "at least its cost of "+r.Cost.String()+", as number 1 or later", fmt.Sprintf("%s as number %d", r.Charged, r.RSeq)))
	}
	ok("charged", fmt.Sprintf("%s in all, as number %d of its session", r.Charged, r.RSeq))
	if e.Settled != nil && !e.Settled.Proves(r.HashStruct()) {
		return fail(wrong("proof", "a path to the root "+e.Settled.Root.String(), "one that leads elsewhere"))
	}
	return passed, nil
}

// maxEntry bounds a stored receipt in a file of its own.
const maxEntry = maxLine

// ParseReceiptEntry reads one stored receipt, with its proof or without.
func ParseReceiptEntry(raw []byte) (ReceiptEntry, error) {
	if len(raw) > maxEntry {
		return ReceiptEntry{}, fmt.Errorf("receipt: want at most %d bytes", maxEntry)
	}
	var e ReceiptEntry
	switch err := json.Unmarshal(raw, &e); {
	case err != nil:
		return ReceiptEntry{}, fmt.Errorf("receipt: want the JSON of a stored receipt: %w", err)
	case e.Receipt.RSeq == 0:
		return ReceiptEntry{}, errors.New("receipt: want the JSON of a stored receipt, got something without a receipt in it")
	case e.Settled != nil && len(e.Settled.Path) > protocol.MaxProof:
		return ReceiptEntry{}, fmt.Errorf("receipt: a proof of %d nodes, at most %d", len(e.Settled.Path), protocol.MaxProof)
	}
	return e, nil
}

// bookReceipt verifies a receipt and returns once it is on disk and in the book. The second time it only compares.
func (c *Client) bookReceipt(s *session, o *openRequest, r protocol.SignedReceipt, seen *seenAnswer, identities ...protocol.Address) error {
	signer, err := r.Signature.Recover(c.cfg.Domain.Digest(r.Receipt)) // dear, and others need not wait
	if err != nil {
		signer = protocol.Address{}
	}
	line, err := c.bookSigned(s, o, r, signer, seen, identities)
	if err != nil {
		return err
	}
	return c.state.receipts.flush(line)
}

// bookSigned puts a receipt into the book and behind the lines that are to be written. With line, the journal's flush
// returns once it is on disk.
func (c *Client) bookSigned(s *session, o *openRequest, r protocol.SignedReceipt, signer protocol.Address, seen *seenAnswer, identities []protocol.Address) (line uint64, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return 0, errClosed
	}
	err = checkReceipt(s, o, r, signer, seen, identities)
	if err == nil && o.receipt != nil && r.Receipt != o.receipt.Receipt {
		err = wrong("receipt", "the one given before", "another one for the same request")
	}
	restart := false
	booked := o.receipt != nil || s.open[o.ID] != o
	if err == nil && !booked {
		owed, unknown := s.owed(o.ID)
		restart, err = s.book.place(r.Receipt, signer, unknown, owed)
	}
	if f := (*fieldError)(nil); errors.As(err, &f) {
		return 0, &ReceiptError{Pod: s.key.Pod, Field: f.field, Want: f.want, Got: f.got}
	}
	if !booked {
		e := ReceiptEntry{
			Time: c.cfg.Now().UTC(), RequestID: o.ID, Session: s.key, Identity: signer, Offer: o.Offer, MaxCost: o.MaxCost,
			Receipt: r, MaxUsage: &o.MaxUsage, KeyConfig: o.KeyConfig, Late: seen == nil, Restart: restart,
		}
		if seen != nil {
			e.AnswerBytes, e.AnswerUsage = &seen.bytes, seen.usage
		}
		if line, err = c.state.receipts.queue(e); err != nil {
			return 0, err
		}
		if restart {
			c.cfg.Log.Warn("a pod lost its ledger, and counts its receipts from 1 again", "pod", s.key.Pod, "session", s.key.ID(), "acknowledged", s.book.charged)
		}
		s.book.put(r.Receipt, signer, restart)
		s.receipts++
		s.prove(o.ID, r.Receipt, e.Time)
	}
	if seen == nil && o.live { // its answer is still on the way, and will be compared
		o.receipt = &r
		return line, nil
	}
	if s.open[o.ID] == o {
		delete(s.open, o.ID)
	}
	return line, nil
}

// bookLate is bookReceipt for a receipt that came without its answer. One that does not hold makes the pod suspect.
func (c *Client) bookLate(s *session, o *openRequest, r protocol.SignedReceipt, identity protocol.Address) error {
	err := c.bookReceipt(s, o, r, nil, o.Identity, identity)
	var broken *ReceiptError
	if errors.As(err, &broken) {
		c.suspect(s, err)
	}
	return err
}

// openByHash finds the open request that a receipt is for.
func (c *Client) openByHash(s *session, requestHash protocol.Hash) *openRequest {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, o := range s.open {
		if o.RequestHash == requestHash {
			return o
		}
	}
	return nil
}

// Receipts are all verified receipts, oldest first.
func (c *Client) Receipts() ([]ReceiptEntry, error) {
	st, err := ReadState(c.cfg.StateDir)
	return st.Receipts, err
}

// Sessions are all sessions, in the order of their ids.
func (c *Client) Sessions() []SessionStatus {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.state.statuses()
}
