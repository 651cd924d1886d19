package protocol

import (
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func parsedHash(t *testing.T, s string) Hash {
	t.Helper()
	h, err := ParseHash(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestEndorsementVectors holds hashes, digests and signatures that ethers made of
// the typed data.
func TestEndorsementVectors(t *testing.T) {
	secret, err := hex.DecodeString("934cf1d529c6df5c0f224300e4eb9a89776d769f9766f8eef7be15543af39e8c") // a test key: keccak256("phallama test endorser")
	if err != nil {
		t.Fatal(err)
	}
	key, err := KeyFromBytes(secret)
	if err != nil {
		t.Fatal(err)
	}
	endorser, err := ParseAddress("0x285c3fe5bAA7036E3dDF8862b657D96D5BEaB2B0")
	if err != nil || key.Address() != endorser {
		t.Fatalf("key of %s, expected %s, %v", key.Address(), endorser, err)
	}
	for _, v := range []struct {
		machine, facility, method     string
		from, until                   uint64
		structHash, digest, signature string
	}{
		{
			"0x6ba80b69446f50595a739150a2e3f3b30819f5fefa4df70f9011b26b8803906e", "Example DC, cage 7", "visited, photographed; ünïcode", 1795608000, 1827144000,
			"0x92bc5b411af3d125335704418bd4d1c83a89308e51646f9e41395e6ba3dfc6da", "0xc2cddcc33cf66e9c272050e8d865e33fd1d8e6e6f53e0871b67676cfd2fbfe3d",
			"0x39660cdd97354bfdc205ef99443e46ea2cfc502dfd709c55640be6123be519555922f358371cec70da805ab75970a42afac86f7a71636b40773d6858d4317bdd",
		},
		{
			"0x" + strings.Repeat("ff", 32), strings.Repeat("x", 256), strings.Repeat("y", 256), 0, 1<<40 - 1,
			"0xafe358e6ff3a9636dae7ad79b667f2a455f19ae5b8a951b3e447c18e13de57a2", "0xcaeb3da1dd17d27abb834806a826cd6f53de4690dae2aa7126d525cfd5af6952",
			"0x99eb4d7b7993ef06fa59897c99d904cb968fd712b2edfa205d8960a6d128dbaa70d729e483a395f29e917722e53c00790083fe2c42dfec2e1e90c0131dddb342",
		},
	} {
		e := Endorsement{parsedHash(t, v.machine), v.facility, v.method, v.from, v.until}
		if got := e.HashStruct(); got != parsedHash(t, v.structHash) {
			t.Errorf("%.20s: struct hash %s, expected %s", v.facility, got, v.structHash)
		}
		if got := e.Digest(); got != parsedHash(t, v.digest) {
			t.Errorf("%.20s: digest %s, expected %s", v.facility, got, v.digest)
		}
		signed, err := e.Sign(key)
		if err != nil {
			t.Fatal(err)
		}
		if signed.Signature.String() != v.signature {
			t.Errorf("%.20s: signature %s, expected %s", v.facility, signed.Signature, v.signature)
		}
		if by, err := signed.Endorser(); err != nil || by != endorser {
			t.Errorf("%.20s: endorsed by %s, %v", v.facility, by, err)
		}
	}
}

// TestEndorsementBinds: with any member changed, it is another's word or nobody's.
func TestEndorsementBinds(t *testing.T) {
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	good, err := Endorsement{Hash{1}, "facility", "method", 5, 10}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*SignedEndorsement){
		"machine": func(e *SignedEndorsement) { e.Machine[31]++ }, "facility": func(e *SignedEndorsement) { e.Facility += " " },
		"method": func(e *SignedEndorsement) { e.Method = "" }, "notBefore": func(e *SignedEndorsement) { e.NotBefore-- },
		"notAfter": func(e *SignedEndorsement) { e.NotAfter++ }, "signature": func(e *SignedEndorsement) { e.Signature[63] ^= 1 },
		"texts swapped": func(e *SignedEndorsement) { e.Facility, e.Method = e.Method, e.Facility },
		"times swapped": func(e *SignedEndorsement) { e.NotBefore, e.NotAfter = e.NotAfter, e.NotBefore },
		"text moved":    func(e *SignedEndorsement) { e.Facility, e.Method = "facilitym", "ethod" },
	} {
		e := good
		change(&e)
		if by, err := e.Endorser(); err == nil && by == key.Address() {
			t.Errorf("%s changed: still the endorser's word", name)
		}
	}
	data, err := json.Marshal(good)
	if err != nil {
		t.Fatal(err)
	}
	var back SignedEndorsement
	if err := json.Unmarshal(data, &back); err != nil || !reflect.DeepEqual(back, good) {
		t.Errorf("%s: %+v, %v", data, back, err)
	}
}

func TestEndorsementLimits(t *testing.T) {
	key, err := GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name   string
		change func(*Endorsement)
		ok     bool
	}{
		{"good", func(*Endorsement) {}, true},
		{"longest texts", func(e *Endorsement) { e.Facility, e.Method = strings.Repeat("x", 256), strings.Repeat("ü", 128) }, true},
		{"latest end", func(e *Endorsement) { e.NotAfter = 1<<40 - 1 }, true},
		{"one second", func(e *Endorsement) { e.NotAfter = e.NotBefore + 1 }, true},
		{"no machine", func(e *Endorsement) { e.Machine = Hash{} }, false},
		{"no facility", func(e *Endorsement) { e.Facility = "" }, false},
		{"no method", func(e *Endorsement) { e.Method = "" }, false},
		{"long facility", func(e *Endorsement) { e.Facility = strings.Repeat("x", 257) }, false},
		{"long method", func(e *Endorsement) { e.Method = strings.Repeat("ü", 129) }, false},
		{"no time", func(e *Endorsement) { e.NotAfter = e.NotBefore }, false},
		{"it ends first", func(e *Endorsement) { e.NotAfter = e.NotBefore - 1 }, false},
		{"end beyond 40 bits", func(e *Endorsement) { e.NotAfter = 1 << 40 }, false},
		{"beginning beyond 40 bits", func(e *Endorsement) { e.NotBefore, e.NotAfter = 1<<40, 1<<40+1 }, false},
	} {
		e := Endorsement{Hash{1}, "facility", "method", 5, 10}
		tt.change(&e)
		if err := e.Check(); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, err := e.Sign(key); (err == nil) != tt.ok {
			t.Errorf("%s, signing: %v", tt.name, err)
		}
	}
}
