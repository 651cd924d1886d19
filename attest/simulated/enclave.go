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

// Source returns the source of evidence that the enclave would have.
func (p *Platform) Source(e Enclave) *Source {
	return &Source{platform: p, enclave: e}
}

// Source issues quotes of one enclave. It implements [attest.Source].
type Source struct {
	platform *Platform
	enclave  Enclave
}

var _ attest.Source = (*Source)(nil)

// Quote implements [attest.Source].
func (s *Source) Quote(ctx context.Context, reportData [64]byte) (attest.Evidence, error) {
	if err := ctx.Err(); err != nil {
		return attest.Evidence{}, err
	}
	quote, err := s.platform.quote(s.enclave, reportData)
	if err != nil {
		return attest.Evidence{}, fmt.Errorf("simulated platform: %w", err)
	}
	return attest.NewEvidence(quote)
}

// The simulated quoting enclave claims to be Intel's, at the security version of
// the current release: it plays that part, under a root that is not Intel's.
const (
	qeISVProdID = 1
	qeISVSVN    = 8
	xfrmAVX512  = 0xe7
)

var (
	qeVendorID = [16]byte{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07}
	qeMRSIGNER = [32]byte{
		0x8c, 0x4f, 0x57, 0x75, 0xd7, 0x96, 0x50, 0x3e, 0x96, 0x13, 0x7f, 0x77, 0xc6, 0x8a, 0x82, 0x9a,
		0x00, 0x56, 0xac, 0x8d, 0xed, 0x70, 0x14, 0x0b, 0x08, 0x1b, 0x09, 0x44, 0x90, 0xc5, 0x7b, 0xff,
	}
	// qeAuthData is what Intel's quoting enclave puts there: the bytes 0 to 31.
	qeAuthData = [32]byte{
		0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
		16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
	}
)

// quote lays out and signs an SGX quote, version 3.
func (p *Platform) quote(e Enclave, reportData [64]byte) ([]byte, error) {
	le := binary.LittleEndian
	ak, err := p.attestationKey.PublicKey.Bytes()
	if err != nil {
		return nil, err
	}
	ak = ak[1:] // x||y without the leading 4

	quoted := le.AppendUint16(nil, 3)    // version
	quoted = le.AppendUint16(quoted, 2)  // attestation key type: ECDSA P-256
	quoted = le.AppendUint32(quoted, 0)  // reserved
	quoted = le.AppendUint16(quoted, 8)  // QE SVN
	quoted = le.AppendUint16(quoted, 16) // PCE SVN
	quoted = append(quoted, qeVendorID[:]...)
	platformID := sha256.Sum256(p.pck.cert.Raw)
	quoted = append(quoted, platformID[:16]...) // the QE's pseudonym of the platform
	quoted = append(quoted, 0, 0, 0, 0)
	flags := dcap.FlagInit | dcap.FlagMode64
	if e.Debug {
		flags |= dcap.FlagDebug
	}
	quoted = append(quoted, p.report(e, flags, reportData)...)
	signature, err := signRaw(p.attestationKey, quoted)
	if err != nil {
		return nil, err
	}

	var binding [64]byte
	h := sha256.New()
	h.Write(ak)
	h.Write(qeAuthData[:])
	h.Sum(binding[:0])
	qe := Enclave{
		MRENCLAVE: sha256.Sum256([]byte("SIMULATED quoting enclave")),
		MRSIGNER:  qeMRSIGNER,
		ISVProdID: qeISVProdID,
		ISVSVN:    qeISVSVN,
	}
	qeReport := p.report(qe, dcap.FlagInit|dcap.FlagMode64|dcap.FlagProvisionKey, binding)
	qeSignature, err := signRaw(p.pck.key, qeReport)
	if err != nil {
		return nil, err
	}

	auth := append(signature, ak...)
	auth = append(auth, qeReport...)
	auth = append(auth, qeSignature...)
	auth = le.AppendUint16(auth, uint16(len(qeAuthData)))
	auth = append(auth, qeAuthData[:]...)
	chain := p.chainPEM()
	auth = le.AppendUint16(auth, 5) // certification data: PCK certificate chain
	auth = le.AppendUint32(auth, uint32(len(chain)))
	auth = append(auth, chain...)

	quoted = le.AppendUint32(quoted, uint32(len(auth)))
	return append(quoted, auth...), nil
}

// report lays out the 384 bytes of a report body.
func (p *Platform) report(e Enclave, flags uint64, reportData [64]byte) []byte {
	b := make([]byte, 384)
	copy(b[0:], p.cpuSVN[:])
	binary.LittleEndian.PutUint64(b[48:], flags)
	binary.LittleEndian.PutUint64(b[56:], xfrmAVX512)
	copy(b[64:], e.MRENCLAVE[:])
	copy(b[128:], e.MRSIGNER[:])
	binary.LittleEndian.PutUint16(b[256:], e.ISVProdID)
	binary.LittleEndian.PutUint16(b[258:], e.ISVSVN)
	copy(b[320:], reportData[:])
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
