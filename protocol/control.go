package protocol

// The control API is how an operator's agent, outside the enclave, talks to its pod: HTTP with JSON bodies on a
// listener of its own, with a bearer token. Everything the agent says about the chain is a claim of the adversary: a lie
// makes the pod work for nothing and never costs a user anything. Everything it gets is public or signed.
//
//	GET  /control/v1/status               Status
//	POST /control/v1/registration         RegistrationRequest -> Registration
//	POST /control/v1/facts                Facts -> 204
//	GET  /control/v1/orders?wait=SECONDS  Orders; waits for some, at most MaxOrdersWait seconds
//	POST /control/v1/batch                BatchRequest -> SignedBatch, or 204 when there is nothing to settle
//	POST /control/v1/settled              Settled -> 204
//	GET  /control/v1/export?after=&limit= Export: what settleAcked needs; after a session id, at most MaxExport vouchers
//	POST /control/v1/relayed              [Relayed] -> 204
//	POST /control/v1/attestation          what the pod is to serve under PathAttestation, at most MaxAttestation bytes -> 204
const (
	PathStatus       = "/control/v1/status"
	PathRegistration = "/control/v1/registration"
	PathFacts        = "/control/v1/facts"
	PathOrders       = "/control/v1/orders"
	PathBatch        = "/control/v1/batch"
	PathSettled      = "/control/v1/settled"
	PathExport       = "/control/v1/export"
	PathRelayed      = "/control/v1/relayed"
	PathServe        = "/control/v1/attestation"

	MaxOrdersWait = 30      // seconds
	MaxControl    = 4 << 20 // bytes of a control body
	MaxExport     = 1000    // vouchers in one answer, each of less than 1 KiB
)

// MaxAttestation bounds what a pod serves under PathAttestation, in bytes.
const MaxAttestation = 512 << 10

// PathOHTTPRelay is where an OHTTP relay takes sealed requests: POST PathOHTTPRelay + pod id, and under it GET with the
// pod's own PathKeyConfigs and PathAttestation. It has nothing to do with Relay, which is an order for the chain.
const PathOHTTPRelay = "/relay/"

// Paths of a pod's public listener.
const (
	PathEnclave     = "/enc"                              // sealed requests
	PathKeyConfigs  = "/.well-known/ohttp-keys"           // RFC 9458 section 3 list, a cache of what the registry says
	PathAttestation = "/.well-known/phallama-attestation" // {"collateral":{…},"endorsements":[…]}: what the pod's quote is verified with
	PathHealth      = "/healthz"                          // 200 once the pod is ready
	PathReceipts    = "/phallama/receipts/"               // inside the envelope: GET PathReceipts + request id
	PathClose       = "/phallama/close"                   // inside the envelope: POST SignedRequestClose
	PathFresh       = "/phallama/fresh"                   // inside the envelope: POST FreshRequest
	PathShow        = "/api/show"                         // inside the envelope: POST, as Ollama has it, {"model":"NAME"}
)

// Status is what a pod says about itself. Unsettled, Owing, OwingUntil and Open are as they were up to a minute ago, and
// Unsettled is rounded down to a multiple of what the pod's dearest request may cost.
type Status struct {
	Identity   Address  `json:"identity"`
	Ready      bool     `json:"ready"`
	Reason     string   `json:"reason,omitempty"` // why it is not ready
	Models     []string `json:"models"`
	Unsettled  Amount   `json:"unsettled"`  // charged and not yet claimed on chain
	Owing      int      `json:"owing"`      // sessions that this is owed by
	OwingUntil uint64   `json:"owingUntil"` // when the first of them expires, in Unix seconds; 0: none
	Open       int      `json:"open"`       // requests being answered
	Registered bool     `json:"registered"` // a Registration was handed out
	NextKey    bool     `json:"nextKey"`    // there is a key config that no registration has handed out: ask for one
}

// RegistrationRequest names a recent block, whose hash will date the quote.
type RegistrationRequest struct {
	Block     Hash   `json:"block"`
	BlockTime uint64 `json:"blockTime"` // Unix seconds
}

// Registration is what the operator publishes on the registry.
type Registration struct {
	Identity   Address         `json:"identity"`
	ValidUntil uint64          `json:"validUntil"` // Unix seconds
	Kind       EvidenceKind    `json:"kind"`
	Evidence   []byte          `json:"evidence"`
	KeyConfig  SignedKeyConfig `json:"keyConfig"`
	Offers     []SignedOffer   `json:"offers"`
}

// SessionFact is a session as the chain has it. A zero Cap means that there is none.
type SessionFact struct {
	SessionKey
	Cap     Amount `json:"cap"`
	Claimed Amount `json:"claimed"`
	Expiry  uint64 `json:"expiry"` // Unix seconds
	Closing bool   `json:"closing"`
	Refused string `json:"refused,omitempty"` // why an opening order was skipped
}

// Facts tell a pod what the chain says.
type Facts struct {
	Sessions []SessionFact `json:"sessions,omitempty"`
	LastSeq  uint64        `json:"lastSeq"` // the pod's last settled batch
}

// Orders are what a pod wants from the chain: openings to relay, and sessions that it has been asked to serve from and
// knows nothing of, and orders of others that it was asked to pass on.
type Orders struct {
	Opens  []SignedOpen `json:"opens,omitempty"`
	Lookup []SessionKey `json:"lookup,omitempty"`
	Relays []Relay      `json:"relays,omitempty"`
}

// BatchRequest asks for the next batch, at most MaxRows rows (0: as many as fit one transaction), with no row of the
// sessions Without, at most MaxWithout.
//
// A pod hands out the same batch until it hears that the chain has it. One that cannot be sent is split: Replace, if it is
// that batch's number, has the pod sign fewer of its rows under the same number in its place, those that MaxRows and Without
// leave. The chain takes one batch of a number, and rows are totals: whichever lands, the other moves nothing, and what it
// would have moved comes in a later one.
type BatchRequest struct {
	MaxRows int    `json:"maxRows,omitempty"`
	Replace uint64 `json:"replace,omitempty"`
	Without []Hash `json:"without,omitempty"`
}

// MaxWithout bounds BatchRequest.Without.
const MaxWithout = 256

// Settled reports a batch that is final on chain, with what each of its sessions has now paid.
type Settled struct {
	Seq      uint64        `json:"seq"`
	Tx       Hash          `json:"tx"`
	Sessions []SessionFact `json:"sessions"`
}

// Export is a page of the living sessions whose signer has acknowledged more than was claimed, in the order of their ids,
// each with the voucher that acknowledges most. It is in plain for the host by design: settlement publishes vouchers in
// any case, and one is of no use for another request.
type Export struct {
	Vouchers []AckedRow `json:"vouchers"`
	Next     *Hash      `json:"next,omitempty"` // where to go on: the last session id of this page; absent: this was the last page
}
