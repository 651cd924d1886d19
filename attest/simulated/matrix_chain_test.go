package simulated

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// TestMatrixChains are the cases whose fault is in a certificate or a revocation
// list.
func TestMatrixChains(t *testing.T) { runMatrix(t, chainCases()) }

func chainCases() []matrixCase {
	cases := append(pckChainCases(), pckExtensionCases()...)
	cases = append(cases, signerCases()...)
	cases = append(cases, validityCases()...)
	return append(cases, crlCases()...)
}

func pckChainCases() []matrixCase {
	anchor, chain := dcap.CheckTrustAnchor.Name, dcap.CheckPCKChain.Name
	return []matrixCase{
		// Intel ships a root with the very name of the real one among its samples.
		{name: "same_name_fake_root", check: anchor, after: func(f *forge) { f.root = f.another().root.cert }},
		{name: "same_name_fake_root_in_quote_only", check: anchor, draft: func(f *forge) {
			q := f.another()
			f.certify(q.chain()...)
			f.d.qeSigner = q.pck.key
		}},
		{name: "same_key_root_issued_anew", check: anchor, platform: func(f *forge) { f.reissue(&f.p.root, &f.p.root, nil) }},
		{name: "intel_root_pinned", check: anchor, after: func(f *forge) {
			root, err := dcap.IntelRoot()
			if err != nil {
				f.t.Fatal(err)
			}
			f.root = root
		}},

		{name: "pck_chain_without_root", check: chain, draft: func(f *forge) { f.certify(f.p.chain()[:2]...) }},
		{name: "pck_chain_of_four", check: chain, draft: func(f *forge) { f.certify(append(f.p.chain(), f.p.root.cert)...) }},
		{name: "pck_chain_empty", check: chain, draft: func(f *forge) { f.d.certification = nil }},
		{name: "pck_chain_with_text_between", check: chain, draft: func(f *forge) {
			f.d.certification = bytes.Replace(f.d.certification, []byte("-----BEGIN"), []byte("hello\n-----BEGIN"), 1)
		}},
		{name: "pck_chain_with_text_after", check: chain, draft: func(f *forge) { f.d.certification = append(f.d.certification, "hello"...) }},
		{name: "pck_chain_with_pem_headers", check: chain, draft: func(f *forge) {
			f.d.certification = bytes.Replace(f.d.certification, []byte("CERTIFICATE-----\n"), []byte("CERTIFICATE-----\nProc-Type: 4\n\n"), 1)
		}},
		{name: "pck_chain_broken_base64", check: chain, draft: func(f *forge) { f.d.certification[60] = '!' }},
		{name: "pck_chain_broken_der", check: chain, draft: func(f *forge) {
			bad := *f.p.pck.cert
			bad.Raw = append(bytes.Clone(bad.Raw), 0)
			f.certify(&bad, f.p.platformCA.cert, f.p.root.cert)
		}},
		{name: "pck_chain_order", check: chain, draft: func(f *forge) { f.certify(f.p.platformCA.cert, f.p.pck.cert, f.p.root.cert) }},
		{name: "ca_used_as_end_entity_pck", check: chain, draft: func(f *forge) {
			f.certify(f.p.platformCA.cert, f.p.root.cert, f.p.root.cert)
			f.d.qeSigner = f.p.platformCA.key
		}},
		{name: "pck_of_another_machine_and_root", check: chain, draft: func(f *forge) {
			q := f.another()
			f.certify(q.pck.cert, f.p.platformCA.cert, f.p.root.cert)
			f.d.qeSigner = q.pck.key
		}},
		{name: "pck_by_the_other_ca", check: chain, draft: func(f *forge) { f.certify(f.p.pck.cert, f.p.processorCA.cert, f.p.root.cert) }},
		{name: "pck_by_the_root", check: chain, platform: func(f *forge) { f.reissue(&f.p.pck, &f.p.root, nil) }},
		{name: "pck_by_the_tcb_signer", check: chain, draft: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.tcbSigner, nil)
			f.certify(f.p.pck.cert, f.p.tcbSigner.cert, f.p.root.cert)
		}},
		{name: "pck_altered", check: chain, draft: func(f *forge) {
			cert := *f.p.pck.cert
			cert.Raw = bytes.Clone(cert.Raw)
			cert.Raw[bytes.Index(cert.Raw, f.p.facts.PPID[:])] ^= 1
			f.certify(&cert, f.p.platformCA.cert, f.p.root.cert)
		}},
		{name: "pck_is_a_ca", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.IsCA = true })
		}},
		{name: "pck_may_not_sign", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.KeyUsage = x509.KeyUsageKeyAgreement })
		}},
		{name: "pck_without_constraints", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.BasicConstraintsValid = false })
		}},
		{name: "pck_wrong_name", check: chain, platform: func(f *forge) { f.reissue(&f.p.pck, &f.p.platformCA, renamed("SIMULATED web server")) }},
		{name: "pck_unknown_critical_extension", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) {
				t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}})
			})
		}},
		{name: "pck_key_p384", check: chain, platform: func(f *forge) {
			f.p.pck.key = p384(f.t)
			f.reissue(&f.p.pck, &f.p.platformCA, nil)
			f.p.pck.key = f.key() // what signs the QE's report does not matter here
		}},
		{name: "pck_signed_with_sha384", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.SignatureAlgorithm = x509.ECDSAWithSHA384 })
		}},
		{name: "ca_is_no_ca", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.platformCA, &f.p.root, func(t *x509.Certificate) { t.IsCA, t.MaxPathLen, t.MaxPathLenZero = false, 0, false })
		}},
		{name: "ca_may_not_certify", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.platformCA, &f.p.root, func(t *x509.Certificate) { t.KeyUsage = x509.KeyUsageCRLSign })
		}},
		{name: "ca_wrong_name", check: chain, platform: func(f *forge) {
			f.reissue(&f.p.platformCA, &f.p.root, renamed("SIMULATED SGX PCK Something CA"))
			f.reissue(&f.p.pck, &f.p.platformCA, nil)
		}},
		{name: "ca_by_itself", check: chain, platform: func(f *forge) { f.reissue(&f.p.platformCA, &f.p.platformCA, nil) }},
	}
}

