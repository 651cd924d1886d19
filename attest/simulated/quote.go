package simulated

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
)

// Sizes and offsets in bytes.
const (
	headerSize       = 48
	reportSize       = 384
	reportDataOffset = 320 // in a report
	certTypeChain    = 5   // certification data: PCK certificate chain in PEM
	certTypeQEReport = 6   // certification data of versions 4 and 5: QE report and its own
	keyTypeECDSA     = 2   // ECDSA on P-256
)

// qeVendorID is Intel's: the simulated quoting enclave plays that part, under a
// root that is not Intel's.
var qeVendorID = [16]byte{0x93, 0x9a, 0x72, 0x33, 0xf7, 0x9c, 0x4c, 0xa9, 0x94, 0x0a, 0x0d, 0xb3, 0x95, 0x7f, 0x06, 0x07}

// draft is a quote in its parts, before it is signed.
type draft struct {
	header []byte
	body   []byte // report; in version 5 with its type and size before it

	attestationKey    []byte            // x||y, as the quote carries it
	signer            *ecdsa.PrivateKey // signs header and body
	qeReport          []byte
	qeAuth            []byte
	qeSigner          *ecdsa.PrivateKey // signs the QE's report
	nested            bool              // since version 4: see bytes
	certificationType uint16
	certification     []byte
}

// bind puts the hash of the attestation key into the QE's report.
func (d *draft) bind() {
	h := sha256.New()
	h.Write(d.attestationKey)
	h.Write(d.qeAuth)
	clear(d.qeReport[reportDataOffset:])
	h.Sum(d.qeReport[:reportDataOffset])
}

// signed is a quote with its two signatures, r||s each, still in its parts.
type signed struct {
	*draft
	signature, qeSignature []byte
}

func (d *draft) sign() (*signed, error) {
	signature, err := signRaw(d.signer, append(append([]byte{}, d.header...), d.body...))
	if err != nil {
		return nil, err
	}
	qeSignature, err := signRaw(d.qeSigner, d.qeReport)
	if err != nil {
		return nil, err
	}
	return &signed{draft: d, signature: signature, qeSignature: qeSignature}, nil
}

// bytes lays the quote out. Versions 4 and 5 wrap what the QE is certified by in
// certification data of type 6.
func (s *signed) bytes() []byte {
	le := binary.LittleEndian
	qe := append(append([]byte{}, s.qeReport...), s.qeSignature...)
	qe = le.AppendUint16(qe, uint16(len(s.qeAuth)))
	qe = append(qe, s.qeAuth...)
	qe = le.AppendUint16(qe, s.certificationType)
	qe = le.AppendUint32(qe, uint32(len(s.certification)))
	qe = append(qe, s.certification...)

	auth := append(append([]byte{}, s.signature...), s.attestationKey...)
	if s.nested {
		auth = le.AppendUint16(auth, certTypeQEReport)
		auth = le.AppendUint32(auth, uint32(len(qe)))
	}
	auth = append(auth, qe...)

	quote := append(append([]byte{}, s.header...), s.body...)
	quote = le.AppendUint32(quote, uint32(len(auth)))
	return append(quote, auth...)
}

// signRaw signs SHA-256 of the message and returns r||s. Like Intel's, s is in
// either half of its range.
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

// Body types of a quote of version 5.
const (
	bodyTypeSGX  uint16 = 1
	bodyTypeTD10 uint16 = 2
	bodyTypeTD15 uint16 = 3
)

// withBodyType puts before a body what version 5 states there: type and size.
func withBodyType(bodyType uint16, body []byte) []byte {
	b := binary.LittleEndian.AppendUint16(nil, bodyType)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	return append(b, body...)
}
