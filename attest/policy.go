package attest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/phallama/phallama/attest/dcap"
	"github.com/phallama/phallama/protocol"
)

// Limits of a policy.
const (
	MaxPolicySize   = 256 << 10 // bytes of JSON
	MaxMeasurements = 256       // of each kind
	maxList         = 1024      // entries of any other list
	policyVersion   = 1
)

// Any stands for whatever there is, where a policy allows that to be said. It has
// to be written: a member that is missing is an error.
const Any = "any"

// Policy says which enclaves, on which machines, are wanted. Every member has to
// be there; an empty list accepts nothing. Lists are sets.
//
// docs/spec/policy.schema.json is the JSON schema, docs/spec/attestation.md says
// what each rule means.
type Policy struct {
	// Version is that of the format: 1.
	Version int `json:"version"`
	// Epoch grows with each change of a published policy.
	Epoch uint64 `json:"epoch"`
	// ChainID and Registry say which network the policy is for. Registry is an address,
	// or "any" for every registry of the chain.
	ChainID  uint64 `json:"chainId"`
	Registry string `json:"registry"`
	// ValidFrom and Expires bound the policy's own time.
	ValidFrom time.Time `json:"validFrom"`
	Expires   time.Time `json:"expires"`
	// MinTier is the lowest tier that is good enough.
	MinTier Tier `json:"minTier"`
	// Measurements are the enclaves and guests that are good enough.
	Measurements Measurements   `json:"measurements"`
	TCB          TCBRules       `json:"tcb"`
	Platform     PlatformRules  `json:"platform"`
	Endorsers    EndorserRules  `json:"endorsers"`
	QE           QERules        `json:"qe"`
	Freshness    FreshnessRules `json:"freshness"`
	Keys         KeyRules       `json:"keys"`
	// Models are the digests of models that may answer, or "any" alone.
	Models []string `json:"models"`
}

// Measurements by kind of enclave.
type Measurements struct {
	SGX []SGXMeasurement `json:"sgx"`
	TDX []TDXMeasurement `json:"tdx"`
}

// Statuses of a measurement. An active one is accepted in its time. A deprecated
// one too, with a warning. A revoked one is refused, whatever other entries say of
// the same measurement.
const (
	StatusActive     = "active"
	StatusDeprecated = "deprecated"
	StatusRevoked    = "revoked"
)

// SGXMeasurement names an SGX enclave. MRENCLAVE does not cover product id,
// security version, XFRM and MISCSELECT: they are held here.
type SGXMeasurement struct {
	MRENCLAVE   Digest `json:"mrenclave"`
	MRSIGNER    string `json:"mrsigner"` // 64 hexadecimal digits, or "any"
	ISVProdID   uint16 `json:"isvProdId"`
	MinISVSVN   uint16 `json:"minIsvSvn"`
	XFRMAllowed uint64 `json:"xfrmAllowed"` // bits that may be set
	MiscAllowed uint32 `json:"miscAllowed"` // bits that may be set
	// Release and SourceDigest say where the code comes from, to people who want to build
	// it again: a tag, and SHA-256 of the source archive. Either may be empty.
	Release      string    `json:"release"`
	SourceDigest string    `json:"sourceDigest"`
	Status       string    `json:"status"`
	NotBefore    time.Time `json:"notBefore"`
	NotAfter     time.Time `json:"notAfter"`
}

// TDXMeasurement names a TDX guest. RTMR3 grows with what the guest's own software
// records, per instance in dstack, and may be "any": there MRConfigID names the
// application.
type TDXMeasurement struct {
	MRTD       Digest48 `json:"mrtd"`
	RTMR0      Digest48 `json:"rtmr0"`
	RTMR1      Digest48 `json:"rtmr1"`
	RTMR2      Digest48 `json:"rtmr2"`
	RTMR3      string   `json:"rtmr3"` // 96 hexadecimal digits, or "any"
	MRConfigID Digest48 `json:"mrConfigId"`
	// Release and SourceDigest are as for SGX.
	Release      string    `json:"release"`
	SourceDigest string    `json:"sourceDigest"`
	Status       string    `json:"status"`
	NotBefore    time.Time `json:"notBefore"`
	NotAfter     time.Time `json:"notAfter"`
}

