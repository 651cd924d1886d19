package protocol

import (
	"crypto/sha256"
	"hash"
)

// EvidenceKind says what produced a quote. The numbers are those of the registry contract.
type EvidenceKind uint8

const (
	EvidenceSGX EvidenceKind = 1 // DCAP quote of an SGX enclave
	EvidenceTDX EvidenceKind = 2 // DCAP quote of a TDX guest
)

// PodIdentity is everything an enclave binds itself to when it is quoted. A quote for one pod, operator, registry or
// chain is of no use for another.
type PodIdentity struct {
	ChainID  uint64  `json:"chainId"`
	Registry Address `json:"registry"`
	Escrow   Address `json:"escrow"`
	Pod      Address `json:"pod"`
	Operator Address `json:"operator"`
	Enclave  Address `json:"enclave"` // the identity's address
}

// ReportData is what the quote carries: sha256("phallama/pod-identity/v1" | chainId as 32 big-endian bytes | registry |
// escrow | pod | operator | enclave), then the hash of a recent block, which dates the quote.
func (p PodIdentity) ReportData(block Hash) [64]byte {
	h := sha256.New()
	h.Write([]byte("phallama/pod-identity/v1"))
	p.writeTo(h)
	var out [64]byte
	h.Sum(out[:0])
	copy(out[32:], block[:])
	return out
}

// FreshReportData is what a quote carries that somebody asked for with a nonce of its own: sha256("phallama/fresh/v1" |
// nonce | the identity's fields as in ReportData | configHash), then 32 zero bytes. configHash is that of the key config
// to which the request was sealed. The nonce never enters as it came, and neither form can be taken for the other.
func (p PodIdentity) FreshReportData(nonce, configHash Hash) [64]byte {
	h := sha256.New()
	h.Write([]byte("phallama/fresh/v1"))
	h.Write(nonce[:])
	p.writeTo(h)
	h.Write(configHash[:])
	var out [64]byte
	h.Sum(out[:0])
	return out
}

// writeTo writes chainId as 32 big-endian bytes, registry, escrow, pod, operator and enclave.
func (p PodIdentity) writeTo(h hash.Hash) {
	chain := uintWord(p.ChainID)
	h.Write(chain[:])
	for _, a := range []Address{p.Registry, p.Escrow, p.Pod, p.Operator, p.Enclave} {
		h.Write(a[:])
	}
}

// PodID is the id under which a registry lists an operator's pod: the low 20 bytes of
// keccak256(abi.encode(registry, operator, salt)).
func PodID(registry, operator Address, salt Hash) Address {
	h := hashWords(Hash(addressWord(registry)), addressWord(operator), salt)
	return Address(h[12:])
}
