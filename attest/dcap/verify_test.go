package dcap_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
)

func TestVerifySimulated(t *testing.T) {
	f := newForge(t)
	res, err := f.verify()
	if err != nil {
		t.Fatal(err)
	}
	report := res.Quote.Report
	if report.MRENCLAVE != mrenclave || report.MRSIGNER != mrsigner || report.ISVProdID != 7 || report.ISVSVN != 9 || report.ReportData != reportData {
		t.Errorf("report does not hold what was quoted: %+v", report)
	}
	if report.Debug() || res.CA != dcap.PCKCAPlatform {
		t.Errorf("debug %t, CA %s", report.Debug(), res.CA)
	}
	if !res.NotAfter.Equal(f.pck.NotAfter) {
		t.Errorf("NotAfter %s, expected the PCK certificate's, the earliest: %s", res.NotAfter, f.pck.NotAfter)
	}
	names := func(checks []dcap.Check) string {
		var list []string
		for _, c := range checks {
			if c.Name == "" || c.Sentence == "" {
				t.Errorf("check without name or sentence: %+v", c)
			}
			list = append(list, c.Name)
		}
		return strings.Join(list, " ")
	}
	if got, want := names(res.Checks), "quote-format trust-anchor pck-chain certificate-validity pck-extension qe-report-signature "+
		"qe-signer qe-attributes qe-report-binding attestation-key quote-signature"; got != want {
		t.Errorf("checks made: %s\nexpected: %s", got, want)
	}
	if got, want := names(res.NotChecked), "revocation-lists tcb-status security-advisories qe-identity"; got != want {
		t.Errorf("not checked: %s\nexpected: %s", got, want)
	}
}

