package protocol

import "encoding/binary"

// AckedRowSize is the length of one row of a settlement without an enclave:
// owner20 signer20 salt8 ceiling12 acked12 requestHash32 r32 vs32.
const AckedRowSize = 168

// AckedRow asks the escrow to bring what a session has paid up to what its signer acknowledged in a voucher.
// It needs no enclave, so an operator who keeps these (Export) loses little with one.
type AckedRow struct {
	Session   SessionKey `json:"session"`
	Voucher   Voucher    `json:"voucher"`
	Signature Signature  `json:"signature"` // the session signer's, over Voucher
}

// Bytes is the row as the escrow reads it.
func (r AckedRow) Bytes() []byte {
	b := make([]byte, 0, AckedRowSize)
	b = append(b, r.Session.Owner[:]...)
	b = append(b, r.Session.Signer[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Session.Salt)
	for _, a := range []Amount{r.Voucher.Ceiling, r.Voucher.Acked} {
		w := a.Bytes12()
		b = append(b, w[:]...)
	}
	b = append(b, r.Voucher.RequestHash[:]...)
	return append(b, r.Signature[:]...)
}

// AckedRowBytes is the concatenation of rows.
func AckedRowBytes(rows []AckedRow) []byte {
	out := make([]byte, 0, AckedRowSize*len(rows))
	for _, r := range rows {
		out = append(out, r.Bytes()...)
	}
	return out
}

// CloseRow settles a session for the last time and closes it at once: the row, and the identity's word that the
// session will charge no more than it says. Where the row's charge is what the session has paid already, its voucher is
// not looked at.
type CloseRow struct {
	Row       Row       `json:"row"`
	Deadline  uint64    `json:"deadline"`  // Unix seconds
	Signature Signature `json:"signature"` // the enclave identity's, over TypedData
}

// TypedData is what the identity signs.
func (c CloseRow) TypedData() CloseSession {
	return CloseSession{SessionID: c.Row.Session.ID(), FinalCharged: c.Row.Charged, Deadline: c.Deadline}
}
