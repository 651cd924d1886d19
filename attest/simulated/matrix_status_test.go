package simulated

import (
	"bytes"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// TestMatrixAccepted are the cases that are genuine, with the status that they must
// have.
func TestMatrixAccepted(t *testing.T) { runMatrix(t, acceptedCases()) }

func acceptedCases() []matrixCase {
	cases := []matrixCase{
		{name: "sgx_v3_platform_ca", want: genuine(dcap.PCKCAPlatform, dcap.TEESGX)},
		{name: "sgx_v3_processor_ca", cfg: Config{CA: dcap.PCKCAProcessor}, want: genuine(dcap.PCKCAProcessor, dcap.TEESGX)},
		{name: "sgx_v4", base: sgx(4), want: genuine(dcap.PCKCAPlatform, dcap.TEESGX)},
		{name: "sgx_v5", base: sgx(5), want: genuine(dcap.PCKCAPlatform, dcap.TEESGX)},
		{name: "tdx_v4", base: tdx(Guest{}), want: genuine(dcap.PCKCAPlatform, dcap.TEETDX)},
		{name: "tdx_v4_processor_ca", base: tdx(Guest{}), cfg: Config{CA: dcap.PCKCAProcessor}, want: genuine(dcap.PCKCAProcessor, dcap.TEETDX)},
		{name: "tdx_v5_td10", base: tdx(Guest{QuoteVersion: 5}), want: genuine(dcap.PCKCAPlatform, dcap.TEETDX)},
		{name: "tdx_v5_td15", base: tdx(Guest{QuoteVersion: 5, TD15: true}), want: func(t *testing.T, f *forge, res *dcap.Result) {
			genuine(dcap.PCKCAPlatform, dcap.TEETDX)(t, f, res)
			if td := res.Quote.TD; td == nil || td.TEETCBSVN2 == nil || *td.TEETCBSVN2 != teeTCBSVN || td.MRServiceTD == nil {
				t.Errorf("the TD 1.5 fields are not there: %+v", td)
			}
		}},

		// Guests get their quotes from a file that pads them.
		{name: "tdx_v4_trailing_zeros", base: tdx(Guest{}), after: trail(make([]byte, 70)), want: trimmed(70)},
		{name: "tdx_v4_trailing_bytes", base: tdx(Guest{}), after: trail(bytes.Repeat([]byte{7}, 3065)), want: trimmed(3065)},
		{name: "tdx_v5_trailing_bytes", base: tdx(Guest{QuoteVersion: 5, TD15: true}), after: trail(make([]byte, 39)), want: trimmed(39)},

		{name: "qe_auth_data_empty", draft: authData(0)},
		{name: "qe_auth_data_64", draft: authData(64)},
		{name: "tdx_qe_auth_data_empty", base: tdx(Guest{}), draft: authData(0)},
		{name: "high_s", after: func(f *forge) { setS(f.raw[436:500], high); setS(f.raw[948:1012], high) }},
		{name: "low_s", after: func(f *forge) { setS(f.raw[436:500], low); setS(f.raw[948:1012], low) }},
		{name: "high_s_of_collateral", after: func(f *forge) { setS(f.c.TCBInfoSignature, high); setS(f.c.QEIdentitySignature, high) }},

		{name: "cert_type_4_leaf_only", draft: leafOnly, want: genuine(dcap.PCKCAPlatform, dcap.TEESGX)},
		{name: "cert_type_4_leaf_only_processor_ca", cfg: Config{CA: dcap.PCKCAProcessor}, draft: leafOnly, want: genuine(dcap.PCKCAProcessor, dcap.TEESGX)},
		{name: "cert_type_4_with_crl_of_the_other_ca", check: dcap.CheckPCKChain.Name, draft: func(f *forge) {
			leafOnly(f)
			s, err := f.p.statement(dcap.TEESGX, dcap.PCKCAProcessor)
			if err != nil {
				f.t.Fatal(err)
			}
			f.s.pckCRL, f.s.pckCRLChain = s.pckCRL, s.pckCRLChain
		}},
		{name: "cert_type_5_with_pck_chain", after: withPCKChain},
		{name: "cert_type_5_with_pck_chain_of_another", after: func(f *forge) { f.c.PCKCertificateChain = encodePEM(f.another().chain()...) }},
		{name: "cert_type_5_without_nul", draft: func(f *forge) { f.certify(f.p.chain()...) }},

		{name: "fmspc_in_lower_case", draft: func(f *forge) { f.s.tcbInfo.FMSPC = strings.ToLower(f.s.tcbInfo.FMSPC) }},
		{name: "tcb_levels_in_any_order", draft: func(f *forge) { slices.Reverse(f.s.tcbInfo.Levels) }},
		{name: "qe_levels_in_any_order", draft: func(f *forge) {
			f.s.qeIdentity.Levels = slices.Clone(f.s.qeIdentity.Levels)
			slices.Reverse(f.s.qeIdentity.Levels)
		}},
		{name: "unknown_members_in_documents", after: resigned(func(c *dcap.Collateral) {
			for _, text := range []*[]byte{&c.TCBInfo, &c.QEIdentity} {
				*text = append([]byte(`{"news":[1,{"a":null}],`), (*text)[1:]...)
			}
		})},
		{name: "tcb_info_in_its_last_second", want: endsNow, draft: func(f *forge) { f.s.tcbInfo.NextUpdate = formatTime(forgeTime) }},
		{name: "tcb_info_in_its_first_second", draft: func(f *forge) { f.s.tcbInfo.IssueDate = formatTime(forgeTime) }},
		{name: "qe_identity_in_its_last_second", want: endsNow, draft: func(f *forge) { f.s.qeIdentity.NextUpdate = formatTime(forgeTime) }},
		{name: "qe_identity_in_its_first_second", draft: func(f *forge) { f.s.qeIdentity.IssueDate = formatTime(forgeTime) }},

		{name: "component_svn_all_higher", draft: func(f *forge) {
			for i := range f.s.tcbInfo.Levels {
				f.s.tcbInfo.Levels[i].TCB.SGX = listed([16]uint8{})
			}
		}},
		{name: "pcesvn_below_the_first_level", want: status(dcap.TCBOutOfDate), draft: func(f *forge) {
			for i := range f.s.tcbInfo.Levels {
				if level := &f.s.tcbInfo.Levels[i]; level.TCB.PCESVN == pceSVN {
					level.TCB.PCESVN++
				}
			}
		}},

		// Components 1 and 2 are the module's own where it has a version.
		{name: "tdx_module_out_of_date", base: tdx(Guest{}), draft: setBody(0, 4), want: func(t *testing.T, f *forge, res *dcap.Result) {
			status(dcap.TCBOutOfDate)(t, f, res)
			if res.TCB.Platform != dcap.TCBUpToDate || res.TCB.Module != dcap.TCBOutOfDate || !slices.Contains(res.TCB.Advisories, "INTEL-SA-01099") {
				t.Errorf("%+v", res.TCB)
			}
		}},
		{name: "tdx_module_newer_than_any_level", base: tdx(Guest{}), draft: setBody(0, 200), want: status(dcap.TCBUpToDate)},
		{name: "tdx_module_version_0", base: tdx(Guest{}), draft: setBody(1, 0), want: func(t *testing.T, f *forge, res *dcap.Result) {
			if res.TCB.Status != dcap.TCBUpToDate || res.TCB.Module != "" {
				t.Errorf("%+v", res.TCB)
			}
		}},
		{name: "tdx_module_attributes_outside_the_mask", base: tdx(Guest{}), draft: func(f *forge) {
			f.d.body[112] = 1
			f.s.tcbInfo.Module.AttributesMask, f.s.tcbInfo.Modules[0].AttributesMask = "FEFFFFFFFFFFFFFF", "FEFFFFFFFFFFFFFF"
		}},
	}
	for _, offset := range []int{0, 1} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("renewed_pck_%d", offset), platform: func(f *forge) {
			f.reissue(&f.p.pck, &f.p.platformCA, func(t *x509.Certificate) { t.NotAfter = forgeTime.AddDate(0, 0, offset) })
		}, want: func(t *testing.T, f *forge, res *dcap.Result) {
			if want := forgeTime.AddDate(0, 0, offset); !res.NotAfter.Equal(want) {
				t.Errorf("good until %v, expected %v", res.NotAfter, want)
			}
		}})
	}
	for _, number := range []int{17, 25} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("evaluation_number_%d_of_the_qe_identity", number), draft: func(f *forge) {
			f.s.qeIdentity.EvaluationNumber = number
			f.s.qeIdentity.IssueDate = formatTime(forgeTime.Add(-24 * time.Hour))
		}, want: func(t *testing.T, f *forge, res *dcap.Result) {
			if res.TCB.EvaluationNumber != uint32(min(number, evaluationNumber)) || !res.TCB.Issued.Equal(forgeTime.Add(-24*time.Hour)) {
				t.Errorf("%+v", res.TCB)
			}
		}})
	}
	return append(cases, convergenceCases()...)
}

