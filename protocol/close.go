package protocol

// CloseOrder asks a pod, sealed, under PathClose, to close a session: the session's signer signs RequestClose, so that
// nobody else can. Deadline is in Unix seconds.
type CloseOrder struct {
	Session   SessionKey `json:"session"`
	Deadline  uint64     `json:"deadline"`
	Signature Signature  `json:"signature"`
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