// TCBRules say how a platform may stand.
type TCBRules struct {
	// Statuses are accepted, OutOfDate and worse too if they are listed.
	Statuses []dcap.TCBStatus `json:"statuses"`
	// Advisories are the only ones accepted. Platforms of servers are never without.
	Advisories []string `json:"advisories"`
	// DeniedAdvisories are refused although Advisories may list them: it is easier to add
	// to than to take from a list that others wrote.
	DeniedAdvisories []string `json:"deniedAdvisories"`
	// MinEvaluationNumber is the lowest tcbEvaluationDataNumber of collateral.
	MinEvaluationNumber uint32 `json:"minEvaluationNumber"`
	// MaxCollateralAge is how old TCB info and QE identity may be, although Intel still
	// calls them good.
	MaxCollateralAge Duration `json:"maxCollateralAge"`
}

// PlatformRules say which machines.
type PlatformRules struct {
	FMSPCs       []string `json:"fmspcs"` // 12 hexadecimal digits each, or "any" alone
	DeniedFMSPCs []FMSPC  `json:"deniedFmspcs"`
	CAs          []string `json:"cas"`      // "processor", "platform"
	SGXTypes     []string `json:"sgxTypes"` // "standard", "scalable", "scalable-with-integrity"
	// AllowSMT and AllowDynamicPlatform accept any machine. Without them its certificate
	// has to say the contrary, which those of the Processor CA never do.
	AllowSMT             bool     `json:"allowSmt"`
	AllowDynamicPlatform bool     `json:"allowDynamicPlatform"`
	DeniedMachines       []Digest `json:"deniedMachines"` // SHA-256 of the PPID
}

// EndorserRules say whose word makes a machine an endorsed one.
type EndorserRules struct {
	Keys      []protocol.Address `json:"keys"`
	Threshold int                `json:"threshold"` // of different endorsers; 1 or more
}

// QERules say how old the quoting enclave may be.
type QERules struct {
	MinISVSVN uint16 `json:"minIsvSvn"`
}

// FreshnessRules say how old a quote may be.
type FreshnessRules struct {
	MaxQuoteAge Duration `json:"maxQuoteAge"`
}

// KeyRules say how long keys may live.
type KeyRules struct {
	MaxIdentityLife  Duration `json:"maxIdentityLife"`
	MaxKeyConfigLife Duration `json:"maxKeyConfigLife"`
}

// Duration is a time.Duration, written as Go writes it: "168h0m0s".
type Duration time.Duration

// String implements fmt.Stringer.
func (d Duration) String() string { return time.Duration(d).String() }

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("expected a duration such as 168h, got %.40q", text)
	}
	*d = Duration(parsed)
	return nil
}

// NewPolicy is a policy that accepts the given SGX enclaves, of our own making, on
// machines as Intel's collateral describes most servers: software hardening, which
// our enclaves have, and the advisory that asks for it. Everything in it can be
// made stricter.
func NewPolicy(chainID uint64, minTier Tier, from time.Time, mrenclaves ...Digest) Policy {
	from = from.UTC().Truncate(time.Second)
	until := from.AddDate(1, 0, 0)
	p := Policy{
		Version: policyVersion, Epoch: 1, ChainID: chainID, Registry: Any, ValidFrom: from, Expires: until, MinTier: minTier,
		TCB: TCBRules{
			Statuses:         []dcap.TCBStatus{dcap.TCBSWHardeningNeeded, dcap.TCBUpToDate},
			Advisories:       []string{"INTEL-SA-00615"},
			DeniedAdvisories: []string{}, MinEvaluationNumber: 17, MaxCollateralAge: Duration(30 * 24 * time.Hour),
		},
		Platform: PlatformRules{
			FMSPCs: []string{Any}, DeniedFMSPCs: []FMSPC{}, CAs: []string{string(dcap.PCKCAPlatform), string(dcap.PCKCAProcessor)},
			SGXTypes: []string{dcap.SGXScalable.String(), dcap.SGXScalableIntegrity.String(), dcap.SGXStandard.String()},
			AllowSMT: true, AllowDynamicPlatform: true, DeniedMachines: []Digest{},
		},
		Endorsers: EndorserRules{Keys: []protocol.Address{}, Threshold: 1},
		QE:        QERules{MinISVSVN: 8},
		// An identity lives 7 days, and its quote is made a little before.
		Freshness:    FreshnessRules{MaxQuoteAge: Duration(8 * 24 * time.Hour)},
		Keys:         KeyRules{MaxIdentityLife: Duration(7 * 24 * time.Hour), MaxKeyConfigLife: Duration(13 * time.Hour)},
		Models:       []string{Any},
		Measurements: Measurements{SGX: []SGXMeasurement{}, TDX: []TDXMeasurement{}},
	}
	for _, m := range mrenclaves {
		p.Measurements.SGX = append(p.Measurements.SGX, SGXMeasurement{
			MRENCLAVE: m, MRSIGNER: Any, XFRMAllowed: DefaultXFRM, Status: StatusActive, NotBefore: from, NotAfter: until,
		})
	}
	return p
}

