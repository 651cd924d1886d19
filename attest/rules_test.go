package attest_test

import (
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/phallama/phallama/attest"
	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/attest/simulated"
	"github.com/phallama/phallama/protocol"
)

// refusals are policies that refuse what wanted accepts, one for each check.
var refusals = map[string]func(*attest.Policy){
	"policy":         func(p *attest.Policy) { p.ChainID++ },
	"measurement":    func(p *attest.Policy) { p.Measurements.SGX[0].MRENCLAVE[0]++ },
	"tier":           func(p *attest.Policy) { p.MinTier = attest.TierEndorsed },
	"tcb-accepted":   func(p *attest.Policy) { p.TCB.Statuses = []dcap.TCBStatus{dcap.TCBUpToDate} },
	"advisories":     func(p *attest.Policy) { p.TCB.Advisories = []string{} },
	"collateral-age": func(p *attest.Policy) { p.TCB.MinEvaluationNumber = 1000 },
	"platform":       func(p *attest.Policy) { p.Platform.SGXTypes = []string{} },
	"qe-svn":         func(p *attest.Policy) { p.QE.MinISVSVN = 1000 },
}

// TestValidateAllIsAConjunction: for each rule, what one policy refuses is refused
// with any others and in any place.
func TestValidateAllIsAConjunction(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	good, expect := wanted()
	for check, change := range refusals {
		t.Run(check, func(t *testing.T) {
			strict, _ := wanted()
			change(&strict)
			if _, err := strict.Validate(claims, expect); err == nil {
				t.Fatal("it refuses nothing")
			}
			for _, list := range [][]attest.Policy{{strict}, {good, strict}, {strict, good}, {good, strict, good}} {
				verdict, err := attest.ValidateAll(claims, list, expect)
				wantCheck(t, err, check)
				if verdict.Tier != 0 || verdict.Checks != nil {
					t.Errorf("a refusal with the verdict %+v", verdict)
				}
				var refused *attest.CheckError
				if errors.As(err, &refused) && check != "policy" && (len(refused.Passed) == 0 || refused.Passed[0].Name != "policy") {
					t.Errorf("passed before it: %+v", refused.Passed)
				}
			}
		})
	}
}

// TestValidateAllTogether: tiers are the lowest, and warnings all.
func TestValidateAllTogether(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	claims.Tier = attest.TierGenuine
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	e, err := protocol.Endorsement{
		Machine: protocol.Hash(claims.Platform.Machine), Facility: "f", Method: "m", NotBefore: uint64(now.Unix()), NotAfter: uint64(now.Unix()) + 1,
	}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	endorsed, expect := wanted()
	endorsed.Endorsers.Keys, endorsed.MinTier = []protocol.Address{key.Address()}, attest.TierEndorsed
	endorsed.Measurements.SGX[0].Status = attest.StatusDeprecated
	plain, _ := wanted()
	plain.Measurements.SGX[0].Status = attest.StatusDeprecated
	expect.Endorsements = []protocol.SignedEndorsement{e}
	for _, tt := range []struct {
		list []attest.Policy
		tier attest.Tier
	}{
		{[]attest.Policy{endorsed}, attest.TierEndorsed},
		{[]attest.Policy{endorsed, endorsed}, attest.TierEndorsed},
		{[]attest.Policy{endorsed, plain}, attest.TierGenuine},
		{[]attest.Policy{plain, endorsed}, attest.TierGenuine},
	} {
		verdict, err := attest.ValidateAll(claims, tt.list, expect)
		if err != nil || verdict.Tier != tt.tier || len(verdict.Warnings) != len(tt.list) {
			t.Errorf("%d policies: tier %s, warnings %q, %v", len(tt.list), verdict.Tier, verdict.Warnings, err)
		}
	}
	// In its first and its last second it is good, not before and not after.
	for at, tier := range map[time.Time]attest.Tier{
		now: attest.TierEndorsed, now.Add(time.Second): attest.TierEndorsed,
		now.Add(-time.Second): attest.TierGenuine, now.Add(2 * time.Second): attest.TierGenuine,
	} {
		expect.Now = at
		endorsed.MinTier = attest.TierGenuine
		if verdict, err := endorsed.Validate(claims, expect); err != nil || verdict.Tier != tier {
			t.Errorf("at %v: tier %s, expected %s, %v", at, verdict.Tier, tier, err)
		}
	}
}

