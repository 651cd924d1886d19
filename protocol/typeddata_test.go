package protocol

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
)

// typedDataVectors were made by an implementation of EIP-712 that shares no code with this package.
type typedDataVectors struct {
	Domain struct {
		Name, Version     string
		ChainID           uint64
		VerifyingContract Address
		Separator         Hash
	}
	Cases []struct {
		Type, TypeString   string
		Message            map[string]string
		HashStruct, Digest Hash
	}
	Signatures []struct {
		PrivateKey, Digest, R, VS Hash
		Address                   Address
	}
	SessionIDs []struct {
		Owner, Signer, Pod Address
		Salt               uint64 `json:",string"`
		ID                 Hash
	}
	PodIDs []struct {
		Registry, Operator, ID Address
		Salt                   Hash
	}
	Rows []struct {
		Owner, Signer           Address
		Salt                    uint64 `json:",string"`
		Charged, Ceiling, Acked Amount
		RequestHash, R, VS      Hash
		Encoded                 string
	}
	RowsHash   Hash
	OffersHash struct {
		HashStructs []Hash
		Hash        Hash
	}
}

func loadTypedDataVectors(t testing.TB) typedDataVectors {
	t.Helper()
	raw, err := os.ReadFile("../testdata/vectors/typed-data.json")
	if err != nil {
		t.Fatal(err)
	}
	var v typedDataVectors
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// fields reads a vector's message, member by member, and fails the test if one was not asked for.
type fields struct {
	t    *testing.T
	left map[string]string
}

func (f fields) text(name string) string {
	value, ok := f.left[name]
	if !ok {
		f.t.Fatalf("no member %s", name)
	}
	delete(f.left, name)
	return value
}

func (f fields) into(name string, v interface{ UnmarshalText([]byte) error }) {
	if err := v.UnmarshalText([]byte(f.text(name))); err != nil {
		f.t.Fatal(err)
	}
}

func (f fields) hash(name string) (h Hash)       { f.into(name, &h); return h }
func (f fields) address(name string) (a Address) { f.into(name, &a); return a }
func (f fields) amount(name string) (a Amount)   { f.into(name, &a); return a }

func (f fields) number(name string, bits int) uint64 {
	n, err := strconv.ParseUint(f.text(name), 10, bits)
	if err != nil {
		f.t.Fatal(err)
	}
	return n
}

func (f fields) small(name string) uint32 { return uint32(f.number(name, 32)) }

var readTyped = map[string]func(fields) TypedData{
	"OpenSession": func(f fields) TypedData {
		return OpenSession{
			SessionKey{f.address("owner"), f.address("signer"), f.address("pod"), f.number("salt", 64)},
			f.amount("cap"), f.number("expiry", 40), f.number("nonce", 64), f.number("deadline", 40),
		}
	},
	"Delegate": func(f fields) TypedData {
		return Delegate{f.address("owner"), f.address("delegate"), f.amount("cap"), f.number("expiry", 40), f.number("nonce", 64), f.number("deadline", 40)}
	},
	"RequestClose": func(f fields) TypedData { return RequestClose{f.hash("sessionId"), f.number("deadline", 40)} },
	"Withdraw": func(f fields) TypedData {
		return Withdraw{f.address("owner"), f.address("to"), f.amount("amount"), f.amount("fee"), f.number("nonce", 64), f.number("deadline", 40)}
	},
	"Voucher": func(f fields) TypedData {
		return Voucher{f.hash("sessionId"), f.amount("ceiling"), f.amount("acked"), f.hash("requestHash")}
	},
	"SettleBatch": func(f fields) TypedData {
		return SettleBatch{f.address("pod"), f.number("seq", 64), f.hash("rowsHash"), f.hash("receiptsRoot"), f.hash("keyConfigHash")}
	},
	"CloseSession": func(f fields) TypedData {
		return CloseSession{f.hash("sessionId"), f.amount("finalCharged"), f.number("deadline", 40)}
	},
	"Receipt": func(f fields) TypedData {
		r := Receipt{
			SessionID: f.hash("sessionId"), RequestHash: f.hash("requestHash"), ResponseHash: f.hash("responseHash"),
			ModelDigest: f.hash("modelDigest"), OfferHash: f.hash("offerHash"),
			Usage:  Usage{f.small("inTokens"), f.small("cachedTokens"), f.small("outTokens")},
			Finish: Finish(f.number("finish", 8)), Cost: f.amount("cost"), Charged: f.amount("charged"), RSeq: f.number("rseq", 64),
		}
		f.into("blind", &r.Blind)
		return r
	},
	"Offer": func(f fields) TypedData {
		return Offer{
			f.address("pod"), f.text("model"), f.hash("modelDigest"), f.amount("inPerM"), f.amount("cachedPerM"), f.amount("outPerM"),
			f.amount("perRequest"), f.small("ctx"), f.small("defaultOut"), f.small("maxOut"), f.number("validUntil", 40),
		}
	},
	"KeyConfig": func(f fields) TypedData {
		return KeyConfig{f.address("enclave"), f.hash("configHash"), f.number("notBefore", 40), f.number("notAfter", 40), f.number("epoch", 64)}
	},
}

func TestTypedDataVectors(t *testing.T) {
	v := loadTypedDataVectors(t)
	d := Domain{ChainID: v.Domain.ChainID, Escrow: v.Domain.VerifyingContract}
	if v.Domain.Name != "PhallamaEscrow" || v.Domain.Version != "1" || d.Separator() != v.Domain.Separator {
		t.Fatalf("domain %+v: separator %s", v.Domain, d.Separator())
	}
	typeStrings := map[Hash]string{}
	seen := map[string]int{}
	for _, c := range v.Cases {
		read := readTyped[c.Type]
		if read == nil {
			t.Fatalf("no type %s", c.Type)
		}
		left := maps.Clone(c.Message)
		data := read(fields{t, left})
		if len(left) > 0 {
			t.Errorf("%s: members %v are not hashed", c.Type, slices.Collect(maps.Keys(left)))
		}
		if got := data.HashStruct(); got != c.HashStruct {
			t.Errorf("%s: hashStruct %s, want %s", c.Type, got, c.HashStruct)
		}
		if got := d.Digest(data); got != c.Digest {
			t.Errorf("%s: digest %s, want %s", c.Type, got, c.Digest)
		}
		typeStrings[typeHash(c.TypeString)] = c.Type
		seen[c.Type]++
	}
	for name := range readTyped {
		if seen[name] < 2 {
			t.Errorf("%d vectors of %s", seen[name], name)
		}
	}
	if len(typeStrings) != len(readTyped) {
		t.Errorf("%d type strings for %d types", len(typeStrings), len(readTyped))
	}
}

func TestSignatureVectors(t *testing.T) {
	v := loadTypedDataVectors(t)
	if len(v.Signatures) == 0 {
		t.Fatal("no vectors")
	}
	for i, c := range v.Signatures {
		key, err := KeyFromBytes(c.PrivateKey[:])
		if err != nil {
			t.Fatal(err)
		}
		sig := key.Sign(c.Digest)
		if key.Address() != c.Address || sig.R() != c.R || sig.VS() != c.VS {
			t.Errorf("signature %d by %s: %s, want r %s vs %s by %s", i, key.Address(), sig, c.R, c.VS, c.Address)
		}
		if got, err := sig.Recover(c.Digest); err != nil || got != c.Address {
			t.Errorf("signature %d recovers %s, %v", i, got, err)
		}
	}
}

func TestIDVectors(t *testing.T) {
	v := loadTypedDataVectors(t)
	if len(v.SessionIDs) == 0 || len(v.PodIDs) == 0 {
		t.Fatal("no vectors")
	}
	for _, c := range v.SessionIDs {
		if got := (SessionKey{c.Owner, c.Signer, c.Pod, c.Salt}).ID(); got != c.ID {
			t.Errorf("session id %s, want %s", got, c.ID)
		}
	}
	for _, c := range v.PodIDs {
		if got := PodID(c.Registry, c.Operator, c.Salt); got != c.ID {
			t.Errorf("pod id %s, want %s", got, c.ID)
		}
	}
}

func TestRowVectors(t *testing.T) {
	v := loadTypedDataVectors(t)
	if len(v.Rows) == 0 {
		t.Fatal("no vectors")
	}
	var b Batch
	for i, c := range v.Rows {
		row := Row{
			Session: SessionKey{Owner: c.Owner, Signer: c.Signer, Salt: c.Salt}, Charged: c.Charged,
			Voucher: Voucher{Ceiling: c.Ceiling, Acked: c.Acked, RequestHash: c.RequestHash},
		}
		copy(row.Signature[:32], c.R[:])
		copy(row.Signature[32:], c.VS[:])
		got := row.Bytes()
		if len(got) != RowSize || "0x"+hex.EncodeToString(got) != c.Encoded {
			t.Errorf("row %d: %x, want %s", i, got, c.Encoded)
		}
		b.Rows = append(b.Rows, row)
	}
	if got := b.TypedData().RowsHash; got != v.RowsHash {
		t.Errorf("rows hash %s, want %s", got, v.RowsHash)
	}
	b.Pod, b.Seq, b.ReceiptsRoot, b.KeyConfigHash = Address{1}, 2, Hash{3}, Hash{4}
	if got := b.TypedData(); got != (SettleBatch{Address{1}, 2, v.RowsHash, Hash{3}, Hash{4}}) {
		t.Errorf("typed data %+v", got)
	}
}

func TestOffersHashVector(t *testing.T) {
	v := loadTypedDataVectors(t)
	var offers []SignedOffer
	for _, c := range v.Cases {
		if c.Type == "Offer" {
			offers = append(offers, SignedOffer{Offer: readTyped["Offer"](fields{t, maps.Clone(c.Message)}).(Offer)})
		}
	}
	if len(offers) != len(v.OffersHash.HashStructs) || OffersHash(offers) != v.OffersHash.Hash {
		t.Errorf("hash of %d offers: %s, want %s", len(offers), OffersHash(offers), v.OffersHash.Hash)
	}
}
