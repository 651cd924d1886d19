package simulated

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

type (
	crossCase struct {
		Name       string           `json:"name"`
		Quote      string           `json:"quote"`
		Root       string           `json:"root"`
		At         int64            `json:"at"`
		Collateral *dcap.Collateral `json:"collateral"`
	}
	crossOutcome struct {
		Status     string   `json:"status"`
		Advisories []string `json:"advisories"`
		Error      string   `json:"error"`
	}
)

// TestCrossCheck has the matrix judged by a verifier that is not ours,
// @phala/dcap-qvl, under the same roots. Both must come to the same verdict and
// status, but for the differences below, each of which must be there.
func TestCrossCheck(t *testing.T) {
	needCrossCheck(t)
	var cases []crossCase
	ours := make(map[string]crossOutcome)
	for _, group := range [][]matrixCase{acceptedCases(), quoteCases(), collateralCases(), chainCases()} {
		for _, c := range group {
			if slices.Contains(notCrossChecked, c.name) {
				continue
			}
			f := c.build(t)
			cases = append(cases, f.crossCase(c.name))
			ours[c.name] = f.crossOutcome()
		}
	}
	theirs := runCrossCheck(t, cases)
	for _, c := range cases {
		mine, other := ours[c.Name], theirs[c.Name]
		slices.Sort(other.Advisories)
		same := mine.Status == other.Status && slices.Equal(mine.Advisories, other.Advisories)
		reason := differenceOf(c.Name)
		switch {
		case other.Status == "" && other.Error == "":
			t.Errorf("%s: no outcome", c.Name)
		case !same && reason == "":
			t.Errorf("%s: we say %+v, @phala/dcap-qvl says %+v", c.Name, mine, other)
		case same && reason != "":
			t.Errorf("%s: both say %+v: take it off the list of differences (%s)", c.Name, mine, reason)
		}
	}
	for _, d := range differences {
		for _, pattern := range d.cases {
			if !slices.ContainsFunc(cases, func(c crossCase) bool { return matches(pattern, c.Name) }) {
				t.Errorf("%s is on the list of differences, and no case", pattern)
			}
		}
	}
	t.Logf("%d cases judged by both", len(cases))
}

// differences are the cases in which @phala/dcap-qvl 0.3.9 comes to another verdict
// or status, by the reason, as patterns of path.Match. All but the first two groups
// are what it accepts and we refuse.
var differences = []struct {
	reason string
	cases  []string
}{
	{"it knows fewer forms: SGX in version 3 only, 32 bytes of QE authentication data, certificates in the quote or in the collateral, levels sorted", []string{
		"sgx_v4", "sgx_v5", "*qe_auth_data_empty", "qe_auth_data_64", "cert_type_4_leaf_only*", "cert_type_5_with_pck_chain_of_another", "*_levels_in_any_order",
	}},
	{"it takes the worse of two statuses, where Intel says OutOfDateConfigurationNeeded; it compares all TDX components, Intel not those of a module with an identity; it looks for every serial number in both lists", []string{
		"*_Configuration*Needed_with_old_qe", "tdx_module_out_of_date", "serial_of_the_leaf_in_the_root_crl",
	}},
	{"it checks neither signature nor period nor form of a revocation list, nor its issuers", []string{
		"no_*_crl", "garbage_as_*_crl", "*_pck_crl_issuer_chain", "pck_crl_chain_of_another_root", "swapped_*", "crl_*",
		"root_crl_signed_*", "root_crl_of_*", "root_crl_without_next_update", "root_crl_in_the_place_*", "*_crl_expired", "*_crl_from_the_future",
		"pck_crl_in_the_place_of_the_root_crl",
	}},
	{"it has no check of TDX modules", []string{
		"tdx_missing_module", "tdx_module_*mrsigner_mismatch", "tdx_module_attributes_mismatch", "tdx_module_unknown_version", "tdx_module_no_identities",
	}},
	{"its JSON is lax: the last of two members of a name counts, and of missing ones, versions, numbers and dates only some matter", []string{
		"*_duplicate_key*", "*_without_issue_date", "*_without_next_update", "*_without_a_date", "*_without_evaluation", "*_string_for_a_number",
		"pceid_mismatch", "tcb_info_version_?", "pcesvn_too_large", "svn_*", "issue_date_no_date", "component_1?_levels", "tdx_component_15_levels", "qe_identity_mask_too_short",
	}},
	{"it is lax about certificates: names, key usage, constraints, extensions, hash functions, number, and a root issued anew with the same key", []string{
		"same_key_root_issued_anew", "pck_chain_without_root", "pck_chain_of_four", "pck_chain_with_text_*", "pck_by_the_tcb_signer", "pck_may_not_sign",
		"pck_without_constraints", "pck_wrong_name", "pck_unknown_critical_extension", "pck_signed_with_sha384", "ca_is_no_ca", "ca_may_not_certify",
		"ca_wrong_name", "sgx_extension_with_bytes_after_it", "sgx_extension_without_ppid", "sgx_extension_ppid_twice", "long_tcb_chain", "tcb_signer_wrong_name",
	}},
	{"it is lax about the quote: size, bytes after it, vendor, stated sizes, the second half of the QE's report data, and a quoting enclave that only the identity vouches for", []string{
		"oversized_quote*", "trailing_byte_sgx_v3", "foreign_qe_vendor", "v5_body_size_*", "certification_data_ends_early",
		"qe_report_data_not_padded_with_zeros", "foreign_quoting_enclave_that_the_identity_names",
	}},
}

