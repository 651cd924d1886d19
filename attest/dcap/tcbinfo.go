package dcap

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Limits of TCB info and QE identity. Real ones have up to 30 levels, 10 modules
// and 30 advisories.
const (
	maxLevels     = 256
	maxModules    = 64
	maxAdvisories = 256
	maxAdvisoryID = 64
	components    = 16
)

// level is what every TCB level says.
type level struct {
	Date       time.Time
	Status     TCBStatus
	Advisories []string
}

// tcbInfo is Intel's TCB info, version 3.
type tcbInfo struct {
	window           window
	fmspc            [6]byte
	pceID            [2]byte
	evaluationNumber uint32
	levels           []platformLevel // highest first
	module           *tdxModule      // TDX only: of module version 0
	modules          []tdxModule     // TDX only: of later versions
}

// platformLevel is a level of a platform.
type platformLevel struct {
	level
	sgx, tdx [components]uint8
	pceSVN   uint16
}

// tdxModule is what a TDX module must be.
type tdxModule struct {
	id               string // "TDX_03"; empty for version 0
	mrsigner         [48]byte
	attributes, mask [8]byte
	levels           []svnLevel // highest first
}

// svnLevel is a level of an enclave or module, by its one security version.
type svnLevel struct {
	level
	isvSVN uint16
}

func parseTCBInfo(raw []byte, tee TEE) (*tcbInfo, error) {
	id := map[TEE]string{TEESGX: "SGX", TEETDX: "TDX"}[tee]
	var err error
	d := parseSigned("tcbInfo", raw, &err)
	if got := d.text("id"); err == nil && got != id {
		d.fail("id", "expected %q, got %s", id, shown(got))
	}
	if got := d.number("version", 1<<16); err == nil && got != 3 {
		d.fail("version", "expected 3, got %d", got)
	}
	if got := d.number("tcbType", 1<<16); err == nil && got != 0 {
		d.fail("tcbType", "expected 0, got %d", got)
	}
	info := &tcbInfo{
		window:           window{"the TCB info", d.instant("issueDate"), d.instant("nextUpdate")},
		evaluationNumber: d.number("tcbEvaluationDataNumber", 1<<31),
	}
	d.bytes("fmspc", info.fmspc[:])
	d.bytes("pceId", info.pceID[:])
	for _, entry := range d.entries("tcbLevels", maxLevels) {
		l := platformLevel{level: entry.level()}
		tcb := entry.object("tcb")
		l.sgx = tcb.components("sgxtcbcomponents")
		l.pceSVN = uint16(tcb.number("pcesvn", 1<<16-1))
		if tee == TEETDX {
			l.tdx = tcb.components("tdxtcbcomponents")
		}
		info.levels = append(info.levels, l)
	}
	if tee == TEETDX {
		module := d.object("tdxModule").module(false)
		info.module = &module
		if d.has("tdxModuleIdentities") {
			for _, entry := range d.entries("tdxModuleIdentities", maxModules) {
				info.modules = append(info.modules, entry.module(true))
			}
		}
	}
	if err != nil {
		return nil, err
	}
	// Intel lists them so, and compares in this order whatever the list's.
	slices.SortStableFunc(info.levels, func(a, b platformLevel) int {
		return cmp.Or(bytes.Compare(b.sgx[:], a.sgx[:]), cmp.Compare(b.pceSVN, a.pceSVN), bytes.Compare(b.tdx[:], a.tdx[:]))
	})
	return info, nil
}

func (d document) components(key string) (svns [components]uint8) {
	list := d.entries(key, components)
	if *d.err == nil && len(list) != components {
		d.fail(key, "expected %d components, got %d", components, len(list))
	}
	for i, c := range list {
		svns[i] = uint8(c.number("svn", 1<<8-1))
	}
	return svns
}