func pckExtensionCases() []matrixCase {
	var cases []matrixCase
	extension := func(name string, change func(der []byte, f *forge) []pkix.Extension) {
		cases = append(cases, matrixCase{name: "sgx_extension_" + name, check: dcap.CheckPCKExtension.Name, platform: func(f *forge) {
			der, err := sgxExtension(*f.p.facts)
			if err != nil {
				f.t.Fatal(err)
			}
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.ExtraExtensions = change(der, f) })
		}})
	}
	one := func(der []byte) []pkix.Extension { return []pkix.Extension{{Id: oidSGX, Value: der}} }
	// fields takes the sequence apart, and puts it together after the change.
	fields := func(change func([]asn1.RawValue) []asn1.RawValue) func([]byte, *forge) []pkix.Extension {
		return func(der []byte, f *forge) []pkix.Extension {
			var list []asn1.RawValue
			if _, err := asn1.Unmarshal(der, &list); err != nil {
				f.t.Fatal(err)
			}
			changed, err := asn1.Marshal(change(list))
			if err != nil {
				f.t.Fatal(err)
			}
			return one(changed)
		}
	}
	extension("missing", func([]byte, *forge) []pkix.Extension { return nil })
	extension("empty", func([]byte, *forge) []pkix.Extension { return one([]byte{0x30, 0}) })
	extension("no_sequence", func([]byte, *forge) []pkix.Extension { return one([]byte{5, 0}) })
	extension("truncated", func(der []byte, _ *forge) []pkix.Extension { return one(der[:len(der)-1]) })
	extension("with_bytes_after_it", func(der []byte, _ *forge) []pkix.Extension { return one(append(der, 5, 0)) })
	extension("without_ppid", fields(func(l []asn1.RawValue) []asn1.RawValue { return l[1:] }))
	extension("without_tcb", fields(func(l []asn1.RawValue) []asn1.RawValue { return append(l[:1:1], l[2:]...) }))
	extension("ppid_twice", fields(func(l []asn1.RawValue) []asn1.RawValue { return append(l, l[0]) }))
	extension("fmspc_wrong_length", func(der []byte, _ *forge) []pkix.Extension {
		short := bytes.Replace(der, append([]byte{4, 6}, fmspc[:]...), append([]byte{4, 6}, fmspc[:]...), 1)
		i := bytes.Index(short, append([]byte{4, 6}, fmspc[:]...))
		return one(append(short[:i:i], short[i+3:]...))
	})
	extension("svn_256", func(_ []byte, f *forge) []pkix.Extension {
		under := append(append(asn1.ObjectIdentifier{}, oidSGX...), 2)
		der, err := asn1.Marshal([]sgxField{{under, []sgxField{{append(append(asn1.ObjectIdentifier{}, under...), 1), 256}}}})
		if err != nil {
			f.t.Fatal(err)
		}
		return one(der)
	})
	return cases
}

