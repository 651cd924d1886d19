package dcap

import (
	"strings"
	"testing"
)

const goodTCBInfo = `{"id":"SGX","version":3,"issueDate":"2025-06-19T10:16:03Z","nextUpdate":"2025-07-19T10:16:03Z","fmspc":"B0C06F000000","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":17,"tcbLevels":[{"tcb":{"sgxtcbcomponents":[{"svn":2},{"svn":2},{"svn":2},{"svn":2},{"svn":3},{"svn":1},{"svn":0},{"svn":5},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0}],"pcesvn":11},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate","advisoryIDs":["INTEL-SA-00615"]}]}`

const goodQEIdentity = `{"id":"QE","version":2,"issueDate":"2025-06-19T10:01:18Z","nextUpdate":"2025-07-19T10:01:18Z","tcbEvaluationDataNumber":17,"miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"11000000000000000000000000000000","attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":"8C4F5775D796503E96137F77C68A829A0056AC8DED70140B081B094490C57BFF","isvprodid":1,"tcbLevels":[{"tcb":{"isvsvn":8},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]}`

// goodTDXInfo names modules of versions 3 and 31.
var goodTDXInfo = strings.NewReplacer(
	`"id":"SGX"`, `"id":"TDX","tdxModule":`+goodModule+`,"tdxModuleIdentities":[`+
		`{"id":"TDX_03",`+goodModule[1:len(goodModule)-1]+`,"tcbLevels":[{"tcb":{"isvsvn":2},"tcbDate":"2023-08-09T00:00:00Z","tcbStatus":"OutOfDate"},{"tcb":{"isvsvn":7},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]},`+
		`{"id":"tdx_1f",`+goodModule[1:len(goodModule)-1]+`,"tcbLevels":[{"tcb":{"isvsvn":0},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]}]`,
	`"pcesvn":11`, `"pcesvn":11,"tdxtcbcomponents":[{"svn":4},{"svn":0},{"svn":2},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0}]`,
).Replace(goodTCBInfo)

const goodModule = `{"mrsigner":"000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000","attributes":"0000000000000000","attributesMask":"FFFFFFFFFFFFFFFF"}`

