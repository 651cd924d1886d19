package simulated

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/phallama/phallama/attest/dcap"
)

// TestMatrixQuotes are the cases whose fault is in the quote's form, signatures or
// quoting enclave.
func TestMatrixQuotes(t *testing.T) { runMatrix(t, quoteCases()) }

func quoteCases() []matrixCase {
	cases := append(formatCases(), signatureCases()...)
	return append(cases, quotingEnclaveCases()...)
}

func formatCases() []matrixCase {
	format := dcap.CheckFormat.Name
	cases := []matrixCase{
		{name: "invalid_quote_format", check: format, after: func(f *forge) { f.raw = bytes.Repeat([]byte{0xff}, 100) }},
		{name: "empty_quote", check: format, after: func(f *forge) { f.raw = nil }},
		{name: "oversized_quote", check: format, after: func(f *forge) { f.raw = append(f.raw, make([]byte, dcap.MaxQuoteSize)...) }},
		{name: "oversized_quote_tdx", base: tdx(Guest{}), check: format, after: func(f *forge) { f.raw = append(f.raw, make([]byte, dcap.MaxQuoteSize)...) }},
		{name: "trailing_byte_sgx_v3", check: format, after: func(f *forge) { f.raw = append(f.raw, 0) }},

		{name: "v3_with_tee_type_tdx", check: format, draft: setHeader(4, 0x81)},
		{name: "v3_with_reserved_field", check: format, draft: setHeader(7, 1)},
		{name: "v4_with_unknown_tee_type", base: sgx(4), check: format, draft: setHeader(4, 0x82)},
		{name: "v4_tdx_body_called_sgx", base: tdx(Guest{}), check: format, draft: setHeader(4, 0)},
		{name: "v4_sgx_body_called_tdx", base: sgx(4), check: format, draft: setHeader(4, 0x81)},
		{name: "v4_header_on_v3_quote", check: format, draft: setHeader(0, 4)}, // dcap-qvl: invalid_sgx_v4
		{name: "v5_header_on_v3_quote", check: format, draft: setHeader(0, 5)}, // dcap-qvl: invalid_quote_v5
		{name: "v3_header_on_v4_quote", base: sgx(4), check: format, draft: setHeader(0, 3)},
		{name: "foreign_qe_vendor", check: format, draft: setHeader(12, 0)},
		{name: "v5_unknown_body_type", base: sgx(5), check: format, draft: setBody(0, 4)},
		{name: "v5_body_type_zero", base: sgx(5), check: format, draft: setBody(0, 0)},
		{name: "v5_tdx_body_called_sgx", base: tdx(Guest{QuoteVersion: 5}), check: format, draft: setBody(0, byte(bodyTypeSGX))},
		{name: "v5_td10_body_called_td15", base: tdx(Guest{QuoteVersion: 5}), check: format, draft: setBody(0, byte(bodyTypeTD15))},
		{name: "v5_sgx_body_in_tdx_quote", base: sgx(5), check: format, draft: setHeader(4, 0x81)},
		{name: "v5_body_size_too_large", base: tdx(Guest{QuoteVersion: 5}), check: format, draft: setBody(4, 3)},
		{name: "v5_body_size_too_small", base: tdx(Guest{QuoteVersion: 5}), check: format, draft: setBody(3, 1)},
		{name: "v5_body_size_huge", base: tdx(Guest{QuoteVersion: 5}), check: format, draft: setBody(5, 0xff)},

		{name: "auth_data_longer_than_declared", check: format, after: addLength(432, -1)},
		{name: "auth_data_shorter_than_declared", check: format, after: addLength(432, 1)},
		{name: "auth_data_length_huge", check: format, after: func(f *forge) { copy(f.raw[432:], "\xff\xff\xff\xff") }},
		{name: "tdx_auth_data_past_the_end", base: tdx(Guest{}), check: format, after: addLength(632, 1)},
		{name: "qe_auth_data_past_the_end", check: format, after: func(f *forge) { copy(f.raw[1012:], "\xff\xff") }},
		{name: "certification_data_past_the_end", check: format, after: addLength(1048, 1)},
		{name: "certification_data_ends_early", check: format, after: addLength(1048, -1)},
		{name: "v4_outer_data_past_the_end", base: sgx(4), check: format, after: addLength(566, 1)},
		{name: "v4_outer_data_ends_early", base: sgx(4), check: format, after: addLength(566, -1)},
		{name: "v4_certificates_outside", base: sgx(4), check: format, after: func(f *forge) { f.raw[564] = certTypeChain }},
		{name: "cert_type_6_in_v3", check: format, draft: func(f *forge) { f.d.certificationType = certTypeQEReport }},
		{name: "cert_type_7_in_v3", check: format, draft: func(f *forge) { f.d.certificationType = 7 }},
		{name: "cert_type_6_in_itself", base: sgx(4), check: format, draft: func(f *forge) { f.d.certificationType = certTypeQEReport }},
	}
	for _, version := range []uint16{0, 1, 2, 6, 255} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("unsupported_version_%d", version), check: format, draft: setHeader(0, byte(version))})
	}
	for _, keyType := range []byte{0, 1, 3, 255} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("unsupported_key_type_%d", keyType), check: format, draft: setHeader(2, keyType)})
	}
	for _, size := range []int{1, 4, 47, 48, 431, 436, 1013, 1045, 1051, 1052, 3000} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("truncated_to_%d", size), check: format, after: func(f *forge) { f.raw = f.raw[:size] }})
	}
	for _, size := range []int{48, 631, 635, 640, 700, 1300} {
		cases = append(cases, matrixCase{name: fmt.Sprintf("truncated_tdx_to_%d", size), base: tdx(Guest{}), check: format, after: func(f *forge) { f.raw = f.raw[:size] }})
	}
	return cases
}

