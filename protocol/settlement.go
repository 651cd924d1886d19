package protocol

import "encoding/binary"

// RowSize is the length of one settlement row:
// owner20 signer20 salt8 charged12 ceiling12 acked12 requestHash32 r32 vs32.
const RowSize = 180

// Row asks the escrow to bring what a session has paid up to Charged, on the strength of one voucher of its signer.
type Row struct {
	Session   SessionKey `json:"session"`
	Charged   Amount     `json:"charged"`
	Voucher   Voucher    `json:"voucher"`
	Signature Signature  `json:"signature"` // the session signer's, over Voucher
}

// Bytes is the row as the escrow reads it.
func (r Row) Bytes() []byte {
	b := make([]byte, 0, RowSize)
	b = append(b, r.Session.Owner[:]...)
	b = append(b, r.Session.Signer[:]...)
	b = binary.BigEndian.AppendUint64(b, r.Session.Salt)
	for _, a := range []Amount{r.Charged, r.Voucher.Ceiling, r.Voucher.Acked} {
		w := a.Bytes12()
		b = append(b, w[:]...)
	}
	b = append(b, r.Voucher.RequestHash[:]...)
	return append(b, r.Signature[:]...)
}

// Batch is one settlement, ready to be signed and sent.
type Batch struct {
	Pod           Address `json:"pod"`
	Seq           uint64  `json:"seq"`
	Rows          []Row   `json:"rows"`
	ReceiptsRoot  Hash    `json:"receiptsRoot"`
	KeyConfigHash Hash    `json:"keyConfigHash"`
}

// SignedBatch is a batch and the enclave identity's signature over its SettleBatch.
type SignedBatch struct {
	Batch
	Signature Signature `json:"signature"`
}

// RowBytes is the concatenation of the rows.
func (b Batch) RowBytes() []byte {
	out := make([]byte, 0, RowSize*len(b.Rows))
	for _, r := range b.Rows {
		out = append(out, r.Bytes()...)
	}
	return out
}

// TypedData is what the identity signs.
func (b Batch) TypedData() SettleBatch {
	return SettleBatch{Pod: b.Pod, Seq: b.Seq, RowsHash: Keccak256(b.RowBytes()), ReceiptsRoot: b.ReceiptsRoot, KeyConfigHash: b.KeyConfigHash}
}