// TestVerifyRefuses changes one thing at a time in a quote that is right and
// rightly signed otherwise.
func TestVerifyRefuses(t *testing.T) {
	tests := []struct {
		name   string
		check  string
		damage func(t *testing.T, f *forge)
	}{
		{"EPID key type", "quote-format", func(_ *testing.T, f *forge) { f.signed[2] = 0 }},
		{"unknown version", "quote-format", func(_ *testing.T, f *forge) { f.signed[0] = 9 }},
		{"TEE type in version 3", "quote-format", func(_ *testing.T, f *forge) { f.signed[4] = 0x81 }},
		{"other QE vendor", "quote-format", func(_ *testing.T, f *forge) { f.signed[12] ^= 1 }},
		{"trailing byte", "quote-format", func(_ *testing.T, f *forge) { f.trailing = []byte{0} }},
		{"certification data by PPID", "quote-format", func(_ *testing.T, f *forge) { f.certType = 1 }},
		{"authentication data past the end", "quote-format", func(_ *testing.T, f *forge) { f.extraAuthSize = 1 }},
		{"authentication data before the end", "quote-format", func(_ *testing.T, f *forge) { f.extraAuthSize = -1 }},
		{"QE authentication data past the end", "quote-format", func(_ *testing.T, f *forge) { f.extraQEAuthSize = 60000 }},
		{"certification data past the end", "quote-format", func(_ *testing.T, f *forge) { f.extraCertificateSize = 1 }},
		{"certification data before the end", "quote-format", func(_ *testing.T, f *forge) { f.extraCertificateSize = -1 }},
		{"quote too large", "quote-format", func(_ *testing.T, f *forge) { f.qeAuth = make([]byte, dcap.MaxQuoteSize) }},

		{"other root", "trust-anchor", func(t *testing.T, f *forge) {
			other := newForge(t)
			f.chain = chainPEM(other.pck, other.ca, other.root)
		}},
		{"fake root of the same name", "trust-anchor", func(t *testing.T, f *forge) {
			key := newKey(t, elliptic.P256())
			fake := f.reissue(f.root, nil, key, key.Public(), nil)
			ca := f.reissue(f.ca, fake, key, f.caKey.Public(), nil)
			f.chain = chainPEM(f.reissue(f.pck, ca, f.caKey, f.pckKey.Public(), nil), ca, fake)
		}},
		{"same root key, other certificate", "trust-anchor", func(_ *testing.T, f *forge) {
			f.chain = chainPEM(f.pck, f.ca, f.reissue(f.root, nil, f.rootKey, f.rootKey.Public(), nil))
		}},

		{"two certificates", "pck-chain", func(_ *testing.T, f *forge) { f.chain = chainPEM(f.pck, f.root) }},
		{"four certificates", "pck-chain", func(_ *testing.T, f *forge) { f.chain = chainPEM(f.pck, f.ca, f.root, f.root) }},
		{"text between certificates", "pck-chain", func(_ *testing.T, f *forge) {
			f.chain = append(append(chainPEM(f.pck), "hello\n"...), chainPEM(f.ca, f.root)...)
		}},
		{"broken PEM before the certificates", "pck-chain", func(_ *testing.T, f *forge) {
			f.chain = append([]byte("-----BEGIN CERTIFICATE-----\n!\n"), chainPEM(f.pck, f.ca, f.root)...)
		}},
		{"PEM with headers", "pck-chain", func(_ *testing.T, f *forge) {
			f.chain = bytes.Replace(chainPEM(f.pck, f.ca, f.root), []byte("-----BEGIN CERTIFICATE-----\n"), []byte("-----BEGIN CERTIFICATE-----\nTrust: me\n\n"), 1)
		}},
		{"not PEM", "pck-chain", func(_ *testing.T, f *forge) { f.chain = []byte("hello") }},
		{"PEM of another type", "pck-chain", func(_ *testing.T, f *forge) {
			f.chain = bytes.ReplaceAll(chainPEM(f.pck, f.ca, f.root), []byte("CERTIFICATE"), []byte("PUBLIC KEY"))
		}},
		{"garbage in PEM", "pck-chain", func(_ *testing.T, f *forge) {
			f.chain = append(chainPEM(&x509.Certificate{Raw: []byte("hello")}), chainPEM(f.ca, f.root)...)
		}},
		{"no certificates", "pck-chain", func(_ *testing.T, f *forge) { f.chain = []byte{0} }},
		{"PCK certificate signed by another key", "pck-chain", func(t *testing.T, f *forge) {
			f.pck = f.reissue(f.pck, f.ca, newKey(t, elliptic.P256()), f.pckKey.Public(), nil)
		}},
		{"CA signed by another root of the same name", "pck-chain", func(t *testing.T, f *forge) {
			key := newKey(t, elliptic.P256())
			fake := f.reissue(f.root, nil, key, key.Public(), nil)
			f.ca = f.reissue(f.ca, fake, key, f.caKey.Public(), nil)
			f.reissuePCK(nil)
		}},
		{"PCK certificate that names another issuer", "pck-chain", func(_ *testing.T, f *forge) {
			namesake := *f.ca
			namesake.RawSubject = f.root.RawSubject
			f.pck = f.reissue(f.pck, &namesake, f.caKey, f.pckKey.Public(), nil)
		}},
		{"CA without key usage", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissueCA(func(c *x509.Certificate) { c.KeyUsage = 0 })
		}},
		{"PCK certificate issued by the root", "pck-chain", func(_ *testing.T, f *forge) {
			f.pck = f.reissue(f.pck, f.root, f.rootKey, f.pckKey.Public(), nil)
		}},
		{"PCK certificate that is a CA", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissuePCK(func(c *x509.Certificate) { c.IsCA, c.KeyUsage = true, c.KeyUsage|x509.KeyUsageCertSign })
		}},
		{"CA that is none", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissueCA(func(c *x509.Certificate) { c.IsCA, c.MaxPathLen, c.MaxPathLenZero = false, -1, false })
		}},
		{"CA that may not sign certificates", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissueCA(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageCRLSign })
		}},
		{"PCK key that may not sign", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissuePCK(func(c *x509.Certificate) { c.KeyUsage = x509.KeyUsageKeyAgreement })
		}},
		{"PCK certificate of another name", "pck-chain", func(_ *testing.T, f *forge) { f.reissuePCK(rename("SIMULATED SGX TCB Signing")) }},
		{"CA of another name", "pck-chain", func(_ *testing.T, f *forge) { f.reissueCA(rename("SIMULATED SGX TCB Signing CA")) }},
		{"PCK key on P-384", "pck-chain", func(t *testing.T, f *forge) {
			f.signQE = newKey(t, elliptic.P384())
			f.pck = f.reissue(f.pck, f.ca, f.caKey, f.signQE.Public(), nil)
			f.qeSig = make([]byte, 64)
		}},
		{"PCK certificate signed with SHA-384", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissuePCK(func(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA384 })
		}},
		{"unknown critical extension", "pck-chain", func(_ *testing.T, f *forge) {
			f.reissuePCK(func(c *x509.Certificate) {
				c.ExtraExtensions = append(c.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{1, 3, 6, 1}, Critical: true, Value: []byte{5, 0}})
			})
		}},

		{"no SGX extension", "pck-extension", func(_ *testing.T, f *forge) {
			f.reissuePCK(func(c *x509.Certificate) { c.ExtraExtensions = nil })
		}},
		{"QE report signed by another key", "qe-report-signature", func(t *testing.T, f *forge) { f.signQE = newKey(t, elliptic.P256()) }},
		{"QE signature of zeros", "qe-report-signature", func(_ *testing.T, f *forge) { f.qeSig = make([]byte, 64) }},
		{"home-made QE", "qe-signer", func(_ *testing.T, f *forge) { f.qeReport[128] ^= 1 }},
		{"another product of Intel's", "qe-signer", func(_ *testing.T, f *forge) { f.qeReport[256] = 2 }},
		{"DEBUG QE", "qe-attributes", func(_ *testing.T, f *forge) { f.qeReport[48] |= 2 }},
		{"QE that may not provision", "qe-attributes", func(_ *testing.T, f *forge) { f.qeReport[48] &^= 1 << 4 }},
		{"QE with MISCSELECT", "qe-attributes", func(_ *testing.T, f *forge) { f.qeReport[16] = 1 }},
		{"attestation key of somebody else", "qe-report-binding", func(t *testing.T, f *forge) {
			f.sign = newKey(t, elliptic.P256())
			f.akBytes = publicBytes(t, f.sign)
			f.keepQEBinding = true
		}},
		{"other QE authentication data", "qe-report-binding", func(_ *testing.T, f *forge) { f.qeAuth[0] ^= 1; f.keepQEBinding = true }},
		{"QE report data with a tail", "qe-report-binding", func(_ *testing.T, f *forge) { f.qeReport[383] = 1 }},
		{"attestation key off the curve", "attestation-key", func(_ *testing.T, f *forge) { f.akBytes[63] ^= 1 }},
		{"attestation key of zeros", "attestation-key", func(_ *testing.T, f *forge) { clear(f.akBytes) }},
		{"signed by another key", "quote-signature", func(t *testing.T, f *forge) { f.sign = newKey(t, elliptic.P256()) }},
		{"signature of zeros", "quote-signature", func(_ *testing.T, f *forge) { f.signature = make([]byte, 64) }},
		{"r and s of the group's order", "quote-signature", func(_ *testing.T, f *forge) {
			n := elliptic.P256().Params().N.Bytes()
			f.signature = append(bytes.Clone(n), n...)
		}},
		{"r and s swapped", "quote-signature", func(t *testing.T, f *forge) {
			sig := rawSignature(t, f.ak, f.signed)
			f.signature = append(bytes.Clone(sig[32:]), sig[:32]...)
		}},
		{"another quote's signature", "quote-signature", func(t *testing.T, f *forge) {
			f.signature = rawSignature(t, f.ak, f.signed)
			f.signed[48+320] ^= 1
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := newForge(t)
			tt.damage(t, f)
			_, err := f.verify()
			wantCheck(t, err, tt.check)
		})
	}
}

