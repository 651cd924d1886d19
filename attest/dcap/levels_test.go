package dcap

import (
	"strconv"
	"strings"
	"testing"
)

// svns are component SVNs that start with the given ones and go on with zeros.
func svns(first ...uint8) (all [16]uint8) {
	copy(all[:], first)
	return all
}

// tcbInfoWith is TCB info with levels in the order given, read back from JSON, so
// that it is sorted as from Intel.
func tcbInfoWith(t *testing.T, tee TEE, levels string, more string) *tcbInfo {
	t.Helper()
	text := goodTCBInfo[:strings.Index(goodTCBInfo, `"tcbLevels"`)] + `"tcbLevels":[` + levels + `]` + more + `}`
	if tee == TEETDX {
		text = strings.Replace(text, `"id":"SGX"`, `"id":"TDX"`, 1)
	}
	info, err := parseTCBInfo([]byte(text), tee)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func jsonComponents(svns [16]uint8) string {
	var b strings.Builder
	for i, svn := range svns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`{"svn":` + strconv.Itoa(int(svn)) + `}`)
	}
	return b.String()
}

func jsonLevel(status TCBStatus, sgx [16]uint8, pceSVN int, tdx *[16]uint8) string {
	s := `{"tcb":{"sgxtcbcomponents":[` + jsonComponents(sgx) + `],"pcesvn":` + strconv.Itoa(pceSVN)
	if tdx != nil {
		s += `,"tdxtcbcomponents":[` + jsonComponents(*tdx) + `]`
	}
	return s + `},"tcbDate":"2024-03-13T00:00:00Z","tcbStatus":"` + string(status) + `"}`
}

func TestPlatformLevel(t *testing.T) {
	// The order in the document is not the one of comparison.
	info := tcbInfoWith(t, TEESGX, strings.Join([]string{
		jsonLevel(TCBOutOfDate, svns(2, 1), 5, nil),
		jsonLevel(TCBUpToDate, svns(3, 1), 10, nil),
		jsonLevel(TCBConfigurationNeeded, svns(3, 1), 9, nil),
		jsonLevel(TCBOutOfDateConfigurationNeeded, svns(2, 0, 4), 5, nil),
	}, ","), "")
	for _, tt := range []struct {
		name   string
		svns   [16]uint8
		pceSVN uint16
		want   TCBStatus // empty for none
	}{
		{"exactly the highest", svns(3, 1), 10, TCBUpToDate},
		{"above the highest", svns(255, 255, 255), 65535, TCBUpToDate},
		{"lower PCE SVN", svns(3, 1), 9, TCBConfigurationNeeded},
		{"PCE SVN below the two highest", svns(3, 1), 8, TCBOutOfDate},
		{"one component lower", svns(3, 0), 10, ""},
		{"high first component does not make up for the second", svns(255, 0), 65535, ""},
		{"second level in order of components", svns(2, 1), 5, TCBOutOfDate},
		{"last level in order of components", svns(2, 0, 4), 5, TCBOutOfDateConfigurationNeeded},
		{"PCE SVN below all", svns(3, 1, 4), 4, ""},
		{"all below", svns(1), 10, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			// A PCK certificate's CPUSVN is not what counts.
			pck := &PCK{ComponentSVNs: tt.svns, PCESVN: tt.pceSVN, CPUSVN: svns(255, 255, 255)}
			wantLevel(t, info.platformLevelFor(pck, nil), tt.want)
		})
	}
}

func TestPlatformLevelOfGuests(t *testing.T) {
	module := `,"tdxModule":{"mrsigner":"` + strings.Repeat("00", 48) + `","attributes":"0000000000000000","attributesMask":"FFFFFFFFFFFFFFFF"}`
	low, high := svns(5, 0, 6), svns(7, 0, 8)
	info := tcbInfoWith(t, TEETDX, strings.Join([]string{
		jsonLevel(TCBOutOfDate, svns(3), 10, &low),
		jsonLevel(TCBUpToDate, svns(3), 10, &high),
	}, ","), module)
	for _, tt := range []struct {
		name string
		sgx  uint8
		tdx  [16]uint8
		want TCBStatus
	}{
		{"exactly the highest", 3, svns(7, 0, 8), TCBUpToDate},
		{"module version 0: component 0 counts", 3, svns(6, 0, 8), TCBOutOfDate},
		{"module version 0: component 0 below all", 3, svns(4, 0, 8), ""},
		{"module version 1: component 0 does not count", 3, svns(0, 1, 8), TCBUpToDate},
		{"module version 1: component 2 counts", 3, svns(255, 1, 7), TCBOutOfDate},
		{"module version 1: component 2 below all", 3, svns(255, 1, 5), ""},
		{"SGX components below", 2, svns(7, 0, 8), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := info.platformLevelFor(&PCK{ComponentSVNs: svns(tt.sgx), PCESVN: 10}, &TDReport{TEETCBSVN: tt.tdx})
			wantLevel(t, got, tt.want)
		})
	}
}

func TestModule(t *testing.T) {
	info, err := parseTCBInfo([]byte(goodTDXInfo), TEETDX)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name         string
		svn, version uint8
		refused      bool
		id           string
		want         TCBStatus
	}{
		{"version 0 has no level of its own", 0, 0, false, "", ""},
		{"version 3, current", 7, 3, false, "TDX_03", TCBUpToDate},
		{"version 3, newer than any level", 255, 3, false, "TDX_03", TCBUpToDate},
		{"version 3, old", 6, 3, false, "TDX_03", TCBOutOfDate},
		{"version 3, below all levels", 1, 3, true, "", ""},
		{"version 31, named in lower case", 0, 0x1f, false, "tdx_1f", TCBUpToDate},
		{"version that is not named", 7, 4, true, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m, l, err := info.moduleFor(&TDReport{TEETCBSVN: svns(tt.svn, tt.version)})
			if (err != nil) != tt.refused {
				t.Fatalf("refused: %v", err)
			}
			if tt.refused {
				return
			}
			if m.id != tt.id {
				t.Errorf("identity %q, expected %q", m.id, tt.id)
			}
			wantLevel(t, l, tt.want)
		})
	}
}

func wantLevel(t *testing.T, got *level, want TCBStatus) {
	t.Helper()
	if got == nil && want != "" || got != nil && got.Status != want {
		t.Errorf("level %+v, expected %q", got, want)
	}
}

func TestConverge(t *testing.T) {
	ood, oodConfig := TCBOutOfDate, TCBOutOfDateConfigurationNeeded
	for platform, outOfDate := range map[TCBStatus]TCBStatus{
		TCBUpToDate:                          ood,
		TCBSWHardeningNeeded:                 ood,
		TCBConfigurationNeeded:               oodConfig,
		TCBConfigurationAndSWHardeningNeeded: oodConfig,
		TCBOutOfDate:                         ood,
		TCBOutOfDateConfigurationNeeded:      oodConfig,
		TCBRevoked:                           TCBRevoked,
	} {
		for _, part := range severities {
			want := outOfDate // whatever the word, a part that is not up to date is out of date
			switch part {
			case TCBUpToDate:
				want = platform
			case TCBRevoked:
				want = TCBRevoked
			}
			if got := platform.converge(part); got != want {
				t.Errorf("%s with %s: %s, expected %s", platform, part, got, want)
			}
		}
	}
}
