package dcap_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

func addRealQuotes(f *testing.F) {
	real, _ := filepath.Glob(quoteSets + "/*/quote.bin")
	for _, path := range real {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

// FuzzParseQuote: whatever parses accounts for every byte of the quote, and
// nothing that the platform did not issue is genuine.
func FuzzParseQuote(f *testing.F) {
	s := simulatedSample(f, dcap.TEESGX)
	f.Add(s.quote)
	f.Add(simulatedSample(f, dcap.TEETDX).quote)
	f.Add(s.quote[:436])
	f.Add(append(bytes.Clone(s.quote), 0))
	addRealQuotes(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		q, err := dcap.ParseQuote(raw)
		if err != nil {
			wantCheck(t, err, "quote-format")
			return
		}
		if q.Size > len(raw) || q.Header.Version == 3 && q.Size != len(raw) {
			t.Errorf("size %d of %d bytes, version %d", q.Size, len(raw), q.Header.Version)
		}
		if core, err := q.WithoutCertificates(); err == nil {
			if !bytes.HasPrefix(raw, core) || len(core) != 1014+len(q.QEAuthData) || int(binary.LittleEndian.Uint16(core[1012:])) != len(q.QEAuthData) {
				t.Errorf("%d bytes without certificates, %d of QE authentication data", len(core), len(q.QEAuthData))
			}
			if leaf, err := q.PCKCertificate(); err == nil {
				if joined, err := dcap.JoinQuote(core, leaf); err != nil {
					t.Errorf("does not join again: %v", err)
				} else if again, err := dcap.ParseQuote(joined); err != nil || again.Report != q.Report {
					t.Errorf("joined, it is another quote: %v", err)
				}
			}
		}
		if res, err := dcap.Verify(raw, s.opts); err == nil && res.Quote.Report.MRENCLAVE != mrenclave {
			t.Errorf("a quote that the platform never issued is genuine")
		}
	})
}

// FuzzCollateral: whatever parses is written as it was read.
func FuzzCollateral(f *testing.F) {
	s := simulatedSample(f, dcap.TEESGX)
	data, err := json.Marshal(s.opts.Collateral)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"pck_crl_issuer_chain":""}`))
	real, _ := filepath.Glob(quoteSets + "/*/collateral.json")
	for _, path := range real {
		if data, err := os.ReadFile(path); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := dcap.ParseCollateral(data)
		if err != nil {
			return
		}
		written, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		again, err := dcap.ParseCollateral(written)
		if err != nil {
			// Bytes that are no UTF-8 become others in JSON, and may grow beyond a limit.
			return
		}
		if rewritten, err := json.Marshal(again); err != nil || !bytes.Equal(written, rewritten) {
			t.Errorf("it changes as it is written: %v", err)
		}
	})
}

// FuzzMaterial alters each part of good collateral: nothing panics, and what is
// accepted says what the good one says.
func FuzzMaterial(f *testing.F) {
	s := simulatedSample(f, dcap.TEETDX)
	good := s.verify(f)
	parts := func(c *dcap.Collateral) []*[]byte {
		return []*[]byte{
			&c.PCKCRLIssuerChain, &c.RootCRL, &c.PCKCRL, &c.TCBInfoIssuerChain, &c.TCBInfo, &c.TCBInfoSignature,
			&c.QEIdentityIssuerChain, &c.QEIdentity, &c.QEIdentitySignature, &c.PCKCertificateChain,
		}
	}
	for i, part := range parts(s.opts.Collateral) {
		f.Add(uint8(i), *part)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		c := *s.opts.Collateral
		list := parts(&c)
		*list[int(which)%len(list)] = data
		opts := s.opts
		opts.Collateral = &c
		res, err := dcap.Verify(s.quote, opts)
		if err == nil && (res.TCB.Status != good.TCB.Status || !res.NotAfter.Equal(good.NotAfter)) {
			t.Errorf("altered collateral is accepted: %+v", res.TCB)
		}
		_, _, _ = dcap.CollateralWindow(&c, dcap.TEETDX)
		_, _, _ = dcap.CollateralWindow(&c, dcap.TEESGX)
	})
}
