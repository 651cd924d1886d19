package simulated

import (
	"crypto/elliptic"
	"encoding/binary"
	"math/big"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

// vectorCase is one quote of the vector file.
type vectorCase struct {
	name    string
	refused string
	// draft changes the quote before it is signed, signed after that. Either may be
	// nil.
	draft  func(t *testing.T, d *draft)
	signed func(s *signed)
}

func (c vectorCase) make(t *testing.T, d *draft) []byte {
	t.Helper()
	if c.draft != nil {
		c.draft(t, d)
	}
	s, err := d.sign()
	if err != nil {
		t.Fatal(err)
	}
	if c.signed != nil {
		c.signed(s)
	}
	return s.bytes()
}

var vectorCases = []vectorCase{
	{name: "good"},
	{name: "processor"},
	{name: "low_s", signed: func(s *signed) { setS(s.signature, low); setS(s.qeSignature, low) }},
	{name: "high_s_quote", signed: func(s *signed) { setS(s.signature, high); setS(s.qeSignature, low) }},
	{name: "high_s_qe", signed: func(s *signed) { setS(s.signature, low); setS(s.qeSignature, high) }},
	{name: "high_s_both", signed: func(s *signed) { setS(s.signature, high); setS(s.qeSignature, high) }},
	{name: "qe_auth_empty", draft: qeAuth(0)},
	{name: "qe_auth_64", draft: qeAuth(64)},

	{name: "debug", refused: "policy:debug", draft: flip(body, dcap.FlagDebug)},
	{name: "provision_key", refused: "policy:enclave-attributes", draft: flip(body, dcap.FlagProvisionKey)},
	{name: "einittoken_key", refused: "policy:enclave-attributes", draft: flip(body, dcap.FlagEInitToken)},
	{name: "not_initialised", refused: "policy:enclave-attributes", draft: flip(body, dcap.FlagInit)},
	{name: "no_mode64", refused: "policy:enclave-attributes", draft: flip(body, dcap.FlagMode64)},
	{name: "other_mrenclave", refused: "policy:measurement", draft: func(_ *testing.T, d *draft) { d.body[64] ^= 1 }},

	{name: "foreign_qe_signer", refused: "dcap:qe-signer", draft: func(_ *testing.T, d *draft) { d.qeReport[128] ^= 1 }},
	{name: "qe_wrong_prod_id", refused: "dcap:qe-signer", draft: func(_ *testing.T, d *draft) { d.qeReport[256] = 2 }},
	{name: "qe_debug", refused: "dcap:qe-attributes", draft: flip(qe, dcap.FlagDebug)},
	{name: "qe_not_initialised", refused: "dcap:qe-attributes", draft: flip(qe, dcap.FlagInit)},
	{name: "qe_without_provision_key", refused: "dcap:qe-attributes", draft: flip(qe, dcap.FlagProvisionKey)},
	{name: "qe_einittoken_key", refused: "dcap:qe-attributes", draft: flip(qe, dcap.FlagEInitToken)},
	{name: "qe_miscselect", refused: "dcap:qe-attributes", draft: func(_ *testing.T, d *draft) { d.qeReport[16] = 1 }},
	{name: "qe_old_svn", refused: "floor:qe-svn", draft: func(_ *testing.T, d *draft) { d.qeReport[258] = 6 }},
	{name: "qe_bad_binding", refused: "dcap:qe-report-binding", draft: func(_ *testing.T, d *draft) { d.qeReport[reportDataOffset] ^= 1 }},
	{name: "qe_binding_tail", refused: "dcap:qe-report-binding", draft: func(_ *testing.T, d *draft) { d.qeReport[reportSize-1] = 1 }},
	{name: "qe_auth_not_bound", refused: "dcap:qe-report-binding", draft: func(_ *testing.T, d *draft) { d.qeAuth[0] ^= 1 }},
	{name: "qe_signed_by_other_key", refused: "dcap:qe-report-signature", draft: func(t *testing.T, d *draft) { d.qeSigner = newKey(t) }},
	{name: "signed_by_other_key", refused: "dcap:quote-signature", draft: func(t *testing.T, d *draft) { d.signer = newKey(t) }},
	{name: "attestation_key_not_bound", refused: "dcap:qe-report-binding", draft: func(t *testing.T, d *draft) {
		d.signer = newKey(t)
		d.attestationKey = publicBytes(t, &d.signer.PublicKey)
	}},
	{name: "attestation_key_off_curve", refused: "dcap:attestation-key", draft: func(_ *testing.T, d *draft) {
		d.attestationKey[63] ^= 1
		d.bind()
	}},
	{name: "attestation_key_zero", refused: "dcap:attestation-key", draft: func(_ *testing.T, d *draft) {
		clear(d.attestationKey)
		d.bind()
	}},

	{name: "version_2", refused: "dcap:quote-format", draft: header(0, 2)},
	{name: "version_4", refused: "dcap:quote-format", draft: header(0, 4)},
	{name: "key_type_p384", refused: "dcap:quote-format", draft: header(2, 3)},
	{name: "tee_type_tdx", refused: "dcap:quote-format", draft: header(4, 0x81)},
	{name: "other_vendor", refused: "dcap:quote-format", draft: header(12, 0)},

	{name: "quote_r_zero", refused: "dcap:quote-signature", signed: func(s *signed) { clear(s.signature[:32]) }},
	{name: "quote_s_zero", refused: "dcap:quote-signature", signed: func(s *signed) { clear(s.signature[32:]) }},
	{name: "quote_r_order", refused: "dcap:quote-signature", signed: func(s *signed) { order.FillBytes(s.signature[:32]) }},
	{name: "quote_s_order", refused: "dcap:quote-signature", signed: func(s *signed) { order.FillBytes(s.signature[32:]) }},
	{name: "qe_r_zero", refused: "dcap:qe-report-signature", signed: func(s *signed) { clear(s.qeSignature[:32]) }},
	{name: "qe_s_zero", refused: "dcap:qe-report-signature", signed: func(s *signed) { clear(s.qeSignature[32:]) }},
	{name: "qe_r_order", refused: "dcap:qe-report-signature", signed: func(s *signed) { order.FillBytes(s.qeSignature[:32]) }},
	{name: "qe_s_order", refused: "dcap:qe-report-signature", signed: func(s *signed) { order.FillBytes(s.qeSignature[32:]) }},
}

// order is the order n of P-256's base point.
var order = elliptic.P256().Params().N

func low(s *big.Int) bool  { return s.Cmp(new(big.Int).Rsh(order, 1)) <= 0 }
func high(s *big.Int) bool { return !low(s) }

// setS brings s of a signature r||s into the half that is wanted: s and n-s are
// both valid.
func setS(signature []byte, wanted func(*big.Int) bool) {
	s := new(big.Int).SetBytes(signature[32:])
	if !wanted(s) {
		s.Sub(order, s)
	}
	s.FillBytes(signature[32:])
}

func body(d *draft) []byte { return d.body }
func qe(d *draft) []byte   { return d.qeReport }

// flip turns an attribute flag of a report over.
func flip(report func(*draft) []byte, flag uint64) func(*testing.T, *draft) {
	return func(_ *testing.T, d *draft) {
		flags := report(d)[48:]
		binary.LittleEndian.PutUint64(flags, binary.LittleEndian.Uint64(flags)^flag)
	}
}

func header(offset int, value byte) func(*testing.T, *draft) {
	return func(_ *testing.T, d *draft) { d.header[offset] = value }
}

func qeAuth(size int) func(*testing.T, *draft) {
	return func(_ *testing.T, d *draft) {
		d.qeAuth = make([]byte, size)
		d.bind()
	}
}