// TestForgeHolds proves that the forge itself makes no mistakes: reissued
// certificates and changed but signed reports pass.
func TestForgeHolds(t *testing.T) {
	f := newForge(t)
	f.reissueCA(rename("SIMULATED SGX PCK Processor CA"))
	f.qeAuth = nil
	f.qeReport[258] = 99 // QE SVN is not checked yet
	f.signed[48+48] |= 2 // a DEBUG enclave is genuine
	res, err := f.verify()
	if err != nil {
		t.Fatal(err)
	}
	if res.CA != dcap.PCKCAProcessor || !res.Quote.Report.Debug() || res.Quote.QEReport.ISVSVN != 99 {
		t.Errorf("CA %s, debug %t, QE SVN %d", res.CA, res.Quote.Report.Debug(), res.Quote.QEReport.ISVSVN)
	}
}

// TestVerifyFakeIntelRoot: a chain under a root with the very name of Intel's,
// such as Intel ships with its samples, is refused under the real one.
func TestVerifyFakeIntelRoot(t *testing.T) {
	intel, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	f := newForge(t)
	f.root = f.reissue(intel, nil, f.rootKey, f.rootKey.Public(), nil)
	f.ca = f.reissue(f.ca, f.root, f.rootKey, f.caKey.Public(), nil)
	f.reissuePCK(nil)
	if !bytes.Equal(f.root.RawSubject, intel.RawSubject) {
		t.Fatal("the fake root does not have Intel's name")
	}
	if _, err := f.verify(); err != nil {
		t.Fatalf("under the fake root: %v", err)
	}
	_, err = dcap.Verify(f.quote(), dcap.Options{Root: intel, Now: now})
	wantCheck(t, err, "trust-anchor")
}

