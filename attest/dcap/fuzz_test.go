package dcap_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
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

// rebuild puts a quote together from what was parsed. Of the input it takes header
// and body, and the certification data where that carries no certificate.
func rebuild(t *testing.T, q *dcap.Quote, raw []byte) []byte {
	t.Helper()
	le := binary.LittleEndian
	body := map[dcap.TEE]int{dcap.TEESGX: 384, dcap.TEETDX: 584}[q.TEE()]
	if q.TD != nil && q.TD.MRServiceTD != nil {
		body = 648
	}
	start := 48
	if q.Header.Version == 5 {
		start += 6
	}
	if q.TD == nil && (q.Report.MRENCLAVE != [32]byte(raw[start+64:]) || q.Report.ReportData != [64]byte(raw[start+320:])) ||
		q.TD != nil && (q.TD.MRTD != [48]byte(raw[start+136:]) || q.TD.ReportData != [64]byte(raw[start+520:])) {
		t.Errorf("the report is not the quote's")
	}
	signed := raw[:start+body]
	qeReport := start + body + 4 + 64 + 64
	if q.Header.Version > 3 {
		qeReport += 6
	}
	kindAt := qeReport + 384 + 64 + 2 + len(q.QEAuthData)
	kind := le.Uint16(raw[kindAt:])
	certification := q.CertChainPEM
	switch kind {
	case 1, 2, 3:
		if len(certification) != 0 {
			t.Errorf("certificates in certification data of type %d", kind)
		}
		certification = raw[kindAt+6:][:le.Uint32(raw[kindAt+2:])]
	case 4, 5:
	default:
		t.Errorf("certification data of type %d", kind)
	}
	qe := bytes.Join([][]byte{raw[qeReport : qeReport+384], q.QEReportSignature[:]}, nil)
	qe = append(le.AppendUint16(qe, uint16(len(q.QEAuthData))), q.QEAuthData...)
	qe = append(le.AppendUint32(le.AppendUint16(qe, kind), uint32(len(certification))), certification...)
	auth := append(bytes.Clone(q.Signature[:]), q.AttestationKey[:]...)
	if q.Header.Version > 3 {
		auth = le.AppendUint32(le.AppendUint16(auth, 6), uint32(len(qe)))
	}
	auth = append(auth, qe...)
	return append(le.AppendUint32(bytes.Clone(signed), uint32(len(auth))), auth...)
}

// FuzzParseQuote: whatever parses accounts for every byte of the quote, and
// nothing that the platform did not issue is genuine.
func FuzzParseQuote(f *testing.F) {
	s := simulatedSample(f, dcap.TEESGX)
	f.Add(s.quote)
	for _, shape := range quoteShapes {
		f.Add(sampleOf(f, newPlatform(f), shape).quote)
	}
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
		if rebuilt := rebuild(t, q, raw); !bytes.Equal(rebuilt, raw[:q.Size]) {
			t.Errorf("the parsed parts do not make up the input: %d bytes of %d", len(rebuilt), q.Size)
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

// FuzzVerifyDocuments: TCB info and QE identity with any contents at all, signed
// with the right key, never confuse a verification.
func FuzzVerifyDocuments(f *testing.F) {
	p := newPlatform(f)
	key := keptKey(f, p, "TCB Signing")
	samples := map[bool]sample{}
	for tdx, tee := range map[bool]dcap.TEE{false: dcap.TEESGX, true: dcap.TEETDX} {
		s := sampleOf(f, p, quoteShape{tee, 4})
		samples[tdx] = s
		f.Add(tdx, s.opts.Collateral.TCBInfo, []byte(nil))
		f.Add(tdx, []byte(nil), s.opts.Collateral.QEIdentity)
	}
	f.Fuzz(func(t *testing.T, tdx bool, info, identity []byte) {
		s := samples[tdx].with(func(c *dcap.Collateral) {
			if len(info) > 0 {
				c.TCBInfo, c.TCBInfoSignature = info, rawSignature(t, key, info)
			}
			if len(identity) > 0 {
				c.QEIdentity, c.QEIdentitySignature = identity, rawSignature(t, key, identity)
			}
		})
		res, err := s.try()
		if err != nil {
			if refused := new(dcap.CheckError); !errors.As(err, &refused) || res != nil {
				t.Errorf("%T is no refusal: %v", err, err)
			}
			return
		}
		if !slices.Contains(acceptable, res.TCB.Status) || !slices.IsSorted(res.TCB.Advisories) || res.NotAfter.Before(now) {
			t.Errorf("TCB %+v, good until %v", res.TCB, res.NotAfter)
		}
	})
}

// acceptable are the statuses of what is genuine.
var acceptable = []dcap.TCBStatus{
	dcap.TCBUpToDate, dcap.TCBSWHardeningNeeded, dcap.TCBConfigurationNeeded, dcap.TCBConfigurationAndSWHardeningNeeded,
	dcap.TCBOutOfDate, dcap.TCBOutOfDateConfigurationNeeded,
}
