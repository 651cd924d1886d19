package operator

import (
	"context"
	"errors"
	"fmt"

	"github.com/phallama/phallama/chain"
	"github.com/phallama/phallama/protocol"
)

// RecoveryChain is what a recovery needs of the chain. The account pays for gas only: what is paid is the pod's, whoever
// sends it. *chain.Transactor is one.
type RecoveryChain interface {
	Domain() protocol.Domain
	Head(ctx context.Context) (protocol.Block, error)
	Sessions(ctx context.Context, keys []protocol.SessionKey) ([]protocol.SessionFact, error)
	SettleAcked(ctx context.Context, pod protocol.Address, rows []protocol.AckedRow) (chain.Settlement, error)
}

var _ RecoveryChain = (*chain.Transactor)(nil)

// Recovered is what a recovery file was worth on chain. Amounts are base units.
type Recovered struct {
	Pod          protocol.Address   `json:"pod"`
	Charged      protocol.Amount    `json:"charged"` // moved to the pod now
	Transactions []chain.Settlement `json:"transactions"`
	Sessions     []RecoveredSession `json:"sessions"` // in the order of their ids
}

// RecoveredSession is a session of a recovery file.
type RecoveredSession struct {
	protocol.SessionKey
	ID      protocol.Hash   `json:"id"`
	Acked   protocol.Amount `json:"acked"`   // by its signer, in all
	Before  protocol.Amount `json:"before"`  // what it had paid
	Claimed protocol.Amount `json:"claimed"` // what it has paid now
	Tx      protocol.Hash   `json:"tx"`      // that asked for it; zero: none was needed, or of use
	Refused string          `json:"refused,omitempty"`
}

// Lost is how many sessions have not paid what they acknowledged, as far as the chain tells.
func (r *Recovered) Lost() int {
	n := 0
	for _, s := range r.Sessions {
		if s.Refused != "" {
			n++
		}
	}
	return n
}

// RecoverOptions of Recover.
type RecoverOptions struct {
	// Pod, if it is not zero, is whose file it must be.
	Pod protocol.Address
	// Sent is told of each transaction. May be nil.
	Sent func(chain.Settlement)
}

// Recover has the escrow pay what the vouchers of a recovery file acknowledge and was not claimed. It needs neither pod nor
// agent, and the agent had better not run: both would send with one key. It can be repeated: what was paid moves nothing
// again. With an error comes what was done before it.
func Recover(ctx context.Context, c RecoveryChain, path string, o RecoverOptions) (Recovered, error) {
	f, err := readRecovery(path)
	if err != nil {
		return Recovered{}, fmt.Errorf("operator: %w", err)
	}
	pod := o.Pod
	if pod.IsZero() {
		pod = f.Pod
	}
	if err := f.of(c.Domain(), pod); err != nil {
		return Recovered{}, fmt.Errorf("operator: recovery file %s %w", path, err)
	}
	r := Recovered{Pod: f.Pod, Transactions: []chain.Settlement{}, Sessions: make([]RecoveredSession, len(f.Vouchers))}
	keys := make([]protocol.SessionKey, len(f.Vouchers))
	for i, v := range f.Vouchers {
		keys[i] = v.Session
	}
	facts, err := c.Sessions(ctx, keys)
	if err != nil {
		return Recovered{}, err
	}
	head, err := c.Head(ctx)
	if err != nil {
		return Recovered{}, err
	}
	var todo []int
	for i, v := range f.Vouchers {
		s := RecoveredSession{SessionKey: v.Session, ID: v.Voucher.SessionID, Acked: v.Voucher.Acked, Before: facts[i].Claimed, Claimed: facts[i].Claimed}
		bad := moves(c.Domain(), f.Pod, v)
		switch fact := facts[i]; {
		case fact.Cap.IsZero():
			s.Refused = "the chain has no such session any more: it was released or closed, and what it had not paid by then went back to its owner"
		case s.Acked.Cmp(fact.Claimed) <= 0:
		case bad != nil:
			s.Refused = "the voucher is no good: " + bad.Error()
		case fact.Expiry < head.Time:
			s.Refused = "the session has expired"
		case s.Acked.Cmp(fact.Cap) > 0:
			s.Refused = fmt.Sprintf("it acknowledges more than the session's cap of %s", fact.Cap)
		default:
			todo = append(todo, i)
		}
		r.Sessions[i] = s
	}
	return r, r.send(ctx, c, f.Vouchers, todo, o.Sent)
}

// send has the vouchers of sessions todo paid, in as many transactions as that takes.
func (r *Recovered) send(ctx context.Context, c RecoveryChain, vouchers []protocol.AckedRow, todo []int, sent func(chain.Settlement)) error {
	for size := chain.MaxRows; len(todo) > 0; {
		part := todo[:min(len(todo), size)]
		rows, keys := make([]protocol.AckedRow, len(part)), make([]protocol.SessionKey, len(part))
		for j, i := range part {
			rows[j], keys[j] = vouchers[i], vouchers[i].Session
		}
		settled, err := settleAcked(ctx, c, r.Pod, rows)
		var large *chain.TooLargeError
		if errors.As(err, &large) && len(part) > 1 {
			size = len(part) / 2
			continue
		}
		if err != nil {
			for _, i := range todo {
				r.Sessions[i].Refused = "it was not sent, or not seen to arrive: run this again"
			}
			return err
		}
		todo = todo[len(part):]
		r.Transactions = append(r.Transactions, settled)
		if sum, err := r.Charged.Add(settled.Charged); err == nil {
			r.Charged = sum
		}
		if sent != nil {
			sent(settled)
		}
		for _, i := range part {
			r.Sessions[i].Tx = settled.Tx
		}
		skipped := map[int]string{}
		for _, row := range settled.Skipped {
			skipped[row.Row] = row.Reason
		}
		facts, err := c.Sessions(ctx, keys)
		if err != nil {
			for _, i := range todo {
				r.Sessions[i].Refused = "it was not sent: run this again"
			}
			return fmt.Errorf("transaction %s is included, and what its sessions have paid could not be read: %w", settled.Tx, err)
		}
		for j, i := range part {
			s := &r.Sessions[i]
			s.Claimed = facts[j].Claimed
			if why, ok := skipped[j]; ok && s.Claimed.Cmp(s.Acked) < 0 {
				s.Refused = why
			}
		}
	}
	return nil
}

func settleAcked(ctx context.Context, c RecoveryChain, pod protocol.Address, rows []protocol.AckedRow) (chain.Settlement, error) {
	ctx, cancel := context.WithTimeout(ctx, txTimeout)
	defer cancel()
	return c.SettleAcked(ctx, pod, rows)
}
