package simulated

import (
	"errors"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// Who the enclave of the matrix is quoted for, and the block that dates the quote.
var (
	forgeIdentity = protocol.PodIdentity{
		ChainID: 31337, Registry: protocol.Address{1}, Escrow: protocol.Address{2}, Pod: protocol.Address{3}, Operator: protocol.Address{4}, Enclave: protocol.Address{5},
	}
	forgeBlock = protocol.Hash{6}
)

// TestMatrixPolicy are the cases of genuine quotes that a policy refuses. Each is
// verified first, so that what refuses it is the policy and nothing before it. How
// old a block may be is for the client and the registry's contract to say: here a
// stale block is another one than the client expects.
func TestMatrixPolicy(t *testing.T) {
	for _, tt := range []struct {
		name, check string
		draft       change
		minTier     attest.Tier // zero is simulated
		quotedFor   func(*protocol.PodIdentity, *protocol.Hash)
	}{
		{name: "wanted_sgx_v3"},
		{name: "debug_sgx_v3", check: attest.CheckDebug.Name, draft: func(f *forge) { flip(body, dcap.FlagDebug)(nil, f.d) }},
		{name: "not_initialised", check: attest.CheckAttributes.Name, draft: func(f *forge) { flip(body, dcap.FlagInit)(nil, f.d) }},
		{name: "not_mode64", check: attest.CheckAttributes.Name, draft: func(f *forge) { flip(body, dcap.FlagMode64)(nil, f.d) }},
		{name: "with_provision_key", check: attest.CheckAttributes.Name, draft: func(f *forge) { flip(body, dcap.FlagProvisionKey)(nil, f.d) }},
		{name: "with_einittoken_key", check: attest.CheckAttributes.Name, draft: func(f *forge) { flip(body, dcap.FlagEInitToken)(nil, f.d) }},
		{name: "unlisted_measurement", check: attest.CheckMeasurement.Name, draft: setBody(64, 0xff)},
		{name: "simulated_where_hardware_is_wanted", check: attest.CheckTier.Name, minTier: attest.TierGenuine},

		{name: "other_pods_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Pod[19]++ }},
		{name: "replayed_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Enclave[19]++ }},
		{name: "other_operators_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Operator[19]++ }},
		{name: "other_registrys_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Registry[19]++ }},
		{name: "other_escrows_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.Escrow[19]++ }},
		{name: "other_chains_report_data", check: attest.CheckReportData.Name, quotedFor: func(i *protocol.PodIdentity, _ *protocol.Hash) { i.ChainID++ }},
		{name: "stale_block_hash", check: attest.CheckReportData.Name, quotedFor: func(_ *protocol.PodIdentity, b *protocol.Hash) { b[31]++ }},
		{name: "no_block_hash", check: attest.CheckReportData.Name, quotedFor: func(_ *protocol.PodIdentity, b *protocol.Hash) { *b = protocol.Hash{} }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			identity, block := forgeIdentity, forgeBlock
			if tt.quotedFor != nil {
				tt.quotedFor(&identity, &block)
			}
			reportData := identity.ReportData(block)
			c := matrixCase{name: tt.name, draft: func(f *forge) {
				copy(f.d.body[reportDataOffset:], reportData[:])
				if tt.draft != nil {
					tt.draft(f)
				}
			}}
			minTier := tt.minTier
			if minTier == 0 {
				minTier = attest.TierSimulated
			}
			err := judge(t, c.build(t), minTier)
			if tt.check == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			var refused *attest.CheckError
			if !errors.As(err, &refused) || refused.Check != tt.check {
				t.Errorf("expected check %s to refuse it, got %v", tt.check, err)
			}
		})
	}
}

// judge verifies a quote and holds it against a policy that wants the enclave of
// the matrix, and against the report data of its identity.
func judge(t *testing.T, f *forge, minTier attest.Tier) error {
	t.Helper()
	verifier, err := attest.NewSimulatedVerifier(f.root.Raw, attest.Config{Now: func() time.Time { return f.now }})
	if err != nil {
		t.Fatal(err)
	}
	ev, err := attest.NewEvidence(f.raw)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := verifier.Verify(t.Context(), ev, f.c)
	if err != nil {
		t.Fatal(err)
	}
	policy := attest.NewPolicy(forgeIdentity.ChainID, minTier, f.now.Add(-time.Hour), forgeEnclave.MRENCLAVE)
	policy.Measurements.SGX[0].ISVProdID = forgeEnclave.ISVProdID
	_, err = policy.Validate(claims, attest.Expect{
		Now: f.now, ChainID: forgeIdentity.ChainID, Registry: forgeIdentity.Registry, ReportData: forgeIdentity.ReportData(forgeBlock),
	})
	return err
}
