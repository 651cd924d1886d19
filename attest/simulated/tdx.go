package simulated

import (
	"encoding/binary"
	"fmt"

	"github.com/phallama/phallama/attest/dcap"
)

// Guest describes a TDX guest on the platform, as the TDX module would report it.
// The zero value of a field is reported as zero.
type Guest struct {
	MRTD          [48]byte
	MRConfigID    [48]byte
	MROwner       [48]byte
	MROwnerConfig [48]byte
	RTMR          [4][48]byte
	// Debug makes it a DEBUG guest, which every policy refuses.
	Debug bool
	// QuoteVersion is that of its quotes: 4, which is also what zero means, or 5.
	QuoteVersion uint16
	// TD15 makes its reports those of TDX 1.5, which are in quotes of version 5 only.
	TD15 bool
}

// GuestSource returns the source of evidence that the guest would have.
func (p *Platform) GuestSource(g Guest) *Source {
	return &Source{func(reportData [64]byte) (*draft, error) { return p.draftTDX(g, reportData) }}
}

// Sizes and offsets of TD reports in bytes, and what is in them for every guest.
const (
	td10Size           = 584
	td15Size           = 648
	tdReportDataOffset = 520

	tdAttrSEPTVEDisable = 1 << 28
	xfamAVX512AMX       = 0x602e7
)

// The TDX module of the simulated machine: its major version names its identity
// in TCB info (TDX_01), and with it TEE_TCB_SVN starts.
const (
	moduleSVN     = 5
	moduleVersion = 1
	tdxLateLoad   = 3 // security version of microcode loaded late
)

var teeTCBSVN = [16]uint8{moduleSVN, moduleVersion, tdxLateLoad}

// draftTDX is a quote of a guest, to be signed. MRSIGNERSEAM and SEAMATTRIBUTES
// are zero, as for Intel's module.
func (p *Platform) draftTDX(g Guest, reportData [64]byte) (*draft, error) {
	le := binary.LittleEndian
	body := make([]byte, td10Size, td15Size)
	copy(body, teeTCBSVN[:])
	copy(body[16:], "SIMULATED TDX module")
	attributes := uint64(tdAttrSEPTVEDisable)
	if g.Debug {
		attributes |= dcap.TDAttrDebug
	}
	le.PutUint64(body[120:], attributes)
	le.PutUint64(body[128:], xfamAVX512AMX)
	for i, field := range [][48]byte{g.MRTD, g.MRConfigID, g.MROwner, g.MROwnerConfig, g.RTMR[0], g.RTMR[1], g.RTMR[2], g.RTMR[3]} {
		copy(body[136+48*i:], field[:])
	}
	copy(body[tdReportDataOffset:], reportData[:])

	version := g.QuoteVersion
	switch {
	case (version == 0 || version == 4) && !g.TD15:
		version = 4
	case version == 5 && !g.TD15:
		body = withBodyType(bodyTypeTD10, body)
	case version == 5:
		body = append(body, teeTCBSVN[:]...)     // TEE_TCB_SVN_2
		body = append(body, make([]byte, 48)...) // MRSERVICETD: no service TD
		body = withBodyType(bodyTypeTD15, body)
	default:
		return nil, fmt.Errorf("expected a TDX quote version of 4, or 5 (which a TDX 1.5 report needs), got %d", version)
	}
	return p.draft(version, dcap.TEETypeTDX, body, quotingEnclaves[dcap.TEETDX])
}
