package client

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/phallama/phallama/protocol"
)

const (
	// recoverBlocks is how far back lost sessions are looked for: a week of blocks of two seconds, and a little more.
	recoverBlocks = 310_000
	// learnWait is how long a pod may take to say where a session stands.
	learnWait = 15 * time.Second
)

// signerSalt is the salt of the HKDF that session signers come from.
const signerSalt = "phallama/session-signer/v1"

// sessionSigner is the key that signs the vouchers of a session. It follows from the owner's, so that a lost state
// directory loses no session: HKDF-SHA-256 (RFC 5869) of the owner's secret, with signerSalt as salt and
//
//	chainId[32] | escrow[20] | pod[20] | salt[8] | attempt[1]
//
// as info. attempt counts from 0 until the 32 bytes are a key, which they practically always are at once.
func sessionSigner(owner protocol.Key, d protocol.Domain, pod protocol.Address, salt uint64) (protocol.Key, error) {
	info := make([]byte, 24, 81)
	info = binary.BigEndian.AppendUint64(info, d.ChainID)
	info = append(info, d.Escrow[:]...)
	info = append(info, pod[:]...)
	info = binary.BigEndian.AppendUint64(info, salt)
	for attempt := range 256 {
		secret, err := hkdf.Key(sha256.New, owner.Bytes(), []byte(signerSalt), string(append(info, byte(attempt))), 32)
		if err != nil {
			return protocol.Key{}, errors.New("client: a session's key cannot be derived")
		}
		if key, err := protocol.KeyFromBytes(secret); err == nil {
			return key, nil
		}
	}
	return protocol.Key{}, errors.New("client: a session's key cannot be derived")
}

// base is where the book of a session begins whose earlier receipts are lost, with what bears it out.
type base struct {
	At      time.Time               `json:"at"`
	Seq     uint64                  `json:"rseq"`    // of the last receipt before
	Charged protocol.Amount         `json:"charged"` // in all before
	Receipt *protocol.SignedReceipt `json:"receipt,omitempty"`
	Voucher *protocol.SignedVoucher `json:"voucher,omitempty"` // our own, as the pod showed it
}

// book begins at the base.
func (b *base) book() book {
	if b == nil {
		return book{}
	}
	return book{seq: b.Seq, charged: b.Charged, baseSeq: b.Seq, baseCharged: b.Charged}
}

// stands tells whether a book is where a pod says it is.
func (b *book) stands(at *base) bool {
	return len(b.ahead) == 0 && b.restarts == 0 && b.seq == at.Seq && b.charged == at.Charged
}

// standing is what a pod's word says of a session of which we know less than we signed, or an error that says what in it
// does not hold. The charge is to be covered by a voucher that is ours, or by what the chain has moved.
func standing(d protocol.Domain, s *session, p protocol.Problem, identity protocol.Address, claimed protocol.Amount) (*base, error) {
	if p.Charged == nil {
		return nil, fmt.Errorf("it does not say what was charged: %w", &p)
	}
	b, most := &base{Charged: *p.Charged}, claimed
	if v := p.LastVoucher; v != nil {
		if v.SessionID != s.key.ID() || v.Signature.Verify(d.Digest(v.Voucher), s.key.Signer) != nil {
			return nil, errors.New("the voucher that it shows is not one of this session's signer")
		}
		b.Voucher, most = v, protocol.MaxAmountOf(most, v.Ceiling)
	}
	switch {
	case b.Charged.Cmp(most) > 0:
		return nil, fmt.Errorf("it says that %s base units were charged, and shows a voucher for %s", b.Charged, most)
	case b.Charged.Cmp(protocol.MaxAmountOf(claimed, s.book.total())) < 0:
		return nil, fmt.Errorf("it says that %s base units were charged: less than what the chain has moved, %s, or our receipts say, %s", b.Charged, claimed, s.book.total())
	case p.Reserved != nil && !p.Reserved.IsZero():
		return nil, fmt.Errorf("it still answers a request from before, of at most %s base units: try again when that is done", *p.Reserved)
	}
	if r := p.Receipt; r != nil {
		if signer, err := r.Signature.Recover(d.Digest(r.Receipt)); err != nil || signer != identity {
			return nil, errors.New("the last receipt that it shows is not signed by its identity")
		}
		if r.SessionID != s.key.ID() || r.RSeq == 0 || r.Charged.Cmp(b.Charged) > 0 {
			return nil, errors.New("the last receipt that it shows is not this session's, or says more than was charged")
		}
		b.Seq, b.Receipt = r.RSeq, r
	}
	if b.Seq < s.book.seq {
		return nil, fmt.Errorf("its last receipt is number %d, and we have number %d", b.Seq, s.book.seq)
	}
	return b, nil
}

