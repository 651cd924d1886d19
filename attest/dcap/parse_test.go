package dcap_test

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

var oidSGX = asn1.ObjectIdentifier{1, 2, 840, 113741, 1, 13, 1}

func TestParseQuoteTruncated(t *testing.T) {
	for _, tee := range []dcap.TEE{dcap.TEESGX, dcap.TEETDX} {
		quote := simulatedSample(t, tee).quote
		for n := range quote {
			_, err := dcap.ParseQuote(quote[:n])
			if err == nil {
				t.Fatalf("%s: accepted %d of %d bytes", tee, n, len(quote))
			}
			wantCheck(t, err, "quote-format")
		}
		q, err := dcap.ParseQuote(quote)
		if err != nil || q.Size != len(quote) {
			t.Fatalf("size %d of %d, %v", q.Size, len(quote), err)
		}
	}
}

type sgxField struct {
	ID    asn1.ObjectIdentifier
	Value any
}

func under(path ...int) asn1.ObjectIdentifier {
	return append(append(asn1.ObjectIdentifier{}, oidSGX...), path...)
}

// tcbFields are those of field .2, with SVNs 1 to 16, PCE SVN 300.
func tcbFields() []sgxField {
	var tcb []sgxField
	for i := range 16 {
		tcb = append(tcb, sgxField{under(2, i+1), i + 1})
	}
	return append(tcb, sgxField{under(2, 17), 300}, sgxField{under(2, 18), bytes.Repeat([]byte{0xcc}, 16)})
}

func extensionFields() []sgxField {
	return []sgxField{
		{under(1), bytes.Repeat([]byte{0xaa}, 16)},
		{under(2), tcbFields()},
		{under(3), []byte{1, 2}},
		{under(4), []byte{0, 0x60, 0x6a, 0, 0, 0}},
		{under(5), asn1.Enumerated(1)},
		{under(6), bytes.Repeat([]byte{0xbb}, 16)},
		{under(7), []sgxField{{under(7, 1), true}, {under(7, 2), false}, {under(7, 3), true}}},
	}
}

func certWith(t testing.TB, fields any) *x509.Certificate {
	t.Helper()
	der, err := asn1.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	return &x509.Certificate{Extensions: []pkix.Extension{{Id: oidSGX, Value: der}}}
}

func TestParsePCK(t *testing.T) {
	pck, err := dcap.ParsePCK(certWith(t, extensionFields()))
	if err != nil {
		t.Fatal(err)
	}
	for i, svn := range pck.ComponentSVNs {
		if int(svn) != i+1 {
			t.Errorf("component SVN %d is %d", i+1, svn)
		}
	}
	switch {
	case pck.PPID != [16]byte(bytes.Repeat([]byte{0xaa}, 16)),
		pck.PCESVN != 300,
		pck.CPUSVN != [16]byte(bytes.Repeat([]byte{0xcc}, 16)),
		pck.PCEID != [2]byte{1, 2},
		pck.FMSPC != [6]byte{0, 0x60, 0x6a},
		pck.SGXType != dcap.SGXScalable,
		pck.PlatformInstanceID == nil || *pck.PlatformInstanceID != [16]byte(bytes.Repeat([]byte{0xbb}, 16)),
		pck.Configuration == nil || *pck.Configuration != dcap.PCKConfiguration{DynamicPlatform: true, SMTEnabled: true}:
		t.Errorf("parsed wrongly: %+v", pck)
	}

	processor, err := dcap.ParsePCK(certWith(t, extensionFields()[:5]))
	if err != nil {
		t.Fatal(err)
	}
	if processor.PlatformInstanceID != nil || processor.Configuration != nil {
		t.Errorf("a Processor CA's extension has no instance id and no configuration: %+v", processor)
	}
}

