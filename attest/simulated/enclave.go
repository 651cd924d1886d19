package simulated

import (
	"context"
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

const simulatedName = attest.SimulatedName

// Enclave describes an enclave on the platform, as the CPU would report it. The
// zero value of a field is reported as zero.
type Enclave struct {
	MRENCLAVE attest.Digest
	MRSIGNER  attest.Digest
	ISVProdID uint16
	ISVSVN    uint16
	// Debug makes it a DEBUG enclave, which every policy refuses.
	Debug bool
}

// Guest describes a TDX guest on the platform, as the TDX module would report it.
type Guest struct {
	MRTD       [48]byte
	RTMR       [4][48]byte
	MRConfigID [48]byte
	// Debug makes it a DEBUG guest, which every policy refuses.
	Debug bool
	// TD15 has the module report in its format 1.5, which only a quote of version 5 can
	// carry.
	TD15 bool
}

// tdAttrSEPTVEDisable keeps the guest from exceptions that its host provokes.
// Linux guests have it set, and policies ask for it.
const tdAttrSEPTVEDisable = 1 << 28

// Source returns the source of evidence that the enclave would have.
func (p *Platform) Source(e Enclave) *Source {
	return &Source{platform: p, quote: func(reportData [64]byte) ([]byte, error) { return p.Quote(3, e, reportData) }}
}

// GuestSource returns the source of evidence that the guest would have: quotes of
// version 4, or 5 for a TD report 1.5.
func (p *Platform) GuestSource(g Guest) *Source {
	version := uint16(4)
	if g.TD15 {
		version = 5
	}
	return &Source{platform: p, quote: func(reportData [64]byte) ([]byte, error) { return p.GuestQuote(version, g, reportData) }}
}

// Source issues quotes of one enclave or guest. It implements [attest.Source].
type Source struct {
	platform *Platform
	quote    func(reportData [64]byte) ([]byte, error)
}

var _ attest.Source = (*Source)(nil)

// Quote implements [attest.Source].
func (s *Source) Quote(ctx context.Context, reportData [64]byte) (attest.Evidence, error) {
	if err := ctx.Err(); err != nil {
		return attest.Evidence{}, err
	}
	quote, err := s.quote(reportData)
	if err != nil {
		return attest.Evidence{}, fmt.Errorf("simulated platform: %w", err)
	}
	return attest.NewEvidence(quote)
}

// The simulated quoting enclaves claim to be Intel's, at the security version of
// the current release: they play that part, under a root that is not Intel's.
const (
	qeISVSVN   = 8
	xfrmAVX512 = 0xe7
)

var quotingEnclaves = map[dcap.TEE]struct {
	identity  string // id in Intel's QE identity
	mrsigner  [32]byte
	isvProdID uint16
}{
	dcap.TEESGX: {"QE", [32]byte{
		0x8c, 0x4f, 0x57, 0x75, 0xd7, 0x96, 0x50, 0x3e, 0x96, 0x13, 0x7f, 0x77, 0xc6, 0x8a, 0x82, 0x9a,
		0x00, 0x56, 0xac, 0x8d, 0xed, 0x70, 0x14, 0x0b, 0x08, 0x1b, 0x09, 0x44, 0x90, 0xc5, 0x7b, 0xff,
	}, 1},
	dcap.TEETDX: {"TD_QE", [32]byte{
		0xdc, 0x9e, 0x2a, 0x7c, 0x6f, 0x94, 0x8f, 0x17, 0x47, 0x4e, 0x34, 0xa7, 0xfc, 0x43, 0xed, 0x03,
		0x0f, 0x7c, 0x15, 0x63, 0xf1, 0xba, 0xbd, 0xdf, 0x63, 0x40, 0xc8, 0x2e, 0x0e, 0x54, 0xa8, 0xc5,
	}, 2},
}

var (
	qeVendorID = [16]byte{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07}
	// qeAuthData is what Intel's quoting enclave puts there: the bytes 0 to 31.
	qeAuthData = [32]byte{
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
	}
)

// Types of body of a version 5 quote, and of certification data.
const (
	bodySGX, bodyTD10, bodyTD15 = 1, 2, 3
	certChain, certQEReport     = 5, 6
)

// Quote lays out and signs a quote of an SGX enclave, version 3, 4 or 5.
func (p *Platform) Quote(version uint16, e Enclave, reportData [64]byte) ([]byte, error) {
	flags := dcap.FlagInit | dcap.FlagMode64
	if e.Debug {
		flags |= dcap.FlagDebug
	}
	return p.quote(version, dcap.TEESGX, bodySGX, p.report(e, flags, reportData))
}

// GuestQuote lays out and signs a quote of a TDX guest, version 4 or 5.
func (p *Platform) GuestQuote(version uint16, g Guest, reportData [64]byte) ([]byte, error) {
	kind := uint16(bodyTD10)
	if g.TD15 {
		kind = bodyTD15
	}
	if version == 3 || version == 4 && g.TD15 {
		return nil, fmt.Errorf("a version %d quote cannot hold this TD report", version)
	}
	return p.quote(version, dcap.TEETDX, kind, g.report(reportData))
}

func (p *Platform) quote(version uint16, tee dcap.TEE, bodyType uint16, body []byte) ([]byte, error) {
	le := binary.LittleEndian
	ak, err := p.attestationKey.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	ak = ak[1:] // x||y without the leading 4
	apply(p.edits.AttestationKey, ak)
	teeType := dcap.TEETypeSGX
	if tee == dcap.TEETDX {
		teeType = dcap.TEETypeTDX
	}

	signed := le.AppendUint16(nil, version)
	signed = le.AppendUint16(signed, 2) // attestation key type: ECDSA P-256
	signed = le.AppendUint32(signed, teeType)
	if version == 3 {
		signed = le.AppendUint16(signed, qeISVSVN)
		signed = le.AppendUint16(signed, pceSVN)
	} else {
		signed = le.AppendUint32(signed, 0) // reserved
	}
	signed = append(signed, qeVendorID[:]...)
	platformID := sha256.Sum256(p.pck.cert.Raw)
	signed = append(signed, platformID[:16]...) // the QE's pseudonym of the platform
	signed = append(signed, 0, 0, 0, 0)
	if version == 5 {
		signed = le.AppendUint16(signed, bodyType)
		signed = le.AppendUint32(signed, uint32(len(body)))
	}
	signed = append(signed, body...)
	apply(p.edits.Signed, signed)
	signature, err := p.sign(p.edits.SignKey, p.attestationKey, signed, p.edits.Signature)
	if err != nil {
		return nil, err
	}

	qeReport := p.qeReport(tee, ak)
	apply(p.edits.AfterBinding, ak)
	qeSignature, err := p.sign(p.edits.QESignKey, p.pck.key, qeReport, p.edits.QESignature)
	if err != nil {
		return nil, err
	}
	certified := append(qeReport, qeSignature...)
	certified = le.AppendUint16(certified, uint16(len(qeAuthData)))
	certified = append(certified, qeAuthData[:]...)
	kind, chain := uint16(certChain), p.chainPEM()
	if p.edits.Certification != nil {
		p.edits.Certification(&kind, &chain)
	}
	certified = appendSized(le.AppendUint16(certified, kind), chain)

	auth := append(signature, ak...)
	if version == 3 {
		auth = append(auth, certified...)
	} else {
		auth = appendSized(le.AppendUint16(auth, certQEReport), certified)
	}
	return replace(p.edits.Quote, appendSized(signed, auth)), nil
}

func appendSized(to, part []byte) []byte {
	return append(binary.LittleEndian.AppendUint32(to, uint32(len(part))), part...)
}

func (p *Platform) sign(instead, key *ecdsa.PrivateKey, message []byte, edit func([]byte)) ([]byte, error) {
	if instead != nil {
		key = instead
	}
	sig, err := signRaw(key, message)
	if err == nil {
		apply(edit, sig)
	}
	return sig, err
}

// qeReport is the quoting enclave's report, which binds the attestation key.
func (p *Platform) qeReport(tee dcap.TEE, ak []byte) []byte {
	var binding [64]byte
	h := sha256.New()
	h.Write(ak)
	h.Write(qeAuthData[:])
	h.Sum(binding[:0])
	qe := quotingEnclaves[tee]
	report := p.report(Enclave{
		MRENCLAVE: sha256.Sum256([]byte("SIMULATED quoting enclave")), MRSIGNER: qe.mrsigner, ISVProdID: qe.isvProdID, ISVSVN: qeISVSVN,
	}, dcap.FlagInit|dcap.FlagMode64|dcap.FlagProvisionKey, binding)
	apply(p.edits.QEReport, report)
	return report
}

// report lays out the 384 bytes of an SGX report body.
func (p *Platform) report(e Enclave, flags uint64, reportData [64]byte) []byte {
	b := make([]byte, 384)
	copy(b[0:], p.svns[:])
	binary.LittleEndian.PutUint64(b[48:], flags)
	binary.LittleEndian.PutUint64(b[56:], xfrmAVX512)
	copy(b[64:], e.MRENCLAVE[:])
	copy(b[128:], e.MRSIGNER[:])
	binary.LittleEndian.PutUint16(b[256:], e.ISVProdID)
	binary.LittleEndian.PutUint16(b[258:], e.ISVSVN)
	copy(b[320:], reportData[:])
	return b
}

// report lays out the 584 or 648 bytes of a TD report body.
func (g Guest) report(reportData [64]byte) []byte {
	b := make([]byte, 584, 648)
	copy(b[0:], teeTCBSVN[:])
	attributes := uint64(tdAttrSEPTVEDisable)
	if g.Debug {
		attributes |= dcap.TDAttrDebug
	}
	binary.LittleEndian.PutUint64(b[120:], attributes)
	binary.LittleEndian.PutUint64(b[128:], xfrmAVX512)
	copy(b[136:], g.MRTD[:])
	copy(b[184:], g.MRConfigID[:])
	for i, rtmr := range g.RTMR {
		copy(b[328+48*i:], rtmr[:])
	}
	copy(b[520:], reportData[:])
	if g.TD15 {
		b = b[:648]
		copy(b[584:], teeTCBSVN[:])
	}
	return b
}

// signRaw signs SHA-256 of the message and returns r||s.
func signRaw(key *ecdsa.PrivateKey, message []byte) ([]byte, error) {
	digest := sha256.Sum256(message)
	r, s, err := ecdsa.Sign(rand.Reader, key, digest[:])
	if err != nil {
		return nil, err
	}
	sig := make([]byte, 64)
	r.FillBytes(sig[:32])
	s.FillBytes(sig[32:])
	return sig, nil
}
