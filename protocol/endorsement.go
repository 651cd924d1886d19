package protocol

import (
	"errors"
	"fmt"
)

var (
	endorsementDomainType = typeHash("EIP712Domain(string name,string version)")
	endorsementType       = typeHash("Endorsement(bytes32 machine,string facility,string method,uint40 notBefore,uint40 notAfter)")
)

// maxEndorsementText bounds facility and method, in bytes.
const maxEndorsementText = 256

// Endorsement is somebody's word about a machine: who holds it, and how that was found out. It is for no chain in
// particular; a policy names the endorsers whose word counts.
type Endorsement struct {
	Machine   Hash   `json:"machine"`   // SHA-256 of the machine's PPID
	Facility  string `json:"facility"`  // where it stands and who runs the place
	Method    string `json:"method"`    // how the endorser knows
	NotBefore uint64 `json:"notBefore"` // Unix seconds below 2^40
	NotAfter  uint64 `json:"notAfter"`
}

// HashStruct implements TypedData.
func (e Endorsement) HashStruct() Hash {
	return hashWords(endorsementType, e.Machine, textWord(e.Facility), textWord(e.Method), uintWord(e.NotBefore), uintWord(e.NotAfter))
}

// Digest is what an endorser signs (EIP-712, domain {name: "PhallamaEndorsement", version: "1"}).
func (e Endorsement) Digest() Hash {
	separator := hashWords(endorsementDomainType, textWord("PhallamaEndorsement"), textWord("1"))
	body := e.HashStruct()
	return Keccak256([]byte{0x19, 0x01}, separator[:], body[:])
}

// Check reports what is wrong with its contents.
func (e Endorsement) Check() error {
	switch {
	case e.Machine.IsZero():
		return errors.New("endorsement: expected a machine, got none")
	case e.Facility == "" || len(e.Facility) > maxEndorsementText || e.Method == "" || len(e.Method) > maxEndorsementText:
		return fmt.Errorf("endorsement: expected facility and method of 1 to %d bytes, got %d and %d", maxEndorsementText, len(e.Facility), len(e.Method))
	case e.NotAfter <= e.NotBefore || e.NotAfter >= 1<<40:
		return fmt.Errorf("endorsement: expected notAfter after notBefore and below 2^40, got %d and %d", e.NotAfter, e.NotBefore)
	}
	return nil
}

// SignedEndorsement is an endorsement and its endorser's signature.
type SignedEndorsement struct {
	Endorsement
	Signature Signature `json:"signature"`
}

// Sign makes the key's endorsement.
func (e Endorsement) Sign(key Key) (SignedEndorsement, error) {
	if err := e.Check(); err != nil {
		return SignedEndorsement{}, err
	}
	return SignedEndorsement{e, key.Sign(e.Digest())}, nil
}

// Endorser is whose word it is.
func (e SignedEndorsement) Endorser() (Address, error) { return e.Signature.Recover(e.Digest()) }