// DefaultXFRM are the extended features of enclaves that use up to AVX-512.
const DefaultXFRM = 0xe7

// Check reports everything that is wrong with a policy's own contents.
func (p *Policy) Check() error {
	var wrong []error
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Errorf(format, args...)) }
	if p.Version != policyVersion {
		say("version: expected %d, got %d", policyVersion, p.Version)
	}
	if p.ChainID == 0 {
		say("chainId: expected the chain's EIP-155 id, got none")
	}
	if _, err := protocol.ParseAddress(p.Registry); p.Registry != Any && err != nil {
		say("registry: expected an address or %q, got %.60q", Any, p.Registry)
	}
	if !p.Expires.After(p.ValidFrom) || p.ValidFrom.IsZero() || !hasJSON(p.ValidFrom, p.Expires) {
		say("expires: expected a time after validFrom, both of the years 1 to 9999 in UTC")
	}
	if p.MinTier < TierSimulated || p.MinTier > TierEndorsed {
		say("minTier: expected one of %q", sortedValues(tierNames))
	}
	p.checkMeasurements(say)
	for _, s := range p.TCB.Statuses {
		if !slices.Contains(acceptable, s) {
			say("tcb.statuses: expected some of %q, got %.60q", acceptable, s)
		}
	}
	for name, list := range map[string][]string{"tcb.advisories": p.TCB.Advisories, "tcb.deniedAdvisories": p.TCB.DeniedAdvisories} {
		for _, id := range list {
			if !advisoryID.MatchString(id) {
				say("%s: expected ids such as INTEL-SA-00615, got %.40q", name, id)
			}
		}
	}
	checkAny(say, "platform.fmspcs", p.Platform.FMSPCs, 6)
	checkAny(say, "models", p.Models, 32)
	for _, ca := range p.Platform.CAs {
		if ca != string(dcap.PCKCAPlatform) && ca != string(dcap.PCKCAProcessor) {
			say("platform.cas: expected %q or %q, got %.40q", dcap.PCKCAPlatform, dcap.PCKCAProcessor, ca)
		}
	}
	for _, t := range p.Platform.SGXTypes {
		if t != dcap.SGXStandard.String() && t != dcap.SGXScalable.String() && t != dcap.SGXScalableIntegrity.String() {
			say("platform.sgxTypes: expected standard, scalable or scalable-with-integrity, got %.40q", t)
		}
	}
	if n := p.Endorsers.Threshold; n < 1 || n > maxList {
		say("endorsers.threshold: expected 1 to %d, got %d", maxList, n)
	}
	for name, d := range map[string]Duration{
		"tcb.maxCollateralAge": p.TCB.MaxCollateralAge, "freshness.maxQuoteAge": p.Freshness.MaxQuoteAge,
		"keys.maxIdentityLife": p.Keys.MaxIdentityLife, "keys.maxKeyConfigLife": p.Keys.MaxKeyConfigLife,
	} {
		if d <= 0 {
			say("%s: expected a duration above zero, got %s", name, d)
		}
	}
	for name, n := range map[string]int{
		"tcb.statuses": len(p.TCB.Statuses), "tcb.advisories": len(p.TCB.Advisories), "tcb.deniedAdvisories": len(p.TCB.DeniedAdvisories),
		"platform.fmspcs": len(p.Platform.FMSPCs), "platform.deniedFmspcs": len(p.Platform.DeniedFMSPCs), "platform.cas": len(p.Platform.CAs),
		"platform.sgxTypes": len(p.Platform.SGXTypes), "platform.deniedMachines": len(p.Platform.DeniedMachines),
		"endorsers.keys": len(p.Endorsers.Keys), "models": len(p.Models),
	} {
		if n > maxList {
			say("%s: expected at most %d entries, got %d", name, maxList, n)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.SortFunc(wrong, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return fmt.Errorf("attest: policy: %w", errors.Join(wrong...))
}

// acceptable are the statuses that a policy may accept. Revoked is none: such a
// platform is not genuine any more.
var acceptable = []dcap.TCBStatus{
	dcap.TCBUpToDate, dcap.TCBSWHardeningNeeded, dcap.TCBConfigurationNeeded, dcap.TCBConfigurationAndSWHardeningNeeded,
	dcap.TCBOutOfDate, dcap.TCBOutOfDateConfigurationNeeded,
}

// Ids of Intel's advisories, and tags of releases. A misspelt id would deny
// nothing. A tag has no character that JSON could write in two ways.
var (
	advisoryID = regexp.MustCompile(`^INTEL-SA-[0-9]{5}$`)
	releaseTag = regexp.MustCompile(`^[0-9A-Za-z.+_/-]{0,64}$`)
)

func (p *Policy) checkMeasurements(say func(string, ...any)) {
	if n := max(len(p.Measurements.SGX), len(p.Measurements.TDX)); n > MaxMeasurements {
		say("measurements: expected at most %d of a kind, got %d", MaxMeasurements, n)
	}
	check := func(name, release, source, status string, from, until time.Time) {
		if !releaseTag.MatchString(release) {
			say("%s.release: expected at most 64 letters, digits and .+_/- or nothing, got %.80q", name, release)
		}
		if source != "" && (source == Any || !isAnyOrHex(source, 32)) {
			say("%s.sourceDigest: expected 64 hexadecimal digits or nothing, got %.80q", name, source)
		}
		if status != StatusActive && status != StatusDeprecated && status != StatusRevoked {
			say("%s.status: expected %s, %s or %s, got %.40q", name, StatusActive, StatusDeprecated, StatusRevoked, status)
		}
		if !until.After(from) || !hasJSON(from, until) {
			say("%s.notAfter: expected a time after notBefore, both of the years 1 to 9999 in UTC", name)
		}
	}
	for i, m := range p.Measurements.SGX {
		name := fmt.Sprintf("measurements.sgx[%d]", i)
		check(name, m.Release, m.SourceDigest, m.Status, m.NotBefore, m.NotAfter)
		if !isAnyOrHex(m.MRSIGNER, 32) {
			say("%s.mrsigner: expected 64 hexadecimal digits or %q, got %.80q", name, Any, m.MRSIGNER)
		}
	}
	for i, m := range p.Measurements.TDX {
		name := fmt.Sprintf("measurements.tdx[%d]", i)
		check(name, m.Release, m.SourceDigest, m.Status, m.NotBefore, m.NotAfter)
		if !isAnyOrHex(m.RTMR3, 48) {
			say("%s.rtmr3: expected 96 hexadecimal digits or %q, got %.110q", name, Any, m.RTMR3)
		}
	}
}

// hasJSON is whether times can be written: an offset can move the last day of year
// 9999 into the next.
func hasJSON(times ...time.Time) bool {
	return !slices.ContainsFunc(times, func(t time.Time) bool { y := t.UTC().Year(); return y < 1 || y > 9999 })
}

func checkAny(say func(string, ...any), name string, list []string, size int) {
	for _, entry := range list {
		if entry == Any && len(list) > 1 || !isAnyOrHex(entry, size) {
			say("%s: expected entries of %d hexadecimal digits, or %q alone, got %.80q", name, 2*size, Any, entry)
		}
	}
}

func isAnyOrHex(s string, size int) bool {
	return s == Any || unmarshalHex(make([]byte, size), []byte(s)) == nil && s == strings.ToLower(s)
}

// LookingPolicy accepts the very claims that it is made for, as far as any policy
// could: it refuses DEBUG enclaves, attributes that give secrets away, and
// platforms that are out of date. It is for looking at evidence, and says nothing
// about what to trust.
func LookingPolicy(claims Claims, chainID uint64, now time.Time) Policy {
	p := NewPolicy(chainID, TierSimulated, now.Add(-time.Hour))
	p.TCB.Statuses = slices.Clone(acceptable[:4])
	p.TCB.Advisories = append([]string{}, claims.TCB.Advisories...)
	p.TCB.MinEvaluationNumber, p.TCB.MaxCollateralAge = 0, Duration(100*365*24*time.Hour)
	p.QE.MinISVSVN = 0
	if td := claims.TDX; td != nil {
		p.Measurements.TDX = []TDXMeasurement{{
			MRTD: td.MRTD, RTMR0: td.RTMR[0], RTMR1: td.RTMR[1], RTMR2: td.RTMR[2], RTMR3: td.RTMR[3].String(), MRConfigID: td.MRConfigID,
			Status: StatusActive, NotBefore: p.ValidFrom, NotAfter: p.Expires,
		}}
		return p
	}
	p.Measurements.SGX = []SGXMeasurement{{
		MRENCLAVE: claims.MRENCLAVE, MRSIGNER: Any, ISVProdID: claims.ISVProdID, MinISVSVN: claims.ISVSVN,
		XFRMAllowed: claims.Attributes.XFRM, MiscAllowed: claims.Attributes.MiscSelect,
		Status: StatusActive, NotBefore: p.ValidFrom, NotAfter: p.Expires,
	}}
	return p
}
