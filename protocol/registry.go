package protocol

import "fmt"

// PodRecord is everything the chain says about a pod, put together from the registry's state and events. None of it is
// to be believed before the evidence is verified and the signatures are checked.
type PodRecord struct {
	ID         Address      `json:"id"`
	Operator   Address      `json:"operator"`
	URL        string       `json:"url"`
	Identity   Address      `json:"identity"`
	ValidUntil uint64       `json:"validUntil"` // Unix seconds; the identity settles until then
	Retired    bool         `json:"retired"`
	Standing   Standing     `json:"standing"`
	Kind       EvidenceKind `json:"kind"`
	// Evidence is the quote: of an SGX enclave without its certificates, of which PCKCertificate (DER) is the first.
	Evidence       []byte          `json:"evidence"`
	PCKCertificate []byte          `json:"pckCertificate,omitempty"`
	KeyConfig      SignedKeyConfig `json:"keyConfig"`
	Offers         []SignedOffer   `json:"offers"`
	Block          uint64          `json:"block"` // where the record was last updated
	// Relay is where the operator carries sealed requests to pods of other operators; empty: it has no such relay.
	Relay string `json:"relay,omitempty"`
}

// Standing is what the registry says of an identity, whatever its time.
type Standing uint8

const (
	StandingNone               Standing = iota // it is not the pod's
	StandingGood                               // it may settle
	StandingMeasurementRevoked                 // governance has revoked the enclave's measurement
	StandingPlatformRevoked                    // governance has revoked the platform
)

func (s Standing) String() string {
	switch s {
	case StandingNone:
		return "none"
	case StandingGood:
		return "good"
	case StandingMeasurementRevoked:
		return "measurement-revoked"
	case StandingPlatformRevoked:
		return "platform-revoked"
	}
	return fmt.Sprintf("unknown(%d)", uint8(s))
}

// MarshalText implements encoding.TextMarshaler.
func (s Standing) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// IdentityProof is what the registry wants to see of an identity besides what the pod signed.
type IdentityProof struct {
	Quote      []byte // SGX: without its certificates; TDX: whole
	PCKX, PCKY Hash   // the key that certifies the quote; zero for TDX
	Header     []byte // RLP of the header of the block that dates the quote
}

// Account is an owner's unlocked balance and which nonces are free: those from NonceBase on whose bit is not set.
type Account struct {
	Avail       Amount   `json:"avail"`
	NonceBase   uint64   `json:"nonceBase"`
	NonceWindow [12]byte `json:"-"` // big-endian bitmap; bit i (from the right) is nonce NonceBase+i
}

// NonceWindowSize is how many nonces the window holds.
const NonceWindowSize = 96

// FreeNonce is the lowest unused nonce at or above from.
func (a Account) FreeNonce(from uint64) uint64 {
	nonce := max(from, a.NonceBase)
	for nonce < a.NonceBase+NonceWindowSize {
		bit := nonce - a.NonceBase
		if a.NonceWindow[len(a.NonceWindow)-1-int(bit/8)]>>(bit%8)&1 == 0 {
			break
		}
		nonce++
	}
	return nonce
}

// Block is a block's place and time.
type Block struct {
	Number uint64 `json:"number"`
	Hash   Hash   `json:"hash"`
	Time   uint64 `json:"time"` // Unix seconds
}
