package protocol

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Finish is why an answer ended.
type Finish uint8

// The values are signed: append, never reorder.
const (
	FinishStop   Finish = 1 // the model ended its answer
	FinishLength Finish = 2 // the request's limit of tokens was reached
	FinishAbort  Finish = 3 // the client went away; what was generated before that is billed
	FinishError  Finish = 4 // the engine failed; tokens before that are not billed
)

var finishNames = map[Finish]string{FinishStop: "stop", FinishLength: "length", FinishAbort: "abort", FinishError: "error"}

func (f Finish) String() string {
	if name, ok := finishNames[f]; ok {
		return name
	}
	return fmt.Sprintf("finish(%d)", uint8(f))
}

func (f Finish) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

func (f *Finish) UnmarshalText(text []byte) error {
	for value, name := range finishNames {
		if name == string(text) {
			*f = value
			return nil
		}
	}
	return fmt.Errorf("finish: want stop, length, abort or error, got %q", text)
}

// Blind keeps a receipt's Merkle leaf from being guessed: 16 random bytes.
type Blind [16]byte

func (b Blind) MarshalText() ([]byte, error)     { return []byte(hex.EncodeToString(b[:])), nil }
func (b *Blind) UnmarshalText(text []byte) error { return unmarshalHex("blind", b[:], text) }

// Receipt is the enclave's word on one request: what it used, what it cost, and the session's running total after it.
// Cost and Charged are base units; Charged of receipt n is Charged of receipt n-1 plus Cost of n, in the order of RSeq,
// which counts a session's receipts from 1.
type Receipt struct {
	SessionID    Hash   `json:"sessionId"`
	RequestHash  Hash   `json:"requestHash"`
	ResponseHash Hash   `json:"responseHash"` // SHA-256 of the response body as the client gets it
	ModelDigest  Hash   `json:"modelDigest"`
	OfferHash    Hash   `json:"offerHash"`
	Usage        Usage  `json:"usage"`
	Finish       Finish `json:"finish"`
	Cost         Amount `json:"cost"`
	Charged      Amount `json:"charged"`
	RSeq         uint64 `json:"rseq"`
	Blind        Blind  `json:"blind"`
}

// SignedReceipt is a receipt and the signature of the enclave identity that wrote it.
type SignedReceipt struct {
	Receipt
	Signature Signature `json:"signature"`
}

// HashStruct implements TypedData.
func (r Receipt) HashStruct() Hash {
	var blind [32]byte
	copy(blind[:], r.Blind[:]) // bytes16 is left-aligned in its word
	return hashWords(receiptType, r.SessionID, r.RequestHash, r.ResponseHash, r.ModelDigest, r.OfferHash,
		uintWord(uint64(r.Usage.In)), uintWord(uint64(r.Usage.Cached)), uintWord(uint64(r.Usage.Out)), uintWord(uint64(r.Finish)),
		r.Cost.word(), r.Charged.word(), uintWord(r.RSeq), blind)
}

// Merkle tree over receipts: leaf = keccak256(0x00 | hashStruct), node = keccak256(0x01 | left | right); an odd node is
// carried up unchanged. The order is that of the batch.

// ReceiptTree is the tree over a batch's receipts.
type ReceiptTree struct{ levels [][]Hash } // leaves first, root last; none for no receipts

// NewReceiptTree builds the tree over receipts, given by their hashStructs.
func NewReceiptTree(structs []Hash) ReceiptTree {
	if len(structs) == 0 {
		return ReceiptTree{}
	}
	levels := [][]Hash{leaves(structs)}
	for len(levels[len(levels)-1]) > 1 {
		levels = append(levels, parents(levels[len(levels)-1]))
	}
	return ReceiptTree{levels}
}

// Root is the zero hash for no receipts.
func (t ReceiptTree) Root() Hash {
	if len(t.levels) == 0 {
		return Hash{}
	}
	return t.levels[len(t.levels)-1][0]
}

