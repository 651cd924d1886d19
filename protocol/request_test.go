package protocol

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The hashes were computed by another program from RequestHash's description.
func TestRequestHashVectors(t *testing.T) {
	id := RequestID{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	offer := Hash{}
	for i := range offer {
		offer[i] = 0xaa
	}
	got := RequestHash(id, "POST", "/api/chat", "application/json", []byte(`{"model":"wisp"}`), mustAmount("123456789012345678901234567"), offer)
	if got.String() != "0x089522380bb2e0437628868782eb6e6dfcbe00fff90026385f144c7e9b0263a6" {
		t.Error(got)
	}
	got = RequestHash(RequestID{}, "", "", "", nil, Amount{}, Hash{})
	if got.String() != "0x96044b65976c952ade495079c051f24a74ecefa1827e7766235a2b02b3cc2d41" {
		t.Error(got)
	}
}

// Every input counts, and none can be moved into its neighbour.
func TestRequestHashBinds(t *testing.T) {
	base := func() Hash { return RequestHash(RequestID{1}, "POST", "/a", "b/c", []byte("d"), Units(5), Hash{6}) }
	for name, other := range map[string]Hash{
		"id":           RequestHash(RequestID{2}, "POST", "/a", "b/c", []byte("d"), Units(5), Hash{6}),
		"method":       RequestHash(RequestID{1}, "GET", "/a", "b/c", []byte("d"), Units(5), Hash{6}),
		"path":         RequestHash(RequestID{1}, "POST", "/b", "b/c", []byte("d"), Units(5), Hash{6}),
		"content type": RequestHash(RequestID{1}, "POST", "/a", "b/d", []byte("d"), Units(5), Hash{6}),
		"body":         RequestHash(RequestID{1}, "POST", "/a", "b/c", []byte("e"), Units(5), Hash{6}),
		"maximum cost": RequestHash(RequestID{1}, "POST", "/a", "b/c", []byte("d"), Units(4), Hash{6}),
		"offer":        RequestHash(RequestID{1}, "POST", "/a", "b/c", []byte("d"), Units(5), Hash{7}),
		"shifted":      RequestHash(RequestID{1}, "POST/", "a", "b/c", []byte("d"), Units(5), Hash{6}),
		"shifted body": RequestHash(RequestID{1}, "POST", "/a", "b/", []byte("cd"), Units(5), Hash{6}),
	} {
		if other == base() {
			t.Errorf("another %s gives the same hash", name)
		}
	}
}

func TestNewRequestID(t *testing.T) {
	seen := map[[16]byte]bool{}
	for range 100 {
		seen[NewRequestID()], seen[NewBlind()] = true, true
	}
	if len(seen) != 200 {
		t.Errorf("%d different ones of 200", len(seen))
	}
}

func TestSizeBucket(t *testing.T) {
	for n, want := range map[int]int{
		0: 2048, 1: 2048, 2048: 2048, 2049: 4096, 4096: 4096, 4097: 8192, 1<<20 - 1: 1 << 20, 1 << 20: 1 << 20, 1<<20 + 1: 1 << 21,
	} {
		if got := SizeBucket(n); got != want {
			t.Errorf("SizeBucket(%d) = %d, want %d", n, got, want)
		}
	}
}

func drawPayment(t *rapid.T) Payment {
	amount := func(label string) Amount {
		a, err := AmountFromBig(drawBig(t, label))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	bytes := func(label string, n int) []byte { return rapid.SliceOfN(rapid.Byte(), n, n).Draw(t, label) }
	p := Payment{
		Session: SessionKey{Address(bytes("owner", 20)), Address(bytes("signer", 20)), Address(bytes("pod", 20)), rapid.Uint64().Draw(t, "salt")},
		Ceiling: amount("ceiling"), Acked: amount("acked"), MaxCost: amount("maxcost"),
		Offer: Hash(bytes("offer", 32)), Signature: Signature(bytes("sig", 64)),
	}
	if rapid.Bool().Draw(t, "open") {
		time := rapid.Uint64Range(0, 1<<40-1)
		p.Open = &SignedOpen{
			OpenSession{p.Session, amount("cap"), time.Draw(t, "expiry"), rapid.Uint64().Draw(t, "nonce"), time.Draw(t, "deadline")},
			Signature(bytes("opensig", 64)),
		}
	}
	return p
}

func TestPaymentRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := drawPayment(t)
		field := want.String()
		if len(field) > MaxPayHeader {
			t.Fatalf("%d bytes", len(field))
		}
		got, err := ParsePayment(field)
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(Amount{})); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
		v := got.Voucher(Hash{9})
		if v != (Voucher{want.Session.ID(), want.Ceiling, want.Acked, Hash{9}}) {
			t.Fatalf("voucher %+v", v)
		}
	})
}