func signerCases() []matrixCase {
	form, anchor, signing := dcap.CheckCollateral.Name, dcap.CheckTrustAnchor.Name, dcap.CheckTCBSigner.Name
	both := func(s *statement, chain ...*x509.Certificate) { s.tcbInfoChain, s.qeIdentityChain = chain, chain }
	return []matrixCase{
		{name: "short_tcb_chain", check: form, draft: func(f *forge) { f.s.tcbInfoChain = f.s.tcbInfoChain[:1] }},
		{name: "long_tcb_chain", check: form, draft: func(f *forge) { f.s.tcbInfoChain = append(f.s.tcbInfoChain, f.p.root.cert) }},
		{name: "invalid_cert_format", check: form, after: func(f *forge) { f.c.TCBInfoIssuerChain = []byte("INVALID_CERTIFICATE_DATA_NOT_PROPERLY_FORMATTED") }},
		{name: "short_qe_identity_chain", check: form, draft: func(f *forge) { f.s.qeIdentityChain = f.s.qeIdentityChain[:1] }},
		{name: "short_pck_crl_issuer_chain", check: form, draft: func(f *forge) { f.s.pckCRLChain = f.s.pckCRLChain[:1] }},
		{name: "tcb_chain_of_another_root", check: anchor, draft: func(f *forge) {
			q := f.another()
			f.s.tcbSigner = &q.tcbSigner
			both(f.s, q.tcbSigner.cert, q.root.cert)
		}},
		{name: "qe_identity_chain_of_another_root", check: anchor, draft: func(f *forge) {
			q := f.another()
			f.s.qeIdentityChain = []*x509.Certificate{q.tcbSigner.cert, q.root.cert}
		}},
		{name: "pck_crl_chain_of_another_root", check: anchor, draft: func(f *forge) {
			q := f.another()
			f.s.pckCRLChain = []*x509.Certificate{q.platformCA.cert, q.root.cert}
		}},
		{name: "tcb_signer_of_another_root", check: signing, draft: func(f *forge) {
			q := f.another()
			f.s.tcbSigner = &q.tcbSigner
			both(f.s, q.tcbSigner.cert, f.p.root.cert)
		}},
		{name: "tcb_signer_by_a_pck_ca", check: signing, draft: func(f *forge) {
			f.reissue(&f.p.tcbSigner, &f.p.platformCA, nil)
			both(f.s, f.p.tcbSigner.cert, f.p.root.cert)
		}},
		{name: "pck_certificate_as_tcb_signer", check: signing, draft: func(f *forge) {
			f.s.tcbSigner = &f.p.pck
			both(f.s, f.p.pck.cert, f.p.root.cert)
		}},
		{name: "ca_used_as_end_entity_tcb", check: signing, draft: func(f *forge) {
			f.s.tcbSigner = &f.p.platformCA
			both(f.s, f.p.platformCA.cert, f.p.root.cert)
		}},
		{name: "ca_used_as_end_entity_qe", check: signing, draft: func(f *forge) {
			f.s.qeIdentityChain = []*x509.Certificate{f.p.platformCA.cert, f.p.root.cert}
		}},
		{name: "root_as_tcb_signer", check: signing, draft: func(f *forge) {
			f.s.tcbSigner = &f.p.root
			both(f.s, f.p.root.cert, f.p.root.cert)
		}},
		{name: "tcb_signer_wrong_name", check: signing, platform: func(f *forge) { f.reissue(&f.p.tcbSigner, &f.p.root, renamed("SIMULATED SGX Something")) }},
		{name: "tcb_signer_is_a_ca", check: signing, platform: func(f *forge) {
			f.reissue(&f.p.tcbSigner, &f.p.root, func(t *x509.Certificate) { t.IsCA = true })
		}},
		{name: "tcb_signer_key_p384", check: signing, platform: func(f *forge) {
			f.p.tcbSigner.key = p384(f.t)
			f.reissue(&f.p.tcbSigner, &f.p.root, nil)
			f.p.tcbSigner.key = f.key()
		}},
	}
}

