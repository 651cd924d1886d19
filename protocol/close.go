package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxCloseOrder bounds the JSON of a CloseOrder, in bytes.
const MaxCloseOrder = 4 << 10

// CloseOrder asks a pod, sealed, under PathClose, to close a session: the session's signer signs RequestClose, so that
// nobody else can. Deadline is in Unix seconds.
type CloseOrder struct {
	Session   SessionKey `json:"session"`
	Deadline  uint64     `json:"deadline"`
	Signature Signature  `json:"signature"`
}

// ParseCloseOrder reads the JSON of an order: one object, with no field that it does not know and no deadline that is
// none. The signature is the caller's to check.
func ParseCloseOrder(raw []byte) (CloseOrder, error) {
	fail := func(err error) (CloseOrder, error) { return CloseOrder{}, fmt.Errorf("closing order: %w", err) }
	if len(raw) > MaxCloseOrder {
		return fail(fmt.Errorf("want at most %d bytes, got more", MaxCloseOrder))
	}
	var o CloseOrder
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&o); err != nil {
		return fail(err)
	}
	if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
		return fail(errors.New("something follows the JSON value"))
	}
	if o.Deadline == 0 || o.Deadline >= 1<<40 {
		return fail(fmt.Errorf("want a deadline in Unix seconds below 2^40, got %d", o.Deadline))
	}
	return o, nil
}

// TypedData is what the session's signer signs.
func (o CloseOrder) TypedData() RequestClose {
	return RequestClose{SessionID: o.Session.ID(), Deadline: o.Deadline}
}

// SignedClose is a pod's answer to a CloseOrder: its identity's word that the session charges no more than FinalCharged,
// good on chain until the deadline, and the client's own voucher that covers it.
type SignedClose struct {
	CloseSession
	Signature Signature      `json:"signature"`
	Voucher   *SignedVoucher `json:"voucher,omitempty"` // absent: the pod has none, and FinalCharged is 0
}