func TestParsePCKRefuses(t *testing.T) {
	tests := []struct {
		name   string
		fields func() any
	}{
		{"nothing", func() any { return []sgxField{} }},
		{"no PPID", func() any { return extensionFields()[1:] }},
		{"no SGX type", func() any { return extensionFields()[:4] }},
		{"short PPID", func() any { f := extensionFields(); f[0].Value = make([]byte, 15); return f }},
		{"long FMSPC", func() any { f := extensionFields(); f[3].Value = make([]byte, 7); return f }},
		{"PPID of another type", func() any { f := extensionFields(); f[0].Value = 5; return f }},
		{"SGX type as an integer", func() any { f := extensionFields(); f[4].Value = 1; return f }},
		{"unknown SGX type", func() any { f := extensionFields(); f[4].Value = asn1.Enumerated(3); return f }},
		{"negative SGX type", func() any { f := extensionFields(); f[4].Value = asn1.Enumerated(-1); return f }},
		{"field twice", func() any { return append(extensionFields(), extensionFields()[0]) }},
		{"unknown field", func() any { return append(extensionFields(), sgxField{under(8), 1}) }},
		{"shorter identifier", func() any { f := extensionFields(); f[0].ID = oidSGX; return f }},
		{"field of another arc", func() any {
			f := extensionFields()
			f[0].ID = asn1.ObjectIdentifier{1, 2, 840, 113741, 1, 13, 2, 1}
			return f
		}},
		{"15 components", func() any { f := extensionFields(); f[1].Value = tcbFields()[1:]; return f }},
		{"component twice", func() any { f, tcb := extensionFields(), tcbFields(); f[1].Value = append(tcb, tcb[0]); return f }},
		{"component of 256", func() any { f, tcb := extensionFields(), tcbFields(); tcb[4].Value = 256; f[1].Value = tcb; return f }},
		{"negative component", func() any { f, tcb := extensionFields(), tcbFields(); tcb[4].Value = -1; f[1].Value = tcb; return f }},
		{"PCE SVN of 65536", func() any {
			f, tcb := extensionFields(), tcbFields()
			tcb[16].Value = 65536
			f[1].Value = tcb
			return f
		}},
		{"short CPUSVN", func() any {
			f, tcb := extensionFields(), tcbFields()
			tcb[17].Value = []byte{1}
			f[1].Value = tcb
			return f
		}},
		{"TCB that is no sequence", func() any { f := extensionFields(); f[1].Value = 1; return f }},
		{"two configuration flags", func() any {
			f := extensionFields()
			f[6].Value = []sgxField{{under(7, 1), true}, {under(7, 2), true}}
			return f
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := dcap.ParsePCK(certWith(t, tt.fields()))
			wantCheck(t, err, "pck-extension")
		})
	}
	good := certWith(t, extensionFields())
	for name, value := range map[string][]byte{
		"bytes after it": append(bytes.Clone(good.Extensions[0].Value), 0),
		"zeros":          make([]byte, 4096),
		"empty":          {},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dcap.ParsePCK(&x509.Certificate{Extensions: []pkix.Extension{{Id: oidSGX, Value: value}}})
			wantCheck(t, err, "pck-extension")
		})
	}
	t.Run("extension twice", func(t *testing.T) {
		_, err := dcap.ParsePCK(&x509.Certificate{Extensions: append(good.Extensions, good.Extensions[0])})
		wantCheck(t, err, "pck-extension")
	})
}

// FuzzParsePCK: whatever parses is a DER sequence of at least the five fields
// that every PCK certificate has.
func FuzzParsePCK(f *testing.F) {
	f.Add(certWith(f, extensionFields()).Extensions[0].Value)
	f.Add(certWith(f, extensionFields()[:5]).Extensions[0].Value)
	f.Add([]byte{0x30, 0})
	f.Fuzz(func(t *testing.T, der []byte) {
		pck, err := dcap.ParsePCK(&x509.Certificate{Extensions: []pkix.Extension{{Id: oidSGX, Value: der}}})
		if err != nil {
			wantCheck(t, err, "pck-extension")
			return
		}
		for _, part := range [][]byte{pck.PPID[:], pck.CPUSVN[:], pck.PCEID[:], pck.FMSPC[:]} {
			if !bytes.Contains(der, part) {
				t.Errorf("%x is not in the extension", part)
			}
		}
		if pck.SGXType > dcap.SGXScalableIntegrity {
			t.Errorf("SGX type %d", pck.SGXType)
		}
	})
}