func (d document) module(withLevels bool) tdxModule {
	var m tdxModule
	d.bytes("mrsigner", m.mrsigner[:])
	d.bytes("attributes", m.attributes[:])
	d.bytes("attributesMask", m.mask[:])
	if withLevels {
		m.id = d.text("id")
		m.levels = d.svnLevels()
	}
	return m
}

func (d document) svnLevels() []svnLevel {
	var levels []svnLevel
	for _, entry := range d.entries("tcbLevels", maxLevels) {
		l := svnLevel{level: entry.level()}
		l.isvSVN = uint16(entry.object("tcb").number("isvsvn", 1<<16-1))
		levels = append(levels, l)
	}
	slices.SortStableFunc(levels, func(a, b svnLevel) int { return cmp.Compare(b.isvSVN, a.isvSVN) })
	return levels
}

// svnLevelFor is the highest level that svn reaches, nil if it reaches none.
func svnLevelFor(levels []svnLevel, svn uint16) *level {
	for i := range levels {
		if levels[i].isvSVN <= svn {
			return &levels[i].level
		}
	}
	return nil
}

// platformLevelFor is the highest level that the platform reaches in every
// component, nil if it reaches none. The versions are those of the PCK
// certificate, not of the quote's header, and for a TDX guest also the module's.
func (t *tcbInfo) platformLevelFor(pck *PCK, td *TDReport) *level {
	for i := range t.levels {
		l := &t.levels[i]
		if pck.PCESVN < l.pceSVN || !reaches(pck.ComponentSVNs[:], l.sgx[:]) {
			continue
		}
		if td != nil {
			// From module version 1 on, components 0 and 1 are the module's own and are held
			// against its identity instead.
			from := 0
			if td.TEETCBSVN[1] > 0 {
				from = 2
			}
			if !reaches(td.TEETCBSVN[from:], l.tdx[from:]) {
				continue
			}
		}
		return &l.level
	}
	return nil
}

func reaches(have, want []uint8) bool {
	for i := range want {
		if have[i] < want[i] {
			return false
		}
	}
	return true
}

// moduleFor is what the guest's TDX module must be, and its level where modules
// of its version have some.
func (t *tcbInfo) moduleFor(td *TDReport) (*tdxModule, *level, error) {
	svn, version := td.TEETCBSVN[0], td.TEETCBSVN[1]
	if version == 0 {
		return t.module, nil, nil
	}
	id := fmt.Sprintf("TDX_%02X", version)
	for i := range t.modules {
		if m := &t.modules[i]; strings.EqualFold(m.id, id) {
			if l := svnLevelFor(m.levels, uint16(svn)); l != nil {
				return m, l, nil
			}
			return nil, nil, CheckTDXModule.failed("a level of module "+id+" for security version "+fmt.Sprint(svn), "none", hintUntrusted)
		}
	}
	return nil, nil, CheckTDXModule.failed("an identity of TDX module "+id+" in the TCB info", fmt.Sprintf("%d identities of others", len(t.modules)), hintUntrusted)
}

// severities orders the statuses, best first.
var severities = []TCBStatus{
	TCBUpToDate, TCBSWHardeningNeeded, TCBConfigurationNeeded, TCBConfigurationAndSWHardeningNeeded,
	TCBOutOfDate, TCBOutOfDateConfigurationNeeded, TCBRevoked,
}

func (s TCBStatus) severity() int { return slices.Index(severities, s) }

// converge is the status of a platform together with that of a part of it, its
// quoting enclave or its TDX module, as Intel's verification library has it: a
// part that is neither up to date nor revoked counts as out of date, whatever the
// word for it.
func (s TCBStatus) converge(part TCBStatus) TCBStatus {
	switch {
	case part == TCBRevoked:
		return TCBRevoked
	case part == TCBUpToDate:
		return s
	case s == TCBUpToDate || s == TCBSWHardeningNeeded:
		return TCBOutOfDate
	case s == TCBConfigurationNeeded || s == TCBConfigurationAndSWHardeningNeeded:
		return TCBOutOfDateConfigurationNeeded
	}
	return s
}