func signatureCases() []matrixCase {
	quote, qe := dcap.CheckQuoteSignature.Name, dcap.CheckQESignature.Name
	cases := []matrixCase{
		{name: "invalid_quote_signature", check: quote, after: flipBit(440)},
		{name: "report_altered", check: quote, after: flipBit(112)},
		{name: "header_altered", check: quote, after: flipBit(30)},
		{name: "td_report_altered", base: tdx(Guest{}), check: quote, after: flipBit(48 + 136)},
		{name: "td15_service_td_altered", base: tdx(Guest{QuoteVersion: 5, TD15: true}), check: quote, after: flipBit(54 + 600)},
		{name: "signed_by_another_key", check: quote, draft: func(f *forge) { f.d.signer = f.key() }},
		{name: "signed_by_the_pck_key", check: quote, draft: func(f *forge) { f.d.signer = f.p.pck.key }},
		{name: "v5_body_type_not_signed", base: tdx(Guest{QuoteVersion: 5}), check: quote, after: func(f *forge) {
			signature, err := signRaw(f.p.attestationKey, append(append([]byte{}, f.d.header...), f.d.body[6:]...))
			if err != nil {
				f.t.Fatal(err)
			}
			copy(f.raw[headerSize+len(f.d.body)+4:], signature)
		}},
		{name: "invalid_qe_report_signature", check: qe, after: flipBit(950)},
		{name: "qe_report_altered", check: qe, after: flipBit(630)},
		{name: "qe_report_signed_by_another_key", check: qe, draft: func(f *forge) { f.d.qeSigner = f.key() }},
		{name: "qe_report_signed_by_the_attestation_key", check: qe, draft: func(f *forge) { f.d.qeSigner = f.p.attestationKey }},
		{name: "qe_report_signed_by_the_ca", check: qe, draft: func(f *forge) { f.d.qeSigner = f.p.platformCA.key }},

		{name: "qe_report_hash_mismatch", check: dcap.CheckQEBinding.Name, draft: func(f *forge) { f.d.qeReport[reportDataOffset] ^= 1 }},
		{name: "qe_report_data_not_padded_with_zeros", check: dcap.CheckQEBinding.Name, draft: func(f *forge) { f.d.qeReport[reportSize-1] = 1 }},
		{name: "qe_auth_data_altered", check: dcap.CheckQEBinding.Name, after: flipBit(1014)},
		{name: "attestation_key_of_another_quote", check: dcap.CheckQEBinding.Name, draft: func(f *forge) {
			f.d.signer = f.key()
			public, err := f.d.signer.PublicKey.Bytes()
			if err != nil {
				f.t.Fatal(err)
			}
			f.d.attestationKey = public[1:]
		}},
		{name: "attestation_key_off_curve", check: dcap.CheckAttestationKey.Name, draft: func(f *forge) { f.d.attestationKey[63] ^= 1; f.d.bind() }},
		{name: "attestation_key_zero", check: dcap.CheckAttestationKey.Name, draft: func(f *forge) { clear(f.d.attestationKey); f.d.bind() }},
		{name: "attestation_key_not_reduced", check: dcap.CheckAttestationKey.Name, draft: func(f *forge) {
			copy(f.d.attestationKey, bytes.Repeat([]byte{0xff}, 64))
			f.d.bind()
		}},
	}
	one := append(make([]byte, 31), 1)
	zero := make([]byte, 32)
	for _, where := range []struct {
		name, check string
		offset      int
	}{{"quote", quote, 436}, {"qe_report", qe, 948}} {
		for name, value := range map[string][2][]byte{ // nil is as it was signed
			"r_zero": {zero, nil}, "s_zero": {nil, zero}, "both_zero": {zero, zero}, "both_one": {one, one},
			"r_order": {order.Bytes(), nil}, "s_order": {nil, order.Bytes()}, "r_max": {bytes.Repeat([]byte{0xff}, 32), nil}, "s_max": {nil, bytes.Repeat([]byte{0xff}, 32)},
		} {
			cases = append(cases, matrixCase{name: where.name + "_signature_" + name, check: where.check, after: func(f *forge) {
				for i, half := range value {
					if half != nil {
						copy(f.raw[where.offset+32*i:], half)
					}
				}
			}})
		}
	}
	return cases
}

