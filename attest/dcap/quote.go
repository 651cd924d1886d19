package dcap

import (
	"bytes"
	"encoding/binary"
	"fmt"
)

// MaxQuoteSize bounds a quote in bytes. Quotes in the field have 4,500 to 8,100.
const MaxQuoteSize = 16 << 10

// Sizes and offsets of an SGX quote, version 3, in bytes from its start.
const (
	headerSize  = 48
	reportSize  = 384
	keySize     = 64 // P-256 public key x||y, or signature r||s, big-endian
	signedSize  = headerSize + reportSize
	authStart   = signedSize + 4
	minAuthSize = keySize + keySize + reportSize + keySize + 2 + 2 + 4
)

// Values of the header that this package accepts.
const (
	quoteVersionSGX     = 3
	keyTypeECDSAP256    = 2
	teeTypeSGX          = 0
	certTypePCKCertsPEM = 5
)

// intelQEVendorID marks Intel's quoting enclaves: 939a7233-f79c-4ca9-940a-0db3957f0607.
var intelQEVendorID = [16]byte{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07}

// TEE types of a quote's header.
const (
	TEETypeSGX uint32 = teeTypeSGX
	TEETypeTDX uint32 = 0x81
)

// Header is the first 48 bytes of a quote.
type Header struct {
	Version            uint16
	AttestationKeyType uint16 // 2 is ECDSA-P256
	TEEType            uint32 // reserved and 0 in version 3
	QESVN, PCESVN      uint16 // informational: the PCK certificate is what counts
	QEVendorID         [16]byte
	UserData           [20]byte // the first 16 bytes are the QE's pseudonym of the platform
}

// Attribute flags of an enclave (Intel SDM vol. 3D, SECS.ATTRIBUTES).
const (
	FlagInit         uint64 = 1 << 0
	FlagDebug        uint64 = 1 << 1
	FlagMode64       uint64 = 1 << 2
	FlagProvisionKey uint64 = 1 << 4
	FlagEInitToken   uint64 = 1 << 5
)

// Report is the body of an SGX report: what the CPU says of an enclave.
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
// (TD10) or 1.5 (TD15).
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

// Quote is a parsed SGX quote, version 3. Nothing in it is verified.
type Quote struct {
	Header            Header
	Report            Report    // of the SGX enclave that asked for the quote; zero for a TDX guest
	TD                *TDReport // of the TDX guest that asked for the quote; nil for an SGX enclave
	Signature         [64]byte
	AttestationKey    [64]byte
	QEReport          Report // of the quoting enclave
	QEReportSignature [64]byte
	QEAuthData        []byte
	CertChainPEM      []byte // PCK certificate, PCK CA, root

	signed   []byte // header and report, as Signature covers them
	qeReport []byte // as QEReportSignature covers it
}

// ParseHeader reads the header of a quote of any version. It is how evidence of
// unknown origin is told apart; it judges nothing but the length.
func ParseHeader(raw []byte) (Header, error) {
	if len(raw) < headerSize || len(raw) > MaxQuoteSize {
		return Header{}, CheckFormat.failed(
			fmt.Sprintf("a quote of %d to %d bytes", headerSize, MaxQuoteSize), fmt.Sprintf("%d bytes", len(raw)), hintDamaged)
	}
	return Header{
		Version:            binary.LittleEndian.Uint16(raw[0:]),
		AttestationKeyType: binary.LittleEndian.Uint16(raw[2:]),
		TEEType:            binary.LittleEndian.Uint32(raw[4:]),
		QESVN:              binary.LittleEndian.Uint16(raw[8:]),
		PCESVN:             binary.LittleEndian.Uint16(raw[10:]),
		QEVendorID:         [16]byte(raw[12:28]),
		UserData:           [20]byte(raw[28:48]),
	}, nil
}

