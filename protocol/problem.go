package protocol

import "fmt"

// ProblemType is a problem type URI (RFC 9457) that pod and client agree on. Everything a pod has to say about a
// request that it could open travels sealed, problems too.
type ProblemType string

const (
	ProblemBadRequest    ProblemType = "urn:phallama:problem:bad-request"                          // 400: the inner request is malformed
	ProblemNoRoute       ProblemType = "urn:phallama:problem:no-route"                             // 404: not on the pod's list of routes
	ProblemUnknownModel  ProblemType = "urn:phallama:problem:unknown-model"                        // 404: the pod has no offer for the model
	ProblemBadPayment    ProblemType = "urn:phallama:problem:bad-payment"                          // 402: missing, malformed or not signed by the session's signer
	ProblemStaleOffer    ProblemType = "urn:phallama:problem:stale-offer"                          // 409: the offer named has been replaced or has run out
	ProblemMaxCost       ProblemType = "urn:phallama:problem:max-cost"                             // 402: maxCost does not cover the request's worst case
	ProblemNeedCeiling   ProblemType = "urn:phallama:problem:need-ceiling"                         // 402: sign NeedCeiling, or more
	ProblemNeedAck       ProblemType = "urn:phallama:problem:need-ack"                             // 402: acknowledge Charged first
	ProblemNoSession     ProblemType = "urn:phallama:problem:no-session"                           // 402: the chain has no such open session
	ProblemClosed        ProblemType = "urn:phallama:problem:closed"                               // 402: the session was closed at its signer's wish; open another
	ProblemOpenRequests  ProblemType = "urn:phallama:problem:open-requests"                        // 409: a session is not closed while its requests are answered
	ProblemInProgress    ProblemType = "urn:phallama:problem:in-progress"                          // 409: the same request is being answered
	ProblemStaleDate     ProblemType = "urn:phallama:problem:stale-date"                           // 409: the request's date is too far from the pod's clock; PodTime is what that shows
	ProblemConflict      ProblemType = "urn:phallama:problem:conflict"                             // 409: the request id belongs to another request
	ProblemAnswered      ProblemType = "urn:phallama:problem:answered"                             // 410: answered and billed before; Receipt holds the bill
	ProblemNoReceipt     ProblemType = "urn:phallama:problem:no-receipt"                           // 404: the request id was never billed
	ProblemNotReady      ProblemType = "urn:phallama:problem:not-ready"                            // 503: the pod is starting or has lost its engine
	ProblemBusy          ProblemType = "urn:phallama:problem:busy"                                 // 503: all slots are taken
	ProblemRateLimit     ProblemType = "urn:phallama:problem:rate-limit"                           // 429: the account has asked for too much
	ProblemEngine        ProblemType = "urn:phallama:problem:engine"                               // 502: the engine failed; nothing is billed
	ProblemInternal      ProblemType = "urn:phallama:problem:internal"                             // 500: the pod failed; nothing is billed
	ProblemEngineRefused ProblemType = "urn:phallama:problem:engine-refused"                       // 4xx: the engine's own refusal of the request
	ProblemStaleKey      ProblemType = "https://iana.org/assignments/http-problem-types#ohttp-key" // RFC 9458 section 6.3, outside the envelope
)

// ContentTypeProblem is the media type of a Problem.
const ContentTypeProblem = "application/problem+json"

// Problem is an RFC 9457 problem document, with the facts a client needs to go on. Title says what happened, Detail
// what to do. It never quotes the request.
type Problem struct {
	Type   ProblemType `json:"type"`
	Title  string      `json:"title"`
	Status int         `json:"status"`
	Detail string      `json:"detail,omitempty"`

	Charged     *Amount        `json:"charged,omitempty"`     // the session's total so far
	Reserved    *Amount        `json:"reserved,omitempty"`    // held for requests that are being answered
	NeedCeiling *Amount        `json:"needCeiling,omitempty"` // lowest ceiling that would do
	NeedMaxCost *Amount        `json:"needMaxCost,omitempty"` // lowest maxCost that would do
	Receipt     *SignedReceipt `json:"receipt,omitempty"`     // the bill of a request answered before, or the session's last
	LastVoucher *SignedVoucher `json:"lastVoucher,omitempty"` // the client's own latest voucher, as proof
	RetryAfter  int            `json:"retryAfter,omitempty"`  // seconds
	PodTime     uint64         `json:"podTime,omitempty"`     // the pod's clock, Unix seconds
}

// SignedVoucher is a voucher with its signer's signature.
type SignedVoucher struct {
	Voucher
	Signature Signature `json:"signature"`
}

// Error is one line for people.
func (p *Problem) Error() string {
	if p.Detail == "" {
		return p.Title
	}
	return fmt.Sprintf("%s: %s", p.Title, p.Detail)
}