func quotingEnclaveCases() []matrixCase {
	signer, attributes := dcap.CheckQESigner.Name, dcap.CheckQEAttributes.Name
	return []matrixCase{
		// A PCK key certifies any enclave that may use the provisioning key.
		{name: "foreign_quoting_enclave", check: signer, draft: func(f *forge) { f.d.qeReport[128] ^= 1 }},
		{name: "foreign_quoting_enclave_that_the_identity_names", check: signer, draft: func(f *forge) {
			f.d.qeReport[128] ^= 1
			f.s.qeIdentity.MRSIGNER = upperHex(f.d.qeReport[128:160])
		}},
		{name: "qe_wrong_product_id", check: signer, draft: func(f *forge) { f.d.qeReport[256] = 2 }},
		{name: "sgx_quoting_enclave_for_a_guest", base: tdx(Guest{}), check: signer, draft: useQE(dcap.TEESGX)},
		{name: "tdx_quoting_enclave_for_an_enclave", check: signer, draft: useQE(dcap.TEETDX)},
		{name: "qe_debug_enabled", check: attributes, draft: flipQE(dcap.FlagDebug)},
		{name: "qe_not_initialised", check: attributes, draft: flipQE(dcap.FlagInit)},
		{name: "qe_without_provision_key", check: attributes, draft: flipQE(dcap.FlagProvisionKey)},
		{name: "qe_with_einittoken_key", check: attributes, draft: flipQE(dcap.FlagEInitToken)},
		{name: "qe_with_miscselect", check: attributes, draft: func(f *forge) { f.d.qeReport[16] = 1 }},
		{name: "td_qe_debug_enabled", base: tdx(Guest{}), check: attributes, draft: flipQE(dcap.FlagDebug)},
	}
}

func setHeader(offset int, value byte) change { return func(f *forge) { f.d.header[offset] = value } }

func setBody(offset int, value byte) change { return func(f *forge) { f.d.body[offset] = value } }

func flipBit(offset int) change { return func(f *forge) { f.raw[offset] ^= 1 } }

func addLength(offset, n int) change {
	return func(f *forge) {
		length := f.raw[offset:]
		binary.LittleEndian.PutUint32(length, uint32(int(binary.LittleEndian.Uint32(length))+n))
	}
}

func flipQE(flag uint64) change {
	return func(f *forge) { flip(qe, flag)(nil, f.d) }
}

func useQE(tee dcap.TEE) change {
	return func(f *forge) {
		enclave := quotingEnclaves[tee]
		copy(f.d.qeReport[128:], enclave.mrsigner[:])
		binary.LittleEndian.PutUint16(f.d.qeReport[256:], enclave.isvProdID)
	}
}
