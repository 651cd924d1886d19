package protocol

import (
	"fmt"
	"math/big"
)

// Offer is a pod's price for one model, signed by its enclave identity, so that the operator cannot change a price
// under a request. Prices are base units for a million tokens.
type Offer struct {
	Pod         Address `json:"pod"`
	Model       string  `json:"model"`
	ModelDigest Hash    `json:"modelDigest"`
	InPerM      Amount  `json:"inPerM"`
	CachedPerM  Amount  `json:"cachedPerM"`
	OutPerM     Amount  `json:"outPerM"`
	PerRequest  Amount  `json:"perRequest"`
	Context     uint32  `json:"ctx"`        // context length, tokens
	DefaultOut  uint32  `json:"defaultOut"` // most tokens generated where the request names no limit
	MaxOut      uint32  `json:"maxOut"`     // most tokens a request may ask for
	ValidUntil  uint64  `json:"validUntil"` // Unix seconds
}

// SignedOffer is an offer and the enclave identity's signature over it.
type SignedOffer struct {
	Offer
	Signature Signature `json:"signature"`
}

// HashStruct implements TypedData. It is also the offer hash that requests and receipts name.
func (o Offer) HashStruct() Hash {
	return hashWords(offerType, addressWord(o.Pod), textWord(o.Model), o.ModelDigest, o.InPerM.word(), o.CachedPerM.word(),
		o.OutPerM.word(), o.PerRequest.word(), uintWord(uint64(o.Context)), uintWord(uint64(o.DefaultOut)),
		uintWord(uint64(o.MaxOut)), uintWord(o.ValidUntil))
}

// OffersHash is the hash of an offer set as the registry stores it: keccak256 over the concatenated hashStructs.
func OffersHash(offers []SignedOffer) Hash {
	var all []byte
	for _, o := range offers {
		h := o.HashStruct()
		all = append(all, h[:]...)
	}
	return Keccak256(all)
}

// Usage is what one request used. In counts every prompt token; Cached of them the engine had evaluated before, and
// is 0 with engines that do not report it.
type Usage struct {
	In     uint32 `json:"in"`
	Cached uint32 `json:"cached"`
	Out    uint32 `json:"out"`
}

// CostUp is the price of usage under the offer, in base units, rounded up:
// perRequest + ceil((in-cached)*inPerM + cached*cachedPerM + out*outPerM over 1,000,000).
func (o Offer) CostUp(u Usage) (Amount, error) {
	if u.Cached > u.In {
		return Amount{}, fmt.Errorf("usage: %d cached prompt tokens of %d prompt tokens", u.Cached, u.In)
	}
	sum := new(big.Int)
	for _, part := range []struct {
		tokens uint32
		price  Amount
	}{{u.In - u.Cached, o.InPerM}, {u.Cached, o.CachedPerM}, {u.Out, o.OutPerM}} {
		sum.Add(sum, new(big.Int).Mul(big.NewInt(int64(part.tokens)), part.price.Big()))
	}
	sum.Add(sum, big.NewInt(999_999)).Div(sum, big.NewInt(1_000_000))
	return AmountFromBig(sum.Add(sum, o.PerRequest.Big()))
}

// BillUp is what an answer costs that ended so: CostUp of its usage; nothing where the engine failed, and nothing where
// the client went away before anything was generated. Pod and client both go by it.
func (o Offer) BillUp(u Usage, f Finish) (Amount, error) {
	if f == FinishError || f == FinishAbort && u == (Usage{}) {
		return Amount{}, nil
	}
	return o.CostUp(u)
}

// KeyConfig is the enclave identity's word about the key that requests are sealed to. ConfigHash is keccak256 of the
// RFC 9458 section 3 key configuration. Times are Unix seconds; Epoch grows with each rotation of one identity.
type KeyConfig struct {
	Enclave    Address `json:"enclave"`
	ConfigHash Hash    `json:"configHash"`
	NotBefore  uint64  `json:"notBefore"`
	NotAfter   uint64  `json:"notAfter"`
	Epoch      uint64  `json:"epoch"`
}

// HashStruct implements TypedData. It is also the key config hash that the registry stores and batches carry.
func (k KeyConfig) HashStruct() Hash {
	return hashWords(keyConfigType, addressWord(k.Enclave), k.ConfigHash, uintWord(k.NotBefore), uintWord(k.NotAfter),
		uintWord(k.Epoch))
}

// SignedKeyConfig is a key configuration itself, the identity's word about it, and the signature.
type SignedKeyConfig struct {
	KeyConfig
	Config    []byte    `json:"config"` // RFC 9458 section 3, one entry
	Signature Signature `json:"signature"`
}

// Verify is nil if the config is the one named, the identity signed it and now (Unix seconds) is inside its time.
func (k SignedKeyConfig) Verify(d Domain, identity Address, now uint64) error {
	switch {
	case k.Enclave != identity:
		return fmt.Errorf("key config is for identity %s, want %s", k.Enclave, identity)
	case Keccak256(k.Config) != k.ConfigHash:
		return fmt.Errorf("key config: the bytes do not match the signed hash %s", k.ConfigHash)
	case now < k.NotBefore || now > k.NotAfter:
		return fmt.Errorf("key config is valid from %d to %d (Unix), and it is %d", k.NotBefore, k.NotAfter, now)
	}
	if err := k.Signature.Verify(d.Digest(k.KeyConfig), identity); err != nil {
		return fmt.Errorf("key config: %w", err)
	}
	return nil
}
