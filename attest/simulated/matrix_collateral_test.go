package simulated

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/phallama/phallama/attest/dcap"
)

// TestMatrixCollateral are the cases whose fault is in TCB info or QE identity.
func TestMatrixCollateral(t *testing.T) { runMatrix(t, collateralCases()) }

func collateralCases() []matrixCase {
	cases := append(tcbInfoCases(), qeIdentityCases()...)
	cases = append(cases, tdxCollateralCases()...)
	cases = append(cases, documentCases()...)
	return append(cases, missingPartCases()...)
}

func tcbInfoCases() []matrixCase {
	form, status := dcap.CheckCollateral.Name, dcap.CheckTCB.Name
	cases := []matrixCase{
		{name: "tcb_expired", check: dcap.CheckTCBInfoValidity.Name, draft: func(f *forge) {
			f.s.tcbInfo.IssueDate, f.s.tcbInfo.NextUpdate = formatTime(forgeTime.AddDate(0, 0, -31)), formatTime(forgeTime.Add(-time.Second))
		}},
		{name: "tcb_issue_date_future", check: dcap.CheckTCBInfoValidity.Name, draft: func(f *forge) { f.s.tcbInfo.IssueDate = formatTime(forgeTime.Add(time.Second)) }},
		{name: "invalid_tcb_signature", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) { f.c.TCBInfoSignature[0] ^= 1 }},
		{name: "tcb_signature_zero", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) { clear(f.c.TCBInfoSignature) }},
		{name: "tcb_signature_s_order", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) { order.FillBytes(f.c.TCBInfoSignature[32:]) }},
		{name: "tcb_info_signed_by_another_key", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) {
			f.c.TCBInfoSignature, _ = signRaw(f.key(), f.c.TCBInfo)
		}},
		{name: "tcb_info_signed_by_the_pck_key", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) {
			f.c.TCBInfoSignature, _ = signRaw(f.p.pck.key, f.c.TCBInfo)
		}},
		// The same document to any JSON parser, but not what was signed.
		{name: "reserialised_tcb_info", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) {
			f.c.TCBInfo = bytes.Replace(f.c.TCBInfo, []byte(`"version":3`), []byte(`"version": 3`), 1)
		}},
		{name: "tcb_info_altered", check: dcap.CheckTCBInfoSignature.Name, after: func(f *forge) {
			f.c.TCBInfo = bytes.Replace(f.c.TCBInfo, []byte(`"svn":255`), []byte(`"svn":254`), 1)
		}},
		{name: "fmspc_mismatch", check: dcap.CheckTCBInfoPlatform.Name, draft: func(f *forge) { f.s.tcbInfo.FMSPC = "00606A000000" }},
		{name: "pceid_mismatch", check: dcap.CheckTCBInfoPlatform.Name, draft: func(f *forge) { f.s.tcbInfo.PCEID = "0001" }},

		{name: "sgx_tcb_id_mismatch", check: form, draft: func(f *forge) { f.s.tcbInfo.ID = "TDX" }},
		{name: "sgx_quote_with_tdx_collateral", check: form, draft: withStatement(dcap.TEETDX)},
		{name: "tcb_info_version_2", check: form, draft: func(f *forge) { f.s.tcbInfo.Version = 2 }},
		{name: "tcb_info_version_4", check: form, draft: func(f *forge) { f.s.tcbInfo.Version = 4 }},
		{name: "unknown_tcb_status_word", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].Status = "Excellent" }},
		{name: "tcb_status_word_in_lower_case", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].Status = "uptodate" }},
		{name: "pcesvn_too_large", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].TCB.PCESVN = 1 << 16 }},
		{name: "svn_256", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].TCB.SGX[0].SVN = 256 }},
		{name: "svn_negative", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].TCB.SGX[0].SVN = -1 }},
		{name: "fmspc_too_short", check: form, draft: func(f *forge) { f.s.tcbInfo.FMSPC = "53494D0000" }},
		{name: "fmspc_no_hex", check: form, draft: func(f *forge) { f.s.tcbInfo.FMSPC = "SIM000000000" }},
		{name: "issue_date_no_date", check: form, draft: func(f *forge) { f.s.tcbInfo.IssueDate = "yesterday" }},
		{name: "component_15_levels", check: form, after: resigned(func(c *dcap.Collateral) { // 15 components in the first level
			c.TCBInfo = bytes.Replace(c.TCBInfo, []byte(`,{"svn":0}],"pcesvn"`), []byte(`],"pcesvn"`), 1)
		})},
		{name: "component_17_levels", check: form, after: resigned(func(c *dcap.Collateral) {
			c.TCBInfo = bytes.Replace(c.TCBInfo, []byte(`,{"svn":0}],"pcesvn"`), []byte(`,{"svn":0},{"svn":0}],"pcesvn"`), 1)
		})},

		{name: "revoked_platform_tcb", check: status, cfg: Config{Status: dcap.TCBRevoked}},
		{name: "sgx_component_svn_mismatch", check: status, draft: func(f *forge) {
			for i := range f.s.tcbInfo.Levels {
				svns := &f.s.tcbInfo.Levels[i].TCB.SGX
				svns[1].SVN, svns[2].SVN = svns[2].SVN, svns[1].SVN+1
			}
		}},
		{name: "pcesvn_below_all_levels", check: status, draft: func(f *forge) {
			for i := range f.s.tcbInfo.Levels {
				f.s.tcbInfo.Levels[i].TCB.PCESVN = pceSVN + 1
			}
		}},
	}
	for i := range 16 {
		if components(0)[i] == 255 {
			continue // nothing is higher
		}
		cases = append(cases, matrixCase{name: fmt.Sprintf("component_%d_below_all_levels", i+1), check: status, draft: func(f *forge) {
			own := int(f.p.facts.ComponentSVNs[i])
			for l := range f.s.tcbInfo.Levels {
				f.s.tcbInfo.Levels[l].TCB.SGX[i].SVN = own + 1
			}
		}})
	}
	return cases
}

