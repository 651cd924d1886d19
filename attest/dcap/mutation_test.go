package dcap_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// TestEveryByte flips a bit in each byte of quotes of SGX v3 and TDX v5, and in
// samples of the other layouts, which are made of the same parts. Outside of the PEM
// text every flip is refused; in it, one is refused or leaves the certificates as
// they were (white space, unused bits of base64).
func TestEveryByte(t *testing.T) {
	p, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	sgx := func(version uint16) *simulated.Source {
		return p.Source(simulated.Enclave{MRENCLAVE: mrenclave, QuoteVersion: version})
	}
	for name, source := range map[string]*simulated.Source{
		"SGX v3": sgx(3), "SGX v4": sgx(4), "SGX v5": sgx(5),
		"TDX v4": p.GuestSource(simulated.Guest{}), "TDX v5, TD 1.0": p.GuestSource(simulated.Guest{QuoteVersion: 5}), "TDX v5, TD 1.5": p.GuestSource(simulated.Guest{QuoteVersion: 5, TD15: true}),
	} {
		t.Run(name, func(t *testing.T) {
			ev, err := source.Quote(t.Context(), reportData)
			if err != nil {
				t.Fatal(err)
			}
			tee := dcap.TEESGX
			if strings.HasPrefix(name, "TDX") {
				tee = dcap.TEETDX
			}
			s := sampleOf(t, p, tee)
			s.quote = ev.Quote
			good := s.verify(t)
			text := bytes.Index(s.quote, []byte("-----BEGIN"))
			if text < 1000 || good.Quote.Size != len(s.quote) {
				t.Fatalf("PEM text at %d, %d of %d bytes", text, good.Quote.Size, len(s.quote))
			}
			step := 7
			if name == "SGX v3" || name == "TDX v5, TD 1.5" {
				step = 1
			}
			for i := 0; i < len(s.quote); i += step {
				if i >= text {
					step = 61 // the text is long, and what it is made of repeats
				}
				s.quote[i] ^= 1 << (i % 8)
				res, err := dcap.Verify(s.quote, s.opts)
				s.quote[i] ^= 1 << (i % 8)
				var refused *dcap.CheckError
				switch {
				case err != nil && !errors.As(err, &refused):
					t.Fatalf("byte %d: %T is no *CheckError: %v", i, err, err)
				case err == nil && i < text:
					t.Errorf("byte %d: accepted with a flipped bit", i)
				case err == nil && (!res.Chain.PCK.Equal(good.Chain.PCK) || !res.Chain.CA.Equal(good.Chain.CA) || !res.Chain.Root.Equal(good.Chain.Root)):
					t.Errorf("byte %d: accepted with another certificate", i)
				}
			}
		})
	}
}

// certifiedBy replaces the certification data of an SGX quote of version 3.
func certifiedBy(t *testing.T, quote []byte, kind uint16, data []byte) []byte {
	t.Helper()
	q, err := dcap.ParseQuote(quote)
	if err != nil {
		t.Fatal(err)
	}
	out, err := q.WithoutCertificates()
	if err != nil {
		t.Fatal(err)
	}
	out = binary.LittleEndian.AppendUint16(out, kind)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	out = append(out, data...)
	binary.LittleEndian.PutUint32(out[432:], uint32(len(out)-436))
	return out
}

// TestQuotesByPPID: a quote that names its platform by PPID carries no certificate,
// so that nobody can tell from it what it needs, and says what to do.
func TestQuotesByPPID(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	whole := s.verify(t)
	for _, kind := range []uint16{1, 2, 3} {
		quote := certifiedBy(t, s.quote, kind, make([]byte, 404))
		_, err := dcap.Needs(quote)
		wantCheck(t, err, "pck-chain")
		if !strings.Contains(err.Error(), "PCCS") {
			t.Errorf("type %d: no hint: %v", kind, err)
		}
		q, err := dcap.ParseQuote(quote)
		if err != nil {
			t.Fatal(err)
		}
		_, err = q.PCKCertificate()
		wantCheck(t, err, "pck-chain")
		_, err = dcap.Verify(quote, s.opts)
		wantCheck(t, err, "pck-chain")

		c := *s.opts.Collateral
		c.PCKCertificateChain = whole.Quote.CertChainPEM
		again := sample{quote, s.opts}
		again.opts.Collateral = &c
		if res := again.verify(t); !res.Chain.PCK.Equal(whole.Chain.PCK) {
			t.Errorf("type %d: another certificate", kind)
		}
	}
}

// TestNeeds believes what the quote's certificate says, and no more than that.
func TestNeeds(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	res := s.verify(t)
	leaf, err := res.Quote.PCKCertificate()
	if err != nil {
		t.Fatal(err)
	}
	core, err := res.Quote.WithoutCertificates()
	if err != nil {
		t.Fatal(err)
	}
	joined, err := dcap.JoinQuote(core, leaf)
	if err != nil {
		t.Fatal(err)
	}
	want, err := dcap.Needs(s.quote)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := dcap.Needs(joined); err != nil || got != want {
		t.Errorf("joined, it needs %s (%v), whole %s", got, err, want)
	}
	for name, tt := range map[string]struct {
		certificate []byte
		check       string
	}{
		"the CA's certificate":   {res.Chain.CA.Raw, "pck-extension"},
		"no certificate":         {[]byte("hello"), "pck-chain"},
		"the root's certificate": {res.Chain.Root.Raw, "pck-extension"},
	} {
		t.Run(name, func(t *testing.T) {
			quote, err := dcap.JoinQuote(core, tt.certificate)
			if err != nil {
				t.Fatal(err)
			}
			_, err = dcap.Needs(quote)
			wantCheck(t, err, tt.check)
		})
	}
	_, err = dcap.Needs(nil)
	wantCheck(t, err, "quote-format")
}

func TestJoinQuoteRefuses(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	res := s.verify(t)
	core, err := res.Quote.WithoutCertificates()
	if err != nil {
		t.Fatal(err)
	}
	leaf := res.Chain.PCK.Raw
	changed := func(at int, value byte) []byte {
		c := bytes.Clone(core)
		c[at] = value
		return c
	}
	for name, tt := range map[string]struct{ core, leaf []byte }{
		"nothing":                     {nil, leaf},
		"header alone":                {core[:48], leaf},
		"a byte less":                 {core[:len(core)-1], leaf},
		"a byte more":                 {append(bytes.Clone(core), 0), leaf},
		"a whole quote":               {s.quote, leaf},
		"version 4":                   {changed(0, 4), leaf},
		"TEE type of TDX":             {changed(4, 0x81), leaf},
		"more QE data than there is":  {changed(1013, 1), leaf},
		"certificate larger than all": {core, make([]byte, dcap.MaxQuoteSize)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dcap.JoinQuote(tt.core, tt.leaf)
			wantCheck(t, err, "quote-format")
		})
	}
	// What stands in the place of the size, which nobody signs, makes no difference.
	joined, err := dcap.JoinQuote(changed(433, 0xff), leaf)
	if err != nil {
		t.Fatal(err)
	}
	sample{joined, s.opts}.verify(t)
}

// TestDocNamesTheChecks: the package's documentation lists every check.
func TestDocNamesTheChecks(t *testing.T) {
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range simulatedSample(t, dcap.TEETDX).verify(t).Checks {
		if !strings.Contains(string(doc), c.Name) {
			t.Errorf("doc.go does not name the check %s", c.Name)
		}
	}
}
