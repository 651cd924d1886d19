package dcap

import (
	"bytes"
	"encoding/binary"
	"encoding/pem"
	"fmt"
)

// MaxQuoteSize bounds a quote in bytes. Quotes in the field have 4,500 to 8,100.
const MaxQuoteSize = 16 << 10

// Sizes in bytes, and offsets from the start of an SGX quote, version 3.
const (
	headerSize  = 48
	keySize     = 64 // P-256 public key x||y, or signature r||s, big-endian
	signedSize  = headerSize + reportSize
	authStart   = signedSize + 4
	maxQEAuth   = 4 << 10 // QE authentication data; Intel's has 32
	minCoreSize = authStart + keySize + keySize + reportSize + keySize + 2
)

// Values of the header that this package accepts.
const (
	quoteVersion3    = 3
	quoteVersion4    = 4
	quoteVersion5    = 5
	keyTypeECDSAP256 = 2
)

// Types of certification data.
const (
	certTypePPIDFirst = 1 // 1 to 3 name the platform by its PPID and carry no certificate
	certTypePPIDLast  = 3
	certTypePCKLeaf   = 4 // the PCK certificate alone
	certTypePCKChain  = 5 // PCK certificate, PCK CA, root
	certTypeQEReport  = 6 // QE report with certification data of its own; versions 4 and 5
)

// Types of body of a version 5 quote.
const (
	bodyTypeSGX  = 1
	bodyTypeTD10 = 2
	bodyTypeTD15 = 3
)

// intelQEVendorID marks Intel's quoting enclaves: 939a7233-f79c-4ca9-940a-0db3957f0607.
var intelQEVendorID = [16]byte{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07}