// ahead tells whether a pod shows a voucher of ours for more than we know to have signed: then it is our state that is
// old. Nobody else could have made the voucher.
func (c *Client) ahead(s *session, p protocol.Problem) bool {
	v := p.LastVoucher
	c.mu.Lock()
	defer c.mu.Unlock()
	return v != nil && v.SessionID == s.key.ID() && v.Ceiling.Cmp(s.ceiling) > 0 &&
		v.Signature.Verify(c.cfg.Domain.Digest(v.Voucher), s.key.Signer) == nil
}

// rebase takes a pod's word on where a session stands, as far as it holds, and returns once that is on disk.
func (c *Client) rebase(ctx context.Context, s *session, p protocol.Problem, identity protocol.Address) error {
	fact, err := c.cfg.Registry.Session(ctx, s.key)
	if err != nil {
		return chainError(ctx, "the session with pod "+s.key.Pod.Short(), err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	b, err := standing(c.cfg.Domain, s, p, identity, fact.Claimed)
	if err != nil {
		return fmt.Errorf("pod %s on session %s: %w", s.key.Pod.Short(), s.key.ID().Short(), err)
	}
	before := *s
	if s.unsure && s.book.stands(b) {
		s.unsure = false
		if b.Voucher != nil {
			s.ceiling = protocol.MaxAmountOf(s.ceiling, b.Voucher.Ceiling)
		}
		if err := c.state.save(s); err != nil {
			*s = before
			return err
		}
		return nil
	}
	b.At = c.cfg.Now().UTC()
	s.base, s.book, s.lost, s.unsure = b, b.book(), false, false
	if b.Voucher != nil {
		s.ceiling = protocol.MaxAmountOf(s.ceiling, b.Voucher.Ceiling)
	}
	if err := c.state.save(s); err != nil {
		*s = before
		return err
	}
	c.cfg.Log.Warn("a session was recovered: what it was charged before is the pod's word, which our own voucher or the chain covers",
		"pod", s.key.Pod, "session", s.key.ID(), "charged", b.Charged, "receipts", b.Seq)
	return nil
}

// learn asks a pod where a lost session stands: by a request that pays nothing, which it can only refuse.
func (c *Client) learn(ctx context.Context, pod *verifiedPod, s *session) error {
	ctx, cancel := context.WithTimeout(WithTrace(ctx, nil), learnWait)
	defer cancel()
	i := slices.IndexFunc(pod.offers, func(o protocol.Offer) bool { return o.ValidUntil > c.now() })
	if i < 0 {
		return errors.New("its offers have run out")
	}
	offer := pod.offers[i]
	body, err := json.Marshal(map[string]any{"model": offer.Model, "messages": []string{}, "options": map[string]int{"num_predict": 1}})
	if err != nil {
		return err
	}
	most, err := offer.MaxCostUp(len(body), offer.MaxOut)
	if err != nil {
		return err
	}
	c.mu.Lock()
	most = protocol.MaxAmountOf(most, s.promised()).AddCapped(protocol.Units(1)) // no lock covers it
	c.mu.Unlock()
	const path, contentType = "/api/chat", "application/json"
	id := protocol.NewRequestID()
	hash := protocol.RequestHash(id, http.MethodPost, path, contentType, body, most, offer.HashStruct())
	pay := protocol.Payment{Session: s.key, MaxCost: most, Offer: offer.HashStruct()}
	pay.Signature = s.signer.Sign(c.cfg.Domain.Digest(pay.Voucher(hash)))
	header := http.Header{}
	header.Set("Content-Type", contentType)
	header.Set(protocol.HeaderRequestID, id.String())
	header.Set(protocol.HeaderPay, pay.String())
	res, _, err := c.ask(ctx, pod, http.MethodPost, path, header, body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxProblem))
	if err != nil {
		return err
	}
	p, ok := readProblem(res.StatusCode, res.Header.Get("Content-Type"), raw)
	if !ok {
		p = unexplained(res.StatusCode)
	}
	if p.Type == protocol.ProblemClosed {
		return errors.Join(&PodError{pod.record.ID, p}, c.end(s, "the pod says: "+p.Error()))
	}
	if p.Type != protocol.ProblemNeedCeiling && p.Type != protocol.ProblemNeedAck {
		return &PodError{pod.record.ID, p}
	}
	return c.rebase(ctx, s, p, pod.record.Identity)
}

// findLost reads from the chain which sessions of the owner are open and unknown here. It returns those whose signer
// does not follow from the owner's key: nothing can be paid from them.
func (c *Client) findLost(ctx context.Context) (foreign []protocol.SessionFact, err error) {
	head, err := c.cfg.Registry.Head(ctx)
	if err != nil {
		return nil, chainError(ctx, "the latest block", err)
	}
	keys, err := c.cfg.Registry.SessionsOf(ctx, c.owner, head.Number-min(head.Number, recoverBlocks), head.Number)
	if err != nil {
		return nil, chainError(ctx, "the owner's sessions", err)
	}
	for _, key := range keys {
		c.mu.Lock()
		known := c.state.sessions[key.ID()] != nil
		c.mu.Unlock()
		if known || key.Owner != c.owner || !c.state.pays(key) {
			continue
		}
		fact, err := c.cfg.Registry.Session(ctx, key)
		if err != nil {
			return nil, chainError(ctx, "the session with pod "+key.Pod.Short(), err)
		}
		if fact.Cap.IsZero() {
			continue // released
		}
		signer, err := c.signerOf(key)
		if err != nil {
			return nil, err
		}
		if signer.Address() != key.Signer {
			foreign = append(foreign, fact)
			continue
		}
		if err := c.adopt(key, signer, fact, max(c.now(), head.Time)); err != nil {
			return nil, err
		}
	}
	return foreign, nil
}

func (c *Client) adopt(key protocol.SessionKey, signer protocol.Key, fact protocol.SessionFact, now uint64) error {
	s := &session{key: key, signer: signer, cap: fact.Cap, expiry: fact.Expiry, open: map[protocol.RequestID]*openRequest{}, lost: true}
	switch {
	case fact.Closing:
		s.ended = "it is being closed"
	case fact.Expiry < now:
		s.ended = "it has expired"
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	if c.state.sessions[key.ID()] != nil {
		return nil
	}
	if err := c.state.save(s); err != nil {
		return err
	}
	c.state.sessions[key.ID()] = s
	return nil
}

// recoverBefore, ahead of a request to a pod, finds again what an empty state directory has lost, and learns from the
// pod where sessions with it stand. What it does not learn stays as it is: the request is paid from another session.
func (c *Client) recoverBefore(ctx context.Context, pod *verifiedPod) {
	if err := c.findBefore(ctx); err != nil && ctx.Err() == nil {
		c.cfg.Log.Warn("this directory has no sessions, and those that it may have had are not found again: `phallama sessions recover` tries again", "err", err)
	}
	for _, s := range c.lostWith(pod.record.ID, false) {
		if err := c.learn(ctx, pod, s); err != nil && ctx.Err() == nil {
			c.cfg.Log.Warn("where a session stands is not known yet, and another is used", "pod", pod.record.ID, "session", s.key.ID(), "err", err)
		}
	}
}

// confirmBefore, ahead of the first request to a pod after a process that ended without Close, asks where the session
// stands: that process may have sent a request that did not get to the disk. Without an answer the session is used as we
// know it, and the pod's refusal of a ceiling that does not cover what it has charged says the same (correctBook).
func (c *Client) confirmBefore(ctx context.Context, pod *verifiedPod) {
	c.mu.Lock()
	s, now := c.state.current(c.owner, pod.record.ID, c.now()), c.cfg.Now()
	ask := s != nil && s.unsure && !now.Before(s.learnAfter)
	if ask {
		for _, o := range s.open {
			ask = ask && !o.live // its bill would look like one that we know nothing of
		}
	}
	if ask {
		s.learnAfter = now.Add(askAgain)
	}
	c.mu.Unlock()
	if !ask {
		return
	}
	if err := c.learn(ctx, pod, s); err != nil && ctx.Err() == nil {
		c.cfg.Log.Info("where a session stands after a crash is not confirmed yet", "pod", pod.record.ID, "session", s.key.ID(), "err", err)
	}
}

// findBefore looks at the chain where there is no session of the owner here, and its nonces say that there was one.
func (c *Client) findBefore(ctx context.Context) error {
	if c.knowsSessions() {
		return nil
	}
	select {
	case c.funding <- struct{}{}: // nobody opens one meanwhile
		defer func() { <-c.funding }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if c.knowsSessions() {
		return nil
	}
	p, err := c.purse(ctx)
	if err != nil {
		return err
	}
	if p.used() {
		if _, err := c.findLost(ctx); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.searched = true
	return nil
}

func (c *Client) knowsSessions() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.searched
	for _, s := range c.state.sessions {
		known = known || s.key.Owner == c.owner
	}
	return known
}

// lostWith are the sessions with a pod that are of use once the pod has said where they stand; the zero pod stands for
// all. Each is due again after a while.
func (c *Client) lostWith(pod protocol.Address, all bool) (lost []*session) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.cfg.Now()
	for _, s := range c.state.sessions {
		if s.lost && s.ended == "" && s.suspect == "" && s.key.Owner == c.owner && (s.key.Pod == pod || pod.IsZero()) && (all || !now.Before(s.learnAfter)) {
			s.learnAfter = now.Add(askAgain)
			lost = append(lost, s)
		}
	}
	return lost
}

// Recovery is what came of looking for lost sessions.
type Recovery struct {
	Found   []SessionStatus        `json:"found"`   // not known before, or not where they stand
	Foreign []protocol.SessionFact `json:"foreign"` // signed for by keys that are lost: their rest is free once they have expired
}

// Recover finds sessions of the owner on the chain that the state directory does not know, and learns from their pods
// where they stand. Its error joins what kept it from learning; what it found is good all the same.
func (c *Client) Recover(ctx context.Context) (Recovery, error) {
	before := map[protocol.Hash]bool{} // known, and where they stand
	for _, s := range c.Sessions() {
		before[s.ID] = !s.Lost
	}
	foreign, err := c.findLost(ctx)
	if err != nil {
		return Recovery{}, err
	}
	var errs []error
	for _, s := range c.lostWith(protocol.Address{}, true) {
		pod, err := c.pods.find(ctx, s.key.Pod, recordsFresh)
		if err == nil {
			err = c.learn(ctx, pod, s)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("session %s: %w", s.key.ID().Short(), err))
		}
	}
	r := Recovery{Found: []SessionStatus{}, Foreign: append([]protocol.SessionFact{}, foreign...)}
	for _, s := range c.Sessions() {
		if !before[s.ID] {
			r.Found = append(r.Found, s)
		}
	}
	return r, errors.Join(errs...)
}