func validityCases() []matrixCase {
	var cases []matrixCase
	for name, pick := range map[string]func(*authority, *Platform) (c, issuer *certified){
		"root":       func(a *authority, _ *Platform) (*certified, *certified) { return &a.root, &a.root },
		"ca":         func(a *authority, _ *Platform) (*certified, *certified) { return &a.platformCA, &a.root },
		"pck":        func(a *authority, p *Platform) (*certified, *certified) { return &p.pck, &a.platformCA },
		"tcb_signer": func(a *authority, _ *Platform) (*certified, *certified) { return &a.tcbSigner, &a.root },
	} {
		period := func(from, until time.Time) change {
			return func(f *forge) {
				c, issuer := pick(f.p.authority, f.p)
				f.reissue(c, issuer, func(t *x509.Certificate) { t.NotBefore, t.NotAfter = from, until })
				f.root = f.p.root.cert
			}
		}
		second := time.Second
		cases = append(cases,
			matrixCase{name: name + "_expired", check: dcap.CheckValidity.Name, platform: period(forgeTime.AddDate(-1, 0, 0), forgeTime.Add(-second))},
			matrixCase{name: name + "_not_yet_valid", check: dcap.CheckValidity.Name, platform: period(forgeTime.Add(second), forgeTime.AddDate(1, 0, 0))},
			matrixCase{name: name + "_in_its_last_second", platform: period(forgeTime.AddDate(-1, 0, 0), forgeTime), want: endsNow},
			matrixCase{name: name + "_in_its_first_second", platform: period(forgeTime, forgeTime.AddDate(1, 0, 0))},
		)
	}
	return cases
}

func endsNow(t *testing.T, _ *forge, res *dcap.Result) {
	if !res.NotAfter.Equal(forgeTime) {
		t.Errorf("good until %v, expected %v", res.NotAfter, forgeTime)
	}
}

func crlCases() []matrixCase {
	form, signature, validity, revoked := dcap.CheckCollateral.Name, dcap.CheckCRLSignature.Name, dcap.CheckCRLValidity.Name, dcap.CheckRevocation.Name
	cases := []matrixCase{
		{name: "swapped_processor_platform_crl", check: signature, draft: func(f *forge) {
			s, err := f.p.statement(dcap.TEESGX, dcap.PCKCAProcessor)
			if err != nil {
				f.t.Fatal(err)
			}
			f.s.pckCRL, f.s.pckCRLChain = s.pckCRL, s.pckCRLChain
		}},
		{name: "swapped_crl_under_the_right_chain", check: signature, draft: func(f *forge) { f.s.pckCRL.issuer = &f.p.processorCA }},
		{name: "swapped_platform_processor_crl", cfg: Config{CA: dcap.PCKCAProcessor}, check: signature, draft: func(f *forge) { f.s.pckCRL.issuer = &f.p.platformCA }},
		{name: "crl_signed_by_wrong_ca_of_the_same_name", check: signature, draft: func(f *forge) { f.s.pckCRL.issuer = &f.another().platformCA }},
		{name: "crl_signed_by_wrong_key", check: signature, draft: func(f *forge) {
			ca := f.p.platformCA
			ca.key = f.key()
			f.s.pckCRL.issuer = &ca
		}},
		{name: "crl_altered", check: signature, after: func(f *forge) { f.c.PCKCRL[len(f.c.PCKCRL)-1] ^= 1 }},
		{name: "root_crl_signed_by_a_pck_ca", check: signature, draft: func(f *forge) { f.s.rootCRL.issuer = &f.p.platformCA }},
		{name: "root_crl_of_a_root_of_the_same_name", check: signature, draft: func(f *forge) { f.s.rootCRL.issuer = &f.another().root }},
		{name: "pck_crl_in_the_place_of_the_root_crl", check: signature, after: func(f *forge) { f.c.RootCRL = f.c.PCKCRL }},
		{name: "root_crl_in_the_place_of_the_pck_crl", check: signature, after: func(f *forge) { f.c.PCKCRL = f.c.RootCRL }},

		{name: "revoked_leaf", check: revoked, draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.pckCRL, f.p.pck.cert })},
		{name: "revoked_leaf_processor_ca", cfg: Config{CA: dcap.PCKCAProcessor}, check: revoked, draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.pckCRL, f.p.pck.cert })},
		{name: "revoked_leaf_tdx", base: tdx(Guest{}), check: revoked, draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.pckCRL, f.p.pck.cert })},
		{name: "revoked_intermediate", check: revoked, draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.rootCRL, f.p.platformCA.cert })},
		{name: "revoked_tcb_signer", check: revoked, draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.rootCRL, f.p.tcbSigner.cert })},
		{name: "revoked_qe_identity_signer", check: revoked, draft: func(f *forge) {
			signer := f.p.tcbSigner
			f.reissue(&signer, &f.p.root, func(t *x509.Certificate) { t.SerialNumber = big.NewInt(77) })
			f.s.qeIdentityChain = []*x509.Certificate{signer.cert, f.p.root.cert}
			f.s.rootCRL.list.RevokedCertificateEntries = []x509.RevocationListEntry{{SerialNumber: big.NewInt(77), RevocationTime: forgeTime}}
		}},
		// A serial number is its issuer's: the list of another CA says nothing of it.
		{name: "serial_of_the_leaf_in_the_root_crl", draft: revoke(func(f *forge) (*crl, *x509.Certificate) { return &f.s.rootCRL, f.p.pck.cert })},

		{name: "crl_trailing_bytes", check: form, after: func(f *forge) { f.c.PCKCRL = append(f.c.PCKCRL, 0) }},
		{name: "crl_in_pem", check: form, after: func(f *forge) { f.c.PCKCRL = pem.EncodeToMemory(&pem.Block{Type: "X509 CRL", Bytes: f.c.PCKCRL}) }},
		{name: "crl_with_critical_extension", check: form, draft: func(f *forge) {
			f.s.pckCRL.list.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 28}, Critical: true, Value: []byte{0x30, 0}}}
		}},
		{name: "crl_delta", check: form, draft: func(f *forge) {
			f.s.pckCRL.list.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 27}, Value: []byte{2, 1, 1}}}
		}},
		{name: "crl_without_next_update", check: form, after: func(f *forge) { f.c.PCKCRL = withoutNextUpdate(f, f.c.PCKCRL, f.p.platformCA.key) }},
		{name: "root_crl_without_next_update", check: form, after: func(f *forge) { f.c.RootCRL = withoutNextUpdate(f, f.c.RootCRL, f.p.root.key) }},
	}
	for name, pick := range map[string]func(*statement) *x509.RevocationList{
		"pck_crl":  func(s *statement) *x509.RevocationList { return s.pckCRL.list },
		"root_crl": func(s *statement) *x509.RevocationList { return s.rootCRL.list },
	} {
		period := func(from, until time.Time) change {
			return func(f *forge) { pick(f.s).ThisUpdate, pick(f.s).NextUpdate = from, until }
		}
		cases = append(cases,
			matrixCase{name: name + "_expired", check: validity, draft: period(forgeTime.AddDate(0, -1, 0), forgeTime.Add(-time.Second))},
			matrixCase{name: name + "_from_the_future", check: validity, draft: period(forgeTime.Add(time.Second), forgeTime.AddDate(0, 1, 0))},
			matrixCase{name: name + "_in_its_last_second", draft: period(forgeTime.AddDate(0, -1, 0), forgeTime), want: endsNow},
			matrixCase{name: name + "_in_its_first_second", draft: period(forgeTime, forgeTime.AddDate(0, 1, 0))},
		)
	}
	return cases
}

