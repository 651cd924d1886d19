package protocol

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// windowModel uses nonces as EscrowAccounts._useNonce does.
type windowModel struct {
	base, size, jump, limit uint64
	used                    map[uint64]bool
}

func (m *windowModel) use(nonce uint64) bool {
	if nonce < m.base || nonce >= m.limit || m.used[nonce] {
		return false
	}
	if offset := nonce - m.base; offset >= m.size {
		if offset-(m.size-1) > m.jump {
			return false
		}
		m.base += offset - (m.size - 1)
	}
	m.used[nonce] = true
	return true
}

func (m *windowModel) bit(i uint64) bool { return m.used[m.base+i] }

func TestDelegateNonces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &windowModel{base: rapid.Uint64Range(0, 1<<24).Draw(t, "base"), size: 8, jump: 255, limit: 1<<24 - 8, used: map[uint64]bool{}}
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			d := DelegateAccount{NonceBase: m.base}
			for i := range uint64(8) {
				if m.bit(i) {
					d.NonceWindow |= 1 << i
				}
			}
			nonce := m.base + rapid.Uint64Range(0, 600).Draw(t, "offset") - rapid.Uint64Range(0, min(m.base, 20)).Draw(t, "below")
			can := d.CanUse(nonce)
			if did := m.use(nonce); did != can {
				t.Fatalf("nonce %d of %+v: the escrow says %v, CanUse %v", nonce, d, did, can)
			}
			free := d.FreeNonce(nonce)
			for n := max(nonce, d.NonceBase); n < free; n++ {
				if d.CanUse(n) {
					t.Fatalf("FreeNonce(%d) = %d, and %d is free", nonce, free, n)
				}
			}
		}
	})
}

func TestAccountNonces(t *testing.T) {
	a := Account{NonceBase: 10, NonceWindow: [12]byte{11: 0b101}}
	for nonce, want := range map[uint64]bool{
		9: false, 10: false, 11: true, 12: false, 13: true, 10 + 95: true, 10 + 95 + 4096: true, 10 + 95 + 4097: false,
		1 << 63: false, 1<<64 - 1: false,
	} {
		if a.CanUse(nonce) != want {
			t.Errorf("nonce %d: want %v", nonce, want)
		}
	}
}

func TestDelegateSessions(t *testing.T) {
	owner, signer := Address{1}, Address{2}
	for _, c := range []struct {
		salt, nonce uint64
		delegated   bool
		opens       bool
	}{
		{7, 7, false, true}, {7, 8, false, false}, {7 | DelegateSalt, 7, true, true}, {7 | DelegateSalt, 8, true, false},
	} {
		o := OpenSession{SessionKey: SessionKey{Owner: owner, Signer: signer, Salt: c.salt}, Nonce: c.nonce}
		authority := owner
		if c.delegated {
			authority = signer
		}
		if o.Delegated() != c.delegated || o.Opens() != c.opens || o.Authority() != authority {
			t.Errorf("salt %#x, nonce %d: delegated %v, opens %v, authority %s", c.salt, c.nonce, o.Delegated(), o.Opens(), o.Authority())
		}
	}
	d := DelegateAccount{Cap: Units(10), Used: Units(12)}
	if !d.Left().IsZero() {
		t.Errorf("left of a budget cut below what was used: %v", d.Left())
	}
}

// A row that was acknowledged is a row of a settlement without its charge.
func TestAckedRows(t *testing.T) {
	v := loadTypedDataVectors(t)
	var rows []AckedRow
	var want []byte
	for _, c := range v.Rows {
		session := SessionKey{Owner: c.Owner, Signer: c.Signer, Salt: c.Salt}
		voucher := Voucher{Ceiling: c.Ceiling, Acked: c.Acked, RequestHash: c.RequestHash}
		signature := Signature(append(c.R[:], c.VS[:]...))
		whole := Row{Session: session, Charged: c.Charged, Voucher: voucher, Signature: signature}.Bytes()
		row := AckedRow{Session: session, Voucher: voucher, Signature: signature}
		if got := row.Bytes(); len(got) != AckedRowSize || !bytes.Equal(got, append(whole[:48:48], whole[60:]...)) {
			t.Errorf("row %x", got)
		}
		rows, want = append(rows, row), append(want, row.Bytes()...)
	}
	if len(rows) == 0 || !bytes.Equal(AckedRowBytes(rows), want) {
		t.Errorf("%d rows", len(rows))
	}
	closing := CloseRow{Row: Row{Session: SessionKey{Salt: 3}, Charged: Units(9)}, Deadline: 11}
	if got := closing.TypedData(); got != (CloseSession{SessionKey{Salt: 3}.ID(), Units(9), 11}) {
		t.Errorf("typed data %+v", got)
	}
}
