package protocol

import "fmt"

// MaxRequestClose bounds the JSON of a SignedRequestClose, in bytes.
const MaxRequestClose = 2048

// SignedRequestClose asks for the close of a session, signed over TypedData. The escrow takes it from the session's owner
// or signer and starts the close; a pod takes it, sealed, under PathClose, from the signer alone, and closes at once.
type SignedRequestClose struct {
	Session   SessionKey `json:"session"`
	Deadline  uint64     `json:"deadline"` // Unix seconds
	Signature Signature  `json:"signature"`
}

// ParseRequestClose reads the JSON of an order: one object, with no field that it does not know and no deadline that is
// none. The signature is the caller's to check.
func ParseRequestClose(raw []byte) (SignedRequestClose, error) {
	fail := func(err error) (SignedRequestClose, error) {
		return SignedRequestClose{}, fmt.Errorf("closing order: %w", err)
	}
	var o SignedRequestClose
	if err := decodeStrictly(raw, MaxRequestClose, &o); err != nil {
		return fail(err)
	}
	if o.Deadline == 0 || o.Deadline >= 1<<40 {
		return fail(fmt.Errorf("want a deadline in Unix seconds below 2^40, got %d", o.Deadline))
	}
	return o, nil
}

// TypedData is what is signed.
func (o SignedRequestClose) TypedData() RequestClose {
	return RequestClose{SessionID: o.Session.ID(), Deadline: o.Deadline}
}

// SignedClose is a pod's answer to a SignedRequestClose: its identity's word that the session charges no more than FinalCharged,
// good on chain until the deadline, and the client's own voucher that covers it.
type SignedClose struct {
	CloseSession
	Signature Signature      `json:"signature"`
	Voucher   *SignedVoucher `json:"voucher,omitempty"` // absent: the pod has none, and FinalCharged is 0
}