func qeIdentityCases() []matrixCase {
	form, identity, tcb := dcap.CheckCollateral.Name, dcap.CheckQEIdentity.Name, dcap.CheckQETCB.Name
	return []matrixCase{
		{name: "qe_identity_expired", check: dcap.CheckQEIdentityValidity.Name, draft: func(f *forge) {
			f.s.qeIdentity.IssueDate, f.s.qeIdentity.NextUpdate = formatTime(forgeTime.AddDate(0, 0, -31)), formatTime(forgeTime.Add(-time.Second))
		}},
		{name: "qe_identity_issue_date_future", check: dcap.CheckQEIdentityValidity.Name, draft: func(f *forge) { f.s.qeIdentity.IssueDate = formatTime(forgeTime.Add(time.Second)) }},
		{name: "invalid_qe_identity_signature", check: dcap.CheckQEIdentitySignature.Name, after: func(f *forge) { f.c.QEIdentitySignature[0] ^= 1 }},
		{name: "qe_identity_signature_zero", check: dcap.CheckQEIdentitySignature.Name, after: func(f *forge) { clear(f.c.QEIdentitySignature) }},
		{name: "qe_identity_signature_of_tcb_info", check: dcap.CheckQEIdentitySignature.Name, after: func(f *forge) { f.c.QEIdentitySignature = f.c.TCBInfoSignature }},
		{name: "reserialised_qe_identity", check: dcap.CheckQEIdentitySignature.Name, after: func(f *forge) { f.c.QEIdentity = append(f.c.QEIdentity, '\n') }},

		{name: "qe_mrsigner_mismatch", check: identity, draft: func(f *forge) { f.s.qeIdentity.MRSIGNER = strings.Repeat("FF", 32) }},
		{name: "qe_isvprodid_mismatch", check: identity, draft: func(f *forge) { f.s.qeIdentity.ISVProdID = 999 }},
		{name: "qe_miscselect_mismatch", check: identity, draft: func(f *forge) { f.s.qeIdentity.MiscSelect = "01000000" }},
		{name: "qe_attributes_mismatch", check: identity, draft: func(f *forge) { f.s.qeIdentity.Attributes = "31" + zeros(15) }},
		{name: "qe_xfrm_mismatch", check: identity, draft: func(f *forge) {
			f.s.qeIdentity.Attributes, f.s.qeIdentity.AttributesMask = "11"+zeros(7)+"03"+zeros(7), "FBFFFFFFFFFFFFFFFF"+zeros(7)
		}},

		{name: "tdx_identity_for_sgx_quote", check: form, draft: func(f *forge) { f.s.qeIdentity.ID = "TD_QE" }},
		{name: "qve_identity_for_sgx_quote", check: form, draft: func(f *forge) { f.s.qeIdentity.ID = "QVE" }},
		{name: "qe_identity_version_1", check: form, draft: func(f *forge) { f.s.qeIdentity.Version = 1 }},
		{name: "qe_identity_unknown_status_word", check: form, draft: func(f *forge) { f.s.qeIdentity.Levels = []enclaveLevel{enclaveAt(8, "2025-08-13", "Excellent")} }},
		{name: "qe_identity_mask_too_short", check: form, draft: func(f *forge) { f.s.qeIdentity.AttributesMask = "FBFF" }},

		{name: "revoked_qe_tcb", check: tcb, draft: func(f *forge) { f.d.qeReport[258] = 1 }},
		{name: "qe_isvsvn_below_all_levels", check: tcb, draft: func(f *forge) { f.d.qeReport[258] = 0 }},
	}
}