// certify makes the certificates those that the quote carries.
func (f *forge) certify(chain ...*x509.Certificate) { f.d.certification = encodePEM(chain...) }

func revoke(pick func(*forge) (*crl, *x509.Certificate)) change {
	return func(f *forge) {
		c, cert := pick(f)
		c.list.RevokedCertificateEntries = append(c.list.RevokedCertificateEntries,
			x509.RevocationListEntry{SerialNumber: cert.SerialNumber, RevocationTime: forgeTime.Add(-time.Minute)})
	}
}

// withoutNextUpdate leaves nextUpdate out of a list, which x509 does not, and signs
// it again.
func withoutNextUpdate(f *forge, der []byte, key *ecdsa.PrivateKey) []byte {
	f.t.Helper()
	var outer, fields []asn1.RawValue
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		f.t.Fatal(err)
	}
	if _, err := asn1.Unmarshal(outer[0].FullBytes, &fields); err != nil {
		f.t.Fatal(err)
	}
	// version, signature, issuer, thisUpdate, nextUpdate, …
	tbs, err := asn1.Marshal(append(fields[:4:4], fields[5:]...))
	if err != nil {
		f.t.Fatal(err)
	}
	digest := sha256.Sum256(tbs)
	signature, err := ecdsa.SignASN1(rand.Reader, key, digest[:])
	if err != nil {
		f.t.Fatal(err)
	}
	list, err := asn1.Marshal(struct {
		TBS, Algorithm asn1.RawValue
		Signature      asn1.BitString
	}{asn1.RawValue{FullBytes: tbs}, outer[1], asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)}})
	if err != nil {
		f.t.Fatal(err)
	}
	return list
}

func p384(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}