// TestVerifyWindows holds one second before and after each bound of each
// certificate.
func TestVerifyWindows(t *testing.T) {
	f := newForge(t)
	from, until := now.Add(-time.Hour), now.Add(time.Hour)
	narrow := func(c *x509.Certificate) { c.NotBefore, c.NotAfter = from, until }
	wide := func(c *x509.Certificate) { c.NotBefore, c.NotAfter = from.Add(-time.Hour), until.Add(time.Hour) }
	for _, which := range []string{"root", "ca", "pck"} {
		pick := func(name string) func(*x509.Certificate) {
			if name == which {
				return narrow
			}
			return wide
		}
		f.signature, f.qeSig = nil, nil
		f.root = f.reissue(f.root, nil, f.rootKey, f.rootKey.Public(), pick("root"))
		f.ca = f.reissue(f.ca, f.root, f.rootKey, f.caKey.Public(), pick("ca"))
		f.reissuePCK(pick("pck"))
		quote := f.quote()
		for _, tt := range []struct {
			name string
			now  time.Time
			ok   bool
		}{
			{"1 s before", from.Add(-time.Second), false},
			{"first instant", from, true},
			{"last instant", until, true},
			{"1 s after", until.Add(time.Second), false},
		} {
			t.Run(which+"/"+tt.name, func(t *testing.T) {
				res, err := dcap.Verify(quote, dcap.Options{Root: f.root, Now: tt.now})
				if !tt.ok {
					wantCheck(t, err, "certificate-validity")
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				if !res.NotAfter.Equal(until) {
					t.Errorf("NotAfter %s, expected the earliest end %s", res.NotAfter, until)
				}
			})
		}
	}
}

// TestVerifyEveryByte flips a bit in each byte of a quote. Outside of the PEM
// text all are refused; in it, a change either is refused or leaves the
// certificates as they were (white space, unused bits of base64).
func TestVerifyEveryByte(t *testing.T) {
	f := newForge(t)
	quote := f.quote()
	const pemStart = 1014 + 32 + 2 + 4
	for i := range quote {
		if i >= pemStart && testing.Short() && i%16 != 0 {
			continue
		}
		quote[i] ^= 1
		res, err := dcap.Verify(quote, dcap.Options{Root: f.root, Now: now})
		quote[i] ^= 1
		if err != nil {
			var refused *dcap.CheckError
			if !errors.As(err, &refused) {
				t.Fatalf("byte %d: %T is no *CheckError: %v", i, err, err)
			}
			continue
		}
		if i < pemStart {
			t.Fatalf("byte %d: accepted with a flipped bit", i)
		}
		if !res.Chain.PCK.Equal(f.pck) || !res.Chain.CA.Equal(f.ca) || !res.Chain.Root.Equal(f.root) {
			t.Fatalf("byte %d: accepted with another certificate", i)
		}
	}
}

func TestVerifyNeedsItsOptions(t *testing.T) {
	f := newForge(t)
	for name, opts := range map[string]dcap.Options{
		"no root":  {Now: now},
		"no clock": {Root: f.root},
		"nothing":  {},
	} {
		if _, err := dcap.Verify(f.quote(), opts); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestVerifyLeavesTheQuoteAlone(t *testing.T) {
	f := newForge(t)
	quote := f.quote()
	before := bytes.Clone(quote)
	res, err := dcap.Verify(quote, dcap.Options{Root: f.root, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(quote, before) {
		t.Error("the caller's quote was changed")
	}
	clear(quote)
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
	f := newForge(t)
	for name, der := range map[string][]byte{
		"nothing":             nil,
		"garbage":             []byte("hello"),
		"not self-signed":     f.ca.Raw,
		"PCK certificate":     f.pck.Raw,
		"two certificates":    append(bytes.Clone(f.root.Raw), f.root.Raw...),
		"signature broken":    append(bytes.Clone(f.root.Raw[:len(f.root.Raw)-1]), f.root.Raw[len(f.root.Raw)-1]^1),
		"self-signed non-CA":  f.reissue(f.root, nil, f.rootKey, f.rootKey.Public(), func(c *x509.Certificate) { c.IsCA, c.MaxPathLen = false, -1 }).Raw,
		"without Intel's CN":  f.reissue(f.root, nil, f.rootKey, f.rootKey.Public(), rename("My Root")).Raw,
		"truncated":           f.root.Raw[:100],
		"PEM instead of DER":  chainPEM(f.root),
		"name but other root": newForge(t).pck.Raw,
	} {
		if _, err := dcap.ParseRoot(der); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	platform, err := simulated.New(simulated.Config{Now: func() time.Time { return now }})
	if err != nil {
		b.Fatal(err)
	}
	quote := simulatedQuote(b, platform)
	root, err := dcap.ParseRoot(platform.RootDER())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := dcap.Verify(quote, dcap.Options{Root: root, Now: now}); err != nil {
			b.Fatal(err)
		}
	}
}

func wantCheck(t *testing.T, err error, check string) {
	t.Helper()
	var refused *dcap.CheckError
	if !errors.As(err, &refused) {
		t.Fatalf("expected check %s to refuse, got %v", check, err)
	}
	if refused.Check != check {
		t.Fatalf("expected check %s to refuse, got %v", check, err)
	}
	if refused.Want == "" || refused.Got == "" || refused.Hint == "" {
		t.Errorf("refusal without all of its facts: %+v", refused)
	}
}

func publicBytes(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	b, err := key.PublicKey.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return b[1:]
}