// ParseQuote parses an SGX quote, version 3. The authentication data must fill
// the quote to its last byte, and the certification data must be a PEM chain
// (type 5).
func ParseQuote(raw []byte) (*Quote, error) {
	header, err := ParseHeader(raw)
	if err != nil {
		return nil, err
	}
	if err := header.supported(); err != nil {
		return nil, err
	}
	if len(raw) < authStart+minAuthSize {
		return nil, CheckFormat.failed(fmt.Sprintf("at least %d bytes", authStart+minAuthSize), fmt.Sprintf("%d bytes", len(raw)), hintDamaged)
	}
	if declared, have := uint64(binary.LittleEndian.Uint32(raw[signedSize:])), uint64(len(raw)-authStart); declared != have {
		return nil, CheckFormat.failed(
			fmt.Sprintf("%d bytes of authentication data, as declared", declared), fmt.Sprintf("%d bytes", have), hintDamaged)
	}

	raw = bytes.Clone(raw)
	q := &Quote{Header: header, signed: raw[:signedSize], Report: parseReport(raw[headerSize:signedSize])}
	rest := raw[authStart:]
	take := func(n int) []byte { // callers check that n bytes are there
		part := rest[:n:n]
		rest = rest[n:]
		return part
	}
	q.Signature = [64]byte(take(keySize))
	q.AttestationKey = [64]byte(take(keySize))
	q.qeReport = take(reportSize)
	q.QEReport = parseReport(q.qeReport)
	q.QEReportSignature = [64]byte(take(keySize))

	authSize := int(binary.LittleEndian.Uint16(take(2)))
	if authSize+2+4 > len(rest) {
		return nil, CheckFormat.failed(
			fmt.Sprintf("%d bytes of QE authentication data, as declared", authSize), fmt.Sprintf("%d bytes to the end of the quote", len(rest)), hintDamaged)
	}
	q.QEAuthData = take(authSize)
	if certType := binary.LittleEndian.Uint16(take(2)); certType != certTypePCKCertsPEM {
		return nil, CheckFormat.failed(
			fmt.Sprintf("certification data of type %d (PCK certificate chain in PEM)", certTypePCKCertsPEM), fmt.Sprintf("type %d", certType),
			"the pod's platform must be provisioned with its PCK certificate chain (a PCCS), so that its quotes carry it")
	}
	if declared := uint64(binary.LittleEndian.Uint32(take(4))); declared != uint64(len(rest)) {
		return nil, CheckFormat.failed(
			fmt.Sprintf("%d bytes of certification data, as declared", declared), fmt.Sprintf("%d bytes", len(rest)), hintDamaged)
	}
	q.CertChainPEM = rest
	return q, nil
}

func (h *Header) supported() error {
	switch {
	case h.Version == 4 || h.Version == 5:
		return CheckFormat.failed(fmt.Sprintf("quote version %d (SGX)", quoteVersionSGX),
			fmt.Sprintf("not supported yet: quote version %d (TEE type %#x)", h.Version, h.TEEType),
			"use a pod on SGX that issues version 3 quotes")
	case h.Version != quoteVersionSGX:
		return CheckFormat.failed(fmt.Sprintf("quote version %d (SGX)", quoteVersionSGX), fmt.Sprintf("version %d", h.Version), hintDamaged)
	case h.AttestationKeyType != keyTypeECDSAP256:
		return CheckFormat.failed(fmt.Sprintf("attestation key type %d (ECDSA P-256)", keyTypeECDSAP256),
			fmt.Sprintf("type %d", h.AttestationKeyType), "EPID and P-384 quotes are not accepted: use another pod")
	case h.TEEType != teeTypeSGX:
		return CheckFormat.failed("zero in the reserved field of the header", fmt.Sprintf("%#x", h.TEEType), hintDamaged)
	case h.QEVendorID != intelQEVendorID:
		return CheckFormat.failed(fmt.Sprintf("QE vendor id %x (Intel)", intelQEVendorID), fmt.Sprintf("%x", h.QEVendorID), hintUntrusted)
	}
	return nil
}

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