// TestManyEndorsements: what is beyond the limit is not looked at.
func TestManyEndorsements(t *testing.T) {
	p := newPlatform(t)
	claims := verified(t, p, quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave}))
	claims.Tier = attest.TierGenuine
	key, err := protocol.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	good, err := protocol.Endorsement{Machine: protocol.Hash(claims.Platform.Machine), Facility: "f", Method: "m", NotAfter: uint64(now.Unix())}.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	policy, expect := wanted()
	policy.Endorsers.Keys = []protocol.Address{key.Address()}
	for before, tier := range map[int]attest.Tier{0: attest.TierEndorsed, attest.MaxEndorsements - 1: attest.TierEndorsed, attest.MaxEndorsements: attest.TierGenuine} {
		expect.Endorsements = append(make([]protocol.SignedEndorsement, before), good)
		if verdict, err := policy.Validate(claims, expect); err != nil || verdict.Tier != tier {
			t.Errorf("after %d without a signature: tier %s, expected %s, %v", before, verdict.Tier, tier, err)
		}
	}
}

// TestRecordBounds: the last instant that is accepted of each, and the next.
func TestRecordBounds(t *testing.T) {
	policy, _ := wanted()
	ahead := 2 * time.Minute // of this machine's clock
	for name, tt := range map[string]struct {
		check  string
		record func(past time.Duration) attest.Record
	}{
		"head behind": {"chain-standing", func(past time.Duration) attest.Record {
			return attest.Record{HeadTime: now.Add(-attest.MaxHeadAge - past)}
		}},
		"head ahead": {"chain-standing", func(past time.Duration) attest.Record {
			return attest.Record{HeadTime: now.Add(attest.MaxHeadAge + past)}
		}},
		"old quote": {"quote-age", func(past time.Duration) attest.Record {
			return attest.Record{QuotedAt: now.Add(-time.Duration(policy.Freshness.MaxQuoteAge) - past)}
		}},
		"quote ahead": {"quote-age", func(past time.Duration) attest.Record { return attest.Record{QuotedAt: now.Add(ahead + past)} }},
		"identity": {"key-lifetimes", func(past time.Duration) attest.Record {
			return attest.Record{IdentityUntil: now.Add(time.Duration(policy.Keys.MaxIdentityLife) + past)}
		}},
		"request key": {"key-lifetimes", func(past time.Duration) attest.Record {
			return attest.Record{KeyFrom: now, KeyUntil: now.Add(time.Duration(policy.Keys.MaxKeyConfigLife) + past)}
		}},
	} {
		for _, past := range []time.Duration{0, time.Second} {
			r := tt.record(past)
			r.Standing = protocol.StandingGood
			if r.HeadTime.IsZero() {
				r.HeadTime = now
			}
			if r.QuotedAt.IsZero() {
				r.QuotedAt = now
			}
			_, err := policy.ValidateRecord(r, now)
			if past == 0 && err != nil {
				t.Errorf("%s, at the bound: %v", name, err)
			} else if past > 0 {
				wantCheck(t, err, tt.check)
			}
		}
	}
}