var (
	plainPayment = Payment{Session: SessionKey{Address{1}, Address{2}, Address{3}, 4}, Ceiling: Units(5), Acked: Units(6), MaxCost: Units(7), Offer: Hash{8}, Signature: Signature{9}}
	openPayment  = func() Payment {
		p := plainPayment
		p.Open = &SignedOpen{OpenSession{p.Session, Units(10), 11, 12, 13}, Signature{14}}
		return p
	}()
)

func TestParsePaymentRefuses(t *testing.T) {
	plain, open := plainPayment.String(), openPayment.String()
	without := func(field, key string) string {
		var kept []string
		for _, pair := range strings.Split(field, ", ") {
			if !strings.HasPrefix(pair, key+"=") {
				kept = append(kept, pair)
			}
		}
		return strings.Join(kept, ", ")
	}
	cases := map[string][2]string{
		"empty":               {"", "key=value"},
		"no pairs":            {"hello", "key=value"},
		"trailing comma":      {plain + ",", "key=value"},
		"twice":               {plain + ", salt=4", "each key once"},
		"unknown":             {plain + ", extra=1", "1 unknown"},
		"letter case":         {strings.Replace(plain, "owner=", "Owner=", 1), "owner is missing"},
		"version":             {strings.Replace(plain, "v=1", "v=2", 1), "want version 1"},
		"salt negative":       {strings.Replace(plain, "salt=4", "salt=-4", 1), "salt"},
		"salt too large":      {strings.Replace(plain, "salt=4", "salt=18446744073709551616", 1), "salt"},
		"salt in hex":         {strings.Replace(plain, "salt=4", "salt=0x4", 1), "salt"},
		"ceiling too large":   {strings.Replace(plain, "ceiling=5", "ceiling=79228162514264337593543950336", 1), "ceiling"},
		"acked fraction":      {strings.Replace(plain, "acked=6", "acked=6.0", 1), "acked"},
		"maxcost empty":       {strings.Replace(plain, "maxcost=7", "maxcost=", 1), "maxcost"},
		"short owner":         {strings.Replace(plain, "owner=0x01", "owner=0x", 1), "owner"},
		"offer no hex":        {strings.Replace(plain, "offer=0x08", "offer=0xzz", 1), "offer"},
		"short sig":           {plain[:len(plain)-2], "sig"},
		"opening without sig": {without(open, "opensig"), "unknown keys"},
		"expiry too large":    {strings.Replace(open, "expiry=11", "expiry=1099511627776", 1), "expiry"},
		"deadline too large":  {strings.Replace(open, "deadline=13", "deadline=1099511627776", 1), "deadline"},
		"nonce empty":         {strings.Replace(open, "nonce=12", "nonce=", 1), "nonce"},
		"cap too large":       {strings.Replace(open, "cap=10", "cap=99999999999999999999999999999", 1), "cap"},
		"opensig short":       {open[:len(open)-2], "opensig"},
		"too long":            {plain + strings.Repeat(" ", MaxPayHeader), "at most 2048"},
	}
	for _, key := range []string{"v", "owner", "signer", "pod", "salt", "ceiling", "acked", "maxcost", "offer", "sig"} {
		cases["without "+key] = [2]string{without(plain, key), key + " is missing"}
	}
	for _, key := range []string{"cap", "expiry", "nonce", "deadline"} {
		cases["opening without "+key] = [2]string{without(open, key), key + " is missing"}
	}
	for name, c := range cases {
		_, err := ParsePayment(c[0])
		if err == nil || !strings.HasPrefix(err.Error(), HeaderPay+": ") || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("%s: error %v, want %q", name, err, c[1])
		}
	}
	for name, ok := range map[string]string{
		"no spaces":  strings.ReplaceAll(plain, ", ", ","),
		"more space": strings.ReplaceAll(plain, ", ", " ,\t"),
	} {
		if got, err := ParsePayment(ok); err != nil || got != plainPayment {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

func FuzzParsePayment(f *testing.F) {
	f.Add(plainPayment.String())
	f.Add(openPayment.String())
	f.Add("v=1, owner=")
	f.Fuzz(func(t *testing.T, field string) {
		p, err := ParsePayment(field)
		if err != nil {
			return
		}
		again, err := ParsePayment(p.String())
		if diff := cmp.Diff(p, again, cmp.AllowUnexported(Amount{})); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}
