package dcap

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// vectorCollateral is the SIMULATED collateral that the repository keeps for the
// tests of other languages.
func vectorCollateral(t testing.TB) *Collateral {
	t.Helper()
	data, err := os.ReadFile("../../testdata/vectors/sgx-collateral.json")
	if err != nil {
		t.Fatal(err)
	}
	var kept map[PCKCA]*Collateral
	if err := json.Unmarshal(data, &kept); err != nil {
		t.Fatal(err)
	}
	return kept[PCKCAPlatform]
}

// tdxInfo is the vector's TCB info with what TDX has beside.
func tdxInfo(info []byte) []byte {
	const module = `"mrsigner":"` + zeros96 + `","attributes":"0000000000000000","attributesMask":"FFFFFFFFFFFFFFFF"`
	text := strings.Replace(string(info), `"id":"SGX"`, `"id":"TDX","tdxModule":{`+module+`},"tdxModuleIdentities":[{"id":"TDX_01",`+module+
		`,"tcbLevels":[{"tcb":{"isvsvn":3},"tcbDate":"2024-11-13T00:00:00Z","tcbStatus":"UpToDate"}]}]`, 1)
	components := `[` + strings.TrimSuffix(strings.Repeat(`{"svn":1},`, components), ",") + `]`
	return []byte(strings.ReplaceAll(text, `"pcesvn"`, `"tdxtcbcomponents":`+components+`,"pcesvn"`))
}

const zeros96 = "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"