// convergenceCases are each status word of the platform with an up-to-date and an
// outdated quoting enclave, for both TEEs, as Intel's verification library
// converges them. A revoked one is among the negative cases.
func convergenceCases() []matrixCase {
	var cases []matrixCase
	for _, row := range []struct{ platform, withOldQE dcap.TCBStatus }{
		{dcap.TCBUpToDate, dcap.TCBOutOfDate},
		{dcap.TCBSWHardeningNeeded, dcap.TCBOutOfDate},
		{dcap.TCBConfigurationNeeded, dcap.TCBOutOfDateConfigurationNeeded},
		{dcap.TCBConfigurationAndSWHardeningNeeded, dcap.TCBOutOfDateConfigurationNeeded},
		{dcap.TCBOutOfDate, dcap.TCBOutOfDate},
		{dcap.TCBOutOfDateConfigurationNeeded, dcap.TCBOutOfDateConfigurationNeeded},
	} {
		for tee, base := range map[dcap.TEE]func(*forge){dcap.TEESGX: sgx(3), dcap.TEETDX: tdx(Guest{})} {
			old := byte(enclaveLevels[tee][1].TCB.ISVSVN)
			name := fmt.Sprintf("%s_%s", tee, row.platform)
			cases = append(cases,
				matrixCase{name: name, base: base, cfg: Config{Status: row.platform}, want: converged(row.platform, dcap.TCBUpToDate, row.platform)},
				matrixCase{
					name: name + "_with_old_qe", base: base, cfg: Config{Status: row.platform}, want: converged(row.platform, dcap.TCBOutOfDate, row.withOldQE),
					draft: func(f *forge) { f.d.qeReport[258] = old },
				})
		}
	}
	return cases
}