// TEE types of a quote's header.
const (
	TEETypeSGX uint32 = 0
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

// Quote is a parsed quote: of an SGX enclave (version 3, 4 or 5) or of a TDX
// guest (version 4 or 5). Nothing in it is verified.
type Quote struct {
	Header            Header
	Report            Report    // of the SGX enclave that asked for the quote; zero for a TDX guest
	TD                *TDReport // of the TDX guest that asked for the quote; nil for an SGX enclave
	Signature         [64]byte
	AttestationKey    [64]byte
	QEReport          Report // of the quoting enclave
	QEReportSignature [64]byte
	QEAuthData        []byte
	// CertChainPEM is PCK certificate, PCK CA, root (type 5), or the PCK certificate
	// alone (type 4), or empty (types 1 to 3): then the chain is for the collateral to
	// bring.
	CertChainPEM []byte
	// Size is how many of the bytes belong to the quote. TDX guests get theirs in a
	// larger buffer: trim it before hashing or storing.
	Size int

	signed   []byte // header and body, as Signature covers them
	qeReport []byte // as QEReportSignature covers it
	leafOnly bool   // CertChainPEM is the PCK certificate alone
	byPPID   bool   // there is no certificate: the platform is named by its PPID
	core     []byte // an SGX quote of version 3 up to its certification data
}

// TEE tells whose quote it is.
func (q *Quote) TEE() TEE {
	if q.TD != nil {
		return TEETDX
	}
	return TEESGX
}

// ReportData are the 64 bytes that whoever asked for the quote had put into it.
func (q *Quote) ReportData() [64]byte {
	if q.TD != nil {
		return q.TD.ReportData
	}
	return q.Report.ReportData
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

func (h *Header) supported() error {
	switch {
	case h.Version < quoteVersion3 || h.Version > quoteVersion5:
		return CheckFormat.failed("a quote of version 3, 4 or 5", fmt.Sprintf("version %d", h.Version), hintDamaged)
	case h.AttestationKeyType != keyTypeECDSAP256:
		return CheckFormat.failed(fmt.Sprintf("attestation key type %d (ECDSA P-256)", keyTypeECDSAP256),
			fmt.Sprintf("type %d", h.AttestationKeyType), "EPID and P-384 quotes are not accepted: use another pod")
	case h.Version == quoteVersion3 && h.TEEType != TEETypeSGX:
		return CheckFormat.failed("zero in the reserved field of a version 3 header", fmt.Sprintf("%#x", h.TEEType), hintDamaged)
	case h.TEEType != TEETypeSGX && h.TEEType != TEETypeTDX:
		return CheckFormat.failed(fmt.Sprintf("TEE type %#x (SGX) or %#x (TDX)", TEETypeSGX, TEETypeTDX), fmt.Sprintf("%#x", h.TEEType), hintDamaged)
	case h.QEVendorID != intelQEVendorID:
		return CheckFormat.failed(fmt.Sprintf("QE vendor id %x (Intel)", intelQEVendorID), fmt.Sprintf("%x", h.QEVendorID), hintUntrusted)
	}
	return nil
}

// ParseQuote parses a quote. Each part must fill exactly the place that is
// declared for it. Bytes after the quote are an error in version 3; later ones
// may be padded, see [Quote.Size].
func ParseQuote(raw []byte) (*Quote, error) {
	header, err := ParseHeader(raw)
	if err != nil {
		return nil, err
	}
	if err := header.supported(); err != nil {
		return nil, err
	}
	raw = bytes.Clone(raw)
	q := &Quote{Header: header}
	c := &cursor{rest: raw, total: len(raw)}
	c.take("header", headerSize)
	q.parseBody(c)
	if c.err != nil {
		return nil, c.err
	}
	q.signed = raw[:c.offset()]
	auth := c.part("authentication data", int(c.uint32("size of the authentication data")))
	q.Size = c.offset()
	if c.err == nil && header.Version == quoteVersion3 && len(c.rest) != 0 {
		return nil, CheckFormat.failed(fmt.Sprintf("a quote of %d bytes, as declared", q.Size), fmt.Sprintf("%d bytes after it", len(c.rest)), hintDamaged)
	}
	q.parseAuth(auth, raw)
	if c.err == nil {
		c.err = auth.err
	}
	if c.err != nil {
		return nil, c.err
	}
	return q, nil
}

// parseBody reads the report of the enclave or guest.
func (q *Quote) parseBody(c *cursor) {
	kind, size := bodyTypeSGX, reportSize
	if q.Header.TEEType == TEETypeTDX {
		kind, size = bodyTypeTD10, td10Size
	}
	if q.Header.Version == quoteVersion5 {
		at := c.offset()
		declared, declaredSize := int(c.uint16("body type")), int(c.uint32("body size"))
		if c.err == nil && declared == bodyTypeTD15 && kind == bodyTypeTD10 {
			kind, size = bodyTypeTD15, td15Size
		}
		if c.err == nil && (declared != kind || declaredSize != size) {
			c.fail(at, fmt.Sprintf("a body of a type and size that fit TEE type %#x", q.Header.TEEType), fmt.Sprintf("type %d with %d bytes", declared, declaredSize))
		}
	}
	body := c.take("report", size)
	switch {
	case c.err != nil:
	case kind == bodyTypeSGX:
		q.Report = parseReport(body)
	default:
		q.TD = parseTDReport(body)
	}
}

// parseAuth reads signature, attestation key and what certifies it.
func (q *Quote) parseAuth(c *cursor, raw []byte) {
	copy(q.Signature[:], c.take("signature", keySize))
	copy(q.AttestationKey[:], c.take("attestation key", keySize))
	certified := c
	if q.Header.Version != quoteVersion3 {
		at := c.offset()
		if outer := c.uint16("type of the certification data"); c.err == nil && outer != certTypeQEReport {
			c.fail(at, fmt.Sprintf("certification data of type %d (QE report)", certTypeQEReport), fmt.Sprintf("type %d", outer))
		}
		certified = c.part("certification data", int(c.uint32("size of the certification data")))
		c.end("authentication data")
	}
	q.parseCertified(certified, raw)
	if c.err == nil {
		c.err = certified.err
	}
}

// parseCertified reads the QE's report, which certifies the attestation key, and
// what certifies the QE.
func (q *Quote) parseCertified(c *cursor, raw []byte) {
	q.qeReport = c.take("QE report", reportSize)
	if c.err == nil {
		q.QEReport = parseReport(q.qeReport)
	}
	copy(q.QEReportSignature[:], c.take("QE report signature", keySize))
	at := c.offset()
	size := int(c.uint16("size of the QE authentication data"))
	if c.err == nil && size > maxQEAuth {
		c.fail(at, fmt.Sprintf("at most %d bytes of QE authentication data", maxQEAuth), fmt.Sprintf("%d", size))
	}
	q.QEAuthData = c.take("QE authentication data", size)
	if at = c.offset(); q.Header.Version == quoteVersion3 && c.err == nil {
		q.core = raw[:at]
	}
	kind := c.uint16("type of the certification data")
	data := c.take("certification data", int(c.uint32("size of the certification data")))
	c.end("certification data")
	switch {
	case c.err != nil:
	case kind == certTypePCKChain:
		q.CertChainPEM = data
	case kind == certTypePCKLeaf:
		q.CertChainPEM, q.leafOnly = data, true
	case kind >= certTypePPIDFirst && kind <= certTypePPIDLast:
		q.byPPID = true
	default:
		c.fail(at, fmt.Sprintf("certification data of type %d (PCK certificate chain)", certTypePCKChain), fmt.Sprintf("type %d", kind))
	}
}

// cursor reads parts from front to back. The first error sticks: reads after it
// return zeros and nothing.
type cursor struct {
	rest  []byte
	total int // offset of the end of rest in the quote
	err   error
}

func (c *cursor) offset() int { return c.total - len(c.rest) }

func (c *cursor) fail(at int, want, got string) {
	if c.err == nil {
		c.err = CheckFormat.failed(fmt.Sprintf("%s at byte %d", want, at), got, hintDamaged)
	}
}

func (c *cursor) take(what string, n int) []byte {
	if c.err == nil && n > len(c.rest) {
		c.fail(c.offset(), fmt.Sprintf("%d bytes of %s", n, what), fmt.Sprintf("%d bytes to the end", len(c.rest)))
	}
	if c.err != nil {
		return nil
	}
	part := c.rest[:n:n]
	c.rest = c.rest[n:]
	return part
}

// part is a cursor over the next n bytes.
func (c *cursor) part(what string, n int) *cursor {
	part := &cursor{rest: c.take(what, n)}
	part.total, part.err = c.offset(), c.err
	return part
}

func (c *cursor) uint16(what string) uint16 {
	if b := c.take(what, 2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

// uint32 reads a size. No size reaches MaxQuoteSize, so that it fits an int.
func (c *cursor) uint32(what string) uint32 {
	at := c.offset()
	b := c.take(what, 4)
	if b == nil {
		return 0
	}
	n := binary.LittleEndian.Uint32(b)
	if n > MaxQuoteSize {
		c.fail(at, fmt.Sprintf("%s of at most %d", what, MaxQuoteSize), fmt.Sprintf("%d", n))
		return 0
	}
	return n
}

func (c *cursor) end(what string) {
	if c.err == nil && len(c.rest) != 0 {
		c.fail(c.offset(), "the end of the "+what, fmt.Sprintf("%d bytes more", len(c.rest)))
	}
}

// WithoutCertificates is an SGX quote of version 3 up to and with the QE's
// authentication data, which is all that is signed and what signs it. A contract
// that knows the platform's certificate needs no more; [JoinQuote] makes a whole
// quote of it again.
func (q *Quote) WithoutCertificates() ([]byte, error) {
	if q.core == nil {
		return nil, CheckFormat.failed("an SGX quote of version 3", fmt.Sprintf("version %d", q.Header.Version), "only those are stored without their certificates")
	}
	return bytes.Clone(q.core), nil
}

// JoinQuote makes a quote of what [Quote.WithoutCertificates] left and the
// platform's PCK certificate in DER. The quote's certification data is then of
// type 4: the rest of the chain comes with the collateral.
func JoinQuote(core, pckDER []byte) ([]byte, error) {
	header, err := ParseHeader(core)
	if err != nil {
		return nil, err
	}
	if header.Version != quoteVersion3 || len(core) < minCoreSize {
		return nil, CheckFormat.failed(fmt.Sprintf("an SGX quote of version 3 without certificates, of at least %d bytes", minCoreSize),
			fmt.Sprintf("version %d, %d bytes", header.Version, len(core)), hintDamaged)
	}
	if want := minCoreSize + int(binary.LittleEndian.Uint16(core[minCoreSize-2:])); len(core) != want {
		return nil, CheckFormat.failed(fmt.Sprintf("%d bytes, up to the end of the QE authentication data", want), fmt.Sprintf("%d bytes", len(core)), hintDamaged)
	}
	leaf := pem.EncodeToMemory(&pem.Block{Type: pemCertificate, Bytes: pckDER})
	out := bytes.Clone(core)
	out = binary.LittleEndian.AppendUint16(out, certTypePCKLeaf)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(leaf)))
	out = append(out, leaf...)
	// The size is of the authentication data, which no signature covers.
	binary.LittleEndian.PutUint32(out[signedSize:], uint32(len(out)-authStart))
	if _, err := ParseQuote(out); err != nil {
		return nil, err
	}
	return out, nil
}