func tdxCollateralCases() []matrixCase {
	form, module, status := dcap.CheckCollateral.Name, dcap.CheckTDXModule.Name, dcap.CheckTCB.Name
	return tdxAll([]matrixCase{
		{name: "tdx_quote_with_sgx_collateral", check: form, draft: withStatement(dcap.TEESGX)},
		{name: "tdx_tcb_id_mismatch", check: form, draft: func(f *forge) { f.s.tcbInfo.ID = "SGX" }},
		{name: "tdx_qe_identity_id_mismatch", check: form, draft: func(f *forge) { f.s.qeIdentity.ID = "QE" }},
		{name: "tdx_missing_components", check: form, draft: func(f *forge) { f.s.tcbInfo.Levels[0].TCB.TDX = nil }},
		{name: "tdx_missing_module", check: form, draft: func(f *forge) { f.s.tcbInfo.Module = nil }},
		{name: "tdx_component_15_levels", check: form, after: resigned(func(c *dcap.Collateral) {
			c.TCBInfo = bytes.Replace(c.TCBInfo, []byte(`,{"svn":0}]},"tcbDate"`), []byte(`]},"tcbDate"`), 1)
		})},

		{name: "tdx_module_mrsigner_mismatch", check: module, draft: setBody(64, 1)},
		{name: "tdx_module_identity_mrsigner_mismatch", check: module, draft: func(f *forge) { f.s.tcbInfo.Modules[0].MRSIGNER = strings.Repeat("03", 48) }},
		{name: "tdx_module_attributes_mismatch", check: module, draft: setBody(112, 1)},
		{name: "tdx_module_isvsvn_too_low", check: module, draft: setBody(0, 1)},
		{name: "tdx_module_unknown_version", check: module, draft: setBody(1, 9)},
		{name: "tdx_module_no_identities", check: module, draft: func(f *forge) { f.s.tcbInfo.Modules = nil }},
		{name: "tdx_module_revoked", check: status, draft: setBody(0, 2)},

		{name: "tdx_component_svn_mismatch", check: status, draft: setBody(2, tdxLateLoad-1)},
		{name: "tdx_revoked_platform_tcb", cfg: Config{Status: dcap.TCBRevoked}, check: status},
		{name: "tdx_revoked_qe_tcb", check: dcap.CheckQETCB.Name, draft: func(f *forge) { f.d.qeReport[258] = 1 }},
		{name: "tdx_qe_isvsvn_below_all_levels", check: dcap.CheckQETCB.Name, draft: func(f *forge) { f.d.qeReport[258] = 0 }},
		// A module of version 0 has no identity of its own: all components count.
		{name: "tdx_module_version_0_below_all_levels", check: status, draft: func(f *forge) { f.d.body[0], f.d.body[1] = moduleSVN-1, 0 }},
	})
}