// TestLimitsOfDocuments: lists that are longer than any of Intel's are refused.
func TestLimitsOfDocuments(t *testing.T) {
	c := vectorCollateral(t)
	info, qe := c.TCBInfo, c.QEIdentity
	parseInfo := func(tee TEE) func(string) error {
		return func(text string) error { _, err := parseTCBInfo([]byte(text), tee); return err }
	}
	parseQE := func(text string) error { _, err := parseQEIdentity([]byte(text), TEESGX); return err }
	// list replaces what is in the first list after the key by n copies of its first
	// entry.
	list := func(document []byte, key string, n int) string {
		text := string(document)
		start := strings.Index(text, `"`+key+`":[`) + len(key) + 4
		var entries []json.RawMessage
		dec := json.NewDecoder(strings.NewReader(text[start-1:]))
		if err := dec.Decode(&entries); err != nil {
			t.Fatal(err)
		}
		end := start - 1 + int(dec.InputOffset())
		return text[:start] + strings.TrimSuffix(strings.Repeat(string(entries[0])+",", n), ",") + text[end-1:]
	}
	advisory := func(n int) string {
		return strings.Replace(string(info), "INTEL-SA-00615", strings.Repeat("A", n), 1)
	}
	tdx := tdxInfo(info)
	for _, tt := range []struct {
		name  string
		parse func(string) error
		text  string
		ok    bool
	}{
		{"TCB info", parseInfo(TEESGX), string(info), true},
		{"TDX TCB info", parseInfo(TEETDX), string(tdx), true},
		{"QE identity", parseQE, string(qe), true},
		{"as many TCB levels as may be", parseInfo(TEESGX), list(info, "tcbLevels", maxLevels), true},
		{"too many TCB levels", parseInfo(TEESGX), list(info, "tcbLevels", maxLevels+1), false},
		{"as many QE levels as may be", parseQE, list(qe, "tcbLevels", maxLevels), true},
		{"too many QE levels", parseQE, list(qe, "tcbLevels", maxLevels+1), false},
		{"as many modules as may be", parseInfo(TEETDX), list(tdx, "tdxModuleIdentities", maxModules), true},
		{"too many modules", parseInfo(TEETDX), list(tdx, "tdxModuleIdentities", maxModules+1), false},
		{"too many components", parseInfo(TEESGX), list(info, "sgxtcbcomponents", components+1), false},
		{"too few components", parseInfo(TEESGX), list(info, "sgxtcbcomponents", components-1), false},
		{"as many advisories as may be", parseInfo(TEESGX), list(info, "advisoryIDs", maxAdvisories), true},
		{"too many advisories", parseInfo(TEESGX), list(info, "advisoryIDs", maxAdvisories+1), false},
		{"as long an advisory as may be", parseInfo(TEESGX), advisory(maxAdvisoryID), true},
		{"too long an advisory", parseInfo(TEESGX), advisory(maxAdvisoryID + 1), false},
		{"empty advisory", parseInfo(TEESGX), advisory(0), false},
	} {
		if err := tt.parse(tt.text); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// TestMembersOfDocuments: each member that is used has to be there, once, and of its
// type.
func TestMembersOfDocuments(t *testing.T) {
	c := vectorCollateral(t)
	for _, tt := range []struct {
		name     string
		document []byte
		parse    func([]byte) error
		members  []string
	}{
		{
			"TCB info", tdxInfo(c.TCBInfo),
			func(raw []byte) error { _, err := parseTCBInfo(raw, TEETDX); return err },
			[]string{
				"id", "version", "issueDate", "nextUpdate", "fmspc", "pceId", "tcbType", "tcbEvaluationDataNumber", "tcbLevels", "tcb",
				"sgxtcbcomponents", "tdxtcbcomponents", "pcesvn", "svn", "tcbDate", "tcbStatus", "tdxModule", "mrsigner", "attributes", "attributesMask",
			},
		},
		{
			"QE identity", c.QEIdentity,
			func(raw []byte) error { _, err := parseQEIdentity(raw, TEESGX); return err },
			[]string{
				"id", "version", "issueDate", "nextUpdate", "tcbEvaluationDataNumber", "miscselect", "miscselectMask", "attributes", "attributesMask",
				"mrsigner", "isvprodid", "tcbLevels", "tcb", "isvsvn", "tcbDate", "tcbStatus",
			},
		},
	} {
		if err := tt.parse(tt.document); err != nil {
			t.Fatal(err)
		}
		for _, member := range tt.members {
			quoted := []byte(`"` + member + `":`)
			if !bytes.Contains(tt.document, quoted) {
				t.Fatalf("%s has no %s", tt.name, member)
			}
			for what, with := range map[string]string{
				"missing": `"x":`, "null": `"` + member + `":null,"x":`, "of another type": `"` + member + `":[[]],"x":`,
				"of another type too": `"` + member + `":true,"x":`, "twice": `"` + member + `":null,"` + member + `":`, "in capitals": strings.ToUpper(string(quoted)),
			} {
				if err := tt.parse(bytes.Replace(tt.document, quoted, []byte(with), 1)); err == nil {
					t.Errorf("%s, %s %s: accepted", tt.name, member, what)
				}
			}
		}
	}
}

func TestLimitsOfCollateral(t *testing.T) {
	good := vectorCollateral(t)
	if _, err := parseMaterial(good, TEESGX); err != nil {
		t.Fatal(err)
	}
	for name, grow := range map[string]func(*Collateral) *[]byte{
		"PCK CRL issuer chain": func(c *Collateral) *[]byte { return &c.PCKCRLIssuerChain }, "root CRL": func(c *Collateral) *[]byte { return &c.RootCRL },
		"PCK CRL": func(c *Collateral) *[]byte { return &c.PCKCRL }, "TCB info issuer chain": func(c *Collateral) *[]byte { return &c.TCBInfoIssuerChain },
		"TCB info": func(c *Collateral) *[]byte { return &c.TCBInfo }, "QE identity issuer chain": func(c *Collateral) *[]byte { return &c.QEIdentityIssuerChain },
		"QE identity": func(c *Collateral) *[]byte { return &c.QEIdentity }, "PCK certificate chain": func(c *Collateral) *[]byte { return &c.PCKCertificateChain },
	} {
		c := *good
		part := grow(&c)
		*part = append(bytes.Clone(*part), bytes.Repeat([]byte{' '}, maxCollateralPartSize+1)...)
		_, err := parseMaterial(&c, TEESGX)
		if err == nil || !strings.Contains(err.Error(), "parts of at most") {
			t.Errorf("%s of %d bytes: %v", name, len(*part), err)
		}
		// The same through JSON, where a set as a whole has a limit too.
		data, err := json.Marshal(&c)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseCollateral(data); err == nil || !strings.Contains(err.Error(), "at most") {
			t.Errorf("%s of %d bytes in JSON: %v", name, len(*part), err)
		}
	}
	for _, size := range []int{0, 63, 65} {
		c := *good
		c.TCBInfoSignature = make([]byte, size)
		if _, err := parseMaterial(&c, TEESGX); err == nil {
			t.Errorf("TCB info signature of %d bytes: accepted", size)
		}
		c = *good
		c.QEIdentitySignature = make([]byte, size)
		if _, err := parseMaterial(&c, TEESGX); err == nil {
			t.Errorf("QE identity signature of %d bytes: accepted", size)
		}
	}
}

// FuzzParseCRL: what parses is the whole input, and ends.
func FuzzParseCRL(f *testing.F) {
	c := vectorCollateral(f)
	f.Add(c.RootCRL)
	f.Add(c.PCKCRL)
	f.Fuzz(func(t *testing.T, der []byte) {
		crl, err := parseCRL("list", der)
		if err != nil {
			return
		}
		if !bytes.Equal(crl.Raw, der) || crl.NextUpdate.IsZero() {
			t.Errorf("a list of %d bytes from %d, next update %v", len(crl.Raw), len(der), crl.NextUpdate)
		}
	})
}

// FuzzParsePEM: what parses are as many certificates as asked for, and nothing that
// is no certificate is passed over.
func FuzzParsePEM(f *testing.F) {
	c := vectorCollateral(f)
	f.Add(c.PCKCRLIssuerChain, uint8(2))
	f.Add(append(bytes.Clone(c.TCBInfoIssuerChain), 0), uint8(2))
	f.Add(append(bytes.Clone(c.TCBInfoIssuerChain), c.PCKCRLIssuerChain...), uint8(4))
	f.Fuzz(func(t *testing.T, data []byte, n uint8) {
		n %= 5
		certs, err := parsePEM(CheckCollateral, "a chain", data, int(n))
		if err != nil {
			return
		}
		if len(certs) != int(n) || bytes.Count(data, []byte("-----BEGIN ")) != int(n) || bytes.Count(data, []byte("-----END ")) != int(n) {
			t.Errorf("%d certificates of %d in %q", len(certs), n, data)
		}
	})
}
