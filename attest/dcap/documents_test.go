package dcap

import (
	"strings"
	"testing"
)

const goodTCBInfo = `{"id":"SGX","version":3,"issueDate":"2025-06-19T10:16:03Z","nextUpdate":"2025-07-19T10:16:03Z","fmspc":"B0C06F000000","pceId":"0000","tcbType":0,"tcbEvaluationDataNumber":17,"tcbLevels":[{"tcb":{"sgxtcbcomponents":[{"svn":2},{"svn":2},{"svn":2},{"svn":2},{"svn":3},{"svn":1},{"svn":0},{"svn":5},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0},{"svn":0}],"pcesvn":11},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate","advisoryIDs":["INTEL-SA-00615"]}]}`

const goodQEIdentity = `{"id":"QE","version":2,"issueDate":"2025-06-19T10:01:18Z","nextUpdate":"2025-07-19T10:01:18Z","tcbEvaluationDataNumber":17,"miscselect":"00000000","miscselectMask":"FFFFFFFF","attributes":"11000000000000000000000000000000","attributesMask":"FBFFFFFFFFFFFFFF0000000000000000","mrsigner":"8C4F5775D796503E96137F77C68A829A0056AC8DED70140B081B094490C57BFF","isvprodid":1,"tcbLevels":[{"tcb":{"isvsvn":8},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"UpToDate"}]}`

// TestDocuments: what is missing, of another type, out of range or there twice is
// named with its place.
func TestDocuments(t *testing.T) {
	parsers := map[string]struct {
		good  string
		parse func([]byte) error
	}{
		"tcbInfo":         {goodTCBInfo, func(b []byte) error { _, err := parseTCBInfo(b, TEESGX); return err }},
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

func TestConverge(t *testing.T) {
	for _, tt := range []struct{ platform, part, want TCBStatus }{
		{TCBUpToDate, TCBUpToDate, TCBUpToDate},
		{TCBUpToDate, TCBOutOfDate, TCBOutOfDate},
		{TCBSWHardeningNeeded, TCBOutOfDate, TCBOutOfDate},
		{TCBConfigurationNeeded, TCBOutOfDate, TCBOutOfDateConfigurationNeeded},
		{TCBConfigurationAndSWHardeningNeeded, TCBOutOfDate, TCBOutOfDateConfigurationNeeded},
		{TCBOutOfDate, TCBOutOfDate, TCBOutOfDate},
		{TCBOutOfDateConfigurationNeeded, TCBOutOfDate, TCBOutOfDateConfigurationNeeded},
		{TCBSWHardeningNeeded, TCBUpToDate, TCBSWHardeningNeeded},
		{TCBUpToDate, TCBRevoked, TCBRevoked},
		{TCBOutOfDate, TCBRevoked, TCBRevoked},
		{TCBRevoked, TCBUpToDate, TCBRevoked},
	} {
		if got := tt.platform.converge(tt.part); got != tt.want {
			t.Errorf("%s with %s: %s, expected %s", tt.platform, tt.part, got, tt.want)
		}
	}
}

func FuzzTCBInfo(f *testing.F) {
	f.Add([]byte(goodTCBInfo), false)
	f.Add([]byte(strings.Replace(goodTCBInfo, "SGX", "TDX", 1)), true)
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
		_ = info.platformLevelFor(&PCK{}, nil)
	})
}

func FuzzQEIdentity(f *testing.F) {
	f.Add([]byte(goodQEIdentity))
	f.Fuzz(func(t *testing.T, data []byte) {
		q, err := parseQEIdentity(data, TEESGX)
		if err == nil {
			_ = q.matches(&Report{})
			_ = svnLevelFor(q.levels, 8)
		}
	})
}