// documentCases break the JSON and have it signed.
func documentCases() []matrixCase {
	form := dcap.CheckCollateral.Name
	var cases []matrixCase
	for _, doc := range []struct {
		name string
		text func(*dcap.Collateral) *[]byte
	}{
		{"tcb_info", func(c *dcap.Collateral) *[]byte { return &c.TCBInfo }},
		{"qe_identity", func(c *dcap.Collateral) *[]byte { return &c.QEIdentity }},
	} {
		for name, broken := range map[string]func(string) string{
			"invalid_json":  func(string) string { return "INVALID JSON" },
			"null":          func(string) string { return "null" },
			"array":         func(s string) string { return "[" + s + "]" },
			"truncated":     func(s string) string { return s[:len(s)-1] },
			"two_documents": func(s string) string { return s + s },
			"duplicate_key": func(s string) string { return `{"id":"SGX",` + s[1:] },
			"duplicate_key_of_dates": func(s string) string {
				return strings.Replace(s, `"nextUpdate"`, `"nextUpdate":"2999-01-01T00:00:00Z","nextUpdate"`, 1)
			},
			"duplicate_key_in_a_level": func(s string) string {
				return strings.Replace(s, `"tcbStatus"`, `"tcbStatus":"UpToDate","tcbStatus"`, 1)
			},
			"duplicate_key_in_a_tcb": func(s string) string {
				return strings.Replace(s, `"tcb":{`, `"tcb":{"isvsvn":0,"pcesvn":0,"isvsvn":0,"pcesvn":0,`, 1)
			},
			"string_for_a_number": func(s string) string {
				return strings.Replace(s, `"tcbEvaluationDataNumber":20`, `"tcbEvaluationDataNumber":"20"`, 1)
			},
			"number_for_a_string": func(s string) string { return strings.Replace(s, `"UpToDate"`, `0`, 1) },
			"object_for_a_list":   func(s string) string { return strings.Replace(s, `"tcbLevels":[`, `"tcbLevels":{},"others":[`, 1) },
			"without_levels":      func(s string) string { return strings.Replace(s, `"tcbLevels"`, `"levels"`, 1) },
			"without_id":          func(s string) string { return strings.Replace(s, `"id"`, `"Id"`, 1) },
			"without_next_update": func(s string) string { return strings.Replace(s, `"nextUpdate"`, `"NextUpdate"`, 1) },
			"without_issue_date":  func(s string) string { return strings.Replace(s, `"issueDate"`, `"issuedate"`, 1) },
			"without_a_status":    func(s string) string { return strings.Replace(s, `"tcbStatus"`, `"status"`, 1) },
			"without_a_date":      func(s string) string { return strings.Replace(s, `"tcbDate"`, `"date"`, 1) },
			"without_evaluation":  func(s string) string { return strings.Replace(s, `"tcbEvaluationDataNumber"`, `"number"`, 1) },
			"deeply_nested":       func(string) string { return strings.Repeat(`{"a":`, 20_000) },
		} {
			cases = append(cases, matrixCase{name: doc.name + "_" + name, check: form, after: resigned(func(c *dcap.Collateral) {
				text := doc.text(c)
				before := string(*text)
				*text = []byte(broken(before))
				if before == string(*text) {
					panic("the case changes nothing")
				}
			})})
		}
	}
	return cases
}

// missingPartCases leave out one part of the collateral each.
func missingPartCases() []matrixCase {
	cases := []matrixCase{{name: "no_collateral", check: dcap.CheckCollateral.Name, after: func(f *forge) { f.c = nil }}}
	for name, part := range map[string]func(*dcap.Collateral) *[]byte{
		"pck_crl_issuer_chain":     func(c *dcap.Collateral) *[]byte { return &c.PCKCRLIssuerChain },
		"root_crl":                 func(c *dcap.Collateral) *[]byte { return &c.RootCRL },
		"pck_crl":                  func(c *dcap.Collateral) *[]byte { return &c.PCKCRL },
		"tcb_info_issuer_chain":    func(c *dcap.Collateral) *[]byte { return &c.TCBInfoIssuerChain },
		"tcb_info":                 func(c *dcap.Collateral) *[]byte { return &c.TCBInfo },
		"tcb_info_signature":       func(c *dcap.Collateral) *[]byte { return &c.TCBInfoSignature },
		"qe_identity_issuer_chain": func(c *dcap.Collateral) *[]byte { return &c.QEIdentityIssuerChain },
		"qe_identity":              func(c *dcap.Collateral) *[]byte { return &c.QEIdentity },
		"qe_identity_signature":    func(c *dcap.Collateral) *[]byte { return &c.QEIdentitySignature },
	} {
		cases = append(cases,
			matrixCase{name: "no_" + name, check: dcap.CheckCollateral.Name, after: func(f *forge) { *part(f.c) = nil }},
			matrixCase{name: "garbage_as_" + name, check: dcap.CheckCollateral.Name, after: func(f *forge) { *part(f.c) = []byte("garbage") }},
			matrixCase{name: "huge_" + name, check: dcap.CheckCollateral.Name, after: func(f *forge) { *part(f.c) = bytes.Repeat([]byte(" "), 2<<20) }},
		)
	}
	return cases
}

// withStatement puts the collateral of the other TEE in place.
func withStatement(tee dcap.TEE) change {
	return func(f *forge) {
		s, err := f.p.statement(tee, f.p.CA())
		if err != nil {
			f.t.Fatal(err)
		}
		f.s = s
	}
}

// resigned changes the documents' bytes and has them signed again.
func resigned(change func(*dcap.Collateral)) change {
	return func(f *forge) {
		change(f.c)
		f.resign()
	}
}

// tdxAll gives the cases that say no quote a TDX one.
func tdxAll(cases []matrixCase) []matrixCase {
	for i := range cases {
		if cases[i].base == nil {
			cases[i].base = tdx(Guest{})
		}
	}
	return cases
}