// TestDocuments: what is missing, of another type, out of range or there twice is
// named with its place.
func TestDocuments(t *testing.T) {
	parsers := map[string]struct {
		good  string
		parse func([]byte) error
	}{
		"tcbInfo":         {goodTCBInfo, func(b []byte) error { _, err := parseTCBInfo(b, TEESGX); return err }},
		"tcbInfo of TDX":  {goodTDXInfo, func(b []byte) error { _, err := parseTCBInfo(b, TEETDX); return err }},
		"enclaveIdentity": {goodQEIdentity, func(b []byte) error { _, err := parseQEIdentity(b, TEESGX); return err }},
	}
	for what, p := range parsers {
		if err := p.parse([]byte(p.good)); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	for _, tt := range []struct{ what, from, to, say string }{
		{"tcbInfo", `"id":"SGX"`, `"id":"TDX"`, "tcbInfo.id"},
		{"tcbInfo", `"version":3`, `"version":2`, "tcbInfo.version"},
		{"tcbInfo", `"tcbType":0`, `"tcbType":1`, "tcbInfo.tcbType"},
		{"tcbInfo", `"fmspc":"B0C06F000000"`, `"fmspc":"B0C06F0000"`, "tcbInfo.fmspc"},
		{"tcbInfo", `"fmspc":"B0C06F000000"`, `"fmspc":7`, "tcbInfo.fmspc"},
		{"tcbInfo", `"pceId":"0000",`, ``, "tcbInfo.pceId: missing"},
		{"tcbInfo", `"pceId":"0000"`, `"pceId":null`, "tcbInfo.pceId: missing"},
		{"tcbInfo", `"pceId":"0000"`, `"pceId":"0000","pceId":"0000"`, "twice"},
		{"tcbInfo", `"issueDate":"2025-06-19T10:16:03Z"`, `"issueDate":"yesterday"`, "tcbInfo.issueDate"},
		{"tcbInfo", `"tcbEvaluationDataNumber":17`, `"tcbEvaluationDataNumber":-1`, "tcbEvaluationDataNumber"},
		{"tcbInfo", `{"svn":5}`, `{"svn":256}`, "sgxtcbcomponents[7].svn"},
		{"tcbInfo", `{"svn":5},`, ``, "expected 16 components, got 15"},
		{"tcbInfo", `{"svn":5},`, `{"svn":5},{"svn":5},`, "at most 16"},
		{"tcbInfo", `{"svn":5}`, `{"svn":5,"svn":6}`, "twice"},
		{"tcbInfo", `"pcesvn":11`, `"pcesvn":65536`, "tcbLevels[0].tcb.pcesvn"},
		{"tcbInfo", `"UpToDate"`, `"Splendid"`, "unknown status"},
		{"tcbInfo", `["INTEL-SA-00615"]`, `[1]`, "advisoryIDs"},
		{"tcbInfo", `["INTEL-SA-00615"]`, `["` + strings.Repeat("A", maxAdvisoryID+1) + `"]`, "advisoryIDs"},
		{"tcbInfo", `"tcbLevels":[`, `"tcbLevels":[` + strings.Repeat(`{},`, maxLevels), "at most 256"},
		{"tcbInfo", `"tcbLevels":[`, `"tcbLevels":7,"x":[`, "tcbLevels"},
		{"tcbInfo", `["INTEL-SA-00615"]`, `null`, "tcbInfo.tcbLevels[0].advisoryIDs: missing"},
		{"tcbInfo", `"pcesvn":11`, `"pcesvn":11.0`, "tcbLevels[0].tcb.pcesvn"},
		{"tcbInfo", `"pcesvn":11`, `"PCESVN":11`, "tcbLevels[0].tcb.pcesvn: missing"},
		{"tcbInfo", `"id":"SGX"`, `"new":[{"x":1,"\u0078":2}],"id":"SGX"`, "member \"x\" twice"},
		{"tcbInfo", `"id":"SGX"`, `"new":` + strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth) + `,"id":"SGX"`, "nested more than 32 deep"},
		{"tcbInfo", `"UpToDate","advisoryIDs":["INTEL-SA-00615"]}]}`, `"UpToDate","advisoryIDs":["INTEL-SA-00615"]}]} {}`, "something follows"},
		{"tcbInfo of TDX", `"id":"TDX"`, `"id":"SGX"`, "tcbInfo.id"},
		{"tcbInfo of TDX", `"tdxModule":{`, `"tdxModul":{`, "tcbInfo.tdxModule: missing"},
		{"tcbInfo of TDX", `"tdxModule":{`, `"tdxModule":null,"x":{`, "tcbInfo.tdxModule"},
		{"tcbInfo of TDX", `"tdxModuleIdentities":[`, `"tdxModuleIdentities":null,"x":[`, "tcbInfo.tdxModuleIdentities: missing"},
		{"tcbInfo of TDX", `"tdxModuleIdentities":[`, `"tdxModuleIdentities":[null,`, "tcbInfo.tdxModuleIdentities[0]"},
		{"tcbInfo of TDX", `"tdxModuleIdentities":[`, `"tdxModuleIdentities":[` + strings.Repeat(`{},`, maxModules), "at most 64"},
		{"tcbInfo of TDX", `"id":"TDX_03",`, ``, "tcbInfo.tdxModuleIdentities[0].id: missing"},
		{"tcbInfo of TDX", `{"isvsvn":7}`, `{"isvsvn":65536}`, "tcbInfo.tdxModuleIdentities[0].tcbLevels[1].tcb.isvsvn"},
		{"tcbInfo of TDX", `"attributesMask":"FF`, `"attributesMask":"`, "tcbInfo.tdxModule.attributesMask"},
		{"tcbInfo of TDX", `"tdxtcbcomponents"`, `"tdxTcbComponents"`, "tcbLevels[0].tcb.tdxtcbcomponents: missing"},
		{"tcbInfo of TDX", `"tdxtcbcomponents":[{"svn":4},`, `"tdxtcbcomponents":[`, "expected 16 components, got 15"},
		{"enclaveIdentity", `"id":"QE"`, `"id":"QVE"`, "enclaveIdentity.id"},
		{"enclaveIdentity", `"version":2`, `"version":3`, "enclaveIdentity.version"},
		{"enclaveIdentity", `"isvprodid":1`, `"isvprodid":65536`, "isvprodid"},
		{"enclaveIdentity", `"mrsigner":"8C`, `"mrsigner":"`, "mrsigner"},
		{"enclaveIdentity", `"isvsvn":8`, `"isvsvn":"8"`, "tcbLevels[0].tcb.isvsvn"},
		{"enclaveIdentity", `{"tcb":{"isvsvn":8}`, `{"tcb":8`, "tcbLevels[0].tcb"},
		{"enclaveIdentity", `"miscselectMask":"FFFFFFFF"`, `"miscselectMask":"xyzxyzxy"`, "miscselectMask"},
	} {
		p := parsers[tt.what]
		if !strings.Contains(p.good, tt.from) {
			t.Fatalf("%s is not in the good document", tt.from)
		}
		if err := p.parse([]byte(strings.Replace(p.good, tt.from, tt.to, 1))); err == nil || !strings.Contains(err.Error(), tt.say) {
			t.Errorf("%s → %s: expected an error about %q, got %v", tt.from, tt.to, tt.say, err)
		}
	}
	// Members that Intel may add are no error.
	if err := parsers["tcbInfo"].parse([]byte(strings.Replace(goodTCBInfo, `"id"`, `"new":{"x":1},"id"`, 1))); err != nil {
		t.Error(err)
	}
}

