package dcap

import "encoding/binary"

// Sizes of report bodies in bytes.
const (
	reportSize = 384 // SGX enclave
	td10Size   = 584 // TDX guest, TD report 1.0
	td15Size   = 648 // TDX guest, TD report 1.5
)

// Attribute flags of an enclave (Intel SDM vol. 3D, SECS.ATTRIBUTES).
const (
	FlagInit         uint64 = 1 << 0
	FlagDebug        uint64 = 1 << 1
	FlagMode64       uint64 = 1 << 2
	FlagProvisionKey uint64 = 1 << 4
	FlagEInitToken   uint64 = 1 << 5
)

// Report is the body of an SGX report: what the CPU says of an enclave. Bytes that
// Intel's SDM reserves are not looked at, as Intel's verification library does not:
// the signature covers them, and a later CPU may give them a meaning.
type Report struct {
	CPUSVN       [16]byte
	MiscSelect   uint32
	ISVExtProdID [16]byte
	Flags, XFRM  uint64 // ATTRIBUTES
	MRENCLAVE    [32]byte
	MRSIGNER     [32]byte
	ConfigID     [64]byte
	ISVProdID    uint16
	ISVSVN       uint16
	ConfigSVN    uint16
	ISVFamilyID  [16]byte
	ReportData   [64]byte
}

// TDReport is what the TDX module says of a guest: a TD report body, version 1.0
// (TD10) or 1.5 (TD15). TDAttributes and XFAM are for the caller to judge.
type TDReport struct {
	TEETCBSVN      [16]byte
	MRSEAM         [48]byte
	MRSIGNERSEAM   [48]byte
	SEAMAttributes uint64
	TDAttributes   uint64
	XFAM           uint64
	MRTD           [48]byte
	MRConfigID     [48]byte
	MROwner        [48]byte
	MROwnerConfig  [48]byte
	RTMR           [4][48]byte
	ReportData     [64]byte
	// The last two are in TD15 only.
	TEETCBSVN2  *[16]byte
	MRServiceTD *[48]byte
}

// TDAttrDebug is the TD attribute of a guest whose memory its host can read.
const TDAttrDebug uint64 = 1 << 0

// Debug reports whether the guest's memory can be read by its host.
func (r *TDReport) Debug() bool { return r.TDAttributes&TDAttrDebug != 0 }

// Debug reports whether the enclave's memory can be read by its host.
func (r *Report) Debug() bool { return r.Flags&FlagDebug != 0 }

func parseReport(b []byte) Report {
	return Report{
		CPUSVN:       [16]byte(b[0:16]),
		MiscSelect:   binary.LittleEndian.Uint32(b[16:]),
		ISVExtProdID: [16]byte(b[32:48]),
		Flags:        binary.LittleEndian.Uint64(b[48:]),
		XFRM:         binary.LittleEndian.Uint64(b[56:]),
		MRENCLAVE:    [32]byte(b[64:96]),
		MRSIGNER:     [32]byte(b[128:160]),
		ConfigID:     [64]byte(b[192:256]),
		ISVProdID:    binary.LittleEndian.Uint16(b[256:]),
		ISVSVN:       binary.LittleEndian.Uint16(b[258:]),
		ConfigSVN:    binary.LittleEndian.Uint16(b[260:]),
		ISVFamilyID:  [16]byte(b[304:320]),
		ReportData:   [64]byte(b[320:384]),
	}
}

// parseTDReport reads a TD report body of td10Size or td15Size bytes.
func parseTDReport(b []byte) *TDReport {
	r := &TDReport{
		TEETCBSVN:      [16]byte(b[0:16]),
		MRSEAM:         [48]byte(b[16:64]),
		MRSIGNERSEAM:   [48]byte(b[64:112]),
		SEAMAttributes: binary.LittleEndian.Uint64(b[112:]),
		TDAttributes:   binary.LittleEndian.Uint64(b[120:]),
		XFAM:           binary.LittleEndian.Uint64(b[128:]),
		MRTD:           [48]byte(b[136:184]),
		MRConfigID:     [48]byte(b[184:232]),
		MROwner:        [48]byte(b[232:280]),
		MROwnerConfig:  [48]byte(b[280:328]),
		ReportData:     [64]byte(b[520:584]),
	}
	for i := range r.RTMR {
		r.RTMR[i] = [48]byte(b[328+48*i:])
	}
	if len(b) == td15Size {
		svn2, service := [16]byte(b[584:600]), [48]byte(b[600:648])
		r.TEETCBSVN2, r.MRServiceTD = &svn2, &service
	}
	return r
}
