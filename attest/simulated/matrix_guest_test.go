package simulated

import (
	"strings"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
)

// forgeGuest is the TDX guest of the matrix, but for what [tdx] sets.
var forgeGuest = Guest{MRConfigID: [48]byte{5}, RTMR: [4][48]byte{1: {6}, 2: {7}, 3: {8}}}

// Offsets in a TD report in bytes, where a case changes one.
const (
	tdSEAMSignerOffset = 64
	tdAttributesOffset = 120
	tdServiceOffset    = 600 // TD report 1.5
	bodyTypeSize       = 6   // before the report in quotes of version 5
)

// tdAttribute turns a bit of TD ATTRIBUTES over, in a quote of version 4.
func tdAttribute(bit int) change {
	return func(f *forge) { f.d.body[tdAttributesOffset+bit/8] ^= 1 << (bit % 8) }
}

// guestPolicyCases are the cases of TDX guests.
func guestPolicyCases() []policyCase {
	debug, measurement, attributes := attest.CheckDebug.Name, attest.CheckMeasurement.Name, attest.CheckAttributes.Name
	status, advisories := attest.CheckTCBAccepted.Name, attest.CheckAdvisories.Name
	guest := func(change func(*Guest)) func(*forge) {
		g := forgeGuest
		if change != nil {
			change(&g)
		}
		return tdx(g)
	}
	first := func(change func(*attest.TDXMeasurement)) func(*attest.Policy, *attest.Claims) {
		return func(p *attest.Policy, _ *attest.Claims) { change(&p.Measurements.TDX[0]) }
	}
	anyRTMR3 := first(func(m *attest.TDXMeasurement) { m.RTMR3 = attest.Any })
	revoked := func(p *attest.Policy) attest.TDXMeasurement {
		m := p.Measurements.TDX[0]
		m.Status = attest.StatusRevoked
		return m
	}
	cases := []policyCase{
		// The policy's lowest version of the quoting enclave is of the SGX one: a guest's
		// is below it.
		{name: "wanted_tdx_v4"},
		{name: "wanted_tdx_v5", base: guest(func(g *Guest) { g.QuoteVersion = 5 })},
		{name: "wanted_tdx_v5_td15", base: guest(func(g *Guest) { g.QuoteVersion, g.TD15 = 5, true })},

		{name: "tdx_debug", check: debug, base: guest(func(g *Guest) { g.Debug = true })},
		{name: "tdx_debug_v5_td15", check: debug, base: guest(func(g *Guest) { g.Debug, g.QuoteVersion, g.TD15 = true, 5, true })},
		{name: "tdx_profiled_by_its_host", check: attributes, draft: tdAttribute(4)},
		{name: "tdx_highest_untrusted_bit", check: attributes, draft: tdAttribute(7)},
		{name: "tdx_sept_ve_disable_off", check: attributes, draft: tdAttribute(28)},
		{name: "tdx_migratable", check: attributes, draft: tdAttribute(29)},
		{name: "tdx_lowest_reserved_bit", check: attributes, draft: tdAttribute(8)},
		{name: "tdx_reserved_bit_below_sept_ve_disable", check: attributes, draft: tdAttribute(27)},
		{name: "tdx_reserved_bit_of_the_upper_half", check: attributes, draft: tdAttribute(32)},
		{name: "tdx_highest_reserved_bit", check: attributes, draft: tdAttribute(61)},
		{name: "tdx_protection_keys", draft: tdAttribute(30)},
		{name: "tdx_service_td", check: attributes, base: guest(func(g *Guest) { g.QuoteVersion, g.TD15 = 5, true }), draft: setBody(bodyTypeSize+tdServiceOffset, 1)},

		// A module that is not Intel's: no policy sees the quote where Intel's TCB info does
		// not know its signer, and none accepts it where it does.
		{name: "tdx_module_of_an_unknown_signer", check: dcap.CheckTDXModule.Name, earlier: true, draft: setBody(tdSEAMSignerOffset, 3)},
		{name: "tdx_module_of_another_known_signer", check: attributes, draft: func(f *forge) {
			f.d.body[tdSEAMSignerOffset] = 3
			f.s.tcbInfo.Module.MRSIGNER = "03" + strings.Repeat("00", 47)
			f.s.tcbInfo.Modules[0].MRSIGNER = f.s.tcbInfo.Module.MRSIGNER
		}},

		{name: "guest_where_enclaves_are_wanted", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) { p.Measurements.TDX = nil }},
		{name: "tdx_other_mrtd", check: measurement, draft: setBody(136, 0xff)},
		{name: "tdx_other_rtmr0", check: measurement, wanted: "RTMR0 ", draft: setBody(328, 0xff)},
		{name: "tdx_other_rtmr1", check: measurement, wanted: "RTMR1 ", base: guest(func(g *Guest) { g.RTMR[1][47]++ })},
		{name: "tdx_other_rtmr2", check: measurement, wanted: "RTMR2 ", base: guest(func(g *Guest) { g.RTMR[2][47]++ })},
		{name: "tdx_other_rtmr3", check: measurement, wanted: "RTMR3 ", base: guest(func(g *Guest) { g.RTMR[3][47]++ })},
		{name: "tdx_any_rtmr3", base: guest(func(g *Guest) { g.RTMR[3][47]++ }), policy: anyRTMR3},
		{name: "tdx_any_rtmr3_and_other_rtmr2", check: measurement, wanted: "RTMR2 ", base: guest(func(g *Guest) { g.RTMR[2][47]++ }), policy: anyRTMR3},
		{name: "tdx_other_mrconfigid", check: measurement, wanted: "MRCONFIGID ", base: guest(func(g *Guest) { g.MRConfigID[47]++ })},
		{name: "tdx_any_rtmr3_and_other_mrconfigid", check: measurement, wanted: "MRCONFIGID ", base: guest(func(g *Guest) { g.MRConfigID[47]++ }), policy: anyRTMR3},
		{name: "tdx_deprecated", warning: "deprecated", policy: first(func(m *attest.TDXMeasurement) { m.Status = attest.StatusDeprecated })},
		{name: "tdx_no_longer_accepted", check: measurement, policy: first(func(m *attest.TDXMeasurement) { m.NotAfter = forgeTime.Add(-1) })},
		{name: "tdx_revoked_listed_first", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) {
			p.Measurements.TDX = append([]attest.TDXMeasurement{revoked(p)}, p.Measurements.TDX...)
		}},
		{name: "tdx_revoked_listed_last", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) {
			p.Measurements.TDX = append(p.Measurements.TDX, revoked(p))
		}},
		{name: "tdx_revoked_with_any_rtmr3", check: measurement, policy: func(p *attest.Policy, _ *attest.Claims) {
			bad := revoked(p)
			bad.RTMR3 = attest.Any
			p.Measurements.TDX = append(p.Measurements.TDX, bad)
		}},

		{name: "tdx_out_of_date", check: status, cfg: Config{Status: dcap.TCBOutOfDate}},
		{name: "tdx_module_out_of_date", check: status, draft: setBody(0, moduleSVN-1)},
		{
			name: "tdx_module_out_of_date_and_its_advisory_not_listed", check: advisories, draft: setBody(0, moduleSVN-1),
			policy: func(p *attest.Policy, _ *attest.Claims) { p.TCB.Statuses = append(p.TCB.Statuses, dcap.TCBOutOfDate) },
		},
		{name: "tdx_denied_machine", check: attest.CheckPlatform.Name, policy: func(p *attest.Policy, c *attest.Claims) {
			p.Platform.DeniedMachines = []attest.Digest{c.Platform.Machine}
		}},
		{name: "tdx_where_hardware_is_wanted", check: attest.CheckTier.Name, minTier: attest.TierGenuine},
	}
	for i := range cases {
		if cases[i].base == nil {
			cases[i].base = guest(nil)
		}
	}
	return cases
}
