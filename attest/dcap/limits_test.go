package dcap_test

import (
	"bytes"
	"encoding/binary"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

// TestParseQuoteAfterTheEnd: bytes after a quote are an error in version 3, and no
// part of it in later ones.
func TestParseQuoteAfterTheEnd(t *testing.T) {
	p := newPlatform(t)
	for _, shape := range quoteShapes {
		quote := sampleOf(t, p, shape).quote
		q, err := dcap.ParseQuote(append(bytes.Clone(quote), 1, 2, 3))
		if shape.version == 3 {
			wantCheck(t, err, dcap.CheckFormat.Name)
		} else if err != nil || q.Size != len(quote) {
			t.Errorf("%s: %v", shape, err)
		}
	}
}

// TestQuoteLimits: a size that a quote declares is held against its limit, and
// against what there is, before anything is read.
func TestQuoteLimits(t *testing.T) {
	quote := sampleOf(t, newPlatform(t), quoteShape{dcap.TEETDX, 4}).quote
	padded := append(bytes.Clone(quote), make([]byte, dcap.MaxQuoteSize-len(quote))...)
	if _, err := dcap.ParseQuote(padded); err != nil {
		t.Errorf("of %d bytes: %v", len(padded), err)
	}
	_, err := dcap.ParseQuote(append(padded, 0))
	wantCheck(t, err, dcap.CheckFormat.Name)

	// Where the sizes are in a version 4 quote of a guest (Intel TDX DCAP Quoting
	// Library API, A.3): of the authentication data, of the QE report certification
	// data, of the QE's authentication data, of the certificates.
	const auth = 48 + 584
	const outer = auth + 4 + 64 + 64 + 2
	const qeAuth = outer + 4 + 384 + 64
	const inner = qeAuth + 2 + 32 + 2
	for name, at := range map[string]int{"authentication data": auth, "QE report certification data": outer, "certificates": inner} {
		for _, size := range []uint32{1 << 31, 1<<32 - 1, dcap.MaxQuoteSize + 1, dcap.MaxQuoteSize, 0} {
			altered := bytes.Clone(quote)
			binary.LittleEndian.PutUint32(altered[at:], size)
			_, err := dcap.ParseQuote(altered)
			if err == nil {
				t.Errorf("%s of %d bytes: accepted", name, size)
				continue
			}
			wantCheck(t, err, dcap.CheckFormat.Name)
		}
	}
	for _, size := range []uint16{1<<16 - 1, 4<<10 + 1, 4 << 10, 0} {
		altered := bytes.Clone(quote)
		binary.LittleEndian.PutUint16(altered[qeAuth:], size)
		_, err := dcap.ParseQuote(altered)
		wantCheck(t, err, dcap.CheckFormat.Name)
	}
}

func TestJoinQuoteRefuses(t *testing.T) {
	p := newPlatform(t)
	s := sampleOf(t, p, quoteShape{dcap.TEESGX, 3})
	q, err := dcap.ParseQuote(s.quote)
	if err != nil {
		t.Fatal(err)
	}
	core, err := q.WithoutCertificates()
	if err != nil {
		t.Fatal(err)
	}
	pck, err := q.PCKCertificate()
	if err != nil {
		t.Fatal(err)
	}
	later := sampleOf(t, p, quoteShape{dcap.TEESGX, 4}).quote
	for name, tt := range map[string]struct{ core, pck []byte }{
		"nothing":                  {nil, nil},
		"no quote":                 {nil, pck},
		"short quote":              {core[:1000], pck},
		"quote cut by a byte":      {core[:len(core)-1], pck},
		"byte after the quote":     {append(bytes.Clone(core), 0), pck},
		"whole quote":              {s.quote, pck},
		"quote of version 4":       {later, pck},
		"certificate too large":    {core, make([]byte, dcap.MaxQuoteSize)},
		"quote too large":          {make([]byte, dcap.MaxQuoteSize+1), pck},
		"quote of another TEE":     {append(append(bytes.Clone(core[:4]), 0x81), core[5:]...), pck},
		"quote of another version": {append([]byte{9}, core[1:]...), pck},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dcap.JoinQuote(tt.core, tt.pck)
			wantCheck(t, err, dcap.CheckFormat.Name)
		})
	}
	if q, err = dcap.ParseQuote(later); err != nil {
		t.Fatal(err)
	}
	_, err = q.WithoutCertificates()
	wantCheck(t, err, dcap.CheckFormat.Name)
}

func TestLimitOfQEAuthenticationData(t *testing.T) {
	quote := sampleOf(t, newPlatform(t), quoteShape{dcap.TEESGX, 3}).quote
	const authSize, qeAuthSize, qeAuth = 432, 1012, 1014 // where they are in a quote of version 3
	grown := func(size int) []byte {
		old := int(binary.LittleEndian.Uint16(quote[qeAuthSize:]))
		out := bytes.Join([][]byte{quote[:qeAuth], make([]byte, size), quote[qeAuth+old:]}, nil)
		binary.LittleEndian.PutUint16(out[qeAuthSize:], uint16(size))
		binary.LittleEndian.PutUint32(out[authSize:], uint32(len(out)-authSize-4))
		return out
	}
	if q, err := dcap.ParseQuote(grown(4 << 10)); err != nil || len(q.QEAuthData) != 4<<10 {
		t.Errorf("4096 bytes: %v", err)
	}
	_, err := dcap.ParseQuote(grown(4<<10 + 1))
	wantCheck(t, err, dcap.CheckFormat.Name)
}
