package protocol

import "encoding/binary"

// Domain says which escrow on which chain a signature is for (EIP-712 section "Definition of domainSeparator"). Name
// and version are constants: "PhallamaEscrow", "1".
type Domain struct {
	ChainID uint64  `json:"chainId"`
	Escrow  Address `json:"escrow"`
}

// TypedData is one of the structs of this package that keys sign.
type TypedData interface {
	// HashStruct is hashStruct(s) of EIP-712: it does not depend on chain or escrow.
	HashStruct() Hash
}

var (
	domainType   = typeHash("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)")
	openType     = typeHash("OpenSession(address owner,address signer,address pod,uint64 salt,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)")
	delegateType = typeHash("Delegate(address owner,address delegate,uint96 cap,uint40 expiry,uint64 nonce,uint40 deadline)")
	reqCloseType = typeHash("RequestClose(bytes32 sessionId,uint40 deadline)")
	withdrawType = typeHash("Withdraw(address owner,address to,uint96 amount,uint96 fee,uint64 nonce,uint40 deadline)")
	voucherType  = typeHash("Voucher(bytes32 sessionId,uint96 ceiling,uint96 acked,bytes32 requestHash)")
	batchType    = typeHash("SettleBatch(address pod,uint64 seq,bytes32 rowsHash,bytes32 receiptsRoot,bytes32 keyConfigHash)")
	closeType    = typeHash("CloseSession(bytes32 sessionId,uint96 finalCharged,uint40 deadline)")
	receiptType  = typeHash("Receipt(bytes32 sessionId,bytes32 requestHash,bytes32 responseHash,bytes32 modelDigest,bytes32 offerHash," +
		"uint32 inTokens,uint32 cachedTokens,uint32 outTokens,uint8 finish,uint96 cost,uint96 charged,uint64 rseq,bytes16 blind)")
	offerType = typeHash("Offer(address pod,string model,bytes32 modelDigest,uint96 inPerM,uint96 cachedPerM,uint96 outPerM," +
		"uint96 perRequest,uint32 ctx,uint32 defaultOut,uint32 maxOut,uint40 validUntil)")
	keyConfigType = typeHash("KeyConfig(address enclave,bytes32 configHash,uint40 notBefore,uint40 notAfter,uint64 epoch)")
)

// Separator is the domain separator, as the escrow reports it.
func (d Domain) Separator() Hash {
	return hashWords(domainType, textWord("PhallamaEscrow"), textWord("1"), uintWord(d.ChainID), addressWord(d.Escrow))
}

// Digest is what a key signs for data under this domain.
func (d Domain) Digest(data TypedData) Hash {
	separator, body := d.Separator(), data.HashStruct()
	return Keccak256([]byte{0x19, 0x01}, separator[:], body[:])
}

// SessionKey names a session: whose money, which key signs its vouchers, for which pod, and a salt that tells two
// sessions of the same three apart. A salt is the nonce of the order that opened the session, so no id ever recurs.
type SessionKey struct {
	Owner  Address `json:"owner"`
	Signer Address `json:"signer"`
	Pod    Address `json:"pod"`
	Salt   uint64  `json:"salt"`
}

// ID is keccak256(abi.encode(owner, signer, pod, salt)).
func (k SessionKey) ID() Hash {
	return hashWords(Hash(addressWord(k.Owner)), addressWord(k.Signer), addressWord(k.Pod), uintWord(k.Salt))
}

// OpenSession is an owner's order to lock Cap of its balance for one pod, or to add to such a lock. Times are Unix
// seconds below 2^40.
type OpenSession struct {
	SessionKey
	Cap      Amount `json:"cap"`
	Expiry   uint64 `json:"expiry"`
	Nonce    uint64 `json:"nonce"`
	Deadline uint64 `json:"deadline"`
}

// HashStruct implements TypedData.
func (o OpenSession) HashStruct() Hash {
	return hashWords(openType, addressWord(o.Owner), addressWord(o.Signer), addressWord(o.Pod), uintWord(o.Salt),
		o.Cap.word(), uintWord(o.Expiry), uintWord(o.Nonce), uintWord(o.Deadline))
}

