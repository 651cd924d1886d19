package dcap_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

// What each check refuses is the matrix of package attest/simulated, case by case.
// Here is what needs no fault: results, real quotes and their bounds, options.

var (
	now        = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	mrenclave  = attest.Digest{1: 0xab, 31: 0xcd}
	mrsigner   = attest.Digest{2: 0xef}
	reportData = [64]byte{0: 1, 31: 2, 63: 3}
)

// sample is a quote with what it is verified with.
type sample struct {
	quote []byte
	opts  dcap.Options
}

func simulatedSample(t testing.TB, tee dcap.TEE) sample {
	t.Helper()
	p, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	return sampleOf(t, p, tee)
}

func sampleOf(t testing.TB, p *simulated.Platform, tee dcap.TEE) sample {
	t.Helper()
	source := p.Source(simulated.Enclave{MRENCLAVE: mrenclave, MRSIGNER: mrsigner, ISVProdID: 7, ISVSVN: 9})
	if tee == dcap.TEETDX {
		source = p.GuestSource(simulated.Guest{MRTD: [48]byte{7}})
	}
	ev, err := source.Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.Collateral(tee)
	if err != nil {
		t.Fatal(err)
	}
	root, err := dcap.ParseRoot(p.RootDER())
	if err != nil {
		t.Fatal(err)
	}
	return sample{ev.Quote, dcap.Options{Root: root, Now: now, Collateral: c}}
}

// quoteSets is a folder of public quotes of real machines, beside the
// repository. They are not part of it.
const quoteSets = "../../../shared/quotes"