func FuzzTCBInfo(f *testing.F) {
	f.Add([]byte(goodTCBInfo), false)
	f.Add([]byte(goodTDXInfo), true)
	f.Fuzz(func(t *testing.T, data []byte, tdx bool) {
		tee := TEESGX
		if tdx {
			tee = TEETDX
		}
		info, err := parseTCBInfo(data, tee)
		if err != nil {
			return
		}
		for i := 1; i < len(info.levels); i++ {
			if string(info.levels[i-1].sgx[:]) < string(info.levels[i].sgx[:]) {
				t.Error("levels out of order")
			}
		}
		// Whoever has the highest versions reaches the first level, if there is one, and
		// whoever has the lowest none but one of zeros.
		top, zero := &PCK{PCESVN: 1<<16 - 1}, &PCK{}
		for i := range top.ComponentSVNs {
			top.ComponentSVNs[i] = 255
		}
		if got := info.platformLevelFor(top, nil); (got == nil) != (len(info.levels) == 0) || got != nil && got != &info.levels[0].level {
			t.Errorf("the highest versions reach %+v", got)
		}
		for i := range info.levels {
			if l := &info.levels[i]; info.platformLevelFor(zero, nil) == &l.level && (l.sgx != [components]uint8{} || l.pceSVN != 0) {
				t.Errorf("the lowest versions reach %+v", l)
			}
		}
		if tdx {
			for _, svn := range [][16]uint8{{}, {7, 3}, {255, 255}} {
				td := &TDReport{TEETCBSVN: svn}
				_ = info.platformLevelFor(top, td)
				if m, _, err := info.moduleFor(td); err == nil && m == nil {
					t.Error("neither a module nor an error")
				}
			}
		}
	})
}

func FuzzQEIdentity(f *testing.F) {
	f.Add([]byte(goodQEIdentity), false)
	f.Add([]byte(strings.Replace(goodQEIdentity, `"QE"`, `"TD_QE"`, 1)), true)
	f.Fuzz(func(t *testing.T, data []byte, tdx bool) {
		tee := TEESGX
		if tdx {
			tee = TEETDX
		}
		q, err := parseQEIdentity(data, tee)
		if err != nil {
			return
		}
		// A report of another signer never matches.
		other := &Report{MRSIGNER: q.mrsigner, ISVProdID: q.isvProdID}
		other.MRSIGNER[0] ^= 1
		if q.matches(other) == nil {
			t.Error("another signer's enclave matches")
		}
		for i := 1; i < len(q.levels); i++ {
			if q.levels[i-1].isvSVN < q.levels[i].isvSVN {
				t.Error("levels out of order")
			}
		}
		if got := svnLevelFor(q.levels, 1<<16-1); (got == nil) != (len(q.levels) == 0) {
			t.Errorf("the highest version reaches %+v of %d levels", got, len(q.levels))
		}
	})
}