// Delegate is an owner's grant of a budget to another key.
type Delegate struct {
	Owner    Address `json:"owner"`
	Delegate Address `json:"delegate"`
	Cap      Amount  `json:"cap"`
	Expiry   uint64  `json:"expiry"`
	Nonce    uint64  `json:"nonce"`
	Deadline uint64  `json:"deadline"`
}

// HashStruct implements TypedData.
func (d Delegate) HashStruct() Hash {
	return hashWords(delegateType, addressWord(d.Owner), addressWord(d.Delegate), d.Cap.word(), uintWord(d.Expiry),
		uintWord(d.Nonce), uintWord(d.Deadline))
}

// RequestClose is an owner's or signer's order to start closing a session.
type RequestClose struct {
	SessionID Hash   `json:"sessionId"`
	Deadline  uint64 `json:"deadline"`
}

// HashStruct implements TypedData.
func (r RequestClose) HashStruct() Hash {
	return hashWords(reqCloseType, r.SessionID, uintWord(r.Deadline))
}

// Withdraw is an owner's order to pay unlocked balance out; Fee goes to whoever relays it.
type Withdraw struct {
	Owner    Address `json:"owner"`
	To       Address `json:"to"`
	Amount   Amount  `json:"amount"`
	Fee      Amount  `json:"fee"`
	Nonce    uint64  `json:"nonce"`
	Deadline uint64  `json:"deadline"`
}

// HashStruct implements TypedData.
func (w Withdraw) HashStruct() Hash {
	return hashWords(withdrawType, addressWord(w.Owner), addressWord(w.To), w.Amount.word(), w.Fee.word(),
		uintWord(w.Nonce), uintWord(w.Deadline))
}

// Voucher is the session signer's word: the pod may have taken at most Ceiling from this session, ever; Acked of it the
// user agrees was charged. RequestHash binds it to one request, so that a voucher seen on chain is of no use to others.
type Voucher struct {
	SessionID   Hash   `json:"sessionId"`
	Ceiling     Amount `json:"ceiling"`
	Acked       Amount `json:"acked"`
	RequestHash Hash   `json:"requestHash"`
}

// HashStruct implements TypedData.
func (v Voucher) HashStruct() Hash {
	return hashWords(voucherType, v.SessionID, v.Ceiling.word(), v.Acked.word(), v.RequestHash)
}

// SettleBatch is the enclave identity's word over one settlement: RowsHash is keccak256 of the concatenated rows.
type SettleBatch struct {
	Pod           Address `json:"pod"`
	Seq           uint64  `json:"seq"`
	RowsHash      Hash    `json:"rowsHash"`
	ReceiptsRoot  Hash    `json:"receiptsRoot"`
	KeyConfigHash Hash    `json:"keyConfigHash"`
}

// HashStruct implements TypedData.
func (b SettleBatch) HashStruct() Hash {
	return hashWords(batchType, addressWord(b.Pod), uintWord(b.Seq), b.RowsHash, b.ReceiptsRoot, b.KeyConfigHash)
}

// CloseSession is the enclave identity's word that a session will charge no more than FinalCharged.
type CloseSession struct {
	SessionID    Hash   `json:"sessionId"`
	FinalCharged Amount `json:"finalCharged"`
	Deadline     uint64 `json:"deadline"`
}

// HashStruct implements TypedData.
func (c CloseSession) HashStruct() Hash {
	return hashWords(closeType, c.SessionID, c.FinalCharged.word(), uintWord(c.Deadline))
}

func typeHash(signature string) Hash { return Keccak256([]byte(signature)) }

func hashWords(head Hash, words ...[32]byte) Hash {
	buffer := make([]byte, 0, 32*(1+len(words)))
	buffer = append(buffer, head[:]...)
	for _, w := range words {
		buffer = append(buffer, w[:]...)
	}
	return Keccak256(buffer)
}

func uintWord(n uint64) (w [32]byte) {
	binary.BigEndian.PutUint64(w[24:], n)
	return w
}

func addressWord(a Address) (w [32]byte) {
	copy(w[12:], a[:])
	return w
}

func textWord(s string) [32]byte { return Keccak256([]byte(s)) }
