package escrow_test

import (
	"encoding/json"
	"math/big"
	"os"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"

	"github.com/phallama/phallama/chain/bindings/escrow"
	"github.com/phallama/phallama/protocol"
)

// vectors reads testdata/vectors/billing, which another implementation worked out; forge replays the same.
func vectors[T any](t *testing.T, name string) []T {
	t.Helper()
	raw, err := os.ReadFile("../../../testdata/vectors/billing/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []T `json:"cases"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatal("no vectors")
	}
	return file.Cases
}

// TestRowVectors settles rows that package protocol made and says what each moved.
func TestRowVectors(t *testing.T) {
	type outcome struct {
		Moved protocol.Amount
		Code  *uint8
	}
	cases := vectors[struct {
		Name                                  string
		Cap, Claimed, Charged, Ceiling, Acked protocol.Amount
		Expired                               bool
		SignedBy                              string
		Settle, SettleAcked                   outcome
	}](t, "rows")
	n := newNetwork(t)
	n.registerPlatform()
	n.register()
	owner, other := n.owners[0], protocolKey(t, "other")

	// Two sessions for each case: one to settle, one to settle acknowledged.
	var opens []escrow.IEscrowOpen
	var before []protocol.Row
	keys := make([]protocol.SessionKey, 2*len(cases))
	for i := range keys {
		c := cases[i/2]
		keys[i] = n.session(owner, uint64(i))
		if c.Cap.IsZero() {
			continue
		}
		expiry := n.now() + 3*24*3600
		if c.Expired {
			expiry = n.now() + 3600
		}
		opens = append(opens, n.order(keys[i], c.Cap, expiry, uint64(i), n.keys[owner]))
		if !c.Claimed.IsZero() {
			before = append(before, n.rowOf(keys[i], c.Claimed, c.Claimed, c.Claimed, n.signer))
		}
	}
	n.send(n.escrow, escrow.NewEscrow().PackOpenSessions(common.Address(n.pod), opens))
	n.skips(n.batch(before))
	if err := n.sim.AdjustTime(2 * time.Hour); err != nil {
		t.Fatal(err)
	}

	var rows []protocol.Row
	var acked []byte
	for i, c := range cases {
		signer := n.signer
		if c.SignedBy != "signer" {
			signer = other
		}
		rows = append(rows, n.rowOf(keys[2*i], c.Charged, c.Ceiling, c.Acked, signer))
		row := n.rowOf(keys[2*i+1], c.Charged, c.Ceiling, c.Acked, signer).Bytes()
		acked = append(append(acked, row[:48]...), row[60:]...)
	}
	check := func(what string, skips map[protocol.Hash]uint8, key protocol.SessionKey, name string, claimed protocol.Amount, want outcome) {
		t.Helper()
		code, skipped := skips[key.ID()]
		if skipped != (want.Code != nil) || skipped && code != *want.Code {
			t.Errorf("%s, %s: skipped %v with code %d, want %v", what, name, skipped, code, want.Code)
		}
		sum, err := claimed.Add(want.Moved)
		if err != nil {
			t.Fatal(err)
		}
		if got := n.stateOf(key).Claimed; got.Cmp(sum.Big()) != 0 {
			t.Errorf("%s, %s: claimed %v, want %v", what, name, got, sum)
		}
	}
	skips := n.skips(n.batch(rows))
	ackedSkips := n.skips(n.submit(n.escrow, n.opts, escrow.NewEscrow().PackSettleAcked(common.Address(n.pod), acked)).Hash())
	for i, c := range cases {
		check("settle", skips, keys[2*i], c.Name, c.Claimed, c.Settle)
		check("settleAcked", ackedSkips, keys[2*i+1], c.Name, c.Claimed, c.SettleAcked)
	}
}

