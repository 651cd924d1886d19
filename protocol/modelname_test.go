package protocol

import (
	"strings"
	"testing"
)

const someDigest = "sha256:d100000000000000000000000000000000000000000000000000000000000000"

func TestModelNames(t *testing.T) {
	d1, d2 := Hash{0xd1}, Hash{0xd2}
	for _, tt := range []struct {
		asked, offered string
		digest         Hash
		same           bool
	}{
		{"x", "x:latest", d1, true},
		{"x:latest", "x", d1, true},
		{"x:1b", "x", d1, false},
		{"x:1b", "x:1b", d1, true},
		{"host:5000/x", "host:5000/x:latest", d1, true},
		{"X", "x", d1, false},
		{"x@" + someDigest, "x", d1, true},
		{"x:latest@" + someDigest, "x", d1, true},
		{"x@" + someDigest, "x", d2, false},
		{"x:1b@" + someDigest, "x", d1, false},
		{"y@" + someDigest, "x", d1, false},
		{"x@sha256:" + strings.Repeat("0", 64), "x", d1, false},
		{"x@", "x", d1, false},
		{"x@sha256:d1", "x", d1, false},
	} {
		if (Offer{Model: tt.offered, ModelDigest: tt.digest}).For(tt.asked) != tt.same {
			t.Errorf("%q and %q: want %v", tt.asked, tt.offered, tt.same)
		}
	}
	if got := (Offer{Model: "x", ModelDigest: d1}).Name().String(); got != "x:latest@"+someDigest {
		t.Errorf("in full: %s", got)
	}
}

func TestParseModelNameRefuses(t *testing.T) {
	for _, text := range []string{
		"@", "x@", "@" + someDigest, "x@" + someDigest + "0", "x@" + someDigest[:70], "x@" + strings.ToUpper(someDigest), "x@sha256:" + strings.ToUpper(someDigest[7:]),
		"x@" + someDigest[7:], "x@sha512:" + someDigest[7:], "x@" + someDigest + "@" + someDigest, "x@ " + someDigest, "x@sha256:" + strings.Repeat("g", 64),
		"x@sha256:@sha256:" + someDigest[7:],
	} {
		if got, err := ParseModelName(text); err == nil {
			t.Errorf("%q is read as %q", text, got)
		} else if !strings.Contains(err.Error(), "64 lower-case hex digits") || strings.Contains(err.Error(), someDigest) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// FuzzModelName holds that a name means one thing: written anew it is the same text.
func FuzzModelName(f *testing.F) {
	for _, s := range []string{"", "x", "x:1b@" + someDigest, "x@sha256:", "@", "x@@" + someDigest} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		name, err := ParseModelName(text)
		if err == nil && name.String() != text {
			t.Errorf("%q is read as %q", text, name)
		}
	})
}

// One bit of a model's digest changes everything that is signed about an answer (docs/spec/model-digest.md).
func TestModelDigestBinds(t *testing.T) {
	d := Domain{ChainID: 1337, Escrow: Address{0xe5}}
	identity, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	offer := Offer{Pod: Address{1}, Model: "x", ModelDigest: Hash{0xd1}, InPerM: Units(1), Context: 10, DefaultOut: 1, MaxOut: 2, ValidUntil: 9}
	other := offer
	other.ModelDigest[31] ^= 1
	signed := SignedOffer{Offer: offer, Signature: identity.Sign(d.Digest(offer))}
	if err := signed.Signature.Verify(d.Digest(offer), identity.Address()); err != nil {
		t.Fatal(err)
	}
	if signed.Signature.Verify(d.Digest(other), identity.Address()) == nil {
		t.Error("the identity's signature holds for an offer with another digest")
	}
	if OffersHash([]SignedOffer{signed}) == OffersHash([]SignedOffer{{Offer: other}}) {
		t.Error("the registry's hash of the offers is the same with another digest")
	}
	hash := func(o Offer) Hash {
		return RequestHash(RequestID{7}, "POST", "/api/chat", "application/json", []byte("{}"), Units(5), o.HashStruct())
	}
	if hash(offer) == hash(other) {
		t.Error("the request hash is the same with another digest")
	}
	voucher := Payment{Ceiling: Units(5)}
	if voucher.Voucher(hash(offer)).HashStruct() == voucher.Voucher(hash(other)).HashStruct() {
		t.Error("the voucher is the same with another digest")
	}
	receipt := Receipt{ModelDigest: offer.ModelDigest, OfferHash: offer.HashStruct()}
	forged := receipt
	forged.ModelDigest = other.ModelDigest
	if receipt.HashStruct() == forged.HashStruct() {
		t.Error("the receipt is the same with another digest")
	}
}