// Proof is the path that proves the receipt of that index under the root.
func (t ReceiptTree) Proof(index int) ([]ProofNode, error) {
	if len(t.levels) == 0 || index < 0 || index >= len(t.levels[0]) {
		return nil, fmt.Errorf("receipt proof: there is no receipt %d in the batch", index)
	}
	path := []ProofNode{} // not nil: in JSON a batch of one receipt has a path, of no nodes
	for _, level := range t.levels[:len(t.levels)-1] {
		if sibling := index ^ 1; sibling < len(level) {
			path = append(path, ProofNode{Hash: level[sibling], Left: sibling < index})
		}
		index /= 2
	}
	return path, nil
}

// ReceiptsRoot is the root over receipts, given by their hashStructs; the zero hash for none.
func ReceiptsRoot(structs []Hash) Hash { return NewReceiptTree(structs).Root() }

// ProofNode is a sibling on the way from a leaf to the root.
type ProofNode struct {
	Hash Hash `json:"hash"`
	Left bool `json:"left"` // the sibling stands to the left
}

// ReceiptProof is the path that proves structs[index] under ReceiptsRoot(structs).
func ReceiptProof(structs []Hash, index int) ([]ProofNode, error) {
	return NewReceiptTree(structs).Proof(index)
}

// VerifyReceiptProof tells whether a receipt's hashStruct is under root.
func VerifyReceiptProof(root, receipt Hash, path []ProofNode) bool {
	at := Keccak256([]byte{0}, receipt[:])
	for _, n := range path {
		if n.Left {
			at = Keccak256([]byte{1}, n.Hash[:], at[:])
		} else {
			at = Keccak256([]byte{1}, at[:], n.Hash[:])
		}
	}
	return at == root
}

// MaxProof is the most nodes of a path: trees are of less than 2^MaxProof receipts.
const MaxProof = 40

// Inclusion proves a receipt under the root of one of its pod's settled batches. The root counts as far as the escrow's
// event Settled of that pod and Seq holds the same.
type Inclusion struct {
	Seq  uint64      `json:"seq"`
	Root Hash        `json:"root"`
	Path []ProofNode `json:"path"`
}

// Proves tells whether the path leads from a receipt's hashStruct to the root.
func (i Inclusion) Proves(receipt Hash) bool {
	return len(i.Path) <= MaxProof && VerifyReceiptProof(i.Root, receipt, i.Path)
}

// Bill is what a pod answers to GET PathReceipts + request id: the receipt, and once its batch is settled the proof.
type Bill struct {
	Receipt SignedReceipt `json:"receipt"`
	Settled *Inclusion    `json:"settled,omitempty"`
}

// ParseBill reads the JSON of a Bill. That there is a proof does not mean that it proves anything.
func ParseBill(raw []byte) (Bill, error) {
	var b Bill
	if err := json.Unmarshal(raw, &b); err != nil {
		return Bill{}, fmt.Errorf("receipt: want its JSON: %w", err)
	}
	switch {
	case b.Receipt.RSeq == 0:
		return Bill{}, errors.New("receipt: want one in \"receipt\", got none or one without a number")
	case b.Settled != nil && len(b.Settled.Path) > MaxProof:
		return Bill{}, fmt.Errorf("receipt: a proof of %d nodes, at most %d", len(b.Settled.Path), MaxProof)
	}
	return b, nil
}

func leaves(structs []Hash) []Hash {
	out := make([]Hash, len(structs))
	for i, s := range structs {
		out[i] = Keccak256([]byte{0}, s[:])
	}
	return out
}

func parents(level []Hash) []Hash {
	out := make([]Hash, 0, (len(level)+1)/2)
	for i := 0; i+1 < len(level); i += 2 {
		out = append(out, Keccak256([]byte{1}, level[i][:], level[i+1][:]))
	}
	if len(level)%2 == 1 {
		out = append(out, level[len(level)-1])
	}
	return out
}