// TestNonceVectors sends one order after another and says which were taken.
func TestNonceVectors(t *testing.T) {
	n := newNetwork(t)
	owner := n.owners[0]
	delegate := protocolKey(t, "delegate")
	opts := bind.NewKeyedTransactor(ecdsaKey(t, ownerLabel(0)), big.NewInt(chainID))
	opts.GasLimit = 1_000_000
	n.mine(n.submit(n.escrow, opts, escrow.NewEscrow().PackSetDelegate(common.Address(delegate.Address()), protocol.Tokens(1).Big(), uint32(n.now()+90*24*3600))))
	for _, c := range vectors[struct {
		Kind  string
		Steps []struct {
			Nonce  uint64 `json:",string"`
			Taken  bool
			Base   uint64 `json:",string"`
			Window string
		}
	}](t, "nonces") {
		for i, step := range c.Steps {
			session, key := n.session(owner, step.Nonce&(1<<63-1)), n.keys[owner]
			if c.Kind == "delegate" {
				session.Signer, session.Salt, key = delegate.Address(), step.Nonce|1<<63, delegate
			}
			before := n.avail(owner)
			order := n.order(session, protocol.Units(1), n.now()+3600, step.Nonce, key)
			n.send(n.escrow, escrow.NewEscrow().PackOpenSessions(common.Address(n.pod), []escrow.IEscrowOpen{order}))
			if taken := n.avail(owner).Cmp(before) < 0; taken != step.Taken {
				t.Errorf("%s, step %d, nonce %d: taken %v, want %v", c.Kind, i, step.Nonce, taken, step.Taken)
			}
			base, window := n.window(owner, delegate.Address(), c.Kind == "delegate")
			if base != step.Base || window.String() != step.Window {
				t.Errorf("%s, step %d, nonce %d: base %d, window %v; want %d, %s", c.Kind, i, step.Nonce, base, window, step.Base, step.Window)
			}
		}
	}
}

func (n *network) rowOf(session protocol.SessionKey, charged, ceiling, acked protocol.Amount, signer protocol.Key) protocol.Row {
	id := session.ID()
	voucher := protocol.Voucher{SessionID: id, Ceiling: ceiling, Acked: acked, RequestHash: protocol.Keccak256(id[:])}
	return protocol.Row{Session: session, Charged: charged, Voucher: voucher, Signature: signer.Sign(n.domain.Digest(voucher))}
}

func (n *network) order(session protocol.SessionKey, limit protocol.Amount, expiry, nonce uint64, by protocol.Key) escrow.IEscrowOpen {
	order := protocol.OpenSession{SessionKey: session, Cap: limit, Expiry: expiry, Nonce: nonce, Deadline: n.now() + 3600}
	signature := by.Sign(n.domain.Digest(order))
	return escrow.IEscrowOpen{
		Owner: common.Address(order.Owner), Signer: common.Address(order.Signer), Salt: order.Salt, Cap: order.Cap.Big(),
		Expiry: new(big.Int).SetUint64(order.Expiry), Nonce: order.Nonce, Deadline: new(big.Int).SetUint64(order.Deadline),
		Signature: signature[:],
	}
}

// batch settles rows as the pod's next batch.
func (n *network) batch(rows []protocol.Row) common.Hash {
	n.t.Helper()
	n.seq++
	b := protocol.Batch{Pod: n.pod, Seq: n.seq, Rows: rows}
	signature := n.identity.Sign(n.domain.Digest(b.TypedData()))
	return n.submit(n.escrow, n.opts, escrow.NewEscrow().PackSettle(common.Address(n.pod), b.Seq, b.ReceiptsRoot, b.KeyConfigHash,
		b.RowBytes(), signature.R(), signature.VS())).Hash()
}

// skips mines a transaction and returns why it skipped which sessions.
func (n *network) skips(tx common.Hash) map[protocol.Hash]uint8 {
	n.t.Helper()
	receipt := n.receipt(tx)
	if receipt.Status == 0 {
		n.t.Fatal("the transaction reverted")
	}
	codes := map[protocol.Hash]uint8{}
	for _, entry := range receipt.Logs {
		if event, err := escrow.NewEscrow().UnpackRowSkippedEvent(entry); err == nil {
			codes[event.SessionId] = event.Reason
		}
	}
	return codes
}

func (n *network) avail(owner protocol.Address) *big.Int {
	n.t.Helper()
	out, err := bind.Call(n.escrow, nil, escrow.NewEscrow().PackAccount(common.Address(owner)), escrow.NewEscrow().UnpackAccount)
	if err != nil {
		n.t.Fatal(err)
	}
	return out.Avail
}

func (n *network) window(owner, delegate protocol.Address, ofDelegate bool) (base uint64, window *big.Int) {
	n.t.Helper()
	if ofDelegate {
		out, err := bind.Call(n.escrow, nil, escrow.NewEscrow().PackDelegate(common.Address(owner), common.Address(delegate)), escrow.NewEscrow().UnpackDelegate)
		if err != nil {
			n.t.Fatal(err)
		}
		return out.NonceBase.Uint64(), big.NewInt(int64(out.NonceWindow))
	}
	out, err := bind.Call(n.escrow, nil, escrow.NewEscrow().PackAccount(common.Address(owner)), escrow.NewEscrow().UnpackAccount)
	if err != nil {
		n.t.Fatal(err)
	}
	return out.NonceBase, out.NonceWindow
}
