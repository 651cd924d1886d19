package protocol

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Field names inside the envelope. They never appear outside it, and no phallama-* field goes into the request hash.
const (
	HeaderPay       = "Phallama-Pay"        // request: Payment
	HeaderRequestID = "Phallama-Request-Id" // request: RequestID, 32 hex digits
	TrailerReceipt  = "Phallama-Receipt"    // response trailer: SignedReceipt, see EncodeReceipt
)

// Sizes that both sides agree on.
const (
	MaxRequestBody = 1<<20 - 16<<10 // bytes of an inner request's body: with its fields it fits a sealed MiB
	MaxPayHeader   = 2048           // bytes of a Phallama-Pay field
	minBucket      = 2 << 10

	MaxReceiptField = 4096 // bytes of a Phallama-Receipt field
)

// NewRequestID draws 128 random bits.
func NewRequestID() RequestID {
	var id RequestID
	_, _ = rand.Read(id[:]) // never fails: crypto/rand aborts the program instead
	return id
}

// NewBlind draws 16 random bytes.
func NewBlind() Blind { return Blind(NewRequestID()) }

// RequestHash is keccak256(reqId | sha256(method, path, content-type, body) | maxCost | offerHash), where each of the
// four inner parts is preceded by its length as 8 big-endian bytes and maxCost is 12 big-endian bytes. A voucher carries
// it, so that neither a settled voucher nor a stolen one can pay for anything else.
func RequestHash(id RequestID, method, path, contentType string, body []byte, maxCost Amount, offer Hash) Hash {
	inner := sha256.New()
	for _, part := range [][]byte{[]byte(method), []byte(path), []byte(contentType), body} {
		inner.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
		inner.Write(part)
	}
	cost := maxCost.Bytes12()
	return Keccak256(id[:], inner.Sum(nil), cost[:], offer[:])
}

// SizeBucket is the smallest of 2 KiB, 4 KiB, 8 KiB, … that holds n bytes.
func SizeBucket(n int) int {
	bucket := minBucket
	for bucket < n {
		bucket *= 2
	}
	return bucket
}

// MaxCostUp is the most a request may cost under the offer: every byte of the body's size bucket a prompt token (a
// byte-level token is at least one byte; the context length bounds it as well) and out tokens generated. The bucket
// rather than the length, so that a ceiling seen on chain tells no length.
func (o Offer) MaxCostUp(bodyLen int, out uint32) (Amount, error) {
	return o.CostUp(Usage{In: uint32(min(int64(SizeBucket(bodyLen)), int64(o.Context))), Out: out})
}

// Payment is what a request says about money: which session pays, the voucher without its session id and request hash
// (the pod computes both), what the request may cost at most, and under which offer. A session that is not open yet
// brings the order that opens it.
type Payment struct {
	Session   SessionKey
	Ceiling   Amount
	Acked     Amount
	MaxCost   Amount
	Offer     Hash
	Signature Signature // the session signer's, over the Voucher
	Open      *SignedOpen
}

// SignedOpen is an opening order with its owner's signature.
type SignedOpen struct {
	OpenSession
	Signature Signature `json:"signature"`
}

// Voucher is the voucher that Signature signs, for a request of the given hash.
func (p Payment) Voucher(requestHash Hash) Voucher {
	return Voucher{SessionID: p.Session.ID(), Ceiling: p.Ceiling, Acked: p.Acked, RequestHash: requestHash}
}

// String is the Phallama-Pay field: "v=1, owner=0x…, signer=0x…, pod=0x…, salt=7, ceiling=…, acked=…, maxcost=…,
// offer=0x…, sig=0x…" and, with an opening order, "cap=…, expiry=…, nonce=…, deadline=…, opensig=0x…".
func (p Payment) String() string {
	s := fmt.Sprintf("v=1, owner=%s, signer=%s, pod=%s, salt=%d, ceiling=%s, acked=%s, maxcost=%s, offer=%s, sig=%s",
		p.Session.Owner, p.Session.Signer, p.Session.Pod, p.Session.Salt, p.Ceiling, p.Acked, p.MaxCost, p.Offer, p.Signature)
	if o := p.Open; o != nil {
		s += fmt.Sprintf(", cap=%s, expiry=%d, nonce=%d, deadline=%d, opensig=%s", o.Cap, o.Expiry, o.Nonce, o.Deadline, o.Signature)
	}
	return s
}

