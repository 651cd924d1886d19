package ledger

import (
	"bytes"
	"slices"

	"github.com/phallama/phallama/protocol"
)

// CloseSession ends a session for good, on this pod's side: when it returns Applied or Replayed it is on disk that no
// voucher of the session is taken any more and that Session.Final is the most that is ever claimed for it, so that the
// caller may sign that. Final is the same however often it is asked for, and never above the session's ceiling. What was
// charged and is not covered, as after a lost log, is the pod's loss.
//
// Busy: requests of the session are being answered, and what they will cost is not known. Foreign: the chain's word on the
// session is needed, or is that there is none.
func (l *Ledger) CloseSession(id protocol.Hash) (Session, Effect, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.group.failed != nil {
		return Session{}, "", l.group.failed
	}
	s := l.book.sessions[id]
	effect := Applied
	switch {
	case s == nil || s.Cap.IsZero() && !s.Closed:
		effect = Foreign
	case s.Closed:
		effect = Replayed
	case s.running > 0:
		effect = Busy
	default:
		if err := l.write(record{Close: &closure{Session: id, Final: s.payable()}}); err != nil {
			return Session{}, "", err
		}
	}
	view := l.view(s, id)
	if err := l.flush(); err != nil {
		return Session{}, "", err
	}
	return view, effect, nil
}

// Acknowledged lists, for the living sessions whose signer has acknowledged more than was claimed, the voucher that
// acknowledges most: what the escrow's settleAcked pays without any enclave. The list is in the order of session ids,
// begins after one, and has at most limit entries; more tells whether others follow. What it shows is on disk.
func (l *Ledger) Acknowledged(after protocol.Hash, limit int) (list []protocol.AckedRow, more bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var owing []*session
	now := l.now()
	for _, s := range l.book.sessions {
		if s.alive(now) && s.acknowledged().Cmp(s.Claimed) > 0 && bytes.Compare(s.id[:], after[:]) > 0 {
			owing = append(owing, s)
		}
	}
	slices.SortFunc(owing, func(x, y *session) int { return bytes.Compare(x.id[:], y.id[:]) })
	more = len(owing) > limit
	for _, s := range owing[:min(len(owing), limit)] {
		if l.mayShow(s.exportedAt, now) {
			s.exported, s.exportedAt = s.Acked, now
		}
		if s.exported.Acked.Cmp(s.Claimed) <= 0 {
			continue // paid meanwhile; the later one is shown in its time
		}
		list = append(list, protocol.AckedRow{Session: s.Key, Voucher: s.exported.Voucher, Signature: s.exported.Signature})
	}
	if err := l.flush(); err != nil {
		return nil, false, err
	}
	return list, more, nil
}