func converged(platform, qe, all dcap.TCBStatus) outcome {
	return func(t *testing.T, f *forge, res *dcap.Result) {
		if res.TCB.Platform != platform || res.TCB.QE != qe || res.TCB.Status != all {
			t.Errorf("%s with QE %s is %s, expected %s with %s to be %s", res.TCB.Platform, res.TCB.QE, res.TCB.Status, platform, qe, all)
		}
		var advisories []string
		for _, level := range tcbLevels {
			if level.status == platform {
				advisories = append(advisories, level.advisories...)
			}
		}
		if qe == dcap.TCBOutOfDate && !slices.Contains(advisories, "INTEL-SA-00615") {
			advisories = append(advisories, "INTEL-SA-00615") // that of the old QE
		}
		slices.Sort(advisories)
		if !slices.Equal(res.TCB.Advisories, advisories) {
			t.Errorf("advisories %v, expected %v", res.TCB.Advisories, advisories)
		}
	}
}

func status(want dcap.TCBStatus) outcome {
	return func(t *testing.T, f *forge, res *dcap.Result) {
		if res.TCB.Status != want {
			t.Errorf("status %s, expected %s", res.TCB.Status, want)
		}
	}
}

func genuine(ca dcap.PCKCA, tee dcap.TEE) outcome {
	return func(t *testing.T, f *forge, res *dcap.Result) {
		status(dcap.TCBUpToDate)(t, f, res)
		if res.CA != ca || res.PCK.FMSPC != fmspc || (res.PCK.PlatformInstanceID != nil) != (ca == dcap.PCKCAPlatform) {
			t.Errorf("CA %s, PCK %+v", res.CA, res.PCK)
		}
		if res.TCB.EvaluationNumber != evaluationNumber || len(res.TCB.Advisories) != 0 {
			t.Errorf("%+v", res.TCB)
		}
		if want := forgeTime.Add(validFor - backdated); !res.NotAfter.Equal(want) {
			t.Errorf("good until %v, expected %v", res.NotAfter, want)
		}
		switch {
		case tee == dcap.TEESGX && (res.Quote.TD != nil || res.Quote.Report.MRENCLAVE != forgeEnclave.MRENCLAVE || res.Quote.Report.ReportData != forgeReportData):
			t.Errorf("the enclave is %+v", res.Quote.Report)
		case tee == dcap.TEETDX && (res.Quote.TD == nil || res.Quote.TD.MRTD != [48]byte{1, 2} || res.Quote.TD.RTMR[0] != [48]byte{3, 4} || res.Quote.TD.ReportData != forgeReportData):
			t.Errorf("the guest is %+v", res.Quote.TD)
		}
	}
}

func trail(bytes []byte) change { return func(f *forge) { f.raw = append(f.raw, bytes...) } }

// trimmed checks that the n bytes after the quote are not counted to it.
func trimmed(n int) outcome {
	return func(t *testing.T, f *forge, res *dcap.Result) {
		if res.Quote.Size != len(f.raw)-n {
			t.Errorf("%d bytes belong to the quote, expected %d", res.Quote.Size, len(f.raw)-n)
		}
	}
}

func authData(size int) change { return func(f *forge) { qeAuth(size)(nil, f.d) } }

// leafOnly leaves the PCK certificate in the quote and drops its issuers, as the
// registry on chain keeps it.
func leafOnly(f *forge) {
	f.d.certificationType = 4
	f.certify(f.p.pck.cert)
}

func withPCKChain(f *forge) { f.c.PCKCertificateChain = encodePEM(f.p.chain()...) }