// TestEveryCheckHasAnOutcome: none is forgotten in the lists by which outcomes are
// told.
func TestEveryCheckHasAnOutcome(t *testing.T) {
	p := newPlatform(t)
	ev, err := p.GuestSource(simulated.Guest{}).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	claims := verified(t, p, ev)
	_, expect := wanted()
	verdict, err := attest.LookingPolicy(claims, chainID, now).Validate(claims, expect)
	if err != nil {
		t.Fatal(err)
	}
	policy := slices.Concat(verdict.Checks, []attest.Check{attest.CheckStanding, attest.CheckQuoteAge, attest.CheckKeyLifetimes})
	collateral := map[string]bool{
		"collateral-format": true, "tcb-signing-chain": true, "crl-signature": true, "crl-validity": true, "tcb-info-signature": true, "tcb-info-validity": true,
		"tcb-info-platform": true, "qe-identity-signature": true, "qe-identity-validity": true,
	}
	for _, c := range claims.Checks {
		want := attest.NotGenuine
		if collateral[c.Name] {
			want = attest.NotChecked
		}
		if got := attest.OutcomeOf(&attest.CheckError{Check: c.Name}); got != want {
			t.Errorf("%s: %s, expected %s", c.Name, got, want)
		}
		if slices.ContainsFunc(policy, func(other attest.Check) bool { return other.Name == c.Name }) {
			t.Errorf("%s is a check of verification and of policies", c.Name)
		}
	}
	for _, c := range policy {
		if got := attest.OutcomeOf(&attest.CheckError{Check: c.Name}); got != attest.NotAccepted {
			t.Errorf("%s: %s, expected %s", c.Name, got, attest.NotAccepted)
		}
	}
}

// TestMachine: claims name a machine by SHA-256 of its PPID, the same for enclaves
// and guests.
func TestMachine(t *testing.T) {
	p := newPlatform(t)
	ev := quoteOf(t, p, simulated.Enclave{})
	quote, err := dcap.ParseQuote(ev.Quote)
	if err != nil {
		t.Fatal(err)
	}
	der, err := quote.PCKCertificate()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pck, err := dcap.ParsePCK(cert)
	if err != nil {
		t.Fatal(err)
	}
	guest, err := p.GuestSource(simulated.Guest{}).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range []attest.Evidence{ev, guest} {
		if got := verified(t, p, ev).Platform.Machine; got != attest.Digest(sha256.Sum256(pck.PPID[:])) {
			t.Errorf("%s: machine %s of PPID %x", ev.Kind, got, pck.PPID)
		}
	}
}

func TestSplitAndJoin(t *testing.T) {
	p := newPlatform(t)
	sgx := quoteOf(t, p, simulated.Enclave{MRENCLAVE: mrenclave})
	tdx, err := p.GuestSource(simulated.Guest{MRTD: [48]byte{1}}).Quote(t.Context(), reportData)
	if err != nil {
		t.Fatal(err)
	}
	for _, ev := range []attest.Evidence{sgx, tdx} {
		quote, pck, err := ev.Split()
		if err != nil {
			t.Fatal(err)
		}
		if (len(pck) > 0) != (ev.Kind == attest.KindSGX) {
			t.Errorf("%s: a certificate of %d bytes", ev.Kind, len(pck))
		}
		back, err := attest.JoinEvidence(ev.Kind, quote, pck)
		if err != nil {
			t.Fatal(err)
		}
		before, after := verified(t, p, ev), verified(t, p, back)
		if after.Measurement() != before.Measurement() || after.ReportData != before.ReportData || after.Platform.Machine != before.Platform.Machine {
			t.Errorf("%s: other claims after joining: %+v", ev.Kind, after)
		}
	}
	quote, pck, err := sgx.Split()
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		kind       attest.Kind
		quote, pck []byte
	}{
		"no quote":               {attest.KindSGX, nil, pck},
		"half a quote":           {attest.KindSGX, quote[:600], pck},
		"another kind":           {attest.KindTDX, quote, pck},
		"no kind":                {0, sgx.Quote, nil},
		"guest as an enclave":    {attest.KindSGX, tdx.Quote, nil},
		"guest with certificate": {attest.KindSGX, tdx.Quote, pck},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := attest.JoinEvidence(tt.kind, tt.quote, tt.pck)
			wantCheck(t, err, "quote-format")
		})
	}
}