func realSample(t testing.TB, name string) sample {
	t.Helper()
	read := func(file string) []byte {
		data, err := os.ReadFile(filepath.Join(quoteSets, name, file))
		if os.IsNotExist(err) {
			t.Skipf("no real quote at %s: this test needs the public quote sets beside the repository", filepath.Join(quoteSets, name))
		}
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	var expect struct{ Now time.Time }
	if err := json.Unmarshal(read("expect.json"), &expect); err != nil {
		t.Fatal(err)
	}
	c, err := dcap.ParseCollateral(read("collateral.json"))
	if err != nil {
		t.Fatal(err)
	}
	root, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	return sample{read("quote.bin"), dcap.Options{Root: root, Now: expect.Now, Collateral: c}}
}

func (s sample) verify(t testing.TB) *dcap.Result {
	t.Helper()
	res, err := dcap.Verify(s.quote, s.opts)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func TestVerifySimulated(t *testing.T) {
	const sgx = "quote-format collateral-format trust-anchor pck-chain pck-extension tcb-signing-chain certificate-validity crl-signature " +
		"crl-validity revocation tcb-info-signature tcb-info-validity tcb-info-platform qe-identity-signature qe-identity-validity " +
		"qe-report-signature qe-signer qe-attributes qe-identity qe-report-binding attestation-key quote-signature qe-tcb tcb-status"
	for tee, want := range map[dcap.TEE]string{dcap.TEESGX: sgx, dcap.TEETDX: strings.Replace(sgx, " qe-tcb", " tdx-module qe-tcb", 1)} {
		t.Run(string(tee), func(t *testing.T) {
			s := simulatedSample(t, tee)
			res := s.verify(t)
			var names []string
			for _, c := range res.Checks {
				if c.Name == "" || c.Sentence == "" || c.Value == "" || strings.Contains(c.Value, "\n") {
					t.Errorf("a check without name, sentence or one line of value: %+v", c)
				}
				names = append(names, c.Name)
			}
			if got := strings.Join(names, " "); got != want {
				t.Errorf("checks made: %s\nexpected: %s", got, want)
			}
			if res.Quote.ReportData() != reportData || res.Quote.TEE() != tee || res.CA != dcap.PCKCAPlatform {
				t.Errorf("report data %x, TEE %s, CA %s", res.Quote.ReportData(), res.Quote.TEE(), res.CA)
			}
			_, until, err := dcap.CollateralWindow(s.opts.Collateral, tee)
			if err != nil || !res.NotAfter.Equal(until) {
				t.Errorf("NotAfter %s, expected that of the collateral, which ends first: %s (%v)", res.NotAfter, until, err)
			}
			id, err := dcap.Needs(s.quote)
			if err != nil || id.TEE != tee || id.FMSPC != res.PCK.FMSPC || id.CA != res.CA {
				t.Errorf("needs %s, %v", id, err)
			}
		})
	}
}

func TestVerifyRealQuotes(t *testing.T) {
	// Facts of the PCK certificates as openssl asn1parse shows them; statuses as the sets' own expectations have them.
	for _, tt := range []struct {
		set        string
		ca         dcap.PCKCA
		fmspc      string
		sgx        dcap.SGXType
		debug      bool
		status     dcap.TCBStatus
		advisories string
		trailing   int
	}{
		{"sgx3-processor-a067", dcap.PCKCAProcessor, "00a067110000", dcap.SGXStandard, false, dcap.TCBConfigurationAndSWHardeningNeeded, "INTEL-SA-00289 INTEL-SA-00615", 0},
		{"sgx3-processor-a067-DEBUG", dcap.PCKCAProcessor, "00a067110000", dcap.SGXStandard, true, dcap.TCBConfigurationAndSWHardeningNeeded, "INTEL-SA-00289 INTEL-SA-00615", 0},
		{"sgx3-platform-606a-a", dcap.PCKCAPlatform, "00606a000000", dcap.SGXScalable, false, dcap.TCBSWHardeningNeeded, "INTEL-SA-00615", 0},
		{"tdx4-b0c0", dcap.PCKCAPlatform, "b0c06f000000", dcap.SGXScalable, false, dcap.TCBUpToDate, "", 70},
	} {
		t.Run(tt.set, func(t *testing.T) {
			s := realSample(t, tt.set)
			res := s.verify(t)
			debug := res.Quote.Report.Debug()
			if res.Quote.TD != nil {
				debug = res.Quote.TD.Debug()
			}
			if hex.EncodeToString(res.PCK.FMSPC[:]) != tt.fmspc || res.CA != tt.ca || res.PCK.SGXType != tt.sgx || debug != tt.debug {
				t.Errorf("FMSPC %x, CA %s, SGX type %s, debug %t", res.PCK.FMSPC, res.CA, res.PCK.SGXType, debug)
			}
			if res.TCB.Status != tt.status || strings.Join(res.TCB.Advisories, " ") != tt.advisories || res.TCB.EvaluationNumber != 17 {
				t.Errorf("TCB %+v", res.TCB)
			}
			if len(s.quote)-res.Quote.Size != tt.trailing {
				t.Errorf("%d bytes, of which %d are the quote's", len(s.quote), res.Quote.Size)
			}
			// The same without what pads it, and under no other root.
			sample{s.quote[:res.Quote.Size], s.opts}.verify(t)
			other := s.opts
			other.Root = simulatedSample(t, dcap.TEESGX).opts.Root
			_, err := dcap.Verify(s.quote, other)
			wantCheck(t, err, "trust-anchor")
			for offset := 0; offset < res.Quote.Size; offset += 61 {
				flipped := bytes.Clone(s.quote)
				flipped[offset] ^= 0x10
				again, err := dcap.Verify(flipped, s.opts)
				if err == nil && !again.Chain.PCK.Equal(res.Chain.PCK) {
					t.Errorf("byte %d: accepted with a flipped bit and another certificate", offset)
				}
				if err == nil && offset < 1000 {
					t.Errorf("byte %d: accepted with a flipped bit", offset)
				}
			}
		})
	}
}

// TestQuotesWithoutCertificates takes quotes apart and joins them again, as a
// registry does.
func TestQuotesWithoutCertificates(t *testing.T) {
	for name, s := range map[string]func(t *testing.T) sample{
		"simulated": func(t *testing.T) sample { return simulatedSample(t, dcap.TEESGX) },
		"real":      func(t *testing.T) sample { return realSample(t, "sgx3-platform-606a-a") },
	} {
		t.Run(name, func(t *testing.T) {
			s := s(t)
			whole := s.verify(t)
			core, err := whole.Quote.WithoutCertificates()
			if err != nil {
				t.Fatal(err)
			}
			leaf, err := whole.Quote.PCKCertificate()
			if err != nil || len(core) != 1046 || !bytes.Equal(leaf, whole.Chain.PCK.Raw) {
				t.Fatalf("%d bytes, certificate %x, %v", len(core), leaf, err)
			}
			joined, err := dcap.JoinQuote(core, leaf)
			if err != nil {
				t.Fatal(err)
			}
			again := sample{joined, s.opts}.verify(t)
			if again.Quote.Report != whole.Quote.Report || !again.Chain.PCK.Equal(whole.Chain.PCK) || !again.NotAfter.Equal(whole.NotAfter) {
				t.Error("joined, it says something else")
			}
			if _, err := dcap.JoinQuote(core[:len(core)-1], leaf); err == nil {
				t.Error("a core that is cut: accepted")
			}
			// Another machine's certificate does not certify it.
			_, other, err := attestSplit(simulatedSample(t, dcap.TEESGX).quote)
			if err != nil {
				t.Fatal(err)
			}
			if joined, err = dcap.JoinQuote(core, other); err == nil {
				_, err = dcap.Verify(joined, s.opts)
			}
			if err == nil {
				t.Error("with another machine's certificate: accepted")
			}
		})
	}
	guest, err := dcap.ParseQuote(simulatedSample(t, dcap.TEETDX).quote)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := guest.WithoutCertificates(); err == nil {
		t.Error("a guest's quote without its certificates")
	}
}

func attestSplit(quote []byte) (core, leaf []byte, err error) {
	ev, err := attest.NewEvidence(quote)
	if err != nil {
		return nil, nil, err
	}
	return ev.Split()
}

func TestVerifyNeedsItsOptions(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	for name, opts := range map[string]dcap.Options{
		"no root":  {Now: now, Collateral: s.opts.Collateral},
		"no clock": {Root: s.opts.Root, Collateral: s.opts.Collateral},
		"nothing":  {},
	} {
		if _, err := dcap.Verify(s.quote, opts); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	_, err := dcap.Verify(s.quote, dcap.Options{Root: s.opts.Root, Now: now})
	wantCheck(t, err, "collateral-format")
	var refused *dcap.CheckError
	if errors.As(err, &refused) && (len(refused.Passed) != 1 || refused.Passed[0].Name != "quote-format") {
		t.Errorf("passed before it: %+v", refused.Passed)
	}
}

func TestVerifyLeavesTheQuoteAlone(t *testing.T) {
	s := simulatedSample(t, dcap.TEESGX)
	before := bytes.Clone(s.quote)
	res := s.verify(t)
	if !bytes.Equal(s.quote, before) {
		t.Error("the caller's quote was changed")
	}
	clear(s.quote)
	if bytes.Equal(res.Quote.CertChainPEM, make([]byte, len(res.Quote.CertChainPEM))) {
		t.Error("the result shares memory with the caller's quote")
	}
}

func TestIntelRoot(t *testing.T) {
	root, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	const want = "44a0196b2b99f889b8e149e95b807a350e7424964399e885a7cbb8ccfab674d3"
	if sum := sha256.Sum256(root.Raw); hex.EncodeToString(sum[:]) != want {
		t.Errorf("SHA-256 %x, expected %s", sum, want)
	}
	if root.Subject.CommonName != "Intel SGX Root CA" {
		t.Errorf("common name %q", root.Subject.CommonName)
	}
}

func TestParseRootRefuses(t *testing.T) {
	res := simulatedSample(t, dcap.TEESGX).verify(t)
	root := res.Chain.Root.Raw
	for name, der := range map[string][]byte{
		"nothing":          nil,
		"garbage":          []byte("hello"),
		"not self-signed":  res.Chain.CA.Raw,
		"PCK certificate":  res.Chain.PCK.Raw,
		"two certificates": append(bytes.Clone(root), root...),
		"signature broken": append(bytes.Clone(root[:len(root)-1]), root[len(root)-1]^1),
		"truncated":        root[:100],
	} {
		if _, err := dcap.ParseRoot(der); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func BenchmarkParseQuote(b *testing.B) {
	s := simulatedSample(b, dcap.TEESGX)
	for b.Loop() {
		if _, err := dcap.ParseQuote(s.quote); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	for name, s := range map[string]func(b *testing.B) sample{
		"simulated-sgx": func(b *testing.B) sample { return simulatedSample(b, dcap.TEESGX) },
		"simulated-tdx": func(b *testing.B) sample { return simulatedSample(b, dcap.TEETDX) },
		"real-sgx":      func(b *testing.B) sample { return realSample(b, "sgx3-platform-606a-a") },
		"real-tdx":      func(b *testing.B) sample { return realSample(b, "tdx4-b0c0") },
	} {
		b.Run(name, func(b *testing.B) {
			s := s(b)
			for b.Loop() {
				if _, err := dcap.Verify(s.quote, s.opts); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func wantCheck(t *testing.T, err error, check string) {
	t.Helper()
	var refused *dcap.CheckError
	if !errors.As(err, &refused) || refused.Check != check {
		t.Fatalf("expected check %s to refuse, got %v", check, err)
	}
	if refused.Want == "" || refused.Got == "" || refused.Hint == "" {
		t.Errorf("refusal without all of its facts: %+v", refused)
	}
}
