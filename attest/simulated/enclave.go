package simulated

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// Enclave describes an SGX enclave on the platform, as the CPU would report it.
// The zero value of a field is reported as zero.
type Enclave struct {
	MRENCLAVE attest.Digest
	MRSIGNER  attest.Digest
	ISVProdID uint16
	ISVSVN    uint16
	// Debug makes it a DEBUG enclave, which every policy refuses.
	Debug bool
	// QuoteVersion is that of its quotes: 3, which is also what zero means, 4 or 5.
	QuoteVersion uint16
}

// Source returns the source of evidence that the enclave would have.
func (p *Platform) Source(e Enclave) *Source {
	return &Source{func(reportData [64]byte) (*draft, error) { return p.draftSGX(e, reportData) }}
}

// Source issues quotes of one enclave or guest. It implements [attest.Source].
type Source struct {
	draft func(reportData [64]byte) (*draft, error)
}

var _ attest.Source = (*Source)(nil)

// Quote implements [attest.Source].
func (s *Source) Quote(ctx context.Context, reportData [64]byte) (attest.Evidence, error) {
	if err := ctx.Err(); err != nil {
		return attest.Evidence{}, err
	}
	d, err := s.draft(reportData)
	if err != nil {
		return attest.Evidence{}, fmt.Errorf("simulated platform: %w", err)
	}
	quote, err := d.sign()
	if err != nil {
		return attest.Evidence{}, fmt.Errorf("simulated platform: %w", err)
	}
	return attest.NewEvidence(quote.bytes())
}

const xfrmAVX512 = 0xe7

// report is an SGX report before it is laid out.
type report struct {
	Enclave
	flags      uint64
	miscSelect uint32
	reportData [64]byte
}

// bytes lays out the 384 bytes of a report of an enclave on the platform.
func (p *Platform) reportBytes(r report) []byte {
	b := make([]byte, reportSize)
	copy(b[0:], p.facts.CPUSVN[:])
	binary.LittleEndian.PutUint32(b[16:], r.miscSelect)
	binary.LittleEndian.PutUint64(b[48:], r.flags)
	binary.LittleEndian.PutUint64(b[56:], xfrmAVX512)
	copy(b[64:], r.MRENCLAVE[:])
	copy(b[128:], r.MRSIGNER[:])
	binary.LittleEndian.PutUint16(b[256:], r.ISVProdID)
	binary.LittleEndian.PutUint16(b[258:], r.ISVSVN)
	copy(b[reportDataOffset:], r.reportData[:])
	return b
}

// draftSGX is a quote of an enclave, to be signed.
func (p *Platform) draftSGX(e Enclave, reportData [64]byte) (*draft, error) {
	flags := dcap.FlagInit | dcap.FlagMode64
	if e.Debug {
		flags |= dcap.FlagDebug
	}
	body := p.reportBytes(report{Enclave: e, flags: flags, reportData: reportData})
	version := e.QuoteVersion
	switch version {
	case 0:
		version = 3
	case 3, 4:
	case 5:
		body = withBodyType(bodyTypeSGX, body)
	default:
		return nil, fmt.Errorf("expected an SGX quote version of 3, 4 or 5, got %d", version)
	}
	return p.draft(version, dcap.TEETypeSGX, body, quotingEnclaves[dcap.TEESGX])
}

// quotingEnclave is one that a platform has. The simulated ones claim to be
// Intel's, at the security version of the current release.
type quotingEnclave struct {
	name      string
	mrsigner  attest.Digest
	isvProdID uint16
	isvSVN    uint16
}

var quotingEnclaves = map[dcap.TEE]quotingEnclave{
	dcap.TEESGX: {"SIMULATED quoting enclave", attest.Digest{
		0x8c, 0x4f, 0x57, 0x75, 0xd7, 0x96, 0x50, 0x3e, 0x96, 0x13, 0x7f, 0x77, 0xc6, 0x8a, 0x82, 0x9a,
		0x00, 0x56, 0xac, 0x8d, 0xed, 0x70, 0x14, 0x0b, 0x08, 0x1b, 0x09, 0x44, 0x90, 0xc5, 0x7b, 0xff,
	}, 1, 8},
	dcap.TEETDX: {"SIMULATED TD quoting enclave", attest.Digest{
		0xdc, 0x9e, 0x2a, 0x7c, 0x6f, 0x94, 0x8f, 0x17, 0x47, 0x4e, 0x34, 0xa7, 0xfc, 0x43, 0xed, 0x03,
		0x0f, 0x7c, 0x15, 0x63, 0xf1, 0xba, 0xbd, 0xdf, 0x63, 0x40, 0xc8, 0x2e, 0x0e, 0x54, 0xa8, 0xc5,
	}, 2, 4},
}

// draft puts a quote together around a body: what the quoting enclave does.
func (p *Platform) draft(version uint16, teeType uint32, body []byte, qe quotingEnclave) (*draft, error) {
	le := binary.LittleEndian
	header := le.AppendUint16(nil, version)
	header = le.AppendUint16(header, keyTypeECDSA)
	header = le.AppendUint32(header, teeType) // reserved in version 3
	if version == 3 {
		header = le.AppendUint16(header, qe.isvSVN)
		header = le.AppendUint16(header, p.facts.PCESVN)
	} else {
		header = le.AppendUint32(header, 0) // reserved since version 4
	}
	header = append(header, qeVendorID[:]...)
	platformID := sha256.Sum256(p.pck.cert.Raw)
	header = append(header, platformID[:16]...) // the QE's pseudonym of the platform
	header = append(header, 0, 0, 0, 0)

	key, err := p.attestationKey.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	qeAuth := make([]byte, 32) // Intel's puts the bytes 0 to 31 there
	for i := range qeAuth {
		qeAuth[i] = byte(i)
	}
	d := &draft{
		header:         header,
		body:           body,
		attestationKey: key[1:], // without the leading 4
		signer:         p.attestationKey,
		qeReport: p.reportBytes(report{
			Enclave: Enclave{
				MRENCLAVE: sha256.Sum256([]byte(qe.name)),
				MRSIGNER:  qe.mrsigner,
				ISVProdID: qe.isvProdID,
				ISVSVN:    qe.isvSVN,
			},
			flags: dcap.FlagInit | dcap.FlagMode64 | dcap.FlagProvisionKey,
		}),
		qeAuth:            qeAuth,
		qeSigner:          p.pck.key,
		nested:            version >= 4,
		certificationType: certTypeChain,
		// Intel's library appends a NUL.
		certification: append(encodePEM(p.chain()...), 0),
	}
	d.bind()
	return d, nil
}
