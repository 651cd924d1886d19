package protocol

// SignedRequestClose is an order to start closing a session, signed by its owner or its signer over TypedData.
type SignedRequestClose struct {
	Session   SessionKey `json:"session"`
	Deadline  uint64     `json:"deadline"` // Unix seconds
	Signature Signature  `json:"signature"`
}

// TypedData is what is signed.
func (r SignedRequestClose) TypedData() RequestClose {
	return RequestClose{SessionID: r.Session.ID(), Deadline: r.Deadline}
}

// SignedWithdraw is an order to pay unlocked balance out, signed by its owner.
type SignedWithdraw struct {
	Withdraw
	Signature Signature `json:"signature"`
}