// differenceOf is the reason why a case may differ, or empty.
func differenceOf(name string) string {
	for _, d := range differences {
		if slices.ContainsFunc(d.cases, func(pattern string) bool { return matches(pattern, name) }) {
			return d.reason
		}
	}
	return ""
}

func matches(pattern, name string) bool {
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// TestCrossCheckMutations has both judge quotes in which one bit was flipped, all
// over. What is signed or bound both must refuse; about what is neither they may
// differ only in that we refuse more.
func TestCrossCheckMutations(t *testing.T) {
	needCrossCheck(t)
	const stride = 23 // hits every field of 32 bytes and more, at changing bits
	var cases []crossCase
	ours := make(map[string]crossOutcome)
	covered := make(map[string]bool) // by the name: whether a signature or a hash covers the byte
	for _, q := range []struct {
		name         string
		base         func(*forge)
		length, tail int // offsets of the length before the signature, and of the certification data
	}{
		{"sgx", sgx(3), 432, 1014 + 32},
		{"tdx", tdx(Guest{}), 632, 1014 + 32 + 206},
		{"td15", tdx(Guest{QuoteVersion: 5, TD15: true}), 702, 1014 + 32 + 276},
	} {
		f := (&matrixCase{base: q.base}).build(t)
		good := f.raw
		for at := 0; at < len(good); at += stride {
			name := fmt.Sprintf("%s_%d", q.name, at)
			f.raw = bytes.Clone(good)
			f.raw[at] ^= 1 << (at / stride % 8)
			cases = append(cases, f.crossCase(name))
			ours[name] = f.crossOutcome()
			outer := q.length == 432 || at < q.length+4+128 || at >= q.length+4+128+6 // type and size of the outer data
			covered[name] = at < q.tail && (at < q.length || at >= q.length+4) && outer
		}
	}
	for name, other := range runCrossCheck(t, cases) {
		switch mine := ours[name]; {
		case covered[name] && (mine.Error == "" || other.Error == ""):
			t.Errorf("%s: the bit is signed, and yet we say %+v, @phala/dcap-qvl %+v", name, mine, other)
		case mine.Error == "" && other.Error != "":
			t.Errorf("%s: we accept what @phala/dcap-qvl refuses: %s", name, other.Error)
		}
	}
	t.Logf("%d mutated quotes judged by both", len(cases))
}

// needCrossCheck skips the test where the other verifier is not installed, but not
// in CI.
func needCrossCheck(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("crosscheck/node_modules"); errors.Is(err, fs.ErrNotExist) {
		const how = "@phala/dcap-qvl is not installed: run `make attest/simulated/crosscheck/node_modules`"
		if os.Getenv("CI") != "" {
			t.Fatal(how)
		}
		t.Skip(how)
	}
}

func (f *forge) crossCase(name string) crossCase {
	return crossCase{name, hex.EncodeToString(f.raw), hex.EncodeToString(f.root.Raw), f.now.Unix(), f.c}
}

func (f *forge) crossOutcome() crossOutcome {
	res, err := f.verify()
	if err != nil {
		return crossOutcome{Error: err.Error()}
	}
	return crossOutcome{Status: string(res.TCB.Status), Advisories: res.TCB.Advisories}
}

func runCrossCheck(t *testing.T, cases []crossCase) map[string]crossOutcome {
	t.Helper()
	data, err := json.Marshal(cases)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "cases.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	node := exec.CommandContext(t.Context(), "node", "verify.mjs", file)
	node.Dir = "crosscheck"
	node.Stderr = os.Stderr
	out, err := node.Output()
	if err != nil {
		t.Fatalf("node verify.mjs: %v", err)
	}
	var outcomes map[string]crossOutcome
	if err := json.Unmarshal(out, &outcomes); err != nil {
		t.Fatal(err)
	}
	return outcomes
}

// notCrossChecked are cases that say nothing about another verifier.
var notCrossChecked = []string{"no_collateral"}