// ParsePayment reads a Phallama-Pay field. Every key once, none unknown, none missing.
func ParsePayment(field string) (Payment, error) {
	if len(field) > MaxPayHeader {
		return Payment{}, fmt.Errorf("%s: %d bytes, at most %d", HeaderPay, len(field), MaxPayHeader)
	}
	values := map[string]string{}
	for pair := range strings.SplitSeq(field, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if _, twice := values[key]; !ok || twice {
			return Payment{}, fmt.Errorf("%s: want key=value pairs, each key once", HeaderPay)
		}
		values[key] = value
	}
	var (
		p    Payment
		open OpenSession
		sig  Signature
		fail error
	)
	take := func(key string, set func(string) error) {
		value, ok := values[key]
		delete(values, key)
		switch {
		case fail != nil:
		case !ok:
			fail = fmt.Errorf("%s: %s is missing", HeaderPay, key)
		default:
			if err := set(value); err != nil {
				fail = fmt.Errorf("%s: %s: %w", HeaderPay, key, err)
			}
		}
	}
	text := func(u interface{ UnmarshalText([]byte) error }) func(string) error {
		return func(s string) error { return u.UnmarshalText([]byte(s)) }
	}
	number := func(n *uint64, width int) func(string) error {
		return func(s string) (err error) {
			*n, err = strconv.ParseUint(s, 10, width)
			return err
		}
	}
	take("v", func(s string) error {
		if s != "1" {
			return fmt.Errorf("want version 1, got %q", s)
		}
		return nil
	})
	take("owner", text(&p.Session.Owner))
	take("signer", text(&p.Session.Signer))
	take("pod", text(&p.Session.Pod))
	take("salt", number(&p.Session.Salt, 64))
	take("ceiling", text(&p.Ceiling))
	take("acked", text(&p.Acked))
	take("maxcost", text(&p.MaxCost))
	take("offer", text(&p.Offer))
	take("sig", text(&p.Signature))
	if _, ok := values["opensig"]; ok {
		open.SessionKey = p.Session
		take("cap", text(&open.Cap))
		take("expiry", number(&open.Expiry, 40))
		take("nonce", number(&open.Nonce, 64))
		take("deadline", number(&open.Deadline, 40))
		take("opensig", text(&sig))
		p.Open = &SignedOpen{OpenSession: open, Signature: sig}
	}
	if fail == nil && len(values) > 0 {
		fail = fmt.Errorf("%s: %d unknown keys", HeaderPay, len(values))
	}
	if fail != nil {
		return Payment{}, fail
	}
	return p, nil
}

// EncodeReceipt is the Phallama-Receipt trailer: base64url of the receipt's JSON.
func EncodeReceipt(r SignedReceipt) string {
	raw, err := json.Marshal(r)
	if err != nil {
		panic(err) // a struct of integers and byte arrays marshals
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// DecodeReceipt reads a Phallama-Receipt trailer.
func DecodeReceipt(field string) (SignedReceipt, error) {
	var r SignedReceipt
	if len(field) > MaxReceiptField {
		return r, fmt.Errorf("receipt: %d bytes, at most %d", len(field), MaxReceiptField)
	}
	raw, err := base64.RawURLEncoding.DecodeString(field)
	if err == nil {
		err = json.Unmarshal(raw, &r)
	}
	if err != nil {
		return SignedReceipt{}, fmt.Errorf("receipt: want base64url of JSON: %w", err)
	}
	return r, nil
}
