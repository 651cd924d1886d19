package protocol

// PodRecord is everything the chain says about a pod, put together from the registry's state and events. None of it is
// to be believed before the evidence is verified and the signatures are checked.
type PodRecord struct {
	ID         Address         `json:"id"`
	Operator   Address         `json:"operator"`
	URL        string          `json:"url"`
	Identity   Address         `json:"identity"`
	ValidUntil uint64          `json:"validUntil"` // Unix seconds; the identity settles until then
	Retired    bool            `json:"retired"`
	Kind       EvidenceKind    `json:"kind"`
	Evidence   []byte          `json:"evidence"`
	KeyConfig  SignedKeyConfig `json:"keyConfig"`
	Offers     []SignedOffer   `json:"offers"`
	Block      uint64          `json:"block"` // where the record was last updated
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
