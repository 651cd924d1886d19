package dcap_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

// TestEveryByteOfQuotes flips a bit in each byte of a quote. Outside of the PEM
// text all are refused; in it, a change either is refused or leaves the
// certificates as they were (white space, unused bits of base64).
func TestEveryByteOfQuotes(t *testing.T) {
	p := newPlatform(t)
	for _, shape := range []quoteShape{{dcap.TEESGX, 3}, {dcap.TEETDX, 5}} {
		t.Run(shape.String(), func(t *testing.T) {
			s := sampleOf(t, p, shape)
			good := s.verify(t)
			pemStart := bytes.Index(s.quote, []byte("-----BEGIN"))
			for i := range s.quote {
				if i >= pemStart && i%32 != 0 {
					continue
				}
				s.quote[i] ^= 1
				res, err := s.try()
				s.quote[i] ^= 1
				if err != nil {
					if refused := new(dcap.CheckError); !errors.As(err, &refused) {
						t.Fatalf("byte %d: %T is no *CheckError: %v", i, err, err)
					}
					continue
				}
				if i < pemStart {
					t.Fatalf("byte %d: accepted with a flipped bit", i)
				}
				if !sameChain(res.Chain, good.Chain) {
					t.Fatalf("byte %d: accepted with another certificate", i)
				}
			}
		})
	}
}

// TestBytesOfCollateral does the same with collateral, where all but the PEM text
// is signed or a signature.
func TestBytesOfCollateral(t *testing.T) {
	samples := map[string]func(*testing.T) sample{
		"simulated": func(t *testing.T) sample { return sampleOf(t, newPlatform(t), quoteShape{dcap.TEETDX, 4}) },
		"real":      func(t *testing.T) sample { return realSample(t, "tdx4-b0c0") },
	}
	for name, get := range samples {
		t.Run(name, func(t *testing.T) {
			s := get(t)
			good := s.verify(t)
			for _, name := range partNames() {
				altered := s.with(func(*dcap.Collateral) {})
				part := *parts(altered.opts.Collateral)[name]
				for i := 0; i < len(part); i += 1 + len(part)/100 {
					part[i] ^= 1
					res, err := altered.try()
					part[i] ^= 1
					if refused := new(dcap.CheckError); err != nil && !errors.As(err, &refused) {
						t.Fatalf("%s, byte %d: %T is no *CheckError: %v", name, i, err, err)
					}
					if err == nil && !strings.HasSuffix(name, "_chain") {
						t.Fatalf("%s, byte %d: accepted with a flipped bit", name, i)
					}
					if err == nil && (!sameChain(res.Chain, good.Chain) || !res.NotAfter.Equal(good.NotAfter)) {
						t.Fatalf("%s, byte %d: another result", name, i)
					}
				}
			}
		})
	}
}

// TestCollateralOfOthers: genuine collateral of another model, another CA or
// another kind of TEE is refused by the check that tells them apart.
func TestCollateralOfOthers(t *testing.T) {
	processor, platform, tdx := realSample(t, "sgx3-processor-a067"), realSample(t, "sgx3-platform-606a-a"), realSample(t, "tdx4-b0c0")
	other := sampleOf(t, newPlatform(t), quoteShape{dcap.TEESGX, 3})
	for name, tt := range map[string]struct {
		check dcap.Check
		s     sample
		from  sample
		parts []string
	}{
		"Platform CA's list":            {dcap.CheckCRLSignature, processor, tdx, []string{"pck_crl"}},
		"Platform CA's list and chain":  {dcap.CheckCRLSignature, processor, tdx, []string{"pck_crl", "pck_crl_issuer_chain"}},
		"Processor CA's list":           {dcap.CheckCRLSignature, tdx, processor, []string{"pck_crl", "pck_crl_issuer_chain"}},
		"all of the Platform CA":        {dcap.CheckCRLSignature, processor.at(platform.opts.Now), platform, partNames()},
		"all of the Processor CA":       {dcap.CheckCRLSignature, platform.at(processor.opts.Now), processor, partNames()},
		"the signature of another's":    {dcap.CheckTCBInfoSignature, processor, platform, []string{"tcb_info_signature"}},
		"the QE identity's signature":   {dcap.CheckQEIdentitySignature, processor, platform, []string{"qe_identity_signature"}},
		"TCB info of another TEE":       {dcap.CheckCollateral, tdx, processor, []string{"tcb_info", "tcb_info_signature"}},
		"QE identity of another TEE":    {dcap.CheckCollateral, tdx, processor, []string{"qe_identity", "qe_identity_signature"}},
		"a simulated TCB info's chain":  {dcap.CheckTrustAnchor, processor, other, []string{"tcb_info", "tcb_info_signature", "tcb_info_issuer_chain"}},
		"a simulated QE identity chain": {dcap.CheckTrustAnchor, processor, other, []string{"qe_identity_issuer_chain"}},
		"a simulated CRL's chain":       {dcap.CheckTrustAnchor, processor, other, []string{"pck_crl_issuer_chain"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := tt.s.with(func(c *dcap.Collateral) {
				from := parts(tt.from.opts.Collateral)
				for _, name := range tt.parts {
					*parts(c)[name] = *from[name]
				}
			})
			wantCheck(t, s.err(), tt.check.Name)
		})
	}
}

// TestFakeIntelRoot: a chain under a root with the very name of Intel's, such as
// Intel ships with its samples, is refused under the real one.
func TestFakeIntelRoot(t *testing.T) {
	intel, err := dcap.IntelRoot()
	if err != nil {
		t.Fatal(err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := *intel
	template.SignatureAlgorithm, template.PublicKey = 0, nil
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	fake, err := dcap.ParseRoot(der)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fake.RawSubject, intel.RawSubject) {
		t.Fatal("the fake root does not have Intel's name")
	}
	// The PCK certificate alone, so that the whole chain comes from the collateral.
	s := sampleOf(t, newPlatform(t), quoteShape{dcap.TEESGX, 3})
	core, leaf, err := attestSplit(s.quote)
	if err != nil {
		t.Fatal(err)
	}
	if s.quote, err = dcap.JoinQuote(core, leaf); err != nil {
		t.Fatal(err)
	}
	fakePEM := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	s = s.with(func(c *dcap.Collateral) {
		for _, chain := range []*[]byte{&c.PCKCRLIssuerChain, &c.TCBInfoIssuerChain, &c.QEIdentityIssuerChain} {
			*chain = append((*chain)[:bytes.LastIndex(*chain, []byte("-----BEGIN"))], fakePEM...)
		}
	})
	s.opts.Root = intel
	wantCheck(t, s.err(), dcap.CheckTrustAnchor.Name)
	s.opts.Root = fake // the anchor is right then, and nothing under it
	refused := wantCheck(t, s.err(), dcap.CheckPCKChain.Name)
	if n := len(refused.Passed); n == 0 || refused.Passed[n-1].Name != dcap.CheckTrustAnchor.Name {
		t.Errorf("passed before it: %+v", refused.Passed)
	}
}
